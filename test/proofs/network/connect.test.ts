import { strict as assert } from 'node:assert';
import { describe, it } from 'vitest';
import { connect } from '../../../proofs/network/connect.ts';
import { describePacket } from '../../../proofs/network/describe.ts';
import type { Connection, Trace } from '../../../proofs/network/question.ts';
import type {
  Addresses,
  Door,
  Interface,
  RouteTable,
  ServiceRange,
  Services,
  Subnet,
  Target,
  TransitAttachment,
  Truth,
} from '../../../proofs/network/topology.ts';
import type { Part } from '../../support/network/packets.ts';
import {
  addresses,
  at,
  doubt,
  Network,
  NO,
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

const HIDDEN = [doubt('var.hidden')];
const WEB = services(tcp(443));
/** The ports that clients and NAT gateways choose from. */
const EPHEMERAL = services(tcp(1024, 65_535));

interface Asked {
  readonly from: Part;
  readonly to: Part;
  readonly destinations?: Addresses;
  readonly services?: Services;
}

function asked(net: Network, { from, to, destinations, services: wanted = WEB }: Asked): Connection {
  return connect(net.topology, {
    from: [at(from)],
    to: [at(to)],
    destinations: destinations ?? null,
    services: wanted,
  });
}

function told(net: Network, asking: Asked): readonly string[] {
  const connection = asked(net, asking);
  switch (connection.kind) {
    case 'works':
      return [line(connection.request), line(connection.reply)];
    case 'blocked':
      return [`${connection.direction} blocked`, ...connection.drops.map((drop) => `${drop.at.name}: ${drop.reason}`)];
    case 'unproven':
      return ['unproven', ...connection.because.map((hidden) => (hidden.kind === 'unknown' ? hidden.expression : ''))];
  }
}

function line({ packet, hops }: Trace): string {
  return [describePacket(packet), ...hops.map((hop) => `${hop.at.name} ${hop.what}`)].join(' > ');
}

function works(net: Network, asking: Asked): boolean {
  return asked(net, asking).kind === 'works';
}

interface Pair {
  readonly net: Network;
  readonly client: ReturnType<Network['interface']>;
  readonly server: ReturnType<Network['interface']>;
  readonly data: Subnet;
  readonly edge: Subnet;
}

/** A client in one subnet and a server in the next, with lists and groups as given. */
function pair({
  dataAcl,
  edgeAcl,
  clientGroup,
  serverGroup,
}: {
  readonly dataAcl?: Parameters<Network['acl']>[0];
  readonly edgeAcl?: Parameters<Network['acl']>[0];
  readonly clientGroup?: Parameters<Network['group']>[0];
  readonly serverGroup?: Parameters<Network['group']>[0];
} = {}): Pair {
  const net = new Network();
  const vpc = net.vpc('10.0.0.0/16');
  const data = net.subnet(vpc, '10.0.1.0/24', { name: 'data', acls: sure(net.acl({ name: 'data list', ...dataAcl })) });
  const edge = net.subnet(vpc, '10.0.2.0/24', { name: 'edge', acls: sure(net.acl({ name: 'edge list', ...edgeAcl })) });
  const client = net.interface(data, '10.0.1.5', {
    name: 'client',
    groups: sure(net.group({ name: 'client group', ...clientGroup })),
  });
  const server = net.interface(edge, '10.0.2.5', {
    name: 'server',
    groups: sure(net.group({ name: 'server group', ...serverGroup })),
  });
  return { net, client, server, data, edge };
}

describe('a connection within a VPC', () => {
  it('works when the request arrives and the reply comes back by the groups’ state', () => {
    const { net, client, server } = pair({
      clientGroup: { ingress: [], egress: [permit({ services: WEB })] },
      serverGroup: { ingress: [permit({ services: WEB })], egress: [] },
    });
    const [data = '', edge = ''] = net.subnets.map(({ tables }) => tables[0]?.item.origin.name);
    assert.deepEqual(told(net, { from: client, to: server }), [
      [
        'tcp 443 from 10.0.1.5 to 10.0.2.5',
        'client is let out by client group',
        `data takes the route to 10.0.0.0/16 in ${data}`,
        'edge delivers to 10.0.2.5',
        'server is let in by server group',
      ].join(' > '),
      [
        'tcp 1024 from 10.0.2.5 to 10.0.1.5',
        `edge takes the route to 10.0.0.0/16 in ${edge}`,
        'data delivers to 10.0.1.5',
      ].join(' > '),
    ]);
  });

  it('asks real interfaces of subnets, and whatever will be there when there are none', () => {
    const { net, data, edge } = pair({ serverGroup: { ingress: [] } });
    assert.deepEqual(told(net, { from: data, to: edge })[0], 'request blocked');
    const empty = net.subnet(data.vpc, '10.0.3.0/24', { name: 'empty' });
    assert.equal(works(net, { from: data, to: empty }), true);
    assert.equal(works(net, { from: empty, to: data }), true);
  });

  it.each(['dataAcl', 'edgeAcl'] as const)(
    'needs the lists to let the reply pass to every port of a client (%s)',
    (side) => {
      const web = [rule({ services: WEB })];
      const [asks, answers] = side === 'dataAcl' ? (['egress', 'ingress'] as const) : (['ingress', 'egress'] as const);
      const some = pair({ [side]: { [asks]: web, [answers]: [rule({ services: EPHEMERAL })] } });
      assert.equal(works(some.net, { from: some.client, to: some.server }), true);
      const name = side === 'dataAcl' ? 'data' : 'edge';
      const word = side === 'dataAcl' ? 'from 10.0.2.5' : 'to 10.0.1.5';
      for (const [ports, missing] of [
        [tcp(1025, 65_535), 1024],
        [tcp(1024, 32_767), 32_768],
        [tcp(1024, 49_151), 49_152],
        [tcp(1024, 65_534), 65_535],
      ] as const) {
        const made = pair({ [side]: { [asks]: web, [answers]: [rule({ services: services(ports) })] } });
        assert.deepEqual(told(made.net, { from: made.client, to: made.server }), [
          'reply blocked',
          `${name}: no rule of ${name} list allows tcp ${missing} ${word}`,
        ]);
      }
    },
  );

  it('needs the other side of an echo, and the same protocol of what has no ports', () => {
    const icmp = (type: number): Services => ({
      ranges: [{ first: 65_536 + type * 256, last: 65_536 + type * 256 + 255 }],
      doubts: [],
    });
    const echo = { first: 65_536 + 8 * 256, last: 65_536 + 8 * 256 };
    const esp = { first: 50 * 65_536, last: 50 * 65_536 };
    const made = pair({ dataAcl: { ingress: [rule({ services: icmp(0) })] } });
    assert.equal(works(made.net, { from: made.client, to: made.server, services: services(echo) }), true);
    assert.equal(works(made.net, { from: made.client, to: made.server, services: services(esp) }), false);
    const same = pair({ dataAcl: { ingress: [rule({ services: services(esp) })] } });
    assert.equal(works(same.net, { from: same.client, to: same.server, services: services(esp) }), true);
  });

  it('needs the other side of an echo by IPv6', () => {
    const icmp = (type: number): ServiceRange => ({ first: 58 * 65_536 + type * 256, last: 58 * 65_536 + type * 256 });
    const echoed = (reply: number): boolean => {
      const net = new Network();
      const vpc = net.vpc('2001:db8::/56');
      const acls = sure(net.acl({ ingress: [rule({ services: services(icmp(reply)) })] }));
      const client = net.interface(net.subnet(vpc, '2001:db8::/64', { acls }), '2001:db8::5');
      const server = net.interface(net.subnet(vpc, '2001:db8:0:1::/64'), '2001:db8:0:1::5');
      return works(net, { from: client, to: server, services: services(icmp(128)) });
    };
    assert.deepEqual([echoed(129), echoed(128)], [true, false]);
  });

  it('routes the reply by itself', () => {
    const { net, client, server, edge } = pair();
    const table = net.table([route('10.0.2.0/24', { kind: 'local' }, 'local')], { name: 'edge table' });
    Object.assign(edge, { tables: sure(table) });
    assert.deepEqual(told(net, { from: client, to: server }), [
      'reply blocked',
      'edge: no route in edge table covers 10.0.1.5',
    ]);
  });

  it('is unproven with what hides whether it works', () => {
    const request = pair({ serverGroup: { ingress: [], open: HIDDEN } });
    assert.deepEqual(told(request.net, { from: request.client, to: request.server }), ['unproven', 'var.hidden']);
    const answer = pair({ dataAcl: { ingress: [], open: HIDDEN } });
    assert.deepEqual(told(answer.net, { from: answer.client, to: answer.server }), ['unproven', 'var.hidden']);
  });

  it('is blocked where the request ends, with the reason', () => {
    const { net, client, server } = pair({ serverGroup: { ingress: [] }, edgeAcl: { ingress: [] } });
    assert.deepEqual(told(net, { from: client, to: server }), [
      'request blocked',
      'edge: no rule of edge list allows tcp 443 from 10.0.1.5',
    ]);
  });

  it('is decided among more requests than could be walked', () => {
    const { net, asking, answering } = crowd({ serverGroup: { ingress: [] } });
    assert.deepEqual(told(net, { from: asking, to: answering }), [
      'request blocked',
      'interface-11: no rule of group-10 allows tcp 443 from 10.0.1.1',
    ]);
    const last = net.interfaces.at(-1);
    assert.ok(last !== undefined);
    Object.assign(last, { groups: sure(net.group()) });
    assert.equal(works(net, { from: asking, to: answering }), true);
  });

  it('is unproven when more requests arrive than can be tried for a reply', () => {
    const { net, asking, answering } = crowd({ serverGroup: {} });
    Object.assign(asking, { acls: sure(net.acl({ ingress: [rule({ services: WEB })] })) });
    assert.deepEqual(told(net, { from: asking, to: answering }), ['unproven', 'the flow']);
  });

  it('is blocked without a reason when nothing could ask', () => {
    const { net, client } = pair();
    assert.deepEqual(connect(net.topology, { from: [], to: [at(client)], destinations: null, services: WEB }), {
      kind: 'blocked',
      direction: 'request',
      drops: [],
    });
  });
});

/** Many that ask many others, with groups of their own, so that no host stands for another. */
function crowd({ serverGroup }: { readonly serverGroup: Parameters<Network['group']>[0] }) {
  const net = new Network();
  const vpc = net.vpc('10.0.0.0/16');
  const [asking, answering] = [net.subnet(vpc, '10.0.1.0/24'), net.subnet(vpc, '10.0.2.0/24')];
  for (let host = 1; host < 75; host++) {
    net.interface(asking, `10.0.1.${host}`, { groups: sure(net.group()) });
    net.interface(answering, `10.0.2.${host}`, { groups: sure(net.group(serverGroup)) });
  }
  return { net, asking, answering };
}

interface Guarded {
  readonly net: Network;
  readonly client: ReturnType<Network['interface']>;
  readonly world: ReturnType<Network['outside']>;
  readonly edgeRoutes: (routes: Parameters<Network['table']>[0]) => void;
  readonly door: Door;
  readonly inspection: ReturnType<Network['inspection']>;
  readonly data: Subnet;
}

/** data -> firewall -> NAT -> Internet, and what the edge sends back to the data. */
function guarded(isBackInspected: boolean): Guarded {
  const net = new Network();
  const vpc = net.vpc('10.0.0.0/16');
  const world = net.outside('the Internet');
  const door = net.door('internet', vpc, world, { name: 'door' });
  const gateway = net.subnet(vpc, '10.0.2.0/24', { name: 'gateway' });
  const edge = net.subnet(vpc, '10.0.3.0/24', { name: 'edge' });
  const inspection = net.inspection(gateway, { name: 'firewall' });
  const nat = net.nat(edge, '10.0.3.200', { name: 'nat' });
  const data = net.subnet(vpc, '10.0.1.0/24', {
    name: 'data',
    routes: [route('0.0.0.0/0', { kind: 'inspection', inspection })],
  });
  const local = net.locals(vpc);
  const edgeRoutes = (routes: Parameters<Network['table']>[0] = []): void => {
    Object.assign(edge, { tables: sure(net.table([...local, route('0.0.0.0/0', { kind: 'door', door }), ...routes])) });
  };
  Object.assign(gateway, { tables: sure(net.table([...local, route('0.0.0.0/0', { kind: 'nat', nat })])) });
  edgeRoutes(isBackInspected ? [route('10.0.1.0/24', { kind: 'inspection', inspection })] : []);
  const client = net.interface(data, '10.0.1.5', { name: 'client' });
  return { net, client, world, edgeRoutes, door, inspection, data };
}

const PARTNER = addresses('203.0.113.0/24');

describe('a connection through a firewall and a NAT gateway', () => {
  it('works when the reply passes both again', () => {
    const { net, client, world } = guarded(true);
    const [request = '', reply = ''] = told(net, { from: client, to: world, destinations: PARTNER });
    assert.match(
      request,
      /^tcp 443 from 10\.0\.1\.5 to 203\.0\.113\.4 > .*firewall inspects.*nat translates.*door leaves for the Internet$/,
    );
    assert.match(
      reply,
      /^tcp 1024 from 203\.0\.113\.4 to 10\.0\.3\.200 > door lets it in from the Internet > .*nat translates the destination back > .*firewall inspects.* > data delivers to 10\.0\.1\.5$/,
    );
  });

  it('is blocked when the reply goes past the firewall', () => {
    const { net, client, world } = guarded(false);
    assert.deepEqual(told(net, { from: client, to: world, destinations: PARTNER }), [
      'reply blocked',
      'firewall: does not see the reply of a request that it has seen (asymmetric routing)',
    ]);
  });

  it('is blocked when the reply comes to a firewall that has not seen the request', () => {
    const { net, client, world, edgeRoutes } = guarded(true);
    const [, gateway] = net.subnets;
    assert.ok(gateway !== undefined);
    const other = net.inspection(net.subnets[0] ?? gateway, { name: 'other firewall' });
    edgeRoutes([route('10.0.1.0/24', { kind: 'inspection', inspection: other })]);
    assert.deepEqual(told(net, { from: client, to: world, destinations: PARTNER }), [
      'reply blocked',
      'other firewall: has not seen the request (asymmetric routing)',
    ]);
  });

  it('works through two firewalls that the reply passes in the other order', () => {
    const { net, client, world, inspection, data, edgeRoutes } = guarded(true);
    const [first] = net.subnets;
    assert.ok(first !== undefined);
    const local = net.locals(data.vpc);
    const [front] = [net.subnet(data.vpc, '10.0.4.0/24', { name: 'front' })];
    const outer = net.inspection(front, { name: 'outer firewall' });
    const inner = net.subnets.find(({ origin }) => origin.name === 'gateway');
    const [nat] = net.nats;
    assert.ok(inner !== undefined && nat !== undefined);
    const back = route('10.0.1.0/24', { kind: 'inspection', inspection });
    Object.assign(inner, {
      tables: sure(net.table([...local, route('0.0.0.0/0', { kind: 'inspection', inspection: outer })])),
    });
    Object.assign(front, { tables: sure(net.table([...local, route('0.0.0.0/0', { kind: 'nat', nat }), back])) });
    edgeRoutes([route('10.0.1.0/24', { kind: 'inspection', inspection: outer })]);
    assert.equal(works(net, { from: client, to: world, destinations: PARTNER }), true);
  });

  it('asks for another client when the reply to the first does not come back', () => {
    const net = new Network();
    const vpc = net.vpc('10.0.0.0/16');
    const world = net.outside('the Internet');
    const door = net.door('internet', vpc, world);
    const edge = net.subnet(vpc, '10.0.2.0/24', { routes: [route('0.0.0.0/0', { kind: 'door', door })] });
    const nat = net.nat(edge, '10.0.2.200');
    const routes = [route('0.0.0.0/0', { kind: 'nat', nat })];
    const shut = net.subnet(vpc, '10.0.1.0/24', {
      name: 'shut',
      routes,
      acls: sure(net.acl({ name: 'list', ingress: [] })),
    });
    const open = net.subnet(vpc, '10.0.3.0/24', { routes });
    net.interface(shut, '10.0.1.5');
    net.interface(open, '10.0.3.5');
    const asking = { to: [at(world)], destinations: PARTNER, services: WEB };
    assert.equal(connect(net.topology, { ...asking, from: [at(shut)] }).kind, 'blocked');
    assert.equal(connect(net.topology, { ...asking, from: [at(shut), at(open)] }).kind, 'works');
  });

  it('lets the NAT gateway take its replies while Block Public Access stops what is not awaited', () => {
    const { net, client, world } = guarded(true);
    for (const subnet of net.subnets) Object.assign(subnet, { blocksIngress: YES });
    assert.equal(works(net, { from: client, to: world, destinations: PARTNER }), true);
  });

  it('works through a NAT gateway of a Region, back by the VPC’s local route', () => {
    const net = new Network();
    const vpc = net.vpc('10.0.0.0/16');
    const world = net.outside('the Internet');
    net.door('internet', vpc, world);
    const nat = net.nat(net.subnet(vpc, '10.0.2.0/24'), '10.0.2.200', { subnet: null, vpc });
    const data = net.subnet(vpc, addresses('10.0.1.0/24', '2a05:d014::/64'), {
      routes: [route('0.0.0.0/0', { kind: 'nat', nat }), route('64:ff9b::/96', { kind: 'nat', nat })],
    });
    const four = net.interface(data, '10.0.1.5');
    const six = net.interface(data, '2a05:d014::5');
    assert.equal(works(net, { from: four, to: world, destinations: PARTNER }), true);
    const [request = '', reply = ''] = told(net, { from: six, to: world, destinations: PARTNER });
    assert.match(request, /^tcp 443 from 2a05:d014::5 to 64:ff9b::cb00:7104 > /);
    assert.match(reply, /delivers to 2a05:d014::5$/);
  });
});

describe('a connection of a network without some gateways', () => {
  it('is blocked where one would have passed it on', () => {
    const { net, client, world, inspection } = guarded(true);
    const owner = resource('aws_networkfirewall_firewall.gateway');
    Object.assign(inspection, { owner });
    const asking = { from: [at(client)], to: [at(world)], destinations: PARTNER, services: WEB };
    assert.equal(connect(net.topology, asking).kind, 'works');
    const without = { certain: new Set([owner]), doubtful: new Map() };
    const blocked = connect(net.topology, { ...asking, without });
    assert.deepEqual(blocked.kind === 'blocked' && blocked.drops.map(({ reason }) => reason), [
      'is an approved gateway, which the question takes out',
    ]);
  });

  it('asks with the sources that something outside is said to have', () => {
    const net = new Network();
    const vpc = net.vpc('10.0.0.0/16');
    const world = net.outside('the Internet');
    const door = net.door('internet', vpc, world);
    const front = net.subnet(vpc, '10.0.1.0/24', { routes: [route('0.0.0.0/0', { kind: 'door', door })] });
    const groups = sure(net.group({ ingress: [permit({ peer: PARTNER })] }));
    const server = net.interface(front, '10.0.1.5', { isPublic: YES, groups });
    const asking = { from: [at(world)], to: [at(server)], destinations: null, services: WEB };
    assert.equal(connect(net.topology, { ...asking, sources: addresses('203.0.113.128/25') }).kind, 'works');
    assert.equal(connect(net.topology, { ...asking, sources: addresses('198.51.100.0/24') }).kind, 'blocked');
  });
});

describe('a connection from outside', () => {
  function published(
    edgeTable: ((net: Network, firewall: ReturnType<Network['inspection']>) => Parameters<Network['table']>[0]) | null,
  ): {
    readonly net: Network;
    readonly world: ReturnType<Network['outside']>;
    readonly server: ReturnType<Network['interface']>;
  } {
    const net = new Network();
    const vpc = net.vpc('10.0.0.0/16');
    const world = net.outside('the Internet');
    const door = net.door('internet', vpc, world, { name: 'door' });
    const gateway = net.subnet(vpc, '10.0.2.0/24', {
      name: 'gateway',
      routes: [route('0.0.0.0/0', { kind: 'door', door })],
    });
    const firewall = net.inspection(gateway, { name: 'firewall' });
    const front = net.subnet(vpc, '10.0.1.0/24', {
      name: 'front',
      routes: [route('0.0.0.0/0', { kind: 'inspection', inspection: firewall })],
    });
    if (edgeTable !== null) Object.assign(door, { tables: sure(net.table(edgeTable(net, firewall))) });
    return { net, world, server: net.interface(front, '10.0.1.5', { name: 'server', isPublic: YES }) };
  }

  it('works when both directions pass the firewall', () => {
    const { net, world, server } = published((_, inspection) => [
      route('10.0.1.0/24', { kind: 'inspection', inspection }),
    ]);
    assert.equal(works(net, { from: world, to: server }), true);
  });

  it('is blocked when only the reply passes it', () => {
    const { net, world, server } = published(null);
    assert.deepEqual(told(net, { from: world, to: server }), [
      'reply blocked',
      'firewall: has not seen the request (asymmetric routing)',
    ]);
  });

  it('is blocked when the reply leaves by a NAT gateway or an egress-only gateway', () => {
    const net = new Network();
    const vpc = net.vpc(addresses('10.0.0.0/16', '2a05:d014::/56'));
    const world = net.outside('the Internet');
    net.door('internet', vpc, world, { name: 'door' });
    const out = net.door('egress-only', vpc, world, { name: 'egress-only door' });
    const nat = net.nat(net.subnet(vpc, '10.0.2.0/24'), '10.0.2.200', { name: 'nat' });
    const front = net.subnet(vpc, addresses('10.0.1.0/24', '2a05:d014::/64'), {
      name: 'front',
      routes: [route('0.0.0.0/0', { kind: 'nat', nat }), route('::/0', { kind: 'door', door: out })],
    });
    const four = net.interface(front, '10.0.1.5', { isPublic: YES });
    const six = net.interface(front, '2a05:d014::5');
    const unseen = 'has not seen the request (asymmetric routing)';
    assert.deepEqual(told(net, { from: world, to: four }), ['reply blocked', `nat: ${unseen}`]);
    assert.deepEqual(told(net, { from: world, to: six }), ['reply blocked', `egress-only door: ${unseen}`]);
    assert.equal(works(net, { from: six, to: world }), true);
  });

  it('needs no reply that the network carries when AWS runs the other end', () => {
    const net = new Network();
    const world = net.outside('the Internet');
    const hook = net.managedCompute(world, ['in', 'out'], { name: 'hook' });
    assert.equal(works(net, { from: world, to: hook }), true);
    assert.equal(works(net, { from: hook, to: world }), true);
  });
});

describe('a connection through other ways out', () => {
  it('comes back by the gateway endpoint, the line or the peering by which it left', () => {
    const net = new Network();
    const vpc = net.vpc('10.0.0.0/16');
    const office = net.outside('the office', { addresses: addresses('10.9.0.0/16') });
    const foreign = net.outside('foreign', { addresses: addresses('10.8.0.0/16') });
    const service = net.outside('s3', { kind: 'service', addresses: addresses('52.218.0.0/17') });
    const line = net.door('vpn', vpc, office, { forwards: addresses('10.9.0.0/16') });
    const peering = net.peering([vpc, foreign]);
    const gateway = net.transitGateway();
    const table = net.transitTable(gateway);
    const remote = net.outside('remote', { addresses: addresses('10.7.0.0/16') });
    const data = net.subnet(vpc, '10.0.1.0/24', {
      routes: [
        route('10.9.0.0/16', { kind: 'door', door: line }),
        route('10.8.0.0/16', { kind: 'peering', peering }),
        route('52.218.0.0/17', { kind: 'outside', outside: service }),
        route('10.7.0.0/16', { kind: 'transit', gateway }),
      ],
    });
    const end = { kind: 'vpc', vpc, subnets: sure(data), applianceMode: NO } as const;
    const attachment = net.attachment(table, end);
    table.routes.push(
      transitRoute('10.7.0.0/16', net.attachment(table, { kind: 'outside', outside: remote })),
      transitRoute('10.0.0.0/16', attachment),
    );
    const client = net.interface(data, '10.0.1.5');
    for (const to of [office, foreign, service, remote]) {
      assert.equal(works(net, { from: client, to }), true, to.name);
      assert.equal(works(net, { from: to, to: client }), to !== service, to.name);
    }
    Object.assign(data, { acls: sure(net.acl({ name: 'list', ingress: [] })) });
    for (const to of [office, foreign, service])
      assert.equal(told(net, { from: client, to })[0], 'reply blocked', to.name);
  });

  it('goes back through the zone of the firewall that has seen the request', () => {
    const made = (isOn: boolean): string => {
      const net = new Network();
      const gateway = net.transitGateway();
      const [spokes, hub] = [net.transitTable(gateway), net.transitTable(gateway)];
      const zone = (name: string) => ({ zone: { kind: 'known', name } }) as const;
      const transit = { routes: [route('10.0.0.0/8', { kind: 'transit', gateway })] };
      const ends = [0, 1].map((number) => {
        const vpc = net.vpc(`10.${number}.0.0/16`);
        const name = number === 0 ? 'a' : 'b';
        const subnet = net.subnet(vpc, `10.${number}.1.0/24`, { ...zone(name), ...transit });
        const end: TransitAttachment['end'] = { kind: 'vpc', vpc, subnets: sure(subnet), applianceMode: NO };
        hub.routes.push(transitRoute(`10.${number}.0.0/16`, net.attachment(spokes, end)));
        return net.interface(subnet, `10.${number}.1.5`);
      });
      const vpc = net.vpc('10.2.0.0/16');
      const inside = ['a', 'b'].map((name, index) => {
        const firewall = net.subnet(vpc, `10.2.${index}.0/24`, { ...zone(name), ...transit });
        const inspection = net.inspection(firewall, { name: `firewall ${name}` });
        return net.subnet(vpc, `10.2.${index + 8}.0/24`, {
          ...zone(name),
          routes: [route('10.0.0.0/15', { kind: 'inspection', inspection })],
        });
      });
      const both: TransitAttachment['end'] = {
        kind: 'vpc',
        vpc,
        subnets: inside.map((item) => ({ item, doubts: [] })),
        applianceMode: isOn ? YES : NO,
      };
      spokes.routes.push(transitRoute('10.0.0.0/8', net.attachment(hub, both)));
      const [client, server] = ends;
      assert.ok(client !== undefined && server !== undefined);
      return told(net, { from: client, to: server }).slice(0, 2).join(': ');
    };
    assert.match(made(true), /^tcp 443 from 10\.0\.1\.5 to 10\.1\.1\.5/);
    assert.equal(made(false), 'reply blocked: firewall b: has not seen the request (asymmetric routing)');
  });

  it('goes back through the appliance that forwarded it', () => {
    const net = new Network();
    const vpc = net.vpc('10.0.0.0/16');
    const office = net.outside('the office', { addresses: addresses('10.9.0.0/16') });
    const line = net.door('vpn', vpc, office, { name: 'line' });
    const edge = net.subnet(vpc, '10.0.2.0/24', { routes: [route('10.9.0.0/16', { kind: 'door', door: line })] });
    const appliance = net.interface(edge, '10.0.2.5', { name: 'appliance', forwards: YES });
    const data = net.subnet(vpc, '10.0.1.0/24', {
      routes: [route('10.9.0.0/16', { kind: 'interface', interface: appliance })],
    });
    const client = net.interface(data, '10.0.1.5');
    assert.deepEqual(told(net, { from: client, to: office }), [
      'reply blocked',
      'appliance: does not see the reply of a request that it has seen (asymmetric routing)',
    ]);
    const back: RouteTable = net.table([route('10.0.1.0/24', { kind: 'interface', interface: appliance })]);
    Object.assign(line, { tables: sure(back) });
    assert.equal(works(net, { from: client, to: office }), true);
  });
});

describe('a connection through a balancer', () => {
  function balanced(
    given: {
      readonly appAcl?: Parameters<Network['acl']>[0];
      readonly frontAcl?: Parameters<Network['acl']>[0];
      readonly keepsSource?: Truth;
    } = {},
  ): {
    readonly net: Network;
    readonly world: ReturnType<Network['outside']>;
    readonly app: ReturnType<Network['interface']>;
    readonly balancer: ReturnType<Network['interface']>;
  } {
    const net = new Network();
    const vpc = net.vpc('10.0.0.0/16');
    const world = net.outside('the Internet');
    const door = net.door('internet', vpc, world, { name: 'door' });
    const front = net.subnet(vpc, '10.0.1.0/24', {
      name: 'front',
      routes: [route('0.0.0.0/0', { kind: 'door', door })],
      acls: sure(net.acl({ name: 'front list', ...given.frontAcl })),
    });
    const back = net.subnet(vpc, '10.0.2.0/24', {
      name: 'back',
      acls: sure(net.acl({ name: 'back list', ...given.appAcl })),
    });
    const balancer = net.interface(front, '10.0.1.9', { name: 'balancer', isPublic: YES });
    const app = net.interface(back, '10.0.2.5', { name: 'app' });
    const exit = {
      kind: 'interface',
      interface: balancer,
      destinations: addresses('10.0.2.5'),
      services: services(tcp(8080)),
      keepsSource: given.keepsSource ?? NO,
    } as const;
    net.relay([{ kind: 'interface', interface: balancer, services: WEB }], [exit], { name: 'listener' });
    return { net, world, app, balancer };
  }

  it('works leg by leg, asked for by the address of the balancer', () => {
    const { net, world, app } = balanced();
    const [request = '', reply = ''] = told(net, { from: world, to: app });
    assert.match(
      request,
      / to 10\.0\.1\.9 > .*listener takes the connection > balancer opens a connection of its own > .*back delivers to 10\.0\.2\.5$/,
    );
    assert.match(
      reply,
      /^tcp 1024 from 10\.0\.2\.5 to 10\.0\.1\.9 > .*listener answers the connection that it took > .*door leaves for the Internet$/,
    );
  });

  it('is blocked on either leg of the way back', () => {
    const closed = { egress: [rule({ services: services(tcp(8080)) })] };
    const inner = balanced({ appAcl: closed });
    assert.deepEqual(told(inner.net, { from: inner.world, to: inner.app }), [
      'reply blocked',
      'back: no rule of back list allows tcp 1024 to 10.0.1.9',
    ]);
    const outer = balanced({ frontAcl: closed });
    assert.match(
      told(outer.net, { from: outer.world, to: outer.app })[1] ?? '',
      /^front: no rule of front list allows tcp 1024 to /,
    );
  });

  it('comes back by the balancer that keeps the address of the client, past the table of the target', () => {
    const { net, world, app } = balanced({ keepsSource: YES });
    const [request = '', reply = ''] = told(net, { from: world, to: app });
    assert.match(request, /balancer sends it on with the client's address > .*back delivers to 10\.0\.2\.5$/);
    // No route of the target's subnet leads to the client.
    assert.match(
      reply,
      /^tcp 1024 from 10\.0\.2\.5 to 1\.0\.0\.4 > .*balancer takes the reply to the client > listener answers .*door leaves for the Internet$/,
    );
  });

  it('is blocked by the list of the target that shuts out the client, either way, and not the balancer', () => {
    const [clients, balancers] = [addresses('10.0.1.0/24'), addresses('0.0.0.0/8', '1.0.0.0/8')];
    const inwards = balanced({ keepsSource: YES, appAcl: { ingress: [rule({ addresses: clients })] } });
    assert.equal(told(inwards.net, { from: inwards.world, to: inwards.app })[0], 'request blocked');
    const outwards = balanced({ keepsSource: YES, appAcl: { egress: [rule({ addresses: clients })] } });
    assert.deepEqual(told(outwards.net, { from: outwards.world, to: outwards.app }), [
      'reply blocked',
      'back: no rule of back list allows tcp 1024 to 1.0.0.4',
    ]);
    const shut = [rule({ number: 1, allows: false, addresses: clients }), rule({ number: 2, addresses: balancers })];
    const open = balanced({ keepsSource: YES, appAcl: { ingress: shut, egress: shut } });
    assert.equal(works(open.net, { from: open.world, to: open.app }), true);
    const own = balanced({ appAcl: { ingress: shut, egress: shut } });
    assert.equal(works(own.net, { from: own.world, to: own.app }), false);
  });

  it('is let in by a rule that names the group of the balancer, whose client is no member', () => {
    const { net, world, app, balancer } = balanced({ keepsSource: YES });
    const named = net.group({ name: 'balancers' });
    const other = net.group({ name: 'others' });
    const behind = (peer: typeof named) => sure(net.group({ name: 'behind', ingress: [permit({ peer })] }));
    Object.assign(balancer, { groups: sure(named), allowsAll: false });
    Object.assign(app, { groups: behind(named), allowsAll: false });
    assert.equal(works(net, { from: world, to: app }), true);
    Object.assign(app, { groups: behind(other) });
    assert.equal(works(net, { from: world, to: app }), false);
  });

  it('lets in nobody else by the group of a balancer that opens connections of its own', () => {
    const { net, world, app, balancer } = balanced();
    const named = net.group({ name: 'balancers' });
    Object.assign(balancer, { groups: sure(named) });
    const behind = {
      groups: sure(net.group({ name: 'behind', ingress: [permit({ peer: named })] })),
      allowsAll: false,
    };
    Object.assign(app, behind);
    const stranger = net.interface(balancer.subnet, '10.0.1.77', { name: 'stranger' });
    assert.equal(asked(net, { from: world, to: app }).kind, 'works');
    assert.equal(asked(net, { from: stranger, to: app, services: services(tcp(8080)) }).kind, 'blocked');
  });

  it('does not come back from a VPC that is joined by no peering', () => {
    const { net, world, balancer } = balanced({ keepsSource: YES });
    const { vpc } = balancer.subnet;
    const far = net.vpc('10.1.0.0/16', { name: 'far' });
    const peering = net.peering([vpc, far]);
    const gateway = net.transitGateway();
    const away = net.subnet(far, '10.1.1.0/24', { name: 'away' });
    const server = net.interface(away, '10.1.1.5', { name: 'server' });
    const exit = {
      kind: 'interface',
      interface: balancer,
      destinations: server.addresses,
      services: services(tcp(8080)),
      keepsSource: YES,
    } as const;
    net.relay([{ kind: 'interface', interface: balancer, services: WEB }], [exit]);
    const lead = (target: Target): void => {
      Object.assign(balancer.subnet, {
        tables: sure(
          net.table([
            ...net.locals(vpc),
            route('10.1.0.0/16', target),
            route('0.0.0.0/0', { kind: 'door', door: net.doors[0] ?? assert.fail() }),
          ]),
        ),
      });
    };
    lead({ kind: 'peering', peering });
    assert.equal(works(net, { from: world, to: server }), true);
    net.peerings.length = 0;
    const table = net.transitTable(gateway);
    const ends = [balancer.subnet, away].map((subnet): TransitAttachment['end'] => ({
      kind: 'vpc',
      vpc: subnet.vpc,
      subnets: sure(subnet),
      applianceMode: NO,
    }));
    for (const [number, end] of ends.entries())
      table.routes.push(transitRoute(`10.${number}.0.0/16`, net.attachment(table, end)));
    lead({ kind: 'transit', gateway });
    assert.deepEqual(told(net, { from: world, to: server }), [
      'reply blocked',
      `far: does not give the reply back to ${vpc.origin.name}, with which it has no peering`,
    ]);
  });

  it('works where a relay hands over past the network, and by UDP', () => {
    const { net, world, app } = balanced({ appAcl: { ingress: [], egress: [] } });
    net.relay(
      [{ kind: 'outside', outside: world, services: services(udp(53)) }],
      [{ kind: 'delivery', interface: app, services: services(udp(53)) }],
    );
    assert.equal(works(net, { from: world, to: app, services: services(udp(53)) }), true);
  });
});

describe('a flow past balancers that lead to each other', () => {
  /**
   * Each of nine balancers may open a connection to anything of the VPC. The first alone takes the client's, the server
   * takes that of some, and its reply does not come back.
   */
  function ring(letIn: string): { readonly net: Network; readonly client: Interface; readonly server: Interface } {
    const net = new Network();
    const vpc = net.vpc('10.0.0.0/16');
    const front = net.subnet(vpc, '10.0.1.0/24', { name: 'front' });
    const back = net.subnet(vpc, '10.0.2.0/24', {
      name: 'back',
      acls: sure(net.acl({ name: 'back list', egress: [] })),
    });
    const client = net.interface(front, '10.0.1.5', { name: 'client' });
    const server = net.interface(back, '10.0.2.5', {
      name: 'server',
      groups: sure(net.group({ ingress: [permit({ peer: addresses(letIn) })] })),
    });
    for (let number = 0; number < 9; number++) {
      const isFirst = number === 0;
      const balancer = net.interface(front, `10.0.1.${20 + number}`, {
        name: `balancer-${number}`,
        groups: sure(net.group({ ingress: [permit({ peer: addresses(isFirst ? '10.0.1.5/32' : '10.0.1.16/28') })] })),
      });
      const exit = {
        kind: 'interface',
        interface: balancer,
        destinations: addresses('10.0.0.0/16'),
        services: WEB,
        keepsSource: NO,
      } as const;
      net.relay([{ kind: 'interface', interface: balancer, services: WEB }], [exit]);
    }
    return { net, client, server };
  }

  it('is decided when none of the ways by further balancers arrives', () => {
    const { net, client, server } = ring('10.0.1.20/32');
    assert.deepEqual(told(net, { from: client, to: server }), [
      'reply blocked',
      'back: no rule of back list allows tcp 1024 to 10.0.1.20',
    ]);
  });

  it('is unproven when more ways by balancers arrive than can be tried', () => {
    const { net, client, server } = ring('10.0.1.0/24');
    assert.deepEqual(told(net, { from: client, to: server }), ['unproven', 'the flow']);
  });
});
