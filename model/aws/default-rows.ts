import { ENCRYPTION_ROWS } from './default-rows-encryption.ts';
import { byArgument, byMajor, type DefaultRow, fixed, inBlock, open, UPGRADE, unless } from './default-rules.ts';

/** Documentation that a row rests on where the provider leaves the value to AWS. */
const REGISTRY = 'Terraform Registry, hashicorp/aws resource documentation';
const DMS_API = 'AWS DMS API reference: PubliclyAccessible defaults to true';
const ELB_GUIDE = 'Elastic Load Balancing guides, Security policies: default of CLI, CloudFormation and API';
const ELASTICACHE = 'Terraform Registry: default false for Redis OSS, true for Valkey';
const FIREWALL_API = 'AWS Network Firewall, StatefulEngineOptions: DROP is the default';
const FIREWALL_GUIDE = 'AWS Network Firewall guide: without a customer key AWS encrypts with a key it owns';
const OPENSEARCH_API = 'Amazon OpenSearch Service API, DomainEndpointOptions: HTTPS is not enforced unless asked for';
const S3_GUIDE = 'Amazon S3 guide: new buckets have SSE-S3 (AES256) since 2023-01-05';
const DYNAMODB_GUIDE = 'Amazon DynamoDB guide: tables are encrypted with a key that AWS owns unless SSE is enabled';
const ADOPTED = 'Terraform Registry: on adoption every rule is removed';
const KMS_API = 'AWS KMS API reference';

const ACCOUNT_EBS = open(
  'the account may encrypt EBS volumes by default (aws_ebs_encryption_by_default); a snapshot or AMI brings its own',
);
const SUBNET_DECIDES = open('map_public_ip_on_launch of the subnet decides');
const RESTORE_DB = ['snapshot_identifier', 'replicate_source_db', 'restore_to_point_in_time', 's3_import'];
const RESTORE_CLUSTER = ['snapshot_identifier', 'replication_source_identifier', 'restore_to_point_in_time'];

const LOAD_BALANCER: Readonly<Record<string, DefaultRow>> = {
  internal: fixed(false, REGISTRY),
  load_balancer_type: fixed('application'),
  enable_deletion_protection: fixed(false),
};

const LISTENER: Readonly<Record<string, DefaultRow>> = {
  protocol: open('an Application Load Balancer takes HTTP, other types have no default'),
  ssl_policy: byArgument(
    'protocol',
    {
      HTTPS: fixed('ELBSecurityPolicy-2016-08', ELB_GUIDE),
      TLS: fixed('ELBSecurityPolicy-2016-08', ELB_GUIDE),
      HTTP: fixed(null, ELB_GUIDE),
      TCP: fixed(null, ELB_GUIDE),
      UDP: fixed(null, ELB_GUIDE),
      TCP_UDP: fixed(null, ELB_GUIDE),
      GENEVE: fixed(null, ELB_GUIDE),
    },
    open('the protocol is omitted'),
  ),
};

const SEARCH_DOMAIN: Readonly<Record<string, DefaultRow>> = {
  'domain_endpoint_options.enforce_https': inBlock(
    'domain_endpoint_options',
    fixed(true),
    fixed(false, OPENSEARCH_API),
  ),
  'domain_endpoint_options.tls_security_policy': open('AWS chooses the policy, which has changed over time'),
  'encrypt_at_rest.enabled': open('AWS documents no single default for all versions and instance types'),
  'encrypt_at_rest.kms_key_id': fixed(null, REGISTRY),
  'node_to_node_encryption.enabled': open('AWS documents no single default for all versions'),
};

const BLOCK_DEVICES: Readonly<Record<string, DefaultRow>> = {
  associate_public_ip_address: SUBNET_DECIDES,
  'root_block_device.encrypted': ACCOUNT_EBS,
  'ebs_block_device.encrypted': ACCOUNT_EBS,
};

/** Type, then dotted path, then what its absence means. */
const ROWS: Readonly<Record<string, Readonly<Record<string, DefaultRow>>>> = {
  // Keys
  aws_kms_key: {
    enable_key_rotation: fixed(false),
    multi_region: fixed(false, REGISTRY),
    is_enabled: fixed(true),
    key_usage: fixed('ENCRYPT_DECRYPT'),
    customer_master_key_spec: fixed('SYMMETRIC_DEFAULT'),
    rotation_period_in_days: fixed(365, KMS_API),
    custom_key_store_id: fixed(null, KMS_API),
    xks_key_id: fixed(null, KMS_API),
    policy: open('AWS attaches its default policy, which lets the account delegate to IAM'),
  },
  aws_kms_external_key: {
    multi_region: fixed(false, REGISTRY),
    policy: open('AWS attaches its default policy, which lets the account delegate to IAM'),
  },
  aws_kms_replica_key: { enabled: fixed(true) },

  // S3
  aws_s3_bucket: {
    'server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm': fixed(
      'AES256',
      S3_GUIDE,
    ),
  },
  aws_s3_bucket_server_side_encryption_configuration: {
    'rule.bucket_key_enabled': fixed(false, REGISTRY),
    'rule.apply_server_side_encryption_by_default.kms_master_key_id': fixed(
      null,
      'Amazon S3 guide: without a key id, aws:kms uses the AWS managed key aws/s3',
    ),
  },
  aws_s3_bucket_public_access_block: {
    block_public_acls: fixed(false),
    block_public_policy: fixed(false),
    ignore_public_acls: fixed(false),
    restrict_public_buckets: fixed(false),
  },

  // Block storage
  aws_ebs_volume: { encrypted: ACCOUNT_EBS, kms_key_id: fixed(null, REGISTRY) },
  aws_ebs_encryption_by_default: { enabled: fixed(true) },
  aws_ebs_snapshot_copy: {
    encrypted: open('the copy of an encrypted snapshot is encrypted; the account may encrypt too'),
  },
  aws_ebs_snapshot_import: { encrypted: ACCOUNT_EBS },
  aws_ami: { 'ebs_block_device.encrypted': ACCOUNT_EBS },
  aws_ami_copy: { encrypted: open('the copy of an encrypted image is encrypted, whatever the planned false says') },
  aws_instance: BLOCK_DEVICES,
  aws_spot_instance_request: BLOCK_DEVICES,
  aws_launch_configuration: BLOCK_DEVICES,
  aws_launch_template: {
    'network_interfaces.associate_public_ip_address': SUBNET_DECIDES,
    'network_interfaces.associate_carrier_ip_address': fixed(null),
    'block_device_mappings.ebs.encrypted': ACCOUNT_EBS,
    'block_device_mappings.ebs.kms_key_id': fixed(null),
  },
  aws_spot_fleet_request: {
    'launch_specification.associate_public_ip_address': fixed(false),
    'launch_specification.ebs_block_device.encrypted': ACCOUNT_EBS,
    'launch_specification.root_block_device.encrypted': ACCOUNT_EBS,
  },
  aws_imagebuilder_image_recipe: { 'block_device_mapping.ebs.encrypted': ACCOUNT_EBS },
  aws_imagebuilder_container_recipe: { 'instance_configuration.block_device_mapping.ebs.encrypted': ACCOUNT_EBS },
  aws_efs_file_system: { encrypted: fixed(false, 'Amazon EFS API reference: Encrypted is false when omitted') },
  aws_workspaces_workspace: {
    root_volume_encryption_enabled: fixed(false),
    user_volume_encryption_enabled: fixed(false),
  },

  // Databases and caches
  aws_db_instance: {
    storage_encrypted: unless(RESTORE_DB, fixed(false, REGISTRY)),
    publicly_accessible: fixed(false),
    deletion_protection: fixed(false, REGISTRY),
  },
  aws_rds_cluster: {
    storage_encrypted: open('AWS decides by engine, engine mode and snapshot whether the storage is encrypted'),
  },
  aws_rds_cluster_instance: { publicly_accessible: open('the subnet group and VPC decide') },
  aws_rds_global_cluster: { storage_encrypted: open('a source cluster brings its own; AWS decides otherwise') },
  aws_rds_shard_group: { publicly_accessible: open('the subnet group and VPC decide') },
  aws_docdb_cluster: {
    storage_encrypted: unless(
      ['snapshot_identifier', 'restore_to_point_in_time', 'global_cluster_identifier'],
      fixed(false, REGISTRY),
    ),
  },
  aws_docdb_global_cluster: { storage_encrypted: open('a source cluster brings its own; AWS decides otherwise') },
  aws_neptune_cluster: {
    storage_encrypted: unless([...RESTORE_CLUSTER.slice(0, 2), 'global_cluster_identifier'], fixed(false)),
  },
  aws_neptune_cluster_instance: { publicly_accessible: fixed(false) },
  aws_neptune_global_cluster: { storage_encrypted: open('a source cluster brings its own; AWS decides otherwise') },
  aws_neptunegraph_graph: { public_connectivity: open('the provider leaves it to AWS and documents no default') },
  aws_dynamodb_table: { 'server_side_encryption.enabled': fixed(false, DYNAMODB_GUIDE) },
  aws_dax_cluster: { 'server_side_encryption.enabled': fixed(false) },
  aws_elasticache_replication_group: {
    engine: fixed('redis'),
    at_rest_encryption_enabled: unless(
      ['global_replication_group_id', 'snapshot_name', 'snapshot_arns'],
      byArgument(
        'engine',
        { redis: fixed(false, ELASTICACHE), valkey: fixed(true, ELASTICACHE) },
        fixed(false, ELASTICACHE),
      ),
    ),
    transit_encryption_enabled: open('AWS decides by engine and version'),
    kms_key_id: fixed(null),
  },
  aws_elasticache_cluster: { transit_encryption_enabled: open('AWS decides by engine and version') },
  aws_elasticache_serverless_cache: { kms_key_id: fixed(null) },
  aws_memorydb_cluster: { tls_enabled: fixed(true), kms_key_arn: fixed(null) },
  aws_redshift_cluster: {
    encrypted: byMajor(fixed(false), fixed(true, `${UPGRADE}, resource/aws_redshift_cluster`)),
    publicly_accessible: byMajor(fixed(true), fixed(false, `${UPGRADE}, resource/aws_redshift_cluster`)),
  },
  aws_redshiftserverless_workgroup: { publicly_accessible: fixed(false, 'Amazon Redshift Serverless API reference') },
  aws_opensearch_domain: SEARCH_DOMAIN,
  aws_elasticsearch_domain: SEARCH_DOMAIN,
  aws_cloudsearch_domain: {
    'endpoint_options.enforce_https': open('the provider leaves it to AWS and documents no default'),
    'endpoint_options.tls_security_policy': open('AWS chooses the policy'),
  },
  aws_keyspaces_table: { 'encryption_specification.type': fixed('AWS_OWNED_KMS_KEY', REGISTRY) },
  aws_timestreaminfluxdb_db_instance: {
    publicly_accessible: open('the provider leaves it to AWS'),
  },
  aws_timestreaminfluxdb_db_cluster: {
    publicly_accessible: open('the provider leaves it to AWS'),
  },
  aws_lightsail_database: { publicly_accessible: fixed(false) },
  aws_m2_environment: { publicly_accessible: open('the provider leaves it to AWS') },

  // Messaging, streams, logs, registries
  aws_kinesis_stream: { encryption_type: fixed('NONE'), kms_key_id: fixed(null) },
  aws_sqs_queue: {
    kms_master_key_id: fixed(null),
    sqs_managed_sse_enabled: open('AWS enables SSE-SQS for new queues unless a key is given'),
  },
  aws_sns_topic: { kms_master_key_id: fixed(null) },
  aws_secretsmanager_secret: { kms_key_id: fixed(null) },
  aws_cloudwatch_log_group: { kms_key_id: fixed(null) },
  aws_ecr_repository: { 'encryption_configuration.encryption_type': fixed('AES256') },
  aws_mq_broker: { publicly_accessible: fixed(false) },
  aws_dms_replication_instance: { publicly_accessible: fixed(true, DMS_API) },
  aws_msk_cluster: {
    'broker_node_group_info.connectivity_info.public_access.type': fixed('DISABLED', REGISTRY),
    'encryption_info.encryption_in_transit.client_broker': inBlock(
      'encryption_info.encryption_in_transit',
      fixed('TLS'),
      fixed('TLS', REGISTRY),
    ),
    'encryption_info.encryption_in_transit.in_cluster': inBlock(
      'encryption_info.encryption_in_transit',
      fixed(true),
      fixed(true, REGISTRY),
    ),
  },

  // Public addresses and endpoints
  aws_subnet: {
    map_public_ip_on_launch: fixed(false),
    assign_ipv6_address_on_creation: fixed(false),
    map_customer_owned_ip_on_launch: fixed(false, REGISTRY),
    outpost_arn: fixed(null, REGISTRY),
  },
  aws_default_subnet: { map_public_ip_on_launch: fixed(true), assign_ipv6_address_on_creation: fixed(false) },
  aws_ecs_service: {
    'network_configuration.assign_public_ip': fixed(false),
    'volume_configuration.managed_ebs_volume.encrypted': fixed(true),
    'volume_configuration.managed_ebs_volume.kms_key_id': fixed(null),
  },
  aws_ecs_task_set: { 'network_configuration.assign_public_ip': fixed(false) },
  aws_cloudwatch_event_target: { 'ecs_target.network_configuration.assign_public_ip': fixed(false) },
  aws_scheduler_schedule: { 'target.ecs_parameters.network_configuration.assign_public_ip': fixed(false) },
  aws_pipes_pipe: {
    'target_parameters.ecs_task_parameters.network_configuration.aws_vpc_configuration.assign_public_ip': open(
      'the provider leaves it to AWS',
    ),
  },
  aws_eks_cluster: {
    'vpc_config.endpoint_public_access': fixed(true),
    'vpc_config.endpoint_private_access': fixed(false),
  },
  aws_sagemaker_notebook_instance: { direct_internet_access: fixed('Enabled') },
  aws_sagemaker_domain: { app_network_access_type: fixed('PublicInternetOnly') },
  aws_apprunner_service: {
    'network_configuration.ingress_configuration.is_publicly_accessible': fixed(true, REGISTRY),
  },
  aws_appstream_fleet: { enable_default_internet_access: fixed(false, REGISTRY) },
  aws_appstream_image_builder: { enable_default_internet_access: fixed(false, REGISTRY) },
  aws_workspaces_directory: { 'workspace_creation_properties.enable_internet_access': fixed(false) },
  aws_mwaa_environment: { webserver_access_mode: fixed('PRIVATE_ONLY', REGISTRY) },
  aws_cloud9_environment_ec2: { connection_type: fixed('CONNECT_SSH', 'AWS Cloud9 API reference') },
  aws_nat_gateway: { connectivity_type: fixed('public') },
  aws_lb: LOAD_BALANCER,
  aws_alb: LOAD_BALANCER,
  aws_elb: { internal: fixed(false, REGISTRY) },
  aws_eip: { network_border_group: fixed(null, 'Amazon EC2 API reference: the border group of the Region') },
  aws_vpc: {
    ipv6_cidr_block_network_border_group: fixed(null, 'Amazon EC2 API reference: the border group of the Region'),
  },

  // TLS
  aws_lb_listener: LISTENER,
  aws_alb_listener: LISTENER,
  aws_api_gateway_domain_name: {
    security_policy: fixed(
      'TLS_1_2',
      'Amazon API Gateway guide, Default security policies: TLS_1_2 for every kind of domain',
    ),
  },
  aws_transfer_server: {
    security_policy_name: fixed('TransferSecurityPolicy-2018-11'),
    endpoint_type: fixed('PUBLIC'),
  },
  aws_cloudfront_distribution: { 'viewer_certificate.minimum_protocol_version': fixed('TLSv1') },
  aws_iot_domain_configuration: { 'tls_config.security_policy': open('AWS chooses by Region') },
  aws_appsync_api_cache: {
    at_rest_encryption_enabled: fixed(false, REGISTRY),
    transit_encryption_enabled: fixed(false, REGISTRY),
  },

  // Security groups and network ACLs
  aws_security_group: {
    ingress: fixed(null, 'Terraform Registry: no rule of its own'),
    egress: fixed(null, 'Terraform Registry: Terraform removes the ALLOW ALL egress rule that AWS creates'),
  },
  aws_default_security_group: {
    ingress: fixed(null, ADOPTED),
    egress: fixed(null, ADOPTED),
  },
  aws_default_network_acl: { ingress: fixed(null, ADOPTED), egress: fixed(null, ADOPTED) },

  // Gateways
  aws_networkfirewall_firewall: {
    delete_protection: fixed(false),
    firewall_policy_change_protection: fixed(false, REGISTRY),
    subnet_change_protection: fixed(false, REGISTRY),
    availability_zone_change_protection: fixed(false, 'Network Firewall API reference: false unless set'),
    'encryption_configuration.type': fixed('AWS_OWNED_KMS_KEY', FIREWALL_GUIDE),
  },
  aws_networkfirewall_firewall_policy: {
    'firewall_policy.stateful_engine_options.rule_order': open(
      'AWS documents DEFAULT_ACTION_ORDER in some references and STRICT_ORDER in others',
    ),
    'firewall_policy.stateful_engine_options.stream_exception_policy': fixed('DROP', FIREWALL_API),
    'encryption_configuration.type': fixed('AWS_OWNED_KMS_KEY', FIREWALL_GUIDE),
  },
  aws_networkfirewall_rule_group: { 'encryption_configuration.type': fixed('AWS_OWNED_KMS_KEY', FIREWALL_GUIDE) },
  aws_ec2_serial_console_access: { enabled: fixed(true, REGISTRY) },
  aws_flow_log: {
    log_destination_type: fixed('cloud-watch-logs'),
    max_aggregation_interval: fixed(600),
    log_format: fixed(null, 'Amazon VPC guide: the default format'),
  },
  aws_ec2_transit_gateway: {
    auto_accept_shared_attachments: fixed('disable'),
    default_route_table_association: fixed('enable'),
    default_route_table_propagation: fixed('enable'),
    encryption_support: fixed('disable', 'Amazon EC2 API reference: disabled unless set'),
  },
  aws_ec2_transit_gateway_multicast_domain: { auto_accept_shared_associations: fixed('disable', REGISTRY) },
  aws_ec2_transit_gateway_vpc_attachment: {
    appliance_mode_support: fixed('disable'),
    transit_gateway_default_route_table_association: fixed(true, REGISTRY),
    transit_gateway_default_route_table_propagation: fixed(true, REGISTRY),
  },
  aws_ec2_transit_gateway_vpc_attachment_accepter: {
    transit_gateway_default_route_table_association: fixed(true, REGISTRY),
    transit_gateway_default_route_table_propagation: fixed(true, REGISTRY),
  },
  aws_ec2_transit_gateway_connect: {
    transit_gateway_default_route_table_association: fixed(true, REGISTRY),
    transit_gateway_default_route_table_propagation: fixed(true, REGISTRY),
  },
  aws_vpc_endpoint: { vpc_endpoint_type: fixed('Gateway', REGISTRY), private_dns_enabled: fixed(false, REGISTRY) },
  aws_ec2_client_vpn_endpoint: {
    split_tunnel: fixed(false),
    transport_protocol: fixed('udp'),
    session_timeout_hours: fixed(24, 'AWS Client VPN administrator guide: 24 hours unless set'),
  },
};

export const DEFAULT_ROWS: ReadonlyMap<string, ReadonlyMap<string, DefaultRow>> = new Map(
  [...new Set([...Object.keys(ROWS), ...Object.keys(ENCRYPTION_ROWS)])].map((type) => [
    type,
    new Map([...Object.entries(ENCRYPTION_ROWS[type] ?? {}), ...Object.entries(ROWS[type] ?? {})]),
  ]),
);
