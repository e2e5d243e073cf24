import type { Path } from '../resource.ts';

/** What an argument must say for a row to hold; of several conditions, all. Hidden arguments leave it open. */
export type Condition =
  /** Nothing is there: null, or an empty list. */
  | { readonly kind: 'absent'; readonly path: Path }
  | { readonly kind: 'present'; readonly path: Path }
  /** The value, or an item of the list, is one of them; whether the absence of the argument means one of them. */
  | { readonly kind: 'is'; readonly path: Path; readonly values: readonly string[]; readonly isDefault: boolean }
  /** The resource of this type that the argument names has nothing at `path`. */
  | { readonly kind: 'target-lacks'; readonly argument: Path; readonly type: string; readonly path: Path }
  /** The text, without its white space, holds these characters. */
  | { readonly kind: 'holds'; readonly path: Path; readonly text: string }
  /** The text is a definition in a language that is not read here. */
  | { readonly kind: 'opaque'; readonly path: Path };

/** A way between the Internet and something that AWS runs in a network of its own, outside any VPC. */
export interface OffVpcRow {
  readonly type: string;
  /** `out`: it can call the Internet; `in`: the Internet can call it. */
  readonly direction: 'in' | 'out';
  /** `compute` runs the customer's code, a `front-door` takes requests, a `tunnel` carries data of the service itself. */
  readonly role: 'compute' | 'front-door' | 'tunnel';
  /** Empty: always. */
  readonly when: readonly Condition[];
  /** A clause: `runs outside any VPC`. */
  readonly what: string;
}

const OUTSIDE = 'runs outside any VPC';
const ENDPOINT = 'has an endpoint on the Internet';

export const OFF_VPC: readonly OffVpcRow[] = [
  // Code of the customer
  // Instances of a capacity provider, or machines of a fleet, run in the subnets of those.
  compute('aws_lambda_function', [absent('vpc_config', 'subnet_ids'), absent('capacity_provider_config')]),
  compute('aws_codebuild_project', [absent('vpc_config', 'subnets'), absent('environment', 'fleet')]),
  compute('aws_codebuild_fleet', [absent('vpc_config', 'subnets')]),
  compute('aws_apprunner_service', [
    is(['DEFAULT'], true, 'network_configuration', 'egress_configuration', 'egress_type'),
  ]),
  compute(
    'aws_sagemaker_notebook_instance',
    [is(['Enabled'], true, 'direct_internet_access')],
    'has direct access to the Internet besides its subnet',
  ),
  compute(
    'aws_sagemaker_domain',
    [is(['PublicInternetOnly'], true, 'app_network_access_type')],
    'gives its apps access to the Internet outside its VPC',
  ),
  compute('aws_sagemaker_model', [absent('vpc_config', 'subnets'), is(['false'], true, 'enable_network_isolation')]),
  compute('aws_sagemaker_data_quality_job_definition', [
    absent('network_config', 'vpc_config', 'subnets'),
    is(['false'], true, 'network_config', 'enable_network_isolation'),
  ]),
  compute(
    'aws_sagemaker_pipeline',
    [{ kind: 'opaque', path: ['pipeline_definition'] }],
    'runs jobs whose definition decides their network',
  ),
  compute('aws_glue_job', [absent('connections')]),
  compute(
    'aws_glue_job',
    [
      present('connections'),
      {
        kind: 'target-lacks',
        argument: ['connections'],
        type: 'aws_glue_connection',
        path: ['physical_connection_requirements', 'subnet_id'],
      },
    ],
    'runs outside any VPC: its connection has no subnet',
  ),
  compute('aws_glue_dev_endpoint', [absent('subnet_id')]),
  compute('aws_emrserverless_application', [absent('network_configuration', 'subnet_ids')]),
  compute('aws_synthetics_canary', [absent('vpc_config', 'subnet_ids')]),
  compute('aws_kinesisanalyticsv2_application', [
    absent('application_configuration', 'vpc_configuration', 'subnet_ids'),
  ]),
  compute('aws_cloud9_environment_ec2', [], 'is an instance with access to the Internet'),
  frontDoor('aws_cloud9_environment_ec2', [], 'is open to the web console'),
  compute('aws_codecatalyst_dev_environment'),
  frontDoor('aws_codecatalyst_dev_environment', [], 'is open to the web console'),
  compute('aws_bedrockagentcore_agent_runtime', [is(['PUBLIC'], true, 'network_configuration', 'network_mode')]),
  compute('aws_bedrockagentcore_browser', [is(['PUBLIC'], true, 'network_configuration', 'network_mode')]),
  compute('aws_bedrockagentcore_code_interpreter', [is(['PUBLIC'], true, 'network_configuration', 'network_mode')]),
  frontDoor('aws_bedrockagentcore_gateway'),
  tunnel('aws_bedrockagentcore_gateway_target', 'out', 'calls tools by their addresses'),
  compute('aws_workspaces_directory', [is(['true'], false, 'workspace_creation_properties', 'enable_internet_access')]),
  compute('aws_appstream_fleet', [is(['true'], false, 'enable_default_internet_access')]),
  compute('aws_appstream_image_builder', [is(['true'], false, 'enable_default_internet_access')]),
  compute('aws_lightsail_instance'),
  frontDoor('aws_lightsail_instance', [], 'has a public address'),
  compute('aws_lightsail_container_service'),
  frontDoor('aws_lightsail_container_service', [is(['false'], true, 'is_disabled')]),
  compute('aws_amplify_app'),
  frontDoor('aws_amplify_app'),
  compute('aws_gamelift_fleet'),
  frontDoor('aws_gamelift_fleet', [], 'takes connections of players'),
  compute('aws_devicefarm_project', [], 'runs apps on devices with access to the Internet'),
  compute('aws_devicefarm_test_grid_project', [absent('vpc_config', 'subnet_ids')]),
  compute('aws_grafana_workspace', [absent('vpc_configuration', 'subnet_ids')]),

  // Front doors
  frontDoor('aws_lambda_function_url'),
  frontDoor('aws_apprunner_service', [
    is(['true'], true, 'network_configuration', 'ingress_configuration', 'is_publicly_accessible'),
  ]),
  frontDoor('aws_api_gateway_rest_api', [is(['EDGE', 'REGIONAL'], true, 'endpoint_configuration', 'types')]),
  frontDoor('aws_apigatewayv2_api'),
  frontDoor('aws_appsync_graphql_api', [is(['GLOBAL'], true, 'visibility')]),
  frontDoor('aws_appsync_api'),
  frontDoor('aws_cloudfront_distribution', [], 'serves viewers on the Internet'),
  frontDoor(
    'aws_eks_cluster',
    [is(['true'], true, 'vpc_config', 'endpoint_public_access')],
    'has a public API endpoint',
  ),
  frontDoor('aws_eks_capability', [
    is(['ARGOCD'], false, 'type'),
    absent('configuration', 'argo_cd', 'network_access', 'vpce_ids'),
  ]),
  frontDoor('aws_rds_cluster', [is(['true'], false, 'enable_http_endpoint')], 'is open to the Data API, past its VPC'),
  frontDoor('aws_opensearch_domain', [absent('vpc_options', 'subnet_ids')]),
  frontDoor('aws_elasticsearch_domain', [absent('vpc_options', 'subnet_ids')]),
  frontDoor(
    'aws_opensearchserverless_security_policy',
    [is(['network'], false, 'type'), { kind: 'holds', path: ['policy'], text: '"AllowFromPublic":true' }],
    'opens collections to the Internet',
  ),
  frontDoor('aws_transfer_server', [is(['PUBLIC'], true, 'endpoint_type')]),
  frontDoor('aws_transfer_server', [present('endpoint_details', 'address_allocation_ids')], 'has public addresses'),
  frontDoor('aws_transfer_web_app'),
  frontDoor('aws_grafana_workspace', [absent('network_access_control', 'vpce_ids')]),
  frontDoor('aws_mwaa_environment', [is(['PUBLIC_ONLY'], false, 'webserver_access_mode')], 'has a public web server'),
  frontDoor('aws_dsql_cluster'),
  frontDoor('aws_neptunegraph_graph', [is(['true'], false, 'public_connectivity')]),
  frontDoor('aws_cloudsearch_domain'),
  frontDoor('aws_osis_pipeline', [absent('vpc_options', 'subnet_ids')]),
  frontDoor('aws_cognito_user_pool_domain'),
  frontDoor('aws_iot_domain_configuration'),
  frontDoor('aws_rum_app_monitor'),
  frontDoor('aws_codepipeline_webhook'),
  frontDoor('aws_ses_receipt_rule', [], 'receives mail'),
  frontDoor('aws_ivs_channel'),
  frontDoor('aws_ivschat_room'),
  frontDoor('aws_medialive_input'),
  frontDoor('aws_media_package_channel'),
  frontDoor('aws_media_packagev2_channel_group'),
  frontDoor('aws_media_store_container'),
  frontDoor('aws_lightsail_database', [is(['true'], false, 'publicly_accessible')]),
  frontDoor('aws_lightsail_distribution'),
  frontDoor('aws_lightsail_lb'),
  frontDoor('aws_connect_instance', [], 'takes calls and chats'),
  frontDoor('aws_chime_voice_connector', [], 'takes calls'),
  frontDoor('aws_chatbot_slack_channel_configuration', [], 'takes commands from a chat service'),
  frontDoor('aws_chatbot_teams_channel_configuration', [], 'takes commands from a chat service'),
  frontDoor('aws_sagemaker_workforce', [], 'has a portal on the Internet'),

  // Services that send data out by themselves
  tunnel('aws_sns_topic_subscription', 'out', 'delivers messages outside AWS', [
    is(['http', 'https', 'email', 'email-json', 'sms', 'application'], false, 'protocol'),
  ]),
  tunnel('aws_kinesis_firehose_delivery_stream', 'out', 'delivers records outside AWS', [
    is(['http_endpoint', 'splunk', 'snowflake'], false, 'destination'),
  ]),
  tunnel('aws_cloudwatch_event_api_destination', 'out', 'calls an address on the Internet'),
  tunnel('aws_sfn_state_machine', 'out', 'calls addresses on the Internet', [
    { kind: 'holds', path: ['definition'], text: 'states:::http:invoke' },
  ]),
  tunnel('aws_pipes_pipe', 'out', 'reads brokers outside any VPC', [
    present('source_parameters', 'self_managed_kafka_parameters'),
    absent('source_parameters', 'self_managed_kafka_parameters', 'vpc', 'subnets'),
  ]),
  tunnel('aws_iot_topic_rule', 'out', 'calls an address on the Internet', [present('http')]),
  tunnel('aws_appflow_flow', 'out', 'exchanges data with software of others'),
  tunnel('aws_appintegrations_data_integration', 'out', 'exchanges data with software of others'),
  tunnel('aws_appfabric_ingestion', 'out', 'exchanges data with software of others'),
  tunnel('aws_datasync_task', 'out', 'moves files by a network of AWS'),
  tunnel('aws_transfer_connector', 'out', 'exchanges files with servers of others'),
  tunnel('aws_chime_voice_connector', 'out', 'makes calls'),
  tunnel('aws_connect_instance', 'out', 'makes calls'),
  tunnel('aws_chatbot_slack_channel_configuration', 'out', 'posts to a chat service'),
  tunnel('aws_chatbot_teams_channel_configuration', 'out', 'posts to a chat service'),
  tunnel('aws_pinpoint_app', 'out', 'sends messages to people'),
  tunnel('aws_pinpointsmsvoicev2_phone_number', 'out', 'sends messages to people'),
  tunnel('aws_ses_domain_identity', 'out', 'sends mail'),
  tunnel('aws_ses_email_identity', 'out', 'sends mail'),
  tunnel('aws_sesv2_email_identity', 'out', 'sends mail'),
  tunnel('aws_medialive_channel', 'out', 'streams to where its outputs say'),
  tunnel('aws_opensearch_outbound_connection', 'out', 'searches a domain elsewhere'),
  tunnel('aws_kms_custom_key_store', 'out', 'calls the proxy of an external key store over the Internet', [
    is(['PUBLIC_ENDPOINT'], false, 'xks_proxy_connectivity'),
  ]),
  tunnel('aws_kendra_data_source', 'out', 'reads documents elsewhere', [
    is(['WEBCRAWLER', 'TEMPLATE', 'CUSTOM'], false, 'type'),
  ]),
  tunnel('aws_bedrockagent_data_source', 'out', 'reads documents elsewhere', [
    is(['WEB', 'CONFLUENCE', 'SALESFORCE', 'SHAREPOINT'], false, 'data_source_configuration', 'type'),
  ]),
];

function compute(type: string, when: readonly Condition[] = [], what = OUTSIDE): OffVpcRow {
  return { type, direction: 'out', role: 'compute', when, what };
}

function frontDoor(type: string, when: readonly Condition[] = [], what = ENDPOINT): OffVpcRow {
  return { type, direction: 'in', role: 'front-door', when, what };
}

function tunnel(
  type: string,
  direction: OffVpcRow['direction'],
  what: string,
  when: readonly Condition[] = [],
): OffVpcRow {
  return { type, direction, role: 'tunnel', when, what };
}

function absent(...path: Path): Condition {
  return { kind: 'absent', path };
}

function present(...path: Path): Condition {
  return { kind: 'present', path };
}

function is(values: readonly string[], isDefault: boolean, ...path: Path): Condition {
  return { kind: 'is', path, values, isDefault };
}
