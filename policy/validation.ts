import { quote } from '../model/json/quote.ts';
import { escapePointer, type PlainDocument } from './document.ts';
import { POLICY_ERROR_CODES, type PolicyErrorCode, type PolicyProblem, problem } from './problem.ts';
import { nearest, suggest } from './suggestion.ts';

/** A function that ajv generated from a schema: it leaves the errors of a call on itself. */
export interface Validator {
  (data: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: { readonly [name: string]: unknown };
}

/** The keywords of JSON Schema that messages are made of. */
export interface Schema {
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly properties?: { readonly [key: string]: Schema };
  readonly items?: Schema;
  readonly $ref?: string;
  readonly definitions?: { readonly [name: string]: Schema };
  readonly 'x-code'?: string;
}

/** Everything in which a document differs from its schema. */
export function validateDocument(
  document: PlainDocument,
  validate: Validator,
  schema: Schema,
): readonly PolicyProblem[] {
  if (validate(document.root)) return [];
  return (validate.errors ?? []).map((error) => describe(error, document, schema));
}

function describe(
  { instancePath, keyword, params }: SchemaError,
  document: PlainDocument,
  root: Schema,
): PolicyProblem {
  const schema = schemaAt(root, instancePath);
  const name = nameOf(instancePath);
  const location = document.locate(instancePath);
  const value = valueAt(document.root, instancePath);
  const meaning = schema.description ?? 'See the JSON Schema of the policy.';
  switch (keyword) {
    case 'additionalProperties': {
      const key = String(params['additionalProperty']);
      const known = Object.keys(schema.properties ?? {});
      const at = document.locateKey(`${instancePath}/${escapePointer(key)}`);
      const isNear = nearest(key, known) !== null;
      const fix = suggest(key, known, isNear ? 'remove it.' : `remove it; known here: ${known.join(', ')}.`);
      return problem('PO-UNKNOWNKEY', at, `unknown key ${quote(key)} in ${name}`, fix);
    }
    case 'required': {
      const key = String(params['missingProperty']);
      const wanted = schema.properties?.[key]?.description ?? '';
      return problem('PO-MISSING', location, `${name} lacks "${key}"`, `Add "${key}": ${wanted}`);
    }
    case 'type': {
      const wanted = schema.type ?? 'value';
      const code = typeof value === 'number' ? codeOf(schema, 'PO-TYPE') : 'PO-TYPE';
      return problem(
        code,
        location,
        `${name} is ${show(value)}, not ${article(wanted)}`,
        fixOfType(wanted, value, meaning),
      );
    }
    case 'enum': {
      const allowed = (schema.enum ?? []).map(String);
      const fix = suggest(String(value), allowed, `use one of ${allowed.join(', ')}.`);
      return problem('PO-VALUE', location, `${name} is ${show(value)}`, fix);
    }
    case 'pattern':
      return problem(codeOf(schema, 'PO-VALUE'), location, `${name} is ${show(value)}`, meaning);
    case 'uniqueItems':
      return problem('PO-VALUE', location, `${name} holds an entry twice`, 'Keep one of them.');
    case 'minItems':
      return problem('PO-MISSING', location, `${name} has too few entries`, meaning);
    default:
      return problem('PO-VALUE', location, `${name} is ${show(value)}`, meaning);
  }
}

/** The schema of a part; what no schema describes has none. */
function schemaAt(root: Schema, pointer: string): Schema {
  let schema = resolve(root, root);
  for (const step of steps(pointer)) {
    const next = schema.items ?? (Object.hasOwn(schema.properties ?? {}, step) ? schema.properties?.[step] : undefined);
    schema = next === undefined ? {} : resolve(next, root);
  }
  return schema;
}

/** A description beside `$ref` says what the part is; the referred schema says how it is written. */
function resolve(schema: Schema, root: Schema): Schema {
  const name = schema.$ref?.replace('#/definitions/', '');
  const referred = name === undefined ? undefined : root.definitions?.[name];
  if (referred === undefined) return schema;
  const description = [schema.description, referred.description].filter((text) => text !== undefined).join(' ');
  return { ...referred, description };
}

function valueAt(root: unknown, pointer: string): unknown {
  let value = root;
  for (const step of steps(pointer)) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, step)?.value;
  }
  return value;
}

function steps(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** `sites[0].region`, the way people write a path. */
function nameOf(pointer: string): string {
  const name = steps(pointer)
    .map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`))
    .join('');
  return name === '' ? 'the file' : name.replace(/^\./, '');
}

function codeOf(schema: Schema, otherwise: PolicyErrorCode): PolicyErrorCode {
  return POLICY_ERROR_CODES.find((code) => code === schema['x-code']) ?? otherwise;
}

function show(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return `the number ${value}`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a mapping';
  return typeof value === 'boolean' ? String(value) : 'empty';
}

function article(type: string): string {
  if (type === 'array') return 'a list';
  if (type === 'object') return 'a mapping';
  return type === 'integer' ? 'a whole number' : `a ${type}`;
}

function fixOfType(wanted: string, value: unknown, meaning: string): string {
  if (wanted === 'boolean') return `Write true or false. ${meaning}`;
  return wanted === 'string' && (typeof value === 'number' || typeof value === 'boolean')
    ? `Quote it. ${meaning}`
    : meaning;
}
