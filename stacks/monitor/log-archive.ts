import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document/index.js';
import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias/index.js';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key/index.js';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js';
import { S3BucketObjectLockConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration/index.js';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls/index.js';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy/index.js';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning/index.js';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket/index.js';
import { Construct } from 'constructs';
import { keyAdministration } from '../key-administration.ts';
import { ORGANISATION } from '../perimeter.ts';
import { MONITOR, SITES, type Place } from '../sites.ts';

/** Days for which nobody, not even the firm, can delete a log. */
export const RETENTION_DAYS = 400;

/** Accounts whose services deliver logs. */
const SENDERS = [...SITES.map((site) => site.account), MONITOR.account];

interface LogArchiveConfig {
  readonly place: Place;
  readonly bucketName: string;
}

/** A bucket of logs that can be written by the enclave's services, read by the firm and altered by nobody. */
export class LogArchive extends Construct {
  readonly bucket: S3Bucket;
  readonly key: KmsKey;
  readonly policy: S3BucketPolicy;
  readonly versioning: S3BucketVersioningA;

  constructor(scope: Construct, id: string, { place, bucketName }: LogArchiveConfig) {
    super(scope, id);

    this.key = new KmsKey(this, 'key', {
      description: `Protects the log archive in ${place.region}`,
      enableKeyRotation: true,
      rotationPeriodInDays: 365,
      deletionWindowInDays: 30,
      multiRegion: false,
      policy: this.keyPolicy(place),
    });
    new KmsAlias(this, 'alias', { name: 'alias/enclave-archive', targetKeyId: this.key.keyId });

    this.bucket = new S3Bucket(this, 'bucket', {
      bucket: bucketName,
      objectLockEnabled: true,
      lifecycle: { preventDestroy: true },
    });
    const bucket = this.bucket.id;
    this.versioning = new S3BucketVersioningA(this, 'versioning', {
      bucket,
      versioningConfiguration: { status: 'Enabled' },
    });
    new S3BucketObjectLockConfigurationA(this, 'object-lock', {
      bucket,
      rule: { defaultRetention: { mode: 'COMPLIANCE', days: RETENTION_DAYS } },
      dependsOn: [this.versioning],
    });
    new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: this.key.arn },
          bucketKeyEnabled: true,
        },
      ],
    });
    new S3BucketPublicAccessBlock(this, 'public-access', {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, 'ownership', { bucket, rule: { objectOwnership: 'BucketOwnerEnforced' } });
    new S3BucketLifecycleConfiguration(this, 'expiry', {
      bucket,
      rule: [
        {
          id: 'after-retention',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          expiration: [{ days: RETENTION_DAYS + 1 }],
          noncurrentVersionExpiration: [{ noncurrentDays: RETENTION_DAYS + 1 }],
        },
      ],
      dependsOn: [this.versioning],
    });
    this.policy = new S3BucketPolicy(this, 'policy', { bucket, policy: this.bucketPolicy() });
  }

  private keyPolicy({ region }: Place): string {
    return new DataAwsIamPolicyDocument(this, 'key-policy', {
      statement: [
        keyAdministration(`arn:aws:iam::${MONITOR.account}:role/monitor-key-administrator`),
        {
          sid: 'Analysts',
          principals: [{ type: 'AWS', identifiers: [`arn:aws:iam::${MONITOR.account}:role/monitor-analyst`] }],
          actions: ['kms:Decrypt', 'kms:DescribeKey'],
          resources: ['*'],
        },
        {
          sid: 'Copies',
          principals: [{ type: 'AWS', identifiers: [`arn:aws:iam::${MONITOR.account}:root`] }],
          actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
          resources: ['*'],
          condition: [
            {
              test: 'ArnLike',
              variable: 'aws:PrincipalArn',
              values: [`arn:aws:iam::${MONITOR.account}:role/archive-replication-*`],
            },
          ],
        },
        {
          sid: 'Delivery',
          principals: [{ type: 'Service', identifiers: ['delivery.logs.amazonaws.com', 'cloudtrail.amazonaws.com'] }],
          actions: ['kms:DescribeKey', 'kms:GenerateDataKey*'],
          resources: ['*'],
          condition: [{ test: 'StringEquals', variable: 'aws:SourceAccount', values: SENDERS }],
        },
        {
          sid: 'KeyEvents',
          principals: [{ type: 'Service', identifiers: ['events.amazonaws.com'] }],
          actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
          resources: ['*'],
          condition: [{ test: 'StringEquals', variable: 'aws:SourceAccount', values: [MONITOR.account] }],
        },
        {
          sid: 'LogGroups',
          principals: [{ type: 'Service', identifiers: [`logs.${region}.amazonaws.com`] }],
          actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
          resources: ['*'],
          condition: [
            {
              test: 'ArnLike',
              variable: 'kms:EncryptionContext:aws:logs:arn',
              values: [`arn:aws:logs:${region}:${MONITOR.account}:log-group:*`],
            },
          ],
        },
      ],
    }).json;
  }

  private bucketPolicy(): string {
    const everything = [this.bucket.arn, `${this.bucket.arn}/*`];
    return new DataAwsIamPolicyDocument(this, 'bucket-policy', {
      statement: [
        {
          sid: 'OnlyTls',
          effect: 'Deny',
          principals: [{ type: '*', identifiers: ['*'] }],
          actions: ['s3:*'],
          resources: everything,
          condition: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] }],
        },
        {
          sid: 'OnlyTheOrganisation',
          effect: 'Deny',
          principals: [{ type: '*', identifiers: ['*'] }],
          actions: ['s3:*'],
          resources: everything,
          condition: [
            { test: 'StringNotEqualsIfExists', variable: 'aws:PrincipalOrgID', values: [ORGANISATION] },
            { test: 'BoolIfExists', variable: 'aws:PrincipalIsAWSService', values: ['false'] },
          ],
        },
        {
          // Object Lock keeps what is written; this keeps everyone from hiding it behind delete markers.
          sid: 'NobodyDeletes',
          effect: 'Deny',
          principals: [{ type: '*', identifiers: ['*'] }],
          actions: ['s3:DeleteBucket', 's3:DeleteObject', 's3:DeleteObjectVersion'],
          resources: everything,
        },
        {
          sid: 'DeliveryChecks',
          principals: [{ type: 'Service', identifiers: ['delivery.logs.amazonaws.com', 'cloudtrail.amazonaws.com'] }],
          actions: ['s3:GetBucketAcl', 's3:ListBucket'],
          resources: [this.bucket.arn],
          condition: [{ test: 'StringEquals', variable: 'aws:SourceAccount', values: SENDERS }],
        },
        {
          sid: 'Delivery',
          principals: [{ type: 'Service', identifiers: ['delivery.logs.amazonaws.com', 'cloudtrail.amazonaws.com'] }],
          actions: ['s3:PutObject'],
          resources: [`${this.bucket.arn}/*`],
          condition: [{ test: 'StringEquals', variable: 'aws:SourceAccount', values: SENDERS }],
        },
      ],
    }).json;
  }
}
