import { createPublicKey, type KeyObject } from 'node:crypto';
import { basename } from 'node:path';
import { LARGEST_POLICY } from '../policy/document.ts';
import { bundleOf, bundleText, type BundledRun, STATEMENT_FILE } from '../report/bundle.ts';
import { visible } from '../report/escape.ts';
import type { Report } from '../checks/report.ts';
import { contentOf } from './bundle-content.ts';
import { openBundle, sha256, type SignedBundle } from './bundle-statement.ts';
import { readBundle, writeBundle } from './bundle-store.ts';
import { IN_TOTO_PAYLOAD_TYPE, signEnvelope } from './dsse.ts';
import { CliError } from './errors.ts';
import { type ExitCode, exitCodeOf } from './exit-code.ts';
import type { Io } from './io.ts';
import { judge, type JudgeOptions } from './judge.ts';
import { readPrivateKey } from './seal-keys.ts';
import { writeStdout } from './stdout.ts';
import { readNamedFile } from './text-file.ts';
import { toolDigest } from './tool-digest.ts';

export interface BundleOptions extends JudgeOptions {
  readonly paths: readonly string[];
  /** A new directory, or a file that ends in `.tar`. */
  readonly out: string;
  readonly key: string | null;
  /** The bundle before this one; null for the first of a chain. */
  readonly previous: string | null;
  readonly quiet: boolean;
}

const EVERYTHING = { controls: [], severities: [], sites: [] };

/** Judges an estate and writes all that shows how it was judged, signed, whatever came out. */
export async function bundle(options: BundleOptions, io: Io): Promise<ExitCode> {
  const createdAt = io
    .now()
    .toISOString()
    .replace(/\.\d{3}Z$/, 'Z');
  const privateKey = await readPrivateKey(options.key, io);
  const previous = await previousOf(options.previous, createPublicKey(privateKey), io);
  const judgement = await judge({ ...options, filter: EVERYTHING }, io);
  const { report } = judgement;
  const toolSha256 = await toolDigest(io);
  const files = new Map([...contentOf(judgement, toolSha256), ...(await copiesOf(options, report, io))]);
  const content = bundleOf(report, {
    files: Array.from(files, ([name, bytes]) => ({ name, sha256: sha256(bytes) })),
    toolSha256,
    createdAt,
    run: runOf(options),
    sequence: (previous?.bundle.sequence ?? 0) + 1,
    previous: previous?.sha256 ?? null,
  });
  const envelope = signEnvelope(IN_TOTO_PAYLOAD_TYPE, Buffer.from(bundleText(content), 'utf8'), privateKey);
  files.set(STATEMENT_FILE, Buffer.from(envelope));
  const read = [...judgement.inputs, ...(options.key === null ? [] : [options.key])];
  await writeBundle(options.out, files, io, read);
  const line = `${options.out}: number ${content.sequence} of its chain, ${files.size} files, ${content.verdict}: ${content.because}`;
  await writeStdout(io, `${visible(line)}\nsha256 of ${STATEMENT_FILE}: ${sha256(Buffer.from(envelope))}\n`);
  return exitCodeOf(report);
}

async function previousOf(path: string | null, publicKey: KeyObject, io: Io): Promise<SignedBundle | null> {
  return path === null ? null : openBundle(path, await readBundle(path, io), publicKey);
}

function runOf({
  paths,
  policy,
  exceptions,
  evidence = [],
  varFile,
  providerSchema,
  asOf,
  stage,
  policyHistory = false,
}: BundleOptions): BundledRun {
  return {
    paths,
    policy,
    exceptions,
    evidence,
    varFile,
    providerSchema: providerSchema ?? null,
    asOf,
    stage,
    policyHistory,
  };
}

/** The files that were given by name, as they were judged. */
async function copiesOf(
  { policy, exceptions, evidence = [] }: BundleOptions,
  report: Report,
  io: Io,
): Promise<readonly (readonly [string, Uint8Array])[]> {
  const digests = new Set([report.policy, ...report.exceptionFiles, ...report.inputs].map((file) => file.sha256));
  const given = [
    { path: policy, name: `policy/${named(policy)}` },
    ...exceptions.map((path, index) => ({ path, name: `exceptions/${index + 1}-${named(path)}` })),
    ...evidence.map((path, index) => ({ path, name: `evidence/${index + 1}-${named(path)}` })),
  ];
  return Promise.all(
    given.map(async ({ path, name }) => {
      const fix = 'Leave the file alone while the bundle is written.';
      const file = await readNamedFile({ path, maxBytes: LARGEST_POLICY, fix }, io);
      if (digests.has(file.sha256)) return [name, file.bytes] as const;
      throw new CliError({ code: 'CLI-READ', message: `${path} has changed since it was judged`, fix });
    }),
  );
}

/** What every file system and archive takes for a name. */
function named(path: string): string {
  return basename(path)
    .replace(/[^\w.-]/g, '_')
    .slice(-60);
}
