import type { Mover } from '../mover.ts';
import { into, out } from './row.ts';

const stream = out('stream');
const source = into('stream');
const third = out('third-party');

const FIREHOSE = 'aws_kinesis_firehose_delivery_stream';
const BACKUP_BUCKET = 's3_configuration.bucket_arn';
const BUCKET = { targets: ['aws_s3_bucket'] };
const KEPT = 'The stream writes what it is given to this bucket.';
const REFUSED = 'What the destination refuses, or all of it, is written to this bucket.';
const protocol = (...is: readonly string[]) => ({ when: [{ path: 'protocol', is }] });
const CONNECTOR = 'aws_mskconnect_connector';
const AT_SES = 'aws_sesv2_configuration_set_event_destination';

/** Events, messages and records on their way. */
export const STREAMS: readonly Mover[] = [
  third(FIREHOSE, 'http_endpoint_configuration.url', 'url', 'Records are posted to this host.'),
  third(FIREHOSE, 'splunk_configuration.hec_endpoint', 'url', 'Records are posted to this host.'),
  third(FIREHOSE, 'snowflake_configuration.account_url', 'url', 'Records are loaded into this account of Snowflake.'),
  stream(FIREHOSE, 'extended_s3_configuration.bucket_arn', 'bucket', KEPT, BUCKET),
  ...[
    'extended_s3_configuration.s3_backup_configuration.bucket_arn',
    'redshift_configuration.s3_backup_configuration.bucket_arn',
    ...['http_endpoint', 'splunk', 'snowflake', 'redshift', 'opensearch', 'elasticsearch', 'opensearchserverless'].map(
      (destination) => `${destination}_configuration.${BACKUP_BUCKET}`,
    ),
    `iceberg_configuration.${BACKUP_BUCKET}`,
  ].map((path) => stream(FIREHOSE, path, 'bucket', REFUSED, BUCKET)),
  stream(FIREHOSE, 'redshift_configuration.cluster_jdbcurl', 'url', 'Records are loaded into this cluster.', {
    targets: ['aws_redshift_cluster'],
  }),
  ...['opensearch', 'elasticsearch'].flatMap((engine) => [
    stream(FIREHOSE, `${engine}_configuration.domain_arn`, 'arn', 'Records are indexed by this domain.', {
      targets: ['aws_opensearch_domain', 'aws_elasticsearch_domain'],
    }),
    stream(FIREHOSE, `${engine}_configuration.cluster_endpoint`, 'url', 'Records are indexed by this domain.', {
      targets: ['aws_opensearch_domain', 'aws_elasticsearch_domain'],
    }),
  ]),
  stream(
    FIREHOSE,
    'opensearchserverless_configuration.collection_endpoint',
    'url',
    'Records are indexed by this collection.',
    { targets: ['aws_opensearchserverless_collection'] },
  ),
  stream(FIREHOSE, 'iceberg_configuration.catalog_arn', 'arn', 'Records are written to tables of this catalogue.'),
  stream(
    FIREHOSE,
    'extended_s3_configuration.data_format_conversion_configuration.schema_configuration.region',
    'region',
    'The schema of the records is read there.',
  ),
  source(FIREHOSE, 'kinesis_source_configuration.kinesis_stream_arn', 'arn', 'Records come from this stream.', {
    targets: ['aws_kinesis_stream'],
  }),
  // EventBridge
  stream('aws_cloudwatch_event_target', 'arn', 'arn', 'Each event that fits the rule is sent to this target.'),
  stream(
    'aws_cloudwatch_event_target',
    'dead_letter_config.arn',
    'arn',
    'Events that cannot be delivered are kept in this queue.',
    { targets: ['aws_sqs_queue'] },
  ),
  stream(
    'aws_cloudwatch_event_endpoint',
    'event_bus.event_bus_arn',
    'arn',
    'A global endpoint replicates events to the buses of two Regions.',
    { targets: ['aws_cloudwatch_event_bus'] },
  ),
  stream(
    'aws_cloudwatch_event_endpoint',
    'routing_config.failover_config.secondary.route',
    'region',
    'When the first Region fails, events go to this one.',
  ),
  third(
    'aws_cloudwatch_event_api_destination',
    'invocation_endpoint',
    'url',
    'Each event that fits a rule is posted to this host.',
  ),
  third(
    'aws_cloudwatch_event_connection',
    'auth_parameters.oauth.authorization_endpoint',
    'url',
    'Credentials are sent to this host.',
  ),
  source('aws_cloudwatch_event_permission', 'principal', 'principal', 'Events come from this account.'),
  stream('aws_scheduler_schedule', 'target.arn', 'arn', 'The schedule calls this target with its input.'),
  stream('aws_pipes_pipe', 'target', 'arn', 'Each record is sent to this target.'),
  stream('aws_pipes_pipe', 'enrichment', 'arn', 'Each record is sent to this function or API on its way.'),
  source('aws_pipes_pipe', 'source', 'arn', 'Records come from this source.'),
  // SNS
  stream(
    'aws_sns_topic_subscription',
    'endpoint',
    'arn',
    'Each message is sent to this queue, function or stream, which may lie in another Region.',
    protocol('sqs', 'lambda', 'firehose', 'application'),
  ),
  third(
    'aws_sns_topic_subscription',
    'endpoint',
    'url',
    'Each message is posted to this host.',
    protocol('http', 'https'),
  ),
  third('aws_sns_topic_subscription', 'endpoint', 'recipients', 'Mail is kept wherever the recipient has it.', {
    ...protocol('email', 'email-json'),
    place: 'an e-mail address',
  }),
  third('aws_sns_topic_subscription', 'endpoint', 'recipients', 'Short messages pass through carriers.', {
    ...protocol('sms'),
    place: 'a telephone number',
  }),
  third(
    'aws_sns_platform_application',
    'platform',
    'recipients',
    'Push messages pass through the servers of Apple, Google and others in the United States.',
    { place: 'devices, through a push service' },
  ),
  third(
    'aws_pinpoint_gcm_channel aws_pinpoint_apns_channel aws_pinpoint_sms_channel aws_pinpoint_email_channel',
    '',
    'recipients',
    'Messages of a campaign leave to devices, telephones and mailboxes.',
    { place: 'devices, telephones or mailboxes' },
  ),
  // Functions
  source('aws_lambda_event_source_mapping', 'event_source_arn', 'arn', 'Records come from this source.'),
  source(
    'aws_lambda_event_source_mapping',
    'self_managed_event_source.endpoints.*',
    'host',
    'Records come from these brokers.',
  ),
  stream(
    'aws_lambda_event_source_mapping',
    'destination_config.on_failure.destination_arn',
    'arn',
    'Records that the function refuses are sent there.',
  ),
  ...['on_success', 'on_failure'].map((outcome) =>
    stream(
      'aws_lambda_function_event_invoke_config',
      `destination_config.${outcome}.destination`,
      'arn',
      'What the function was given and what it returned is sent there.',
    ),
  ),
  stream('aws_dynamodb_kinesis_streaming_destination', 'stream_arn', 'arn', 'Every change is written to this stream.', {
    targets: ['aws_kinesis_stream'],
    source: 'table_name',
  }),
  // Connectors name their settings as they like; these are of the common ones, and the search looks at the others.
  ...['connection.url', 'connection.uri', 'snowflake.url.name', 'splunk.hec.uri'].map((setting) =>
    third(CONNECTOR, `connector_configuration.{${setting}}`, 'url', 'A connector copies topics to this host.'),
  ),
  ...['bootstrap.servers', 'database.hostname'].map((setting) =>
    third(CONNECTOR, `connector_configuration.{${setting}}`, 'host', 'A connector copies topics to or from this host.'),
  ),
  stream(
    CONNECTOR,
    'connector_configuration.{s3.bucket.name}',
    'bucket',
    'A connector copies topics to this bucket.',
    BUCKET,
  ),
  stream(CONNECTOR, 'connector_configuration.{s3.region}', 'region', 'A connector copies topics to this Region.'),
  ...['topic.topic_arn', 'queue.queue_arn', 'lambda_function.lambda_function_arn'].map((path) =>
    stream('aws_s3_bucket_notification', path, 'arn', 'Names of objects that are written are sent there.', {
      source: 'bucket',
      targets: ['aws_sns_topic', 'aws_sqs_queue', 'aws_lambda_function'],
    }),
  ),
  // APIs
  third('aws_api_gateway_integration', 'uri', 'url', 'Requests are passed on to this host.', {
    when: [
      { path: 'type', is: ['HTTP', 'HTTP_PROXY'] },
      { path: 'connection_type', not: ['VPC_LINK'] },
    ],
  }),
  stream('aws_api_gateway_integration', 'uri', 'arn', 'Requests are answered by this function or service.', {
    when: [{ path: 'type', is: ['AWS', 'AWS_PROXY'] }],
  }),
  third('aws_apigatewayv2_integration', 'integration_uri', 'url', 'Requests are passed on to this host.', {
    when: [
      { path: 'integration_type', is: ['HTTP', 'HTTP_PROXY'] },
      { path: 'connection_type', not: ['VPC_LINK'] },
    ],
  }),
  stream('aws_apigatewayv2_integration', 'integration_uri', 'arn', 'Requests are answered by this function.', {
    when: [{ path: 'integration_type', is: ['AWS', 'AWS_PROXY'] }],
  }),
  stream(
    'aws_apigatewayv2_integration',
    'request_parameters.{Region}',
    'region',
    'Requests are answered by a service in this Region.',
  ),
  // IoT and mail
  third('aws_iot_topic_rule', 'http.url', 'url', 'Messages of devices are posted to this host.'),
  third(
    'aws_iot_topic_rule',
    'kafka.client_properties.{bootstrap.servers}',
    'host',
    'Messages of devices are written to these brokers.',
  ),
  stream('aws_iot_topic_rule', 's3.bucket_name', 'bucket', 'Messages of devices are written to this bucket.', BUCKET),
  stream(AT_SES, 'event_destination.sns_destination.topic_arn', 'arn', 'Events of mail name its recipients.'),
  stream(
    AT_SES,
    'event_destination.kinesis_firehose_destination.delivery_stream_arn',
    'arn',
    'Events of mail name its recipients.',
  ),
  stream(
    AT_SES,
    'event_destination.event_bridge_destination.event_bus_arn',
    'arn',
    'Events of mail name its recipients.',
  ),
  stream('aws_ses_event_destination', 'sns_destination.topic_arn', 'arn', 'Events of mail name its recipients.'),
  stream('aws_ses_event_destination', 'kinesis_destination.stream_arn', 'arn', 'Events of mail name its recipients.'),
  stream(
    'aws_ses_receipt_rule',
    's3_action.bucket_name',
    'bucket',
    'Mail that arrives is written to this bucket.',
    BUCKET,
  ),
  stream('aws_ses_receipt_rule', 'lambda_action.function_arn', 'arn', 'Mail that arrives is given to this function.'),
  stream('aws_ses_receipt_rule', 'sns_action.topic_arn', 'arn', 'Mail that arrives is sent to this topic.'),
];
