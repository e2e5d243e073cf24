import { type Route, type RouteTable, routingOf } from '../../model/aws/routing.ts';
import { VPC_TYPES } from '../../model/aws/vpc-defaults.ts';
import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asString, type Hidden, isHidden, unknown } from '../../model/value.ts';
import type { Policy } from '../../policy/policy.ts';
import { exposureOf, SUBNET_TYPES } from '../subnet-tier.ts';
import { ENDPOINT } from './fleet.ts';

/** A route table, and what hides whether its way out is the fleet; nothing where it is. */
export interface GuardedTable {
  readonly table: RouteTable;
  readonly doubts: readonly Hidden[];
}

/** Route tables whose way out is, or may be, a fleet, and routes that may be in one of them. */
export interface GuardedTables {
  readonly tables: readonly GuardedTable[];
  readonly stray: readonly Route[];
}

/**
 * Route tables of a network whose way out is the fleet: by their default route, or of a subnet of the enclave by any.
 * (A subnet of address translation has its default route to the Internet, and its way back to the fleet.)
 */
export function guardedTables(
  vpc: Resource,
  endpoints: readonly Resource[],
  estate: Estate,
  policy: Policy,
): GuardedTables {
  const tables = new Map<string, GuardedTable>();
  const stray = new Set<Route>();
  for (const subnet of estate.ofType(...SUBNET_TYPES)) {
    const network = estate.resolve(subnet.attribute('vpc_id'), VPC_TYPES);
    const isOther = network.kind !== 'hidden' && !(network.kind === 'resource' && network.resource === vpc);
    if (isOther) continue;
    const where = network.kind === 'hidden' ? [network.value] : [];
    const { tables: own, possible, isExplicit, stray: more } = routingOf(estate, subnet);
    const candidates = [
      ...own.map((table) => ({ table, doubts: where })),
      ...(isExplicit ? [] : possible.map((table) => ({ table, doubts: [...where, mayBeTableOf(subnet, table)] }))),
    ];
    for (const { table, doubts } of candidates) {
      const guard = guardOf(table, exposureOf(subnet, policy), endpoints, estate);
      if (guard === 'none') continue;
      const all = [...doubts, ...guard];
      const known = tables.get(keyOf(table));
      if (known === undefined || known.doubts.length > all.length) tables.set(keyOf(table), { table, doubts: all });
      for (const route of more) stray.add(route);
    }
  }
  return { tables: [...tables.values()], stray: [...stray] };
}

function mayBeTableOf({ address }: Resource, { name }: RouteTable): Hidden {
  return unknown('missing-object', name, `may be the route table of ${address}`);
}

/** What hides whether a table of a subnet leads to the fleet as its way out. */
function guardOf(
  table: RouteTable,
  exposure: ReturnType<typeof exposureOf>,
  endpoints: readonly Resource[],
  estate: Estate,
): 'none' | readonly Hidden[] {
  const doubts = table.routes.map((route): 'none' | readonly Hidden[] => {
    const leads = leadsTo(route, endpoints, estate);
    if (leads === false) return 'none';
    const parts = [leads, exposure === 'enclave' ? true : anyOf([isDefault(route), ofEnclave(exposure)])];
    return parts.includes(false) ? 'none' : parts.filter((part) => typeof part !== 'boolean');
  });
  // What a table learns from a VPN leads to no endpoint.
  const unread = table.open.filter((value) => !table.propagations.some(({ hidden }) => hidden === value));
  const found = doubts.filter((part) => part !== 'none').toSorted((left, right) => left.length - right.length);
  return found[0] ?? (unread.length > 0 ? unread : 'none');
}

function ofEnclave(exposure: ReturnType<typeof exposureOf>): boolean | Hidden {
  return isHidden(exposure) ? exposure : exposure === 'enclave';
}

function anyOf(answers: readonly (boolean | Hidden)[]): boolean | Hidden {
  return answers.includes(true) || (answers.find((answer) => answer !== false) ?? false);
}

/** Tables outside the estate have no name of their own. */
function keyOf({ name, routes }: RouteTable): string {
  return [name, ...routes.map(({ resource, path }) => `${resource.stack} ${resource.address} ${path.join('.')}`)].join(
    '\n',
  );
}

function leadsTo(route: Route, endpoints: readonly Resource[], estate: Estate): boolean | Hidden {
  const target = estate.resolve(route.attribute('vpc_endpoint_id'), [ENDPOINT]);
  if (target.kind === 'hidden') return target.value;
  return target.kind === 'resource' && endpoints.includes(target.resource);
}

const DEFAULT_ROUTES = new Set(['0.0.0.0/0', '::/0']);

const DESTINATIONS = [
  'cidr_block',
  'ipv6_cidr_block',
  'destination_cidr_block',
  'destination_ipv6_cidr_block',
] as const;

function isDefault(route: Route): boolean | Hidden {
  return anyOf(
    DESTINATIONS.map((name) => {
      const text = asString(route.attribute(name));
      return isHidden(text) ? text : text !== null && DEFAULT_ROUTES.has(text);
    }),
  );
}
