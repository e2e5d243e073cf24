import { createHash, type KeyObject } from 'node:crypto';
import { type Bundle, STATEMENT_FILE } from '../report/bundle.ts';
import { readBundleStatement } from '../report/read-bundle.ts';
import type { BundleFiles } from './bundle-content.ts';
import { IN_TOTO_PAYLOAD_TYPE, openEnvelope } from './dsse.ts';
import { envelopeCodeOf, type EnvelopeWording, worded } from './envelope-words.ts';
import { refusal } from './gate-refusal.ts';

/** A bundle whose statement was signed by the key; its files are not compared with it yet. */
export interface SignedBundle {
  readonly bundle: Bundle;
  /** SHA-256 of the statement, by which the next bundle names this one. */
  readonly sha256: string;
}

/**
 * The statement of a bundle, verified.
 *
 * @throws {CliError} BUNDLE-FORM, BUNDLE-UNSIGNED, BUNDLE-KEY, BUNDLE-SIGNATURE, BUNDLE-TYPE, BUNDLE-VERSION or
 * BUNDLE-STATEMENT.
 */
export function openBundle(path: string, files: BundleFiles, publicKey: KeyObject): SignedBundle {
  const envelope = files.get(STATEMENT_FILE) ?? new Uint8Array(0);
  const reading = readBundleStatement(payloadOf(path, envelope, publicKey));
  switch (reading.kind) {
    case 'bundle':
      return { bundle: reading.bundle, sha256: sha256(envelope) };
    case 'foreign':
      throw refusal('BUNDLE-VERSION', {
        what: `what was signed in ${path} is of type ${reading.predicateType}, which this version does not know`,
        why: 'what it says of the files is not known',
        fix: 'Verify it with the version of trefoil that wrote it.',
      });
    case 'malformed':
      throw refusal('BUNDLE-STATEMENT', {
        what: `what was signed in ${path} is no statement of a bundle: ${reading.what}`,
        why: 'what cannot be read whole proves nothing',
        fix: 'Have the bundle written again with "trefoil evidence".',
      });
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function payloadOf(path: string, envelope: Uint8Array, publicKey: KeyObject): Uint8Array {
  try {
    return openEnvelope(envelope, IN_TOTO_PAYLOAD_TYPE, publicKey);
  } catch (error) {
    const code = envelopeCodeOf(error);
    throw code === null ? error : worded(REFUSALS, `the statement of ${path}`, code, error);
  }
}

/** What the reader of envelopes says of a seal, said of a bundle. */
const REFUSALS: EnvelopeWording = {
  'GATE-FORM': {
    code: 'BUNDLE-FORM',
    what: 'is no signed envelope',
    why: 'what cannot be read as one thing only proves nothing',
    fix: 'Pass the bundle on as it was written.',
  },
  'GATE-UNSIGNED': {
    code: 'BUNDLE-UNSIGNED',
    what: 'carries no signature',
    why: 'anybody could have written it',
    fix: 'Have the bundle written again with "trefoil evidence".',
  },
  'GATE-KEY': {
    code: 'BUNDLE-KEY',
    what: 'says that another key signed it',
    why: 'whoever signed it may be anybody',
    fix: 'Ask for the public key of whoever answers for the evidence, by another way than the bundle came.',
  },
  'GATE-SIGNATURE': {
    code: 'BUNDLE-SIGNATURE',
    what: 'has no signature of the key over what it holds',
    why: 'it was edited after it was signed, or another key signed it',
    fix: 'Ask for the bundle as it was written.',
  },
  'GATE-TYPE': {
    code: 'BUNDLE-TYPE',
    what: 'is signed as something else than an in-toto statement',
    why: 'it says something else than a bundle does',
    fix: 'Ask for the bundle as it was written.',
  },
};
