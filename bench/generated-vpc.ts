import { id, type StackBody } from './stack-body.ts';

export const TRANSIT_GATEWAY = 'aws_ec2_transit_gateway.main';

/** Where what comes from a VPC, from the hub and from other sites is sent on. */
export const TRANSIT_TABLES = {
  enclave: 'aws_ec2_transit_gateway_route_table.enclave',
  outbound: 'aws_ec2_transit_gateway_route_table.outbound',
  inbound: 'aws_ec2_transit_gateway_route_table.inbound',
} as const;

const ACL_RULES = 5;

export interface GeneratedVpc {
  readonly address: string;
  /** Adds a subnet with a table of its own, and gives its address. */
  addSubnet(subnet: { readonly zone: string; readonly tier: string; readonly block: string }): string;
}

/** A VPC whose defaults are closed, and which three network ACLs divide. */
export function addVpc(
  stack: StackBody,
  { name, block }: { readonly name: string; readonly block: string },
): GeneratedVpc {
  const address = stack.add('aws_vpc', name, {
    cidr_block: block,
    // Resolvers are no way out then. Names are for other controls.
    enable_dns_support: false,
    tags: { Name: name },
  });
  stack.add('aws_default_security_group', name, { vpc_id: id(address), ingress: [], egress: [] });
  stack.add('aws_default_network_acl', name, {
    default_network_acl_id: `\${${address}.default_network_acl_id}`,
    ingress: [],
    egress: [],
  });
  stack.add('aws_default_route_table', name, {
    default_route_table_id: `\${${address}.default_route_table_id}`,
    route: [],
  });
  const acls = [0, 1, 2].map((number) => addAcl(stack, address, `${name}-${number}`));
  let subnets = 0;
  return {
    address,
    addSubnet({ zone, tier, block: own }) {
      const number = subnets++;
      const label = `${name}-${number}`;
      const subnet = stack.add('aws_subnet', label, {
        availability_zone_id: zone,
        cidr_block: own,
        tags: { Name: label, 'ledger:tier': tier },
        vpc_id: id(address),
      });
      const table = stack.add('aws_route_table', label, { vpc_id: id(address), tags: { 'ledger:tier': tier } });
      stack.add('aws_route_table_association', label, { route_table_id: id(table), subnet_id: id(subnet) });
      stack.add('aws_network_acl_association', label, {
        network_acl_id: id(acls[Math.floor(number / 4) % 3] ?? ''),
        subnet_id: id(subnet),
      });
      return subnet;
    },
  };
}

/** Denies some of the world, and permits all else. */
function addAcl(stack: StackBody, vpc: string, name: string): string {
  const acl = stack.add('aws_network_acl', name, { vpc_id: id(vpc) });
  for (const egress of [false, true]) {
    for (let number = 0; number < ACL_RULES; number++) {
      const isLast = number === ACL_RULES - 1;
      stack.add('aws_network_acl_rule', `${name}-${egress ? 'out' : 'in'}-${number}`, {
        network_acl_id: id(acl),
        egress,
        rule_number: 100 + number * 10,
        rule_action: isLast ? 'allow' : 'deny',
        cidr_block: isLast ? '0.0.0.0/0' : `${20 + (textHash(name) % 90)}.${number * 40}.0.0/16`,
        protocol: isLast ? '-1' : 'tcp',
        ...(isLast ? {} : { from_port: 0, to_port: 65_535 }),
      });
    }
  }
  return acl;
}

/** An attachment of a VPC to the transit gateway of the site, in one zone per subnet. */
export function attach(
  stack: StackBody,
  { vpc, subnets, table }: { readonly vpc: string; readonly subnets: readonly string[]; readonly table: string },
): string {
  const [, name = ''] = vpc.split('.');
  const attachment = stack.add('aws_ec2_transit_gateway_vpc_attachment', name, {
    appliance_mode_support: 'enable',
    subnet_ids: subnets.map(id),
    transit_gateway_default_route_table_association: false,
    transit_gateway_default_route_table_propagation: false,
    transit_gateway_id: id(TRANSIT_GATEWAY),
    vpc_id: id(vpc),
  });
  stack.add('aws_ec2_transit_gateway_route_table_association', name, {
    transit_gateway_attachment_id: id(attachment),
    transit_gateway_route_table_id: id(table),
  });
  return attachment;
}

/** A route in the table of a subnet. */
export function way(stack: StackBody, subnet: string, block: string, target: { readonly [key: string]: string }): void {
  const [, name = ''] = subnet.split('.');
  const [first = ''] = block.split('.');
  stack.add('aws_route', `${name}-to-${first}`, {
    route_table_id: `\${aws_route_table.${name}.id}`,
    destination_cidr_block: block,
    ...target,
  });
}

/** A number that is the same for the same text in every run. */
export function textHash(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) >>> 0;
  return hash;
}
