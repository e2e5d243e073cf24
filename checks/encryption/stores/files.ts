import {
  attested,
  copyable,
  inBlock,
  isOmitted,
  KEYLESS,
  KMS_ALGORITHMS,
  member,
  type Part,
  store,
  type StoreTable,
  switched,
  toBucket,
  when,
} from './store-form.ts';

const OBJECT: Part = {
  switch: 'server_side_encryption',
  on: KMS_ALGORITHMS,
  key: 'kms_key_id',
  bucket: 'bucket',
};

/** File systems, shares, and objects with their copies. Sources: the Terraform Registry's page of each type. */
export const FILES: StoreTable = {
  // Amazon EFS and FSx
  aws_efs_file_system: store(switched('encrypted', 'kms_key_id')),
  // A file system that is there already is encrypted as it says itself.
  aws_efs_replication_configuration: store({
    ...when(isOmitted('destination.file_system_id'), inBlock('destination', 'destination.kms_key_id')),
    graver: ['region', 'availability_zone_name'],
  }),
  aws_fsx_lustre_file_system: copyable(['backup_id'], 'kms_key_id'),
  aws_fsx_ontap_file_system: store('kms_key_id'),
  aws_fsx_openzfs_file_system: copyable(['backup_id'], 'kms_key_id'),
  aws_fsx_windows_file_system: copyable(['backup_id'], 'kms_key_id'),
  aws_fsx_file_cache: store('kms_key_id'),
  aws_fsx_backup: member(
    ['file_system_id', 'volume_id'],
    'aws_fsx_lustre_file_system',
    'aws_fsx_openzfs_file_system',
    'aws_fsx_windows_file_system',
    'aws_fsx_ontap_volume',
    'aws_fsx_openzfs_volume',
  ),
  aws_fsx_ontap_storage_virtual_machine: member('file_system_id', 'aws_fsx_ontap_file_system'),
  aws_fsx_ontap_volume: member('storage_virtual_machine_id', 'aws_fsx_ontap_storage_virtual_machine'),
  aws_fsx_openzfs_volume: member('parent_volume_id', 'aws_fsx_openzfs_file_system', 'aws_fsx_openzfs_volume'),
  aws_fsx_openzfs_snapshot: member('volume_id', 'aws_fsx_openzfs_file_system', 'aws_fsx_openzfs_volume'),

  // AWS Storage Gateway
  aws_storagegateway_nfs_file_share: store(switched('kms_encrypted', 'kms_key_arn')),
  aws_storagegateway_smb_file_share: store(switched('kms_encrypted', 'kms_key_arn')),
  aws_storagegateway_cached_iscsi_volume: store(switched('kms_encrypted', 'kms_key')),
  aws_storagegateway_stored_iscsi_volume: store(switched('kms_encrypted', 'kms_key')),

  // Objects that may say something else than the default of their bucket (ENC-001)
  aws_s3_object: store(OBJECT),
  aws_s3_bucket_object: store(OBJECT),
  aws_s3_object_copy: store(OBJECT),
  aws_s3_bucket: store(
    inBlock('replication_configuration.rules.destination', {
      ...toBucket(
        'replication_configuration.rules.destination.bucket',
        'replication_configuration.rules.destination.replica_kms_key_id',
      ),
      graver: ['account_id'],
    }),
  ),
  aws_s3_bucket_replication_configuration: store(
    inBlock('rule.destination', {
      ...toBucket('rule.destination.bucket', 'rule.destination.encryption_configuration.replica_kms_key_id'),
      graver: ['account'],
    }),
  ),
  aws_s3control_bucket: attested(
    'request-encryption',
    'is encrypted with a key of S3 on Outposts unless each request brings its own (SSE-C), which no argument shows',
  ),
  aws_lightsail_bucket: KEYLESS,
  aws_lightsail_disk: KEYLESS,
  aws_lightsail_instance: KEYLESS,
  aws_media_store_container: KEYLESS,
};
