import { describe, expect, test } from 'vitest';
import { networkOf, ONE_VPC, relaysOf, unmodelledIn } from '../../../support/network-ways.ts';

const GROUP = { aws_security_group: { door: { vpc_id: '${aws_vpc.main.id}' } } };
const GROUPS = ['${aws_security_group.door.id}'];

describe('Verified Access', () => {
  const instance = {
    aws_verifiedaccess_instance: { staff: {} },
    aws_verifiedaccess_group: { staff: { verifiedaccess_instance_id: '${aws_verifiedaccess_instance.staff.id}' } },
  };
  const endpoint = (options: object) =>
    networkOf({
      ...ONE_VPC,
      ...GROUP,
      ...instance,
      aws_lb: {
        desk: {
          internal: true,
          load_balancer_type: 'application',
          subnets: ['${aws_subnet.app.id}'],
          security_groups: GROUPS,
        },
      },
      aws_verifiedaccess_endpoint: {
        desk: {
          attachment_type: 'vpc',
          security_group_ids: GROUPS,
          verified_access_group_id: '${aws_verifiedaccess_group.staff.id}',
          ...options,
        },
      },
    });

  test('lets the Internet in to the balancer, by the instance that a policy declares', () => {
    const topology = endpoint({
      endpoint_type: 'load-balancer',
      load_balancer_options: {
        load_balancer_arn: '${aws_lb.desk.arn}',
        port: 443,
        protocol: 'https',
        subnet_ids: ['${aws_subnet.app.id}'],
      },
    });
    expect(relaysOf(topology, 'verified-access')).toStrictEqual([
      'the Internet tcp/443 -> from aws_verifiedaccess_endpoint.desk to aws_lb.desk.private_ip in aws_subnet.app of west tcp/443',
    ]);
    const relay = topology.relays.find(({ kind }) => kind === 'verified-access');
    expect(relay?.owner?.address).toBe('aws_verifiedaccess_instance.staff');
  });

  test('reaches a block of addresses on ranges of ports', () => {
    const topology = endpoint({
      endpoint_type: 'cidr',
      cidr_options: {
        cidr: '10.0.9.0/24',
        protocol: 'tcp',
        subnet_ids: ['${aws_subnet.app.id}'],
        port_range: [{ from_port: 5432, to_port: 5433 }],
      },
    });
    expect(relaysOf(topology, 'verified-access')).toStrictEqual([
      'the Internet tcp -> from aws_verifiedaccess_endpoint.desk to 10.0.9.0/24 tcp/5432-5433',
    ]);
  });

  test('is not modelled where its subnet is hidden, and may reach anything where its balancer is', () => {
    const topology = endpoint({
      endpoint_type: 'load-balancer',
      load_balancer_options: {
        load_balancer_arn: '${var.desk}',
        port: 443,
        protocol: 'https',
        subnet_ids: '${var.where}',
      },
    });
    expect(unmodelledIn(topology)).toContain(
      'aws_verifiedaccess_endpoint.desk: opens connections from a subnet that the input does not show',
    );
    const known = endpoint({
      endpoint_type: 'load-balancer',
      load_balancer_options: {
        load_balancer_arn: '${var.desk}',
        port: 443,
        protocol: 'https',
        subnet_ids: ['${aws_subnet.app.id}'],
      },
    });
    expect(relaysOf(known, 'verified-access')).toStrictEqual([
      'the Internet tcp/443 -> from aws_verifiedaccess_endpoint.desk to ? tcp/443',
    ]);
  });
});

describe('Client VPN', () => {
  const vpn = (parts: { readonly [type: string]: unknown }, arguments_: object = {}) =>
    relaysOf(
      networkOf({
        ...ONE_VPC,
        ...GROUP,
        aws_ec2_client_vpn_endpoint: {
          staff: {
            client_cidr_block: '172.20.0.0/22',
            vpc_id: '${aws_vpc.main.id}',
            security_group_ids: GROUPS,
            ...arguments_,
          },
        },
        ...parts,
      }),
      'client-vpn',
    );
  const own = { client_vpn_endpoint_id: '${aws_ec2_client_vpn_endpoint.staff.id}' };
  const association = {
    aws_ec2_client_vpn_network_association: { a: { ...own, subnet_id: '${aws_subnet.app.id}' } },
  };
  const rule = (target_network_cidr: string) => ({
    aws_ec2_client_vpn_authorization_rule: { a: { ...own, target_network_cidr, authorize_all_groups: true } },
  });

  test('reaches what is both authorised and routed', () => {
    expect(vpn({ ...association, ...rule('10.0.1.0/24') })).toStrictEqual([
      'the Internet udp/443 -> from aws_ec2_client_vpn_network_association.a to 10.0.1.0/24 *',
    ]);
    expect(vpn({ ...association, ...rule('0.0.0.0/0') }, { transport_protocol: 'tcp', vpn_port: 1194 })).toStrictEqual([
      'the Internet tcp/1194 -> from aws_ec2_client_vpn_network_association.a to 10.0.0.0/16 *',
    ]);
    const route = {
      aws_ec2_client_vpn_route: {
        a: { ...own, destination_cidr_block: '10.9.0.0/16', target_vpc_subnet_id: '${aws_subnet.app.id}' },
      },
    };
    expect(vpn({ ...association, ...rule('10.9.0.0/16'), ...route })).toStrictEqual([
      'the Internet udp/443 -> from aws_ec2_client_vpn_network_association.a to 10.9.0.0/16 *',
    ]);
  });

  test('reaches nothing without a rule, and is nowhere without an association', () => {
    expect(vpn(association)).toStrictEqual([
      'the Internet udp/443 -> from aws_ec2_client_vpn_network_association.a to  *',
    ]);
    expect(vpn(rule('0.0.0.0/0'))).toStrictEqual([]);
  });

  test('may be joined by an association whose endpoint is hidden', () => {
    const hidden = {
      aws_ec2_client_vpn_network_association: {
        a: { client_vpn_endpoint_id: '${var.endpoint}', subnet_id: '${aws_subnet.app.id}' },
      },
    };
    expect(vpn({ ...hidden, ...rule('10.0.1.0/24') })).toStrictEqual([
      'the Internet udp/443 -> from aws_ec2_client_vpn_network_association.a to 10.0.1.0/24 * ? var.endpoint',
    ]);
  });
});

test('an instance connect endpoint lets whoever may sign in reach SSH and remote desktop', () => {
  const relays = (more: object): readonly string[] =>
    relaysOf(
      networkOf(
        {
          ...ONE_VPC,
          aws_ec2_instance_connect_endpoint: { a: { subnet_id: '${aws_subnet.app.id}', ...more } },
        },
        { variable: { x: {} } },
      ),
      'instance-connect',
    );
  const exit = 'from aws_ec2_instance_connect_endpoint.a to 10.0.0.0/16 ? tcp/22,tcp/3389';
  expect(relays({ preserve_client_ip: false })).toStrictEqual([`the Internet tcp/443 -> ${exit}`]);
  expect(relays({ preserve_client_ip: true })).toStrictEqual([`the Internet tcp/443 -> ${exit} as the client`]);
  expect(relays({ preserve_client_ip: '${var.x}' })).toStrictEqual([
    `the Internet tcp/443 -> ${exit} perhaps as the client`,
  ]);
  // What AWS does when nothing is said has changed: either.
  expect(relays({})).toStrictEqual([`the Internet tcp/443 -> ${exit} + ${exit} as the client`]);
});
