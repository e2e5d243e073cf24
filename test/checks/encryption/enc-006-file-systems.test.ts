import check from '../../../checks/encryption/enc-006-file-systems.ts';
import { testCheck } from '../../support/check-tester.ts';

type Body = { readonly [key: string]: unknown };

const ARN = '${aws_kms_key.ledger.arn}';
const west = (body: Body, more: Body = {}) => ({
  west: { ...more, resource: { aws_kms_key: { ledger: {} }, ...body } },
});
const one = (type: string, body: Body, more: Body = {}) => west({ [type]: { ledger: body } }, more);

const bucketWith = (algorithm: string, key?: string) => ({
  aws_s3_bucket: { ledger: { bucket: 'ledger' } },
  aws_s3_bucket_server_side_encryption_configuration: {
    ledger: {
      bucket: '${aws_s3_bucket.ledger.id}',
      rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: algorithm, kms_master_key_id: key } }],
    },
  },
});

const WRITERS = {
  id: 'ledger-writers',
  kind: 'request-encryption',
  subject: 'west:aws_s3control_bucket.ledger',
  states: 'Every writer sends a key of its own.',
  issuer: 'Watch AS',
  issued: '2026-01-01',
  expires: '2027-12-31',
  document: 'Review of the writers',
};

testCheck(check, {
  pass: [
    {
      name: 'a bucket on an Outpost whose writers bring keys, by evidence in force',
      stacks: one('aws_s3control_bucket', { bucket: 'ledger' }),
      policy: { evidence: [WRITERS] },
    },
    {
      name: 'file systems, what is on them and their copies',
      stacks: west({
        aws_efs_file_system: { ledger: { encrypted: 'true', kms_key_id: ARN } },
        aws_efs_replication_configuration: {
          ledger: { source_file_system_id: '${aws_efs_file_system.ledger.id}', destination: { kms_key_id: ARN } },
        },
        aws_fsx_ontap_file_system: { ledger: { kms_key_id: ARN } },
        aws_fsx_ontap_storage_virtual_machine: {
          ledger: { file_system_id: '${aws_fsx_ontap_file_system.ledger.id}' },
        },
        aws_fsx_ontap_volume: {
          ledger: { storage_virtual_machine_id: '${aws_fsx_ontap_storage_virtual_machine.ledger.id}' },
        },
        aws_fsx_backup: { ledger: { volume_id: '${aws_fsx_ontap_volume.ledger.id}' } },
        aws_fsx_openzfs_file_system: { ledger: { kms_key_id: ARN } },
        aws_fsx_openzfs_volume: {
          ledger: { parent_volume_id: '${aws_fsx_openzfs_file_system.ledger.root_volume_id}' },
        },
      }),
    },
    {
      name: 'a file system from the backup of one with a customer key',
      stacks: west({
        aws_fsx_windows_file_system: {
          ledger: { kms_key_id: ARN },
          restored: { backup_id: '${aws_fsx_backup.ledger.id}' },
        },
        aws_fsx_backup: { ledger: { file_system_id: '${aws_fsx_windows_file_system.ledger.id}' } },
      }),
    },
    {
      name: 'a share of a gateway',
      stacks: one('aws_storagegateway_smb_file_share', { kms_encrypted: true, kms_key_arn: ARN }),
    },
    {
      name: 'objects that leave it to a bucket with a customer key, or name one',
      stacks: west({
        ...bucketWith('aws:kms', ARN),
        aws_s3_object: {
          plain: { bucket: '${aws_s3_bucket.ledger.id}', key: 'plain' },
          literal: { bucket: 'ledger', key: 'literal' },
          keyed: { bucket: 'elsewhere', key: 'keyed', kms_key_id: ARN },
        },
      }),
    },
    {
      name: 'replicas with a customer key',
      stacks: one('aws_s3_bucket_replication_configuration', {
        rule: [{ destination: { bucket: 'arn:aws:s3:::x', encryption_configuration: { replica_kms_key_id: ARN } } }],
      }),
    },
  ],

  fail: [
    {
      name: 'a file system without encryption, which is what omission means',
      stacks: one('aws_efs_file_system', {}),
      fails: { 'aws_efs_file_system.ledger': 'unencrypted' },
    },
    {
      name: 'a file system with a key of AWS',
      stacks: one('aws_efs_file_system', { encrypted: true }),
      fails: { 'aws_efs_file_system.ledger': 'noKey' },
    },
    {
      name: 'a file system with a key that AWS manages',
      stacks: one('aws_fsx_lustre_file_system', { kms_key_id: 'alias/aws/fsx' }),
      fails: { 'aws_fsx_lustre_file_system.ledger': 'awsManaged' },
    },
    {
      name: 'a share that takes SSE-S3, as omission means',
      stacks: one('aws_storagegateway_nfs_file_share', { kms_key_arn: ARN }),
      fails: { 'aws_storagegateway_nfs_file_share.ledger': 'unencrypted' },
    },
    {
      name: 'an object that names another algorithm than its bucket',
      stacks: west({
        ...bucketWith('aws:kms', ARN),
        aws_s3_object: { ledger: { bucket: 'ledger', key: 'one', server_side_encryption: 'AES256' } },
      }),
      fails: { 'aws_s3_object.ledger': 'awsManaged' },
    },
    {
      name: 'an object of a bucket with a key of AWS',
      stacks: west({
        ...bucketWith('AES256'),
        aws_s3_object: { ledger: { bucket: '${aws_s3_bucket.ledger.id}', key: 'one' } },
      }),
      fails: { 'aws_s3_object.ledger': 'inherits' },
    },
    {
      name: 'a volume of a file system with a key of AWS',
      stacks: west({
        aws_fsx_openzfs_file_system: { ledger: { kms_key_id: ARN }, old: {} },
        aws_fsx_openzfs_volume: { ledger: { parent_volume_id: '${aws_fsx_openzfs_file_system.old.root_volume_id}' } },
      }),
      fails: { 'aws_fsx_openzfs_file_system.old': 'noKey', 'aws_fsx_openzfs_volume.ledger': 'inherits' },
    },
    {
      name: 'a disk of Lightsail',
      stacks: one('aws_lightsail_disk', { size_in_gb: 8 }),
      fails: { 'aws_lightsail_disk.ledger': 'keyless' },
    },
  ],

  unproven: [
    {
      name: 'a key outside the estate, with its ARN',
      stacks: one('aws_efs_file_system', {
        encrypted: true,
        kms_key_id: 'arn:aws:kms:eu-west-1:111111111111:key/00000000-0000-4000-8000-000000000001',
      }),
      unproven: {
        'aws_efs_file_system.ledger': 'arn:aws:kms:eu-west-1:111111111111:key/00000000-0000-4000-8000-000000000001',
      },
    },
    {
      name: 'a switch without a value',
      stacks: one(
        'aws_efs_file_system',
        { encrypted: '${var.encrypted}', kms_key_id: ARN },
        { variable: { encrypted: { type: 'bool' } } },
      ),
      unproven: { 'aws_efs_file_system.ledger': 'var.encrypted' },
    },
    {
      name: 'a replica that a dynamic block may make',
      stacks: one(
        'aws_efs_replication_configuration',
        {
          dynamic: { destination: { for_each: '${var.places}', content: { region: '${destination.value}' } } },
        },
        { variable: { places: { type: 'set(string)' } } },
      ),
      unproven: { 'aws_efs_replication_configuration.ledger': 'dynamic.destination' },
    },
    {
      name: 'a bucket on an Outpost, whose requests may bring a key',
      stacks: one('aws_s3control_bucket', { bucket: 'ledger' }),
      unproven: { 'aws_s3control_bucket.ledger': 'SSE-C), which no argument shows, and the policy has no evidence' },
    },
    {
      name: 'a bucket on an Outpost, when the evidence of its writers has expired',
      stacks: one('aws_s3control_bucket', { bucket: 'ledger' }),
      policy: { evidence: [{ ...WRITERS, expires: '2026-02-01' }] },
      unproven: { 'aws_s3control_bucket.ledger': 'the evidence ledger-writers expired on 2026-02-01' },
    },
    {
      name: 'a bucket on an Outpost, when the evidence is of another bucket',
      stacks: one('aws_s3control_bucket', { bucket: 'ledger' }),
      policy: { evidence: [{ ...WRITERS, subject: 'north:aws_s3control_bucket.ledger' }] },
      unproven: { 'aws_s3control_bucket.ledger': 'the policy has no evidence of kind request-encryption' },
    },
    {
      name: 'an object of a bucket outside the estate',
      stacks: one('aws_s3_object', { bucket: 'elsewhere', key: 'one' }),
      unproven: { 'aws_s3_object.ledger': '"elsewhere"' },
    },
    {
      name: 'a backup of a file system outside the estate',
      stacks: one('aws_fsx_backup', { file_system_id: 'fs-0123456789' }),
      unproven: { 'aws_fsx_backup.ledger': 'fs-0123456789' },
    },
  ],
});
