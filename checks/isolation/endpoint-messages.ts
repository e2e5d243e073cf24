import type { Inspection } from '../check.ts';

export const messages = {
  unrestricted: 'has no policy, so through it everyone reaches whatever the service holds for anyone',
  principals: ({ statement }: { readonly statement: string }) =>
    `admits principals that are not of the enclave: statement ${statement} of its policy`,
  resources: ({ statement }: { readonly statement: string }) =>
    `leads to resources that are not of the enclave: statement ${statement} of its policy`,
  region: ({ service, region }: { readonly service: string; readonly region: string }) =>
    `leads to ${service}, which is not in its own Region ${region}`,
  foreign: ({ service }: { readonly service: string }) =>
    `leads to ${service}, a service of somebody else that network.endpointServices of the policy does not register`,
  unlinked: ({ first, second }: { readonly first: string; readonly second: string }) =>
    `leads from ${first} to a service of ${second}, a pair that network.links of the policy does not declare`,
  publicName: ({ service }: { readonly service: string }) =>
    `has no private DNS, so clients that call ${service} by its name pass it by`,
  ungrouped: 'has no security group of its own, so the default group of its VPC guards it',
  exposed: ({ group, peer }: { readonly group: string; readonly peer: string }) =>
    `lets in ${peer} by ${group}, which is not the enclave`,
  missing: ({ service, used }: { readonly service: string; readonly used: string }) =>
    `has ${used} and no VPC endpoint of ${service}`,
};

export type Inspect = Inspection<typeof messages>;
