import type { PlainRequest } from './plain-refusal.ts';

/** A type whose policy must refuse requests without TLS. */
export interface Guarded {
  /** The argument by which it has a policy of its own. */
  readonly own?: string;
  readonly companion: string;
  /** The argument by which the companion names it. */
  readonly by: string;
  /** The argument with the name in its ARN, where that has one. */
  readonly name?: string;
  readonly requests: readonly PlainRequest[];
}

const on = (below: string, ...actions: readonly string[]): readonly PlainRequest[] =>
  actions.map((action) => ({ action, below }));

export const GUARDED: ReadonlyMap<string, Guarded> = new Map<string, Guarded>([
  [
    'aws_s3_bucket',
    {
      own: 'policy',
      companion: 'aws_s3_bucket_policy',
      by: 'bucket',
      name: 'bucket',
      requests: [
        ...on('', 's3:ListBucket', 's3:ListBucketVersions', 's3:GetBucketPolicy'),
        ...on('/*', 's3:GetObject', 's3:GetObjectVersion', 's3:PutObject', 's3:DeleteObject'),
      ],
    },
  ],
  [
    'aws_s3control_bucket',
    {
      companion: 'aws_s3control_bucket_policy',
      by: 'bucket',
      requests: on('/object/*', 's3-outposts:GetObject', 's3-outposts:PutObject', 's3-outposts:DeleteObject'),
    },
  ],
  [
    'aws_sqs_queue',
    {
      own: 'policy',
      companion: 'aws_sqs_queue_policy',
      by: 'queue_url',
      name: 'name',
      requests: on('', 'sqs:SendMessage', 'sqs:ReceiveMessage'),
    },
  ],
  [
    'aws_sns_topic',
    {
      own: 'policy',
      companion: 'aws_sns_topic_policy',
      by: 'arn',
      name: 'name',
      requests: on('', 'sns:Publish'),
    },
  ],
  [
    'aws_efs_file_system',
    {
      companion: 'aws_efs_file_system_policy',
      by: 'file_system_id',
      requests: on('', 'elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'),
    },
  ],
]);
