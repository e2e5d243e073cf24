import type { Resource } from '../../../model/resource.ts';
import { unknown, type Value } from '../../../model/value.ts';
import type { Addresses, Door, Outside, Vpc, Choice } from '../topology.ts';
import { addressesOf, joinAddresses } from './addresses.ts';
import { ownerOfAttribute, referenceOf, vpcChoices } from './candidates.ts';
import type { Compilation, Draft } from './compilation.ts';
import { ANY_ADDRESS, onPremisesBehind } from './outsides.ts';
import { bothDoubts, doubtsOf } from './reading.ts';

/** Adds a door to what an association ties to a local gateway. */
type AddDoor = (
  association: Resource,
  vpc: Choice<Draft<Vpc>>,
  beyond: { readonly outside: Outside; readonly forwards: Addresses },
) => Draft<Door>;

/**
 * Local gateways of Outposts, which come with the rack: the estate ties VPCs to their route tables, and may add routes,
 * but never shows all of them. The doors by the data source that a route names.
 */
export function compileLocalGateways(c: Compilation, addDoor: AddDoor): ReadonlyMap<Resource, readonly Draft<Door>[]> {
  const routes = routesByTable(c);
  const gateways = c.estate.dataOfType('aws_ec2_local_gateway');
  const doors = new Map<Resource, Draft<Door>[]>(gateways.map((gateway) => [gateway, []]));
  for (const association of c.estate.ofType('aws_ec2_local_gateway_route_table_vpc_association')) {
    c.understood.add(association);
    const value = association.attribute('local_gateway_route_table_id');
    const table = nameOfTable(c, value);
    const unseen = unknown('data-source', table, 'has routes that the estate does not show');
    const beyond = {
      outside: onPremisesBehind(c, association, ANY_ADDRESS),
      forwards: joinAddresses([...(routes.get(table) ?? []), { ranges: [], unknowns: [], doubts: [unseen] }]),
    };
    const own = gatewayOfTable(c, value);
    for (const vpc of vpcChoices(c, association.attribute('vpc_id'), association)) {
      const door = addDoor(association, vpc, beyond);
      // Whose table it is, is not always seen.
      for (const gateway of own === null ? gateways : [own]) doors.get(gateway)?.push(door);
    }
  }
  return doors;
}

function routesByTable(c: Compilation): ReadonlyMap<string, readonly Addresses[]> {
  const routes = new Map<string, Addresses[]>();
  for (const route of c.estate.ofType('aws_ec2_local_gateway_route')) {
    c.understood.add(route);
    const table = nameOfTable(c, route.attribute('local_gateway_route_table_id'));
    const destination = addressesOf(c, route.attribute('destination_cidr_block'));
    const addresses = { ...destination, doubts: bothDoubts(destination.doubts, doubtsOf(route)) };
    const known = routes.get(table);
    if (known === undefined) routes.set(table, [addresses]);
    else known.push(addresses);
  }
  return routes;
}

/** A local gateway's route table by the data source that reads it, else by its id. */
function nameOfTable(c: Compilation, value: Value): string {
  const reference = referenceOf(value);
  const source = reference === null ? null : c.estate.find(reference.target);
  if (source !== null) return `${source.address} of ${source.stack}`;
  return value.kind === 'string' ? value.value : 'a route table of a local gateway';
}

const LOCAL_GATEWAY: ReadonlySet<string> = new Set(['aws_ec2_local_gateway']);
const LOCAL_TABLE: ReadonlySet<string> = new Set(['aws_ec2_local_gateway_route_table']);

function gatewayOfTable(c: Compilation, value: Value): Resource | null {
  const table = ownerOfAttribute(c, value, LOCAL_TABLE);
  return table === null ? null : ownerOfAttribute(c, table.attribute('local_gateway_id'), LOCAL_GATEWAY);
}
