import { CloudwatchEventBusPolicy } from '@cdktf/provider-aws/lib/cloudwatch-event-bus-policy/index.js';
import { CloudwatchEventBus } from '@cdktf/provider-aws/lib/cloudwatch-event-bus/index.js';
import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule/index.js';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target/index.js';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { CloudwatchLogResourcePolicy } from '@cdktf/provider-aws/lib/cloudwatch-log-resource-policy/index.js';
import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document/index.js';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { KeyWatch } from '../key-watch.ts';
import { type Place, SITES, TRANSITIONAL } from '../sites.ts';
import { RETENTION_DAYS } from './log-archive.ts';

interface KeyEventsConfig {
  readonly place: Place;
  readonly keyArn: string;
}

/** Where the firm hears what is done to the keys of the sites, and to its own. */
export class KeyEvents extends Construct {
  readonly busArn: string;

  constructor(scope: Construct, id: string, { place, keyArn }: KeyEventsConfig) {
    super(scope, id);
    const bus = new CloudwatchEventBus(this, 'bus', { name: 'enclave-keys', kmsKeyIdentifier: keyArn });
    this.busArn = bus.arn;
    const senders = [...SITES, TRANSITIONAL, place].map(({ account }) => account);
    new CloudwatchEventBusPolicy(this, 'bus-policy', {
      eventBusName: bus.name,
      policy: new DataAwsIamPolicyDocument(this, 'bus-document', {
        statement: [
          {
            sid: 'KeyEvents',
            principals: [
              { type: 'AWS', identifiers: [...new Set(senders)].map((account) => `arn:aws:iam::${account}:root`) },
            ],
            actions: ['events:PutEvents'],
            resources: [bus.arn],
            // A condition, because a principal that does not exist yet is refused.
            condition: [
              {
                test: 'ArnLike',
                variable: 'aws:PrincipalArn',
                values: [...new Set(senders)].map((account) => `arn:aws:iam::${account}:role/enclave-key-events-*`),
              },
            ],
          },
        ],
      }).json,
    });

    const group = new CloudwatchLogGroup(this, 'logs', {
      name: '/enclave/keys',
      retentionInDays: RETENTION_DAYS,
      kmsKeyId: keyArn,
    });
    new CloudwatchLogResourcePolicy(this, 'logs-policy', {
      policyName: 'enclave-key-events',
      policyDocument: new DataAwsIamPolicyDocument(this, 'logs-document', {
        statement: [
          {
            principals: [{ type: 'Service', identifiers: ['events.amazonaws.com', 'delivery.logs.amazonaws.com'] }],
            actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            resources: [`${group.arn}:*`],
            condition: [{ test: 'StringEquals', variable: 'aws:SourceAccount', values: [place.account] }],
          },
        ],
      }).json,
    });
    const rule = new CloudwatchEventRule(this, 'rule', {
      name: 'enclave-key-events-received',
      eventBusName: bus.name,
      eventPattern: Fn.jsonencode({ source: ['aws.kms'] }),
    });
    new CloudwatchEventTarget(this, 'target', { rule: rule.name, eventBusName: bus.name, arn: group.arn });
    new KeyWatch(this, 'own', { place, busArn: bus.arn });
  }
}
