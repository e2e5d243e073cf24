import { type Block, Resource } from '../../../model/resource.ts';
import { asItems, asString, type Hidden, isHidden, unknown, type Value } from '../../../model/value.ts';
import type {
  Addresses,
  Doubts,
  Interface,
  Outside,
  Relay,
  RelayEntry,
  RelayExit,
  Services,
  Truth,
} from '../topology.ts';
import { joinAddresses } from './addresses.ts';
import { kindOf } from './balancers.ts';
import { whyUnseen } from './candidates.ts';
import { CERTAIN, type Compilation, EVERY_SERVICE, NO_ADDRESSES, originOf } from './compilation.ts';
import { bothDoubts, doubtsOf, NO, regionOf } from './reading.ts';
import { tcp } from './services.ts';
import { anywhere, BALANCER_TYPES, balancedServices, type TargetGroups, type Targets } from './target-groups.ts';

const LISTENER_TYPES = ['aws_lb_listener', 'aws_alb_listener'] as const;
const RULE_TYPES = ['aws_lb_listener_rule', 'aws_alb_listener_rule'] as const;

/** What a balancer takes and passes on, for those that reach it another way than by its listeners' addresses. */
export interface Balanced {
  readonly services: Services;
  readonly exits: readonly RelayExit[];
}

/**
 * Load balancers take connections on their listeners and open their own to their targets. A network load balancer may
 * keep the client's address, as its target group says.
 */
export class LoadBalancers {
  readonly #c: Compilation;
  readonly #groups: TargetGroups;
  readonly #rules = new Map<Resource, Resource[]>();
  readonly #balanced = new Map<Resource, Balanced[]>();
  /** Targets of the listeners of each balancer, of gateway load balancers as well. */
  readonly #targets = new Map<Resource, Targets[]>();

  constructor(c: Compilation, groups: TargetGroups) {
    this.#c = c;
    this.#groups = groups;
  }

  compile(): void {
    for (const type of RULE_TYPES) for (const rule of this.#c.estate.ofType(type)) this.#addRule(rule);
    for (const type of LISTENER_TYPES) for (const listener of this.#c.estate.ofType(type)) this.#addListener(listener);
    for (const balancer of this.#c.estate.ofType('aws_elb')) this.#addClassic(balancer);
  }

  /** What a balancer passes on, listener by listener. */
  of(balancer: Resource): readonly Balanced[] {
    return this.#balanced.get(balancer) ?? [];
  }

  targetsOf(balancer: Resource): readonly Targets[] {
    return this.#targets.get(balancer) ?? [];
  }

  #addRule(rule: Resource): void {
    this.#c.understood.add(rule);
    const target = this.#c.estate.resolve(rule.attribute('listener_arn'), LISTENER_TYPES);
    const unseen = whyUnseen(target);
    if (target.kind === 'resource' && unseen === null) append(this.#rules, target.resource, rule);
    else this.#c.unmodelled.push({ resource: rule, reason: 'forwards for a listener that the estate does not show' });
  }

  #addListener(listener: Resource): void {
    this.#c.understood.add(listener);
    const target = this.#c.estate.resolve(listener.attribute('load_balancer_arn'), BALANCER_TYPES);
    const unseen = whyUnseen(target);
    if (target.kind !== 'resource' || unseen !== null) {
      this.#c.unmodelled.push({
        resource: listener,
        reason: 'listens at a load balancer that the estate does not show',
      });
      return;
    }
    const balancer = target.resource;
    const interfaces = this.#c.interfacesOf.get(balancer) ?? [];
    const services = balancedServices(listener.attribute('protocol'), listener.attribute('port'));
    const exits: RelayExit[] = [];
    const actions = [
      ...actionsOf(listener, 'default_action', CERTAIN),
      ...(this.#rules.get(listener) ?? []).flatMap((rule) => actionsOf(rule, 'action', doubtsOf(rule))),
    ];
    for (const action of actions) exits.push(...this.#exitsOf(action, balancer, interfaces));
    // What inspects takes no connections: its endpoints hand it packets.
    if (kindOf(this.#c, balancer) !== 'gateway') {
      this.#addRelay(listener, balancer, interfaces, { services, exits });
    }
  }

  #addRelay(by: Resource, balancer: Resource, interfaces: readonly Interface[], balanced: Balanced): void {
    append(this.#balanced, balancer, balanced);
    if (interfaces.length === 0 || balanced.exits.length === 0) return;
    const from = interfaces.map((item): RelayEntry => ({
      kind: 'interface',
      interface: item,
      services: balanced.services,
    }));
    const relay: Relay = {
      origin: originOf(by),
      doubts: bothDoubts(doubtsOf(by), doubtsOf(balancer)),
      kind: 'load-balancer',
      from,
      to: balanced.exits,
      owner: balancer,
    };
    this.#c.relays.push(relay);
  }

  #exitsOf(action: Action, balancer: Resource, interfaces: readonly Interface[]): readonly RelayExit[] {
    if (action.kind === 'identity') {
      return exitsTo(
        interfaces,
        { ranges: [], unknowns: [], doubts: action.doubts },
        { services: tcp(443), keepsSource: NO },
      );
    }
    const targets = action.kind === 'hidden' ? anywhere(action.doubts) : this.#groups.of(action.group);
    append(this.#targets, balancer, targets);
    const keepsSource = keepsSourceTo(this.#c, balancer, targets);
    const exits: RelayExit[] = targets.endpoints.flatMap(({ addresses, services }) => {
      const doubtful = action.doubts.length === 0 ? addresses : { ranges: [], unknowns: [], doubts: action.doubts };
      return exitsTo(interfaces, doubtful, { services, keepsSource });
    });
    for (const called of targets.functions) {
      if (called instanceof Resource) exits.push({ kind: 'outside', outside: functionsIn(this.#c, called) });
      else exits.push({ kind: 'delivery', interface: called, services: EVERY_SERVICE });
    }
    return exits;
  }

  #addClassic(balancer: Resource): void {
    const given = asItems(balancer.attribute('instances'));
    const links = [
      this.#attachedTo(balancer, 'aws_elb_attachment', 'elb', 'instance'),
      this.#attachedTo(balancer, 'aws_autoscaling_attachment', 'elb', 'autoscaling_group_name'),
    ];
    const instances = [...given.items, ...links.flatMap(({ items }) => items)];
    const served = [
      this.#c.estate.companions(balancer, 'aws_autoscaling_group', 'load_balancers'),
      this.#c.estate.companions(balancer, 'aws_ecs_service', 'load_balancer', 'elb_name'),
    ];
    const fleets = served.flatMap(({ items }) => items);
    const hosts = [...instances.flatMap((value) => this.#hostOf(value) ?? []), ...fleets];
    const hidden = [
      ...given.open,
      ...links.flatMap(({ open }) => open),
      ...served.flatMap(({ open }) => open.map(({ value }) => value)),
    ];
    const own = hosts.flatMap((host) => this.#c.interfacesOf.get(host) ?? []);
    const isSeen = hidden.length === 0 && hosts.length === instances.length + fleets.length && own.length > 0;
    const addresses = joinAddresses([
      ...own.map((item) => item.addresses),
      { ranges: [], unknowns: [], doubts: isSeen ? CERTAIN : [unseenInstances(balancer), ...hidden] },
    ]);
    const interfaces = this.#c.interfacesOf.get(balancer) ?? [];
    const { items, open } = balancer.blocks('listener');
    for (const listener of items) {
      const services = balancedServices(listener.attribute('lb_protocol'), listener.attribute('lb_port'));
      const to = balancedServices(listener.attribute('instance_protocol'), listener.attribute('instance_port'));
      this.#addRelay(balancer, balancer, interfaces, {
        services,
        exits: exitsTo(interfaces, addresses, { services: to, keepsSource: NO }),
      });
    }
    if (open.length > 0) {
      const exits = exitsTo(interfaces, addresses, { services: { ranges: [], doubts: open }, keepsSource: NO });
      this.#addRelay(balancer, balancer, interfaces, { services: { ranges: [], doubts: open }, exits });
    }
  }

  /** What links to a balancer name, and what hides whether further ones are its own. */
  #attachedTo(
    balancer: Resource,
    type: string,
    argument: string,
    named: string,
  ): { readonly items: readonly Value[]; readonly open: Doubts } {
    const { items, open } = this.#c.estate.companions(balancer, type, argument);
    for (const link of [...items, ...open.map(({ resource }) => resource)]) this.#c.understood.add(link);
    return {
      items: items.filter((link) => !link.init.isSymbolic).map((link) => link.attribute(named)),
      open: [...open.map(({ value }) => value), ...items.flatMap((link) => doubtsOf(link))],
    };
  }

  #hostOf(value: Value): Resource | null {
    const target = this.#c.estate.resolve(value, ['aws_instance', 'aws_autoscaling_group']);
    return target.kind === 'resource' ? target.resource : null;
  }
}

/** Functions in no VPC run in a network of AWS. */
function functionsIn(c: Compilation, called: Resource): Outside {
  const region = regionOf(c, called);
  const name = `lambda in ${region ?? 'a Region that is not known'}`;
  return c.outside(name, () => ({ kind: 'service', name, origin: null, addresses: NO_ADDRESSES, region }));
}

function unseenInstances({ address }: Resource): Hidden {
  return unknown('missing-object', address, 'gets its instances from what the estate does not show');
}

/** Only a network load balancer keeps addresses; one whose type is hidden may be one. */
function keepsSourceTo(c: Compilation, balancer: Resource, { keepsClient }: Targets): Truth {
  if (kindOf(c, balancer) !== 'network' || !keepsClient.holds) return NO;
  const type = asString(c.estate.effective(balancer, 'load_balancer_type'));
  return isHidden(type) ? { holds: true, doubts: bothDoubts([type], keepsClient.doubts) } : keepsClient;
}

type Action =
  | { readonly kind: 'forward'; readonly group: Value; readonly doubts: Doubts }
  /** Asks an identity provider, wherever it is. */
  | { readonly kind: 'identity'; readonly doubts: Doubts }
  | { readonly kind: 'hidden'; readonly doubts: Doubts };

const ASKS_IDENTITY = ['authenticate_oidc', 'authenticate_cognito', 'jwt_validation'] as const;

function actionsOf(resource: Resource, name: string, doubts: Doubts): readonly Action[] {
  const { items, open } = resource.blocks(name);
  const actions = items.flatMap((block) => actionsIn(block, doubts));
  if (open.length > 0) actions.push({ kind: 'hidden', doubts: open });
  return actions;
}

function actionsIn(block: Block, doubts: Doubts): Action[] {
  const actions: Action[] = [];
  const group = block.attribute('target_group_arn');
  if (group.kind !== 'null') actions.push({ kind: 'forward', group, doubts });
  const { items, open } = block.blocks('forward');
  for (const forward of items) {
    const groups = forward.blocks('target_group');
    for (const each of groups.items) actions.push({ kind: 'forward', group: each.attribute('arn'), doubts });
    if (groups.open.length > 0) actions.push({ kind: 'hidden', doubts: groups.open });
  }
  if (open.length > 0) actions.push({ kind: 'hidden', doubts: open });
  for (const asks of ASKS_IDENTITY) {
    if (block.attribute(asks).kind === 'null') continue;
    const path = `${block.resource.address}.${asks}`;
    actions.push({
      kind: 'identity',
      doubts: [unknown('missing-object', path, 'asks a provider at an address that is not known')],
    });
  }
  // A type that is hidden may forward to a group that is written elsewhere.
  const type = asString(block.attribute('type'));
  if (typeof type === 'object' && type !== null) actions.push({ kind: 'hidden', doubts: [type] });
  return actions;
}

function exitsTo(
  interfaces: readonly Interface[],
  destinations: Addresses,
  how: { readonly services: Services; readonly keepsSource: Truth },
): RelayExit[] {
  return interfaces.map((item) => ({ kind: 'interface', interface: item, destinations, ...how }));
}

function append<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}
