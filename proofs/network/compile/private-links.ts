import type { Resource } from '../../../model/resource.ts';
import { asBoolean, asString, type Hidden, unknown, type Value } from '../../../model/value.ts';
import type { Addresses, Doubts, Outside } from '../topology.ts';
import { addressesOf, joinAddresses } from './addresses.ts';
import { whyUnseen } from './candidates.ts';
import { CERTAIN, type Compilation, type Propagated } from './compilation.ts';
import { ANY_ADDRESS, onPremisesBehind } from './outsides.ts';
import { bothDoubts, doubtsOf } from './reading.ts';
import { gatewayChoices } from './transit-gateways.ts';
import { attach } from './transit.ts';

/** Ranks of `TransitRoute`. */
const DIRECT_CONNECT = 3;
const CONNECT = 4;
const VPN = 5;

/** What is only read so that nothing of it is overlooked: each stands for a line whose gateway or association carries it. */
const LINES = [
  'aws_customer_gateway',
  'aws_dx_gateway',
  'aws_dx_private_virtual_interface',
  'aws_dx_transit_virtual_interface',
  'aws_dx_hosted_private_virtual_interface',
  'aws_dx_hosted_private_virtual_interface_accepter',
  'aws_dx_hosted_transit_virtual_interface',
  'aws_dx_hosted_transit_virtual_interface_accepter',
  'aws_ec2_transit_gateway_connect_peer',
  // What comes in by a public one has public addresses and meets Internet gateways: it is a part of the Internet.
  'aws_dx_public_virtual_interface',
  'aws_dx_hosted_public_virtual_interface',
  'aws_dx_hosted_public_virtual_interface_accepter',
];

/**
 * Private ways to networks of the owner: VPN connections, Direct Connect and Connect attachments. Those of VPN gateways
 * say what their doors forward; those of transit gateways are attachments.
 */
export function compilePrivateLinks(c: Compilation): void {
  for (const type of LINES) for (const resource of c.estate.ofType(type)) c.understood.add(resource);
  const forwarded = new Map<Resource, Addresses[]>();
  const routes = staticRoutes(c);
  for (const connection of c.estate.ofType('aws_vpn_connection')) addConnection(c, connection, routes, forwarded);
  for (const type of ['aws_dx_gateway_association', 'aws_dx_gateway_association_proposal']) {
    for (const association of c.estate.ofType(type)) addAssociation(c, association, forwarded);
  }
  for (const [type, argument] of [
    ['aws_dx_private_virtual_interface', 'vpn_gateway_id'],
    ['aws_dx_hosted_private_virtual_interface_accepter', 'vpn_gateway_id'],
  ] as const) {
    for (const line of c.estate.ofType(type)) {
      forwardBy(c, line, line.attribute(argument), learned(line), forwarded);
    }
  }
  for (const connect of c.estate.ofType('aws_ec2_transit_gateway_connect')) {
    c.understood.add(connect);
    attachTo(c, connect, {
      gateway: connect.attribute('transit_gateway_id'),
      outside: onPremisesBehind(c, connect, ANY_ADDRESS),
      propagated: [anything(connect, CONNECT)],
    });
  }
  for (const concentrator of c.estate.ofType('aws_vpn_concentrator')) {
    c.understood.add(concentrator);
    attachTo(c, concentrator, {
      gateway: concentrator.attribute('transit_gateway_id'),
      outside: onPremisesBehind(c, concentrator, ANY_ADDRESS),
      propagated: [anything(concentrator, VPN)],
    });
  }
  for (const [gateway, sets] of forwarded) {
    for (const door of c.doorsOf.get(gateway) ?? []) door.forwards = joinAddresses(sets);
  }
}

interface StaticRoutes {
  readonly of: ReadonlyMap<Resource, readonly Addresses[]>;
  /** Of routes whose connection is not known. */
  readonly open: Doubts;
}

function staticRoutes(c: Compilation): StaticRoutes {
  const of = new Map<Resource, Addresses[]>();
  const open: Hidden[] = [];
  for (const route of c.estate.ofType('aws_vpn_connection_route')) {
    c.understood.add(route);
    const target = c.estate.resolve(route.attribute('vpn_connection_id'), ['aws_vpn_connection']);
    const unseen = whyUnseen(target);
    if (unseen !== null) open.push(unseen);
    if (target.kind !== 'resource' || unseen !== null) continue;
    const destination = addressesOf(c, route.attribute('destination_cidr_block'));
    const doubts = bothDoubts(destination.doubts, doubtsOf(route));
    // One that may not exist adds nothing for sure.
    const addresses = route.init.isSymbolic ? { ranges: [], unknowns: [], doubts } : { ...destination, doubts };
    append(of, target.resource, addresses);
  }
  return { of, open };
}

function addConnection(
  c: Compilation,
  connection: Resource,
  routes: StaticRoutes,
  forwarded: Map<Resource, Addresses[]>,
): void {
  c.understood.add(connection);
  const isStatic = asBoolean(connection.attribute('static_routes_only')) === true;
  const [vpnGateway, transitGateway] = ['vpn_gateway_id', 'transit_gateway_id'].map((name) =>
    connection.attribute(name),
  );
  if (vpnGateway !== undefined && vpnGateway.kind !== 'null') {
    const own = [...(routes.of.get(connection) ?? []), { ranges: [], unknowns: [], doubts: routes.open }];
    forwardBy(c, connection, vpnGateway, isStatic ? joinAddresses(own) : learned(connection), forwarded);
  }
  if (transitGateway !== undefined && transitGateway.kind !== 'null') {
    attachTo(c, connection, {
      gateway: transitGateway,
      outside: behindCustomerGateway(c, connection),
      // A transit gateway keeps the static routes of a connection in its own tables.
      propagated: isStatic ? [] : [anything(connection, VPN)],
    });
  }
}

function behindCustomerGateway(c: Compilation, connection: Resource): Outside {
  const target = c.estate.resolve(connection.attribute('customer_gateway_id'), ['aws_customer_gateway']);
  return onPremisesBehind(c, target.kind === 'resource' ? target.resource : connection, ANY_ADDRESS);
}

/** Associations of a Direct Connect gateway, by which its lines reach VPN and transit gateways in any Region. */
function addAssociation(c: Compilation, association: Resource, forwarded: Map<Resource, Addresses[]>): void {
  c.understood.add(association);
  const value = associatedGateway(c, association);
  const text = asString(value);
  const target = c.estate.resolve(value, ['aws_vpn_gateway', 'aws_ec2_transit_gateway']);
  const type = target.kind === 'resource' ? target.resource.type : null;
  if (type === 'aws_vpn_gateway' || type === null) forwardBy(c, association, value, learned(association), forwarded);
  if (type === 'aws_vpn_gateway' || (typeof text === 'string' && text.startsWith('vgw-'))) return;
  const gateway = c.estate.resolve(association.attribute('dx_gateway_id'), ['aws_dx_gateway']);
  const isProposal = association.type === 'aws_dx_gateway_association_proposal';
  attachTo(c, association, {
    gateway: value,
    outside: onPremisesBehind(c, gateway.kind === 'resource' ? gateway.resource : association, ANY_ADDRESS),
    propagated: [anything(association, DIRECT_CONNECT)],
    doubts: isProposal ? [unknown('missing-object', association.address, 'is an offer that somebody may accept')] : [],
  });
}

/** What an association names itself, or the offer that it accepts names. */
function associatedGateway(c: Compilation, association: Resource): Value {
  const own = association.attribute('associated_gateway_id');
  if (own.kind !== 'null') return own;
  const proposal = c.estate.resolve(association.attribute('proposal_id'), ['aws_dx_gateway_association_proposal']);
  if (proposal.kind === 'resource') return proposal.resource.attribute('associated_gateway_id');
  return unknown('missing-object', `${association.address}.proposal_id`, 'is an offer that the estate does not show');
}

/** Adds to what the doors of a VPN gateway forward; of a gateway that is hidden, to what all of them may. */
function forwardBy(
  c: Compilation,
  by: Resource,
  gateway: Value,
  addresses: Addresses,
  forwarded: Map<Resource, Addresses[]>,
): void {
  const target = c.estate.resolve(gateway, ['aws_vpn_gateway']);
  if (target.kind === 'none') return;
  if (target.kind === 'resource' && c.doorsOf.has(target.resource)) {
    const certain = doubtsOf(by).length === 0;
    const possible = { ranges: [], unknowns: [], doubts: bothDoubts(addresses.doubts, doubtsOf(by)) };
    append(forwarded, target.resource, certain ? addresses : possible);
    return;
  }
  const unseen = whyUnseen(target);
  if (unseen === null) return;
  for (const known of c.estate.ofType('aws_vpn_gateway')) {
    if (target.kind === 'hidden' || target.kind === 'resource') {
      append(forwarded, known, { ranges: [], unknowns: [], doubts: [unseen] });
    }
  }
}

interface AttachmentParts {
  readonly gateway: Value;
  readonly outside: Outside;
  readonly propagated: readonly Propagated[];
  readonly doubts?: Doubts;
}

function attachTo(
  c: Compilation,
  owner: Resource,
  { gateway, outside, propagated, doubts = CERTAIN }: AttachmentParts,
): void {
  for (const choice of gatewayChoices(c, gateway, owner)) {
    const made = attach(c, owner, {
      gateway: choice.item,
      doubts: bothDoubts(choice.doubts, doubts),
      end: { kind: 'outside', outside },
    });
    c.propagates.set(made, propagated);
  }
}

function learned({ address }: Resource): Addresses {
  return { ranges: [], unknowns: [], doubts: [byBgp(address)] };
}

function anything({ address }: Resource, rank: number): Propagated {
  const doubts = [byBgp(address)];
  return { destination: { kind: 'any', doubts }, rank, doubts };
}

function byBgp(expression: string): Hidden {
  return unknown('missing-object', expression, 'learns the networks behind it by BGP');
}

function append<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}
