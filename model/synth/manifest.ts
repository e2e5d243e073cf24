import type { InputError } from '../input-error.ts';
import type { JsonDocument, JsonNode, JsonObject } from '../json/json.ts';
import { inputErrorAt, locationOf } from '../json/location.ts';
import { duplicates, firstMember } from '../json/plain.ts';
import { quote } from '../json/quote.ts';
import { DEFAULT_JSON_LIMITS, type JsonLimits, readJson } from '../json/read.ts';
import type { SourceLocation } from '../source.ts';

/** A stack that `manifest.json` of a synthesised app lists. Paths are as written, relative to the manifest. */
export interface ManifestStack {
  readonly name: string;
  readonly constructPath: string | null;
  readonly synthesizedStackPath: string;
  /** Where `cdktf deploy` runs Terraform. */
  readonly workingDirectory: string;
  /** Construct paths of the stacks that must be applied before. */
  readonly dependencies: readonly string[];
  readonly location: SourceLocation;
}

/**
 * Reads the manifest that cdktf and cdktn write: the population of a synthesised app, in the order of the file.
 *
 * @throws {InputError} when it is not certain which stacks there are and where.
 */
export function readManifest(
  file: string,
  bytes: Uint8Array,
  limits: JsonLimits = DEFAULT_JSON_LIMITS,
): readonly ManifestStack[] {
  const document = readJson(file, bytes, limits);
  const root = objectAt(document, document.root, 'the manifest');
  refuseDuplicates(document, root);
  const member = firstMember(root, 'stacks');
  if (member === null) throw manifestError(document, root.offset, 'the manifest has no member "stacks"');
  const stacks = objectAt(document, member.value, '"stacks"');
  refuseDuplicates(document, stacks);
  return stacks.members.map(({ key, keyOffset, value }) => {
    const stack = objectAt(document, value, `stack ${quote(key)}`);
    refuseDuplicates(document, stack);
    const name = text(document, stack, 'name');
    if (name !== key) {
      throw manifestError(document, keyOffset, `stack ${quote(key)} is named ${quote(name)}`);
    }
    return {
      name,
      constructPath: firstMember(stack, 'constructPath') === null ? null : text(document, stack, 'constructPath'),
      synthesizedStackPath: text(document, stack, 'synthesizedStackPath'),
      workingDirectory: text(document, stack, 'workingDirectory'),
      dependencies: dependenciesOf(document, stack),
      location: locationOf(document, keyOffset),
    };
  });
}

function dependenciesOf(document: JsonDocument, stack: JsonObject): readonly string[] {
  const member = firstMember(stack, 'dependencies');
  if (member === null) return [];
  const { value } = member;
  if (value.kind !== 'array') throw manifestError(document, value.offset, '"dependencies" is not an array');
  return value.items.map((item) => {
    if (item.kind !== 'string') throw manifestError(document, item.offset, 'a dependency is not a string');
    return item.value;
  });
}

function text(document: JsonDocument, stack: JsonObject, key: string): string {
  const member = firstMember(stack, key);
  if (member === null) throw manifestError(document, stack.offset, `the stack has no member "${key}"`);
  if (member.value.kind === 'string') return member.value.value;
  throw manifestError(document, member.value.offset, `"${key}" is not a string`);
}

function objectAt(document: JsonDocument, node: JsonNode, what: string): JsonObject {
  if (node.kind === 'object') return node;
  throw manifestError(document, node.offset, `${what} is not an object`);
}

function refuseDuplicates(document: JsonDocument, object: JsonObject): void {
  const [repeated] = duplicates(object);
  if (repeated === undefined) return;
  throw manifestError(document, repeated.again.keyOffset, `duplicate key ${quote(repeated.again.key)}`);
}

function manifestError(document: JsonDocument, offset: number, what: string): InputError {
  return inputErrorAt(document, offset, {
    code: 'IN-MANIFEST',
    what,
    why: 'the manifest says which stacks there are, so it is not certain that all of them are judged',
    fix: 'Synthesise again; if the directory is no output of cdktf or cdktn, pass the stacks one by one.',
  });
}
