import { conditionsHold } from '../../../model/aws/conditions.ts';
import { nestedArguments } from '../../../model/nested-arguments.ts';
import type { Resource } from '../../../model/resource.ts';
import { asString, type Hidden, isHidden, unknown, type Value } from '../../../model/value.ts';
import type { Choice, Doubts, SecurityGroup, Subnet, Truth, Vpc } from '../topology.ts';
import { CERTAIN, type Compilation, type Draft } from './compilation.ts';
import { groupsOf, unseenGroup } from './group-choices.ts';
import { AS_SUBNET, HOST_TYPES, type HostType } from './host-types.ts';
import { interfaceIn, publicityIn } from './interface-parts.ts';
import { bothDoubts, NO, subnetChoices, truthOf } from './reading.ts';

/** The interfaces of services that AWS puts into subnets of the estate. */
export function compileHosts(c: Compilation): void {
  for (const [type, places] of HOST_TYPES) {
    for (const resource of c.estate.ofType(type)) {
      c.understood.add(resource);
      for (const place of places) addHost(c, resource, place);
    }
  }
}

/** What puts a resource into subnets, its own arguments or those of the cluster or source that it belongs to. */
interface Placed {
  readonly subnets: readonly Choice<Draft<Subnet>>[];
  readonly open: Doubts;
  readonly isNamed: boolean;
}

function addHost(c: Compilation, resource: Resource, place: HostType): void {
  const { subnets, open, isNamed } = placesOf(c, resource, place);
  if (open.length > 0) c.unmodelled.push({ resource, reason: UNSEEN });
  if (!isNamed && place.absent === 'default-vpc') c.unmodelled.push({ resource, reason: IN_DEFAULT_VPC });
  for (const subnet of subnets) {
    const cluster = c.clusterGroups.get(resource);
    const made = cluster === undefined ? [] : [{ item: cluster, doubts: CERTAIN }];
    const groups = [...groupsIn(c, resource, place, subnet.item.vpc), ...made];
    interfaceIn(c, { owner: resource, subnet, groups, isPublic: publicityOf(c, resource, place, subnet.item) });
  }
}

export const UNSEEN = 'is in a subnet that the input does not show';
export const IN_DEFAULT_VPC = 'names no subnet, so that AWS puts it into the default VPC, whose network is not seen';

function placesOf(c: Compilation, resource: Resource, place: HostType, depth = 0): Placed {
  const own = place.subnets === '' ? [] : valuesAt(c, resource, place.subnets);
  const named = own.filter((value) => isNamed(value, place));
  if (named.length > 0) {
    const read = named.map((value) =>
      place.subnetGroup === undefined ? subnetChoices(c, value) : grouped(c, value, place),
    );
    return {
      subnets: distinct(read.flatMap(({ items }) => items)),
      open: read.flatMap(({ open }) => open),
      isNamed: true,
    };
  }
  const whole = depth < 3 ? wholeOf(c, resource, place) : null;
  if (whole === null) return { subnets: [], open: [], isNamed: false };
  if (isHidden(whole)) return { subnets: [], open: [whole], isNamed: true };
  return placesOf(c, whole.resource, whole.place, depth + 1);
}

/** AWS calls the subnet groups that it makes of the default VPC `default`. */
function isNamed(value: Value, { subnetGroup }: HostType): boolean {
  if (value.kind === 'null') return false;
  if (value.kind === 'list') return value.items.length > 0;
  return value.kind !== 'string' || (value.value !== '' && !(subnetGroup !== undefined && value.value === 'default'));
}

const TYPES = [...HOST_TYPES.keys()];

/** The cluster, source or replication group that a resource is a part of. */
function wholeOf(
  c: Compilation,
  resource: Resource,
  { of }: HostType,
): { readonly resource: Resource; readonly place: HostType } | Hidden | null {
  const value = of === undefined ? null : resource.attribute(of);
  if (value === null || value.kind === 'null') return null;
  const target = c.estate.resolve(value, TYPES);
  if (target.kind === 'hidden') return target.value;
  if (target.kind !== 'resource') return unknown('missing-object', resource.address, 'is a part of what is not seen');
  const [place] = HOST_TYPES.get(target.resource.type) ?? [];
  return place === undefined ? null : { resource: target.resource, place };
}

function grouped(c: Compilation, value: Value, { subnetGroup = '' }: HostType) {
  const target = c.estate.resolve(value, [subnetGroup]);
  if (target.kind === 'resource' && target.resource.type === subnetGroup) {
    return subnetChoices(c, target.resource.attribute('subnet_ids'));
  }
  const hidden = target.kind === 'hidden' ? target.value : unknown('missing-object', asText(value), 'is not seen');
  return { items: [], open: [hidden] };
}

function groupsIn(c: Compilation, resource: Resource, place: HostType, vpc: Vpc): readonly Choice<SecurityGroup>[] {
  const values = place.groups.flatMap((name) => valuesAt(c, resource, name)).filter(({ kind }) => kind !== 'null');
  if (values.length > 0) return values.flatMap((value) => groupsOf(c, value, vpc));
  const whole = wholeOf(c, resource, place);
  if (whole !== null && !isHidden(whole)) return groupsIn(c, whole.resource, whole.place, vpc);
  if (place.groups.length > 0) return groupsOf(c, { kind: 'null' }, vpc);
  const detail = 'is in a security group that AWS makes, which Terraform does not show';
  return [{ item: unseenGroup(c, unknown('missing-object', resource.address, detail)), doubts: CERTAIN }];
}

/** Whether it is given a public address: instances as their subnet gives one; of an argument that is not there, no. */
function publicityOf(c: Compilation, resource: Resource, place: HostType, subnet: Subnet): Truth {
  const { isPublic, publicWhen, mayBePublic } = place;
  if (isPublic === AS_SUBNET) return publicityIn(c, subnet);
  if (publicWhen !== undefined) {
    const { holds, hidden } = conditionsHold(c.estate, resource, [publicWhen]);
    return { holds: holds && hidden.length === 0, doubts: hidden };
  }
  if (mayBePublic !== undefined) {
    const { holds } = conditionsHold(c.estate, resource, [mayBePublic.when]);
    return holds ? { holds: false, doubts: [unknown('default', resource.address, mayBePublic.because)] } : NO;
  }
  if (isPublic === undefined) return NO;
  return valuesAt(c, resource, isPublic).reduce<Truth>((before, value) => {
    const truth = truthOf(value, false);
    return { holds: before.holds || truth.holds, doubts: bothDoubts(before.doubts, truth.doubts) };
  }, NO);
}

/** The values of an argument in every block that has it; what hides more blocks stands for one of them. */
export function valuesAt(c: Compilation, resource: Resource, path: string): readonly Value[] {
  const names = path.split('.');
  const [first = ''] = names;
  if (names.length === 1) return [c.estate.effective(resource, first)];
  if (!resource.init.body.names.includes(first)) return [];
  const { items, open } = nestedArguments(c.estate, resource, names);
  return [...items.map(({ value }) => value), ...open];
}

function distinct<Item>(choices: readonly Choice<Item>[]): readonly Choice<Item>[] {
  const seen = new Set<Item>();
  return choices.filter(({ item }) => {
    if (seen.has(item)) return false;
    seen.add(item);
    return true;
  });
}

function asText(value: Value): string {
  const text = asString(value);
  return typeof text === 'string' ? text : 'subnet group';
}
