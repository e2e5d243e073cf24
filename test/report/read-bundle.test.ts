import { describe, expect, it } from 'vitest';
import { type Bundle, bundleText } from '../../report/bundle.ts';
import { readBundleStatement } from '../../report/read-bundle.ts';

const DIGEST = 'a'.repeat(64);

const BUNDLE: Bundle = {
  files: [{ name: 'report.json', sha256: DIGEST }],
  tool: { name: 'trefoil', version: '1.0.0', sha256: null },
  createdAt: '2026-03-01T12:00:00Z',
  run: {
    paths: ['cdktf.out'],
    policy: 'enclave.yaml',
    exceptions: [],
    evidence: [],
    varFile: [],
    providerSchema: null,
    asOf: '2026-03-01',
    stage: 'change',
    policyHistory: false,
  },
  verdict: 'pass',
  exitCode: 0,
  because: 'everything was judged and nothing failed',
  complete: true,
  counts: { pass: 3, fail: 0, unproven: 0, excepted: 0, 'not-applicable': 9 },
  population: { stacks: 1, resources: 2 },
  policy: { name: 'ledger', path: 'enclave.yaml', sha256: DIGEST },
  exceptionFiles: [],
  inputs: [{ path: 'cdktf.out/ledger/cdk.tf.json', sha256: DIGEST }],
  sequence: 2,
  previous: DIGEST,
};

function read(text: string) {
  return readBundleStatement(new TextEncoder().encode(text));
}

/** The statement with one of its parts replaced. */
function withPart(path: readonly string[], value: unknown): string {
  const root: unknown = JSON.parse(bundleText(BUNDLE));
  let holder: unknown = root;
  for (const step of path.slice(0, -1)) holder = Reflect.get(Object(holder), step);
  Reflect.set(Object(holder), path.at(-1) ?? '', value);
  return JSON.stringify(root);
}

describe('the statement of a bundle', () => {
  it('is read as it was written', () => {
    expect(read(bundleText(BUNDLE))).toEqual({ kind: 'bundle', bundle: BUNDLE });
  });

  it.each([
    { path: ['_type'], value: 'https://in-toto.io/Statement/v0.1', what: 'its _type is not' },
    { path: ['subject'], value: [], what: 'it names no file' },
    { path: ['subject', '0', 'name'], value: 'statement.json', what: 'it names itself' },
    { path: ['subject', '0', 'digest', 'sha256'], value: 'A'.repeat(64), what: 'digest.sha256 is no SHA-256' },
    { path: ['predicate', 'createdAt'], value: '2026-02-30T00:00:00Z', what: 'createdAt is no date' },
    { path: ['predicate', 'sequence'], value: 0, what: 'it is number 0' },
    { path: ['predicate', 'previous'], value: null, what: 'it is number 2 of its chain and names none before' },
    { path: ['predicate', 'run', 'stage'], value: 'never', what: 'stage is none that there is' },
    { path: ['predicate', 'run', 'asOf'], value: 'today', what: 'asOf is no day' },
    { path: ['predicate', 'run', 'paths'], value: 'cdktf.out', what: 'paths is no list' },
    { path: ['predicate', 'verdict'], value: 'fine', what: 'verdict is none that there is' },
    { path: ['predicate', 'complete'], value: 'yes', what: 'complete is neither true nor false' },
    { path: ['predicate', 'counts', 'pass'], value: -1, what: 'counts.pass is no whole number' },
    { path: ['predicate', 'unknown'], value: 1, what: 'predicate has a member "unknown" of no known meaning' },
  ])('is refused with another $path', ({ path, value, what }) => {
    expect(read(withPart(path, value))).toMatchObject({ kind: 'malformed', what: expect.stringContaining(what) });
  });

  it('of another version is not interpreted', () => {
    expect(read(withPart(['predicateType'], 'urn:trefoil:bundle:2'))).toEqual({
      kind: 'foreign',
      predicateType: 'urn:trefoil:bundle:2',
    });
  });
});
