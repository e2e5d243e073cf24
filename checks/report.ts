import type { InputDigest } from '../model/estate.ts';
import type { InputProblem } from '../model/input-error.ts';
import type { SourceLocation } from '../model/source.ts';
import type { AppliedException } from '../policy/exceptions.ts';
import type { PolicyFile } from '../policy/policy-history.ts';
import type { PolicyProblem } from '../policy/problem.ts';
import type { Blocker, ControlMetadata, Family, Severity, Verdict } from './check.ts';

export const STAGES = ['change', 'apply'] as const;
export type Stage = (typeof STAGES)[number];

/** What a finding is against the base: not there before, graver or about something else than before, or as before. */
export const CHANGES = ['new', 'worsened', 'existing'] as const;
export type Change = (typeof CHANGES)[number];

/** Which findings block: all, or only those that are new or worsened against the base. */
export const BLOCKS = ['all', 'changes'] as const;
export type Blocks = (typeof BLOCKS)[number];

/** What a run found, as data: the only thing that reporters and the exit code read. Sorted, without clock or host. */
export interface Report {
  readonly tool: { readonly name: 'trefoil'; readonly version: string };
  readonly asOf: string;
  readonly stage: Stage;
  readonly policy: PolicyFile & { readonly name: string };
  readonly exceptionFiles: readonly InputDigest[];
  readonly inputs: readonly InputDigest[];
  /** False when something was not looked at: an input problem, a missing stack, an unknown type, nothing evaluated. */
  readonly complete: boolean;
  /** Why it is not complete, as sentences; empty when it is. */
  readonly incompleteBecause: readonly string[];
  readonly problems: readonly InputProblem[];
  /** Exceptions that are expired, not yet in force or of no use: errors of the caller (exit 2), never applied. */
  readonly exceptionProblems: readonly PolicyProblem[];
  /** What of the results was asked for; empty lists mean everything. Results outside are not in the report. */
  readonly filter: Filter;
  readonly population: Population;
  readonly escapeHatches: readonly EscapeHatch[];
  readonly sites: readonly { readonly id: string; readonly name: string }[];
  /** Every control of the catalogue, planned ones too. */
  readonly controls: readonly ControlStatus[];
  /** One per control and subject, sorted by stack, address, control. */
  readonly results: readonly Result[];
  readonly summary: { readonly [verdict in Verdict]: number };
  /** Severities at which unproven findings block at the stage of this run. */
  readonly unprovenBlocks: readonly Severity[];
  /** Against what the findings were compared; null where no base was given. */
  readonly comparison: Comparison | null;
}

export interface Comparison {
  readonly base: BaseOrigin;
  readonly blocks: Blocks;
  /** What keeps the comparison from being one of like with like, as clauses. */
  readonly limits: readonly string[];
  /** What the base found and this run does not, sorted like results. */
  readonly fixed: readonly FixedFinding[];
}

/** Where the findings of the base come from. */
export interface BaseOrigin {
  /** The report, or the directory of the stacks that were judged for it. */
  readonly path: string;
  readonly inputs: readonly InputDigest[];
  readonly asOf: string;
}

/** A finding of the base that is none now. */
export interface FixedFinding extends Pick<Result, 'id' | 'control' | 'family' | 'severity' | 'site'> {
  readonly subject: Pick<ResultSubject, 'kind' | 'stack' | 'address' | 'constructPath'>;
  /** Verdict and message are those of the base. */
  readonly verdict: Result['verdict'];
  readonly message: string;
  readonly because: FixedBecause;
}

/** The subject passes, is there and no subject of the control any more, or is gone. */
export const FIXED_BECAUSE = ['passes', 'not-applicable', 'gone'] as const;
export type FixedBecause = (typeof FIXED_BECAUSE)[number];

export interface Filter {
  readonly controls: readonly string[];
  readonly severities: readonly Severity[];
  readonly sites: readonly string[];
}

export interface Population {
  readonly stacks: readonly { readonly name: string; readonly sites: readonly string[]; readonly resources: number }[];
  readonly resources: number;
  readonly types: readonly { readonly type: string; readonly resources: number }[];
}

export const ESCAPE_HATCHES = ['override', 'ignore_changes', 'empty', 'import', 'moved', 'removed', 'check'] as const;

/** Something that steps around the typed constructs or hides a difference from the plan, for the reader to know of. */
export interface EscapeHatch {
  readonly kind: (typeof ESCAPE_HATCHES)[number];
  readonly stack: string;
  /** Address, or the resource type where CDKTF records no more. */
  readonly address: string;
  /** The overridden path, the ignored argument, ... */
  readonly what: string;
  readonly source: SourceLocation;
  readonly code: SourceLocation | null;
}

export interface ControlStatus extends ControlMetadata {
  readonly status: 'implemented' | 'planned';
  /** How many subjects it judged; 0 is `not-applicable`. */
  readonly population: number;
}

export interface Result {
  /** Stable over runs for the same control and subject: `ENC-001:dublin-data:aws_s3_bucket.records`. */
  readonly id: string;
  readonly control: string;
  readonly family: Family;
  readonly severity: Severity;
  readonly verdict: Exclude<Verdict, 'not-applicable'>;
  readonly subject: ResultSubject;
  /** Site id, `estate` for what is of no one site, `unassigned` where the site is not known. */
  readonly site: string;
  /** `pass`: the title; otherwise what was found. */
  readonly message: string;
  readonly messageId: string | null;
  readonly fix: string;
  readonly witness: ResultWitness | null;
  /** What else of the subject fails by the same control, as messages: an exception for the failure is for these too. */
  readonly also: readonly string[];
  readonly blockers: readonly Blocker[];
  /** Digest of what fails, which an exception names; null for what does not fail. */
  readonly fingerprint: string | null;
  /** Digest of each thing that fails or is not known, sorted: as many as there are, alike or not; none of a pass. */
  readonly parts: readonly string[];
  readonly exception: AppliedException | null;
  /** Null for a pass, and where no base was given. */
  readonly change: Change | null;
}

export interface ResultSubject {
  readonly kind: 'resource' | 'stack' | 'site' | 'policy';
  readonly stack: string | null;
  readonly address: string;
  readonly constructPath: string | null;
  /** Place in the synthesised JSON or the policy. */
  readonly source: SourceLocation | null;
  /** The TypeScript line to change, when the synth recorded it. */
  readonly code: SourceLocation | null;
}

export interface ResultWitness {
  readonly path: string;
  readonly value: string | null;
  /** What makes it graver or lesser: `from_port = 22, to_port = 22`; null where message and value say all. */
  readonly extent: string | null;
  readonly source: SourceLocation | null;
  readonly related: readonly {
    readonly stack: string;
    readonly address: string;
    readonly constructPath: string | null;
    readonly source: SourceLocation;
    readonly code: SourceLocation | null;
  }[];
  /** The way of a packet, when that is what fails. */
  readonly trace: ResultTrace | null;
  /** What to write in CDKTF; null where it takes more than properties of one construct. */
  readonly remedy: ResultRemedy | null;
}

export interface ResultRemedy {
  /** `KinesisStream` of `@cdktf/provider-aws/lib/kinesis-stream/index.js`. */
  readonly construct: string;
  readonly module: string;
  /** Of the resource that the construct makes; null for a construct to add. */
  readonly address: string | null;
  /** The TypeScript line of the construct, when the synth recorded it. */
  readonly code: SourceLocation | null;
  /** `kmsKeyId`, and its value as TypeScript. */
  readonly properties: readonly { readonly name: string; readonly to: string }[];
}

export interface ResultTrace {
  readonly packet: string;
  readonly hops: readonly ResultHop[];
  readonly closedBy: readonly string[];
}

export interface ResultHop {
  readonly at: string;
  readonly what: string;
  /** The object that decides it; nulls for what AWS adds by itself. */
  readonly stack: string | null;
  readonly address: string | null;
  readonly constructPath: string | null;
  readonly source: SourceLocation | null;
  readonly code: SourceLocation | null;
}

/** Results that somebody must act on or know of. */
export function findings(report: Report): readonly Result[] {
  return report.results.filter(({ verdict }) => verdict !== 'pass');
}
