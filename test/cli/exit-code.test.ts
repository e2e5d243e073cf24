import { describe, expect, it } from 'vitest';
import { EXIT, EXIT_CODES, type ExitCode, worstExit } from '../../cli/exit-code.ts';

describe('exit codes', () => {
  it('are the documented ones', () => {
    expect(EXIT).toEqual({ ok: 0, failure: 1, usage: 2, incomplete: 3, evidence: 4, crash: 70, output: 74 });
    expect(EXIT_CODES.map(({ code }) => code)).toEqual(Object.values(EXIT));
  });

  it.each<[codes: ExitCode[], worst: ExitCode]>([
    [[0], 0],
    [[0, 0], 0],
    [[3, 0], 3],
    [[1, 3], 1],
    [[3, 1, 0], 1],
    [[2, 1], 2],
    [[3, 4, 1], 4],
    [[4, 2], 2],
    [[1, 2, 3], 2],
    [[74, 2, 1], 74],
    [[0, 74], 74],
    [[1, 74, 70], 70],
    [[0, 3, 1, 2, 74, 70], 70],
  ])('of %j the worst is %i', (codes, worst) => {
    expect(worstExit(...codes)).toBe(worst);
  });

  it('of no verdict at all is a crash, never ok', () => {
    expect(worstExit()).toBe(70);
  });
});
