import { addVpc, attach, textHash, TRANSIT_GATEWAY, TRANSIT_TABLES, way } from './generated-vpc.ts';
import { blockOf, ENCLAVE_BLOCK, type GeneratedSite } from './network-site.ts';
import { id, type StackBody } from './stack-body.ts';

/** Where the leak of a network is: the subnet that leaks, and the route by which it does. */
export interface Leak {
  readonly subnet: string;
  readonly route: string;
}

const SUBNETS = 12;
const GROUPS = 15;
const INSTANCES = 18;
const INTERFACES = 9;
const PORTS = [443, 5432, 8080, 9443];

/** A VPC of the enclave, whose only way out is the transit gateway: subnets, groups, hosts, a balancer, endpoints. */
export function spoke(stack: StackBody, site: GeneratedSite, number: number): void {
  const name = `spoke-${number}`;
  const own = site.firstVpc + number;
  const vpc = addVpc(stack, { name, block: blockOf(own) });
  const subnets = Array.from({ length: SUBNETS }, (_, index) =>
    vpc.addSubnet({
      zone: site.zones[index % site.zones.length] ?? '',
      tier: index < SUBNETS / 2 ? 'workload' : 'data',
      block: blockOf(own, index),
    }),
  );
  for (const subnet of subnets) way(stack, subnet, '0.0.0.0/0', { transit_gateway_id: id(TRANSIT_GATEWAY) });
  const attachment = attach(stack, {
    vpc: vpc.address,
    subnets: subnets.slice(0, site.zones.length),
    table: TRANSIT_TABLES.enclave,
  });
  stack.add('aws_ec2_transit_gateway_route_table_propagation', name, {
    transit_gateway_attachment_id: id(attachment),
    transit_gateway_route_table_id: id(TRANSIT_TABLES.outbound),
  });
  const groups = addGroups(stack, { name, vpc: vpc.address, block: blockOf(own) });
  const common = addCommonGroup(stack, name, vpc.address);
  const groupOf = (index: number): readonly string[] => [id(groups[index % GROUPS] ?? ''), id(common)];
  for (let index = 0; index < INSTANCES; index++) {
    const subnet = index % SUBNETS;
    stack.add('aws_instance', `${name}-${index}`, {
      ami: 'ami-0123456789abcdef0',
      instance_type: 'm7g.large',
      subnet_id: id(subnets[subnet] ?? ''),
      vpc_security_group_ids: groupOf(index),
      // Of every other one only AWS knows the address.
      ...(index % 2 === 0 ? {} : { private_ip: addressIn(own, subnet, 20 + index) }),
    });
  }
  for (let index = 0; index < INTERFACES; index++) {
    const subnet = (index * 5) % SUBNETS;
    stack.add('aws_network_interface', `${name}-${index}`, {
      subnet_id: id(subnets[subnet] ?? ''),
      private_ips: [addressIn(own, subnet, 60 + index)],
      security_groups: groupOf(index + 7),
    });
  }
  addBalancer(stack, { name, vpc: vpc.address, subnets: subnets.slice(0, 3), groups: groupOf(3) });
  addEndpoints(stack, { site, name, vpc: vpc.address, subnets, groups: groupOf(5) });
}

/** Each lets in two kinds of clients, every third by their group, and out to one port of the enclave. */
function addGroups(
  stack: StackBody,
  { name, vpc, block }: { readonly name: string; readonly vpc: string; readonly block: string },
): readonly string[] {
  const groups: string[] = [];
  for (let index = 0; index < GROUPS; index++) {
    const label = `${name}-${index}`;
    const group = stack.add('aws_security_group', label, { description: label, vpc_id: id(vpc) });
    groups.push(group);
    const hash = textHash(label);
    const port = (offset: number): object => {
      const number = PORTS[(hash + offset) % PORTS.length] ?? 443;
      return { ip_protocol: 'tcp', from_port: number, to_port: number };
    };
    const before = groups[index - 1];
    stack.add('aws_vpc_security_group_ingress_rule', `${label}-a`, {
      security_group_id: id(group),
      ...(before !== undefined && index % 3 === 0
        ? { referenced_security_group_id: id(before) }
        : { cidr_ipv4: block }),
      ...port(0),
    });
    stack.add('aws_vpc_security_group_ingress_rule', `${label}-b`, {
      security_group_id: id(group),
      cidr_ipv4: `10.${hash % 40}.${(hash % 64) * 4}.0/22`,
      ...port(1),
    });
    stack.add('aws_vpc_security_group_egress_rule', label, {
      security_group_id: id(group),
      cidr_ipv4: index % 3 === 0 ? '0.0.0.0/0' : ENCLAVE_BLOCK,
      ...port(2),
    });
  }
  return groups;
}

/** What every host carries: to and from the ledger, and to the world. */
function addCommonGroup(stack: StackBody, name: string, vpc: string): string {
  const label = `${name}-common`;
  const group = stack.add('aws_security_group', label, { description: label, vpc_id: id(vpc) });
  const ledger = { ip_protocol: 'tcp', from_port: 5432, to_port: 5432, cidr_ipv4: ENCLAVE_BLOCK };
  stack.add('aws_vpc_security_group_ingress_rule', label, { security_group_id: id(group), ...ledger });
  stack.add('aws_vpc_security_group_egress_rule', label, { security_group_id: id(group), ...ledger });
  stack.add('aws_vpc_security_group_egress_rule', `${label}-out`, {
    security_group_id: id(group),
    cidr_ipv4: '0.0.0.0/0',
    ip_protocol: 'tcp',
    from_port: 443,
    to_port: 443,
  });
  return group;
}

interface Attached {
  readonly name: string;
  readonly vpc: string;
  readonly subnets: readonly string[];
  readonly groups: readonly string[];
}

function addBalancer(stack: StackBody, { name, vpc, subnets, groups }: Attached): void {
  const balancer = stack.add('aws_lb', name, {
    internal: true,
    load_balancer_type: 'application',
    security_groups: groups,
    subnets: subnets.map(id),
  });
  const targets = stack.add('aws_lb_target_group', name, {
    port: 8080,
    protocol: 'HTTP',
    target_type: 'instance',
    vpc_id: id(vpc),
  });
  stack.add('aws_lb_listener', name, {
    load_balancer_arn: `\${${balancer}.arn}`,
    port: 443,
    protocol: 'HTTPS',
    default_action: [{ type: 'forward', target_group_arn: `\${${targets}.arn}` }],
  });
  for (let index = 0; index < 2; index++) {
    stack.add('aws_lb_target_group_attachment', `${name}-${index}`, {
      target_group_arn: `\${${targets}.arn}`,
      target_id: id(`aws_instance.${name}-${index}`),
      port: 8080,
    });
  }
}

function addEndpoints(
  stack: StackBody,
  { site, name, vpc, subnets, groups }: Attached & { readonly site: GeneratedSite },
): void {
  stack.add('aws_vpc_endpoint', `${name}-s3`, {
    service_name: `com.amazonaws.${site.region}.s3`,
    vpc_endpoint_type: 'Gateway',
    vpc_id: id(vpc),
    route_table_ids: subnets.map((subnet) => id(subnet.replace('aws_subnet', 'aws_route_table'))),
  });
  for (const service of ['kms', 'logs']) {
    stack.add('aws_vpc_endpoint', `${name}-${service}`, {
      service_name: `com.amazonaws.${site.region}.${service}`,
      vpc_endpoint_type: 'Interface',
      vpc_id: id(vpc),
      subnet_ids: subnets.slice(0, 3).map(id),
      security_group_ids: groups,
    });
  }
}

/** Gives a subnet of a VPC a route of its own to the Internet, and a host in it that can take the route. */
export function plantLeak(stack: StackBody, spokeNumber: number): Leak {
  const name = `spoke-${spokeNumber}-7`;
  const subnet = `aws_subnet.${name}`;
  const internet = stack.add('aws_internet_gateway', 'leak', { vpc_id: `\${aws_vpc.spoke-${spokeNumber}.id}` });
  const route = stack.add('aws_route', 'leak', {
    route_table_id: `\${aws_route_table.${name}.id}`,
    destination_cidr_block: '93.184.216.0/24',
    gateway_id: id(internet),
  });
  stack.add('aws_instance', 'leak', {
    ami: 'ami-0123456789abcdef0',
    instance_type: 'm7g.large',
    subnet_id: id(subnet),
    associate_public_ip_address: true,
    vpc_security_group_ids: [`\${aws_security_group.spoke-${spokeNumber}-0.id}`],
  });
  return { subnet: `${stack.name}: ${subnet}`, route: `${stack.name}: ${route}` };
}

function addressIn(vpc: number, subnet: number, host: number): string {
  return blockOf(vpc, subnet).replace(/0\/22$/, String(host));
}
