import { isDeepStrictEqual } from 'node:util';
import { STATEMENT_FILE, type Bundle, REPORT_FILE } from '../report/bundle.ts';
import { readReport } from '../report/read-report.ts';
import type { PolicyHistory } from '../policy/policy-history.ts';
import { visible } from '../report/escape.ts';
import { compareText } from '../model/text-order.ts';
import type { InputDigest } from '../model/estate.ts';
import manifest from '../package.json' with { type: 'json' };
import { type BundleFiles, contentOf } from './bundle-content.ts';
import { openBundle, sha256, type SignedBundle } from './bundle-statement.ts';
import { readBundle } from './bundle-store.ts';
import { type CliError, errorLine } from './errors.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { refusal } from './gate-refusal.ts';
import type { Io } from './io.ts';
import { judge } from './judge.ts';
import { readPublicKey } from './seal-keys.ts';
import { writeStdout } from './stdout.ts';

export interface VerifyOptions {
  readonly publicKey: string;
  /** The bundle before this one; null to verify this one alone. */
  readonly previous: string | null;
  /** Whether to judge again from the inputs in the working directory. */
  readonly reproduce: boolean;
  readonly quiet: boolean;
}

const EVERYTHING = { controls: [], severities: [], sites: [] };

/** Verifies that a bundle of evidence is what was signed: nothing edited, missing or added. Reads files and runs nothing. */
export async function verify(path: string, options: VerifyOptions, io: Io): Promise<ExitCode> {
  const publicKey = await readPublicKey(options.publicKey, io);
  const files = await readBundle(path, io);
  const signed = openBundle(path, files, publicKey);
  const before =
    options.previous === null ? null : openBundle(options.previous, await readBundle(options.previous, io), publicKey);
  const refusals: CliError[] = [
    ...contentRefusals(path, files, signed.bundle),
    ...(before === null || options.previous === null ? [] : chainRefusals(path, signed, options.previous, before)),
  ];
  let history: PolicyHistory | undefined;
  if (options.reproduce && refusals.length === 0) {
    history = historyIn(files);
    refusals.push(...(await reproduced(files, signed.bundle, history, options, io)), ...uncommitted(history));
  }
  for (const { code, message, fix } of refusals) await io.stderr.write(errorLine(code, message, fix));
  if (refusals.length > 0) return EXIT.evidence;
  await writeStdout(io, summary(path, signed, options, history));
  return EXIT.ok;
}

/** All that is wrong with the files, for each tells something else. */
function contentRefusals(path: string, files: BundleFiles, { files: signed }: Bundle): CliError[] {
  const known = new Map(signed.map(({ name, sha256: digest }) => [name, digest]));
  const names = [...new Set([...known.keys(), ...files.keys()])].filter((name) => name !== STATEMENT_FILE);
  return names.toSorted(compareText).flatMap((name) => {
    const digest = known.get(name);
    const bytes = files.get(name);
    if (bytes === undefined) {
      return refusal('BUNDLE-ABSENT', {
        what: `${path} lacks ${name}, which was signed as a part of it`,
        why: 'what it said is not known',
        fix: 'Ask for the bundle as it was written.',
      });
    }
    if (digest === undefined) {
      return refusal('BUNDLE-EXTRA', {
        what: `${path} holds ${name}, which was not signed`,
        why: 'a reader would take it for a part of the evidence',
        fix: 'Ask for the bundle as it was written.',
      });
    }
    const found = sha256(bytes);
    if (found === digest) return [];
    return refusal('BUNDLE-EDITED', {
      what: `${name} in ${path} has sha256 ${found}, and ${digest} was signed`,
      why: 'it was edited after the bundle was signed',
      fix: 'Ask for the bundle as it was written.',
    });
  });
}

function chainRefusals(path: string, { bundle }: SignedBundle, beforePath: string, before: SignedBundle): CliError[] {
  const isNext = bundle.previous === before.sha256 && bundle.sequence === before.bundle.sequence + 1;
  if (isNext) return [];
  const named = bundle.previous === null ? 'names none before it' : `follows the one with sha256 ${bundle.previous}`;
  return [
    refusal('BUNDLE-CHAIN', {
      what: `${path}, number ${bundle.sequence} of its chain, ${named}; ${beforePath} is number ${before.bundle.sequence} with sha256 ${before.sha256}`,
      why: 'a bundle between the two is missing, or one of them is of another chain',
      fix: 'Name the bundle that came just before, or ask where it is.',
    }),
  ];
}

/** Judges again what the bundle says was judged, and compares byte by byte. */
async function reproduced(
  files: BundleFiles,
  bundle: Bundle,
  history: PolicyHistory | undefined,
  { quiet }: VerifyOptions,
  io: Io,
): Promise<readonly CliError[]> {
  if (bundle.tool.version !== manifest.version) {
    return [
      refusal('BUNDLE-TOOL', {
        what: `trefoil ${bundle.tool.version} wrote the bundle, and this is ${manifest.version}`,
        why: 'another version has other controls and writes other reports',
        fix: `Reproduce it with ${bundle.tool.version}.`,
      }),
    ];
  }
  const { providerSchema, ...run } = bundle.run;
  const again = await judge(
    { ...run, ...(providerSchema === null ? {} : { providerSchema }), filter: EVERYTHING, quiet },
    io,
  );
  const changed = [
    ...inputRefusals(bundle, again.report),
    ...historyRefusals(bundle, history, again.report.policy.history),
  ];
  if (changed.length > 0) return changed;
  return [...contentOf(again, bundle.tool.sha256)].flatMap(([name, bytes]) => {
    const then = files.get(name);
    if (then !== undefined && Buffer.from(then).equals(bytes)) return [];
    const line = then === undefined ? 1 : firstDifference(then, bytes);
    return refusal('BUNDLE-REPRODUCE', {
      what: `${name} is otherwise when the same inputs are judged again, from line ${line} on`,
      why: 'the program that judged was another one, or does not give the same answer twice',
      fix: `Compare it with what "trefoil check --format json" says, and ask who wrote the bundle.`,
    });
  });
}

type Inputs = Pick<Bundle, 'policy' | 'exceptionFiles' | 'inputs'>;

function inputRefusals(then: Inputs, now: Inputs): readonly CliError[] {
  const inputsOf = ({ policy, exceptionFiles, inputs }: Inputs): readonly InputDigest[] => [
    policy,
    ...exceptionFiles,
    ...inputs,
  ];
  const before = new Map(inputsOf(then).map(({ path, sha256: digest }) => [path, digest]));
  const after = new Map(inputsOf(now).map(({ path, sha256: digest }) => [path, digest]));
  return [...new Set([...before.keys(), ...after.keys()])].toSorted(compareText).flatMap((path) => {
    const [was, is] = [before.get(path), after.get(path)];
    if (was === is) return [];
    const what =
      was === undefined
        ? `${path} is an input now, and was none`
        : is === undefined
          ? `${path} is no input any more`
          : `${path} has sha256 ${is}, and ${was} was judged`;
    return refusal('BUNDLE-INPUT', {
      what,
      why: 'other inputs have other verdicts',
      fix: 'Check out the commit that was judged, and synthesise it again.',
    });
  });
}

/** What the report of a bundle says of the policy's commit; undefined where git was not asked. */
function historyIn(files: BundleFiles): PolicyHistory | undefined {
  const read = readReport(REPORT_FILE, files.get(REPORT_FILE) ?? new Uint8Array());
  return read.kind === 'report' ? read.report.policy.history : undefined;
}

function historyRefusals(
  { policy, run }: Bundle,
  then: PolicyHistory | undefined,
  now: PolicyHistory | undefined,
): readonly CliError[] {
  if (!run.policyHistory || isDeepStrictEqual(structuredClone(then), structuredClone(now))) return [];
  return [
    refusal('BUNDLE-INPUT', {
      what: `git says of ${policy.path} that ${told(now)}, and said that ${told(then)}`,
      why: 'the report has the commit of the policy and its owners',
      fix: 'Check out the commit that was judged, in a clone with the whole history.',
    }),
  ];
}

function told(history: PolicyHistory | undefined): string {
  if (history === undefined) return 'nothing is known';
  if (history.kind === 'unknown') return `nothing is known: ${history.because}`;
  const { commit, state, owners } = history;
  return `it is ${state} at commit ${commit}, with ${owners === null ? 'no CODEOWNERS' : `${owners.path} of sha256 ${owners.sha256}`}`;
}

/** A run by a policy that nobody has committed can be repeated, and ascribed to nobody. */
function uncommitted(history: PolicyHistory | undefined): readonly CliError[] {
  if (history?.kind !== 'known' || history.state === 'committed') return [];
  return [
    refusal('BUNDLE-UNCOMMITTED', {
      what: `CHG-003 fails: ${history.state === 'untracked' ? `commit ${history.commit} has no such policy` : `the policy is not the one of commit ${history.commit}`}`,
      why: 'nobody can tell who wrote what judged',
      fix: 'Commit the policy, and write the bundle again.',
    }),
  ];
}

/** Whether the run is one that can be reproduced and attributed, once its bytes came out again. */
function standing(history: PolicyHistory | undefined): string {
  if (history === undefined)
    return 'unproven: written without --policy-history, so the commit of the policy is not known';
  if (history.kind === 'unknown') return `unproven: the commit of the policy is not known: ${history.because}`;
  return `pass: signed, the same bytes again, and the policy is the one of commit ${history.commit}`;
}

function firstDifference(one: Uint8Array, other: Uint8Array): number {
  let line = 1;
  const end = Math.min(one.length, other.length);
  for (let at = 0; at < end && one[at] === other[at]; at += 1) if (one[at] === NEWLINE) line += 1;
  return line;
}

const NEWLINE = 10;

function summary(
  path: string,
  { bundle, sha256: digest }: SignedBundle,
  options: VerifyOptions,
  history: PolicyHistory | undefined,
): string {
  const { tool, policy, run, sequence, previous, files, createdAt } = bundle;
  const lines = [
    `${path} is as it was signed: ${files.length + 1} files, written ${createdAt} by ${tool.name} ${tool.version}`,
    `verdict as of ${run.asOf}: ${bundle.verdict}: ${bundle.because}`,
    `policy ${policy.name}, sha256 ${policy.sha256}`,
    `number ${sequence} of its chain, sha256 ${digest}${
      previous === null
        ? ''
        : options.previous === null
          ? `; the one before, sha256 ${previous}, was not given`
          : '; the one before is the one given'
    }`,
    ...(options.reproduce
      ? [
          `judged again from the same inputs: ${REPORT_FILE} and the rest are the same bytes`,
          `CHG-003 ${standing(history)}`,
        ]
      : []),
  ];
  return `${(options.quiet ? lines.slice(0, 1) : lines).map(visible).join('\n')}\n`;
}
