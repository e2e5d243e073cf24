import { parsePolicyTemplate } from '../../model/aws/policy-document.ts';
import type { Path, Resource, Step } from '../../model/resource.ts';
import { asString, child, type Hidden, isHidden, NULL, string, type Value } from '../../model/value.ts';
import type { Condition } from './mover.ts';

/** A value on the way along a path, with all that it stands in: `trail[i]` is where `i` names have led. */
export interface Node {
  readonly value: Value;
  readonly path: Path;
  readonly trail: readonly Node[];
}

/** The names of a path, apart: blocks, arguments and entries of maps. */
export function namesOf(path: string): readonly string[] {
  return path.match(/\{[^}]*\}|[^.]+/g) ?? [];
}

const EMPTY: readonly Node[] = [];

/** Every value at the end of a path of names, through blocks and lists; a value that hides more ends the way. */
export function valuesAt(resource: Resource, names: readonly string[]): readonly Node[] {
  const [first, ...rest] = names;
  const root: Node = { value: NULL, path: [], trail: [] };
  if (first === undefined) return [root];
  const value = resource.attribute(first);
  if (value.kind === 'null') return EMPTY;
  return along(apart(value, [first], [root]), rest);
}

function along(start: readonly Node[], names: readonly string[]): readonly Node[] {
  return names.reduce((nodes, name) => nodes.flatMap((node) => below(node, name)), start);
}

function below(node: Node, name: string): readonly Node[] {
  const { value, path } = node;
  const trail = [...node.trail, node];
  if (name === '@json') return apart(parsePolicyTemplate(value), path, trail);
  if (isHidden(value)) return [{ value, path, trail }];
  if (value.kind !== 'object') return EMPTY;
  switch (name) {
    case '#':
      return [...value.entries.keys()].map((key) => ({ value: string(key), path: [...path, key], trail }));
    case '*':
      return [...value.entries].flatMap(([key, item]) => apart(item, [...path, key], trail));
    default:
      return apart(child(value, keyOf(name)), [...path, keyOf(name)], trail);
  }
}

function keyOf(name: string): string {
  return name.startsWith('{') ? name.slice(1, -1) : name;
}

/** The items of a list, also of lists in it; a value that is none as the only one. */
function apart(value: Value, path: Path, trail: readonly Node[]): readonly Node[] {
  if (value.kind === 'null') return EMPTY;
  if (value.kind !== 'list') return [{ value, path, trail }];
  const nodes: Node[] = [];
  const open: { readonly value: Value; readonly path: readonly Step[] }[] = [{ value, path }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const at = next.path;
    if (next.value.kind !== 'list') {
      if (next.value.kind !== 'null') nodes.push({ value: next.value, path: at, trail });
      continue;
    }
    for (let index = next.value.items.length - 1; index >= 0; index -= 1) {
      open.push({ value: next.value.items[index] ?? NULL, path: [...at, index] });
    }
  }
  return nodes;
}

/** Whether a condition holds beside a value that was found at `names`; what hides it where that is not known. */
export function holds(
  condition: Condition,
  resource: Resource,
  node: Node,
  names: readonly string[],
): boolean | Hidden {
  const wanted = namesOf(condition.path);
  let shared = 0;
  while (shared < names.length - 1 && shared < wanted.length - 1 && names[shared] === wanted[shared]) shared += 1;
  const container = node.trail[shared];
  const values =
    shared === 0 || container === undefined ? valuesAt(resource, wanted) : along([container], wanted.slice(shared));
  const texts = values.map(({ value }) => asString(value));
  const hidden = texts.find((text) => isHidden(text));
  const known = texts.filter((text) => text === null || typeof text === 'string');
  const isAmong = (list: readonly (string | null)[]): boolean =>
    values.length === 0 ? list.includes(null) : known.some((text) => list.includes(text));
  if (condition.is !== undefined && !isAmong(condition.is)) return isHidden(hidden) ? hidden : false;
  if (condition.not !== undefined) {
    if (isAmong(condition.not)) return false;
    if (isHidden(hidden)) return hidden;
  }
  return true;
}
