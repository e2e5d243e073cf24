/**
 * Policies of Verified Access, in Cedar, as far as a proof needs them: what a request must carry to be let in. What
 * cannot be read is null, never skipped.
 */
export interface CedarStatement {
  readonly effect: 'permit' | 'forbid';
  readonly conditions: readonly { readonly kind: 'when' | 'unless'; readonly tokens: readonly string[] }[];
}

/** Whether something holds of every request that is let in. `unclear` where the form of the policy is not followed. */
export type Answer = 'yes' | 'no' | 'unclear';

/** One token: white space and comments, a string, `::`, `&&`, `||` and the like, a name or number, any other sign. */
const TOKEN = /(?:\s|\/\/[^\n]*)+|"(?:[^"\\]|\\.)*"|::|&&|\|\||[=!<>]=|[A-Za-z_]\w*|\d+|[^\s\w"]/gsy;

/** Brackets nest no deeper than this in a policy that a person reads. */
const MAX_DEPTH = 32;

const CLOSING: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['{', '}'],
  ['[', ']'],
]);

/** The statements of a document; null where it is not understood. */
export function parseCedar(text: string): readonly CedarStatement[] | null {
  const tokens = tokensOf(text);
  if (tokens === null) return null;
  const statements: CedarStatement[] = [];
  let rest = 0;
  while (rest < tokens.length) {
    while (tokens[rest] === '@') {
      // An annotation: `@id("name")`.
      const after = tokens[rest + 2] === '(' ? endOf(tokens, rest + 2) : null;
      if (after === null) return null;
      rest = after;
    }
    const effect = tokens[rest];
    if ((effect !== 'permit' && effect !== 'forbid') || tokens[rest + 1] !== '(') return null;
    let next = endOf(tokens, rest + 1);
    const conditions: { readonly kind: 'when' | 'unless'; readonly tokens: readonly string[] }[] = [];
    while (next !== null && tokens[next] !== ';') {
      const kind = tokens[next];
      if ((kind !== 'when' && kind !== 'unless') || tokens[next + 1] !== '{') return null;
      const end = endOf(tokens, next + 1);
      if (end === null) return null;
      conditions.push({ kind, tokens: tokens.slice(next + 2, end - 1) });
      next = end;
    }
    if (next === null) return null;
    statements.push({ effect, conditions });
    rest = next + 1;
  }
  return statements;
}

/** Whether a document lets nobody in of whom the context says nothing under one of the names. */
export function requiresContext(statements: readonly CedarStatement[], names: ReadonlySet<string>): Answer {
  // What is not refused unless it holds, holds of everybody who is let in.
  const refusing = statements.filter(({ effect }) => effect === 'forbid').map((item) => refuses(item, names));
  const permits = statements.filter(({ effect }) => effect === 'permit').map((item) => permitsOnly(item, names));
  return best([...refusing, worst(permits)]);
}

function permitsOnly({ conditions }: CedarStatement, names: ReadonlySet<string>): Answer {
  return best(
    conditions.map(({ kind, tokens }) => {
      if (kind === 'when') return demands(tokens, names, 0);
      return mentions(tokens, names) ? 'unclear' : 'no';
    }),
  );
}

function refuses({ conditions }: CedarStatement, names: ReadonlySet<string>): Answer {
  const [only, ...others] = conditions;
  if (only?.kind === 'unless' && others.length === 0) return demands(only.tokens, names, 0);
  return conditions.some(({ tokens }) => mentions(tokens, names)) ? 'unclear' : 'no';
}

/** Whether an expression is true only with something under one of the names. */
function demands(tokens: readonly string[], names: ReadonlySet<string>, depth: number): Answer {
  if (!mentions(tokens, names)) return 'no';
  if (depth > MAX_DEPTH || tokens[0] === 'if') return 'unclear';
  const either = split(tokens, '||');
  if (either === null) return 'unclear';
  if (either.length > 1) return worst(either.map((part) => demands(part, names, depth + 1)));
  const both = split(tokens, '&&');
  if (both === null) return 'unclear';
  if (both.length > 1) return best(both.map((part) => demands(part, names, depth + 1)));
  if (tokens[0] === '!') return 'unclear';
  if (tokens[0] === '(' && endOf(tokens, 0) === tokens.length) return demands(tokens.slice(1, -1), names, depth + 1);
  // A logical sign that is left stands inside the brackets of something that is not followed.
  return tokens.some((token) => token === '||' || token === 'if' || token === '!') ? 'unclear' : 'yes';
}

/** `context.name` and `context["name"]`. */
function mentions(tokens: readonly string[], names: ReadonlySet<string>): boolean {
  return tokens.some((token, index) => {
    if (token !== 'context') return false;
    const [sign, name = ''] = [tokens[index + 1], tokens[index + 2]];
    if (sign === '.') return names.has(name);
    return sign === '[' && names.has(name.slice(1, -1));
  });
}

/** Parts between a sign that stands outside every bracket. */
function split(tokens: readonly string[], sign: string): readonly (readonly string[])[] | null {
  const parts: (readonly string[])[] = [];
  let start = 0;
  let position = 0;
  while (position < tokens.length) {
    const token = tokens[position] ?? '';
    if (CLOSING.has(token)) {
      const end = endOf(tokens, position);
      if (end === null) return null;
      position = end;
      continue;
    }
    if (token === sign) {
      parts.push(tokens.slice(start, position));
      start = position + 1;
    }
    position += 1;
  }
  return [...parts, tokens.slice(start)];
}

/** The position behind the bracket that closes the one at `start`; null where none does. */
function endOf(tokens: readonly string[], start: number): number | null {
  const open: string[] = [];
  for (let position = start; position < tokens.length; position += 1) {
    const token = tokens[position] ?? '';
    const closing = CLOSING.get(token);
    if (closing !== undefined) open.push(closing);
    else if (token === ')' || token === '}' || token === ']') {
      if (open.pop() !== token) return null;
      if (open.length === 0) return position + 1;
    }
  }
  return null;
}

function tokensOf(text: string): readonly string[] | null {
  const tokens: string[] = [];
  const token = new RegExp(TOKEN.source, TOKEN.flags);
  let position = 0;
  while (position < text.length) {
    token.lastIndex = position;
    const found = token.exec(text)?.[0];
    if (found === undefined) return null;
    if (!/^(\s|\/\/)/.test(found)) tokens.push(found);
    position += found.length;
  }
  return tokens;
}

/** One that holds is enough. */
function best(answers: readonly Answer[]): Answer {
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unclear') ? 'unclear' : 'no';
}

/** All must hold. */
function worst(answers: readonly Answer[]): Answer {
  if (answers.length === 0) return 'yes';
  if (answers.includes('no')) return 'no';
  return answers.includes('unclear') ? 'unclear' : 'yes';
}
