import type { Path, Resource, Step } from '../../model/resource.ts';
import type { Estate } from '../../model/estate.ts';
import { object, type Value } from '../../model/value.ts';
import type { Flow } from '../../proofs/flows/flow.ts';
import { OWNERS } from '../../proofs/flows/owners.ts';
import type { Context } from '../check.ts';
import { isDeliverer } from './delivered-class.ts';
import { classExtent } from './data-class.ts';

/** Arguments that say what of the data moves, or whose it is, besides the one that says where to. */
export const SCOPES: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['aws_api_gateway_integration', ['rest_api_id', 'resource_id', 'http_method']],
  ['aws_apigatewayv2_integration', ['api_id']],
  ['aws_ami_copy', ['source_ami_id']],
  ['aws_ami_launch_permission', ['image_id']],
  ['aws_appflow_flow', ['source_flow_config', 'task']],
  ['aws_appsync_datasource', ['api_id']],
  ['aws_cleanrooms_collaboration', ['member.member_abilities']],
  ['aws_cloudwatch_event_target', ['rule', 'event_bus_name', 'input', 'input_path']],
  ['aws_cloudwatch_log_subscription_filter', ['log_group_name', 'filter_pattern']],
  ['aws_cloudwatch_metric_stream', ['include_filter', 'exclude_filter']],
  ['aws_connect_instance_storage_config', ['resource_type', 'storage_config.s3_config.bucket_prefix']],
  ['aws_datasync_task', ['source_location_arn', 'includes', 'excludes']],
  ['aws_db_cluster_snapshot', ['db_cluster_identifier']],
  ['aws_db_snapshot', ['db_instance_identifier']],
  ['aws_db_snapshot_copy', ['source_db_snapshot_identifier']],
  ['aws_directory_service_region', ['directory_id']],
  ['aws_dms_replication_config', ['source_endpoint_arn', 'table_mappings']],
  ['aws_dms_replication_task', ['source_endpoint_arn', 'table_mappings']],
  ['aws_dlm_lifecycle_policy', ['policy_details.resource_types', 'policy_details.target_tags']],
  ['aws_ebs_snapshot_copy', ['source_snapshot_id']],
  ['aws_ecr_replication_configuration', ['replication_configuration.rule.repository_filter']],
  ['aws_msk_replicator', ['replication_info_list.topic_replication']],
  ['aws_oam_link', ['resource_types', 'link_configuration']],
  ['aws_opensearchserverless_access_policy', ['policy']],
  ['aws_pipes_pipe', ['source', 'source_parameters']],
  ['aws_rds_cluster_snapshot_copy', ['source_db_cluster_snapshot_identifier']],
  ['aws_rds_export_task', ['source_arn', 'export_only']],
  ['aws_rds_integration', ['source_arn', 'data_filter']],
  ['aws_scheduler_schedule', ['target.input']],
  ['aws_securitylake_subscriber', ['access_type', 'source']],
  ['aws_ses_receipt_rule', ['recipients', 'rule_set_name']],
  ['aws_s3_bucket', ['replication_configuration.rules.filter', 'replication_configuration.rules.prefix']],
  ['aws_s3_bucket_replication_configuration', ['rule.filter', 'rule.prefix']],
  ['aws_sns_topic_subscription', ['topic_arn', 'filter_policy', 'filter_policy_scope']],
  ['aws_s3_object_copy', ['source', 'key']],
]);

/** What chooses the resources that a plan of backups copies. */
const SELECTED = ['resources', 'not_resources', 'selection_tag', 'condition'] as const;

/** How much moves and of which class: an exception for some of the data covers no more of it, and no graver. */
export function flowExtent(
  { from, source, mover, path, end }: Flow,
  { estate, policy }: Context,
): { readonly [argument: string]: Value } {
  const named = [...(SCOPES.get(from.type) ?? []), ...(mover.source === undefined ? [] : [mover.source])];
  const receiver = end.kind === 'resource' && isDeliverer(from) ? [end.resource] : [];
  const tagged = [...receiver, source, from].filter((one) => !OWNERS.has(one.type) && !isDeliverer(one));
  return {
    ...classExtent(policy, ...tagged),
    ...Object.fromEntries(named.map((dotted) => [dotted, from.attribute(...pathBeside(path, dotted.split('.')))])),
    ...(from.type === 'aws_backup_plan' ? selections(from, estate) : {}),
  };
}

/** The resources that a plan copies are chosen by others, which may be of this plan or are. */
function selections(plan: Resource, estate: Estate): { readonly [address: string]: Value } {
  const { items, open } = estate.companions(plan, 'aws_backup_selection', 'plan_id');
  const all = [...items, ...open.map(({ resource }) => resource)];
  const selected = (selection: Resource) => SELECTED.map((name) => [name, selection.attribute(name)] as const);
  return Object.fromEntries(all.map((selection) => [selection.address, object(selected(selection))]));
}

/** The path of another argument in the blocks of a given one: with the indexes of those that both go through. */
function pathBeside(path: Path, names: readonly string[]): Path {
  const found: Step[] = [];
  let at = 0;
  let isShared = true;
  for (const name of names) {
    isShared &&= path[at] === name;
    found.push(name);
    if (!isShared) continue;
    at += 1;
    for (let step = path[at]; typeof step === 'number'; step = path[at]) {
      found.push(step);
      at += 1;
    }
  }
  return found;
}
