import type { Inspection } from '../check.ts';

/** What NET-012 says of a fail. */
export const messages = {
  unassociated: 'has no DNS Firewall rule group, so its resolver answers for every name',
  open: 'has DNS Firewall rules of which none blocks every name, so what no rule names is answered',
  domain: ({ rule, domain }: { readonly rule: string; readonly domain: string }) =>
    `resolves ${domain} by ${rule}, which is no name of AWS, of the estate or of a network that the policy declares`,
  failOpen: ({ config }: { readonly config: string }) => `lets queries pass while DNS Firewall fails (${config})`,
  unprotected: ({ association }: { readonly association: string }) =>
    `may lose its DNS Firewall rules, because ${association} has no mutation protection`,
  unlogged: 'has no log of its DNS queries',
  forwards: ({ domain, target }: { readonly domain: string; readonly target: string }) =>
    `forwards queries for ${domain} to ${target}, which is no resolver of the enclave or of its own premises`,
  servers: ({ server }: { readonly server: string }) =>
    `hands out the name server ${server}, which is no resolver of the enclave or of its own premises`,
  publicZone: 'is a public zone, which answers everybody',
  foreignZone: ({ vpc, region }: { readonly vpc: string; readonly region: string }) =>
    `gives its names to ${vpc} in ${region}, where no site of the policy is`,
};

export type Inspect = Inspection<typeof messages>;
