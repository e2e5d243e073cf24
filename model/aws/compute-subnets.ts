import type { Path } from '../resource.ts';

/** The argument by which something that runs code or jobs names the subnets it runs in. */
export interface ComputeSubnets {
  readonly type: string;
  readonly path: Path;
  /** Whether, with all such arguments of the type left out, AWS takes the default VPC, which it opens to the Internet. */
  readonly fallsToDefaultVpc: boolean;
}

/**
 * Compute and managed jobs in subnets. What runs outside any VPC when it names none stands in `off-vpc-compute.ts`, what
 * runs in the network of something else when it names none needs no more than this.
 */
export const COMPUTE_SUBNETS: readonly ComputeSubnets[] = [
  runsIn('aws_lambda_function', 'vpc_config', 'subnet_ids'),
  runsIn('aws_lambda_capacity_provider', 'vpc_config', 'subnet_ids'),
  runsIn('aws_apprunner_vpc_connector', 'subnets'),
  runsIn('aws_ecs_service', 'network_configuration', 'subnets'),
  runsIn('aws_ecs_task_set', 'network_configuration', 'subnets'),
  runsIn(
    'aws_ecs_capacity_provider',
    'managed_instances_provider',
    'instance_launch_template',
    'network_configuration',
    'subnets',
  ),
  needs('aws_ecs_express_gateway_service', 'network_configuration', 'subnets'),
  runsIn('aws_cloudwatch_event_target', 'ecs_target', 'network_configuration', 'subnets'),
  runsIn('aws_scheduler_schedule', 'target', 'ecs_parameters', 'network_configuration', 'subnets'),
  runsIn(
    'aws_pipes_pipe',
    'target_parameters',
    'ecs_task_parameters',
    'network_configuration',
    'aws_vpc_configuration',
    'subnets',
  ),
  runsIn('aws_pipes_pipe', 'source_parameters', 'self_managed_kafka_parameters', 'vpc', 'subnets'),
  runsIn('aws_batch_compute_environment', 'compute_resources', 'subnets'),
  runsIn('aws_eks_cluster', 'vpc_config', 'subnet_ids'),
  runsIn('aws_eks_node_group', 'subnet_ids'),
  runsIn('aws_eks_fargate_profile', 'subnet_ids'),
  runsIn('aws_codebuild_project', 'vpc_config', 'subnets'),
  runsIn('aws_codebuild_fleet', 'vpc_config', 'subnets'),
  needs('aws_imagebuilder_infrastructure_configuration', 'subnet_id'),
  runsIn('aws_devicefarm_test_grid_project', 'vpc_config', 'subnet_ids'),
  runsIn('aws_synthetics_canary', 'vpc_config', 'subnet_ids'),
  runsIn('aws_sagemaker_notebook_instance', 'subnet_id'),
  runsIn('aws_sagemaker_domain', 'subnet_ids'),
  runsIn('aws_sagemaker_model', 'vpc_config', 'subnets'),
  runsIn('aws_sagemaker_data_quality_job_definition', 'network_config', 'vpc_config', 'subnets'),
  runsIn('aws_comprehend_document_classifier', 'vpc_config', 'subnets'),
  runsIn('aws_comprehend_entity_recognizer', 'vpc_config', 'subnets'),
  runsIn('aws_bedrock_custom_model', 'vpc_config', 'subnet_ids'),
  runsIn('aws_bedrockagentcore_agent_runtime', 'network_configuration', 'network_mode_config', 'subnets'),
  runsIn('aws_bedrockagentcore_browser', 'network_configuration', 'vpc_config', 'subnets'),
  runsIn('aws_bedrockagentcore_code_interpreter', 'network_configuration', 'vpc_config', 'subnets'),
  runsIn('aws_glue_connection', 'physical_connection_requirements', 'subnet_id'),
  runsIn('aws_glue_dev_endpoint', 'subnet_id'),
  needs('aws_emr_cluster', 'ec2_attributes', 'subnet_id'),
  needs('aws_emr_cluster', 'ec2_attributes', 'subnet_ids'),
  runsIn('aws_emr_studio', 'subnet_ids'),
  runsIn('aws_emrserverless_application', 'network_configuration', 'subnet_ids'),
  runsIn('aws_mwaa_environment', 'network_configuration', 'subnet_ids'),
  runsIn('aws_kinesisanalyticsv2_application', 'application_configuration', 'vpc_configuration', 'subnet_ids'),
  runsIn('aws_osis_pipeline', 'vpc_options', 'subnet_ids'),
  runsIn('aws_mskconnect_connector', 'kafka_cluster', 'apache_kafka_cluster', 'vpc', 'subnets'),
  runsIn('aws_msk_replicator', 'kafka_cluster', 'vpc_config', 'subnet_ids'),
  runsIn('aws_finspace_kx_cluster', 'vpc_configuration', 'subnet_ids'),
  needs('aws_m2_environment', 'subnet_ids'),
  runsIn('aws_prometheus_scraper', 'source', 'eks', 'subnet_ids'),
  runsIn('aws_workspaces_directory', 'subnet_ids'),
  runsIn('aws_appstream_fleet', 'vpc_config', 'subnet_ids'),
  runsIn('aws_appstream_image_builder', 'vpc_config', 'subnet_ids'),
  needs('aws_gamelift_game_server_group', 'vpc_subnets'),
  runsIn('aws_grafana_workspace', 'vpc_configuration', 'subnet_ids'),
  runsIn('aws_opensearch_domain', 'vpc_options', 'subnet_ids'),
  runsIn('aws_elasticsearch_domain', 'vpc_options', 'subnet_ids'),
  runsIn('aws_quicksight_vpc_connection', 'subnet_ids'),
];

/** Blocks and arguments by name. */
function runsIn(type: string, ...path: readonly string[]): ComputeSubnets {
  return { type, path, fallsToDefaultVpc: false };
}

function needs(type: string, ...path: readonly string[]): ComputeSubnets {
  return { type, path, fallsToDefaultVpc: true };
}
