/**
 * Arguments whose names speak of encryption and that encrypt nothing at rest, or need no judgement: the reason, then type
 * and argument. Every other argument of the provider with such a name has a place in the tables of stores.
 */
export const NOT_AT_REST: readonly { readonly because: string; readonly items: readonly string[] }[] = [
  {
    because: 'is about encryption in transit',
    items: [
      'aws_appsync_api_cache transit_encryption_enabled',
      'aws_chime_voice_connector require_encryption',
      'aws_datasync_location_efs in_transit_encryption',
      'aws_dax_cluster cluster_endpoint_encryption_type',
      'aws_dx_connection encryption_mode',
      'aws_ec2_transit_gateway encryption_support',
      'aws_ecs_cluster configuration.execute_command_configuration.kms_key_id',
      'aws_ecs_task_definition volume.efs_volume_configuration.transit_encryption',
      'aws_ecs_task_definition volume.efs_volume_configuration.transit_encryption_port',
      'aws_elasticache_cluster transit_encryption_enabled',
      'aws_elasticache_replication_group transit_encryption_enabled',
      'aws_elasticache_replication_group transit_encryption_mode',
      'aws_mskconnect_connector kafka_cluster_encryption_in_transit.encryption_type',
      'aws_sagemaker_data_quality_job_definition network_config.enable_inter_container_traffic_encryption',
      'aws_transfer_connector as2_config.encryption_algorithm',
      'aws_vpn_connection tunnel1_phase1_encryption_algorithms',
      'aws_vpn_connection tunnel1_phase2_encryption_algorithms',
      'aws_vpn_connection tunnel2_phase1_encryption_algorithms',
      'aws_vpn_connection tunnel2_phase2_encryption_algorithms',
    ],
  },
  {
    because: 'encrypts codes and fields on their way to a function or an origin, and is written wherever there are any',
    items: [
      'aws_cloudfront_distribution default_cache_behavior.field_level_encryption_id',
      'aws_cloudfront_distribution ordered_cache_behavior.field_level_encryption_id',
      'aws_cognito_user_pool lambda_config.kms_key_id',
    ],
  },
  {
    because: 'goes with a key, and neither names nor replaces one',
    items: [
      'aws_glue_data_catalog_encryption_settings data_catalog_encryption_settings.encryption_at_rest.catalog_encryption_service_role',
      'aws_kms_grant constraints.encryption_context_equals',
      'aws_kms_grant constraints.encryption_context_subset',
      'aws_rds_integration additional_encryption_context',
      'aws_redshift_integration additional_encryption_context',
      'aws_s3_object_copy kms_encryption_context',
      'aws_sfn_activity encryption_configuration.kms_data_key_reuse_period_seconds',
      'aws_sfn_state_machine encryption_configuration.kms_data_key_reuse_period_seconds',
      'aws_sqs_queue kms_data_key_reuse_period_seconds',
      'aws_workspacesweb_browser_settings additional_encryption_context',
      'aws_workspacesweb_data_protection_settings additional_encryption_context',
      'aws_workspacesweb_ip_access_settings additional_encryption_context',
      'aws_workspacesweb_portal additional_encryption_context',
      'aws_workspacesweb_session_logger additional_encryption_context',
      'aws_workspacesweb_user_settings additional_encryption_context',
    ],
  },
  {
    because: 'switches a key of AWS on, which no customer key needs and none replaces',
    items: ['aws_api_gateway_method_settings settings.cache_data_encrypted', 'aws_sqs_queue sqs_managed_sse_enabled'],
  },
  {
    because: 'says what to do with what is encrypted already',
    items: [
      'aws_observabilityadmin_centralization_rule_for_organization rule.destination.destination_logs_configuration.logs_encryption_configuration.encryption_conflict_resolution_strategy',
      'aws_observabilityadmin_centralization_rule_for_organization rule.source.source_logs_configuration.encrypted_log_group_strategy',
    ],
  },
  {
    because: 'lets a reader use the key of what lies in a bucket',
    items: [
      'aws_dataexchange_revision_assets asset.create_s3_data_access_from_s3_bucket.asset_source.kms_keys_to_grant.kms_key_arn',
    ],
  },
  {
    because: 'lies outside AWS',
    items: ['aws_datasync_location_hdfs kms_key_provider_uri'],
  },
  {
    because: 'says what a key may be used for',
    items: ['aws_paymentcryptography_key key_attributes.key_modes_of_use.encrypt'],
  },
];
