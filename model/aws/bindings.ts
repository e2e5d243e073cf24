import type { Path } from '../resource.ts';

/** The construct of a resource type in the typed bindings of CDKTF. */
export interface Construct {
  /** `KinesisStream`. */
  readonly name: string;
  /** `@cdktf/provider-aws/lib/kinesis-stream/index.js`. */
  readonly module: string;
}

/** Constructs that the bindings call `...A`, since a type of another module has the plain name. @cdktf/provider-aws 21.22.1. */
const SUFFIXED: ReadonlySet<string> = new Set([
  'aws_autoscaling_group_tag',
  'aws_dynamodb_table_replica',
  'aws_ec2_managed_prefix_list_entry',
  'aws_network_interface_attachment',
  'aws_s3_bucket_logging',
  'aws_s3_bucket_object_lock_configuration',
  'aws_s3_bucket_replication_configuration',
  'aws_s3_bucket_server_side_encryption_configuration',
  'aws_s3_bucket_versioning',
  'aws_vpc_peering_connection_accepter',
]);

/** Arguments that are called otherwise because a method of every construct has the plain name. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['equals', 'equalTo'],
  ['get_password_data', 'fetchPasswordData'],
  ['node', 'nodeAttribute'],
  ['self', 'selfAttribute'],
  ['software', 'softwareAttribute'],
  ['system', 'systemAttribute'],
]);

/** The construct of a managed resource type of the AWS provider. */
export function constructOf(type: string): Construct {
  const name = type.replace(/^aws_/, '');
  const words = name.replaceAll(/(\d)(?=[a-z])/g, '$1_').split('_');
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return {
    name: SUFFIXED.has(type) ? `${joined}A` : joined,
    module: `@cdktf/provider-aws/lib/${name.replaceAll('_', '-')}/index.js`,
  };
}

/** The property of an argument, or of a nested one: `rule.applyServerSideEncryptionByDefault.sseAlgorithm`. */
export function propertyOf(path: Path): string {
  return path
    .filter((step) => typeof step === 'string')
    .map((step) => RENAMED.get(step) ?? step.replaceAll(/_+([a-z0-9])/g, (_, next: string) => next.toUpperCase()))
    .join('.');
}
