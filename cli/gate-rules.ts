import type { Seal } from '../report/statement.ts';
import type { CliError } from './errors.ts';
import { refusal } from './gate-refusal.ts';
import { isoDay } from './option-values.ts';

/** What the gate knows besides the seal. */
export interface GateFacts {
  /** As messages name the plan. */
  readonly planPath: string;
  readonly planSha256: string;
  /** Digests that the caller demands; null where any will do. */
  readonly policySha256: string | null;
  readonly exceptionSha256s: readonly string[] | null;
  readonly toolVersion: string;
  readonly now: Date;
  readonly maxAgeSeconds: number;
}

/** Clocks of two machines differ by that much without anybody's intent. */
const CLOCK_SKEW_SECONDS = 60;

type Rule = (seal: Seal, facts: GateFacts) => CliError | null;

/** Why the seal does not allow the plan to be applied; null when it does. */
export function gateRefusal(seal: Seal, facts: GateFacts): CliError | null {
  for (const rule of RULES) {
    const refused = rule(seal, facts);
    if (refused !== null) return refused;
  }
  return null;
}

/** In the order in which they are worth knowing: first that the seal is about this plan at all. */
const RULES: readonly Rule[] = [tool, plan, stage, verdict, age, day, ended, policy, exceptions];

function tool({ tool: { name, version } }: Seal, { toolVersion }: GateFacts): CliError | null {
  if (name === 'trefoil' && version === toolVersion) return null;
  return refusal('GATE-TOOL', {
    what: `${name} ${version} sealed the plan, and this is trefoil ${toolVersion}`,
    why: 'another version has other controls, and what its verdict means is not known here',
    fix: 'Seal and gate with one version.',
  });
}

function plan({ plans }: Seal, { planPath, planSha256 }: GateFacts): CliError | null {
  if (plans.some(({ sha256 }) => sha256 === planSha256)) return null;
  return refusal('GATE-PLAN', {
    what: `${planPath} (sha256 ${planSha256}) is not a plan that the seal is about`,
    why: 'nothing is known of what it would do',
    fix: 'Apply the sealed plan, or seal this one.',
  });
}

function stage(seal: Seal): CliError | null {
  if (seal.stage === 'apply') return null;
  return refusal('GATE-STAGE', {
    what: `the plan was judged at stage ${seal.stage}`,
    why: 'unproven findings that block an application do not block there',
    fix: 'Seal it with "trefoil seal", which judges at stage apply.',
  });
}

/** The parts must agree, so that no one of them lets a plan through by itself. */
function verdict(seal: Seal): CliError | null {
  const { exitCode, complete, counts, population, controls, exceptions: covering } = seal;
  const allows = seal.verdict === 'pass' || seal.verdict === 'unproven';
  const judged = counts.pass + counts.unproven + counts.excepted;
  const isJudged = complete && judged * population.stacks * controls.length > 0;
  const isCovered = counts.excepted > 0 === covering.length > 0;
  if (allows && exitCode === 0 && isJudged && isCovered && counts.fail === 0) return null;
  return refusal('GATE-VERDICT', {
    what: `the verdict on the plan is ${seal.verdict} (${seal.because})`,
    why: 'only what was judged whole and has no failure may be applied',
    fix: 'See "trefoil check" for the findings, mend them, plan and seal again.',
  });
}

function age({ sealedAt }: Seal, { now, maxAgeSeconds }: GateFacts): CliError | null {
  const seconds = (now.getTime() - Date.parse(sealedAt)) / 1000;
  if (seconds < -CLOCK_SKEW_SECONDS) {
    return refusal('GATE-FUTURE', {
      what: `the plan was sealed at ${sealedAt}, which is yet to come`,
      why: 'a clock is wrong, and the age of the seal is not known',
      fix: 'Set the clocks of both machines, and seal again.',
    });
  }
  if (seconds <= maxAgeSeconds) return null;
  return refusal('GATE-STALE', {
    what: `the plan was sealed at ${sealedAt}, ${Math.floor(seconds)} seconds ago; at most ${maxAgeSeconds} are allowed`,
    why: 'exceptions, evidence and what exists may have changed since',
    fix: 'Plan and seal again.',
  });
}

/** Whoever judges as of an earlier day brings back exceptions that have expired since. */
function day({ asOf, sealedAt }: Seal): CliError | null {
  const sealed = isoDay(new Date(sealedAt));
  if (asOf === sealed) return null;
  return refusal('GATE-DAY', {
    what: `the plan was judged as of ${asOf} and sealed on ${sealed}`,
    why: 'exceptions and evidence that hold on one day may not hold on the other',
    fix: 'Seal without --as-of.',
  });
}

/** A seal of the evening before outlives an exception that ended at midnight. */
function ended({ exceptions: covering }: Seal, { now }: GateFacts): CliError | null {
  const today = isoDay(now);
  const over = covering.find(({ ends }) => ends < today);
  if (over === undefined) return null;
  return refusal('GATE-EXPIRED', {
    what: `the plan was judged under the exception ${over.id}, which ended on ${over.ends}`,
    why: 'the failure that it covered is permitted no more',
    fix: 'Correct the failure, or have it approved again; then plan and seal again.',
  });
}

function policy(seal: Seal, { policySha256 }: GateFacts): CliError | null {
  if (policySha256 === null || seal.policy.sha256 === policySha256) return null;
  return refusal('GATE-POLICY', {
    what: `the plan was judged by ${seal.policy.path} with sha256 ${seal.policy.sha256}, not by the policy given (${policySha256})`,
    why: 'another policy may allow what this one forbids',
    fix: 'Seal with the policy that is in force.',
  });
}

function exceptions({ exceptionFiles }: Seal, { exceptionSha256s }: GateFacts): CliError | null {
  if (exceptionSha256s === null) return null;
  const sealed = new Set(exceptionFiles.map(({ sha256 }) => sha256));
  const given = new Set(exceptionSha256s);
  if (sealed.size === given.size && [...sealed].every((sha256) => given.has(sha256))) return null;
  return refusal('GATE-EXCEPTIONS', {
    what: 'the plan was judged with other exceptions than those given',
    why: 'an exception that nobody approved may cover its failures',
    fix: 'Seal with the exceptions that are in force.',
  });
}
