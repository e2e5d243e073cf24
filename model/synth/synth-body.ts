import { evaluateTemplate } from '../expression/evaluate.ts';
import { formatNumber, parseNumber } from '../expression/number.ts';
import { isPlain, parseTemplate } from '../expression/parse.ts';
import type { Scope } from '../expression/scope.ts';
import { InputError } from '../input-error.ts';
import type { JsonDocument, JsonMember, JsonNode, JsonObject } from '../json/json.ts';
import type { Body, Path } from '../resource.ts';
import type { SourceLocation } from '../source.ts';
import { asItems, isHidden, list, NULL, object, string, unknown, type Value } from '../value.ts';
import type { EvaluationGuard } from '../evaluation-guard.ts';
import { objectsOf } from './labelled-blocks.ts';

/** Names in a body that are Terraform's own and no arguments of the provider. */
const META_ARGUMENTS = new Set([
  '//',
  'count',
  'for_each',
  'provider',
  'depends_on',
  'lifecycle',
  'provisioner',
  'connection',
  'dynamic',
]);

/** What the evaluation of a body needs from outside. */
export interface BodyContext {
  readonly scope: Scope;
  readonly guard: EvaluationGuard;
  /** Names the body in messages about cycles: `aws_s3_bucket.data of dublin-data`. */
  readonly owner: string;
}

/** The body of a block in a `*.tf.json`: strings are templates, evaluated in a scope when first asked for. */
export class SynthBody implements Body {
  readonly names: readonly string[];
  readonly #document: JsonDocument;
  readonly #object: JsonObject;
  readonly #context: BodyContext;
  readonly #members = new Map<string, JsonNode>();
  readonly #dynamic = new Map<string, readonly JsonObject[]>();
  readonly #values = new Map<string, Value>();

  /** @throws InputError IN-DUPKEY where an argument stands twice, IN-SCHEMA where `dynamic` is no block. */
  constructor(document: JsonDocument, body: JsonObject, context: BodyContext) {
    this.#document = document;
    this.#object = body;
    this.#context = context;
    for (const { key, keyOffset, value } of body.members) {
      if (key === 'dynamic') this.#addDynamic(value);
      if (META_ARGUMENTS.has(key)) continue;
      if (this.#members.has(key)) throw duplicate(document, key, keyOffset);
      this.#members.set(key, value);
    }
    this.names = [...new Set([...this.#members.keys(), ...this.#dynamic.keys()])];
  }

  value(name: string): Value {
    const known = this.#values.get(name);
    if (known !== undefined) return known;
    const value = this.#isLiteral(name) ? this.#evaluate(name) : this.#guarded(name);
    this.#values.set(name, value);
    return value;
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

  /** Whether a value needs no name, so that no cycle can run through it. */
  #isLiteral(name: string): boolean {
    const node = this.#members.get(name);
    if (this.#dynamic.has(name)) return false;
    return node === undefined || (node.kind === 'string' ? isPlain(node.value) : !isComposite(node));
  }

  #guarded(name: string): Value {
    const { guard, owner } = this.#context;
    return guard.evaluate(`${owner}.${name}`, () => this.#evaluate(name));
  }

  #addDynamic(node: JsonNode): void {
    for (const level of objectsOf(this.#document, node)) {
      for (const { key, value } of level.members) {
        const blocks = objectsOf(this.#document, value);
        this.#dynamic.set(key, [...(this.#dynamic.get(key) ?? []), ...blocks]);
      }
    }
  }

  #evaluate(name: string): Value {
    const { scope } = this.#context;
    const node = this.#members.get(name);
    const written = node === undefined ? NULL : evaluateNode(node, scope);
    const dynamic = this.#dynamic.get(name);
    if (dynamic === undefined) return written;
    const { items, open } = asItems(written);
    return list([...items, ...open, ...dynamic.flatMap((block) => expandDynamic(name, block, scope))]);
  }
}

function isComposite({ kind }: JsonNode): boolean {
  return kind === 'object' || kind === 'array';
}

/** A JSON value of a body as Terraform reads it: strings and object keys are templates. */
export function evaluateNode(node: JsonNode, scope: Scope): Value {
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
      return list(node.items.map((item) => evaluateNode(item, scope)));
    case 'object':
      return evaluateObject(node, scope);
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

function evaluateObject(node: JsonObject, scope: Scope): Value {
  const entries = new Map<string, Value>();
  for (const { key, value } of node.members) {
    const name = evaluateString(key, scope);
    if (name.kind !== 'string') return unknown('operation', key, 'is a key that only the plan knows');
    const before = entries.get(name.value);
    const after = evaluateNode(value, scope);
    // Twice the same key is two blocks of one type to HCL; as an argument Terraform rejects it.
    entries.set(name.value, before === undefined ? after : list([...asItems(before).items, ...asItems(after).items]));
  }
  return { kind: 'object', entries };
}

/** `dynamic "name" { for_each, iterator, content }` as the blocks it stands for, or what hides them. */
function expandDynamic(name: string, block: JsonObject, scope: Scope): readonly Value[] {
  const part = (key: string): JsonNode | undefined => block.members.find((member) => member.key === key)?.value;
  const content = part('content');
  const collection = part('for_each');
  if (content === undefined || collection === undefined) {
    return [unknown('invalid', `dynamic.${name}`, 'lacks for_each or content')];
  }
  const iteratorNode = part('iterator');
  const iterator = iteratorNode?.kind === 'string' ? iteratorNode.value : name;
  const forEach = evaluateNode(collection, scope);
  if (isHidden(forEach)) {
    return [unknown('instances', `dynamic.${name}`, 'has a for_each that only the plan knows')];
  }
  return eachOf(forEach).map(([key, value]) => evaluateNode(content, iterate(scope, iterator, key, value)));
}

/** Key and value of each element, as `for_each` of a dynamic block numbers them. */
function eachOf(collection: Value): readonly (readonly [Value, Value])[] {
  if (collection.kind === 'object') return Array.from(collection.entries, ([key, value]) => [string(key), value]);
  const { items } = asItems(collection);
  const isSet = collection.kind === 'list' && collection.set === true;
  return items.map((item, index) => [isSet ? item : { kind: 'number', text: String(index) }, item]);
}

function iterate(scope: Scope, iterator: string, key: Value, value: Value): Scope {
  const each = object([
    ['key', key],
    ['value', value],
  ]);
  return {
    root: (path) => {
      const [first, second] = path;
      if (first !== iterator) return scope.root(path);
      return second === undefined ? each : (each.entries.get(second) ?? NULL);
    },
    attribute: (reference, step) => scope.attribute(reference, step),
  };
}

function duplicate(document: JsonDocument, key: string, offset: number): InputError {
  return new InputError({
    code: 'IN-DUPKEY',
    path: document.file,
    location: { file: document.file, ...document.locate(offset) },
    what: `the argument ${JSON.stringify(key)} stands twice in one body`,
    why: 'Terraform rejects a repeated argument and merges a repeated block, and the file does not show which it is',
    fix: 'Write the argument once, or the blocks as one array.',
  });
}

/** The number as Terraform prints it: `1.0` is `1`. */
function canonicalNumber(text: string): string {
  if (/^[1-9]\d{0,14}$|^0$/.test(text)) return text;
  const number = parseNumber(text);
  return number === null || number === 'unsure' ? text : formatNumber(number);
}
