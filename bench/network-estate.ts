import { EXAMPLE_POLICY } from '../checks/example-policy.ts';
import type { GeneratedStack } from './estate.ts';
import type { GeneratedSite } from './network-site.ts';
import { link } from './network-link.ts';
import { type Leak, plantLeak, spoke } from './network-spoke.ts';
import { hub } from './network-hub.ts';
import { StackBody } from './stack-body.ts';

export interface GeneratedNetwork {
  readonly stacks: readonly GeneratedStack[];
  /** The policy file: the sites, their firewalls as the approved gateways, and the flows that must work. */
  readonly policy: string;
  readonly leak: Leak | null;
}

const SITES = [
  { id: 'dublin', region: 'eu-west-1', country: 'IE', account: '410000000011', zonePrefix: 'euw1' },
  { id: 'stockholm', region: 'eu-north-1', country: 'SE', account: '410000000022', zonePrefix: 'eun1' },
  { id: 'frankfurt', region: 'eu-central-1', country: 'DE', account: '410000000033', zonePrefix: 'euc1' },
] as const;

/** About how many resources one VPC of a site has, with its part of the links. */
const RESOURCES_IN_VPC = 194;

/**
 * The network of an enclave of about `resources` resources, deterministic, as an engineer would write it: at each of three
 * sites a VPC with firewall and NAT gateways, and further ones that reach the world and the other sites only through it.
 * With a leak, one subnet of one of these has a route of its own to an Internet gateway.
 */
export function generateNetwork(
  resources: number,
  { leak = false }: { readonly leak?: boolean } = {},
): GeneratedNetwork {
  const vpcs = Math.max(2, Math.round(resources / RESOURCES_IN_VPC / SITES.length));
  const sites = SITES.map(({ zonePrefix, ...site }, index): GeneratedSite => ({
    ...site,
    zones: [1, 2, 3].map((zone) => `${zonePrefix}-az${zone}`),
    firstVpc: index * vpcs,
    vpcs,
  }));
  const stacks = sites.map((site) => {
    const body = new StackBody(site.id, [site]);
    hub(body, site);
    for (let number = 1; number < site.vpcs; number++) spoke(body, site, number);
    return body;
  });
  const planted = leak ? plantLeak(stacks[1] ?? new StackBody('nowhere', []), Math.floor(vpcs / 2)) : null;
  const links = sites.flatMap((near, index) => sites.slice(index + 1).map((far) => link(near, far)));
  const all = [...stacks, ...links];
  return { stacks: all.map((body) => body.generated()), policy: policyOf(sites, all), leak: planted };
}

function policyOf(sites: readonly GeneratedSite[], stacks: readonly StackBody[]): string {
  const monitor = EXAMPLE_POLICY.sites.filter(({ id }) => id === EXAMPLE_POLICY.monitor.site);
  return JSON.stringify({
    ...EXAMPLE_POLICY,
    sites: [
      ...sites.map(({ id, region, country, account, zones }) => ({
        id,
        name: id,
        region,
        country,
        account,
        zoneIds: zones,
      })),
      ...monitor,
    ],
    stacks: stacks.map(({ name, sites: own }) => ({ name, sites: own.map(({ id }) => id) })),
    gateways: sites.map(({ id }) => ({
      id: `${id}-data`,
      site: id,
      purpose: 'data-transmission',
      kind: 'network-firewall',
      stack: id,
      address: 'aws_networkfirewall_firewall.gateway',
    })),
    evidence: [],
    network: {
      outside: [{ id: 'partner', kind: 'internet', cidrs: ['198.51.100.0/24'], reason: 'Settles payments' }],
      // Out of each site, and from each to the next.
      flows: sites.flatMap(({ id }, index) => {
        const next = sites[(index + 1) % sites.length]?.id ?? id;
        return [
          { id: `${id}-out`, from: `${id}/workload`, to: 'partner', protocol: 'tcp', port: 443, reason: 'Payments' },
          { id: `${id}-on`, from: `${id}/workload`, to: `${next}/data`, protocol: 'tcp', port: 5432, reason: 'Ledger' },
        ];
      }),
    },
  });
}
