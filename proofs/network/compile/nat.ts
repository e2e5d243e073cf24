import type { Resource } from '../../../model/resource.ts';
import { asNumber, asString, isHidden, unknown } from '../../../model/value.ts';
import type { Addresses, Doubts, Nat, Subnet, Truth, Vpc } from '../topology.ts';
import { addressesOf, hasFamily, joinAddresses, ownAddress, ownBlock } from './addresses.ts';
import { readByDataSource, vpcChoices } from './candidates.ts';
import { CERTAIN, type Compilation, type Draft, NO_ADDRESSES, originOf } from './compilation.ts';
import { bothDoubts, doubtsOf, subnetChoices, YES } from './reading.ts';

/** Gateways that rewrite the source of what goes out, and let nothing in. */
export function compileNats(c: Compilation): void {
  for (const gateway of c.estate.ofType('aws_nat_gateway')) {
    c.understood.add(gateway);
    if (isRegional(gateway)) addRegional(c, gateway);
    else addZonal(c, gateway);
  }
  // Its addresses are public, and what it translates keeps the gateway's private ones on the way to the Internet gateway.
  for (const address of c.estate.ofType('aws_nat_gateway_eip_association')) c.understood.add(address);
  for (const gateway of c.estate.dataOfType('aws_nat_gateway')) {
    c.understood.add(gateway);
    c.targets.set(gateway, { kind: 'hidden', doubts: [readByDataSource(gateway)] });
  }
}

/** A regional gateway has no subnet; where the mode is hidden, having one tells. */
function isRegional(gateway: Resource): boolean {
  const mode = asString(gateway.attribute('availability_mode'));
  if (typeof mode === 'string') return mode === 'regional';
  return gateway.attribute('subnet_id').kind === 'null';
}

function addZonal(c: Compilation, gateway: Resource): void {
  const { items, open } = subnetChoices(c, gateway.attribute('subnet_id'));
  const nats = items.map(({ item, doubts }) =>
    addNat(c, gateway, { subnet: item, vpc: item.vpc, addresses: addressesIn(c, gateway, item), doubts }),
  );
  const [nat, ...more] = nats;
  if (nat !== undefined && more.length + open.length === 0) c.targets.set(gateway, { kind: 'nat', nat });
  else c.targets.set(gateway, { kind: 'hidden', doubts: open.length > 0 ? open : [noSubnet(gateway)] });
}

function addRegional(c: Compilation, gateway: Resource): void {
  const vpcs = vpcChoices(c, gateway.attribute('vpc_id'), gateway);
  const addresses = {
    ...NO_ADDRESSES,
    unknowns: [ownBlock(c, gateway, 'private_ip', { family: 4, length: 32 })],
  };
  const nats = vpcs.map(({ item, doubts }) => addNat(c, gateway, { subnet: null, vpc: item, addresses, doubts }));
  const [nat, ...more] = nats;
  if (nat !== undefined && more.length === 0) c.targets.set(gateway, { kind: 'nat', nat });
  else c.targets.set(gateway, { kind: 'hidden', doubts: nat?.doubts ?? [noSubnet(gateway)] });
}

interface NatParts {
  readonly subnet: Subnet | null;
  readonly vpc: Vpc;
  readonly addresses: Addresses;
  readonly doubts: Doubts;
}

function addNat(c: Compilation, gateway: Resource, { subnet, vpc, addresses, doubts }: NatParts): Nat {
  const nat: Draft<Nat> = {
    origin: originOf(gateway),
    doubts: bothDoubts(doubtsOf(gateway), doubts),
    subnet,
    vpc,
    isPublic: subnet === null ? YES : publicity(c, gateway),
    addresses,
  };
  c.nats.push(nat);
  return nat;
}

function publicity(c: Compilation, gateway: Resource): Truth {
  const type = asString(c.estate.effective(gateway, 'connectivity_type'));
  if (isHidden(type)) return { holds: true, doubts: [type] };
  return { holds: type !== 'private', doubts: CERTAIN };
}

/** Its private addresses: those it is given, and those that AWS chooses in its subnet. */
function addressesIn(c: Compilation, gateway: Resource, subnet: Subnet): Addresses {
  const given = addressesOf(c, gateway.attribute('private_ip'));
  const more = addressesOf(c, gateway.attribute('secondary_private_ip_addresses'));
  const isChosen =
    given.ranges.length + given.unknowns.length === 0 ||
    asNumber(gateway.attribute('secondary_private_ip_address_count')) !== null ||
    gateway.attribute('secondary_allocation_ids').kind !== 'null' ||
    c.estate.companions(gateway, 'aws_nat_gateway_eip_association', 'nat_gateway_id').items.length > 0;
  const chosen: Addresses =
    isChosen && hasFamily(subnet, 4)
      ? { ...NO_ADDRESSES, unknowns: [ownAddress(c, gateway, subnet, 4)] }
      : NO_ADDRESSES;
  return joinAddresses([given, more, chosen]);
}

function noSubnet({ address }: Resource) {
  return unknown('missing-object', `${address}.subnet_id`, 'names no one subnet of the estate');
}
