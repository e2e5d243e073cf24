import type { Condition } from '../../../model/aws/off-vpc-compute.ts';

/** Instances, which get a public address where their subnet gives one. */
export const AS_SUBNET = 'as their subnet';

/** Where a resource of a type has its interfaces. Arguments are dotted paths; blocks on the way may repeat. */
export interface HostType {
  /** Argument that names subnets. */
  readonly subnets: string;
  /** Argument that names a group of subnets instead, and the type of the group. */
  readonly subnetGroup?: string;
  /** Arguments that give security groups. None: AWS makes one that Terraform does not show. */
  readonly groups: readonly string[];
  /** Argument that gives a public address, or `AS_SUBNET`. */
  readonly isPublic?: string;
  /** What gives it a public address instead, of a type that has no argument for that alone. */
  readonly publicWhen?: Condition;
  /** Whether AWS gives it one where these hold is not known: why. */
  readonly mayBePublic?: { readonly when: Condition; readonly because: string };
  /** Argument that names a resource whose subnets and groups it shares, where it has none of its own. */
  readonly of?: string;
  /** What it means that nothing names a subnet: it is outside any VPC, or in the default one. */
  readonly absent: 'no-vpc' | 'default-vpc';
}

/** Types whose subnets are a plain list of ids, with the argument of their security groups. */
const PLAIN = `
aws_appstream_fleet vpc_config.subnet_ids vpc_config.security_group_ids
aws_apprunner_vpc_connector subnets security_groups
aws_bedrock_custom_model vpc_config.subnet_ids vpc_config.security_group_ids
aws_bedrockagentcore_agent_runtime network_configuration.network_mode_config.subnets network_configuration.network_mode_config.security_groups
aws_bedrockagentcore_browser network_configuration.vpc_config.subnets network_configuration.vpc_config.security_groups
aws_bedrockagentcore_code_interpreter network_configuration.vpc_config.subnets network_configuration.vpc_config.security_groups
aws_codebuild_fleet vpc_config.subnets vpc_config.security_group_ids
aws_codebuild_project vpc_config.subnets vpc_config.security_group_ids
aws_comprehend_document_classifier vpc_config.subnets vpc_config.security_group_ids
aws_comprehend_entity_recognizer vpc_config.subnets vpc_config.security_group_ids
aws_db_proxy vpc_subnet_ids vpc_security_group_ids
aws_db_proxy_endpoint vpc_subnet_ids vpc_security_group_ids
aws_devicefarm_test_grid_project vpc_config.subnet_ids vpc_config.security_group_ids
aws_efs_mount_target subnet_id security_groups
aws_elasticsearch_domain vpc_options.subnet_ids vpc_options.security_group_ids
aws_elasticsearch_vpc_endpoint vpc_options.subnet_ids vpc_options.security_group_ids
aws_emrserverless_application network_configuration.subnet_ids network_configuration.security_group_ids
aws_fsx_file_cache subnet_ids security_group_ids
aws_fsx_lustre_file_system subnet_ids security_group_ids
aws_fsx_ontap_file_system subnet_ids security_group_ids
aws_fsx_openzfs_file_system subnet_ids security_group_ids
aws_fsx_windows_file_system subnet_ids security_group_ids
aws_glue_connection physical_connection_requirements.subnet_id physical_connection_requirements.security_group_id_list
aws_glue_dev_endpoint subnet_id security_group_ids
aws_grafana_workspace vpc_configuration.subnet_ids vpc_configuration.security_group_ids
aws_kinesisanalyticsv2_application application_configuration.vpc_configuration.subnet_ids application_configuration.vpc_configuration.security_group_ids
aws_lambda_capacity_provider vpc_config.subnet_ids vpc_config.security_group_ids
aws_lambda_function vpc_config.subnet_ids vpc_config.security_group_ids
aws_msk_serverless_cluster vpc_config.subnet_ids vpc_config.security_group_ids
aws_mskconnect_connector kafka_cluster.apache_kafka_cluster.vpc.subnets kafka_cluster.apache_kafka_cluster.vpc.security_groups
aws_mwaa_environment network_configuration.subnet_ids network_configuration.security_group_ids
aws_opensearch_domain vpc_options.subnet_ids vpc_options.security_group_ids
aws_opensearch_vpc_endpoint vpc_options.subnet_ids vpc_options.security_group_ids
aws_opensearchserverless_vpc_endpoint subnet_ids security_group_ids
aws_osis_pipeline vpc_options.subnet_ids vpc_options.security_group_ids
aws_prometheus_scraper source.eks.subnet_ids source.eks.security_group_ids
aws_redshiftserverless_endpoint_access subnet_ids vpc_security_group_ids
aws_s3outposts_endpoint subnet_id security_group_id
aws_sagemaker_data_quality_job_definition network_config.vpc_config.subnets network_config.vpc_config.security_group_ids
aws_sagemaker_model vpc_config.subnets vpc_config.security_group_ids
aws_sagemaker_notebook_instance subnet_id security_groups
aws_sagemaker_workforce workforce_vpc_config.subnets workforce_vpc_config.security_group_ids
aws_synthetics_canary vpc_config.subnet_ids vpc_config.security_group_ids
aws_transfer_server endpoint_details.subnet_ids endpoint_details.security_group_ids
`;

const FIREHOSE = ['elasticsearch', 'opensearch', 'opensearchserverless'].map((name): HostType => ({
  subnets: `${name}_configuration.vpc_config.subnet_ids`,
  groups: [`${name}_configuration.vpc_config.security_group_ids`],
  absent: 'no-vpc',
}));

const TASKS = (block: string): HostType => ({
  subnets: `${block}.subnets`,
  groups: [`${block}.security_groups`],
  isPublic: `${block}.assign_public_ip`,
  absent: 'no-vpc',
});

const TIMESTREAM: HostType = {
  subnets: 'vpc_subnet_ids',
  groups: ['vpc_security_group_ids'],
  isPublic: 'publicly_accessible',
  absent: 'no-vpc',
};

const PIPE_TARGET = 'target_parameters.ecs_task_parameters.network_configuration.aws_vpc_configuration';
const PIPE_SOURCE = 'source_parameters.self_managed_kafka_parameters.vpc';

/** Types with more to say; a type may have its interfaces in several places. */
const OTHERS: Readonly<Record<string, readonly HostType[]>> = {
  aws_cloud9_environment_ec2: [{ subnets: 'subnet_id', groups: [], isPublic: AS_SUBNET, absent: 'default-vpc' }],
  aws_cloudhsm_v2_cluster: [{ subnets: 'subnet_ids', groups: [], absent: 'no-vpc' }],
  aws_cloudhsm_v2_hsm: [{ subnets: 'subnet_id', groups: [], absent: 'no-vpc' }],
  aws_cloudwatch_event_target: [TASKS('ecs_target.network_configuration')],
  aws_dax_cluster: [
    {
      subnets: 'subnet_group_name',
      subnetGroup: 'aws_dax_subnet_group',
      groups: ['security_group_ids'],
      absent: 'default-vpc',
    },
  ],
  aws_db_instance: [
    {
      subnets: 'db_subnet_group_name',
      subnetGroup: 'aws_db_subnet_group',
      groups: ['vpc_security_group_ids'],
      isPublic: 'publicly_accessible',
      of: 'replicate_source_db',
      absent: 'default-vpc',
    },
  ],
  aws_directory_service_directory: [
    { subnets: 'vpc_settings.subnet_ids', groups: [], absent: 'no-vpc' },
    { subnets: 'connect_settings.subnet_ids', groups: [], absent: 'no-vpc' },
  ],
  aws_dms_replication_config: [
    {
      subnets: 'compute_config.replication_subnet_group_id',
      subnetGroup: 'aws_dms_replication_subnet_group',
      groups: ['compute_config.vpc_security_group_ids'],
      absent: 'default-vpc',
    },
  ],
  aws_dms_replication_instance: [
    {
      subnets: 'replication_subnet_group_id',
      subnetGroup: 'aws_dms_replication_subnet_group',
      groups: ['vpc_security_group_ids'],
      isPublic: 'publicly_accessible',
      absent: 'default-vpc',
    },
  ],
  aws_docdb_cluster: [
    {
      subnets: 'db_subnet_group_name',
      subnetGroup: 'aws_docdb_subnet_group',
      groups: ['vpc_security_group_ids'],
      absent: 'default-vpc',
    },
  ],
  aws_docdb_cluster_instance: [{ subnets: '', groups: [], of: 'cluster_identifier', absent: 'default-vpc' }],
  aws_docdbelastic_cluster: [{ subnets: 'subnet_ids', groups: ['vpc_security_group_ids'], absent: 'default-vpc' }],
  aws_ecs_service: [TASKS('network_configuration')],
  aws_ecs_task_set: [TASKS('network_configuration')],
  aws_eks_cluster: [
    { subnets: 'vpc_config.subnet_ids', groups: ['vpc_config.security_group_ids'], absent: 'default-vpc' },
  ],
  aws_elasticache_cluster: [
    {
      subnets: 'subnet_group_name',
      subnetGroup: 'aws_elasticache_subnet_group',
      groups: ['security_group_ids'],
      of: 'replication_group_id',
      absent: 'default-vpc',
    },
  ],
  aws_elasticache_replication_group: [
    {
      subnets: 'subnet_group_name',
      subnetGroup: 'aws_elasticache_subnet_group',
      groups: ['security_group_ids'],
      absent: 'default-vpc',
    },
  ],
  aws_elasticache_serverless_cache: [{ subnets: 'subnet_ids', groups: ['security_group_ids'], absent: 'default-vpc' }],
  aws_emr_cluster: ['ec2_attributes.subnet_id', 'ec2_attributes.subnet_ids'].map((subnets) => ({
    subnets,
    groups: [
      'ec2_attributes.emr_managed_master_security_group',
      'ec2_attributes.emr_managed_slave_security_group',
      'ec2_attributes.additional_master_security_groups',
      'ec2_attributes.additional_slave_security_groups',
      'ec2_attributes.service_access_security_group',
    ],
    isPublic: AS_SUBNET,
    absent: 'no-vpc',
  })),
  aws_emr_studio: [{ subnets: 'subnet_ids', groups: ['workspace_security_group_id'], absent: 'no-vpc' }],
  aws_kinesis_firehose_delivery_stream: FIREHOSE,
  aws_m2_environment: [
    { subnets: 'subnet_ids', groups: ['security_group_ids'], isPublic: 'publicly_accessible', absent: 'default-vpc' },
  ],
  aws_memorydb_cluster: [
    {
      subnets: 'subnet_group_name',
      subnetGroup: 'aws_memorydb_subnet_group',
      groups: ['security_group_ids'],
      absent: 'default-vpc',
    },
  ],
  aws_mq_broker: [
    { subnets: 'subnet_ids', groups: ['security_groups'], isPublic: 'publicly_accessible', absent: 'default-vpc' },
  ],
  aws_msk_cluster: [
    {
      subnets: 'broker_node_group_info.client_subnets',
      groups: ['broker_node_group_info.security_groups'],
      publicWhen: {
        kind: 'is',
        path: ['broker_node_group_info', 'connectivity_info', 'public_access', 'type'],
        values: ['SERVICE_PROVIDED_EIPS'],
        isDefault: false,
      },
      absent: 'no-vpc',
    },
  ],
  aws_neptune_cluster: [
    {
      subnets: 'neptune_subnet_group_name',
      subnetGroup: 'aws_neptune_subnet_group',
      groups: ['vpc_security_group_ids'],
      of: 'replication_source_identifier',
      absent: 'default-vpc',
    },
  ],
  aws_neptune_cluster_instance: [
    {
      subnets: 'neptune_subnet_group_name',
      subnetGroup: 'aws_neptune_subnet_group',
      groups: [],
      isPublic: 'publicly_accessible',
      of: 'cluster_identifier',
      absent: 'default-vpc',
    },
  ],
  aws_pipes_pipe: [
    TASKS(PIPE_TARGET),
    { subnets: `${PIPE_SOURCE}.subnets`, groups: [`${PIPE_SOURCE}.security_groups`], absent: 'no-vpc' },
  ],
  aws_rds_cluster: [
    {
      subnets: 'db_subnet_group_name',
      subnetGroup: 'aws_db_subnet_group',
      groups: ['vpc_security_group_ids'],
      of: 'replication_source_identifier',
      mayBePublic: {
        // Aurora's instances say so themselves.
        when: { kind: 'present', path: ['db_cluster_instance_class'] },
        because: 'is public where its VPC has an Internet gateway, unless somebody has told AWS otherwise',
      },
      absent: 'default-vpc',
    },
  ],
  aws_rds_cluster_instance: [
    {
      subnets: 'db_subnet_group_name',
      subnetGroup: 'aws_db_subnet_group',
      groups: [],
      isPublic: 'publicly_accessible',
      of: 'cluster_identifier',
      absent: 'default-vpc',
    },
  ],
  aws_rds_shard_group: [
    { subnets: '', groups: [], isPublic: 'publicly_accessible', of: 'db_cluster_identifier', absent: 'default-vpc' },
  ],
  aws_redshift_cluster: [
    {
      subnets: 'cluster_subnet_group_name',
      subnetGroup: 'aws_redshift_subnet_group',
      groups: ['vpc_security_group_ids'],
      isPublic: 'publicly_accessible',
      absent: 'default-vpc',
    },
  ],
  aws_redshift_endpoint_access: [
    {
      subnets: 'subnet_group_name',
      subnetGroup: 'aws_redshift_subnet_group',
      groups: ['vpc_security_group_ids'],
      absent: 'default-vpc',
    },
  ],
  aws_redshiftserverless_workgroup: [
    { subnets: 'subnet_ids', groups: ['security_group_ids'], isPublic: 'publicly_accessible', absent: 'default-vpc' },
  ],
  aws_sagemaker_domain: [
    {
      subnets: 'subnet_ids',
      groups: ['default_user_settings.security_groups', 'domain_settings.security_group_ids'],
      absent: 'no-vpc',
    },
  ],
  aws_scheduler_schedule: [TASKS('target.ecs_parameters.network_configuration')],
  aws_timestreaminfluxdb_db_cluster: [TIMESTREAM],
  aws_timestreaminfluxdb_db_instance: [TIMESTREAM],
};

/** Types of hosts by the arguments that put them into subnets, but for those of EC2 that are made by launch templates. */
export const HOST_TYPES: ReadonlyMap<string, readonly HostType[]> = new Map([
  ...PLAIN.trim()
    .split('\n')
    .map((line): [string, readonly HostType[]] => {
      const [type = '', subnets = '', groups = ''] = line.split(' ');
      return [type, [{ subnets, groups: [groups], absent: 'no-vpc' }]];
    }),
  ...Object.entries(OTHERS),
]);
