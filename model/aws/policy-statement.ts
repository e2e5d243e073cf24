import {
  asItems,
  asString,
  type Hidden,
  isHidden,
  list,
  NULL,
  object,
  type ObjectValue,
  string,
  unknown,
  type Value,
} from '../value.ts';

/** One block `statement` of a data source `aws_iam_policy_document` as the element of a policy that it becomes. */
export function configuredStatement(block: ObjectValue): ObjectValue {
  const argument = (name: string): Value => block.entries.get(name) ?? NULL;
  const sid = argument('sid');
  const effect = argument('effect');
  const elements: readonly (readonly [string, Value])[] = [
    ['Sid', sid.kind === 'string' && sid.value === '' ? NULL : sid],
    ['Effect', effect.kind === 'null' ? string('Allow') : effect],
    ['Action', stringSet(argument('actions'))],
    ['NotAction', stringSet(argument('not_actions'))],
    ['Resource', withVariables(stringSet(argument('resources')))],
    ['NotResource', withVariables(stringSet(argument('not_resources')))],
    ['Principal', configuredPrincipals(argument('principals'))],
    ['NotPrincipal', configuredPrincipals(argument('not_principals'))],
    ['Condition', configuredConditions(argument('condition'))],
  ];
  return object(elements.filter(([, value]) => value.kind !== 'null'));
}

const WITH_VARIABLES = ['resources', 'not_resources', 'principals', 'not_principals', 'condition'];

/** Whether a block has a policy variable (`&{aws:username}`) where the provider replaces it. */
export function hasPolicyVariable(block: ObjectValue): boolean {
  const open: Value[] = WITH_VARIABLES.map((name) => block.entries.get(name) ?? NULL);
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (value.kind === 'string' && value.value.includes('&{')) return true;
    if (value.kind === 'template' && value.parts.some((part) => typeof part === 'string' && part.includes('&{')))
      return true;
    if (value.kind === 'list') open.push(...value.items);
    if (value.kind === 'object') open.push(...value.entries.values());
  }
  return false;
}

/** Principals by type as the provider writes them: everyone is `*`, lists are sorted downwards. */
export function principalElement(blocks: readonly { readonly type: string; readonly identifiers: Value }[]): Value {
  const [only, ...more] = blocks;
  if (only === undefined) return NULL;
  if (more.length === 0 && only.type === '*' && isStar(only.identifiers)) return string('*');
  const byType = new Map<string, Value>();
  for (const { type, identifiers } of blocks) {
    const before = byType.get(type);
    const sorted = identifiers.kind === 'list' ? list(sortedDown(identifiers.items)) : identifiers;
    byType.set(type, before === undefined ? sorted : joined(before, sorted));
  }
  return sortedObject(byType);
}

/** Conditions by operator and key as the provider writes them: one value stands without its list. */
export function conditionElement(
  conditions: readonly { readonly test: string; readonly variable: string; readonly values: Value }[],
): Value {
  if (conditions.length === 0) return NULL;
  const byTest = new Map<string, Map<string, Value>>();
  for (const { test, variable, values } of conditions) {
    const byVariable = byTest.get(test) ?? new Map<string, Value>();
    byTest.set(test, byVariable);
    const before = byVariable.get(variable);
    byVariable.set(variable, before === undefined ? values : joined(before, values));
  }
  const flat = Array.from(byTest, ([test, byVariable]): readonly [string, Value] => [
    test,
    sortedObject(new Map(Array.from(byVariable, ([variable, values]) => [variable, singleItem(values)]))),
  ]);
  return sortedObject(new Map(flat));
}

function configuredPrincipals(value: Value): Value {
  const { items, open } = asItems(value);
  const blocks: { type: string; identifiers: Value }[] = [];
  const hidden: Hidden[] = [...open];
  for (const item of distinct(items)) {
    if (isHidden(item)) hidden.push(item);
    if (item.kind !== 'object') continue;
    const type = asString(item.entries.get('type') ?? NULL);
    if (isHidden(type)) hidden.push(type);
    else blocks.push({ type: type ?? '', identifiers: stringSet(item.entries.get('identifiers') ?? NULL, list([])) });
  }
  const [first] = hidden;
  if (first !== undefined) return unseen('principals', hidden);
  return principalElement(blocks.map(({ type, identifiers }) => ({ type, identifiers: withVariables(identifiers) })));
}

function configuredConditions(value: Value): Value {
  const { items, open } = asItems(value);
  const conditions: { test: string; variable: string; values: Value }[] = [];
  const hidden: Hidden[] = [...open];
  for (const item of distinct(items)) {
    if (isHidden(item)) hidden.push(item);
    if (item.kind !== 'object') continue;
    const test = asString(item.entries.get('test') ?? NULL);
    const variable = asString(item.entries.get('variable') ?? NULL);
    if (isHidden(test)) hidden.push(test);
    else if (isHidden(variable)) hidden.push(variable);
    else {
      const values = item.entries.get('values') ?? NULL;
      const all = isHidden(values) ? values : list(asItems(values).items.map(asStringValue));
      conditions.push({ test: test ?? '', variable: variable ?? '', values: withVariables(all) });
    }
  }
  return hidden.length > 0 ? unseen('condition', hidden) : conditionElement(conditions);
}

/** A set of strings: one alone, several sorted downwards, `empty` for none. */
function stringSet(value: Value, empty: Value = NULL): Value {
  if (isHidden(value)) return value;
  const items = distinct(
    asItems(value)
      .items.map(asStringValue)
      .filter(({ kind }) => kind !== 'null'),
  );
  const [only, ...more] = items;
  if (only === undefined) return empty;
  return more.length === 0 ? only : list(sortedDown(items));
}

function asStringValue(value: Value): Value {
  const text = asString(value);
  if (value.kind === 'string' || text === null) return value;
  return isHidden(text) ? text : { ...markOf(value), kind: 'string', value: text };
}

function markOf({ sensitive, origin }: Value): Pick<Value, 'sensitive' | 'origin'> {
  return { ...(sensitive === undefined ? {} : { sensitive }), ...(origin === undefined ? {} : { origin }) };
}

/** IAM policy variables are written `&{aws:username}` in Terraform. */
function withVariables(value: Value): Value {
  switch (value.kind) {
    case 'string':
      return { ...value, value: value.value.replaceAll('&{', '${') };
    case 'template':
      return {
        ...value,
        parts: value.parts.map((part) => (typeof part === 'string' ? part.replaceAll('&{', '${') : part)),
      };
    case 'list':
      return { ...value, items: value.items.map(withVariables) };
    case 'number':
    case 'boolean':
    case 'null':
    case 'object':
    case 'reference':
    case 'unknown':
      return value;
  }
}

/** Known strings from Z to A, then what is hidden. */
function sortedDown(items: readonly Value[]): readonly Value[] {
  const known = items.filter(({ kind }) => kind === 'string');
  const hidden = items.filter(({ kind }) => kind !== 'string');
  return [...known.toSorted((left, right) => compare(right, left)), ...hidden];
}

function compare(left: Value, right: Value): number {
  if (left.kind !== 'string' || right.kind !== 'string' || left.value === right.value) return 0;
  return left.value < right.value ? -1 : 1;
}

function sortedObject(entries: ReadonlyMap<string, Value>): ObjectValue {
  return object([...entries].toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

function joined(before: Value, added: Value): Value {
  const [left, right] = [itemsOf(before), itemsOf(added)];
  return left === null || right === null
    ? unseen('values', [before, added].filter(isHidden))
    : list([...left, ...right]);
}

/** A hidden value beside others may be one string or a list of them, unless it stands in a list already. */
function itemsOf(value: Value): readonly Value[] | null {
  if (value.kind === 'list') return value.items;
  return isHidden(value) && value.kind !== 'template' ? null : [value];
}

function singleItem(values: Value): Value {
  if (values.kind !== 'list') return values;
  const [only, ...more] = values.items;
  return only === undefined || more.length > 0 ? values : only;
}

function isStar(identifiers: Value): boolean {
  const only = singleItem(identifiers);
  return only.kind === 'string' && only.value === '*';
}

/** Equal strings and references once; of what is unknown, nothing is known to be equal. */
function distinct(items: readonly Value[]): readonly Value[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = keyOf(item);
    if (key === null) return true;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function keyOf(value: Value): string | null {
  switch (value.kind) {
    case 'string':
      return JSON.stringify(value.value);
    case 'reference':
      return JSON.stringify([value.target.stack, value.target.address, value.path]);
    case 'list':
    case 'object': {
      const parts =
        value.kind === 'list'
          ? value.items.map(keyOf)
          : Array.from(value.entries, ([name, item]) => pairKey(name, item));
      return parts.includes(null) ? null : `${value.kind}(${parts.join(',')})`;
    }
    case 'number':
    case 'boolean':
    case 'null':
    case 'template':
    case 'unknown':
      return null;
  }
}

function pairKey(name: string, value: Value): string | null {
  const key = keyOf(value);
  return key === null ? null : `${JSON.stringify(name)}:${key}`;
}

function unseen(name: string, hidden: readonly Hidden[]): Value {
  const [first] = hidden;
  const references = hidden.flatMap((value) => (value.kind === 'reference' ? [value] : []));
  return unknown(
    first?.kind === 'unknown' ? first.reason : 'data-source',
    first?.kind === 'unknown' ? first.expression : name,
    `hides the ${name} of a policy statement`,
    references,
  );
}
