import { isHidden, string, type Value } from '../../value.ts';
import { type Context, invalid, suspended } from '../context.ts';
import { convert } from '../convert.ts';
import { joinPieces } from '../render.ts';
import type { CallExpression } from '../syntax.ts';
import { NUMBER, STRING } from '../type.ts';
import { isSimpleText } from './definition.ts';
import { encodePieces } from './json.ts';

/** `join`: the items of one or more lists; symbols among them stay holes in the text. */
export function joinPiecesOf(values: readonly Value[], expression: CallExpression, context: Context): Value {
  const [separator, ...lists] = values;
  if (separator === undefined || lists.length === 0) return invalid(expression, 'gives join() too few arguments');
  const items: Value[] = [];
  const separatorText = separator.kind === 'null' ? 'invalid' : convert(separator, STRING);
  if (separatorText === 'invalid') return invalid(expression, 'gives join() a separator that is no string');
  for (const list of lists) {
    const converted = list.kind === 'null' ? 'invalid' : convert(list, { kind: 'list', element: STRING });
    if (converted === 'invalid') return invalid(expression, 'gives join() what is no list of strings');
    if (converted === 'unsure' || converted.kind !== 'list') return undecided(expression, values, context);
    items.push(...converted.items);
  }
  if (separatorText === 'unsure') return undecided(expression, values, context);
  if (items.some(({ kind }) => kind === 'null')) return invalid(expression, 'joins null');
  const pieces = items.flatMap((item, index) => (index === 0 ? [item] : [separatorText, item]));
  return joinPieces(pieces, expression, context);
}

/** `format` with the verbs that texts are made of; `%f`, `%e` and the like are left to Terraform. */
export function formatPieces(values: readonly Value[], expression: CallExpression, context: Context): Value {
  const [format, ...rest] = values;
  if (format === undefined || format.kind === 'null') return invalid(expression, 'gives format() no format');
  const given = convert(format, STRING);
  if (given === 'invalid') return invalid(expression, 'gives format() a format that is no string');
  if (given === 'unsure' || given.kind !== 'string') return undecided(expression, values, context);
  const pieces = fill(given.value, rest);
  if (pieces === 'invalid') return invalid(expression, 'gives format() arguments that its format does not take');
  return pieces === 'unsure' ? undecided(expression, values, context) : joinPieces(pieces, expression, context);
}

const VERB = /%(?:(%)|(-?)(0?)(\d{0,3})([a-zA-Z]))/y;

export function fill(format: string, values: readonly Value[]): readonly Value[] | 'invalid' | 'unsure' {
  const pieces: Value[] = [];
  let used = 0;
  let position = 0;
  let isUnsure = false;
  while (position < format.length) {
    const next = format.indexOf('%', position);
    pieces.push(string(format.slice(position, next === -1 ? undefined : next)));
    if (next === -1) break;
    VERB.lastIndex = next;
    const match = VERB.exec(format);
    if (match === null) return 'unsure';
    position = VERB.lastIndex;
    const [, percent, left = '', zero = '', width = '', verb = ''] = match;
    if (percent !== undefined) {
      pieces.push(string('%'));
      continue;
    }
    const value = values[used++];
    if (value === undefined) return 'invalid';
    const written = write(value, verb);
    if (written === 'invalid') return 'invalid';
    const padded = written === 'unsure' ? 'unsure' : pad(written, { left, zero, width, verb });
    if (padded === 'unsure') isUnsure = true;
    else pieces.push(...padded);
  }
  if (used < values.length) return used === 0 && values.some((value) => isHidden(value)) ? 'unsure' : 'invalid';
  return isUnsure ? 'unsure' : pieces;
}

type Written = readonly Value[] | 'invalid' | 'unsure';

function write(value: Value, verb: string): Written {
  if (value.kind === 'null') return 'unsure';
  switch (verb) {
    case 's': {
      const text = value.kind === 'list' || value.kind === 'object' ? 'invalid' : convert(value, STRING);
      return text === 'invalid' || text === 'unsure' ? text : [text];
    }
    case 'd':
      return writeInteger(value);
    case 't':
      return value.kind === 'boolean' ? [string(String(value.value))] : 'unsure';
    case 'v':
      // A symbol could be a list, which would be written as JSON.
      return value.kind === 'reference' || value.kind === 'unknown' ? 'unsure' : (encodePieces(value) ?? 'unsure');
    default:
      return 'unsure';
  }
}

function writeInteger(value: Value): Written {
  const number = value.kind === 'list' || value.kind === 'object' ? 'invalid' : convert(value, NUMBER);
  if (number === 'invalid' || number === 'unsure') return number;
  if (number.kind !== 'number' || number.text === '-0') return 'unsure';
  return /^-?\d+$/.test(number.text) ? [string(number.text)] : 'invalid';
}

function pad(
  pieces: readonly Value[],
  {
    left,
    zero,
    width,
    verb,
  }: { readonly left: string; readonly zero: string; readonly width: string; readonly verb: string },
): readonly Value[] | 'unsure' {
  if (width === '') return left === '' && zero === '' ? pieces : 'unsure';
  const [only, ...more] = pieces;
  if (only?.kind !== 'string' || more.length > 0 || !isSimpleText(only.value)) return 'unsure';
  if (zero !== '' && (verb !== 'd' || left !== '' || only.value.startsWith('-'))) return 'unsure';
  const size = Number(width);
  if (left !== '') return [string(only.value.padEnd(size))];
  return [string(only.value.padStart(size, zero === '' ? ' ' : '0'))];
}

function undecided(expression: CallExpression, values: readonly Value[], context: Context): Value {
  const detail = `${expression.name}() depends on what is not known before apply`;
  return suspended('function', { expression, detail, operands: values, context });
}
