import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { LambdaEventSourceMapping } from '@cdktf/provider-aws/lib/lambda-event-source-mapping/index.js';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function/index.js';
import { Construct } from 'constructs';
import { trustedService } from '../iam.ts';
import type { Site } from '../sites.ts';

interface ConsumerConfig {
  readonly site: Site;
  readonly image: string;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  readonly queueArn: string;
  readonly targetBucketArn: string;
  readonly operationalKeyArn: string;
  readonly dataKeyArns: readonly string[];
}

/** Turns queued requests into pseudonymised records. Runs inside the network: outside it, no gateway would see it. */
export class Consumer extends Construct {
  constructor(scope: Construct, id: string, config: ConsumerConfig) {
    super(scope, id);
    const { site, image, subnetIds, securityGroupId, queueArn, targetBucketArn, operationalKeyArn } = config;
    const logs = new CloudwatchLogGroup(this, 'logs', {
      name: '/aws/lambda/consumer',
      retentionInDays: 400,
      kmsKeyId: operationalKeyArn,
    });
    const role = new IamRole(this, 'role', {
      name: 'enclave-consumer',
      assumeRolePolicy: trustedService(this, 'trust', 'lambda.amazonaws.com', site),
    });
    const permissions = new IamRolePolicy(this, 'policy', {
      role: role.id,
      policy: new DataAwsIamPolicyDocument(this, 'permissions', {
        statement: [
          {
            actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
            resources: [queueArn],
          },
          { actions: ['s3:PutObject'], resources: [`${targetBucketArn}/*`] },
          { actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [...config.dataKeyArns, operationalKeyArn] },
          { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [`${logs.arn}:*`] },
          {
            // The service manages its own network interfaces, which have no names beforehand.
            actions: [
              'ec2:CreateNetworkInterface',
              'ec2:DeleteNetworkInterface',
              'ec2:DescribeNetworkInterfaces',
              'ec2:DescribeSubnets',
            ],
            resources: ['*'],
          },
        ],
      }).json,
    });
    const consumer = new LambdaFunction(this, 'function', {
      functionName: 'consumer',
      role: role.arn,
      packageType: 'Image',
      imageUri: image,
      memorySize: 512,
      timeout: 30,
      kmsKeyArn: operationalKeyArn,
      vpcConfig: { subnetIds, securityGroupIds: [securityGroupId] },
      loggingConfig: { logFormat: 'JSON', logGroup: logs.name },
      tracingConfig: { mode: 'PassThrough' },
      dependsOn: [permissions],
    });
    new LambdaEventSourceMapping(this, 'requests', {
      eventSourceArn: queueArn,
      functionName: consumer.arn,
      batchSize: 10,
      functionResponseTypes: ['ReportBatchItemFailures'],
    });
  }
}
