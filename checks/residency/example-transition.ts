import type { Example } from '../check.ts';
import { EXAMPLE_POLICY } from '../example-policy.ts';

/** The policy of the examples with a transitional site in the United States. */
export const TRANSITION_POLICY = {
  sites: [
    ...EXAMPLE_POLICY.sites,
    {
      id: 'interim',
      name: 'Interim',
      role: 'transitional',
      country: 'US',
      region: 'us-east-1',
      account: '777777777777',
    },
  ],
  stacks: [...EXAMPLE_POLICY.stacks, { name: 'interim', sites: ['interim'], optional: true }],
} as const;

/** Provider and account of the interim stack. */
export const INTERIM_BASE = {
  terraform: { required_providers: { aws: { source: 'aws', version: '6.25.0' } } },
  provider: { aws: [{ region: 'us-east-1', allowed_account_ids: ['777777777777'] }] },
} as const;

/** An estate whose only stack still keeps data in the United States. */
export const EXAMPLE_TRANSITION: Example = {
  stacks: { interim: { ...INTERIM_BASE, resource: { aws_s3_bucket: { waiting: {} } } } },
  policy: TRANSITION_POLICY,
};
