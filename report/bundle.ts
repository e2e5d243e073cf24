import type { Report, Stage } from '../checks/report.ts';
import { compareText } from '../model/text-order.ts';
import { stringifyJson } from './escape.ts';
import { type JudgedRun, judgedRunContent, judgedRunOf } from './judged-run.ts';
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
  /** Whether git was asked for the commit of the policy. */
  readonly policyHistory: boolean;
}

/** What the statement of a bundle says. */
export interface Bundle extends JudgedRun {
  /** Every file but the statement itself, sorted by name. */
  readonly files: readonly BundledFile[];
  /** Instant in UTC, to the second. */
  readonly createdAt: string;
  readonly run: BundledRun;
  /** One more than that of the bundle before; 1 for the first. */
  readonly sequence: number;
  /** SHA-256 of the statement of the bundle before; null for the first. */
  readonly previous: string | null;
}

interface Bundling extends Pick<Bundle, 'files' | 'createdAt' | 'run' | 'sequence' | 'previous'> {
  readonly toolSha256: string | null;
}

export function bundleOf(report: Report, { toolSha256, files, ...rest }: Bundling): Bundle {
  return {
    ...judgedRunOf(report, toolSha256),
    ...rest,
    files: files.toSorted((left, right) => compareText(left.name, right.name)),
  };
}

/** The bundle as an in-toto statement, which is what gets signed. One line; the same bytes for the same bundle. */
export function bundleText(bundle: Bundle): string {
  const { run } = bundle;
  const { tool, ...judged } = judgedRunContent(bundle);
  return stringifyJson({
    _type: STATEMENT_TYPE,
    subject: bundle.files.map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
    predicateType: BUNDLE_PREDICATE_TYPE,
    predicate: {
      tool,
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
        // Left out where it was not asked for, so that a reader without it can read what is without it.
        ...(run.policyHistory ? { policyHistory: true } : {}),
      },
      ...judged,
    },
  });
}
