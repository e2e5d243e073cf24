import { describe, expect, test } from 'vitest';
import { networkOf, ONE_VPC, relaysOf, unmodelledIn } from '../../../support/network-ways.ts';

const BALANCER = {
  aws_lb: { front: { internal: true, load_balancer_type: 'network', subnets: ['${aws_subnet.app.id}'] } },
};
const FRONT = '${aws_lb.front.arn}';

/** A balancer behind a group that lets some addresses in. */
const guarded = (cidr_blocks: readonly string[]) => ({
  aws_security_group: {
    front: {
      vpc_id: '${aws_vpc.main.id}',
      ingress: [{ protocol: 'tcp', from_port: 443, to_port: 443, cidr_blocks }],
    },
  },
  aws_lb: {
    front: {
      internal: true,
      load_balancer_type: 'application',
      subnets: ['${aws_subnet.app.id}'],
      security_groups: ['${aws_security_group.front.id}'],
    },
  },
});

describe('Global Accelerator', () => {
  const accelerated = (endpoint_id: string) => ({
    aws_globalaccelerator_accelerator: { a: { name: 'a' } },
    aws_globalaccelerator_listener: {
      a: {
        accelerator_arn: '${aws_globalaccelerator_accelerator.a.arn}',
        protocol: 'TCP',
        port_range: [{ from_port: 443, to_port: 443 }],
      },
    },
    aws_globalaccelerator_endpoint_group: {
      a: { listener_arn: '${aws_globalaccelerator_listener.a.arn}', endpoint_configuration: [{ endpoint_id }] },
    },
  });

  test('brings the Internet to a private balancer', () => {
    expect(relaysOf(networkOf({ ...ONE_VPC, ...BALANCER, ...accelerated(FRONT) }), 'accelerator')).toStrictEqual([
      'the Internet * -> at aws_lb.front tcp/443',
    ]);
  });

  test('does not get past the groups of its target', () => {
    const relays = (cidr: string) =>
      relaysOf(networkOf({ ...ONE_VPC, ...guarded([cidr]), ...accelerated(FRONT) }), 'accelerator');
    expect(relays('0.0.0.0/0')).toStrictEqual(['the Internet * -> at aws_lb.front tcp/443']);
    expect(relays('192.168.0.0/24')).toStrictEqual(['the Internet * -> at aws_lb.front ']);
    expect(relays('${var.clients}')).toStrictEqual(['the Internet * -> at aws_lb.front ?']);
  });

  test('is stopped by VPC Block Public Access', () => {
    const blocked = {
      aws_vpc_block_public_access_options: { a: { internet_gateway_block_mode: 'block-ingress' } },
    };
    const network = networkOf({ ...ONE_VPC, ...BALANCER, ...accelerated(FRONT), ...blocked });
    expect(network.subnets.map(({ blocksIngress }) => blocksIngress.holds)).toStrictEqual([true]);
    expect(relaysOf(network, 'accelerator')).toStrictEqual([]);
  });

  test('is not modelled where its endpoint is hidden', () => {
    const network = networkOf({ ...ONE_VPC, ...accelerated('${var.front}') });
    expect(unmodelledIn(network)).toStrictEqual([
      'aws_globalaccelerator_endpoint_group.a: brings the Internet to something that the input does not show',
    ]);
  });
});

test('CloudFront brings the Internet to a private origin', () => {
  const origin = {
    aws_cloudfront_vpc_origin: {
      a: {
        vpc_origin_endpoint_config: [
          { arn: FRONT, name: 'a', http_port: 80, https_port: 443, origin_protocol_policy: 'https-only' },
        ],
      },
    },
  };
  expect(relaysOf(networkOf({ ...ONE_VPC, ...BALANCER, ...origin }), 'cdn-origin')).toStrictEqual([
    'the Internet * -> at aws_lb.front tcp/80,tcp/443',
  ]);
});

test('links of APIs bring the Internet into a VPC', () => {
  const rest = { aws_api_gateway_vpc_link: { a: { name: 'a', target_arns: [FRONT] } } };
  const used = { aws_api_gateway_integration: { a: { connection_id: '${aws_api_gateway_vpc_link.a.id}' } } };
  expect(relaysOf(networkOf({ ...ONE_VPC, ...BALANCER, ...rest, ...used }), 'other')).toStrictEqual([
    'the Internet * -> at aws_lb.front tcp',
  ]);
  expect(relaysOf(networkOf({ ...ONE_VPC, ...BALANCER, ...rest }), 'other')).toStrictEqual([
    'the Internet * -> at aws_lb.front tcp ? aws_api_gateway_vpc_link.a',
  ]);
  const link = {
    aws_security_group: { link: { vpc_id: '${aws_vpc.main.id}' } },
    aws_apigatewayv2_vpc_link: {
      a: { name: 'a', subnet_ids: ['${aws_subnet.app.id}'], security_group_ids: ['${aws_security_group.link.id}'] },
    },
  };
  const integration = {
    aws_apigatewayv2_integration: {
      a: {
        integration_type: 'HTTP_PROXY',
        connection_type: 'VPC_LINK',
        connection_id: '${aws_apigatewayv2_vpc_link.a.id}',
      },
    },
  };
  const way = 'the Internet tcp/443 -> from aws_apigatewayv2_vpc_link.a to 10.0.0.0/16 tcp';
  expect(relaysOf(networkOf({ ...ONE_VPC, ...link, ...integration }), 'other')).toStrictEqual([way]);
  expect(relaysOf(networkOf({ ...ONE_VPC, ...link }), 'other')).toStrictEqual([`${way} ? aws_apigatewayv2_vpc_link.a`]);
});

describe('traffic mirroring', () => {
  const mirror = (target: object) => ({
    aws_network_interface: {
      source: { subnet_id: '${aws_subnet.app.id}' },
      sink: { subnet_id: '${aws_subnet.far.id}' },
    },
    aws_vpc: { main: { cidr_block: '10.0.0.0/16' }, far: { cidr_block: '10.1.0.0/16' } },
    aws_subnet: {
      app: { vpc_id: '${aws_vpc.main.id}', cidr_block: '10.0.1.0/24', availability_zone: 'eu-west-1a' },
      far: { vpc_id: '${aws_vpc.far.id}', cidr_block: '10.1.1.0/24', availability_zone: 'eu-west-1a' },
    },
    aws_ec2_traffic_mirror_filter: { a: {} },
    aws_ec2_traffic_mirror_filter_rule: {
      a: { traffic_mirror_filter_id: '${aws_ec2_traffic_mirror_filter.a.id}', rule_action: 'accept' },
    },
    aws_ec2_traffic_mirror_target: { a: target },
    aws_ec2_traffic_mirror_session: {
      a: {
        network_interface_id: '${aws_network_interface.source.id}',
        traffic_mirror_filter_id: '${aws_ec2_traffic_mirror_filter.a.id}',
        traffic_mirror_target_id: '${aws_ec2_traffic_mirror_target.a.id}',
      },
    },
  });

  test('copies what an interface gets, and perhaps what it sends, to another VPC', () => {
    const network = networkOf(mirror({ network_interface_id: '${aws_network_interface.sink.id}' }));
    expect(relaysOf(network, 'mirror')).toStrictEqual([
      'aws_network_interface.source * -> at aws_network_interface.sink udp/4789',
      'aws_vpc.main * -> at aws_network_interface.sink udp/4789 ? aws_ec2_traffic_mirror_session.a',
    ]);
  });

  test('copies nothing by a filter without rules', () => {
    const { aws_ec2_traffic_mirror_filter_rule: _, ...rest } = mirror({
      network_interface_id: '${aws_network_interface.sink.id}',
    });
    expect(relaysOf(networkOf(rest), 'mirror')).toStrictEqual([]);
  });

  test('is not modelled where its target is hidden', () => {
    expect(unmodelledIn(networkOf(mirror({ network_interface_id: '${var.sink}' })))).toContain(
      'aws_ec2_traffic_mirror_session.a: copies packets from or to what the input does not show',
    );
  });
});
