import { parsePolicyTemplate } from '../../model/aws/policy-document.ts';
import type { Path, Resource, Step } from '../../model/resource.ts';
import { asString, child, type Hidden, isHidden, NULL, string, unknown, type Value } from '../../model/value.ts';
import { documentIn } from './documents.ts';
import type { Condition } from './mover.ts';

/** A value on the way along a path. Most never become a flow, so that the whole path is put together when asked for. */
export interface Node {
  readonly value: Value;
  /** What the value stands in: one name before. */
  readonly above: Node | null;
  /** The name that led here, and indexes of lists. */
  readonly steps: Path;
}

/** The names of a path, apart: blocks, arguments and entries of maps. */
export function namesOf(path: string): readonly string[] {
  return path.match(/\{[^}]*\}|[^.]+/g) ?? [];
}

export function pathOf(node: Node): Path {
  const parts: Path[] = [];
  for (let at: Node | null = node; at !== null; at = at.above) parts.push(at.steps);
  return parts.toReversed().flat();
}

const EMPTY: readonly Node[] = [];

const SENSITIVE = unknown('operation', 'a sensitive text', 'is not looked into');

const ROOT: Node = { value: NULL, above: null, steps: [] };

/** Every value at the end of a path of names, through blocks and lists; a value that hides more ends the way. */
export function valuesAt(resource: Resource, names: readonly string[]): readonly Node[] {
  const [first] = names;
  if (first === undefined) return [ROOT];
  const value = resource.attribute(first);
  if (value.kind === 'null') return EMPTY;
  const nodes: Node[] = [];
  takeApart(value, [first], ROOT, nodes);
  return along(nodes, names, 1);
}

/** From nodes to which `done` names have led to those at the end. */
function along(start: readonly Node[], names: readonly string[], done: number): readonly Node[] {
  let nodes = start;
  for (let index = done; index < names.length && nodes.length > 0; index += 1) {
    const next: Node[] = [];
    for (const node of nodes) below(node, names[index] ?? '', next);
    nodes = next;
  }
  return nodes;
}

function below(node: Node, name: string, found: Node[]): void {
  const { value } = node;
  if (name === '@json') {
    // What is inside a sensitive text is sensitive, and its parts would not say so.
    const document = value.sensitive ? SENSITIVE : documentOf(value);
    takeApart(document, [], node, found);
  } else if (isHidden(value)) {
    found.push({ value, above: node, steps: [] });
  } else if (value.kind === 'object') {
    switch (name) {
      case '#':
        for (const key of value.entries.keys()) found.push({ value: string(key), above: node, steps: [key] });
        break;
      case '*':
        for (const [key, item] of value.entries) takeApart(item, [key], node, found);
        break;
      default: {
        const key = name.startsWith('{') ? name.slice(1, -1) : name;
        takeApart(child(value, key), [key], node, found);
      }
    }
  }
}

/** A document may be a list, as that of an access policy of OpenSearch Serverless is. */
function documentOf(value: Value): Value {
  return value.kind === 'string' || value.kind === 'template' ? documentIn(value) : parsePolicyTemplate(value);
}

/** Adds the items of a list, also of lists in it; a value that is none as the only one. */
function takeApart(value: Value, steps: Path, above: Node, found: Node[]): void {
  if (value.kind === 'null') return;
  if (value.kind !== 'list') {
    found.push({ value, above, steps });
    return;
  }
  const open: { readonly value: Value; readonly steps: readonly Step[] }[] = [{ value, steps }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.value.kind !== 'list') {
      if (next.value.kind !== 'null') found.push({ value: next.value, above, steps: next.steps });
      continue;
    }
    for (let index = next.value.items.length - 1; index >= 0; index -= 1) {
      open.push({ value: next.value.items[index] ?? NULL, steps: [...next.steps, index] });
    }
  }
}

/**
 * Whether a condition holds beside a value that was found at `names`; what hides it where that is not known. `wanted`
 * is the path of the condition, apart.
 */
export function holds(
  condition: Condition,
  wanted: readonly string[],
  { resource, node, names }: { readonly resource: Resource; readonly node: Node; readonly names: readonly string[] },
): boolean | Hidden {
  let shared = 0;
  while (shared < names.length - 1 && shared < wanted.length - 1 && names[shared] === wanted[shared]) shared += 1;
  let container: Node | null = node;
  for (let back = names.length - shared; back > 0 && container !== null; back -= 1) container = container.above;
  const values = shared === 0 || container === null ? valuesAt(resource, wanted) : along([container], wanted, shared);
  const texts = values.map(({ value }) => asString(value));
  const hidden = texts.find((text) => isHidden(text));
  const isAmong = (list: readonly (string | null)[]): boolean =>
    values.length === 0 ? list.includes(null) : texts.some((text) => !isHidden(text) && list.includes(text));
  if (condition.is !== undefined && !isAmong(condition.is)) return isHidden(hidden) ? hidden : false;
  if (condition.not !== undefined) {
    if (isAmong(condition.not)) return false;
    if (isHidden(hidden)) return hidden;
  }
  return true;
}
