import { describe, expect, it } from 'vitest';
import { estateOfStacks, networkOf, reasons } from '../../../support/network/compiled.ts';
import { topologyOf } from '../../../../proofs/network/compile/topology-of.ts';
import type { Peering } from '../../../../proofs/network/topology.ts';

const VPCS = { aws_vpc: { one: { cidr_block: '10.0.0.0/16' }, two: { cidr_block: '10.1.0.0/16' } } };
const PEERS = { vpc_id: '${aws_vpc.one.id}', peer_vpc_id: '${aws_vpc.two.id}' };

function sides(peerings: readonly Peering[]) {
  return peerings.map((peering) => ({
    sides: peering.sides.map((side) => ('kind' in side ? side.name : side.origin.name)),
    because: reasons(peering.doubts),
  }));
}

describe('VPC peering', () => {
  it('joins two VPCs when it accepts itself', () => {
    const { peerings } = networkOf({ ...VPCS, aws_vpc_peering_connection: { link: { ...PEERS, auto_accept: true } } });
    expect(sides(peerings)).toEqual([{ sides: ['aws_vpc.one', 'aws_vpc.two'], because: [] }]);
  });

  it('joins them when an accepter does it, in another Region', () => {
    const { peerings } = topologyOf(
      estateOfStacks({
        west: {
          resource: {
            ...VPCS,
            aws_vpc_peering_connection: { link: { ...PEERS, peer_region: 'eu-north-1' } },
            aws_vpc_peering_connection_accepter: {
              link: {
                region: 'eu-north-1',
                vpc_peering_connection_id: '${aws_vpc_peering_connection.link.id}',
                auto_accept: true,
              },
            },
          },
        },
      }),
    );
    expect(sides(peerings)).toEqual([{ sides: ['aws_vpc.one', 'aws_vpc.two'], because: [] }]);
  });

  it('doubts one that nothing in the estate accepts', () => {
    const { peerings } = networkOf({ ...VPCS, aws_vpc_peering_connection: { link: PEERS } });
    expect(peerings[0]?.doubts[0]).toMatchObject({
      expression: 'aws_vpc_peering_connection.link',
      detail: 'is not accepted by anything in the estate',
    });
  });

  it('leads outside when the peer is not in the estate', () => {
    const { peerings, outsides } = networkOf({
      ...VPCS,
      aws_vpc_peering_connection: {
        link: { vpc_id: '${aws_vpc.one.id}', peer_vpc_id: 'vpc-0abc', peer_region: 'us-east-1', auto_accept: true },
      },
    });
    expect(sides(peerings)).toEqual([{ sides: ['aws_vpc.one', 'the network of vpc-0abc'], because: [] }]);
    const foreign = outsides.filter(({ kind }) => kind === 'foreign-network');
    expect(foreign.map(({ region }) => region)).toEqual(['us-east-1']);
  });

  it('may join any two VPCs when a variable hides the peer', () => {
    const { peerings } = networkOf(
      {
        ...VPCS,
        aws_vpc_peering_connection: {
          link: { vpc_id: '${aws_vpc.one.id}', peer_vpc_id: '${var.peer}', auto_accept: true },
        },
      },
      { variable: { peer: {} } },
    );
    expect(sides(peerings)).toEqual([
      { sides: ['aws_vpc.one', 'the network of var.peer'], because: ['var.peer'] },
      { sides: ['aws_vpc.one', 'aws_vpc.two'], because: ['var.peer'] },
    ]);
  });

  it('lets somebody else in when it accepts a connection that is not seen', () => {
    const { peerings } = networkOf({
      ...VPCS,
      aws_vpc_peering_connection_accepter: { link: { vpc_peering_connection_id: 'pcx-0abc', auto_accept: true } },
    });
    const outside = 'the network behind aws_vpc_peering_connection_accepter.link of network';
    expect(sides(peerings)).toEqual([
      { sides: ['aws_vpc.one', outside], because: ['aws_vpc_peering_connection_accepter.link'] },
      { sides: ['aws_vpc.two', outside], because: ['aws_vpc_peering_connection_accepter.link'] },
    ]);
  });

  it('is what an accepter and a data source of its id name', () => {
    const network = networkOf(
      {
        ...VPCS,
        aws_subnet: { one: { vpc_id: '${aws_vpc.one.id}', cidr_block: '10.0.1.0/24' } },
        aws_vpc_peering_connection: { link: PEERS },
        aws_vpc_peering_connection_accepter: {
          link: { vpc_peering_connection_id: '${aws_vpc_peering_connection.link.id}', auto_accept: true },
        },
        aws_route_table: {
          t: {
            vpc_id: '${aws_vpc.one.id}',
            route: [
              {
                cidr_block: '10.1.0.0/16',
                vpc_peering_connection_id: '${aws_vpc_peering_connection_accepter.link.id}',
              },
              { cidr_block: '10.1.1.0/24', vpc_peering_connection_id: '${data.aws_vpc_peering_connection.read.id}' },
              { cidr_block: '10.1.2.0/24', vpc_peering_connection_id: '${data.aws_vpc_peering_connection.theirs.id}' },
            ],
          },
        },
        aws_route_table_association: {
          t: { subnet_id: '${aws_subnet.one.id}', route_table_id: '${aws_route_table.t.id}' },
        },
      },
      {
        data: {
          aws_vpc_peering_connection: {
            read: { id: '${aws_vpc_peering_connection.link.id}' },
            theirs: { vpc_id: 'vpc-0abc' },
          },
        },
      },
    );
    const [own] = network.peerings;
    const routes = network.subnets.flatMap(({ tables }) => tables.flatMap(({ item }) => item.routes));
    const targets = routes.filter(({ precedence }) => precedence === 'static').map(({ target }) => target);
    expect(targets.slice(0, 2)).toEqual([
      { kind: 'peering', peering: own },
      { kind: 'peering', peering: own },
    ]);
    expect(targets.slice(2).map(({ kind }) => kind)).toEqual(['hidden']);
  });
});
