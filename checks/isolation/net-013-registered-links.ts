import { covers, parseCidr } from '../../model/aws/cidr.ts';
import { VPC_TYPES } from '../../model/aws/vpc-defaults.ts';
import type { Resource } from '../../model/resource.ts';
import { asBoolean, asItems, asString, display, isHidden, type Value } from '../../model/value.ts';
import { countryAllowed } from '../../policy/sites.ts';
import { defineCheck, type Inspection, type Outcome, resourcesOf } from '../check.ts';
import { exposureOf } from '../subnet-tier.ts';
import { judgePeer } from './approved-peers.ts';
import { addressRange, outsideRanges } from './declared-networks.ts';
import { workloadsIn } from './gateway-tier.ts';
import { subnetsOf, TABLE_TYPES } from './propagated-routes.ts';
import { principalKind } from './registered-principals.ts';

const messages = {
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

type Inspect = Inspection<typeof messages>;
type Judge = (resource: Resource, inspection: Inspect) => Outcome;

const CONNECTION_TYPES = ['aws_dx_connection', 'aws_dx_lag', 'aws_dx_hosted_connection'] as const;
const INTERFACE_KINDS = ['private', 'transit', 'public'] as const;
const INTERFACE_TYPES = INTERFACE_KINDS.flatMap((kind) => [
  `aws_dx_${kind}_virtual_interface`,
  `aws_dx_hosted_${kind}_virtual_interface`,
]);
const GATEWAY_TYPES = ['aws_vpn_gateway', 'aws_ec2_transit_gateway'] as const;
const ENDS = ['vpn_gateway_id', 'transit_gateway_id', 'vpn_concentrator_id'] as const;

/** What is judged of each type; what its arguments name must be of the estate. */
const JUDGES: { readonly [type: string]: readonly Judge[] } = {
  aws_customer_gateway: [judgeAddress],
  aws_vpn_connection: [
    requires('customer_gateway_id', ['aws_customer_gateway']),
    names('vpn_gateway_id', ['aws_vpn_gateway']),
    names('transit_gateway_id', ['aws_ec2_transit_gateway']),
    names('vpn_concentrator_id', ['aws_vpn_concentrator']),
    judgeEnds,
    judgeAcceleration,
  ],
  aws_vpn_connection_route: [requires('vpn_connection_id', ['aws_vpn_connection']), judgeDestination],
  aws_vpn_concentrator: [requires('transit_gateway_id', ['aws_ec2_transit_gateway'])],
  aws_vpn_gateway: [names('vpc_id', VPC_TYPES)],
  aws_vpn_gateway_attachment: [requires('vpc_id', VPC_TYPES), requires('vpn_gateway_id', ['aws_vpn_gateway'])],
  aws_vpn_gateway_route_propagation: [judgePropagation],
  aws_vpc_route_server_propagation: [judgePropagation],
  aws_route_table: [judgeTable],
  aws_default_route_table: [judgeTable],
  aws_dx_connection: [judgeLocation],
  aws_dx_lag: [judgeLocation],
  aws_dx_connection_confirmation: [requires('connection_id', CONNECTION_TYPES)],
  aws_dx_connection_association: [requires('connection_id', CONNECTION_TYPES), requires('lag_id', ['aws_dx_lag'])],
  aws_dx_bgp_peer: [requires('virtual_interface_id', INTERFACE_TYPES)],
  aws_dx_hosted_connection: [requires('connection_id', CONNECTION_TYPES), judgeOwner('owner_account_id')],
  aws_dx_gateway_association: [
    requires('dx_gateway_id', ['aws_dx_gateway']),
    names('associated_gateway_id', GATEWAY_TYPES),
    judgeOwner('associated_gateway_owner_account_id'),
    judgeAssociated,
    judgePrefixes,
  ],
  aws_dx_gateway_association_proposal: [
    requires('associated_gateway_id', GATEWAY_TYPES),
    judgeOwner('dx_gateway_owner_account_id'),
    judgePrefixes,
  ],
  ...interfaces('private', [names('vpn_gateway_id', ['aws_vpn_gateway']), names('dx_gateway_id', ['aws_dx_gateway'])]),
  ...interfaces('transit', [names('dx_gateway_id', ['aws_dx_gateway'])]),
  ...interfaces('public', [judgeFilter]),
};

/** The virtual interfaces of one kind: own ones, those made for another account, and those taken from one. */
function interfaces(
  kind: (typeof INTERFACE_KINDS)[number],
  judges: readonly Judge[],
): { readonly [type: string]: readonly Judge[] } {
  const hosted = `aws_dx_hosted_${kind}_virtual_interface`;
  const own = [requires('connection_id', CONNECTION_TYPES), judgeSiteLink, ...judges];
  return {
    [`aws_dx_${kind}_virtual_interface`]: own,
    [hosted]: [...own, judgeOwner('owner_account_id')],
    [`${hosted}_accepter`]: [requires('virtual_interface_id', [hosted]), ...(kind === 'public' ? [] : judges)],
  };
}

export default defineCheck({
  id: 'NET-013',
  why: 'A line or tunnel from outside reaches into the network without passing the Internet; one that ends with a stranger, or abroad, is a way out that no gateway of a site sees.',
  fix: 'Let links end only at addresses and locations of networks under network.outside, in allowed countries; announce only networks of the enclave, and write routes to the other side by hand, through the gateway.',
  references: [
    'https://docs.aws.amazon.com/vpn/latest/s2svpn/VPC_VPN.html',
    'https://docs.aws.amazon.com/directconnect/latest/UserGuide/WorkingWithVirtualInterfaces.html',
  ],
  resourceTypes: [...Object.keys(JUDGES), 'aws_route_table_association', 'aws_main_route_table_association'],

  messages,

  subjects: (context) => resourcesOf(...Object.keys(JUDGES))(context).filter(({ resource }) => !isPlainTable(resource)),

  inspect({ resource }, inspection) {
    return inspection.all((JUDGES[resource.type] ?? []).map((judge) => judge(resource, inspection)));
  },

  examples: {
    compliant: [
      {
        policy: {
          network: {
            outside: [
              {
                id: 'office',
                kind: 'on-premises',
                cidrs: ['192.168.0.0/24'],
                customerGateways: ['198.51.100.7'],
                locations: [{ code: 'EirCL', country: 'IE' }],
                reason: 'Own office.',
              },
            ],
          },
        },
        stacks: {
          west: {
            resource: {
              aws_customer_gateway: { office: { type: 'ipsec.1', bgp_asn: 65000, ip_address: '198.51.100.7' } },
              aws_dx_connection: { office: { name: 'office', bandwidth: '1Gbps', location: 'EirCL' } },
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
              aws_customer_gateway: { stranger: { type: 'ipsec.1', bgp_asn: 65000, ip_address: '203.0.113.9' } },
            },
          },
        },
      },
    ],
  },
});

/** A table into which nothing is propagated has nothing to do with links. */
function isPlainTable(resource: Resource): boolean {
  if (!TABLE_TYPES.some((type) => type === resource.type)) return false;
  const { items, open } = asItems(resource.attribute('propagating_vgws'));
  return items.length === 0 && open.length === 0;
}

/** An argument that must be there. */
function requires(argument: string, types: readonly string[]): Judge {
  const judge = names(argument, types);
  return (resource, inspection) =>
    resource.attribute(argument).kind === 'null'
      ? inspection.unproven(`does not say in ${argument} what it is a part of`)
      : judge(resource, inspection);
}

function names(argument: string, types: readonly string[]): Judge {
  return (resource, { estate, pass, unproven }) => {
    const value = resource.attribute(argument);
    const target = estate.resolve(value, types);
    switch (target.kind) {
      case 'none':
        return pass();
      case 'hidden':
        return unproven(target.value);
      case 'outside':
        return unproven(`names ${display(value)} as ${argument}, which is not in the estate`);
      case 'resource':
        return target.resource.init.mode === 'managed'
          ? pass()
          : unproven(`names ${target.resource.address} as ${argument}, which is not of the estate`);
    }
  };
}

function judgeAddress(gateway: Resource, { policy, pass, fail, unproven }: Inspect): Outcome {
  const value = gateway.attribute('ip_address');
  const text = asString(value);
  if (isHidden(text)) return unproven(text);
  if (text === null || text === '') return fail({}, 'anywhere');
  const address = addressRange(text);
  const registered = policy.network.outside.flatMap(({ customerGateways }) =>
    customerGateways.flatMap(rangesOfAddress),
  );
  if (
    address !== null &&
    registered.some(({ family, first }) => family === address.family && first === address.first)
  ) {
    return pass();
  }
  return fail({ path: ['ip_address'], value }, 'address', { address: display(value) });
}

function rangesOfAddress(text: string) {
  const range = addressRange(text);
  return range === null ? [] : [range];
}

/** A connection that ends nowhere is for a core network to take. */
function judgeEnds(connection: Resource, { estate, pass, unproven }: Inspect): Outcome {
  if (ENDS.some((argument) => connection.attribute(argument).kind !== 'null')) return pass();
  const attachment = 'aws_networkmanager_site_to_site_vpn_attachment';
  const { items } = estate.companions(connection, attachment, 'vpn_connection_arn');
  return items.length > 0 ? pass() : unproven('names no gateway, so nothing in the estate says where it leads');
}

function judgeAcceleration(connection: Resource, { pass, fail, unproven }: Inspect): Outcome {
  const value = connection.attribute('enable_acceleration');
  const isOn = asBoolean(value);
  if (isHidden(isOn)) return unproven(isOn);
  return isOn === true ? fail({ path: ['enable_acceleration'], value }, 'accelerated') : pass();
}

function judgeDestination(route: Resource, inspection: Inspect): Outcome {
  const value = route.attribute('destination_cidr_block');
  return judgeOutside(value, inspection, () =>
    inspection.fail({ path: ['destination_cidr_block'], value }, 'destination', { cidr: display(value) }),
  );
}

/** Networks at the other end of links. */
function judgeOutside(value: Value, { policy, pass, unproven }: Inspect, refuse: () => Outcome): Outcome {
  const text = asString(value);
  if (isHidden(text)) return unproven(text);
  const range = parseCidr(text ?? '');
  return range !== null && covers(outsideRanges(policy, 'on-premises', 'partner', 'monitor'), range)
    ? pass()
    : refuse();
}

function judgeLocation(line: Resource, { policy, asOf, pass, fail, unproven }: Inspect): Outcome {
  const value = line.attribute('location');
  const text = asString(value);
  if (isHidden(text)) return unproven(text);
  const at = { path: ['location'], value };
  const named = policy.network.outside.flatMap(({ locations }) => locations.filter(({ code }) => code === text));
  if (named.length === 0) return fail(at, 'location', { location: display(value) });
  for (const { country } of named) {
    const judged = countryAllowed(country, policy, asOf);
    if (judged.kind === 'refused') return fail(at, 'country', { location: display(value), reason: judged.reason });
  }
  return pass();
}

function judgeOwner(argument: string): Judge {
  return (resource, { policy, pass, fail, unproven }) => {
    const value = resource.attribute(argument);
    const text = asString(value);
    if (text === null) return pass();
    if (isHidden(text)) return unproven(text);
    const kind = principalKind(text, policy);
    if (kind === 'own' || kind === 'registered') return pass();
    return fail({ path: [argument], value }, 'owner', { account: display(value) });
  };
}

/** What is not named is the gateway of another account, which must be. */
function judgeAssociated(association: Resource, { pass, unproven }: Inspect): Outcome {
  const ends = ['associated_gateway_id', 'associated_gateway_owner_account_id'];
  if (ends.some((argument) => association.attribute(argument).kind !== 'null')) return pass();
  return unproven('names neither the gateway that it is associated with nor its owner');
}

/** A virtual private gateway announces its VPC where nothing else is said. */
function judgePrefixes(association: Resource, inspection: Inspect): Outcome {
  const { estate, all, pass, fail, unproven } = inspection;
  const { items, open } = asItems(association.attribute('allowed_prefixes'));
  if (items.length === 0 && open.length === 0) {
    const gateway = estate.resolve(association.attribute('associated_gateway_id'), GATEWAY_TYPES);
    const isPrivate = gateway.kind === 'resource' && gateway.resource.type === 'aws_vpn_gateway';
    return isPrivate ? pass() : unproven('does not say in allowed_prefixes what it announces');
  }
  return all([
    ...items.map((value, index) => {
      const path = ['allowed_prefixes', index];
      const judged = judgePeer({ kind: 'cidr', value, path }, inspection);
      if (judged.kind === 'approved') return pass();
      if (judged.kind === 'hidden') return unproven(judged.value);
      return fail({ path, value }, 'prefixes', { cidr: judged.peer });
    }),
    ...(open.length === 0 ? [] : [unproven(open)]),
  ]);
}

function judgeSiteLink(virtual: Resource, { pass, fail, unproven }: Inspect): Outcome {
  const value = virtual.attribute('sitelink_enabled');
  const isOn = asBoolean(value);
  if (isHidden(isOn)) return unproven(isOn);
  return isOn === true ? fail({ path: ['sitelink_enabled'], value }, 'siteLink') : pass();
}

function judgeFilter(virtual: Resource, inspection: Inspect): Outcome {
  const { all, fail, unproven } = inspection;
  const { items, open } = asItems(virtual.attribute('route_filter_prefixes'));
  if (items.length === 0 && open.length === 0) return unproven('does not say in route_filter_prefixes who uses it');
  return all([
    ...items.map((value, index) =>
      judgeOutside(value, inspection, () =>
        fail({ path: ['route_filter_prefixes', index], value }, 'filter', { cidr: display(value) }),
      ),
    ),
    ...(open.length === 0 ? [] : [unproven(open)]),
  ]);
}

function judgePropagation(propagation: Resource, inspection: Inspect): Outcome {
  const isOfServer = propagation.type === 'aws_vpc_route_server_propagation';
  const learned = isOfServer ? 'what a route server learns' : 'what a VPN gateway learns';
  return judgeSubnets(propagation, propagation.attribute('route_table_id'), learned, inspection);
}

function judgeTable(table: Resource, inspection: Inspect): Outcome {
  const { all, unproven } = inspection;
  const { items, open } = asItems(table.attribute('propagating_vgws'));
  // Whether there is a gateway does not matter where the subnets may have what it learns.
  const self: Value = { kind: 'reference', target: table.init.id, path: ['id'] };
  const outcome = judgeSubnets(table, self, 'what a VPN gateway learns', inspection);
  if (items.length > 0 || outcome.verdict === 'pass') return outcome;
  return all(open.map((value) => unproven(value)));
}

function judgeSubnets(subject: Resource, table: Value, learned: string, inspection: Inspect): Outcome {
  const { estate, policy, all, pass, fail, unproven } = inspection;
  const { certain, open } = subnetsOf(estate, table);
  return all([
    ...certain.map((subnet) => {
      const exposure = exposureOf(subnet, policy);
      if (isHidden(exposure)) return unproven(exposure);
      if (exposure === 'gateway' && workloadsIn(subnet, inspection).length === 0) return pass();
      if (subject.init.isSymbolic || subnet.init.isSymbolic) {
        return unproven(`may put ${learned} into the routes of ${subnet.address}`);
      }
      return fail({ related: [subnet] }, 'propagated', { subnet: subnet.address, learned });
    }),
    ...(open.length === 0 ? [] : [unproven(open)]),
  ]);
}
