import { BackupPlan } from '@cdktf/provider-aws/lib/backup-plan/index.js';
import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { S3BucketReplicationConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-replication-configuration/index.js';
import type { Construct } from 'constructs';
import { BACKUP_DAYS, selectTagged } from '../data/backups.ts';
import type { DataStack } from '../data/data-stack.ts';
import { trustedService } from '../iam.ts';
import { awsProvider, SiteStack } from '../site-stack.ts';
import { DATA_CLASSES } from '../sites.ts';

/** Keeps the stores of two sites of one country as copies of each other: objects at once, backups weekly. */
export class ReplicationStack extends SiteStack {
  constructor(scope: Construct, first: DataStack, second: DataStack) {
    super(scope, `replication-${first.site.id}-${second.site.id}`, first.site);
    this.copy(first, second);
    this.copy(second, first, awsProvider(this, 'aws-peer', second.site, 'peer'));
  }

  private copy(from: DataStack, to: DataStack, provider?: AwsProvider): void {
    const at = provider === undefined ? {} : { provider };
    const id = from.site.id;
    const role = new IamRole(this, `${id}-role`, {
      ...at,
      name: 'enclave-replication',
      assumeRolePolicy: trustedService(this, `${id}-trust`, 's3.amazonaws.com', from.site),
    });
    new IamRolePolicy(this, `${id}-policy`, { ...at, role: role.id, policy: this.permissions(from, to) });

    for (const dataClass of DATA_CLASSES) {
      new S3BucketReplicationConfigurationA(this, `${id}-${dataClass}`, {
        ...at,
        bucket: from.bucket(dataClass).bucket.id,
        role: role.arn,
        rule: [
          {
            id: to.site.id,
            status: 'Enabled',
            filter: { prefix: '' },
            deleteMarkerReplication: { status: 'Enabled' },
            sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: 'Enabled' } },
            destination: {
              bucket: to.bucket(dataClass).bucket.arn,
              account: to.site.account,
              accessControlTranslation: { owner: 'Destination' },
              encryptionConfiguration: { replicaKmsKeyId: to.keys.arn(dataClass) },
            },
          },
        ],
      });
    }

    const plan = new BackupPlan(this, `${id}-copies`, {
      ...at,
      name: `copies-${to.site.id}`,
      rule: [
        {
          ruleName: 'weekly',
          targetVaultName: from.backups.vault.name,
          schedule: 'cron(0 4 ? * SUN *)',
          lifecycle: { deleteAfter: BACKUP_DAYS },
          copyAction: [{ destinationVaultArn: to.backups.vault.arn, lifecycle: { deleteAfter: BACKUP_DAYS } }],
        },
      ],
    });
    selectTagged(this, `${id}-selection`, { planId: plan.id, roleArn: from.backups.role.arn, ...at });
  }

  private permissions(from: DataStack, to: DataStack): string {
    const sources = DATA_CLASSES.map((dataClass) => from.bucket(dataClass).bucket.arn);
    const destinations = DATA_CLASSES.map((dataClass) => to.bucket(dataClass).bucket.arn);
    return new DataAwsIamPolicyDocument(this, `${from.site.id}-permissions`, {
      statement: [
        { actions: ['s3:GetReplicationConfiguration', 's3:ListBucket'], resources: sources },
        {
          actions: ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'],
          resources: sources.map((arn) => `${arn}/*`),
        },
        {
          actions: ['s3:ReplicateObject', 's3:ReplicateTags', 's3:ObjectOwnerOverrideToBucketOwner'],
          resources: destinations.map((arn) => `${arn}/*`),
        },
        { actions: ['kms:Decrypt'], resources: DATA_CLASSES.map((dataClass) => from.keys.arn(dataClass)) },
        {
          actions: ['kms:Encrypt', 'kms:GenerateDataKey'],
          resources: DATA_CLASSES.map((dataClass) => to.keys.arn(dataClass)),
        },
      ],
    }).json;
  }
}
