import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { S3BucketReplicationConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-replication-configuration/index.js';
import type { Construct } from 'constructs';
import { trustedService } from '../iam.ts';
import { blockPublicNetworks } from '../public-access.ts';
import { SiteStack } from '../site-stack.ts';
import { MONITOR } from '../sites.ts';
import { KeyEvents } from './key-events.ts';
import { LogArchive } from './log-archive.ts';
import type { MonitorStack } from './monitor-stack.ts';

/** The firm's archive in a Region of the sites: their firewalls and load balancers deliver only within the Region. */
export class ArchiveStack extends SiteStack {
  readonly archive: LogArchive;
  readonly keyEvents: KeyEvents;

  constructor(scope: Construct, region: string, monitor: MonitorStack) {
    const place = { ...MONITOR, region };
    super(scope, `monitor-${region}`, place);
    blockPublicNetworks(this);
    this.archive = new LogArchive(this, 'archive', { place, bucketName: `trefoil-archive-${region}` });
    this.keyEvents = new KeyEvents(this, 'key-events', { place, keyArn: this.archive.key.arn });

    const role = new IamRole(this, 'replication-role', {
      name: `archive-replication-${region}`,
      assumeRolePolicy: trustedService(this, 'replication-trust', 's3.amazonaws.com', MONITOR),
    });
    new IamRolePolicy(this, 'replication-policy', {
      role: role.id,
      policy: new DataAwsIamPolicyDocument(this, 'replication-permissions', {
        statement: [
          {
            actions: ['s3:GetReplicationConfiguration', 's3:ListBucket'],
            resources: [this.archive.bucket.arn],
          },
          {
            actions: ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectRetention'],
            resources: [`${this.archive.bucket.arn}/*`],
          },
          { actions: ['s3:ReplicateObject', 's3:ReplicateTags'], resources: [`${monitor.archive.bucket.arn}/*`] },
          { actions: ['kms:Decrypt'], resources: [this.archive.key.arn] },
          { actions: ['kms:Encrypt', 'kms:GenerateDataKey'], resources: [monitor.archive.key.arn] },
        ],
      }).json,
    });
    new S3BucketReplicationConfigurationA(this, 'replication', {
      bucket: this.archive.bucket.id,
      role: role.arn,
      rule: [
        {
          id: 'home',
          status: 'Enabled',
          filter: { prefix: '' },
          deleteMarkerReplication: { status: 'Disabled' },
          sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: 'Enabled' } },
          destination: {
            bucket: monitor.archive.bucket.arn,
            encryptionConfiguration: { replicaKmsKeyId: monitor.archive.key.arn },
          },
        },
      ],
      dependsOn: [this.archive.versioning],
    });
  }
}
