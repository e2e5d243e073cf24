import { InputError } from '../input-error.ts';
import type { JsonObject } from '../json/json.ts';
import { readJson } from '../json/read.ts';
import { fieldOf, objectField } from '../plan/json-fields.ts';
import { type ArgumentEvidence, classifyArguments } from './argument-classes.ts';

/** What the schema of a provider shows of one of its resource types. */
export interface SchemaType {
  /** Address of the provider: `registry.terraform.io/hashicorp/aws`. */
  readonly provider: string;
  /** Null where the arguments show nothing. */
  readonly evidence: ArgumentEvidence | null;
  /** Whether each resource can be placed in a Region of its own, as those of 6.x can that are not global. */
  readonly takesRegion: boolean;
}

export type SchemaTypes = ReadonlyMap<string, SchemaType>;

/** From the registry of Terraform or of OpenTofu; others may mean something else by a region. */
const AWS_PROVIDER = /^registry\.(?:terraform\.io|opentofu\.org)\/hashicorp\/aws$/;

/** Blocks that hold blocks of their own kind are written out by Terraform to some depth; deeper ones show no more. */
const DEEPEST = 10;

/**
 * Reads what `terraform providers schema -json` prints.
 *
 * @throws {InputError} for everything else.
 */
export function readProviderSchema(file: string, bytes: Uint8Array): SchemaTypes {
  const { root } = readJson(file, bytes);
  const providers = root.kind === 'object' ? objectField(root, 'provider_schemas') : null;
  if (providers === null) {
    throw new InputError({
      code: 'IN-SCHEMA',
      path: file,
      what: 'is no schema of providers',
      why: 'it has no object "provider_schemas"',
      fix: 'Give what "terraform providers schema -json" prints in an initialised directory.',
    });
  }
  const types = new Map<string, SchemaType>();
  for (const { key: provider, value } of providers.members) {
    const resources = value.kind === 'object' ? objectField(value, 'resource_schemas') : null;
    for (const { key: type, value: schema } of resources?.members ?? []) {
      const block = schema.kind === 'object' ? objectField(schema, 'block') : null;
      const settable = block === null ? [] : argumentsOf(block).toSorted();
      const takesRegion = AWS_PROVIDER.test(provider) && settable.includes('region');
      types.set(type, { provider, evidence: classifyArguments(settable), takesRegion });
    }
  }
  return types;
}

/** Dotted paths of what can be set in a block. */
function argumentsOf(root: JsonObject): readonly string[] {
  const found: string[] = [];
  const open: { readonly block: JsonObject; readonly path: readonly string[] }[] = [{ block: root, path: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { block, path } = next;
    for (const { key, value } of objectField(block, 'attributes')?.members ?? []) {
      if (value.kind !== 'object' || !isSettable(value)) continue;
      const nested = objectField(value, 'nested_type');
      if (nested === null) found.push([...path, key].join('.'));
      else if (path.length < DEEPEST) open.push({ block: nested, path: [...path, key] });
    }
    for (const { key, value } of objectField(block, 'block_types')?.members ?? []) {
      const inner = value.kind === 'object' ? objectField(value, 'block') : null;
      if (inner !== null && key !== 'timeouts' && path.length < DEEPEST)
        open.push({ block: inner, path: [...path, key] });
    }
  }
  return found;
}

function isSettable(attribute: JsonObject): boolean {
  return ['required', 'optional'].some((name) => {
    const node = fieldOf(attribute, name);
    return node?.kind === 'boolean' && node.value;
  });
}
