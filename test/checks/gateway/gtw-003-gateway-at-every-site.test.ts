import check from '../../../checks/gateway/gtw-003-gateway-at-every-site.ts';
import { exampleNetwork } from '../../../checks/example-network.ts';
import { EXAMPLE_POLICY } from '../../../checks/example-policy.ts';
import { testCheck } from '../../support/check-tester.ts';

const gateway = (id: string, purpose: string, kind: string, address: string, stack = 'west') => ({
  id,
  site: stack,
  purpose,
  kind,
  stack,
  address,
});
const DATA = gateway('west-data', 'data-transmission', 'network-firewall', 'aws_networkfirewall_firewall.gateway');
const ACCESS = gateway('west-access', 'employee-access', 'verified-access', 'aws_verifiedaccess_instance.access');
const GATEWAYS = [DATA, ACCESS];

const subnet = (tier: string | null, zone: object, rest: object = {}) => ({
  ...(tier === null ? {} : { tags: { 'ledger:tier': tier } }),
  ...zone,
  ...rest,
});
const AZ1 = { availability_zone_id: 'euw1-az1' };
const NAMED = { availability_zone: 'eu-west-1a' };
const AZ2 = { availability_zone_id: 'euw1-az2' };
const SUBNETS = {
  data: subnet('data', AZ1),
  gateway: subnet('gateway', AZ1),
  second: subnet('gateway', AZ2),
};
const FIREWALL = { subnet_mapping: [{ subnet_id: '${aws_subnet.gateway.id}' }] };

/** The site West with these subnets besides its own, and this firewall. */
const west = (subnets: object, firewall: object = FIREWALL, more: object = {}, rest: object = {}) => ({
  stacks: {
    west: {
      resource: {
        aws_subnet: { ...SUBNETS, ...subnets },
        aws_networkfirewall_firewall: { gateway: firewall },
        aws_verifiedaccess_instance: { access: {} },
        ...more,
      },
      ...rest,
    },
  },
  policy: { gateways: GATEWAYS },
});

const OUTPOST = 'arn:aws:outposts:eu-north-1:222222222222:outpost/op-0123456789abcdef0';
const ON_RACK = { availability_zone_id: 'eun1-az1', outpost_arn: OUTPOST };
const IN_REGION = { availability_zone_id: 'eun1-az1' };
const NORTH_ACCESS = gateway(
  'north-access',
  'employee-access',
  'client-vpn',
  'aws_ec2_client_vpn_endpoint.access',
  'north',
);
const NORTH_DATA = gateway('north-data', 'data-transmission', 'appliance', 'aws_instance.appliance', 'north');
const EVIDENCE = {
  id: 'acceptance',
  kind: 'appliance',
  subject: 'north-data',
  states: 'Drops by default',
  issuer: 'Watch AS',
  issued: '2026-06-01',
  expires: '2027-05-31',
  document: 'WA-7',
};
const APPLIANCE = { subnet_id: '${aws_subnet.gateway.id}', source_dest_check: false };

/** The site North, on its rack, beside a complete site West. */
const north = (instance: object, more: object = {}, policy: object = {}) => ({
  stacks: {
    ...west({}).stacks,
    north: {
      variable: { some: {} },
      resource: {
        aws_subnet: {
          data: subnet('data', ON_RACK),
          transit: subnet('workload', IN_REGION),
          gateway: subnet('gateway', ON_RACK),
          outside: subnet('gateway', IN_REGION),
        },
        aws_instance: { appliance: instance },
        aws_ec2_client_vpn_endpoint: { access: {} },
        ...more,
      },
    },
  },
  policy: { gateways: [...GATEWAYS, NORTH_DATA, NORTH_ACCESS], evidence: [EVIDENCE], ...policy },
});

const FLEET = {
  ...DATA,
  kind: 'appliance',
  address: 'aws_lb.fleet',
};
const FLEET_PARTS = {
  aws_lb: { fleet: { load_balancer_type: 'gateway', subnets: ['${aws_subnet.gateway.id}'] } },
  aws_vpc_endpoint_service: { fleet: { gateway_load_balancer_arns: ['${aws_lb.fleet.arn}'] } },
  aws_vpc_endpoint: {
    storage: { service_name: 'com.amazonaws.eu-west-1.s3' },
    fleet: {
      service_name: '${aws_vpc_endpoint_service.fleet.service_name}',
      vpc_endpoint_type: 'GatewayLoadBalancer',
      subnet_ids: ['${aws_subnet.gateway.id}'],
    },
  },
};
/** The site West with a fleet of appliances. */
const fleet = (change: object = {}, subnets: object = {}) => ({
  stacks: west(subnets, FIREWALL, { ...FLEET_PARTS, ...change }, { variable: { some: {} } }).stacks,
  policy: {
    gateways: [FLEET, ACCESS],
    evidence: [{ ...EVIDENCE, subject: 'west-data' }],
  },
});
const endpoint = (change: object) => ({
  aws_vpc_endpoint: { fleet: { ...FLEET_PARTS.aws_vpc_endpoint.fleet, ...change } },
});

const INTERFACE = { network_interface: { device_index: 0, network_interface_id: '${aws_network_interface.front.id}' } };

/** Two sites in one stack, told apart by their zones; the second leaves by the network of the first. */
const hairpin = (route: object = {}, rest: object = {}) => {
  const hub = (name: string, inSubnet: string) => ({
    vpc_id: `\${aws_vpc.${name}.id}`,
    transit_gateway_id: '${aws_ec2_transit_gateway.hub.id}',
    subnet_ids: [`\${aws_subnet.${inSubnet}.id}`],
    transit_gateway_default_route_table_propagation: false,
  });
  const endpoint =
    '${one([for s in aws_networkfirewall_firewall.gateway.firewall_status[0].sync_states : s.attachment[0].endpoint_id if s.attachment[0].subnet_id == aws_subnet.gateway.id])}';
  const gateway = (site: string, purpose: string, kind: string, address: string) => ({
    id: `${site}-${purpose}`,
    site,
    purpose,
    kind,
    stack: 'west',
    address,
  });
  return {
    policy: {
      sites: [
        ...EXAMPLE_POLICY.sites.filter(({ id }) => id === 'monitor'),
        ...['west', 'south'].map((id, index) => ({
          id,
          name: id,
          country: 'IE',
          region: 'eu-west-1',
          account: '111111111111',
          zoneIds: [`euw1-az${index + 1}`],
        })),
      ],
      stacks: [{ name: 'west', sites: ['west', 'south'] }],
      evidence: [],
      gateways: [
        gateway('west', 'data-transmission', 'network-firewall', 'aws_networkfirewall_firewall.gateway'),
        gateway('west', 'employee-access', 'verified-access', 'aws_verifiedaccess_instance.west'),
        gateway('south', 'data-transmission', 'network-firewall', 'aws_networkfirewall_firewall.south'),
        gateway('south', 'employee-access', 'verified-access', 'aws_verifiedaccess_instance.south'),
      ],
    },
    stacks: {
      west: {
        ...rest,
        ...exampleNetwork({
          more: {
            aws_verifiedaccess_instance: { west: {}, south: {} },
            aws_vpc: { south: { cidr_block: '10.1.0.0/16', enable_dns_support: false } },
            aws_subnet: {
              hub: {
                vpc_id: '${aws_vpc.ledger.id}',
                cidr_block: '10.0.6.0/24',
                availability_zone_id: 'euw1-az1',
                tags: { 'ledger:tier': 'gateway' },
              },
              south: {
                vpc_id: '${aws_vpc.south.id}',
                cidr_block: '10.1.1.0/24',
                availability_zone_id: 'euw1-az2',
                tags: { 'ledger:tier': 'data' },
              },
              south_gateway: {
                vpc_id: '${aws_vpc.south.id}',
                cidr_block: '10.1.2.0/24',
                availability_zone_id: 'euw1-az2',
                tags: { 'ledger:tier': 'gateway' },
              },
            },
            aws_networkfirewall_firewall: {
              south: {
                name: 'south',
                vpc_id: '${aws_vpc.south.id}',
                firewall_policy_arn: '${aws_networkfirewall_firewall_policy.gateway.arn}',
                subnet_mapping: [{ subnet_id: '${aws_subnet.south_gateway.id}' }],
              },
            },
            aws_default_route_table: {
              south: {
                default_route_table_id: '${aws_vpc.south.default_route_table_id}',
                route: [{ cidr_block: '198.51.100.0/24', transit_gateway_id: '${aws_ec2_transit_gateway.hub.id}' }],
              },
            },
            aws_route_table: {
              hub: { vpc_id: '${aws_vpc.ledger.id}', route: [{ cidr_block: '0.0.0.0/0', vpc_endpoint_id: endpoint }] },
            },
            aws_route_table_association: {
              hub: { subnet_id: '${aws_subnet.hub.id}', route_table_id: '${aws_route_table.hub.id}' },
            },
            aws_ec2_transit_gateway: { hub: { default_route_table_propagation: 'disable' } },
            aws_ec2_transit_gateway_vpc_attachment: { west: hub('ledger', 'hub'), south: hub('south', 'south') },
            aws_ec2_transit_gateway_route: {
              out: {
                transit_gateway_route_table_id: '${aws_ec2_transit_gateway.hub.association_default_route_table_id}',
                destination_cidr_block: '198.51.100.0/24',
                transit_gateway_attachment_id: '${aws_ec2_transit_gateway_vpc_attachment.west.id}',
                ...route,
              },
            },
          },
        }),
      },
    },
  };
};

testCheck(check, {
  pass: [
    {
      name: 'two sites of which one has a way that leads nowhere',
      ...hairpin({ blackhole: true, transit_gateway_attachment_id: null }),
    },
    { name: 'a site with a gateway in its zone', ...west({}) },
    {
      name: 'a single block instead of a list',
      ...west({}, { subnet_mapping: { subnet_id: '${aws_subnet.gateway.id}' } }),
    },
    {
      name: 'two zones with an endpoint each',
      ...west(
        { more: subnet('data', AZ2) },
        {
          subnet_mapping: [{ subnet_id: '${aws_subnet.gateway.id}' }, { subnet_id: '${aws_subnet.second.id}' }],
        },
      ),
    },
    {
      name: 'an endpoint of an association in the second zone',
      ...west({ more: subnet('data', AZ2) }, FIREWALL, {
        aws_networkfirewall_vpc_endpoint_association: {
          second: {
            firewall_arn: '${aws_networkfirewall_firewall.gateway.arn}',
            subnet_mapping: { subnet_id: '${aws_subnet.second.id}' },
          },
        },
      }),
    },
    {
      name: 'a second firewall in the second zone',
      stacks: west({ more: subnet('data', AZ2) }, FIREWALL, {
        aws_networkfirewall_firewall: {
          gateway: FIREWALL,
          second: { subnet_mapping: [{ subnet_id: '${aws_subnet.second.id}' }] },
        },
      }).stacks,
      policy: {
        gateways: [
          ...GATEWAYS,
          gateway('west-more', 'data-transmission', 'network-firewall', 'aws_networkfirewall_firewall.second'),
        ],
      },
    },
    {
      name: 'a firewall of a transit gateway in both zones',
      ...west(
        { more: subnet('data', AZ2) },
        {
          transit_gateway_id: 'tgw-0123456789abcdef0',
          availability_zone_mapping: [AZ1, AZ2],
        },
      ),
    },
    {
      name: 'zones by name, under provider 5',
      ...west(
        { data: subnet('data', NAMED), gateway: subnet('gateway', NAMED) },
        FIREWALL,
        {},
        { terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: '5.100.0' } } } },
      ),
    },
    {
      name: 'a zone that both subnets refer to',
      ...west(
        {
          data: subnet('data', { availability_zone: '${data.aws_availability_zone.first.name}' }),
          gateway: subnet('gateway', { availability_zone: '${data.aws_availability_zone.first.name}' }),
        },
        FIREWALL,
        {},
        { data: { aws_availability_zone: { first: { state: 'available' } } } },
      ),
    },
    { name: 'an appliance on the rack', ...north(APPLIANCE) },
    {
      name: 'an appliance with interfaces made apart',
      ...north(INTERFACE, { aws_network_interface: { front: APPLIANCE } }),
    },
    { name: 'a fleet of appliances behind a load balancer', ...fleet() },
    {
      name: 'an optional site that is not built',
      ...west({}),
      policy: { gateways: [...GATEWAYS, NORTH_DATA, NORTH_ACCESS] },
    },
    {
      name: 'an access gateway for each instance of for_each',
      stacks: west({}, FIREWALL, {
        aws_verifiedaccess_instance: { access: { for_each: { people: 1 } } },
      }).stacks,
      policy: {
        gateways: [
          DATA,
          gateway('west-access', 'employee-access', 'verified-access', 'aws_verifiedaccess_instance.access["people"]'),
        ],
      },
    },
  ],
  fail: [
    {
      name: 'a site that leaves by the gateway of another',
      ...hairpin(),
      fails: { south: 'hairpin' },
    },
    {
      name: 'a site without an access gateway in the policy',
      ...west({}),
      policy: { gateways: [DATA] },
      fails: { west: 'undeclared' },
    },
    {
      name: 'a site without a data gateway in the policy',
      ...west({}),
      policy: { gateways: [ACCESS] },
      fails: { west: 'undeclared' },
    },
    {
      name: 'a built site that has only the gateways of another',
      stacks: north(APPLIANCE).stacks,
      policy: { gateways: GATEWAYS },
      fails: { north: 'undeclared' },
    },
    {
      name: 'people led through the firewall',
      ...west({}),
      policy: { gateways: [DATA, { ...ACCESS, kind: 'network-firewall' }] },
      fails: { west: 'unfit' },
    },
    {
      name: 'data led through the VPN of people',
      ...west({}),
      policy: { gateways: [{ ...DATA, kind: 'client-vpn' }, ACCESS] },
      fails: { west: 'unfit' },
    },
    {
      name: 'a gateway that is not in its stack',
      ...west({}, FIREWALL, { aws_verifiedaccess_instance: {} }),
      fails: { west: 'absent' },
    },
    {
      name: 'a gateway that a count of 0 removes',
      ...west({}, FIREWALL, { aws_verifiedaccess_instance: { access: { count: 0 } } }),
      fails: { west: 'absent' },
    },
    {
      name: 'a gateway of another type',
      stacks: west({}).stacks,
      policy: { gateways: [DATA, { ...ACCESS, kind: 'client-vpn' }] },
      fails: { west: 'kind' },
    },
    {
      name: 'a gateway in another Region, by its region argument',
      ...west({}, FIREWALL, { aws_verifiedaccess_instance: { access: { region: 'us-east-1' } } }),
      fails: { west: 'foreign' },
    },
    {
      name: 'a gateway in another account, by a provider alias',
      ...west(
        {},
        FIREWALL,
        { aws_verifiedaccess_instance: { access: { provider: 'aws.other' } } },
        {
          provider: {
            aws: [
              { region: 'eu-west-1', allowed_account_ids: ['111111111111'] },
              { alias: 'other', region: 'eu-west-1', allowed_account_ids: ['999999999999'] },
            ],
          },
        },
      ),
      fails: { west: 'foreign' },
    },
    {
      name: 'a zone with a workload in a subnet that is tagged as one of gateways',
      ...west({}, FIREWALL, { aws_db_subnet_group: { ledger: { subnet_ids: ['${aws_subnet.second.id}'] } } }),
      fails: { west: 'uncovered' },
    },
    {
      name: 'a zone without an endpoint',
      ...west({ more: subnet('data', AZ2) }),
      fails: { west: 'uncovered' },
    },
    {
      name: 'a zone in which a transit gateway firewall has none',
      ...west(
        { more: subnet('data', AZ2) },
        { transit_gateway_id: 'tgw-0123456789abcdef0', availability_zone_mapping: AZ1 },
      ),
      fails: { west: 'uncovered' },
    },
    {
      name: 'zones that only a firewall without a transit gateway names',
      ...west({}, { availability_zone_mapping: [AZ1] }),
      fails: { west: 'uncovered' },
    },
    {
      name: 'a load balancer that hands traffic to servers',
      ...fleet({ aws_lb: { fleet: { load_balancer_type: 'network' } } }),
      fails: { west: 'balancer' },
    },
    {
      name: 'a load balancer whose type is left out',
      ...fleet({ aws_lb: { fleet: {} } }),
      fails: { west: 'balancer' },
    },
    {
      name: 'a zone without an endpoint of the fleet',
      ...fleet({}, { more: subnet('data', AZ2) }),
      fails: { west: 'uncovered' },
    },
    { name: 'a fleet to which no endpoint leads', ...fleet({ aws_vpc_endpoint: {} }), fails: { west: 'uncovered' } },
    {
      name: 'an endpoint of another service',
      ...fleet({
        aws_vpc_endpoint_service: {
          ...FLEET_PARTS.aws_vpc_endpoint_service,
          other: {
            gateway_load_balancer_arns: ['arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/gwy/old/1'],
          },
        },
        ...endpoint({ service_name: '${aws_vpc_endpoint_service.other.service_name}' }),
      }),
      fails: { west: 'uncovered' },
    },
    {
      name: 'an appliance that drops what it should forward',
      ...north({ subnet_id: '${aws_subnet.gateway.id}' }),
      fails: { north: 'sourceDestCheck' },
    },
    {
      name: 'an interface made apart that drops what it should forward',
      ...north(
        { ...INTERFACE, source_dest_check: false },
        { aws_network_interface: { front: { subnet_id: '${aws_subnet.gateway.id}', source_dest_check: true } } },
      ),
      fails: { north: 'sourceDestCheck' },
    },
    {
      name: 'an appliance beside the rack',
      ...north({ ...APPLIANCE, subnet_id: '${aws_subnet.outside.id}' }),
      fails: { north: 'offOutpost' },
    },
  ],
  unproven: [
    {
      name: 'a site that may leave by the gateway of another',
      ...hairpin({ count: '${var.some}' }, { variable: { some: {} } }),
      unproven: { south: 'aws_ec2_transit_gateway_route.out' },
    },
    {
      name: 'a gateway in a stack that the input lacks',
      stacks: { north: north(APPLIANCE).stacks.north },
      policy: north(APPLIANCE).policy,
      unproven: { west: 'a stack that the input does not hold', north: 'a stack that the input does not hold' },
    },
    {
      name: 'a gateway that may not exist',
      ...west(
        {},
        FIREWALL,
        { aws_verifiedaccess_instance: { access: { count: '${var.some}' } } },
        { variable: { some: {} } },
      ),
      unproven: { west: 'has a count' },
    },
    {
      name: 'a gateway in a module',
      stacks: west({}, FIREWALL, {}, { module: { access: { source: './access' } } }).stacks,
      policy: { gateways: [DATA, { ...ACCESS, address: 'module.access.aws_verifiedaccess_instance.access' }] },
      unproven: { west: 'is in a module' },
    },
    {
      name: 'a gateway that a data source reads',
      stacks: west({}, FIREWALL, {}, { data: { aws_networkfirewall_firewall: { old: { name: 'old' } } } }).stacks,
      policy: { gateways: [{ ...DATA, address: 'data.aws_networkfirewall_firewall.old' }, ACCESS] },
      unproven: { west: 'is read by a data source' },
    },
    {
      name: 'a gateway in a Region from a variable',
      ...west(
        {},
        FIREWALL,
        { aws_verifiedaccess_instance: { access: { region: '${var.some}' } } },
        { variable: { some: {} } },
      ),
      unproven: { west: 'var.some' },
    },
    {
      name: 'a gateway in an account that the credentials of the run decide',
      ...west({}, FIREWALL, {}, { provider: { aws: [{ region: 'eu-west-1' }] } }),
      unproven: { west: 'names no account' },
    },
    {
      name: 'an endpoint in a subnet outside the estate',
      ...west(
        { more: subnet('data', AZ2) },
        {
          subnet_mapping: [{ subnet_id: '${aws_subnet.gateway.id}' }, { subnet_id: 'subnet-0123456789abcdef0' }],
        },
      ),
      unproven: { west: 'is a subnet outside the estate' },
    },
    {
      name: 'endpoints from a dynamic block',
      ...west(
        { more: subnet('data', AZ2) },
        { dynamic: { subnet_mapping: { for_each: '${var.some}', content: { subnet_id: '${each.value}' } } } },
        {},
        { variable: { some: {} } },
      ),
      unproven: { west: 'subnet_mapping' },
    },
    {
      name: 'an endpoint in no subnet',
      ...west({}, { subnet_mapping: [{ subnet_id: null }] }),
      unproven: { west: 'names no subnet' },
    },
    {
      name: 'an association that may be of another firewall',
      ...west(
        { more: subnet('data', AZ2) },
        FIREWALL,
        {
          aws_networkfirewall_vpc_endpoint_association: {
            second: { firewall_arn: '${var.some}', subnet_mapping: { subnet_id: '${aws_subnet.second.id}' } },
          },
        },
        { variable: { some: {} } },
      ),
      unproven: { west: 'var.some' },
    },
    {
      name: 'an association that may not exist',
      ...west(
        { more: subnet('data', AZ2) },
        FIREWALL,
        {
          aws_networkfirewall_vpc_endpoint_association: {
            second: {
              count: '${var.some}',
              firewall_arn: '${aws_networkfirewall_firewall.gateway.arn}',
              subnet_mapping: { subnet_id: '${aws_subnet.second.id}' },
            },
          },
        },
        { variable: { some: {} } },
      ),
      unproven: { west: 'has a count' },
    },
    {
      name: 'a zone of a transit gateway firewall from a variable',
      ...west(
        {},
        {
          transit_gateway_id: 'tgw-0123456789abcdef0',
          availability_zone_mapping: [{ availability_zone_id: '${var.some}' }],
        },
        {},
        { variable: { some: {} } },
      ),
      unproven: { west: 'var.some' },
    },
    {
      name: 'a transit gateway firewall whose zone is not named',
      ...west({}, { transit_gateway_id: 'tgw-0123456789abcdef0', availability_zone_mapping: [{}] }),
      unproven: { west: 'names no zone' },
    },
    {
      name: 'a subnet without a zone',
      ...west({ more: subnet('data', {}) }),
      unproven: { west: 'AWS chooses the zone' },
    },
    {
      name: 'zones by name and by id',
      ...west({ more: subnet('data', { availability_zone: 'eu-west-1b' }) }),
      unproven: { west: 'may be one zone or two' },
    },
    {
      name: 'a zone that only a reference names',
      ...west(
        { more: subnet('data', { availability_zone: '${data.aws_availability_zone.first.name}' }) },
        FIREWALL,
        {},
        { data: { aws_availability_zone: { first: { state: 'available' } } } },
      ),
      unproven: { west: 'may be a zone with a gateway' },
    },
    {
      name: 'a subnet without a tier in a zone without a gateway',
      ...west({ more: subnet(null, AZ2) }),
      unproven: { west: 'name no tier' },
    },
    {
      name: 'a subnet of a tier from a variable in a zone without a gateway',
      ...west({ more: subnet('${var.some}', AZ2) }, FIREWALL, {}, { variable: { some: {} } }),
      unproven: { west: 'var.some' },
    },
    {
      name: 'a subnet that may not exist in a zone without a gateway',
      ...west({ more: subnet('data', AZ2, { count: '${var.some}' }) }, FIREWALL, {}, { variable: { some: {} } }),
      unproven: { west: 'has a count' },
    },
    {
      name: 'a subnet that may be of another site',
      stacks: {
        ...north(APPLIANCE).stacks,
        ...west({ data: subnet('data', NAMED), gateway: subnet('gateway', NAMED) }).stacks,
        links: {
          variable: { some: {} },
          provider: { aws: [{ region: '${var.some}' }] },
          resource: { aws_subnet: { link: subnet('data', { availability_zone: 'eu-west-1b' }) } },
        },
      },
      policy: north(APPLIANCE).policy,
      unproven: { west: 'names no account', north: 'may be one zone or two' },
    },
    {
      name: 'a fleet whose load balancer is of a type from a variable',
      ...fleet({ aws_lb: { fleet: { load_balancer_type: '${var.some}' } } }),
      unproven: { west: 'var.some' },
    },
    {
      name: 'a fleet without evidence',
      stacks: fleet().stacks,
      policy: { gateways: [FLEET, ACCESS] },
      unproven: { west: 'the policy has no evidence of kind appliance for west-data' },
    },
    {
      name: 'an endpoint of a service from a variable',
      ...fleet(endpoint({ service_name: '${var.some}' })),
      unproven: { west: 'var.some' },
    },
    {
      name: 'an endpoint of a service that a literal names',
      ...fleet(endpoint({ service_name: 'com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0' })),
      unproven: { west: 'may be the service of the fleet' },
    },
    {
      name: 'an endpoint of a service outside the estate',
      stacks: {
        west: {
          ...fleet(endpoint({ service_name: '${data.aws_vpc_endpoint_service.old.service_name}' })).stacks.west,
          data: { aws_vpc_endpoint_service: { old: { service: 'old' } } },
        },
      },
      policy: fleet().policy,
      unproven: { west: 'data.aws_vpc_endpoint_service.old' },
    },
    {
      name: 'an endpoint in subnets from a variable',
      ...fleet(endpoint({ subnet_ids: '${var.some}' })),
      unproven: { west: 'var.some' },
    },
    {
      name: 'an endpoint that may not exist',
      ...fleet(endpoint({ count: '${var.some}' })),
      unproven: { west: 'has a count' },
    },
    {
      name: 'a service that may be of another load balancer',
      ...fleet({
        aws_vpc_endpoint_service: { fleet: { gateway_load_balancer_arns: ['${var.some}'] } },
      }),
      unproven: { west: 'var.some' },
    },
    {
      name: 'an appliance without evidence',
      ...north(APPLIANCE, {}, { evidence: [] }),
      unproven: { north: 'the policy has no evidence of kind appliance for north-data' },
    },
    {
      name: 'an appliance whose evidence has expired',
      ...north(APPLIANCE),
      asOf: '2027-06-01',
      unproven: { north: 'acceptance expired on 2027-05-31' },
    },
    {
      name: 'an appliance whose check is a variable',
      ...north({ ...APPLIANCE, source_dest_check: '${var.some}' }),
      unproven: { north: 'var.some' },
    },
    {
      name: 'an appliance in a subnet from a variable',
      ...north({ ...APPLIANCE, subnet_id: '${var.some}' }),
      unproven: { north: 'var.some', west: 'aws_instance.appliance' },
    },
    {
      name: 'an appliance whose interface is not known',
      ...north({ primary_network_interface: { network_interface_id: '${var.some}' } }),
      // Which network the interface is in is not known either.
      unproven: { north: 'var.some', west: 'aws_instance.appliance has an interface that the input does not show' },
    },
    {
      name: 'a firewall in the Region for a rack',
      ...north(
        APPLIANCE,
        { aws_networkfirewall_firewall: { gateway: { subnet_mapping: [{ subnet_id: '${aws_subnet.outside.id}' }] } } },
        {
          gateways: [
            ...GATEWAYS,
            NORTH_ACCESS,
            gateway(
              'north-data',
              'data-transmission',
              'network-firewall',
              'aws_networkfirewall_firewall.gateway',
              'north',
            ),
          ],
        },
      ),
      unproven: { north: 'only an appliance on it takes for certain' },
    },
    {
      name: 'a firewall that should have an endpoint on the rack',
      ...north(
        APPLIANCE,
        { aws_networkfirewall_firewall: { gateway: { subnet_mapping: [{ subnet_id: '${aws_subnet.gateway.id}' }] } } },
        {
          gateways: [
            ...GATEWAYS,
            NORTH_ACCESS,
            gateway(
              'north-data',
              'data-transmission',
              'network-firewall',
              'aws_networkfirewall_firewall.gateway',
              'north',
            ),
          ],
        },
      ),
      unproven: { north: 'AWS offers no endpoint of a gateway' },
    },
  ],
});
