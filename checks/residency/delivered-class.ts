import { isElsewhere } from '../../model/place.ts';
import type { Resource } from '../../model/resource.ts';
import { tagText } from '../../model/tags.ts';
import { type Hidden, isHidden, unknown } from '../../model/value.ts';
import type { Flow } from '../../proofs/flows/flow.ts';
import type { Context } from '../check.ts';

/**
 * What sends records of a whole account, or mail and events of nothing that has a tag, and takes none: the default tags
 * of its provider are given to none of them. What receives them has a tag, which says what it keeps.
 */
const DELIVERS: ReadonlySet<string> = new Set([
  'aws_appflow_connector_profile',
  'aws_bedrock_model_invocation_logging_configuration',
  'aws_chimesdkvoice_global_settings',
  'aws_cloudfront_realtime_log_config',
  'aws_cloudwatch_event_endpoint',
  'aws_config_conformance_pack',
  'aws_config_delivery_channel',
  'aws_config_organization_conformance_pack',
  'aws_dataexchange_event_action',
  'aws_macie2_classification_export_configuration',
  'aws_redshift_data_share_consumer_association',
  'aws_s3control_multi_region_access_point',
  'aws_scheduler_schedule',
  'aws_ses_event_destination',
  'aws_ses_receipt_rule',
  'aws_sns_sms_preferences',
  'aws_spot_datafeed_subscription',
  'aws_ssm_resource_data_sync',
]);

/** Sends each event of every log group of its account and Region, and takes no tags either. */
const LOG_POLICY = 'aws_cloudwatch_log_account_policy';

/** Whether the class of what a resource sends is by `deliveredClass`. */
export function isDeliverer({ type }: Resource): boolean {
  return DELIVERS.has(type) || type === LOG_POLICY;
}

/** Whose tag would tell the class of what a resource sends, for people; empty where it is its own. */
export function holderOfTag(from: Resource): string {
  if (from.type === LOG_POLICY) return ' of a log group';
  return isDeliverer(from) ? ' of what receives it' : '';
}

/** The class of records of an account: that of what receives them, and of logs that of their groups; null without one. */
export function deliveredClass(
  { from, end }: { readonly from: Resource; readonly end?: Flow['end'] },
  context: Context,
): string | null | Hidden {
  const { dataClass } = context.policy.tags;
  if (from.type === LOG_POLICY) return classOfLogs(from, context);
  return end?.kind === 'resource' ? tagText(end.resource, dataClass) : null;
}

/** The gravest class of the groups; a group without one may be of any. */
function classOfLogs(policy: Resource, { estate, policy: { tags, dataClasses } }: Context): string | null | Hidden {
  const here = estate.place(policy);
  const groups = estate.ofType('aws_cloudwatch_log_group').filter((group) => !isElsewhere(here, estate.place(group)));
  const classes = groups.map(
    (group) =>
      tagText(group, tags.dataClass) ?? unknown('missing-object', `${group.address}.tags`, `has no ${tags.dataClass}`),
  );
  const isRestricted = (id: string | Hidden): boolean =>
    !isHidden(id) && (dataClasses.find((known) => known.id === id)?.isRestricted ?? true);
  return classes.find(isRestricted) ?? classes.find(isHidden) ?? classes[0] ?? null;
}
