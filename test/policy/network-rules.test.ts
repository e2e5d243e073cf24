import { describe, expect, test } from 'vitest';
import { loadPolicy } from '../../policy/load.ts';
import { CONTROL_IDS, LEDGER_POLICY, ledgerPolicy } from '../support/policy.ts';

const OFFICE = { id: 'office', kind: 'on-premises', cidrs: ['192.0.2.0/24'], reason: 'Own office.' };
const FLOW = { id: 'orders', from: 'office', to: 'west/data', protocol: 'tcp', port: 443, reason: 'Orders.' };
const GATEWAY = {
  id: 'west-data',
  site: 'west',
  purpose: 'data-transmission',
  kind: 'network-firewall',
  stack: 'west',
  address: 'aws_networkfirewall_firewall.gateway',
};

/** Code, place and what of each problem of the ledger policy with other keys. */
function problemsWith(changes: object): readonly string[] {
  const text = JSON.stringify({ ...LEDGER_POLICY, ...changes }, null, 2);
  const result = loadPolicy({ path: 'enclave.yaml', text, controlIds: CONTROL_IDS });
  if (result.kind === 'policy') return [];
  return result.problems.map(({ code, location, what }) => {
    const line = text.split('\n')[location.line - 1] ?? '';
    return `${code} ${line.trim().replace(/,$/, '')}: ${what}`;
  });
}

const inNetwork = (network: object) => problemsWith({ network });
const withFlow = (change: object) => inNetwork({ outside: [OFFICE], flows: [{ ...FLOW, ...change }] });
const withGateway = (change: object) => problemsWith({ gateways: [{ ...GATEWAY, ...change }] });

describe('what a policy leaves out of its network', () => {
  test('is nothing, and the usual ports of administration', () => {
    expect(ledgerPolicy().network).toEqual({
      approvedPeers: [],
      publicAccessExclusions: [],
      publicAddresses: [],
      organisation: null,
      outside: [],
      flows: [],
      links: [],
      principals: [],
      endpointServices: [],
      separatedTiers: [],
      adminPorts: [22, 3389, 5985, 5986],
    });
  });

  test('of a network outside, is nothing', () => {
    expect(ledgerPolicy({ network: { outside: [OFFICE] } }).network.outside).toEqual([
      { ...OFFICE, domains: [], customerGateways: [], locations: [] },
    ]);
  });

  test('of a gateway, is no image and no waiver', () => {
    expect(ledgerPolicy({ gateways: [GATEWAY] }).gateways).toEqual([{ ...GATEWAY, image: null, tlsWaiver: null }]);
  });
});

describe('a network that the policy describes whole', () => {
  test('is read with the ends of its flows', () => {
    const { network } = ledgerPolicy({
      network: {
        organisation: 'o-ledger12345',
        outside: [
          {
            ...OFFICE,
            cidrs: ['192.0.2.0/24', '2001:db8::/32'],
            domains: ['.office.example'],
            customerGateways: ['198.51.100.7'],
            locations: [{ code: 'EirCL', country: 'IE' }],
          },
        ],
        flows: [FLOW, { ...FLOW, id: 'echo', protocol: 'icmp', port: undefined }],
        links: [{ sites: ['west', 'north'], reason: 'Replication.' }],
        separatedTiers: [],
        adminPorts: [],
      },
    });
    expect(network.organisation).toBe('o-ledger12345');
    expect(network.outside[0]?.locations).toEqual([{ code: 'EirCL', country: 'IE' }]);
    expect(network.flows).toEqual([
      {
        ...FLOW,
        from: { kind: 'outside', network: 'office' },
        to: { kind: 'tier', site: 'west', tier: 'data' },
      },
      {
        ...FLOW,
        id: 'echo',
        from: { kind: 'outside', network: 'office' },
        to: { kind: 'tier', site: 'west', tier: 'data' },
        protocol: 'icmp',
        port: null,
      },
    ]);
    expect(network.links).toEqual([{ sites: ['west', 'north'], reason: 'Replication.' }]);
    expect(network.adminPorts).toEqual([]);
  });

  test('keeps the decision that waives the inspection of TLS', () => {
    const [gateway] = ledgerPolicy({
      gateways: [{ ...GATEWAY, tlsInspection: 'waived', tlsDecision: 'Board, 2026-01-31: pinned clients' }],
    }).gateways;
    expect(gateway?.tlsWaiver).toBe('Board, 2026-01-31: pinned clients');
  });

  test('keeps the image of an appliance', () => {
    const [gateway] = ledgerPolicy({
      gateways: [{ ...GATEWAY, kind: 'appliance', image: 'ami-0123456789abcdef0', tlsInspection: 'required' }],
    }).gateways;
    expect(gateway).toMatchObject({ image: 'ami-0123456789abcdef0', tlsWaiver: null });
  });
});

describe('names', () => {
  test('of networks outside are unique', () => {
    expect(inNetwork({ outside: [OFFICE, OFFICE] })).toEqual([
      'PO-DUPID "id": "office": the network outside "office" is there twice',
    ]);
  });

  test('of flows are unique', () => {
    expect(inNetwork({ outside: [OFFICE], flows: [FLOW, FLOW] })).toEqual([
      'PO-DUPID "id": "orders": the flow "orders" is there twice',
    ]);
  });

  test('hold no slash, which would make a network a tier of a site', () => {
    expect(inNetwork({ outside: [{ ...OFFICE, id: 'west/data' }] })).toContain(
      'PO-VALUE "id": "west/data": the id "west/data" holds a slash',
    );
  });

  test('of things that every object has are names like others', () => {
    for (const id of ['__proto__', 'constructor', 'toString']) {
      expect(withFlow({ from: id })).toEqual([`PO-REFERENCE "from": "${id}": there is no network outside "${id}"`]);
      expect(withFlow({ to: `${id}/${id}` })).toEqual([
        `PO-REFERENCE "to": "${id}/${id}": there is no site "${id}"`,
        `PO-REFERENCE "to": "${id}/${id}": there is no tier "${id}"`,
      ]);
      expect(inNetwork({ links: [{ sites: ['west', id], reason: 'None.' }] })).toEqual([
        `PO-REFERENCE "${id}": there is no site "${id}"`,
      ]);
    }
  });

  test('act on no terminal', () => {
    const [problem = ''] = withFlow({ from: '\u001b[2J\u202egnp' });
    expect(problem).toContain('there is no network outside');
    expect(/[\p{C}]/u.test(problem.slice(problem.indexOf('there is')))).toBe(false);
  });
});

describe('a network outside', () => {
  test.each(['10.0.0.0/33', '10.0.0.256/24', '::g/64', '2001:db8::/129', '010.0.0.0/8'])('has no block %s', (cidr) => {
    expect(inNetwork({ outside: [{ ...OFFICE, cidrs: ['192.0.2.0/24', cidr] }] })).toContainEqual(
      expect.stringMatching(/^PO-VALUE /),
    );
  });

  test('says which block is none', () => {
    expect(inNetwork({ outside: [{ ...OFFICE, cidrs: ['10.0.0.0/33'] }] })).toEqual([
      'PO-VALUE "10.0.0.0/33": "10.0.0.0/33" is no CIDR block',
    ]);
  });

  test('has its lines end in countries that there are', () => {
    expect(inNetwork({ outside: [{ ...OFFICE, locations: [{ code: 'EirCL', country: 'ZZ' }] }] })).toEqual([
      expect.stringMatching(/^PO-COUNTRY "country": "ZZ": /),
    ]);
  });
});

describe('a flow', () => {
  test('loads with ends that there are', () => {
    expect(withFlow({})).toEqual([]);
    expect(withFlow({ from: 'north/data', protocol: 'udp', port: 0 })).toEqual([]);
  });

  test.each([
    { change: { from: 'ofice' }, problem: 'PO-REFERENCE "from": "ofice": there is no network outside "ofice"' },
    { change: { to: 'east/data' }, problem: 'PO-REFERENCE "to": "east/data": there is no site "east"' },
    { change: { to: 'west/date' }, problem: 'PO-REFERENCE "to": "west/date": there is no tier "date"' },
    { change: { to: 'west/' }, problem: 'PO-REFERENCE "to": "west/": there is no tier ""' },
    { change: { to: 'west' }, problem: 'PO-REFERENCE "to": "west": there is no network outside "west"' },
    { change: { port: undefined }, problem: 'PO-MISSING "protocol": "tcp": a flow of tcp without "port"' },
    {
      change: { protocol: 'udp', port: undefined },
      problem: 'PO-MISSING "protocol": "udp": a flow of udp without "port"',
    },
    { change: { protocol: 'icmp' }, problem: 'PO-VALUE "port": 443: a port for "icmp"' },
    { change: { protocol: 'icmpv6' }, problem: 'PO-VALUE "port": 443: a port for "icmpv6"' },
  ])('is refused: $problem', ({ change, problem }) => {
    expect(withFlow(change)).toEqual([problem]);
  });

  test('gets a name that was likely meant', () => {
    const text = JSON.stringify({
      ...LEDGER_POLICY,
      network: { outside: [OFFICE], flows: [{ ...FLOW, from: 'ofice' }] },
    });
    const result = loadPolicy({ path: 'enclave.yaml', text, controlIds: CONTROL_IDS });
    expect(result.kind === 'refused' && result.problems.map(({ fix }) => fix)).toEqual([
      'Did you mean office? Otherwise add the network outside to the policy, or remove the reference.',
    ]);
  });
});

describe('a pair', () => {
  const tiers = [
    { id: 'data', exposure: 'enclave' },
    { id: 'gateway', exposure: 'gateway' },
  ];

  test('of sites names two that there are', () => {
    expect(inNetwork({ links: [{ sites: ['west', 'north'], reason: 'Replication.' }] })).toEqual([]);
    expect(inNetwork({ links: [{ sites: ['west', 'east'], reason: 'Replication.' }] })).toEqual([
      'PO-REFERENCE "east": there is no site "east"',
    ]);
    expect(inNetwork({ links: [{ sites: ['west', 'west'], reason: 'Replication.' }] })).toEqual([
      'PO-DUPID "west": "west" is there twice',
    ]);
  });

  test('of tiers names two that there are', () => {
    const separated = (...pair: readonly string[]) =>
      problemsWith({ tiers, network: { separatedTiers: [{ tiers: pair, reason: 'Least access.' }] } });
    expect(separated('data', 'gateway')).toEqual([]);
    expect(separated('data', 'desk')).toEqual(['PO-REFERENCE "desk": there is no tier "desk"']);
    expect(separated('data', 'data')).toEqual(['PO-DUPID "data": "data" is there twice']);
  });
});

describe('a gateway', () => {
  test.each([
    {
      change: { tlsInspection: 'waived' },
      problem: 'PO-MISSING "tlsInspection": "waived": a waiver without "tlsDecision"',
    },
    {
      change: { tlsDecision: 'Board' },
      problem: 'PO-VALUE "tlsDecision": "Board": a decision not to inspect TLS that waives nothing',
    },
    {
      change: { tlsInspection: 'required', tlsDecision: 'Board' },
      problem: 'PO-VALUE "tlsDecision": "Board": a decision not to inspect TLS that waives nothing',
    },
    {
      change: { image: 'ami-0123456789abcdef0' },
      problem: 'PO-VALUE "image": "ami-0123456789abcdef0": a machine image of a gateway that is no appliance',
    },
  ])('is refused: $problem', ({ change, problem }) => {
    expect(withGateway(change)).toEqual([problem]);
  });
});

test('errors of several parts are reported together, in the order of the file', () => {
  expect(
    problemsWith({
      network: { outside: [{ ...OFFICE, cidrs: ['10.0.0.0/33'] }], flows: [{ ...FLOW, port: undefined }] },
      gateways: [{ ...GATEWAY, tlsInspection: 'waived' }],
    }).map((problem) => problem.split(' ')[0]),
  ).toEqual(['PO-VALUE', 'PO-MISSING', 'PO-MISSING']);
});
