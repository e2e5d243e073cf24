import { describe, expect, it } from 'vitest';
import { sealOf, statementText } from '../../report/statement.ts';
import {
  BUCKETS_ENCRYPTED,
  controlOf,
  exceptedOf,
  failOf,
  passOf,
  PLACED_IN_SITE,
  reportOf,
} from '../support/reports.ts';

const PLAN = { stack: 'ledger', path: 'ledger/plan.tfplan', sha256: 'c'.repeat(64), jsonSha256: 'd'.repeat(64) };
const JSON_PATH = '../tmp/trefoil-x/ledger/plan.json';
const SEALING = { plans: [PLAN], jsonPaths: [JSON_PATH], toolSha256: null, sealedAt: '2026-01-31T12:00:00Z' };

const STACK_FILE = { path: 'cdktf.out/stacks/ledger/cdk.tf.json', sha256: 'b'.repeat(64) };

function report(parts: Parameters<typeof reportOf>[0] = {}) {
  return reportOf({
    stage: 'apply',
    results: [passOf()],
    population: { stacks: [{ name: 'ledger', sites: ['dublin'], resources: 7 }], resources: 7, types: [] },
    inputs: [{ path: JSON_PATH, sha256: PLAN.jsonSha256 }, STACK_FILE],
    ...parts,
  });
}

describe('a statement', () => {
  it('is of the plans, and says by what they were judged and how it ended', () => {
    const statement: unknown = JSON.parse(statementText(sealOf(report(), SEALING)));
    expect(statement).toEqual({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [
        {
          name: 'ledger/plan.tfplan',
          digest: { sha256: PLAN.sha256 },
          annotations: { stack: 'ledger', jsonSha256: PLAN.jsonSha256 },
        },
      ],
      predicateType: 'urn:trefoil:seal:1',
      predicate: {
        tool: { name: 'trefoil', version: '0.1.0', sha256: null },
        sealedAt: '2026-01-31T12:00:00Z',
        asOf: '2026-01-31',
        stage: 'apply',
        verdict: 'pass',
        exitCode: 0,
        because: 'everything was judged and nothing failed',
        complete: true,
        counts: expect.objectContaining({ pass: 1, fail: 0, unproven: 0, excepted: 0 }),
        population: { stacks: 1, resources: 7 },
        controls: [
          { id: 'ENC-001', population: 1 },
          { id: 'RES-001', population: 0 },
        ],
        policy: { name: 'enclave', path: 'enclave.yaml', sha256: 'a'.repeat(64) },
        exceptionFiles: [],
        exceptions: [],
        inputs: [STACK_FILE],
      },
    });
  });

  it('names each exception that covers something, once, with its last day', () => {
    const [first] = [exceptedOf().exception];
    if (first === null) throw new TypeError('no exception');
    const other = { ...first, id: 'EX-1', ends: '2026-02-28' };
    const results = [passOf(), exceptedOf(), exceptedOf(), exceptedOf(BUCKETS_ENCRYPTED, { exception: other })];
    expect(sealOf({ ...report(), results }, SEALING).exceptions).toEqual([
      { id: 'EX-1', ends: '2026-02-28' },
      { id: 'EX-7', ends: '2026-06-30' },
    ]);
  });

  it('has the same bytes each time, on one line', () => {
    const text = statementText(sealOf(report(), SEALING));
    expect(text).toBe(statementText(sealOf(report(), SEALING)));
    expect(text).not.toContain('\n');
  });

  it('names the controls that judged and not those that are planned', () => {
    const controls = [PLACED_IN_SITE, controlOf({ id: 'NET-001', status: 'planned' })];
    expect(sealOf(report({ controls }), SEALING).controls.map(({ id }) => id)).toEqual(['RES-001']);
  });

  it.each([
    { what: 'a failure', parts: { results: [passOf(), failOf()] }, verdict: 'fail', exitCode: 1, complete: true },
    { what: 'nothing judged', parts: { results: [] }, verdict: 'incomplete', exitCode: 3, complete: false },
    {
      what: 'something not looked at',
      parts: { complete: false, incompleteBecause: ['stack receipts is missing'] },
      verdict: 'incomplete',
      exitCode: 3,
      complete: false,
    },
  ])('says so of $what', ({ parts, verdict, exitCode, complete }) => {
    expect(sealOf(report(parts), SEALING)).toMatchObject({ verdict, exitCode, complete });
  });

  it.each([
    { what: 'whose JSON was not read', parts: { inputs: [STACK_FILE] } },
    { what: 'whose JSON was another', parts: { inputs: [{ path: JSON_PATH, sha256: 'e'.repeat(64) }] } },
    { what: 'of a stack that was not judged', parts: { population: { stacks: [], resources: 0, types: [] } } },
  ])('is none of a plan $what', ({ parts }) => {
    expect(() => sealOf(report(parts), SEALING)).toThrow('ledger/plan.tfplan was not judged as the plan of ledger');
    // Where something was not looked at, the verdict says so.
    const incomplete = report({ ...parts, complete: false, incompleteBecause: ['the plan is a state'] });
    expect(sealOf(incomplete, SEALING).verdict).toBe('incomplete');
  });

  it('does not name the JSON of a plan, which is gone', () => {
    expect(statementText(sealOf(report(), SEALING))).not.toContain('trefoil-x');
  });
});
