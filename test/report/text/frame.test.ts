import { describe, expect, it } from 'vitest';
import { codeFrame } from '../../../report/text/frame.ts';
import { styleOf } from '../../../report/text/style.ts';
import { PLAIN } from '../../support/reports.ts';

const STYLE = styleOf({ ...PLAIN, width: 60 });

function frame(text: string, line: number, column: number): readonly string[] {
  return codeFrame(text, { file: 'a.ts', line, column }, 4, STYLE);
}

describe('a code frame', () => {
  it('puts the caret under the column, between the lines around it', () => {
    expect(frame('one\ntwo(three)\r\nfour\nfive', 2, 5)).toEqual([
      '    1 │ one',
      '  > 2 │ two(three)',
      '      │     ^',
      '    3 │ four',
    ]);
  });

  it('aligns numbers of different length', () => {
    expect(frame('x\n'.repeat(12), 9, 1).map((line) => line.slice(0, 8))).toEqual([
      '     8 │',
      '  >  9 │',
      '       │',
      '    10 │',
    ]);
  });

  it.each([
    ['before the first line', 0],
    ['after the last line', 3],
  ])('is left out %s', (_, line) => {
    expect(frame('one\ntwo', line, 1)).toEqual([]);
  });

  it.each([
    ['a tab', '\tcall()', 2, 10],
    ['a wide character', '東 call()', 3, 11],
    ['an escaped character', '\u202e call()', 3, 17],
  ])('finds the column after %s', (_, line, column, caret) => {
    const [shown = '', pointed = ''] = frame(line, 1, column);
    expect(shown).toContain('call()');
    expect(pointed.indexOf('^')).toBe(caret);
  });

  it('shows the place in a line of a megabyte', () => {
    const [shown = '', pointed = ''] = frame(`${'a'.repeat(500_000)}HERE${'b'.repeat(500_000)}`, 1, 500_001);
    expect(shown.length).toBeLessThanOrEqual(60);
    expect(shown.slice(pointed.indexOf('^')).startsWith('HERE')).toBe(true);
    expect(shown).toMatch(/│ …a+HEREb+…$/);
  });
});
