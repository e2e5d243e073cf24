import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document/index.js';
import { DbInstance } from '@cdktf/provider-aws/lib/db-instance/index.js';
import { DbParameterGroup } from '@cdktf/provider-aws/lib/db-parameter-group/index.js';
import { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group/index.js';
import { DlmLifecyclePolicy } from '@cdktf/provider-aws/lib/dlm-lifecycle-policy/index.js';
import { EbsVolume } from '@cdktf/provider-aws/lib/ebs-volume/index.js';
import { ElasticacheCluster } from '@cdktf/provider-aws/lib/elasticache-cluster/index.js';
import { ElasticacheSubnetGroup } from '@cdktf/provider-aws/lib/elasticache-subnet-group/index.js';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { S3AccessPoint } from '@cdktf/provider-aws/lib/s3-access-point/index.js';
import { S3ControlBucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3control-bucket-lifecycle-configuration/index.js';
import { S3ControlBucketPolicy } from '@cdktf/provider-aws/lib/s3control-bucket-policy/index.js';
import { S3ControlBucket } from '@cdktf/provider-aws/lib/s3control-bucket/index.js';
import { S3OutpostsEndpoint } from '@cdktf/provider-aws/lib/s3outposts-endpoint/index.js';
import type { Construct } from 'constructs';
import { trustedService } from '../iam.ts';
import type { KeysStack } from '../keys-stack.ts';
import type { OutpostNetworkStack } from '../network/outpost-network-stack.ts';
import type { ZoneSubnet } from '../network/tiers.ts';
import { PORTS } from '../perimeter.ts';
import { SiteStack } from '../site-stack.ts';
import type { OutpostSite } from '../sites.ts';
import { classTags } from '../tags.ts';
import { EnclaveBucket } from './enclave-bucket.ts';
import { Messaging } from './messaging.ts';
import { Registry } from './registry.ts';

interface OutpostDataStackConfig {
  readonly keys: KeysStack;
  readonly network: OutpostNetworkStack;
}

/**
 * Stores of a site on a rack. Restricted and allowable data rest on the rack and nowhere else; what AWS offers only in
 * the parent Region holds operational data.
 */
export class OutpostDataStack extends SiteStack {
  readonly volume: EbsVolume;
  readonly registry: Registry;
  readonly messaging: Messaging;
  private readonly site: OutpostSite;
  private readonly keyArn: string;

  constructor(scope: Construct, site: OutpostSite, { keys, network }: OutpostDataStackConfig) {
    super(scope, `${site.id}-data`, site);
    this.site = site;
    this.keyArn = keys.arn('restricted');
    const [subnet] = network.data.subnets;
    if (subnet === undefined) throw new Error(`${site.name} has no data subnet`);

    this.volume = new EbsVolume(this, 'profiles', {
      availabilityZone: subnet.subnet.availabilityZone,
      outpostArn: site.outpostArn,
      type: 'gp2',
      size: 500,
      encrypted: true,
      kmsKeyId: this.keyArn,
      finalSnapshot: false,
      tags: { ...classTags('restricted'), 'trefoil:snapshots': 'yes' },
    });
    this.addSnapshots();
    this.addDatabase(network);
    this.addCache(network);
    this.addObjectStore(network, subnet);

    const operational = keys.arn('operational');
    new EnclaveBucket(this, 'operational-bucket', {
      bucketName: `trefoil-${site.id}-operational`,
      dataClass: 'operational',
      keyArn: operational,
    });
    this.messaging = new Messaging(this, 'messaging', { place: site, dataClass: 'operational', keyArn: operational });
    this.registry = new Registry(this, 'registry', operational);
  }

  private addSnapshots(): void {
    const role = new IamRole(this, 'snapshots-role', {
      name: 'enclave-snapshots',
      assumeRolePolicy: trustedService(this, 'snapshots-trust', 'dlm.amazonaws.com', this.site),
    });
    new IamRolePolicyAttachment(this, 'snapshots-permissions', {
      role: role.name,
      policyArn: 'arn:aws:iam::aws:policy/service-role/AWSDataLifecycleManagerServiceRole',
    });
    new DlmLifecyclePolicy(this, 'snapshots', {
      description: 'Snapshots that stay on the rack',
      executionRoleArn: role.arn,
      state: 'ENABLED',
      policyDetails: {
        resourceTypes: ['VOLUME'],
        resourceLocations: ['OUTPOST'],
        targetTags: { 'trefoil:snapshots': 'yes' },
        schedule: [
          {
            name: 'daily',
            // Without this they would be created in the parent Region, abroad.
            createRule: { interval: 24, intervalUnit: 'HOURS', times: ['03:00'], location: 'OUTPOST_LOCAL' },
            retainRule: { count: 14 },
            copyTags: true,
          },
        ],
      },
    });
  }

  private addDatabase(network: OutpostNetworkStack): void {
    const subnets = new DbSubnetGroup(this, 'database-subnets', {
      name: this.site.id,
      subnetIds: network.data.subnetIds,
    });
    const parameters = new DbParameterGroup(this, 'database-parameters', {
      name: this.site.id,
      family: 'postgres16',
      parameter: [{ name: 'rds.force_ssl', value: '1' }],
    });
    new DbInstance(this, 'database', {
      identifier: this.site.id,
      engine: 'postgres',
      engineVersion: '16.6',
      instanceClass: 'db.m5.xlarge',
      allocatedStorage: 500,
      storageType: 'gp2',
      storageEncrypted: true,
      kmsKeyId: this.keyArn,
      dbName: 'enclave',
      username: 'enclave',
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: this.keyArn,
      port: PORTS.postgres,
      dbSubnetGroupName: subnets.name,
      parameterGroupName: parameters.name,
      vpcSecurityGroupIds: [network.stores.group.id],
      publiclyAccessible: false,
      customerOwnedIpEnabled: false,
      // Automated backups and snapshots stay on the rack.
      backupTarget: 'outposts',
      backupRetentionPeriod: 14,
      copyTagsToSnapshot: true,
      deletionProtection: true,
      finalSnapshotIdentifier: `${this.site.id}-final`,
      tags: classTags('restricted'),
    });
  }

  // Memory only: this engine writes nothing to disk, so there is no rest to encrypt.
  private addCache(network: OutpostNetworkStack): void {
    const subnets = new ElasticacheSubnetGroup(this, 'cache-subnets', {
      name: this.site.id,
      subnetIds: network.data.subnetIds,
    });
    new ElasticacheCluster(this, 'cache', {
      clusterId: this.site.id,
      engine: 'memcached',
      engineVersion: '1.6.22',
      nodeType: 'cache.m5.large',
      numCacheNodes: 1,
      port: PORTS.cache,
      subnetGroupName: subnets.name,
      securityGroupIds: [network.stores.group.id],
      outpostMode: 'single-outpost',
      preferredOutpostArn: this.site.outpostArn,
      transitEncryptionEnabled: true,
      tags: classTags('allowable'),
    });
  }

  private addObjectStore(network: OutpostNetworkStack, { subnet }: ZoneSubnet): void {
    const outpostId = this.site.outpostArn.split('/').at(-1) ?? '';
    const bucket = new S3ControlBucket(this, 'objects', {
      bucket: `trefoil-${this.site.id}-restricted`,
      outpostId,
      tags: classTags('restricted'),
    });
    new S3ControlBucketPolicy(this, 'objects-policy', {
      bucket: bucket.arn,
      policy: new DataAwsIamPolicyDocument(this, 'objects-policy-document', {
        statement: [
          {
            sid: 'OnlyTls',
            effect: 'Deny',
            principals: [{ type: '*', identifiers: ['*'] }],
            actions: ['s3-outposts:*'],
            resources: [bucket.arn, `${bucket.arn}/object/*`],
            condition: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] }],
          },
        ],
      }).json,
    });
    new S3ControlBucketLifecycleConfiguration(this, 'objects-expiry', {
      bucket: bucket.arn,
      rule: [{ id: 'uploads', status: 'Enabled', abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } }],
    });
    new S3OutpostsEndpoint(this, 'objects-endpoint', {
      outpostId,
      subnetId: subnet.id,
      securityGroupId: network.stores.group.id,
      accessType: 'Private',
    });
    new S3AccessPoint(this, 'objects-access-point', {
      name: 'services',
      bucket: bucket.arn,
      vpcConfiguration: { vpcId: network.vpcId },
    });
  }
}
