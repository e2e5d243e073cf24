import {
  DataAwsIamPolicyDocument,
  type DataAwsIamPolicyDocumentStatement,
} from '@cdktf/provider-aws/lib/data-aws-iam-policy-document/index.js';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls/index.js';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy/index.js';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning/index.js';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket/index.js';
import { Construct } from 'constructs';
import { ORGANISATION } from '../perimeter.ts';
import type { DataClass } from '../sites.ts';
import { classTags } from '../tags.ts';

interface EnclaveBucketConfig {
  readonly bucketName: string;
  readonly dataClass: DataClass;
  readonly keyArn: string;
  /** Roles of other sites that write replicas into the bucket. */
  readonly replicators?: readonly { readonly account: string; readonly roleArn: string }[];
}

/** A private, versioned bucket under one customer key that speaks TLS only. */
export class EnclaveBucket extends Construct {
  readonly bucket: S3Bucket;
  readonly versioning: S3BucketVersioningA;
  private readonly config: EnclaveBucketConfig;

  constructor(scope: Construct, id: string, config: EnclaveBucketConfig) {
    super(scope, id);
    this.config = config;
    this.bucket = new S3Bucket(this, 'bucket', {
      bucket: config.bucketName,
      tags: classTags(config.dataClass),
      lifecycle: { preventDestroy: true },
    });
    const bucket = this.bucket.id;
    new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: config.keyArn },
          bucketKeyEnabled: true,
        },
      ],
    });
    this.versioning = new S3BucketVersioningA(this, 'versioning', {
      bucket,
      versioningConfiguration: { status: 'Enabled' },
    });
    new S3BucketPublicAccessBlock(this, 'public-access', {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, 'ownership', { bucket, rule: { objectOwnership: 'BucketOwnerEnforced' } });
    new S3BucketPolicy(this, 'policy', { bucket, policy: this.policy() });
  }

  private policy(): string {
    const { keyArn, replicators = [] } = this.config;
    const objects = `${this.bucket.arn}/*`;
    const everything = [this.bucket.arn, objects];
    const everyone = [{ type: '*', identifiers: ['*'] }];
    const statement: DataAwsIamPolicyDocumentStatement[] = [
      {
        sid: 'OnlyTls',
        effect: 'Deny',
        principals: everyone,
        actions: ['s3:*'],
        resources: everything,
        condition: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] }],
      },
      {
        sid: 'OnlyTheOrganisation',
        effect: 'Deny',
        principals: everyone,
        actions: ['s3:*'],
        resources: everything,
        condition: [
          { test: 'StringNotEqualsIfExists', variable: 'aws:PrincipalOrgID', values: [ORGANISATION] },
          { test: 'BoolIfExists', variable: 'aws:PrincipalIsAWSService', values: ['false'] },
        ],
      },
      {
        sid: 'OnlyItsOwnKey',
        effect: 'Deny',
        principals: everyone,
        actions: ['s3:PutObject'],
        resources: [objects],
        condition: [
          {
            test: 'StringNotEqualsIfExists',
            variable: 's3:x-amz-server-side-encryption-aws-kms-key-id',
            values: [keyArn],
          },
        ],
      },
    ];
    if (replicators.length > 0) {
      statement.push({
        sid: 'ReplicasOfOtherSites',
        principals: [{ type: 'AWS', identifiers: replicators.map(({ account }) => `arn:aws:iam::${account}:root`) }],
        actions: ['s3:ReplicateObject', 's3:ReplicateTags', 's3:ObjectOwnerOverrideToBucketOwner'],
        resources: [objects],
        condition: [
          { test: 'ArnEquals', variable: 'aws:PrincipalArn', values: replicators.map(({ roleArn }) => roleArn) },
        ],
      });
    }
    return new DataAwsIamPolicyDocument(this, 'policy-document', { statement }).json;
  }
}
