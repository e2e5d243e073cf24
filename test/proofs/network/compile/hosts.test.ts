import { describe, expect, it } from 'vitest';
import { resourceTypes } from '../../../../model/aws/resource-types.ts';
import { HOST_TYPES } from '../../../../proofs/network/compile/host-types.ts';
import type { Interface, Topology } from '../../../../proofs/network/topology.ts';
import { networkOf, TWO_ZONES } from '../../../support/network/compiled.ts';

const A = '${aws_subnet.a.id}';
const B = '${aws_subnet.b.id}';
const GROUP = '${aws_security_group.web.id}';
const GROUPS = { aws_security_group: { web: { vpc_id: '${aws_vpc.main.id}', name: 'web' } } };

type Blocks = { readonly [type: string]: { readonly [name: string]: object } };

function network(resources: Blocks, variable = {}): Topology {
  return networkOf({ ...TWO_ZONES, ...GROUPS, ...resources }, { variable });
}

function hostText({ owner, subnet, groups, isPublic, doubts }: Interface): string {
  const names = groups.map(({ item }) => item.origin.name.replace('aws_security_group.', ''));
  const address = isPublic.doubts.length > 0 ? ' public?' : isPublic.holds ? ' public' : '';
  return `${owner?.address} in ${subnet.origin.name}: ${names.join(', ')}${address}${doubts.length > 0 ? ' ?' : ''}`;
}

function hosts(resources: Blocks, variable = {}): readonly string[] {
  return network(resources, variable).interfaces.map(hostText);
}

function reasons(resources: Blocks, variable = {}): readonly string[] {
  return network(resources, variable).unmodelled.map(({ resource, reason }) => `${resource.address} ${reason}`);
}

const DEFAULT = 'the default security group of aws_vpc.main';

describe('hosts in subnets', () => {
  it('are one interface for each subnet that they name', () => {
    const lambda = { aws_lambda_function: { f: { vpc_config: { subnet_ids: [A, B], security_group_ids: [GROUP] } } } };
    expect(hosts(lambda)).toEqual([
      'aws_lambda_function.f in aws_subnet.a: web',
      'aws_lambda_function.f in aws_subnet.b: web',
    ]);
  });

  it('are in the default group of their VPC where they name none', () => {
    expect(hosts({ aws_efs_mount_target: { m: { subnet_id: A } } })).toEqual([
      `aws_efs_mount_target.m in aws_subnet.a: ${DEFAULT}`,
    ]);
  });

  it('are found by the group of subnets that they name, by reference or by name', () => {
    const group = { aws_db_subnet_group: { data: { name: 'data', subnet_ids: [A] } } };
    const database = (name: string) => ({
      ...group,
      aws_db_instance: {
        d: { db_subnet_group_name: name, vpc_security_group_ids: [GROUP], publicly_accessible: true },
      },
    });
    const expected = ['aws_db_instance.d in aws_subnet.a: web public'];
    expect(hosts(database('${aws_db_subnet_group.data.name}'))).toEqual(expected);
    expect(hosts(database('data'))).toEqual(expected);
  });

  it('share the subnets and groups of the cluster that they are a part of', () => {
    expect(
      hosts(
        {
          aws_db_subnet_group: { data: { name: 'data', subnet_ids: [A] } },
          aws_rds_cluster: {
            c: {
              cluster_identifier: 'c',
              db_subnet_group_name: '${aws_db_subnet_group.data.name}',
              vpc_security_group_ids: [GROUP],
            },
          },
          aws_rds_cluster_instance: {
            i: { cluster_identifier: '${aws_rds_cluster.c.id}', publicly_accessible: '${var.x}' },
          },
        },
        { x: {} },
      ),
    ).toEqual(['aws_rds_cluster.c in aws_subnet.a: web', 'aws_rds_cluster_instance.i in aws_subnet.a: web public?']);
  });

  it('of containers are public as their tasks are', () => {
    const service = (isPublic: boolean) => ({
      aws_ecs_service: {
        s: { network_configuration: { subnets: [A], security_groups: [GROUP], assign_public_ip: isPublic } },
      },
    });
    expect(hosts(service(true))).toEqual(['aws_ecs_service.s in aws_subnet.a: web public']);
    expect(hosts(service(false))).toEqual(['aws_ecs_service.s in aws_subnet.a: web']);
  });

  it('are none where the type runs outside any VPC without subnets', () => {
    expect(hosts({ aws_lambda_function: { f: {} } })).toEqual([]);
    expect(reasons({ aws_lambda_function: { f: {} } })).toEqual([]);
  });

  it('are not modelled where AWS puts them into the default VPC, or the input hides their subnet', () => {
    expect(reasons({ aws_mq_broker: { b: {} } })).toEqual([
      'aws_mq_broker.b names no subnet, so that AWS puts it into the default VPC, whose network is not seen',
    ]);
    const hidden = {
      aws_lambda_function: { f: { vpc_config: { subnet_ids: '${var.x}', security_group_ids: [GROUP] } } },
    };
    expect(reasons(hidden, { x: {} })).toEqual(['aws_lambda_function.f is in a subnet that the input does not show']);
    const foreign = { aws_efs_mount_target: { m: { subnet_id: 'subnet-1' } } };
    expect(reasons(foreign)).toEqual(['aws_efs_mount_target.m is in a subnet that the input does not show']);
  });

  it('may be in any group of the VPC where theirs is hidden', () => {
    const lambda = {
      aws_lambda_function: { f: { vpc_config: { subnet_ids: [A], security_group_ids: ['${var.x}'] } } },
    };
    const [host] = network(lambda, { x: {} }).interfaces;
    expect(host?.groups.map(({ item, doubts }) => [item.origin.name, item.open.length, doubts.length])).toEqual([
      ['security group var.x', 1, 0],
      ['aws_security_group.web', 0, 1],
      [DEFAULT, 0, 1],
    ]);
  });

  it('of a cluster of Kubernetes are in the group that it makes, which rules may name', () => {
    const { interfaces } = network({
      aws_eks_cluster: { k: { name: 'k', vpc_config: { subnet_ids: [A], security_group_ids: [GROUP] } } },
      aws_eks_node_group: { n: { cluster_name: '${aws_eks_cluster.k.name}', subnet_ids: [B] } },
      aws_vpc_security_group_ingress_rule: {
        web: {
          security_group_id: '${aws_eks_cluster.k.vpc_config[0].cluster_security_group_id}',
          ip_protocol: 'tcp',
          from_port: 443,
          to_port: 443,
          referenced_security_group_id: GROUP,
        },
      },
    });
    expect(interfaces.map(hostText)).toEqual([
      'aws_eks_cluster.k in aws_subnet.a: web, the cluster security group of aws_eks_cluster.k',
      'aws_eks_node_group.n in aws_subnet.b: the cluster security group of aws_eks_cluster.k',
    ]);
    const group = interfaces[1]?.groups[0]?.item;
    expect(group?.ingress.map(({ peer }) => (peer.kind === 'group' ? peer.group.origin.name : ''))).toEqual([
      'the cluster security group of aws_eks_cluster.k',
      'aws_security_group.web',
    ]);
  });

  it('are of types of the provider', () => {
    const known = new Set(resourceTypes());
    expect([...HOST_TYPES.keys()].filter((type) => !known.has(type))).toEqual([]);
  });
});
