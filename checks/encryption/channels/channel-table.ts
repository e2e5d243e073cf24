import { is, isGiven, isOmitted } from '../stores/store-form.ts';
import {
  addressed,
  type Channel,
  type ChannelTable,
  encrypts,
  plainWhere,
  unlessSaid,
  wayIn,
  wayWhen,
} from './channel-form.ts';

/** Engines of AWS DMS that are reached over a connection of their own, and not over an API of AWS. */
const DMS_ENGINES = [
  'aurora',
  'aurora-postgresql',
  'aurora-serverless',
  'aurora-postgresql-serverless',
  'azuredb',
  'azure-sql-managed-instance',
  'babelfish',
  'db2',
  'db2-zos',
  'docdb',
  'mariadb',
  'mongodb',
  'mysql',
  'oracle',
  'postgres',
  'sqlserver',
  'sybase',
] as const;

const SEARCH: readonly Channel[] = [encrypts('node_to_node_encryption.enabled')];
const TARGETS: readonly Channel[] = [
  wayWhen(is('protocol', 'HTTP', 'HTTPS', 'TLS'), encrypts('protocol', 'HTTPS', 'TLS')),
];

/**
 * How traffic inside the enclave is encrypted, by type. Databases whose parameter groups decide are in
 * parameter-groups.ts, documents in documents.ts, parameters by name in named-parameters.ts, listeners of users in
 * ENC-010.
 */
export const CHANNELS: ChannelTable = {
  // Caches
  aws_elasticache_replication_group: [
    encrypts('transit_encryption_enabled'),
    // `preferred` is for the change from plain to encrypted, and takes both.
    wayWhen(is('transit_encryption_enabled'), unlessSaid('transit_encryption_mode', 'required')),
  ],
  aws_elasticache_cluster: [wayWhen(isOmitted('replication_group_id'), encrypts('transit_encryption_enabled'))],
  aws_memorydb_cluster: [encrypts('tls_enabled')],
  aws_memorydb_multi_region_cluster: [unlessSaid('tls_enabled')],
  aws_dax_cluster: [encrypts('cluster_endpoint_encryption_type', 'TLS')],
  aws_appsync_api_cache: [encrypts('transit_encryption_enabled')],

  // Databases and search
  aws_db_proxy: [encrypts('require_tls')],
  aws_opensearch_domain: SEARCH,
  aws_elasticsearch_domain: SEARCH,

  // Streams and moves of data
  aws_msk_cluster: [
    encrypts('encryption_info.encryption_in_transit.client_broker', 'TLS'),
    encrypts('encryption_info.encryption_in_transit.in_cluster'),
  ],
  aws_mskconnect_connector: [encrypts('kafka_cluster_encryption_in_transit.encryption_type', 'TLS')],
  aws_dms_endpoint: [
    wayWhen(is('engine_name', ...DMS_ENGINES), encrypts('ssl_mode', 'require', 'verify-ca', 'verify-full')),
    wayIn(
      'kafka_settings',
      encrypts('kafka_settings.security_protocol', 'ssl-encryption', 'ssl-authentication', 'sasl-ssl'),
    ),
    wayIn('redis_settings', unlessSaid('redis_settings.ssl_security_protocol', 'ssl-encryption')),
  ],
  aws_glue_connection: [
    wayWhen(isGiven('connection_properties.JDBC_CONNECTION_URL'), encrypts('connection_properties.JDBC_ENFORCE_SSL')),
    wayWhen(is('connection_type', 'KAFKA'), unlessSaid('connection_properties.KAFKA_SSL_ENABLED')),
  ],
  aws_datasync_location_efs: [encrypts('in_transit_encryption', 'TLS1_2')],
  aws_datasync_location_object_storage: [unlessSaid('server_protocol', 'HTTPS')],
  aws_datasync_location_hdfs: [
    unlessSaid('qop_configuration.data_transfer_protection', 'PRIVACY'),
    unlessSaid('qop_configuration.rpc_protection', 'PRIVACY'),
  ],
  aws_transfer_connector: [addressed('url', 'https://', 'sftp://')],
  aws_storagegateway_gateway: [
    wayWhen(isGiven('smb_active_directory_settings'), encrypts('smb_security_strategy', 'MandatoryEncryption')),
  ],

  // Containers and jobs
  aws_ecs_task_definition: [
    wayIn('volume.efs_volume_configuration', encrypts('volume.efs_volume_configuration.transit_encryption', 'ENABLED')),
  ],
  aws_ecs_service: [
    wayIn('service_connect_configuration.service', {
      argument: 'service_connect_configuration.service.tls',
      on: 'written',
    }),
  ],
  aws_sagemaker_data_quality_job_definition: [encrypts('network_config.enable_inter_container_traffic_encryption')],
  aws_codebuild_project: [
    plainWhere('source.insecure_ssl'),
    wayIn('secondary_sources', plainWhere('secondary_sources.insecure_ssl')),
  ],

  // Between services, and to what stands behind them
  aws_appmesh_virtual_node: [
    wayIn('spec.listener', encrypts('spec.listener.tls.mode', 'STRICT')),
    wayIn('spec.backend_defaults', unlessSaidIn('spec.backend_defaults.client_policy.tls')),
    wayIn('spec.backend.virtual_service.client_policy', unlessSaidIn('spec.backend.virtual_service.client_policy.tls')),
  ],
  aws_appmesh_virtual_gateway: [
    wayIn('spec.listener', encrypts('spec.listener.tls.mode', 'STRICT')),
    wayIn('spec.backend_defaults', unlessSaidIn('spec.backend_defaults.client_policy.tls')),
  ],
  aws_vpclattice_listener: [encrypts('protocol', 'HTTPS', 'TLS_PASSTHROUGH')],
  // Groups of TCP are for listeners that pass TLS through, and for no others.
  aws_vpclattice_target_group: [
    wayWhen(is('type', 'INSTANCE', 'IP', 'ALB'), {
      ...encrypts('config.protocol', 'HTTPS', 'TCP'),
      omitted: { unclear: 'names no protocol, and no default is documented' },
    }),
  ],
  aws_lb_target_group: TARGETS,
  aws_alb_target_group: TARGETS,
  aws_verifiedaccess_endpoint: [
    wayIn('load_balancer_options', encrypts('load_balancer_options.protocol', 'https')),
    wayIn('network_interface_options', encrypts('network_interface_options.protocol', 'https')),
  ],
  aws_api_gateway_integration: [
    wayWhen([is('type', 'HTTP', 'HTTP_PROXY')], addressed('uri', 'https://')),
    wayIn('tls_config', plainWhere('tls_config.insecure_skip_verification')),
  ],
  aws_apigatewayv2_integration: [
    wayWhen(
      [is('integration_type', 'HTTP', 'HTTP_PROXY'), isOmitted('connection_id'), isOmitted('integration_subtype')],
      addressed('integration_uri', 'https://'),
    ),
    // Over a link into a VPC it speaks TLS only when it is told the name on the certificate.
    wayWhen([is('connection_type', 'VPC_LINK')], { argument: 'tls_config.server_name_to_verify', on: 'written' }),
  ],
  aws_cloudfront_distribution: [
    wayIn('origin.custom_origin_config', encrypts('origin.custom_origin_config.origin_protocol_policy', 'https-only')),
  ],
  aws_cloudfront_vpc_origin: [
    wayIn('vpc_origin_endpoint_config', encrypts('vpc_origin_endpoint_config.origin_protocol_policy', 'https-only')),
  ],
  aws_lightsail_distribution: [wayIn('origin', encrypts('origin.protocol_policy', 'https-only'))],
  // A website of a bucket answers plain HTTP only; all it may do is to send clients elsewhere.
  aws_s3_bucket_website_configuration: [encrypts('redirect_all_requests_to.protocol', 'https')],

  // Messages and calls
  aws_sns_topic_subscription: [wayWhen(is('protocol', 'http', 'https'), encrypts('protocol', 'https'))],
  aws_ses_configuration_set: [encrypts('delivery_options.tls_policy', 'Require')],
  aws_sesv2_configuration_set: [
    encrypts('delivery_options.tls_policy', 'REQUIRE'),
    wayIn('tracking_options', encrypts('tracking_options.https_policy', 'REQUIRE')),
  ],
  aws_ses_receipt_rule: [encrypts('tls_policy', 'Require')],
  aws_quicksight_data_source: [wayIn('ssl_properties', plainWhere('ssl_properties.disable_ssl'))],
  aws_securitylake_subscriber_notification: [
    wayIn(
      'configuration.https_notification_configuration',
      addressed('configuration.https_notification_configuration.endpoint', 'https://'),
    ),
  ],
  aws_chime_voice_connector: [encrypts('require_encryption')],
};

/** A client that says nothing of TLS takes what its server offers; one that does, insists on it unless told not to. */
function unlessSaidIn(block: string): Channel {
  return wayWhen(isGiven(block), unlessSaid(`${block}.enforce`));
}
