import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document/index.js';
import { KinesisStream } from '@cdktf/provider-aws/lib/kinesis-stream/index.js';
import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret/index.js';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy/index.js';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic/index.js';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy/index.js';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue/index.js';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import type { DataClass, Place } from '../sites.ts';
import { classTags } from '../tags.ts';

interface MessagingConfig {
  readonly place: Place;
  readonly dataClass: DataClass;
  readonly keyArn: string;
}

/** Queues, topics, streams and the secrets of their clients, under one key. */
export class Messaging extends Construct {
  readonly queue: SqsQueue;
  readonly topic: SnsTopic;
  readonly stream: KinesisStream;
  readonly secret: SecretsmanagerSecret;

  constructor(scope: Construct, id: string, { place, dataClass, keyArn }: MessagingConfig) {
    super(scope, id);
    const tags = classTags(dataClass);

    const undelivered = new SqsQueue(this, 'undelivered', {
      name: 'requests-undelivered',
      kmsMasterKeyId: keyArn,
      messageRetentionSeconds: 1209600,
      tags,
    });
    this.queue = new SqsQueue(this, 'requests', {
      name: 'requests',
      kmsMasterKeyId: keyArn,
      redrivePolicy: Fn.jsonencode({ deadLetterTargetArn: undelivered.arn, maxReceiveCount: 5 }),
      tags,
    });
    for (const queue of [this.queue, undelivered]) {
      new SqsQueuePolicy(this, `${queue.node.id}-policy`, {
        queueUrl: queue.url,
        policy: this.ownAccount(`${queue.node.id}-document`, queue.arn, place, [
          'sqs:SendMessage',
          'sqs:ReceiveMessage',
        ]),
      });
    }

    this.topic = new SnsTopic(this, 'events', { name: 'events', kmsMasterKeyId: keyArn, tags });
    new SnsTopicPolicy(this, 'events-policy', {
      arn: this.topic.arn,
      policy: this.ownAccount('events-document', this.topic.arn, place, ['sns:Publish']),
    });

    this.stream = new KinesisStream(this, 'changes', {
      name: 'changes',
      streamModeDetails: { streamMode: 'ON_DEMAND' },
      retentionPeriod: 24,
      encryptionType: 'KMS',
      kmsKeyId: keyArn,
      tags,
    });

    this.secret = new SecretsmanagerSecret(this, 'client-secret', {
      name: 'enclave/services',
      description: 'Credentials of the services towards each other',
      kmsKeyId: keyArn,
      recoveryWindowInDays: 30,
      tags,
    });
  }

  private ownAccount(id: string, arn: string, place: Place, actions: string[]): string {
    return new DataAwsIamPolicyDocument(this, id, {
      statement: [
        {
          sid: 'OwnAccount',
          principals: [{ type: 'AWS', identifiers: [`arn:aws:iam::${place.account}:root`] }],
          actions,
          resources: [arn],
        },
        {
          sid: 'OnlyTls',
          effect: 'Deny',
          principals: [{ type: '*', identifiers: ['*'] }],
          actions,
          resources: [arn],
          condition: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] }],
        },
      ],
    }).json;
  }
}
