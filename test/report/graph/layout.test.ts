import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutOf } from '../../../report/graph/layout.ts';
import type { NetworkGraph } from '../../../report/graph/network-graph.ts';
import { faultsIn, isInside } from '../../support/picture-faults.ts';
import { edgeOf, groupOf, nodeOf, pictureOf } from '../../support/pictures.ts';

const TWO_SITES = pictureOf({
  groups: [
    groupOf('west', { kind: 'site', detail: 'eu-west-1' }),
    groupOf('west-vpc', { parent: 'west', label: 'a VPC with a name of more columns than its boxes need' }),
    groupOf('north', { kind: 'site' }),
  ],
  nodes: [
    nodeOf('data', { parent: 'west-vpc', lines: ['euw1-az1  10.0.1.0/24', 'euw1-az2  10.0.2.0/24'] }),
    nodeOf('edge', { parent: 'west-vpc' }),
    nodeOf('door', { parent: 'west-vpc' }),
    nodeOf('hub', { parent: 'west' }),
    nodeOf('far', { parent: 'north' }),
    nodeOf('alone', { parent: 'north' }),
    nodeOf('world', { kind: 'outside' }),
  ],
  edges: [
    edgeOf('data', 'edge', { labels: ['0.0.0.0/0'] }),
    edgeOf('edge', 'door'),
    edgeOf('door', 'world', { isMutual: true }),
    edgeOf('data', 'hub', { labels: ['10.0.0.0/8', '172.16.0.0/12'] }),
    edgeOf('hub', 'far', { labels: ['peering'] }),
  ],
});

describe('the layout', () => {
  it('puts boxes into boxes and lets nothing overlap', () => {
    expect(faultsIn(layoutOf(TWO_SITES))).toEqual([]);
  });

  it('leads a line from one box to the other, through the borders between', () => {
    const { nodes, edges } = layoutOf(TWO_SITES);
    for (const { item, points } of edges) {
      for (const [id, point] of [[item.from, points[0]] as const, [item.to, points.at(-1)] as const]) {
        const box = nodes.find((node) => node.item.id === id);
        if (box === undefined || point === undefined) throw new Error(`no end at ${id}`);
        expect(isInside({ ...point, width: 0, height: 0 }, box)).toBe(true);
      }
    }
  });

  it('stands the outside above what it leads to', () => {
    const { nodes } = layoutOf(TWO_SITES);
    const y = (id: string): number => nodes.find(({ item }) => item.id === id)?.y ?? Number.NaN;
    expect(y('world')).toBeLessThan(y('door'));
    expect(y('door')).toBeLessThan(y('edge'));
  });

  it('is the same for the same picture', () => {
    expect(layoutOf(TWO_SITES)).toEqual(layoutOf(TWO_SITES));
  });

  it('cuts what is too long for a box', () => {
    const { nodes } = layoutOf(pictureOf({ nodes: [nodeOf('x'.repeat(400))] }));
    expect(nodes[0]?.texts[0]?.text).toBe(`${'x'.repeat(43)}…`);
  });

  it('has room for lines that lead around all boxes', () => {
    const node = (id: string, parent: string | null) => nodeOf(id, parent === null ? { kind: 'outside' } : { parent });
    const picture: NetworkGraph = {
      title: 'ledger enclave',
      groups: [groupOf('s2', { kind: 'site', detail: 'a site' }), groupOf('s1', { kind: 'site', detail: 'a site' })],
      nodes: [node('n0', 's2'), node('n1', null), node('n2', 's1'), node('n3', null)],
      edges: [edgeOf('n0', 'n1'), edgeOf('n0', 'n3'), edgeOf('n2', 'n1'), edgeOf('n1', 'n3')],
      ways: [],
      missing: [],
    };
    expect(faultsIn(layoutOf(picture))).toEqual([]);
  });

  it('keeps any picture legible', () => {
    fc.assert(
      fc.property(drawings, (picture) => {
        expect(faultsIn(layoutOf(picture))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

/** Pictures of up to three sites with two VPCs each, with any lines between their boxes. */
const drawings: fc.Arbitrary<NetworkGraph> = fc
  .record({
    places: fc.array(fc.record({ site: fc.nat(3), vpc: fc.nat(2), rows: fc.nat(4) }), { minLength: 1, maxLength: 14 }),
    lines: fc.array(fc.record({ from: fc.nat(13), to: fc.nat(13), labels: fc.nat(4) }), { maxLength: 20 }),
  })
  .map(({ places, lines }) => {
    const groups = new Map<string, ReturnType<typeof groupOf>>();
    const nodes = places.map(({ site, vpc, rows }, index) => {
      const text = Array.from({ length: rows }, (_, row) => `row ${row} ${'x'.repeat(3 * row)}`);
      if (site === 0) return nodeOf(`n${index}`, { kind: 'outside', lines: text });
      groups.set(`s${site}`, groupOf(`s${site}`, { kind: 'site', detail: 'a site' }));
      if (vpc === 0) return nodeOf(`n${index}`, { parent: `s${site}`, lines: text });
      const id = `s${site}v${vpc}`;
      groups.set(id, groupOf(id, { parent: `s${site}` }));
      return nodeOf(`n${index}`, { parent: id, lines: text });
    });
    const pairs = new Set<string>();
    const edges = lines.flatMap(({ from, to, labels }) => {
      const [a, b] = [from % nodes.length, to % nodes.length];
      const key = [Math.min(a, b), Math.max(a, b)].join();
      if (a === b || pairs.has(key)) return [];
      pairs.add(key);
      return [edgeOf(`n${a}`, `n${b}`, { labels: Array.from({ length: labels }, (_, index) => `10.${index}.0.0/16`) })];
    });
    const sorted = Array.from(groups.values()).toSorted((a, b) => a.id.length - b.id.length);
    return pictureOf({ groups: sorted, nodes, edges });
  });
