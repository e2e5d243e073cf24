import { VPC_TYPES } from '../../model/aws/vpc-defaults.ts';
import type { Estate } from '../../model/estate.ts';
import { nestedArguments } from '../../model/nested-arguments.ts';
import type { Resource } from '../../model/resource.ts';
import { asItems, type Hidden, type Value } from '../../model/value.ts';

export interface Network {
  /** Arguments of which one must say where the resource goes; else AWS puts it into the default VPC. */
  readonly names: readonly string[];
  /** Arguments that bring a network along, which is not followed. */
  readonly brings?: readonly string[];
}

const INSTANCE: Network = {
  names: ['subnet_id', 'network_interface', 'primary_network_interface'],
  brings: ['launch_template'],
};

const TABLE: Readonly<Record<string, Network>> = {
  aws_instance: INSTANCE,
  aws_spot_instance_request: INSTANCE,
  aws_autoscaling_group: { names: ['vpc_zone_identifier'] },
  aws_cloud9_environment_ec2: { names: ['subnet_id'] },
  aws_dax_cluster: { names: ['subnet_group_name'] },
  aws_db_instance: { names: ['db_subnet_group_name'], brings: ['replicate_source_db'] },
  aws_dms_replication_instance: { names: ['replication_subnet_group_id'] },
  aws_docdb_cluster: { names: ['db_subnet_group_name'] },
  aws_docdbelastic_cluster: { names: ['subnet_ids'] },
  aws_elasticache_cluster: { names: ['subnet_group_name'], brings: ['replication_group_id'] },
  aws_elasticache_replication_group: { names: ['subnet_group_name'] },
  aws_elasticache_serverless_cache: { names: ['subnet_ids'] },
  aws_elb: { names: ['subnets'] },
  aws_emr_cluster: { names: ['ec2_attributes.subnet_id', 'ec2_attributes.subnet_ids'] },
  aws_imagebuilder_infrastructure_configuration: { names: ['subnet_id'] },
  aws_m2_environment: { names: ['subnet_ids'] },
  aws_memorydb_cluster: { names: ['subnet_group_name'] },
  aws_mq_broker: { names: ['subnet_ids'] },
  aws_neptune_cluster: { names: ['neptune_subnet_group_name'], brings: ['replication_source_identifier'] },
  aws_rds_cluster: { names: ['db_subnet_group_name'], brings: ['replication_source_identifier'] },
  aws_redshift_cluster: { names: ['cluster_subnet_group_name'] },
  aws_redshiftserverless_workgroup: { names: ['subnet_ids'] },
  aws_security_group: { names: ['vpc_id'] },
};

/** Types that AWS puts into the default VPC when they name no network. */
export const NETWORKED: ReadonlyMap<string, Network> = new Map(Object.entries(TABLE));

export type Landing =
  | { readonly kind: 'named' }
  | { readonly kind: 'default'; readonly arguments: readonly string[] }
  | { readonly kind: 'hidden'; readonly values: readonly Hidden[] }
  | { readonly kind: 'brought'; readonly argument: string };

/** Where a resource of such a type goes. */
export function landingOf(estate: Estate, resource: Resource, { names, brings = [] }: Network): Landing {
  const hidden: Hidden[] = [];
  for (const name of names) {
    const { items, open } = nestedArguments(estate, resource, name.split('.'));
    hidden.push(...open);
    for (const { value } of items) {
      // What a reference names is there; of what is unknown, nothing is known.
      if (value.kind === 'unknown') hidden.push(value);
      else if (isNamed(value)) return { kind: 'named' };
    }
  }
  if (hidden.length > 0) return { kind: 'hidden', values: hidden };
  const argument = brings.find((name) => isNamed(resource.attribute(name)));
  return argument === undefined ? { kind: 'default', arguments: names } : { kind: 'brought', argument };
}

/** AWS calls the subnet groups that it makes of the default VPC `default`. */
function isNamed(value: Value): boolean {
  if (value.kind === 'null') return false;
  if (value.kind === 'list') return value.items.length > 0;
  return value.kind !== 'string' || (value.value !== '' && value.value !== 'default');
}

/** Arguments by which resources say that they are in a subnet or VPC. */
export const PLACES = [
  ['subnet_id'],
  ['subnet_ids'],
  ['subnets'],
  ['vpc_id'],
  ['vpc_zone_identifier'],
  ['vpc_config', 'subnet_ids'],
  ['vpc_options', 'subnet_ids'],
  ['network_configuration', 'subnets'],
  ['network_interfaces', 'subnet_id'],
  ['subnet_mapping', 'subnet_id'],
  ['broker_node_group_info', 'client_subnets'],
] as const;

/** Types that close the default VPC, watch it, or belong to it. */
const CLOSERS: ReadonlySet<string> = new Set([
  'aws_default_network_acl',
  'aws_default_route_table',
  'aws_default_security_group',
  'aws_default_subnet',
  'aws_flow_log',
  'aws_route53_resolver_firewall_rule_group_association',
]);

/** What is in a default VPC or subnet, and what hides whether more is. */
export function occupantsOf(estate: Estate, home: Resource): { items: readonly Resource[]; open: readonly Hidden[] } {
  const open: Hidden[] = [];
  const items = estate.resources.filter((resource) => {
    if (CLOSERS.has(resource.type)) return false;
    const named = PLACES.map((path) => nestedArguments(estate, resource, path));
    return named
      .flatMap((list) => list.items)
      .flatMap(({ value }) => [...asItems(value).items, ...asItems(value).open])
      .some((value) => {
        const target = estate.resolve(value, [home.type]);
        if (target.kind === 'hidden' && value.kind === 'unknown') open.push(target.value);
        return target.kind === 'resource' && target.resource === home;
      });
  });
  return { items, open };
}

/** Adopted default security groups that do not refer to their VPC; found once for an estate, as every VPC asks. */
interface DefaultGroups {
  /** Of the default VPC of their provider. */
  readonly unnamed: readonly Resource[];
  /** Of the VPC of an id that no resource of the estate answers to. */
  readonly byId: readonly Resource[];
}

const GROUPS = new WeakMap<Estate, DefaultGroups>();

export function defaultGroups(estate: Estate): DefaultGroups {
  const known = GROUPS.get(estate);
  if (known !== undefined) return known;
  const groups = estate.ofType('aws_default_security_group');
  const found = {
    unnamed: groups.filter((group) => group.attribute('vpc_id').kind === 'null'),
    byId: groups.filter((group) => estate.resolve(group.attribute('vpc_id'), VPC_TYPES).kind === 'outside'),
  };
  GROUPS.set(estate, found);
  return found;
}
