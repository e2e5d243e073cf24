import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule/index.js';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target/index.js';
import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { trustedService } from './iam.ts';
import type { Place } from './sites.ts';

interface KeyWatchConfig {
  readonly place: Place;
  /** Bus of the monitor. */
  readonly busArn: string;
}

/** Tells the monitor what is done to the keys of a place, as it is done. */
export class KeyWatch extends Construct {
  constructor(scope: Construct, id: string, { place, busArn }: KeyWatchConfig) {
    super(scope, id);
    const role = new IamRole(this, 'role', {
      name: `enclave-key-events-${place.region}`,
      assumeRolePolicy: trustedService(this, 'trust', 'events.amazonaws.com', place),
    });
    new IamRolePolicy(this, 'policy', {
      role: role.id,
      policy: new DataAwsIamPolicyDocument(this, 'permissions', {
        statement: [{ actions: ['events:PutEvents'], resources: [busArn] }],
      }).json,
    });
    const rule = new CloudwatchEventRule(this, 'rule', {
      name: 'enclave-key-events',
      description: 'Changes of keys and of who may use them',
      eventPattern: Fn.jsonencode({
        source: ['aws.kms'],
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: {
          eventSource: ['kms.amazonaws.com'],
          eventName: ['CreateGrant', 'DisableKey', 'PutKeyPolicy', 'ScheduleKeyDeletion'],
        },
      }),
    });
    new CloudwatchEventTarget(this, 'target', { rule: rule.name, arn: busArn, roleArn: role.arn });
  }
}
