import { describe, expect, it } from 'vitest';
import { topologyOf } from '../../../../proofs/network/compile/topology-of.ts';
import type { Topology, TransitAttachment } from '../../../../proofs/network/topology.ts';
import {
  called,
  estateOfStacks,
  networkOf,
  reasons,
  tableNames,
  transitRouteText,
  TWO_ZONES,
} from '../../../support/network/compiled.ts';

const ATTACHMENT = 'aws_ec2_transit_gateway_vpc_attachment';
const TABLE = 'aws_ec2_transit_gateway_route_table';
const OFF = { default_route_table_association: 'disable', default_route_table_propagation: 'disable' };

const VPCS = {
  aws_vpc: { one: { cidr_block: '10.0.0.0/16' }, two: { cidr_block: '10.1.0.0/16' } },
  aws_subnet: {
    one: { vpc_id: '${aws_vpc.one.id}', cidr_block: '10.0.1.0/24', availability_zone: 'eu-west-1a' },
    two: { vpc_id: '${aws_vpc.two.id}', cidr_block: '10.1.1.0/24', availability_zone: 'eu-west-1a' },
  },
};

function attach(name: 'one' | 'two', more: object = {}) {
  return {
    transit_gateway_id: '${aws_ec2_transit_gateway.hub.id}',
    vpc_id: `\${aws_vpc.${name}.id}`,
    subnet_ids: [`\${aws_subnet.${name}.id}`],
    ...more,
  };
}

const BOTH = { [ATTACHMENT]: { one: attach('one'), two: attach('two') } };

function hub(gateway: object = {}) {
  return { aws_ec2_transit_gateway: { hub: gateway } };
}

function table(attachment: TransitAttachment) {
  return attachment.tables.flatMap(({ item }) => item.routes.map(transitRouteText));
}

function attachment(topology: Topology, name: string): TransitAttachment {
  return called(topology.attachments, name);
}

describe('the table that a gateway makes by itself', () => {
  it('associates and propagates every attachment unless it is told not to: a full mesh', () => {
    const network = networkOf({ ...VPCS, ...hub(), ...BOTH });
    const one = attachment(network, `${ATTACHMENT}.one`);
    expect(tableNames(one)).toEqual(['the default route table of aws_ec2_transit_gateway.hub']);
    expect(table(one)).toEqual([
      `10.0.0.0-10.0.255.255 -> ${ATTACHMENT}.one`,
      `10.1.0.0-10.1.255.255 -> ${ATTACHMENT}.two`,
    ]);
    expect(attachment(network, `${ATTACHMENT}.two`).tables[0]?.item).toBe(one.tables[0]?.item);
  });

  it('associates nothing when the gateway turns it off', () => {
    const network = networkOf({ ...VPCS, ...hub(OFF), ...BOTH });
    expect(network.attachments.map(tableNames)).toEqual([[], []]);
  });

  it('propagates apart from what it associates', () => {
    const network = networkOf({ ...VPCS, ...hub({ default_route_table_propagation: 'disable' }), ...BOTH });
    expect(network.attachments.map(table)).toEqual([[], []]);
    expect(network.attachments.map((one) => one.tables.length)).toEqual([1, 1]);
  });

  it('leaves out an attachment that says so', () => {
    const network = networkOf({
      ...VPCS,
      ...hub(),
      [ATTACHMENT]: {
        one: attach('one'),
        two: attach('two', {
          transit_gateway_default_route_table_association: false,
          transit_gateway_default_route_table_propagation: false,
        }),
      },
    });
    expect(network.attachments.map(tableNames)).toEqual([
      ['the default route table of aws_ec2_transit_gateway.hub'],
      [],
    ]);
    expect(table(attachment(network, `${ATTACHMENT}.one`))).toEqual([`10.0.0.0-10.0.255.255 -> ${ATTACHMENT}.one`]);
  });

  it('lets the accepter of a shared attachment decide', () => {
    const network = networkOf({
      ...VPCS,
      ...hub(),
      [ATTACHMENT]: { one: attach('one') },
      aws_ec2_transit_gateway_vpc_attachment_accepter: {
        one: {
          transit_gateway_attachment_id: `\${${ATTACHMENT}.one.id}`,
          transit_gateway_default_route_table_association: false,
        },
      },
    });
    expect(network.attachments.map(tableNames)).toEqual([[]]);
  });

  it('may be another one where the estate changes it, before an attachment or after', () => {
    const network = networkOf({
      ...VPCS,
      ...hub(),
      [ATTACHMENT]: { one: attach('one') },
      [TABLE]: { own: { transit_gateway_id: '${aws_ec2_transit_gateway.hub.id}' } },
      aws_ec2_transit_gateway_default_route_table_association: {
        own: {
          transit_gateway_id: '${aws_ec2_transit_gateway.hub.id}',
          transit_gateway_route_table_id: `\${${TABLE}.own.id}`,
        },
      },
    });
    expect(network.attachments.map(tableNames)).toEqual([
      ['the default route table of aws_ec2_transit_gateway.hub ?', `${TABLE}.own ?`],
    ]);
  });

  it('may be any where the table that it is changed to is hidden', () => {
    const network = networkOf(
      {
        ...VPCS,
        ...hub(),
        [ATTACHMENT]: { one: attach('one') },
        aws_ec2_transit_gateway_default_route_table_association: {
          own: {
            transit_gateway_id: '${aws_ec2_transit_gateway.hub.id}',
            transit_gateway_route_table_id: '${var.x}',
          },
        },
      },
      { variable: { x: {} } },
    );
    const { tables } = attachment(network, `${ATTACHMENT}.one`);
    expect(tables.map(({ item, doubts }) => [item.origin.name, doubts.length > 0, reasons(item.open)])).toEqual([
      ['the default route table of aws_ec2_transit_gateway.hub', true, []],
      ['a route table of aws_ec2_transit_gateway.hub', true, ['var.x']],
    ]);
  });

  it.each(['association', 'propagation'])('is told apart from others by what connects appliances (%s)', (role) => {
    const connected = (more: object) =>
      networkOf({
        ...VPCS,
        ...hub(),
        [ATTACHMENT]: { one: attach('one') },
        aws_ec2_transit_gateway_connect: {
          c: {
            transit_gateway_id: '${aws_ec2_transit_gateway.hub.id}',
            transport_attachment_id: ONE,
            ...more,
          },
        },
      });
    const said = (network: Topology) => {
      const made = attachment(network, 'aws_ec2_transit_gateway_connect.c');
      return role === 'association'
        ? made.tables.length > 0
        : table(attachment(network, `${ATTACHMENT}.one`)).some((route) => route.includes('connect.c'));
    };
    expect(said(connected({}))).toBe(true);
    expect(said(connected({ [`transit_gateway_default_route_table_${role}`]: false }))).toBe(false);
  });

  it('holds what attachments that the estate does not make may propagate', () => {
    const network = topologyOf(
      estateOfStacks({
        network: {
          resource: { ...VPCS, [ATTACHMENT]: { one: attach('one', { transit_gateway_id: 'tgw-0abc' }) } },
        },
      }),
    );
    const { tables } = attachment(network, `${ATTACHMENT}.one`);
    expect(tables.map(({ item, doubts }) => [item.origin.name, doubts, reasons(item.open)])).toEqual([
      ['the unseen route table of transit gateway tgw-0abc', [], ['transit gateway tgw-0abc']],
    ]);
  });

  it('is what the gateway calls its default tables', () => {
    const network = networkOf({
      ...VPCS,
      ...hub(),
      ...BOTH,
      aws_ec2_transit_gateway_route: {
        out: {
          destination_cidr_block: '0.0.0.0/0',
          transit_gateway_attachment_id: `\${${ATTACHMENT}.two.id}`,
          transit_gateway_route_table_id: '${aws_ec2_transit_gateway.hub.association_default_route_table_id}',
        },
      },
    });
    expect(table(attachment(network, `${ATTACHMENT}.one`))).toContain(`0.0.0.0-255.255.255.255 -> ${ATTACHMENT}.two`);
  });

  it('doubts what a variable switches', () => {
    const network = networkOf(
      { ...VPCS, ...hub({ default_route_table_association: '${var.mesh}' }), ...BOTH },
      { variable: { mesh: {} } },
    );
    expect(network.attachments.map(tableNames)).toEqual(
      [1, 2].map(() => ['the default route table of aws_ec2_transit_gateway.hub ?']),
    );
  });
});

const OWN_TABLE = { [TABLE]: { own: { transit_gateway_id: '${aws_ec2_transit_gateway.hub.id}' } } };
const OWN = `\${${TABLE}.own.id}`;
const ONE = `\${${ATTACHMENT}.one.id}`;

describe('tables of the estate', () => {
  const associate = (more: object = {}) => ({
    aws_ec2_transit_gateway_route_table_association: {
      one: { transit_gateway_attachment_id: ONE, transit_gateway_route_table_id: OWN, ...more },
    },
  });

  it('decides for an attachment that is associated with it', () => {
    const network = networkOf({ ...VPCS, ...hub(OFF), ...BOTH, ...OWN_TABLE, ...associate() });
    expect(tableNames(attachment(network, `${ATTACHMENT}.one`))).toEqual([`${TABLE}.own`]);
    expect(tableNames(attachment(network, `${ATTACHMENT}.two`))).toEqual([]);
  });

  it('takes the place of the default one only where it replaces it', () => {
    const besides = networkOf({ ...VPCS, ...hub(), ...BOTH, ...OWN_TABLE, ...associate() });
    expect(tableNames(attachment(besides, `${ATTACHMENT}.one`))).toEqual([
      `${TABLE}.own ?`,
      'the default route table of aws_ec2_transit_gateway.hub ?',
    ]);
    const instead = networkOf({
      ...VPCS,
      ...hub(),
      ...BOTH,
      ...OWN_TABLE,
      ...associate({ replace_existing_association: true }),
    });
    expect(tableNames(attachment(instead, `${ATTACHMENT}.one`))).toEqual([`${TABLE}.own`]);
  });

  it('may be any table when a variable names it', () => {
    const network = networkOf(
      { ...VPCS, ...hub(OFF), ...BOTH, ...OWN_TABLE, ...associate({ transit_gateway_route_table_id: '${var.table}' }) },
      { variable: { table: {} } },
    );
    const [choice] = attachment(network, `${ATTACHMENT}.one`).tables;
    expect(reasons(choice?.doubts ?? [])).toEqual(['var.table']);
    expect(reasons(choice?.item.open ?? [])).toEqual(['var.table']);
  });

  it('may decide for any attachment when a variable names that', () => {
    const network = networkOf(
      { ...VPCS, ...hub(OFF), ...BOTH, ...OWN_TABLE, ...associate({ transit_gateway_attachment_id: '${var.one}' }) },
      { variable: { one: {} } },
    );
    expect(network.attachments.map(tableNames)).toEqual([[`${TABLE}.own ?`], [`${TABLE}.own ?`]]);
  });

  it('may decide for any attachment, and hold any, when variables name both', () => {
    const hidden = { transit_gateway_attachment_id: '${var.x}', transit_gateway_route_table_id: '${var.x}' };
    const network = networkOf(
      {
        ...VPCS,
        ...hub(OFF),
        ...BOTH,
        ...OWN_TABLE,
        aws_ec2_transit_gateway_route_table_association: {
          known: { transit_gateway_attachment_id: ONE, transit_gateway_route_table_id: OWN },
          hidden,
        },
        aws_ec2_transit_gateway_route_table_propagation: { hidden },
      },
      { variable: { x: {} } },
    );
    const UNSEEN = 'a route table of aws_ec2_transit_gateway.hub ?';
    expect(network.attachments.map(tableNames)).toEqual([[UNSEEN, `${TABLE}.own`], [UNSEEN]]);
    expect(table(attachment(network, `${ATTACHMENT}.one`))).toEqual([
      `10.0.0.0-10.0.255.255 -> ${ATTACHMENT}.one ?`,
      `10.1.0.0-10.1.255.255 -> ${ATTACHMENT}.two ?`,
    ]);
  });

  it('holds static routes, blackholes, prefix lists and what is propagated, by rank', () => {
    const network = networkOf({
      ...VPCS,
      aws_vpc: {
        one: { cidr_block: '10.0.0.0/16' },
        two: { cidr_block: '10.1.0.0/16', assign_generated_ipv6_cidr_block: true },
      },
      aws_vpc_ipv4_cidr_block_association: { two: { vpc_id: '${aws_vpc.two.id}', cidr_block: '10.9.0.0/16' } },
      ...hub(OFF),
      ...BOTH,
      ...OWN_TABLE,
      ...associate(),
      aws_ec2_managed_prefix_list: {
        partners: {
          name: 'partners',
          address_family: 'IPv4',
          max_entries: 2,
          entry: [{ cidr: '198.51.100.0/24' }, { cidr: '203.0.113.0/24' }],
        },
      },
      aws_ec2_transit_gateway_route: {
        out: {
          destination_cidr_block: '0.0.0.0/0',
          transit_gateway_attachment_id: `\${${ATTACHMENT}.two.id}`,
          transit_gateway_route_table_id: OWN,
        },
        nowhere: { destination_cidr_block: '10.0.0.0/8', blackhole: true, transit_gateway_route_table_id: OWN },
      },
      aws_ec2_transit_gateway_prefix_list_reference: {
        partners: {
          prefix_list_id: '${aws_ec2_managed_prefix_list.partners.id}',
          transit_gateway_attachment_id: `\${${ATTACHMENT}.two.id}`,
          transit_gateway_route_table_id: OWN,
        },
      },
      aws_ec2_transit_gateway_route_table_propagation: {
        two: { transit_gateway_attachment_id: `\${${ATTACHMENT}.two.id}`, transit_gateway_route_table_id: OWN },
      },
    });
    const [own] = attachment(network, `${ATTACHMENT}.one`).tables;
    const two = `${ATTACHMENT}.two`;
    expect(own?.item.routes.map((route) => [route.rank, transitRouteText(route)])).toEqual([
      [0, '10.0.0.0-10.255.255.255 -> blackhole'],
      [0, `0.0.0.0-255.255.255.255 -> ${two}`],
      [1, `198.51.100.0-198.51.100.255 -> ${two}`],
      [1, `203.0.113.0-203.0.113.255 -> ${two}`],
      [2, `10.1.0.0-10.1.255.255 -> ${two}`],
      [2, `10.9.0.0-10.9.255.255 -> ${two}`],
      // The attachment has no ipv6_support.
      [2, `aws_vpc.two.ipv6_cidr_block of network -> ${two} ?`],
    ]);
  });

  it('hides where a route leads whose attachment is not known, and doubts one whose destination is not', () => {
    const route = (more: object) => ({
      aws_ec2_transit_gateway_route: {
        out: {
          destination_cidr_block: '0.0.0.0/0',
          transit_gateway_attachment_id: ONE,
          transit_gateway_route_table_id: OWN,
          ...more,
        },
      },
    });
    const base = { ...VPCS, ...hub(OFF), ...BOTH, ...OWN_TABLE, ...associate() };
    const routes = (more: object) =>
      table(attachment(networkOf({ ...base, ...route(more) }, { variable: { x: {} } }), `${ATTACHMENT}.one`));
    expect(routes({})).toEqual([`0.0.0.0-255.255.255.255 -> ${ATTACHMENT}.one`]);
    expect(routes({ transit_gateway_attachment_id: '${var.x}' })).toEqual(['0.0.0.0-255.255.255.255 -> hidden ?']);
    expect(routes({ destination_cidr_block: '${var.x}' })).toEqual([`any -> ${ATTACHMENT}.one ?`]);
    expect(routes({ transit_gateway_route_table_id: '${var.x}' })).toEqual([
      `0.0.0.0-255.255.255.255 -> ${ATTACHMENT}.one ?`,
    ]);
    expect(routes({ blackhole: '${var.x}' })).toEqual(['0.0.0.0-255.255.255.255 -> hidden ?']);
  });
});

describe('tables and attachments that data sources read', () => {
  const base = { ...VPCS, ...hub(), ...BOTH, ...OWN_TABLE };
  const routed = (table: object, more: object = {}) =>
    networkOf(
      {
        ...base,
        aws_ec2_transit_gateway_route: {
          out: {
            destination_cidr_block: '0.0.0.0/0',
            transit_gateway_attachment_id: `\${${ATTACHMENT}.two.id}`,
            transit_gateway_route_table_id: '${data.aws_ec2_transit_gateway_route_table.read.id}',
            ...more,
          },
        },
        aws_ec2_transit_gateway_route_table_association: {
          one: {
            transit_gateway_attachment_id: ONE,
            transit_gateway_route_table_id: OWN,
            replace_existing_association: true,
          },
        },
      },
      { data: { aws_ec2_transit_gateway_route_table: { read: table } } },
    );
  const out = (topology: Topology, name: string) =>
    table(attachment(topology, name)).filter((route) => route.startsWith('0.0.0.0'));
  const ofHub = { name: 'transit-gateway-id', values: ['${aws_ec2_transit_gateway.hub.id}'] };

  it('finds the default table by its filters', () => {
    const network = routed({ filter: [ofHub, { name: 'default-association-route-table', values: ['true'] }] });
    expect(out(network, `${ATTACHMENT}.two`)).toEqual([`0.0.0.0-255.255.255.255 -> ${ATTACHMENT}.two`]);
    expect(out(network, `${ATTACHMENT}.one`)).toEqual([]);
  });

  it('finds a table by its id', () => {
    const network = routed({ id: OWN });
    expect(out(network, `${ATTACHMENT}.one`)).toEqual([`0.0.0.0-255.255.255.255 -> ${ATTACHMENT}.two`]);
    expect(out(network, `${ATTACHMENT}.two`)).toEqual([]);
  });

  it.each([
    ['another filter', { filter: [ofHub, { name: 'tag:Name', values: ['x'] }] }],
    ['no filter', {}],
    [
      'what is not the default table',
      { filter: [ofHub, { name: 'default-association-route-table', values: ['false'] }] },
    ],
  ])('may be any table of the gateway by %s', (_name, source) => {
    const network = routed(source);
    for (const name of ['one', 'two']) {
      expect(out(network, `${ATTACHMENT}.${name}`)).toEqual([`0.0.0.0-255.255.255.255 -> ${ATTACHMENT}.two ?`]);
    }
  });

  it('finds an attachment by its id, and hides one that is read by anything else', () => {
    const read = (source: object) => {
      const network = networkOf(
        {
          ...base,
          aws_ec2_transit_gateway_route: {
            out: {
              destination_cidr_block: '0.0.0.0/0',
              transit_gateway_attachment_id: `\${data.${ATTACHMENT}.read.id}`,
              transit_gateway_route_table_id: '${aws_ec2_transit_gateway.hub.propagation_default_route_table_id}',
            },
          },
        },
        { data: { [ATTACHMENT]: { read: source } } },
      );
      return out(network, `${ATTACHMENT}.one`);
    };
    expect(read({ id: `\${${ATTACHMENT}.two.id}` })).toEqual([`0.0.0.0-255.255.255.255 -> ${ATTACHMENT}.two`]);
    expect(read({ filter: [{ name: 'tag:Name', values: ['x'] }] })).toEqual(['0.0.0.0-255.255.255.255 -> hidden ?']);
  });
});

describe('what may not exist, because its count is not known', () => {
  const COUNT = { count: '${var.x ? 1 : 0}' };
  const variable = { variable: { x: {} } };
  const propagate = (more: object = {}) => ({
    aws_ec2_transit_gateway_route_table_propagation: {
      two: { transit_gateway_attachment_id: `\${${ATTACHMENT}.two.id}`, transit_gateway_route_table_id: OWN, ...more },
    },
  });
  const associate = (more: object = {}) => ({
    aws_ec2_transit_gateway_route_table_association: {
      one: { transit_gateway_attachment_id: ONE, transit_gateway_route_table_id: OWN, ...more },
    },
  });

  it('leaves an association, a propagation and a route in doubt', () => {
    const base = { ...VPCS, ...hub(OFF), ...BOTH, ...OWN_TABLE };
    const associated = networkOf({ ...base, ...associate(COUNT) }, variable);
    expect(tableNames(attachment(associated, `${ATTACHMENT}.one`))).toEqual([`${TABLE}.own ?`]);
    const propagated = networkOf({ ...base, ...associate(), ...propagate(COUNT) }, variable);
    expect(table(attachment(propagated, `${ATTACHMENT}.one`))).toEqual([
      `10.1.0.0-10.1.255.255 -> ${ATTACHMENT}.two ?`,
    ]);
  });

  it('leaves what leads to an attachment in doubt, and the attachment itself', () => {
    const network = networkOf(
      {
        ...VPCS,
        ...hub(OFF),
        ...OWN_TABLE,
        [ATTACHMENT]: { one: attach('one'), two: attach('two', COUNT) },
        ...associate(),
        aws_ec2_transit_gateway_route: {
          out: {
            destination_cidr_block: '0.0.0.0/0',
            transit_gateway_attachment_id: `\${one(${ATTACHMENT}.two[*].id)}`,
            transit_gateway_route_table_id: OWN,
          },
        },
        ...propagate({ transit_gateway_attachment_id: `\${one(${ATTACHMENT}.two[*].id)}` }),
      },
      variable,
    );
    const symbolic = network.attachments.filter(({ doubts }) => doubts.length > 0);
    expect(symbolic.map(({ end }) => (end.kind === 'vpc' ? end.vpc.origin.name : ''))).toEqual(['aws_vpc.two']);
    const routes = table(attachment(network, `${ATTACHMENT}.one`));
    expect(routes.length).toBeGreaterThan(1);
    expect(routes.filter((route) => !route.endsWith(' ?'))).toEqual([]);
  });

  it('decides nothing about accounts that are not known', () => {
    const network = networkOf(
      { ...VPCS, ...hub(OFF), [ATTACHMENT]: { one: attach('one') } },
      { provider: { aws: [{ region: 'eu-west-1' }] } },
    );
    expect(network.attachments.map(({ doubts }) => doubts)).toEqual([[]]);
  });
});

describe('attachments of VPCs', () => {
  it('reads appliance mode and the subnets', () => {
    const network = networkOf({
      ...VPCS,
      ...hub(OFF),
      [ATTACHMENT]: { one: attach('one', { appliance_mode_support: 'enable' }), two: attach('two') },
    });
    const ends = network.attachments.map(({ end }) =>
      end.kind === 'vpc'
        ? [end.vpc.origin.name, end.applianceMode.holds, end.subnets.map(({ item }) => item.origin.name)]
        : [],
    );
    expect(ends).toEqual([
      ['aws_vpc.one', true, ['aws_subnet.one']],
      ['aws_vpc.two', false, ['aws_subnet.two']],
    ]);
  });

  it('may stand in any subnet of the VPC when a variable hides which', () => {
    const network = networkOf(
      {
        ...TWO_ZONES,
        ...hub(OFF),
        [ATTACHMENT]: {
          main: {
            transit_gateway_id: '${aws_ec2_transit_gateway.hub.id}',
            vpc_id: '${aws_vpc.main.id}',
            subnet_ids: '${var.subnets}',
          },
        },
      },
      { variable: { subnets: {} } },
    );
    const subnets = network.attachments.flatMap(({ end }) => (end.kind === 'vpc' ? end.subnets : []));
    expect(subnets.map(({ item, doubts }) => [item.origin.name, reasons(doubts)])).toEqual([
      ['aws_subnet.a', ['var.subnets']],
      ['aws_subnet.b', ['var.subnets']],
    ]);
  });

  it('is of the VPC of its subnets when a variable hides the VPC', () => {
    const network = networkOf(
      { ...VPCS, ...hub(OFF), [ATTACHMENT]: { one: attach('one', { vpc_id: '${var.vpc}' }) } },
      { variable: { vpc: {} } },
    );
    expect(
      network.attachments.map(({ end, doubts }) => [end.kind === 'vpc' ? end.vpc.origin.name : '', doubts]),
    ).toEqual([['aws_vpc.one', []]]);
  });

  it('waits for the owner of a gateway of another account', () => {
    const provider = (account: string) => ({ aws: [{ region: 'eu-west-1', allowed_account_ids: [account] }] });
    const owner = (more: object) => ({ provider: provider('222222222222'), resource: { ...more } });
    const stacks = (gateway: object) =>
      estateOfStacks({
        one: {
          provider: {
            aws: [
              { region: 'eu-west-1', allowed_account_ids: ['111111111111'] },
              { region: 'eu-west-1', alias: 'hub', allowed_account_ids: ['222222222222'] },
            ],
          },
          resource: {
            ...VPCS,
            [ATTACHMENT]: { one: attach('one') },
            aws_ec2_transit_gateway: { hub: { provider: 'aws.hub', ...gateway } },
          },
        },
        other: owner({}),
      });
    expect(topologyOf(stacks({})).attachments.map(({ doubts }) => reasons(doubts))).toEqual([[`${ATTACHMENT}.one`]]);
    const accepted = topologyOf(stacks({ auto_accept_shared_attachments: 'enable' }));
    expect(accepted.attachments.map(({ doubts }) => doubts)).toEqual([[]]);
  });
});

describe('gateways that the estate does not make', () => {
  it('keeps what is attached to one, whose tables nobody sees, and whatever else is attached', () => {
    const network = networkOf({
      ...VPCS,
      [ATTACHMENT]: { one: attach('one', { transit_gateway_id: 'tgw-0abc' }) },
    });
    expect(network.attachments.map(({ end, doubts }) => [end.kind, doubts])).toEqual([
      ['vpc', []],
      ['outside', []],
    ]);
    const foreign = network.outsides.filter(({ kind }) => kind === 'foreign-network');
    expect(foreign.map(({ name }) => name)).toEqual(['the network behind tgw-0abc']);
    const [table] = network.attachments[0]?.tables ?? [];
    expect(reasons(table?.item.open ?? [])).toEqual(['transit gateway tgw-0abc']);
  });

  it('takes one that a data source reads for any of the Region', () => {
    const network = networkOf(
      {
        ...VPCS,
        ...hub(OFF),
        [ATTACHMENT]: { one: attach('one', { transit_gateway_id: '${data.aws_ec2_transit_gateway.found.id}' }) },
      },
      { data: { aws_ec2_transit_gateway: { found: {} } } },
    );
    const vpc = network.attachments.filter(({ end }) => end.kind === 'vpc');
    expect(vpc.map(({ gateway, doubts }) => [gateway.origin.name, reasons(doubts)])).toEqual([
      ['data.aws_ec2_transit_gateway.found', ['data.aws_ec2_transit_gateway.found']],
      ['aws_ec2_transit_gateway.hub', ['data.aws_ec2_transit_gateway.found']],
    ]);
  });

  it('follows a data source that is given the id of the estate’s own', () => {
    const network = networkOf(
      {
        ...VPCS,
        ...hub(OFF),
        [ATTACHMENT]: { one: attach('one', { transit_gateway_id: '${data.aws_ec2_transit_gateway.found.id}' }) },
      },
      { data: { aws_ec2_transit_gateway: { found: { id: '${aws_ec2_transit_gateway.hub.id}' } } } },
    );
    expect(network.attachments.map(({ gateway, doubts }) => [gateway.origin.name, doubts])).toEqual([
      ['aws_ec2_transit_gateway.hub', []],
    ]);
  });
});

it('lets other accounts attach by themselves to a shared gateway that accepts everybody', () => {
  const shared = (gateway: object) =>
    networkOf({
      ...VPCS,
      ...hub(gateway),
      [ATTACHMENT]: { one: attach('one') },
      aws_ram_resource_association: {
        hub: { resource_arn: '${aws_ec2_transit_gateway.hub.arn}', resource_share_arn: 'arn:aws:ram:x' },
      },
    });
  expect(shared({}).attachments).toHaveLength(1);
  const [, stranger] = shared({ auto_accept_shared_attachments: 'enable' }).attachments;
  expect(stranger).toMatchObject({ end: { kind: 'outside' }, origin: { name: 'aws_ec2_transit_gateway.hub' } });
  expect(reasons(stranger?.doubts ?? [])).toEqual(['aws_ec2_transit_gateway.hub']);
});

it('names an association with a policy table as what is not modelled, and doubts the table of its attachment', () => {
  const network = networkOf({
    ...VPCS,
    ...hub(),
    [ATTACHMENT]: { one: attach('one') },
    aws_ec2_transit_gateway_policy_table: { p: { transit_gateway_id: '${aws_ec2_transit_gateway.hub.id}' } },
    aws_ec2_transit_gateway_policy_table_association: {
      one: {
        transit_gateway_attachment_id: ONE,
        transit_gateway_policy_table_id: '${aws_ec2_transit_gateway_policy_table.p.id}',
      },
    },
  });
  expect(network.unmodelled.map(({ resource, reason }) => `${resource.address} ${reason}`)).toEqual([
    'aws_ec2_transit_gateway_policy_table_association.one routes what comes in by a policy whose rules Terraform does not show',
  ]);
  expect(network.attachments.flatMap(({ tables }) => tables.map(({ doubts }) => doubts.length > 0))).toEqual([
    true,
    true,
  ]);
});
