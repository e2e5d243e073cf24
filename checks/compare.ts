import type { InputDigest } from '../model/estate.ts';
import { SENSITIVE } from '../model/secrets/withhold.ts';
import type { AppliedException } from '../policy/exceptions.ts';
import { amended } from './judged-result.ts';
import type { Former } from './moved.ts';
import type {
  BaseOrigin,
  Blocks,
  Change,
  Comparison,
  ControlStatus,
  FixedBecause,
  FixedFinding,
  Report,
  Result,
  ResultSubject,
} from './report.ts';

/** What a comparison reads of an earlier report; a report of this run's kind is one. */
export interface Base {
  readonly tool: Report['tool'];
  readonly asOf: string;
  readonly complete: boolean;
  readonly filter: Report['filter'];
  readonly policy: Pick<Report['policy'], 'sha256'>;
  readonly exceptionFiles: readonly InputDigest[];
  readonly controls: readonly Pick<ControlStatus, 'id' | 'status'>[];
  readonly results: readonly BaseResult[];
}

export interface BaseResult extends Pick<
  Result,
  'id' | 'control' | 'family' | 'severity' | 'verdict' | 'site' | 'message' | 'parts'
> {
  readonly subject: Pick<ResultSubject, 'kind' | 'stack' | 'address' | 'constructPath'>;
  readonly exception: Pick<AppliedException, 'id' | 'ends' | 'ticket'> | null;
}

/** The run that is compared, before any filter: what is outside of it is not gone. */
export interface Compared {
  readonly tool: Report['tool'];
  readonly policy: Pick<Report['policy'], 'sha256'>;
  readonly exceptionFiles: readonly InputDigest[];
  readonly complete: boolean;
  readonly controls: readonly Pick<ControlStatus, 'id' | 'status'>[];
  /** Names of the stacks that were read. */
  readonly stacks: ReadonlySet<string>;
  /** Whether the estate has a resource. */
  has(stack: string, address: string): boolean;
  readonly former: Former;
  readonly results: readonly Result[];
}

/** What to compare with, and what the comparison decides. */
export interface ComparisonRequest {
  readonly base: Base;
  readonly origin: Omit<BaseOrigin, 'asOf'>;
  /** Whose exceptions the base was judged with: those of its own day, or those of this run. */
  readonly exceptionsOf: 'base' | 'run';
  readonly blocks: Blocks;
}

interface Outcome {
  /** In their order, each finding with its change. */
  readonly results: readonly Result[];
  readonly comparison: Comparison;
}

/**
 * Says of each finding whether the base has it. A finding is known again by its control, its subject and by each thing
 * that fails there, never by a line; only what the base itself found can be `existing`.
 */
export function compare(now: Compared, { base, origin, blocks }: ComparisonRequest): Outcome {
  const known = new Map<string, Known>();
  for (const earlier of base.results) {
    const key = keyOf(earlier);
    const before = known.get(key) ?? { hasFinding: false, fail: new Map(), excepted: new Map(), unproven: new Map() };
    known.set(key, before);
    if (earlier.verdict === 'pass') continue;
    before.hasFinding = true;
    const counts: Map<string, number> = before[earlier.verdict];
    for (const part of earlier.parts) counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  const results = now.results.map((result) => {
    if (result.verdict === 'pass') return result;
    const before = keysOf(result, now)
      .map((key) => known.get(key))
      .find((earlier) => earlier !== undefined);
    const change = changeOf(result.verdict, result.parts, before);
    // Of what is sensitive nobody can tell whether it is what it was, or graver.
    const isUntold = change === 'existing' && result.verdict === 'fail' && tellsSensitive(result);
    return amended(result, { change: isUntold ? 'worsened' : change });
  });
  const { fixed, unread } = fixedSince(base, now);
  return {
    results,
    comparison: {
      base: { ...origin, asOf: base.asOf },
      blocks,
      limits: limitsOf(base, now, unread),
      fixed,
    },
  };
}

function keyOf({ control, subject: { kind, stack, address } }: BaseResult | Result): string {
  return JSON.stringify([control, kind, stack, address]);
}

/** Of a result, by which the base may know it: its own, and that of where its subject was before it moved. */
function keysOf(result: Result, { former }: Compared): readonly string[] {
  const { kind, stack, address } = result.subject;
  const earlier = kind === 'resource' && stack !== null ? former(stack, address) : null;
  if (earlier === null) return [keyOf(result)];
  return [keyOf(result), JSON.stringify([result.control, kind, stack, earlier])];
}

/** What the base has of one control at one subject, and not yet answered for a finding of this run: how often each. */
interface Known {
  hasFinding: boolean;
  readonly fail: Map<string, number>;
  readonly excepted: Map<string, number>;
  readonly unproven: Map<string, number>;
}

/** Whether what fails rests on a value that is withheld. */
function tellsSensitive({ message, also, witness }: Result): boolean {
  const { value = null, extent = null, trace = null } = witness ?? {};
  const told = [message, ...also, value, extent, trace?.packet, ...(trace?.hops.map(({ what }) => what) ?? [])];
  return told.some((text) => text?.includes(SENSITIVE));
}

type FindingVerdict = Exclude<Result['verdict'], 'pass'>;

/**
 * Which verdicts of the base make one of now `existing`. Graver is worsened, and so is a failure of which nobody can
 * tell any more whether it stands, for what hides it was not there: to hide the value of an argument corrects nothing.
 */
const ANSWERED_BY = {
  fail: ['fail'],
  unproven: ['unproven', 'fail', 'excepted'],
  excepted: ['excepted', 'fail'],
} as const satisfies Record<FindingVerdict, readonly FindingVerdict[]>;

/** What the base has answers once: two of a kind are known only where it had two. */
function changeOf(verdict: FindingVerdict, parts: readonly string[], before: Known | undefined): Change {
  if (before?.hasFinding !== true) return 'new';
  return ANSWERED_BY[verdict].some((earlier) => take(parts, before[earlier])) ? 'existing' : 'worsened';
}

/** Takes all of the parts, or none where one is missing; no parts are part of nothing. */
function take(parts: readonly string[], from: Map<string, number>): boolean {
  for (const [index, part] of parts.entries()) {
    const left = from.get(part) ?? 0;
    if (left === 0) {
      for (const taken of parts.slice(0, index)) from.set(taken, (from.get(taken) ?? 0) + 1);
      return false;
    }
    from.set(part, left - 1);
  }
  return parts.length > 0;
}

function fixedSince(base: Base, now: Compared): { readonly fixed: readonly FixedFinding[]; readonly unread: number } {
  const verdicts = new Map<string, Result['verdict'][]>();
  for (const result of now.results) {
    for (const key of keysOf(result, now)) {
      const known = verdicts.get(key);
      if (known === undefined) verdicts.set(key, [result.verdict]);
      else known.push(result.verdict);
    }
  }
  const judged = implementedIn(now.controls);
  const fixed: FixedFinding[] = [];
  let unread = 0;
  for (const earlier of base.results) {
    if (earlier.verdict === 'pass' || !judged.has(earlier.control)) continue;
    const found = verdicts.get(keyOf(earlier)) ?? [];
    if (found.some((verdict) => verdict !== 'pass')) continue;
    const because = found.length > 0 ? 'passes' : whyNotJudged(earlier, now);
    if (because === null) unread += 1;
    else fixed.push(fixedFinding(earlier, because));
  }
  return { fixed, unread };
}

/** Why a run has no result for a subject; null where it did not look. */
function whyNotJudged({ subject: { kind, stack, address } }: BaseResult, now: Compared): FixedBecause | null {
  if (stack === null) return now.complete ? 'gone' : null;
  if (!now.stacks.has(stack)) return now.complete ? 'gone' : null;
  return kind !== 'resource' || now.has(stack, address) ? 'not-applicable' : 'gone';
}

function fixedFinding(result: BaseResult, because: FixedBecause): FixedFinding {
  const { id, control, family, severity, site, verdict, message, subject } = result;
  const { kind, stack, address, constructPath } = subject;
  return {
    id,
    control,
    family,
    severity,
    site,
    subject: { kind, stack, address, constructPath },
    verdict,
    message,
    because,
  };
}

/** What makes a finding look new that is not, or hides that one was fixed; never what makes a new one look known. */
function limitsOf(base: Base, now: Compared, unread: number): readonly string[] {
  const limits: string[] = [];
  if (!base.complete) limits.push('the base is incomplete, so what it did not look at counts as new');
  const { controls, severities, sites } = base.filter;
  if (controls.length + severities.length + sites.length > 0) {
    limits.push('the base holds only a part of its results, so findings of the others count as new');
  }
  if (base.policy.sha256 !== now.policy.sha256) limits.push('the base was judged by another policy');
  if (digests(base.exceptionFiles) !== digests(now.exceptionFiles)) {
    limits.push('the base was judged with other files of exceptions');
  }
  if (base.tool.version !== now.tool.version) {
    limits.push(`the base was judged by trefoil ${base.tool.version}, whose messages and controls may differ`);
  }
  const earlier = implementedIn(base.controls);
  const added = [...implementedIn(now.controls)].filter((id) => !earlier.has(id));
  if (added.length > 0) limits.push(`the base did not judge ${added.join(', ')}, so findings of it count as new`);
  if (unread > 0) {
    limits.push(`${unread} ${unread === 1 ? 'finding' : 'findings'} of the base cannot be compared: not all was read`);
  }
  return limits;
}

function implementedIn(controls: readonly Pick<ControlStatus, 'id' | 'status'>[]): ReadonlySet<string> {
  return new Set(controls.filter(({ status }) => status === 'implemented').map(({ id }) => id));
}

/** The content alone: the same file may stand elsewhere. */
function digests(files: readonly InputDigest[]): string {
  return files
    .map(({ sha256 }) => sha256)
    .toSorted()
    .join();
}
