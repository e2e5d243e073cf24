import { describe, expect, it } from 'vitest';
import type { LookCounts } from '../../checks/coverage.ts';
import type { CoverageReport } from '../../report/coverage-json.ts';
import { coverageText } from '../../report/coverage-text.ts';
import { cut, visible } from '../../report/escape.ts';
import { HOSTILE } from '../support/hostile-strings.ts';
import { COLOURED, PLAIN } from '../support/reports.ts';

const NAMED = HOSTILE.map((text) => [cut(visible(text), 40), text] as const);
const HIDDEN = /[^\P{C}\n]|[\u2028\u2029\u00a0]/u;
const NONE: LookCounts = { inspected: 0, general: 0, inert: 0, vouched: 0, uninspected: 0, unproven: 0 };

function everywhere(text: string): CoverageReport {
  return {
    resources: 3,
    types: 2,
    counts: { ...NONE, inspected: 2, unproven: 1 },
    stacks: [{ stack: text, resources: 3, counts: { ...NONE, inspected: 2, unproven: 1 } }],
    byType: [
      {
        type: 'aws_s3_bucket',
        resources: 2,
        classes: ['stores', 'moves'],
        reason: text,
        from: 'policy',
        suggestion: null,
        counts: { ...NONE, inspected: 2 },
        controls: [
          { control: 'ENC-001', isOfTypes: true, resources: 1 },
          { control: 'RES-001', isOfTypes: false, resources: 2 },
        ],
        readBy: ['KEY-001'],
      },
      {
        type: text,
        resources: 1,
        classes: null,
        reason: null,
        from: null,
        suggestion: text,
        counts: { ...NONE, unproven: 1 },
        controls: [],
        readBy: [],
      },
    ],
    unproven: [{ stack: text, address: text, type: text, message: text }],
    difference: 0,
    incompleteBecause: [text],
  };
}

describe('coverage as text', () => {
  it('tells for each type what judged it, and of how many where not of all', () => {
    const text = coverageText(everywhere('x'), 3, PLAIN);
    expect(text).toContain('  aws_s3_bucket 2: stores data, moves data\n');
    expect(text).toContain('    why    x (the policy)\n    by     ENC-001 (1), RES-001\n    read   by KEY-001\n');
    expect(text).toContain('    schema x\n');
    expect(text).toContain('  x 3: 2 inspected, 1 unproven\n');
  });

  it.each([40, 60, 110])('fits into %i columns', (width) => {
    const words = everywhere('some words that are longer than a line of a narrow terminal');
    for (const line of coverageText(words, 3, { ...PLAIN, width }).split('\n'))
      expect(line.length).toBeLessThanOrEqual(width);
  });

  it.each(NAMED)('lets %s act on nobody', (_, text) => {
    for (const charset of ['unicode', 'ascii'] as const) {
      const plain = coverageText(everywhere(text), 3, { ...PLAIN, charset });
      expect(plain).not.toMatch(HIDDEN);
      expect(plain).not.toMatch(/^\s*::|##\[|##vso\[/m);
    }
    expect(coverageText(everywhere(text), 3, { ...PLAIN, charset: 'ascii' })).toMatch(/^[\x20-\x7e\n]*$/);
    const painted = coverageText(everywhere(text), 3, COLOURED).replaceAll(/\u001b\[\d+m/g, '');
    expect(painted).not.toMatch(HIDDEN);
  });

  it('lists fifty of what is unproven and counts the rest', () => {
    const [one] = everywhere('x').unproven;
    const many = { ...everywhere('x'), unproven: Array.from({ length: 60 }, () => one ?? never()) };
    expect(coverageText(many, 3, PLAIN)).toContain('+ 10 more; --format json lists them');
  });
});

function never(): never {
  throw new TypeError('there is one');
}
