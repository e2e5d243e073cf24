import type { Inspection } from '../check.ts';

export const messages = {
  noTargets: 'forwards to no target group, so what is routed to it is lost or routed around it',
  noHealthCheck: ({ group }: { readonly group: string }) => `sends traffic to ${group}, whose targets nobody checks`,
  noFailover: ({ group }: { readonly group: string }) =>
    `sends traffic to ${group}, which does not say what becomes of connections when a target fails (target_failover)`,
  otherSite: ({ target, site }: { readonly target: string; readonly site: string }) =>
    `balances across zones to ${target}, which stands at ${site}`,
  applianceMode: ({ attachment }: { readonly attachment: string }) =>
    `stands behind ${attachment} without appliance mode, so the two directions of a connection may meet different appliances`,
  fallback: ({
    table,
    destination,
    by,
  }: {
    readonly table: string;
    readonly destination: string;
    readonly by: string;
  }) => `is passed by: ${table} sends ${destination} out by ${by}`,
};

export type Inspect = Inspection<typeof messages>;
