import { describe, expect, it } from 'vitest';
import { exampleNetwork, EXAMPLE_FLOWS } from '../../checks/example-network.ts';
import { type PathAnswer, pathAnswer } from '../../checks/path-answer.ts';
import { type PathEnd, pathEnd } from '../../checks/path-end.ts';
import type { Context, StackJson } from '../../checks/check.ts';
import { describePacket } from '../../proofs/network/describe.ts';
import { estateOf, policyOf } from '../../checks/example-estate.ts';

const GATEWAY = {
  id: 'west-data',
  site: 'west',
  purpose: 'data-transmission',
  kind: 'network-firewall',
  stack: 'west',
  address: 'aws_networkfirewall_firewall.gateway',
};

export function contextOf(stack: StackJson = exampleNetwork(), policy: object = {}): Context {
  const example = { policy: { ...EXAMPLE_FLOWS, gateways: [GATEWAY], ...policy }, stacks: { west: stack } };
  return { estate: estateOf(example), policy: policyOf(example), asOf: '2026-11-01' };
}

function endOf(text: string, context: Context): PathEnd {
  const resolved = pathEnd(text, context);
  if (resolved.kind !== 'end') throw new Error(`${text} is ${resolved.kind}`);
  return resolved.end;
}

function ask(
  from: string,
  to: string,
  { context = contextOf(), withoutGateways = false, port = 443 } = {},
): PathAnswer {
  const service = 6 * 65_536 + port;
  return pathAnswer(
    {
      from: endOf(from, context),
      to: endOf(to, context),
      services: { ranges: [{ first: service, last: service }], doubts: [] },
      withoutGateways,
    },
    context,
  );
}

describe('a connection', () => {
  it('works with request, reply and the gateways that it passes', () => {
    const answer = ask('west/data', 'partner');
    if (answer.kind !== 'works') throw new Error(answer.kind);
    expect(answer.gateways).toEqual([{ id: 'west-data', status: 'approved' }]);
    expect(describePacket(answer.request.packet)).toMatch(/^tcp 443 from 10\.0\.1\.\d+ to 198\.51\.100\.\d+$/);
    expect(answer.request.hops.map(({ at }) => at.name)).toContain('aws_networkfirewall_firewall.gateway');
    expect(answer.reply.hops.map(({ at }) => at.name)).toContain('aws_networkfirewall_firewall.gateway');
  });

  it('does not work without the gateways, and ends at the first of them', () => {
    const answer = ask('west/data', 'partner', { withoutGateways: true });
    if (answer.kind !== 'blocked') throw new Error(answer.kind);
    expect(answer).toMatchObject({ direction: 'request', reason: 'no packet gets there, whatever sends it' });
    expect(answer.drops.map(({ at }) => at.name)).toContain('aws_networkfirewall_firewall.gateway');
  });

  it('works without the gateways where a route leads past them', () => {
    const dataRoutes = [{ cidr_block: '198.51.100.0/24', nat_gateway_id: '${aws_nat_gateway.edge.id}' }];
    // The reply still comes back through the firewall, which has not seen the request.
    expect(ask('west/data', 'partner', { context: contextOf(exampleNetwork({ dataRoutes })) })).toMatchObject({
      kind: 'blocked',
      direction: 'reply',
    });
  });

  it('does not work into what no route leads to', () => {
    const answer = ask('internet', 'west/data');
    expect(answer).toMatchObject({ kind: 'blocked', direction: 'request' });
  });

  it('is unproven when something carries traffic that is not modelled', () => {
    const more = { aws_networkmanager_connect_attachment: { other: {} } };
    const context = contextOf(exampleNetwork({ more }));
    const answer = ask('internet', 'west/data', { context });
    expect(['blocked', 'unproven']).toContain(answer.kind);
    expect(ask('west/data', 'partner', { context }).kind).toBe('works');
  });

  it('is unproven when it depends on what the input does not show', () => {
    const dataRoutes = [{ cidr_block: '198.51.100.0/24', nat_gateway_id: '${data.aws_nat_gateway.other.id}' }];
    const stack = { ...exampleNetwork({ dataRoutes }), data: { aws_nat_gateway: { other: {} } } };
    const answer = ask('west/data', 'partner', { context: contextOf(stack) });
    if (answer.kind !== 'unproven') throw new Error(answer.kind);
    expect(answer.because.map(({ expression }) => expression).join()).toContain('data.aws_nat_gateway.other');
  });

  it('has nowhere to go where nothing leads', () => {
    const subnet = { aws_vpc: { ledger: { cidr_block: '10.0.0.0/16' } } };
    const context = contextOf({
      resource: {
        ...subnet,
        aws_subnet: {
          data: { vpc_id: '${aws_vpc.ledger.id}', cidr_block: '10.0.1.0/24', tags: { 'ledger:tier': 'data' } },
        },
      },
    });
    expect(ask('west/data', '192.168.7.7', { context })).toEqual({
      kind: 'blocked',
      direction: 'request',
      drops: [],
      reason: 'nothing in the estate leads to the addresses 192.168.7.7',
    });
  });
});

describe('an end', () => {
  const context = contextOf();

  it.each([
    ['internet', 'the Internet', ['the Internet']],
    ['partner', 'the network partner of the policy', ['the Internet']],
    ['west/data', 'the tier data of west', ['aws_subnet.data']],
    ['aws_subnet.edge', 'west:aws_subnet.edge', ['aws_subnet.edge']],
    ['west:aws_subnet.edge', 'west:aws_subnet.edge', ['aws_subnet.edge']],
    ['aws_vpc.ledger', 'west:aws_vpc.ledger', ['aws_subnet.data', 'aws_subnet.edge', 'aws_subnet.gateway']],
    ['10.0.1.9', 'the addresses 10.0.1.9', ['aws_subnet.data']],
    ['10.0.0.0/22', 'the addresses 10.0.0.0/22', ['aws_subnet.data', 'aws_subnet.edge', 'aws_subnet.gateway']],
    ['203.0.113.9', 'the addresses 203.0.113.9', ['the Internet']],
  ])('%s is %s', (text, meaning, places) => {
    const end = endOf(text, context);
    expect(end.meaning).toBe(meaning);
    expect(
      end.places
        .map((place) =>
          place.kind === 'subnet'
            ? place.subnet.origin.name
            : place.kind === 'outside'
              ? place.outside.name
              : place.kind,
        )
        .toSorted(),
    ).toEqual(places);
  });

  it.each(['nowhere', 'west/none', 'none/data', '__proto__', 'toString', '10.0.1', '10.0.1.0/33', '', '/', ':'])(
    '%j is unknown',
    (text) => {
      expect(pathEnd(text, context)).toEqual({ kind: 'unknown' });
    },
  );

  it.each(['aws_route_table.data', 'aws_networkfirewall_firewall_policy.gateway', 'north/data'])(
    '%s is there and no place',
    (text) => {
      expect(pathEnd(text, context).kind).toBe('no-place');
    },
  );

  it('of several stacks must name one', () => {
    const example = { stacks: { west: exampleNetwork(), monitor: exampleNetwork() } };
    const several = { estate: estateOf(example), policy: policyOf(example), asOf: '2026-11-01' };
    expect(pathEnd('aws_subnet.data', several)).toEqual({
      kind: 'ambiguous',
      names: ['monitor:aws_subnet.data', 'west:aws_subnet.data'],
    });
  });
});
