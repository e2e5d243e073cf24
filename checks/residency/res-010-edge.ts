import { typesOfFamily } from '../../proofs/flows/flows.ts';
import { defineCheck } from '../check.ts';
import { flowsOfFamilies, inspectLeaving, LEAVING_MESSAGES, subjectsWithFlows } from './flow-outcome.ts';

export default defineCheck({
  id: 'RES-010',
  why: 'A cache or an accelerator keeps and opens what it serves at edge locations all over the world, and a geographic record sends people to whatever Region is near to them.',
  fix: 'Serve from load balancers and regional endpoints of the site: no distribution and no accelerator, APIs of the type REGIONAL or PRIVATE, web ACLs of the scope REGIONAL, and records that name only Regions of the policy.',
  references: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HowCloudFrontWorks.html',
    'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-geoproximity.html',
  ],
  resourceTypes: typesOfFamily('edge'),
  messages: LEAVING_MESSAGES,
  subjects: subjectsWithFlows('edge'),
  inspect: ({ resource }, inspection) => inspectLeaving(flowsOfFamilies(resource, inspection, ['edge']), inspection),
  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_route53_record: {
                ledger: {
                  zone_id: 'Z0123456789ABCDEFGHIJ',
                  name: 'ledger.example.com',
                  type: 'A',
                  ttl: 60,
                  records: ['10.0.0.10'],
                  set_identifier: 'west',
                  latency_routing_policy: { region: 'eu-west-1' },
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
              aws_route53_record: {
                ledger: {
                  zone_id: 'Z0123456789ABCDEFGHIJ',
                  name: 'ledger.example.com',
                  type: 'A',
                  ttl: 60,
                  records: ['10.0.0.10'],
                  set_identifier: 'far',
                  latency_routing_policy: { region: 'us-east-1' },
                },
              },
            },
          },
        },
      },
    ],
  },
});
