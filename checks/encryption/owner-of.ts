import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';

/** Attributes by which stores and snapshots name themselves. Others name what they are made from, or a part. */
const NAMES: ReadonlySet<string> = new Set([
  'id',
  'arn',
  'name',
  'identifier',
  'resource_id',
  'cluster_arn',
  'cluster_identifier',
  'cluster_resource_id',
  'db_snapshot_arn',
  'db_snapshot_identifier',
  'db_cluster_snapshot_arn',
  'db_cluster_snapshot_identifier',
  'target_db_snapshot_identifier',
  'target_db_cluster_snapshot_identifier',
  'snapshot_arn',
  'snapshot_identifier',
  'snapshot_name',
  'namespace_id',
  'namespace_name',
  'replication_group_id',
  'root_volume_id',
  'configuration_profile_id',
  'domain',
  'domain_id',
]);

/** The managed resource of one of some types that an argument of `user` names: by any of its names, or by a literal. */
export function ownerOf(value: Value, user: Resource, types: readonly string[], estate: Estate): Resource | null {
  const reference = value.kind === 'reference' ? value : (value.origin ?? null);
  if (reference !== null) {
    const [attribute, ...more] = reference.path;
    const object = estate.find(reference.target);
    const isName = typeof attribute === 'string' && more.length === 0 && NAMES.has(attribute);
    if (object !== null && isName && isOneOf(object, types)) return object;
  }
  const target = estate.resolve(value, types, user);
  return target.kind === 'resource' && isOneOf(target.resource, types) ? target.resource : null;
}

function isOneOf({ init, type }: Resource, types: readonly string[]): boolean {
  return init.mode === 'managed' && types.includes(type);
}
