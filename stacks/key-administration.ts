import type { DataAwsIamPolicyDocumentStatement } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document/index.js';

/** Lets a role manage a key that it cannot use. */
export function keyAdministration(roleArn: string): DataAwsIamPolicyDocumentStatement {
  return {
    sid: 'Administration',
    principals: [{ type: 'AWS', identifiers: [roleArn] }],
    actions: [
      'kms:CancelKeyDeletion',
      'kms:DescribeKey',
      'kms:DisableKey',
      'kms:EnableKey',
      'kms:EnableKeyRotation',
      'kms:GetKeyPolicy',
      'kms:GetKeyRotationStatus',
      'kms:ListGrants',
      'kms:ListResourceTags',
      'kms:PutKeyPolicy',
      'kms:RevokeGrant',
      'kms:ScheduleKeyDeletion',
      'kms:TagResource',
      'kms:UpdateKeyDescription',
    ],
    resources: ['*'],
  };
}
