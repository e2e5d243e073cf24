import { compileAccess } from './access.ts';
import { compileCloudWan } from './cloud-wan.ts';
import type { Compilation } from './compilation.ts';
import { compileDns } from './dns.ts';
import { compileEdgeServices } from './edge-services.ts';
import { compileLattice } from './lattice.ts';
import { compileManaged } from './managed.ts';
import { compileMirroring } from './mirroring.ts';
import { compileSharing } from './sharing.ts';

/** Ways that no route table shows; after the hosts, balancers and endpoints that they lead to. */
export function compileRelays(c: Compilation): void {
  compileCloudWan(c);
  compileAccess(c);
  compileLattice(c);
  compileEdgeServices(c);
  compileMirroring(c);
  compileDns(c);
  compileManaged(c);
  compileSharing(c);
}
