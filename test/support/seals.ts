import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import manifest from '../../package.json' with { type: 'json' };
import { IN_TOTO_PAYLOAD_TYPE, preAuthEncoding } from '../../cli/dsse.ts';
import { type Seal, statementText } from '../../report/statement.ts';

export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly privatePem: string;
  readonly publicPem: string;
}

/** The first and the second key of RFC 8032, section 7.1. */
export const SEAL_KEY = keyPair('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60');
export const OTHER_KEY = keyPair('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb');

function keyPair(seed: string): KeyPair {
  const der = Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex');
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  return {
    privateKey,
    publicKey,
    privatePem: String(privateKey.export({ format: 'pem', type: 'pkcs8' })),
    publicPem: String(publicKey.export({ format: 'pem', type: 'spki' })),
  };
}

/** What stands in for a plan where only its bytes count. */
export const PLAN_BYTES = Buffer.from('PK\u0003\u0004 the plan of the ledger');

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** A seal that lets `PLAN_BYTES` through at noon of the day at which tests run. */
export function exampleSeal(changes: Partial<Seal> = {}): Seal {
  return {
    plans: [
      {
        stack: 'ledger',
        path: 'ledger/plan.tfplan',
        sha256: sha256(PLAN_BYTES),
        jsonSha256: sha256('{}'),
      },
    ],
    tool: { name: 'trefoil', version: manifest.version, sha256: null },
    sealedAt: '2026-03-01T12:00:00Z',
    asOf: '2026-03-01',
    stage: 'apply',
    verdict: 'pass',
    exitCode: 0,
    because: 'everything was judged and nothing failed',
    complete: true,
    counts: { pass: 12, fail: 0, unproven: 0, excepted: 0, 'not-applicable': 40 },
    population: { stacks: 1, resources: 7 },
    controls: [{ id: 'ENC-001', population: 2 }],
    policy: { name: 'ledger enclave', path: 'enclave.yaml', sha256: sha256('policy') },
    exceptionFiles: [],
    exceptions: [],
    inputs: [{ path: 'cdktf.out/manifest.json', sha256: sha256('manifest') }],
    ...changes,
  };
}

interface EnvelopeParts {
  readonly key?: KeyPair;
  readonly payloadType?: string;
  readonly keyid?: string;
}

/** An envelope signed apart from the code under test, so that it can be wrong in any part. */
export function envelope(
  statement: string | Seal = exampleSeal(),
  { key = SEAL_KEY, payloadType = IN_TOTO_PAYLOAD_TYPE, keyid }: EnvelopeParts = {},
) {
  const payload = Buffer.from(typeof statement === 'string' ? statement : statementText(statement), 'utf8');
  const sig = sign(null, preAuthEncoding(payloadType, payload), key.privateKey).toString('base64');
  return {
    payloadType,
    payload: payload.toString('base64'),
    signatures: [keyid === undefined ? { sig } : { keyid, sig }],
  };
}
