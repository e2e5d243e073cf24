import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { describeTrace } from '../../../proofs/network/describe.ts';
import type { Place } from '../../../proofs/network/question.ts';
import { samplesOf } from '../../../proofs/network/simulator/samples.ts';
import { drops, walk } from '../../../proofs/network/simulate.ts';
import { arrives, ends, hops, packet } from '../../support/network/packets.ts';
import { Dice, randomNetwork } from '../../support/network/random-topology.ts';
import {
  addresses,
  at,
  doubt,
  hiddenAddress,
  Network,
  NO,
  NOTHING_REMOVED,
  perhaps,
  permit,
  resource,
  route,
  rule,
  services,
  sure,
  tcp,
  transitRoute,
  udp,
  YES,
} from '../../support/network/topology.ts';
import type {
  Door,
  Doubts,
  Route,
  RouteTable,
  Subnet,
  Target,
  TransitAttachment,
  Truth,
  Zone,
} from '../../../proofs/network/topology.ts';

const HIDDEN = [doubt('var.hidden')];
const EMPTY = { ingress: [], egress: [] };

/** A VPC with a subnet for data and one for an edge. */
function pair(given: Parameters<Network['subnet']>[2] = {}): {
  readonly net: Network;
  readonly vpc: ReturnType<Network['vpc']>;
  readonly data: ReturnType<Network['subnet']>;
  readonly edge: ReturnType<Network['subnet']>;
} {
  const net = new Network();
  const vpc = net.vpc('10.0.0.0/16', { name: 'aws_vpc.main' });
  const edge = net.subnet(vpc, '10.0.2.0/24', { name: 'aws_subnet.edge' });
  const data = net.subnet(vpc, '10.0.1.0/24', { name: 'aws_subnet.data', ...given });
  return { net, vpc, data, edge };
}

const TO_EDGE = packet('10.0.1.5', '10.0.2.5');

describe('H1: what leaves something in a subnet', () => {
  it('is delivered within the subnet without a list, a table or a group of a subnet', () => {
    const { net, data } = pair({ acls: [], tables: [] });
    const sent = { from: data, to: data, packet: packet('10.0.1.5', '10.0.1.9') };
    assert.deepEqual(hops(net, sent), ['aws_subnet.data delivers to 10.0.1.9']);
  });

  it('is sent with an address of the subnet or of the interface, or with any by what forwards', () => {
    const { net, data, edge } = pair();
    const host = net.interface(data, '10.0.1.5', { name: 'aws_instance.app' });
    const router = net.interface(data, '10.0.1.6', { forwards: YES });
    const perhapsRouter = net.interface(data, '10.0.1.7', { forwards: perhaps('var.check') });
    const foreign = packet('10.9.9.9', '10.0.2.5');
    assert.deepEqual(
      [data, host, router, perhapsRouter].map((from) => arrives(net, { from, to: edge, packet: foreign })),
      ['never', 'never', 'surely', 'perhaps'],
    );
    assert.deepEqual(ends(net, { from: host, to: edge, packet: foreign }), [
      'aws_instance.app: source is not its address (source/destination check)',
    ]);
    assert.deepEqual(ends(net, { from: data, to: edge, packet: foreign }), [
      'aws_subnet.data: 10.9.9.9 is no address of aws_subnet.data',
    ]);
  });

  it('passes a group of the interface that sends it', () => {
    const { net, data, edge } = pair();
    const app = net.group({ name: 'aws_security_group.app', egress: [permit({ services: services(tcp(80)) })] });
    const web = net.group({ name: 'aws_security_group.web', ...EMPTY });
    const host = net.interface(data, '10.0.1.5', { name: 'aws_instance.app', groups: [...sure(app), ...sure(web)] });
    const bare = net.interface(data, '10.0.1.6', { name: 'aws_instance.bare', groups: [] });
    assert.deepEqual(ends(net, { from: host, to: edge, packet: TO_EDGE }), [
      'aws_instance.app: no rule of aws_security_group.app or aws_security_group.web allows tcp 443 to 10.0.2.5',
    ]);
    assert.deepEqual(ends(net, { from: bare, to: edge, packet: packet('10.0.1.6', '10.0.2.5') }), [
      'aws_instance.bare: aws_instance.bare has no security group that allows tcp 443 to 10.0.2.5',
    ]);
    assert.deepEqual(
      hops(net, { from: host, to: edge, packet: packet('10.0.1.5', '10.0.2.5', tcp(80).first) })?.[0],
      'aws_instance.app is let out by aws_security_group.app',
    );
  });

  it('passes the list of the subnet, whose first matching rule decides', () => {
    const web = services(tcp(443));
    const net = new Network();
    const vpc = net.vpc('10.0.0.0/16');
    const egress = [rule({ number: 200 }), rule({ number: 100, allows: false, services: web })];
    const acl = {
      ...net.acl({ egress }),
      origin: { name: 'aws_network_acl.data', resource: resource('aws_network_acl.data'), path: [] },
    };
    const data = net.subnet(vpc, '10.0.1.0/24', { name: 'aws_subnet.data', acls: sure(acl) });
    const edge = net.subnet(vpc, '10.0.2.0/24', { name: 'aws_subnet.edge' });
    assert.deepEqual(ends(net, { from: data, to: edge, packet: TO_EDGE }), [
      'aws_subnet.data: rule 100 of aws_network_acl.data denies tcp 443 to 10.0.2.5',
    ]);
    assert.equal(
      hops(net, { from: data, to: edge, packet: packet('10.0.1.5', '10.0.2.5', udp(53).first) })?.[0],
      'aws_subnet.data is let out by rule 200 of aws_network_acl.data',
    );
  });

  it('is denied by a list in which no rule matches, and by one that is not there', () => {
    const { net, data, edge } = pair({ acls: sure(new Network().acl({ name: 'aws_network_acl.data', ...EMPTY })) });
    assert.deepEqual(ends(net, { from: data, to: edge, packet: TO_EDGE }), [
      'aws_subnet.data: no rule of aws_network_acl.data allows tcp 443 to 10.0.2.5',
    ]);
    const bare = pair({ acls: [] });
    assert.deepEqual(ends(bare.net, { from: bare.data, to: bare.edge, packet: TO_EDGE }), [
      'aws_subnet.data: aws_subnet.data has no network ACL',
    ]);
  });

  it.each([
    ['a doubtful allow rule', [rule({ number: 1, doubts: HIDDEN })], 'perhaps'],
    [
      'a doubtful deny rule before one that allows',
      [rule({ number: 1, allows: false, doubts: HIDDEN }), rule({ number: 2 })],
      'perhaps',
    ],
    [
      'a doubtful deny rule before one that denies',
      [rule({ number: 1, allows: false, doubts: HIDDEN }), rule({ number: 2, allows: false })],
      'never',
    ],
    [
      'a doubtful allow rule before one that allows',
      [rule({ number: 1, doubts: HIDDEN }), rule({ number: 2 })],
      'surely',
    ],
    [
      'a doubtful rule after one that decides',
      [rule({ number: 1 }), rule({ number: 2, allows: false, doubts: HIDDEN })],
      'surely',
    ],
    ['addresses that are not all known', [rule({ addresses: { ...addresses(), doubts: HIDDEN } })], 'perhaps'],
    ['services that are not all known', [rule({ services: { ranges: [], doubts: HIDDEN } })], 'perhaps'],
  ] as const)('with %s', (_, egress, expected) => {
    const net = new Network();
    const vpc = net.vpc('10.0.0.0/16');
    const data = net.subnet(vpc, '10.0.1.0/24', { acls: sure(net.acl({ egress })) });
    const edge = net.subnet(vpc, '10.0.2.0/24');
    assert.equal(arrives(net, { from: data, to: edge, packet: TO_EDGE }), expected);
  });

  it('perhaps passes a list that is not closed, or one of several', () => {
    const net = new Network();
    const vpc = net.vpc('10.0.0.0/16');
    const edge = net.subnet(vpc, '10.0.2.0/24');
    const shut = net.acl(EMPTY);
    const some = (given: Parameters<Network['subnet']>[2]): string =>
      arrives(net, { from: net.subnet(vpc, '10.0.1.0/24', given), to: edge, packet: TO_EDGE });
    assert.equal(some({ acls: sure(net.acl({ open: HIDDEN })) }), 'perhaps');
    assert.equal(some({ acls: sure(net.acl({ ...EMPTY, open: HIDDEN })) }), 'perhaps');
    assert.equal(
      some({
        acls: [
          { item: net.acl(), doubts: HIDDEN },
          { item: shut, doubts: HIDDEN },
        ],
      }),
      'perhaps',
    );
    assert.equal(some({ acls: [{ item: shut, doubts: HIDDEN }] }), 'never');
    assert.equal(some({ doubts: HIDDEN }), 'perhaps');
  });

  it('says what an end depends on', () => {
    const { net, data, edge } = pair({ acls: sure(new Network().acl({ open: HIDDEN })) });
    assert.deepEqual(ends(net, { from: data, to: edge, packet: TO_EDGE }), [
      'aws_subnet.data: it depends on var.hidden',
    ]);
    const many = pair({ acls: sure(new Network().acl({ open: ['a', 'b', 'c', 'd', 'e'].map(doubt) })) });
    assert.deepEqual(ends(many.net, { from: many.data, to: many.edge, packet: TO_EDGE }), [
      'aws_subnet.data: it depends on a, b, c and 2 more',
    ]);
  });
});

describe('H2: a table', () => {
  type Routes = (one: Target, other: Target) => readonly Route[];

  /** How a packet gets to each of two outsides by a table. */
  function routed(make: Routes, table: Partial<RouteTable> = {}): readonly string[] {
    const net = new Network();
    const vpc = net.vpc('10.0.0.0/16');
    const [one, other] = [net.outside('one'), net.outside('other')];
    const routes = make({ kind: 'outside', outside: one }, { kind: 'outside', outside: other });
    const data = net.subnet(vpc, '10.0.1.0/24', { tables: sure(net.table(routes, table)) });
    return [one, other].map((to) => arrives(net, { from: data, to, packet: packet('10.0.1.5', '203.0.113.9') }));
  }

  const unknown = hiddenAddress('the block', '203.0.113.0/24', { length: 24 });
  const any = { kind: 'any', doubts: HIDDEN } as const;

  it.each<readonly [string, Routes, readonly string[]]>([
    ['takes the longest prefix', (a, b) => [route('0.0.0.0/0', b), route('203.0.113.0/24', a)], ['surely', 'never']],
    [
      'takes the one to a single address before the one to two',
      (a, b) => [route('203.0.113.8/31', b), route('203.0.113.9/32', a)],
      ['surely', 'never'],
    ],
    ['keeps families apart', (a, b) => [route('0.0.0.0/0', a), route('::/0', b)], ['surely', 'never']],
    [
      'takes either of two that are equal',
      (a, b) => [route('0.0.0.0/0', a), route('0.0.0.0/0', b)],
      ['surely', 'surely'],
    ],
    [
      'takes static before prefix list',
      (a, b) => [route('0.0.0.0/0', b, 'prefix-list'), route('0.0.0.0/0', a)],
      ['surely', 'never'],
    ],
    [
      'takes prefix list before propagated',
      (a, b) => [route('0.0.0.0/0', b, 'propagated'), route('0.0.0.0/0', a, 'prefix-list')],
      ['surely', 'never'],
    ],
    [
      'takes what is longer and propagated before what is shorter and static',
      (a, b) => [route('0.0.0.0/0', b), route('203.0.113.0/24', a, 'propagated')],
      ['surely', 'never'],
    ],
    [
      'may take a longer one that may be there, and then not the shorter',
      (a, b) => [route('0.0.0.0/0', a), route('203.0.113.0/24', b, 'static', HIDDEN)],
      ['perhaps', 'perhaps'],
    ],
    [
      'never takes a shorter one that may be there',
      (a, b) => [route('0.0.0.0/0', b, 'static', HIDDEN), route('203.0.113.0/24', a)],
      ['surely', 'never'],
    ],
    [
      'may take an equal one that may be there',
      (a, b) => [route('0.0.0.0/0', a), route('0.0.0.0/0', b, 'static', HIDDEN)],
      ['perhaps', 'perhaps'],
    ],
    [
      'never takes an equal one of lesser precedence that may be there',
      (a, b) => [route('0.0.0.0/0', a), route('0.0.0.0/0', b, 'propagated', HIDDEN)],
      ['surely', 'never'],
    ],
    [
      'may take one to an unknown destination',
      (a, b) => [route('0.0.0.0/0', a), route(any, b)],
      ['perhaps', 'perhaps'],
    ],
    ['takes no number for an unknown block', (a, b) => [route('0.0.0.0/0', a), route(unknown, b)], ['surely', 'never']],
    [
      'goes nowhere by a blackhole',
      (_, b) => [route('203.0.113.0/24', { kind: 'blackhole' }), route('0.0.0.0/0', b)],
      ['never', 'never'],
    ],
    [
      'may go anywhere by a hidden target',
      () => [route('0.0.0.0/0', { kind: 'hidden', doubts: HIDDEN })],
      ['perhaps', 'perhaps'],
    ],
  ])('%s', (_, make, expected) => {
    assert.deepEqual(routed(make), expected);
  });

  it('perhaps has other routes, or is not there', () => {
    assert.deepEqual(
      routed((a) => [route('0.0.0.0/0', a)], { open: HIDDEN }),
      ['perhaps', 'perhaps'],
    );
    assert.deepEqual(
      routed((a) => [route('0.0.0.0/0', a)], { doubts: HIDDEN }),
      ['perhaps', 'never'],
    );
  });

  it('keeps the local route before what is propagated and longer', () => {
    const net = new Network();
    const vpc = net.vpc('10.0.0.0/16');
    const office = net.outside('the office', { addresses: addresses('10.0.2.0/24') });
    const target = { kind: 'outside', outside: office } as const;
    const edge = net.subnet(vpc, '10.0.2.0/24');
    const propagated = net.subnet(vpc, '10.0.1.0/24', { routes: [route('10.0.2.0/24', target, 'propagated')] });
    const written = net.subnet(vpc, '10.0.3.0/24', { routes: [route('10.0.2.0/24', target)] });
    const hidden = [
      route('10.0.0.0/16', { kind: 'local' }, 'local', HIDDEN),
      route('10.0.2.0/24', target, 'propagated'),
    ];
    const doubtful = net.subnet(vpc, '10.0.4.0/24', { tables: sure(net.table(hidden)) });
    const maybe = net.subnet(vpc, '10.0.5.0/24', { routes: [route('10.0.2.0/24', target, 'propagated', HIDDEN)] });
    const kinds = [propagated, written, doubtful, maybe].map((from, index) => {
      const sent = packet(`10.0.${[1, 3, 4, 5][index]}.5`, '10.0.2.5');
      return [edge, office].map((to) => arrives(net, { from, to, packet: sent }));
    });
    assert.deepEqual(kinds, [
      ['surely', 'never'],
      ['never', 'surely'],
      ['perhaps', 'perhaps'],
      ['surely', 'never'],
    ]);
  });

  it('compares an unknown block by the shortest and the longest prefix that it may have', () => {
    const host = hiddenAddress('the host', '10.0.2.0/24', {
      parent: hiddenAddress('the block', '10.0.2.0/24', { length: 20 }),
    });
    const net = new Network();
    const vpc = net.vpc('10.0.0.0/16');
    const [one, other] = [net.outside('one'), net.outside('other')];
    const { parent } = host;
    assert.ok(parent !== null);
    const to = (outside: typeof one): Target => ({ kind: 'outside', outside });
    const kinds = (routes: readonly Route[]): readonly string[] => {
      const from = net.subnet(vpc, '10.0.1.0/24', { tables: sure(net.table(routes)) });
      return [one, other].map((place) => arrives(net, { from, to: place, packet: packet('10.0.1.5', host) }));
    };
    assert.deepEqual(kinds([route('10.0.0.0/16', to(other)), route(parent, to(one))]), ['surely', 'never']);
    assert.deepEqual(kinds([route('10.0.2.0/24', to(other)), route(parent, to(one))]), ['perhaps', 'perhaps']);
    assert.deepEqual(kinds([route(parent, to(one), 'prefix-list'), route(parent, to(other), 'propagated')]), [
      'surely',
      'never',
    ]);
    assert.deepEqual(kinds([route('10.0.0.0/16', to(one)), route('10.0.2.0/28', to(other))]), ['perhaps', 'perhaps']);
  });

  it('drops what it has no route for, and what no table routes', () => {
    const { net, data, edge } = pair({ tables: sure(new Network().table([], { name: 'aws_route_table.data' })) });
    const expected = ['aws_subnet.data: no route in aws_route_table.data covers 10.0.2.5'];
    assert.deepEqual(ends(net, { from: data, to: edge, packet: TO_EDGE }), expected);
    const bare = pair({ tables: [] });
    assert.deepEqual(ends(bare.net, { from: bare.data, to: bare.edge, packet: TO_EDGE }), [
      'aws_subnet.data: has no route table',
    ]);
    const nowhere = new Network().table([route('0.0.0.0/0', { kind: 'blackhole' })], { name: 'aws_route_table.data' });
    const hole = pair({ tables: sure(nowhere) });
    assert.deepEqual(ends(hole.net, { from: hole.data, to: hole.edge, packet: TO_EDGE }), [
      'aws_subnet.data: the route to 0.0.0.0/0 in aws_route_table.data leads nowhere',
    ]);
  });
});

describe('H3 and H4: the local route', () => {
  it('leads into the subnet of the destination, to its interfaces by their groups', () => {
    const { net, data, edge } = pair();
    const groups = sure(
      net.group({ name: 'aws_security_group.store', ingress: [permit({ peer: addresses('10.0.1.0/24') })] }),
    );
    const store = net.interface(edge, '10.0.2.5', { name: 'aws_instance.store', groups });
    const table = data.tables[0]?.item.origin.name ?? '';
    assert.deepEqual(hops(net, { from: data, to: store, packet: TO_EDGE }), [
      `aws_subnet.data takes the route to 10.0.0.0/16 in ${table}`,
      'aws_subnet.edge delivers to 10.0.2.5',
      'aws_instance.store is let in by aws_security_group.store',
    ]);
    const near = packet('10.0.2.9', '10.0.2.5');
    assert.equal(arrives(net, { from: edge, to: store, packet: near }), 'never');
    assert.equal(arrives(net, { from: edge, to: edge, packet: near }), 'surely');
    assert.deepEqual(ends(net, { from: edge, to: store, packet: near }), [
      'aws_instance.store: no rule of aws_security_group.store allows tcp 443 from 10.0.2.9',
    ]);
  });

  it('passes the list of that subnet by the source', () => {
    const net = new Network();
    const vpc = net.vpc('10.0.0.0/16', { name: 'aws_vpc.main' });
    const data = net.subnet(vpc, '10.0.1.0/24', { name: 'aws_subnet.data' });
    const acl = net.acl({ name: 'aws_network_acl.edge', ingress: [rule({ addresses: addresses('10.0.1.0/28') })] });
    const edge = net.subnet(vpc, '10.0.2.0/24', { name: 'aws_subnet.edge', acls: sure(acl) });
    assert.equal(arrives(net, { from: data, to: edge, packet: TO_EDGE }), 'surely');
    const far = packet('10.0.1.77', '10.0.2.5');
    assert.deepEqual(ends(net, { from: data, to: edge, packet: far }), [
      'aws_subnet.edge: no rule of aws_network_acl.edge allows tcp 443 from 10.0.1.77',
    ]);
    assert.deepEqual(ends(net, { from: data, to: edge, packet: packet('10.0.1.5', '10.0.9.5') }), [
      'aws_vpc.main: no subnet of aws_vpc.main has 10.0.9.5',
    ]);
  });

  it('knows the members of a group, also those whose address only AWS knows', () => {
    const { net, data, edge } = pair();
    const readers = net.group();
    const address = hiddenAddress('the reader', '10.0.1.0/24');
    const reader = net.interface(data, addresses(address), { groups: sure(readers) });
    const other = net.interface(data, '10.0.1.6');
    const ghost = net.interface(data, '10.0.1.7', { groups: [{ item: readers, doubts: HIDDEN }] });
    const store = net.interface(edge, '10.0.2.5', {
      groups: sure(net.group({ ingress: [permit({ peer: readers })] })),
    });
    const kinds = (
      [
        [reader, address],
        [other, '10.0.1.6'],
        [ghost, '10.0.1.7'],
      ] as const
    ).map(([from, source]) => arrives(net, { from, to: store, packet: packet(source, '10.0.2.5') }));
    assert.deepEqual(kinds, ['surely', 'never', 'perhaps']);
  });
});

describe('H5: an interface as the next hop', () => {
  function routed(given: Parameters<Network['interface']>[2]): {
    readonly net: Network;
    readonly data: ReturnType<Network['subnet']>;
    readonly far: ReturnType<Network['outside']>;
    readonly appliance: ReturnType<Network['interface']>;
  } {
    const net = new Network();
    const vpc = net.vpc('10.0.0.0/16');
    const far = net.outside('far');
    const edge = net.subnet(vpc, '10.0.2.0/24', {
      name: 'aws_subnet.edge',
      routes: [route('0.0.0.0/0', { kind: 'outside', outside: far })],
    });
    const appliance = net.interface(edge, '10.0.2.5', { name: 'aws_instance.appliance', ...given });
    const data = net.subnet(vpc, '10.0.1.0/24', {
      name: 'aws_subnet.data',
      routes: [route('0.0.0.0/0', { kind: 'interface', interface: appliance })],
    });
    return { net, data, far, appliance };
  }

  const OUT = packet('10.0.1.5', '203.0.113.9');

  it('forwards what is not its own by both its groups', () => {
    const open = routed({ forwards: YES });
    assert.deepEqual(hops(open.net, { from: open.data, to: open.far, packet: OUT })?.slice(1, 2), [
      'aws_instance.appliance forwards it',
    ]);
    for (const side of ['ingress', 'egress'] as const) {
      const { net, data, far } = routed({ forwards: YES, groups: sure(new Network().group({ [side]: [] })) });
      assert.equal(arrives(net, { from: data, to: far, packet: OUT }), 'never');
    }
    const checked = routed({ forwards: NO });
    assert.deepEqual(ends(checked.net, { from: checked.data, to: checked.far, packet: OUT }), [
      'aws_instance.appliance: does not forward what is not its own (source/destination check)',
    ]);
    const hidden = routed({ forwards: perhaps('var.check') });
    assert.equal(arrives(hidden.net, { from: hidden.data, to: hidden.far, packet: OUT }), 'perhaps');
  });

  it('does not forward when it is taken out, and is still a host', () => {
    const owner = resource('aws_instance.appliance');
    const { net, data, far, appliance } = routed({ forwards: YES, owner });
    const without = { certain: new Set([owner]), doubtful: new Map() };
    const doubtful = { certain: new Set<typeof owner>(), doubtful: new Map([[owner, HIDDEN]]) };
    assert.equal(arrives(net, { from: data, to: far, packet: OUT, without }), 'never');
    assert.equal(arrives(net, { from: data, to: far, packet: OUT, without: doubtful }), 'perhaps');
    assert.deepEqual(ends(net, { from: data, to: far, packet: OUT, without }), [
      'aws_instance.appliance: is an approved gateway, which the question takes out',
    ]);
    const own = packet('10.0.1.5', '10.0.2.5');
    assert.equal(arrives(net, { from: data, to: appliance, packet: own, without }), 'surely');
  });

  it('in the subnet of the sender is reached without its list, and sends round what its own table sends to it', () => {
    const { net, data, far } = routed({});
    const near = net.subnet(data.vpc, '10.0.3.0/24', { acls: sure(net.acl({ ingress: [] })) });
    const own = net.interface(near, '10.0.3.5', { name: 'aws_instance.near', forwards: YES });
    Object.assign(near, { tables: sure(net.table([route('0.0.0.0/0', { kind: 'interface', interface: own })])) });
    assert.deepEqual(ends(net, { from: near, to: far, packet: packet('10.0.3.6', '203.0.113.9') }), [
      'aws_instance.near: sends it round in a circle',
    ]);
  });

  it('takes what is its own by a longer route than the local one', () => {
    const { net, appliance, data } = routed({});
    const table = net.table([route('10.0.2.0/24', { kind: 'interface', interface: appliance })]);
    const other = net.subnet(data.vpc, '10.0.3.0/24', { tables: sure(table) });
    const own = packet('10.0.3.5', '10.0.2.5');
    assert.equal(arrives(net, { from: other, to: appliance, packet: own }), 'surely');
    assert.equal(arrives(net, { from: other, to: appliance.subnet, packet: packet('10.0.3.5', '10.0.2.6') }), 'never');
  });
});

describe('H6: an inspection', () => {
  it('passes what comes by the list of its subnet, until it is taken out', () => {
    const net = new Network();
    const vpc = net.vpc('10.0.0.0/16');
    const far = net.outside('far');
    const owner = resource('aws_networkfirewall_firewall.gateway');
    const acl = net.acl({ ingress: [rule({ addresses: addresses('10.0.1.0/28') })] });
    const routes = [route('0.0.0.0/0', { kind: 'outside', outside: far })];
    const edge = net.subnet(vpc, '10.0.2.0/24', { acls: sure(acl), routes });
    const inspection = net.inspection(edge, { owner, name: 'aws_networkfirewall_firewall.gateway' });
    const data = net.subnet(vpc, '10.0.1.0/24', { routes: [route('0.0.0.0/0', { kind: 'inspection', inspection })] });
    const out = packet('10.0.1.5', '203.0.113.9');
    assert.equal(
      hops(net, { from: data, to: far, packet: out })?.[1],
      'aws_networkfirewall_firewall.gateway inspects it and sends it on',
    );
    assert.equal(arrives(net, { from: data, to: far, packet: packet('10.0.1.77', '203.0.113.9') }), 'never');
    const without = { certain: new Set([owner]), doubtful: new Map() };
    assert.deepEqual(ends(net, { from: data, to: far, packet: out, without }), [
      'aws_networkfirewall_firewall.gateway: is an approved gateway, which the question takes out',
    ]);
    const doubtful = { certain: new Set<typeof owner>(), doubtful: new Map([[owner, HIDDEN]]) };
    assert.equal(arrives(net, { from: data, to: far, packet: out, without: doubtful }), 'perhaps');
  });

  it('has no endpoint when it is attached to a transit gateway', () => {
    const net = new Network();
    const inspection = net.inspection(null, { name: 'aws_networkfirewall_firewall.core' });
    const from = net.subnet(net.vpc('10.0.0.0/16'), '10.0.1.0/24', {
      routes: [route('0.0.0.0/0', { kind: 'inspection', inspection })],
    });
    assert.deepEqual(ends(net, { from, to: from, packet: packet('10.0.1.5', '203.0.113.9') }), [
      'aws_networkfirewall_firewall.core: is attached to a transit gateway and has no endpoint in the VPC',
    ]);
  });
});

/** Data that gets out by a NAT gateway in the edge. */
function behindNat(given: Parameters<Network['nat']>[2] = {}): {
  readonly net: Network;
  readonly data: ReturnType<Network['subnet']>;
  readonly internet: ReturnType<Network['outside']>;
} {
  const net = new Network();
  const vpc = net.vpc('10.0.0.0/16', { name: 'aws_vpc.main' });
  const internet = net.outside('the Internet');
  const door = net.door('internet', vpc, internet, { name: 'aws_internet_gateway.world' });
  const edge = net.subnet(vpc, '10.0.2.0/24', { routes: [route('0.0.0.0/0', { kind: 'door', door })] });
  const nat = net.nat(edge, '10.0.2.200', { name: 'aws_nat_gateway.edge', ...given });
  const data = net.subnet(vpc, addresses('10.0.1.0/24', '2a05:d014::/64'), {
    name: 'aws_subnet.data',
    routes: [route('0.0.0.0/0', { kind: 'nat', nat }), route('::/0', { kind: 'nat', nat })],
  });
  return { net, data, internet };
}

describe('H7: a NAT gateway', () => {
  const OUT = packet('10.0.1.5', '203.0.113.9');

  it('sends with its own address by its subnet', () => {
    const { net, data, internet } = behindNat();
    const trace = walk(net.topology, {
      packet: OUT,
      from: at(data),
      to: [at(internet)],
      without: NOTHING_REMOVED,
      model: 'must',
    });
    assert.ok(trace !== null);
    const [, , translated, , last] = describeTrace(trace);
    assert.equal(
      translated,
      '  aws_nat_gateway.edge translates the source to 10.0.2.200, as tcp 443 from 10.0.2.200 to 203.0.113.9',
    );
    assert.equal(last, '  aws_internet_gateway.world leaves for the Internet');
  });

  it('of IPv6 translates what stands for an address of IPv4', () => {
    const { net, data, internet } = behindNat();
    const nat64 = packet('2a05:d014::5', '64:ff9b::cb00:7109');
    assert.equal(
      hops(net, { from: data, to: internet, packet: nat64 })?.[1],
      'aws_nat_gateway.edge translates the source to 10.0.2.200, as tcp 443 from 10.0.2.200 to 203.0.113.9',
    );
    assert.deepEqual(ends(net, { from: data, to: internet, packet: packet('2a05:d014::5', '2a00::9') }), [
      'aws_nat_gateway.edge: cannot translate 2a00::9 to IPv4',
    ]);
  });

  it('that is private gets to no Internet gateway', () => {
    const closed = behindNat({ isPublic: NO });
    assert.deepEqual(ends(closed.net, { from: closed.data, to: closed.internet, packet: OUT }), [
      'aws_internet_gateway.world: 10.0.2.200 has no public address',
    ]);
    const hidden = behindNat({ isPublic: perhaps('var.kind') });
    assert.equal(arrives(hidden.net, { from: hidden.data, to: hidden.internet, packet: OUT }), 'perhaps');
  });

  it('takes nothing that it has not asked for', () => {
    const { net, data, internet } = behindNat();
    const [edge = data] = net.subnets;
    assert.deepEqual(ends(net, { from: internet, to: edge, packet: packet('203.0.113.9', '10.0.2.200') }), [
      'aws_internet_gateway.world: 10.0.2.200 has no public address',
    ]);
  });

  it('of a Region goes straight to the Internet', () => {
    const { net, data, internet } = behindNat({ subnet: null });
    assert.deepEqual(hops(net, { from: data, to: internet, packet: OUT })?.slice(1), [
      'aws_nat_gateway.edge translates the source to 10.0.2.200, as tcp 443 from 10.0.2.200 to 203.0.113.9',
      'aws_internet_gateway.world leaves for the Internet',
    ]);
    net.doors.length = 0;
    assert.deepEqual(ends(net, { from: data, to: internet, packet: OUT }), [
      'aws_nat_gateway.edge: aws_vpc.main has no Internet gateway',
    ]);
  });
});

describe('H8 and H9: a door', () => {
  function doored(
    kind: Door['kind'],
    given: Parameters<Network['door']>[3] = {},
    within: Parameters<Network['subnet']>[2] = {},
  ): {
    readonly net: Network;
    readonly data: ReturnType<Network['subnet']>;
    readonly beyond: ReturnType<Network['outside']>;
  } {
    const net = new Network();
    const vpc = net.vpc(addresses('10.0.0.0/16', '2a05:d014::/56'), { name: 'aws_vpc.main' });
    const beyond = net.outside('beyond');
    const door = net.door(kind, vpc, beyond, { name: 'the door', ...given });
    const target = { kind: 'door', door } as const;
    const data = net.subnet(vpc, addresses('10.0.1.0/24', '2a05:d014::/64'), {
      name: 'aws_subnet.data',
      routes: [route('0.0.0.0/0', target), route('::/0', target)],
      ...within,
    });
    net.interface(data, addresses('10.0.1.5', '2a05:d014::5'), { isPublic: YES });
    net.interface(data, '10.0.1.6');
    return { net, data, beyond };
  }

  const OUT = { four: packet('10.0.1.5', '203.0.113.9'), six: packet('2a05:d014::5', '2a00::9') };
  const IN = { four: packet('203.0.113.9', '10.0.1.5'), six: packet('2a00::9', '2a05:d014::5') };

  it.each([
    ['internet', 'surely', 'surely', 'surely', 'surely'],
    ['egress-only', 'never', 'surely', 'never', 'never'],
    ['carrier', 'surely', 'surely', 'surely', 'surely'],
    ['vpn', 'surely', 'never', 'surely', 'never'],
    ['local', 'surely', 'surely', 'surely', 'surely'],
  ] as const)('of kind %s', (kind, ...expected) => {
    const { net, data, beyond } = doored(kind);
    assert.deepEqual(
      [
        arrives(net, { from: data, to: beyond, packet: OUT.four }),
        arrives(net, { from: data, to: beyond, packet: OUT.six }),
        arrives(net, { from: beyond, to: data, packet: IN.four }),
        arrives(net, { from: beyond, to: data, packet: IN.six }),
      ],
      expected,
    );
  });

  it('of the Internet asks for a public address, both ways', () => {
    const { net, data, beyond } = doored('internet');
    assert.deepEqual(ends(net, { from: data, to: beyond, packet: packet('10.0.1.6', '203.0.113.9') }), [
      'the door: 10.0.1.6 has no public address',
    ]);
    assert.deepEqual(ends(net, { from: beyond, to: data, packet: packet('203.0.113.9', '10.0.1.6') }), [
      'the door: 10.0.1.6 has no public address',
    ]);
    assert.deepEqual(ends(net, { from: data, to: beyond, packet: packet('10.0.1.5', '192.168.0.1') }), [
      'the door: does not lead to 192.168.0.1',
    ]);
    assert.deepEqual(ends(net, { from: beyond, to: data, packet: packet('192.168.0.1', '10.0.1.5') }), [
      'the door: 192.168.0.1 is no address of beyond',
    ]);
    assert.deepEqual(ends(net, { from: beyond, to: data, packet: packet('2a00::9', '2a05:d015::9') }), [
      'the door: 2a05:d015::9 is no address of aws_vpc.main',
    ]);
  });

  it.each(['internet', 'egress-only', 'carrier'] as const)('of kind %s is shut by Block Public Access', (kind) => {
    const { net, data, beyond } = doored(kind, {}, { blocksEgress: YES, blocksIngress: YES });
    assert.deepEqual(ends(net, { from: data, to: beyond, packet: OUT.six }), [
      'the door: VPC Block Public Access stops what leaves aws_subnet.data',
    ]);
    const inwards = arrives(net, { from: beyond, to: data, packet: IN.four });
    assert.equal(inwards, kind === 'carrier' ? 'surely' : 'never');
    const hidden = doored(kind, {}, { blocksEgress: perhaps('var.mode') });
    assert.equal(arrives(hidden.net, { from: hidden.data, to: hidden.beyond, packet: OUT.six }), 'perhaps');
  });

  it('says why it shuts', () => {
    const blocked = doored('internet', {}, { blocksIngress: YES });
    assert.deepEqual(ends(blocked.net, { from: blocked.beyond, to: blocked.data, packet: IN.four }), [
      'the door: VPC Block Public Access stops what comes in to 10.0.1.5',
    ]);
    const eigw = doored('egress-only');
    assert.deepEqual(ends(eigw.net, { from: eigw.beyond, to: eigw.data, packet: IN.six }), [
      'the door: lets nothing in',
    ]);
    assert.deepEqual(ends(eigw.net, { from: eigw.data, to: eigw.beyond, packet: OUT.four }), [
      'the door: carries IPv6 alone',
    ]);
    const vpn = doored('vpn');
    assert.deepEqual(ends(vpn.net, { from: vpn.data, to: vpn.beyond, packet: OUT.six }), [
      'the door: carries IPv4 alone',
    ]);
    assert.deepEqual(ends(vpn.net, { from: vpn.beyond, to: vpn.data, packet: IN.six }), [
      'the door: carries IPv4 alone',
    ]);
  });

  it('to a network of the owner leads where it forwards', () => {
    for (const kind of ['vpn', 'local'] as const) {
      const known = doored(kind, { forwards: addresses('198.51.100.0/24') });
      assert.equal(arrives(known.net, { from: known.data, to: known.beyond, packet: OUT.four }), 'never');
      const learns = doored(kind, { forwards: { ...addresses('198.51.100.0/24'), doubts: HIDDEN } });
      assert.equal(arrives(learns.net, { from: learns.data, to: learns.beyond, packet: OUT.four }), 'perhaps');
    }
  });

  it('with an edge table leads by it, within the VPC', () => {
    const routed = (
      make: (net: Network, data: Subnet) => readonly Route[],
      kind: Door['kind'] = 'internet',
    ): string | readonly string[] => {
      const { net, data, beyond } = doored(kind);
      const [door] = net.doors;
      assert.ok(door !== undefined);
      Object.assign(door, { tables: sure(net.table(make(net, data), { name: 'aws_route_table.edge' })) });
      const sent = { from: beyond, to: data, packet: IN.four };
      const kindOf = arrives(net, sent);
      return kindOf === 'never' ? ends(net, sent) : kindOf;
    };
    assert.equal(
      routed((net, { vpc }) => net.locals(vpc)),
      'surely',
    );
    assert.deepEqual(
      routed(() => []),
      ['the door: no route in aws_route_table.edge covers 10.0.1.5'],
    );
    const inspected =
      (kind: 'network-firewall' | 'gateway-load-balancer') =>
      (net: Network, { vpc }: Subnet) => {
        const edge = net.subnet(vpc, '10.0.2.0/24');
        return [route('10.0.1.0/24', { kind: 'inspection', inspection: net.inspection(edge, { kind }) })];
      };
    assert.equal(routed(inspected('network-firewall')), 'surely');
    assert.equal(routed(inspected('gateway-load-balancer')), 'surely');
    assert.equal(routed(inspected('network-firewall'), 'vpn'), 'surely');
    assert.deepEqual(routed(inspected('gateway-load-balancer'), 'vpn'), [
      'the door: cannot send to an endpoint of a gateway load balancer',
    ]);
    const forwarded = (net: Network, { vpc }: Subnet): readonly Route[] => {
      const appliance = net.interface(net.subnet(vpc, '10.0.2.0/24'), '10.0.2.5', { forwards: YES });
      return [route('10.0.1.0/24', { kind: 'interface', interface: appliance })];
    };
    assert.equal(routed(forwarded), 'surely');
    assert.deepEqual(
      routed((net) => [route('10.0.1.0/24', { kind: 'transit', gateway: net.transitGateway() })]),
      ['the door: cannot send it there'],
    );
    assert.equal(
      routed(() => [route('10.0.1.0/24', { kind: 'hidden', doubts: HIDDEN })]),
      'perhaps',
    );
  });

  it('may have an edge table, or the local route alone', () => {
    const { net, data, beyond } = doored('internet');
    const [door] = net.doors;
    assert.ok(door !== undefined);
    Object.assign(door, { tables: [{ item: net.table([]), doubts: HIDDEN }] });
    assert.equal(arrives(net, { from: beyond, to: data, packet: IN.four }), 'perhaps');
  });
});

/** Two VPCs at one transit gateway, each with a subnet in zone a and one in zone b. */
function twoVpcs(
  given: { readonly zone?: Zone; readonly appliance?: Truth; readonly attached?: readonly number[] } = {},
): {
  readonly net: Network;
  readonly gateway: ReturnType<Network['transitGateway']>;
  readonly table: ReturnType<Network['transitTable']>;
  readonly here: readonly [Subnet, Subnet];
  readonly there: readonly [Subnet, Subnet];
  readonly attachments: readonly [TransitAttachment, TransitAttachment];
} {
  const net = new Network();
  const gateway = net.transitGateway({ name: 'aws_ec2_transit_gateway.core' });
  const table = net.transitTable(gateway, { name: 'aws_ec2_transit_gateway_route_table.core' });
  const routes = [route('0.0.0.0/0', { kind: 'transit', gateway })];
  const zoneB: Zone = { kind: 'known', name: 'b' };
  const made = [0, 1].map((number) => {
    const vpc = net.vpc(`10.${number}.0.0/16`, { name: `aws_vpc.v${number}` });
    const own = number === 0 ? { routes, zone: given.zone ?? ({ kind: 'known', name: 'a' } as const) } : { routes };
    const subnets = [
      net.subnet(vpc, `10.${number}.1.0/24`, { name: `aws_subnet.v${number}a`, ...own }),
      net.subnet(vpc, `10.${number}.2.0/24`, { name: `aws_subnet.v${number}b`, routes, zone: zoneB }),
    ] as const;
    const ends = number === 0 ? subnets : (given.attached ?? [0, 1]).flatMap((index) => subnets[index] ?? []);
    const attachment = net.attachment(
      table,
      {
        kind: 'vpc',
        vpc,
        subnets: ends.map((item) => ({ item, doubts: [] })),
        applianceMode: given.appliance ?? NO,
      },
      { name: `attachment ${number}` },
    );
    return { subnets, attachment };
  });
  const [one, other] = made;
  assert.ok(one !== undefined && other !== undefined);
  table.routes.push(transitRoute('10.1.0.0/16', other.attachment));
  return {
    net,
    gateway,
    table,
    here: one.subnets,
    there: other.subnets,
    attachments: [one.attachment, other.attachment],
  };
}

describe('H10: a transit gateway', () => {
  const OVER = packet('10.0.1.5', '10.1.1.5');

  /** Where a packet may come out: what the list of the only subnet there lets out tells. */
  function exits(made: ReturnType<typeof twoVpcs>): readonly string[] {
    const [here] = made.here;
    const empty = sure(made.net.acl({ ingress: [], egress: [] }));
    const far = packet('10.0.1.5', '10.1.9.5');
    for (const subnet of made.there) Object.assign(subnet, { acls: empty });
    return ends(made.net, { from: here, to: here, packet: far, model: 'may' })
      .filter((line) => line.includes('no rule'))
      .map((line) => line.slice(0, line.indexOf(':')));
  }

  it('takes a packet in by the zone of the sender and gives it to the table', () => {
    const { net, here, there } = twoVpcs();
    assert.deepEqual(hops(net, { from: here[0], to: there[0], packet: OVER })?.slice(1), [
      'aws_ec2_transit_gateway.core takes it in by attachment 0',
      'aws_ec2_transit_gateway.core takes the route to 10.1.0.0/16 in aws_ec2_transit_gateway_route_table.core',
      'attachment 1 puts it into aws_subnet.v1a',
      'aws_subnet.v1a delivers to 10.1.1.5',
    ]);
    const crossing = packet('10.0.1.5', '10.1.2.5');
    assert.equal(arrives(net, { from: here[0], to: there[1], packet: crossing }), 'surely');
  });

  it('comes out in the zone of the sender, or anywhere if that is not attached or in appliance mode', () => {
    assert.deepEqual(exits(twoVpcs()), ['aws_subnet.v1a']);
    assert.deepEqual(exits(twoVpcs({ appliance: YES })), ['aws_subnet.v1a', 'aws_subnet.v1b']);
    assert.deepEqual(exits(twoVpcs({ appliance: perhaps('var.mode') })), ['aws_subnet.v1a', 'aws_subnet.v1b']);
    assert.deepEqual(exits(twoVpcs({ attached: [1] })), ['aws_subnet.v1b']);
    const hidden: Zone = { kind: 'hidden', doubts: HIDDEN };
    assert.deepEqual(exits(twoVpcs({ zone: hidden })), ['aws_subnet.v1a', 'aws_subnet.v1b']);
  });

  it('surely comes out where no zone is in doubt', () => {
    const kinds = (given: Parameters<typeof twoVpcs>[0]): readonly string[] => {
      const { net, here, there } = twoVpcs(given);
      // In the subnet of another zone the packet would have to leave the one that it came out in.
      for (const subnet of there) Object.assign(subnet, { tables: [] });
      return (
        [
          ['10.1.1.5', 0],
          ['10.1.2.5', 1],
        ] as const
      ).map(([to, index]) => arrives(net, { from: here[0], to: there[index], packet: packet('10.0.1.5', to) }));
    };
    assert.deepEqual(kinds({}), ['surely', 'never']);
    assert.deepEqual(kinds({ appliance: YES }), ['surely', 'surely']);
    assert.deepEqual(kinds({ appliance: perhaps('var.mode') }), ['surely', 'perhaps']);
    const zone: Zone = { kind: 'hidden', doubts: HIDDEN };
    assert.deepEqual(kinds({ zone }), ['perhaps', 'perhaps']);
    assert.deepEqual(kinds({ zone, attached: [1] }), ['never', 'surely']);
  });

  it('evaluates the list of the attached subnet, also when it is the subnet of the sender', () => {
    const { net, here, there } = twoVpcs();
    const acl = net.acl({ name: 'aws_network_acl.here', ingress: [] });
    Object.assign(here[0], { acls: sure(acl) });
    assert.deepEqual(ends(net, { from: here[0], to: there[0], packet: OVER }), [
      'aws_subnet.v0a: no rule of aws_network_acl.here allows tcp 443 from 10.0.1.5',
    ]);
  });

  it('drops what it is not attached for, has no table for, or no route', () => {
    const { net, here, there, table, attachments, gateway } = twoVpcs();
    assert.deepEqual(ends(net, { from: here[0], to: there[0], packet: packet('10.0.1.5', '10.2.0.5') }), [
      'aws_ec2_transit_gateway.core: no route in aws_ec2_transit_gateway_route_table.core covers 10.2.0.5',
    ]);
    const zoneC = net.subnet(here[0].vpc, '10.0.3.0/24', {
      name: 'aws_subnet.v0c',
      zone: { kind: 'known', name: 'c' },
      routes: [route('0.0.0.0/0', { kind: 'transit', gateway })],
    });
    assert.deepEqual(ends(net, { from: zoneC, to: there[0], packet: packet('10.0.3.5', '10.1.1.5') }), [
      'attachment 0: has no subnet in the zone of aws_subnet.v0c',
    ]);
    const stranger = net.subnet(net.vpc('10.3.0.0/16', { name: 'aws_vpc.v3' }), '10.3.1.0/24', {
      routes: [route('0.0.0.0/0', { kind: 'transit', gateway })],
    });
    assert.deepEqual(ends(net, { from: stranger, to: there[0], packet: packet('10.3.1.5', '10.1.1.5') }), [
      'aws_ec2_transit_gateway.core: is not attached to aws_vpc.v3',
    ]);
    table.routes.push(transitRoute('10.1.1.0/24', { kind: 'blackhole' }));
    assert.deepEqual(ends(net, { from: here[0], to: there[0], packet: OVER }), [
      'aws_ec2_transit_gateway.core: the route to 10.1.1.0/24 in aws_ec2_transit_gateway_route_table.core leads nowhere',
    ]);
    Object.assign(attachments[0], { tables: [] });
    assert.deepEqual(ends(net, { from: here[0], to: there[0], packet: OVER }), [
      'aws_ec2_transit_gateway.core: has no table for what comes in by attachment 0',
    ]);
  });

  it('takes the longest prefix, then the smaller rank, then either', () => {
    const kinds = (...routes: readonly (readonly [string, number, Doubts?])[]): string => {
      const { net, here, there, table, attachments } = twoVpcs();
      table.routes.length = 0;
      for (const [index, [to, rank, doubts = []]] of routes.entries()) {
        table.routes.push(transitRoute(to, index === 0 ? attachments[1] : { kind: 'blackhole' }, rank, doubts));
      }
      return arrives(net, { from: here[0], to: there[0], packet: OVER });
    };
    assert.equal(kinds(['10.1.1.0/24', 5], ['10.1.0.0/16', 0]), 'surely');
    assert.equal(kinds(['10.1.0.0/16', 0], ['10.1.1.0/24', 5]), 'never');
    assert.equal(kinds(['10.1.0.0/16', 2], ['10.1.0.0/16', 5]), 'surely');
    assert.equal(kinds(['10.1.0.0/16', 5], ['10.1.0.0/16', 2]), 'never');
    assert.equal(kinds(['10.1.0.0/16', 2], ['10.1.0.0/16', 2]), 'surely');
    assert.equal(kinds(['10.1.0.0/16', 2], ['10.1.1.0/24', 2, HIDDEN]), 'perhaps');
    assert.equal(kinds(['10.1.0.0/16', 2, HIDDEN]), 'perhaps');
  });

  it('may lead anywhere by what is hidden', () => {
    const { net, here, there, table } = twoVpcs();
    table.routes[0] = transitRoute('10.1.0.0/16', { kind: 'hidden', doubts: HIDDEN });
    assert.equal(arrives(net, { from: here[0], to: there[0], packet: OVER }), 'perhaps');
    Object.assign(table, { routes: [], open: HIDDEN });
    assert.equal(arrives(net, { from: here[0], to: there[0], packet: OVER }), 'perhaps');
  });

  it('goes on by peerings, firewalls and to what is outside, and comes from there', () => {
    const { net, here, there, table, attachments } = twoVpcs();
    const office = net.outside('the office', { addresses: addresses('10.9.0.0/16') });
    const far = net.transitGateway({ name: 'aws_ec2_transit_gateway.far' });
    const farTable = net.transitTable(far);
    const peer: { -readonly [Key in keyof TransitAttachment]: TransitAttachment[Key] } = { ...attachments[1] };
    const near = net.attachment(table, { kind: 'peering', other: peer });
    Object.assign(peer, { gateway: far, tables: sure(farTable), end: { kind: 'peering', other: near } });
    const line = net.attachment(farTable, { kind: 'outside', outside: office }, { name: 'the line' });
    farTable.routes.push(transitRoute('10.9.0.0/16', line), transitRoute('10.1.0.0/16', peer));
    table.routes.push(transitRoute('10.9.0.0/16', near));
    const sent = packet('10.0.1.5', '10.9.0.9');
    assert.deepEqual(hops(net, { from: here[0], to: office, packet: sent })?.slice(-3), [
      `${near.origin.name} sends it to aws_ec2_transit_gateway.far`,
      `aws_ec2_transit_gateway.far takes the route to 10.9.0.0/16 in ${farTable.origin.name}`,
      'the line leaves for the office',
    ]);
    const back = packet('10.9.0.9', '10.1.1.5');
    assert.equal(arrives(net, { from: office, to: there[0], packet: back }), 'surely');
    assert.deepEqual(ends(net, { from: office, to: there[0], packet: packet('10.8.0.9', '10.1.1.5') }), [
      'the line: 10.8.0.9 is no address of the office',
    ]);
  });

  it('goes on by a peering as far as its other side is there', () => {
    const { net, here, table, attachments } = twoVpcs();
    const office = net.outside('the office', { addresses: addresses('10.9.0.0/16') });
    const far = net.transitGateway();
    const farTable = net.transitTable(far);
    const peer: { -readonly [Key in keyof TransitAttachment]: TransitAttachment[Key] } = { ...attachments[1] };
    const near = net.attachment(table, { kind: 'peering', other: peer });
    Object.assign(peer, { gateway: far, tables: sure(farTable), end: { kind: 'peering', other: near } });
    farTable.routes.push(transitRoute('10.9.0.0/16', net.attachment(farTable, { kind: 'outside', outside: office })));
    table.routes.push(transitRoute('10.9.0.0/16', near));
    const asked = { from: here[0], to: office, packet: packet('10.0.1.5', '10.9.0.9') };
    assert.equal(arrives(net, asked), 'surely');
    Object.assign(peer, { doubts: HIDDEN });
    assert.equal(arrives(net, asked), 'perhaps');
    Object.assign(peer, { doubts: [], gateway: { ...far, doubts: HIDDEN } });
    assert.equal(arrives(net, asked), 'perhaps');
  });

  it('forgets the zone of the sender on the way to another gateway', () => {
    const { net, here, there, table, attachments } = twoVpcs();
    const far = net.transitGateway();
    const farTable = net.transitTable(far);
    const peer: { -readonly [Key in keyof TransitAttachment]: TransitAttachment[Key] } = { ...attachments[1] };
    const near = net.attachment(table, { kind: 'peering', other: peer });
    Object.assign(peer, { gateway: far, tables: sure(farTable), end: { kind: 'peering', other: near } });
    farTable.routes.push(transitRoute('10.1.0.0/16', net.attachment(farTable, attachments[1].end)));
    table.routes[0] = transitRoute('10.1.0.0/16', near);
    for (const subnet of there) Object.assign(subnet, { tables: [] });
    const kinds = (['10.1.1.5', '10.1.2.5'] as const).map((to, index) =>
      arrives(net, { from: here[0], to: there[index === 0 ? 0 : 1], packet: packet('10.0.1.5', to) }),
    );
    assert.deepEqual(kinds, ['surely', 'surely']);
  });

  it('comes back into the gateway from a firewall at the attachment by which it went', () => {
    const { net, gateway, here, there, table, attachments } = twoVpcs();
    const owner = resource('aws_networkfirewall_firewall.core');
    const inspection = net.inspection(null, { owner, name: 'aws_networkfirewall_firewall.core' });
    const after = net.transitTable(gateway);
    const inspected = net.attachment(after, { kind: 'inspection', inspection });
    after.routes.push(transitRoute('10.1.0.0/16', attachments[1]));
    table.routes[0] = transitRoute('0.0.0.0/0', inspected);
    const sent = { from: here[0], to: there[0], packet: OVER };
    assert.ok(hops(net, sent)?.includes('aws_networkfirewall_firewall.core inspects it and sends it on'));
    const without = { certain: new Set([owner]), doubtful: new Map() };
    assert.deepEqual(ends(net, { ...sent, without }), [
      'aws_networkfirewall_firewall.core: is an approved gateway, which the question takes out',
    ]);
    // A table that leads back to the firewall turns the packet for ever.
    after.routes[0] = transitRoute('0.0.0.0/0', inspected);
    assert.equal(arrives(net, sent), 'never');
    assert.deepEqual(ends(net, sent), ['aws_networkfirewall_firewall.core: sends it round in a circle']);
  });
});

describe('H11: a peering', () => {
  it('leads to the addresses of the other side and nowhere else', () => {
    const net = new Network();
    const [one, other] = [net.vpc('10.0.0.0/16'), net.vpc('10.1.0.0/16', { name: 'aws_vpc.other' })];
    const peering = net.peering([one, other], { name: 'aws_vpc_peering_connection.link' });
    const stranger = net.peering([other, net.vpc('10.2.0.0/16')], { name: 'aws_vpc_peering_connection.stranger' });
    const from = net.subnet(one, '10.0.1.0/24', {
      routes: [
        route('10.0.0.0/8', { kind: 'peering', peering }),
        route('10.7.0.0/16', { kind: 'peering', peering: stranger }),
      ],
    });
    const to = net.subnet(other, '10.1.1.0/24');
    assert.deepEqual(hops(net, { from, to, packet: packet('10.0.1.5', '10.1.1.5') })?.slice(1), [
      'aws_vpc_peering_connection.link leads to aws_vpc.other',
      `${to.origin.name} delivers to 10.1.1.5`,
    ]);
    assert.deepEqual(ends(net, { from, to, packet: packet('10.0.1.5', '10.2.1.5') }), [
      'aws_vpc_peering_connection.link: 10.2.1.5 is no address of aws_vpc.other',
    ]);
    assert.deepEqual(ends(net, { from, to, packet: packet('10.0.1.5', '10.7.1.5') }), [
      `aws_vpc_peering_connection.stranger: does not connect ${one.origin.name}`,
    ]);
  });

  it('connects with a network that the estate does not show, both ways', () => {
    const net = new Network();
    const vpc = net.vpc('10.0.0.0/16', { name: 'aws_vpc.main' });
    const foreign = net.outside('foreign', { addresses: addresses('10.1.0.0/16') });
    for (const sides of [
      [vpc, foreign],
      [foreign, vpc],
    ] as const) {
      net.peerings.length = 0;
      const peering = net.peering(sides);
      const data = net.subnet(vpc, '10.0.1.0/24', { routes: [route('10.1.0.0/16', { kind: 'peering', peering })] });
      assert.equal(arrives(net, { from: data, to: foreign, packet: packet('10.0.1.5', '10.1.1.5') }), 'surely');
      assert.equal(arrives(net, { from: foreign, to: data, packet: packet('10.1.1.5', '10.0.1.5') }), 'surely');
      assert.equal(arrives(net, { from: foreign, to: data, packet: packet('10.2.1.5', '10.0.1.5') }), 'never');
      net.subnets.length = 0;
    }
  });
});

describe('H12: a relay', () => {
  it('opens a connection of its own from its interface, with what it sends to', () => {
    const { net, data, edge } = pair();
    const balancer = net.interface(edge, '10.0.2.9', { name: 'aws_lb.front' });
    const target = net.interface(data, '10.0.1.9', { name: 'aws_instance.app' });
    const owner = resource('aws_lb.front');
    const exit = {
      kind: 'interface',
      interface: balancer,
      destinations: addresses('10.0.1.9'),
      keepsSource: NO,
      services: services(tcp(8080)),
    } as const;
    net.relay([{ kind: 'interface', interface: balancer, services: services(tcp(443)) }], [exit], {
      owner,
      name: 'aws_lb.front listens',
    });
    const sent = { from: edge, to: target, packet: packet('10.0.2.5', '10.0.2.9') };
    assert.deepEqual(hops(net, sent)?.slice(1, 3), [
      'aws_lb.front listens takes the connection',
      'aws_lb.front opens a connection of its own, as tcp 8080 from 10.0.2.9 to 10.0.1.9',
    ]);
    assert.equal(arrives(net, { ...sent, packet: packet('10.0.2.5', '10.0.2.9', tcp(80).first) }), 'never');
    assert.deepEqual(ends(net, { ...sent, packet: packet('10.0.2.5', '10.0.2.9', tcp(80).first) }), [
      'aws_lb.front listens: does not listen for it',
    ]);
    const without = { certain: new Set([owner]), doubtful: new Map() };
    assert.equal(arrives(net, { ...sent, without }), 'never');
    assert.equal(arrives(net, { from: edge, to: balancer, packet: sent.packet, without }), 'surely');
  });

  it('sends by the groups of its interface, whatever it may send to', () => {
    const { net, data, edge } = pair();
    const groups = sure(
      net.group({ name: 'aws_security_group.lb', egress: [permit({ peer: addresses('10.0.1.0/28') })] }),
    );
    const balancer = net.interface(edge, '10.0.2.9', { name: 'aws_lb.front', groups });
    const near = net.interface(data, '10.0.1.9');
    const far = net.interface(data, '10.0.1.99');
    const exit = {
      kind: 'interface',
      interface: balancer,
      destinations: addresses('10.0.0.0/8'),
      keepsSource: NO,
      services: services(),
    } as const;
    net.relay([{ kind: 'interface', interface: balancer, services: services() }], [exit]);
    const sent = packet('10.0.2.5', '10.0.2.9');
    assert.equal(arrives(net, { from: edge, to: near, packet: sent }), 'surely');
    assert.equal(arrives(net, { from: edge, to: far, packet: sent }), 'never');
  });

  it('perhaps sends what it is not known to send', () => {
    const { net, data, edge } = pair();
    const balancer = net.interface(edge, '10.0.2.9');
    const target = net.interface(data, '10.0.1.9');
    const exit = {
      kind: 'interface',
      interface: balancer,
      destinations: addresses('10.0.1.9'),
      keepsSource: NO,
    } as const;
    const entry = { kind: 'interface', interface: balancer, services: services() } as const;
    net.relay([entry], [{ ...exit, services: { ranges: [], doubts: HIDDEN } }]);
    const sent = { from: edge, to: target, packet: packet('10.0.2.5', '10.0.2.9') };
    assert.equal(arrives(net, sent), 'perhaps');
    net.relays.length = 0;
    net.relay([entry], [{ ...exit, services: services() }]);
    assert.equal(arrives(net, sent), 'surely');
  });

  it('hands over past groups, lists and routes, and to relays that listen there', () => {
    const { net, vpc, data, edge } = pair({ acls: [] });
    const world = net.outside('the Internet');
    const shut = sure(net.group(EMPTY));
    const inner = net.interface(data, '10.0.1.9', { groups: shut });
    const last = net.interface(data, '10.0.1.10', { groups: shut });
    net.relay(
      [{ kind: 'outside', outside: world, services: services(tcp(443)) }],
      [{ kind: 'delivery', interface: inner, services: services(tcp(80)) }],
    );
    net.relay(
      [{ kind: 'interface', interface: inner, services: services(tcp(80)) }],
      [{ kind: 'delivery', interface: last, services: services() }],
    );
    net.relay([{ kind: 'vpc', vpc, services: services(udp(53)) }], [{ kind: 'outside', outside: world }]);
    const sent = packet('203.0.113.9', '198.51.100.1');
    assert.deepEqual(
      [inner, last, data, edge].map((to) => arrives(net, { from: world, to, packet: sent })),
      ['surely', 'surely', 'surely', 'never'],
    );
    const query = packet('10.0.1.5', '10.0.0.2', udp(53).first);
    assert.equal(arrives(net, { from: data, to: world, packet: query }), 'surely');
    assert.equal(arrives(net, { from: inner, to: world, packet: query }), 'surely');
    assert.equal(arrives(net, { from: data, to: world, packet: packet('10.0.1.5', '10.0.0.2') }), 'never');
  });

  it('sends past the network what is asked for', () => {
    const { net, vpc, data } = pair();
    const world = net.outside('the Internet');
    net.relay([{ kind: 'vpc', vpc, services: services() }], [{ kind: 'outside', outside: world }]);
    const walking = {
      packet: packet('10.0.1.5', '10.0.0.2'),
      from: at(data),
      to: [at(world)],
      without: NOTHING_REMOVED,
      model: 'must',
    } as const;
    const trace = walk(net.topology, { ...walking, destinations: addresses('198.51.100.0/24') });
    assert.deepEqual(trace?.to, at(world));
    const plain = walk(net.topology, {
      ...walking,
      packet: packet('10.0.1.5', '10.0.2.5'),
      to: [at(data)],
      destinations: addresses('10.0.1.0/24'),
    });
    assert.equal(plain, null);
  });
});

describe('H13 and H14', () => {
  it('lead managed compute out and in, and nothing through an outside', () => {
    const net = new Network();
    const world = net.outside('the Internet');
    const caller = net.managedCompute(world, ['out'], { name: 'aws_lambda_function.report' });
    const called = net.managedCompute(world, ['in'], { name: 'aws_lambda_function.hook' });
    const sent = packet('10.0.0.1', '203.0.113.9');
    assert.deepEqual(hops(net, { from: caller, to: world, packet: sent }), [
      'aws_lambda_function.report calls the Internet',
    ]);
    assert.deepEqual(hops(net, { from: world, to: called, packet: sent }), [
      'aws_lambda_function.hook is called from the Internet',
    ]);
    assert.deepEqual(ends(net, { from: called, to: world, packet: sent }), [
      'aws_lambda_function.hook: cannot call the Internet',
    ]);
    assert.equal(arrives(net, { from: world, to: caller, packet: sent }), 'never');
    assert.equal(arrives(net, { from: caller, to: called, packet: sent }), 'never');
  });
});

describe('a walk', () => {
  it('takes the way with the fewest hops', () => {
    const net = new Network();
    const vpc = net.vpc('10.0.0.0/16');
    const far = net.outside('far');
    const straight = route('0.0.0.0/0', { kind: 'outside', outside: far });
    const edge = net.subnet(vpc, '10.0.2.0/24', { routes: [straight] });
    const inspection = net.inspection(edge);
    const round = route('0.0.0.0/0', { kind: 'inspection', inspection });
    const data = net.subnet(vpc, '10.0.1.0/24', { routes: [round, straight] });
    assert.equal(hops(net, { from: data, to: far, packet: packet('10.0.1.5', '203.0.113.9') })?.length, 1);
  });

  it('ends when two inspections send a packet to each other', () => {
    const net = new Network();
    const vpc = net.vpc('10.0.0.0/16');
    const [one, other] = ['10.0.1.0/24', '10.0.2.0/24'].map((cidr) => net.subnet(vpc, cidr));
    assert.ok(one !== undefined && other !== undefined);
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      const inspection = net.inspection(to);
      Object.assign(from, { tables: sure(net.table([route('0.0.0.0/0', { kind: 'inspection', inspection })])) });
    }
    const far = net.outside('far');
    assert.equal(arrives(net, { from: one, to: far, packet: packet('10.0.1.5', '203.0.113.9') }), 'never');
  });

  it('that must be is one that may be, and is the same twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (seed) => {
        const { network, without } = randomNetwork(seed);
        const { topology } = network;
        const dice = new Dice(seed + 1);
        const places: readonly Place[] = [...topology.subnets, ...topology.interfaces, ...topology.outsides].map(at);
        const samples = [...samplesOf(topology).addresses(addresses('0.0.0.0/0', '::/0'))].map(
          (sample) => sample.address,
        );
        for (let count = 0; count < 5; count++) {
          const sent = { source: dice.pick(samples), destination: dice.pick(samples), service: tcp(443).first };
          const walking = { packet: sent, from: dice.pick(places), to: [dice.pick(places)], without };
          const may = walk(topology, { ...walking, model: 'may' });
          const must = walk(topology, { ...walking, model: 'must' });
          assert.ok(must === null || may !== null);
          assert.deepEqual(walk(topology, { ...walking, model: 'may' }), may);
          assert.ok(may !== null || drops(topology, { ...walking, model: 'may' }).every(({ reason }) => reason !== ''));
        }
      }),
      { numRuns: 30, seed: 20_261_122 },
    );
  });

  it('through ten thousand subnets and twenty thousand interfaces takes milliseconds', () => {
    const net = new Network();
    const gateway = net.transitGateway();
    const table = net.transitTable(gateway);
    const transit = [route('0.0.0.0/0', { kind: 'transit', gateway })];
    for (let number = 0; number < 100; number++) {
      const vpc = net.vpc(`10.${number}.0.0/16`);
      const subnets = Array.from({ length: 100 }, (_, index) =>
        net.subnet(vpc, `10.${number}.${index}.0/24`, { routes: transit }),
      );
      for (const [index, subnet] of subnets.entries()) {
        for (const host of [5, 6]) net.interface(subnet, `10.${number}.${index}.${host}`);
      }
      const [first] = subnets;
      assert.ok(first !== undefined);
      const end = { kind: 'vpc', vpc, subnets: sure(first), applianceMode: NO } as const;
      table.routes.push(transitRoute(`10.${number}.0.0/16`, net.attachment(table, end)));
    }
    const { topology } = net;
    const [from, to] = [topology.interfaces[3], topology.interfaces.at(-1)];
    assert.ok(from !== undefined && to !== undefined);
    const sent = {
      packet: packet('10.0.1.6', '10.99.99.6'),
      from: at(from),
      to: [at(to)],
      without: NOTHING_REMOVED,
      model: 'must',
    } as const;
    assert.ok(walk(topology, sent) !== null);
    const before = performance.now();
    for (let count = 0; count < 100; count++) assert.ok(walk(topology, sent) !== null);
    assert.ok(performance.now() - before < 5000, 'each of a hundred walks within fifty milliseconds');
  });
});
