import type { Resource } from '../../model/resource.ts';
import type { Inspection, Outcome } from '../check.ts';

export const messages = {
  address: ({ address }: { readonly address: string }) =>
    `ends at ${address}, which no network of network.outside has as a customer gateway`,
  anywhere: 'states no address, so whoever holds its certificate may connect from anywhere',
  accelerated: 'is accelerated, so it enters AWS at edge locations anywhere in the world',
  destination: ({ cidr }: { readonly cidr: string }) =>
    `routes ${cidr} to the other side, which is in no network that the policy declares there`,
  location: ({ location }: { readonly location: string }) =>
    `ends at the location ${location}, which no network of network.outside has`,
  country: ({ location, reason }: { readonly location: string; readonly reason: string }) =>
    `ends at the location ${location}, and ${reason}`,
  owner: ({ account }: { readonly account: string }) =>
    `is shared with the account ${account}, which is neither of the policy nor registered under network.principals`,
  prefixes: ({ cidr }: { readonly cidr: string }) =>
    `announces ${cidr}, which is neither a network of the estate nor registered in the policy`,
  siteLink: 'has SiteLink on, which joins the lines of locations past every VPC and gateway',
  filter: ({ cidr }: { readonly cidr: string }) =>
    `lets ${cidr} reach the public endpoints of AWS, which is in no network that the policy declares`,
  propagated: ({ subnet, learned }: { readonly subnet: string; readonly learned: string }) =>
    `puts ${learned} into the routes of ${subnet}, which is of no gateway tier`,
};

export type Inspect = Inspection<typeof messages>;

export type Judge = (resource: Resource, inspection: Inspect) => Outcome;
