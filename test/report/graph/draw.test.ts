import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import schema from '../../../report/graph/graph.schema.json' with { type: 'json' };
import { graphJson } from '../../../report/graph/json.ts';
import type { Context, StackJson } from '../../../checks/check.ts';
import { exampleNetwork, EXAMPLE_FLOWS } from '../../../checks/example-network.ts';
import { enclaveOf } from '../../../checks/gateway/enclave.ts';
import { networkWays } from '../../../checks/network-ways.ts';
import { drawNetwork } from '../../../report/graph/draw.ts';
import type { NetworkGraph } from '../../../report/graph/network-graph.ts';
import { estateOf, policyOf } from '../../../checks/example-estate.ts';

const GATEWAY = {
  id: 'west-data',
  site: 'west',
  purpose: 'data-transmission',
  kind: 'network-firewall',
  stack: 'west',
  address: 'aws_networkfirewall_firewall.gateway',
};

function draw(stack: StackJson, policy: object = { gateways: [GATEWAY] }, site: string | null = null): NetworkGraph {
  const example = { policy: { ...EXAMPLE_FLOWS, ...policy }, stacks: { west: stack } };
  const context: Context = { estate: estateOf(example), policy: policyOf(example), asOf: '2026-11-01' };
  const focus = context.policy.sites.find(({ id }) => id === site) ?? null;
  return drawNetwork(context, enclaveOf(context), { site: focus, traces: networkWays(context, focus) });
}

/** Lines by the labels of their boxes. */
function linesOf({ nodes, edges }: NetworkGraph): readonly string[] {
  const labels = new Map(nodes.map(({ id, label, lines }) => [id, label === 'gateway' ? (lines[0] ?? label) : label]));
  return edges.map(
    ({ from, to, isMutual, labels: words, status }) =>
      `${labels.get(from)} ${isMutual ? '<->' : '->'} ${labels.get(to)}: ${words.join(', ')} (${status})`,
  );
}

describe('the picture of a network', () => {
  it('has sites, VPCs, tiers with their subnets, gateways, doors and the outside', () => {
    const { groups, nodes } = draw(exampleNetwork());
    expect(groups.map(({ kind, label, parent }) => [kind, label, parent])).toEqual([
      ['site', 'West', null],
      ['vpc', 'VPC west: aws_vpc.ledger', 'site:west'],
    ]);
    expect(nodes.map(({ kind, label, status, lines }) => [kind, label, status, lines])).toEqual([
      ['tier', 'data', 'none', ['euw1-az1  10.0.1.0/24']],
      ['tier', 'gateway', 'none', ['euw1-az1  10.0.3.0/24', 'euw1-az1  10.0.2.0/24', 'NAT, euw1-az1']],
      ['gateway', 'west-data', 'approved', ['network firewall']],
      ['door', 'Internet gateway', 'none', ['west: aws_internet_gateway.world']],
      ['outside', 'the Internet', 'none', []],
    ]);
  });

  it('marks the ways of the flows along the routes', () => {
    expect(linesOf(draw(exampleNetwork()))).toMatchInlineSnapshot(`
      [
        "data -> west-data: settlement, 0.0.0.0/0 (flow)",
        "euw1-az1  10.0.3.0/24 <-> Internet gateway: settlement, 0.0.0.0/0 (flow)",
        "euw1-az1  10.0.3.0/24 <-> west-data: settlement, 10.0.1.0/24 (flow)",
        "Internet gateway <-> the Internet: settlement (flow)",
      ]
    `);
  });

  it('marks a way past the gateways, and what does not count as one', () => {
    const dataRoutes = [{ cidr_block: '198.51.100.0/24', nat_gateway_id: '${aws_nat_gateway.edge.id}' }];
    const picture = draw(exampleNetwork({ dataRoutes }));
    expect(picture.ways.filter(({ kind }) => kind === 'fail')).toEqual([
      expect.objectContaining({ name: 'GTW-001', from: 'aws_subnet.data', to: 'the Internet' }),
    ]);
    expect(linesOf(picture).find((line) => line.includes('(fail)'))).toContain('GTW-001');
    const undeclared = draw(exampleNetwork(), { gateways: [] });
    expect(undeclared.nodes.find(({ kind }) => kind === 'inspection')?.lines).toEqual(['no gateway of the policy']);
    expect(undeclared.ways.map(({ kind }) => kind)).toContain('fail');
  });

  it('says why a gateway is refused', () => {
    const { resource, ...rest } = exampleNetwork();
    const { aws_networkfirewall_logging_configuration: _, ...unlogged } = resource as {
      readonly [type: string]: unknown;
    };
    const gateway = draw({ ...rest, resource: unlogged }).nodes.find(({ kind }) => kind === 'gateway');
    expect(gateway?.status).toBe('refused');
    expect(gateway?.reasons.join()).toContain('GTW-009');
  });

  it('of one site has the others as a box each', () => {
    const { nodes, groups, title } = draw(exampleNetwork(), { gateways: [GATEWAY] }, 'north');
    expect(title).toBe('ledger enclave: North');
    expect(groups).toEqual([]);
    expect(nodes.filter(({ kind }) => kind !== 'site' && kind !== 'outside')).toEqual([]);
  });

  it('is as its schema says', () => {
    const validate = new Ajv({ allErrors: true }).compile(schema);
    for (const gateways of [[GATEWAY], []]) {
      validate(JSON.parse(graphJson(draw(exampleNetwork(), { gateways }))));
      expect(validate.errors ?? []).toEqual([]);
    }
  });

  it('is the same for the same estate', () => {
    expect(draw(exampleNetwork())).toEqual(draw(exampleNetwork()));
  });
});
