import { resolve } from 'node:path';
import manifest from '../package.json' with { type: 'json' };
import { InputError } from '../model/input-error.ts';
import { LARGEST_POLICY } from '../policy/document.ts';
import { visible } from '../report/escape.ts';
import { readStatement } from '../report/read-statement.ts';
import type { Seal } from '../report/statement.ts';
import { shownPathOf } from './directory.ts';
import { IN_TOTO_PAYLOAD_TYPE, openEnvelope } from './dsse.ts';
import { CliError } from './errors.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { refusal } from './gate-refusal.ts';
import { gateRefusal } from './gate-rules.ts';
import { hashRegularFile, isSymbolicLink } from './hash-file.ts';
import type { Io } from './io.ts';
import { readRegularFile } from './read-file.ts';
import { readPublicKey } from './seal-keys.ts';
import { writeStdout } from './stdout.ts';
import { readNamedFile } from './text-file.ts';

export interface GateOptions {
  readonly seal: string;
  readonly publicKey: string;
  /** Files whose content the sealed one must be; null, and no exceptions, to take the seal's word. */
  readonly policy: string | null;
  readonly exceptions: readonly string[];
  readonly maxAge: number;
  /** The moment to judge the age at. */
  readonly asOf: Date;
}

const LARGEST_SEAL = 16 * 1024 * 1024;

/** Lets a plan through to its application only when a seal says that this very plan was judged and may be applied. */
export async function gate(plan: string, options: GateOptions, io: Io): Promise<ExitCode> {
  const publicKey = await readPublicKey(options.publicKey, io);
  const policySha256 = options.policy === null ? null : await digestOf(options.policy, io);
  const exceptionSha256s = await Promise.all(options.exceptions.map((path) => digestOf(path, io)));
  const seal = sealFrom(openEnvelope(await readSeal(options.seal, io), IN_TOTO_PAYLOAD_TYPE, publicKey));
  const planPath = shownPathOf(io.cwd, resolve(io.cwd, plan));
  const planSha256 = await digestOfPlan(plan, planPath, io);
  const refused = gateRefusal(seal, {
    planPath,
    planSha256,
    policySha256,
    // Who says which policy must have judged says with it that nothing else permitted anything.
    exceptionSha256s: options.policy === null && options.exceptions.length === 0 ? null : exceptionSha256s,
    toolVersion: manifest.version,
    now: options.asOf,
    maxAgeSeconds: options.maxAge,
  });
  if (refused !== null) throw refused;
  const stack = seal.plans.find(({ sha256 }) => sha256 === planSha256)?.stack ?? '';
  const line = `${planPath} is the sealed plan of ${stack}: ${seal.verdict}, sealed ${seal.sealedAt} by policy ${seal.policy.name}`;
  await writeStdout(io, `${visible(line)}\n`);
  return EXIT.ok;
}

function sealFrom(payload: Uint8Array): Seal {
  const reading = readStatement(payload);
  switch (reading.kind) {
    case 'seal':
      return reading.seal;
    case 'foreign':
      throw refusal('GATE-PREDICATE', {
        what: `what was signed is of type ${reading.predicateType}, which this version does not know`,
        why: 'what it says of the plan is not known',
        fix: 'Seal and gate with one version of trefoil.',
      });
    case 'malformed':
      throw refusal('GATE-STATEMENT', {
        what: `what was signed is no seal: ${reading.what}`,
        why: 'what cannot be read whole allows nothing',
        fix: 'Seal the plan again with "trefoil seal".',
      });
  }
}

async function readSeal(path: string, io: Io): Promise<Uint8Array> {
  const absolute = resolve(io.cwd, path);
  const shownPath = shownPathOf(io.cwd, absolute);
  try {
    const { bytes } = await readRegularFile({ path: absolute, shownPath, root: null, maxBytes: LARGEST_SEAL });
    return bytes;
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    const { code, what } = cause.problem;
    const isMissing = code === 'IN-NOTFOUND';
    throw refusal(
      isMissing ? 'GATE-MISSING' : 'GATE-FORM',
      {
        what: isMissing ? `there is no seal at ${shownPath}` : `the seal ${shownPath} cannot be read: ${what}`,
        why: 'nothing shows that the plan was judged',
        fix: 'Seal the plan with "trefoil seal", and pass what it wrote.',
      },
      cause,
    );
  }
}

async function digestOfPlan(path: string, shownPath: string, io: Io): Promise<string> {
  const absolute = resolve(io.cwd, path);
  try {
    if (await isSymbolicLink(absolute, shownPath)) {
      throw refusal('GATE-LINK', {
        what: `${shownPath} is a symbolic link`,
        why: 'it can lead elsewhere by the time Terraform follows it',
        fix: 'Name the plan itself, here and to Terraform.',
      });
    }
    return await hashRegularFile({ path: absolute, shownPath });
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    const fix = 'Name the file that "terraform plan -out" wrote.';
    throw new CliError({ code: 'CLI-READ', message: `${shownPath}: ${cause.problem.what}`, fix, cause });
  }
}

async function digestOf(path: string, io: Io): Promise<string> {
  const { sha256 } = await readNamedFile({ path, maxBytes: LARGEST_POLICY, fix: 'Name a file that is there.' }, io);
  return sha256;
}
