/**
 * Resource types of hashicorp/aws that were judged by hand: classes and reason, then the types without their prefix
 * `aws_`. Every type is named, because the types of one service differ. They win over those classified by their arguments
 * (`argument-classes.generated.ts`), and are the only ones that can be inert: no absence of an argument shows that.
 *
 * inert: keeps no content, sends none, processes none, opens no way and grants nothing. What a setting bears on has a row
 * of its own.
 */
export const JUDGED_CLASSES = `
identity | finds or records who has access; its findings name principals and resources
accessanalyzer_analyzer
inert | marks findings of the analyser as expected
accessanalyzer_archive_rule
identity | name, address and telephone of a contact of the account, kept by AWS beside the account
account_alternate_contact account_primary_contact
moves | opens a Region in which data can then be placed
account_region

key | a certificate and its private key, used by endpoints of its Region
lightsail_certificate lightsail_lb_certificate
inert | waits until a certificate is issued
acm_certificate_validation
key | issues certificates; the private key of the authority is kept by AWS
acmpca_certificate
moves+key | issues certificates; writes lists of revoked ones to a bucket where it says so
acmpca_certificate_authority

network | passes traffic on to its targets
lightsail_lb
moves+network+log | passes traffic on to its targets, and logs it to a bucket where it says so
alb lb elb
network | decides which traffic a load balancer takes, and where it goes
alb_listener alb_listener_rule lb_listener lb_listener_rule load_balancer_listener_policy
load_balancer_backend_server_policy
network | where a load balancer sends traffic
alb_target_group_attachment lb_target_group_attachment elb_attachment lightsail_lb_attachment autoscaling_attachment
autoscaling_traffic_source_attachment
key | binds a certificate to an endpoint
alb_listener_certificate lb_listener_certificate lightsail_lb_certificate_attachment
network | protocols that an endpoint accepts
lb_ssl_negotiation_policy load_balancer_policy proxy_protocol_policy lightsail_lb_https_redirection_policy
inert | keeps the requests of a client with one target
app_cookie_stickiness_policy lb_cookie_stickiness_policy lightsail_lb_stickiness_policy
identity | certificates by which clients of a listener are trusted, or no longer
lb_trust_store lb_trust_store_revocation

stores+computes | an image: disks that instances start with
ami ami_from_instance
stores+moves+computes | a copy of an image or snapshot, from where the source lies
ami_copy ebs_snapshot_copy
moves+identity | gives another account an image or a snapshot
ami_launch_permission snapshot_create_volume_permission

moves+computes+network | builds a web application from a repository and serves it from all edge locations
amplify_app amplify_branch
moves+network | serves the application under a name, from all edge locations
amplify_domain_association
computes | a backend environment of a hosted application
amplify_backend_environment
network | an address that anyone who knows it can call to start something
amplify_webhook codebuild_webhook codepipeline_webhook

identity+log | role by which the service writes its logs
api_gateway_account
moves+network | an API: requests enter through it and are passed on
api_gateway_rest_api api_gateway_rest_api_put apigatewayv2_api appsync_api appsync_graphql_api
identity | a credential that callers of an API show
api_gateway_api_key appsync_api_key wafv2_api_key
identity | decides who may call the API
api_gateway_authorizer apigatewayv2_authorizer api_gateway_usage_plan_key api_gateway_domain_name_access_association
network | name and certificate under which an API is reached
api_gateway_domain_name apigatewayv2_domain_name appsync_domain_name
network | joins a name of an API with the API
api_gateway_base_path_mapping apigatewayv2_api_mapping appsync_domain_name_api_association
key | certificate that the API shows to what it calls
api_gateway_client_certificate
inert | freezes the state of an API; its stage makes it reachable
apigatewayv2_deployment
network | freezes the state of an API, and publishes it where it names a stage
api_gateway_deployment
inert | describes an API in words or a schema
api_gateway_documentation_part api_gateway_documentation_version api_gateway_model apigatewayv2_model appsync_type
inert | validates or shapes what the API answers by itself
api_gateway_gateway_response api_gateway_request_validator api_gateway_method_response
api_gateway_integration_response apigatewayv2_integration_response apigatewayv2_route_response
moves | sends the requests of an API to a backend
api_gateway_integration apigatewayv2_integration
network+identity | a path of an API, and who may call it
api_gateway_method apigatewayv2_route
network | a path of an API
api_gateway_resource
log | logging, caching and limits of paths of an API
api_gateway_method_settings
stores+moves+network+log | publishes an API, caches its responses and sends logs of its calls on
api_gateway_stage apigatewayv2_stage
inert | limits how often an API is called
api_gateway_usage_plan
network | lets an API reach into a VPC
api_gateway_vpc_link

inert | changes how many units run; what runs has a row of its own
appautoscaling_policy appautoscaling_scheduled_action appautoscaling_target autoscaling_policy autoscaling_schedule
autoscalingplans_scaling_plan
inert | a grouping or rule of roll-out for configurations
appconfig_application appconfig_deployment_strategy
inert | a grouping with alarms for roll-out
appconfig_environment
stores | a configuration, whose content is the customer's
appconfig_hosted_configuration_version
moves | delivers a configuration to applications
appconfig_deployment
moves | sends events of roll-outs to an action
appconfig_extension appconfig_extension_association
moves+identity | credentials for a foreign application, from which audit logs are read
appfabric_app_authorization appfabric_app_authorization_connection
moves+log | takes audit logs of foreign applications to a destination
appfabric_ingestion appfabric_ingestion_destination
stores+moves+identity | keeps credentials of a foreign service and its address
appflow_connector_profile
stores+moves | takes data of a foreign application in
appintegrations_data_integration
moves | takes events of a foreign application in
appintegrations_event_integration
log | finds what to monitor of an application and keeps problems
applicationinsights_application
network | part of a service mesh: which service reaches which
appmesh_gateway_route appmesh_mesh appmesh_route appmesh_virtual_router appmesh_virtual_service
network+log | proxy of a service mesh: what it listens on, passes on and logs
appmesh_virtual_gateway appmesh_virtual_node

inert | bounds of how many instances run
apprunner_auto_scaling_configuration_version apprunner_default_auto_scaling_configuration_version
moves+identity | access to a repository of source code outside AWS
apprunner_connection codeconnections_connection codestarconnections_connection codeconnections_host
codestarconnections_host
network | name under which a service is reached
apprunner_custom_domain_association lightsail_domain
computes | starts a deployment of a service
apprunner_deployment
log | tracing of a service
apprunner_observability_configuration
stores+moves+computes+network | runs an image from a repository, of which it keeps a copy, and serves it, by default to the Internet
apprunner_service
identity | directory by which hosts and users are known
appstream_directory_config
computes+network+identity | a directory by which people are known, and the subnets and ways out of their desktops
workspaces_directory
inert | joins a fleet with its settings
appstream_fleet_stack_association
stores+moves | what users of streamed desktops may store, copy and where
appstream_stack
identity | a user, and what the user may open
appstream_user appstream_user_stack_association

network+identity | channels by which clients of an API hear of events, and who may
appsync_channel_namespace
moves | where an API reads and writes: tables, functions, hosts
appsync_datasource
moves | code that passes requests of an API on to a source of data
appsync_function appsync_resolver appsync_source_api_association

inert | capacity that is paid for; what runs on it has a row of its own
athena_capacity_reservation ec2_capacity_block_reservation ec2_capacity_reservation elasticache_reserved_cache_node
rds_reserved_instance
moves | lets queries reach data through a connector or another catalogue
athena_data_catalog
stores+moves | metadata of tables, and where their data and results lie
athena_database glue_catalog_database
stores | the text of a query, which may hold personal data
athena_named_query athena_prepared_statement cloudwatch_query_definition
stores+moves | writes results of queries to a bucket
athena_workgroup

stores+moves | collects evidence and writes reports of it to a bucket
auditmanager_assessment auditmanager_assessment_report
identity | hands the review of evidence to somebody
auditmanager_assessment_delegation
inert | wording of what evidence is collected
auditmanager_control auditmanager_framework
identity | makes an account the administrator of a service for the organisation
auditmanager_organization_admin_account_registration cloudtrail_organization_delegated_admin_account
detective_organization_admin_account fms_admin_account guardduty_organization_admin_account
inspector2_delegated_admin_account macie2_organization_admin_account organizations_delegated_administrator
securityhub_organization_admin_account vpc_ipam_organization_admin_account

computes+network | starts and replaces instances in subnets
autoscaling_group
identity | a label, by which access may be granted and data classed
autoscaling_group_tag dynamodb_tag ec2_tag ecs_tag transfer_tag
moves | notifies when instances start or stop
autoscaling_lifecycle_hook

inert | checks backups against rules and counts
backup_framework
moves+identity | lets backups of the organisation cross accounts
backup_global_settings
stores+moves | makes backups and copies them to vaults, of other Regions and accounts too
backup_plan
inert | which kinds of resources the service takes into account
backup_region_settings
stores | restores backups for a test, as resources beside the originals
backup_restore_testing_plan backup_restore_testing_selection
stores | which resources are backed up
backup_selection
inert | keeps backups from being deleted
backup_vault_lock_configuration
moves | notifies of backups
glacier_vault_lock

stores+moves+computes+log | what containers run with: image, volumes, and where their logs go
batch_job_definition ecs_task_definition
computes | order in which jobs get to hosts
batch_job_queue
inert | shares of hosts between jobs
batch_scheduling_policy

stores+moves+computes | a model trained on data from a bucket
bedrock_custom_model comprehend_document_classifier comprehend_entity_recognizer
stores+moves | rules by which text is filtered, in several Regions where it says so
bedrock_guardrail
inert | a frozen version of rules
bedrock_guardrail_version
moves+computes | sends prompts to models, of several Regions where the profile says so
bedrock_inference_profile
computes | capacity of a model that answers prompts
bedrock_provisioned_model_throughput
stores+moves+computes | sends prompts to a model and keeps sessions
bedrockagent_agent bedrockagent_flow
moves+computes | lets an agent call functions, other agents or read a knowledge base
bedrockagent_agent_action_group bedrockagent_agent_alias bedrockagent_agent_collaborator
bedrockagent_agent_knowledge_base_association
stores+moves | reads documents in from a bucket, web sites or foreign services
kendra_data_source
stores+moves | keeps documents as vectors, in stores of foreign services too
bedrockagent_knowledge_base
moves+computes+network | runs code of an agent
bedrockagentcore_agent_runtime_endpoint
identity | credentials of an agent towards foreign services
bedrockagentcore_api_key_credential_provider bedrockagentcore_workload_identity
stores+moves+computes+network | runs a browser for agents and records it in a bucket
bedrockagentcore_browser
computes+network | runs code that a model writes
bedrockagentcore_code_interpreter
moves+network+identity | lets agents call tools
bedrockagentcore_gateway bedrockagentcore_gateway_target
stores+computes | what is kept of conversations, extracted by a model
bedrockagentcore_memory_strategy
key | key by which a vault of tokens is encrypted
bedrockagentcore_token_vault_cmk

identity | lets others see costs
billing_view
moves | notifies people of costs
budgets_budget ce_anomaly_subscription
inert | accounts for costs; holds no content
ce_anomaly_monitor ce_cost_allocation_tag ce_cost_category costoptimizationhub_enrollment_status
costoptimizationhub_preferences invoicing_invoice_unit

moves+identity | sends alarms and answers of commands to a channel of a foreign chat service
chatbot_slack_channel_configuration chatbot_teams_channel_configuration
moves+network | carries telephone calls to and from outside
chime_voice_connector chime_voice_connector_group chime_voice_connector_origination chime_voice_connector_termination
moves+log | writes records of calls
chime_voice_connector_logging chimesdkvoice_global_settings
moves | streams the sound of calls to a video stream
chime_voice_connector_streaming
identity | credentials of telephone systems
chime_voice_connector_termination_credentials
moves+computes | analyses sound and sends what it finds on
chimesdkmediapipelines_media_insights_pipeline_configuration
moves | sends calls to functions
chimesdkvoice_sip_media_application chimesdkvoice_sip_rule

moves+identity | opens tables to queries of other accounts
cleanrooms_collaboration cleanrooms_configured_table cleanrooms_membership
stores+computes+network | an instance with a development environment
cloud9_environment_ec2
stores+moves+computes+network | makes resources of any type, out of sight of Terraform
cloudcontrolapi_resource cloudformation_stack cloudformation_stack_set cloudformation_stack_instances
cloudformation_stack_set_instance serverlessapplicationrepository_cloudformation_stack
servicecatalog_provisioned_product
computes | code that makes resources of a type
cloudformation_type

inert | rules of caching: what of a request tells answers apart, and for how long they are kept
cloudfront_cache_policy
moves+network | sends a share of viewers to another distribution
cloudfront_continuous_deployment_policy
stores+moves+network+log | takes requests in and keeps answers at all edge locations
cloudfront_distribution
key | keys by which fields of requests are encrypted
cloudfront_field_level_encryption_config cloudfront_field_level_encryption_profile
identity+key | keys by which signed requests are trusted
cloudfront_key_group cloudfront_public_key
stores+moves | values that are copied to all edge locations
cloudfront_key_value_store cloudfrontkeyvaluestore_key cloudfrontkeyvaluestore_keys_exclusive
log | more metrics of a distribution
cloudfront_monitoring_subscription
identity | by which a distribution is known to its origin
cloudfront_origin_access_control cloudfront_origin_access_identity
moves | what of a request goes on to the origin
cloudfront_origin_request_policy
moves+log | sends records of requests to a stream
cloudfront_realtime_log_config
inert | headers of answers
cloudfront_response_headers_policy
network | lets edge locations reach into a VPC
cloudfront_vpc_origin

key | hardware that holds keys
cloudhsm_v2_cluster cloudhsm_v2_hsm
stores+network | documents and their index, behind an endpoint of the Internet
cloudsearch_domain
identity | who may search and change the documents
elasticsearch_domain_policy opensearch_domain_policy
moves+log | writes what happens in the account to a bucket
cloudtrail
stores+moves+log | keeps what happens in the account, in other Regions too where it says so
cloudtrail_event_data_store
moves+log | notifies on the state of metrics
cloudwatch_composite_alarm cloudwatch_metric_alarm
log | counts in logs or metrics
cloudwatch_contributor_insight_rule cloudwatch_contributor_managed_insight_rule dynamodb_contributor_insights
s3_bucket_metric
log | shows metrics and logs, of other Regions too
cloudwatch_dashboard
stores+moves+identity | keeps credentials for addresses that events are sent to
cloudwatch_event_connection
stores | keeps events
cloudwatch_event_archive
stores+moves | passes events on
cloudwatch_event_bus
identity | who may send to a bus, a queue, a topic, a stream or a destination
cloudwatch_log_delivery_destination_policy cloudwatch_log_destination_policy
moves | which events are sent on
cloudwatch_event_rule
moves | where events are sent
cloudwatch_event_target
moves+log | sends logs on, for the whole account where it says so
cloudwatch_log_account_policy cloudwatch_log_destination cloudwatch_log_delivery cloudwatch_log_delivery_destination
cloudwatch_log_delivery_source
log | masks personal data in logs, and may send what it found on
cloudwatch_log_data_protection_policy
stores+log | logs rest in it
cloudwatch_log_stream
log | which fields of logs are indexed, or how they are rewritten
cloudwatch_log_index_policy cloudwatch_log_transformer
moves+log | sends metrics to a stream, foreign ones too
cloudwatch_metric_stream

stores+moves | packages of software, fetched from public registries where it says so
codeartifact_repository
identity | who may read and write packages or code
codecommit_approval_rule_template codecommit_approval_rule_template_association
stores+moves+computes+network+log | runs a build and writes what it makes to a bucket
codebuild_project
identity | credentials for a repository of source code
codebuild_source_credential
stores+computes | a development environment run by AWS
codecatalyst_dev_environment
stores | source code, in a service of one Region
codecatalyst_project codecatalyst_source_repository
moves | calls a topic or function when code changes
codestarnotifications_notification_rule
inert | a grouping of deployments, or their pace
codedeploy_app codedeploy_deployment_config
moves+computes | puts code on hosts
codedeploy_deployment_group
stores | what a profiler saw of running code
codeguruprofiler_profiling_group
moves+computes | reads source code to review it
codegurureviewer_repository_association
stores+moves+computes | takes code and what is built of it through stages, in several Regions where it says so
codepipeline
computes | a kind of step in a pipeline
codepipeline_custom_action_type

identity | federates users: who they are and what roles they get
cognito_identity_pool_provider_principal_tag cognito_identity_pool_roles_attachment
moves+log | sends records of sign-ins on
cognito_log_delivery_configuration
inert | colours and words of a page
cognito_managed_login_branding cognito_user_pool_ui_customization transfer_web_app_customization
stores+identity | a person's name, address and password
cognito_user identitystore_user
stores+moves+identity | users with their data; sends them e-mail and text messages
cognito_user_pool
network+identity | name under which users sign in, from all edge locations where it is a custom one
cognito_user_pool_domain

inert | recommendations on the size of resources
computeoptimizer_enrollment_status computeoptimizer_recommendation_preferences
moves+identity | lets another account or Region collect the configuration of resources
config_aggregate_authorization
moves+log | collects the configuration of resources of other accounts and Regions
config_configuration_aggregator
computes+log | judges the configuration of resources, by a function where it says so
config_config_rule config_organization_custom_rule
log | judges the configuration of resources
config_conformance_pack config_organization_conformance_pack config_organization_custom_policy_rule
config_organization_managed_rule
stores+log | records the configuration of resources
config_configuration_recorder config_configuration_recorder_status config_retention_configuration
moves+log | writes the configuration of resources to a bucket
config_delivery_channel
computes | changes resources whose configuration is judged wrong
config_remediation_configuration

moves | lets a contact centre send what customers say to a bot or function
connect_bot_association connect_lambda_function_association
stores+moves | what callers hear and what is done with their words
connect_contact_flow connect_contact_flow_module
inert | hours, queues and skills of a contact centre
connect_hours_of_operation
moves | where calls go in a contact centre
connect_queue connect_routing_profile connect_phone_number_contact_flow_association
stores+moves+network | a contact centre: calls, recordings and customers
connect_instance
moves+network | a telephone number
connect_phone_number connect_quick_connect
identity | a user of the contact centre, or its permissions
connect_user connect_user_hierarchy_group connect_user_hierarchy_structure
stores | words that are recognised
connect_vocabulary transcribe_medical_vocabulary transcribe_vocabulary transcribe_vocabulary_filter

identity | rules of the landing zone for accounts
controltower_baseline controltower_control
stores+identity+log | sets up accounts, logs and Regions of an organisation
controltower_landing_zone
stores | a customer's personal data
customerprofiles_profile
stores+moves | data that others subscribe to
dataexchange_data_set dataexchange_revision
moves+computes | takes data from one place to another in steps
datapipeline_pipeline datapipeline_pipeline_definition
moves+network | a host that reads and writes files for transfers
datasync_agent
moves | an end of a transfer of files
datasync_location_azure_blob datasync_location_efs datasync_location_fsx_lustre_file_system
datasync_location_fsx_ontap_file_system datasync_location_fsx_openzfs_file_system
datasync_location_fsx_windows_file_system datasync_location_hdfs datasync_location_nfs
datasync_location_object_storage datasync_location_smb
stores | a catalogue of data, its terms and its projects
datazone_asset_type datazone_form_type datazone_glossary datazone_glossary_term datazone_project
stores+identity | a catalogue of data and who may use it
datazone_domain
stores+moves+computes | makes resources for analysts, in other accounts and Regions where it says so
datazone_environment datazone_environment_blueprint_configuration datazone_environment_profile
identity | a user of the catalogue
datazone_user_profile

stores+network | keeps rows of tables in memory, in subnets
dax_cluster
network+log | parameters of a database engine: whether it demands TLS, and what it logs
dax_parameter_group db_parameter_group docdb_cluster_parameter_group elasticache_parameter_group
memorydb_parameter_group neptune_cluster_parameter_group neptune_parameter_group rds_cluster_parameter_group
redshift_parameter_group
moves+key | options of a database engine, such as encryption and access to buckets
db_option_group
stores+moves | a copy of a database at one moment, shared with accounts where it says so
db_cluster_snapshot db_snapshot docdb_cluster_snapshot neptune_cluster_snapshot
moves | notifies of events of databases or transfers
db_event_subscription
stores+moves+computes+network+log | a database; copied from another, of another Region too, where it says so
db_instance rds_cluster
stores+moves | backups of a database in another Region
db_instance_automated_backups_replication
identity | role by which a database reaches buckets
db_instance_role_association rds_cluster_role_association redshift_cluster_iam_roles
moves+network+identity | passes connections to a database on
db_proxy
network | where connections to a database go
db_proxy_default_target_group db_proxy_target neptune_cluster_endpoint rds_cluster_endpoint
redshiftserverless_custom_domain_association

network | part of the network that AWS makes and Terraform adopts
default_vpc_dhcp_options
stores+log | a graph of what happened in accounts
detective_graph
moves+log | hands records of what happened to another account
detective_invitation_accepter detective_member detective_organization_configuration
moves+computes | runs an application on devices in one Region of the United States
devicefarm_project devicefarm_test_grid_project
stores | an application, or its tests, for devices
devicefarm_upload
inert | which devices a test takes, and how slow their network is
devicefarm_device_pool devicefarm_instance_profile devicefarm_network_profile
log | finds what is unusual in metrics and logs
devopsguru_event_sources_config devopsguru_resource_collection devopsguru_service_integration
network+identity | a directory's way to other directories and their names
directory_service_conditional_forwarder directory_service_trust
stores+network+identity | users and hosts of a directory, in subnets
directory_service_directory
moves+log | writes logs of a directory to a log group
directory_service_log_subscription
network+identity | second factor of sign-ins, at a server of the customer
directory_service_radius_settings
stores+moves+network+identity | a copy of a directory in another Region
directory_service_region
moves+identity | a directory that another account uses
directory_service_shared_directory directory_service_shared_directory_accepter

moves+identity | an end of a transfer of rows: host and credentials
dms_endpoint
stores+moves | an end of a transfer of rows in a bucket
dms_s3_endpoint
moves+computes+network | takes rows from one database to another
dms_replication_task
stores+moves+computes+network | takes rows from one database to another, and keeps them on the way
dms_replication_config
stores+moves+computes+network | a host that takes rows from one database to another
dms_replication_instance
stores+computes | an instance of a cluster of databases
neptune_cluster_instance rds_cluster_instance
stores+network+log | a cluster of databases in subnets
docdb_cluster neptune_cluster docdbelastic_cluster
stores+moves | one database in several Regions
docdb_global_cluster neptune_global_cluster rds_global_cluster elasticache_global_replication_group
memorydb_multi_region_cluster dsql_cluster_peering dynamodb_global_table dynamodb_table_replica
stores+moves+computes+network | copies servers into a Region, and their disks
drs_replication_configuration_template
stores+moves | a database, in several Regions where it says so
dsql_cluster keyspaces_keyspace keyspaces_table

network | a line to AWS, or a part of one
dx_connection dx_connection_association dx_connection_confirmation dx_gateway dx_gateway_association
dx_gateway_association_proposal dx_hosted_connection dx_hosted_public_virtual_interface_accepter
dx_hosted_transit_virtual_interface_accepter dx_lag
network+key | key by which a line is encrypted
dx_macsec_key_association
moves | writes a table to a bucket
dynamodb_table_export
stores | a row of a table
dynamodb_table_item

key | key by which disks are encrypted by default
ebs_default_kms_key
key | encrypts disks by default
ebs_encryption_by_default
stores | a copy of a disk, or a faster one
ebs_snapshot ebs_fast_snapshot_restore
identity | keeps snapshots, images or objects from being public
ebs_snapshot_block_public_access ec2_image_block_public_access s3_account_public_access_block
s3_bucket_public_access_block
stores | a disk
lightsail_disk
computes | which images may be started
ec2_allowed_images_settings
network | opts in to a zone, which may lie in another country
ec2_availability_zone_group
network | a way between a network and what lies outside of it
nat_gateway_eip_association vpn_connection
network+identity | lets people into a network
ec2_client_vpn_authorization_rule ec2_client_vpn_endpoint ec2_client_vpn_network_association ec2_client_vpn_route
ec2_instance_connect_endpoint
inert | default of how processors are charged
ec2_default_credit_specification
computes | default of how instances read their metadata
ec2_instance_metadata_defaults
inert | starts or stops what is there
ec2_instance_state rds_instance_state
network | routes of a network, or what they are bound to
vpc_route_server vpc_route_server_peer
network | ranges of addresses that rules name
route53_cidr_collection
log | asks AWS whether a way exists, and keeps the answer
ec2_network_insights_analysis ec2_network_insights_path
identity | lets people reach the console of instances
ec2_serial_console_access
moves+network | copies packets to another place
ec2_traffic_mirror_filter ec2_traffic_mirror_filter_rule ec2_traffic_mirror_session ec2_traffic_mirror_target
network | joins networks
ec2_transit_gateway vpc_peering_connection_accepter vpc_peering_connection_options

inert | version of scans and scopes of names
ecr_account_setting
inert | deletes old images
ecr_lifecycle_policy
stores+moves | fetches images from a registry outside and keeps them
ecr_pull_through_cache_rule
inert | when images are scanned
ecr_registry_scanning_configuration
stores+moves | copies images to other Regions and accounts
ecr_replication_configuration
identity+key | key and policy of repositories that are made by themselves
ecr_repository_creation_template
stores+moves | images of containers, public and kept in the United States
ecrpublic_repository
identity | what Systems Manager may do in the account, such as sharing documents with everybody
ssm_service_setting
computes+network+log | defaults of containers in the account: addresses, logs, metrics
ecs_account_setting_default
computes | hosts on which containers run
ecs_capacity_provider ecs_cluster_capacity_providers
stores+moves+computes+log | runs containers; records of sessions go to a bucket or log group
ecs_cluster
computes+network | runs containers in subnets
ecs_express_gateway_service
stores+computes+network | runs containers in subnets, with disks where it says so
ecs_service ecs_task_set
stores | backs a file system up
efs_backup_policy
stores+moves | copies files to another Region
efs_replication_configuration
network | a public address, or its binding
eip lightsail_static_ip lightsail_static_ip_attachment
network | name of a public address
eip_domain_name
identity | who may do what in a cluster
eks_identity_provider_config eks_pod_identity_association
computes | software that AWS runs in a cluster
eks_addon
moves+computes+identity | software that AWS runs for a cluster
eks_capability
stores+computes+network+log | control plane of containers: keeps secrets and logs
eks_cluster
computes+network | hosts on which containers run, in subnets
eks_fargate_profile
stores+computes+network | hosts on which functions run, with their disks, in subnets
lambda_capacity_provider
stores | versions of an application, in a bucket
elastic_beanstalk_application elastic_beanstalk_application_version
computes+network | what an environment runs on
elastic_beanstalk_configuration_template elastic_beanstalk_environment
identity | users of a cache or a database, with passwords
elasticache_user elasticache_user_group elasticache_user_group_association memorydb_acl memorydb_user finspace_kx_user
msk_scram_secret_association msk_single_scram_secret_association
stores+computes+network+log | documents and their index
elasticsearch_domain opensearch_domain
identity | who signs in to the index of documents
elasticsearch_domain_saml_options opensearch_domain_saml_options opensearchserverless_security_config
network | lets a VPC reach the index of documents
opensearch_authorize_vpc_endpoint_access
inert | form of a video or sound
elastictranscoder_preset

network | keeps clusters from being open to the Internet
emr_block_public_access_configuration
stores+computes+network+log | a cluster that processes data on its disks and in buckets
emr_cluster
stores+computes | hosts of a cluster with their disks
emr_instance_fleet emr_instance_group
inert | bounds of the size of a cluster
emr_managed_scaling_policy
key | encryption of clusters
emr_security_configuration
stores+network+identity | notebooks, kept in a bucket
emr_studio
identity | who may use notebooks
emr_studio_session_mapping
moves+computes+log | a job on data in buckets
emrcontainers_job_template
computes | where jobs run in a cluster
emrcontainers_virtual_cluster
inert | variants of a feature and their shares
evidently_launch evidently_segment
stores | variants of a feature, and ids of users who get them
evidently_feature
stores+computes+network | rows of time series
finspace_kx_cluster finspace_kx_database finspace_kx_dataview finspace_kx_environment finspace_kx_volume
computes | hosts for rows of time series
finspace_kx_scaling_group
moves+computes+log | breaks things on purpose, and writes what happened to a bucket
fis_experiment_template
identity | another account in which things are broken on purpose
fis_target_account_configuration
moves+log | writes who talked with whom to a bucket or log group
flow_log
inert | names resources for rules of firewalls
fms_resource_set

stores | a copy of files at one moment
fsx_backup fsx_openzfs_snapshot
stores+moves | copies files between a file system and a bucket
fsx_data_repository_association fsx_file_cache
stores+identity | serves files to users of a directory
fsx_ontap_storage_virtual_machine
stores | part of the files of a file system
fsx_ontap_volume
stores+network+identity | serves files as objects
fsx_s3_access_point_attachment
network | name of hosts for games
gamelift_alias
stores+computes | program of a game, from a bucket
gamelift_build gamelift_script
computes+network | hosts for games, in several Regions where it says so
gamelift_fleet gamelift_game_server_group
moves | where players are placed, in several Regions where it says so
gamelift_game_session_queue
stores+identity | archives rest in it
glacier_vault

network | takes traffic in at all edge locations and passes it on
globalaccelerator_accelerator globalaccelerator_custom_routing_accelerator
stores+moves | metadata of tables, and where their data lie
glue_catalog_table glue_partition
computes | rewrites the files of a table
glue_catalog_table_optimizer
inert | how a format is recognised
glue_classifier
moves+network+identity | a way to a database, with credentials
glue_connection
moves+computes | reads data to describe them
glue_crawler
key | key by which metadata are encrypted
glue_data_catalog_encryption_settings
computes | judges data by rules
glue_data_quality_ruleset
computes+network | a host for development with data
glue_dev_endpoint
moves+computes | takes data from one place to another
glue_job
moves+computes | finds same rows of tables by examples
glue_ml_transform
inert | index of metadata
glue_partition_index
stores | forms of records, which may hold examples
glue_registry glue_schema schemas_registry schemas_schema
key | key by which jobs encrypt what they write
glue_security_configuration
moves+computes | starts jobs that take data from one place to another
glue_trigger glue_workflow
computes | a function in queries
glue_user_defined_function

inert | the licence of a service or of software
grafana_license_association licensemanager_association licensemanager_license_configuration
moves+identity | lets another account use a licence
licensemanager_grant licensemanager_grant_accepter
identity | who may see dashboards, with tokens
grafana_role_association grafana_workspace_api_key grafana_workspace_saml_configuration
grafana_workspace_service_account grafana_workspace_service_account_token
stores+moves+computes+network+log | runs dashboards, which read metrics and logs and send alarms
grafana_workspace

log | watches accounts for attacks
guardduty_detector guardduty_detector_feature guardduty_filter guardduty_member_detector_feature
guardduty_organization_configuration guardduty_organization_configuration_feature
moves+log | hands findings to another account
guardduty_invite_accepter guardduty_member macie2_invitation_accepter macie2_member securityhub_invite_accepter
securityhub_member inspector2_member_association
moves+log | reads lists of addresses from a bucket
guardduty_ipset guardduty_threatintelset
computes+log | reads new objects of a bucket for malware
guardduty_malware_protection_plan
moves+log | writes findings to a bucket
guardduty_publishing_destination macie2_classification_export_configuration

identity | users, roles, groups and what they may do
iam_account_alias iam_account_password_policy iam_group iam_group_membership iam_group_policies_exclusive
iam_instance_profile iam_openid_connect_provider iam_organizations_features iam_role_policies_exclusive
iam_security_token_service_preferences iam_service_linked_role iam_user_group_membership iam_user_policies_exclusive
identity+key | a credential of a user
iam_access_key iam_service_specific_credential iam_signing_certificate iam_user_login_profile iam_user_ssh_key
iam_virtual_mfa_device
stores+computes | steps by which an image is made, with their text
imagebuilder_component imagebuilder_container_recipe imagebuilder_workflow
stores+moves+computes | makes an image
imagebuilder_image imagebuilder_image_pipeline
moves+computes+network+log | hosts on which images are made, and where their logs go
imagebuilder_infrastructure_configuration
inert | deletes old images
imagebuilder_lifecycle_policy
log | scans hosts and images for weaknesses
inspector2_enabler inspector2_filter inspector2_organization_configuration inspector_assessment_target
inspector_resource_group
moves+log | scans hosts for weaknesses and notifies
inspector_assessment_template
stores+computes+network | a host with its disks
lightsail_instance
moves+log | measures the Internet, and writes it to a bucket where it says so
internetmonitor_monitor

identity | who devices are and what they may do
iot_authorizer iot_role_alias
identity+key | certificates of devices
iot_ca_certificate iot_certificate
moves+identity | makes devices known on their first contact, by a function where it says so
iot_provisioning_template
inert | groups and kinds of devices
iot_billing_group iot_thing_group iot_thing_group_membership iot_thing_type
network+key | name under which devices connect
iot_domain_configuration
moves | which events of devices are published
iot_event_configurations
stores | index of the state of devices
iot_indexing_configuration
log | logs of devices
iot_logging_options
stores | a device and its attributes
iot_thing
moves | sends what devices say on
iot_topic_rule
moves+network | an address that messages of devices are sent to
iot_topic_rule_destination
moves+network | takes video in and sends it to viewers all over the world
ivs_channel
stores+moves | writes video to a bucket
ivs_recording_configuration
moves | passes on what people say in a room
ivschat_room
network+identity | a page to search documents
kendra_experience
stores+moves | questions and answers, from a bucket
kendra_faq kendra_thesaurus kendra_query_suggestions_block_list
identity+key | a credential for hosts
key_pair lightsail_key_pair
stores+moves+computes | runs queries on a stream and sends the results on
kinesis_analytics_application kinesisanalyticsv2_application
stores+moves | takes records to a bucket, an index or a foreign service
kinesis_firehose_delivery_stream

key | a name of a key
kms_alias paymentcryptography_key_alias
stores+key | an encrypted value, whose plain text is in the state
kms_ciphertext
network+key | a store of keys outside of the service
kms_custom_key_store
key | a key
kms_external_key kms_key
moves+key | a key whose material is copied from another Region
kms_replica_key kms_replica_external_key
identity+key | who may use a key
kms_grant kms_key_policy redshift_snapshot_copy_grant
identity | who may read which tables, columns and rows
lakeformation_data_cells_filter lakeformation_identity_center_configuration lakeformation_lf_tag
lakeformation_lf_tag_expression lakeformation_opt_in lakeformation_resource_lf_tag lakeformation_resource_lf_tags
moves+identity | puts a place of data under rules of access
lakeformation_resource

computes | a version of a function, or what it needs to run
lambda_alias lambda_provisioned_concurrency_config lambda_runtime_management_config lambda_function_recursion_config
identity | whose code a function may run, and who signs it
lambda_code_signing_config signer_signing_profile
moves | calls a function with the records of a stream, a queue or brokers
lambda_event_source_mapping
network+identity | an address of the Internet that calls a function
lambda_function_url
moves+computes | calls a function, with its input and result in the state
lambda_invocation
stores+computes | code for functions
lambda_layer_version
identity | who may call a function
lambda_permission
stores+moves+computes+log | a bot; keeps what people say where it says so
lex_bot lex_bot_alias lexv2models_bot lexv2models_bot_locale lexv2models_bot_version
moves+computes | what a bot asks and calls
lex_intent lexv2models_intent lexv2models_slot
stores | values that a bot knows
lex_slot_type lexv2models_slot_type

stores | objects rest in it
lightsail_bucket s3_directory_bucket s3control_bucket
stores+moves | objects, copied to another bucket where it says so
s3_bucket
identity+key | a credential for a bucket
lightsail_bucket_access_key
identity | who may use a bucket
lightsail_bucket_resource_access
computes+network | runs containers and serves them to the Internet
lightsail_container_service lightsail_container_service_deployment_version
stores+computes+network | a database
lightsail_database
stores | binds a disk to a host
lightsail_disk_attachment volume_attachment
stores+moves+network | takes requests in and keeps answers at all edge locations
lightsail_distribution
network | names of hosts
lightsail_domain_entry

moves | sends positions to be compared with areas
location_tracker_association
moves | maps and places, looked up at suppliers outside AWS
location_map location_place_index location_route_calculator
stores+computes | a program of a mainframe, with its data
m2_application m2_deployment
log | looks for personal data in buckets, and keeps what it found
macie2_account macie2_classification_job macie2_custom_data_identifier macie2_findings_filter
macie2_organization_configuration
moves+computes | turns videos into others
media_convert_queue medialive_multiplex medialive_multiplex_program
moves+network | takes video in and sends it on
media_package_channel media_packagev2_channel_group medialive_channel
stores | videos rest in it
media_store_container
stores+moves+computes+network | rows in memory, with snapshots; in several Regions where it says so
memorydb_cluster

stores+moves+computes+network+log | queues of messages, copied to another Region where it says so
mq_broker
network+identity | settings of brokers, such as who may read what without being named
msk_configuration
moves+network | settings of brokers, which may connect them with others
mq_configuration
stores+moves+network | copies messages to another cluster, of another Region where it says so
msk_replicator
stores+network | streams of messages
msk_serverless_cluster
moves+computes+network+log | takes messages to or from other systems
mskconnect_connector
computes | code of connectors, from a bucket
mskconnect_custom_plugin
computes | settings of connectors, which may name code and secrets to load
mskconnect_worker_configuration
stores+moves+computes+network+log | runs workflows, whose code lies in a bucket
mwaa_environment
stores+network | a graph of data
neptunegraph_graph

network | a gateway that inspects traffic, or its rules
networkfirewall_firewall_policy networkfirewall_rule_group
network+key | by which certificates a gateway looks into traffic
networkfirewall_tls_inspection_configuration
log | measures the network
networkflowmonitor_monitor networkflowmonitor_scope networkmonitor_monitor networkmonitor_probe
vpc_network_performance_metric_subscription
network | part of a network over Regions
networkmanager_attachment_accepter networkmanager_connect_attachment networkmanager_connect_peer
networkmanager_core_network networkmanager_core_network_policy_attachment networkmanager_dx_gateway_attachment
networkmanager_site_to_site_vpn_attachment networkmanager_transit_gateway_peering
networkmanager_transit_gateway_route_table_attachment networkmanager_vpc_attachment
inert | describes sites, devices and lines for a map; carries no traffic
networkmanager_connection networkmanager_customer_gateway_association networkmanager_device
networkmanager_global_network networkmanager_link networkmanager_link_association networkmanager_site
networkmanager_transit_gateway_connect_peer_association networkmanager_transit_gateway_registration
moves | takes notifications to people or chat services; they are kept in the hub's Regions
notifications_channel_association notifications_event_rule notifications_notification_configuration
notificationscontacts_email_contact
stores | Region in which notifications are kept
notifications_notification_hub
moves+log | hands metrics, logs and traces to another account
oam_link oam_sink
stores+moves+log | copies logs of accounts to a Region
observabilityadmin_centralization_rule_for_organization
stores+computes+network | hosts with disks for a database of another maker
odb_cloud_autonomous_vm_cluster odb_cloud_exadata_infrastructure odb_cloud_vm_cluster
network | network for a database of another maker
odb_network odb_network_peering_connection

moves+network | lets one index of documents ask another
opensearch_inbound_connection_accepter opensearch_outbound_connection
stores+moves | a file for an index of documents, from a bucket
opensearch_package opensearch_package_association
stores | documents and their index
opensearchserverless_collection
inert | deletes old documents
opensearchserverless_lifecycle_policy
network+key | key of an index of documents, and from where it is reached
opensearchserverless_security_policy
stores+moves+computes+network+log | takes records to an index of documents
osis_pipeline

identity | accounts, units and what may be done in them
organizations_account organizations_organization organizations_organizational_unit organizations_policy_attachment
organizations_resource_policy
moves+identity | what accounts may do; of backups also where they are copied
organizations_policy
stores | an application of messages, with the people they go to
pinpoint_app
moves+identity | sends messages through a service outside
pinpoint_adm_channel pinpoint_apns_channel pinpoint_apns_sandbox_channel pinpoint_apns_voip_channel
pinpoint_apns_voip_sandbox_channel pinpoint_baidu_channel pinpoint_email_channel pinpoint_gcm_channel
pinpoint_sms_channel sns_platform_application
inert | wording of messages
pinpoint_email_template ses_template
moves | sends text messages and calls
pinpointsmsvoicev2_configuration_set pinpointsmsvoicev2_phone_number sns_sms_preferences
stores | telephone numbers of people who want no messages
pinpointsmsvoicev2_opt_out_list
moves+log | takes records from one place to another, addresses of the Internet too
pipes_pipe
inert | keeps hosts near each other or apart
placement_group
moves+log | sends alarms
prometheus_alert_manager_definition
moves+log | writes queries of metrics to a log group
prometheus_query_logging_configuration
log | rules on metrics
prometheus_rule_group_namespace
moves+network+log | reads metrics of a cluster
prometheus_scraper
inert | limits and retention of metrics
prometheus_workspace_configuration
stores+moves+identity | documents for questions, and their answers
qbusiness_application

moves+identity | users of dashboards; sends them e-mail
quicksight_account_settings quicksight_account_subscription
stores+identity | dashboards and what they show
quicksight_analysis quicksight_dashboard quicksight_template
stores+moves | rows that dashboards show, copied from their source
quicksight_data_set quicksight_ingestion quicksight_refresh_schedule
moves+network+identity | a source of rows, with credentials
quicksight_data_source
identity | who may see which dashboards
quicksight_custom_permissions quicksight_folder_membership quicksight_group quicksight_group_membership
quicksight_namespace quicksight_role_custom_permission quicksight_role_membership quicksight_user
quicksight_user_custom_permission
network | from which addresses dashboards are seen
quicksight_ip_restriction
key | key by which rows of dashboards are encrypted
quicksight_key_registration
inert | a name of a version
quicksight_template_alias
identity | shares resources with other accounts
ram_resource_association ram_resource_share ram_resource_share_accepter ram_sharing_with_organization
stores | keeps what was deleted for a while
rbin_rule
key | certificate authority of databases by default
rds_certificate
stores+moves+log | sends what happens in a database to a stream
rds_cluster_activity_stream
stores+computes | an engine of databases, from a bucket
rds_custom_db_engine_version
stores+computes+network | part of the rows of a database
rds_shard_group
identity | how people sign in to a warehouse
redshift_authentication_profile
stores+computes+network+log | a warehouse of rows
redshift_cluster redshiftserverless_namespace
stores+moves+identity | lets others read a warehouse
redshift_data_share_authorization redshift_data_share_consumer_association
network+identity | lets another account reach a warehouse
redshift_endpoint_authorization
key | a store of keys for a warehouse
redshift_hsm_client_certificate redshift_hsm_configuration
moves+log | writes logs of a warehouse to a bucket
redshift_logging
moves+identity | lets a partner reach a warehouse
redshift_partner
inert | pauses, resumes or limits a warehouse
redshift_scheduled_action redshift_usage_limit redshiftserverless_usage_limit
stores+moves | copies snapshots of a warehouse to another Region
redshift_snapshot_copy
stores | when a warehouse is copied
redshift_snapshot_schedule redshift_snapshot_schedule_association
stores+moves+computes | runs a statement in a database; its text is in the state
redshiftdata_statement
computes+network | hosts for a warehouse
redshiftserverless_workgroup
stores | faces of people
rekognition_collection
stores+computes | a model trained on pictures
rekognition_project
moves+computes | looks for faces in video and sends what it found on
rekognition_stream_processor
inert | goals for recovery
resiliencehub_resiliency_policy
moves+log | lists resources, of other Regions too
resourceexplorer2_index
log | lists resources
resourceexplorer2_view
inert | names a group of resources
resourcegroups_group resourcegroups_resource
identity | lets hosts outside AWS take roles, by certificates
rolesanywhere_profile rolesanywhere_trust_anchor

network | names of hosts, and where they lead
route53_delegation_set route53_record route53_records_exclusive route53_traffic_policy route53_traffic_policy_instance
route53domains_delegation_signer_record route53domains_domain route53domains_registered_domain
network+log | asks endpoints from several Regions whether they answer
route53_health_check
network+key | keys by which names are signed
route53_hosted_zone_dnssec route53_key_signing_key route53_resolver_dnssec_config
moves+log | writes who asked for which name to a log group, bucket or stream
route53_query_log route53_resolver_query_log_config route53_resolver_query_log_config_association
network | resolves names of hosts for networks, and inspects what is asked
route53_resolver_config route53_resolver_firewall_config route53_resolver_firewall_domain_list
route53_resolver_firewall_rule route53_resolver_firewall_rule_group route53_resolver_rule route53profiles_association
route53profiles_profile route53profiles_resource_association
network | switches traffic between places
route53recoverycontrolconfig_cluster route53recoverycontrolconfig_control_panel
route53recoverycontrolconfig_routing_control route53recoverycontrolconfig_safety_rule
inert | compares places for recovery
route53recoveryreadiness_cell route53recoveryreadiness_readiness_check route53recoveryreadiness_recovery_group
route53recoveryreadiness_resource_set
stores+moves+log | what browsers of users report, also to log groups
rum_app_monitor rum_metrics_destination

network+identity | an address of a bucket, with rules of its own
s3control_object_lambda_access_point
identity | who may use a bucket, its objects or its tables
s3_bucket_abac s3_bucket_ownership_controls s3control_access_grants_instance s3control_access_grants_location
moves+network | takes objects in at all edge locations
s3_bucket_accelerate_configuration
moves+log | writes lists or statistics of objects to a bucket
s3_bucket_analytics_configuration s3_bucket_inventory s3control_storage_lens_configuration
moves+log | writes who asked for which object to a bucket
s3_bucket_logging
network | which web pages may read objects
s3_bucket_cors_configuration
inert | classes of storage, age and cost of objects, which stay in the bucket
s3_bucket_intelligent_tiering_configuration s3_bucket_lifecycle_configuration s3control_bucket_lifecycle_configuration
s3_bucket_object_lock_configuration s3_bucket_request_payment_configuration
stores | keeps earlier versions of objects
s3_bucket_versioning
stores+moves | tables that describe objects
s3_bucket_metadata_configuration
stores+moves | copies objects to another bucket
s3_object_copy
key | key by which objects are encrypted
s3_bucket_server_side_encryption_configuration
moves+network | serves objects as web pages, or sends browsers elsewhere
s3_bucket_website_configuration
moves+network | one address for buckets of several Regions
s3control_multi_region_access_point
stores | tables rest in it
s3tables_namespace
stores+moves | copies tables to another bucket
s3tables_table_bucket_replication s3tables_table_replication
stores | vectors made of data
s3vectors_index

stores+computes | an application in which people work with data
sagemaker_app sagemaker_space
inert | file systems and kernels of an image
sagemaker_app_image_config
moves+identity | a repository of source code, with credentials
sagemaker_code_repository
moves+computes+network | judges data in a bucket
sagemaker_monitoring_schedule
moves+computes | devices that run models, and where they write
sagemaker_device sagemaker_device_fleet
stores+computes+network+identity | where people work with data, with their files
sagemaker_domain sagemaker_user_profile
computes+network | runs models and answers
sagemaker_endpoint
moves+computes | lets people judge data
sagemaker_flow_definition
stores | a page for people who judge data
sagemaker_human_task_ui
stores+computes | images and models
sagemaker_hub sagemaker_image sagemaker_image_version sagemaker_model_package_group
stores+moves+computes | experiments, kept in a bucket
sagemaker_mlflow_tracking_server
moves+computes+network | a model from a bucket
sagemaker_model
computes | what a host with notebooks runs when it starts
sagemaker_notebook_instance_lifecycle_configuration sagemaker_studio_lifecycle_config
moves+computes | steps that process data
sagemaker_pipeline
computes | resources made from a product
sagemaker_project
identity | lets people make resources from products
sagemaker_servicecatalog_portfolio_status
network+identity | people who judge data
sagemaker_workteam
stores+moves | calls something at a time, with an input that it keeps
scheduler_schedule
inert | names a group of schedules
scheduler_schedule_group
stores+moves | learns forms of events from a bus
schemas_discoverer
stores+moves+key | a secret, copied to other Regions where it says so
secretsmanager_secret
computes+key | renews a secret by a function
secretsmanager_secret_rotation
stores+key | the value of a secret, which is in the state too
secretsmanager_secret_version

log | collects findings of the account
securityhub_account securityhub_configuration_policy securityhub_configuration_policy_association securityhub_insight
securityhub_organization_configuration securityhub_standards_control securityhub_standards_control_association
securityhub_standards_subscription securityhub_automation_rule
moves+log | sends findings to something
securityhub_action_target
moves+log | collects findings of other Regions
securityhub_finding_aggregator
moves+log | exchanges findings with a product, of other makers too
securityhub_product_subscription
stores+moves+log | logs of accounts and Regions, copied where it says so
securitylake_aws_log_source securitylake_custom_log_source securitylake_data_lake
moves+identity+log | lets another account read logs
securitylake_subscriber securitylake_subscriber_notification
network | names under which services find each other
service_discovery_http_namespace service_discovery_instance service_discovery_private_dns_namespace
service_discovery_public_dns_namespace service_discovery_service
inert | groups, prices and labels of products
servicecatalog_budget_resource_association servicecatalog_portfolio servicecatalog_product_portfolio_association
servicecatalog_tag_option servicecatalog_tag_option_resource_association servicecatalogappregistry_application
servicecatalogappregistry_attribute_group servicecatalogappregistry_attribute_group_association
identity | who may make resources from products, and how
servicecatalog_constraint servicecatalog_portfolio_share servicecatalog_organizations_access
computes | a template or action from which resources are made
servicecatalog_product servicecatalog_provisioning_artifact servicecatalog_service_action
inert | limits of the account
servicequotas_service_quota servicequotas_template servicequotas_template_association

stores+moves | which rules take e-mail in
ses_active_receipt_rule_set ses_receipt_rule_set
moves | how e-mail is sent
ses_configuration_set sesv2_configuration_set
key | keys by which e-mail is signed
ses_domain_dkim
moves+identity | an address or domain from which e-mail is sent
ses_domain_identity ses_email_identity sesv2_email_identity ses_domain_mail_from
sesv2_email_identity_mail_from_attributes
inert | waits until a domain is verified
ses_domain_identity_verification
moves+log | sends what happens to e-mail on
ses_event_destination sesv2_configuration_set_event_destination ses_identity_notification_topic
sesv2_email_identity_feedback_attributes
network | from which addresses e-mail is taken
ses_receipt_filter
stores | addresses to which no e-mail is sent
sesv2_account_suppression_attributes
log | advice on e-mail
sesv2_account_vdm_attributes
stores | addresses of people
sesv2_contact_list
network | addresses from which e-mail is sent
sesv2_dedicated_ip_assignment sesv2_dedicated_ip_pool
stores+moves | keeps the input of a step until somebody takes it
sfn_activity
moves+computes | a name of versions of a workflow
sfn_alias
stores+moves+computes+log | a workflow: keeps inputs and results of its steps
sfn_state_machine
network | protects endpoints from floods
shield_application_layer_automatic_response shield_protection shield_protection_group
shield_protection_health_check_association shield_subscription
moves+identity+log | lets people of AWS read logs
shield_drt_access_log_bucket_association shield_drt_access_role_arn_association
moves+identity | lets people of AWS call somebody
shield_proactive_engagement
stores+moves | signs code from one bucket into another
signer_signing_job
stores+moves | passes messages on
sns_topic
moves+log | masks personal data in messages, and may write what it found to a bucket
sns_topic_data_protection_policy
moves+log | writes prices of hosts to a bucket
spot_datafeed_subscription
stores | messages rest in it
sqs_queue
moves | where messages go that nobody could take
sqs_queue_redrive_allow_policy sqs_queue_redrive_policy

identity | lets hosts outside AWS be managed
ssm_activation
moves+computes | runs a document on hosts, and writes what came out to a bucket
ssm_association ssm_maintenance_window_task
inert | patches and times for them
ssm_default_patch_baseline ssm_maintenance_window ssm_maintenance_window_target ssm_patch_group
computes | where hosts get patches, and which
ssm_patch_baseline
stores+computes | a program for hosts
ssm_document
stores+key | a value, often a secret
ssm_parameter
moves+log | writes what hosts are to a bucket
ssm_resource_data_sync
stores+identity | names, addresses and telephones of people
ssmcontacts_contact ssmcontacts_contact_channel
moves | whom to call, and when
ssmcontacts_plan ssmcontacts_rotation
stores+moves | what happened, in several Regions
ssmincidents_replication_set
moves+computes | what is done when something happens
ssmincidents_response_plan
moves+computes+identity | sets hosts of accounts and Regions up
ssmquicksetup_configuration_manager
identity | who may use which account or application
ssoadmin_account_assignment ssoadmin_application ssoadmin_application_access_scope ssoadmin_application_assignment
ssoadmin_application_assignment_configuration ssoadmin_customer_managed_policy_attachment
ssoadmin_instance_access_control_attributes ssoadmin_managed_policy_attachment ssoadmin_permission_set
ssoadmin_permissions_boundary_attachment

stores | disks of a gateway at the customer's
storagegateway_cache storagegateway_cached_iscsi_volume storagegateway_stored_iscsi_volume
storagegateway_upload_buffer storagegateway_working_storage
stores+moves+network | a gateway at the customer's, whose files rest in AWS
storagegateway_gateway
stores+moves | files of a gateway, in a bucket or file system
storagegateway_file_system_association storagegateway_nfs_file_share storagegateway_smb_file_share
stores | copies on tapes
storagegateway_tape_pool
network | a network or a part of one
vpc_dhcp_options
stores | history of workflows
swf_domain
inert | names a group of probes
synthetics_group synthetics_group_association
stores+moves+computes+network | rows of time series; logs to a bucket
timestreaminfluxdb_db_cluster timestreaminfluxdb_db_instance
stores+moves+computes | writes the results of a query to a table
timestreamquery_scheduled_query
stores+moves | rows of time series; rejected ones go to a bucket
timestreamwrite_database
stores+moves+computes | a model trained on text from a bucket
transcribe_language_model

identity | who may use files over a network, and which
transfer_ssh_key
moves+identity+key | exchanges files with a partner
transfer_agreement transfer_certificate transfer_profile
moves | sends files to a server outside
transfer_connector
key | key by which a server of files is known
transfer_host_key
moves+network+log | takes files in over a network, to a bucket or file system
transfer_server
moves+network+identity | a page by which people move files
transfer_web_app
moves+computes | what is done with a file that came in
transfer_workflow
network+identity | lets people into applications
verifiedaccess_endpoint verifiedaccess_group verifiedaccess_instance verifiedaccess_instance_trust_provider_attachment
verifiedaccess_trust_provider
identity | who may do what in applications
verifiedpermissions_identity_source verifiedpermissions_policy verifiedpermissions_policy_store
verifiedpermissions_policy_template verifiedpermissions_schema

network | whether a network may be reached from the Internet, and must encrypt
vpc_block_public_access_options
network | reaches a service, or offers one, without the Internet
vpc_endpoint vpc_endpoint_service vpc_endpoint_service_private_dns_verification
moves | notifies of who connects
vpc_endpoint_connection_notification
network+identity | who may use an endpoint or a service, and for what
vpc_endpoint_service_allowed_principal
network | plans of addresses, in several Regions
vpc_ipam vpc_ipam_pool vpc_ipam_resource_discovery vpc_ipam_resource_discovery_association vpc_ipam_scope
inert | shows the next free range of addresses
vpc_ipam_preview_next_cidr
moves+log | writes who called whom to a bucket, stream or log group
vpclattice_access_log_subscription
inert | waits until a name is verified
vpclattice_domain_verification
network | services that reach each other over networks
vpclattice_listener vpclattice_listener_rule vpclattice_resource_configuration vpclattice_service
vpclattice_service_network vpclattice_service_network_resource_association
vpclattice_service_network_service_association vpclattice_target_group vpclattice_target_group_attachment
network | decides which requests pass
waf_byte_match_set waf_geo_match_set waf_ipset waf_rate_based_rule waf_regex_match_set waf_regex_pattern_set waf_rule
waf_rule_group waf_size_constraint_set waf_sql_injection_match_set waf_xss_match_set wafregional_byte_match_set
wafregional_geo_match_set wafregional_ipset wafregional_rate_based_rule wafregional_regex_match_set
wafregional_regex_pattern_set wafregional_rule wafregional_rule_group wafregional_size_constraint_set
wafregional_sql_injection_match_set wafregional_web_acl_association wafregional_xss_match_set wafv2_ip_set
wafv2_regex_pattern_set wafv2_rule_group wafv2_web_acl wafv2_web_acl_association wafv2_web_acl_rule_group_association
moves+network+log | decides which requests pass, and logs them to a stream where it says so
waf_web_acl wafregional_web_acl
moves+log | writes requests to a bucket, stream or log group
wafv2_web_acl_logging_configuration
moves+network | a name of desktops, in several Regions
workspaces_connection_alias
network | from which addresses desktops are reached
workspaces_ip_group workspacesweb_ip_access_settings workspacesweb_ip_access_settings_association
stores+computes | a person's desktop, with its disks
workspaces_workspace
moves+identity | makes a portal of browsers bound to what people may copy
workspacesweb_user_settings_association
identity | makes a portal of browsers bound to what people may do
workspacesweb_browser_settings_association workspacesweb_data_protection_settings_association
moves+log | makes a portal of browsers write what people do
workspacesweb_session_logger_association workspacesweb_user_access_logging_settings_association
identity | what people may do in browsers, and what is masked
workspacesweb_browser_settings workspacesweb_data_protection_settings workspacesweb_identity_provider
workspacesweb_trust_store workspacesweb_trust_store_association
moves+identity | what people may copy, print, download and up
workspacesweb_user_settings
network | networks in which browsers run
workspacesweb_network_settings_association
stores+computes+network | browsers that AWS runs for people
workspacesweb_portal
moves+log | writes what people did in browsers to a bucket or stream
workspacesweb_session_logger workspacesweb_user_access_logging_settings
key+log | key by which traces are encrypted
xray_encryption_config
log | which requests are traced
xray_group xray_sampling_rule

stores+moves+computes | an application of OpsWorks, with its source and secrets
opsworks_application
computes+network | hosts of OpsWorks, their disks and what they run
opsworks_custom_layer opsworks_ecs_cluster_layer opsworks_ganglia_layer opsworks_haproxy_layer opsworks_java_app_layer
opsworks_memcached_layer opsworks_mysql_layer opsworks_nodejs_app_layer opsworks_php_app_layer
opsworks_rails_app_layer opsworks_static_web_layer opsworks_stack
stores+computes+network | a host of OpsWorks with its disks
opsworks_instance
identity | who may use hosts of OpsWorks
opsworks_permission opsworks_user_profile
network+identity | makes a database known to hosts, with its password
opsworks_rds_db_instance
stores | rows of text
simpledb_domain
network+identity | lets people into web pages of a company
worklink_fleet
identity | certificate of web pages of a company
worklink_website_certificate_authority_association
`;
