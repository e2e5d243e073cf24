import { typesOfFamily } from '../../proofs/flows/flows.ts';
import { defineCheck } from '../check.ts';
import { FLOW_MESSAGES, inspectFlows } from './flow-outcome.ts';
import { inspectUnlisted, subjectsNamingPlaces, UNLISTED_MESSAGES } from './unlisted-flows.ts';

export default defineCheck({
  id: 'RES-005',
  why: 'A replica follows every write, so one destination Region carries a whole store out of its country, and the name of a destination bucket tells no Region at all. What a new argument of a provider or a text in a document names, no table has a row for: so every text of every resource is searched for places, and every reference for a border.',
  fix: 'Replicate only between stores of the country, or mark as not restricted what may go to another country of the policy; keep the destination in a stack of the estate, so that its Region is known. Where an argument of no row names another place, name one of the country, or have an exception say why no data moves.',
  references: [
    'https://docs.aws.amazon.com/controltower/latest/controlreference/data-residency-controls.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html',
  ],
  resourceTypes: typesOfFamily('replica'),
  messages: { ...FLOW_MESSAGES, ...UNLISTED_MESSAGES },
  subjects: subjectsNamingPlaces('replica'),
  inspect: ({ resource }, inspection) =>
    inspection.all([inspectFlows(resource, inspection, 'replica'), ...inspectUnlisted(resource, inspection)]),
  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_s3_bucket: { ledger: {}, copy: {} },
              aws_s3_bucket_replication_configuration: {
                ledger: {
                  bucket: '${aws_s3_bucket.ledger.id}',
                  role: 'arn:aws:iam::111111111111:role/copier',
                  rule: [{ status: 'Enabled', destination: { bucket: '${aws_s3_bucket.copy.arn}' } }],
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
              aws_dynamodb_table: { ledger: { name: 'ledger', replica: [{ region_name: 'us-east-1' }] } },
            },
          },
        },
      },
    ],
  },
});
