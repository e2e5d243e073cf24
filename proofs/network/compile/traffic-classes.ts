import type { Condition } from '../../../model/aws/off-vpc-compute.ts';

/*
 * What the types of the provider mean for the network. Names are without their prefix `aws_`; `service: a b` stands for
 * `service_a service_b`, and `-` for the type that is called as the service is. A type must stand in exactly one of the
 * tables, or be of a service whose types carry nothing; a test demands it of every type that is known.
 */

/** Services none of whose types sends, takes or leads packets of the estate. */
export const SILENT_SERVICES = `
accessanalyzer account acm acmpca ami app appautoscaling appconfig applicationinsights athena auditmanager
autoscalingplans backup bcmdataexports bedrock billing budgets ce cleanrooms cloudfrontkeyvaluestore cloudtrail
codeartifact codecommit codedeploy codeguruprofiler codegurureviewer codestarnotifications comprehend computeoptimizer
config controltower costoptimizationhub cur customerprofiles dataexchange datazone detective devopsguru dlm dynamodb
ebs ecr ecrpublic elastictranscoder evidently fis flow glacier guardduty iam identitystore inspector inspector2
internetmonitor invoicing key keyspaces lakeformation lex lexv2models licensemanager load location macie2
networkflowmonitor networkmonitor notifications notificationscontacts oam observabilityadmin organizations
paymentcryptography placement proxy qbusiness qldb rbin redshiftdata rekognition resiliencehub resourceexplorer2
resourcegroups rolesanywhere route53domains route53recoverycontrolconfig route53recoveryreadiness s3 s3control s3tables
s3vectors scheduler schemas secretsmanager securityhub securitylake servicecatalogappregistry servicequotas shield
signer simpledb snapshot sqs ssm ssmcontacts ssmincidents ssmquicksetup ssoadmin storagegateway swf timestreamquery
timestreamwrite transcribe verifiedpermissions volume waf wafregional wafv2 xray
`;

/** Types of the other services that carry nothing. */
export const SILENT = `
alb: listener_certificate
amplify: backend_environment branch domain_association webhook
api_gateway: account api_key authorizer base_path_mapping client_certificate deployment documentation_part
api_gateway: documentation_version domain_name domain_name_access_association gateway_response integration_response
api_gateway: method method_response method_settings model request_validator resource rest_api_policy
api_gateway: stage usage_plan usage_plan_key
apigatewayv2: api_mapping authorizer deployment domain_name integration_response model route route_response stage
appfabric: app_authorization app_authorization_connection app_bundle ingestion_destination
appflow: connector_profile
appintegrations: event_integration
apprunner: auto_scaling_configuration_version connection custom_domain_association
apprunner: default_auto_scaling_configuration_version deployment observability_configuration vpc_ingress_connection
appstream: directory_config fleet_stack_association stack user user_stack_association
appsync: api_cache api_key channel_namespace datasource domain_name domain_name_api_association function resolver
appsync: source_api_association type
autoscaling: group_tag lifecycle_hook notification policy schedule
batch: job_definition job_queue scheduling_policy
bedrockagent: agent agent_action_group agent_alias agent_collaborator agent_knowledge_base_association flow
bedrockagent: knowledge_base prompt
bedrockagentcore: agent_runtime_endpoint api_key_credential_provider memory memory_strategy
bedrockagentcore: oauth2_credential_provider token_vault_cmk workload_identity
chime: voice_connector_group voice_connector_logging voice_connector_origination voice_connector_streaming
chime: voice_connector_termination voice_connector_termination_credentials
chimesdkmediapipelines: media_insights_pipeline_configuration
chimesdkvoice: global_settings sip_media_application sip_rule voice_profile_domain
cloud9: environment_membership
cloudformation: type
cloudfront: cache_policy continuous_deployment_policy field_level_encryption_config field_level_encryption_profile
cloudfront: function key_group key_value_store monitoring_subscription origin_access_control origin_access_identity
cloudfront: origin_request_policy public_key realtime_log_config response_headers_policy
cloudsearch: domain_service_access_policy
cloudwatch: composite_alarm contributor_insight_rule contributor_managed_insight_rule dashboard event_archive event_bus
cloudwatch: event_bus_policy event_endpoint event_permission event_rule event_target log_account_policy
cloudwatch: log_anomaly_detector log_data_protection_policy log_delivery log_delivery_destination
cloudwatch: log_delivery_destination_policy log_delivery_source log_destination log_destination_policy log_group
cloudwatch: log_index_policy log_metric_filter log_resource_policy log_stream log_subscription_filter log_transformer
cloudwatch: metric_alarm metric_stream query_definition
codebuild: report_group resource_policy source_credential webhook
codecatalyst: project source_repository
codeconnections: connection
codepipeline: - custom_action_type
codestarconnections: connection
cognito: identity_pool identity_pool_provider_principal_tag identity_pool_roles_attachment identity_provider
cognito: log_delivery_configuration managed_login_branding managed_user_pool_client resource_server risk_configuration
cognito: user user_group user_in_group user_pool user_pool_client user_pool_ui_customization
connect: bot_association contact_flow contact_flow_module hours_of_operation instance_storage_config
connect: lambda_function_association phone_number phone_number_contact_flow_association queue quick_connect
connect: routing_profile security_profile user user_hierarchy_group user_hierarchy_structure vocabulary
datapipeline: pipeline
datasync: agent location_azure_blob location_efs location_fsx_lustre_file_system location_fsx_ontap_file_system
datasync: location_fsx_openzfs_file_system location_fsx_windows_file_system location_hdfs location_nfs
datasync: location_object_storage location_s3 location_smb
dax: parameter_group subnet_group
db: cluster_snapshot event_subscription instance_automated_backups_replication instance_role_association option_group
db: parameter_group proxy_default_target_group proxy_target snapshot snapshot_copy subnet_group
default: vpc_dhcp_options
devicefarm: device_pool instance_profile network_profile upload
directory_service: conditional_forwarder log_subscription radius_settings shared_directory
directory_service: shared_directory_accepter trust
dms: certificate endpoint event_subscription replication_subnet_group replication_task s3_endpoint
docdb: cluster_parameter_group cluster_snapshot event_subscription global_cluster subnet_group
dsql: cluster_peering
dx: bgp_peer connection connection_association connection_confirmation hosted_connection lag macsec_key_association
ec2: allowed_images_settings availability_zone_group capacity_block_reservation capacity_reservation
ec2: default_credit_specification host managed_prefix_list managed_prefix_list_entry image_block_public_access instance_metadata_defaults instance_state
ec2: network_insights_analysis network_insights_path serial_console_access subnet_cidr_reservation tag
ec2: traffic_mirror_filter_rule
ecs: account_setting_default capacity_provider cluster cluster_capacity_providers tag task_definition
efs: access_point backup_policy file_system file_system_policy replication_configuration
eip: domain_name
eks: access_entry access_policy_association addon identity_provider_config pod_identity_association
elastic_beanstalk: application application_version configuration_template
elasticache: global_replication_group parameter_group reserved_cache_node subnet_group user user_group
elasticache: user_group_association
elasticsearch: domain_policy domain_saml_options
emr: block_public_access_configuration managed_scaling_policy security_configuration studio_session_mapping
emrcontainers: job_template virtual_cluster
finspace: kx_database kx_dataview kx_scaling_group kx_user kx_volume
fms: admin_account resource_set
fsx: backup data_repository_association ontap_storage_virtual_machine ontap_volume openzfs_snapshot openzfs_volume
fsx: s3_access_point_attachment
gamelift: alias build game_session_queue script
globalaccelerator: accelerator custom_routing_accelerator custom_routing_listener
glue: catalog_database catalog_table catalog_table_optimizer classifier crawler data_catalog_encryption_settings
glue: data_quality_ruleset ml_transform partition partition_index registry resource_policy schema
glue: security_configuration trigger user_defined_function workflow
grafana: license_association role_association workspace_api_key workspace_saml_configuration workspace_service_account
grafana: workspace_service_account_token
imagebuilder: component container_recipe distribution_configuration image image_pipeline image_recipe lifecycle_policy
imagebuilder: workflow
iot: authorizer billing_group ca_certificate certificate event_configurations indexing_configuration logging_options
iot: policy policy_attachment provisioning_template role_alias thing thing_group thing_group_membership
iot: thing_principal_attachment thing_type
ivs: playback_key_pair recording_configuration
ivschat: logging_configuration
kendra: experience faq index query_suggestions_block_list thesaurus
kinesis: resource_policy stream stream_consumer video_stream analytics_application
kinesisanalyticsv2: application_snapshot
kms: alias ciphertext external_key grant key key_policy replica_external_key replica_key
lambda: alias code_signing_config event_source_mapping function_event_invoke_config function_recursion_config invocation
lambda: layer_version layer_version_permission permission provisioned_concurrency_config runtime_management_config
lb: cookie_stickiness_policy listener_certificate ssl_negotiation_policy trust_store trust_store_revocation
lightsail: bucket bucket_access_key bucket_resource_access certificate container_service_deployment_version disk
lightsail: disk_attachment domain domain_entry instance_public_ports key_pair lb_attachment lb_certificate
lightsail: lb_certificate_attachment lb_https_redirection_policy lb_stickiness_policy static_ip static_ip_attachment
m2: application deployment
media: convert_queue store_container_policy
medialive: input_security_group multiplex multiplex_program
memorydb: acl multi_region_cluster parameter_group snapshot subnet_group user
mq: configuration
msk: cluster_policy configuration scram_secret_association single_scram_secret_association
mskconnect: custom_plugin worker_configuration
neptune: cluster_endpoint cluster_parameter_group cluster_snapshot event_subscription global_cluster parameter_group
neptune: subnet_group
networkfirewall: firewall_policy logging_configuration resource_policy rule_group tls_inspection_configuration
networkmanager: connection customer_gateway_association device global_network link link_association site
networkmanager: transit_gateway_connect_peer_association transit_gateway_registration
opensearch: authorize_vpc_endpoint_access domain_policy domain_saml_options inbound_connection_accepter package
opensearch: package_association
opensearchserverless: access_policy collection lifecycle_policy security_config
pinpoint: adm_channel apns_channel apns_sandbox_channel apns_voip_channel apns_voip_sandbox_channel baidu_channel
pinpoint: email_channel email_template event_stream gcm_channel sms_channel
pinpointsmsvoicev2: configuration_set opt_out_list
prometheus: alert_manager_definition query_logging_configuration resource_policy rule_group_namespace workspace
prometheus: workspace_configuration
quicksight: account_settings account_subscription analysis custom_permissions dashboard data_set data_source folder
quicksight: folder_membership group group_membership iam_policy_assignment ingestion ip_restriction key_registration
quicksight: namespace refresh_schedule role_custom_permission role_membership template template_alias theme user
quicksight: user_custom_permission
rds: certificate cluster_activity_stream cluster_endpoint cluster_parameter_group cluster_role_association
rds: cluster_snapshot_copy custom_db_engine_version export_task global_cluster instance_state integration
rds: reserved_instance
redshift: authentication_profile cluster_iam_roles cluster_snapshot data_share_authorization
redshift: data_share_consumer_association event_subscription hsm_client_certificate hsm_configuration integration logging
redshift: parameter_group partner resource_policy scheduled_action snapshot_copy snapshot_copy_grant snapshot_schedule
redshift: snapshot_schedule_association subnet_group usage_limit
redshiftserverless: custom_domain_association namespace resource_policy snapshot usage_limit
route53: cidr_collection cidr_location delegation_set health_check hosted_zone_dnssec key_signing_key query_log record
route53: records_exclusive resolver_config resolver_dnssec_config resolver_query_log_config
route53: resolver_query_log_config_association traffic_policy traffic_policy_instance vpc_association_authorization zone
route53: zone_association
rum: metrics_destination
sagemaker: app app_image_config code_repository device device_fleet endpoint endpoint_configuration feature_group
sagemaker: flow_definition hub human_task_ui image image_version mlflow_tracking_server model_package_group
sagemaker: model_package_group_policy monitoring_schedule notebook_instance_lifecycle_configuration project
sagemaker: servicecatalog_portfolio_status space studio_lifecycle_config user_profile workteam
service_discovery: http_namespace instance private_dns_namespace public_dns_namespace service
servicecatalog: budget_resource_association constraint organizations_access portfolio portfolio_share
servicecatalog: principal_portfolio_association product product_portfolio_association provisioning_artifact
servicecatalog: service_action tag_option tag_option_resource_association
ses: active_receipt_rule_set configuration_set domain_dkim domain_identity_verification domain_mail_from
ses: event_destination identity_notification_topic identity_policy receipt_filter receipt_rule_set template
sesv2: account_suppression_attributes account_vdm_attributes configuration_set configuration_set_event_destination
sesv2: contact_list dedicated_ip_assignment dedicated_ip_pool email_identity_feedback_attributes
sesv2: email_identity_mail_from_attributes email_identity_policy
sfn: activity alias
sns: platform_application sms_preferences topic topic_data_protection_policy topic_policy
spot: datafeed_subscription
synthetics: group group_association
transfer: access agreement certificate host_key profile ssh_key tag user web_app_customization workflow
verifiedaccess: group instance instance_logging_configuration instance_trust_provider_attachment trust_provider
vpc: dhcp_options dhcp_options_association encryption_control endpoint_connection_notification
vpc: endpoint_policy endpoint_private_dns endpoint_service_private_dns_verification ipam ipam_organization_admin_account
vpc: ipam_pool ipam_pool_cidr ipam_pool_cidr_allocation ipam_preview_next_cidr ipam_resource_discovery
vpc: ipam_resource_discovery_association ipam_scope network_performance_metric_subscription
vpclattice: access_log_subscription auth_policy domain_verification resource_policy
worklink: website_certificate_authority_association
workspaces: connection_alias ip_group
workspacesweb: browser_settings browser_settings_association data_protection_settings
workspacesweb: data_protection_settings_association identity_provider ip_access_settings ip_access_settings_association
workspacesweb: session_logger session_logger_association trust_store trust_store_association
workspacesweb: user_access_logging_settings user_access_logging_settings_association user_settings
workspacesweb: user_settings_association
`;

/** Types that a phase of the compilation reads and marks as understood, resource by resource. */
export const MODELLED = `
alb: - listener listener_rule target_group target_group_attachment
api_gateway: integration rest_api_put vpc_link
apigatewayv2: integration vpc_link
apprunner: vpc_connector
autoscaling: attachment group traffic_source_attachment
batch: compute_environment
cloudfront: vpc_origin
cloudhsm: v2_cluster v2_hsm
codebuild: fleet project
customer: gateway
dax: cluster
db: instance proxy proxy_endpoint
default: network_acl route_table security_group subnet vpc
directory_service: directory
dms: replication_config replication_instance
docdb: cluster cluster_instance
docdbelastic: cluster
dx: gateway gateway_association gateway_association_proposal hosted_private_virtual_interface
dx: hosted_private_virtual_interface_accepter hosted_public_virtual_interface hosted_public_virtual_interface_accepter
dx: hosted_transit_virtual_interface hosted_transit_virtual_interface_accepter private_virtual_interface
dx: public_virtual_interface transit_virtual_interface
ec2: carrier_gateway client_vpn_authorization_rule client_vpn_endpoint client_vpn_network_association client_vpn_route
ec2: fleet instance_connect_endpoint local_gateway_route local_gateway_route_table_vpc_association traffic_mirror_filter
ec2: traffic_mirror_session traffic_mirror_target transit_gateway
ec2: transit_gateway_connect transit_gateway_connect_peer transit_gateway_default_route_table_association
ec2: transit_gateway_default_route_table_propagation transit_gateway_peering_attachment
ec2: transit_gateway_peering_attachment_accepter transit_gateway_policy_table
ec2: transit_gateway_policy_table_association transit_gateway_prefix_list_reference transit_gateway_route
ec2: transit_gateway_route_table transit_gateway_route_table_association transit_gateway_route_table_propagation
ec2: transit_gateway_vpc_attachment transit_gateway_vpc_attachment_accepter
ecs: service task_set
efs: mount_target
egress: only_internet_gateway
eip: - association
eks: cluster fargate_profile node_group
elasticache: cluster replication_group serverless_cache
elasticsearch: domain vpc_endpoint
elb: - attachment
emr: cluster instance_fleet instance_group studio
emrserverless: application
fsx: file_cache lustre_file_system ontap_file_system openzfs_file_system windows_file_system
globalaccelerator: custom_routing_endpoint_group endpoint_group listener
glue: connection dev_endpoint
grafana: workspace
instance: -
internet: gateway gateway_attachment
kinesis: firehose_delivery_stream
kinesisanalyticsv2: application
lambda: capacity_provider function
launch: configuration template
lb: - listener listener_rule target_group target_group_attachment
m2: environment
main: route_table_association
memorydb: cluster
mq: broker
msk: cluster serverless_cluster
mskconnect: connector
mwaa: environment
nat: gateway gateway_eip_association
neptune: cluster cluster_instance
network: acl acl_association acl_rule interface interface_attachment interface_permission interface_sg_attachment
networkfirewall: firewall firewall_transit_gateway_attachment_accepter vpc_endpoint_association
networkmanager: attachment_accepter connect_attachment connect_peer core_network core_network_policy_attachment
networkmanager: dx_gateway_attachment site_to_site_vpn_attachment transit_gateway_peering
networkmanager: transit_gateway_route_table_attachment vpc_attachment
opensearch: domain vpc_endpoint
opensearchserverless: vpc_endpoint
osis: pipeline
prometheus: scraper
ram: principal_association resource_association resource_share resource_share_accepter sharing_with_organization
rds: cluster cluster_instance shard_group
redshift: cluster endpoint_access
redshiftserverless: endpoint_access workgroup
route: - table table_association
route53: resolver_endpoint resolver_firewall_config resolver_firewall_domain_list resolver_firewall_rule
route53: resolver_firewall_rule_group resolver_firewall_rule_group_association resolver_rule resolver_rule_association
route53profiles: association profile resource_association
s3outposts: endpoint
sagemaker: domain model notebook_instance
security: group group_rule
spot: fleet_request instance_request
subnet: -
synthetics: canary
timestreaminfluxdb: db_cluster db_instance
transfer: server
verifiedaccess: endpoint
vpc: - block_public_access_exclusion block_public_access_options endpoint endpoint_connection_accepter
vpc: endpoint_route_table_association endpoint_security_group_association endpoint_service
vpc: endpoint_service_allowed_principal endpoint_subnet_association ipv4_cidr_block_association
vpc: ipv6_cidr_block_association peering_connection peering_connection_accepter peering_connection_options
vpc: security_group_egress_rule security_group_ingress_rule security_group_vpc_association
vpclattice: listener listener_rule resource_configuration resource_gateway service service_network
vpclattice: service_network_resource_association service_network_service_association
vpclattice: service_network_vpc_association target_group target_group_attachment
vpn: concentrator connection connection_route gateway gateway_attachment gateway_route_propagation
`;

export interface UnmodelledTypes {
  /** A clause, for `Unmodelled.reason`. */
  readonly reason: string;
  readonly types: string;
  /** Only resources for which these hold; absent: all. */
  readonly when?: readonly Condition[];
}

/** Types that carry traffic, or make what does, in a way that nothing here models: why, and which. */
export const UNMODELLED: readonly UnmodelledTypes[] = [
  {
    reason: 'makes resources from a template, which Terraform does not show',
    types: `
cloudcontrolapi: resource
cloudformation: stack stack_instances stack_set stack_set_instance
datapipeline: pipeline_definition
ecs: express_gateway_service
elastic_beanstalk: environment
serverlessapplicationrepository: cloudformation_stack
servicecatalog: provisioned_product
`,
  },
  {
    reason: 'makes instances by itself, in a network that Terraform does not show',
    types: `
drs: replication_configuration_template
gamelift: game_server_group
imagebuilder: infrastructure_configuration
opsworks: application custom_layer ecs_cluster_layer ganglia_layer haproxy_layer instance java_app_layer memcached_layer
opsworks: mysql_layer nodejs_app_layer permission php_app_layer rails_app_layer rds_db_instance stack static_web_layer
opsworks: user_profile
`,
  },
  {
    reason: 'carries traffic by routes that only its BGP peers know',
    types:
      'vpc: route_server route_server_endpoint route_server_peer route_server_propagation route_server_vpc_association',
  },
  {
    reason: 'copies packets to every member of a multicast group',
    types: `
ec2: transit_gateway_multicast_domain transit_gateway_multicast_domain_association transit_gateway_multicast_group_member
ec2: transit_gateway_multicast_group_source
`,
  },
  {
    reason: 'is a network of Oracle Database@AWS with routes and peers of its own',
    types: `
odb: cloud_autonomous_vm_cluster cloud_exadata_infrastructure cloud_vm_cluster network network_peering_connection
`,
  },
  {
    reason: 'routes requests between services by proxies that the estate does not show',
    types: 'appmesh: gateway_route mesh route virtual_gateway virtual_node virtual_router virtual_service',
  },
  {
    reason: 'gives people on the Internet a desktop, a browser or reports inside a VPC',
    types: `
appstream: fleet image_builder
quicksight: vpc_connection
worklink: fleet
workspaces: directory workspace
workspacesweb: network_settings network_settings_association portal
`,
  },
  {
    reason: 'has a network of its own that reaches into VPCs',
    types: `
directory_service: region
finspace: kx_cluster kx_environment
iot: topic_rule_destination
msk: replicator vpc_connection
redshift: endpoint_authorization
`,
  },
  {
    reason: 'reaches into a VPC from a network of AWS',
    types: `
codeconnections: host
codestarconnections: host
`,
    when: [{ kind: 'present', path: ['vpc_configuration'] }],
  },
  {
    reason: 'reaches into a VPC from a network of AWS',
    types: 'medialive: channel input',
    when: [{ kind: 'present', path: ['vpc'] }],
  },
  {
    reason: 'reaches into a VPC by VPC Lattice',
    types: 'cloudwatch: event_connection',
    when: [{ kind: 'present', path: ['invocation_connectivity_parameters'] }],
  },
  {
    reason: 'may add firewalls, lists and security groups of its own while the estate runs',
    types: 'fms: policy',
  },
  {
    reason: 'opens endpoints of an accelerator to another account',
    types: 'globalaccelerator: cross_account_attachment',
  },
];
