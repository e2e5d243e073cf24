import { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group/index.js';
import { RdsClusterInstance } from '@cdktf/provider-aws/lib/rds-cluster-instance/index.js';
import { RdsClusterParameterGroup } from '@cdktf/provider-aws/lib/rds-cluster-parameter-group/index.js';
import { RdsCluster } from '@cdktf/provider-aws/lib/rds-cluster/index.js';
import { Construct } from 'constructs';
import { PORTS } from '../perimeter.ts';
import { classTags } from '../tags.ts';

interface RelationalDatabaseConfig {
  readonly name: string;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  readonly keyArn: string;
}

/** Aurora PostgreSQL of restricted data, with an instance in each zone. */
export class RelationalDatabase extends Construct {
  constructor(scope: Construct, id: string, { name, subnetIds, securityGroupId, keyArn }: RelationalDatabaseConfig) {
    super(scope, id);
    const tags = { ...classTags('restricted'), 'trefoil:backup': 'yes' };
    const subnets = new DbSubnetGroup(this, 'subnets', { name, subnetIds });
    const parameters = new RdsClusterParameterGroup(this, 'parameters', {
      name,
      family: 'aurora-postgresql16',
      parameter: [{ name: 'rds.force_ssl', value: '1', applyMethod: 'pending-reboot' }],
    });
    const cluster = new RdsCluster(this, 'cluster', {
      clusterIdentifier: name,
      engine: 'aurora-postgresql',
      engineVersion: '16.6',
      port: PORTS.postgres,
      databaseName: 'enclave',
      masterUsername: 'enclave',
      // The password is made and rotated by Secrets Manager: it is in no state.
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: keyArn,
      iamDatabaseAuthenticationEnabled: true,
      dbSubnetGroupName: subnets.name,
      dbClusterParameterGroupName: parameters.name,
      vpcSecurityGroupIds: [securityGroupId],
      storageEncrypted: true,
      kmsKeyId: keyArn,
      backupRetentionPeriod: 35,
      copyTagsToSnapshot: true,
      deletionProtection: true,
      finalSnapshotIdentifier: `${name}-final`,
      // The Data API would be a way to the database that no network control sees.
      enableHttpEndpoint: false,
      enabledCloudwatchLogsExports: ['postgresql'],
      tags,
    });
    for (const index of subnetIds.keys()) {
      new RdsClusterInstance(this, `instance-${index}`, {
        identifier: `${name}-${index}`,
        clusterIdentifier: cluster.id,
        engine: 'aurora-postgresql',
        instanceClass: 'db.r7g.large',
        dbSubnetGroupName: subnets.name,
        publiclyAccessible: false,
        performanceInsightsEnabled: true,
        performanceInsightsKmsKeyId: keyArn,
        tags,
      });
    }
  }
}
