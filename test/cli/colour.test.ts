import { describe, expect, it } from 'vitest';
import { colourLevel, showsUnicode } from '../../cli/colour.ts';
import type { Io, Output } from '../../cli/io.ts';

const TERMINAL: Output = { isTerminal: true, columns: 80, write: async () => {} };
const PIPE: Output = { isTerminal: false, columns: null, write: async () => {} };

describe('colourLevel', () => {
  it.each<[what: string, output: Output, environment: Io['environment'], level: number]>([
    ['a terminal', TERMINAL, { TERM: 'xterm' }, 1],
    ['a terminal of 256 colours', TERMINAL, { TERM: 'xterm-256color' }, 2],
    ['a terminal of all colours', TERMINAL, { TERM: 'xterm-256color', COLORTERM: 'truecolor' }, 3],
    ['a dumb terminal', TERMINAL, { TERM: 'dumb' }, 0],
    ['a pipe', PIPE, { TERM: 'xterm-256color', COLORTERM: 'truecolor' }, 0],
    ['NO_COLOR', TERMINAL, { TERM: 'xterm', NO_COLOR: '1' }, 0],
    ['an empty NO_COLOR', TERMINAL, { TERM: 'xterm', NO_COLOR: '' }, 1],
    ['FORCE_COLOR to a pipe', PIPE, { FORCE_COLOR: '' }, 1],
    ['FORCE_COLOR=3 to a pipe', PIPE, { FORCE_COLOR: '3' }, 3],
    ['FORCE_COLOR=0 to a terminal', TERMINAL, { TERM: 'xterm', FORCE_COLOR: '0' }, 0],
    ['FORCE_COLOR over NO_COLOR', PIPE, { FORCE_COLOR: '2', NO_COLOR: '1' }, 2],
    ['FORCE_COLOR that is no number', PIPE, { FORCE_COLOR: 'abc' }, 1],
  ])('%s', (_, output, environment, level) => {
    expect(colourLevel(true, output, environment)).toBe(level);
  });

  it('--no-color outweighs all', () => {
    expect(colourLevel(false, TERMINAL, { TERM: 'xterm', FORCE_COLOR: '3' })).toBe(0);
  });
});

describe('showsUnicode', () => {
  it.each<[what: string, output: Output, environment: Io['environment'], shows: boolean]>([
    ['a pipe, whatever the locale', PIPE, { LC_ALL: 'C' }, true],
    ['a terminal without a locale', TERMINAL, {}, true],
    ['a UTF-8 terminal', TERMINAL, { LANG: 'tr_TR.UTF-8' }, true],
    ['a terminal with the C locale', TERMINAL, { LANG: 'C' }, false],
    ['LC_ALL over LANG', TERMINAL, { LC_ALL: 'POSIX', LANG: 'en_IE.UTF-8' }, false],
    ['a dumb terminal', TERMINAL, { TERM: 'dumb', LANG: 'en_IE.UTF-8' }, false],
  ])('%s', (_, output, environment, shows) => {
    expect(showsUnicode(output, environment)).toBe(shows);
  });
});
