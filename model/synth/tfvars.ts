import { InputError } from '../input-error.ts';
import type { JsonNode } from '../json/json.ts';
import { inputErrorAt } from '../json/location.ts';
import { duplicates, duplicatesWithin, type DuplicateKey } from '../json/plain.ts';
import { quote } from '../json/quote.ts';
import { DEFAULT_JSON_LIMITS, type JsonLimits, readJson } from '../json/read.ts';

/** A file that gives values to input variables. */
export type VariableFile =
  /** Values are literal: Terraform evaluates no template in a variable file. */
  | { readonly kind: 'read'; readonly path: string; readonly values: ReadonlyMap<string, JsonNode> }
  /** In HCL syntax; it may set any variable. */
  | { readonly kind: 'unread'; readonly path: string };

export interface Variables {
  readonly variables: ReadonlyMap<string, JsonNode>;
  readonly unreadVariableFiles: readonly string[];
}

/** Comment of a JSON body, which Terraform skips. */
const COMMENT = '//';

/**
 * Reads a variable file in JSON syntax.
 *
 * @throws {InputError} for HCL syntax and for what Terraform refuses.
 */
export function readVariableFile(
  path: string,
  bytes: Uint8Array,
  limits: JsonLimits = DEFAULT_JSON_LIMITS,
): VariableFile & { readonly kind: 'read' } {
  // Terraform, too, goes by the name.
  if (!path.endsWith('.json')) throw notJson(path);
  const document = readJson(path, bytes, limits);
  const { root } = document;
  if (root.kind !== 'object') {
    throw inputErrorAt(document, root.offset, {
      code: 'IN-SCHEMA',
      what: `expected an object of variables, found ${root.kind}`,
      why: 'Terraform refuses such a variable file',
      fix: 'Write one object with a member for each variable.',
    });
  }
  const members = root.members.filter(({ key }) => key !== COMMENT);
  const declaration = members.find(({ key }) => key === 'variable');
  if (declaration !== undefined) {
    throw inputErrorAt(document, declaration.keyOffset, {
      code: 'IN-SCHEMA',
      what: 'the file declares variables, where their values belong',
      why: 'Terraform refuses declarations in a variable file',
      fix: 'Write {"<name>": <value>}.',
    });
  }
  const repeated: DuplicateKey | undefined =
    duplicates({ ...root, members })[0] ?? members.flatMap(({ value }) => duplicatesWithin(value))[0];
  if (repeated !== undefined) {
    const first = document.locate(repeated.first.keyOffset);
    throw inputErrorAt(document, repeated.again.keyOffset, {
      code: 'IN-DUPKEY',
      what: `duplicate key ${quote(repeated.again.key)} (first at ${first.line}:${first.column})`,
      why: 'Terraform refuses it, and other readers see only the last',
      fix: 'Keep one of the two.',
    });
  }
  return { kind: 'read', path, values: new Map(members.map(({ key, value }) => [key, value])) };
}

/**
 * Lays variable files over one another, the strongest last. What a file sets that is not read hides every value from
 * weaker files; stronger files decide again.
 */
export function mergeVariables(files: readonly VariableFile[]): Variables {
  const variables = new Map<string, JsonNode>();
  for (const file of files) {
    if (file.kind === 'unread') variables.clear();
    else for (const [name, value] of file.values) variables.set(name, value);
  }
  const unreadVariableFiles = files.filter(({ kind }) => kind === 'unread').map(({ path }) => path);
  return { variables, unreadVariableFiles };
}

function notJson(path: string): InputError {
  return new InputError({
    code: 'IN-SCHEMA',
    path,
    what: 'the variable file is in HCL syntax',
    why: 'only JSON syntax is read, and a variable file that is not read could set any variable',
    fix: 'Write the values as JSON in a file whose name ends in .tfvars.json, and give that file to Terraform too.',
  });
}
