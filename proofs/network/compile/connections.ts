import { compileBalancers } from './balancers.ts';
import type { Compilation } from './compilation.ts';
import { compileDoors } from './doors.ts';
import { compileEndpointServices } from './endpoint-services.ts';
import { Associations, compileEndpoints } from './endpoints.ts';
import { compileInspections } from './inspection.ts';
import { LoadBalancers } from './load-balancers.ts';
import { compileNats } from './nat.ts';
import { compilePeerings } from './peering.ts';
import { TargetGroups } from './target-groups.ts';
import { compileTransit } from './transit.ts';

/**
 * What joins networks to each other and to the outside, and what takes connections for others; after the hosts. The tables
 * of transit gateways come later (`compileTransitTables`), when everything is attached.
 */
export function compileConnections(c: Compilation): void {
  compileDoors(c);
  compileNats(c);
  compilePeerings(c);
  compileTransit(c);
  compileBalancers(c);
  const balancers = new LoadBalancers(c, new TargetGroups(c));
  balancers.compile();
  const associations = new Associations(c);
  compileEndpoints(c, associations, balancers);
  compileEndpointServices(c, balancers);
  compileInspections(c, associations, balancers);
}
