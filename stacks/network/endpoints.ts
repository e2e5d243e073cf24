import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document/index.js';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint/index.js';
import { Construct } from 'constructs';
import { ORGANISATION } from '../perimeter.ts';
import { tierTags } from '../tags.ts';

// S3 has an interface endpoint, too: a gateway endpoint would need access lists open to all of S3's public addresses.
const SERVICES = [
  'backup',
  'ecr.api',
  'ecr.dkr',
  'ecs',
  'ecs-agent',
  'ecs-telemetry',
  'elasticfilesystem',
  'kinesis-streams',
  'kms',
  'lambda',
  'logs',
  'monitoring',
  's3',
  'secretsmanager',
  'sns',
  'sqs',
  'sts',
] as const;

interface EndpointsConfig {
  readonly region: string;
  readonly vpcId: string;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
}

/** AWS services without leaving the network, for principals and resources of the organisation only. */
export class Endpoints extends Construct {
  readonly dynamodb: VpcEndpoint;

  constructor(scope: Construct, id: string, { region, vpcId, subnetIds, securityGroupId }: EndpointsConfig) {
    super(scope, id);

    const shared = {
      vpcId,
      vpcEndpointType: 'Interface',
      subnetIds,
      securityGroupIds: [securityGroupId],
      policy: this.policy(region),
      tags: tierTags('endpoint'),
    };
    for (const service of SERVICES) {
      new VpcEndpoint(this, service, {
        ...shared,
        serviceName: `com.amazonaws.${region}.${service}`,
        privateDnsEnabled: true,
        ...(service === 's3' ? { dnsOptions: { privateDnsOnlyForInboundResolverEndpoint: false } } : {}),
      });
    }
    // DynamoDB's endpoint has no private name: its clients are told its address.
    this.dynamodb = new VpcEndpoint(this, 'dynamodb', {
      ...shared,
      serviceName: `com.amazonaws.${region}.dynamodb`,
      privateDnsEnabled: false,
    });
  }

  private policy(region: string): string {
    return new DataAwsIamPolicyDocument(this, 'policy', {
      statement: [
        {
          sid: 'InsideTheOrganisation',
          principals: [{ type: 'AWS', identifiers: ['*'] }],
          actions: ['*'],
          resources: ['*'],
          condition: [
            { test: 'StringEquals', variable: 'aws:PrincipalOrgID', values: [ORGANISATION] },
            { test: 'StringEquals', variable: 'aws:ResourceOrgID', values: [ORGANISATION] },
          ],
        },
        {
          // Layers of our own images are served from a bucket of the registry service, which is in no organisation.
          sid: 'LayersOfOwnImages',
          principals: [{ type: 'AWS', identifiers: ['*'] }],
          actions: ['s3:GetObject'],
          resources: [`arn:aws:s3:::prod-${region}-starport-layer-bucket/*`],
          condition: [{ test: 'StringEquals', variable: 'aws:PrincipalOrgID', values: [ORGANISATION] }],
        },
      ],
    }).json;
  }
}
