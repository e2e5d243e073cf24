/** An argument that decides whether a resource has a public address, or is open to the Internet by itself. */
export interface Opening {
  /** Names of the blocks and of the argument. */
  readonly path: readonly string[];
  /** The only values at which the resource has none. */
  readonly isPrivateAt: boolean | 'null' | readonly string[];
  /** The opening exists only where the blocks are written. */
  readonly isInBlockOnly?: true;
}

function whenTrue(path: string): Opening {
  return { path: path.split('.'), isPrivateAt: false };
}

function whenFalse(path: string): Opening {
  return { path: path.split('.'), isPrivateAt: true };
}

function whenSet(path: string): Opening {
  return { path: path.split('.'), isPrivateAt: 'null' };
}

function unless(path: string, ...values: readonly string[]): Opening {
  return { path: path.split('.'), isPrivateAt: values };
}

const PUBLICLY_ACCESSIBLE = [whenTrue('publicly_accessible')];
const OWN_ADDRESS = [whenTrue('associate_public_ip_address')];
const AGENT_NETWORK = [unless('network_configuration.network_mode', 'VPC', 'SANDBOX')];

/** By type, what opens it. Terraform's schema of 6.25.0 has every path. */
const TABLE: Readonly<Record<string, readonly Opening[]>> = {
  // Subnets, instances, tasks
  aws_subnet: [whenTrue('map_public_ip_on_launch')],
  aws_default_subnet: [whenTrue('map_public_ip_on_launch')],
  aws_instance: OWN_ADDRESS,
  aws_spot_instance_request: OWN_ADDRESS,
  aws_launch_configuration: OWN_ADDRESS,
  aws_launch_template: [
    whenTrue('network_interfaces.associate_public_ip_address'),
    whenSet('network_interfaces.associate_carrier_ip_address'),
  ],
  aws_spot_fleet_request: [whenTrue('launch_specification.associate_public_ip_address')],
  aws_ecs_service: [whenTrue('network_configuration.assign_public_ip')],
  aws_ecs_task_set: [whenTrue('network_configuration.assign_public_ip')],
  aws_cloudwatch_event_target: [whenTrue('ecs_target.network_configuration.assign_public_ip')],
  aws_scheduler_schedule: [whenTrue('target.ecs_parameters.network_configuration.assign_public_ip')],
  aws_pipes_pipe: [
    {
      ...unless(
        'target_parameters.ecs_task_parameters.network_configuration.aws_vpc_configuration.assign_public_ip',
        'DISABLED',
      ),
      isInBlockOnly: true,
    },
  ],
  aws_drs_replication_configuration_template: [whenTrue('create_public_ip')],
  aws_cloud9_environment_ec2: [unless('connection_type', 'CONNECT_SSM')],

  // Databases, brokers, clusters
  aws_db_instance: PUBLICLY_ACCESSIBLE,
  aws_rds_cluster_instance: PUBLICLY_ACCESSIBLE,
  aws_rds_shard_group: PUBLICLY_ACCESSIBLE,
  aws_redshift_cluster: [...PUBLICLY_ACCESSIBLE, whenSet('elastic_ip')],
  aws_redshiftserverless_workgroup: PUBLICLY_ACCESSIBLE,
  aws_neptune_cluster_instance: PUBLICLY_ACCESSIBLE,
  aws_neptunegraph_graph: [whenTrue('public_connectivity')],
  aws_dms_replication_instance: PUBLICLY_ACCESSIBLE,
  aws_mq_broker: PUBLICLY_ACCESSIBLE,
  aws_m2_environment: PUBLICLY_ACCESSIBLE,
  aws_lightsail_database: PUBLICLY_ACCESSIBLE,
  aws_timestreaminfluxdb_db_instance: PUBLICLY_ACCESSIBLE,
  aws_timestreaminfluxdb_db_cluster: PUBLICLY_ACCESSIBLE,
  aws_msk_cluster: [unless('broker_node_group_info.connectivity_info.public_access.type', 'DISABLED')],
  aws_eks_cluster: [whenTrue('vpc_config.endpoint_public_access')],

  // Managed environments that have a way of their own to or from the Internet
  aws_sagemaker_notebook_instance: [unless('direct_internet_access', 'Disabled')],
  aws_sagemaker_domain: [unless('app_network_access_type', 'VpcOnly')],
  aws_apprunner_service: [whenTrue('network_configuration.ingress_configuration.is_publicly_accessible')],
  aws_appstream_fleet: [whenTrue('enable_default_internet_access')],
  aws_appstream_image_builder: [whenTrue('enable_default_internet_access')],
  aws_workspaces_directory: [whenTrue('workspace_creation_properties.enable_internet_access')],
  aws_mwaa_environment: [unless('webserver_access_mode', 'PRIVATE_ONLY')],
  aws_bedrockagentcore_agent_runtime: AGENT_NETWORK,
  aws_bedrockagentcore_browser: AGENT_NETWORK,
  aws_bedrockagentcore_code_interpreter: AGENT_NETWORK,
  aws_transfer_server: [
    unless('endpoint_type', 'VPC', 'VPC_ENDPOINT'),
    whenSet('endpoint_details.address_allocation_ids'),
  ],

  // Load balancers
  aws_lb: [whenFalse('internal')],
  aws_alb: [whenFalse('internal')],
  aws_elb: [whenFalse('internal')],
};

export const OPENINGS: ReadonlyMap<string, readonly Opening[]> = new Map(Object.entries(TABLE));

/** Types of which every instance is a public address or has one. */
export const ALWAYS_PUBLIC: ReadonlyMap<string, string> = new Map([
  ['aws_globalaccelerator_accelerator', 'has anycast addresses at the edge of the Internet'],
  ['aws_globalaccelerator_custom_routing_accelerator', 'has anycast addresses at the edge of the Internet'],
  ['aws_lightsail_static_ip', 'is a public address'],
  ['aws_lightsail_instance', 'has a public address outside the VPC'],
  ['aws_lightsail_lb', 'has a public address outside the VPC'],
  ['aws_lightsail_container_service', 'has a public endpoint outside the VPC'],
]);

/** Types that are or hold an Elastic IP address. */
export const ELASTIC_TYPES = ['aws_eip', 'aws_eip_association', 'aws_nat_gateway', 'aws_nat_gateway_eip_association'];
