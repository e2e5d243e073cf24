import type { BaseResult } from '../checks/compare.ts';
import type { Verdict } from '../checks/check.ts';
import { DEFAULT_JSON_LIMITS } from '../model/json/read.ts';
import { REPORT_FILE } from '../report/bundle.ts';
import { readReport } from '../report/read-report.ts';
import { drawSample, sampleJson, sampleText } from '../report/sample.ts';
import { openBundle, sha256 } from './bundle-statement.ts';
import { readBundle } from './bundle-store.ts';
import { CliError } from './errors.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { refusal } from './gate-refusal.ts';
import type { Io } from './io.ts';
import type { ListFormat } from './option-values.ts';
import { readPublicKey } from './seal-keys.ts';
import { writeStdout } from './stdout.ts';
import { readNamedFile } from './text-file.ts';

export interface SampleOptions {
  readonly seed: string;
  readonly size: number;
  /** Draw only from these; empty for all. */
  readonly control: readonly string[];
  readonly verdict: readonly Verdict[];
  /** Needed for a bundle; null for a JSON report, which nobody signed. */
  readonly publicKey: string | null;
  readonly format: ListFormat;
}

/** Draws a sample of what was judged, the same for everybody who has the seed. */
export async function sample(path: string, options: SampleOptions, io: Io): Promise<ExitCode> {
  const results = await resultsOf(path, options.publicKey, io);
  const wanted = results.filter(
    ({ control, verdict }) =>
      (options.control.length === 0 || options.control.includes(control)) &&
      (options.verdict.length === 0 || options.verdict.includes(verdict)),
  );
  if (wanted.length === 0) {
    throw new CliError({
      code: 'CLI-VALUE',
      message: `${path} has no result to draw from`,
      fix: 'Ask for controls and verdicts that it has; "trefoil list" tells the controls.',
    });
  }
  const drawn = drawSample(wanted, options.seed, options.size);
  await writeStdout(io, options.format === 'json' ? sampleJson(drawn) : sampleText(drawn));
  return EXIT.ok;
}

async function resultsOf(path: string, publicKey: string | null, io: Io): Promise<readonly BaseResult[]> {
  const bytes = publicKey === null ? await reportBytes(path, io) : await bundledReport(path, publicKey, io);
  const read = readReport(path, bytes);
  if (read.kind === 'report') return read.report.results;
  const fix =
    publicKey === null
      ? 'Name a JSON report, or a bundle with --public-key.'
      : 'Use the version that wrote the bundle.';
  throw new CliError({ code: 'CLI-READ', message: `${path} ${read.what}`, fix });
}

async function reportBytes(path: string, io: Io): Promise<Uint8Array> {
  const fix = 'Name a JSON report, or a bundle with --public-key.';
  return (await readNamedFile({ path, maxBytes: DEFAULT_JSON_LIMITS.maxBytes, fix }, io)).bytes;
}

async function bundledReport(path: string, publicKey: string, io: Io): Promise<Uint8Array> {
  const files = await readBundle(path, io);
  const { bundle } = openBundle(path, files, await readPublicKey(publicKey, io));
  const bytes = files.get(REPORT_FILE);
  const signed = bundle.files.find(({ name }) => name === REPORT_FILE);
  if (bytes !== undefined && signed?.sha256 === sha256(bytes)) return bytes;
  throw refusal('BUNDLE-EDITED', {
    what: `${REPORT_FILE} in ${path} is not the one that was signed`,
    why: 'a sample of another report says nothing of what was judged',
    fix: 'See "trefoil verify" for all that is wrong with it.',
  });
}
