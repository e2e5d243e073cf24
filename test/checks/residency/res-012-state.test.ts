import { strict as assert } from 'node:assert';
import { describe, expect, it } from 'vitest';
import check from '../../../checks/residency/res-012-state.ts';
import { testCheck } from '../../support/check-tester.ts';
import { judge } from '../../../checks/example-estate.ts';
import { isCovered } from '../../support/covered.ts';

const KEY = 'arn:aws:kms:eu-west-1:111111111111:key/00000000-0000-4000-8000-000000000000';
const FOREIGN_KEY = KEY.replace('111111111111', '999999999999');

function registered(arn: string) {
  return { arn, site: 'west', owner: 'Platform', reason: 'The state of all stacks.' };
}

/** A whole S3 configuration; undefined removes an argument. */
function s3(changes: object = {}, rest: object = {}) {
  const complete = {
    bucket: 'ledger-state',
    key: 'west',
    region: 'eu-west-1',
    encrypt: true,
    kms_key_id: KEY,
    use_lockfile: true,
  };
  return backend({ s3: { ...complete, ...changes } }, rest);
}

function backend(block: object, rest: object = {}) {
  return { west: { terraform: { backend: block }, ...rest } };
}

const bucketIn = (region: string) => ({
  resource: { aws_s3_bucket: { state: { bucket: 'ledger-state', region } } },
});

testCheck(check, {
  pass: [
    { name: 'encrypted, locked state in the Region of the site', stacks: s3() },
    { name: 'a lock in DynamoDB', stacks: s3({ use_lockfile: false, dynamodb_table: 'locks' }) },
    { name: 'text for booleans', stacks: s3({ encrypt: 'true', use_lockfile: 'true' }) },
    { name: 'an alias of a customer key', stacks: s3({ kms_key_id: KEY.replace(/key\/.*/, 'alias/state') }) },
    { name: 'a bucket of the estate in the same Region', stacks: s3({}, bucketIn('eu-west-1')) },
    { name: 'an endpoint of the Region', stacks: s3({ endpoints: { s3: 'https://s3.eu-west-1.amazonaws.com' } }) },
    {
      name: 'the Region of one of several sites',
      stacks: {
        links: {
          terraform: {
            backend: s3({ region: 'eu-north-1', kms_key_id: KEY.replace('eu-west-1', 'eu-north-1') }).west.terraform
              .backend,
          },
        },
      },
    },
    {
      name: 'a key of an account outside the enclave that the register has',
      stacks: s3({ kms_key_id: FOREIGN_KEY }),
      policy: { keys: { maximumRotationDays: 365, register: [registered(FOREIGN_KEY)] } },
    },
    { name: 'the block as a list', stacks: backend({ s3: [{ ...Object.values(s3().west.terraform.backend)[0] }] }) },
  ],
  fail: [
    { name: 'no backend', stacks: { west: { terraform: {} } }, fails: { west: 'undeclared' } },
    {
      name: 'no backend, where a plan and its synthesised stack are given',
      plan: { before: { west: { terraform: {} } }, synthesised: { west: { terraform: {} } } },
      stacks: { west: { terraform: {} } },
      fails: { west: 'undeclared' },
    },
    { name: 'a local backend', stacks: backend({ local: {} }), fails: { west: 'backend' } },
    { name: 'a backend of another cloud', stacks: backend({ gcs: { bucket: 'x' } }), fails: { west: 'backend' } },
    {
      name: 'the cloud block',
      stacks: { west: { terraform: { cloud: { organization: 'ledger', workspaces: { name: 'west' } } } } },
      fails: { west: 'hcp' },
    },
    {
      name: 'HCP Terraform even where the policy accepts the type',
      stacks: backend({ remote: { hostname: 'app.terraform.io', organization: 'ledger' } }),
      policy: { state: { backends: ['remote'] } },
      fails: { west: 'hcp' },
    },
    {
      name: 'another host of Terraform Enterprise',
      stacks: backend({ remote: { hostname: 'terraform.ledger.example', organization: 'ledger' } }),
      fails: { west: 'backend' },
    },
    { name: 'state in the United States', stacks: s3({ region: 'us-east-1' }), fails: { west: 'country' } },
    { name: 'state in another allowed country', stacks: s3({ region: 'eu-central-1' }), fails: { west: 'region' } },
    { name: 'a bucket of the estate elsewhere', stacks: s3({}, bucketIn('eu-central-1')), fails: { west: 'bucket' } },
    {
      name: 'an endpoint that is not AWS',
      stacks: s3({ endpoint: 'https://minio.example' }),
      fails: { west: 'endpoint' },
    },
    {
      name: 'an endpoint of another Region',
      stacks: s3({ endpoints: [{ s3: 'https://s3.us-east-1.amazonaws.com' }] }),
      fails: { west: 'endpoint' },
    },
    {
      name: 'an endpoint that only begins like AWS',
      stacks: s3({ endpoint: 'https://s3.eu-west-1.amazonaws.com@minio.example' }),
      fails: { west: 'endpoint' },
    },
    { name: 'encryption off', stacks: s3({ encrypt: false }), fails: { west: 'plain' } },
    { name: 'encryption not set', stacks: s3({ encrypt: undefined }), fails: { west: 'plain' } },
    { name: 'no key', stacks: s3({ kms_key_id: undefined }), fails: { west: 'noKey' } },
    {
      name: 'the key of the service',
      stacks: s3({ kms_key_id: 'arn:aws:kms:eu-west-1:111111111111:alias/aws/s3' }),
      fails: { west: 'key' },
    },
    {
      name: 'a key elsewhere',
      stacks: s3({ kms_key_id: KEY.replace('eu-west-1', 'us-east-1') }),
      fails: { west: 'keyRegion' },
    },
    { name: 'no lock', stacks: s3({ use_lockfile: undefined }), fails: { west: 'unlocked' } },
    { name: 'the lock off', stacks: s3({ use_lockfile: false }), fails: { west: 'unlocked' } },
  ],
  unproven: [
    {
      name: 'a partial configuration',
      stacks: backend({ s3: {} }),
      unproven: { west: 'bucket, key, region must come from -backend-config' },
    },
    {
      name: 'no Region',
      stacks: s3({ region: undefined }),
      unproven: { west: 'region must come from -backend-config' },
    },
    { name: 'an id of a key', stacks: s3({ kms_key_id: KEY.replace(/.*key\//, '') }), unproven: { west: 'any key' } },
    {
      name: 'a key of an account that is of no site',
      stacks: s3({ kms_key_id: FOREIGN_KEY }),
      unproven: { west: 'of an account that is of no site' },
    },
    {
      name: 'a key that the run gives in plain text',
      stacks: s3({ sse_customer_key: 'c2VjcmV0' }),
      unproven: { west: 'sse_customer_key' },
    },
    {
      name: 'a variable, which Terraform refuses',
      stacks: s3({ region: '${var.region}' }, { variable: { region: {} } }),
      unproven: { west: 'var.region' },
    },
    {
      name: 'a bucket of the estate elsewhere whose name the run gives',
      stacks: s3(
        {},
        {
          variable: { name: {} },
          resource: { aws_s3_bucket: { state: { bucket: '${var.name}', region: 'eu-central-1' } } },
        },
      ),
      unproven: { west: 'var.name' },
    },
    {
      name: 'an endpoint without a Region',
      stacks: s3({ endpoint: 's3.amazonaws.com' }),
      unproven: { west: 'names no Region' },
    },
    {
      name: 'a backend that the policy accepts and no table knows',
      stacks: backend({ http: { address: 'https://state.example' } }),
      policy: { state: { backends: ['s3', 'http'] } },
      unproven: { west: 'no table knows' },
    },
    {
      name: 'a plan alone, which does not show its backend',
      plan: { before: { west: { terraform: {} } } },
      stacks: { west: { terraform: {} } },
      unproven: { west: 'name the synthesised stack too' },
    },
    {
      name: 'a stack that the policy does not expect',
      stacks: { annex: s3().west },
      unproven: { annex: 'belongs to no site' },
    },
  ],
});

describe('RES-012', () => {
  it('points to the argument in the backend block', () => {
    const { results } = judge([check], { stacks: s3({ region: 'us-east-1' }) });
    assert.deepEqual(
      results.map(({ witness }) => [witness?.path, witness?.value, witness?.source?.file, witness?.source?.line]),
      [['region', '"us-east-1"', 'west/cdk.tf.json', 7]],
    );
  });

  it('names the line of the backend', () => {
    const { results } = judge([check], {
      stacks: {
        west: {
          '//': { metadata: { trefoil: { stack: ['stacks/west.ts:3:5'], backend: ['stacks/west.ts:9:5'] } } },
          ...s3({ region: 'us-east-1' }).west,
        },
      },
    });
    assert.deepEqual(results[0]?.subject.code, { file: 'stacks/west.ts', line: 9, column: 5 });
  });
});

const remote = (body: object) => backend({ remote: { organization: 'ledger', workspaces: [{ name: 'a' }], ...body } });

it.each([
  ['an organisation of others', remote({}), remote({ organization: 'others' })],
  ['another workspace', remote({}), remote({ workspaces: [{ name: 'b' }] })],
  [
    'another host',
    backend({ http: { address: 'https://state.ledger.example/west' } }),
    backend({ http: { address: 'https://state.others.example/west' } }),
  ],
  ['another bucket of Google', backend({ gcs: { bucket: 'ledger' } }), backend({ gcs: { bucket: 'others' } })],
  [
    'another storage account',
    backend({ azurerm: { storage_account_name: 'ledger', container_name: 'state' } }),
    backend({ azurerm: { storage_account_name: 'others', container_name: 'state' } }),
  ],
  ['another bucket abroad', s3({ region: 'us-east-1' }), s3({ region: 'us-east-1', bucket: 'others' })],
  ['another bucket in plain text', s3({ encrypt: false }), s3({ encrypt: false, bucket: 'others' })],
])('has an exception not cover %s', (_, approved, graver) => {
  expect(isCovered(check, { stacks: approved }, { stacks: graver })).toBe(false);
});

it('has an exception for a kind of backend not cover one that is worse in other ways', () => {
  const policy = { state: { backends: ['gcs'] } };
  const approved = { stacks: s3(), policy };
  expect(isCovered(check, approved, { stacks: s3({ encrypt: false }), policy })).toBe(false);
});

it('shows no secret of an address', () => {
  const { results } = judge([check], {
    stacks: backend({ http: { address: 'https://bot:hunter2@state.example/west?token=hunter2', password: 'hunter2' } }),
  });
  assert.ok(results.some(({ verdict }) => verdict === 'fail'));
  assert.ok(!JSON.stringify(results.map(({ message, witness, also }) => [message, witness, also])).includes('hunter2'));
});
