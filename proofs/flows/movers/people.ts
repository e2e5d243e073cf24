import type { Mover } from '../mover.ts';
import { into, out } from './row.ts';

const third = out('third-party');
const log = out('log');
const edge = out('edge');
const sharing = out('sharing');
const arriving = into('stream');

const QUICKSIGHT = `aurora aurora_postgresql databricks maria_db mysql oracle postgresql presto redshift snowflake spark
  sql_server teradata`.split(/\s+/);

/** Services and people outside AWS, and accounts that are given data. */
export const PEOPLE: readonly Mover[] = [
  // Chat, mail, telephones
  third(
    'aws_chatbot_slack_channel_configuration',
    'slack_channel_id',
    'recipients',
    'Alarms and answers are shown in a channel, which the service keeps.',
    { place: 'a channel of Slack' },
  ),
  third(
    'aws_chatbot_teams_channel_configuration',
    'channel_id',
    'recipients',
    'Alarms and answers are shown in a channel, which the service keeps.',
    { place: 'a channel of Microsoft Teams' },
  ),
  third(
    'aws_notificationscontacts_email_contact',
    'email_address',
    'recipients',
    'Mail is kept wherever the recipient has it.',
    { place: 'an e-mail address' },
  ),
  third(
    'aws_ssmcontacts_contact_channel',
    'delivery_address.simple_address',
    'recipients',
    'What an incident is about is told over carriers and mail.',
    { place: 'a telephone number or an e-mail address' },
  ),
  third(
    'aws_ssmincidents_response_plan',
    'integration.pagerduty.service_id',
    'recipients',
    'Incidents are kept there.',
    {
      place: 'a service of PagerDuty',
    },
  ),
  third(
    'aws_pinpoint_adm_channel aws_pinpoint_apns_sandbox_channel aws_pinpoint_apns_voip_channel aws_pinpoint_apns_voip_sandbox_channel aws_pinpoint_baidu_channel aws_pinpointsmsvoicev2_phone_number',
    '',
    'recipients',
    'Messages of a campaign leave to devices and telephones.',
    { place: 'devices or telephones' },
  ),
  third(
    'aws_connect_quick_connect',
    'quick_connect_config.phone_config.phone_number',
    'recipients',
    'Calls are handed on to this telephone.',
    { place: 'a telephone number' },
  ),
  third('aws_chime_voice_connector_origination', 'route.host', 'host', 'Calls are handed on to this host.'),
  // Who signs in
  third(
    'aws_cognito_identity_provider',
    'provider_type',
    'recipients',
    'The service learns who signs in, where and when.',
    {
      when: [{ path: 'provider_type', is: ['Facebook', 'Google', 'LoginWithAmazon', 'SignInWithApple'] }],
      place: 'a service outside AWS',
    },
  ),
  ...['oidc_issuer', 'MetadataURL'].map((detail) =>
    third(
      'aws_cognito_identity_provider',
      `provider_details.{${detail}}`,
      'url',
      'The service at this host learns who signs in, where and when.',
    ),
  ),
  third(
    'aws_ssoadmin_application',
    'portal_options.sign_in_options.application_url',
    'url',
    'The application at this host learns who signs in.',
  ),
  third(
    'aws_cognito_identity_pool',
    'supported_login_providers.#',
    'host',
    'The service learns who signs in, where and when.',
  ),
  third('aws_mq_broker', 'ldap_server_metadata.hosts', 'host', 'Names and passwords of users are sent to this server.'),
  third(
    'aws_directory_service_radius_settings',
    'radius_servers',
    'host',
    'Names and one-time passwords of users are sent to this server.',
  ),
  // Services that are given data
  third(
    'aws_appstream_stack',
    'storage_connectors.connector_type',
    'recipients',
    'People keep files in a service outside AWS.',
    {
      when: [{ path: 'storage_connectors.connector_type', is: ['GOOGLE_DRIVE', 'ONE_DRIVE'] }],
      place: 'a service outside AWS',
    },
  ),
  third('aws_redshift_partner', 'partner_name', 'recipients', 'The partner reads and writes tables.', {
    place: 'a partner outside AWS',
    source: 'cluster_identifier',
  }),
  ...QUICKSIGHT.map((engine) =>
    third('aws_quicksight_data_source', `parameters.${engine}.host`, 'host', 'Queries are sent to this server.'),
  ),
  ...['jira', 'service_now'].map((service) =>
    third('aws_quicksight_data_source', `parameters.${service}.site_base_url`, 'url', 'Queries are sent to this host.'),
  ),
  third('aws_glue_connection', 'connection_properties.{HOST}', 'host', 'Jobs read and write there.'),
  third('aws_glue_connection', 'connection_properties.{INSTANCE_URL}', 'url', 'Jobs read and write there.'),
  third('aws_iot_topic_rule', 'error_action.http.url', 'url', 'Messages that a rule refuses are posted to this host.'),
  third(
    'aws_iot_topic_rule',
    'error_action.kafka.client_properties.{bootstrap.servers}',
    'host',
    'Messages that a rule refuses are written to these brokers.',
  ),
  out('stream')(
    'aws_iot_topic_rule',
    'error_action.s3.bucket_name',
    'bucket',
    'Messages that a rule refuses are written to this bucket.',
    { targets: ['aws_s3_bucket'] },
  ),
  arriving(
    'aws_mskconnect_connector',
    'kafka_cluster.apache_kafka_cluster.bootstrap_servers',
    'host',
    'Records come from these brokers.',
  ),
  arriving(
    'aws_pipes_pipe',
    'source_parameters.self_managed_kafka_parameters.additional_bootstrap_servers',
    'host',
    'Records come from these brokers.',
  ),
  edge(
    'aws_s3_bucket_website_configuration',
    'routing_rule.redirect.host_name',
    'host',
    'Requests that fit the rule are sent on to this host.',
    { source: 'bucket' },
  ),
  edge('aws_ivs_channel', '', 'world', 'Video is carried and kept by points of presence.', {
    place: 'points of presence all over the world',
  }),
  // Accounts that see the findings of this one, or are given its data
  log('aws_guardduty_invite_accepter', 'master_account_id', 'account', 'This account reads the findings.'),
  log('aws_macie2_invitation_accepter', 'administrator_account_id', 'account', 'This account reads the findings.'),
  log('aws_securityhub_invite_accepter', 'master_id', 'account', 'This account reads the findings.'),
  log(
    'aws_guardduty_organization_admin_account aws_macie2_organization_admin_account aws_securityhub_organization_admin_account',
    'admin_account_id',
    'account',
    'This account reads the findings of every account of the organisation.',
  ),
  log(
    'aws_detective_organization_admin_account aws_inspector2_delegated_admin_account aws_fms_admin_account aws_cloudtrail_organization_delegated_admin_account',
    'account_id',
    'account',
    'This account reads what is recorded of every account of the organisation.',
  ),
  log('aws_detective_invitation_accepter', 'graph_arn', 'arn', 'The account of this graph reads what is recorded.'),
  log('aws_securityhub_product_subscription', 'product_arn', 'arn', 'Findings are exchanged with this product.'),
  log(
    'aws_securitylake_subscriber',
    'subscriber_identity.principal',
    'account',
    'This account reads the logs of the lake.',
  ),
  sharing('aws_cleanrooms_collaboration', 'member.account_id', 'account', 'This account gets answers from the tables.'),
  sharing(
    'aws_directory_service_shared_directory',
    'target.id',
    'account',
    'The directory with its users is used by this account.',
  ),
  sharing(
    'aws_opensearchserverless_access_policy',
    'policy.@json.Principal',
    'principal',
    'This principal reads and writes the collections.',
    { when: [{ path: 'type', not: ['network'] }] },
  ),
  sharing(
    'aws_glue_catalog_database',
    'create_table_default_permission.principal.data_lake_principal_identifier',
    'principal',
    'This principal reads every table that is made.',
  ),
  ...['create_database_default_permissions', 'create_table_default_permissions'].map((block) =>
    sharing(
      'aws_lakeformation_data_lake_settings',
      `${block}.principal`,
      'principal',
      'This principal reads all that is made.',
    ),
  ),
];
