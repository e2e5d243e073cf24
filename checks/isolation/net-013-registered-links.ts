import { VPC_TYPES } from '../../model/aws/vpc-defaults.ts';
import type { Resource } from '../../model/resource.ts';
import { asItems } from '../../model/value.ts';
import { defineCheck, resourcesOf } from '../check.ts';
import {
  judgeAcceleration,
  judgeAddress,
  judgeAssociated,
  judgeEnds,
  judgeLocation,
  judgeOwner,
  judgeSiteLink,
  names,
  requires,
} from './line-ends.ts';
import { type Judge, messages } from './line-messages.ts';
import {
  GATEWAY_TYPES,
  judgeDestination,
  judgeFilter,
  judgePrefixes,
  judgePropagation,
  judgeTable,
} from './line-routes.ts';
import { TABLE_TYPES } from './propagated-routes.ts';

const CONNECTION_TYPES = ['aws_dx_connection', 'aws_dx_lag', 'aws_dx_hosted_connection'] as const;
const INTERFACE_KINDS = ['private', 'transit', 'public'] as const;
const INTERFACE_TYPES = INTERFACE_KINDS.flatMap((kind) => [
  `aws_dx_${kind}_virtual_interface`,
  `aws_dx_hosted_${kind}_virtual_interface`,
]);

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
