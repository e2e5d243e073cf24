import { describeUnknown } from './flow-places.ts';
import type { FlowJudgement } from './residency/flow-judgement.ts';

/** Whether data may be where it rests or goes; the gravest first. */
export const FLOW_VERDICTS = ['outside', 'unproven', 'inside'] as const;
export type FlowVerdict = (typeof FLOW_VERDICTS)[number];

export interface Judged {
  readonly verdict: FlowVerdict;
  /** A clause why it is not inside; null where it is. */
  readonly reason: string | null;
}

export interface Held {
  /** What the tag says; null where none does or nothing tells what it says. */
  readonly dataClass: string | null;
}

/** How many of some rests or flows have each verdict. */
export function verdictsOf(judged: readonly Judged[]): { readonly [verdict in FlowVerdict]: number } {
  const count = (wanted: FlowVerdict): number => judged.filter(({ verdict }) => verdict === wanted).length;
  return { outside: count('outside'), unproven: count('unproven'), inside: count('inside') };
}

/** Orders the gravest first. */
export function byVerdict(left: Judged, right: Judged): number {
  return FLOW_VERDICTS.indexOf(left.verdict) - FLOW_VERDICTS.indexOf(right.verdict);
}

/** A judgement in the words of a map. */
export function judged(judgement: FlowJudgement): Judged {
  switch (judgement.kind) {
    case 'pass':
      return { verdict: 'inside', reason: null };
    case 'fail':
      return { verdict: 'outside', reason: judgement.reason };
    case 'unproven':
      return { verdict: 'unproven', reason: describeUnknown(judgement.because) };
  }
}
