import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asItems, asString, child, type Hidden, isHidden, unknown, type Value } from '../../model/value.ts';

/** A request that must be refused without TLS: an action, on the resource itself or on what lies in it. */
export interface PlainRequest {
  readonly action: string;
  /** What follows the resource's ARN in the ARN that the action is on; empty for the resource itself. */
  readonly below: string;
}

export interface Asked extends PlainRequest {
  readonly target: Resource;
  readonly estate: Estate;
  /** The end of a literal ARN of the target; null where its name is not known. */
  readonly name: string | null;
  /** Whether the conditions of a statement hold for each such request. */
  readonly holds: (condition: Value) => boolean | Hidden;
}

/** No name holds it: a pattern that takes it in takes every name in. */
const ANYTHING = '\u0001';

/** Whether a policy document refuses a request that comes without TLS, whoever sends it; hidden where that is not known. */
export function refusesPlain(
  document: Value,
  request: PlainRequest,
  target: Resource,
  name: string | null,
  estate: Estate,
): boolean | Hidden {
  return refuses(document, { ...request, target, name, estate, holds: holdsForPlain });
}

/** Whether a policy document refuses a request by everyone, of which `holds` tells whether conditions take it in. */
export function refuses(document: Value, asked: Asked): boolean | Hidden {
  if (isHidden(document)) return document;
  const { items, open } = asItems(child(document, 'Statement'));
  const clues = [...items.map((statement) => statementRefuses(statement, asked)), ...open];
  return clues.includes(true) || (clues.find(isHidden) ?? false);
}

/** All of it must hold: the first that certainly does not decides, then the first that is hidden. */
function statementRefuses(statement: Value, asked: Asked): boolean | Hidden {
  if (isHidden(statement)) return statement;
  let hidden: Hidden | null = null;
  for (const ask of ASKED_OF_STATEMENTS) {
    const answer = ask(statement, asked);
    if (answer === false) return false;
    if (isHidden(answer)) hidden ??= answer;
  }
  return hidden ?? true;
}

const ASKED_OF_STATEMENTS: readonly ((statement: Value, asked: Asked) => boolean | Hidden)[] = [
  isDenial,
  isEveryone,
  (statement, asked) => takesIn(statement, 'Action', (value) => isAction(value, asked.action)),
  (statement, asked) => takesIn(statement, 'Resource', (value) => isResource(value, asked)),
  (statement, { holds }) => holds(child(statement, 'Condition')),
];

function isDenial(statement: Value): boolean | Hidden {
  const effect = asString(child(statement, 'Effect'));
  return isHidden(effect) ? effect : effect === 'Deny';
}

function isEveryone(statement: Value): boolean | Hidden {
  if (child(statement, 'NotPrincipal').kind !== 'null') return false;
  const principal = child(statement, 'Principal');
  const named = principal.kind === 'object' ? child(principal, 'AWS') : principal;
  return any(named, (value) => {
    const text = asString(value);
    return isHidden(text) ? text : text === '*';
  });
}

/** An element takes a thing in where one of its values does; its negation where certainly none does. */
function takesIn(
  statement: Value,
  element: 'Action' | 'Resource',
  matches: (value: Value) => boolean | Hidden,
): boolean | Hidden {
  const negated = child(statement, `Not${element}`);
  if (negated.kind === 'null') return any(child(statement, element), matches);
  const found = any(negated, matches);
  // What a negation leaves out is no more than what it names, but a name that is hidden may be of anything.
  if (element === 'Resource' && found === false) {
    return unknown(
      'operation',
      'NotResource',
      'names what is left out, and whether that is all of something else is not worked out',
    );
  }
  return isHidden(found) ? found : !found;
}

function any(value: Value, matches: (value: Value) => boolean | Hidden): boolean | Hidden {
  // One value stands without its list, and may be the ARN of something.
  const { items, open } = value.kind === 'reference' ? { items: [value], open: [] } : asItems(value);
  const clues = [...items.map(matches), ...open.map(matches)];
  return clues.includes(true) || (clues.find(isHidden) ?? false);
}

function isAction(value: Value, action: string): boolean | Hidden {
  const text = asString(value);
  if (isHidden(text)) return text;
  return text !== null && matchesPattern(text.toLowerCase(), action.toLowerCase());
}

/** `*`, a literal pattern, the resource by reference, or that with the rest of an ARN behind it. */
function isResource(value: Value, { target, action, below, name, estate }: Asked): boolean | Hidden {
  const text = asString(value);
  if (typeof text === 'string' && /^\*+$/.test(text)) return true;
  const origin = value.origin ?? (value.kind === 'reference' ? value : null);
  if (origin !== null && isSelf(origin, target, estate)) return below === '';
  if (value.kind === 'template') {
    const [head, rest, ...more] = value.parts;
    if (typeof head === 'string' || head === undefined || !isSelf(head, target, estate)) {
      return typeof head !== 'string' && head?.kind === 'reference' ? false : value;
    }
    if (typeof rest !== 'string' || more.length > 0) return value;
    return matchesPattern(rest, below.replace('*', ANYTHING));
  }
  if (value.kind === 'reference') return estate.resolve(value).kind === 'resource' ? false : value;
  if (isHidden(text)) return text;
  if (text === null) return false;
  if (name === null)
    return unknown('operation', target.address, 'has a name that is not known, so no ARN can be compared');
  const [, , service, region = '', account = '', ...last] = text.split(':');
  if (service !== action.slice(0, action.indexOf(':'))) return false;
  const place = estate.place(target);
  const clues = [
    matchesPattern(last.join(':'), `${name}${below.replace('*', ANYTHING)}`),
    isPlace(region, place.region),
    isPlace(account, place.account),
  ];
  return clues.includes(false) ? false : (clues.find(isHidden) ?? true);
}

/** A field of an ARN; those of buckets are empty, because their names are nobody else's. */
function isPlace(field: string, value: Value): boolean | Hidden {
  if (/^\**$/.test(field)) return true;
  const text = asString(value);
  if (isHidden(text)) return text;
  return text === null ? unknown('operation', field, 'may be of another place') : matchesPattern(field, text);
}

function isSelf(value: Value, target: Resource, estate: Estate): boolean {
  const found = estate.resolve(value, [target.type], target);
  return found.kind === 'resource' && found.resource === target;
}

/** IAM's patterns: `*` is any text, `?` one character. */
export function matchesPattern(pattern: string, text: string): boolean {
  let [at, star, mark] = [0, -1, 0];
  for (let index = 0; index < text.length;) {
    if (pattern[at] === '*') {
      star = at;
      mark = index;
      at += 1;
    } else if (
      at < pattern.length &&
      (pattern[at] === text[index] || (pattern[at] === '?' && text[index] !== ANYTHING))
    ) {
      at += 1;
      index += 1;
    } else if (star === -1) return false;
    else {
      at = star + 1;
      mark += 1;
      index = mark;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}

/** Whether conditions hold for each request without TLS: none, or `aws:SecureTransport` is false and nothing else. */
function holdsForPlain(condition: Value): boolean | Hidden {
  if (isHidden(condition)) return condition;
  if (condition.kind !== 'object') return condition.kind === 'null';
  const clues = [...condition.entries].flatMap(([operator, keys]) => {
    if (isHidden(keys)) return [keys];
    if (keys.kind !== 'object') return [false];
    return [...keys.entries].map(([key, values]) => {
      if (key.toLowerCase() !== 'aws:securetransport' || !/^bool(ifexists)?$/i.test(operator)) return false;
      return any(values, (value) => {
        const text = asString(value);
        return isHidden(text) ? text : text?.toLowerCase() === 'false';
      });
    });
  });
  return clues.includes(false) ? false : (clues.find(isHidden) ?? true);
}
