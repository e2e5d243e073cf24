import type { Inspection } from '../check.ts';

interface Shared {
  readonly principal: string;
}

export const messages = {
  external: 'lets principals outside the organisation join the share',
  everyone: ({ principal }: Shared) => `is open to everyone (${principal})`,
  foreign: ({ principal }: Shared) =>
    `is shared with ${principal}, which is neither of the policy nor registered under network.principals`,
  service: ({ principal }: Shared) =>
    `admits ${principal} on behalf of any account, without a condition on the source and without registration`,
  subnet: ({ subnet, principal }: Shared & { readonly subnet: string }) =>
    `shares ${subnet}, a subnet of the enclave, with ${principal}, which is no account of a site`,
  accepted: ({ share }: { readonly share: string }) =>
    `takes part in the share ${share} of an account that is neither of the policy nor registered`,
  unblocked: ({ argument }: { readonly argument: string }) =>
    `leaves ${argument} off, so a policy or list may open buckets to the public`,
};

export type Inspect = Inspection<typeof messages>;
