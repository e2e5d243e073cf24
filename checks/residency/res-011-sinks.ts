import { typesOfFamily } from '../../proofs/flows/flows.ts';
import { defineCheck } from '../check.ts';
import { FLOW_MESSAGES, inspectFlows, subjectsWithFlows } from './flow-outcome.ts';

const FAMILIES = ['third-party', 'stream', 'transfer', 'sharing'] as const;

export default defineCheck({
  id: 'RES-011',
  why: 'Streams, topics, event buses and transfer services send from the network of AWS: what they post to a host, a mailbox or another Region passes no route and no gateway. What they share with an account, that account reads from wherever it is.',
  fix: 'Send to resources of the country, or enter the domain of the host under network.outside of the policy with the reason; send no data by e-mail, short message or push; share only with accounts of the policy.',
  references: [
    'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html',
    'https://docs.aws.amazon.com/firehose/latest/dev/create-destination.html',
    'https://docs.aws.amazon.com/sns/latest/dg/sns-create-subscribe-endpoint-to-topic.html',
  ],
  resourceTypes: [...new Set(FAMILIES.flatMap(typesOfFamily))].toSorted(),
  messages: FLOW_MESSAGES,
  subjects: subjectsWithFlows(...FAMILIES),
  inspect: ({ resource }, inspection) => inspectFlows(resource, inspection, ...FAMILIES),
  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_sns_topic: { ledger: { name: 'ledger' } },
              aws_sqs_queue: { ledger: { name: 'ledger' } },
              aws_sns_topic_subscription: {
                ledger: {
                  topic_arn: '${aws_sns_topic.ledger.arn}',
                  protocol: 'sqs',
                  endpoint: '${aws_sqs_queue.ledger.arn}',
                },
              },
            },
          },
        },
      },
    ],
    violating: [
      {
        stacks: {
          west: {
            resource: {
              aws_sns_topic: { ledger: { name: 'ledger' } },
              aws_sns_topic_subscription: {
                ledger: {
                  topic_arn: '${aws_sns_topic.ledger.arn}',
                  protocol: 'https',
                  endpoint: 'https://collector.example/in',
                },
              },
            },
          },
        },
      },
    ],
  },
});
