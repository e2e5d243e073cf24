import type { InputDigest } from '../model/estate.ts';
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
  ResultHop,
  ResultSubject,
  ResultWitness,
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
  'id' | 'control' | 'family' | 'severity' | 'verdict' | 'site' | 'message' | 'messageId' | 'also' | 'fingerprint'
> {
  readonly subject: Pick<ResultSubject, 'kind' | 'stack' | 'address' | 'constructPath'>;
  readonly witness: BaseWitness | null;
}

/** Names instead of places: lines move with every edit. */
interface BaseWitness extends Pick<ResultWitness, 'path' | 'value' | 'extent'> {
  readonly related: readonly Pick<ResultWitness['related'][number], 'stack' | 'address'>[];
  readonly trace: { readonly hops: readonly Pick<ResultHop, 'at' | 'stack' | 'address'>[] } | null;
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
  readonly blocks: Blocks;
}

interface Outcome {
  /** In their order, each finding with its change. */
  readonly results: readonly Result[];
  readonly comparison: Comparison;
}

/**
 * Says of each finding whether the base has it. A finding is known again by its control, its subject, its message and
 * its argument, never by a line; only what the base itself found can be `existing`.
 */
export function compare(now: Compared, { base, origin, blocks }: ComparisonRequest): Outcome {
  const before = new Map<string, BaseResult[]>();
  for (const result of base.results) {
    const known = before.get(keyOf(result));
    if (known === undefined) before.set(keyOf(result), [result]);
    else known.push(result);
  }
  const results = now.results.map((result) => {
    if (result.verdict === 'pass') return result;
    const known = keysOf(result, now)
      .map((key) => before.get(key))
      .find((earlier) => earlier !== undefined);
    return amended(result, { change: changeOf(result, known ?? []) });
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

/** From what nobody need act on to what somebody must. To know less than before is worse than an approved failure. */
const GRAVITY = { pass: 0, excepted: 1, unproven: 2, fail: 3 } as const satisfies Record<Result['verdict'], number>;

/** Of several earlier results of one subject the most like it counts, and is used up: one finding answers for one. */
function changeOf(result: Result, before: BaseResult[]): Change {
  const changes = before.map((earlier) => changeSince(earlier, result));
  const same = changes.indexOf('existing');
  if (same !== -1) before.splice(same, 1);
  return same !== -1 ? 'existing' : changes.includes('worsened') ? 'worsened' : 'new';
}

function changeSince(earlier: BaseResult, result: Result): Change {
  if (earlier.verdict === 'pass') return 'new';
  const isWitnessed = earlier.witness !== null && result.witness !== null;
  const isLess = isWitnessed && isPartOf(result, earlier);
  if (isWitnessed && !isLess && identityOf(earlier) !== identityOf(result)) return 'new';
  if (GRAVITY[result.verdict] !== GRAVITY[earlier.verdict]) {
    return GRAVITY[result.verdict] > GRAVITY[earlier.verdict] ? 'worsened' : 'existing';
  }
  const isSame = isWitnessed ? isLess || isSameFailure(earlier, result) : isNoMoreThan(result, earlier);
  return isSame ? 'existing' : 'worsened';
}

/** Which failure of a subject it is. The position in a list is no part of it: a rule before it moves it. */
function identityOf({ messageId, witness }: BaseResult | Result): string {
  return JSON.stringify([messageId, (witness?.path ?? '').replaceAll(/\[\d+\]/g, '[]')]);
}

/** Fingerprints tell of all that fails at the subject, also of what the report does not show. */
function isSameFailure(earlier: BaseResult, result: Result): boolean {
  return earlier.fingerprint === result.fingerprint && evidenceOf(earlier) === evidenceOf(result);
}

/** What the failure rests on, by name. */
function evidenceOf({ message, witness }: BaseResult | Result): string {
  const related = witness?.related.map(({ stack, address }) => [stack, address]) ?? [];
  const hops = witness?.trace?.hops.map(({ at, stack, address }) => [at, stack, address]) ?? [];
  return JSON.stringify([message, witness?.value ?? null, witness?.extent ?? null, related, hops]);
}

/** Whether some of what failed is corrected, and nothing else fails than before. */
function isPartOf(result: Result, earlier: BaseResult): boolean {
  const before = new Set([earlier.message, ...earlier.also]);
  const now = new Set([result.message, ...result.also]);
  if (now.size >= before.size || ![...now].every((message) => before.has(message))) return false;
  return earlier.message !== result.message || evidenceOf(earlier) === evidenceOf(result);
}

/** Whether every reason why something is unproven was one before. */
function isNoMoreThan({ message }: Result, earlier: BaseResult): boolean {
  const before = new Set(earlier.message.split('; '));
  return message.split('; ').every((reason) => before.has(reason));
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
