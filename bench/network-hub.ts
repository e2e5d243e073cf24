import { addVpc, attach, TRANSIT_GATEWAY, TRANSIT_TABLES, way } from './generated-vpc.ts';
import { blockOf, ENCLAVE_BLOCK, type GeneratedSite } from './network-site.ts';
import { id, type StackBody } from './stack-body.ts';

const ANYWHERE = '0.0.0.0/0';
const ARCHIVE = 'ledger-archive';

/**
 * The transit gateway of a site, and the VPC through which everything that leaves it goes: from where it lands by a
 * firewall, then to the world by NAT gateways or to the other sites by the transit gateway.
 */
export function hub(stack: StackBody, site: GeneratedSite): void {
  addTransitGateway(stack);
  const vpc = addVpc(stack, { name: 'hub', block: blockOf(site.firstVpc) });
  const [landings = [], inspected = [], edges = []] = ['transit', 'gateway', 'gateway'].map((tier, index) =>
    site.zones.map((zone, position) =>
      vpc.addSubnet({ zone, tier, block: blockOf(site.firstVpc, index * 4 + position) }),
    ),
  );
  const internet = stack.add('aws_internet_gateway', 'world', { vpc_id: id(vpc.address) });
  addFirewall(stack, vpc.address, inspected);
  for (const [index, landing] of landings.entries()) {
    const [gateway = '', edge = ''] = [inspected[index], edges[index]];
    const endpoint = endpointIn(gateway);
    const address = stack.add('aws_eip', `nat-${index}`, { domain: 'vpc' });
    const nat = stack.add('aws_nat_gateway', `nat-${index}`, { allocation_id: id(address), subnet_id: id(edge) });
    way(stack, landing, ANYWHERE, { vpc_endpoint_id: endpoint });
    way(stack, gateway, ANYWHERE, { nat_gateway_id: id(nat) });
    way(stack, gateway, ENCLAVE_BLOCK, { transit_gateway_id: id(TRANSIT_GATEWAY) });
    way(stack, edge, ANYWHERE, { gateway_id: id(internet) });
    // What comes back from the world passes the firewall again.
    way(stack, edge, ENCLAVE_BLOCK, { vpc_endpoint_id: endpoint });
  }
  const attachment = attach(stack, { vpc: vpc.address, subnets: landings, table: TRANSIT_TABLES.outbound });
  for (const [name, table] of [
    ['enclave', TRANSIT_TABLES.enclave],
    ['inbound', TRANSIT_TABLES.inbound],
  ] as const) {
    stack.add('aws_ec2_transit_gateway_route', `${name}-to-hub`, {
      destination_cidr_block: ANYWHERE,
      transit_gateway_attachment_id: id(attachment),
      transit_gateway_route_table_id: id(table),
    });
  }
}

function addTransitGateway(stack: StackBody): void {
  stack.add('aws_ec2_transit_gateway', 'main', {
    auto_accept_shared_attachments: 'disable',
    default_route_table_association: 'disable',
    default_route_table_propagation: 'disable',
    dns_support: 'disable',
  });
  stack.output(`${TRANSIT_GATEWAY}.id`);
  for (const table of Object.keys(TRANSIT_TABLES)) {
    stack.add('aws_ec2_transit_gateway_route_table', table, { transit_gateway_id: id(TRANSIT_GATEWAY) });
    stack.output(`aws_ec2_transit_gateway_route_table.${table}.id`);
  }
}

function addFirewall(stack: StackBody, vpc: string, subnets: readonly string[]): void {
  stack.add('aws_networkfirewall_firewall_policy', 'gateway', {
    name: 'gateway',
    firewall_policy: {
      stateless_default_actions: ['aws:forward_to_sfe'],
      stateless_fragment_default_actions: ['aws:forward_to_sfe'],
      stateful_default_actions: ['aws:drop_strict'],
      stateful_engine_options: { rule_order: 'STRICT_ORDER', stream_exception_policy: 'DROP' },
    },
  });
  stack.add('aws_networkfirewall_firewall', 'gateway', {
    name: 'gateway',
    firewall_policy_arn: '${aws_networkfirewall_firewall_policy.gateway.arn}',
    vpc_id: id(vpc),
    subnet_mapping: subnets.map((subnet) => ({ subnet_id: id(subnet) })),
  });
  stack.add('aws_networkfirewall_logging_configuration', 'gateway', {
    firewall_arn: '${aws_networkfirewall_firewall.gateway.arn}',
    logging_configuration: {
      log_destination_config: ['FLOW', 'ALERT', 'TLS'].map((log_type) => ({
        log_type,
        log_destination_type: 'S3',
        log_destination: { bucketName: ARCHIVE },
      })),
    },
  });
}

/** The endpoint of the firewall in a subnet, as CDKTF and people write it. */
function endpointIn(subnet: string): string {
  return `\${one([for s in aws_networkfirewall_firewall.gateway.firewall_status[0].sync_states : s.attachment[0].endpoint_id if s.attachment[0].subnet_id == ${subnet}.id])}`;
}
