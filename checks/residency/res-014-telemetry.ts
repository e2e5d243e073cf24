import { typesOfFamily } from '../../proofs/flows/flows.ts';
import { defineCheck } from '../check.ts';
import { FLOW_MESSAGES, inspectFlows, subjectsWithFlows } from './flow-outcome.ts';

export default defineCheck({
  id: 'RES-014',
  why: 'Logs, findings and records of configuration hold addresses, names of people and what they did, and services of the whole organisation gather them in one Region.',
  fix: 'Deliver logs to buckets, groups and streams of the country or to the archives of the monitor, mark telemetry with its data class, and gather nothing from or in other Regions.',
  references: [
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html',
    'https://docs.aws.amazon.com/config/latest/developerguide/aggregate-data.html',
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatchLogs_Centralization.html',
  ],
  resourceTypes: typesOfFamily('log'),
  messages: FLOW_MESSAGES,
  subjects: subjectsWithFlows('log'),
  inspect: ({ resource }, inspection) => inspectFlows(resource, inspection, 'log'),
  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_s3_bucket: { trail: {} },
              aws_cloudtrail: { ledger: { name: 'ledger', s3_bucket_name: '${aws_s3_bucket.trail.id}' } },
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
              aws_config_configuration_aggregator: {
                ledger: {
                  name: 'ledger',
                  account_aggregation_source: [{ account_ids: ['111111111111'], regions: ['eu-west-1', 'us-east-1'] }],
                },
              },
            },
          },
        },
      },
    ],
  },
});
