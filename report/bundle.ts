import type { Report, Stage } from '../checks/report.ts';
import type { InputDigest } from '../model/estate.ts';
import { compareText } from '../model/text-order.ts';
import { type Conclusion, conclude, isComplete } from './conclusion.ts';
import { stringifyJson } from './escape.ts';
import { STATEMENT_TYPE } from './statement.ts';

/** Its last number changes when a reader of the old format could misread the new one: docs/evidence.md describes it. */
export const BUNDLE_PREDICATE_TYPE = 'urn:trefoil:bundle:1';

/** The envelope with the statement, which is no subject of itself. */
export const STATEMENT_FILE = 'statement.json';
/** The report that a second run must give again, byte for byte. */
export const REPORT_FILE = 'report.json';

/** A file of a bundle, named by its path in it. */
export interface BundledFile {
  readonly name: string;
  readonly sha256: string;
}

/** What a run was called with, so that it can be run again: paths as they were given. */
export interface BundledRun {
  readonly paths: readonly string[];
  readonly policy: string;
  readonly exceptions: readonly string[];
  readonly evidence: readonly string[];
  readonly varFile: readonly string[];
  /** Null where no schema of providers was given. */
  readonly providerSchema: string | null;
  /** ISO day. */
  readonly asOf: string;
  readonly stage: Stage;
}

/** What the statement of a bundle says. */
export interface Bundle {
  /** Every file but the statement itself, sorted by name. */
  readonly files: readonly BundledFile[];
  /** `sha256` is null where the program does not run from a built distribution. */
  readonly tool: { readonly name: string; readonly version: string; readonly sha256: string | null };
  /** Instant in UTC, to the second. */
  readonly createdAt: string;
  readonly run: BundledRun;
  readonly verdict: Conclusion['verdict'];
  readonly exitCode: number;
  readonly because: string;
  readonly complete: boolean;
  readonly counts: Report['summary'];
  readonly population: { readonly stacks: number; readonly resources: number };
  readonly policy: InputDigest & { readonly name: string };
  readonly exceptionFiles: readonly InputDigest[];
  readonly inputs: readonly InputDigest[];
  /** One more than that of the bundle before; 1 for the first. */
  readonly sequence: number;
  /** SHA-256 of the statement of the bundle before; null for the first. */
  readonly previous: string | null;
}

interface Bundling extends Pick<Bundle, 'files' | 'createdAt' | 'run' | 'sequence' | 'previous'> {
  readonly toolSha256: string | null;
}

export function bundleOf(report: Report, { toolSha256, files, ...rest }: Bundling): Bundle {
  const { verdict, exitCode, because } = conclude(report);
  const { tool, population, policy, exceptionFiles, inputs } = report;
  return {
    ...rest,
    files: files.toSorted((left, right) => compareText(left.name, right.name)),
    tool: { name: tool.name, version: tool.version, sha256: toolSha256 },
    verdict,
    exitCode,
    because,
    complete: isComplete(report),
    counts: report.summary,
    population: { stacks: population.stacks.length, resources: population.resources },
    policy,
    exceptionFiles,
    inputs,
  };
}

/** The bundle as an in-toto statement, which is what gets signed. One line; the same bytes for the same bundle. */
export function bundleText(bundle: Bundle): string {
  const { tool, run, counts, population, policy } = bundle;
  return stringifyJson({
    _type: STATEMENT_TYPE,
    subject: bundle.files.map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
    predicateType: BUNDLE_PREDICATE_TYPE,
    predicate: {
      tool: { name: tool.name, version: tool.version, sha256: tool.sha256 },
      createdAt: bundle.createdAt,
      sequence: bundle.sequence,
      previous: bundle.previous,
      run: {
        paths: run.paths,
        policy: run.policy,
        exceptions: run.exceptions,
        evidence: run.evidence,
        varFile: run.varFile,
        providerSchema: run.providerSchema,
        asOf: run.asOf,
        stage: run.stage,
      },
      verdict: bundle.verdict,
      exitCode: bundle.exitCode,
      because: bundle.because,
      complete: bundle.complete,
      counts: {
        pass: counts.pass,
        fail: counts.fail,
        unproven: counts.unproven,
        excepted: counts.excepted,
        'not-applicable': counts['not-applicable'],
      },
      population: { stacks: population.stacks, resources: population.resources },
      policy: { name: policy.name, path: policy.path, sha256: policy.sha256 },
      exceptionFiles: bundle.exceptionFiles.map(digestContent),
      inputs: bundle.inputs.map(digestContent),
    },
  });
}

function digestContent({ path, sha256 }: InputDigest) {
  return { path, sha256 };
}
