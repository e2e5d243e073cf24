import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import type { Log, Result as SarifResult, Run } from 'sarif';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../checks/report.ts';
import { MOST_RESULTS } from '../../report/sarif-notification.ts';
import { sarif, sarifFindings } from '../../report/sarif.ts';
import { HOSTILE } from '../support/hostile-strings.ts';
import {
  BUCKETS_ENCRYPTED,
  comparisonOf,
  controlOf,
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

/** The OASIS schema is not ours to ship; a development machine has a copy beside the checkout, or says where. */
const SCHEMA_FILE =
  process.env['TREFOIL_SARIF_SCHEMA'] ??
  fileURLToPath(new URL('../../../shared/schemas/sarif-schema-2.1.0.json', import.meta.url));
const HAS_SCHEMA = existsSync(SCHEMA_FILE);
const SKIPPED = `NOT VALIDATED against the SARIF schema: none at ${SCHEMA_FILE} (set TREFOIL_SARIF_SCHEMA)`;

function schemaErrors(text: string): unknown {
  const ajv = new AjvDraft04.default({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')) as object);
  validate(JSON.parse(text));
  return validate.errors ?? [];
}

function runOf(report: Report, reporter = sarif): Run {
  const [run] = (JSON.parse(rendered(reporter, report, PLAIN)) as Log).runs;
  if (run === undefined) throw new Error('the log has no run');
  return run;
}

function resultsOf(report: Report, reporter = sarif): readonly SarifResult[] {
  return runOf(report, reporter).results ?? [];
}

function uriOf(subject: Parameters<typeof subjectOf>[0]): unknown {
  const [result] = resultsOf(reportOf({ results: [failOf(BUCKETS_ENCRYPTED, { subject: subjectOf(subject) })] }));
  return result?.locations?.[0]?.physicalLocation?.artifactLocation;
}

const PROBLEM = {
  code: 'IN-DUPKEY',
  path: 'a.tf.json',
  location: { file: 'a.tf.json', line: 3, column: 3 },
  what: 'duplicate key "resource"',
  why: 'one of them is lost',
  fix: 'Keep one.',
} as const;

const EVERYTHING = reportOf({
  results: [passOf(), failOf(), unprovenOf(), exceptedOf()],
  controls: [BUCKETS_ENCRYPTED, controlOf({ id: 'KEY-004' }), controlOf({ id: 'MON-001', status: 'planned' })],
  complete: false,
  incompleteBecause: ['stack norway-links was not found'],
  problems: [PROBLEM],
  exceptionProblems: [{ ...PROBLEM, code: 'PO-EXPIRED' }],
  exceptionFiles: [{ path: '../exceptions.yaml', sha256: 'c'.repeat(64) }],
});

const HOSTILE_NAMES = reportOf({
  results: HOSTILE.map((name) =>
    failOf(BUCKETS_ENCRYPTED, {
      site: name,
      message: name,
      subject: subjectOf({ address: name, stack: name, constructPath: name, code: { file: name, line: 1, column: 1 } }),
    }),
  ),
});

const NO_PLACES = reportOf({
  results: [unprovenOf(BUCKETS_ENCRYPTED, { subject: subjectOf({ source: null, code: null }) })],
  policy: { name: 'enclave', path: '/etc/enclave.yaml', sha256: 'a'.repeat(64) },
});

describe('the schema of OASIS', () => {
  it('is here to validate with', ({ skip }) => {
    skip(!HAS_SCHEMA, SKIPPED);
    expect(
      schemaErrors('{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[{"level":"eror"}]}]}'),
    ).toMatchObject([{ instancePath: '/runs/0/results/0' }, { instancePath: '/runs/0/results/0/level' }]);
  });

  it.runIf(HAS_SCHEMA).each([
    ['an empty report', reportOf({ controls: [], sites: [], inputs: [] })],
    ['every verdict in an incomplete run', EVERYTHING],
    ['hostile names', HOSTILE_NAMES],
    ['no places', NO_PLACES],
  ])('holds for %s', (_, report) => {
    for (const reporter of [sarif, sarifFindings]) expect(schemaErrors(rendered(reporter, report, PLAIN))).toEqual([]);
  });
});

describe('verdicts', () => {
  it('maps each to a kind, and gives a level to failures only', () => {
    const results = resultsOf(EVERYTHING).map(({ ruleId, kind, level, suppressions }) => [
      ruleId,
      kind,
      level,
      suppressions?.length ?? 0,
    ]);
    expect(results).toEqual([
      ['ENC-001', 'fail', 'error', 0],
      ['ENC-001', 'open', 'none', 0],
      ['ENC-001', 'fail', 'error', 1],
      ['KEY-004', 'notApplicable', 'none', 0],
      ['ENC-001', 'pass', 'none', 0],
    ]);
  });

  it('shows an exception as an accepted external suppression with its reason', () => {
    expect(resultsOf(reportOf({ results: [exceptedOf()] }))[0]?.suppressions).toEqual([
      {
        kind: 'external',
        status: 'accepted',
        justification:
          'EX-7 until 2026-06-30: moves to the new key in June (owner: Ada Byron; approved by: Grace Hopper; ticket: RISK-7)',
      },
    ]);
  });

  it('leaves passes and what is not applicable out for services that know no kind', () => {
    const whole = { ...EVERYTHING, complete: true, incompleteBecause: [], problems: [], exceptionProblems: [] };
    expect(resultsOf(whole, sarifFindings).map(({ kind }) => kind)).toEqual(['fail', 'open', 'fail']);
  });

  it('makes alerts of what was not looked at, for services that show no notifications', () => {
    const run = runOf(reportOf({ ...EVERYTHING, results: [passOf()] }), sarifFindings);
    expect(run.results?.map(({ ruleId, level, message }) => [ruleId, level, message.text])).toEqual([
      ['trefoil-incomplete', 'error', 'incomplete: stack norway-links was not found'],
      ['trefoil-incomplete', 'error', 'IN-DUPKEY: duplicate key "resource"; one of them is lost. Keep one.'],
      ['trefoil-refused', 'error', 'PO-EXPIRED: duplicate key "resource"; one of them is lost. Keep one.'],
    ]);
    const rules = run.tool.driver.rules ?? [];
    for (const { ruleId, ruleIndex } of run.results ?? []) expect(rules[ruleIndex ?? -1]?.id).toBe(ruleId);
    expect(runOf(EVERYTHING).tool.driver.rules?.map(({ id }) => id)).toEqual(['ENC-001', 'KEY-004']);
  });
});

describe('a fix', () => {
  const PROGRAM = "const key = 1;\nnew S3Bucket(this, 'records', { bucketPrefix: 'a' });\n";
  const REMEDY = {
    construct: 'S3Bucket',
    module: '@cdktf/provider-aws/lib/s3-bucket/index.js',
    address: 'aws_s3_bucket.records',
    code: { file: 'stacks/data.ts', line: 2, column: 1 },
    properties: [{ name: 'forceDestroy', to: 'false' }],
  };
  const fixesIn = (remedy: NonNullable<typeof WITNESS.remedy>, program: string | null, reporter = sarif) => {
    const report = reportOf({ results: [failOf(BUCKETS_ENCRYPTED, { witness: { ...WITNESS, remedy } })] });
    const frames = new Map(program === null ? [] : [['stacks/data.ts', program]]);
    const log = JSON.parse(rendered(reporter, report, { ...PLAIN, frames })) as Log;
    return log.runs[0]?.results?.[0];
  };

  it.each([sarif, sarifFindings])('writes one property at its place in the program', (reporter) => {
    expect(fixesIn(REMEDY, PROGRAM, reporter)?.fixes).toEqual([
      {
        description: { text: 'Write forceDestroy: false of S3Bucket.' },
        artifactChanges: [
          {
            artifactLocation: { uri: 'stacks/data.ts', uriBaseId: 'SRCROOT' },
            replacements: [
              {
                deletedRegion: { startLine: 2, startColumn: 50, endLine: 2, endColumn: 50 },
                insertedContent: { text: ', forceDestroy: false' },
              },
            ],
          },
        ],
      },
    ]);
  });

  it.each([
    ['the program is not at hand', REMEDY, null],
    ['the line makes something else', { ...REMEDY, construct: 'S3Object' }, PROGRAM],
    ['the line is past the end', { ...REMEDY, code: { ...REMEDY.code, line: 9 } }, PROGRAM],
    ['the synth recorded no line', { ...REMEDY, code: null }, PROGRAM],
    ['a key has to be chosen', { ...REMEDY, properties: [{ name: 'kmsKeyId', to: 'key.arn' }] }, PROGRAM],
  ])('is left out where %s, and told in words', (_, remedy, program) => {
    const result = fixesIn(remedy, program);
    expect(result?.fixes).toBeUndefined();
    expect(result?.properties?.['remedy']).toContain(remedy.properties[0]?.to);
  });
});

describe('a finding', () => {
  const [finding] = resultsOf(reportOf({ results: [failOf()] }));

  it('is at the TypeScript line, with address and construct path', () => {
    expect(finding?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'stacks/data.ts', uriBaseId: 'SRCROOT' },
          region: { startLine: 2, startColumn: 18 },
        },
        logicalLocations: [
          {
            name: 'aws_s3_bucket.records',
            fullyQualifiedName: 'dublin-data/aws_s3_bucket.records',
            kind: 'resource',
          },
          { name: 'dublin-data/records', fullyQualifiedName: 'dublin-data/records', kind: 'construct' },
        ],
      },
    ]);
  });

  it('relates the JSON, the value seen and the other resources', () => {
    expect(
      finding?.relatedLocations?.map(({ id, message, physicalLocation }) => [
        id,
        message?.text,
        physicalLocation?.region?.startLine,
      ]),
    ).toEqual([
      [0, 'The same resource in the synthesised JSON.', 120],
      [1, 'rule\\[0\\].apply_server_side_encryption_by_default.sse_algorithm = "AES256"', 131],
      [2, 'aws_kms_key.records', 210],
    ]);
  });

  it('says what and how to put it right, and is recognised in later runs', () => {
    expect(finding?.message.text).toBe(
      `aws_s3_bucket.records is encrypted with "AES256", a key of AWS. ${BUCKETS_ENCRYPTED.fix}`,
    );
    expect(finding?.partialFingerprints).toEqual({ 'trefoilResult/v1': 'ENC-001:dublin-data:aws_s3_bucket.records' });
  });

  it('is at the JSON where no line is recorded, and at the policy where there is no place at all', () => {
    expect(uriOf({ code: null })).toEqual({
      uri: 'cdktf.out/stacks/dublin-data/cdk.tf.json',
      uriBaseId: 'SRCROOT',
      index: 0,
    });
    expect(uriOf({ code: null, source: null })).toEqual({ uri: 'enclave.yaml', uriBaseId: 'SRCROOT', index: 1 });
    expect(uriOf({ code: { file: '/etc/passwd', line: 1, column: 1 } })).toMatchObject({ uri: 'enclave.yaml' });
  });

  it('lets a viewer step through the hops of a packet', () => {
    const report = reportOf({ results: [failOf(BUCKETS_ENCRYPTED, { witness: { ...WITNESS, trace: TRACE } })] });
    const [flow] = runOf(report).results?.[0]?.codeFlows ?? [];
    expect(flow?.message?.text).toBe('tcp 443 from 10.0.1.5 to 203.0.113.9');
    expect(flow?.threadFlows[0]?.locations.map(({ location }) => location)).toMatchObject([
      {
        message: { text: 'aws_subnet.data takes the route to 0.0.0.0/0' },
        physicalLocation: { artifactLocation: { uri: 'stacks/data.ts' }, region: { startLine: 9, startColumn: 5 } },
        logicalLocations: [{ name: 'aws_route.leak' }, { name: 'dublin-data/leak' }],
      },
      { message: { text: 'the Internet is reached' } },
    ]);
  });

  it('makes no link of a name', () => {
    const message = '[click](https://example.com) {0}';
    expect(resultsOf(reportOf({ results: [failOf(BUCKETS_ENCRYPTED, { message })] }))[0]?.message.text).toContain(
      '\\[click\\](https://example.com) {{0}}',
    );
  });
});

describe('a comparison', () => {
  const ledger = passOf(BUCKETS_ENCRYPTED, { subject: subjectOf({ address: 'aws_s3_bucket.ledger' }) });
  const report = reportOf({
    results: [
      passOf(),
      ledger,
      failOf(undefined, { change: 'new' }),
      failOf(undefined, { change: 'worsened' }),
      unprovenOf(undefined, { change: 'existing' }),
    ],
    comparison: comparisonOf(),
  });
  const statesOf = (results: readonly SarifResult[]) =>
    results.map(({ kind, baselineState }) => [kind, baselineState]).filter(([kind]) => kind !== 'notApplicable');

  it('gives findings and what is fixed their state', () => {
    expect(statesOf(resultsOf(report))).toEqual([
      ['fail', 'new'],
      ['fail', 'updated'],
      ['open', 'unchanged'],
      ['open', 'absent'],
      ['pass', undefined],
      ['pass', 'updated'],
    ]);
    expect(resultsOf(report).find(({ baselineState }) => baselineState === 'absent')).toMatchObject({
      ruleId: 'ENC-001',
      level: 'none',
      message: { text: expect.stringContaining('aws_s3_bucket.old is a finding no more. It was: var.region') },
      partialFingerprints: { 'trefoilResult/v1': 'ENC-001:dublin-data:aws_s3_bucket.old' },
    });
  });

  it('shows a service no alert for what is absent', () => {
    expect(statesOf(resultsOf(report, sarifFindings))).toEqual([
      ['fail', 'new'],
      ['fail', 'updated'],
      ['open', 'unchanged'],
    ]);
  });

  it.skipIf(!HAS_SCHEMA)('holds to the schema', () => {
    expect(schemaErrors(rendered(sarif, report, PLAIN))).toEqual([]);
  });
});

describe('the run', () => {
  const run = runOf(EVERYTHING);

  it('lists the implemented controls as rules, and each result points at its own', () => {
    expect(run.tool.driver.rules?.map(({ id }) => id)).toEqual(['ENC-001', 'KEY-004']);
    expect(run.results?.map(({ ruleId, ruleIndex }) => [ruleId, ruleIndex])).toContainEqual(['KEY-004', 1]);
    expect(run.tool.driver.rules?.[0]).toMatchObject({
      helpUri: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
      defaultConfiguration: { level: 'error' },
      properties: { 'security-severity': '9.5', tags: ['security', 'compliance', 'encryption'] },
    });
  });

  it('did not succeed when something was not looked at, and says what', () => {
    const [invocation] = run.invocations ?? [];
    expect(invocation?.executionSuccessful).toBe(false);
    expect(invocation?.toolExecutionNotifications?.map(({ level, message }) => [level, message.text])).toEqual([
      ['error', 'Incomplete: stack norway-links was not found.'],
      ['error', 'a.tf.json:3:3 duplicate key "resource"; one of them is lost. Keep one.'],
    ]);
    expect(invocation?.toolConfigurationNotifications?.map(({ descriptor }) => descriptor?.id)).toEqual(['PO-EXPIRED']);
    expect(runOf(reportOf({ results: [passOf()] })).invocations?.[0]?.executionSuccessful).toBe(true);
    expect(runOf(reportOf({ results: [] })).invocations?.[0]?.executionSuccessful).toBe(false);
  });

  it('names every input with its hash, and none by a path that leads outside', () => {
    expect(
      run.artifacts?.map(({ location, hashes }) => [location?.uri ?? location?.description?.text, hashes?.['sha-256']]),
    ).toEqual([
      ['cdktf.out/stacks/dublin-data/cdk.tf.json', 'b'.repeat(64)],
      ['enclave.yaml', 'a'.repeat(64)],
      ['Outside the directory of the run: ../exceptions.yaml', 'c'.repeat(64)],
    ]);
  });

  it('is cut at what services take, passes first, and says so', () => {
    const passes = Array.from({ length: MOST_RESULTS }, (_, index) =>
      passOf(BUCKETS_ENCRYPTED, { subject: subjectOf({ address: `aws_s3_bucket.b${index}` }) }),
    );
    const cut = runOf(reportOf({ controls: [BUCKETS_ENCRYPTED], results: [...passes, failOf()] }));
    expect(cut.results).toHaveLength(MOST_RESULTS);
    expect(cut.results?.[0]?.kind).toBe('fail');
    expect(cut.invocations?.[0]?.toolExecutionNotifications).toMatchObject([
      { level: 'warning', descriptor: { id: 'results-cut' } },
    ]);

    const failures = passes.map(({ subject }) => failOf(BUCKETS_ENCRYPTED, { subject }));
    const worse = runOf(reportOf({ controls: [BUCKETS_ENCRYPTED], results: [...failures, failOf()] }));
    expect(worse.results).toHaveLength(MOST_RESULTS);
    expect(worse.invocations?.[0]?.toolExecutionNotifications).toMatchObject([
      {
        level: 'error',
        message: {
          text: '1 of 25001 results are not in this file, 1 of them findings: a SARIF run holds at most 25000. The json format holds all.',
        },
      },
    ]);
  });
});

describe('standards', () => {
  const run = runOf(EVERYTHING);
  const taxonomies = run.taxonomies ?? [];

  it('are taxonomies of what the controls name of them', () => {
    const names = taxonomies.map(({ name }) => name);
    expect(names).toContain('GDPR');
    expect(run.tool.driver.supportedTaxonomies).toEqual(names.map((name, index) => ({ name, index })));
    for (const { isComprehensive, taxa } of taxonomies) {
      expect(isComprehensive).toBe(false);
      expect(taxa?.length).toBeGreaterThan(0);
    }
  });

  it('are what the rules relate to', () => {
    const [rule] = run.tool.driver.rules ?? [];
    const targets = (rule?.relationships ?? []).map(({ target }) => {
      const taxonomy = taxonomies[target.toolComponent?.index ?? -1];
      const taxon = taxonomy?.taxa?.[target.index ?? -1];
      return [target.toolComponent?.name === taxonomy?.name, target.id === taxon?.id, `${taxonomy?.name} ${taxon?.id}`];
    });
    expect(targets).toContainEqual([true, true, 'GDPR Art. 32(1)(a)']);
    for (const [ofTaxonomy, ofTaxon] of targets) expect([ofTaxonomy, ofTaxon]).toEqual([true, true]);
  });
});

describe('limits of services', () => {
  it('hold for the locations of a result, and the file says how many are left out', () => {
    const [related] = WITNESS.related;
    if (related === undefined) throw new Error('the witness has nothing related');
    const many = { ...WITNESS, related: Array.from({ length: 2000 }, () => related) };
    const [result] = resultsOf(reportOf({ results: [failOf(BUCKETS_ENCRYPTED, { witness: many })] }));
    expect((result?.locations?.length ?? 0) + (result?.relatedLocations?.length ?? 0)).toBe(100);
    // The place in the synthesised JSON, the value and 97 of the others are shown.
    expect(result?.properties).toMatchObject({ relatedLeftOut: 2000 - 97 });
  });

  it('hold for the steps of a way', () => {
    const [hop] = TRACE.hops;
    if (hop === undefined) throw new Error('the trace has no hop');
    const long = { ...WITNESS, trace: { ...TRACE, hops: Array.from({ length: 20_000 }, () => hop) } };
    const [result] = resultsOf(reportOf({ results: [failOf(BUCKETS_ENCRYPTED, { witness: long })] }));
    expect(result?.codeFlows?.[0]?.threadFlows[0]?.locations).toHaveLength(1000);
  });

  it('take the gravest findings first', () => {
    const low = controlOf({ id: 'KEY-004', severity: 'low' });
    const lesser = Array.from({ length: MOST_RESULTS }, (_, index) =>
      failOf(low, { subject: subjectOf({ address: `aws_kms_key.k${index}` }) }),
    );
    const run = runOf(reportOf({ controls: [BUCKETS_ENCRYPTED, low], results: [...lesser, failOf()] }), sarifFindings);
    expect(run.results?.[0]?.ruleId).toBe('ENC-001');
    expect(run.results).toHaveLength(MOST_RESULTS);
  });

  it('are told of where a service shows less than it takes', () => {
    const many = Array.from({ length: 5001 }, (_, index) =>
      failOf(BUCKETS_ENCRYPTED, { subject: subjectOf({ address: `aws_s3_bucket.b${index}` }) }),
    );
    const [invocation] = runOf(reportOf({ results: many }), sarifFindings).invocations ?? [];
    expect(invocation?.toolExecutionNotifications).toMatchObject([
      { level: 'note', message: { text: 'GitHub shows 5000 of the 5001 findings. The json format holds all.' } },
    ]);
  });
});

describe('hostile names', () => {
  const run = runOf(HOSTILE_NAMES);

  it('give relative, encoded URIs only', () => {
    const uris = run.results?.flatMap(({ locations, relatedLocations }) =>
      [...(locations ?? []), ...(relatedLocations ?? [])].map((place) => place.physicalLocation?.artifactLocation?.uri),
    );
    expect(uris?.length).toBeGreaterThan(HOSTILE.length);
    for (const uri of uris ?? []) expect(uri).toMatch(/^[\w.!~*'()%-]+(\/[\w.!~*'()%-]+)*$/);
  });

  it('cannot act on a viewer', () => {
    for (const { message, locations } of run.results ?? []) {
      const shown = [message.text ?? '', ...(locations?.[0]?.logicalLocations ?? []).map(({ name }) => name ?? '')];
      for (const text of shown) expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    }
  });
});
