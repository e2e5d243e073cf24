/**
 * Rules of Network Firewall in the format of Suricata, as far as a proof needs them: action, protocol, addresses, ports,
 * direction and the list of options. What cannot be read is handed back as such, never skipped.
 */
export interface SuricataRule {
  /** First line of the rule in the text, from 1. */
  readonly line: number;
  /** In lower case: `pass`, `drop`, `reject`, `alert`, ... */
  readonly action: string;
  /** In lower case: `tcp`, `ip`, `tls`, ... */
  readonly protocol: string;
  readonly source: Term;
  readonly sourcePort: Term;
  /** `<>`: the rule is for packets of both directions. */
  readonly isBothWays: boolean;
  readonly destination: Term;
  readonly destinationPort: Term;
  readonly options: readonly RuleOption[];
  /** All before the options, on one line, for messages. */
  readonly header: string;
}

/** Addresses or ports as a header writes them. */
export type Term = { readonly isNegated: boolean } & (
  | { readonly kind: 'any' }
  /** `$HOME_NET` without the sign. */
  | { readonly kind: 'variable'; readonly name: string }
  /** `@LIST` without the sign: a reference to a set kept elsewhere. */
  | { readonly kind: 'reference'; readonly name: string }
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Term[] }
);

export interface RuleOption {
  /** In lower case: `tls.sni`, `content`, `flow`. */
  readonly name: string;
  /** Null for an option without one. */
  readonly value: OptionValue | null;
}

export interface OptionValue {
  readonly text: string;
  readonly isNegated: boolean;
  readonly isQuoted: boolean;
}

/** A rule that was not understood, and which may do anything. */
export interface UnreadRule {
  readonly line: number;
  readonly text: string;
  /** One clause: `has no options`. */
  readonly reason: string;
}

export interface SuricataRules {
  readonly rules: readonly SuricataRule[];
  readonly unread: readonly UnreadRule[];
}

/** Suricata's own limit is of this order; no rule that a person writes comes near. */
const MAX_DEPTH = 16;

const HEADER_WORDS = ['action', 'protocol', 'source', 'source port', 'direction', 'destination', 'destination port'];
const ACTIONS = new Set(['pass', 'drop', 'reject', 'rejectsrc', 'rejectdst', 'rejectboth', 'alert']);

/** Reads the rules of a text. Takes time in proportion to its length and never throws. */
export function parseSuricata(text: string): SuricataRules {
  const rules: SuricataRule[] = [];
  const unread: UnreadRule[] = [];
  for (const { line, text: rule } of logicalLines(text)) {
    const parsed = parseRule(rule, line);
    if (typeof parsed === 'string') unread.push({ line, text: rule, reason: parsed });
    else rules.push(parsed);
  }
  return { rules, unread };
}

/**
 * Addresses or ports of a header: `any`, `!10.0.0.0/8`, `$HOME_NET`, `[80, 443]`, `[$HOME_NET, ![10.1.0.0/16]]`.
 * A text tells why they are not understood.
 */
export function parseTerm(text: string): Term | string {
  // Lists that are open, the outermost first; the first holds what stands outside every bracket.
  const open: { readonly items: Term[]; readonly isNegated: boolean }[] = [{ items: [], isNegated: false }];
  let position = 0;
  let isNegated = false;
  let wantsItem = true;
  while (position < text.length) {
    const character = text.charAt(position);
    const current = open.at(-1);
    if (current === undefined) return 'closes a list that is not open';
    if (isSpace(character)) {
      position += 1;
    } else if (character === '!' && wantsItem && !isNegated) {
      isNegated = true;
      position += 1;
    } else if (character === '[' && wantsItem) {
      if (open.length > MAX_DEPTH) return `nests lists deeper than ${MAX_DEPTH}`;
      open.push({ items: [], isNegated });
      isNegated = false;
      position += 1;
    } else if (character === ']' && !wantsItem && open.length > 1) {
      open.pop();
      open.at(-1)?.items.push({ kind: 'list', items: current.items, isNegated: current.isNegated });
      position += 1;
    } else if (character === ',' && !wantsItem && open.length > 1) {
      wantsItem = true;
      position += 1;
    } else if (wantsItem && isWord(character)) {
      const end = endOfWord(text, position);
      const term = parseWord(text.slice(position, end), isNegated);
      if (term === null) return `has ${text.slice(position, end)} for an address or a port`;
      current.items.push(term);
      isNegated = false;
      wantsItem = false;
      position = end;
    } else {
      return `has a misplaced ${character}`;
    }
  }
  const [outermost, unclosed] = open;
  const [only] = outermost?.items ?? [];
  if (unclosed !== undefined) return 'has a list that is not closed';
  return only === undefined || wantsItem ? 'lacks an address or a port' : only;
}

/** One rule a line; a backslash at the end joins the next. Comments end with their line. */
function logicalLines(text: string): readonly { readonly line: number; readonly text: string }[] {
  const found: { line: number; text: string }[] = [];
  let pieces: string[] = [];
  let start = 1;
  for (const [index, raw] of text.split('\n').entries()) {
    if (pieces.length === 0) start = index + 1;
    const piece = raw.trim();
    if (pieces.length === 0 && piece.startsWith('#')) continue;
    if (piece.endsWith('\\')) {
      pieces.push(piece.slice(0, -1));
      continue;
    }
    pieces.push(piece);
    const joined = pieces.join(' ').trim();
    if (joined !== '') found.push({ line: start, text: joined });
    pieces = [];
  }
  if (pieces.length > 0) found.push({ line: start, text: pieces.join(' ').trim() });
  return found;
}

function parseRule(text: string, line: number): SuricataRule | string {
  const split = splitHeader(text);
  if (typeof split === 'string') return split;
  const { words, options: optionsText } = split;
  const [action = '', protocol = '', source = '', sourcePort = '', direction, destination = '', port = ''] = words;
  if (!ACTIONS.has(action.toLowerCase())) return `has the action ${action}, which no table knows`;
  if (!/^[a-z][a-z0-9-]*$/i.test(protocol)) return `has the protocol ${protocol}`;
  if (direction !== '->' && direction !== '<>') return `has the direction ${direction}`;
  const terms: Term[] = [];
  for (const word of [source, sourcePort, destination, port]) {
    const term = parseTerm(word);
    if (typeof term === 'string') return term;
    terms.push(term);
  }
  const [from, fromPort, to, toPort] = terms;
  if (from === undefined || fromPort === undefined || to === undefined || toPort === undefined) return 'lacks an end';
  const options = parseOptions(optionsText);
  if (typeof options === 'string') return options;
  return {
    line,
    action: action.toLowerCase(),
    protocol: protocol.toLowerCase(),
    source: from,
    sourcePort: fromPort,
    isBothWays: direction === '<>',
    destination: to,
    destinationPort: toPort,
    options,
    header: words.join(' '),
  };
}

/** The words before the options, lists with their spaces as one word. */
function splitHeader(text: string): { readonly words: readonly string[]; readonly options: string } | string {
  const words: string[] = [];
  let start = -1;
  let depth = 0;
  for (let position = 0; position < text.length; position += 1) {
    const character = text.charAt(position);
    if (character === '(' && depth === 0) {
      if (start >= 0) words.push(text.slice(start, position));
      const missing = HEADER_WORDS[words.length];
      if (missing !== undefined) return `has no ${missing}`;
      if (words.length > HEADER_WORDS.length) return 'has too many words before its options';
      if (!text.endsWith(')')) return 'has options that are not closed';
      return { words, options: text.slice(position + 1, -1) };
    }
    if (character === '[') depth += 1;
    if (character === ']') depth -= 1;
    if (isSpace(character) && depth <= 0) {
      if (start >= 0) words.push(text.slice(start, position));
      start = -1;
    } else if (start < 0) {
      start = position;
    }
  }
  return 'has no options';
}

/** As Suricata splits them: at every semicolon without a backslash before it, quoted or not. */
export function parseOptions(text: string): readonly RuleOption[] | string {
  const options: RuleOption[] = [];
  let start = 0;
  for (let position = 0; position < text.length; position += 1) {
    if (text.charAt(position) !== ';' || text.charAt(position - 1) === '\\') continue;
    const option = parseOption(text.slice(start, position).trim());
    if (typeof option === 'string') return option;
    options.push(option);
    start = position + 1;
  }
  return text.slice(start).trim() === '' ? options : 'has an option without a semicolon';
}

function parseOption(text: string): RuleOption | string {
  const colon = text.indexOf(':');
  const name = (colon < 0 ? text : text.slice(0, colon)).trim().toLowerCase();
  if (!/^[a-z0-9][a-z0-9._-]*$/.test(name)) return `has the option ${name === '' ? 'without a name' : name}`;
  if (colon < 0) return { name, value: null };
  const value = optionValue(text.slice(colon + 1).trim());
  return value === null ? `has a value of ${name} that is not closed` : { name, value };
}

/** A value as it stands, without the quotation marks and the backslashes before `"`, `;`, `:` and `\`. */
export function optionValue(text: string): OptionValue | null {
  const isNegated = text.startsWith('!');
  const rest = isNegated ? text.slice(1).trimStart() : text;
  if (!rest.startsWith('"')) return { text: rest, isNegated, isQuoted: false };
  if (rest.length < 2 || !rest.endsWith('"')) return null;
  const inner = rest.slice(1, -1);
  // Only a quotation mark that is escaped stands inside.
  if (/(?:^|[^\\])"/.test(inner)) return null;
  return { text: inner.replaceAll(/\\(["\\;:])/g, '$1'), isNegated, isQuoted: true };
}

function parseWord(text: string, isNegated: boolean): Term | null {
  if (text.toLowerCase() === 'any') return { kind: 'any', isNegated };
  const name = text.slice(1);
  if (text.startsWith('$')) return isName(name) ? { kind: 'variable', name, isNegated } : null;
  if (text.startsWith('@')) return isName(name) ? { kind: 'reference', name, isNegated } : null;
  return /^[0-9a-fA-F.:/-]+$/.test(text) ? { kind: 'literal', text, isNegated } : null;
}

function isName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(text);
}

function endOfWord(text: string, start: number): number {
  let end = start;
  while (end < text.length && isWord(text.charAt(end))) end += 1;
  return end;
}

function isWord(character: string): boolean {
  return !isSpace(character) && !'[],!'.includes(character);
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\r' || character === '\n';
}
