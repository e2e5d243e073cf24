import type { Argument, Stacks } from './recording-estate.ts';
import {
  isArray,
  isRecord,
  type Json,
  type JsonPath,
  mapStrings,
  recordOf,
  valueAt,
  withoutValue,
  withValue,
} from './json-tree.ts';

/** What a person, a script or an attacker may do to one argument. */
export const ARGUMENT_OPERATORS = [
  'flip',
  'drop',
  'null',
  'empty-text',
  'empty-list',
  'text-boolean',
  'wrong-place',
  'wildcard-principal',
  'unknown',
  'retarget',
] as const;

/** What may happen to a whole resource. */
const RESOURCE_OPERATORS = [
  'delete',
  'conflicting-companion',
  'into-module',
  'unknown-count',
  'ignore-changes',
  'override-file',
] as const;

export const OPERATORS = [...ARGUMENT_OPERATORS, ...RESOURCE_OPERATORS] as const;
export type Operator = (typeof OPERATORS)[number];
export type ArgumentOperator = (typeof ARGUMENT_OPERATORS)[number];

export interface Mutant {
  readonly operator: Operator;
  /** What was mutated, by `nameOf`. */
  readonly at: string;
  readonly stacks: Stacks;
  /** What the operator added, before anything names it: what fails there already is not due to the mutation. */
  readonly before: Stacks | null;
}

/** A resource or data source by its place in the JSON. */
export interface BlockAt {
  readonly stack: string;
  readonly path: JsonPath;
}

/** Name of what mutations add; results about it say nothing of the estate. */
export const ADDED = 'mutation_decoy';

/** What Terraform reads of a block itself, not its provider. */
const META_ARGUMENTS = new Set(['count', 'for_each', 'provider', 'depends_on', 'lifecycle', 'provisioner', 'dynamic']);

const UNSET = 'mutation_unset';
const ELSEWHERE = 'us-east-1';

/** Every mutant that the operators make of one argument. */
export function argumentMutants(stacks: Stacks, argument: Argument): readonly Mutant[] {
  return ARGUMENT_OPERATORS.flatMap((operator) => {
    const mutated = mutateArgument(stacks, argument, operator);
    if (mutated === null) return [];
    const before = operator === 'retarget' ? withDecoy(stacks, argument) : null;
    return [{ operator, at: nameOf(argument), stacks: mutated, before }];
  });
}

/** The stacks after one operator on one argument; null where it does not apply. */
function mutateArgument(stacks: Stacks, argument: Argument, operator: ArgumentOperator): Stacks | null {
  const { stack, path } = argument;
  const json = stacks[stack];
  const value = json === undefined ? undefined : valueAt(json, path);
  if (json === undefined || value === undefined) return null;
  const replaced = (next: Json | null): Stacks | null =>
    next === null ? null : { ...stacks, [stack]: withValue(json, path, next) };
  const changed = (next: Json): Stacks | null => (same(next, value) ? null : replaced(next));
  switch (operator) {
    case 'flip':
      return replaced(flipped(value));
    case 'drop':
      return { ...stacks, [stack]: withoutValue(json, path) };
    case 'null':
      return value === null ? null : { ...stacks, [stack]: withValue(json, path, null) };
    case 'empty-text':
      return changed('');
    case 'empty-list':
      return changed([]);
    case 'text-boolean':
      return typeof value === 'boolean' ? replaced(String(!value)) : null;
    case 'wrong-place':
      return typeof value === 'string' ? replaced(elsewhere(value)) : null;
    case 'wildcard-principal':
      return replaced(wildcard(path, value));
    case 'unknown':
      return { ...stacks, [stack]: withVariable(withValue(json, path, `\${var.${UNSET}}`)) };
    case 'retarget':
      return typeof value === 'string' ? retargeted(stacks, argument, value) : null;
  }
}

/** Without the resource; what names it keeps doing so. */
export function withoutBlock(stacks: Stacks, { stack, path }: BlockAt): Stacks {
  return { ...stacks, [stack]: withoutValue(stacks[stack] ?? null, path) };
}

/** With the resource in a module of its own, and references to it changed to the module's outputs. */
export function intoModule(stacks: Stacks, block: BlockAt): Stacks {
  const { stack, path } = block;
  const rest = withoutBlock(stacks, block)[stack] ?? null;
  const moved = mapStrings(rest, (text) => text.replaceAll(addressPattern(path), 'module.mutation'));
  return { ...stacks, [stack]: withValue(moved, ['module', 'mutation'], { source: './mutation' }) };
}

/** With a number of instances that only the run knows; references go to the first of them, as Terraform demands. */
export function withUnknownCount(stacks: Stacks, { stack, path }: BlockAt): Stacks {
  const json = mapStrings(stacks[stack] ?? null, (text) =>
    text.replaceAll(addressPattern(path), (match) => `${match}[0]`),
  );
  return { ...stacks, [stack]: withVariable(withValue(json, [...path, 'count'], `\${var.${UNSET}}`)) };
}

export function withIgnoredChanges(stacks: Stacks, { stack, path }: BlockAt, ignored: Json): Stacks {
  return { ...stacks, [stack]: withValue(stacks[stack] ?? null, [...path, 'lifecycle', 'ignore_changes'], ignored) };
}

/** With a second resource that says what the first says after the operator. */
export function withSecond(
  stacks: Stacks,
  block: BlockAt,
  argument: Argument,
  operator: ArgumentOperator,
): Stacks | null {
  const mutated = mutateArgument(stacks, argument, operator);
  const second = mutated === null ? undefined : valueAt(mutated[block.stack] ?? null, block.path);
  if (second === undefined) return null;
  const json = operator === 'unknown' ? (mutated?.[block.stack] ?? null) : (stacks[block.stack] ?? null);
  const first = valueAt(stacks[block.stack] ?? null, block.path) ?? null;
  const both = withValue(withValue(json, block.path, first), [...block.path.slice(0, -1), ADDED], second);
  return { ...stacks, [block.stack]: both };
}

/** How the table of survivors names an argument or a block: `aws_vpc.ledger tags.tier`, `provider.aws region`. */
export function nameOf({ path }: { readonly path: JsonPath }): string {
  const [section, kind, ...rest] = path;
  switch (section) {
    case 'resource':
      return named(`${kind}.${rest[0]}`, rest.slice(1));
    case 'data':
      return named(`data.${kind}.${rest[0]}`, rest.slice(1));
    case 'terraform':
      return named('backend', rest.slice(1));
    default:
      return named(`${section}.${kind}`, rest);
  }
}

/** A first item goes without its index, for it is written alike whether or not it is alone. */
function named(address: string, path: JsonPath): string {
  const steps = path.filter((step) => step !== 0).map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`));
  return steps.length === 0 ? address : `${address} ${steps.join('').replace(/^\./, '')}`;
}

/** Every resource and data source of the stacks. */
export function blocksOf(stacks: Stacks): readonly BlockAt[] {
  return Object.entries(stacks).flatMap(([stack, json]) =>
    ['resource', 'data'].flatMap((section) =>
      Object.entries(recordOf(recordOf(json)[section])).flatMap(([type, named]) =>
        Object.keys(recordOf(named)).map((name) => ({ stack, path: [section, type, name] })),
      ),
    ),
  );
}

/** Every argument, block and item that is written in resources and data sources, depth first. */
export function argumentsOf(stacks: Stacks): readonly Argument[] {
  return blocksOf(stacks).flatMap(({ stack, path }) =>
    below(valueAt(stacks[stack] ?? null, path) ?? null)
      .filter(([name]) => !META_ARGUMENTS.has(String(name)))
      .map((rest) => ({ stack, path: [...path, ...rest] })),
  );
}

function below(json: Json): readonly JsonPath[] {
  const members: readonly (readonly [string | number, Json])[] = isArray(json)
    ? json.map((item, index) => [index, item] as const)
    : Object.entries(recordOf(json));
  return members.flatMap(([step, item]) => [[step], ...below(item).map((rest) => [step, ...rest])]);
}

function flipped(value: Json): Json | null {
  if (typeof value === 'boolean') return !value;
  if (value === 'true') return 'false';
  return value === 'false' ? 'true' : null;
}

/** The same text with its Region, zone, account or addresses replaced by wrong ones; null when it has none. */
function elsewhere(text: string): string | null {
  const moved = text
    .replaceAll(/\b[a-z]{3,4}[1-9]-az[1-9]\b/g, 'use1-az1')
    .replaceAll(/\bop-[\da-f]{17}\b/g, 'op-00000000000000000')
    .replaceAll(/\b(?:[a-z]{2}-){1,2}[a-z]+-[1-9](?=[a-z]?\b)/g, ELSEWHERE)
    .replaceAll(/\b\d{12}\b/g, '999999999999')
    .replace(/^\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}$/, '0.0.0.0/0')
    .replace(/^[\da-f:]+\/\d{1,3}$/, '::/0');
  return moved === text ? null : moved;
}

function wildcard(path: JsonPath, value: Json): Json | null {
  if (path.at(-1) === 'identifiers' && !same(value, ['*'])) return ['*'];
  if (typeof value !== 'string' || !value.startsWith('{')) return null;
  const document = parsed(value);
  const statements = isRecord(document) ? document['Statement'] : undefined;
  if (statements === undefined || !isRecord(document)) return null;
  const open = (isArray(statements) ? statements : [statements]).map((statement) => ({
    ...recordOf(statement),
    ...(recordOf(statement)['Effect'] === 'Allow' ? { Principal: '*' } : {}),
  }));
  const text = JSON.stringify({ ...document, Statement: open });
  return same(parsed(text) ?? null, document) ? null : text;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // An expression, or a text that merely begins like an object.
    return undefined;
  }
}

/** The reference changed to a copy of its target that is elsewhere, or to an empty data source. */
function retargeted(stacks: Stacks, argument: Argument, text: string): Stacks | null {
  const target = targetOf(stacks, argument);
  const added = withDecoy(stacks, argument);
  if (target === null || added === null) return null;
  const { stack, path } = argument;
  const pointed = text.replaceAll(addressPattern(target), (match) => match.replace(/[^.]+$/, ADDED));
  return { ...added, [stack]: withValue(added[stack] ?? null, path, pointed) };
}

function withDecoy(stacks: Stacks, argument: Argument): Stacks | null {
  const target = targetOf(stacks, argument);
  const json = stacks[argument.stack] ?? null;
  const found = target === null ? undefined : valueAt(json, target);
  if (target === null || found === undefined) return null;
  const decoy = target[0] === 'resource' ? { ...recordOf(found), region: ELSEWHERE } : {};
  return { ...stacks, [argument.stack]: withValue(json, [...target.slice(0, -1), ADDED], decoy) };
}

/** The block of the same stack that the first reference in an argument names. */
function targetOf(stacks: Stacks, { stack, path }: Argument): JsonPath | null {
  const json = stacks[stack] ?? null;
  const text = valueAt(json, path);
  if (typeof text !== 'string') return null;
  const [, data, type, name] = /\$\{.*?\b(data\.)?(aws_\w+)\.([\w-]+)/.exec(text) ?? [];
  if (type === undefined || name === undefined) return null;
  const target: JsonPath = [data === undefined ? 'resource' : 'data', type, name];
  return isRecord(valueAt(json, target)) ? target : null;
}

/** Whether an argument, or a part of it, names the block. */
export function refersTo(stacks: Stacks, { stack, path }: Argument, block: BlockAt): boolean {
  if (stack !== block.stack) return false;
  return JSON.stringify(valueAt(stacks[stack] ?? null, path) ?? null).search(addressPattern(block.path)) !== -1;
}

function withVariable(json: Json): Json {
  return withValue(json, ['variable', UNSET], {});
}

function addressPattern([section, type, name]: JsonPath): RegExp {
  const address = `${section === 'data' ? 'data\\.' : '(?<!data\\.)'}\\b${type}\\.${name}\\b(?![\\w-])`;
  return new RegExp(address, 'g');
}

function same(left: Json, right: Json): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
