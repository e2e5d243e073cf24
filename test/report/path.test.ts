import { describe, expect, it } from 'vitest';
import { cut, visible } from '../../report/escape.ts';
import { pathJson } from '../../report/path/json.ts';
import type { PathHop, PathOrigin, PathReport } from '../../report/path/path-report.ts';
import { pathText } from '../../report/path/text.ts';
import { HOSTILE } from '../support/hostile-strings.ts';
import { COLOURED, PLAIN } from '../support/reports.ts';

const NAMED = HOSTILE.map((text) => [cut(visible(text), 40), text] as const);
const HIDDEN = /[^\P{C}\n]|[\u2028\u2029\u00a0]/u;

function originOf(text: string): PathOrigin {
  const place = { file: text, line: 3, column: 5 };
  return { name: text, stack: text, address: text, constructPath: text, source: place, code: place };
}

function hopOf(text: string): PathHop {
  return { at: text, what: text, packet: text, by: originOf(text) };
}

function reportOf(parts: Partial<PathReport> = {}): PathReport {
  const end = { text: 'west/data', meaning: 'the tier data of west', places: ['aws_subnet.data'] };
  return {
    question: {
      from: end,
      to: { ...end, text: 'partner' },
      service: 'tcp 443',
      isDefaultService: true,
      withoutGateways: false,
    },
    answer: 'blocked',
    reason: 'no request arrives',
    gateways: [],
    request: null,
    reply: null,
    direction: 'request',
    ends: [],
    because: [],
    incompleteBecause: [],
    ...parts,
  };
}

function everywhere(text: string): PathReport {
  const end = { text, meaning: text, places: [text] };
  const trace = { from: text, to: text, packet: text, hops: [hopOf(text), { ...hopOf(text), by: null }] };
  return reportOf({
    question: { from: end, to: end, service: text, isDefaultService: false, withoutGateways: true },
    reason: text,
    gateways: [{ id: text, status: 'refused' }],
    request: trace,
    reply: trace,
    ends: [{ at: text, reason: text, by: originOf(text), hops: [hopOf(text)] }],
    because: [{ expression: text, reason: text }],
    incompleteBecause: [text],
  });
}

describe('an answer as text', () => {
  it('names where the packet ends, with the construct and the line', () => {
    const end = {
      at: 'aws_subnet.data',
      reason: 'has no route to it',
      by: originOf('west/table'),
      hops: [hopOf('aws_subnet.data'), hopOf('aws_subnet.data')],
    };
    expect(pathText(reportOf({ ends: [end] }), 1, PLAIN)).toMatchInlineSnapshot(`
      "NOT REACHABLE: from west/data to partner, no request arrives (exit 1)
        asked  tcp 443, since neither --port nor --proto says otherwise
        from   the tier data of west: aws_subnet.data
        to     the tier data of west: aws_subnet.data

      Where the request ends, the farthest first

        aws_subnet.data: has no route to it
               west/table (west/table:3:5)
          packet aws_subnet.data
          after  aws_subnet.data
      "
    `);
  });

  it('tells six ends and how many more there are', () => {
    const ends = Array.from({ length: 9 }, (_, index) => ({
      at: `end ${index}`,
      reason: 'drops it',
      by: null,
      hops: [],
    }));
    const text = pathText(reportOf({ ends }), 1, PLAIN);
    expect(text).toContain('end 5: drops it');
    expect(text).not.toContain('end 6: drops it');
    expect(text).toContain('+ 3 more; --format json lists them all');
  });

  it('says once what would settle it', () => {
    const blocker = { expression: 'data.aws_subnet.other.id', reason: 'is known only after apply' };
    const text = pathText(reportOf({ answer: 'unproven', because: [blocker, blocker] }), 3, PLAIN);
    expect(text).toMatch(/^UNPROVEN: /);
    expect(text.match(/needs {2}data\.aws_subnet\.other\.id, which is known only after apply/g)).toHaveLength(1);
  });

  it('is one sentence when it shall be quiet', () => {
    expect(pathText(everywhere('x'), 1, { ...PLAIN, quiet: true })).toBe('NOT REACHABLE: from x to x, x (exit 1)\n');
  });

  it.each([40, 60, 110])('fits into %s columns', (width) => {
    const words = everywhere('some words that are longer than a line of a narrow terminal');
    for (const line of pathText(words, 1, { ...PLAIN, width }).split('\n'))
      expect(line.length).toBeLessThanOrEqual(width);
  });

  it.each(NAMED)('lets %s act on nobody', (_, text) => {
    for (const charset of ['unicode', 'ascii'] as const) {
      const plain = pathText(everywhere(text), 1, { ...PLAIN, charset });
      expect(plain).not.toMatch(HIDDEN);
      expect(plain).not.toMatch(/^\s*::|##\[|##vso\[/m);
    }
    expect(pathText(everywhere(text), 1, { ...PLAIN, charset: 'ascii' })).toMatch(/^[\x20-\x7e\n]*$/);
    const painted = pathText(everywhere(text), 1, COLOURED).replaceAll(/\u001b\[\d+m/g, '');
    expect(painted).not.toMatch(HIDDEN);
  });
});

describe('an answer as JSON', () => {
  it.each(NAMED)('holds %s as it is, and nothing that cannot be seen', (_, text) => {
    const json = pathJson(everywhere(text));
    expect(JSON.parse(json)).toEqual({ schemaVersion: 1, ...everywhere(text) });
    expect(json).not.toMatch(HIDDEN);
  });
});
