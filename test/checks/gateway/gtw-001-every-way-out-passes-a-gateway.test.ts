import { expect, it } from 'vitest';
import net001 from '../../../checks/isolation/net-001-no-direct-internet-path.ts';
import check from '../../../checks/gateway/gtw-001-every-way-out-passes-a-gateway.ts';
import { EXAMPLE_POLICY } from '../../../checks/example-policy.ts';
import { EXAMPLE_FLOWS, exampleNetwork } from '../../../checks/example-network.ts';
import { testCheck } from '../../support/check-tester.ts';
import { isCovered } from '../../support/covered.ts';

const DATA = 'aws_subnet.data';
const VPC = { vpc_id: '${aws_vpc.ledger.id}' };
const VARIABLE = { variable: { given: { type: 'string' }, many: { type: 'number' } } };
const [PARTNER] = EXAMPLE_FLOWS.network.flows;

type Changes = Parameters<typeof exampleNetwork>[0];
type Resources = NonNullable<NonNullable<Changes>['more']>;

/** The network of the site with changes, and what else its stack and policy hold. */
const network = (changes: Changes = {}, rest: object = {}, policy: object = {}) => ({
  policy: { ...EXAMPLE_FLOWS, ...policy },
  stacks: { west: { ...exampleNetwork(changes), ...rest } },
});

const made = (more: Resources, rest: object = {}, policy: object = {}) => network({ more }, rest, policy);

/** Flows that must work beside the first, and a list of the data subnet that lets TCP 443 and its replies pass. */
const listed = (flows: readonly object[]) =>
  network(
    {
      more: {
        aws_network_acl: {
          data: {
            ...VPC,
            subnet_ids: ['${aws_subnet.data.id}'],
            egress: [{ ...TCP, rule_no: 100, action: 'allow', from_port: 443, to_port: 443 }],
            ingress: [{ ...TCP, rule_no: 100, action: 'allow', from_port: 1024, to_port: 65_535 }],
          },
        },
      },
    },
    {},
    { network: { ...EXAMPLE_FLOWS.network, flows: [PARTNER, ...flows] } },
  );
const TCP = { protocol: 'tcp', cidr_block: '0.0.0.0/0' };
const { port: _, ...PORTLESS } = PARTNER ?? {};

/** A further route of the data subnet. */
const routed = (route: object, more: Resources = {}, rest: object = {}) => network({ dataRoutes: [route], more }, rest);

const TO_NAT = { nat_gateway_id: '${aws_nat_gateway.edge.id}' };

/** A subnet and its own table of routes. */
const subnet = (name: string, tier: string | null, route: object, change: object = {}): Resources => ({
  aws_subnet: {
    [name]: {
      ...VPC,
      cidr_block: '10.0.5.0/24',
      availability_zone_id: 'euw1-az1',
      ...(tier === null ? {} : { tags: { 'ledger:tier': tier } }),
      ...change,
    },
  },
  aws_route_table: { [name]: { ...VPC, route: [route] } },
  aws_route_table_association: {
    [name]: { subnet_id: `\${aws_subnet.${name}.id}`, route_table_id: `\${aws_route_table.${name}.id}` },
  },
});

/** The firewall's policy with changes. */
const policed = (firewall_policy: object, rest: object = {}) =>
  made(
    {
      aws_networkfirewall_firewall_policy: {
        gateway: {
          name: 'gateway',
          firewall_policy: {
            stateless_default_actions: ['aws:forward_to_sfe'],
            stateless_fragment_default_actions: ['aws:forward_to_sfe'],
            stateful_default_actions: ['aws:drop_strict'],
            stateful_engine_options: { rule_order: 'STRICT_ORDER', stream_exception_policy: 'DROP' },
            ...firewall_policy,
          },
        },
      },
    },
    rest,
  );

/** The data in IPv6 as well, with one more route. */
const six = (route: object, more: Resources = {}) =>
  network({
    dataRoutes: [route],
    more: {
      aws_vpc: {
        ledger: { cidr_block: '10.0.0.0/16', enable_dns_support: false, assign_generated_ipv6_cidr_block: true },
      },
      aws_subnet: {
        data: {
          ...VPC,
          cidr_block: '10.0.1.0/24',
          ipv6_cidr_block: '${cidrsubnet(aws_vpc.ledger.ipv6_cidr_block, 8, 1)}',
          availability_zone_id: 'euw1-az1',
          enable_dns64: true,
          tags: { 'ledger:tier': 'data' },
        },
      },
      ...more,
    },
  });

/** A VPN to an office, whose routes are written, or learned by BGP. */
const office = (isStatic: boolean): Resources => ({
  aws_vpn_gateway: { office: VPC },
  aws_customer_gateway: { office: { type: 'ipsec.1', ip_address: '203.0.113.5', bgp_asn: '65000' } },
  aws_vpn_connection: {
    office: {
      vpn_gateway_id: '${aws_vpn_gateway.office.id}',
      customer_gateway_id: '${aws_customer_gateway.office.id}',
      type: 'ipsec.1',
      static_routes_only: isStatic,
    },
  },
  ...(isStatic
    ? {
        aws_vpn_connection_route: {
          office: { vpn_connection_id: '${aws_vpn_connection.office.id}', destination_cidr_block: '172.16.0.0/12' },
        },
      }
    : {}),
});

const PROPAGATED: Resources = {
  aws_vpn_gateway_route_propagation: {
    office: { vpn_gateway_id: '${aws_vpn_gateway.office.id}', route_table_id: '${aws_route_table.data.id}' },
  },
};

/** An endpoint among the data that anybody there may call. */
const endpoint = (change: object): Resources => ({
  aws_vpc_endpoint: {
    service: {
      ...VPC,
      vpc_endpoint_type: 'Interface',
      subnet_ids: ['${aws_subnet.data.id}'],
      security_group_ids: ['${aws_security_group.open.id}'],
      ...change,
    },
  },
  aws_security_group: {
    open: { ...VPC, ingress: [{ from_port: 0, to_port: 0, protocol: '-1', cidr_blocks: ['0.0.0.0/0'] }], egress: [] },
  },
});

/** Two sites in one stack, told apart by their zones. */
const TWO_SITES = {
  sites: ['west', 'south'].map((id, index) => ({
    id,
    name: id,
    country: 'IE',
    region: 'eu-west-1',
    account: '111111111111',
    zoneIds: [`euw1-az${index + 1}`],
  })),
  stacks: [{ name: 'west', sites: ['west', 'south'] }],
  monitor: undefined,
  evidence: [],
  network: {
    ...EXAMPLE_FLOWS.network,
    flows: [PARTNER, { ...PARTNER, id: 'sites', from: 'west/data', to: 'south/data' }],
  },
};

/** The network of the other site, and how it is linked to the first. */
const linked = (link: object, resources: Resources) =>
  network(
    {
      dataRoutes: [{ cidr_block: '10.1.0.0/16', ...link }],
      more: {
        aws_vpc: { south: { cidr_block: '10.1.0.0/16', enable_dns_support: false } },
        aws_subnet: {
          south: {
            vpc_id: '${aws_vpc.south.id}',
            cidr_block: '10.1.1.0/24',
            availability_zone_id: 'euw1-az2',
            tags: { 'ledger:tier': 'data' },
          },
        },
        aws_default_route_table: {
          south: {
            default_route_table_id: '${aws_vpc.south.default_route_table_id}',
            route: [{ cidr_block: '10.0.0.0/16', ...link }],
          },
        },
        ...resources,
      },
    },
    {},
    TWO_SITES,
  );

const attached = (name: string, inSubnet: string) => ({
  vpc_id: `\${aws_vpc.${name}.id}`,
  transit_gateway_id: '${aws_ec2_transit_gateway.hub.id}',
  subnet_ids: [`\${aws_subnet.${inSubnet}.id}`],
});

testCheck(check, {
  pass: [
    { name: 'a network whose only way out leads through the firewall', ...network() },
    {
      name: 'a subnet of gateways with a way of its own',
      ...made(subnet('front', 'gateway', { cidr_block: '0.0.0.0/0', ...TO_NAT })),
    },
    {
      name: 'a subnet without any route',
      ...made({ aws_subnet: { second: { ...VPC, cidr_block: '10.0.4.0/24', tags: { 'ledger:tier': 'data' } } } }),
    },
    {
      name: 'a VPN that no table of the data names',
      ...made(office(true)),
    },
    {
      name: 'an endpoint for a service of AWS in the own Region',
      ...made(endpoint({ service_name: 'com.amazonaws.eu-west-1.sqs' })),
    },
    {
      name: 'a function inside the network',
      ...made({
        aws_lambda_function: {
          settle: {
            function_name: 'settle',
            role: 'arn:aws:iam::111111111111:role/settle',
            vpc_config: {
              subnet_ids: ['${aws_subnet.data.id}'],
              security_group_ids: ['${aws_vpc.ledger.default_security_group_id}'],
            },
          },
        },
      }),
    },
    {
      name: 'flows by UDP, by another port and by ICMP',
      ...network(
        {},
        {},
        {
          network: {
            ...EXAMPLE_FLOWS.network,
            flows: [
              PARTNER,
              { ...PARTNER, id: 'time', protocol: 'udp', port: 123 },
              { ...PARTNER, id: 'other', port: 8443 },
              { ...PORTLESS, id: 'echo', protocol: 'icmp' },
            ],
          },
        },
      ),
    },
    {
      name: 'a flow by the one port that a list lets pass',
      ...listed([]),
    },
    {
      name: 'a flow of a site that is not built',
      ...network(
        {},
        {},
        { network: { ...EXAMPLE_FLOWS.network, flows: [PARTNER, { ...PARTNER, id: 'north', from: 'north/data' }] } },
      ),
    },
  ],
  fail: [
    {
      name: 'a more specific route past the firewall',
      ...routed({ cidr_block: '203.0.113.0/24', ...TO_NAT }),
      fails: { [DATA]: 'leaves' },
    },
    {
      name: 'a route to a prefix list past the firewall',
      ...routed(
        { destination_prefix_list_id: '${aws_ec2_managed_prefix_list.others.id}', ...TO_NAT },
        {
          aws_ec2_managed_prefix_list: {
            others: { name: 'others', address_family: 'IPv4', max_entries: 1, entry: [{ cidr: '203.0.113.0/24' }] },
          },
        },
      ),
      fails: { [DATA]: 'leaves' },
    },
    {
      name: 'a flow whose replies come by the firewall and whose requests do not',
      ...routed({ cidr_block: '198.51.100.0/24', ...TO_NAT }),
      fails: { [DATA]: 'leaves', '/network/flows/0': 'vacuous' },
    },
    {
      name: 'a way out in IPv6 alone',
      ...six(
        { ipv6_cidr_block: '::/0', egress_only_gateway_id: '${aws_egress_only_internet_gateway.six.id}' },
        { aws_egress_only_internet_gateway: { six: VPC } },
      ),
      fails: { [DATA]: 'leaves' },
    },
    {
      name: 'a way out by the translation of IPv6 to IPv4',
      ...six({ ipv6_cidr_block: '64:ff9b::/96', ...TO_NAT }),
      fails: { [DATA]: 'leaves' },
    },
    {
      name: 'a NAT gateway with a route table of its own',
      ...routed(
        { cidr_block: '203.0.113.0/24', nat_gateway_id: '${aws_nat_gateway.regional.id}' },
        { aws_nat_gateway: { regional: { ...VPC, availability_mode: 'regional' } } },
      ),
      fails: { [DATA]: 'leaves' },
    },
    {
      name: 'a route to a VPN',
      ...routed({ cidr_block: '172.16.0.0/12', gateway_id: '${aws_vpn_gateway.office.id}' }, office(true)),
      fails: { [DATA]: 'leaves' },
    },
    {
      name: 'a route that a VPN propagates',
      ...made({ ...office(true), ...PROPAGATED }),
      fails: { [DATA]: 'leaves' },
    },
    {
      name: 'the main table of a subnet without one of its own',
      ...made({
        aws_subnet: { second: { ...VPC, cidr_block: '10.0.4.0/24', tags: { 'ledger:tier': 'data' } } },
        aws_default_route_table: {
          main: {
            default_route_table_id: '${aws_vpc.ledger.default_route_table_id}',
            route: [{ cidr_block: '0.0.0.0/0', ...TO_NAT }],
          },
        },
      }),
      fails: { 'aws_subnet.second': 'leaves' },
    },
    {
      name: 'a subnet of no tier',
      ...made(subnet('stray', null, { cidr_block: '0.0.0.0/0', ...TO_NAT })),
      fails: { 'aws_subnet.stray': 'leaves' },
    },
    {
      name: 'a workload among the gateways',
      ...made({
        ...subnet('front', 'gateway', { cidr_block: '0.0.0.0/0', ...TO_NAT }),
        aws_instance: { desk: { subnet_id: '${aws_subnet.front.id}' } },
      }),
      fails: { 'aws_subnet.front': 'leaves' },
    },
    {
      name: 'a workload of another subnet with a second interface among the gateways',
      ...made({
        ...subnet('front', 'gateway', { cidr_block: '0.0.0.0/0', ...TO_NAT }),
        aws_instance: { ledger: { subnet_id: '${aws_subnet.data.id}' } },
        aws_network_interface: {
          second: {
            subnet_id: '${aws_subnet.front.id}',
            attachment: { instance: '${aws_instance.ledger.id}', device_index: 1 },
          },
        },
      }),
      fails: { 'aws_subnet.front': 'leaves' },
    },
    {
      name: 'a workload that a launch template puts among the gateways',
      ...made({
        ...subnet('front', 'gateway', { cidr_block: '0.0.0.0/0', ...TO_NAT }),
        aws_launch_template: { desk: { network_interfaces: { subnet_id: '${aws_subnet.front.id}' } } },
        aws_instance: { desk: { launch_template: { id: '${aws_launch_template.desk.id}' } } },
      }),
      fails: { 'aws_subnet.front': 'leaves' },
    },
    ...(
      [
        ['aws_batch_compute_environment', { compute_resources: { subnets: ['${aws_subnet.front.id}'] } }],
        ['aws_codebuild_project', { vpc_config: { ...VPC, subnets: ['${aws_subnet.front.id}'] } }],
        ['aws_db_proxy', { vpc_subnet_ids: ['${aws_subnet.front.id}'] }],
        ['aws_emr_cluster', { ec2_attributes: { subnet_id: '${aws_subnet.front.id}' } }],
        ['aws_sagemaker_model', { vpc_config: { subnets: ['${aws_subnet.front.id}'] } }],
      ] as const
    ).map(([type, body]) => ({
      name: `a workload among the gateways by the arguments of ${type}`,
      ...made({ ...subnet('front', 'gateway', { cidr_block: '0.0.0.0/0', ...TO_NAT }), [type]: { ledger: body } }),
      fails: { 'aws_subnet.front': 'leaves' } as const,
    })),
    {
      name: 'transit tables that connect everything by default',
      ...linked(
        { transit_gateway_id: '${aws_ec2_transit_gateway.hub.id}' },
        {
          aws_ec2_transit_gateway: { hub: {} },
          aws_ec2_transit_gateway_vpc_attachment: {
            west: attached('ledger', 'data'),
            south: attached('south', 'south'),
          },
        },
      ),
      fails: { [DATA]: 'leaves', 'aws_subnet.south': 'leaves' },
    },
    {
      name: 'a peering with the network of another site',
      ...linked(
        { vpc_peering_connection_id: '${aws_vpc_peering_connection.sites.id}' },
        {
          aws_vpc_peering_connection: {
            sites: { ...VPC, peer_vpc_id: '${aws_vpc.south.id}', auto_accept: true },
          },
        },
      ),
      fails: { [DATA]: 'leaves', 'aws_subnet.south': 'leaves' },
    },
    {
      name: 'an endpoint for a service of another Region',
      ...made(endpoint({ service_name: 'com.amazonaws.us-east-1.s3', service_region: 'us-east-1' })),
      fails: { [DATA]: 'leaves' },
    },
    {
      name: 'an endpoint for buckets of every Region',
      ...made(endpoint({ service_name: 'com.amazonaws.s3-global.accesspoint' })),
      fails: { [DATA]: 'leaves' },
    },
    {
      name: 'an endpoint for a service of somebody else',
      ...made(endpoint({ service_name: 'com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0' })),
      fails: { [DATA]: 'leaves' },
    },
    {
      name: 'names that the resolver of the VPC takes to the world',
      ...made({ aws_vpc: { ledger: { cidr_block: '10.0.0.0/16' } } }),
      fails: { [DATA]: 'leaves' },
    },
    {
      name: 'a function outside any VPC',
      ...made({
        aws_lambda_function: { settle: { function_name: 'settle', role: 'arn:aws:iam::111111111111:role/settle' } },
      }),
      fails: { 'aws_lambda_function.settle': 'managed' },
    },
    {
      name: 'a firewall that the policy does not declare',
      ...network({}, {}, { gateways: [] }),
      fails: { [DATA]: 'leaves' },
    },
    {
      name: 'a firewall that only alerts',
      ...policed({ stateful_default_actions: ['aws:alert_strict'] }),
      fails: { [DATA]: 'refused' },
    },
    {
      name: 'a firewall in whose order what no rule names passes',
      ...policed({
        stateful_default_actions: [],
        stateful_engine_options: { rule_order: 'DEFAULT_ACTION_ORDER', stream_exception_policy: 'DROP' },
      }),
      fails: { [DATA]: 'refused' },
    },
    {
      name: 'a firewall that lets fragments pass',
      ...policed({ stateless_fragment_default_actions: ['aws:pass'] }),
      fails: { [DATA]: 'refused' },
    },
    {
      name: 'a firewall with a rule group that no longer drops',
      ...policed({
        stateful_rule_group_reference: {
          resource_arn: 'arn:aws:network-firewall:eu-west-1:aws-managed:stateful-rulegroup/Threats',
          priority: 1,
          override: { action: 'DROP_TO_ALERT' },
        },
      }),
      fails: { [DATA]: 'refused' },
    },
    {
      name: 'a firewall without records',
      ...made({
        aws_networkfirewall_logging_configuration: {
          gateway: { firewall_arn: '${aws_networkfirewall_firewall.gateway.arn}', logging_configuration: {} },
        },
      }),
      fails: { [DATA]: 'refused' },
    },
    {
      name: 'flows by protocols and ports that a list does not let pass',
      ...listed([
        { ...PARTNER, id: 'other', port: 8443 },
        { ...PARTNER, id: 'quic', protocol: 'udp' },
        { ...PORTLESS, id: 'echo', protocol: 'icmp' },
      ]),
      fails: { '/network/flows/1': 'vacuous', '/network/flows/2': 'vacuous', '/network/flows/3': 'vacuous' },
    },
    {
      name: 'a flow from a tier without subnets',
      ...network(
        {},
        {},
        { network: { ...EXAMPLE_FLOWS.network, flows: [PARTNER, { ...PARTNER, id: 'desk', from: 'west/workload' }] } },
      ),
      fails: { '/network/flows/1': 'vacuous' },
    },
    {
      name: "a flow that comes in by people's own way alone",
      ...made(
        {
          aws_security_group: {
            desk: {
              ...VPC,
              ingress: [{ protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'] }],
              egress: [{ protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'] }],
            },
          },
          aws_instance: {
            desk: {
              subnet_id: '${aws_subnet.data.id}',
              private_ip: '10.0.1.9',
              vpc_security_group_ids: ['${aws_security_group.desk.id}'],
            },
          },
          aws_verifiedaccess_instance: { access: {} },
          aws_verifiedaccess_group: {
            access: { verifiedaccess_instance_id: '${aws_verifiedaccess_instance.access.id}' },
          },
          aws_verifiedaccess_endpoint: {
            desk: {
              attachment_type: 'vpc',
              endpoint_type: 'cidr',
              security_group_ids: ['${aws_security_group.desk.id}'],
              verified_access_group_id: '${aws_verifiedaccess_group.access.id}',
              cidr_options: {
                cidr: '10.0.1.0/24',
                protocol: 'tcp',
                subnet_ids: ['${aws_subnet.data.id}'],
                port_range: [{ from_port: 443, to_port: 443 }],
              },
            },
          },
        },
        {},
        {
          gateways: [
            ...EXAMPLE_POLICY.gateways,
            {
              id: 'west-access',
              site: 'west',
              purpose: 'employee-access',
              kind: 'verified-access',
              stack: 'west',
              address: 'aws_verifiedaccess_instance.access',
            },
          ],
          network: {
            ...EXAMPLE_FLOWS.network,
            flows: [PARTNER, { ...PARTNER, id: 'desk', from: 'partner', to: 'west/data' }],
          },
        },
      ),
      fails: { '/network/flows/1': 'vacuous' },
    },
    {
      name: 'a network in which nothing works at all',
      ...made({ aws_route_table: { data: VPC } }),
      fails: { '/network/flows/0': 'vacuous' },
    },
  ],
  unproven: [
    {
      name: 'a route to a VPN gateway that is attached by a hidden id',
      ...routed(
        { cidr_block: '172.16.0.0/12', gateway_id: '${aws_vpn_gateway.office.id}' },
        {
          aws_vpn_gateway: { office: {} },
          aws_vpn_gateway_attachment: { office: { ...VPC, vpn_gateway_id: '${var.given}' } },
        },
        VARIABLE,
      ),
      unproven: { [DATA]: 'var.given' },
    },
    {
      name: 'a template that has instances take an interface that is there already',
      ...made({
        aws_network_interface: { ledger: { subnet_id: '${aws_subnet.data.id}' } },
        aws_launch_template: {
          ledger: { network_interfaces: { network_interface_id: '${aws_network_interface.ledger.id}' } },
        },
      }),
      unproven: { [DATA]: 'aws_launch_template.ledger' },
    },
    {
      name: 'a route whose target is hidden',
      ...routed({ cidr_block: '203.0.113.0/24', nat_gateway_id: '${var.given}' }, {}, VARIABLE),
      unproven: { [DATA]: 'var.given' },
    },
    {
      name: 'a route whose destination is hidden',
      ...routed({ cidr_block: '${var.given}', ...TO_NAT }, {}, VARIABLE),
      unproven: { [DATA]: 'var.given', '/network/flows/0': 'var.given' },
    },
    {
      name: 'routes that a VPN learns by BGP',
      ...made({ ...office(false), ...PROPAGATED }),
      unproven: { [DATA]: 'aws_vpn_connection.office', '/network/flows/0': 'aws_vpn_connection.office' },
    },
    {
      name: 'a route that may not be there',
      ...made(
        {
          aws_route_table: { data: VPC },
          aws_route: {
            gateway: {
              route_table_id: '${aws_route_table.data.id}',
              destination_cidr_block: '0.0.0.0/0',
              vpc_endpoint_id:
                '${one([for s in aws_networkfirewall_firewall.gateway.firewall_status[0].sync_states : s.attachment[0].endpoint_id])}',
            },
            past: {
              count: '${var.many}',
              route_table_id: '${aws_route_table.data.id}',
              destination_cidr_block: '203.0.113.0/24',
              ...TO_NAT,
            },
          },
        },
        VARIABLE,
      ),
      unproven: { [DATA]: 'aws_route.past' },
    },
    {
      name: 'a route beside those that a table lists itself',
      ...made({
        aws_route: {
          past: { route_table_id: '${aws_route_table.data.id}', destination_cidr_block: '203.0.113.0/24', ...TO_NAT },
        },
      }),
      unproven: { [DATA]: 'aws_route.past may be removed by aws_route_table.data' },
    },
    {
      name: 'a peering that nobody is seen to accept',
      ...routed(
        { cidr_block: '10.1.0.0/16', vpc_peering_connection_id: '${aws_vpc_peering_connection.other.id}' },
        {
          aws_vpc_peering_connection: {
            other: { ...VPC, peer_vpc_id: 'vpc-0123456789abcdef0', peer_owner_id: '444444444444' },
          },
        },
      ),
      unproven: { [DATA]: 'aws_vpc_peering_connection.other is not accepted' },
    },
    {
      name: 'packets that are copied to who knows where',
      ...made({
        aws_network_interface: { ledger: { subnet_id: '${aws_subnet.data.id}' } },
        aws_ec2_traffic_mirror_target: { watch: { gateway_load_balancer_endpoint_id: 'vpce-0123456789abcdef0' } },
        aws_ec2_traffic_mirror_filter: { all: {} },
        aws_ec2_traffic_mirror_filter_rule: {
          all: {
            traffic_mirror_filter_id: '${aws_ec2_traffic_mirror_filter.all.id}',
            destination_cidr_block: '0.0.0.0/0',
            source_cidr_block: '0.0.0.0/0',
            rule_number: 1,
            rule_action: 'accept',
            traffic_direction: 'egress',
          },
        },
        aws_ec2_traffic_mirror_session: {
          watch: {
            network_interface_id: '${aws_network_interface.ledger.id}',
            traffic_mirror_filter_id: '${aws_ec2_traffic_mirror_filter.all.id}',
            traffic_mirror_target_id: '${aws_ec2_traffic_mirror_target.watch.id}',
            session_number: 1,
          },
        },
      }),
      unproven: { [DATA]: 'aws_ec2_traffic_mirror_session.watch' },
    },
    {
      name: 'what carries traffic and is not modelled',
      ...made({ aws_vpc_route_server: { bgp: { amazon_side_asn: 64512 } } }),
      unproven: { [DATA]: 'aws_vpc_route_server.bgp' },
    },
    {
      name: 'a module, which may hold routes',
      ...network({}, { module: { more: { source: './more' } } }),
      unproven: { [DATA]: 'module.more of west may hold routes' },
    },
    {
      name: 'a command that may make anything',
      ...made({ null_resource: { shell: { provisioner: { 'local-exec': { command: 'aws ec2 create-route' } } } } }),
      unproven: { [DATA]: 'null_resource.shell' },
    },
    {
      name: 'a route that Terraform forgets',
      ...network({}, { removed: [{ from: 'aws_route.past', lifecycle: { destroy: false } }] }),
      unproven: { [DATA]: 'aws_route.past of west stays at AWS' },
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
      unproven: { [DATA]: 'north is a stack that the input does not hold', north: 'has no subnet' },
    },
    {
      name: 'a subnet whose tier is hidden',
      ...made(subnet('stray', '${var.given}', { cidr_block: '0.0.0.0/0', ...TO_NAT }), VARIABLE),
      unproven: { 'aws_subnet.stray': 'var.given' },
    },
    {
      name: 'a subnet of gateways that may hold a workload',
      ...made(
        {
          ...subnet('front', 'gateway', { cidr_block: '0.0.0.0/0', ...TO_NAT }),
          aws_instance: { desk: { count: '${var.many}', subnet_id: '${aws_subnet.front.id}' } },
        },
        VARIABLE,
      ),
      unproven: { 'aws_subnet.front': 'aws_instance.desk is no gateway, and may be there' },
    },
    {
      name: 'a subnet whose site is hidden, and who may reach it',
      ...network(
        {
          more: subnet(
            'stray',
            'data',
            { cidr_block: '0.0.0.0/0', ...TO_NAT },
            { availability_zone_id: '${var.given}' },
          ),
        },
        VARIABLE,
        { ...TWO_SITES, network: EXAMPLE_FLOWS.network },
      ),
      unproven: { 'aws_subnet.stray': 'var.given', [DATA]: 'var.given', south: 'has no subnet' },
    },
    {
      name: 'a firewall whose defaults are hidden',
      ...policed({ stateful_default_actions: ['${var.given}'] }, VARIABLE),
      unproven: { [DATA]: 'aws_networkfirewall_firewall_policy.gateway is not proved to inspect (GTW-005)' },
    },
    {
      name: 'a network of which no flow must work',
      ...network({}, {}, { network: {} }),
      unproven: { west: 'has no flow in policy.network.flows that must work' },
    },
    {
      name: 'a network whose flows stay inside',
      ...network({}, {}, { network: { flows: [{ ...PARTNER, to: 'west/data' }] } }),
      unproven: { west: 'has no flow in policy.network.flows that must work' },
    },
  ],
});

it.each([
  ['GTW-001', check],
  ['NET-001', net001],
])('%s has an exception for a way past the firewall not cover more of it by the same hops', (_, control) => {
  const past = (...blocks: readonly string[]) =>
    network({ dataRoutes: blocks.map((cidr_block) => ({ cidr_block, ...TO_NAT })) });
  const approved = past('203.0.113.0/24');
  expect(isCovered(control, approved, approved)).toBe(true);
  expect(isCovered(control, approved, past('203.0.113.0/24', '128.0.0.0/1'))).toBe(false);
  expect(isCovered(control, approved, past('203.0.113.0/24', '198.51.100.0/24'))).toBe(false);
});
