import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table/index.js';
import type { Construct } from 'constructs';
import { replicationRoleArn, replicators, type KeysStack } from '../keys-stack.ts';
import type { NetworkStack } from '../network/network-stack.ts';
import { SiteStack } from '../site-stack.ts';
import { DATA_CLASSES, type DataClass, type RegionSite } from '../sites.ts';
import { classTags } from '../tags.ts';
import { Backups } from './backups.ts';
import { EnclaveBucket } from './enclave-bucket.ts';
import { Messaging } from './messaging.ts';
import { Registry } from './registry.ts';
import { RelationalDatabase } from './relational-database.ts';
import { SharedFiles } from './shared-files.ts';

interface DataStackConfig {
  readonly keys: KeysStack;
  readonly network: NetworkStack;
}

/** Everything in which a site in a Region keeps data. */
export class DataStack extends SiteStack {
  readonly site: RegionSite;
  readonly keys: KeysStack;
  readonly table: DynamodbTable;
  readonly messaging: Messaging;
  readonly registry: Registry;
  readonly files: SharedFiles;
  readonly backups: Backups;
  private readonly buckets: ReadonlyMap<DataClass, EnclaveBucket>;

  constructor(scope: Construct, site: RegionSite, { keys, network }: DataStackConfig) {
    super(scope, `${site.id}-data`, site);
    this.site = site;
    this.keys = keys;

    const senders = replicators(site).map((other) => ({ account: other.account, roleArn: replicationRoleArn(other) }));
    this.buckets = new Map(
      DATA_CLASSES.map((dataClass) => [
        dataClass,
        new EnclaveBucket(this, `${dataClass}-bucket`, {
          bucketName: `trefoil-${site.id}-${dataClass}`,
          dataClass,
          keyArn: keys.arn(dataClass),
          replicators: senders,
        }),
      ]),
    );
    this.table = new DynamodbTable(this, 'profiles', {
      name: 'profiles',
      billingMode: 'PAY_PER_REQUEST',
      hashKey: 'user',
      attribute: [{ name: 'user', type: 'S' }],
      serverSideEncryption: { enabled: true, kmsKeyArn: keys.arn('restricted') },
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: true,
      tags: { ...classTags('restricted'), 'trefoil:backup': 'yes' },
    });
    // A subnet group spans at least two zones: a site of one has no relational database.
    if (site.zoneIds.length > 1) {
      new RelationalDatabase(this, 'relational', {
        name: site.id,
        subnetIds: network.data.subnetIds,
        securityGroupId: network.securityGroups.database.group.id,
        keyArn: keys.arn('restricted'),
      });
    }
    this.files = new SharedFiles(this, 'files', {
      subnetIds: network.data.subnetIds,
      securityGroupId: network.securityGroups.files.group.id,
      keyArn: keys.arn('restricted'),
    });
    this.messaging = new Messaging(this, 'messaging', {
      place: site,
      dataClass: 'restricted',
      keyArn: keys.arn('restricted'),
    });
    this.registry = new Registry(this, 'registry', keys.arn('operational'));
    this.backups = new Backups(this, 'backups', { site, keyArn: keys.arn('restricted') });
  }

  bucket(dataClass: DataClass): EnclaveBucket {
    const bucket = this.buckets.get(dataClass);
    if (bucket === undefined) throw new Error(`No bucket for ${dataClass} data`);
    return bucket;
  }
}
