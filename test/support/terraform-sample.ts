import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Example } from '../../checks/check.ts';
import { channelCases } from './channel-cases.ts';
import { isArray, type Json, type JsonRecord, jsonOf, isRecord, recordOf } from './json-tree.ts';
import { type ProviderSchema, REQUIREMENTS, type SchemaBlock } from './offline-plan.ts';
import { storeCases } from './store-cases.ts';

/** What the provider demands of a type besides what the tables of encryption say, such as a name. */
const REQUIRED: JsonRecord = recordOf(jsonOf(readJson('terraform-required.json')));
const RECORDED = new URL('../fixtures/terraform-sample.json', import.meta.url);

/** What the real Terraform said of a sample. */
export interface RecordedSample {
  /** Of the sample, before it took the shape that the schema asks for. */
  readonly digest: string;
  readonly exitCode: number;
  readonly errors: readonly string[];
  /** Arguments of the tables that its provider does not know. */
  readonly unknown: readonly string[];
}

/** Resources by type and name: every thing that a table knows, encrypted, with what the provider demands besides. */
export type Sample = Readonly<Record<string, Readonly<Record<string, JsonRecord>>>>;

export function encryptedSample(): Sample {
  const examples = [
    ...storeCases().map(({ examples: all }) => all.get('customer key') ?? all.get('omitted')),
    ...channelCases().map(({ examples: all }) => all.get('encrypted')),
  ];
  const bodies = new Map<string, Set<string>>();
  for (const example of examples) {
    for (const [type, named] of Object.entries(resourcesOf(example))) {
      const required = REQUIRED[type];
      if (required === undefined) continue;
      const own = bodies.get(type) ?? new Set();
      bodies.set(type, own);
      for (const body of Object.values(recordOf(named))) own.add(JSON.stringify(merged(required, body)));
    }
  }
  const names = new Map(Array.from(bodies, ([type, own]) => [type, [...own].map((_, index) => `sample_${index}`)]));
  const sample = Array.from(bodies, ([type, own]) => {
    const resources = [...own].map((body, index) => {
      // Owners and users have other names here than in the cases they are from.
      const text = body.replaceAll(/\$\{(aws_\w+)\.\w+\.(\w+)\}/g, (whole, referred: string, attribute: string) => {
        const [name] = names.get(referred) ?? [];
        return referred === 'aws_kms_key'
          ? whole
          : name === undefined
            ? 'ledger'
            : `\${${referred}.${name}.${attribute}}`;
      });
      const resource: JsonRecord = JSON.parse(text);
      return [`sample_${index}`, resource] as const;
    });
    return [type, Object.fromEntries(resources)] as const;
  });
  return Object.fromEntries(sample);
}

export function digestOf(sample: Sample): string {
  return createHash('sha256').update(JSON.stringify(sample)).digest('hex').slice(0, 16);
}

/** A root module of a sample, as the schema wants it written. */
export function sampleRoot(sample: Sample, schema: ProviderSchema): object {
  const resource = Object.entries(sample).map(([type, named]) => {
    const block = schema[type]?.block ?? {};
    return [
      type,
      Object.fromEntries(Object.entries(named).map(([name, body]) => [name, shaped(body, block)])),
    ] as const;
  });
  return {
    terraform: REQUIREMENTS,
    provider: { aws: [{ region: 'eu-west-1' }] },
    resource: { aws_kms_key: { ledger: {} }, ...Object.fromEntries(resource) },
  };
}

/** Whether a type has an argument or block at a dotted path. */
export function schemaHas(schema: ProviderSchema, type: string, path: string): boolean {
  let block: SchemaBlock | undefined = schema[type]?.block;
  const steps = path.split('.');
  return steps.every((step) => {
    const attribute = block?.attributes?.[step];
    const inner = block?.block_types?.[step];
    block = inner?.block ?? attribute?.nested_type ?? objectsOf(attribute?.type);
    return attribute !== undefined || inner !== undefined;
  });
}

/** The members of objects that an attribute holds. */
function objectsOf(type: unknown): SchemaBlock {
  const [kind, inner]: readonly unknown[] = Array.isArray(type) ? type : [];
  if (kind !== 'object') return inner === undefined ? {} : objectsOf(inner);
  const members = Object.entries(recordOf(jsonOf(inner)));
  return { attributes: Object.fromEntries(members.map(([name, own]) => [name, { type: own }])) };
}

export function recordedSample(): RecordedSample {
  return JSON.parse(readFileSync(RECORDED, 'utf8'));
}

export function recordSample(sample: RecordedSample): void {
  writeFileSync(RECORDED, `${JSON.stringify(sample, null, 2)}\n`);
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8'));
}

function resourcesOf(example: Example | undefined): JsonRecord {
  return recordOf(recordOf(jsonOf(example?.stacks['west'] ?? {}))['resource']);
}

function merged(base: Json, over: Json): Json {
  if (!isRecord(base) || !isRecord(over)) return over;
  const both = Object.entries(over).map(([key, value]) => [
    key,
    key in base ? merged(base[key] ?? null, value) : value,
  ]);
  return { ...base, ...Object.fromEntries(both) };
}

/** An attribute that nests in a list or set is not written like a block, of which one is as good as a list of one. */
function shaped(body: Json, block: SchemaBlock): Json {
  if (isArray(body)) return body.map((item) => shaped(item, block));
  if (!isRecord(body)) return body;
  const entries = Object.entries(body).map(([name, value]) => {
    const nested = block.attributes?.[name]?.nested_type;
    if (nested !== undefined && isRecord(value)) {
      const inner = shaped(value, nested);
      return [name, nested.nesting_mode === 'single' ? inner : [inner]] as const;
    }
    return [name, shaped(value, block.block_types?.[name]?.block ?? {})] as const;
  });
  return Object.fromEntries(entries);
}
