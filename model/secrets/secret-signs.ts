import { gunzip } from './inflate.ts';
import { keyFormsIn } from './key-forms.ts';
import { isDerPrivateKey } from './random-text.ts';
import { isSecretLiteral } from './secret-literals.ts';
import { speakingOf } from './secret-names.ts';

/** What a text shows of secrets; never the secrets themselves. */
export interface SecretSigns {
  /** `an AWS access key`, each once. */
  readonly kinds: readonly string[];
  /** Holes that stand where a secret is expected, by the numbers that `hole` gave them. */
  readonly holes: readonly number[];
  /** Why some of it could not be read; null where all was. */
  readonly unread: string | null;
}

const NONE: SecretSigns = { kinds: [], holes: [], unread: null };

const NAMED = 'a secret by its name';

/** Base64 in base64, and JSON in both. */
const DEEPEST = 4;

/** No text that a person writes has it, so it stands for values that are not known. */
const HOLE = /\uE000(\d+)\uE001/g;

/** What stands in a text for a value that is not known. */
export function hole(index: number): string {
  return `\uE000${String(index)}\uE001`;
}

const HINT = /pass|pwd|secret|token|key|credential|bearer|authoriz|salt|psk/i;
const BASE64 = /^[A-Za-z0-9+/\r\n]{24,}={0,2}\s*$/;
const ARN = /\barn:[\w-]+:[^\s"'`,\\]+/g;

const VALUE = /(?:\\?"([^"\n\\]{1,1024})\\?"|'([^'\n]{1,1024})'|([^\s"'`,;&|<>()[\]{}\\]{1,1024}))/.source;
const ASSIGNED = new RegExp(
  `(?<![\\w$])([A-Za-z_][\\w.-]{1,80})\\\\?["']?[ \\t]{0,3}(?:=>|:=|[:=])[ \\t]{0,3}${VALUE}`,
  'g',
);
const GIVEN = new RegExp(`(?<!\\S)--([A-Za-z][\\w-]{1,60})[ \\t]{1,3}(?!-)${VALUE}`, 'g');

/** Longer than any text that AWS takes in an argument. */
const LONGEST = 1024 * 1024;

/** What a text shows of secrets: by their forms, by the names before them, and inside what it encodes. */
export function secretSignsIn(text: string): SecretSigns {
  if (text.length < 8) return NONE;
  if (text.length > LONGEST) return { kinds: keyFormsIn(text), holes: [], unread: 'is longer than what is searched' };
  const kinds = new Set<string>();
  const holes = new Set<number>();
  let unread: string | null = null;
  const open: { readonly text: string; readonly depth: number }[] = [{ text, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { depth } = next;
    for (const kind of keyFormsIn(next.text)) kinds.add(kind);
    const inner = depth < DEEPEST ? encodedIn(next.text) : null;
    if (inner !== null) {
      if (typeof inner === 'string') open.push({ text: inner, depth: depth + 1 });
      else if (inner.kind === 'unread') unread ??= inner.why;
      else kinds.add(inner.kind);
      continue;
    }
    if (!HINT.test(next.text)) continue;
    const tree = depth < DEEPEST ? parsed(next.text) : undefined;
    if (tree === undefined) addNamed(namedIn(next.text));
    else {
      for (const { name, value } of membersOf(tree)) {
        if (name !== null) addNamed([{ name, value }]);
        if (value.length >= 8) open.push({ text: value, depth: depth + 1 });
      }
    }
  }
  return kinds.size === 0 && holes.size === 0 && unread === null
    ? NONE
    : { kinds: [...kinds], holes: [...holes], unread };

  function addNamed(pairs: Iterable<Named>): void {
    for (const { name, value } of pairs) {
      const speaking = speakingOf(name);
      if (speaking === null) continue;
      for (const [, index] of value.matchAll(HOLE)) holes.add(Number(index));
      if (isSecretLiteral(value, speaking)) kinds.add(NAMED);
    }
  }
}

interface Named {
  readonly name: string;
  readonly value: string;
}

/** Assignments of a script or a settings file, and options of a command. */
function* namedIn(text: string): Generator<Named> {
  const rest = text.replaceAll(ARN, '');
  for (const form of [ASSIGNED, GIVEN]) {
    for (const [, name = '', double, single, bare] of rest.matchAll(form)) {
      yield { name, value: double ?? single ?? bare ?? '' };
    }
  }
}

/** The text that base64, also of gzip, holds; null where the text is no base64 of anything. */
function encodedIn(
  text: string,
): string | { readonly kind: 'unread'; readonly why: string } | { readonly kind: 'a private key' } | null {
  if (text.length < 24 || !BASE64.test(text)) return null;
  if (isDerPrivateKey(text)) return { kind: 'a private key' };
  const bytes = bytesOf(text);
  if (bytes === null) return null;
  const isCompressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const plain = isCompressed ? gunzip(bytes) : bytes;
  if (plain === null) return { kind: 'unread', why: 'is compressed in a way that is not read' };
  const decoded = textOf(plain);
  if (decoded === null && isCompressed) return { kind: 'unread', why: 'is compressed, and no text' };
  return decoded;
}

function bytesOf(base64: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}

/** Names are base64 by chance, of bytes that are no text. */
function textOf(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return /^[\t\n\r\x20-\x7e\u00a0-\uffff]*$/.test(text) ? text : null;
  } catch {
    return null;
  }
}

function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const tree: unknown = JSON.parse(text);
    return tree;
  } catch {
    return undefined;
  }
}

/** Every text in JSON with the name that speaks of it: its own, or that beside it, as in `{name, value}`. */
function* membersOf(tree: unknown): Generator<{ readonly name: string | null; readonly value: string }> {
  const open: { readonly name: string | null; readonly value: unknown }[] = [{ name: null, value: tree }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { name, value } = next;
    if (typeof value === 'string') yield { name, value };
    else if (Array.isArray(value)) for (const item of value) open.push({ name, value: item });
    else if (typeof value === 'object' && value !== null) {
      const members = Object.entries(value);
      for (const [key, member] of members) open.push({ name: nameBeside(key, members) ?? key, value: member });
    }
  }
}

/** Of `value`, what the `name` or `key` next to it calls it. */
function nameBeside(key: string, members: readonly (readonly [string, unknown])[]): string | null {
  if (!/^value$/i.test(key)) return null;
  const found = members.find(([other]) => /^(?:name|key)$/i.test(other))?.[1];
  return typeof found === 'string' ? found : null;
}
