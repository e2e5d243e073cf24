import {
  DataAwsIamPolicyDocument,
  type DataAwsIamPolicyDocumentStatement,
} from '@cdktf/provider-aws/lib/data-aws-iam-policy-document/index.js';
import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias/index.js';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key/index.js';
import type { Construct } from 'constructs';
import { keyAdministration } from './key-administration.ts';
import { KeyWatch } from './key-watch.ts';
import type { ArchiveStack } from './monitor/archive-stack.ts';
import { SiteStack } from './site-stack.ts';
import { DATA_CLASSES, SITES, type DataClass, type Site } from './sites.ts';

/** Services that encrypt with a site's keys on behalf of its own principals. */
const SERVICES = [
  's3',
  'ec2',
  'rds',
  'dynamodb',
  'sqs',
  'sns',
  'kinesis',
  'secretsmanager',
  'ecr',
  'elasticfilesystem',
  'backup',
  'lambda',
  'ecs',
  'network-firewall',
  'ssm',
] as const;

/** One customer key per data class, so that destroying a key destroys one class of one site and nothing else. */
export class KeysStack extends SiteStack {
  private readonly keys: ReadonlyMap<DataClass, KmsKey>;

  constructor(scope: Construct, site: Site, { keyEvents }: ArchiveStack) {
    super(scope, `${site.id}-keys`, site);
    this.keys = new Map(DATA_CLASSES.map((dataClass) => [dataClass, this.addKey(site, dataClass)]));
    new KeyWatch(this, 'watch', { place: site, busArn: keyEvents.busArn });
  }

  /** ARN of the site's key for a class of data. */
  arn(dataClass: DataClass): string {
    const key = this.keys.get(dataClass);
    if (key === undefined) throw new Error(`No key for ${dataClass} data`);
    return key.arn;
  }

  private addKey(site: Site, dataClass: DataClass): KmsKey {
    const key = new KmsKey(this, dataClass, {
      description: `Protects ${dataClass} data at ${site.name}`,
      enableKeyRotation: true,
      rotationPeriodInDays: 365,
      deletionWindowInDays: 30,
      // A multi-Region key could be replicated out of the enclave by one API call.
      multiRegion: false,
      policy: keyPolicy(this, site, dataClass),
      // A key is no store: it is operational at every site, whatever it protects.
      tags: { 'trefoil:protects': dataClass },
    });
    new KmsAlias(this, `${dataClass}-alias`, { name: `alias/enclave-${dataClass}`, targetKeyId: key.keyId });
    return key;
  }
}

function keyPolicy(stack: KeysStack, site: Site, dataClass: DataClass): string {
  const statement: DataAwsIamPolicyDocumentStatement[] = [
    keyAdministration(`arn:aws:iam::${site.account}:role/enclave-key-administrator`),
    {
      sid: 'UseThroughServices',
      principals: [{ type: 'AWS', identifiers: [`arn:aws:iam::${site.account}:root`] }],
      actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      resources: ['*'],
      condition: [
        { test: 'StringEquals', variable: 'kms:CallerAccount', values: [site.account] },
        {
          test: 'StringEquals',
          variable: 'kms:ViaService',
          values: SERVICES.map((service) => `${service}.${site.region}.amazonaws.com`),
        },
      ],
    },
    {
      sid: 'GrantsToServices',
      principals: [{ type: 'AWS', identifiers: [`arn:aws:iam::${site.account}:root`] }],
      actions: ['kms:CreateGrant'],
      resources: ['*'],
      condition: [
        { test: 'StringEquals', variable: 'kms:CallerAccount', values: [site.account] },
        { test: 'Bool', variable: 'kms:GrantIsForAWSResource', values: ['true'] },
      ],
    },
  ];
  if (dataClass === 'operational') statement.push(logGroups(site), containerStorage(site));
  const senders = replicators(site);
  if (senders.length > 0) statement.push(replicas(senders));
  return new DataAwsIamPolicyDocument(stack, `${dataClass}-policy`, { statement }).json;
}

function logGroups(site: Site): DataAwsIamPolicyDocumentStatement {
  return {
    sid: 'LogGroups',
    principals: [{ type: 'Service', identifiers: [`logs.${site.region}.amazonaws.com`] }],
    actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    resources: ['*'],
    condition: [
      {
        test: 'ArnLike',
        variable: 'kms:EncryptionContext:aws:logs:arn',
        values: [`arn:aws:logs:${site.region}:${site.account}:log-group:*`],
      },
    ],
  };
}

// Containers without hosts of ours keep their scratch space under our key, on behalf of our cluster only.
function containerStorage(site: Site): DataAwsIamPolicyDocumentStatement {
  return {
    sid: 'ContainerStorage',
    principals: [{ type: 'Service', identifiers: ['fargate.amazonaws.com'] }],
    actions: ['kms:CreateGrant', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext'],
    resources: ['*'],
    condition: [
      { test: 'StringEquals', variable: 'kms:EncryptionContext:aws:ecs:clusterAccount', values: [site.account] },
    ],
  };
}

/** Sites whose stores are replicated to this one. */
export function replicators(site: Site): readonly Site[] {
  const copies = (other: Site): boolean => other.kind === 'region' && other.country === site.country;
  return site.kind === 'region' ? SITES.filter((other) => other.id !== site.id && copies(other)) : [];
}

function replicas(senders: readonly Site[]): DataAwsIamPolicyDocumentStatement {
  return {
    sid: 'ReplicasOfOtherSites',
    principals: [{ type: 'AWS', identifiers: senders.map((site) => `arn:aws:iam::${site.account}:root`) }],
    actions: ['kms:Encrypt', 'kms:GenerateDataKey'],
    resources: ['*'],
    // A condition, because KMS refuses a principal that does not exist yet.
    condition: [{ test: 'ArnEquals', variable: 'aws:PrincipalArn', values: senders.map(replicationRoleArn) }],
  };
}

/** Role with which a site writes replicas to others; named here because both sides must know it beforehand. */
export function replicationRoleArn(site: Site): string {
  return `arn:aws:iam::${site.account}:role/enclave-replication`;
}
