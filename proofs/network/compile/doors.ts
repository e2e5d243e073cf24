import type { Resource } from '../../../model/resource.ts';
import { asItems, type Hidden, unknown, type Value } from '../../../model/value.ts';
import type { Addresses, Choice, Doubts, Door, Outside, Vpc } from '../topology.ts';
import { ownerOfAttribute, readByDataSource, vpcChoices, vpcsAround, whyUnseen } from './candidates.ts';
import { CERTAIN, type Compilation, type Draft, originOf } from './compilation.ts';
import { compileLocalGateways } from './local-gateways.ts';
import { ANY_ADDRESS, internetOf, onPremisesBehind } from './outsides.ts';
import { bothDoubts, doubtsOf, regionOf } from './reading.ts';

/** Ways between a VPC and what is outside: the gateways that are attached to it. */
export function compileDoors(c: Compilation): void {
  const toInternet = () => ({ outside: internetOf(c), forwards: internetOf(c).addresses });
  attachedGateways(c, {
    kind: 'internet',
    type: 'aws_internet_gateway',
    attachment: ['aws_internet_gateway_attachment', 'internet_gateway_id'],
    beyond: toInternet,
  });
  attachedGateways(c, {
    kind: 'vpn',
    type: 'aws_vpn_gateway',
    attachment: ['aws_vpn_gateway_attachment', 'vpn_gateway_id'],
    beyond: (gateway) => behindVpnGateway(c, gateway),
  });
  attachedGateways(c, {
    kind: 'egress-only',
    type: 'aws_egress_only_internet_gateway',
    attachment: null,
    beyond: toInternet,
  });
  attachedGateways(c, {
    kind: 'carrier',
    type: 'aws_ec2_carrier_gateway',
    attachment: null,
    beyond: (gateway) => behindCarrierGateway(c, gateway),
  });
  readGateways(c, 'aws_internet_gateway', 'internet', ['attachment.vpc-id'], toInternet);
  readGateways(c, 'aws_vpn_gateway', 'vpn', ['attachment.vpc-id'], (gateway) => behindVpnGateway(c, gateway));
  const local = compileLocalGateways(c, (gateway, vpc, beyond) =>
    addDoor(c, { kind: 'local', gateway, vpc, ...beyond }),
  );
  for (const [gateway, doors] of local) {
    c.understood.add(gateway);
    for (const door of doors) register(c, gateway, door);
    setTarget(c, gateway);
  }
}

interface Beyond {
  readonly outside: Outside;
  readonly forwards: Addresses;
  readonly doubts?: Doubts;
}

interface GatewayKind {
  readonly kind: Door['kind'];
  readonly type: string;
  /** Type and argument of the resource that attaches it, where there is one. */
  readonly attachment: readonly [type: string, argument: string] | null;
  readonly beyond: (gateway: Resource) => Beyond;
}

function attachedGateways(c: Compilation, { kind, type, attachment, beyond }: GatewayKind): void {
  const attached = new Map<Resource, Choice<Draft<Vpc>>[]>();
  const loose: Hidden[] = [];
  for (const gateway of c.estate.ofType(type)) {
    attached.set(gateway, [...vpcChoices(c, gateway.attribute('vpc_id'), gateway)]);
  }
  for (const link of attachment === null ? [] : c.estate.ofType(attachment[0])) {
    c.understood.add(link);
    const target = c.estate.resolve(link.attribute(attachment?.[1] ?? ''), [type]);
    const gateway = target.kind === 'resource' ? target.resource : null;
    const vpcs = vpcChoices(c, link.attribute('vpc_id'), link).map(({ item, doubts }) => ({
      item,
      doubts: bothDoubts(doubts, doubtsOf(link)),
    }));
    const known = gateway === null ? undefined : attached.get(gateway);
    if (known !== undefined) {
      known.push(...vpcs);
      continue;
    }
    // Whichever gateway it names, the VPC has one.
    for (const vpc of vpcs) addDoor(c, { kind, gateway: gateway ?? link, vpc, ...beyond(gateway ?? link) });
    loose.push(whyUnseen(target) ?? unknown('missing-object', link.address, 'names no gateway'));
  }
  for (const [gateway, vpcs] of attached) {
    c.understood.add(gateway);
    const far = beyond(gateway);
    for (const vpc of distinct(vpcs)) addDoor(c, { kind, gateway, vpc, ...far });
    if (vpcs.length === 0 && loose.length > 0) c.targets.set(gateway, { kind: 'hidden', doubts: loose });
    else setTarget(c, gateway);
  }
}

/** A gateway and its attachment may both name the VPC: it is there for sure if one of them is. */
function distinct(vpcs: readonly Choice<Draft<Vpc>>[]): readonly Choice<Draft<Vpc>>[] {
  const found = new Map<Draft<Vpc>, Choice<Draft<Vpc>>>();
  for (const vpc of vpcs) if (vpc.doubts.length === 0 || !found.has(vpc.item)) found.set(vpc.item, vpc);
  return [...found.values()];
}

interface DoorParts extends Beyond {
  readonly kind: Door['kind'];
  readonly gateway: Resource;
  readonly vpc: Choice<Draft<Vpc>>;
}

function addDoor(c: Compilation, { kind, gateway, vpc, outside, forwards, doubts = CERTAIN }: DoorParts): Draft<Door> {
  const door: Draft<Door> = {
    origin: originOf(gateway),
    doubts: bothDoubts(bothDoubts(doubtsOf(gateway), vpc.doubts), doubts),
    kind,
    vpc: vpc.item,
    outside,
    tables: [],
    forwards,
  };
  c.doors.push(door);
  register(c, gateway, door);
  return door;
}

function register(c: Compilation, gateway: Resource, door: Draft<Door>): void {
  const known = c.doorsOf.get(gateway);
  if (known === undefined) c.doorsOf.set(gateway, [door]);
  else known.push(door);
}

/** A route to a gateway that no VPC has leads nowhere; to one of several VPCs, the VPC of the table tells which door. */
function setTarget(c: Compilation, gateway: Resource): void {
  const [door, ...more] = c.doorsOf.get(gateway) ?? [];
  if (door === undefined) c.targets.set(gateway, { kind: 'blackhole' });
  else if (more.length === 0) c.targets.set(gateway, { kind: 'door', door });
  else
    c.targets.set(gateway, { kind: 'hidden', doubts: door.doubts.length > 0 ? door.doubts : [severalVpcs(gateway)] });
}

function severalVpcs({ address }: Resource) {
  return unknown('operation', address, 'is a gateway of several VPCs');
}

/**
 * Gateways that a data source reads. A VPC has one of a kind: it is the one that the estate makes, where it makes one,
 * and else one that somebody else has made.
 */
function readGateways(
  c: Compilation,
  type: string,
  kind: Door['kind'],
  filters: readonly string[],
  beyond: (gateway: Resource) => Beyond,
): void {
  const own = new Map<Vpc, Draft<Door>>();
  for (const door of c.doors) if (door.kind === kind && door.doubts.length === 0) own.set(door.vpc, door);
  for (const gateway of c.estate.dataOfType(type)) {
    c.understood.add(gateway);
    const doubts = [readByDataSource(gateway)];
    const named = ownGateway(c, gateway, type);
    if (named !== undefined) {
      for (const door of named) register(c, gateway, door);
    } else {
      for (const vpc of vpcsOfFilters(c, gateway, filters)) {
        const known = own.get(vpc);
        if (known === undefined) addDoor(c, { kind, gateway, vpc: { item: vpc, doubts }, ...beyond(gateway) });
        else register(c, gateway, known);
      }
    }
    setTarget(c, gateway);
  }
}

/** The doors of the gateway whose id a data source is given. */
function ownGateway(c: Compilation, gateway: Resource, type: string): readonly Draft<Door>[] | undefined {
  const id = ['id', type.replace('aws_', '').concat('_id')].map((name) => gateway.attribute(name));
  const named = id.map((value) => ownerOfAttribute(c, value, new Set([type]))).find((found) => found !== null);
  return named === undefined ? undefined : c.doorsOf.get(named);
}

/** The VPCs that the filters of a data source name; every one of the Region when they name none. */
function vpcsOfFilters(c: Compilation, source: Resource, names: readonly string[]): readonly Draft<Vpc>[] {
  const values: Value[] = [source.attribute('attached_vpc_id')];
  for (const filter of source.blocks('filter').items) {
    const name = filter.attribute('name');
    if (name.kind === 'string' && names.includes(name.value)) values.push(...asItems(filter.attribute('values')).items);
  }
  const named = values
    .flatMap((value) => (value.kind === 'null' ? [] : vpcChoices(c, value, source)))
    .filter(({ item }) => item.origin.resource !== null)
    .map(({ item }) => item);
  return named.length > 0 ? [...new Set(named)] : vpcsAround(c, source);
}

/** Types that connect a network to a VPN gateway, and their argument. */
const VPN_CONNECTIONS = [
  ['aws_vpn_connection', 'vpn_gateway_id'],
  ['aws_dx_gateway_association', 'associated_gateway_id'],
  ['aws_dx_gateway_association_proposal', 'associated_gateway_id'],
  ['aws_dx_private_virtual_interface', 'vpn_gateway_id'],
  ['aws_dx_hosted_private_virtual_interface_accepter', 'vpn_gateway_id'],
] as const;

/** What a VPN gateway forwards its connections say; until a later phase has read them it may be anything. */
function behindVpnGateway(c: Compilation, gateway: Resource): Beyond {
  const isConnected = VPN_CONNECTIONS.some(([type, argument]) => {
    const { items } = c.estate.companions(gateway, type, argument);
    return items.some((item) => !item.init.isSymbolic);
  });
  const detail = isConnected
    ? 'forwards what its connections tell it'
    : 'has no connection in the estate, and may have one that the estate does not show';
  const doubts = [unknown('missing-object', gateway.address, detail)];
  return {
    outside: onPremisesBehind(c, gateway, ANY_ADDRESS),
    forwards: { ranges: [], unknowns: [], doubts },
    doubts: isConnected ? CERTAIN : doubts,
  };
}

function behindCarrierGateway(c: Compilation, gateway: Resource): Beyond {
  const name = `the carrier network of ${regionOf(c, gateway) ?? 'a Region that is not known'}`;
  const outside = c.outside(name, () => ({
    kind: 'foreign-network',
    name,
    origin: null,
    addresses: ANY_ADDRESS,
    region: null,
  }));
  return { outside, forwards: ANY_ADDRESS };
}
