import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { CliError } from './errors.ts';
import type { Io } from './io.ts';
import { readTextFile } from './text-file.ts';

/** Holds the private key where no file may: as PEM, like the file. */
export const KEY_VARIABLE = 'TREFOIL_SEAL_KEY';

const LARGEST_KEY = 64 * 1024;
const HOW = 'Make one with "openssl genpkey -algorithm ed25519 -out seal.key"';

/** The key to seal with, from the file if one is given, else from the environment. */
export async function readPrivateKey(file: string | null, io: Io): Promise<KeyObject> {
  const variable = io.environment[KEY_VARIABLE] ?? '';
  if (file === null && variable === '') {
    throw keyError('there is no key to seal with', `Pass --key, or set ${KEY_VARIABLE} to its PEM text. ${HOW}.`);
  }
  const place = file ?? KEY_VARIABLE;
  const pem = file === null ? variable : await readPem(file, io);
  if (isOneBlock(pem, 'ENCRYPTED PRIVATE KEY')) {
    const fix =
      'Decrypt it for the job with "openssl pkey -in seal.key -out plain.key", and let only the job read that.';
    throw keyError(`${place} is protected by a passphrase, and a job has nobody to ask`, fix);
  }
  if (!isOneBlock(pem, 'PRIVATE KEY')) throw keyError(`${place} is no private key in PEM (PKCS#8)`, `${HOW}.`);
  return ed25519(() => createPrivateKey(pem), place, `${HOW}.`);
}

/** The key to verify with. A private key, which holds the public one too, is refused: the gate must not have it. */
export async function readPublicKey(file: string, io: Io): Promise<KeyObject> {
  const fix = 'Write it with "openssl pkey -in seal.key -pubout -out seal.pub".';
  const pem = await readPem(file, io);
  if (!isOneBlock(pem, 'PUBLIC KEY')) throw keyError(`${file} is no public key in PEM (SPKI)`, fix);
  return ed25519(() => createPublicKey(pem), file, fix);
}

async function readPem(path: string, io: Io): Promise<string> {
  // An error about a file names it, and this one would print the key.
  if (/-----|\n/.test(path)) throw keyError('the text of a key is given where its file belongs', 'Name the file.');
  const { text } = await readTextFile({ path, maxBytes: LARGEST_KEY, fix: 'Name the file of the key.' }, io);
  return text;
}

/** Of several blocks OpenSSL would take one by rules of its own. */
function isOneBlock(pem: string, label: string): boolean {
  return new RegExp(`^\\s*-----BEGIN ${label}-----[A-Za-z0-9+/=\\s]+-----END ${label}-----\\s*$`).test(pem);
}

function ed25519(read: () => KeyObject, place: string, fix: string): KeyObject {
  let key: KeyObject;
  try {
    key = read();
  } catch {
    // What OpenSSL says is about the content of the key, and helps nobody.
    throw keyError(`${place} cannot be read as a key`, fix);
  }
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw keyError(`${place} is a key of type ${key.asymmetricKeyType ?? 'unknown'}, not Ed25519`, fix);
}

function keyError(message: string, fix: string): CliError {
  return new CliError({ code: 'SEAL-KEY', message, fix });
}
