import type { Resource } from '../../../model/resource.ts';
import { asString, child, type Hidden, isHidden, unknown, type Value } from '../../../model/value.ts';
import type { Choice, Doubts, TransitAttachment, TransitGateway, TransitRoute, TransitTable } from '../topology.ts';
import { addressesOf } from './addresses.ts';
import { whyUnseen } from './candidates.ts';
import { CERTAIN, type Compilation, type Draft, originOf } from './compilation.ts';
import { CORE_ATTACHMENTS, endsOf, matches } from './core-network-attachments.ts';
import { type CoreRouting, coreRoutingOf } from './core-network-routing.ts';
import { SegmentReach } from './core-network-segments.ts';
import { ANY_ADDRESS, foreignNetworkBehind } from './outsides.ts';
import { destinationsOf } from './prefix-lists.ts';
import { bothDoubts, doubtsOf } from './reading.ts';
import { strangersOf } from './sharing.ts';

const CORE = 'aws_networkmanager_core_network';
const PEERING = 'aws_networkmanager_transit_gateway_peering';

const READ_WITH_THEM = [
  'aws_networkmanager_core_network_policy_attachment',
  'aws_networkmanager_attachment_accepter',
  'aws_networkmanager_connect_peer',
  PEERING,
];

/** Ranks of `TransitRoute`. */
const STATIC = 0;
const PROPAGATED = 2;

/** Lets routes of VPCs lead to core networks, before the tables are read. */
export function compileCoreNetworks(c: Compilation): void {
  for (const core of c.estate.ofType(CORE)) {
    c.understood.add(core);
    c.targets.set(core, { kind: 'transit', gateway: gatewayOf(c, core) });
  }
}

const GATEWAYS = new WeakMap<Compilation, Map<Resource, TransitGateway>>();

function gatewayOf(c: Compilation, core: Resource): TransitGateway {
  const known = GATEWAYS.get(c) ?? new Map<Resource, TransitGateway>();
  GATEWAYS.set(c, known);
  const made = known.get(core) ?? { origin: originOf(core), doubts: doubtsOf(core), region: null };
  known.set(core, made);
  return made;
}

/**
 * What is attached to core networks: each segment is a table of one gateway in every Region. After the tables of transit
 * gateways, which a core network adds routes to. A policy that is not wholly read joins everything with everything.
 */
export function compileCloudWan(c: Compilation): void {
  for (const type of READ_WITH_THEM) for (const resource of c.estate.ofType(type)) c.understood.add(resource);
  const members = new Map<Resource, Member[]>();
  for (const type of CORE_ATTACHMENTS.keys()) {
    for (const resource of c.estate.ofType(type)) {
      c.understood.add(resource);
      for (const { core, doubts } of coresOf(c, resource)) append(members, core, { resource, doubts });
    }
  }
  for (const core of c.estate.ofType(CORE)) new CoreNetwork(c, core, members.get(core) ?? []).compile();
}

/** A resource that attaches something, and what hides whether it is to this core network. */
interface Member {
  readonly resource: Resource;
  readonly doubts: Doubts;
}

function coresOf(
  c: Compilation,
  attachment: Resource,
): readonly { readonly core: Resource; readonly doubts: Doubts }[] {
  const peering = c.estate.resolve(attachment.attribute('peering_id'), [PEERING]);
  const owner = peering.kind === 'resource' ? peering.resource : attachment;
  const target = c.estate.resolve(owner.attribute('core_network_id'), [CORE]);
  if (target.kind === 'resource' && target.resource.init.mode === 'managed') {
    return [{ core: target.resource, doubts: CERTAIN }];
  }
  const why = whyUnseen(target);
  c.unmodelled.push({ resource: attachment, reason: 'attaches to a core network that the input does not show' });
  return target.kind === 'hidden' && why !== null ? c.estate.ofType(CORE).map((core) => ({ core, doubts: [why] })) : [];
}

interface Attached {
  readonly resource: Resource;
  readonly attachment: Draft<TransitAttachment>;
  /** Segments that it may be in. */
  readonly segments: readonly Choice<string>[];
  /** Groups of network functions that it may be in. */
  readonly groups: readonly Choice<string>[];
}

const MESH = 'every segment';

class CoreNetwork {
  readonly #c: Compilation;
  readonly #core: Resource;
  readonly #members: readonly Member[];
  readonly #gateway: TransitGateway;
  readonly #routing: CoreRouting | Hidden;
  readonly #tables = new Map<string, Draft<TransitTable>>();

  constructor(c: Compilation, core: Resource, members: readonly Member[]) {
    this.#c = c;
    this.#core = core;
    this.#members = members;
    this.#gateway = gatewayOf(c, core);
    this.#routing = policyOf(c, core);
  }

  compile(): void {
    const attached = this.#members.flatMap((member) => this.#attach(member));
    const stranger = this.#strangers();
    const all = stranger === null ? attached : [...attached, stranger];
    for (const { attachment, segments, groups } of all) {
      attachment.tables = [...segments, ...groups].map(({ item, doubts }) => ({ item: this.#table(item), doubts }));
      this.#c.attachments.push(attachment);
    }
    const reach = isHidden(this.#routing) ? null : new SegmentReach(this.#routing);
    for (const [name, table] of this.#tables) {
      table.routes = [...all.flatMap((one) => this.#routesTo(name, one, all, reach)), ...this.#written(name, all)];
    }
  }

  #table(segment: string): Draft<TransitTable> {
    const known = this.#tables.get(segment);
    if (known !== undefined) return known;
    const name =
      segment === MESH ? `the table of ${this.#core.address}` : `segment ${segment} of ${this.#core.address}`;
    const made: Draft<TransitTable> = {
      origin: { name, resource: this.#core, path: [] },
      doubts: CERTAIN,
      gateway: this.#gateway,
      routes: [],
      open: isHidden(this.#routing) ? [this.#routing] : CERTAIN,
    };
    this.#tables.set(segment, made);
    return made;
  }

  #attach({ resource, doubts }: Member): readonly Attached[] {
    const place = this.#placeOf(resource);
    const exists = bothDoubts(bothDoubts(doubts, doubtsOf(resource)), place.acceptance);
    const ends = endsOf(this.#c, resource);
    return ends.map((end) => {
      const attachment: Draft<TransitAttachment> = {
        origin: originOf(resource),
        doubts: exists,
        gateway: this.#gateway,
        tables: [],
        end: end ?? { kind: 'outside', outside: foreignNetworkBehind(this.#c, resource, ANY_ADDRESS) },
      };
      return { resource, attachment, segments: place.segments, groups: place.groups };
    });
  }

  /** Accounts that the core network is shared with attach networks of their own. */
  #strangers(): Attached | null {
    const shared = strangersOf(this.#c).get(this.#core);
    if (shared === undefined) return null;
    const doubts = bothDoubts(shared.doubts, [
      unknown('missing-object', this.#core.address, 'is shared, and may have attachments of other accounts'),
    ]);
    const names = isHidden(this.#routing) ? [MESH] : this.#routing.segments.map(({ name }) => name);
    return {
      resource: shared.by,
      attachment: {
        origin: originOf(shared.by),
        doubts,
        gateway: this.#gateway,
        tables: [],
        end: { kind: 'outside', outside: foreignNetworkBehind(this.#c, shared.by, ANY_ADDRESS) },
      },
      segments: names.map((item) => ({ item, doubts })),
      groups: [],
    };
  }

  #placeOf(resource: Resource): Pick<Attached, 'segments' | 'groups'> & { readonly acceptance: Doubts } {
    const routing = this.#routing;
    if (isHidden(routing)) {
      return { segments: [{ item: MESH, doubts: CERTAIN }], groups: [], acceptance: [routing] };
    }
    const segments: Choice<string>[] = [];
    const groups: Choice<string>[] = [];
    const passed: Hidden[] = [];
    for (const rule of routing.rules) {
      const match = matches(this.#c, resource, rule);
      if (match === false) continue;
      const doubts = bothDoubts(passed, match === true ? CERTAIN : [match]);
      const { group, segment, tag } = rule.action;
      const byTag = tag === null ? segment : asString(child(resource.attribute('tags'), tag));
      if (group !== null) groups.push({ item: group, doubts });
      else if (isHidden(byTag)) {
        for (const { name } of routing.segments) segments.push({ item: name, doubts: bothDoubts(doubts, [byTag]) });
      } else if (byTag !== null) segments.push({ item: byTag, doubts });
      if (match === true) break;
      passed.push(match);
    }
    const isAccepted = [...segments, ...groups].every(({ item }) => !needsAcceptance(routing, item));
    return { segments, groups, acceptance: isAccepted ? CERTAIN : this.#acceptance(resource) };
  }

  #acceptance(resource: Resource): Doubts {
    const { items } = this.#c.estate.companions(resource, 'aws_networkmanager_attachment_accepter', 'attachment_id');
    if (items.some((item) => doubtsOf(item).length === 0)) return CERTAIN;
    return [unknown('missing-object', resource.address, 'waits for somebody to accept it')];
  }

  /** The routes of a segment's table to one attachment: direct, or by the network functions in between. */
  #routesTo(
    table: string,
    to: Attached,
    all: readonly Attached[],
    reach: SegmentReach | null,
  ): readonly TransitRoute[] {
    const prefixes = prefixesOf(to);
    if (reach === null) return prefixes.map((prefix) => route(to.attachment, prefix, PROPAGATED, CERTAIN));
    return to.segments.flatMap(({ item: segment, doubts }) => {
      if (!reach.has(table, segment)) return [];
      const functions = reach.functionsBetween(table, segment);
      const hops =
        functions === null ? [to] : all.filter(({ groups }) => groups.some(({ item }) => functions.has(item)));
      return hops.flatMap((hop) => prefixes.map((prefix) => route(hop.attachment, prefix, PROPAGATED, doubts)));
    });
  }

  /** Routes that the policy writes: `create-route`, and the default ones of `send-to`. */
  #written(table: string, all: readonly Attached[]): readonly TransitRoute[] {
    const routing = this.#routing;
    if (isHidden(routing)) return [];
    return routing.actions.flatMap((action): readonly TransitRoute[] => {
      if (action.segment !== table) return [];
      if (action.kind === 'send-to') {
        const hops = all.filter(({ groups }) => groups.some(({ item }) => action.groups.includes(item)));
        const everywhere = destinationsOf(ANY_ADDRESS);
        return hops.flatMap((hop) => everywhere.map((prefix) => route(hop.attachment, prefix, STATIC, CERTAIN)));
      }
      if (action.kind !== 'create-route') return [];
      return action.blocks
        .flatMap((block) => destinationsOf(addressesOf(this.#c, block)))
        .flatMap((prefix) => action.destinations.flatMap((value) => this.#towards(prefix, value, all)));
    });
  }

  #towards(destination: TransitRoute['destination'], value: Value, all: readonly Attached[]): readonly TransitRoute[] {
    if (asString(value) === 'blackhole') {
      const target = { kind: 'blackhole' } as const;
      return [{ origin: originOf(this.#core), doubts: CERTAIN, destination, rank: STATIC, target }];
    }
    const named = this.#c.estate.resolve(value, [...CORE_ATTACHMENTS.keys()]);
    const found = named.kind === 'resource' ? all.filter(({ resource }) => resource === named.resource) : [];
    if (found.length > 0) return found.map((one) => route(one.attachment, destination, STATIC, CERTAIN));
    const doubts = [unknown('missing-object', this.#core.address, 'has a route to an attachment that is not seen')];
    const target = { kind: 'hidden', doubts } as const;
    return [{ origin: originOf(this.#core), doubts: CERTAIN, destination, rank: STATIC, target }];
  }
}

function needsAcceptance({ segments, groups }: CoreRouting, name: string): boolean {
  return groups.get(name) ?? segments.find((segment) => segment.name === name)?.needsAcceptance ?? true;
}

/** The policy that is live: the last one attached, else nothing that is known. */
function policyOf(c: Compilation, core: Resource): CoreRouting | Hidden {
  const { items, open } = c.estate.companions(
    core,
    'aws_networkmanager_core_network_policy_attachment',
    'core_network_id',
  );
  const [only, ...more] = items;
  const [hidden] = open;
  if (hidden !== undefined) return hidden.value;
  if (only === undefined || more.length > 0 || doubtsOf(only).length > 0) {
    return unknown('missing-object', core.address, 'has a policy that the estate does not show');
  }
  return coreRoutingOf(c.estate, only.attribute('policy_document'));
}

/** The prefixes of an attachment: of a VPC its blocks, of anything else what only BGP knows. */
function prefixesOf({ attachment, resource }: Attached): readonly TransitRoute['destination'][] {
  if (attachment.end.kind === 'vpc') return destinationsOf(attachment.end.vpc.addresses);
  const doubts = [unknown('missing-object', resource.address, 'learns the networks behind it by BGP')];
  return [{ kind: 'any', doubts }];
}

function route(
  attachment: TransitAttachment,
  destination: TransitRoute['destination'],
  rank: number,
  doubts: Doubts,
): TransitRoute {
  const unseen = destination.kind === 'any' ? destination.doubts : CERTAIN;
  return {
    origin: attachment.origin,
    doubts: bothDoubts(doubts, unseen),
    destination,
    rank,
    target: { kind: 'attachment', attachment },
  };
}

function append<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}
