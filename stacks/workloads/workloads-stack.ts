import type { Construct } from 'constructs';
import type { DataStack } from '../data/data-stack.ts';
import type { KeysStack } from '../keys-stack.ts';
import type { ArchiveStack } from '../monitor/archive-stack.ts';
import type { NetworkStack } from '../network/network-stack.ts';
import { PORTS } from '../perimeter.ts';
import { SiteStack } from '../site-stack.ts';
import type { RegionSite } from '../sites.ts';
import { Consumer } from './consumer.ts';
import { ContainerCluster } from './container-cluster.ts';
import { FrontDesk } from './front-desk.ts';
import { IMAGES } from './images.ts';

interface WorkloadsStackConfig {
  readonly keys: KeysStack;
  readonly network: NetworkStack;
  readonly data: DataStack;
  readonly archive: ArchiveStack;
}

/** What runs at a site in a Region. */
export class WorkloadsStack extends SiteStack {
  constructor(scope: Construct, site: RegionSite, { keys, network, data, archive }: WorkloadsStackConfig) {
    super(scope, `${site.id}-workloads`, site);
    const desk = new FrontDesk(this, 'front-desk', { site, network, archive: archive.archive });
    const repositoryUrl = data.registry.repository.repositoryUrl;

    const cluster = new ContainerCluster(this, 'cluster', {
      site,
      keyArn: keys.arn('operational'),
      subnetIds: network.workload.subnetIds,
      repositoryArn: data.registry.repository.arn,
    });
    cluster.addService('profiles', {
      image: `${repositoryUrl}@${IMAGES.profiles}`,
      port: PORTS.service,
      targetGroup: desk.services,
      securityGroupId: network.securityGroups.services.group.id,
      environment: {
        AWS_ENDPOINT_URL_DYNAMODB: `https://${network.endpoints.dynamodb.dnsEntry.get(0).dnsName}`,
        PROFILES_TABLE: data.table.name,
        EVENTS_TOPIC: data.messaging.topic.arn,
        CHANGES_STREAM: data.messaging.stream.name,
      },
      secretArn: data.messaging.secret.arn,
      files: data.files,
      statements: [
        { actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'], resources: [data.table.arn] },
        { actions: ['s3:GetObject', 's3:PutObject'], resources: [`${data.bucket('restricted').bucket.arn}/*`] },
        { actions: ['sns:Publish'], resources: [data.messaging.topic.arn] },
        { actions: ['kinesis:PutRecord', 'kinesis:PutRecords'], resources: [data.messaging.stream.arn] },
        { actions: ['sqs:SendMessage'], resources: [data.messaging.queue.arn] },
        { actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [keys.arn('restricted')] },
      ],
    });
    cluster.addService('console', {
      image: `${repositoryUrl}@${IMAGES.console}`,
      port: PORTS.console,
      targetGroup: desk.console,
      securityGroupId: network.securityGroups.console.group.id,
      environment: {},
      secretArn: null,
      files: null,
      // Employees work on pseudonymised data only.
      statements: [
        { actions: ['s3:GetObject'], resources: [`${data.bucket('allowable').bucket.arn}/*`] },
        { actions: ['kms:Decrypt'], resources: [keys.arn('allowable')] },
      ],
    });

    new Consumer(this, 'consumer', {
      site,
      image: `${repositoryUrl}@${IMAGES.consumer}`,
      subnetIds: network.workload.subnetIds,
      securityGroupId: network.securityGroups.services.group.id,
      queueArn: data.messaging.queue.arn,
      targetBucketArn: data.bucket('allowable').bucket.arn,
      operationalKeyArn: keys.arn('operational'),
      dataKeyArns: [keys.arn('restricted'), keys.arn('allowable')],
    });
  }
}
