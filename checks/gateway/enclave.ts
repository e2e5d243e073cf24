import type { Resource } from '../../model/resource.ts';
import type { Hidden } from '../../model/value.ts';
import { isHidden } from '../../model/value.ts';
import type { Managed, Outside, Subnet, Topology } from '../../proofs/network/topology.ts';
import { topologyOf } from '../../proofs/network/compile/topology-of.ts';
import type { Gateway, Policy, Site } from '../../policy/policy.ts';
import { siteOf } from '../../policy/sites.ts';
import type { Context } from '../check.ts';
import { exposureOf } from '../subnet-tier.ts';
import { occupancyOf } from '../isolation/gateway-tier.ts';
import { type Approval, approvalOf } from './approval.ts';
import { unseenParts } from './unseen.ts';

/** The network seen by the policy: what is inside of which site, what stands at its gateways, what is neither. */
export interface Enclave {
  readonly topology: Topology;
  readonly sites: readonly EnclaveSite[];
  /** Subnets of no site of the enclave: as foreign as the Internet. */
  readonly strangers: readonly Subnet[];
  /** What hides whether these are where they are listed here: their site, or their tier. */
  readonly hidden: ReadonlyMap<Subnet | Managed, Hidden>;
  /** Where more of it may be than the input shows. */
  readonly unseen: readonly Hidden[];
  readonly gateways: readonly { readonly gateway: Gateway; readonly approval: Approval }[];
}

export interface EnclaveSite {
  readonly site: Site;
  /** Every subnet but those of a tier that the policy lets face the outside. */
  readonly inside: readonly Subnet[];
  /** Subnets of tiers that hold gateways, NAT and front doors. */
  readonly edge: readonly Subnet[];
  /** Compute of the site outside any VPC. */
  readonly managed: readonly Managed[];
}

const KNOWN = new WeakMap<Context['estate'], WeakMap<Policy, Map<string, Enclave>>>();

/** The enclave of an estate by a policy on a day; made once. */
export function enclaveOf(context: Context): Enclave {
  const { estate, policy, asOf } = context;
  const byPolicy = KNOWN.get(estate) ?? new WeakMap<Policy, Map<string, Enclave>>();
  KNOWN.set(estate, byPolicy);
  const byDay = byPolicy.get(policy) ?? new Map<string, Enclave>();
  byPolicy.set(policy, byDay);
  const known = byDay.get(asOf);
  if (known !== undefined) return known;
  const enclave = makeEnclave(context);
  byDay.set(asOf, enclave);
  return enclave;
}

/** The subnet's place among the sites of the enclave, or what hides it. */
export function siteOfPart(resource: Resource, { estate, policy }: Context): Site | null | Hidden {
  const assignment = siteOf(estate.place(resource), resource.stack, policy);
  switch (assignment.kind) {
    case 'site':
      return assignment.site.role === 'monitor' ? null : assignment.site;
    case 'hidden':
      return assignment.value;
    case 'unassigned':
      return null;
  }
}

function makeEnclave(context: Context): Enclave {
  const { estate, policy } = context;
  const topology = topologyOf(estate);
  const inside = new Map<Site, Subnet[]>();
  const edge = new Map<Site, Subnet[]>();
  const managed = new Map<Site, Managed[]>();
  const strangers: Subnet[] = [];
  const hidden = new Map<Subnet | Managed, Hidden>();
  for (const subnet of topology.subnets) {
    const { resource } = subnet.origin;
    const site = resource === null ? null : siteOfPart(resource, context);
    if (resource === null || site === null) strangers.push(subnet);
    else if (isHidden(site)) {
      strangers.push(subnet);
      hidden.set(subnet, site);
    } else {
      const doubt = doubtOfEdge(resource, context);
      if (doubt !== null) hidden.set(subnet, doubt);
      append(isEdge(resource, context) ? edge : inside, site, subnet);
    }
  }
  for (const item of topology.managed) {
    const { resource } = item.origin;
    const site = resource === null ? null : siteOfPart(resource, context);
    if (isHidden(site)) hidden.set(item, site);
    else if (site !== null) append(managed, site, item);
  }
  return {
    topology,
    sites: policy.sites
      .filter(({ role }) => role !== 'monitor')
      .map((site) => ({
        site,
        inside: inside.get(site) ?? [],
        edge: edge.get(site) ?? [],
        managed: managed.get(site) ?? [],
      })),
    strangers,
    hidden,
    unseen: unseenParts(context),
    gateways: policy.gateways.map((gateway) => ({ gateway, approval: approvalOf(gateway, context) })),
  };
}

/** Whether a subnet may face the outside. A tier that is not known may be the enclave's, and a tag makes no gateway. */
export function isEdge(subnet: Resource, context: Context): boolean {
  const exposure = exposureOf(subnet, context.policy);
  if (exposure !== 'gateway') return false;
  const { workloads, possible } = occupancyOf(subnet, context);
  return workloads.length + possible.length === 0;
}

/** What hides whether a subnet may face the outside: its tier, or what may stand in it. */
export function doubtOfEdge(subnet: Resource, context: Context): Hidden | null {
  const exposure = exposureOf(subnet, context.policy);
  if (isHidden(exposure)) return exposure;
  const { workloads, possible } = occupancyOf(subnet, context);
  return exposure === 'gateway' && workloads.length === 0 ? (possible[0] ?? null) : null;
}

/** What lies outside for a site: everything but the services of AWS in its own Region, which endpoints judge. */
export function outsidesOf({ site }: EnclaveSite, { topology }: Enclave): readonly Outside[] {
  return topology.outsides.filter(({ kind, region }) => kind !== 'service' || region !== site.region);
}

function append<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const items = map.get(key);
  if (items === undefined) map.set(key, [item]);
  else items.push(item);
}
