import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import {
  DataAwsIamPolicyDocument,
  type DataAwsIamPolicyDocumentStatement,
} from '@cdktf/provider-aws/lib/data-aws-iam-policy-document/index.js';
import { EcsCluster } from '@cdktf/provider-aws/lib/ecs-cluster/index.js';
import { EcsService } from '@cdktf/provider-aws/lib/ecs-service/index.js';
import { EcsTaskDefinition } from '@cdktf/provider-aws/lib/ecs-task-definition/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group/index.js';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import type { SharedFiles } from '../data/shared-files.ts';
import { trustedService } from '../iam.ts';
import type { Site } from '../sites.ts';

interface ContainerClusterConfig {
  readonly site: Site;
  readonly keyArn: string;
  readonly subnetIds: string[];
  readonly repositoryArn: string;
}

interface ServiceConfig {
  readonly image: string;
  readonly port: number;
  readonly targetGroup: LbTargetGroup;
  readonly securityGroupId: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Secret whose value the container gets as `CREDENTIALS`. */
  readonly secretArn: string | null;
  readonly files: SharedFiles | null;
  /** What the service may do, beyond running. */
  readonly statements: DataAwsIamPolicyDocumentStatement[];
}

/** Containers without hosts of ours, in the workload tier, with no address outside it. */
export class ContainerCluster extends Construct {
  private readonly config: ContainerClusterConfig;
  private readonly cluster: EcsCluster;
  private readonly logs: CloudwatchLogGroup;

  constructor(scope: Construct, id: string, config: ContainerClusterConfig) {
    super(scope, id);
    this.config = config;
    this.logs = new CloudwatchLogGroup(this, 'logs', {
      name: '/enclave/services',
      retentionInDays: 400,
      kmsKeyId: config.keyArn,
    });
    this.cluster = new EcsCluster(this, 'cluster', {
      name: 'enclave',
      setting: [{ name: 'containerInsights', value: 'enabled' }],
      configuration: { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: config.keyArn } },
    });
  }

  addService(name: string, service: ServiceConfig): void {
    const scope = new Construct(this, name);
    const { subnetIds } = this.config;
    new EcsService(scope, 'service', {
      name,
      cluster: this.cluster.id,
      taskDefinition: this.taskDefinition(scope, name, service).arn,
      launchType: 'FARGATE',
      platformVersion: '1.4.0',
      desiredCount: subnetIds.length,
      enableExecuteCommand: false,
      networkConfiguration: {
        subnets: subnetIds,
        securityGroups: [service.securityGroupId],
        assignPublicIp: false,
      },
      loadBalancer: [{ targetGroupArn: service.targetGroup.arn, containerName: name, containerPort: service.port }],
      deploymentCircuitBreaker: { enable: true, rollback: true },
    });
  }

  private taskDefinition(scope: Construct, name: string, service: ServiceConfig): EcsTaskDefinition {
    const { image, port, environment, secretArn, files } = service;
    return new EcsTaskDefinition(scope, 'task', {
      family: name,
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: '1024',
      memory: '2048',
      executionRoleArn: this.role(scope, `${name}-start`, this.startStatements(secretArn)).arn,
      taskRoleArn: this.role(scope, name, service.statements).arn,
      containerDefinitions: Fn.jsonencode([
        {
          name,
          image,
          essential: true,
          readonlyRootFilesystem: true,
          portMappings: [{ containerPort: port, protocol: 'tcp' }],
          environment: Object.entries(environment).map(([key, value]) => ({ name: key, value })),
          secrets: secretArn === null ? [] : [{ name: 'CREDENTIALS', valueFrom: secretArn }],
          mountPoints: files === null ? [] : [{ sourceVolume: 'files', containerPath: '/files', readOnly: false }],
          logConfiguration: {
            logDriver: 'awslogs',
            options: {
              'awslogs-group': this.logs.name,
              'awslogs-region': this.config.site.region,
              'awslogs-stream-prefix': name,
            },
          },
        },
      ]),
      ...(files === null
        ? {}
        : {
            volume: [
              {
                name: 'files',
                efsVolumeConfiguration: {
                  fileSystemId: files.fileSystem.id,
                  transitEncryption: 'ENABLED',
                  authorizationConfig: { accessPointId: files.accessPoint.id, iam: 'ENABLED' },
                },
              },
            ],
          }),
    });
  }

  private startStatements(secretArn: string | null): DataAwsIamPolicyDocumentStatement[] {
    const { repositoryArn, keyArn } = this.config;
    return [
      { actions: ['ecr:GetAuthorizationToken'], resources: ['*'] },
      { actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], resources: [repositoryArn] },
      { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [`${this.logs.arn}:*`] },
      { actions: ['kms:Decrypt'], resources: [keyArn] },
      ...(secretArn === null ? [] : [{ actions: ['secretsmanager:GetSecretValue'], resources: [secretArn] }]),
    ];
  }

  private role(scope: Construct, name: string, statement: DataAwsIamPolicyDocumentStatement[]): IamRole {
    const role = new IamRole(scope, `${name}-role`, {
      name: `enclave-${name}`,
      assumeRolePolicy: trustedService(scope, `${name}-trust`, 'ecs-tasks.amazonaws.com', this.config.site),
    });
    new IamRolePolicy(scope, `${name}-policy`, {
      role: role.id,
      policy: new DataAwsIamPolicyDocument(scope, `${name}-permissions`, { statement }).json,
    });
    return role;
  }
}
