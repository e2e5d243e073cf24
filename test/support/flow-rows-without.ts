import type { End, Row } from './flow-rows.ts';

/** Why rows have no estate of some ends: by type and path. A row that gets such an estate must leave this list. */
interface Without {
  readonly ends: readonly End[];
  readonly reason: string;
  readonly rows: readonly string[];
}

const NEVER: readonly End[] = ['inside', 'hidden'];

const LISTS: readonly Without[] = [
  {
    ends: NEVER,
    reason: 'The resource as a whole sends data abroad: no argument turns that off, and none can hide it.',
    rows: [
      'aws_amplify_app',
      'aws_cloudfront_key_value_store',
      'aws_ecrpublic_repository',
      'aws_ivs_channel',
      'aws_pinpoint_adm_channel',
      'aws_pinpoint_apns_channel',
      'aws_pinpoint_apns_sandbox_channel',
      'aws_pinpoint_apns_voip_channel',
      'aws_pinpoint_apns_voip_sandbox_channel',
      'aws_pinpoint_baidu_channel',
      'aws_pinpoint_email_channel',
      'aws_pinpoint_gcm_channel',
      'aws_pinpoint_sms_channel',
      'aws_pinpointsmsvoicev2_phone_number',
    ],
  },
  {
    ends: NEVER,
    reason:
      'Whatever the argument says is somebody or something outside AWS, so that it matters only that it is there.',
    rows: [
      'aws_chatbot_slack_channel_configuration slack_channel_id',
      'aws_chatbot_teams_channel_configuration channel_id',
      'aws_connect_quick_connect quick_connect_config.phone_config.phone_number',
      'aws_notificationscontacts_email_contact email_address',
      'aws_redshift_partner partner_name',
      'aws_shield_drt_access_log_bucket_association log_bucket',
      'aws_sns_platform_application platform',
      'aws_ssmcontacts_contact_channel delivery_address.simple_address',
      'aws_ssmincidents_response_plan integration.pagerduty.service_id',
    ],
  },
  {
    ends: NEVER,
    reason: 'Whatever function it is runs at the edge; that of a distribution which is off is in the row of its own.',
    rows: ['default_cache_behavior', 'ordered_cache_behavior'].flatMap((block) => [
      `aws_cloudfront_distribution ${block}.lambda_function_association.lambda_arn`,
      `aws_cloudfront_distribution ${block}.function_association.function_arn`,
    ]),
  },
  {
    ends: ['inside'],
    reason: 'Mail and short messages leave to whomever; with another protocol the endpoint is of another row.',
    rows: ['aws_sns_topic_subscription endpoint'],
  },
];

/** Why a row has no estate of that end; null where it must have one. */
export function whyWithout({ type, mover }: Row, end: End): string | null {
  if (mover.names !== 'world' && mover.names !== 'recipients') return null;
  const name = nameOf(type, mover.path);
  return LISTS.find(({ ends, rows }) => ends.includes(end) && rows.includes(name))?.reason ?? null;
}

/** The rows of the lists, by type and path. */
export const NAMED_WITHOUT: readonly string[] = LISTS.flatMap(({ rows }) => rows);

export function nameOf(type: string, path: string): string {
  return path === '' ? type : `${type} ${path}`;
}
