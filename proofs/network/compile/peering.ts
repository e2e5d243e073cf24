import { VPC_TYPES } from '../../../model/aws/vpc-defaults.ts';
import type { Resource } from '../../../model/resource.ts';
import { asBoolean, asString, type Hidden, unknown, type Value } from '../../../model/value.ts';
import type { Choice, Doubts, Origin, Outside, Peering, Vpc } from '../topology.ts';
import { nameOfValue, readByDataSource, vpcChoices, vpcsAround } from './candidates.ts';
import { CERTAIN, type Compilation, originOf } from './compilation.ts';
import { ANY_ADDRESS, foreignNetworkBehind } from './outsides.ts';
import { bothDoubts, doubtsOf } from './reading.ts';

const CONNECTION = 'aws_vpc_peering_connection';
const ACCEPTER = 'aws_vpc_peering_connection_accepter';

/** Connections between two VPCs, each accepted by its other side. */
export function compilePeerings(c: Compilation): void {
  for (const connection of c.estate.ofType(CONNECTION)) addConnection(c, connection);
  for (const accepter of c.estate.ofType(ACCEPTER)) addAccepter(c, accepter);
  for (const options of c.estate.ofType('aws_vpc_peering_connection_options')) c.understood.add(options);
  for (const source of c.estate.dataOfType(CONNECTION)) addRead(c, source);
}

function addConnection(c: Compilation, connection: Resource): void {
  c.understood.add(connection);
  const own = vpcChoices(c, connection.attribute('vpc_id'), connection);
  const peers = peersOf(c, connection);
  const accepted = acceptance(c, connection);
  for (const side of own) {
    for (const peer of peers) {
      if (side.item === peer.item) continue;
      addPeering(c, connection, [side.item, peer.item], bothDoubts(bothDoubts(side.doubts, peer.doubts), accepted));
    }
  }
}

/** The far side: a VPC of the estate, else a network of somebody else. */
function peersOf(c: Compilation, connection: Resource): readonly Choice<Vpc | Outside>[] {
  const value = connection.attribute('peer_vpc_id');
  const target = c.estate.resolve(value, VPC_TYPES);
  if (target.kind === 'outside') return [{ item: foreign(c, connection, value), doubts: CERTAIN }];
  return vpcChoicesAnywhere(c, value, connection).map(({ item, doubts }) => ({
    item: item.origin.resource?.init.mode === 'managed' ? item : foreign(c, connection, value),
    doubts,
  }));
}

/** A peer may be in any Region. */
function vpcChoicesAnywhere(c: Compilation, value: Value, connection: Resource): readonly Choice<Vpc>[] {
  const choices = vpcChoices(c, value, connection);
  const [first] = choices;
  if (first === undefined || first.doubts.length === 0) return choices;
  return [first, ...[...c.vpcs.values()].map((item) => ({ item, doubts: first.doubts }))];
}

function foreign(c: Compilation, connection: Resource, value: Value): Outside {
  const name = `the network of ${nameOfValue(value)}`;
  return c.outside(name, () => ({
    kind: 'foreign-network',
    name,
    origin: originOf(connection, ['peer_vpc_id']),
    addresses: ANY_ADDRESS,
    region: regionOfPeer(connection),
  }));
}

function regionOfPeer(connection: Resource): string | null {
  const region = connection.attribute('peer_region');
  return region.kind === 'string' ? region.value : null;
}

/** What hides whether the far side has accepted: nothing carries traffic before. */
function acceptance(c: Compilation, connection: Resource): Doubts {
  if (asBoolean(connection.attribute('auto_accept')) === true) return CERTAIN;
  const { items, open } = c.estate.companions(connection, ACCEPTER, 'vpc_peering_connection_id');
  const accepters = items.filter((accepter) => !accepter.init.isSymbolic);
  if (accepters.some((accepter) => asBoolean(accepter.attribute('auto_accept')) === true)) return CERTAIN;
  const detail =
    open.length > 0 ? 'is accepted by what is not known to name it' : 'is not accepted by anything in the estate';
  return [unknown('missing-object', connection.address, detail)];
}

function addPeering(c: Compilation, connection: Resource, sides: Peering['sides'], doubts: Doubts): void {
  const origin: Origin = originOf(connection);
  const peering: Peering = { origin, doubts: bothDoubts(doubtsOf(connection), doubts), sides };
  c.peerings.push(peering);
  const known = c.targets.get(connection);
  if (known === undefined) c.targets.set(connection, { kind: 'peering', peering });
  else if (known.kind === 'peering')
    c.targets.set(connection, { kind: 'hidden', doubts: doubts.length > 0 ? doubts : [several(connection)] });
}

function several({ address }: Resource): Hidden {
  return unknown('operation', address, 'connects one of several VPCs');
}

/** An accepter stands for its connection; one whose connection is not in the estate lets somebody else's VPC in. */
function addAccepter(c: Compilation, accepter: Resource): void {
  c.understood.add(accepter);
  const value = accepter.attribute('vpc_peering_connection_id');
  const target = c.estate.resolve(value, [CONNECTION]);
  const known = target.kind === 'resource' ? c.targets.get(target.resource) : undefined;
  if (known !== undefined) {
    c.targets.set(accepter, known);
    return;
  }
  addForeign(c, accepter, [
    unknown('missing-object', accepter.address, 'accepts a connection of which the estate does not show the two VPCs'),
  ]);
}

/** A connection that somebody else has made, between a VPC of the estate and another. */
function addRead(c: Compilation, source: Resource): void {
  c.understood.add(source);
  const doubts = [readByDataSource(source)];
  const id = asString(source.attribute('id'));
  if (id !== null) {
    const target = c.estate.resolve(source.attribute('id'), [CONNECTION]);
    const known = target.kind === 'resource' ? c.targets.get(target.resource) : undefined;
    if (known !== undefined) {
      c.targets.set(source, known);
      return;
    }
  }
  addForeign(c, source, doubts);
}

function addForeign(c: Compilation, resource: Resource, doubts: Doubts): void {
  const outside = foreignNetworkBehind(c, resource, ANY_ADDRESS);
  for (const vpc of vpcsAround(c, resource)) {
    c.peerings.push({
      origin: originOf(resource),
      doubts: bothDoubts(doubtsOf(resource), doubts),
      sides: [vpc, outside],
    });
  }
  c.targets.set(resource, { kind: 'hidden', doubts });
}
