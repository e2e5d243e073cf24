import {
  display,
  isHidden,
  list,
  NULL,
  object,
  type ObjectValue,
  string,
  unknown,
  type UnknownValue,
  type Value,
} from '../value.ts';
import type { PolicyParts } from './policy-merge.ts';
import { conditionElement, principalElement } from './policy-statement.ts';

/**
 * A source or override document as the provider reads it: keys in any case, unknown keys dropped, principals and
 * conditions brought into one form. An `invalid` unknown for what makes the provider fail.
 */
export function sourceDocument(document: ObjectValue): PolicyParts | UnknownValue {
  const members = membersOf(document, ['Version', 'Id', 'Statement']);
  if (members === null) return refused(document, 'has Statement twice, in different case');
  const version = members.get('Version') ?? NULL;
  const id = members.get('Id') ?? NULL;
  if (!isText(version) || !isText(id)) return refused(document, 'has a Version or Id that is no string');
  const statement = members.get('Statement') ?? NULL;
  if (statement.kind === 'null') return { version, id, statements: [] };
  if (isHidden(statement)) return { version, id, statements: [statement] };
  if (statement.kind !== 'list') return refused(document, 'has a Statement that is no list');
  const statements: Value[] = [];
  for (const item of statement.items) {
    const read = isHidden(item) ? item : sourceStatement(item);
    if (read.kind === 'unknown' && read.reason === 'invalid') return read;
    statements.push(read);
  }
  return { version, id, statements };
}

function sourceStatement(value: Value): ObjectValue | UnknownValue {
  if (value.kind !== 'object') return refused(value, 'is no statement');
  const members = membersOf(value, [...TEXT_ELEMENTS, ...LIST_ELEMENTS, ...PRINCIPAL_ELEMENTS, 'Condition']);
  if (members === null) return refused(value, 'is no statement');
  const entries: [string, Value][] = [];
  for (const name of TEXT_ELEMENTS) {
    const text = members.get(name) ?? NULL;
    if (!isText(text)) return refused(value, `has a ${name} that is no string`);
    if (text.kind !== 'null' && !(text.kind === 'string' && text.value === '')) entries.push([name, text]);
  }
  for (const name of LIST_ELEMENTS) entries.push([name, members.get(name) ?? NULL]);
  for (const name of PRINCIPAL_ELEMENTS) {
    const principal = members.get(name);
    if (principal === undefined) continue;
    const read = sourcePrincipal(principal);
    if (read.kind === 'unknown' && read.reason === 'invalid') return read;
    entries.push([name, read]);
  }
  const condition = sourceCondition(members.get('Condition') ?? NULL);
  if (condition.kind === 'unknown' && condition.reason === 'invalid') return condition;
  entries.push(['Condition', condition]);
  return object(entries.filter(([, element]) => element.kind !== 'null'));
}

const TEXT_ELEMENTS = ['Sid', 'Effect'] as const;
const LIST_ELEMENTS = ['Action', 'NotAction', 'Resource', 'NotResource'] as const;
const PRINCIPAL_ELEMENTS = ['Principal', 'NotPrincipal'] as const;
const TEXTS: ReadonlySet<string> = new Set(['Version', 'Id', ...TEXT_ELEMENTS]);

/** The provider reads every principal that is a string as everyone; a reference in a JSON text is a string. */
function sourcePrincipal(value: Value): Value {
  if (value.kind === 'string' || value.kind === 'template' || value.kind === 'reference') return string('*');
  if (isHidden(value)) return value;
  if (value.kind !== 'object') return refused(value, 'is no principal');
  const blocks: { type: string; identifiers: Value }[] = [];
  for (const [type, identifiers] of value.entries) {
    const isTexts =
      identifiers.kind === 'list' && identifiers.items.every((item) => item.kind === 'string' || isHidden(item));
    if (identifiers.kind !== 'string' && !isTexts && !isHidden(identifiers))
      return refused(identifiers, 'is no principal');
    blocks.push({ type, identifiers });
  }
  return principalElement(blocks);
}

/** The provider drops values that are numbers, also a condition that has no other value. */
function sourceCondition(value: Value): Value {
  if (value.kind === 'null' || isHidden(value)) return value;
  if (value.kind !== 'object') return refused(value, 'is no condition');
  const conditions: { test: string; variable: string; values: Value }[] = [];
  for (const [test, variables] of value.entries) {
    if (isHidden(variables)) return variables;
    if (variables.kind === 'null') continue;
    if (variables.kind !== 'object') return refused(variables, 'is no condition');
    for (const [variable, values] of variables.entries) {
      const read = conditionValues(values);
      if (read === null) continue;
      if (read.kind === 'unknown' && read.reason === 'invalid') return read;
      conditions.push({ test, variable, values: read });
    }
  }
  return conditionElement(conditions);
}

function conditionValues(value: Value): Value | null {
  switch (value.kind) {
    case 'string':
      return list([value]);
    case 'boolean':
      return list([string(String(value.value))]);
    case 'list':
      return value.items.every((item) => item.kind === 'string' || isHidden(item))
        ? value
        : refused(value, 'has a condition value that is no string');
    case 'reference':
    case 'template':
    case 'unknown':
      return value;
    case 'number':
    case 'null':
    case 'object':
      return null;
  }
}

/**
 * Members by their proper name, whatever their case. Of keys that differ only in case the last counts, as in Go,
 * where a null leaves a text as it was. Null when `Statement` is repeated: Go then mixes the elements of both lists.
 */
function membersOf(value: ObjectValue, names: readonly string[]): ReadonlyMap<string, Value> | null {
  const proper = new Map(names.map((name) => [name.toLowerCase(), name]));
  const members = new Map<string, Value>();
  for (const [key, member] of value.entries) {
    const name = proper.get(key.toLowerCase());
    if (name === undefined) continue;
    if (name === 'Statement' && members.has(name)) return null;
    if (member.kind === 'null' && members.has(name) && TEXTS.has(name)) continue;
    members.set(name, member);
  }
  return members;
}

function isText(value: Value): boolean {
  return value.kind === 'string' || value.kind === 'null' || isHidden(value);
}

function refused(value: Value, detail: string): UnknownValue {
  return unknown('invalid', display(value), detail);
}
