/**
 * Arguments that take a secret, by type without its prefix `aws_`, as dotted paths without indexes: those that the
 * schemas of hashicorp/aws 5.100 and 6.25 mark as sensitive or write-only, without names and certificates that they mark
 * too, and those that take a secret by their name without a mark. The value of an SSM parameter is one by its type.
 */
const ARGUMENTS = `
acm_certificate private_key
alb_listener default_action.authenticate_oidc.client_secret
alb_listener_rule action.authenticate_oidc.client_secret
amplify_app access_token auto_branch_creation_config.basic_auth_credentials basic_auth_credentials oauth_token
amplify_branch basic_auth_credentials
api_gateway_api_key value
api_gateway_domain_name certificate_private_key
appfabric_app_authorization credential.api_key_credential.api_key credential.oauth2_credential.client_secret
appflow_connector_profile connector_profile_config.connector_profile_credentials.amplitude.api_key connector_profile_config.connector_profile_credentials.amplitude.secret_key connector_profile_config.connector_profile_credentials.custom_connector.api_key.api_key connector_profile_config.connector_profile_credentials.custom_connector.api_key.api_secret_key connector_profile_config.connector_profile_credentials.custom_connector.basic.password connector_profile_config.connector_profile_credentials.custom_connector.custom.credentials_map connector_profile_config.connector_profile_credentials.custom_connector.oauth2.access_token connector_profile_config.connector_profile_credentials.custom_connector.oauth2.client_secret connector_profile_config.connector_profile_credentials.custom_connector.oauth2.refresh_token connector_profile_config.connector_profile_credentials.datadog.api_key connector_profile_config.connector_profile_credentials.dynatrace.api_token connector_profile_config.connector_profile_credentials.google_analytics.access_token connector_profile_config.connector_profile_credentials.google_analytics.client_secret connector_profile_config.connector_profile_credentials.google_analytics.refresh_token connector_profile_config.connector_profile_credentials.honeycode.access_token connector_profile_config.connector_profile_credentials.honeycode.refresh_token connector_profile_config.connector_profile_credentials.infor_nexus.secret_access_key connector_profile_config.connector_profile_credentials.marketo.access_token connector_profile_config.connector_profile_credentials.marketo.client_secret connector_profile_config.connector_profile_credentials.redshift.password connector_profile_config.connector_profile_credentials.salesforce.access_token connector_profile_config.connector_profile_credentials.salesforce.jwt_token connector_profile_config.connector_profile_credentials.salesforce.refresh_token connector_profile_config.connector_profile_credentials.sapo_data.basic_auth_credentials.password connector_profile_config.connector_profile_credentials.sapo_data.oauth_credentials.access_token connector_profile_config.connector_profile_credentials.sapo_data.oauth_credentials.client_secret connector_profile_config.connector_profile_credentials.sapo_data.oauth_credentials.refresh_token connector_profile_config.connector_profile_credentials.service_now.password connector_profile_config.connector_profile_credentials.singular.api_key connector_profile_config.connector_profile_credentials.slack.access_token connector_profile_config.connector_profile_credentials.slack.client_secret connector_profile_config.connector_profile_credentials.snowflake.password connector_profile_config.connector_profile_credentials.trendmicro.api_secret_key connector_profile_config.connector_profile_credentials.veeva.password connector_profile_config.connector_profile_credentials.zendesk.access_token connector_profile_config.connector_profile_credentials.zendesk.client_secret
appstream_directory_config service_account_credentials.account_password
bedrockagentcore_api_key_credential_provider api_key api_key_wo
bedrockagentcore_oauth2_credential_provider oauth2_provider_config.custom_oauth2_provider_config.client_secret oauth2_provider_config.custom_oauth2_provider_config.client_secret_wo oauth2_provider_config.github_oauth2_provider_config.client_secret oauth2_provider_config.github_oauth2_provider_config.client_secret_wo oauth2_provider_config.google_oauth2_provider_config.client_secret oauth2_provider_config.google_oauth2_provider_config.client_secret_wo oauth2_provider_config.microsoft_oauth2_provider_config.client_secret oauth2_provider_config.microsoft_oauth2_provider_config.client_secret_wo oauth2_provider_config.salesforce_oauth2_provider_config.client_secret oauth2_provider_config.salesforce_oauth2_provider_config.client_secret_wo oauth2_provider_config.slack_oauth2_provider_config.client_secret oauth2_provider_config.slack_oauth2_provider_config.client_secret_wo
chime_voice_connector_termination_credentials credentials.password
cloudwatch_event_connection auth_parameters.api_key.value auth_parameters.basic.password auth_parameters.invocation_http_parameters.body.value auth_parameters.invocation_http_parameters.header.value auth_parameters.invocation_http_parameters.query_string.value auth_parameters.oauth.client_parameters.client_secret auth_parameters.oauth.oauth_http_parameters.body.value auth_parameters.oauth.oauth_http_parameters.header.value auth_parameters.oauth.oauth_http_parameters.query_string.value
codebuild_source_credential token
codepipeline_webhook authentication_configuration.secret_token
cognito_user password temporary_password
connect_user password
datasync_location_azure_blob sas_configuration.token
datasync_location_fsx_ontap_file_system protocol.smb.password
datasync_location_fsx_windows_file_system password
datasync_location_object_storage secret_key
datasync_location_smb password
db_instance password password_wo
directory_service_directory password
directory_service_radius_settings shared_secret
directory_service_trust trust_password
dms_certificate certificate_wallet
dms_endpoint kafka_settings.sasl_password kafka_settings.ssl_client_key_password password redis_settings.auth_password
docdb_cluster master_password master_password_wo
docdbelastic_cluster admin_user_password
dx_bgp_peer bgp_auth_key
dx_hosted_private_virtual_interface bgp_auth_key
dx_hosted_public_virtual_interface bgp_auth_key
dx_hosted_transit_virtual_interface bgp_auth_key
dx_private_virtual_interface bgp_auth_key
dx_public_virtual_interface bgp_auth_key
dx_transit_virtual_interface bgp_auth_key
elasticache_replication_group auth_token
elasticache_user authentication_mode.passwords passwords
elasticsearch_domain advanced_security_options.master_user_options.master_user_password
emr_cluster kerberos_attributes.ad_domain_join_password kerberos_attributes.cross_realm_trust_principal_password kerberos_attributes.kdc_admin_password
fsx_ontap_file_system fsx_admin_password
fsx_ontap_storage_virtual_machine active_directory_configuration.self_managed_active_directory_configuration.password svm_admin_password
fsx_windows_file_system self_managed_active_directory.password
glue_job source_control_details.auth_token
iam_server_certificate private_key
kinesis_firehose_delivery_stream http_endpoint_configuration.access_key redshift_configuration.password snowflake_configuration.key_passphrase snowflake_configuration.private_key splunk_configuration.hec_token
kms_ciphertext plaintext plaintext_wo
kms_custom_key_store key_store_password xks_proxy_authentication_credential.raw_secret_access_key
kms_external_key key_material_base64
kms_replica_external_key key_material_base64
lb_listener default_action.authenticate_oidc.client_secret
lb_listener_rule action.authenticate_oidc.client_secret
lightsail_database master_password
memorydb_user authentication_mode.passwords
mq_broker ldap_server_metadata.service_account_password user.password
opensearch_domain advanced_security_options.master_user_options.master_user_password
opsworks_application app_source.password app_source.ssh_key ssl_configuration.private_key
opsworks_rds_db_instance db_password
opsworks_stack custom_cookbooks_source.password custom_cookbooks_source.ssh_key
pinpoint_adm_channel client_secret
pinpoint_apns_channel private_key token_key
pinpoint_apns_sandbox_channel private_key token_key
pinpoint_apns_voip_channel private_key token_key
pinpoint_apns_voip_sandbox_channel private_key token_key
pinpoint_baidu_channel api_key secret_key
pinpoint_gcm_channel api_key service_json
quicksight_data_source credentials.credential_pair.password
rds_cluster master_password master_password_wo
redshift_cluster master_password master_password_wo
redshift_hsm_configuration hsm_partition_password
redshiftserverless_namespace admin_user_password admin_user_password_wo
s3_bucket_object_lock_configuration token
s3_bucket_replication_configuration token
s3_object_copy customer_key source_customer_key
sagemaker_workforce oidc_config.client_secret
secretsmanager_secret_version secret_binary secret_string secret_string_wo
securitylake_subscriber_notification configuration.https_notification_configuration.authorization_api_key_value
sesv2_email_identity dkim_signing_attributes.domain_signing_private_key
sns_platform_application platform_credential
storagegateway_file_system_association password
storagegateway_gateway smb_active_directory_settings.password smb_guest_password
timestreaminfluxdb_db_cluster password
timestreaminfluxdb_db_instance password
transfer_certificate private_key
transfer_host_key host_key_body host_key_body_wo
transfer_server host_key
verifiedaccess_trust_provider native_application_oidc_options.client_secret oidc_options.client_secret
vpn_connection tunnel1_preshared_key tunnel2_preshared_key`;

const BY_TYPE: ReadonlyMap<string, readonly string[]> = new Map(
  ARGUMENTS.trim()
    .split('\n')
    .map((line) => {
      const [type = '', ...paths] = line.split(' ');
      return [`aws_${type}`, paths];
    }),
);

/** Arguments that schemas mark as sensitive and that hold no secret: names, certificates, texts for everybody. */
const MARKED: ReadonlyMap<string, readonly string[]> = new Map([
  ['aws_appconfig_configuration_profile', ['validator.content']],
  ['aws_appconfig_hosted_configuration_version', ['content']],
  ['aws_cloudcontrolapi_resource', ['schema']],
  ['aws_directory_service_shared_directory', ['notes']],
  ['aws_dms_certificate', ['certificate_pem']],
  ['aws_elasticsearch_domain_saml_options', ['saml_options.master_user_name']],
  ['aws_glue_connection', ['athena_properties', 'connection_properties']],
  ['aws_iot_authorizer', ['token_signing_public_keys']],
  ['aws_iot_ca_certificate', ['ca_certificate_pem', 'verification_certificate_pem']],
  ['aws_mwaa_environment', ['airflow_configuration_options']],
  ['aws_opensearch_domain_saml_options', ['saml_options.master_user_name']],
  ['aws_pinpoint_adm_channel', ['client_id']],
  ['aws_pinpoint_apns_channel', ['bundle_id', 'certificate', 'team_id', 'token_key_id']],
  ['aws_pinpoint_apns_sandbox_channel', ['bundle_id', 'certificate', 'team_id', 'token_key_id']],
  ['aws_pinpoint_apns_voip_channel', ['bundle_id', 'certificate', 'team_id', 'token_key_id']],
  ['aws_pinpoint_apns_voip_sandbox_channel', ['bundle_id', 'certificate', 'team_id', 'token_key_id']],
  ['aws_quicksight_data_source', ['credentials.credential_pair.username']],
  ['aws_redshiftserverless_namespace', ['admin_username']],
  ['aws_s3_object_copy', ['kms_encryption_context', 'kms_key_id']],
  ['aws_sns_platform_application', ['platform_principal']],
  [
    'aws_ssm_maintenance_window_task',
    [
      'task_invocation_parameters.lambda_parameters.payload',
      'task_invocation_parameters.step_functions_parameters.input',
    ],
  ],
  ['aws_transfer_certificate', ['certificate', 'certificate_chain']],
  ['aws_transfer_server', ['pre_authentication_login_banner', 'post_authentication_login_banner']],
  ['aws_iot_certificate', ['ca_pem', 'certificate_pem', 'public_key']],
]);

/** The arguments of a type that take a secret. */
export function secretArguments(type: string): readonly string[] {
  return BY_TYPE.get(type) ?? [];
}

/** Whether a schema marks an argument as sensitive although what it holds is none. */
export function isMarkedWithoutSecret(type: string, argument: string): boolean {
  return MARKED.get(type)?.includes(argument) ?? false;
}

/** Every type with an argument that takes a secret. */
export function typesWithSecrets(): readonly string[] {
  return [...BY_TYPE.keys()];
}

/** Whether Terraform keeps what an argument is given out of plans and states. */
export function isWriteOnly(argument: string): boolean {
  return argument.endsWith('_wo');
}
