import { describe, expect, test } from 'vitest';
import { networkOf, relaysOf, unmodelledIn } from '../../../support/network-ways.ts';

/** Two VPCs without any route between them, and a service network of the first. */
const NETWORKS = {
  aws_vpc: { near: { cidr_block: '10.0.0.0/16' }, far: { cidr_block: '10.1.0.0/16' } },
  aws_subnet: {
    near: { vpc_id: '${aws_vpc.near.id}', cidr_block: '10.0.1.0/24', availability_zone: 'eu-west-1a' },
    far: { vpc_id: '${aws_vpc.far.id}', cidr_block: '10.1.1.0/24', availability_zone: 'eu-west-1a' },
  },
  aws_vpclattice_service_network: { mesh: { name: 'mesh' } },
  aws_vpclattice_service_network_vpc_association: {
    near: {
      vpc_identifier: '${aws_vpc.near.id}',
      service_network_identifier: '${aws_vpclattice_service_network.mesh.id}',
    },
  },
};
const MESH = '${aws_vpclattice_service_network.mesh.id}';

const service = (target: object, type = 'INSTANCE') => ({
  aws_vpclattice_service: { api: { name: 'api' } },
  aws_vpclattice_service_network_service_association: {
    api: { service_identifier: '${aws_vpclattice_service.api.id}', service_network_identifier: MESH },
  },
  aws_vpclattice_listener: {
    api: {
      name: 'api',
      protocol: 'HTTPS',
      service_identifier: '${aws_vpclattice_service.api.id}',
      default_action: [
        { forward: [{ target_groups: [{ target_group_identifier: '${aws_vpclattice_target_group.api.id}' }] }] },
      ],
    },
  },
  aws_vpclattice_target_group: { api: { name: 'api', type, config: { vpc_identifier: '${aws_vpc.far.id}' } } },
  aws_vpclattice_target_group_attachment: {
    api: { target_group_identifier: '${aws_vpclattice_target_group.api.id}', target },
  },
});

const lattice = (resource: { readonly [type: string]: unknown }, rest: object = {}) =>
  relaysOf(networkOf({ ...NETWORKS, ...resource }, rest), 'lattice');

describe('a service network', () => {
  test('leads from any host of its VPCs to the targets of its services, without a route', () => {
    const balancer = {
      aws_lb: { api: { internal: true, load_balancer_type: 'network', subnets: ['${aws_subnet.far.id}'] } },
    };
    expect(lattice({ ...service({ id: '${aws_lb.api.arn}' }, 'ALB'), ...balancer })).toStrictEqual([
      'aws_vpc.near * -> at aws_lb.api *',
    ]);
  });

  test('leads to addresses, in the subnet that has them', () => {
    const network = networkOf({ ...NETWORKS, ...service({ id: '10.1.1.9' }, 'IP') });
    expect(relaysOf(network, 'lattice')).toStrictEqual([
      'aws_vpc.near * -> at aws_vpclattice_target_group_attachment.api *',
    ]);
    const [target] = network.relays.flatMap(({ to }) => to.filter(({ kind }) => kind === 'delivery'));
    expect(target).toMatchObject({ interface: { subnet: { origin: { name: 'aws_subnet.far' } } } });
  });

  test('does not lead to functions, nor to anything by a service that no listener has', () => {
    expect(lattice(service({ id: 'arn:aws:lambda:eu-west-1:111122223333:function:f' }, 'LAMBDA'))).toStrictEqual([]);
    const { aws_vpclattice_listener: _, ...rest } = service({ id: '10.1.1.9' }, 'IP');
    expect(lattice(rest)).toStrictEqual([]);
  });

  test('is not modelled where a target is hidden', () => {
    expect(unmodelledIn(networkOf({ ...NETWORKS, ...service({ id: '${var.target}' }) }))).toStrictEqual([
      'aws_vpclattice_target_group_attachment.api: is a target of VPC Lattice that the input does not show',
    ]);
  });

  test('leads by a resource gateway to what a configuration names', () => {
    const resource = {
      aws_security_group: { gate: { vpc_id: '${aws_vpc.far.id}' } },
      aws_vpclattice_resource_gateway: {
        gate: {
          name: 'gate',
          vpc_id: '${aws_vpc.far.id}',
          subnet_ids: ['${aws_subnet.far.id}'],
          security_group_ids: ['${aws_security_group.gate.id}'],
        },
      },
      aws_vpclattice_resource_configuration: {
        ledger: {
          name: 'ledger',
          port_ranges: ['5432', '8000-8010'],
          protocol: 'TCP',
          resource_gateway_identifier: '${aws_vpclattice_resource_gateway.gate.id}',
          resource_configuration_definition: [{ ip_resource: [{ ip_address: '10.1.1.5' }] }],
        },
      },
      aws_vpclattice_service_network_resource_association: {
        ledger: {
          resource_configuration_identifier: '${aws_vpclattice_resource_configuration.ledger.id}',
          service_network_identifier: MESH,
        },
      },
    };
    expect(lattice(resource)).toStrictEqual([
      'aws_vpc.near * -> from aws_vpclattice_resource_gateway.gate to 10.1.1.5/32 tcp/5432,tcp/8000-8010',
    ]);
  });

  test('of another account joins the VPC to strangers', () => {
    const association = {
      aws_vpclattice_service_network_vpc_association: {
        near: { vpc_identifier: '${aws_vpc.near.id}', service_network_identifier: 'sn-0123456789abcdef0' },
      },
    };
    const stranger = 'the network behind aws_vpclattice_service_network_vpc_association.near of west';
    expect(lattice(association)).toStrictEqual([`aws_vpc.near * + ${stranger} * -> ${stranger}`]);
  });

  test('that is shared lets strangers use its services', () => {
    const shared = {
      aws_ram_resource_share: { a: { name: 'a' } },
      aws_ram_resource_association: {
        a: {
          resource_arn: '${aws_vpclattice_service_network.mesh.arn}',
          resource_share_arn: '${aws_ram_resource_share.a.arn}',
        },
      },
      aws_ram_principal_association: {
        a: { principal: '999988887777', resource_share_arn: '${aws_ram_resource_share.a.arn}' },
      },
    };
    expect(lattice({ ...service({ id: '10.1.1.9' }, 'IP'), ...shared })).toStrictEqual([
      'aws_vpc.near * + the network behind aws_ram_resource_association.a of west * -> at aws_vpclattice_target_group_attachment.api *',
    ]);
  });
});
