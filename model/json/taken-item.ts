import { onePiece, parsePieces, type TakenItem } from './parse.ts';
import { type DuplicateKey, duplicatesWithin, isList, type PlainJson, toPlain } from './plain.ts';
import { SyntaxStop } from './scan.ts';

/**
 * An item that was taken, as JavaScript data; `report` is told of a key that an object of it has twice. The platform
 * reads it, which is many times faster, and what it does not tell is found out only where there is something to tell.
 *
 * @throws SyntaxStop
 */
export function plainItem({ text, members, offset }: TakenItem, report: (again: DuplicateKey) => void): PlainJson {
  if (!text.includes('\\u') || !ESCAPED_SURROGATE.test(text)) {
    const plain = parsed(text);
    if (plain !== undefined && membersIn(plain) === members) return plain;
  }
  const result = parsePieces(onePiece(text), { maxDepth: Infinity, base: offset });
  if (result.kind === 'failure') throw new SyntaxStop('syntax', result.offset, result.what);
  const [first] = duplicatesWithin(result.root);
  if (first !== undefined) report(first);
  return toPlain(result.root);
}

const ESCAPED_SURROGATE = /\\u[dD][89a-fA-F]/;

const fastParse: (text: string) => PlainJson = JSON.parse;

function parsed(text: string): PlainJson | undefined {
  try {
    return fastParse(text);
  } catch {
    return undefined;
  }
}

/** Of all objects of a value, which is no deeper than the reader allows. */
function membersIn(value: PlainJson): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (isList(value)) {
    for (const item of value) count += membersIn(item);
    return count;
  }
  for (const key in value) count += 1 + membersIn(value[key] ?? null);
  return count;
}
