import {
  inBlock,
  is,
  isGiven,
  KEYLESS,
  member,
  type Part,
  store,
  type StoreTable,
  type StoreUser,
  switched,
  toBucket,
  typed,
  when,
} from './store-form.ts';

const REPOSITORY = typed(
  'encryption_configuration.encryption_type',
  ['KMS', 'KMS_DSSE'],
  'encryption_configuration.kms_key',
);

const FIREWALL = store(typed('encryption_configuration.type', 'CUSTOMER_KMS', 'encryption_configuration.key_id'));

const VERIFIED_ACCESS = store(
  switched('sse_specification.customer_managed_key_enabled', 'sse_specification.kms_key_arn'),
);

const FARGATE = ['FARGATE', 'FARGATE_SPOT'];

/** Who says that tasks of a cluster run on Fargate, where their disks are the cluster's. */
const FARGATE_USERS: readonly StoreUser[] = [
  { type: 'aws_ecs_service', by: 'cluster', argument: 'launch_type', is: FARGATE },
  { type: 'aws_ecs_service', by: 'cluster', argument: 'capacity_provider_strategy.capacity_provider', is: FARGATE },
  { type: 'aws_ecs_cluster_capacity_providers', by: 'cluster_name', argument: 'capacity_providers', is: FARGATE },
];

/** The password that a database makes and keeps in Secrets Manager. */
function password(switchedOn: string, key: string): Part {
  return when(is(switchedOn), key);
}

/** What a build writes to a bucket, which it encrypts with the key of the project unless it is told not to. */
function output(block: string, ...conditions: readonly (readonly [argument: string, value: string])[]): Part {
  return inBlock(block, {
    when: conditions.map(([argument, value]) => is(`${block}.${argument}`, value)),
    switch: `${block}.encryption_disabled`,
    on: false,
  });
}

/** Secrets, parameters, environments, code and settings. Sources: the Terraform Registry's page of each type. */
export const SOFTWARE: StoreTable = {
  // Secrets and parameters. A parameter that is no SecureString is not encrypted, and holds no secret (ENC-008 asks its name).
  aws_secretsmanager_secret: store('kms_key_id', { ...inBlock('replica', 'replica.kms_key_id'), graver: ['region'] }),
  aws_ssm_parameter: store(typed('type', 'SecureString', 'key_id')),
  aws_bedrockagentcore_token_vault_cmk: store(
    typed('kms_configuration.key_type', 'CustomerManagedKey', 'kms_configuration.kms_key_arn'),
  ),
  aws_db_instance: store(password('manage_master_user_password', 'master_user_secret_kms_key_id')),
  aws_rds_cluster: store(password('manage_master_user_password', 'master_user_secret_kms_key_id')),
  aws_redshift_cluster: store(password('manage_master_password', 'master_password_secret_kms_key_id')),
  aws_redshiftserverless_namespace: store(password('manage_admin_password', 'admin_password_secret_kms_key_id')),

  // Environments and code
  aws_lambda_function: store(
    when(isGiven('environment'), 'kms_key_arn'),
    // An image is encrypted as its repository says.
    when(is('package_type', 'Zip'), 'source_kms_key_arn'),
  ),
  aws_lambda_capacity_provider: store('kms_key_arn'),
  aws_eks_cluster: store('encryption_config.provider.key_arn'),
  aws_ecs_cluster: store(
    when(
      { anyUser: FARGATE_USERS },
      'configuration.managed_storage_configuration.fargate_ephemeral_storage_kms_key_id',
    ),
    // Volumes that name no other key; whether they do is ENC-003's.
    when(
      isGiven('configuration.managed_storage_configuration.kms_key_id'),
      'configuration.managed_storage_configuration.kms_key_id',
    ),
    when(
      isGiven('configuration.execute_command_configuration.log_configuration.cloud_watch_log_group_name'),
      inBlock(
        'configuration.execute_command_configuration.log_configuration',
        switched('configuration.execute_command_configuration.log_configuration.cloud_watch_encryption_enabled'),
      ),
    ),
    when(
      isGiven('configuration.execute_command_configuration.log_configuration.s3_bucket_name'),
      inBlock(
        'configuration.execute_command_configuration.log_configuration',
        switched('configuration.execute_command_configuration.log_configuration.s3_bucket_encryption_enabled'),
      ),
    ),
  ),
  // The private key of each service's certificate.
  aws_ecs_service: store(
    inBlock('service_connect_configuration.service.tls', 'service_connect_configuration.service.tls.kms_key'),
  ),
  aws_apprunner_service: store('encryption_configuration.kms_key'),
  aws_mwaa_environment: store('kms_key'),
  aws_m2_application: store('kms_key_id'),
  aws_m2_environment: store('kms_key_id'),
  aws_rds_custom_db_engine_version: store('kms_key_id'),
  aws_synthetics_canary: store(
    toBucket(
      'artifact_s3_location',
      typed('artifact_config.s3_encryption.encryption_mode', 'SSE_KMS', 'artifact_config.s3_encryption.kms_key_arn'),
    ),
  ),

  // Repositories and what is built
  aws_ecr_repository: store(REPOSITORY),
  aws_ecr_repository_creation_template: store(REPOSITORY),
  // Public repositories take no key.
  aws_ecrpublic_repository: KEYLESS,
  aws_codeartifact_domain: store('encryption_key'),
  aws_codeartifact_repository: member('domain', 'aws_codeartifact_domain'),
  aws_codecommit_repository: store('kms_key_id'),
  aws_codebuild_project: store(
    'encryption_key',
    output('artifacts', ['type', 'S3']),
    output('secondary_artifacts', ['type', 'S3']),
    output('logs_config.s3_logs', ['status', 'ENABLED']),
  ),
  aws_codebuild_report_group: store(
    inBlock('export_config.s3_destination', {
      switch: 'export_config.s3_destination.encryption_disabled',
      on: false,
      key: 'export_config.s3_destination.encryption_key',
    }),
  ),
  aws_codepipeline: store({
    ...inBlock('artifact_store', 'artifact_store.encryption_key.id'),
    graver: ['location', 'region'],
  }),
  aws_codegurureviewer_repository_association: store(
    typed('kms_key_details.encryption_option', 'CUSTOMER_MANAGED_CMK', 'kms_key_details.kms_key_id'),
  ),
  aws_imagebuilder_component: store('kms_key_id'),
  aws_imagebuilder_container_recipe: store('kms_key_id'),
  aws_imagebuilder_workflow: store('kms_key_id'),
  aws_imagebuilder_distribution_configuration: store(
    inBlock('distribution.ami_distribution_configuration', {
      key: 'distribution.ami_distribution_configuration.kms_key_id',
      unclear: 'names no key for an image that it distributes, which keeps the one of its recipe or account',
    }),
  ),

  // Settings
  aws_appconfig_configuration_profile: store(when(is('location_uri', 'hosted'), 'kms_key_identifier')),
  aws_appconfig_hosted_configuration_version: member('configuration_profile_id', 'aws_appconfig_configuration_profile'),
  aws_appconfig_deployment: {
    ...member('configuration_profile_id', 'aws_appconfig_configuration_profile'),
    key: 'kms_key_identifier',
  },
  aws_networkfirewall_firewall: FIREWALL,
  aws_networkfirewall_firewall_policy: FIREWALL,
  aws_networkfirewall_rule_group: FIREWALL,
  aws_networkfirewall_tls_inspection_configuration: FIREWALL,
  aws_verifiedaccess_endpoint: VERIFIED_ACCESS,
  aws_verifiedaccess_trust_provider: VERIFIED_ACCESS,
  aws_verifiedaccess_group: store(
    switched('sse_configuration.customer_managed_key_enabled', 'sse_configuration.kms_key_arn'),
  ),
  aws_workspacesweb_browser_settings: store('customer_managed_key'),
  aws_workspacesweb_data_protection_settings: store('customer_managed_key'),
  aws_workspacesweb_ip_access_settings: store('customer_managed_key'),
  aws_workspacesweb_portal: store('customer_managed_key'),
  aws_workspacesweb_session_logger: store('customer_managed_key'),
  aws_workspacesweb_user_settings: store('customer_managed_key'),
};
