import type { Resource } from '../../../model/resource.ts';
import { display, unknown } from '../../../model/value.ts';
import type { Vpc } from '../topology.ts';
import type { Compilation, Draft } from './compilation.ts';
import { internetOf } from './outsides.ts';
import { bothDoubts } from './reading.ts';

/** The adopted default VPC of the Region and account of a resource. */
export function defaultVpcOf(c: Compilation, resource: Resource): Draft<Vpc> | undefined {
  const place = placeText(c, resource);
  const found = c.estate.ofType('aws_default_vpc').find((candidate) => placeText(c, candidate) === place);
  return found === undefined ? undefined : c.vpcs.get(found);
}

/** Equal for what is in one Region and account; a hidden one is that of the same expression. */
function placeText(c: Compilation, resource: Resource): string {
  const { region, account } = c.estate.place(resource);
  return `${display(region)} ${display(account)}`;
}

/** AWS gives a default VPC an Internet gateway, which is there unless somebody has removed it. */
export function addDefaultDoors(c: Compilation): void {
  for (const resource of c.estate.ofType('aws_default_vpc')) {
    const vpc = c.vpcs.get(resource);
    const isKnown = c.doors.some((door) => door.vpc === vpc && door.kind === 'internet' && door.doubts.length === 0);
    if (vpc === undefined || isKnown) continue;
    const name = `the Internet gateway of ${resource.address}`;
    const outside = internetOf(c);
    const doubts = [unknown('default', name, 'is there, unless somebody has removed what AWS gives a default VPC')];
    c.doors.push({
      origin: { name, resource, path: [] },
      doubts: bothDoubts(vpc.doubts, doubts),
      kind: 'internet',
      vpc,
      outside,
      tables: [],
      forwards: outside.addresses,
    });
  }
}
