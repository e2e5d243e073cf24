import type { ResultRemedy } from '../checks/report.ts';

/** Replaces the characters of a text from `start` up to `end`. Offsets in UTF-16 code units. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const NAME = /^\w+$/;

/** Values that mean the same wherever they stand. */
const LITERAL = /^(?:true|false|\d+|'[^'\\\n]*')$/;

/**
 * Where to write one property of the construct that is made at an offset of a TypeScript text: `new Name(this, 'id', {
 * ... })`. Null where that cannot be told from the text alone: the properties stand elsewhere or are spread, the value
 * names something of the program, or the call has syntax that this reader does not follow.
 */
export function editOf(text: string, offset: number, { construct, address, properties }: ResultRemedy): Edit | null {
  const [property, ...more] = properties;
  if (address === null || property === undefined || more.length > 0) return null;
  const { name, to } = property;
  if (!LITERAL.test(to) || !NAME.test(name) || !NAME.test(construct)) return null;
  const call = new RegExp(String.raw`new\s+${construct}\s*\(`, 'y');
  call.lastIndex = offset;
  const head = call.exec(text);
  if (head === null) return null;
  const start = thirdArgument(text, call.lastIndex);
  return start === null || text[start] !== '{' ? null : editInObject(text, start, name, to);
}

/** Where the third argument of a call begins. */
function thirdArgument(text: string, from: number): number | null {
  let commas = 0;
  for (let at = skipBlank(text, from); at < text.length; at = skipBlank(text, at)) {
    if (text[at] === ')') return null;
    if (text[at] === ',') commas += 1;
    const next = skip(text, at);
    if (next === null) return null;
    at = next;
    if (commas === 2) return skipBlank(text, at);
  }
  return null;
}

interface Member {
  readonly start: number;
  readonly end: number;
}

/** The properties of an object as they stand in a text, without the commas; null where it does not end. */
function membersOf(text: string, open: number): readonly Member[] | null {
  const members: Member[] = [];
  let at = skipBlank(text, open + 1);
  let start = at;
  let end = at;
  while (at < text.length) {
    const isLast = text[at] === '}';
    if (isLast || text[at] === ',') {
      if (end > start) members.push({ start, end });
      if (isLast) return members;
      at = skipBlank(text, at + 1);
      start = at;
      end = at;
      continue;
    }
    const next = skip(text, at);
    if (next === null) return null;
    end = next;
    at = skipBlank(text, next);
  }
  return null;
}

function editInObject(text: string, open: number, name: string, to: string): Edit | null {
  const members = membersOf(text, open);
  if (members === null || members.some(({ start }) => text.startsWith('...', start))) return null;
  const [written, ...again] = members.filter(({ start }) => nameAt(text, start) === name);
  if (again.length > 0) return null;
  if (written !== undefined) {
    const colon = /^\w+\s*:\s*/.exec(text.slice(written.start, written.end));
    return colon === null ? null : { start: written.start + colon[0].length, end: written.end, text: to };
  }
  const [first] = members;
  const last = members.at(-1);
  if (first === undefined || last === undefined) return { start: open + 1, end: open + 1, text: ` ${name}: ${to} ` };
  const isOnLines = text.slice(open, first.start).includes('\n');
  const separator = isOnLines ? `,\n${indentOf(text, last.start)}` : ', ';
  return { start: last.end, end: last.end, text: `${separator}${name}: ${to}` };
}

function nameAt(text: string, at: number): string | null {
  const name = /["']?(\w+)["']?/y;
  name.lastIndex = at;
  return name.exec(text)?.[1] ?? null;
}

function indentOf(text: string, at: number): string {
  return /^\s*/.exec(text.slice(text.lastIndexOf('\n', at) + 1, at))?.[0] ?? '';
}

/** Past blanks and comments. */
function skipBlank(text: string, from: number): number {
  const blank = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
  blank.lastIndex = from;
  blank.exec(text);
  return blank.lastIndex;
}

const CLOSING: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

const QUOTED: ReadonlyMap<string, RegExp> = new Map([
  ["'", /'(?:[^'\\\n]|\\.)*'/y],
  ['"', /"(?:[^"\\\n]|\\.)*"/y],
]);

/** Text of a template up to its end or to an expression in it. */
const TEMPLATE = /(?:[^`\\$]|\\[^]|\$(?!\{))*(`|\$\{)/y;

/** Past one token, or a bracket or template with all that is in it; null for what is not followed: a division, a pattern. */
function skip(text: string, from: number): number | null {
  const closings: string[] = [];
  let at = from;
  do {
    const next = closings.at(-1) === '`' ? stepInTemplate(text, at, closings) : stepInCode(text, at, closings);
    if (next === null) return null;
    at = next;
  } while (closings.length > 0);
  return at;
}

function stepInCode(text: string, at: number, closings: string[]): number | null {
  const from = closings.length > 0 ? skipBlank(text, at) : at;
  const char = text[from];
  if (char === undefined || char === '/') return null;
  const quoted = QUOTED.get(char);
  if (quoted !== undefined) return endOf(quoted, text, from);
  const closing = char === '`' ? char : CLOSING.get(char);
  if (closing !== undefined) closings.push(closing);
  else if (char === closings.at(-1)) closings.pop();
  return from + 1;
}

function stepInTemplate(text: string, at: number, closings: string[]): number | null {
  const end = endOf(TEMPLATE, text, at);
  if (end === null) return null;
  if (text[end - 1] === '`') closings.pop();
  else closings.push('}');
  return end;
}

function endOf(pattern: RegExp, text: string, from: number): number | null {
  pattern.lastIndex = from;
  return pattern.exec(text) === null ? null : pattern.lastIndex;
}
