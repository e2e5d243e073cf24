import { strict as assert } from 'node:assert';
import { describe, it } from 'vitest';
import { defaultRouting, type RouteTable, routingOf } from '../../../model/aws/routing.ts';
import { describeHidden } from '../../../model/value.ts';
import { estateOf } from '../../../checks/example-estate.ts';

const VPC = {
  aws_vpc: { ledger: { cidr_block: '10.0.0.0/16' } },
  aws_subnet: { data: { vpc_id: '${aws_vpc.ledger.id}' } },
};

function routing(resource: object) {
  const estate = estateOf({ stacks: { west: { resource: { ...VPC, ...resource }, variable: { table: {} } } } });
  const subnet = estate.find({ stack: 'west', address: 'aws_subnet.data' });
  const vpc = estate.find({ stack: 'west', address: 'aws_vpc.ledger' });
  assert.ok(subnet !== null && vpc !== null);
  return { ofSubnet: routingOf(estate, subnet), ofVpc: defaultRouting(estate, vpc) };
}

function told({ name, routes, open }: RouteTable) {
  return { name, routes: routes.map(({ resource }) => resource.address), open: open.map(describeHidden) };
}

describe('routingOf', () => {
  it('takes the implicit main table, with the routes that name it by its VPC', () => {
    const { ofSubnet } = routing({
      aws_route: {
        main: { route_table_id: '${aws_vpc.ledger.main_route_table_id}' },
        default: { route_table_id: '${aws_vpc.ledger.default_route_table_id}' },
      },
    });
    assert.equal(ofSubnet.isExplicit, false);
    assert.deepEqual(ofSubnet.tables.map(told), [
      {
        name: 'the main route table of aws_vpc.ledger',
        routes: ['aws_route.default', 'aws_route.main'],
        open: [],
      },
    ]);
  });

  it('takes the adopted default table for the main one', () => {
    const { ofSubnet, ofVpc } = routing({
      aws_default_route_table: {
        main: { default_route_table_id: '${aws_vpc.ledger.default_route_table_id}', route: [{}, {}] },
      },
      aws_route: { more: { route_table_id: '${aws_default_route_table.main.id}' } },
    });
    const table = {
      name: 'aws_default_route_table.main',
      routes: ['aws_default_route_table.main', 'aws_default_route_table.main', 'aws_route.more'],
      open: [],
    };
    assert.deepEqual(ofSubnet.tables.map(told), [table]);
    assert.deepEqual(ofVpc.tables.map(told), [table]);
  });

  it('prefers the association of the subnet', () => {
    const { ofSubnet } = routing({
      aws_route_table: { data: { vpc_id: '${aws_vpc.ledger.id}', propagating_vgws: ['vgw-1'] } },
      aws_route_table_association: {
        data: { subnet_id: '${aws_subnet.data.id}', route_table_id: '${aws_route_table.data.id}' },
      },
      aws_route: { main: { route_table_id: '${aws_vpc.ledger.main_route_table_id}' } },
    });
    assert.equal(ofSubnet.isExplicit, true);
    assert.deepEqual(ofSubnet.tables.map(told), [
      { name: 'aws_route_table.data', routes: [], open: ['aws_route_table.data.propagating_vgws'] },
    ]);
  });

  it('keeps apart what may be of any table', () => {
    const { ofSubnet, ofVpc } = routing({
      aws_route: { hidden: { route_table_id: '${var.table}' }, literal: { route_table_id: 'rtb-0123456789abcdef0' } },
    });
    assert.deepEqual(
      ofSubnet.stray.map(({ resource }) => resource.address),
      ['aws_route.hidden', 'aws_route.literal'],
    );
    assert.deepEqual(ofVpc.stray, ofSubnet.stray);
  });
});
