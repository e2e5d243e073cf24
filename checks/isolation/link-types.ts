import { VPC_TYPES } from '../../model/aws/vpc-defaults.ts';
import { SUBNET_TYPES } from '../subnet-tier.ts';

/** One side of a link: an argument (dotted where it stands in a block) that names a network, or the resource itself, which is of its own site. */
export type EndArgument = { readonly argument: string; readonly types: readonly string[] } | 'own';

/** A type of resource that joins networks. */
export interface LinkType {
  readonly type: string;
  /** Only resources with this argument are such a link. */
  readonly when?: string;
  readonly ends: readonly EndArgument[];
  /** Arguments that say the account and the Region of the far end in plain words. */
  readonly farAccount?: string;
  readonly farRegion?: string;
  /** Arguments with Regions into which the link reaches. */
  readonly regions?: string;
}

const TRANSIT_GATEWAY = ['aws_ec2_transit_gateway'];
const TRANSIT_ATTACHMENTS = [
  'aws_ec2_transit_gateway_vpc_attachment',
  'aws_ec2_transit_gateway_peering_attachment',
  'aws_ec2_transit_gateway_connect',
];
const CORE_NETWORK = ['aws_networkmanager_core_network'];
const CORE_ATTACHMENTS = [
  'aws_networkmanager_vpc_attachment',
  'aws_networkmanager_connect_attachment',
  'aws_networkmanager_dx_gateway_attachment',
  'aws_networkmanager_site_to_site_vpn_attachment',
  'aws_networkmanager_transit_gateway_route_table_attachment',
];
const MULTICAST_DOMAIN = ['aws_ec2_transit_gateway_multicast_domain'];
const SERVICE_NETWORK = ['aws_vpclattice_service_network'];
const RESOURCE_CONFIGURATION = ['aws_vpclattice_resource_configuration'];

function end(argument: string, types: readonly string[]): EndArgument {
  return { argument, types };
}

export const LINKS: readonly LinkType[] = [
  // Peering
  {
    type: 'aws_vpc_peering_connection',
    ends: [end('vpc_id', VPC_TYPES), end('peer_vpc_id', VPC_TYPES)],
    farAccount: 'peer_owner_id',
    farRegion: 'peer_region',
  },
  {
    type: 'aws_vpc_peering_connection_accepter',
    ends: ['own', end('vpc_peering_connection_id', ['aws_vpc_peering_connection'])],
  },

  // Transit gateways
  {
    type: 'aws_ec2_transit_gateway_vpc_attachment',
    ends: [end('vpc_id', VPC_TYPES), end('transit_gateway_id', TRANSIT_GATEWAY)],
  },
  {
    type: 'aws_ec2_transit_gateway_vpc_attachment_accepter',
    ends: ['own', end('transit_gateway_attachment_id', TRANSIT_ATTACHMENTS)],
  },
  {
    type: 'aws_ec2_transit_gateway_peering_attachment',
    ends: [end('transit_gateway_id', TRANSIT_GATEWAY), end('peer_transit_gateway_id', TRANSIT_GATEWAY)],
    farAccount: 'peer_account_id',
    farRegion: 'peer_region',
  },
  {
    type: 'aws_ec2_transit_gateway_peering_attachment_accepter',
    ends: ['own', end('transit_gateway_attachment_id', TRANSIT_ATTACHMENTS)],
  },
  {
    type: 'aws_ec2_transit_gateway_connect',
    ends: [end('transit_gateway_id', TRANSIT_GATEWAY), end('transport_attachment_id', TRANSIT_ATTACHMENTS)],
  },
  {
    type: 'aws_ec2_transit_gateway_multicast_domain_association',
    ends: [
      end('subnet_id', SUBNET_TYPES),
      end('transit_gateway_attachment_id', TRANSIT_ATTACHMENTS),
      end('transit_gateway_multicast_domain_id', MULTICAST_DOMAIN),
    ],
  },

  // Cloud WAN
  {
    type: 'aws_networkmanager_vpc_attachment',
    ends: [end('vpc_arn', VPC_TYPES), end('core_network_id', CORE_NETWORK)],
  },
  {
    type: 'aws_networkmanager_connect_attachment',
    ends: [end('core_network_id', CORE_NETWORK), end('transport_attachment_id', CORE_ATTACHMENTS)],
    regions: 'edge_location',
  },
  {
    type: 'aws_networkmanager_transit_gateway_peering',
    ends: [end('core_network_id', CORE_NETWORK), end('transit_gateway_arn', TRANSIT_GATEWAY)],
  },
  {
    type: 'aws_networkmanager_transit_gateway_route_table_attachment',
    ends: [
      end('peering_id', ['aws_networkmanager_transit_gateway_peering']),
      end('transit_gateway_route_table_arn', ['aws_ec2_transit_gateway_route_table']),
    ],
  },
  {
    type: 'aws_networkmanager_site_to_site_vpn_attachment',
    ends: [end('core_network_id', CORE_NETWORK), end('vpn_connection_arn', ['aws_vpn_connection'])],
  },
  {
    type: 'aws_networkmanager_dx_gateway_attachment',
    ends: [end('core_network_id', CORE_NETWORK), end('direct_connect_gateway_arn', ['aws_dx_gateway'])],
    regions: 'edge_locations',
  },
  {
    type: 'aws_networkmanager_attachment_accepter',
    ends: ['own', end('attachment_id', CORE_ATTACHMENTS)],
  },

  // VPC Lattice, which needs neither routes nor gateways between VPCs
  {
    type: 'aws_vpclattice_service_network_vpc_association',
    ends: [end('vpc_identifier', VPC_TYPES), end('service_network_identifier', SERVICE_NETWORK)],
  },
  {
    type: 'aws_vpclattice_service_network_service_association',
    ends: [end('service_identifier', ['aws_vpclattice_service']), end('service_network_identifier', SERVICE_NETWORK)],
  },
  {
    type: 'aws_vpclattice_service_network_resource_association',
    ends: [
      end('resource_configuration_identifier', RESOURCE_CONFIGURATION),
      end('service_network_identifier', SERVICE_NETWORK),
    ],
  },
  {
    type: 'aws_vpclattice_resource_gateway',
    ends: ['own', end('vpc_id', VPC_TYPES)],
  },
  {
    type: 'aws_vpclattice_target_group',
    when: 'config.vpc_identifier',
    ends: ['own', end('config.vpc_identifier', VPC_TYPES)],
  },
  {
    type: 'aws_vpc_endpoint',
    when: 'service_network_arn',
    ends: [end('vpc_id', VPC_TYPES), end('service_network_arn', SERVICE_NETWORK)],
  },
  {
    type: 'aws_vpc_endpoint',
    when: 'resource_configuration_arn',
    ends: [end('vpc_id', VPC_TYPES), end('resource_configuration_arn', RESOURCE_CONFIGURATION)],
  },
];

/** A network of networks: whoever is joined to it reaches the others that are. */
export interface Hub {
  readonly types: readonly string[];
  readonly members: readonly Member[];
}

interface Member {
  readonly type: string;
  readonly hub: string;
  readonly end: string;
  readonly types: readonly string[];
  /** Clients reach what is provided, not each other; peers reach everybody. */
  readonly role: 'client' | 'provider' | 'peer';
}

export const HUBS: readonly Hub[] = [
  {
    types: SERVICE_NETWORK,
    members: [
      latticeMember('aws_vpclattice_service_network_vpc_association', 'vpc_identifier', VPC_TYPES, 'client'),
      {
        type: 'aws_vpc_endpoint',
        hub: 'service_network_arn',
        end: 'vpc_id',
        types: VPC_TYPES,
        role: 'client',
      },
      latticeMember(
        'aws_vpclattice_service_network_service_association',
        'service_identifier',
        ['aws_vpclattice_service'],
        'provider',
      ),
      latticeMember(
        'aws_vpclattice_service_network_resource_association',
        'resource_configuration_identifier',
        RESOURCE_CONFIGURATION,
        'provider',
      ),
    ],
  },
  {
    types: CORE_NETWORK,
    members: [
      coreMember('aws_networkmanager_vpc_attachment', 'vpc_arn', VPC_TYPES),
      coreMember('aws_networkmanager_transit_gateway_peering', 'transit_gateway_arn', TRANSIT_GATEWAY),
    ],
  },
];

function latticeMember(type: string, name: string, types: readonly string[], role: Member['role']): Member {
  return { type, hub: 'service_network_identifier', end: name, types, role };
}

function coreMember(type: string, name: string, types: readonly string[]): Member {
  return { type, hub: 'core_network_id', end: name, types, role: 'peer' };
}

/** Settings that let networks of others in without anybody looking, by type: the argument and its closed value. */
export const ACCEPTANCE: ReadonlyMap<string, { readonly argument: string; readonly closed: string }> = new Map([
  ['aws_ec2_transit_gateway', { argument: 'auto_accept_shared_attachments', closed: 'disable' }],
  ['aws_ec2_transit_gateway_multicast_domain', { argument: 'auto_accept_shared_associations', closed: 'disable' }],
]);
