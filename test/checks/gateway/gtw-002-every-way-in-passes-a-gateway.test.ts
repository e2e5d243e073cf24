import check from '../../../checks/gateway/gtw-002-every-way-in-passes-a-gateway.ts';
import { EXAMPLE_FLOWS, exampleNetwork } from '../../../checks/example-network.ts';
import { testCheck } from '../../support/check-tester.ts';

const VPC = { vpc_id: '${aws_vpc.ledger.id}' };
const VARIABLE = { variable: { given: { type: 'string' } } };
const OPEN = { from_port: 0, to_port: 0, protocol: '-1', cidr_blocks: ['0.0.0.0/0'] };
const GROUP = { aws_security_group: { open: { ...VPC, ingress: [OPEN], egress: [OPEN] } } };

type Resources = NonNullable<NonNullable<Parameters<typeof exampleNetwork>[0]>['more']>;

const network = (more: Resources = {}, rest: object = {}, policy: object = {}) => ({
  policy: { ...EXAMPLE_FLOWS, ...policy },
  stacks: { west: { ...exampleNetwork({ more }), ...rest } },
});

/** A host among the data that has a public address. */
const HOST: Resources = {
  aws_instance: { ledger: { subnet_id: '${aws_subnet.data.id}', associate_public_ip_address: true } },
};

const ENDPOINT =
  '${one([for s in aws_networkfirewall_firewall.gateway.firewall_status[0].sync_states : s.attachment[0].endpoint_id])}';

/** The table of what comes in by the Internet gateway. */
const arrivals = (...route: readonly object[]): Resources => ({
  aws_route_table: { arrivals: { ...VPC, route } },
  aws_route_table_association: {
    arrivals: {
      gateway_id: '${aws_internet_gateway.world.id}',
      route_table_id: '${aws_route_table.arrivals.id}',
    },
  },
});

const INSPECTED = arrivals({ cidr_block: '10.0.1.0/24', vpc_endpoint_id: ENDPOINT });

/** An endpoint of a fleet of appliances, and a VPN into the network. */
const FLEET: Resources = {
  aws_lb: { fleet: { load_balancer_type: 'gateway', subnets: ['${aws_subnet.gateway.id}'] } },
  aws_vpc_endpoint_service: {
    fleet: { acceptance_required: false, gateway_load_balancer_arns: ['${aws_lb.fleet.arn}'] },
  },
  aws_vpc_endpoint: {
    fleet: {
      ...VPC,
      vpc_endpoint_type: 'GatewayLoadBalancer',
      service_name: '${aws_vpc_endpoint_service.fleet.service_name}',
      subnet_ids: ['${aws_subnet.gateway.id}'],
    },
  },
};
const VPN: Resources = {
  aws_vpn_gateway: { office: VPC },
  aws_customer_gateway: { office: { type: 'ipsec.1', ip_address: '203.0.113.5', bgp_asn: '65000' } },
  aws_vpn_connection: {
    office: {
      vpn_gateway_id: '${aws_vpn_gateway.office.id}',
      customer_gateway_id: '${aws_customer_gateway.office.id}',
      type: 'ipsec.1',
      static_routes_only: true,
    },
  },
};

/** A host among the data that takes what its group lets in. */
const INNER: Resources = {
  ...GROUP,
  aws_instance: {
    ledger: { subnet_id: '${aws_subnet.data.id}', vpc_security_group_ids: ['${aws_security_group.open.id}'] },
  },
};

/** A balancer, and where it stands. */
const balanced = (name: string, inSubnet: string, change: object = {}): Resources => ({
  aws_lb: {
    [name]: { load_balancer_type: 'network', subnets: [`\${aws_subnet.${inSubnet}.id}`], ...change },
  },
  aws_lb_listener: {
    [name]: {
      load_balancer_arn: `\${aws_lb.${name}.arn}`,
      port: 443,
      protocol: 'TCP',
      default_action: { type: 'forward', target_group_arn: `\${aws_lb_target_group.${name}.arn}` },
    },
  },
  aws_lb_target_group: { [name]: { ...VPC, port: 8443, protocol: 'TCP', target_type: 'ip' } },
  aws_lb_target_group_attachment: {
    [name]: { target_group_arn: `\${aws_lb_target_group.${name}.arn}`, target_id: '10.0.1.20' },
  },
});

/** A front subnet, which has its own way to the Internet and the local route to the data. */
const FRONT: Resources = {
  aws_subnet: {
    front: {
      ...VPC,
      cidr_block: '10.0.4.0/24',
      availability_zone_id: 'euw1-az1',
      tags: { 'ledger:tier': 'gateway' },
    },
  },
  aws_route_table: {
    front: { ...VPC, route: [{ cidr_block: '0.0.0.0/0', gateway_id: '${aws_internet_gateway.world.id}' }] },
  },
  aws_route_table_association: {
    front: { subnet_id: '${aws_subnet.front.id}', route_table_id: '${aws_route_table.front.id}' },
  },
};

const service = (change: object = {}): Resources => ({
  ...balanced('ledger', 'data', { internal: true, ...change }),
  aws_vpc_endpoint_service: {
    ledger: {
      acceptance_required: false,
      allowed_principals: ['*'],
      network_load_balancer_arns: ['${aws_lb.ledger.arn}'],
    },
  },
});

const CERTIFICATE = 'arn:aws:acm:eu-west-1:111111111111:certificate/00000000-0000-4000-8000-000000000000';

const ACCESS: Resources = {
  ...INNER,
  aws_network_interface: {
    desk: { subnet_id: '${aws_subnet.data.id}', security_groups: ['${aws_security_group.open.id}'] },
  },
  aws_verifiedaccess_instance: { access: {} },
  aws_verifiedaccess_group: {
    access: {
      verifiedaccess_instance_id: '${aws_verifiedaccess_instance.access.id}',
      policy_document: 'permit(principal, action, resource);',
    },
  },
  aws_verifiedaccess_endpoint: {
    desk: {
      verified_access_group_id: '${aws_verifiedaccess_group.access.id}',
      attachment_type: 'vpc',
      endpoint_type: 'network-interface',
      application_domain: 'desk.example',
      domain_certificate_arn: CERTIFICATE,
      security_group_ids: ['${aws_security_group.open.id}'],
      network_interface_options: {
        network_interface_id: '${aws_network_interface.desk.id}',
        port: 443,
        protocol: 'https',
      },
    },
  },
};

const VPN_OF_PEOPLE: Resources = {
  ...GROUP,
  aws_ec2_client_vpn_endpoint: {
    people: {
      client_cidr_block: '172.16.0.0/22',
      server_certificate_arn: CERTIFICATE,
      vpc_id: '${aws_vpc.ledger.id}',
      security_group_ids: ['${aws_security_group.open.id}'],
      authentication_options: [{ type: 'certificate-authentication' }],
      connection_log_options: { enabled: false },
    },
  },
  aws_ec2_client_vpn_network_association: {
    people: {
      client_vpn_endpoint_id: '${aws_ec2_client_vpn_endpoint.people.id}',
      subnet_id: '${aws_subnet.data.id}',
    },
  },
  aws_ec2_client_vpn_authorization_rule: {
    people: {
      client_vpn_endpoint_id: '${aws_ec2_client_vpn_endpoint.people.id}',
      target_network_cidr: '10.0.1.0/24',
      authorize_all_groups: true,
    },
  },
};

/** What the policy declares as the only gateway of the site. */
const declared = (kind: string, address: string, more: object = {}) => ({
  gateways: [{ id: 'west-own', site: 'west', purpose: 'employee-access', kind, stack: 'west', address, ...more }],
});

const IMAGE = 'ami-0123456789abcdef0';

/** A public host behind a table of the door that leads through an appliance. */
const APPLIANCE: Resources = {
  ...GROUP,
  ...arrivals({
    cidr_block: '10.0.1.0/24',
    network_interface_id: '${aws_instance.appliance.primary_network_interface_id}',
  }),
  aws_instance: {
    ...HOST['aws_instance'],
    appliance: {
      ami: IMAGE,
      subnet_id: '${aws_subnet.gateway.id}',
      source_dest_check: false,
      vpc_security_group_ids: ['${aws_security_group.open.id}'],
    },
  },
};

const TESTED = {
  id: 'west-test',
  kind: 'appliance',
  subject: 'west-own',
  states: 'Drops by default',
  issuer: 'Watch AS',
  issued: '2026-01-01',
  expires: '2027-12-31',
  document: 'Acceptance test',
};

testCheck(check, {
  pass: [
    { name: 'a network into which nothing comes', ...network() },
    {
      name: 'a public host behind a table of the door that leads through the firewall',
      ...network({ ...HOST, ...INSPECTED }),
    },
    {
      name: 'a public host behind an appliance that somebody tested',
      ...network(
        APPLIANCE,
        {},
        { ...declared('appliance', 'aws_instance.appliance', { image: IMAGE }), evidence: [TESTED] },
      ),
    },
    {
      name: 'a public host in an account that takes nothing from the Internet',
      ...network({
        ...HOST,
        aws_vpc_block_public_access_options: { off: { internet_gateway_block_mode: 'block-bidirectional' } },
      }),
    },
    {
      name: 'a VPN whose packets the table of its door sends to an endpoint that drops them',
      ...network({
        ...FLEET,
        ...VPN,
        aws_route_table: {
          office: { ...VPC, route: [{ cidr_block: '10.0.0.0/16', vpc_endpoint_id: '${aws_vpc_endpoint.fleet.id}' }] },
        },
        aws_route_table_association: {
          office: { gateway_id: '${aws_vpn_gateway.office.id}', route_table_id: '${aws_route_table.office.id}' },
        },
      }),
    },
    {
      name: 'a front door from which the way to the data leads through the firewall',
      ...network(balanced('front', 'edge')),
    },
  ],
  fail: [
    {
      name: 'brokers among the data to which AWS gives public addresses',
      ...network({
        ...GROUP,
        aws_msk_cluster: {
          ledger: {
            broker_node_group_info: {
              client_subnets: ['${aws_subnet.data.id}'],
              security_groups: ['${aws_security_group.open.id}'],
              connectivity_info: { public_access: { type: 'SERVICE_PROVIDED_EIPS' } },
            },
          },
        },
      }),
      fails: { west: 'enters' },
    },
    {
      name: 'a database of time series among the data that is public',
      ...network({
        ...GROUP,
        aws_timestreaminfluxdb_db_instance: {
          ledger: {
            vpc_subnet_ids: ['${aws_subnet.data.id}'],
            vpc_security_group_ids: ['${aws_security_group.open.id}'],
            publicly_accessible: true,
          },
        },
      }),
      fails: { west: 'enters' },
    },
    {
      name: 'instances of a cluster among the data, whose subnet gives them public addresses',
      ...network({
        aws_subnet: {
          data: {
            ...VPC,
            cidr_block: '10.0.1.0/24',
            availability_zone_id: 'euw1-az1',
            map_public_ip_on_launch: true,
            tags: { 'ledger:tier': 'data' },
          },
        },
        aws_emr_cluster: { ledger: { ec2_attributes: { subnet_id: '${aws_subnet.data.id}' } } },
      }),
      fails: { west: 'enters' },
    },
    { name: 'a public host without a table of the door', ...network(HOST), fails: { west: 'enters' } },
    {
      name: 'a table of the door for another subnet',
      ...network({ ...HOST, ...arrivals({ cidr_block: '10.0.3.0/24', vpc_endpoint_id: ENDPOINT }) }),
      fails: { west: 'enters' },
    },
    {
      name: 'a table of the door that leads through a firewall without records',
      ...network({ ...HOST, ...INSPECTED, aws_networkfirewall_logging_configuration: { gateway: {} } }),
      fails: { west: 'refused' },
    },
    {
      name: 'an appliance that runs another image than was tested',
      ...network(
        APPLIANCE,
        {},
        {
          ...declared('appliance', 'aws_instance.appliance', { image: 'ami-0fedcba9876543210' }),
          evidence: [TESTED],
        },
      ),
      fails: { west: 'refused' },
    },
    { name: 'a VPN into the network', ...network(VPN), fails: { west: 'enters' } },
    {
      name: 'a host with an IPv6 address, which needs no public one',
      ...network({
        aws_vpc: {
          ledger: { cidr_block: '10.0.0.0/16', enable_dns_support: false, assign_generated_ipv6_cidr_block: true },
        },
        aws_subnet: {
          data: {
            ...VPC,
            cidr_block: '10.0.1.0/24',
            ipv6_cidr_block: '${cidrsubnet(aws_vpc.ledger.ipv6_cidr_block, 8, 1)}',
            availability_zone_id: 'euw1-az1',
            tags: { 'ledger:tier': 'data' },
          },
        },
      }),
      fails: { west: 'enters' },
    },
    {
      name: 'a front door with the local route to the data',
      ...network({ ...FRONT, ...balanced('front', 'front') }),
      fails: { west: 'enters' },
    },
    { name: 'an endpoint service that anybody may use', ...network(service()), fails: { west: 'enters' } },
    {
      name: 'an endpoint that connects people with hosts by their identity alone',
      ...network({
        ...GROUP,
        aws_ec2_instance_connect_endpoint: {
          desk: { subnet_id: '${aws_subnet.data.id}', security_group_ids: ['${aws_security_group.open.id}'] },
        },
      }),
      fails: { west: 'enters' },
    },
    { name: 'a Client VPN that the policy does not declare', ...network(VPN_OF_PEOPLE), fails: { west: 'enters' } },
    {
      name: 'a Client VPN that asks nobody who they are',
      ...network(VPN_OF_PEOPLE, {}, declared('client-vpn', 'aws_ec2_client_vpn_endpoint.people')),
      fails: { west: 'refused' },
    },
    {
      name: 'Verified Access that lets everybody in',
      ...network(ACCESS, {}, declared('verified-access', 'aws_verifiedaccess_instance.access')),
      fails: { west: 'refused' },
    },
    {
      name: 'an accelerator to a host without a public address',
      ...network({
        ...INNER,
        aws_globalaccelerator_accelerator: { world: { name: 'world' } },
        aws_globalaccelerator_listener: {
          world: {
            accelerator_arn: '${aws_globalaccelerator_accelerator.world.arn}',
            protocol: 'TCP',
            port_range: [{ from_port: 443, to_port: 443 }],
          },
        },
        aws_globalaccelerator_endpoint_group: {
          world: {
            listener_arn: '${aws_globalaccelerator_listener.world.arn}',
            endpoint_configuration: [{ endpoint_id: '${aws_instance.ledger.id}' }],
          },
        },
      }),
      fails: { west: 'enters' },
    },
    {
      name: 'a distribution to a host without a public address',
      ...network({
        ...INNER,
        aws_cloudfront_vpc_origin: {
          ledger: {
            vpc_origin_endpoint_config: {
              name: 'ledger',
              arn: '${aws_instance.ledger.arn}',
              http_port: 80,
              https_port: 443,
              origin_protocol_policy: 'https-only',
            },
          },
        },
      }),
      fails: { west: 'enters' },
    },
    {
      name: 'a function with a URL of its own',
      ...network({
        aws_lambda_function: {
          settle: {
            function_name: 'settle',
            role: 'arn:aws:iam::111111111111:role/settle',
            vpc_config: { subnet_ids: ['${aws_subnet.data.id}'], security_group_ids: [] },
          },
        },
        aws_lambda_function_url: {
          settle: { function_name: '${aws_lambda_function.settle.function_name}', authorization_type: 'NONE' },
        },
      }),
      fails: { west: 'enters' },
    },
    {
      name: 'an API at the edge of the world',
      ...network({ aws_api_gateway_rest_api: { ledger: { name: 'ledger' } } }),
      fails: { west: 'enters' },
    },
    {
      name: 'a subnet that is shared with another account',
      ...network({
        aws_ram_resource_share: { all: { name: 'all', allow_external_principals: true } },
        aws_ram_resource_association: {
          data: { resource_arn: '${aws_subnet.data.arn}', resource_share_arn: '${aws_ram_resource_share.all.arn}' },
        },
        aws_ram_principal_association: {
          data: { principal: '444444444444', resource_share_arn: '${aws_ram_resource_share.all.arn}' },
        },
      }),
      fails: { west: 'enters' },
    },
  ],
  unproven: [
    {
      name: 'a public address of an interface that only a data source reads',
      ...network(
        {
          aws_db_subnet_group: { ledger: { subnet_ids: ['${aws_subnet.data.id}'] } },
          aws_db_instance: { ledger: { db_subnet_group_name: '${aws_db_subnet_group.ledger.name}' } },
          aws_eip: { ledger: { network_interface: '${data.aws_network_interface.ledger.id}' } },
        },
        { data: { aws_network_interface: { ledger: { filter: { name: 'description', values: ['RDS'] } } } } },
      ),
      unproven: { west: 'data.aws_network_interface.ledger' },
    },
    {
      name: 'a public address of an interface of which nothing is seen',
      ...network({ aws_eip: { ledger: { network_interface: 'eni-0123456789abcdef0' } } }),
      unproven: { west: 'aws_eip.ledger is of an interface that the input does not show' },
    },
    {
      name: 'a cluster that AWS makes public beside an Internet gateway',
      ...network({
        aws_db_subnet_group: { ledger: { subnet_ids: ['${aws_subnet.data.id}'] } },
        aws_rds_cluster: {
          ledger: {
            engine: 'postgres',
            db_cluster_instance_class: 'db.m5d.large',
            db_subnet_group_name: '${aws_db_subnet_group.ledger.name}',
          },
        },
      }),
      unproven: { west: 'aws_rds_cluster.ledger is public where its VPC has an Internet gateway' },
    },
    {
      name: 'a subnet of a VPC that only a data source reads',
      ...network(
        {
          aws_subnet: {
            other: {
              vpc_id: '${data.aws_vpc.other.id}',
              cidr_block: '10.5.1.0/24',
              availability_zone_id: 'euw1-az1',
              tags: { 'ledger:tier': 'data' },
            },
          },
          aws_route_table: { other: { vpc_id: '${data.aws_vpc.other.id}' } },
          aws_route_table_association: {
            other: { subnet_id: '${aws_subnet.other.id}', route_table_id: '${aws_route_table.other.id}' },
          },
        },
        { data: { aws_vpc: { other: { id: 'vpc-0123456789abcdef0' } } } },
      ),
      unproven: { west: 'aws_subnet.other is in a VPC that the input does not show' },
    },
    {
      name: 'an instance whose second interface is not seen',
      ...network({
        aws_instance: { ledger: { subnet_id: '${aws_subnet.data.id}' } },
        aws_network_interface_attachment: {
          second: {
            instance_id: '${aws_instance.ledger.id}',
            network_interface_id: 'eni-0123456789abcdef0',
            device_index: 1,
          },
        },
      }),
      unproven: { west: 'aws_network_interface_attachment.second has an interface that the input does not show' },
    },
    {
      name: 'a host whose public address is hidden',
      ...network(
        {
          aws_instance: {
            ledger: { subnet_id: '${aws_subnet.data.id}', associate_public_ip_address: '${var.given}' },
          },
        },
        VARIABLE,
      ),
      unproven: { west: 'var.given' },
    },
    {
      name: 'a table of the door whose target is hidden',
      ...network({ ...HOST, ...arrivals({ cidr_block: '10.0.1.0/24', vpc_endpoint_id: '${var.given}' }) }, VARIABLE),
      unproven: { west: 'var.given' },
    },
    {
      name: 'an endpoint service whose balancer has groups',
      ...network({ ...GROUP, ...service({ security_groups: ['${aws_security_group.open.id}'] }) }),
      unproven: { west: 'aws_lb.ledger has security groups' },
    },
    {
      name: 'an appliance that nobody attests',
      ...network(APPLIANCE, {}, declared('appliance', 'aws_instance.appliance', { image: IMAGE })),
      unproven: { west: 'what it does only evidence shows' },
    },
    {
      name: 'a subnet whose tier is hidden',
      ...network(
        {
          aws_subnet: { stray: { ...VPC, cidr_block: '10.0.5.0/24', tags: { 'ledger:tier': '${var.given}' } } },
          aws_instance: { stray: { subnet_id: '${aws_subnet.stray.id}', associate_public_ip_address: true } },
        },
        VARIABLE,
      ),
      unproven: { west: 'var.given' },
    },
    {
      name: 'what carries traffic and is not modelled',
      ...network({ aws_vpc_route_server: { bgp: { amazon_side_asn: 64512 } } }),
      unproven: { west: 'aws_vpc_route_server.bgp' },
    },
    {
      name: 'a stack that is missing',
      ...network(
        {},
        {},
        {
          stacks: [
            { name: 'west', sites: ['west'] },
            { name: 'north', sites: ['north'] },
          ],
        },
      ),
      unproven: { west: 'north is a stack that the input does not hold', north: 'has no subnet' },
    },
    { name: 'a site without any subnet', stacks: { west: {} }, unproven: { west: 'has no subnet' } },
  ],
});
