import { createHash, createPublicKey } from 'node:crypto';
import type { InputDigest } from '../model/estate.ts';
import type { Attestation, Policy } from '../policy/policy.ts';
import { readEvidenceStatement } from '../report/read-evidence.ts';
import { IN_TOTO_PAYLOAD_TYPE, openEnvelope } from './dsse.ts';
import { type EnvelopeCode, envelopeCodeOf, type EnvelopeWording, worded } from './envelope-words.ts';
import type { CliError } from './errors.ts';
import { refusal } from './gate-refusal.ts';
import type { Io } from './io.ts';
import { readNamedFile } from './text-file.ts';

const LARGEST_EVIDENCE = 1024 * 1024;

export interface ReadEvidence extends InputDigest {
  readonly attestation: Attestation;
}

/**
 * The facts of signed statements. Each file must be signed by a key that an entry of the policy's evidence names.
 * @throws CliError, with exit 4 for a file that does not verify.
 */
export async function readEvidence(
  paths: readonly string[],
  policy: Pick<Policy, 'evidence'>,
  io: Io,
): Promise<readonly ReadEvidence[]> {
  const keys = [...new Set(policy.evidence.flatMap(({ key }) => (key === undefined ? [] : [key])))];
  const read: ReadEvidence[] = [];
  for (const path of paths) {
    const fix = 'Name a file with a signed statement of evidence.';
    const file = await readNamedFile({ path, maxBytes: LARGEST_EVIDENCE, fix }, io);
    read.push({ path: file.path, sha256: file.sha256, attestation: verified(file.path, file.bytes, keys) });
  }
  return read;
}

function verified(path: string, bytes: Uint8Array, keys: readonly string[]): Attestation {
  let refused: { readonly code: EnvelopeCode; readonly error: unknown } | null = null;
  for (const key of keys) {
    const publicKey = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
    try {
      return stated(path, openEnvelope(bytes, IN_TOTO_PAYLOAD_TYPE, publicKey), key);
    } catch (error) {
      const code = envelopeCodeOf(error);
      if (code === null) throw error;
      // What another key signed says less than what was edited.
      if (refused === null || refused.code === 'GATE-KEY') refused = { code, error };
    }
  }
  throw worded(REFUSALS, path, refused?.code ?? 'GATE-KEY', refused?.error);
}

function stated(path: string, payload: Uint8Array, key: string): Attestation {
  const reading = readEvidenceStatement(payload);
  if (reading.kind === 'malformed') throw unread(path, reading.what);
  const { attestation, sha256 } = reading;
  if (createHash('sha256').update(attestation.subject).digest('hex') !== sha256) {
    throw unread(path, 'the digest of its subject is not the SHA-256 of its name');
  }
  return { ...attestation, key };
}

function unread(path: string, what: string): CliError {
  return refusal('EVIDENCE-STATEMENT', {
    what: `${path} is signed and is no statement of evidence: ${what}`,
    why: 'what cannot be read as one thing only proves nothing',
    fix: 'Have it written as docs/decisions/0014-signed-evidence.md tells, and signed again.',
  });
}

/** What the reader of envelopes says of a seal, said of evidence. */
const REFUSALS: EnvelopeWording = {
  'GATE-FORM': {
    code: 'EVIDENCE-FORM',
    what: 'is no signed envelope',
    why: 'what cannot be read as one thing only proves nothing',
    fix: 'Pass the DSSE envelope as its issuer wrote it.',
  },
  'GATE-UNSIGNED': {
    code: 'EVIDENCE-UNSIGNED',
    what: 'carries no signature',
    why: 'anybody could have written it',
    fix: 'Have its issuer sign it.',
  },
  'GATE-KEY': {
    code: 'EVIDENCE-KEY',
    what: 'is not signed by a key that the evidence of the policy names',
    why: 'whoever signed it may be anybody',
    fix: 'Name the public key of its issuer in the policy, or remove the file.',
  },
  'GATE-SIGNATURE': {
    code: 'EVIDENCE-SIGNATURE',
    what: 'has no signature of its key over what it holds',
    why: 'it was edited after it was signed, or another key signed it',
    fix: 'Pass the file as its issuer wrote it.',
  },
  'GATE-TYPE': {
    code: 'EVIDENCE-TYPE',
    what: 'is signed as something else than an in-toto statement',
    why: 'it says something else than evidence does',
    fix: 'Pass the statement that its issuer signed.',
  },
};
