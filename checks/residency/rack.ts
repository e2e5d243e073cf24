import { outpostOfArn } from '../../model/aws/arn.ts';
import type { Estate } from '../../model/estate.ts';
import type { Path, Resource } from '../../model/resource.ts';
import { asItems, asString, type Hidden, isHidden, unknown, type Value } from '../../model/value.ts';

/** Whether a resource rests on Outposts racks, and on which (`op-...`). */
export type Rest =
  | { readonly kind: 'rack'; readonly outposts: readonly string[] }
  /** In the Region, or a part of it is; the path is that of the argument which would have said otherwise. */
  | { readonly kind: 'region'; readonly path: Path; readonly outposts: readonly string[] }
  | { readonly kind: 'hidden'; readonly value: Hidden };

type Names = 'outpost' | 'subnet' | 'subnet-group' | 'bucket';

/**
 * What can rest on a rack, and the arguments that put it there. A network interface on a rack is not enough: a
 * function or a file system with one there still runs and stores in the Region, so such types are not here.
 */
const ARGUMENTS: ReadonlyMap<string, readonly (readonly [Names, ...Path])[]> = new Map<
  string,
  readonly (readonly [Names, ...Path])[]
>([
  [
    'aws_alb',
    [
      ['subnet', 'subnets'],
      ['subnet', 'subnet_mapping', 'subnet_id'],
    ],
  ],
  ['aws_ami_copy', [['outpost', 'destination_outpost_arn']]],
  ['aws_autoscaling_group', [['subnet', 'vpc_zone_identifier']]],
  ['aws_db_instance', [['subnet-group', 'db_subnet_group_name']]],
  ['aws_ebs_snapshot', [['outpost', 'outpost_arn']]],
  ['aws_ebs_volume', [['outpost', 'outpost_arn']]],
  ['aws_ec2_capacity_reservation', [['outpost', 'outpost_arn']]],
  ['aws_ec2_host', [['outpost', 'outpost_arn']]],
  ['aws_eks_cluster', [['outpost', 'outpost_config', 'outpost_arns']]],
  ['aws_eks_node_group', [['subnet', 'subnet_ids']]],
  ['aws_elasticache_cluster', [['outpost', 'preferred_outpost_arn']]],
  [
    'aws_elasticache_replication_group',
    [
      ['outpost', 'node_group_configuration', 'primary_outpost_arn'],
      ['outpost', 'node_group_configuration', 'replica_outpost_arns'],
    ],
  ],
  [
    'aws_emr_cluster',
    [
      ['subnet', 'ec2_attributes', 'subnet_id'],
      ['subnet', 'ec2_attributes', 'subnet_ids'],
    ],
  ],
  ['aws_instance', [['subnet', 'subnet_id']]],
  [
    'aws_lb',
    [
      ['subnet', 'subnets'],
      ['subnet', 'subnet_mapping', 'subnet_id'],
    ],
  ],
  ['aws_network_interface', [['subnet', 'subnet_id']]],
  ['aws_s3_access_point', [['bucket', 'bucket']]],
  ['aws_s3control_bucket', [['outpost', 'outpost_id']]],
  ['aws_s3control_bucket_lifecycle_configuration', [['bucket', 'bucket']]],
  ['aws_s3control_bucket_policy', [['bucket', 'bucket']]],
  ['aws_s3outposts_endpoint', [['outpost', 'outpost_id']]],
  ['aws_spot_instance_request', [['subnet', 'subnet_id']]],
  ['aws_subnet', [['outpost', 'outpost_arn']]],
]);

/** Arguments that choose the subnet where the one above is not set. */
const INHERITED = ['launch_template', 'network_interface', 'primary_network_interface', 'replicate_source_db'];

/** Types whose nodes each have a place of their own, so that all of their arguments must tell a rack. */
const ALL_ARGUMENTS: ReadonlySet<string> = new Set(['aws_elasticache_replication_group']);

export function canRestOnRack(type: string): boolean {
  return ARGUMENTS.has(type);
}

/** Where the data of a resource rests, by the arguments of its type; several places must agree. */
export function restOf(resource: Resource, estate: Estate): Rest {
  const ways = ARGUMENTS.get(resource.type) ?? [];
  const [[, ...path] = ['outpost']] = ways;
  const outposts: string[] = [];
  let hidden: Hidden | null = null;
  let unsaid: Path | null = null;
  let inRegion: Path | null = null;
  for (const [names, ...at] of ways) {
    const { items, open, isUnsaid } = valuesAt(resource, at);
    hidden ??= open[0] ?? null;
    for (const value of items) {
      for (const rest of follow(names, value, estate)) {
        if (rest === null) inRegion ??= at;
        else if (typeof rest === 'string') outposts.push(rest);
        else hidden ??= rest;
      }
    }
    if (isUnsaid && ALL_ARGUMENTS.has(resource.type)) unsaid ??= at;
  }
  if (inRegion !== null) return { kind: 'region', path: inRegion, outposts };
  if (hidden !== null) return { kind: 'hidden', value: hidden };
  if (outposts.length > 0) {
    if (unsaid === null) return { kind: 'rack', outposts };
    const expression = `${resource.address}.${unsaid.join('.')}`;
    return {
      kind: 'hidden',
      value: unknown('operation', expression, 'is not set, so where those nodes rest is not said'),
    };
  }
  const inherited = INHERITED.find((name) => ways.length > 0 && resource.attribute(name).kind !== 'null');
  if (inherited === undefined) return { kind: 'region', path, outposts };
  const source = inherited === 'replicate_source_db' ? replicated(resource, estate) : null;
  if (source !== null) return restOf(source, estate);
  const value = unknown('operation', `${resource.address}.${inherited}`, 'decides in which subnet it is');
  return { kind: 'hidden', value };
}

/** The instance in whose subnets a replica of the same Region is: none that is a replica itself, as those may turn in circles. */
function replicated(replica: Resource, estate: Estate): Resource | null {
  const target = estate.resolve(replica.attribute('replicate_source_db'), ['aws_db_instance'], replica);
  if (target.kind !== 'resource' || target.resource.init.mode !== 'managed') return null;
  const { resource: source } = target;
  if (source.type !== 'aws_db_instance' || source.attribute('replicate_source_db').kind !== 'null') return null;
  const here = asString(estate.place(replica).region);
  return typeof here === 'string' && here === asString(estate.place(source).region) ? source : null;
}

/** The values of an argument in every block of a name, lists taken apart; what hides more blocks in `open`. */
function valuesAt(
  resource: Resource,
  path: Path,
): { readonly items: readonly Value[]; readonly open: readonly Hidden[]; readonly isUnsaid: boolean } {
  const [first = '', argument] = path;
  const { items: blocks, open } = argument === undefined ? { items: [resource], open: [] } : resource.blocks(first);
  const values = blocks.map((block) => itemsOf(block.attribute(argument ?? first)));
  return { items: values.flat(), open, isUnsaid: values.some((found) => found.length === 0) };
}

/** A reference is one item, which may lead to a resource. */
function itemsOf(value: Value): readonly Value[] {
  return isHidden(value) ? [value] : asItems(value).items;
}

/** A rack, null for none, or what hides it. */
type Found = string | null | Hidden;

/** The racks that a value leads to: several for a group of subnets. */
function follow(names: Names, value: Value, estate: Estate): readonly Found[] {
  if (names === 'outpost') return [outpostOf(value)];
  const types = { subnet: ['aws_subnet'], 'subnet-group': ['aws_db_subnet_group'], bucket: ['aws_s3control_bucket'] };
  const target = estate.resolve(value, types[names]);
  switch (target.kind) {
    case 'none':
      return [null];
    case 'hidden':
      return [target.value];
    case 'outside':
      if (names === 'bucket') return [outpostOfArn(target.text)];
      return [unknown('missing-object', target.text, 'is outside the estate')];
    case 'resource':
      return ofTarget(names, target.resource, estate);
  }
}

function ofTarget(names: Exclude<Names, 'outpost'>, target: Resource, estate: Estate): readonly Found[] {
  switch (names) {
    case 'subnet':
      return [outpostOf(target.attribute('outpost_arn'))];
    case 'bucket':
      return [target.type === 'aws_s3control_bucket' ? outpostOf(target.attribute('outpost_id')) : null];
    case 'subnet-group': {
      const subnets = itemsOf(target.attribute('subnet_ids'));
      return subnets.length === 0 ? [null] : subnets.flatMap((subnet) => follow('subnet', subnet, estate));
    }
  }
}

/** An ARN or a bare id. */
function outpostOf(value: Value): Found {
  const text = asString(value);
  if (text === null || text === '' || isHidden(text)) return text === '' ? null : text;
  return outpostOfArn(text) ?? text;
}
