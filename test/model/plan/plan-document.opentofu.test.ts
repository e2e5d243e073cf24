import { describe, expect, it } from 'vitest';
import chg001 from '../../../checks/integrity/chg-001-complete-population.ts';
import res001 from '../../../checks/residency/res-001-region-of-site.ts';
import type { Estate } from '../../../model/estate.ts';
import { parseEstate } from '../../../model/synth/estate.ts';
import { judgeEstate, policyOf } from '../../../checks/example-estate.ts';

/*
 * Plans as `tofu show -json` writes them, by its source (1.6 to 1.11): no `complete` and no `applyable`, providers of a
 * registry of its own, ephemeral resources among the changes, and nothing of what `for_each` of a provider says.
 */

const AWS = 'registry.opentofu.org/hashicorp/aws';
const LEDGER = { address: 'aws_s3_bucket.ledger', mode: 'managed', type: 'aws_s3_bucket', name: 'ledger' };
const OPENED = {
  address: 'ephemeral.aws_secretsmanager_secret_version.db',
  mode: 'ephemeral',
  type: 'aws_secretsmanager_secret_version',
  name: 'db',
  provider_name: AWS,
  change: { actions: ['open'], before: null, after: null, after_unknown: {}, before_sensitive: false },
};
const WEST = {
  region: { constant_value: 'eu-west-1' },
  allowed_account_ids: { constant_value: ['111111111111'] },
};

function plan(fields: object = {}): object {
  return {
    format_version: '1.2',
    terraform_version: '1.11.2',
    planned_values: { root_module: { resources: [{ ...LEDGER, provider_name: AWS, values: { bucket: 'ledger' } }] } },
    resource_changes: [change(LEDGER)],
    configuration: configuration({ aws: { name: 'aws', full_name: AWS, expressions: WEST } }, 'aws'),
    timestamp: '2026-11-01T00:00:00Z',
    errored: false,
    ...fields,
  };
}

function change(identity: object, provider = AWS): object {
  const values = { before: null, after: { bucket: 'ledger' }, after_unknown: { id: true } };
  return { ...identity, provider_name: provider, change: { actions: ['create'], ...values } };
}

function configuration(providers: object, key: string, root: object = {}): object {
  const block = { ...LEDGER, provider_config_key: key, expressions: { bucket: { constant_value: 'ledger' } } };
  return { provider_config: providers, root_module: { resources: [block], ...root } };
}

function read(given: object): Estate {
  const chunks = [Buffer.from(JSON.stringify(given))];
  return parseEstate({
    stacks: [],
    plans: [{ name: 'west', path: 'west.json', chunks, sha256: '' }],
    problems: [],
    declaredStacks: ['west'],
  });
}

function outcomesOf(given: object): readonly (readonly string[])[] {
  const estate = read(given);
  expect(estate.problems).toEqual([]);
  const { results } = judgeEstate([chg001, res001], estate, policyOf({ stacks: {} }));
  return results
    .filter(({ subject }) => subject.kind === 'resource')
    .map(({ control, verdict, message }) => (verdict === 'pass' ? [control, verdict] : [control, verdict, message]));
}

it("takes a provider of OpenTofu's registry for the same as that of Terraform's", () => {
  expect(outcomesOf(plan())).toEqual([
    ['CHG-001', 'pass'],
    ['RES-001', 'pass'],
  ]);
});

describe('of another provider that is called aws', () => {
  const foreign = 'registry.opentofu.org/mallory/aws';
  const reason = 'is made by the provider "mallory/aws", and the tables are for hashicorp/aws';

  it.each([
    ['where it is configured', { aws: { name: 'aws', full_name: foreign, expressions: WEST } }],
    [
      'beside the real one',
      {
        'm:aws': { name: 'aws', full_name: AWS, module_address: 'm' },
        aws: { name: 'aws', full_name: foreign, expressions: WEST },
        'z:aws': { name: 'aws', full_name: AWS, module_address: 'z' },
      },
    ],
    ['where the configuration names the real one', { aws: { name: 'aws', full_name: AWS, expressions: WEST } }],
    ['where no configuration names it', {}],
  ])('an object is not known, %s', (_, providers) => {
    const given = plan({
      resource_changes: [change(LEDGER, foreign)],
      configuration: configuration(providers, 'aws'),
    });
    expect(outcomesOf(given)[0]).toEqual(['CHG-001', 'unproven', reason]);
  });
});

it.each([
  ['the value of each instance', { references: ['each.value'] }],
  ['a map by the key of each instance', { references: ['var.regions', 'each.key'] }],
  ['an expression of JSON', { constant_value: '${each.value}' }],
])('does not know where a provider is that for_each makes several of, by %s', (_, region) => {
  const expressions = { ...WEST, region };
  const providers = { 'aws.by_region': { name: 'aws', alias: 'by_region', full_name: AWS, expressions } };
  const given = plan({
    configuration: configuration(providers, 'aws.by_region', { variables: { regions: {} } }),
    variables: { regions: { value: { west: 'eu-west-1' } } },
  });
  expect(outcomesOf(given)[1]?.slice(0, 2)).toEqual(['RES-001', 'unproven']);
});

it.each([
  ['a plan', { meta: { 'key_provider.pbkdf2.x': 'e30=' }, encrypted_data: 'AAAA', encryption_version: 'v0' }],
  ['a state', { serial: 3, lineage: 'x', meta: {}, encrypted_data: 'AAAA', encryption_version: 'v0' }],
])('refuses %s that is encrypted, and says how to show it', (_, given) => {
  const [problem] = read(given).problems;
  expect(problem).toMatchObject({ code: 'IN-ENCRYPTED', what: expect.stringContaining('OpenTofu has encrypted') });
  expect(problem?.fix).toContain('tofu show -json');
});

describe('an ephemeral resource', () => {
  const changes = (fields: object) => plan({ resource_changes: [change(LEDGER), { ...OPENED, ...fields }] });

  it('is passed over: it is opened for a run, and leaves nothing', () => {
    expect(outcomesOf(changes({}))).toHaveLength(2);
  });

  it.each([
    ['that is created', { change: { ...OPENED.change, actions: ['create'] } }],
    ['that is opened and created', { change: { ...OPENED.change, actions: ['open', 'create'] } }],
    ['that has values', { change: { ...OPENED.change, after: { acl: 'public-read' } } }],
    ['that had values', { change: { ...OPENED.change, before: { acl: 'public-read' } } }],
  ])('%s is none', (_, fields) => {
    expect(read(changes(fields)).problems).toMatchObject([{ code: 'IN-PLAN' }]);
  });

  it('alone makes no plan', () => {
    const given = plan({ resource_changes: [OPENED], planned_values: { root_module: {} } });
    expect(read(given).problems).toMatchObject([{ code: 'PLAN-EMPTY' }]);
  });
});

describe('a plan that does not say whether it is complete', () => {
  const other = { ...LEDGER, address: 'aws_s3_bucket.open["b"]', name: 'open', index: 'b', values: {} };
  const state = (resources: readonly object[], rest: object = {}) =>
    plan({ prior_state: { values: { root_module: { resources, ...rest } } } });

  it.each([
    ['an instance', state([other])],
    [
      'an object of a module',
      state([], { child_modules: [{ resources: [{ ...other, address: 'module.m.aws_s3_bucket.x' }] }] }),
    ],
  ])('is of a part where it leaves out %s that the state has', (_, given) => {
    expect(read(given).problems).toMatchObject([
      { code: 'PLAN-PARTIAL', what: expect.stringContaining('the state has') },
    ]);
  });

  it('may leave out what is read, and names what the state has', () => {
    const data = { address: 'data.aws_region.here', mode: 'data', type: 'aws_region', name: 'here', values: {} };
    expect(read(state([{ ...LEDGER, values: {} }, data])).problems).toEqual([]);
  });

  it('is believed where it says so', () => {
    expect(read({ ...state([other]), complete: true }).problems).toEqual([]);
  });
});
