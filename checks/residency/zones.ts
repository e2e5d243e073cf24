import { zoneOfDirectoryBucket } from '../../model/aws/jurisdictions.ts';
import type { Estate } from '../../model/estate.ts';
import type { Path, Resource } from '../../model/resource.ts';
import { asString, isHidden, string, type Value } from '../../model/value.ts';
import { leavesOf } from './leaves.ts';

/** An argument that names a zone, a Local Zone group or a network border group. */
export interface ZoneArgument {
  readonly path: Path;
  /** Its value; that of the subnet where it refers to the zone of one. */
  readonly value: Value;
  /** Whether it names one zone, and not a group that stands for a place. */
  readonly isZone: boolean;
}

/** Arguments of any type, at any depth, whose text is a zone by name or by id. */
const ZONES = new Set([
  'availability_zone',
  'availability_zones',
  'availability_zone_id',
  'availability_zone_ids',
  'availability_zone_name',
  'preferred_availability_zones',
  'preferred_cache_cluster_azs',
  'primary_availability_zone',
  'replica_availability_zones',
  'target_custom_availability_zone',
]);

const GROUPS = new Set(['network_border_group', 'ipv6_cidr_block_network_border_group', 'local_zone_group']);

/** Arguments that name a place in one type and something else in others; the first: a group unless it is a zone. */
const OF_TYPE: ReadonlyMap<string, { readonly path: string; readonly isZone: boolean }> = new Map([
  ['aws_ec2_availability_zone_group', { path: 'group_name', isZone: false }],
  ['aws_networkmanager_device', { path: 'aws_location.zone', isZone: true }],
  ['aws_s3_directory_bucket', { path: 'location.name', isZone: true }],
  ['aws_vpc_ipam_pool', { path: 'locale', isZone: false }],
]);

/** Types of which the zone may be the word `all`: the target is an address outside the VPC, in no zone of it. */
const WITH_WORD_ALL = new Set(['aws_alb_target_group_attachment', 'aws_lb_target_group_attachment']);

const ZONE_ATTRIBUTES = new Set(['availability_zone', 'availability_zone_id', 'availability_zone_name']);

type ZoneArguments = ReadonlyMap<Resource, readonly ZoneArgument[]>;

const NONE: readonly ZoneArgument[] = [];

/** Of the resources of an estate, those that have such an argument; most have none. */
const KNOWN = new WeakMap<Estate, ZoneArguments>();

/** Every argument of a resource that names a place smaller than a Region, also inside the name of a directory bucket. */
export function zonesOf(resource: Resource, estate: Estate): readonly ZoneArgument[] {
  const known = KNOWN.get(estate) ?? findAllZones(estate);
  KNOWN.set(estate, known);
  const found = known.get(resource);
  if (found !== undefined) return found;
  return estate.find(resource.init.id) === resource && resource.init.mode === 'managed'
    ? NONE
    : findZones(resource, estate);
}

function findAllZones(estate: Estate): ZoneArguments {
  const found = new Map<Resource, readonly ZoneArgument[]>();
  for (const resource of estate.resources) {
    const zones = findZones(resource, estate);
    if (zones.length > 0) found.set(resource, zones);
  }
  return found;
}

function findZones(resource: Resource, estate: Estate): readonly ZoneArgument[] {
  const special = OF_TYPE.get(resource.type);
  const mayBeAll = WITH_WORD_ALL.has(resource.type);
  const found: ZoneArgument[] = [];
  for (const leaf of leavesOf(resource)) {
    const { argument, value } = leaf;
    if (value.kind === 'null' || (value.kind === 'string' && value.value === 'all' && mayBeAll)) continue;
    const add = (zone: Value, isZone: boolean) => found.push({ path: leaf.path, value: zone, isZone });
    if (ZONES.has(argument)) add(resolveZone(value, estate), true);
    else if (GROUPS.has(argument)) add(resolveZone(value, estate), false);
    else if (special !== undefined && namesOn(leaf.path) === special.path) {
      if (!isOptedOut(resource)) add(resolveZone(value, estate), special.isZone);
    } else if (argument === 'bucket' && isUnsettled(value)) add(value, true);
    else {
      const zone = value.kind === 'string' ? zoneOfDirectoryBucket(value.value) : null;
      if (zone !== null) add(string(zone), true);
    }
  }
  return found;
}

function namesOn(path: Path): string {
  return path.filter((step) => typeof step === 'string').join('.');
}

/** A name that the run gives may be that of a directory bucket anywhere; a bucket of the estate is judged itself. */
function isUnsettled(value: Value): boolean {
  if (value.kind === 'template') return value.parts.some((part) => typeof part !== 'string' && part.kind === 'unknown');
  return value.kind === 'unknown';
}

/** `aws_subnet.data.availability_zone` is the zone that the subnet is pinned to, by whichever argument. */
function resolveZone(value: Value, estate: Estate): Value {
  if (value.kind !== 'reference' || !ZONE_ATTRIBUTES.has(String(value.path.at(-1)))) return value;
  const target = value.path.length === 1 ? estate.find(value.target) : null;
  if (target === null || target.init.mode === 'data') return value;
  const { zoneId, zone } = estate.place(target);
  const pinned = [zoneId, zone].find((candidate) => candidate.kind === 'string');
  return pinned ?? value;
}

function isOptedOut(resource: Resource): boolean {
  const status = asString(resource.attribute('opt_in_status'));
  return !isHidden(status) && status === 'not-opted-in';
}

/** Whether a text is the id of a zone (`euw1-az1`), the same in every account, and no name with a letter. */
export function isZoneId(text: string): boolean {
  return /^[a-z]{2,5}\d-/.test(text);
}
