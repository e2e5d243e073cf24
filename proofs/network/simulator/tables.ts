import { describeAddress, describeDestination } from '../describe.ts';
import { unless } from '../membership.ts';
import type { Origin, Route, RouteTable } from '../topology.ts';
import { type Branch, hop, type Junction } from './journey.ts';
import { lookUp } from './lookup.ts';

interface Routing {
  readonly table: RouteTable;
  /** Where the packet is routed: the subnet, or the door. */
  readonly at: Origin;
  readonly to: (route: Route, branch: Branch) => void;
}

/** H2: the routes of a table that the packet may take. */
export function takeRoutes(junction: Junction, branch: Branch, { table, at, to }: Routing): void {
  const { destination } = branch.packet;
  const { name } = table.origin;
  const taken = lookUp(table, destination);
  if (taken.length === 0 && table.open.length === 0) {
    junction.end(branch, {
      at,
      reason: `no route in ${name} covers ${describeAddress(destination)}`,
      by: table.origin,
    });
  }
  for (const { route, verdict } of taken) {
    const next = junction.pass(branch, verdict, { at, reason: 'another route is better', by: route.origin });
    if (next === null) continue;
    const text = describeDestination(route.destination);
    if (route.target.kind === 'blackhole') {
      junction.end(next, { at, reason: `the route to ${text} in ${name} leads nowhere`, by: route.origin });
      continue;
    }
    const passed = hop(next, { at, what: `takes the route to ${text} in ${name}`, by: route.origin });
    if (route.target.kind === 'hidden') hide(junction, passed, { origin: route.origin, doubts: route.target.doubts });
    else to(route, passed);
  }
  if (table.open.length > 0) hide(junction, branch, { origin: table.origin, doubts: table.open });
}

/** By a route that the input hides, perhaps to anything. */
export function hide(
  junction: Junction,
  branch: Branch,
  { origin, doubts }: Pick<RouteTable, 'origin' | 'doubts'>,
): void {
  const next = junction.pass(branch, unless(doubts), { at: origin, reason: 'leads nowhere' });
  if (next === null) return;
  const hidden = hop(next, { at: origin, what: 'may lead anywhere' });
  junction.go({ kind: 'anywhere', packet: hidden.packet }, hidden);
}
