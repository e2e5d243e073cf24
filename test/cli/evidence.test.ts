import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EXAMPLE_POLICY } from '../../checks/example-policy.ts';
import { IN_TOTO_PAYLOAD_TYPE, signEnvelope } from '../../cli/dsse.ts';
import { CliError } from '../../cli/errors.ts';
import { readEvidence } from '../../cli/evidence.ts';
import { policyOf } from '../../checks/example-estate.ts';
import { OTHER_KEY, SEAL_KEY, sha256 } from '../support/seals.ts';
import { trefoil } from './recording-io.ts';

const cwd = mkdtempSync(join(tmpdir(), 'trefoil-evidence-'));
const RACK = 'arn:aws:outposts:eu-north-1:222222222222:outpost/op-0123456789abcdef0';
const KEY = spki(SEAL_KEY);
const PREDICATE = {
  kind: 'outpost-country',
  states: 'NO',
  issuer: 'Watch AS',
  issued: '2026-01-01',
  expires: '2026-12-31',
};
const STATEMENT = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: RACK, digest: { sha256: sha256(RACK) } }],
  predicateType: 'urn:trefoil:evidence:1',
  predicate: PREDICATE,
};

afterAll(() => {
  rmSync(cwd, { recursive: true });
});

function spki({ publicKey }: typeof SEAL_KEY): string {
  return publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
}

function policyDocument(key: string | undefined = KEY) {
  return { evidence: [{ ...EXAMPLE_POLICY.evidence[0], ...(key === '' ? {} : { key }) }] };
}

function signed(statement: unknown, pair = SEAL_KEY, type = IN_TOTO_PAYLOAD_TYPE): string {
  const text = typeof statement === 'string' ? statement : JSON.stringify(statement);
  return signEnvelope(type, Buffer.from(text), pair.privateKey);
}

/** What is read of a file, or the code that refuses it with the exit code. */
async function readOf(content: string, key?: string): Promise<unknown> {
  writeFileSync(join(cwd, 'rack.json'), content);
  const output = { isTerminal: false, columns: null, write: async () => undefined };
  const io = { stdout: output, stderr: output, cwd, environment: {}, now: () => new Date(0), preload: '' };
  try {
    const policy = policyOf({ stacks: {}, policy: policyDocument(key) });
    const [evidence] = await readEvidence(['rack.json'], policy, io);
    return evidence?.attestation;
  } catch (error) {
    if (error instanceof CliError) return `${error.code} ${error.exitCode}`;
    throw error;
  }
}

const edited = (change: (envelope: { [key: string]: unknown }) => void): string => {
  const envelope = JSON.parse(signed(STATEMENT));
  change(envelope);
  return JSON.stringify(envelope);
};
const predicate = (parts: object) => signed({ ...STATEMENT, predicate: { ...PREDICATE, ...parts } });

describe('a file of evidence', () => {
  it('is read where a key of the policy signed it', async () => {
    expect(await readOf(signed(STATEMENT))).toEqual({ ...PREDICATE, subject: RACK, key: KEY });
  });

  it('is read after it has ended, for the check to tell', async () => {
    expect(await readOf(predicate({ expires: '2026-01-31' }))).toMatchObject({ expires: '2026-01-31' });
  });

  it.each<[string, string, string]>([
    ['is no JSON', 'rack', 'EVIDENCE-FORM'],
    ['is the statement alone', JSON.stringify(STATEMENT), 'EVIDENCE-FORM'],
    ['has a key twice', signed(STATEMENT).replace('{', '{"payloadType":"x",'), 'EVIDENCE-FORM'],
    ['is unsigned', edited((envelope) => (envelope['signatures'] = [])), 'EVIDENCE-UNSIGNED'],
    ['is signed by a key that the policy does not name', signed(STATEMENT, OTHER_KEY), 'EVIDENCE-KEY'],
    [
      'was edited',
      edited((envelope) => {
        envelope['payload'] = Buffer.from(JSON.stringify(STATEMENT).replace('"NO"', '"SE"')).toString('base64');
      }),
      'EVIDENCE-SIGNATURE',
    ],
    ['was edited in its type', edited((envelope) => (envelope['payloadType'] = 'text/plain')), 'EVIDENCE-SIGNATURE'],
    ['is signed as something else', signed(STATEMENT, SEAL_KEY, 'text/plain'), 'EVIDENCE-TYPE'],
    ['is no statement', signed({ states: 'NO' }), 'EVIDENCE-STATEMENT'],
    ['is signed and no JSON', signed('rack'), 'EVIDENCE-STATEMENT'],
    ['is a seal', signed({ ...STATEMENT, predicateType: 'urn:trefoil:seal:1' }), 'EVIDENCE-STATEMENT'],
    ['is about nothing', signed({ ...STATEMENT, subject: [] }), 'EVIDENCE-STATEMENT'],
    [
      'is about two',
      signed({ ...STATEMENT, subject: [...STATEMENT.subject, ...STATEMENT.subject] }),
      'EVIDENCE-STATEMENT',
    ],
    [
      'has the digest of another name',
      signed({ ...STATEMENT, subject: [{ name: RACK, digest: { sha256: sha256('another') } }] }),
      'EVIDENCE-STATEMENT',
    ],
    ['states a fact of another kind', predicate({ kind: 'weather' }), 'EVIDENCE-STATEMENT'],
    ['states no country', predicate({ states: 7 }), 'EVIDENCE-STATEMENT'],
    ['has a member that nobody knows', predicate({ note: 'also elsewhere' }), 'EVIDENCE-STATEMENT'],
    ['ends on no day', predicate({ expires: '2026-02-30' }), 'EVIDENCE-STATEMENT'],
    ['ends before it was issued', predicate({ expires: '2025-12-31' }), 'EVIDENCE-STATEMENT'],
  ])('that %s is refused', async (_, content, code) => {
    expect(await readOf(content)).toBe(`${code} 4`);
  });

  it('is refused where the policy names no key', async () => {
    expect(await readOf(signed(STATEMENT), '')).toBe('EVIDENCE-KEY 4');
  });

  it('is refused before anything is judged', async () => {
    writeFileSync(join(cwd, 'enclave.yaml'), JSON.stringify({ ...EXAMPLE_POLICY, ...policyDocument() }));
    writeFileSync(join(cwd, 'foreign.json'), signed(STATEMENT, OTHER_KEY));
    const { exitCode, stdout, stderr } = await trefoil(['check', '--evidence', 'foreign.json'], { cwd });
    expect(exitCode).toBe(4);
    expect(stdout).toBe('');
    expect(stderr).toContain(
      'error[EVIDENCE-KEY] foreign.json is not signed by a key that the evidence of the policy names',
    );
  });

  it('that is not there is an error of the call', async () => {
    const { exitCode, stderr } = await trefoil(['check', '--evidence', 'absent.json'], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('absent.json');
  });
});

describe('the key of the policy', () => {
  it.each(['AAAA', spki(SEAL_KEY).replace('MCowBQYDK2Vw', 'MCowBQYDK2Vu'), SEAL_KEY.publicPem])(
    'is Ed25519: %j',
    (key) => {
      expect(() => policyOf({ stacks: {}, policy: policyDocument(key) })).toThrow('PO-');
    },
  );
});
