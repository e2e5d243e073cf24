import { describe, expect, it } from 'vitest';
import { dot } from '../../report/graph/dot.ts';
import { graphJson } from '../../report/graph/json.ts';
import type { NetworkGraph } from '../../report/graph/network-graph.ts';
import { svg } from '../../report/graph/svg.ts';
import { cut, visible } from '../../report/escape.ts';
import { HOSTILE } from '../support/hostile-strings.ts';
import { tagsOf } from '../support/xml-tags.ts';
import { edgeOf, groupOf, hostilePicture, nodeOf, pictureOf } from '../support/pictures.ts';

const NAMED = HOSTILE.map((text) => [cut(visible(text), 40), text] as const);
const HIDDEN = /[^\P{C}\n]|[\u2028\u2029\u00a0]/u;

const PICTURE = pictureOf({
  groups: [groupOf('west', { kind: 'site', label: 'West' }), groupOf('vpc', { label: 'VPC ledger', parent: 'west' })],
  nodes: [
    nodeOf('data', { lines: ['euw1-az1  10.0.1.0/24', '2 interfaces'], parent: 'vpc' }),
    nodeOf('firewall', { kind: 'gateway', label: 'west-data', parent: 'vpc', status: 'approved' }),
    nodeOf('world', { kind: 'outside', label: 'the Internet' }),
  ],
  edges: [
    edgeOf('data', 'firewall', { labels: ['0.0.0.0/0'] }),
    edgeOf('firewall', 'world', { isMutual: true }),
    edgeOf('data', 'world', { labels: ['GTW-001', '198.51.100.0/24'], status: 'fail' }),
  ],
  ways: [{ kind: 'fail', name: 'GTW-001', from: 'a', to: 'b', packet: 'tcp 443', nodes: ['data', 'world'] }],
});

/** DOT without its strings: nothing of the input is left. */
function withoutStrings(text: string): string {
  return text.replaceAll(/"(?:[^"\\\n]|\\.)*"/g, '""');
}

describe('the picture as SVG', () => {
  it('is well-formed, titled and names what it shows', () => {
    const text = svg(PICTURE);
    expect(tagsOf(text).filter((name) => name === 'svg')).toHaveLength(1);
    expect(text).toContain('role="img" aria-labelledby="title description"');
    expect(text).toContain('<title id="title">ledger enclave</title>');
    expect(text).toContain('Approved gateways: west-data.');
    expect(text).toContain('GTW-001 fails from a to b');
    for (const words of ['VPC ledger', 'the Internet', '✓ approved gateway', 'euw1-az1  10.0.1.0/24']) {
      expect(text).toContain(`>${words}</text>`);
    }
  });

  it('needs nothing from elsewhere, and runs nothing', () => {
    const text = svg(PICTURE);
    expect(tagsOf(text).filter((name) => ['script', 'image', 'use', 'foreignObject', 'a'].includes(name))).toEqual([]);
    expect(text).not.toMatch(/@import|@font-face|url\((?!#)|href=/);
    expect(text).toContain('@media (prefers-color-scheme:dark)');
  });

  it('shows what fails in words and by its line, not by colour alone', () => {
    const text = svg(PICTURE);
    expect(text.match(/<path class="edge fail"/g)).toHaveLength(2);
    expect(text).toContain('GTW-001: ways past the gateways, in red');
    expect(text).toContain('>GTW-001</text>');
    expect(svg({ ...PICTURE, ways: [] })).toContain('no way past the gateways was found');
  });

  it('says that something is missing', () => {
    expect(svg({ ...PICTURE, missing: ['west:aws_x.y carries traffic'] })).toContain(
      '1 part is not modelled and not drawn',
    );
  });

  it('of nothing is a picture as well', () => {
    expect(tagsOf(svg(pictureOf()))).toContain('svg');
  });

  it.each(NAMED)('holds no markup of %s', (_, text) => {
    const drawn = svg(hostilePicture(text));
    expect(tagsOf(drawn)).not.toContain('script');
    expect(drawn).not.toMatch(HIDDEN);
  });
});

describe('the picture as DOT', () => {
  it('has boxes in boxes, and lines', () => {
    expect(dot(PICTURE)).toMatchInlineSnapshot(`
      "digraph network {
        graph [label="ledger enclave", labelloc=t, compound=true, fontname="monospace"];
        node [shape=box, fontname="monospace", fontsize=11];
        edge [fontname="monospace", fontsize=9];
        subgraph cluster_0 {
          label="West"; style=solid;
          subgraph cluster_1 {
            label="VPC ledger"; style=dashed;
            n0 [label="data\\neuw1-az1  10.0.1.0/24\\n2 interfaces", style="solid"];
            n1 [label="west-data\\napproved gateway", color="#1a7f37", penwidth=2];
          }
        }
        n2 [label="the Internet", style="rounded"];
        n0 -> n1 [label="0.0.0.0/0"];
        n1 -> n2 [label="", dir=both];
        n0 -> n2 [label="GTW-001\\n198.51.100.0/24", color="#cf222e", penwidth=3];
      }
      "
    `);
  });

  it.each(NAMED)('keeps %s inside of its strings', (_, text) => {
    const drawn = dot(hostilePicture(text));
    expect(withoutStrings(drawn)).toBe(withoutStrings(dot(hostilePicture('plain'))));
    expect(drawn).not.toMatch(HIDDEN);
  });
});

describe('the picture as JSON', () => {
  it('is the picture, and says its version', () => {
    expect(JSON.parse(graphJson(PICTURE))).toEqual({ schemaVersion: 1, ...PICTURE });
  });

  it.each(NAMED)('holds %s as it is, and nothing that cannot be seen', (_, text) => {
    const picture: NetworkGraph = hostilePicture(text);
    expect(JSON.parse(graphJson(picture))).toEqual({ schemaVersion: 1, ...picture });
    expect(graphJson(picture)).not.toMatch(HIDDEN);
  });
});
