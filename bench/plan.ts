import { closeSync, openSync, writeSync } from 'node:fs';
import { generateCells, type Resources } from './estate.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Body = { readonly [key: string]: Json };

interface Planned {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly body: Body;
}

/** What providers add to every resource: attributes that they compute, and optional ones that nothing sets; 3.3 kB in all. */
const COMPUTED = ['arn', 'id', 'owner_id', 'unique_id'];
const OMITTED = Array.from({ length: 36 }, (_, index) => `optional_argument_${index}`);

/**
 * Writes the plan of one stack of about `resources` resources, as `terraform show -json` writes it: on one line, each
 * resource in the planned values, in the changes and in the configuration. Never holds more of it than a cell.
 */
export function writePlan(path: string, resources: number): void {
  const file = openSync(path, 'w');
  try {
    const list = (of: (planned: Planned) => Json): void => {
      let separator = '';
      for (const cell of generateCells(resources)) {
        const entries = plannedOf(cell).map((planned) => JSON.stringify(of(planned)));
        writeSync(file, separator + entries.join(','));
        separator = ',';
      }
    };
    writeSync(
      file,
      '{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{"root_module":{"resources":[',
    );
    list((planned) => ({ ...identityOf(planned), schema_version: 0, values: known(planned), sensitive_values: {} }));
    writeSync(file, ']}},"resource_changes":[');
    list((planned) => ({
      ...identityOf(planned),
      change: {
        actions: ['create'],
        before: null,
        after: known(planned),
        after_unknown: unknowns(planned),
        before_sensitive: false,
        after_sensitive: { tags: {}, tags_all: {} },
      },
    }));
    writeSync(file, '],"configuration":{"provider_config":{"aws":');
    writeSync(file, JSON.stringify(PROVIDER));
    writeSync(file, '},"root_module":{"resources":[');
    list(({ body, ...planned }) => ({
      ...identityOf({ body, ...planned }),
      provider_config_key: 'aws',
      expressions: Object.fromEntries(Object.entries(body).map(([name, value]) => [name, { constant_value: value }])),
      schema_version: 0,
    }));
    writeSync(file, ']}},"timestamp":"2026-11-01T00:00:00Z","applyable":true,"complete":true,"errored":false}');
  } finally {
    closeSync(file);
  }
}

const PROVIDER: Json = {
  name: 'aws',
  full_name: 'registry.terraform.io/hashicorp/aws',
  version_constraint: '6.25.0',
  expressions: {
    region: { constant_value: 'eu-west-1' },
    allowed_account_ids: { constant_value: ['111111111111'] },
    default_tags: [{ tags: { constant_value: { 'ledger:site': 'west' } } }],
  },
};

function plannedOf(cell: Resources): readonly Planned[] {
  return Object.entries(cell).flatMap(([type, named]) =>
    Object.entries(named).map(([name, { '//': _, ...body }]) => ({
      address: `${type}.${name}`,
      type,
      name,
      body: bodyOf(JSON.stringify(body)),
    })),
  );
}

const bodyOf: (text: string) => Body = JSON.parse;

function identityOf({ address, type, name }: Planned): { readonly [key: string]: Json } {
  return { address, mode: 'managed', type, name, provider_name: 'registry.terraform.io/hashicorp/aws' };
}

/** References are known after apply; the rest is as it is written. */
function known({ body }: Planned): Json {
  const entries = Object.entries(body).filter(([, value]) => !mentions(value));
  return { ...Object.fromEntries(OMITTED.map((name) => [name, null])), ...Object.fromEntries(entries) };
}

function unknowns({ body }: Planned): Json {
  const entries = Object.entries(body).filter(([, value]) => mentions(value));
  return Object.fromEntries([...COMPUTED, ...entries.map(([name]) => name)].map((name) => [name, true]));
}

function mentions(value: Json): boolean {
  return JSON.stringify(value).includes('${');
}
