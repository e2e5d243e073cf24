import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document/index.js';
import type { Construct } from 'constructs';
import type { Place } from './sites.ts';

/** Trust policy of a role that one AWS service may assume, and only for resources of the place's account. */
export function trustedService(scope: Construct, id: string, service: string, place: Place): string {
  return new DataAwsIamPolicyDocument(scope, id, {
    statement: [
      {
        principals: [{ type: 'Service', identifiers: [service] }],
        actions: ['sts:AssumeRole'],
        // EC2 assumes roles of its own account only and sends no source.
        ...(service === 'ec2.amazonaws.com'
          ? {}
          : { condition: [{ test: 'StringEquals', variable: 'aws:SourceAccount', values: [place.account] }] }),
      },
    ],
  }).json;
}
