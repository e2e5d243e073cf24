import type { Resource } from '../../../model/resource.ts';
import { asBoolean, asNumber, asString, type Hidden, isHidden, unknown, type Value } from '../../../model/value.ts';
import type { Addresses, Interface, Services, Truth } from '../topology.ts';
import { addressesOf, joinAddresses } from './addresses.ts';
import { nameOfValue, ownerOfAttribute, whyUnseen } from './candidates.ts';
import { CERTAIN, type Compilation, EVERY_SERVICE } from './compilation.ts';
import { bothDoubts, doubtsOf } from './reading.ts';
import { serviceRange } from './services.ts';

export const BALANCER_TYPES = ['aws_lb', 'aws_alb'] as const;
const GROUP_TYPES = ['aws_lb_target_group', 'aws_alb_target_group'] as const;

/** Where a balancer opens connections to. */
export interface Endpoints {
  readonly addresses: Addresses;
  readonly services: Services;
}

/** What is registered with a target group. */
export interface Targets {
  readonly endpoints: readonly Endpoints[];
  /** Interfaces of what stands behind it, as far as they are known. */
  readonly interfaces: readonly Interface[];
  /** Whether a network load balancer keeps the address of the client. */
  readonly keepsClient: Truth;
  /** Functions, which are called without a connection: by their interfaces, or by themselves when they are in no VPC. */
  readonly functions: readonly (Interface | Resource)[];
}

/** A registration: what a group sends to, and on which port if not on the group's own. */
interface Registration {
  readonly by: Resource;
  readonly target: Value;
  readonly port: Value;
  /** What `target` names: an address, an instance and the like, or a resource whose interfaces are the targets. */
  readonly resource: Resource | null;
  /** Containers may get any port of their host. */
  readonly isAnyPort?: boolean;
}

/** Target groups with what is registered with them. */
export class TargetGroups {
  readonly #c: Compilation;
  readonly #registrations = new Map<Resource, Registration[]>();
  /** Why something may be registered with any group. */
  readonly #open: Hidden[] = [];
  readonly #targets = new Map<Resource, Targets>();

  constructor(c: Compilation) {
    this.#c = c;
    for (const type of ['aws_lb_target_group_attachment', 'aws_alb_target_group_attachment']) {
      for (const by of c.estate.ofType(type)) {
        c.understood.add(by);
        const target = by.attribute('target_id');
        this.#register(by.attribute('target_group_arn'), { by, target, port: by.attribute('port'), resource: null });
      }
    }
    this.#addContainers();
    this.#addFleets();
    for (const type of GROUP_TYPES) for (const group of c.estate.ofType(type)) c.understood.add(group);
  }

  /** What a group that an argument names sends to. */
  of(value: Value): Targets {
    const target = this.#c.estate.resolve(value, GROUP_TYPES);
    const unseen = whyUnseen(target);
    if (target.kind !== 'resource' || unseen !== null) return anywhere([unseen ?? noGroup(value)]);
    const known = this.#targets.get(target.resource);
    if (known !== undefined) return known;
    const made = this.#read(target.resource);
    this.#targets.set(target.resource, made);
    return made;
  }

  #register(group: Value, registration: Registration): void {
    const target = this.#c.estate.resolve(group, GROUP_TYPES);
    const unseen = whyUnseen(target);
    if (target.kind === 'resource' && unseen === null) append(this.#registrations, target.resource, registration);
    // One that the input writes by its name alone is another group.
    else if (unseen !== null && target.kind !== 'outside') this.#open.push(unseen);
  }

  #addContainers(): void {
    for (const type of ['aws_ecs_service', 'aws_ecs_task_set']) {
      for (const by of this.#c.estate.ofType(type)) {
        const isAnyPort = by.attribute('network_configuration').kind === 'null';
        const { items, open } = by.blocks('load_balancer');
        this.#open.push(...open);
        for (const block of items) {
          const registration = { by, target: by.attribute('name'), port: block.attribute('container_port'), isAnyPort };
          for (const argument of [['target_group_arn'], ['advanced_configuration', 'alternate_target_group_arn']]) {
            const group = block.attribute(...argument);
            if (group.kind !== 'null') this.#register(group, { ...registration, resource: by });
          }
        }
      }
    }
  }

  #addFleets(): void {
    const { estate } = this.#c;
    const add = (group: Value, by: Resource, fleet: Value, resource: Resource | null) => {
      if (group.kind !== 'null') this.#register(group, { by, target: fleet, port: { kind: 'null' }, resource });
    };
    for (const fleet of estate.ofType('aws_autoscaling_group')) {
      const groups = fleet.attribute('target_group_arns');
      for (const group of groups.kind === 'list' ? groups.items : [groups])
        add(group, fleet, fleet.attribute('name'), fleet);
      const sources = fleet.blocks('traffic_source');
      this.#open.push(...sources.open);
      for (const source of sources.items) {
        add(source.attribute('identifier'), fleet, fleet.attribute('name'), fleet);
      }
    }
    for (const link of estate.ofType('aws_autoscaling_attachment')) {
      this.#c.understood.add(link);
      const fleet = link.attribute('autoscaling_group_name');
      add(link.attribute('lb_target_group_arn'), link, fleet, fleetOf(this.#c, fleet));
    }
    for (const link of estate.ofType('aws_autoscaling_traffic_source_attachment')) {
      this.#c.understood.add(link);
      const fleet = link.attribute('autoscaling_group_name');
      const sources = link.blocks('traffic_source');
      this.#open.push(...sources.open);
      for (const source of sources.items) {
        add(source.attribute('identifier'), link, fleet, fleetOf(this.#c, fleet));
      }
    }
    for (const fleet of estate.ofType('aws_spot_fleet_request')) {
      const groups = fleet.attribute('target_group_arns');
      for (const group of groups.kind === 'list' ? groups.items : [groups]) add(group, fleet, groups, fleet);
    }
  }

  #read(group: Resource): Targets {
    const registrations = this.#registrations.get(group) ?? [];
    const endpoints: Endpoints[] = [];
    const interfaces: Interface[] = [];
    const functions: (Interface | Resource)[] = [];
    const type = asString(group.attribute('target_type'));
    for (const registration of registrations) {
      const { by, target } = registration;
      if (type === 'lambda') {
        const named = this.#c.estate.resolve(target, ['aws_lambda_function', 'aws_lambda_alias']);
        if (named.kind === 'resource')
          functions.push(...(this.#c.interfacesOf.get(named.resource) ?? [named.resource]));
        else endpoints.push({ addresses: unseen([missing(target)]), services: EVERY_SERVICE });
        continue;
      }
      const services = registration.isAnyPort === true ? EVERY_SERVICE : servicesOfGroup(group, registration.port);
      const resource = registration.resource ?? this.#hostOf(target);
      const own = resource === null ? [] : (this.#c.interfacesOf.get(resource) ?? []);
      interfaces.push(...own);
      const addresses =
        own.length > 0 ? joinAddresses(own.map((item) => item.addresses)) : this.#addressesOf(target, type, resource);
      const doubts = doubtsOf(by);
      // One that may not be registered is no certain target.
      endpoints.push({
        addresses: doubts.length === 0 ? addresses : unseen(bothDoubts(addresses.doubts, doubts)),
        services,
      });
    }
    const open = registrations.length === 0 ? [...this.#open, unregistered(group)] : this.#open;
    if (open.length > 0)
      endpoints.push({ addresses: unseen(open), services: servicesOfGroup(group, { kind: 'null' }) });
    return { endpoints: merged(endpoints), interfaces, functions, keepsClient: keepsClient(group) };
  }

  /** The host that a target names: an instance, a balancer, the interface whose address it is. */
  #hostOf(target: Value): Resource | null {
    const named = this.#c.estate.resolve(target, ['aws_instance', ...BALANCER_TYPES]);
    return named.kind === 'resource' ? named.resource : null;
  }

  #addressesOf(target: Value, type: string | null | Hidden, resource: Resource | null): Addresses {
    if (resource !== null || type === 'instance' || type === 'alb') return unseen([missing(target)]);
    return addressesOf(this.#c, target);
  }
}

/** Targets of which nothing is known. */
export function anywhere(doubts: readonly Hidden[]): Targets {
  return {
    endpoints: [{ addresses: unseen(doubts), services: EVERY_SERVICE }],
    interfaces: [],
    functions: [],
    keepsClient: { holds: true, doubts },
  };
}

function unseen(doubts: readonly Hidden[]): Addresses {
  return { ranges: [], unknowns: [], doubts };
}

function missing(target: Value): Hidden {
  return isHidden(target) ? target : unknown('missing-object', nameOfValue(target), 'has no interface in the estate');
}

function noGroup(value: Value): Hidden {
  return unknown('missing-object', nameOfValue(value), 'names no target group of the estate');
}

function unregistered({ address }: Resource): Hidden {
  return unknown('missing-object', address, 'gets its targets from what the estate does not show');
}

/** The group of hosts that a name is of: also the one that a cluster makes for its nodes. */
function fleetOf(c: Compilation, value: Value): Resource | null {
  const target = c.estate.resolve(value, ['aws_autoscaling_group']);
  return target.kind === 'resource' ? target.resource : ownerOfAttribute(c, value, NODES);
}

const NODES: ReadonlySet<string> = new Set(['aws_eks_node_group']);

const TRANSPORTS: ReadonlyMap<string, readonly number[]> = new Map([
  ['HTTP', [6]],
  ['HTTPS', [6]],
  ['TCP', [6]],
  ['TLS', [6]],
  ['SSL', [6]],
  ['UDP', [17]],
  ['QUIC', [17]],
  ['GENEVE', [17]],
  ['TCP_UDP', [6, 17]],
  ['TCP_QUIC', [6, 17]],
]);

/** The services of a listener or a target, by the balancer's names of protocols; HTTP where none is given. */
export function balancedServices(protocol: Value, port: Value): Services {
  const name = asString(protocol);
  const number = asNumber(port);
  const hidden = [name, number].filter(isHidden);
  if (hidden.length > 0) return { ranges: [], doubts: hidden };
  if (number === null) return EVERY_SERVICE;
  const transports = TRANSPORTS.get(typeof name === 'string' ? name.toUpperCase() : 'HTTP');
  if (transports === undefined || isHidden(number)) return EVERY_SERVICE;
  return { ranges: transports.flatMap((transport) => serviceRange(transport, number, number).ranges), doubts: CERTAIN };
}

/** Whose clients' addresses AWS always keeps. */
const KEPT_ALWAYS: ReadonlySet<string> = new Set(['UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC']);

/**
 * Whether a network load balancer keeps the client's address towards a group: always for datagrams and application load
 * balancers; else as the group says, and where it does not, for instances and not for addresses. What the input hides
 * does not matter if all that it may be comes to the same.
 */
function keepsClient(group: Resource): Truth {
  const type = asString(group.attribute('target_type'));
  const protocol = asString(group.attribute('protocol'));
  const asked = asBoolean(group.attribute('preserve_client_ip'));
  const types = isHidden(type) ? ['instance', 'ip', 'alb'] : [type ?? 'instance'];
  const protocols = isHidden(protocol) ? ['TCP', 'UDP'] : [protocol?.toUpperCase() ?? 'TCP'];
  const wishes = isHidden(asked) ? [true, false, null] : [asked];
  const outcomes = types.flatMap((kind) =>
    protocols.flatMap((name) =>
      wishes.map((wish) => kind === 'alb' || KEPT_ALWAYS.has(name) || (wish ?? kind === 'instance')),
    ),
  );
  const holds = outcomes.includes(true);
  return { holds, doubts: holds && outcomes.includes(false) ? [type, protocol, asked].filter(isHidden) : CERTAIN };
}

function servicesOfGroup(group: Resource, port: Value): Services {
  return balancedServices(group.attribute('protocol'), port.kind === 'null' ? group.attribute('port') : port);
}

/** Endpoints with the same services as one. */
function merged(endpoints: readonly Endpoints[]): readonly Endpoints[] {
  const byServices = new Map<string, Endpoints[]>();
  for (const endpoint of endpoints) {
    const { ranges, doubts } = endpoint.services;
    const key =
      doubts.length > 0 ? `hidden ${byServices.size}` : ranges.map(({ first, last }) => `${first}-${last}`).join();
    append(byServices, key, endpoint);
  }
  return [...byServices.values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    return [{ services: first.services, addresses: joinAddresses(alike.map(({ addresses }) => addresses)) }];
  });
}

function append<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}
