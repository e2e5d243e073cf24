import type { Resource } from '../../model/resource.ts';
import type { Choice, Route, RouteTable, Subnet, Topology, Vpc } from '../../proofs/network/topology.ts';

/** A route where it counts: in a table, for the subnets whose packets it takes. */
export interface UsedRoute {
  readonly route: Route;
  /** Subnets whose table it is in; of a table of a door, the subnets to which it leads what comes in. */
  readonly subnets: readonly Choice<Subnet>[];
}

const KNOWN = new WeakMap<Topology, ReadonlyMap<Resource, readonly UsedRoute[]>>();

/** The routes that a resource writes, for each table that somebody uses. */
export function usedRoutes(resource: Resource, topology: Topology): readonly UsedRoute[] {
  const known = KNOWN.get(topology) ?? indexOf(topology);
  KNOWN.set(topology, known);
  return known.get(resource) ?? [];
}

function indexOf(topology: Topology): ReadonlyMap<Resource, readonly UsedRoute[]> {
  const index = new Map<Resource, UsedRoute[]>();
  const add = (route: Route, subnets: readonly Choice<Subnet>[]) => {
    const { resource } = route.origin;
    if (resource === null || subnets.length === 0) return;
    const known = index.get(resource);
    if (known === undefined) index.set(resource, [{ route, subnets }]);
    else known.push({ route, subnets });
  };
  const users = new Map<RouteTable, Choice<Subnet>[]>();
  const subnetsOf = new Map<Vpc, Subnet[]>();
  for (const subnet of topology.subnets) {
    const inVpc = subnetsOf.get(subnet.vpc);
    if (inVpc === undefined) subnetsOf.set(subnet.vpc, [subnet]);
    else inVpc.push(subnet);
    for (const { item: table, doubts } of subnet.tables) {
      const known = users.get(table);
      if (known === undefined) users.set(table, [{ item: subnet, doubts }]);
      else known.push({ item: subnet, doubts });
    }
  }
  for (const [table, subnets] of users) for (const route of table.routes) add(route, subnets);
  for (const door of topology.doors) {
    for (const { item: table, doubts } of door.tables) {
      for (const route of table.routes) {
        add(
          route,
          (subnetsOf.get(door.vpc) ?? [])
            .filter((subnet) => leadsTo(route, subnet))
            .map((item) => ({ item, doubts: [...doubts, ...door.doubts] })),
        );
      }
    }
  }
  return index;
}

/** Whether a route takes packets for a subnet, as far as the input tells. */
function leadsTo({ destination }: Route, { addresses }: Subnet): boolean {
  switch (destination.kind) {
    case 'any':
      return true;
    case 'range': {
      const { family, first, last } = destination.range;
      const known = [...addresses.ranges, ...addresses.unknowns.map(({ within }) => within)];
      return known.some((range) => range.family === family && range.first <= last && first <= range.last);
    }
    case 'unknown':
      return addresses.unknowns.some((own) => own === destination.unknown || own.parent === destination.unknown);
  }
}
