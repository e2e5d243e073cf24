import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { FAMILIES, SEVERITIES } from '../../checks/check.ts';
import { BLOCKS, CHANGES, FIXED_BECAUSE, type Report, STAGES } from '../../checks/report.ts';
import { json } from '../../report/json.ts';
import { HOSTILE } from '../support/hostile-strings.ts';
import {
  BUCKETS_ENCRYPTED,
  comparisonOf,
  exceptedOf,
  failOf,
  passOf,
  PLAIN,
  reportOf,
  subjectOf,
  TRACE,
  unprovenOf,
  WITNESS,
} from '../support/reports.ts';
import { rendered } from '../support/rendered.ts';

const SCHEMA: unknown = JSON.parse(readFileSync(new URL('../../report/report.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true }).compile(
  SCHEMA as object,
);

function errorsOf(text: string): unknown {
  validate(JSON.parse(text));
  return validate.errors ?? [];
}

function write(report: Report): string {
  return rendered(json, report, PLAIN);
}

const ONE_OF_EACH = reportOf({
  results: [passOf(), failOf(), unprovenOf(), exceptedOf()],
  complete: false,
  incompleteBecause: ['stack norway-links was not found'],
  problems: [
    {
      code: 'IN-DUPKEY',
      path: 'a.tf.json',
      location: { file: 'a.tf.json', line: 3, column: 3 },
      what: 'duplicate key',
      why: 'one of them is lost',
      fix: 'Keep one.',
    },
    { code: 'IN-EMPTY', path: 'b.tf.json', what: 'is empty', why: 'nothing can be judged', fix: 'Synthesise again.' },
  ],
  exceptionProblems: [
    {
      code: 'PO-EXPIRED',
      location: { file: 'exceptions.yaml', line: 3, column: 5 },
      what: 'EX-7 ended',
      why: 'an expired exception permits nothing',
      fix: 'Renew it.',
    },
  ],
  exceptionFiles: [{ path: 'exceptions.yaml', sha256: 'c'.repeat(64) }],
});

describe('the schema', () => {
  it.each([
    ['an empty report', reportOf({ controls: [], sites: [], inputs: [] })],
    ['one of each verdict', ONE_OF_EACH],
    [
      'a comparison',
      reportOf({
        results: [passOf(), ...CHANGES.map((change) => failOf(undefined, { change }))],
        comparison: comparisonOf(),
      }),
    ],
    [
      'a policy of a commit',
      reportOf({
        policy: {
          ...reportOf().policy,
          history: {
            kind: 'known',
            commit: 'd'.repeat(40),
            state: 'untracked',
            lastChange: null,
            owners: { path: 'CODEOWNERS', sha256: 'f'.repeat(64), lines: [{ line: 3, text: '* @law' }] },
          },
        },
      }),
    ],
    [
      'a policy of no known commit',
      reportOf({
        policy: { ...reportOf().policy, history: { kind: 'unknown', because: 'there is no git on the PATH' } },
      }),
    ],
    [
      'no places',
      reportOf({
        results: [
          failOf(BUCKETS_ENCRYPTED, {
            subject: subjectOf({ source: null, code: null, stack: null, constructPath: null }),
            witness: null,
          }),
        ],
      }),
    ],
    [
      'hostile names',
      reportOf({
        results: HOSTILE.map((name) =>
          failOf(BUCKETS_ENCRYPTED, { site: name, message: name, subject: subjectOf({ address: name, stack: name }) }),
        ),
      }),
    ],
  ])('holds for %s', (_, report) => {
    expect(errorsOf(write(report))).toEqual([]);
  });

  it.each([
    ['a missing member', (text: string) => text.replace(/\n {2}"complete": false,/, '')],
    ['an unknown member', (text: string) => text.replace('"stage":', '"extra": 1, "stage":')],
    ['an unknown verdict', (text: string) => text.replace('"verdict":"fail"', '"verdict":"failed"')],
    ['a fail with an exception', (text: string) => text.replace('"verdict":"excepted"', '"verdict":"fail"')],
    ['a change of a pass', (text: string) => text.replace(/("verdict":"pass","change":)null/, '$1"new"')],
    ['a line 0', (text: string) => text.replace('"line":120', '"line":0')],
    ['another version', (text: string) => text.replace('"schemaVersion": "1.4"', '"schemaVersion": "2.0"')],
  ])('refuses %s', (_, spoil) => {
    const text = write(ONE_OF_EACH);
    const spoilt = spoil(text);
    expect(spoilt).not.toBe(text);
    expect(errorsOf(spoilt)).not.toEqual([]);
  });

  it('knows the words of the types', () => {
    expect(SCHEMA).toMatchObject({
      properties: { stage: { enum: STAGES } },
      definitions: {
        family: { enum: FAMILIES },
        severity: { enum: SEVERITIES },
        result: { properties: { change: { enum: [...CHANGES, null] } } },
        comparison: { properties: { blocks: { enum: BLOCKS } } },
        fixedFinding: { properties: { because: { enum: FIXED_BECAUSE } } },
      },
    });
  });
});

describe('the content', () => {
  it('names each result as the report does', () => {
    const [result] = (
      JSON.parse(
        write(
          reportOf({
            results: [
              failOf(BUCKETS_ENCRYPTED, {
                fingerprint: '0123456789abcdef01234567',
                parts: ['fedcba987654321076543210'],
              }),
            ],
          }),
        ),
      ) as { results: unknown[] }
    ).results;
    expect(result).toEqual({
      id: 'ENC-001:dublin-data:aws_s3_bucket.records',
      control: 'ENC-001',
      family: 'encryption',
      severity: 'critical',
      verdict: 'fail',
      change: null,
      site: 'dublin',
      subject: {
        kind: 'resource',
        stack: 'dublin-data',
        address: 'aws_s3_bucket.records',
        constructPath: 'dublin-data/records',
      },
      source: { file: 'stacks/data.ts', line: 2, column: 18 },
      code: { file: 'stacks/data.ts', line: 2, column: 18 },
      input: { file: 'cdktf.out/stacks/dublin-data/cdk.tf.json', line: 120, column: 7 },
      message: 'is encrypted with "AES256", a key of AWS',
      messageId: 'notCustomerKey',
      fix: BUCKETS_ENCRYPTED.fix,
      also: [],
      witness: {
        path: 'rule[0].apply_server_side_encryption_by_default.sse_algorithm',
        value: '"AES256"',
        extent: null,
        source: { file: 'cdktf.out/stacks/dublin-data/cdk.tf.json', line: 131, column: 15 },
        related: [
          {
            stack: 'dublin-data',
            address: 'aws_kms_key.records',
            constructPath: 'dublin-data/records-key',
            source: { file: 'cdktf.out/stacks/dublin-data/cdk.tf.json', line: 210, column: 7 },
            code: null,
            input: { file: 'cdktf.out/stacks/dublin-data/cdk.tf.json', line: 210, column: 7 },
          },
        ],
        trace: null,
        remedy: {
          construct: 'S3BucketServerSideEncryptionConfigurationA',
          module: '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js',
          address: 'aws_s3_bucket_server_side_encryption_configuration.records',
          code: { file: 'stacks/data.ts', line: 12, column: 5 },
          properties: [{ name: 'rule.applyServerSideEncryptionByDefault.sseAlgorithm', to: "'aws:kms'" }],
        },
      },
      fingerprint: '0123456789abcdef01234567',
      parts: ['fedcba987654321076543210'],
      blockers: [],
      exception: null,
    });
  });

  it('gives each hop of a packet its place', () => {
    const result = failOf(BUCKETS_ENCRYPTED, { witness: { ...WITNESS, trace: TRACE } });
    const text = write(reportOf({ results: [result] }));
    expect(errorsOf(text)).toEqual([]);
    const input = { file: 'cdktf.out/stacks/dublin-data/cdk.tf.json', line: 300, column: 7 };
    expect(JSON.parse(text)).toMatchObject({
      results: [
        {
          witness: {
            trace: {
              packet: 'tcp 443 from 10.0.1.5 to 203.0.113.9',
              hops: [
                {
                  at: 'aws_subnet.data',
                  what: 'takes the route to 0.0.0.0/0',
                  stack: 'dublin-data',
                  address: 'aws_route.leak',
                  constructPath: 'dublin-data/leak',
                  source: { file: 'stacks/data.ts', line: 9, column: 5 },
                  code: { file: 'stacks/data.ts', line: 9, column: 5 },
                  input,
                },
                { at: 'the Internet', what: 'is reached', address: null, source: null, code: null, input: null },
              ],
              closedBy: ['aws_route.leak'],
            },
          },
        },
      ],
    });
  });

  it('gives the place in the JSON where no TypeScript line is recorded', () => {
    const result = failOf(BUCKETS_ENCRYPTED, { subject: subjectOf({ code: null }) });
    expect(JSON.parse(write(reportOf({ results: [result] })))).toMatchObject({
      results: [{ source: { file: 'cdktf.out/stacks/dublin-data/cdk.tf.json', line: 120, column: 7 }, code: null }],
    });
  });

  it('says against what it was compared, and what is fixed', () => {
    const report = reportOf({ results: [failOf(undefined, { change: 'worsened' })], comparison: comparisonOf() });
    expect(JSON.parse(write(report))).toMatchObject({
      comparison: {
        base: { path: 'base.json', inputs: [{ path: 'base.json', sha256: 'd'.repeat(64) }], asOf: '2026-01-30' },
        blocks: 'changes',
        limits: ['the base is incomplete'],
        fixed: [
          { id: 'ENC-001:dublin-data:aws_s3_bucket.ledger', verdict: 'fail', because: 'passes' },
          { id: 'ENC-001:dublin-data:aws_s3_bucket.old', verdict: 'unproven', because: 'gone' },
        ],
      },
      results: [{ verdict: 'fail', change: 'worsened' }],
    });
  });

  it('counts verdicts and puts each result on a line of its own', () => {
    const text = write(ONE_OF_EACH);
    expect(text).toContain('"summary": {"pass":1,"fail":1,"unproven":1,"excepted":1,"not-applicable":1}');
    expect(text.split('\n').filter((line) => line.startsWith('    {"id":"ENC-001:'))).toHaveLength(4);
  });
});
