import type { Estate } from '../model/estate.ts';
import type { Failure, FoundOutcome, WitnessTrace } from './check.ts';

/**
 * The outcome without what tells a sensitive value. Every outcome but a pass goes through here on its way to reports, fingerprints
 * and comparisons, so that no check can forget it.
 */
export function withheld(outcome: FoundOutcome, estate: Estate): FoundOutcome {
  const hide = (text: string): string => estate.withhold(text);
  switch (outcome.verdict) {
    case 'unproven':
      return {
        ...outcome,
        message: hide(outcome.message),
        reasons: outcome.reasons.map(hide),
        blockers: outcome.blockers.map(({ expression, reason }) => ({
          expression: hide(expression),
          reason: hide(reason),
        })),
      };
    case 'fail':
      return {
        ...outcome,
        ...withheldFailure(outcome, hide),
        others: outcome.others.map((other) => withheldFailure(other, hide)),
        open: outcome.open.map(hide),
      };
  }
}

function withheldFailure({ messageId, message, witness }: Failure, hide: (text: string) => string): Failure {
  const { value, extent, trace, remedy } = witness;
  return {
    messageId,
    message: hide(message),
    witness: {
      ...witness,
      value: value === null ? null : hide(value),
      extent: extent === null ? null : hide(extent),
      trace: trace === null ? null : withheldTrace(trace, hide),
      // What is to be written cannot be told in part.
      remedy: remedy?.set.some(({ to }) => hide(to) !== to) === true ? null : remedy,
    },
  };
}

function withheldTrace({ packet, hops, closedBy }: WitnessTrace, hide: (text: string) => string): WitnessTrace {
  return {
    packet: hide(packet),
    hops: hops.map(({ at, what, by }) => ({ at: hide(at), what: hide(what), by })),
    closedBy: closedBy.map(hide),
  };
}
