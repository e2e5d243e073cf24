import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document/index.js';
import { EcsCluster } from '@cdktf/provider-aws/lib/ecs-cluster/index.js';
import { EcsService } from '@cdktf/provider-aws/lib/ecs-service/index.js';
import { EcsTaskDefinition } from '@cdktf/provider-aws/lib/ecs-task-definition/index.js';
import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile/index.js';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { Instance } from '@cdktf/provider-aws/lib/instance/index.js';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import { VolumeAttachment } from '@cdktf/provider-aws/lib/volume-attachment/index.js';
import { Fn } from 'cdktf';
import type { Construct } from 'constructs';
import { address, subnetCidr } from '../addresses.ts';
import type { OutpostDataStack } from '../data/outpost-data-stack.ts';
import { trustedService } from '../iam.ts';
import type { KeysStack } from '../keys-stack.ts';
import type { OutpostNetworkStack } from '../network/outpost-network-stack.ts';
import { PORTS } from '../perimeter.ts';
import { SiteStack } from '../site-stack.ts';
import type { OutpostSite } from '../sites.ts';
import { classTags, tierTags } from '../tags.ts';
import { IMAGES } from './images.ts';

interface OutpostWorkloadsStackConfig {
  readonly keys: KeysStack;
  readonly network: OutpostNetworkStack;
  readonly data: OutpostDataStack;
}

/** What runs on a rack: containers on hosts of ours, because AWS's own hosts are in the parent Region. */
export class OutpostWorkloadsStack extends SiteStack {
  private readonly config: OutpostWorkloadsStackConfig;
  private readonly cluster: EcsCluster;
  private readonly profile: IamInstanceProfile;

  constructor(scope: Construct, site: OutpostSite, config: OutpostWorkloadsStackConfig) {
    super(scope, `${site.id}-workloads`, site);
    this.config = config;
    this.cluster = new EcsCluster(this, 'cluster', {
      name: 'enclave',
      setting: [{ name: 'containerInsights', value: 'enabled' }],
    });
    this.profile = this.addHostProfile(site);
    this.addHosts(site);
    this.addService(site);
    this.addConsole(site);
  }

  private addHostProfile(site: OutpostSite): IamInstanceProfile {
    const role = new IamRole(this, 'host-role', {
      name: 'enclave-host',
      assumeRolePolicy: trustedService(this, 'host-trust', 'ec2.amazonaws.com', site),
    });
    new IamRolePolicyAttachment(this, 'host-permissions', {
      role: role.name,
      policyArn: 'arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role',
    });
    return new IamInstanceProfile(this, 'host-profile', { name: 'enclave-host', role: role.name });
  }

  private addHosts(site: OutpostSite): void {
    const { keys, network } = this.config;
    const template = new LaunchTemplate(this, 'host', {
      name: 'enclave-host',
      imageId: site.hostImage,
      instanceType: 'm5.2xlarge',
      iamInstanceProfile: { arn: this.profile.arn },
      updateDefaultVersion: true,
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
      networkInterfaces: [
        { deviceIndex: 0, associatePublicIpAddress: 'false', securityGroups: [network.hosts.group.id] },
      ],
      blockDeviceMappings: [
        {
          deviceName: '/dev/xvda',
          ebs: { encrypted: 'true', kmsKeyId: keys.arn('allowable'), volumeType: 'gp2', volumeSize: 60 },
        },
      ],
      tagSpecifications: [{ resourceType: 'volume', tags: { 'trefoil:site': site.id, ...classTags('allowable') } }],
      userData: Fn.base64encode(`#!/bin/sh\necho ECS_CLUSTER=${this.cluster.name} >> /etc/ecs/ecs.config\n`),
    });
    new AutoscalingGroup(this, 'hosts', {
      name: 'enclave-hosts',
      minSize: 2,
      maxSize: 4,
      vpcZoneIdentifier: network.workload.subnetIds,
      launchTemplate: { id: template.id, version: Fn.tostring(template.latestVersion) },
      tag: [{ key: 'trefoil:site', value: site.id, propagateAtLaunch: true }],
    });
  }

  private addService(site: OutpostSite): void {
    const { keys, data } = this.config;
    const logs = new CloudwatchLogGroup(this, 'logs', {
      name: '/enclave/services',
      retentionInDays: 400,
      kmsKeyId: keys.arn('operational'),
    });
    const role = new IamRole(this, 'profiles-role', {
      name: 'enclave-profiles',
      assumeRolePolicy: trustedService(this, 'profiles-trust', 'ecs-tasks.amazonaws.com', site),
    });
    new IamRolePolicy(this, 'profiles-policy', {
      role: role.id,
      policy: new DataAwsIamPolicyDocument(this, 'profiles-permissions', {
        statement: [
          { actions: ['sns:Publish'], resources: [data.messaging.topic.arn] },
          { actions: ['kms:GenerateDataKey'], resources: [keys.arn('operational')] },
        ],
      }).json,
    });
    const task = new EcsTaskDefinition(this, 'profiles-task', {
      family: 'profiles',
      requiresCompatibilities: ['EC2'],
      // The host's own address: network interfaces of tasks need trunking, which racks have not.
      networkMode: 'host',
      cpu: '1024',
      memory: '2048',
      taskRoleArn: role.arn,
      containerDefinitions: Fn.jsonencode([
        {
          name: 'profiles',
          image: `${data.registry.repository.repositoryUrl}@${IMAGES.profiles}`,
          essential: true,
          readonlyRootFilesystem: true,
          portMappings: [{ containerPort: PORTS.service, hostPort: PORTS.service, protocol: 'tcp' }],
          logConfiguration: {
            logDriver: 'awslogs',
            options: {
              'awslogs-group': logs.name,
              'awslogs-region': site.region,
              'awslogs-stream-prefix': 'profiles',
            },
          },
        },
      ]),
    });
    new EcsService(this, 'profiles', {
      name: 'profiles',
      cluster: this.cluster.id,
      taskDefinition: task.arn,
      launchType: 'EC2',
      schedulingStrategy: 'DAEMON',
      enableExecuteCommand: false,
    });
  }

  private addConsole(site: OutpostSite): void {
    const { keys, network, data } = this.config;
    const [subnet] = network.workload.subnetIds;
    if (subnet === undefined) throw new Error(`${site.name} has no workload subnet`);
    const host = new Instance(this, 'console', {
      ami: site.hostImage,
      instanceType: 'm5.xlarge',
      subnetId: subnet,
      privateIp: consoleAddress(site),
      vpcSecurityGroupIds: [network.hosts.group.id],
      associatePublicIpAddress: false,
      iamInstanceProfile: this.profile.name,
      disableApiTermination: true,
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
      rootBlockDevice: { encrypted: true, kmsKeyId: keys.arn('allowable'), volumeType: 'gp2', volumeSize: 60 },
      tags: { Name: 'console', ...classTags('allowable'), ...tierTags('workload') },
    });
    new VolumeAttachment(this, 'console-profiles', {
      deviceName: '/dev/sdf',
      instanceId: host.id,
      volumeId: data.volume.id,
    });
  }
}

/** Fixed address of the console, so that the gateway need not know the stack that makes it. */
export function consoleAddress(site: OutpostSite): string {
  return address(subnetCidr(site.cidr, 'workload', 0), 10);
}
