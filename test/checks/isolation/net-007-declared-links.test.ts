import check from '../../../checks/isolation/net-007-declared-links.ts';
import { testCheck } from '../../support/check-tester.ts';

const VPC = { ledger: { cidr_block: '10.1.0.0/16' } };
const DESK = { desk: { cidr_block: '10.2.0.0/16', provider: 'aws.north' } };
const west = (resource: object, rest: object = {}) => ({ stacks: { west: { resource, ...rest } } });

/** A stack of both sites, of which `aws.north` is the other. */
const links = (resource: object, rest: object = {}) => ({
  stacks: {
    links: {
      provider: {
        aws: [
          { region: 'eu-west-1', allowed_account_ids: ['111111111111'] },
          { alias: 'north', region: 'eu-north-1', allowed_account_ids: ['222222222222'] },
        ],
      },
      resource: { aws_vpc: { ...VPC, ...DESK }, ...resource },
      ...rest,
    },
  },
});
const DECLARED = { network: { links: [{ sites: ['north', 'west'], reason: 'Replication.' }] } };

const peering = (rest: object = {}) => ({
  aws_vpc_peering_connection: {
    desk: { vpc_id: '${aws_vpc.ledger.id}', peer_vpc_id: '${aws_vpc.desk.id}', ...rest },
  },
});
const gateways = { aws_ec2_transit_gateway: { west: {}, north: { provider: 'aws.north' } } };
const gatewayPeering = (rest: object = {}) => ({
  ...gateways,
  aws_ec2_transit_gateway_peering_attachment: {
    north: {
      transit_gateway_id: '${aws_ec2_transit_gateway.west.id}',
      peer_transit_gateway_id: '${aws_ec2_transit_gateway.north.id}',
      peer_account_id: '222222222222',
      peer_region: 'eu-north-1',
      ...rest,
    },
  },
});
const PEERING = 'aws_vpc_peering_connection.desk';

const abPeering = {
  aws_vpc_peering_connection: { ab: { vpc_id: '${aws_vpc.a.id}', peer_vpc_id: '${aws_vpc.b.id}' } },
};

const lattice = {
  aws_vpclattice_service_network: { all: { name: 'all' } },
  aws_vpclattice_service: { ledger: { name: 'ledger' } },
  aws_vpclattice_service_network_service_association: {
    ledger: {
      service_identifier: '${aws_vpclattice_service.ledger.id}',
      service_network_identifier: '${aws_vpclattice_service_network.all.id}',
    },
  },
  aws_vpclattice_service_network_vpc_association: {
    desk: {
      vpc_identifier: '${aws_vpc.desk.id}',
      service_network_identifier: '${aws_vpclattice_service_network.all.arn}',
    },
  },
};

const corePolicy = (rest: object = {}, segments: object[] = [{ name: 'enclave' }]) => ({
  policy_document: JSON.stringify({
    version: '2021.12',
    'core-network-configuration': { 'edge-locations': [{ location: 'eu-west-1' }, { location: 'eu-north-1' }] },
    segments,
    ...rest,
  }),
});
const core = (policy: object, rest: object = {}) => ({
  aws_networkmanager_core_network: { all: { global_network_id: '${aws_networkmanager_global_network.all.id}' } },
  aws_networkmanager_core_network_policy_attachment: {
    all: { core_network_id: '${aws_networkmanager_core_network.all.id}', ...policy },
  },
  ...rest,
});
const coreMembers = {
  aws_networkmanager_vpc_attachment: {
    ledger: {
      core_network_id: '${aws_networkmanager_core_network.all.id}',
      vpc_arn: '${aws_vpc.ledger.arn}',
      subnet_arns: [],
    },
    desk: {
      core_network_id: '${aws_networkmanager_core_network_policy_attachment.all.core_network_id}',
      vpc_arn: '${aws_vpc.desk.arn}',
      subnet_arns: [],
    },
  },
};
const renderedCore = (edge: string, segment: object = {}) =>
  west(core({ policy_document: '${data.aws_networkmanager_core_network_policy_document.all.json}' }), {
    data: {
      aws_networkmanager_core_network_policy_document: {
        all: {
          core_network_configuration: [{ edge_locations: [{ location: edge }] }],
          segments: [{ name: 'enclave', ...segment }],
        },
      },
    },
  });

testCheck(check, {
  pass: [
    {
      name: 'a peering inside a site',
      ...west({
        aws_vpc: { ledger: { cidr_block: '10.1.0.0/16' }, desk: { cidr_block: '10.2.0.0/16' } },
        ...peering(),
      }),
    },
    { name: 'a peering of declared sites', ...links(peering()), policy: DECLARED },
    {
      name: 'a peering whose account and Region are of the other site',
      ...links(peering({ peer_owner_id: '222222222222', peer_region: 'eu-north-1' })),
      policy: DECLARED,
    },
    { name: 'transit gateways of declared sites', ...links(gatewayPeering()), policy: DECLARED },
    {
      name: 'the accepter of a link that is judged by itself',
      ...links({
        ...gatewayPeering(),
        aws_ec2_transit_gateway_peering_attachment_accepter: {
          north: {
            provider: 'aws.north',
            transit_gateway_attachment_id: '${aws_ec2_transit_gateway_peering_attachment.north.id}',
          },
        },
      }),
      policy: DECLARED,
    },
    { name: 'a service network of declared sites', ...links(lattice), policy: DECLARED },
    { name: 'a core network of declared sites', ...links(core(corePolicy(), coreMembers)), policy: DECLARED },
    { name: 'a core network whose policy a data source renders', ...renderedCore('eu-west-1') },
    { name: 'a transit gateway that accepts nothing, by default', ...west({ aws_ec2_transit_gateway: { west: {} } }) },
    {
      name: 'clients of one service network, which do not reach each other',
      stacks: {
        ...links({
          aws_vpclattice_service_network: { all: { name: 'all' } },
          aws_vpclattice_service_network_vpc_association: {
            ledger: {
              vpc_identifier: '${aws_vpc.ledger.id}',
              service_network_identifier: '${aws_vpclattice_service_network.all.id}',
            },
          },
        }).stacks,
      },
    },
    {
      name: 'an endpoint of the own site to its service network',
      ...west({
        aws_vpc: VPC,
        aws_vpclattice_service_network: { all: { name: 'all' } },
        aws_vpc_endpoint: {
          all: {
            vpc_id: '${aws_vpc.ledger.id}',
            vpc_endpoint_type: 'ServiceNetwork',
            service_network_arn: '${aws_vpclattice_service_network.all.arn}',
          },
          // Leads to a service of AWS, which is no link between networks.
          kms: { vpc_id: 'vpc-0', service_name: 'com.amazonaws.eu-west-1.kms' },
        },
      }),
    },
  ],

  fail: [
    { name: 'a peering of sites that are not declared', ...links(peering()), fails: { [PEERING]: 'unlinked' } },
    {
      name: 'a peering with the account of somebody else',
      ...links(peering({ peer_owner_id: '999999999999' })),
      policy: DECLARED,
      fails: { [PEERING]: 'undeclared' },
    },
    {
      name: 'a peering into a Region without a site, whatever the VPC there',
      ...links(peering({ peer_vpc_id: '${var.peer}', peer_region: 'us-east-1' }), { variable: { peer: {} } }),
      policy: DECLARED,
      fails: { [PEERING]: 'undeclared' },
    },
    {
      name: 'a peering of one account with the Region of another',
      ...links(peering({ peer_owner_id: '111111111111', peer_region: 'eu-north-1' })),
      policy: DECLARED,
      fails: { [PEERING]: 'undeclared' },
    },
    {
      name: 'an empty peer Region, which is that of the requester',
      ...links(peering({ peer_owner_id: '222222222222', peer_region: '' })),
      policy: DECLARED,
      fails: { [PEERING]: 'undeclared' },
    },
    {
      name: 'a peer whose resource says another Region than its provider',
      ...links({
        aws_vpc: { ...VPC, desk: { ...DESK.desk, region: 'us-east-1' } },
        ...peering(),
      }),
      policy: DECLARED,
      fails: { [PEERING]: 'undeclared' },
    },
    {
      name: 'transit gateways of sites that are not declared',
      ...links(gatewayPeering()),
      fails: { 'aws_ec2_transit_gateway_peering_attachment.north': 'unlinked' },
    },
    {
      name: 'a VPC at the transit gateway of another site',
      ...links({
        ...gateways,
        aws_ec2_transit_gateway_vpc_attachment: {
          desk: { vpc_id: '${aws_vpc.desk.id}', transit_gateway_id: '${aws_ec2_transit_gateway.west.id}' },
        },
      }),
      fails: { 'aws_ec2_transit_gateway_vpc_attachment.desk': 'unlinked' },
    },
    {
      name: 'a transit gateway that accepts attachments of others',
      ...west({ aws_ec2_transit_gateway: { west: { auto_accept_shared_attachments: 'enable' } } }),
      fails: { 'aws_ec2_transit_gateway.west': 'accepts' },
    },
    {
      name: 'a multicast domain that accepts associations of others',
      ...west({
        aws_ec2_transit_gateway_multicast_domain: {
          all: { transit_gateway_id: 'tgw-0', auto_accept_shared_associations: 'enable' },
        },
      }),
      fails: { 'aws_ec2_transit_gateway_multicast_domain.all': 'accepts' },
    },
    {
      name: 'a VPC in the service network of another site, and its service there',
      ...links(lattice),
      fails: {
        'aws_vpclattice_service_network_vpc_association.desk': 'unlinked',
        'aws_vpclattice_service_network_service_association.ledger': 'joined',
      },
    },
    {
      name: 'a service network of the account of somebody else',
      ...west({
        aws_vpc: VPC,
        aws_vpclattice_service_network_vpc_association: {
          ledger: {
            vpc_identifier: '${aws_vpc.ledger.id}',
            service_network_identifier: 'arn:aws:vpc-lattice:eu-west-1:999999999999:servicenetwork/sn-0',
          },
        },
      }),
      fails: { 'aws_vpclattice_service_network_vpc_association.ledger': 'undeclared' },
    },
    {
      name: 'a core network that joins sites which are not declared',
      ...links(core(corePolicy(), coreMembers)),
      fails: {
        'aws_networkmanager_vpc_attachment.desk': 'unlinked',
        'aws_networkmanager_vpc_attachment.ledger': 'joined',
      },
    },
    {
      name: 'an edge of a core network outside the sites',
      ...west(
        core(corePolicy({ 'core-network-configuration': { 'edge-locations': [{ location: 'us-east-1' }] } }, [])),
      ),
      fails: { 'aws_networkmanager_core_network_policy_attachment.all': 'undeclared' },
    },
    {
      name: 'an edge of a rendered policy outside the sites',
      ...renderedCore('us-east-1'),
      fails: { 'aws_networkmanager_core_network_policy_attachment.all': 'undeclared' },
    },
    {
      name: 'a base policy for a Region outside the sites',
      ...west({
        aws_networkmanager_core_network: { all: { global_network_id: 'global-0', base_policy_regions: ['us-east-1'] } },
      }),
      fails: { 'aws_networkmanager_core_network.all': 'undeclared' },
    },
    {
      name: 'a segment that accepts whoever is attached',
      ...west(core(corePolicy({}, [{ name: 'enclave', 'require-attachment-acceptance': false }]))),
      fails: { 'aws_networkmanager_core_network_policy_attachment.all': 'segment' },
    },
    {
      name: 'a group of network functions that accepts whoever is attached, in a rendered policy',
      ...renderedCore('eu-west-1', { require_attachment_acceptance: 'false' }),
      fails: { 'aws_networkmanager_core_network_policy_attachment.all': 'segment' },
    },
    {
      name: 'an edge location of an attachment outside the sites',
      ...west(
        core(corePolicy(), {
          aws_dx_gateway: { all: { name: 'all', amazon_side_asn: '64512' } },
          aws_networkmanager_dx_gateway_attachment: {
            all: {
              core_network_id: '${aws_networkmanager_core_network.all.id}',
              direct_connect_gateway_arn: '${aws_dx_gateway.all.arn}',
              edge_locations: ['eu-west-1', 'us-east-1'],
            },
          },
        }),
      ),
      fails: { 'aws_networkmanager_dx_gateway_attachment.all': 'undeclared' },
    },
    {
      name: 'an endpoint to a resource of another site',
      ...links({
        aws_vpclattice_resource_configuration: { ledger: { name: 'ledger' } },
        aws_vpc_endpoint: {
          desk: {
            vpc_id: '${aws_vpc.desk.id}',
            vpc_endpoint_type: 'Resource',
            resource_configuration_arn: '${aws_vpclattice_resource_configuration.ledger.arn}',
          },
        },
      }),
      fails: { 'aws_vpc_endpoint.desk': 'unlinked' },
    },
    {
      name: 'targets of a service in the VPC of another site',
      ...links({
        aws_vpclattice_target_group: {
          desk: { name: 'desk', type: 'IP', config: { vpc_identifier: '${aws_vpc.desk.id}' } },
        },
      }),
      fails: { 'aws_vpclattice_target_group.desk': 'unlinked' },
    },
  ],

  unproven: [
    {
      name: 'a peer outside the estate, even in the account of a site',
      ...links(
        peering({ peer_vpc_id: 'vpc-0123456789abcdef0', peer_owner_id: '222222222222', peer_region: 'eu-north-1' }),
      ),
      policy: DECLARED,
      unproven: { [PEERING]: 'names nothing in the estate' },
    },
    {
      name: 'a peer account without a value',
      ...links(peering({ peer_owner_id: '${var.account}' }), { variable: { account: {} } }),
      policy: DECLARED,
      unproven: { [PEERING]: 'var.account' },
    },
    {
      name: 'a network whose Region is not known',
      stacks: {
        west: {
          provider: { aws: [{ region: '${var.region}', allowed_account_ids: ['111111111111'] }] },
          variable: { region: {} },
          resource: { aws_vpc: { a: {}, b: {} }, ...abPeering },
        },
      },
      unproven: { 'aws_vpc_peering_connection.ab': 'var.region' },
    },
    {
      name: 'a peer Region that is no text',
      ...links(peering({ peer_region: [] })),
      policy: DECLARED,
      unproven: { [PEERING]: 'is not a string' },
    },
    {
      name: 'an edge without a name',
      ...west({
        aws_networkmanager_core_network: { all: { global_network_id: 'global-0', base_policy_regions: [''] } },
      }),
      unproven: { 'aws_networkmanager_core_network.all': 'names no Region' },
    },
    {
      name: 'a core network policy that is not there',
      ...west(core({})),
      unproven: { 'aws_networkmanager_core_network_policy_attachment.all': 'has no policy_document' },
    },
    {
      name: 'a VPC that a data source reads',
      ...west(
        {
          aws_vpc: VPC,
          aws_vpc_peering_connection: {
            desk: { vpc_id: '${aws_vpc.ledger.id}', peer_vpc_id: '${data.aws_vpc.desk.id}' },
          },
        },
        { data: { aws_vpc: { desk: { id: 'vpc-0' } } } },
      ),
      unproven: { [PEERING]: 'is read by a data source' },
    },
    {
      name: 'the accepter of a connection from outside',
      ...west({
        aws_vpc_peering_connection_accepter: { desk: { vpc_peering_connection_id: 'pcx-0', auto_accept: true } },
      }),
      unproven: { 'aws_vpc_peering_connection_accepter.desk': 'names nothing in the estate' },
    },
    {
      name: 'a setting without a value',
      ...west(
        { aws_ec2_transit_gateway: { west: { auto_accept_shared_attachments: '${var.accept}' } } },
        { variable: { accept: {} } },
      ),
      unproven: { 'aws_ec2_transit_gateway.west': 'var.accept' },
    },
    {
      name: 'a core network whose segments may keep sites apart',
      ...links(
        core(corePolicy({}, [{ name: 'west' }, { name: 'north' }]), {
          aws_networkmanager_vpc_attachment: {
            ledger: coreMembers.aws_networkmanager_vpc_attachment.ledger,
          },
          aws_networkmanager_transit_gateway_peering: {
            monitor: {
              core_network_id: '${aws_networkmanager_core_network.all.id}',
              transit_gateway_arn: '${data.aws_ec2_transit_gateway.all.arn}',
            },
          },
        }),
        { data: { aws_ec2_transit_gateway: { all: {} } } },
      ),
      unproven: { 'aws_networkmanager_transit_gateway_peering.monitor': 'is read by a data source' },
    },
    {
      name: 'a core network policy that only the run knows',
      ...west(core({ policy_document: '${file(var.path)}' }), { variable: { path: {} } }),
      unproven: { 'aws_networkmanager_core_network_policy_attachment.all': /var\.path|file/ },
    },
    {
      name: 'a core network policy without an edge',
      ...west(core({ policy_document: '{}' })),
      unproven: { 'aws_networkmanager_core_network_policy_attachment.all': 'names no edge location' },
    },
    {
      name: 'a VPC of a stack that the policy does not expect',
      stacks: {
        extra: {
          resource: {
            aws_vpc: { a: {}, b: {} },
            aws_vpc_peering_connection: { ab: { vpc_id: '${aws_vpc.a.id}', peer_vpc_id: '${aws_vpc.b.id}' } },
          },
        },
      },
      unproven: { 'aws_vpc_peering_connection.ab': 'is of no site' },
    },
  ],
});
