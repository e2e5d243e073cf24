import { evaluateTemplate } from '../expression/evaluate.ts';
import { isPlain, parseTemplate } from '../expression/parse.ts';
import type { Scope } from '../expression/scope.ts';
import { InputError } from '../input-error.ts';
import type { JsonDocument, JsonMember, JsonNode, JsonObject } from '../json/json.ts';
import type { Body, Path } from '../resource.ts';
import type { SourceLocation } from '../source.ts';
import { asItems, list, NULL, type ObjectId, string, unknown, type Value } from '../value.ts';
import { type BodyShapes, BodyValues } from '../body-shape.ts';
import type { EvaluationGuard } from '../evaluation-guard.ts';
import { DYNAMIC, expandDynamic, MAXIMUM_BLOCKS, nestedDynamic } from './dynamic-blocks.ts';
import { objectsOf } from './labelled-blocks.ts';
import { canonicalNumber } from './variable-value.ts';

const COMMENT = '//';

/** Names in a body that are Terraform's own and no arguments of the provider. */
const META_ARGUMENTS = new Set([
  COMMENT,
  'count',
  'for_each',
  'provider',
  'depends_on',
  'lifecycle',
  'provisioner',
  'connection',
  DYNAMIC,
]);

/** `_` holds arguments of the provider whatever their names, which Terraform merges into the body around it. */
const ESCAPING_BLOCK = '_';

/** What the evaluation of a body needs from outside. */
export interface BodyContext {
  readonly scope: Scope;
  readonly guard: EvaluationGuard;
  /** Of all bodies that may have the same names. */
  readonly shapes: BodyShapes;
}

type DynamicBlocks = ReadonlyMap<string, readonly JsonObject[]>;

/**
 * The body of a block in a `*.tf.json`: strings are templates, evaluated in a scope when first asked for. There is one
 * for each resource, so it keeps arrays: maps for names, nodes and values would take more room than all else of it.
 */
export class SynthBody implements Body {
  readonly #document: JsonDocument;
  readonly #object: JsonObject;
  readonly #context: BodyContext;
  readonly #owner: ObjectId | string;
  /** What is written, at the places of the names; undefined for blocks that only `dynamic` makes. */
  readonly #nodes: readonly (JsonNode | undefined)[];
  readonly #dynamic: DynamicBlocks | null;
  readonly #values: BodyValues;

  /**
   * `owner` names the body in messages about cycles.
   * @throws InputError IN-DUPKEY where an argument stands twice, IN-SCHEMA where `dynamic` is no block.
   */
  constructor(document: JsonDocument, body: JsonObject, context: BodyContext, owner: ObjectId | string) {
    this.#document = document;
    this.#object = body;
    this.#context = context;
    this.#owner = owner;
    const { members, dynamic } = argumentsOf(document, body);
    const written = members.map(({ key }) => key);
    const names = dynamic === null ? written : [...written, ...namesBeside(written, dynamic)];
    const shape = context.shapes.of(names);
    if (shape.places.size < names.length) throw duplicate(document, members);
    this.#nodes = members.map(({ value }) => value);
    this.#dynamic = dynamic;
    this.#values = new BodyValues(shape);
  }

  get names(): readonly string[] {
    return this.#values.shape.names;
  }

  value(name: string): Value {
    const values = this.#values;
    const known = values.get(name);
    // Of millions of readings nearly all end here, without a function made for them.
    if (known !== undefined && !this.#context.guard.isTangled) return known;
    return values.shape.places.has(name) ? this.#valueOnce(name) : NULL;
  }

  #valueOnce(name: string): Value {
    return this.#context.guard.once(
      this.#values,
      name,
      () => this.#label(name),
      () => this.#evaluate(name),
    );
  }

  locate(path: Path): SourceLocation {
    let offset = this.#object.offset;
    let node: JsonNode = this.#object;
    for (const step of path) {
      if (node.kind === 'array' && typeof step === 'string' && node.items.length === 1) node = node.items[0] ?? node;
      if (node.kind === 'object') {
        // A block without its array: `[0]` is the block itself.
        if (step === 0) continue;
        const found: JsonMember | undefined = node.members.find(({ key }) => key === String(step));
        if (found === undefined) break;
        offset = found.keyOffset;
        node = found.value;
      } else if (node.kind === 'array' && typeof step === 'number') {
        const item: JsonNode | undefined = node.items[step];
        if (item === undefined) break;
        offset = item.offset;
        node = item;
      } else break;
    }
    return { file: this.#document.file, ...this.#document.locate(offset) };
  }

  /** `aws_s3_bucket.data of dublin-data.bucket`. */
  #label(name: string): string {
    const owner = this.#owner;
    return `${typeof owner === 'string' ? owner : `${owner.address} of ${owner.stack}`}.${name}`;
  }

  #evaluate(name: string): Value {
    const { scope } = this.#context;
    const node = this.#nodes[this.#values.shape.places.get(name) ?? -1];
    const written = node === undefined ? NULL : evaluateNode(node, scope);
    const dynamic = this.#dynamic?.get(name);
    if (dynamic === undefined) return written;
    const { items, open } = asItems(written);
    return list([
      ...items,
      ...open,
      ...dynamic.flatMap((block) =>
        expandDynamic(name, block, { scope, allowance: MAXIMUM_BLOCKS, evaluate: evaluateNode }),
      ),
    ]);
  }
}

/**
 * A JSON value of a body as Terraform reads it: strings and object keys are templates, `dynamic` in a nested block
 * stands for blocks. `allowance` bounds how many.
 */
export function evaluateNode(node: JsonNode, scope: Scope, allowance = MAXIMUM_BLOCKS): Value {
  switch (node.kind) {
    case 'string':
      return evaluateString(node.value, scope);
    case 'number':
      return { kind: 'number', text: canonicalNumber(node.text) };
    case 'boolean':
      return { kind: 'boolean', value: node.value };
    case 'null':
      return NULL;
    case 'array':
      return list(node.items.map((item) => evaluateNode(item, scope, allowance)));
    case 'object':
      return evaluateObject(node, scope, allowance);
  }
}

function evaluateString(written: string, scope: Scope): Value {
  // Terraform's template lexer drops a leading byte order mark and normalises what it reads.
  const text = written.startsWith('\uFEFF') ? written.slice(1) : written;
  if (isPlain(text)) return string(text.normalize('NFC'));
  const parsed = parseTemplate(text);
  if (parsed.kind === 'error') return unknown('invalid', text, `is no valid expression: ${parsed.message}`);
  return evaluateTemplate(parsed.expression, scope);
}

function evaluateObject(node: JsonObject, scope: Scope, allowance: number): Value {
  const entries = new Map<string, Value>();
  let isSensitive = false;
  // Twice the same key is two blocks of one type to HCL; as an argument Terraform rejects it.
  const add = (name: string, values: readonly Value[]): void => {
    const before = entries.get(name);
    const [only = NULL, ...more] = values;
    if (before === undefined && more.length === 0) entries.set(name, only);
    else entries.set(name, list([...blocksOf(before ?? NULL), ...values.flatMap(blocksOf)]));
  };
  for (const { key, value } of node.members) {
    const dynamic = key === DYNAMIC ? nestedDynamic(value) : null;
    if (dynamic !== null) {
      for (const [name, block] of dynamic)
        add(name, [list(expandDynamic(name, block, { scope, allowance, evaluate: evaluateNode }))]);
      continue;
    }
    const name = evaluateString(key, scope);
    if (name.kind !== 'string') return unknown('operation', key, 'is a key that only the plan knows');
    if (name.sensitive) isSensitive = true;
    add(name.value, [evaluateNode(value, scope, allowance)]);
  }
  return isSensitive ? { kind: 'object', entries, sensitive: true } : { kind: 'object', entries };
}

function blocksOf(value: Value): readonly Value[] {
  const { items, open } = asItems(value);
  return [...items, ...open];
}

/** What of a body is the provider's: its arguments and blocks, and the blocks that `dynamic` stands for. */
function argumentsOf(
  document: JsonDocument,
  body: JsonObject,
): { readonly members: readonly JsonMember[]; readonly dynamic: DynamicBlocks | null } {
  const members: JsonMember[] = [];
  let dynamic: Map<string, readonly JsonObject[]> | null = null;
  const addDynamic = (node: JsonNode): void => {
    dynamic ??= new Map();
    for (const level of objectsOf(document, node)) {
      for (const { key, value } of level.members) {
        if (key !== COMMENT) dynamic.set(key, [...(dynamic.get(key) ?? []), ...objectsOf(document, value)]);
      }
    }
  };
  for (const member of body.members) {
    if (member.key === DYNAMIC) addDynamic(member.value);
    else if (member.key === ESCAPING_BLOCK) {
      for (const escaped of objectsOf(document, member.value).flatMap((block) => block.members)) {
        if (escaped.key === DYNAMIC) addDynamic(escaped.value);
        else if (escaped.key !== COMMENT) members.push(escaped);
      }
    } else if (!META_ARGUMENTS.has(member.key)) members.push(member);
  }
  return { members, dynamic };
}

function namesBeside(names: readonly string[], dynamic: DynamicBlocks): readonly string[] {
  const known = new Set(names);
  return [...dynamic.keys()].filter((name) => !known.has(name));
}

/** The problem of members of which one stands twice. */
function duplicate(document: JsonDocument, members: readonly JsonMember[]): InputError {
  const seen = new Set<string>();
  const again = members.find(({ key }) => seen.size === seen.add(key).size);
  const { key, keyOffset: offset } = again ?? { key: '', keyOffset: 0 };
  return new InputError({
    code: 'IN-DUPKEY',
    path: document.file,
    location: { file: document.file, ...document.locate(offset) },
    what: `the argument ${JSON.stringify(key)} stands twice in one body`,
    why: 'Terraform rejects a repeated argument and merges a repeated block, and the file does not show which it is',
    fix: 'Write the argument once, or the blocks as one array.',
  });
}
