import type { Resource } from '../../model/resource.ts';
import { asBoolean, asString, isHidden, type Value } from '../../model/value.ts';
import type { Gateway, Site } from '../../policy/policy.ts';
import { defineCheck, type Inspection, type Outcome } from '../check.ts';
import { isBuilt } from './built-sites.ts';
import { GATEWAY_TYPES, gatewayTarget, lackOfEvidence } from './declared-gateways.ts';
import { SERVICE } from './fleet.ts';
import { coverageAt } from './gateway-coverage.ts';
import { ENDPOINTS, interfacesOf } from './gateway-networks.ts';
import { type HairpinData, hairpinsOf } from './hairpins.ts';
import { SUBNET_TYPES } from '../subnet-tier.ts';
import { covers, zonesInUse } from './zones.ts';

const PURPOSES = ['data-transmission', 'employee-access'] as const;

/** Kinds of gateway that can serve a purpose. */
const FIT: Readonly<Record<Gateway['purpose'], readonly Gateway['kind'][]>> = {
  'data-transmission': ['network-firewall', 'appliance'],
  'employee-access': ['verified-access', 'client-vpn', 'appliance'],
};

const messages = {
  undeclared: ({ purpose }: { readonly purpose: string }) => `has no gateway for ${purpose} in the policy`,
  unfit: ({ gateway, kind, purpose }: { readonly gateway: string; readonly kind: string; readonly purpose: string }) =>
    `has the gateway ${gateway} of kind ${kind}, which cannot serve ${purpose}`,
  absent: ({ gateway, address }: { readonly gateway: string; readonly address: string }) =>
    `lacks its gateway ${gateway}: ${address} is not there`,
  kind: ({ gateway, address, types }: { readonly gateway: string; readonly address: string; readonly types: string }) =>
    `has as gateway ${gateway} ${address}, which is no ${types}`,
  balancer: ({ gateway, type }: { readonly gateway: string; readonly type: string }) =>
    `has as gateway ${gateway} a load balancer of type ${type}, which inspects nothing`,
  foreign: ({ gateway, part, value, own }: Foreign) => `has its gateway ${gateway} in ${part} ${value}, not ${own}`,
  offOutpost: ({ gateway }: { readonly gateway: string }) =>
    `is an Outpost, and the appliance of its gateway ${gateway} stands elsewhere`,
  sourceDestCheck: ({ gateway, address }: { readonly gateway: string; readonly address: string }) =>
    `has its gateway ${gateway} in ${address}, which drops what others send each other (source_dest_check is not false)`,
  hairpin: ({ from, to, packet, gateway }: HairpinData) =>
    `lets ${from} reach ${to} past its own gateways, by ${gateway} of another site (${packet})`,
  uncovered: ({ zone, subnet }: { readonly zone: string; readonly subnet: string }) =>
    `has no gateway for data-transmission in ${zone}, where ${subnet} lies`,
};

interface Foreign {
  readonly gateway: string;
  readonly part: string;
  readonly value: string;
  readonly own: string;
}

type Inspect = Inspection<typeof messages>;

export default defineCheck({
  id: 'GTW-003',
  why: 'A site without a gateway of its own sends its data through the gateway of another, under another law or out of reach of its own rules, or through none.',
  fix: 'Declare a gateway of each purpose in policy.gateways, and give the firewall an endpoint (subnet_mapping, or an aws_networkfirewall_vpc_endpoint_association) in every zone with enclave subnets; on an Outpost register an appliance with source_dest_check = false and evidence of kind appliance.',
  references: [
    'https://docs.aws.amazon.com/network-firewall/latest/developerguide/vpc-config.html',
    'https://docs.aws.amazon.com/network-firewall/latest/developerguide/tgw-firewall.html',
    'https://docs.aws.amazon.com/outposts/latest/userguide/outposts-requirements.html',
  ],
  resourceTypes: [
    'aws_networkfirewall_firewall',
    ENDPOINTS,
    'aws_instance',
    'aws_network_interface',
    'aws_lb',
    'aws_alb',
    'aws_vpc_endpoint',
    SERVICE,
    'aws_verifiedaccess_instance',
    'aws_ec2_client_vpn_endpoint',
    ...SUBNET_TYPES,
  ],

  messages,

  subjects: ({ estate, policy }) =>
    policy.sites
      .filter((site) => site.role === 'data-centre' && isBuilt(site, { estate, policy }))
      .map((site) => ({ kind: 'site', site })),

  inspect({ site }, inspection) {
    const { policy, fail, unproven, all } = inspection;
    const location = policy.locate(`/sites/${policy.sites.indexOf(site)}`);
    return all([
      ...PURPOSES.flatMap((purpose) => {
        const gateways = policy.gateways.filter((gateway) => gateway.site === site.id && gateway.purpose === purpose);
        if (gateways.length === 0) return [fail({ location }, 'undeclared', { purpose })];
        return gateways.map((gateway) => judgeGateway(gateway, site, inspection));
      }),
      ...judgeZones(site, inspection),
      ...hairpinsOf(site, inspection).map((hairpin) =>
        hairpin.kind === 'unproven' ? unproven(hairpin.because) : fail(hairpin.at, 'hairpin', hairpin.data),
      ),
    ]);
  },

  examples: {
    compliant: [
      {
        policy: {
          gateways: [
            {
              id: 'west-data',
              site: 'west',
              purpose: 'data-transmission',
              kind: 'network-firewall',
              stack: 'west',
              address: 'aws_networkfirewall_firewall.gateway',
            },
            {
              id: 'west-access',
              site: 'west',
              purpose: 'employee-access',
              kind: 'verified-access',
              stack: 'west',
              address: 'aws_verifiedaccess_instance.access',
            },
          ],
        },
        stacks: {
          west: {
            resource: {
              aws_vpc: { ledger: { cidr_block: '10.0.0.0/16' } },
              aws_subnet: {
                data: {
                  vpc_id: '${aws_vpc.ledger.id}',
                  cidr_block: '10.0.1.0/24',
                  availability_zone_id: 'euw1-az1',
                  tags: { 'ledger:tier': 'data' },
                },
                gateway: {
                  vpc_id: '${aws_vpc.ledger.id}',
                  cidr_block: '10.0.2.0/24',
                  availability_zone_id: 'euw1-az1',
                  tags: { 'ledger:tier': 'gateway' },
                },
              },
              aws_networkfirewall_firewall: {
                gateway: { subnet_mapping: [{ subnet_id: '${aws_subnet.gateway.id}' }] },
              },
              aws_verifiedaccess_instance: { access: {} },
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
              aws_subnet: { data: { availability_zone_id: 'euw1-az1', tags: { 'ledger:tier': 'data' } } },
            },
          },
        },
      },
    ],
  },
});

function judgeGateway(gateway: Gateway, site: Site, inspection: Inspect): Outcome {
  const { estate, policy, pass, fail, unproven, all } = inspection;
  const { id, kind, purpose, address } = gateway;
  const declared = { location: policy.locate(`/gateways/${policy.gateways.indexOf(gateway)}`) };
  const fit = FIT[purpose].includes(kind) ? pass() : fail(declared, 'unfit', { gateway: id, kind, purpose });
  const target = gatewayTarget(gateway, estate);
  if (target.kind === 'hidden') return all([fit, unproven(target.value)]);
  if (target.kind === 'absent') {
    return all([fit, fail(declared, 'absent', { gateway: id, address: `${gateway.stack}: ${address}` })]);
  }
  const { resource } = target;
  const types = GATEWAY_TYPES[kind];
  const isOfKind = types.includes(resource.type);
  const place = estate.place(resource);
  const at = { related: [resource], location: place.regionLocation };
  return all([
    fit,
    isOfKind ? pass() : fail(declared, 'kind', { gateway: id, address, types: types.join(' or ') }),
    judgePlace(place.region, site.region, inspection, (value) =>
      fail(at, 'foreign', { gateway: id, part: 'Region', value, own: site.region }),
    ),
    judgePlace(place.account, site.account, inspection, (value) =>
      fail(at, 'foreign', { gateway: id, part: 'account', value, own: site.account }),
    ),
    ...(kind === 'appliance' && isOfKind ? judgeAppliance(gateway, resource, site, inspection) : []),
  ]);
}

function judgePlace(
  value: Value,
  own: string,
  { pass, unproven }: Inspect,
  failure: (seen: string) => Outcome,
): Outcome {
  const seen = asString(value);
  if (isHidden(seen)) return unproven(seen);
  if (seen === own) return pass();
  return seen === null ? unproven(`has a gateway of which the input shows no place in ${own}`) : failure(seen);
}

function judgeAppliance(gateway: Gateway, instance: Resource, site: Site, inspection: Inspect): readonly Outcome[] {
  const { estate, pass, fail, unproven } = inspection;
  const lack = lackOfEvidence(gateway, inspection);
  const evidence = lack === null ? pass() : unproven(`has a gateway, ${gateway.id}, that ${lack}`);
  if (instance.type !== 'aws_instance') return [judgeBalancer(gateway, instance, inspection), evidence];
  const { items, open } = interfacesOf(instance, estate);
  return [
    evidence,
    ...open.map((value) => unproven(value)),
    ...items.map((item) => {
      const checks = asBoolean(item.attribute('source_dest_check'));
      if (isHidden(checks)) return unproven(checks);
      const at = { related: [item], location: item.locate('source_dest_check') };
      return checks === false ? pass() : fail(at, 'sourceDestCheck', { gateway: gateway.id, address: item.address });
    }),
    ...(site.outposts.length === 0 ? [] : items.map((item) => judgeOutpost(gateway, item, site, inspection))),
  ];
}

/** Only a load balancer of type gateway hands traffic to appliances unchanged. */
function judgeBalancer(gateway: Gateway, balancer: Resource, { estate, pass, fail, unproven }: Inspect): Outcome {
  const type = asString(estate.effective(balancer, 'load_balancer_type'));
  if (isHidden(type)) return unproven(type);
  if (type === 'gateway') return pass();
  const at = { related: [balancer], location: balancer.locate('load_balancer_type') };
  return fail(at, 'balancer', { gateway: gateway.id, type: type ?? 'unset' });
}

function judgeOutpost(
  gateway: Gateway,
  item: Resource,
  site: Site,
  { estate, pass, fail, unproven }: Inspect,
): Outcome {
  const outpost = asString(estate.place(item).outpost);
  if (isHidden(outpost)) return unproven(outpost);
  if (outpost !== null && site.outposts.includes(outpost)) return pass();
  const at = { related: [item], location: item.locate('subnet_id') };
  return fail(at, 'offOutpost', { gateway: gateway.id });
}

/** Every zone with subnets of the enclave has a gateway for its data. */
function judgeZones(site: Site, inspection: Inspect): readonly Outcome[] {
  const { fail, unproven, pass } = inspection;
  const coverage = coverageAt(site, inspection);
  const { zones, open } = zonesInUse(site, inspection);
  return [
    ...zones.map(({ zone, subnet, doubt }) => {
      const isCovered = covers(coverage, zone);
      if (isCovered === true) return pass();
      if (isHidden(isCovered)) return unproven(isCovered);
      if (doubt !== null) return unproven(doubt);
      const at = { related: [subnet], location: subnet.init.location };
      return fail(at, 'uncovered', { zone: zone.label, subnet: `${subnet.stack}: ${subnet.address}` });
    }),
    ...open.map((value) => unproven(value)),
  ];
}
