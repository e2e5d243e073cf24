import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { STORES } from '../../../checks/encryption/stores/store-table.ts';
import { KEY_ARGUMENTS } from '../../../model/aws/key-arguments.generated.ts';
import { OFF_VPC } from '../../../model/aws/off-vpc-compute.ts';
import { RESOURCE_CLASSES, type ResourceClass } from '../../../model/aws/resource-class.ts';
import { classifiedTypes, classOf } from '../../../model/aws/resource-classes.ts';
import { resourceTypes } from '../../../model/aws/resource-types.ts';
import { trafficClassOf } from '../../../proofs/network/compile/unmodelled.ts';

const TYPES = resourceTypes();
const ofClass = (name: ResourceClass) => TYPES.filter((type) => classOf(type)?.classes.includes(name));

/** Types that were known for the class before the tables were written; all there are where there are fewer than 80. */
const KNOWN: Readonly<Record<ResourceClass, string>> = {
  stores: `
    s3_bucket s3_directory_bucket s3_object s3_bucket_object s3control_bucket s3tables_table_bucket s3tables_table
    s3vectors_vector_bucket s3vectors_index lightsail_bucket db_instance rds_cluster rds_cluster_instance rds_global_cluster
    db_snapshot db_cluster_snapshot db_snapshot_copy rds_cluster_snapshot_copy db_instance_automated_backups_replication
    docdb_cluster docdb_cluster_instance docdb_cluster_snapshot docdb_global_cluster docdbelastic_cluster neptune_cluster
    neptune_cluster_snapshot neptune_global_cluster neptunegraph_graph dynamodb_table dynamodb_table_item
    dynamodb_table_replica dynamodb_global_table dax_cluster dsql_cluster keyspaces_table keyspaces_keyspace qldb_ledger
    timestreamwrite_table timestreamwrite_database timestreaminfluxdb_db_instance elasticache_cluster
    elasticache_replication_group elasticache_serverless_cache memorydb_cluster memorydb_snapshot redshift_cluster
    redshift_cluster_snapshot redshiftserverless_namespace redshiftserverless_snapshot opensearch_domain
    elasticsearch_domain opensearchserverless_collection cloudsearch_domain ebs_volume ebs_snapshot ebs_snapshot_copy ami
    ami_copy efs_file_system efs_replication_configuration fsx_lustre_file_system fsx_ontap_file_system
    fsx_openzfs_file_system fsx_windows_file_system fsx_ontap_volume fsx_backup glacier_vault backup_vault
    backup_logically_air_gapped_vault backup_plan kinesis_stream kinesis_video_stream msk_cluster msk_serverless_cluster
    sqs_queue sns_topic mq_broker cloudwatch_log_group cloudwatch_event_archive secretsmanager_secret
    secretsmanager_secret_version ssm_parameter ecr_repository codecommit_repository codeartifact_domain instance
    lambda_function kendra_index cognito_user cognito_user_pool identitystore_user rekognition_collection
    customerprofiles_profile customerprofiles_domain connect_instance location_tracker lightsail_database lightsail_disk
    simpledb_domain workspaces_workspace cloudtrail_event_data_store storagegateway_cached_iscsi_volume`,
  moves: `
    s3_bucket_replication_configuration s3_bucket_notification s3_bucket_logging s3_bucket_inventory
    s3_bucket_analytics_configuration s3_bucket_accelerate_configuration s3_object_copy s3control_multi_region_access_point
    s3tables_table_replication s3control_storage_lens_configuration kinesis_firehose_delivery_stream pipes_pipe
    scheduler_schedule sns_topic_subscription sns_platform_application cloudwatch_event_target cloudwatch_event_rule
    cloudwatch_event_api_destination cloudwatch_event_connection cloudwatch_event_endpoint cloudwatch_log_subscription_filter
    cloudwatch_log_destination cloudwatch_log_delivery cloudwatch_log_delivery_destination cloudwatch_log_account_policy
    cloudwatch_metric_stream oam_link oam_sink observabilityadmin_centralization_rule_for_organization cloudtrail
    config_delivery_channel config_configuration_aggregator config_aggregate_authorization securityhub_finding_aggregator
    securitylake_data_lake guardduty_publishing_destination macie2_classification_export_configuration flow_log
    wafv2_web_acl_logging_configuration route53_query_log route53_resolver_query_log_config
    vpclattice_access_log_subscription networkfirewall_logging_configuration ssm_resource_data_sync ssm_association
    cur_report_definition bcmdataexports_export datasync_task datasync_location_s3 datasync_location_smb datasync_location_nfs
    datasync_location_azure_blob transfer_server transfer_connector transfer_workflow dms_endpoint dms_s3_endpoint
    dms_replication_task dms_replication_config appflow_flow appflow_connector_profile efs_replication_configuration
    fsx_data_repository_association dlm_lifecycle_policy ami_copy ami_launch_permission snapshot_create_volume_permission
    ebs_snapshot_copy db_snapshot_copy rds_export_task rds_integration redshift_snapshot_copy ecr_replication_configuration
    ecr_pull_through_cache_rule ecrpublic_repository lambda_event_source_mapping lambda_function_event_invoke_config
    dynamodb_table_export dynamodb_kinesis_streaming_destination dynamodb_global_table msk_replicator mskconnect_connector
    iot_topic_rule ses_receipt_rule sesv2_configuration_set_event_destination backup_plan backup_report_plan
    backup_global_settings opensearch_outbound_connection redshift_data_share_authorization glue_connection glue_job
    glue_crawler appsync_datasource directory_service_region codepipeline ssmincidents_replication_set
    bedrock_inference_profile bedrock_model_invocation_logging_configuration cloudfront_distribution api_gateway_integration
    auditmanager_framework_share pinpoint_sms_channel pinpoint_event_stream chatbot_slack_channel_configuration`,
  computes: `
    instance spot_instance_request spot_fleet_request ec2_fleet autoscaling_group launch_template launch_configuration
    lambda_function lambda_alias lambda_layer_version lambda_invocation ecs_cluster ecs_service ecs_task_definition
    ecs_task_set ecs_capacity_provider eks_cluster eks_node_group eks_fargate_profile eks_addon batch_compute_environment
    batch_job_definition batch_job_queue apprunner_service lightsail_instance lightsail_container_service
    elastic_beanstalk_environment codebuild_project codebuild_fleet codepipeline emr_cluster emr_instance_group
    emr_instance_fleet emrserverless_application emrcontainers_virtual_cluster emrcontainers_job_template glue_job
    glue_crawler glue_dev_endpoint glue_ml_transform glue_workflow sagemaker_endpoint sagemaker_endpoint_configuration
    sagemaker_model sagemaker_notebook_instance sagemaker_domain sagemaker_app sagemaker_pipeline
    sagemaker_data_quality_job_definition bedrock_custom_model bedrock_provisioned_model_throughput bedrockagent_agent
    bedrockagentcore_agent_runtime bedrockagentcore_code_interpreter bedrockagentcore_browser
    kinesisanalyticsv2_application kinesis_analytics_application sfn_state_machine mwaa_environment mskconnect_connector
    synthetics_canary cloudfront_function appstream_fleet appstream_image_builder workspaces_workspace gamelift_fleet
    gamelift_game_server_group imagebuilder_image imagebuilder_image_pipeline imagebuilder_infrastructure_configuration
    ssm_association ssm_document ssm_maintenance_window_task m2_environment m2_application cloud9_environment_ec2
    dms_replication_instance db_instance rds_cluster_instance docdb_cluster_instance neptune_cluster_instance
    redshift_cluster redshiftserverless_workgroup opensearch_domain elasticsearch_domain cloudformation_stack
    cloudformation_stack_set opsworks_instance opsworks_stack fis_experiment_template datapipeline_pipeline
    drs_replication_configuration_template comprehend_entity_recognizer timestreamquery_scheduled_query ec2_host`,
  network: `
    vpc default_vpc subnet default_subnet internet_gateway egress_only_internet_gateway nat_gateway eip eip_association
    vpn_gateway vpn_connection vpn_connection_route customer_gateway ec2_carrier_gateway route route_table
    route_table_association main_route_table_association default_route_table network_acl network_acl_rule
    default_network_acl security_group security_group_rule vpc_security_group_ingress_rule vpc_security_group_egress_rule
    default_security_group network_interface network_interface_attachment vpc_peering_connection
    vpc_peering_connection_accepter ec2_transit_gateway ec2_transit_gateway_route ec2_transit_gateway_route_table
    ec2_transit_gateway_vpc_attachment ec2_transit_gateway_peering_attachment ec2_transit_gateway_connect
    networkmanager_core_network networkmanager_vpc_attachment dx_gateway dx_connection dx_lag
    dx_private_virtual_interface dx_public_virtual_interface dx_transit_virtual_interface dx_gateway_association
    vpc_endpoint vpc_endpoint_service vpc_endpoint_policy vpc_endpoint_subnet_association lb alb elb lb_listener
    lb_listener_rule lb_target_group lb_target_group_attachment networkfirewall_firewall networkfirewall_firewall_policy
    networkfirewall_rule_group networkfirewall_vpc_endpoint_association wafv2_web_acl wafv2_rule_group wafv2_ip_set
    waf_web_acl wafregional_web_acl route53_zone route53_record route53_resolver_endpoint route53_resolver_rule
    route53_resolver_firewall_rule_group route53_resolver_firewall_rule route53_zone_association globalaccelerator_accelerator
    globalaccelerator_listener globalaccelerator_endpoint_group cloudfront_distribution cloudfront_vpc_origin
    api_gateway_rest_api api_gateway_stage apigatewayv2_api apigatewayv2_stage api_gateway_vpc_link
    vpclattice_service_network vpclattice_service vpclattice_listener vpclattice_target_group ec2_client_vpn_endpoint
    ec2_client_vpn_route ec2_instance_connect_endpoint verifiedaccess_endpoint lambda_function_url db_subnet_group
    elasticache_subnet_group ec2_managed_prefix_list ec2_local_gateway_route s3outposts_endpoint efs_mount_target
    vpc_block_public_access_options vpc_dhcp_options ec2_traffic_mirror_session lightsail_instance_public_ports`,
  identity: `
    iam_user iam_role iam_group iam_policy iam_role_policy iam_user_policy iam_group_policy iam_role_policy_attachment
    iam_user_policy_attachment iam_group_policy_attachment iam_policy_attachment iam_instance_profile iam_access_key
    iam_saml_provider iam_openid_connect_provider iam_user_login_profile iam_user_ssh_key iam_virtual_mfa_device
    iam_service_linked_role iam_account_password_policy iam_group_membership iam_user_group_membership
    iam_signing_certificate iam_service_specific_credential organizations_account organizations_organization
    organizations_organizational_unit organizations_policy organizations_policy_attachment organizations_resource_policy
    organizations_delegated_administrator ssoadmin_permission_set ssoadmin_account_assignment
    ssoadmin_managed_policy_attachment ssoadmin_permission_set_inline_policy ssoadmin_application ssoadmin_trusted_token_issuer
    identitystore_user identitystore_group identitystore_group_membership cognito_user_pool cognito_user_pool_client
    cognito_identity_pool cognito_identity_provider cognito_user cognito_user_group cognito_resource_server
    cognito_identity_pool_roles_attachment s3_bucket_policy s3_bucket_acl s3_bucket_public_access_block
    s3_account_public_access_block s3_access_point s3control_access_grant s3control_bucket_policy sqs_queue_policy
    sns_topic_policy kms_grant kms_key_policy lambda_permission lambda_layer_version_permission secretsmanager_secret_policy
    ecr_repository_policy ecr_registry_policy efs_file_system_policy backup_vault_policy dynamodb_resource_policy
    kinesis_resource_policy opensearch_domain_policy elasticsearch_domain_policy cloudwatch_event_bus_policy
    cloudwatch_log_resource_policy cloudwatch_log_destination_policy api_gateway_authorizer apigatewayv2_authorizer
    api_gateway_rest_api_policy ram_resource_share ram_principal_association ram_resource_association eks_access_entry
    eks_access_policy_association eks_pod_identity_association rolesanywhere_trust_anchor rolesanywhere_profile
    lakeformation_permissions lakeformation_data_lake_settings glue_resource_policy directory_service_directory
    directory_service_trust verifiedpermissions_policy verifiedpermissions_policy_store verifiedaccess_trust_provider
    quicksight_user quicksight_group redshift_authentication_profile elasticache_user memorydb_user memorydb_acl transfer_user
    vpc_endpoint_policy vpc_endpoint_service_allowed_principal accessanalyzer_analyzer grafana_role_association iot_policy`,
  key: `
    acm_certificate iam_server_certificate acmpca_certificate_authority acmpca_certificate kms_key kms_external_key
    kms_replica_key kms_replica_external_key kms_alias kms_ciphertext kms_custom_key_store kms_grant kms_key_policy
    cloudhsm_v2_cluster cloudhsm_v2_hsm paymentcryptography_key paymentcryptography_key_alias key_pair lightsail_key_pair
    ebs_default_kms_key ebs_encryption_by_default glue_security_configuration glue_data_catalog_encryption_settings
    emr_security_configuration xray_encryption_config quicksight_key_registration bedrockagentcore_token_vault_cmk
    s3_bucket_server_side_encryption_configuration secretsmanager_secret secretsmanager_secret_version ssm_parameter
    redshift_snapshot_copy_grant redshift_hsm_configuration redshift_hsm_client_certificate route53_key_signing_key
    route53_hosted_zone_dnssec dx_macsec_key_association cloudfront_public_key cloudfront_key_group
    cloudfront_field_level_encryption_config transfer_host_key transfer_certificate iot_certificate iot_ca_certificate
    ivs_playback_key_pair rds_certificate dms_certificate iam_access_key iam_signing_certificate iam_user_ssh_key
    lb_listener_certificate ses_domain_dkim api_gateway_client_certificate networkfirewall_tls_inspection_configuration`,
  log: `
    cloudwatch_log_group cloudwatch_log_stream cloudwatch_log_subscription_filter cloudwatch_log_destination
    cloudwatch_log_delivery cloudwatch_log_delivery_destination cloudwatch_log_delivery_source cloudwatch_log_metric_filter
    cloudwatch_log_account_policy cloudwatch_log_anomaly_detector cloudwatch_log_data_protection_policy
    cloudwatch_log_index_policy cloudwatch_log_transformer cloudwatch_metric_alarm cloudwatch_composite_alarm
    cloudwatch_metric_stream cloudwatch_dashboard cloudwatch_contributor_insight_rule cloudtrail cloudtrail_event_data_store
    flow_log config_configuration_recorder config_config_rule config_conformance_pack config_configuration_aggregator
    config_delivery_channel config_retention_configuration guardduty_detector guardduty_detector_feature guardduty_filter
    guardduty_member guardduty_publishing_destination securityhub_account securityhub_insight
    securityhub_standards_subscription securityhub_finding_aggregator securityhub_member securitylake_data_lake
    securitylake_aws_log_source securitylake_custom_log_source securitylake_subscriber macie2_account
    macie2_classification_job macie2_findings_filter macie2_classification_export_configuration inspector2_enabler
    inspector_assessment_template detective_graph detective_member s3_bucket_logging s3_bucket_inventory
    s3control_storage_lens_configuration route53_query_log route53_resolver_query_log_config
    route53_resolver_query_log_config_association wafv2_web_acl_logging_configuration networkfirewall_logging_configuration
    vpclattice_access_log_subscription verifiedaccess_instance_logging_configuration api_gateway_account api_gateway_stage
    api_gateway_method_settings apigatewayv2_stage cloudfront_realtime_log_config cloudfront_monitoring_subscription
    rds_cluster_activity_stream redshift_logging directory_service_log_subscription cognito_log_delivery_configuration
    bedrock_model_invocation_logging_configuration chime_voice_connector_logging ivschat_logging_configuration
    iot_logging_options msk_cluster oam_link oam_sink observabilityadmin_centralization_rule_for_organization
    prometheus_workspace prometheus_rule_group_namespace prometheus_alert_manager_definition grafana_workspace
    prometheus_scraper xray_group xray_sampling_rule rum_app_monitor rum_metrics_destination internetmonitor_monitor
    networkmonitor_monitor networkflowmonitor_monitor workspacesweb_session_logger evidently_project
    resourceexplorer2_index ses_event_destination sfn_state_machine lambda_function`,
  inert: `
    accessanalyzer_archive_rule acm_certificate_validation app_cookie_stickiness_policy lb_cookie_stickiness_policy
    lightsail_lb_stickiness_policy appautoscaling_policy appautoscaling_scheduled_action appautoscaling_target
    autoscaling_policy autoscaling_schedule autoscalingplans_scaling_plan
    appconfig_application appconfig_environment appconfig_deployment_strategy athena_capacity_reservation
    ec2_capacity_reservation ec2_capacity_block_reservation elasticache_reserved_cache_node rds_reserved_instance
    backup_framework backup_vault_lock_configuration backup_region_settings batch_scheduling_policy
    ce_anomaly_monitor ce_cost_allocation_tag ce_cost_category costoptimizationhub_enrollment_status
    costoptimizationhub_preferences invoicing_invoice_unit computeoptimizer_enrollment_status
    computeoptimizer_recommendation_preferences codedeploy_app codedeploy_deployment_config cloudfront_response_headers_policy
    cloudfront_cache_policy ecr_lifecycle_policy ecr_registry_scanning_configuration ecr_account_setting
    ec2_default_credit_specification ec2_instance_state rds_instance_state elastictranscoder_preset emr_managed_scaling_policy
    glue_classifier glue_partition_index iot_billing_group iot_thing_group iot_thing_group_membership iot_thing_type
    imagebuilder_lifecycle_policy licensemanager_license_configuration licensemanager_association placement_group
    prometheus_workspace_configuration opensearchserverless_lifecycle_policy quicksight_template_alias
    redshift_scheduled_action redshift_usage_limit redshiftserverless_usage_limit resiliencehub_resiliency_policy
    resourcegroups_group resourcegroups_resource route53recoveryreadiness_cell route53recoveryreadiness_recovery_group
    s3_bucket_lifecycle_configuration s3_bucket_intelligent_tiering_configuration s3_bucket_object_lock_configuration
    s3_bucket_request_payment_configuration scheduler_schedule_group servicecatalog_portfolio servicecatalog_tag_option
    servicequotas_service_quota servicequotas_template ses_domain_identity_verification ses_template
    ssm_maintenance_window ssm_patch_group ssm_default_patch_baseline synthetics_group vpc_ipam_preview_next_cidr
    networkmanager_site networkmanager_device networkmanager_link api_gateway_model api_gateway_documentation_part
    api_gateway_usage_plan api_gateway_request_validator appsync_type bedrock_guardrail_version auditmanager_control`,
};

/** What the notes on residency name as taking data elsewhere, or letting it be taken. */
const RESIDENCY = `
  account_region ami_copy ami_launch_permission amplify_app api_gateway_rest_api api_gateway_stage appflow_flow
  appsync_datasource athena_workgroup auditmanager_framework_share backup_global_settings backup_plan backup_report_plan
  backup_vault_policy bcmdataexports_export bedrock_guardrail bedrock_inference_profile bedrockagent_agent
  chime_voice_connector cloudformation_stack_instances cloudfront_distribution cloudfront_key_value_store
  cloudfront_realtime_log_config cloudtrail cloudwatch_event_api_destination cloudwatch_event_endpoint
  cloudwatch_event_target cloudwatch_log_account_policy cloudwatch_log_delivery cloudwatch_log_destination codepipeline
  cognito_user_pool config_aggregate_authorization config_configuration_aggregator config_delivery_channel
  db_cluster_snapshot db_instance db_snapshot docdb_global_cluster dsql_cluster dsql_cluster_peering dynamodb_table
  ebs_snapshot_block_public_access ec2_image_block_public_access elasticache_global_replication_group elb fsx_backup
  fsx_file_cache glue_catalog_database glue_catalog_table imagebuilder_distribution_configuration keyspaces_keyspace
  kms_custom_key_store kms_external_key kms_key kms_replica_key lakeformation_permissions lb lightsail_distribution
  memorydb_cluster memorydb_multi_region_cluster mq_broker neptune_global_cluster networkmanager_core_network
  oam_sink_policy organizations_policy ram_principal_association ram_resource_share rds_cluster rds_global_cluster
  redshift_data_share_consumer_association route53_health_check route53_record route53_zone s3_access_point s3_bucket
  s3_bucket_website_configuration s3_directory_bucket s3control_access_grant s3tables_table_bucket_replication
  secretsmanager_secret sfn_state_machine snapshot_create_volume_permission ssm_parameter timestreamwrite_table vpc_ipam
  vpn_connection wafv2_web_acl`;

const names = (list: string) =>
  list
    .trim()
    .split(/\s+/)
    .map((name) => `aws_${name}`);

describe('the classification', () => {
  test('has one row for every type of 6.25.0 and of 5.100.0, and none for anything else', () => {
    // A type with two rows is refused when the tables are read.
    expect(classifiedTypes().toSorted()).toEqual(TYPES);
  });

  test('gives every type a reason of some words, and inert to no type that is anything else', () => {
    const rows = TYPES.map((type) => classOf(type));
    expect(rows.filter((row) => (row?.reason ?? '').split(' ').length < 2)).toEqual([]);
    expect(rows.filter((row) => row?.classes.length === 0)).toEqual([]);
    expect(rows.filter((row) => row?.classes.includes('inert') && row.classes.length > 1)).toEqual([]);
  });

  test('names classes in one order', () => {
    const order = (type: string) => classOf(type)?.classes.map((name) => RESOURCE_CLASSES.indexOf(name)) ?? [];
    expect(TYPES.filter((type) => order(type).some((index, at, all) => index <= (all[at - 1] ?? -1)))).toEqual([]);
  });

  test.each(RESOURCE_CLASSES)('knows what is known to be of the class %s', (name) => {
    const known = names(KNOWN[name]);
    expect(new Set(known).size).toBe(known.length);
    expect(known.length).toBeGreaterThanOrEqual(name === 'key' ? 50 : 80);
    expect(known.filter((type) => !classOf(type)?.classes.includes(name))).toEqual([]);
  });

  test.each(['stores', 'moves'] as const)('calls nothing inert that is known to be of the class %s', (name) => {
    expect(names(KNOWN[name]).filter((type) => classOf(type)?.classes.includes('inert'))).toEqual([]);
  });

  test('has as many types of each class as were judged', () => {
    expect(Object.fromEntries(RESOURCE_CLASSES.map((name) => [name, ofClass(name).length]))).toMatchInlineSnapshot(`
      {
        "computes": 235,
        "identity": 393,
        "inert": 134,
        "key": 72,
        "log": 213,
        "moves": 484,
        "network": 520,
        "stores": 372,
      }
    `);
  });

  test('knows no type of another provider, nor a property of every object', () => {
    expect(['random_id', 'aws_quantum_vault', 'constructor', '__proto__'].map(classOf)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  test('is what the installed bindings say where nobody judged', () => {
    const script = 'scripts/generate-argument-classes.ts';
    expect(() => execFileSync(process.execPath, ['--import', 'tsx', script, '--check'])).not.toThrow();
  });
});

describe('nothing is inert that', () => {
  const inert = (types: readonly string[]) => types.filter((type) => classOf(type)?.classes.includes('inert'));

  test('ENC-005 takes for a data store', () => {
    const types = [...STORES['ENC-005'].keys()];
    expect(types.length).toBeGreaterThan(40);
    // A grant to copy snapshots keeps nothing itself.
    expect(types.filter((type) => !classOf(type)?.classes.includes('stores'))).toEqual([
      'aws_redshift_snapshot_copy_grant',
    ]);
    expect(inert(types)).toEqual([]);
  });

  test('has an argument for an encryption key', () => {
    const types = KEY_ARGUMENTS.trim()
      .split('\n')
      .map((row) => `aws_${row.split(' ')[0]}`);
    expect(types.length).toBeGreaterThan(150);
    expect(inert(types)).toEqual([]);
  });

  test('NET-011 takes for compute or a door', () => {
    expect(OFF_VPC.length).toBeGreaterThan(40);
    expect(inert(OFF_VPC.map(({ type }) => type))).toEqual([]);
    const computes = OFF_VPC.filter(({ role }) => role === 'compute').map(({ type }) => type);
    expect(computes.filter((type) => !classOf(type)?.classes.includes('computes'))).toEqual([]);
  });

  test('the network proof takes for carrying traffic', () => {
    const carries = TYPES.filter((type) => ['modelled', 'unmodelled'].includes(trafficClassOf(type)?.kind ?? ''));
    expect(carries.length).toBeGreaterThan(100);
    expect(inert(carries)).toEqual([]);
  });

  test('is named where residency may be lost', () => {
    expect(names(RESIDENCY).filter((type) => classOf(type) === null)).toEqual([]);
    expect(inert(names(RESIDENCY))).toEqual([]);
  });
});

test('docs/coverage.md has the numbers of types', () => {
  const page = readFileSync('docs/coverage.md', 'utf8');
  const told = Array.from(page.matchAll(/^\| `(\w+)` +\| +(\d+) \|/gm), ([, name, number]) => [name, Number(number)]);
  expect(told).toEqual(RESOURCE_CLASSES.map((name) => [name, ofClass(name).length]));
});
