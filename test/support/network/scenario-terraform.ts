import { type Ports, type RouteDrawing, type Scenario } from './scenario.ts';

type Blocks = { readonly [name: string]: object };

/** The stack that makes a drawn network; every address is written, so that nothing about it is unknown. */
export function terraformOf(scenario: Scenario): { readonly resource: { readonly [type: string]: Blocks } } {
  const { vpcs, subnets, tables, acls, groups, hosts, nats, firewalls, peerings, transit } = scenario;
  const vpcOf = (subnet: string) => subnets.find(({ id }) => id === subnet)?.vpc ?? '';
  const edges = new Map(vpcs.flatMap(({ id, edgeTable }) => (edgeTable === null ? [] : [[edgeTable, id] as const])));
  return {
    resource: {
      aws_vpc: named(vpcs, ({ v4, v6 }) => ({ cidr_block: v4, ipv6_cidr_block: v6, enable_dns_support: false })),
      aws_subnet: named(subnets, ({ vpc, v4, v6, zone }) => ({
        vpc_id: `\${aws_vpc.${vpc}.id}`,
        cidr_block: v4,
        ipv6_cidr_block: v6,
        availability_zone: `eu-west-1${zone}`,
      })),
      aws_internet_gateway: named(
        vpcs.filter(({ hasInternetGateway }) => hasInternetGateway),
        ({ id }) => ({ vpc_id: `\${aws_vpc.${id}.id}` }),
      ),
      aws_egress_only_internet_gateway: named(
        vpcs.filter(({ hasEgressOnlyGateway }) => hasEgressOnlyGateway),
        ({ id }) => ({ vpc_id: `\${aws_vpc.${id}.id}` }),
      ),
      aws_route_table: named(tables, ({ vpc, routes }) => ({
        vpc_id: `\${aws_vpc.${vpc}.id}`,
        route: routes.map(routeBlock),
      })),
      aws_route_table_association: {
        ...named(
          subnets.filter(({ table }) => table !== null),
          ({ id, table }) => ({
            subnet_id: `\${aws_subnet.${id}.id}`,
            route_table_id: `\${aws_route_table.${table}.id}`,
          }),
        ),
        ...Object.fromEntries(
          Array.from(edges, ([table, vpc]) => [
            table,
            { gateway_id: `\${aws_internet_gateway.${vpc}.id}`, route_table_id: `\${aws_route_table.${table}.id}` },
          ]),
        ),
      },
      aws_main_route_table_association: named(
        vpcs.filter(({ mainTable }) => mainTable !== null),
        ({ id, mainTable }) => ({
          vpc_id: `\${aws_vpc.${id}.id}`,
          route_table_id: `\${aws_route_table.${mainTable}.id}`,
        }),
      ),
      aws_network_acl: named(acls, ({ id, vpc, rules }) => ({
        vpc_id: `\${aws_vpc.${vpc}.id}`,
        subnet_ids: subnets.filter(({ acl }) => acl === id).map((subnet) => `\${aws_subnet.${subnet.id}.id}`),
        ...Object.fromEntries(
          [true, false].map((egress) => [
            egress ? 'egress' : 'ingress',
            rules
              .filter((rule) => rule.egress === egress)
              .map(({ number, allows, cidr, ports }) => ({
                rule_no: number,
                action: allows ? 'allow' : 'deny',
                ...(cidr.includes(':') ? { ipv6_cidr_block: cidr } : { cidr_block: cidr }),
                ...(ports === 'all'
                  ? { protocol: '-1', from_port: 0, to_port: 0 }
                  : { protocol: 'tcp', from_port: ports.from, to_port: ports.to }),
              })),
          ]),
        ),
      })),
      aws_security_group: named(groups, ({ vpc }) => ({ vpc_id: `\${aws_vpc.${vpc}.id}` })),
      ...Object.fromEntries(
        [true, false].map((egress) => [
          `aws_vpc_security_group_${egress ? 'egress' : 'ingress'}_rule`,
          Object.fromEntries(
            groups.flatMap(({ id, rules }) =>
              rules
                .map((rule, index) => ({ rule, index }))
                .filter(({ rule }) => rule.egress === egress)
                .map(({ rule: { peer, ports }, index }) => [
                  `${id}_${index}`,
                  { security_group_id: `\${aws_security_group.${id}.id}`, ...peerOf(peer), ...portsOf(ports) },
                ]),
            ),
          ),
        ]),
      ),
      aws_network_interface: named(hosts, ({ subnet, v4, v6, groups: carried, forwards }) => ({
        subnet_id: `\${aws_subnet.${subnet}.id}`,
        private_ips: [v4],
        ipv6_addresses: [v6],
        security_groups: carried.map((group) => `\${aws_security_group.${group}.id}`),
        source_dest_check: !forwards,
      })),
      aws_eip: {
        ...named(
          hosts.filter(({ isPublic }) => isPublic),
          ({ id }) => ({ domain: 'vpc', network_interface: `\${aws_network_interface.${id}.id}` }),
        ),
        ...named(
          nats.filter(({ isPublic }) => isPublic),
          () => ({ domain: 'vpc' }),
        ),
      },
      aws_nat_gateway: named(nats, ({ id, subnet, address, isPublic }) => ({
        subnet_id: `\${aws_subnet.${subnet}.id}`,
        private_ip: address,
        ...(isPublic ? { allocation_id: `\${aws_eip.${id}.id}` } : { connectivity_type: 'private' }),
      })),
      aws_networkfirewall_firewall: named(firewalls, ({ id, subnet }) => ({
        name: id,
        vpc_id: `\${aws_vpc.${vpcOf(subnet)}.id}`,
        firewall_policy_arn: 'arn:aws:network-firewall:eu-west-1:111111111111:firewall-policy/other',
        subnet_mapping: [{ subnet_id: `\${aws_subnet.${subnet}.id}` }],
      })),
      aws_vpc_peering_connection: named(peerings, ({ vpcs: [first, second] }) => ({
        vpc_id: `\${aws_vpc.${first}.id}`,
        peer_vpc_id: `\${aws_vpc.${second}.id}`,
        auto_accept: true,
      })),
      ...(transit === null ? {} : transitBlocks(transit)),
    },
  };

  function routeBlock({ destination, target }: RouteDrawing): object {
    const to = destination.includes(':') ? { ipv6_cidr_block: destination } : { cidr_block: destination };
    switch (target.kind) {
      case 'internet':
        return { ...to, gateway_id: `\${aws_internet_gateway.${target.id}.id}` };
      case 'egress-only':
        return { ...to, egress_only_gateway_id: `\${aws_egress_only_internet_gateway.${target.id}.id}` };
      case 'nat':
        return { ...to, nat_gateway_id: `\${aws_nat_gateway.${target.id}.id}` };
      case 'host':
        return { ...to, network_interface_id: `\${aws_network_interface.${target.id}.id}` };
      case 'firewall':
        return { ...to, vpc_endpoint_id: endpointOf(target.id) };
      case 'peering':
        return { ...to, vpc_peering_connection_id: `\${aws_vpc_peering_connection.${target.id}.id}` };
      case 'transit':
        return { ...to, transit_gateway_id: '${aws_ec2_transit_gateway.tgw.id}' };
    }
  }

  function endpointOf(firewall: string): string {
    const subnet = firewalls.find(({ id }) => id === firewall)?.subnet ?? '';
    const states = `aws_networkfirewall_firewall.${firewall}.firewall_status[0].sync_states`;
    return `\${one([for s in ${states} : s.attachment[0].endpoint_id if s.attachment[0].subnet_id == aws_subnet.${subnet}.id])}`;
  }
}

function transitBlocks({ tables, attachments }: NonNullable<Scenario['transit']>): { readonly [type: string]: Blocks } {
  const attachmentId = (vpc: string) => `\${aws_ec2_transit_gateway_vpc_attachment.${vpc}.id}`;
  const tableId = (id: string) => `\${aws_ec2_transit_gateway_route_table.${id}.id}`;
  return {
    aws_ec2_transit_gateway: {
      tgw: { default_route_table_association: 'disable', default_route_table_propagation: 'disable' },
    },
    aws_ec2_transit_gateway_route_table: named(tables, () => ({
      transit_gateway_id: '${aws_ec2_transit_gateway.tgw.id}',
    })),
    aws_ec2_transit_gateway_vpc_attachment: Object.fromEntries(
      attachments.map(({ vpc, subnets, applianceMode }) => [
        vpc,
        {
          transit_gateway_id: '${aws_ec2_transit_gateway.tgw.id}',
          vpc_id: `\${aws_vpc.${vpc}.id}`,
          subnet_ids: subnets.map((subnet) => `\${aws_subnet.${subnet}.id}`),
          ipv6_support: 'enable',
          appliance_mode_support: applianceMode ? 'enable' : 'disable',
          transit_gateway_default_route_table_association: false,
          transit_gateway_default_route_table_propagation: false,
        },
      ]),
    ),
    aws_ec2_transit_gateway_route_table_association: Object.fromEntries(
      attachments.flatMap(({ vpc, table }) =>
        table === null
          ? []
          : [
              [
                vpc,
                { transit_gateway_attachment_id: attachmentId(vpc), transit_gateway_route_table_id: tableId(table) },
              ],
            ],
      ),
    ),
    aws_ec2_transit_gateway_route_table_propagation: Object.fromEntries(
      attachments.flatMap(({ vpc, propagatesTo }) =>
        propagatesTo.map((table) => [
          `${vpc}_${table}`,
          { transit_gateway_attachment_id: attachmentId(vpc), transit_gateway_route_table_id: tableId(table) },
        ]),
      ),
    ),
    aws_ec2_transit_gateway_route: Object.fromEntries(
      tables.flatMap(({ id, routes }) =>
        routes.map(({ destination, vpc }, index) => [
          `${id}_${index}`,
          {
            transit_gateway_route_table_id: tableId(id),
            destination_cidr_block: destination,
            ...(vpc === null ? { blackhole: true } : { transit_gateway_attachment_id: attachmentId(vpc) }),
          },
        ]),
      ),
    ),
  };
}

function peerOf(peer: { readonly cidr: string } | { readonly group: string }): object {
  if ('group' in peer) return { referenced_security_group_id: `\${aws_security_group.${peer.group}.id}` };
  return peer.cidr.includes(':') ? { cidr_ipv6: peer.cidr } : { cidr_ipv4: peer.cidr };
}

function portsOf(ports: Ports): object {
  return ports === 'all' ? { ip_protocol: '-1' } : { ip_protocol: 'tcp', from_port: ports.from, to_port: ports.to };
}

function named<Item extends { readonly id: string }>(items: readonly Item[], block: (item: Item) => object): Blocks {
  return Object.fromEntries(items.map((item) => [item.id, block(item)]));
}
