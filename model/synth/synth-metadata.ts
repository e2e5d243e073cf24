import type { JsonNode, JsonObject } from '../json/json.ts';
import type { OverrideCall } from '../resource.ts';
import type { SourceLocation } from '../source.ts';

/** What CDKTF and the synth preload wrote beside a stack. It places findings; it never changes a verdict. */
export interface StackMetadata {
  readonly stackName: string | null;
  readonly overrides: ReadonlyMap<string, readonly string[]>;
  readonly stackCode: readonly SourceLocation[];
  readonly backendCode: readonly SourceLocation[];
  /** `addOverride` calls by construct path. */
  readonly overrideCalls: ReadonlyMap<string, readonly OverrideCall[]>;
}

export function stackMetadata(comments: readonly JsonObject[]): StackMetadata {
  const metadata = comments.map((comment) => objectAt(comment, 'metadata')).find((found) => found !== null) ?? null;
  const trefoil = metadata === null ? null : objectAt(metadata, 'trefoil');
  return {
    stackName: metadata === null ? null : stringAt(metadata, 'stackName'),
    overrides: overridesOf(metadata === null ? null : objectAt(metadata, 'overrides')),
    stackCode: frames(trefoil === null ? undefined : at(trefoil, 'stack')),
    backendCode: frames(trefoil === null ? undefined : at(trefoil, 'backend')),
    overrideCalls: overrideCalls(trefoil === null ? undefined : at(trefoil, 'overrides')),
  };
}

/** The construct path and the TypeScript calls of one resource. */
export function constructMetadata(
  body: JsonObject,
  labels: readonly string[],
  stack: StackMetadata,
): {
  readonly constructPath: string | null;
  readonly code: readonly SourceLocation[];
  readonly overrides: readonly OverrideCall[];
} {
  const comment = objectAt(body, '//');
  const metadata = comment === null ? null : objectAt(comment, 'metadata');
  const constructPath = metadata === null ? null : stringAt(metadata, 'path');
  return {
    constructPath,
    code: metadata === null ? [] : frames(at(metadata, 'stackTrace')),
    overrides: [
      ...(constructPath === null ? [] : (stack.overrideCalls.get(constructPath) ?? [])),
      ...throughStack(stack, `resource.${labels.join('.')}.`),
    ],
  };
}

/** Overrides of a resource by way of its stack: `stack.addOverride('resource.aws_s3_bucket.data.tags', ...)`. */
function throughStack({ stackName, overrideCalls: calls }: StackMetadata, prefix: string): readonly OverrideCall[] {
  const ofStack = stackName === null ? [] : (calls.get(stackName) ?? []);
  return ofStack
    .filter(({ path }) => path.startsWith(prefix))
    .map(({ path, code }) => ({ path: path.slice(prefix.length), code }));
}

/** The one major version that a constraint allows, or null. `~> 6` allows 7, so it fixes none. */
export function majorVersion(constraint: string | null): number | null {
  if (constraint === null) return null;
  let lowest: number | null = null;
  let below: number | null = null;
  for (const part of constraint.split(',')) {
    const match = /^\s*(?<operator>=|>=|>|<=|<|~>|!=)?\s*v?(?<version>\d+(?:\.\d+)*)(?:-[\w.]+)?\s*$/.exec(part);
    const version = match?.groups?.['version'];
    if (match === null || version === undefined) return null;
    const segments = version.split('.').map(Number);
    const [major = 0, ...rest] = segments;
    switch (match.groups?.['operator'] ?? '=') {
      case '=':
        return major;
      case '~>':
        lowest = Math.max(lowest ?? 0, major);
        if (segments.length > 1) below = Math.min(below ?? Infinity, major + 1);
        break;
      case '>=':
      case '>':
        lowest = Math.max(lowest ?? 0, major);
        break;
      case '<':
        below = Math.min(below ?? Infinity, rest.every((segment) => segment === 0) ? major : major + 1);
        break;
      case '<=':
        below = Math.min(below ?? Infinity, major + 1);
        break;
      case '!=':
        break;
    }
  }
  return lowest !== null && below === lowest + 1 ? lowest : null;
}

function overridesOf(overrides: JsonObject | null): ReadonlyMap<string, readonly string[]> {
  return new Map((overrides?.members ?? []).map(({ key, value }) => [key, stringsOf(value)]));
}

function overrideCalls(node: JsonNode | undefined): ReadonlyMap<string, readonly OverrideCall[]> {
  const calls = new Map<string, OverrideCall[]>();
  if (node?.kind !== 'array') return calls;
  for (const item of node.items) {
    if (item.kind !== 'object') continue;
    const element = stringAt(item, 'element') ?? '';
    const call = { path: stringAt(item, 'path') ?? '', code: frames(at(item, 'at')) };
    calls.set(element, [...(calls.get(element) ?? []), call]);
  }
  return calls;
}

const FRAME = /^(?<file>.+):(?<line>\d+):(?<column>\d+)$/;

function frames(node: JsonNode | undefined): readonly SourceLocation[] {
  return stringsOf(node).flatMap((text) => {
    const { file, line, column } = FRAME.exec(text)?.groups ?? {};
    if (file === undefined || line === undefined || column === undefined) return [];
    return [{ file, line: Number(line), column: Number(column) }];
  });
}

function stringsOf(node: JsonNode | undefined): readonly string[] {
  if (node?.kind === 'string') return [node.value];
  if (node?.kind !== 'array') return [];
  return node.items.flatMap((item) => (item.kind === 'string' ? [item.value] : []));
}

function at(object: JsonObject, key: string): JsonNode | undefined {
  return object.members.find((member) => member.key === key)?.value;
}

function objectAt(object: JsonObject, key: string): JsonObject | null {
  const node = at(object, key);
  return node?.kind === 'object' ? node : null;
}

function stringAt(object: JsonObject, key: string): string | null {
  const node = at(object, key);
  return node?.kind === 'string' ? node.value : null;
}
