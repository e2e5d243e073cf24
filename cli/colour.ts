import type { ColorSupportLevel } from 'chalk';
import type { Io, Output } from './io.ts';

/**
 * How many colours an output gets: `--no-color`, then `FORCE_COLOR` (0 to 3, empty or `true` for 1), then `NO_COLOR`,
 * then what the terminal says of itself. Anything but a terminal gets none.
 */
export function colourLevel(isWanted: boolean, output: Output, environment: Io['environment']): ColorSupportLevel {
  if (!isWanted) return 0;
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined) return forcedLevel(forced);
  if ((environment['NO_COLOR'] ?? '') !== '') return 0;
  const terminal = environment['TERM'] ?? '';
  if (!output.isTerminal || terminal === 'dumb') return 0;
  if (/^(?:truecolor|24bit)$/i.test(environment['COLORTERM'] ?? '')) return 3;
  return /-256(?:color)?$/i.test(terminal) ? 2 : 1;
}

function forcedLevel(text: string): ColorSupportLevel {
  switch (text) {
    case '0':
    case 'false':
      return 0;
    case '2':
      return 2;
    case '3':
      return 3;
    default:
      return 1;
  }
}

/** A terminal whose locale says that it shows no Unicode gets ASCII. Other outputs are the same bytes everywhere. */
export function showsUnicode(output: Output, environment: Io['environment']): boolean {
  if (!output.isTerminal) return true;
  if (environment['TERM'] === 'dumb') return false;
  const locale = [environment['LC_ALL'], environment['LC_CTYPE'], environment['LANG']].find(
    (value) => value !== undefined && value !== '',
  );
  return locale === undefined || /utf-?8/i.test(locale);
}
