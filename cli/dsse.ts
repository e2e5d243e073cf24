import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { InputError } from '../model/input-error.ts';
import type { PlainJson } from '../model/json/plain.ts';
import { isRecord, strictJson } from '../report/statement-fields.ts';
import type { CliError } from './errors.ts';
import { refusal } from './gate-refusal.ts';

// DSSE v1: https://github.com/secure-systems-lab/dsse/blob/master/protocol.md

export const IN_TOTO_PAYLOAD_TYPE = 'application/vnd.in-toto+json';

interface Signature {
  /** A hint that nobody signed: it may choose words, never what is accepted. */
  readonly keyId: string | null;
  readonly bytes: Buffer;
}

interface Envelope {
  readonly payloadType: string;
  readonly payload: Buffer;
  readonly signatures: readonly Signature[];
}

/** Each costs a pass over the payload. */
const MOST_SIGNATURES = 16;

/** What is signed: the type and the payload, each with its length, so that no byte can pass from one to the other. */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Buffer {
  const type = Buffer.from(payloadType, 'utf8');
  return Buffer.concat([
    Buffer.from(`DSSEv1 ${type.length} `),
    type,
    Buffer.from(` ${payload.length} `),
    Buffer.from(payload),
  ]);
}

export function signEnvelope(payloadType: string, payload: Uint8Array, privateKey: KeyObject): string {
  const signature = sign(null, preAuthEncoding(payloadType, payload), privateKey);
  const envelope = {
    payloadType,
    payload: Buffer.from(payload).toString('base64'),
    signatures: [{ keyid: keyIdOf(createPublicKey(privateKey)), sig: signature.toString('base64') }],
  };
  return `${JSON.stringify(envelope, null, 2)}\n`;
}

/** The SHA-256 of the public key as DER, which `openssl pkey -pubin -outform DER | sha256sum` prints too. */
export function keyIdOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ format: 'der', type: 'spki' }))
    .digest('hex');
}

/**
 * The payload of an envelope that the key signed as of the type.
 *
 * @throws {CliError} GATE-FORM, GATE-UNSIGNED, GATE-KEY, GATE-SIGNATURE or GATE-TYPE.
 */
export function openEnvelope(bytes: Uint8Array, payloadType: string, publicKey: KeyObject): Buffer {
  const envelope = readEnvelope(bytes);
  const { payload, signatures } = envelope;
  if (signatures.length === 0) {
    throw refusal('GATE-UNSIGNED', {
      what: 'the seal carries no signature',
      why: 'anybody could have written it',
      fix: 'Seal the plan again with "trefoil seal".',
    });
  }
  const signed = preAuthEncoding(envelope.payloadType, payload);
  if (!signatures.some((signature) => verify(null, signed, publicKey, signature.bytes))) {
    throw unverified(signatures, keyIdOf(publicKey));
  }
  if (envelope.payloadType !== payloadType) {
    throw refusal('GATE-TYPE', {
      what: `the key signed "${envelope.payloadType}", not ${payloadType}`,
      why: 'it says something else than a seal does',
      fix: 'Pass the file that "trefoil seal" wrote.',
    });
  }
  return payload;
}

function unverified(signatures: readonly Signature[], keyId: string): CliError {
  const ids = signatures.flatMap((signature) => (signature.keyId === null ? [] : [signature.keyId]));
  if (ids.length === signatures.length && !ids.includes(keyId)) {
    return refusal('GATE-KEY', {
      what: `the seal says that another key signed it (${ids.join(', ')}), and the key given (${keyId}) did not`,
      why: 'whoever signed it may be anybody',
      fix: 'Seal with the private key that belongs to --public-key.',
    });
  }
  return refusal('GATE-SIGNATURE', {
    what: 'no signature of the seal is one of the key over what it holds',
    why: 'the seal was edited after it was signed, or another key signed it',
    fix: 'Seal the plan again, and pass on the file as it was written.',
  });
}

function readEnvelope(bytes: Uint8Array): Envelope {
  let root: PlainJson;
  try {
    root = strictJson('seal', bytes);
  } catch (error) {
    if (error instanceof InputError) throw malformed(error.problem.what, error);
    throw error;
  }
  if (!isRecord(root)) throw malformed('it is no JSON object');
  const { payloadType, payload, signatures = [] } = root;
  if (typeof payloadType !== 'string' || payloadType === '') throw malformed('it has no payloadType');
  if (typeof payload !== 'string' || payload === '') throw malformed('it has no payload');
  if (!Array.isArray(signatures)) throw malformed('its signatures are no list');
  if (signatures.length > MOST_SIGNATURES) throw malformed(`it has more than ${MOST_SIGNATURES} signatures`);
  return { payloadType, payload: decode(payload, 'payload'), signatures: signatures.map(readSignature) };
}

function readSignature(value: PlainJson): Signature {
  if (!isRecord(value)) throw malformed('a signature is no object');
  const { keyid = null, sig } = value;
  if (keyid !== null && typeof keyid !== 'string') throw malformed('the keyid of a signature is no text');
  if (typeof sig !== 'string' || sig === '') throw malformed('a signature has no sig');
  return { keyId: keyid === '' ? null : keyid, bytes: decode(sig, 'sig') };
}

/** Node skips what is no Base64; here the text must be exactly what an encoder writes, in either alphabet. */
function decode(text: string, name: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  const urlSafe = bytes.toString('base64url');
  const written = [bytes.toString('base64'), urlSafe, urlSafe.padEnd(Math.ceil(urlSafe.length / 4) * 4, '=')];
  if (!written.includes(text)) throw malformed(`its ${name} is no Base64`);
  return bytes;
}

function malformed(what: string, cause?: unknown): CliError {
  return refusal(
    'GATE-FORM',
    {
      what: `the seal is no signed envelope: ${what}`,
      why: 'what cannot be read as one thing only proves nothing',
      fix: 'Pass the file that "trefoil seal" wrote, as it was written.',
    },
    cause,
  );
}
