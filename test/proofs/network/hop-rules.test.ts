import { describe, expect, it } from 'vitest';
import { ask } from '../../../proofs/network/ask.ts';
import type { Question } from '../../../proofs/network/question.ts';
import type { Topology } from '../../../proofs/network/topology.ts';
import {
  addresses,
  between,
  doubt,
  hiddenAddress,
  Network,
  NO,
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

const LEAST_DOUBTS = ['var.hidden'];

/** What is found for each place that the question asks from. */
function found(topology: Topology, question: Question): readonly string[] {
  return ask(topology, question).findings.map(({ finding }) => finding.kind);
}

/** The values that must be known to decide. */
function because(topology: Topology, question: Question): readonly unknown[] {
  return ask(topology, question).findings.flatMap(({ finding }) =>
    finding.kind === 'unproven'
      ? finding.because.map((hidden) => ('expression' in hidden ? hidden.expression : hidden))
      : [],
  );
}

const HIDDEN = [doubt('var.hidden')];
const EMPTY = { ingress: [], egress: [] };

function lone(): { net: Network; vpc: ReturnType<Network['vpc']> } {
  const net = new Network();
  return { net, vpc: net.vpc('10.0.0.0/16') };
}

describe('H1: what leaves something in a subnet', () => {
  it('stays in it without its list and its table', () => {
    const { net, vpc } = lone();
    const subnet = net.subnet(vpc, '10.0.1.0/24', { acls: sure(net.acl(EMPTY)), tables: [] });
    const [ledger, receipts] = [net.interface(subnet, '10.0.1.10'), net.interface(subnet, '10.0.1.11')];
    expect(found(net.topology, between([ledger, subnet], [receipts]))).toEqual(['path', 'path']);
  });

  it('leaves it by its list', () => {
    const { net, vpc } = lone();
    const web = services(tcp(443));
    const acl = net.acl({ egress: [rule({ number: 1, allows: false, services: web }), rule({ number: 2 })] });
    const from = net.subnet(vpc, '10.0.1.0/24', { acls: sure(acl) });
    const to = net.subnet(vpc, '10.0.2.0/24');
    expect(found(net.topology, between([from], [to], { services: web }))).toEqual(['none']);
    expect(found(net.topology, between([from], [to], { services: services(tcp(80)) }))).toEqual(['path']);
  });

  it('passes a security group when an interface sends it, with the addresses of the interface', () => {
    const { net, vpc } = lone();
    const from = net.subnet(vpc, '10.0.1.0/24');
    const acl = net.acl({ ingress: [rule({ addresses: addresses('10.0.1.10') })] });
    const to = net.subnet(vpc, '10.0.2.0/24', { acls: sure(acl) });
    const groups = sure(net.group({ egress: [permit({ peer: addresses('10.0.3.0/24') })] }));
    const closed = net.interface(from, '10.0.1.10', { groups });
    const other = net.interface(from, '10.0.1.11');
    const forwarder = net.interface(from, '10.0.1.12', { forwards: YES });
    const own = net.interface(from, '10.0.1.10');
    expect(found(net.topology, between([closed, other, forwarder, own], [to]))).toEqual([
      'none',
      'none',
      'path',
      'path',
    ]);
  });

  it('is unproven where the list, the group or the address is in doubt', () => {
    const { net, vpc } = lone();
    const to = net.subnet(vpc, '10.0.2.0/24');
    const open = net.subnet(vpc, '10.0.1.0/24', { acls: sure(net.acl({ ...EMPTY, open: HIDDEN })) });
    const plain = net.subnet(vpc, '10.0.3.0/24');
    const grouped = net.interface(plain, '10.0.3.3', { groups: sure(net.group({ ...EMPTY, open: HIDDEN })) });
    const perhapsCarried = net.interface(plain, '10.0.3.4', { groups: [{ item: net.group(), doubts: HIDDEN }] });
    const question = between([open, grouped, perhapsCarried], [to]);
    expect(found(net.topology, question)).toEqual(['unproven', 'unproven', 'unproven']);
    expect(because(net.topology, question)).toEqual(['var.hidden', 'var.hidden', 'var.hidden']);
  });
});

describe('H2: a table', () => {
  /** Whether a packet to 10.1.2.9 gets to a VPC with 10.1.0.0/16 by a peering. */
  function byRoutes(routes: (peered: Parameters<typeof route>[1]) => readonly ReturnType<typeof route>[]): string {
    const { net, vpc } = lone();
    const other = net.vpc('10.1.0.0/16');
    const peered = { kind: 'peering', peering: net.peering([vpc, other]) } as const;
    const from = net.subnet(vpc, '10.0.1.0/24', { routes: routes(peered) });
    const to = net.subnet(other, '10.1.2.0/24');
    return found(net.topology, between([from], [to], { destinations: addresses('10.1.2.9') })).join();
  }
  const nowhere = { kind: 'blackhole' } as const;

  it('takes the longest prefix', () => {
    expect(byRoutes((peered) => [route('10.1.0.0/16', nowhere), route('10.1.2.0/24', peered)])).toBe('path');
    expect(byRoutes((peered) => [route('10.1.0.0/16', peered), route('10.1.2.0/24', nowhere)])).toBe('none');
  });

  it('of equal prefixes takes static before prefix list before propagated', () => {
    expect(byRoutes((peered) => [route('10.1.0.0/16', nowhere), route('10.1.0.0/16', peered, 'prefix-list')])).toBe(
      'none',
    );
    expect(byRoutes((peered) => [route('10.1.0.0/16', peered), route('10.1.0.0/16', nowhere, 'prefix-list')])).toBe(
      'path',
    );
    expect(
      byRoutes((peered) => [route('10.1.0.0/16', nowhere, 'prefix-list'), route('10.1.0.0/16', peered, 'propagated')]),
    ).toBe('none');
  });

  it('may take either of two that are equal', () => {
    expect(byRoutes((peered) => [route('10.1.0.0/16', nowhere), route('10.1.0.0/16', peered)])).toBe('path');
  });

  it('drops what no route covers', () => {
    expect(byRoutes(() => [])).toBe('none');
    expect(byRoutes((peered) => [route('::/0', peered)])).toBe('none');
  });

  it('keeps the local route before what is propagated, however long its prefix', () => {
    const { net, vpc } = lone();
    const office = net.outside('the office', { addresses: addresses('10.0.0.0/8') });
    const door = net.door('vpn', vpc, office);
    const propagated = net.subnet(vpc, '10.0.1.0/24', {
      routes: [route('10.0.9.0/24', { kind: 'door', door }, 'propagated')],
    });
    const fixed = net.subnet(vpc, '10.0.2.0/24', { routes: [route('10.0.9.0/24', { kind: 'door', door })] });
    expect(found(net.topology, between([propagated, fixed], [office]))).toEqual(['none', 'path']);
  });

  it('in doubt adds a way and hides none, and where it must be certain hides others', () => {
    expect(byRoutes((peered) => [route('10.1.2.0/24', peered, 'static', HIDDEN)])).toBe('unproven');
    expect(byRoutes((peered) => [route('10.1.0.0/16', peered), route('10.1.2.0/24', nowhere, 'static', HIDDEN)])).toBe(
      'unproven',
    );
    expect(byRoutes((peered) => [route('10.1.2.0/24', peered), route('10.1.0.0/16', nowhere, 'static', HIDDEN)])).toBe(
      'path',
    );
    expect(byRoutes((peered) => [route({ kind: 'any', doubts: HIDDEN }, peered)])).toBe('unproven');
    expect(byRoutes(() => [route('10.1.0.0/16', { kind: 'hidden', doubts: HIDDEN })])).toBe('unproven');
  });

  it('may have routes that nobody sees', () => {
    const { net, vpc } = lone();
    const internet = net.outside('the Internet');
    const open = net.subnet(vpc, '10.0.1.0/24', { tables: sure(net.table(net.locals(vpc), { open: HIDDEN })) });
    const choice = net.subnet(vpc, '10.0.2.0/24', { tables: [{ item: net.table(net.locals(vpc)), doubts: HIDDEN }] });
    expect(found(net.topology, between([open, choice], [internet]))).toEqual(['unproven', 'none']);
    expect(found(net.topology, between([open, choice], [choice, open]))).toEqual(['path', 'path']);
    const end = net.subnet(vpc, '10.0.3.0/24');
    expect(found(net.topology, between([open, choice], [end]))).toEqual(['unproven', 'unproven']);
  });

  it('tells an unknown block from what is beside it', () => {
    const block = hiddenAddress('pool', '172.16.0.0/12', { length: 20 });
    const { net, vpc } = lone();
    const other = net.vpc(addresses(block));
    const peered = { kind: 'peering', peering: net.peering([vpc, other]) } as const;
    const from = net.subnet(vpc, '10.0.1.0/24', { routes: [route(block, peered)] });
    const part = hiddenAddress('part of the pool', '172.16.0.0/12', { parent: block, length: 24 });
    const to = net.subnet(other, addresses(part));
    const beside = net.subnet(other, '172.16.2.0/24');
    expect(found(net.topology, between([from], [to]))).toEqual(['path']);
    expect(found(net.topology, between([from], [to], { destinations: addresses('192.0.2.0/24') }))).toEqual(['none']);
    expect(found(net.topology, between([from], [beside]))).toEqual(['unproven']);
  });
});

describe('H3 and H4: the local route', () => {
  it('passes the list of the destination by the source, and its groups', () => {
    const { net, vpc } = lone();
    const from = net.subnet(vpc, '10.0.1.0/24');
    const acl = net.acl({ ingress: [rule({ addresses: addresses('10.0.1.0/25') })] });
    const to = net.subnet(vpc, '10.0.2.0/24', { acls: sure(acl) });
    const ledger = net.group({ ingress: [] });
    const reader = net.group();
    const store = net.group({ ingress: [permit({ peer: reader, services: services(tcp(5432)) })] });
    const near = net.interface(from, '10.0.1.10', { groups: sure(reader) });
    const far = net.interface(from, '10.0.1.200', { groups: sure(reader) });
    const stranger = net.interface(from, '10.0.1.11');
    const database = net.interface(to, '10.0.2.10', { groups: sure(store) });
    const closed = net.interface(to, '10.0.2.11', { groups: sure(ledger) });
    const senders = [near, far, stranger];
    expect(found(net.topology, between(senders, [database]))).toEqual(['path', 'none', 'none']);
    expect(found(net.topology, between(senders, [closed]))).toEqual(['none', 'none', 'none']);
    expect(found(net.topology, between(senders, [to]))).toEqual(['path', 'none', 'path']);
    expect(found(net.topology, between([near], [database], { services: services(udp(5432)) }))).toEqual(['none']);
  });

  it('matches members of a group whose address only AWS knows', () => {
    const { net, vpc } = lone();
    const from = net.subnet(vpc, '10.0.1.0/24');
    const to = net.subnet(vpc, '10.0.2.0/24');
    const reader = net.group();
    const member = net.interface(from, addresses(hiddenAddress('reader', '10.0.1.0/24')), { groups: sure(reader) });
    const perhapsMember = net.interface(from, '10.0.1.9', { groups: [{ item: reader, doubts: HIDDEN }] });
    const store = net.interface(to, '10.0.2.10', { groups: sure(net.group({ ingress: [permit({ peer: reader })] })) });
    expect(found(net.topology, between([member, perhapsMember], [store]))).toEqual(['path', 'unproven']);
  });
});

describe('H5: an interface as the next hop', () => {
  function byForwarder(given: Parameters<Network['interface']>[2], without: readonly string[] = []): readonly string[] {
    const { net, vpc } = lone();
    const other = net.vpc('10.1.0.0/16');
    const peered = { kind: 'peering', peering: net.peering([vpc, other]) } as const;
    const middle = net.subnet(vpc, '10.0.2.0/24', { routes: [route('10.1.0.0/16', peered)] });
    const owner = resource('aws_instance.appliance');
    const appliance = net.interface(middle, '10.0.2.10', { owner, ...given });
    const target = { kind: 'interface', interface: appliance } as const;
    const from = net.subnet(vpc, '10.0.1.0/24', {
      routes: [route('10.1.0.0/16', target), route('10.0.2.10/32', target)],
    });
    const to = net.subnet(other, '10.1.2.0/24');
    const certain = new Set(without.includes('appliance') ? [owner] : []);
    return found(net.topology, between([from], [to], { without: { certain, doubtful: new Map() } }));
  }

  it('forwards only without the check of source and destination, by its groups', () => {
    const net = new Network();
    const closed = net.group({ egress: [permit({ peer: addresses('10.9.0.0/16') })] });
    expect(byForwarder({ forwards: YES })).toEqual(['path']);
    expect(byForwarder({ forwards: NO })).toEqual(['none']);
    expect(byForwarder({ forwards: perhaps('var.hidden') })).toEqual(['unproven']);
    expect(byForwarder({ forwards: YES, groups: sure(closed), allowsAll: false })).toEqual(['none']);
    expect(byForwarder({ forwards: YES, doubts: HIDDEN })).toEqual(['unproven']);
  });

  it('does not forward when it is taken out, and is still a host', () => {
    expect(byForwarder({ forwards: YES }, ['appliance'])).toEqual(['none']);
  });
});

describe('H6: an inspection', () => {
  it('passes packets as they are until it is taken out', () => {
    const { net, vpc } = lone();
    const internet = net.outside('the Internet');
    const door = net.door('internet', vpc, internet);
    const owner = resource('aws_networkfirewall_firewall.main');
    const middle = net.subnet(vpc, '10.0.2.0/24', { routes: [route('0.0.0.0/0', { kind: 'door', door })] });
    const inspection = net.inspection(middle, { owner });
    const from = net.subnet(vpc, '10.0.1.0/24', { routes: [route('0.0.0.0/0', { kind: 'inspection', inspection })] });
    net.interface(from, '10.0.1.10', { isPublic: YES });
    const removed = (certain: boolean) => ({
      without: { certain: new Set(certain ? [owner] : []), doubtful: new Map(certain ? [] : [[owner, HIDDEN]]) },
    });
    expect(found(net.topology, between([from], [internet]))).toEqual(['path']);
    expect(found(net.topology, between([from], [internet], removed(true)))).toEqual(['none']);
    expect(found(net.topology, between([from], [internet], removed(false)))).toEqual(['unproven']);
    expect(because(net.topology, between([from], [internet], removed(false)))).toEqual(LEAST_DOUBTS);
  });
});

describe('H7: a NAT gateway', () => {
  it('sends with its own address by its subnet, of NAT64 to the embedded destination', () => {
    const net = new Network();
    const vpc = net.vpc(addresses('10.0.0.0/16', '2001:db8::/56'));
    const internet = net.outside('the Internet');
    const door = net.door('internet', vpc, internet);
    const middle = net.subnet(vpc, '10.0.2.0/24', { routes: [route('0.0.0.0/0', { kind: 'door', door })] });
    const nat = net.nat(middle, '10.0.2.5');
    const closed = net.nat(middle, '10.0.2.6', { isPublic: NO });
    const v4 = net.subnet(vpc, '10.0.1.0/24', { routes: [route('0.0.0.0/0', { kind: 'nat', nat })] });
    const v6 = net.subnet(vpc, '2001:db8::/64', { routes: [route('64:ff9b::/96', { kind: 'nat', nat })] });
    const wrong = net.subnet(vpc, '2001:db8:0:1::/64', { routes: [route('2600::/16', { kind: 'nat', nat })] });
    const inner = net.subnet(vpc, '10.0.3.0/24', { routes: [route('0.0.0.0/0', { kind: 'nat', nat: closed })] });
    const question = between([v4, v6, wrong, inner], [internet]);
    expect(found(net.topology, question)).toEqual(['path', 'path', 'none', 'none']);
    expect(found(net.topology, between([v6], [internet], { destinations: addresses('198.51.100.7') }))).toEqual([
      'path',
    ]);
    expect(found(net.topology, between([v6], [internet], { destinations: addresses('192.168.0.0/16') }))).toEqual([
      'none',
    ]);
  });

  it('of a Region goes straight to the Internet', () => {
    const { net, vpc } = lone();
    const internet = net.outside('the Internet');
    net.door('internet', vpc, internet);
    const from = net.subnet(vpc, '10.0.1.0/24');
    const nat = net.nat(from, '10.0.0.9', { subnet: null });
    const sender = net.subnet(vpc, '10.0.2.0/24', { routes: [route('0.0.0.0/0', { kind: 'nat', nat })] });
    expect(found(net.topology, between([from, sender], [internet]))).toEqual(['none', 'path']);
  });
});

describe('H8: out by a door', () => {
  it('of the Internet takes public addresses of IPv4, any of IPv6, unless access is blocked', () => {
    const net = new Network();
    const vpc = net.vpc(addresses('10.0.0.0/16', '2001:db8::/56'));
    const internet = net.outside('the Internet');
    const door = net.door('internet', vpc, internet);
    const routes = [route('0.0.0.0/0', { kind: 'door', door }), route('::/0', { kind: 'door', door })];
    const subnet = net.subnet(vpc, addresses('10.0.1.0/24', '2001:db8::/64'), { routes });
    const blocked = net.subnet(vpc, '10.0.2.0/24', { routes, blocksEgress: YES });
    const perhapsBlocked = net.subnet(vpc, '10.0.3.0/24', { routes, blocksEgress: perhaps('var.hidden') });
    const inner = net.interface(subnet, '10.0.1.10');
    const shown = net.interface(subnet, '10.0.1.11', { isPublic: YES });
    const perhapsShown = net.interface(subnet, '10.0.1.12', { isPublic: perhaps('var.hidden') });
    const v6 = net.interface(subnet, '2001:db8::9');
    const behind = net.interface(blocked, '10.0.2.10', { isPublic: YES });
    const unsure = net.interface(perhapsBlocked, '10.0.3.10', { isPublic: YES });
    expect(found(net.topology, between([inner, shown, perhapsShown, v6, behind, unsure], [internet]))).toEqual([
      'none',
      'path',
      'unproven',
      'path',
      'none',
      'unproven',
    ]);
    expect(found(net.topology, between([shown], [internet], { destinations: addresses('10.0.0.0/8') }))).toEqual([
      'none',
    ]);
  });

  it('of another kind takes its family and what it forwards', () => {
    const net = new Network();
    const vpc = net.vpc(addresses('10.0.0.0/16', '2001:db8::/56'));
    const outs = (['egress-only', 'vpn', 'local', 'carrier'] as const).map((kind) => {
      const outside = net.outside(`by ${kind}`);
      const door = net.door(kind, vpc, outside, { forwards: addresses('192.168.0.0/16') });
      const routes = [route('0.0.0.0/0', { kind: 'door', door }), route('::/0', { kind: 'door', door })];
      const [v4, v6] = [outs4(kind), outs6(kind)].map((block) => net.subnet(vpc, block, { routes }));
      return { outside, ends: [v4, v6].flatMap((subnet) => subnet ?? []) };
    });
    const answers = outs.map(({ outside, ends }) => found(net.topology, between(ends, [outside])));
    expect(answers).toEqual([
      ['none', 'path'],
      ['path', 'none'],
      ['path', 'none'],
      ['path', 'path'],
    ]);
  });
});

const KINDS = ['egress-only', 'vpn', 'local', 'carrier'];
const outs4 = (kind: string): string => `10.0.${KINDS.indexOf(kind)}.0/24`;
const outs6 = (kind: string): string => `2001:db8:0:${KINDS.indexOf(kind)}::/64`;

describe('H9: in by a door', () => {
  it('of the Internet comes to public addresses, by the edge table if there is one', () => {
    const { net, vpc } = lone();
    const internet = net.outside('the Internet');
    const middle = net.subnet(vpc, '10.0.2.0/24');
    const owner = resource('aws_networkfirewall_firewall.main');
    const inspection = net.inspection(middle, { owner });
    const subnet = net.subnet(vpc, '10.0.1.0/24');
    const blocked = net.subnet(vpc, '10.0.3.0/24', { blocksIngress: YES });
    const shown = net.interface(subnet, '10.0.1.11', { isPublic: YES });
    const inner = net.interface(subnet, '10.0.1.12');
    const behind = net.interface(blocked, '10.0.3.11', { isPublic: YES });
    const edge = net.table([...net.locals(vpc), route('10.0.1.0/24', { kind: 'inspection', inspection })]);
    const question = (target: typeof shown, without: boolean) =>
      between([internet], [target], { without: { certain: new Set(without ? [owner] : []), doubtful: new Map() } });
    net.door('internet', vpc, internet, { tables: sure(edge) });
    expect([shown, inner, behind].map((target) => found(net.topology, question(target, false)).join())).toEqual([
      'path',
      'none',
      'none',
    ]);
    expect(found(net.topology, question(shown, true))).toEqual(['none']);
    net.door('internet', vpc, internet);
    expect(found(net.topology, question(shown, true))).toEqual(['path']);
  });

  it('of a VPN comes to every address of the VPC, and not to a gateway load balancer', () => {
    const { net, vpc } = lone();
    const office = net.outside('the office', { addresses: addresses('192.168.0.0/16') });
    const subnet = net.subnet(vpc, '10.0.1.0/24');
    const inspection = net.inspection(net.subnet(vpc, '10.0.2.0/24'), { kind: 'gateway-load-balancer' });
    net.door('vpn', vpc, office, {
      tables: sure(net.table([route('10.0.1.0/24', { kind: 'inspection', inspection })])),
    });
    expect(found(net.topology, between([office], [subnet]))).toEqual(['none']);
    net.door('vpn', vpc, office);
    expect(found(net.topology, between([office], [subnet]))).toEqual(['path']);
    const only = net.outside('the IPv6 Internet');
    net.door('egress-only', vpc, only);
    expect(found(net.topology, between([only], [subnet]))).toEqual(['none']);
  });
});

describe('H10: a transit gateway', () => {
  function twoVpcs({ zones = ['a', 'a', 'a'], mode = NO }: { zones?: readonly string[]; mode?: typeof NO } = {}) {
    const net = new Network();
    const gateway = net.transitGateway();
    const table = net.transitTable(gateway);
    const zone = (index: number) => ({ kind: 'known', name: zones[index] ?? 'a' }) as const;
    const [near, far] = [net.vpc('10.0.0.0/16'), net.vpc('10.1.0.0/16')];
    const routes = [route('10.0.0.0/8', { kind: 'transit', gateway })];
    const from = net.subnet(near, '10.0.1.0/24', { zone: zone(0), routes });
    const door = net.subnet(near, '10.0.2.0/24', { zone: zone(1), routes });
    const landing = net.subnet(far, '10.1.1.0/24', { zone: zone(2) });
    const other = net.subnet(far, '10.1.2.0/24', { zone: { kind: 'known', name: 'a' }, acls: sure(net.acl(EMPTY)) });
    const to = net.subnet(far, '10.1.3.0/24');
    net.attachment(table, { kind: 'vpc', vpc: near, subnets: sure(door), applianceMode: NO });
    const back = net.attachment(table, {
      kind: 'vpc',
      vpc: far,
      subnets: [landing, other].map((item) => ({ item, doubts: [] })),
      applianceMode: mode,
    });
    return { net, table, from, landing, to, back };
  }

  it('takes from attached zones, and gives to the zone of the sender', () => {
    const attached = twoVpcs();
    attached.table.routes.push(transitRoute('10.1.0.0/16', attached.back));
    expect(found(attached.net.topology, between([attached.from], [attached.to]))).toEqual(['path']);
    const elsewhere = twoVpcs({ zones: ['b', 'a', 'a'] });
    elsewhere.table.routes.push(transitRoute('10.1.0.0/16', elsewhere.back));
    expect(found(elsewhere.net.topology, between([elsewhere.from], [elsewhere.to]))).toEqual(['none']);
    // Only the subnet whose list is closed is in the sender's zone.
    const kept = twoVpcs({ zones: ['a', 'a', 'b'] });
    kept.table.routes.push(transitRoute('10.1.0.0/16', kept.back));
    expect(found(kept.net.topology, between([kept.from], [kept.to]))).toEqual(['none']);
    const appliance = twoVpcs({ zones: ['a', 'a', 'b'], mode: YES });
    appliance.table.routes.push(transitRoute('10.1.0.0/16', appliance.back));
    expect(found(appliance.net.topology, between([appliance.from], [appliance.to]))).toEqual(['path']);
    const unsure = twoVpcs({ zones: ['a', 'a', 'b'], mode: perhaps('var.hidden') });
    unsure.table.routes.push(transitRoute('10.1.0.0/16', unsure.back));
    expect(found(unsure.net.topology, between([unsure.from], [unsure.to]))).toEqual(['unproven']);
    expect(because(unsure.net.topology, between([unsure.from], [unsure.to]))).toEqual(LEAST_DOUBTS);
  });

  it('takes the longest prefix, then the better rank, and drops by a blackhole', () => {
    const drawn = (...kinds: readonly (readonly [string, 'far' | 'blackhole', number])[]) => {
      const { net, table, from, to, back } = twoVpcs();
      for (const [block, kind, rank] of kinds) {
        table.routes.push(transitRoute(block, kind === 'far' ? back : { kind: 'blackhole' }, rank));
      }
      return found(net.topology, between([from], [to])).join();
    };
    expect(drawn(['10.0.0.0/8', 'far', 0], ['10.1.0.0/16', 'blackhole', 2])).toBe('none');
    expect(drawn(['10.1.0.0/16', 'far', 2], ['10.1.0.0/16', 'blackhole', 0])).toBe('none');
    expect(drawn(['10.1.0.0/16', 'far', 0], ['10.1.0.0/16', 'blackhole', 2])).toBe('path');
    expect(drawn(['10.1.0.0/16', 'far', 0], ['10.1.0.0/16', 'blackhole', 0])).toBe('path');
    expect(drawn()).toBe('none');
  });

  it('goes on by peerings, inspections and outsides', () => {
    const { net, table, from, to, back } = twoVpcs();
    const away = net.transitTable(net.transitGateway());
    const office = net.outside('the office', { addresses: addresses('192.168.0.0/16') });
    const near = net.attachment(table, { kind: 'outside', outside: office });
    const far = net.attachment(away, { kind: 'peering', other: near });
    Object.assign(near, { end: { kind: 'peering', other: far } });
    const line = net.attachment(away, { kind: 'outside', outside: office });
    const owner = resource('aws_networkfirewall_firewall.main');
    const inspected = net.attachment(away, { kind: 'inspection', inspection: net.inspection(null, { owner }) });
    const after = net.transitTable(away.gateway);
    Object.assign(inspected, { tables: sure(after) });
    table.routes.push(transitRoute('10.9.0.0/16', near), transitRoute('10.1.0.0/16', back));
    away.routes.push(transitRoute('10.9.0.0/16', inspected), transitRoute('10.1.0.0/16', far));
    after.routes.push(transitRoute('10.9.0.0/16', line));
    const without = { certain: new Set([owner]), doubtful: new Map() };
    expect(found(net.topology, between([from], [office]))).toEqual(['path']);
    expect(found(net.topology, between([from], [office], { without }))).toEqual(['none']);
    expect(found(net.topology, between([office], [to]))).toEqual(['path']);
  });
});

describe('H11: a peering', () => {
  it('leads to the addresses of the other side and nowhere else', () => {
    const { net, vpc } = lone();
    const other = net.vpc('10.1.0.0/16');
    const internet = net.outside('the Internet');
    const foreign = net.outside('a stranger', { kind: 'foreign-network', addresses: addresses('10.7.0.0/16') });
    const door = net.door('internet', other, internet);
    const peering = net.peering([vpc, other]);
    const stranger = net.peering([foreign, vpc]);
    const from = net.subnet(vpc, '10.0.1.0/24', {
      routes: [
        route('0.0.0.0/0', { kind: 'peering', peering }),
        route('10.7.0.0/24', { kind: 'peering', peering: stranger }),
      ],
    });
    const to = net.subnet(other, '10.1.1.0/24', { routes: [route('0.0.0.0/0', { kind: 'door', door })] });
    expect(found(net.topology, between([from], [to]))).toEqual(['path']);
    expect(found(net.topology, between([from], [internet]))).toEqual(['none']);
    expect(found(net.topology, between([from], [foreign]))).toEqual(['path']);
    expect(found(net.topology, between([foreign], [from]))).toEqual(['path']);
    expect(found(net.topology, between([foreign], [to]))).toEqual(['none']);
  });
});

describe('H12: a relay', () => {
  it('opens connections of its own, past routes and groups', () => {
    const { net, vpc } = lone();
    const other = net.vpc('10.1.0.0/16');
    const [near, far] = [net.subnet(vpc, '10.0.1.0/24'), net.subnet(other, '10.1.1.0/24')];
    const front = net.interface(near, '10.0.1.10');
    const exit = net.interface(far, '10.1.1.10', {
      groups: sure(net.group({ egress: [permit({ services: services(tcp(80)) })] })),
    });
    const target = net.interface(far, '10.1.1.20');
    const owner = resource('aws_lb.front');
    const handed = net.interface(far, '10.1.1.30', { groups: sure(net.group({ ingress: [] })) });
    const relay = (port: number): void => {
      net.relay(
        [{ kind: 'interface', interface: front, services: services(tcp(443)) }],
        [
          {
            kind: 'interface',
            interface: exit,
            destinations: target.addresses,
            services: services(tcp(port)),
            keepsSource: NO,
          },
          { kind: 'delivery', interface: handed, services: services(tcp(9000)) },
        ],
        { owner },
      );
    };
    relay(8080);
    const web = { services: services(tcp(443)) };
    expect(found(net.topology, between([near], [target], web))).toEqual(['none']);
    expect(found(net.topology, between([near], [handed], web))).toEqual(['path']);
    expect(found(net.topology, between([near], [far], web))).toEqual(['path']);
    relay(80);
    expect(found(net.topology, between([near], [target], web))).toEqual(['path']);
    expect(found(net.topology, between([near], [target], { services: services(tcp(80)) }))).toEqual(['none']);
    const without = { certain: new Set([owner]), doubtful: new Map() };
    expect(found(net.topology, between([near], [target, handed], { ...web, without }))).toEqual(['none']);
  });

  it('takes from an outside or from every host of a VPC', () => {
    const { net, vpc } = lone();
    const internet = net.outside('the Internet');
    const subnet = net.subnet(vpc, '10.0.1.0/24', { tables: [], acls: sure(net.acl(EMPTY)) });
    const host = net.interface(subnet, '10.0.1.10', { groups: sure(net.group(EMPTY)) });
    const dns = services(udp(53));
    net.relay([{ kind: 'vpc', vpc, services: dns }], [{ kind: 'outside', outside: internet }], { kind: 'dns' });
    net.relay(
      [{ kind: 'outside', outside: internet, services: services(tcp(22)) }],
      [{ kind: 'delivery', interface: host, services: services(tcp(22)) }],
    );
    expect(found(net.topology, between([subnet, host], [internet], { services: dns }))).toEqual(['path', 'path']);
    expect(found(net.topology, between([subnet, host], [internet], { services: services(tcp(53)) }))).toEqual([
      'none',
      'none',
    ]);
    expect(found(net.topology, between([internet], [host]))).toEqual(['path']);
  });
});

describe('H13 and H14', () => {
  it('lead managed compute out and in, and nothing through an outside', () => {
    const { net, vpc } = lone();
    const internet = net.outside('the Internet');
    const subnet = net.subnet(vpc, '10.0.1.0/24');
    net.door('internet', vpc, internet);
    const shown = net.interface(subnet, '10.0.1.10', { isPublic: YES });
    const sends = net.managedCompute(internet, ['out']);
    const takes = net.managedCompute(internet, ['in']);
    expect(found(net.topology, between([sends, takes], [internet]))).toEqual(['path', 'none']);
    expect(found(net.topology, between([internet], [sends]))).toEqual(['none']);
    expect(found(net.topology, between([internet], [takes]))).toEqual(['path']);
    expect(found(net.topology, between([sends], [shown]))).toEqual(['none']);
  });
});

describe('a network with something that is not modelled', () => {
  it('is not proved, and names it', () => {
    const { net, vpc } = lone();
    const internet = net.outside('the Internet');
    const subnet = net.subnet(vpc, '10.0.1.0/24');
    const router = resource('aws_vpc_route_server.router');
    const topology = { ...net.topology, unmodelled: [{ resource: router, reason: 'carries routes that it learns' }] };
    const [answer] = ask(topology, between([subnet], [internet])).findings;
    expect(answer?.finding).toEqual({
      kind: 'unproven',
      because: [
        {
          kind: 'unknown',
          reason: 'operation',
          expression: 'aws_vpc_route_server.router',
          detail: 'carries routes that it learns',
          references: [],
        },
      ],
      trace: null,
    });
  });
});
