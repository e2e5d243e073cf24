import type { JsonNode } from '../../model/json/json.ts';
import { parseText } from '../../model/json/parse.ts';
import { compareText } from '../../model/text-order.ts';
import { isHidden, NULL, type Value } from '../../model/value.ts';

/** How a planned value stands to the constant that was synthesised. */
export type Sameness = 'same' | 'unknown' | 'different';

const DEEPEST_DOCUMENT = 64;

/**
 * Compares what was synthesised with what is planned. Only what is constant in the first is compared: an expression
 * may become anything. The plan may hold more, because providers fill in what is not written.
 */
export function sameConstant(written: Value, planned: Value): Sameness {
  if (isHidden(written) || written.kind === 'null') return 'same';
  if (isHidden(planned)) return 'unknown';
  switch (written.kind) {
    case 'string':
    case 'number':
    case 'boolean':
      return sameScalar(textOf(written), planned);
    case 'list':
      return sameItems(written.items, itemsOf(planned));
    case 'object': {
      // A block that occurs once is an object in one place and a list of one in the other.
      const [only, ...more] = itemsOf(planned);
      const found = more.length === 0 ? (only ?? NULL) : planned;
      if (found.kind !== 'object') return written.entries.size === 0 && found.kind === 'null' ? 'same' : 'different';
      return worst(Array.from(written.entries, ([key, value]) => sameConstant(value, found.entries.get(key) ?? NULL)));
    }
  }
}

function itemsOf(value: Value): readonly Value[] {
  if (value.kind === 'list') return value.items;
  return value.kind === 'null' ? [] : [value];
}

function textOf(value: Value): string | null {
  switch (value.kind) {
    case 'string':
      return value.value;
    case 'number':
      return value.text;
    case 'boolean':
      return String(value.value);
    case 'null':
    case 'list':
    case 'object':
    case 'reference':
    case 'template':
    case 'unknown':
      return null;
  }
}

/** What providers of the older kind take an omitted argument for. */
const EMPTY = new Set(['', 'false', '0']);

function sameScalar(written: string | null, planned: Value): Sameness {
  if (written === null) return 'unknown';
  if (planned.kind === 'null') return EMPTY.has(written) ? 'same' : 'different';
  const found = textOf(planned);
  if (found === null) return 'different';
  if (found === written || canonical(found) === canonical(written)) return 'same';
  return isRewritten(written, found) ? 'unknown' : 'different';
}

/** Providers keep some names in lower case or without their last dot, and of some texts only the SHA-1. */
function isRewritten(written: string, planned: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replace(/\.$/, '');
  return plain(written) === plain(planned) || (/^[0-9a-f]{40}$/.test(planned) && written !== '');
}

/** Lists keep their order and sets do not, and a plan does not tell which is which. */
function sameItems(written: readonly Value[], planned: readonly Value[]): Sameness {
  if (written.length !== planned.length) return written.some(isHidden) ? 'unknown' : 'different';
  const inOrder = worst(written.map((item, index) => sameConstant(item, planned[index] ?? NULL)));
  if (inOrder === 'same') return 'same';
  const rest = [...planned];
  let isOpen = inOrder === 'unknown';
  for (const item of written) {
    const answers = rest.map((candidate) => sameConstant(item, candidate));
    const at = answers.indexOf('same');
    if (at !== -1) rest.splice(at, 1);
    else if (answers.includes('unknown')) isOpen = true;
    else return 'different';
  }
  return isOpen ? 'unknown' : 'same';
}

function worst(answers: readonly Sameness[]): Sameness {
  return answers.includes('different') ? 'different' : answers.includes('unknown') ? 'unknown' : 'same';
}

/** JSON in one writing: without white space, members by name, repeated ones too. Other text as it is; 1.0 is 1. */
function canonical(text: string): string {
  if (/^-?\d+\.\d+$/.test(text)) return String(Number(text));
  const parsed = /^\s*[[{]/.test(text) ? parseText(text, DEEPEST_DOCUMENT) : null;
  return parsed?.kind === 'value' ? write(parsed.root) : text;
}

/** Recursion is bounded by `DEEPEST_DOCUMENT`. */
function write(node: JsonNode): string {
  switch (node.kind) {
    case 'null':
      return 'null';
    case 'number':
      return node.text;
    case 'boolean':
    case 'string':
      return JSON.stringify(node.value);
    case 'array':
      return `[${node.items.map(write).join()}]`;
    case 'object': {
      const members = node.members.map(({ key, value }) => `${JSON.stringify(key)}:${write(value)}`);
      return `{${members.toSorted(compareText).join()}}`;
    }
  }
}
