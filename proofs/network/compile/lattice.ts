import type { Resource } from '../../../model/resource.ts';
import type { Value } from '../../../model/value.ts';
import type { Doubts, Interface, RelayEntry, RelayExit } from '../topology.ts';
import { admittedBy } from './admission.ts';
import { vpcChoices, whyUnseen } from './candidates.ts';
import { CERTAIN, type Compilation, EVERY_SERVICE } from './compilation.ts';
import { groupsOf } from './group-choices.ts';
import {
  CONFIGURATION,
  GATEWAY,
  GROUP,
  LISTENER,
  type Part,
  resourceExits,
  RULE,
  SERVICE,
  serviceExits,
  TARGET,
} from './lattice-targets.ts';
import { ANY_ADDRESS, foreignNetworkBehind } from './outsides.ts';
import { bothDoubts, doubtsOf } from './reading.ts';
import { addRelay } from './relay-parts.ts';
import { strangersOf } from './sharing.ts';

const NETWORK = 'aws_vpclattice_service_network';
const BY_VPC = 'aws_vpclattice_service_network_vpc_association';
const BY_SERVICE = 'aws_vpclattice_service_network_service_association';
const BY_RESOURCE = 'aws_vpclattice_service_network_resource_association';

const TYPES = [
  NETWORK,
  SERVICE,
  CONFIGURATION,
  GATEWAY,
  LISTENER,
  RULE,
  GROUP,
  TARGET,
  BY_VPC,
  BY_SERVICE,
  BY_RESOURCE,
];

/** VPC Lattice: from any host of the VPCs of a service network to what its services and resources stand for, past every route. */
export function compileLattice(c: Compilation): void {
  for (const type of TYPES) for (const resource of c.estate.ofType(type)) c.understood.add(resource);
  const networks = new Networks(c);
  for (const association of c.estate.ofType(BY_VPC)) networks.addClients(association);
  for (const endpoint of c.estate.ofType('aws_vpc_endpoint')) networks.addEndpoint(endpoint);
  for (const association of c.estate.ofType(BY_SERVICE)) {
    networks.addProvider(association, association.attribute('service_identifier'), SERVICE);
  }
  for (const association of c.estate.ofType(BY_RESOURCE)) {
    networks.addProvider(association, association.attribute('resource_configuration_identifier'), CONFIGURATION);
  }
  for (const network of c.estate.ofType(NETWORK)) networks.addStrangers(network);
  networks.join();
}

/** Who uses and what offers, by service network: a resource of the estate, or what names one that is not in it. */
class Networks {
  readonly #c: Compilation;
  readonly #clients = new Map<Resource | string, Part<RelayEntry>[]>();
  readonly #providers = new Map<Resource | string, Part<RelayExit>[]>();
  readonly #named = new Map<string, Resource>();
  readonly #exits = new Map<Resource, readonly Part<RelayExit>[]>();

  constructor(c: Compilation) {
    this.#c = c;
  }

  addClients(association: Resource): void {
    const c = this.#c;
    for (const { item: vpc, doubts } of vpcChoices(c, association.attribute('vpc_identifier'), association)) {
      const groups = association.attribute('security_group_ids');
      const isFiltered = groups.kind !== 'null' && !(groups.kind === 'list' && groups.items.length === 0);
      const services = isFiltered
        ? admittedBy({ allowsAll: false, groups: groupsOf(c, groups, vpc) }, vpc.addresses)
        : EVERY_SERVICE;
      this.#add(this.#clients, association, association.attribute('service_network_identifier'), {
        item: { kind: 'vpc', vpc, services },
        doubts,
      });
    }
  }

  /** Endpoints of a VPC for a service network, or for one resource. */
  addEndpoint(endpoint: Resource): void {
    const c = this.#c;
    const entries = (c.interfacesOf.get(endpoint) ?? []).map((own): Part<RelayEntry> => ({
      item: entryAt(own),
      doubts: CERTAIN,
    }));
    const network = endpoint.attribute('service_network_arn');
    if (network.kind !== 'null') for (const entry of entries) this.#add(this.#clients, endpoint, network, entry);
    const configuration = endpoint.attribute('resource_configuration_arn');
    if (configuration.kind === 'null') return;
    const name = `${endpoint.stack}\n${endpoint.address}`;
    this.#named.set(name, endpoint);
    this.#clients.set(name, entries);
    this.#providers.set(name, [...this.#exitsOfNamed(endpoint, configuration, CONFIGURATION)]);
  }

  addProvider(association: Resource, value: Value, type: string): void {
    for (const exit of this.#exitsOfNamed(association, value, type)) {
      this.#add(this.#providers, association, association.attribute('service_network_identifier'), exit);
    }
  }

  /** Accounts that a service network is shared with use it from networks of their own. */
  addStrangers(network: Resource): void {
    const shared = strangersOf(this.#c).get(network);
    if (shared === undefined) return;
    const outside = foreignNetworkBehind(this.#c, shared.by, ANY_ADDRESS);
    const entry: Part<RelayEntry> = {
      item: { kind: 'outside', outside, services: EVERY_SERVICE },
      doubts: shared.doubts,
    };
    push(this.#clients, network, entry);
  }

  /** One relay for what is certain of a network; parts with doubts have one each. */
  join(): void {
    for (const [network, clients] of this.#clients) {
      const providers = this.#providers.get(network) ?? [];
      const resource = typeof network === 'string' ? this.#named.get(network) : network;
      if (resource === undefined) continue;
      for (const from of byDoubts(clients)) {
        for (const to of byDoubts(providers)) {
          const doubts = bothDoubts(from.doubts, to.doubts);
          addRelay(this.#c, resource, { kind: 'lattice', from: from.items, to: to.items, owner: resource, doubts });
        }
      }
    }
  }

  #add<Item>(map: Map<Resource | string, Part<Item>[]>, by: Resource, network: Value, part: Part<Item>): void {
    const target = this.#c.estate.resolve(network, [NETWORK]);
    const whole = { ...part, doubts: bothDoubts(part.doubts, doubtsOf(by)) };
    if (target.kind === 'resource' && target.resource.init.mode === 'managed') push(map, target.resource, whole);
    if (target.kind === 'hidden') {
      const doubts = bothDoubts(whole.doubts, [target.value]);
      for (const known of this.#c.estate.ofType(NETWORK)) push(map, known, { ...whole, doubts });
    }
    const unseen = whyUnseen(target);
    if (unseen === null) return;
    // A service network that the estate only names, in which others may offer and use anything.
    const name = `${by.stack}\n${by.address}`;
    const outside = foreignNetworkBehind(this.#c, by, ANY_ADDRESS);
    this.#named.set(name, by);
    push(map, name, whole);
    push(this.#clients, name, { item: { kind: 'outside', outside, services: EVERY_SERVICE }, doubts: CERTAIN });
    push(this.#providers, name, { item: { kind: 'outside', outside }, doubts: CERTAIN });
  }

  #exitsOfNamed(by: Resource, value: Value, type: string): readonly Part<RelayExit>[] {
    const target = this.#c.estate.resolve(value, [type]);
    if (target.kind === 'resource' && target.resource.init.mode === 'managed') return this.#exitsOf(target.resource);
    if (target.kind === 'hidden') {
      return this.#c.estate
        .ofType(type)
        .flatMap((known) =>
          this.#exitsOf(known).map(({ item, doubts }) => ({ item, doubts: bothDoubts(doubts, [target.value]) })),
        );
    }
    return [{ item: { kind: 'outside', outside: foreignNetworkBehind(this.#c, by, ANY_ADDRESS) }, doubts: CERTAIN }];
  }

  #exitsOf(provider: Resource): readonly Part<RelayExit>[] {
    const known = this.#exits.get(provider);
    if (known !== undefined) return known;
    const made = provider.type === SERVICE ? serviceExits(this.#c, provider) : resourceExits(this.#c, provider);
    const whole = made.map(({ item, doubts }) => ({ item, doubts: bothDoubts(doubts, doubtsOf(provider)) }));
    this.#exits.set(provider, whole);
    return whole;
  }
}

function entryAt(own: Interface): RelayEntry {
  return { kind: 'interface', interface: own, services: EVERY_SERVICE };
}

/** Parts that share their doubts go together. */
function byDoubts<Item>(
  parts: readonly Part<Item>[],
): readonly { readonly items: readonly Item[]; readonly doubts: Doubts }[] {
  const certain = parts.filter(({ doubts }) => doubts.length === 0).map(({ item }) => item);
  const others = parts.filter(({ doubts }) => doubts.length > 0).map(({ item, doubts }) => ({ items: [item], doubts }));
  return certain.length === 0 ? others : [{ items: certain, doubts: CERTAIN }, ...others];
}

function push<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}
