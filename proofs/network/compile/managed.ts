import { conditionsHold } from '../../../model/aws/conditions.ts';
import { OFF_VPC, type OffVpcRow } from '../../../model/aws/off-vpc-compute.ts';
import type { Resource } from '../../../model/resource.ts';
import type { Doubts } from '../topology.ts';
import { type Compilation, originOf } from './compilation.ts';
import { internetOf } from './outsides.ts';
import { bothDoubts, doubtsOf } from './reading.ts';
import { MODELLED } from './traffic-classes.ts';
import { typesOf } from './type-list.ts';

/** Of these another phase reads what they have inside a VPC, and says whether it could. */
const ALSO_INSIDE: ReadonlySet<string> = new Set(typesOf(MODELLED));

/** Compute and front doors that AWS runs outside any VPC, past whatever stands between a VPC and the Internet. */
export function compileManaged(c: Compilation): void {
  const found = new Map<Resource, Map<OffVpcRow['direction'], Doubts>>();
  for (const { type, direction, when } of OFF_VPC) {
    for (const resource of c.estate.ofType(type)) {
      if (!ALSO_INSIDE.has(type)) c.understood.add(resource);
      const { holds, hidden } = conditionsHold(c.estate, resource, when);
      if (!holds) continue;
      const directions = found.get(resource) ?? new Map<OffVpcRow['direction'], Doubts>();
      const before = directions.get(direction);
      // Of two ways in one direction, the more certain one counts.
      if (before === undefined || hidden.length === 0) directions.set(direction, hidden);
      found.set(resource, directions);
    }
  }
  for (const [resource, directions] of found) {
    for (const [direction, doubts] of directions) {
      c.managed.push({
        origin: originOf(resource),
        doubts: bothDoubts(doubtsOf(resource), doubts),
        outside: internetOf(c),
        directions: [direction],
      });
    }
  }
}
