/** Arguments that hold the policy of a resource, by type. Policies of keys and of roles have controls of their own. */
const TABLE: Readonly<Record<string, readonly string[]>> = {
  aws_acmpca_policy: ['policy'],
  aws_api_gateway_domain_name: ['policy'],
  aws_api_gateway_rest_api: ['policy'],
  aws_api_gateway_rest_api_policy: ['policy'],
  aws_backup_vault_policy: ['policy'],
  aws_cloudsearch_domain_service_access_policy: ['access_policy'],
  aws_cloudwatch_event_bus_policy: ['policy'],
  aws_cloudwatch_log_delivery_destination_policy: ['delivery_destination_policy'],
  aws_cloudwatch_log_destination_policy: ['access_policy'],
  aws_cloudwatch_log_resource_policy: ['policy_document'],
  aws_codeartifact_domain_permissions_policy: ['policy_document'],
  aws_codeartifact_repository_permissions_policy: ['policy_document'],
  aws_codebuild_resource_policy: ['policy'],
  aws_dynamodb_resource_policy: ['policy'],
  aws_ecr_registry_policy: ['policy'],
  aws_ecr_repository_creation_template: ['repository_policy'],
  aws_ecr_repository_policy: ['policy'],
  aws_ecrpublic_repository_policy: ['policy'],
  aws_efs_file_system_policy: ['policy'],
  aws_elasticsearch_domain: ['access_policies'],
  aws_elasticsearch_domain_policy: ['access_policies'],
  aws_glacier_vault: ['access_policy'],
  aws_glue_resource_policy: ['policy'],
  aws_kinesis_resource_policy: ['policy'],
  aws_media_store_container_policy: ['policy'],
  aws_msk_cluster_policy: ['policy'],
  aws_networkfirewall_resource_policy: ['policy'],
  aws_oam_sink_policy: ['policy'],
  aws_opensearch_domain: ['access_policies'],
  aws_opensearch_domain_policy: ['access_policies'],
  aws_prometheus_resource_policy: ['policy_document'],
  aws_redshift_resource_policy: ['policy'],
  aws_redshiftserverless_resource_policy: ['policy'],
  aws_s3_access_point: ['policy'],
  aws_s3_bucket: ['policy'],
  aws_s3_bucket_policy: ['policy'],
  aws_s3control_access_grants_instance_resource_policy: ['policy'],
  aws_s3control_access_point_policy: ['policy'],
  aws_s3control_bucket_policy: ['policy'],
  aws_s3control_multi_region_access_point_policy: ['details', 'policy'],
  aws_s3control_object_lambda_access_point_policy: ['policy'],
  aws_s3tables_table_bucket_policy: ['resource_policy'],
  aws_s3tables_table_policy: ['resource_policy'],
  aws_s3vectors_vector_bucket_policy: ['policy'],
  aws_sagemaker_model_package_group_policy: ['resource_policy'],
  aws_schemas_registry_policy: ['policy'],
  aws_secretsmanager_secret: ['policy'],
  aws_secretsmanager_secret_policy: ['policy'],
  aws_ses_identity_policy: ['policy'],
  aws_sesv2_email_identity_policy: ['policy'],
  aws_sns_topic: ['policy'],
  aws_sns_topic_policy: ['policy'],
  aws_sqs_queue: ['policy'],
  aws_sqs_queue_policy: ['policy'],
  aws_vpclattice_auth_policy: ['policy'],
  aws_vpclattice_resource_policy: ['policy'],
  aws_xray_resource_policy: ['policy_document'],
};

export const RESOURCE_POLICIES: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(TABLE));

/** Arguments that name whom a resource is shared with, and those that limit it further. */
export interface DirectShare {
  readonly principals: readonly string[];
  readonly limits: readonly string[];
  /** What they may do, and to what; none where the resource itself is what is shared. */
  readonly terms: readonly string[];
  /** The resource is more than a share, and may be shared with nobody. */
  readonly isOptional?: true;
}

const DIRECT: Readonly<Record<string, DirectShare>> = {
  aws_acmpca_permission: {
    principals: ['principal'],
    limits: ['source_account'],
    terms: ['actions', 'certificate_authority_arn'],
  },
  aws_ami_launch_permission: {
    principals: ['account_id', 'group', 'organization_arn', 'organizational_unit_arn'],
    limits: [],
    terms: ['image_id'],
  },
  aws_cloudwatch_event_permission: { principals: ['principal'], limits: [], terms: ['action', 'event_bus_name'] },
  aws_db_cluster_snapshot: { principals: ['shared_accounts'], limits: [], terms: [], isOptional: true },
  aws_db_snapshot: { principals: ['shared_accounts'], limits: [], terms: [], isOptional: true },
  aws_db_snapshot_copy: { principals: ['shared_accounts'], limits: [], terms: [], isOptional: true },
  aws_lambda_layer_version_permission: {
    principals: ['principal'],
    limits: ['organization_id'],
    terms: ['action', 'layer_name', 'version_number'],
  },
  aws_lambda_permission: {
    principals: ['principal'],
    limits: ['principal_org_id', 'source_account', 'source_arn'],
    terms: ['action', 'function_name', 'qualifier', 'function_url_auth_type', 'invoked_via_function_url'],
  },
  aws_network_interface_permission: {
    principals: ['aws_account_id'],
    limits: [],
    terms: ['permission', 'network_interface_id'],
  },
  aws_opensearch_authorize_vpc_endpoint_access: { principals: ['account'], limits: [], terms: ['domain_name'] },
  aws_ram_principal_association: { principals: ['principal'], limits: [], terms: ['resource_share_arn'] },
  aws_rds_cluster_snapshot_copy: { principals: ['shared_accounts'], limits: [], terms: [], isOptional: true },
  aws_redshift_data_share_authorization: {
    principals: ['consumer_identifier'],
    limits: [],
    terms: ['data_share_arn', 'allow_writes'],
  },
  aws_redshift_endpoint_authorization: {
    principals: ['account'],
    limits: [],
    terms: ['cluster_identifier', 'vpc_ids'],
  },
  aws_signer_signing_profile_permission: {
    principals: ['principal'],
    limits: [],
    terms: ['action', 'profile_name', 'profile_version'],
  },
  aws_snapshot_create_volume_permission: { principals: ['account_id'], limits: [], terms: ['snapshot_id'] },
};

export const DIRECT_SHARES: ReadonlyMap<string, DirectShare> = new Map(Object.entries(DIRECT));
