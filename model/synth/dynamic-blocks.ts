import { orderedItems } from '../expression/order.ts';
import type { Scope } from '../expression/scope.ts';
import { objectForm } from '../expression/type.ts';
import type { JsonNode, JsonObject } from '../json/json.ts';
import { isHidden, NULL, object, string, unknown, type Value } from '../value.ts';

export const DYNAMIC = 'dynamic';

/** Blocks that one `dynamic` stands for at most, with those nested in it; more are left to the plan. */
export const MAXIMUM_BLOCKS = 10_000;

/** What expanding blocks needs from the evaluation around it. */
export interface Expansion {
  readonly scope: Scope;
  /** How many blocks there may be. */
  readonly allowance: number;
  readonly evaluate: (node: JsonNode, scope: Scope, allowance: number) => Value;
}

/** `dynamic "name" { for_each, iterator, content }` as the blocks it stands for, or what hides them. */
export function expandDynamic(
  name: string,
  block: JsonObject,
  { scope, allowance, evaluate }: Expansion,
): readonly Value[] {
  const content = part(block, 'content');
  const collection = part(block, 'for_each');
  if (content === undefined || collection === undefined) {
    return [unknown('invalid', `dynamic.${name}`, 'lacks for_each or content')];
  }
  const iteratorNode = part(block, 'iterator');
  const iterator = iteratorNode?.kind === 'string' ? iteratorNode.value.trim() : name;
  const elements = elementsOf(evaluate(collection, scope, allowance));
  if (elements === null) return [unknown('instances', `dynamic.${name}`, 'has a for_each that only the plan knows')];
  if (elements.length > allowance) {
    return [unknown('limit', `dynamic.${name}`, `stands for more than ${MAXIMUM_BLOCKS} blocks`)];
  }
  const left = Math.floor(allowance / Math.max(elements.length, 1));
  return elements.map(([key, value]) => {
    const block = evaluate(content, iterate(scope, iterator, key, value), left);
    // `[content]` and `content` are the same block.
    return block.kind === 'list' && block.items.length === 1 ? (block.items[0] ?? block) : block;
  });
}

/**
 * The dynamic blocks of a nested block, by the name of the blocks they stand for; null where `dynamic` is another
 * thing, such as a key of a map.
 */
export function nestedDynamic(node: JsonNode): readonly (readonly [string, JsonObject])[] | null {
  const levels = objects(node);
  const labelled = levels?.flatMap(({ members }) => members) ?? null;
  if (labelled === null || labelled.length === 0) return null;
  const found: (readonly [string, JsonObject])[] = [];
  for (const { key, value } of labelled) {
    if (key === '//') continue;
    const blocks = objects(value);
    if (blocks === null) return null;
    for (const block of blocks) {
      if (part(block, 'for_each') === undefined || part(block, 'content') === undefined) return null;
      found.push([key, block]);
    }
  }
  return found;
}

function objects(node: JsonNode): readonly JsonObject[] | null {
  if (node.kind === 'object') return [node];
  if (node.kind !== 'array') return null;
  const items = node.items.filter((item) => item.kind === 'object');
  return items.length === node.items.length ? items : null;
}

function part(block: JsonObject, key: string): JsonNode | undefined {
  return block.members.find((member) => member.key === key)?.value;
}

/** Key and value of each element, as `for_each` of a dynamic block numbers them; null where they are not known. */
function elementsOf(collection: Value): readonly (readonly [Value, Value])[] | null {
  if (isHidden(collection)) return null;
  if (collection.kind === 'object') {
    // A block of a resource that stands without its list is a list to Terraform.
    if (objectForm(collection) === 'declared') return null;
    return Array.from(collection.entries, ([key, value]) => [string(key), value]);
  }
  if (collection.kind !== 'list') return [];
  const items = orderedItems(collection);
  if (items === null && !collection.set) return null;
  return (items ?? collection.items).map((item, index) => [
    collection.set ? item : { kind: 'number', text: String(index) },
    item,
  ]);
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
