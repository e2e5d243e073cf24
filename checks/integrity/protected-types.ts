/** What a change must not weaken, in one argument of a resource. Paths are dotted, without indexes. */
export type Protection =
  /** `safe` is the value that protects; `absent` the one that an omitted argument means. */
  | { readonly kind: 'flag'; readonly path: string; readonly safe: boolean; readonly absent: boolean }
  /** Less is weaker; the terms add up, each with its factor. */
  | {
      readonly kind: 'amount';
      readonly path: string;
      readonly terms: readonly (readonly [path: string, factor: number])[];
      readonly absent: number;
      /** 0 means without end. */
      readonly isZeroEndless: boolean;
    }
  /** What protects by being there, whatever it says. */
  | { readonly kind: 'presence'; readonly path: string }
  /** The least of an argument over all blocks of a kind, except disabled ones; without any nothing ever ends. */
  | { readonly kind: 'least'; readonly path: string; readonly block: string; readonly argument: string }
  /** Words from the strongest to the weakest; any other is weaker still. */
  | { readonly kind: 'rank'; readonly path: string; readonly words: readonly string[] };

/** A type that is or protects what cannot be had back, and what a change of it must keep. */
export interface ProtectedType {
  /** As a message says it: `a key`. */
  readonly is: string;
  readonly keeps: readonly Protection[];
}

const on = (path: string, absent = false): Protection => ({ kind: 'flag', path, safe: true, absent });
const off = (path: string, absent = false): Protection => ({ kind: 'flag', path, safe: false, absent });
const rank = (path: string, ...words: readonly string[]): Protection => ({ kind: 'rank', path, words });

function atLeast(path: string, absent = 0): Protection {
  return { kind: 'amount', path, terms: [[path, 1]], absent, isZeroEndless: false };
}

/** An amount of which none, and 0, is without end. */
function atMost(path: string): Protection {
  return { kind: 'amount', path, terms: [[path, 1]], absent: 0, isZeroEndless: true };
}

const present = (path: string): Protection => ({ kind: 'presence', path });

function leastOf(block: string, argument: string): Protection {
  return { kind: 'least', path: `${block}.${argument}`, block, argument };
}

const WINDOW = atLeast('deletion_window_in_days', 30);
const BACKUPS = atLeast('backup_retention_period', 1);
const FINAL_SNAPSHOT = off('skip_final_snapshot');
const DELETION_PROTECTION = on('deletion_protection');
const FSX = [atLeast('automatic_backup_retention_days'), off('skip_final_backup')];
const PUBLIC_ACCESS_BLOCK = [
  'block_public_acls',
  'block_public_policy',
  'ignore_public_acls',
  'restrict_public_buckets',
].map((path) => on(path));

const KEYS: Readonly<Record<string, readonly Protection[]>> = {
  aws_kms_key: [WINDOW, on('is_enabled', true), on('enable_key_rotation'), off('bypass_policy_lockout_safety_check')],
  aws_kms_replica_key: [WINDOW, on('enabled', true), off('bypass_policy_lockout_safety_check')],
  aws_kms_external_key: [WINDOW, on('enabled', true), off('bypass_policy_lockout_safety_check')],
  aws_kms_replica_external_key: [WINDOW, on('enabled', true), off('bypass_policy_lockout_safety_check')],
  aws_kms_custom_key_store: [],
  aws_cloudhsm_v2_cluster: [],
  aws_cloudhsm_v2_hsm: [],
  aws_acmpca_certificate_authority: [on('enabled', true), atLeast('permanent_deletion_time_in_days', 30)],
  aws_paymentcryptography_key: [WINDOW, on('enabled', true)],
};

const ARCHIVES: Readonly<Record<string, readonly Protection[]>> = {
  aws_s3_bucket: [
    off('force_destroy'),
    on('object_lock_enabled'),
    rank('object_lock_configuration.object_lock_enabled', 'Enabled'),
    on('versioning.enabled'),
    on('versioning.mfa_delete'),
  ],
  aws_s3_directory_bucket: [off('force_destroy')],
  aws_s3control_bucket: [],
  aws_s3tables_table_bucket: [off('force_destroy')],
  aws_s3tables_table: [],
  aws_backup_vault: [off('force_destroy')],
  aws_backup_logically_air_gapped_vault: [atLeast('min_retention_days'), atMost('max_retention_days')],
  aws_glacier_vault: [],
  aws_db_instance: [
    DELETION_PROTECTION,
    FINAL_SNAPSHOT,
    atLeast('backup_retention_period'),
    off('delete_automated_backups', true),
  ],
  aws_rds_cluster: [DELETION_PROTECTION, FINAL_SNAPSHOT, BACKUPS, off('delete_automated_backups', true)],
  aws_rds_global_cluster: [DELETION_PROTECTION, off('force_destroy')],
  aws_db_snapshot: [],
  aws_db_snapshot_copy: [],
  aws_db_cluster_snapshot: [],
  aws_rds_cluster_snapshot_copy: [],
  aws_docdb_cluster: [DELETION_PROTECTION, FINAL_SNAPSHOT, BACKUPS],
  aws_docdb_cluster_snapshot: [],
  aws_docdb_global_cluster: [DELETION_PROTECTION],
  aws_docdbelastic_cluster: [BACKUPS],
  aws_neptune_cluster: [DELETION_PROTECTION, FINAL_SNAPSHOT, BACKUPS],
  aws_neptune_cluster_snapshot: [],
  aws_neptune_global_cluster: [DELETION_PROTECTION],
  aws_neptunegraph_graph: [on('deletion_protection', true)],
  aws_dynamodb_table: [on('deletion_protection_enabled'), on('point_in_time_recovery.enabled')],
  aws_dynamodb_table_replica: [on('deletion_protection_enabled'), on('point_in_time_recovery')],
  aws_keyspaces_keyspace: [],
  aws_keyspaces_table: [rank('point_in_time_recovery.status', 'ENABLED')],
  aws_qldb_ledger: [on('deletion_protection', true)],
  aws_dsql_cluster: [on('deletion_protection_enabled'), off('force_destroy')],
  aws_redshift_cluster: [FINAL_SNAPSHOT, atLeast('automated_snapshot_retention_period', 1), on('logging.enable')],
  aws_redshift_cluster_snapshot: [],
  aws_redshiftserverless_namespace: [],
  aws_redshiftserverless_snapshot: [],
  aws_opensearch_domain: [],
  aws_elasticsearch_domain: [],
  aws_opensearchserverless_collection: [],
  aws_elasticache_cluster: [atLeast('snapshot_retention_limit')],
  aws_elasticache_replication_group: [atLeast('snapshot_retention_limit')],
  aws_elasticache_serverless_cache: [atLeast('snapshot_retention_limit')],
  aws_memorydb_cluster: [atLeast('snapshot_retention_limit')],
  aws_memorydb_snapshot: [],
  aws_timestreamwrite_database: [],
  aws_timestreamwrite_table: [atLeast('retention_properties.magnetic_store_retention_period_in_days')],
  aws_timestreaminfluxdb_db_cluster: [],
  aws_timestreaminfluxdb_db_instance: [],
  aws_efs_file_system: [rank('protection.replication_overwrite', 'ENABLED')],
  aws_fsx_lustre_file_system: FSX,
  aws_fsx_ontap_file_system: [atLeast('automatic_backup_retention_days')],
  aws_fsx_ontap_volume: [
    off('skip_final_backup'),
    off('bypass_snaplock_enterprise_retention'),
    rank('snaplock_configuration.snaplock_type', 'COMPLIANCE', 'ENTERPRISE'),
  ],
  aws_fsx_openzfs_file_system: FSX,
  aws_fsx_openzfs_volume: [],
  aws_fsx_windows_file_system: FSX,
  aws_fsx_backup: [],
  aws_ebs_volume: [on('final_snapshot')],
  aws_ebs_snapshot: [],
  aws_ebs_snapshot_copy: [],
  aws_ebs_snapshot_import: [],
  aws_ecr_repository: [off('force_delete')],
  aws_kinesis_stream: [atLeast('retention_period', 24)],
  aws_kinesis_video_stream: [atLeast('data_retention_in_hours')],
  aws_msk_cluster: [],
  aws_lightsail_bucket: [off('force_delete')],
  aws_lightsail_database: [FINAL_SNAPSHOT, on('backup_retention_enabled')],
  aws_storagegateway_tape_pool: [
    rank('retention_lock_type', 'COMPLIANCE', 'GOVERNANCE'),
    atLeast('retention_lock_time_in_days'),
  ],
};

const GATEWAYS: Readonly<Record<string, readonly Protection[]>> = {
  aws_networkfirewall_firewall: [
    on('delete_protection'),
    on('firewall_policy_change_protection'),
    on('subnet_change_protection'),
    on('availability_zone_change_protection'),
  ],
  aws_networkfirewall_firewall_policy: [],
  aws_networkfirewall_rule_group: [],
  aws_networkfirewall_tls_inspection_configuration: [],
  aws_networkfirewall_vpc_endpoint_association: [],
  aws_verifiedaccess_instance: [],
  aws_verifiedaccess_group: [],
  aws_verifiedaccess_endpoint: [],
  aws_verifiedaccess_trust_provider: [],
  aws_verifiedaccess_instance_trust_provider_attachment: [],
  aws_ec2_client_vpn_endpoint: [on('connection_log_options.enabled')],
  aws_route53_resolver_firewall_config: [rank('firewall_fail_open', 'DISABLED')],
  aws_route53_resolver_firewall_rule_group: [],
  aws_route53_resolver_firewall_rule_group_association: [rank('mutation_protection', 'ENABLED')],
  aws_route53_resolver_firewall_rule: [],
  aws_wafv2_web_acl: [],
  aws_wafv2_web_acl_association: [],
};

const SECRETS: Readonly<Record<string, readonly Protection[]>> = {
  aws_secretsmanager_secret: [atLeast('recovery_window_in_days', 30)],
};

const LOGS: Readonly<Record<string, readonly Protection[]>> = {
  aws_flow_log: [],
  aws_cloudwatch_log_group: [
    {
      kind: 'amount',
      path: 'retention_in_days',
      terms: [['retention_in_days', 1]],
      absent: 0,
      isZeroEndless: true,
    },
    on('deletion_protection_enabled'),
    on('skip_destroy'),
    present('kms_key_id'),
  ],
  aws_cloudwatch_log_stream: [],
  aws_cloudwatch_log_subscription_filter: [],
  aws_cloudwatch_log_destination: [],
  aws_cloudwatch_log_delivery: [],
  aws_cloudwatch_log_delivery_source: [],
  aws_cloudwatch_log_delivery_destination: [],
  aws_cloudtrail: [
    on('enable_logging', true),
    on('enable_log_file_validation'),
    on('is_multi_region_trail'),
    on('is_organization_trail'),
    on('include_global_service_events', true),
    present('kms_key_id'),
    present('cloud_watch_logs_group_arn'),
  ],
  aws_cloudtrail_event_data_store: [
    on('termination_protection_enabled', true),
    on('multi_region_enabled', true),
    on('organization_enabled'),
    atLeast('retention_period', 2555),
    off('suspend'),
  ],
  aws_accessanalyzer_analyzer: [],
  aws_bedrock_model_invocation_logging_configuration: [],
  aws_cloudwatch_event_archive: [atMost('retention_days')],
  aws_config_configuration_recorder: [on('recording_group.all_supported', true)],
  aws_config_configuration_recorder_status: [on('is_enabled')],
  aws_config_delivery_channel: [],
  aws_config_retention_configuration: [atLeast('retention_period_in_days', 2557)],
  aws_detective_graph: [],
  aws_guardduty_detector: [on('enable', true)],
  aws_guardduty_detector_feature: [rank('status', 'ENABLED')],
  aws_guardduty_organization_configuration: [rank('auto_enable_organization_members', 'ALL', 'NEW')],
  aws_guardduty_publishing_destination: [],
  aws_inspector2_enabler: [],
  aws_kinesis_firehose_delivery_stream: [],
  aws_macie2_account: [rank('status', 'ENABLED')],
  aws_networkfirewall_logging_configuration: [],
  aws_redshift_logging: [],
  aws_route53_query_log: [],
  aws_route53_resolver_query_log_config: [],
  aws_route53_resolver_query_log_config_association: [],
  aws_s3_bucket_logging: [],
  aws_securityhub_account: [],
  aws_securityhub_finding_aggregator: [],
  aws_securityhub_organization_configuration: [on('auto_enable')],
  aws_securitylake_aws_log_source: [],
  aws_securitylake_data_lake: [],
  aws_verifiedaccess_instance_logging_configuration: [],
  aws_vpclattice_access_log_subscription: [],
  aws_wafv2_web_acl_logging_configuration: [],
};

const PROTECTIONS: Readonly<Record<string, readonly [of: string, ...keeps: Protection[]]>> = {
  aws_kms_alias: ['a key'],
  aws_secretsmanager_secret_policy: ['a secret', on('block_public_policy')],
  aws_kms_key_policy: ['a key', off('bypass_policy_lockout_safety_check')],
  aws_s3_bucket_versioning: [
    'an archive',
    rank('versioning_configuration.status', 'Enabled'),
    rank('versioning_configuration.mfa_delete', 'Enabled'),
  ],
  aws_s3_bucket_object_lock_configuration: [
    'an archive',
    rank('object_lock_enabled', 'Enabled'),
    rank('rule.default_retention.mode', 'COMPLIANCE', 'GOVERNANCE'),
    {
      kind: 'amount',
      path: 'rule.default_retention',
      terms: [
        ['rule.default_retention.days', 1],
        ['rule.default_retention.years', 365],
      ],
      absent: 0,
      isZeroEndless: false,
    },
  ],
  aws_s3_bucket_policy: ['an archive'],
  aws_s3_bucket_public_access_block: ['an archive', ...PUBLIC_ACCESS_BLOCK],
  aws_s3_account_public_access_block: ['archives', ...PUBLIC_ACCESS_BLOCK],
  aws_s3_bucket_replication_configuration: ['an archive'],
  aws_s3_bucket_server_side_encryption_configuration: ['an archive'],
  aws_s3control_bucket_policy: ['an archive'],
  aws_backup_plan: ['archives', leastOf('rule', 'lifecycle.delete_after')],
  aws_backup_selection: ['archives'],
  aws_backup_vault_lock_configuration: [
    'an archive',
    atLeast('min_retention_days'),
    atMost('max_retention_days'),
    present('changeable_for_days'),
  ],
  aws_backup_vault_policy: ['an archive'],
  aws_db_instance_automated_backups_replication: ['an archive', atLeast('retention_period', 7)],
  aws_redshift_snapshot_copy: ['an archive', atLeast('retention_period', 7)],
  aws_dlm_lifecycle_policy: ['archives', rank('state', 'ENABLED')],
  aws_ebs_snapshot_block_public_access: ['archives', rank('state', 'block-all-sharing', 'block-new-sharing')],
  aws_rbin_rule: [
    'archives',
    atLeast('retention_period.retention_period_value'),
    present('lock_configuration.unlock_delay'),
  ],
  aws_efs_backup_policy: ['an archive', rank('backup_policy.status', 'ENABLED')],
  aws_efs_file_system_policy: ['an archive', off('bypass_policy_lockout_safety_check')],
  aws_efs_replication_configuration: ['an archive'],
  aws_glacier_vault_lock: ['an archive', on('complete_lock')],
  aws_dynamodb_resource_policy: ['an archive'],
  aws_networkfirewall_resource_policy: ['a gateway'],
  aws_fms_policy: ['gateways', on('remediation_enabled')],
  aws_vpc_block_public_access_options: [
    'networks',
    rank('internet_gateway_block_mode', 'block-bidirectional', 'block-ingress'),
  ],
  aws_organizations_policy: ['accounts'],
  aws_organizations_policy_attachment: ['accounts'],
  aws_cloudwatch_log_account_policy: ['logs'],
  aws_cloudwatch_log_data_protection_policy: ['a log'],
  aws_cloudwatch_log_destination_policy: ['a log'],
  aws_cloudwatch_log_resource_policy: ['logs'],
};

/** Every type of which the loss or the weakening shows, by its name. */
export const PROTECTED_TYPES: ReadonlyMap<string, ProtectedType> = new Map([
  ...rows('a key', KEYS),
  ...rows('a secret', SECRETS),
  ...rows('an archive', ARCHIVES),
  ...rows('a gateway', GATEWAYS),
  ...rows('a log', LOGS),
  ...Object.entries(PROTECTIONS).map(
    ([type, [of, ...keeps]]) => [type, { is: `a protection of ${of}`, keeps }] as const,
  ),
]);

/** What a change of a gateway must keep whatever its type, when the policy registers it. */
export const REGISTERED_GATEWAYS: ReadonlyMap<string, readonly Protection[]> = new Map([
  ['aws_instance', [on('disable_api_termination'), on('disable_api_stop')]],
  ['aws_lb', [on('enable_deletion_protection'), on('access_logs.enabled'), off('enable_waf_fail_open')]],
]);

/** What lets a thing end that was there, by being made or changed; to lose it loses nothing. */
export interface EndingType extends ProtectedType {
  /** The argument that names what ends, and its types. */
  readonly argument: string;
  readonly of: readonly string[];
}

export const ENDING_TYPES: ReadonlyMap<string, EndingType> = new Map([
  [
    'aws_s3_bucket_lifecycle_configuration',
    {
      is: 'the expiry of an archive',
      argument: 'bucket',
      of: ['aws_s3_bucket'],
      keeps: [leastOf('rule', 'expiration.days'), leastOf('rule', 'noncurrent_version_expiration.noncurrent_days')],
    },
  ],
]);

function rows(is: string, table: Readonly<Record<string, readonly Protection[]>>) {
  return Object.entries(table).map(([type, keeps]): readonly [string, ProtectedType] => [type, { is, keeps }]);
}
