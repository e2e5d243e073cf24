import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layeredGraph, type LayeredGraph, layOut } from '../../../report/graph/layered.ts';

interface Form {
  readonly boxes: readonly number[];
  readonly lines: readonly (readonly [number, number])[];
}

const FORMS = fc.array(fc.integer({ min: 10, max: 90 }), { minLength: 2, maxLength: 6 }).chain((boxes) =>
  fc.record({
    boxes: fc.constant(boxes),
    lines: fc.array(fc.tuple(fc.nat(boxes.length - 1), fc.nat(boxes.length - 1)), { maxLength: 8 }),
  }),
);

describe('layOut', () => {
  it('gives networks of one form the same places, whatever they are called and whenever they are drawn', () => {
    fc.assert(
      fc.property(FORMS, (form) => {
        const first = graphOf(form, 'member:first-');
        const second = graphOf(form, 'z');
        layOut(first);
        layOut(second);
        expect(placesIn(second, 'z')).toEqual(placesIn(first, 'member:first-'));
      }),
      { numRuns: 60 },
    );
  });

  it('tells forms apart by a size, a line or its direction', () => {
    const form = { boxes: [20, 30, 40], lines: [[0, 1]] } as const;
    const others: readonly Form[] = [
      { ...form, boxes: [20, 31, 40] },
      { ...form, lines: [[1, 0]] },
      { ...form, lines: [[0, 2]] },
      { ...form, lines: [] },
    ];
    const places = [form, ...others].map((one) => {
      const graph = graphOf(one, 'a');
      layOut(graph);
      return JSON.stringify(placesIn(graph, 'a'));
    });
    expect(new Set(places).size).toBe(places.length);
  });

  it('leaves what it gave before as it was', () => {
    const form: Form = { boxes: [20, 30], lines: [[0, 1]] };
    const first = graphOf(form, 'a');
    layOut(first);
    const before = structuredClone(placesIn(first, 'a'));
    const second = graphOf(form, 'b');
    layOut(second);
    second.setNode('b0', { width: 900, height: 900, x: 1, y: 1 });
    layOut(second);
    const third = graphOf(form, 'c');
    layOut(third);
    expect(placesIn(first, 'a')).toEqual(before);
    expect(placesIn(third, 'c')).toEqual(before);
  });
});

function graphOf({ boxes, lines }: Form, prefix: string): LayeredGraph {
  const graph = layeredGraph({
    rankdir: 'TB',
    nodesep: 26,
    ranksep: 44,
    edgesep: 18,
    ranker: 'network-simplex',
    rankalign: 'center',
  });
  for (const [index, width] of boxes.entries()) graph.setNode(`${prefix}${index}`, { width, height: 20 });
  for (const [index, [from, to]] of lines.entries()) {
    if (from !== to)
      graph.setEdge(`${prefix}${from}`, `${prefix}${to}`, { width: 8, height: 8, labelpos: 'c' }, String(index));
  }
  return graph;
}

/** What the readers of a layout take from it. */
function placesIn(graph: LayeredGraph, prefix: string) {
  const { width, height } = graph.graph();
  return {
    width,
    height,
    nodes: graph.nodes().map((name) => {
      const { x, y, rank } = graph.node(name);
      return { name: name.slice(prefix.length), x, y, rank };
    }),
    edges: graph.edges().map(({ v, w, name = '' }) => {
      const { x, y, points } = graph.edge(v, w, name);
      return { from: v.slice(prefix.length), to: w.slice(prefix.length), x, y, points };
    }),
  };
}
