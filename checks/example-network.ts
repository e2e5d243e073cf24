import type { StackJson } from './check.ts';

const ENDPOINT =
  '${one([for s in aws_networkfirewall_firewall.gateway.firewall_status[0].sync_states : s.attachment[0].endpoint_id if s.attachment[0].subnet_id == aws_subnet.gateway.id])}';

const subnet = (tier: string, cidr_block: string) => ({
  vpc_id: '${aws_vpc.ledger.id}',
  cidr_block,
  availability_zone_id: 'euw1-az1',
  tags: { 'ledger:tier': tier },
});

const table = (...routes: readonly object[]) => ({ vpc_id: '${aws_vpc.ledger.id}', route: routes });

const uses = (name: string) => ({
  subnet_id: `\${aws_subnet.${name}.id}`,
  route_table_id: `\${aws_route_table.${name}.id}`,
});

interface Resources {
  readonly [type: string]: { readonly [name: string]: object };
}

/** What an example changes in the network. */
interface Changes {
  /** Further routes of the data subnet. */
  readonly dataRoutes?: readonly object[];
  /** Further resources by type and name, or others instead of those of the network. */
  readonly more?: Resources;
}

/** The network of the site `west`, whose one way out is data -> firewall -> NAT -> Internet. */
export function exampleNetwork({ dataRoutes = [], more = {} }: Changes = {}): StackJson {
  const network = resources(dataRoutes);
  const types = [...new Set([...Object.keys(network), ...Object.keys(more)])];
  return { resource: Object.fromEntries(types.map((type) => [type, { ...network[type], ...more[type] }])) };
}

function resources(dataRoutes: readonly object[]): Resources {
  return {
    aws_vpc: { ledger: { cidr_block: '10.0.0.0/16', enable_dns_support: false } },
    aws_subnet: {
      data: subnet('data', '10.0.1.0/24'),
      gateway: subnet('gateway', '10.0.2.0/24'),
      edge: subnet('gateway', '10.0.3.0/24'),
    },
    aws_internet_gateway: { world: { vpc_id: '${aws_vpc.ledger.id}' } },
    aws_eip: { edge: { domain: 'vpc' } },
    aws_nat_gateway: { edge: { subnet_id: '${aws_subnet.edge.id}', allocation_id: '${aws_eip.edge.id}' } },
    aws_route_table: {
      data: table({ cidr_block: '0.0.0.0/0', vpc_endpoint_id: ENDPOINT }, ...dataRoutes),
      gateway: table({ cidr_block: '0.0.0.0/0', nat_gateway_id: '${aws_nat_gateway.edge.id}' }),
      // What comes back to the data passes the firewall again.
      edge: table(
        { cidr_block: '0.0.0.0/0', gateway_id: '${aws_internet_gateway.world.id}' },
        { cidr_block: '10.0.1.0/24', vpc_endpoint_id: ENDPOINT },
      ),
    },
    aws_route_table_association: { data: uses('data'), gateway: uses('gateway'), edge: uses('edge') },
    aws_networkfirewall_firewall: {
      gateway: {
        name: 'gateway',
        vpc_id: '${aws_vpc.ledger.id}',
        firewall_policy_arn: '${aws_networkfirewall_firewall_policy.gateway.arn}',
        subnet_mapping: [{ subnet_id: '${aws_subnet.gateway.id}' }],
      },
    },
    aws_networkfirewall_firewall_policy: {
      gateway: {
        name: 'gateway',
        firewall_policy: {
          stateless_default_actions: ['aws:forward_to_sfe'],
          stateless_fragment_default_actions: ['aws:forward_to_sfe'],
          stateful_default_actions: ['aws:drop_strict'],
          stateful_engine_options: { rule_order: 'STRICT_ORDER', stream_exception_policy: 'DROP' },
        },
      },
    },
    aws_networkfirewall_logging_configuration: {
      gateway: {
        firewall_arn: '${aws_networkfirewall_firewall.gateway.arn}',
        logging_configuration: {
          log_destination_config: ['FLOW', 'ALERT', 'TLS'].map((log_type) => ({
            log_type,
            log_destination_type: 'S3',
            log_destination: { bucketName: 'ledger-archive' },
          })),
        },
      },
    },
  };
}

/** The policy of the network: what lies outside, and what must work. */
export const EXAMPLE_FLOWS = {
  network: {
    outside: [{ id: 'partner', kind: 'internet', cidrs: ['198.51.100.0/24'], reason: 'Settles payments' }],
    flows: [{ id: 'settlement', from: 'west/data', to: 'partner', protocol: 'tcp', port: 443, reason: 'Payments' }],
  },
};
