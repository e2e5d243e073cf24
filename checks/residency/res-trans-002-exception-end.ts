import type { Exception } from '../../policy/policy.ts';
import { defineCheck, type Earlier, type Example } from '../check.ts';
import { EXAMPLE_TRANSITION } from './example-transition.ts';
import { transitionalStacks } from './transitional.ts';

export default defineCheck({
  id: 'RES-TRANS-002',
  why: 'An exception that is moved on whenever it ends is a rule that nobody decided. The day of judgement is given to the run, and a later end needs an approval of its own.',
  fix: 'Move what is left to a site and remove the exception; to keep it longer, have it approved again and name that approval as its ticket.',
  references: ['https://csf.tools/reference/nist-sp-800-53/r5/ca/ca-5/'],
  resourceTypes: [],
  messages: {
    ended: ({ id, expires }: { id: string; expires: string }) => `the exception ${id} ended on ${expires}`,
    rolled: ({ id, before, expires, ticket }: { id: string; before: string; expires: string; ticket: string }) =>
      `the exception ${id} ends on ${expires} and ended on ${before} in the earlier report, by the same approval (${ticket})`,
    early: ({ id, created }: { id: string; created: string }) => `the exception ${id} starts only on ${created}`,
  },

  subjects: transitionalStacks,

  inspect({ stack }, { exceptions = [], earlier, asOf, pass, fail, unproven, all }) {
    return all(exceptions.filter((exception) => exception.stack === stack).map(judge));

    function judge(exception: Exception) {
      const { id, created, expires, ticket, location } = exception;
      if (asOf > expires) return fail({ location }, 'ended', { id, expires });
      if (asOf < created) return fail({ location }, 'early', { id, created });
      if (earlier === undefined) {
        return unproven(
          'whether its exceptions were renewed without an approval only an earlier report shows: pass --base',
        );
      }
      if (earlier.exceptionsOf === 'run') {
        return unproven('the earlier stacks are judged with the exceptions of today: pass an earlier report as --base');
      }
      if (asOf < earlier.asOf) return unproven(`the earlier report is of ${earlier.asOf}, which is later`);
      const before = endBefore(exception, earlier);
      return before === null ? pass() : fail({ location }, 'rolled', { id, before, expires, ticket });
    }
  },

  examples: { compliant: [EXAMPLE_TRANSITION], violating: [expired()] },
});

/** The earlier end of an exception that ends later now, though nobody approved it anew. */
function endBefore({ control, stack, expires, ticket }: Exception, { results }: Earlier): string | null {
  for (const { control: judged, subject, exception } of results) {
    if (judged !== control || subject.stack !== stack || exception === null) continue;
    if (exception.ticket === ticket && exception.ends < expires) return exception.ends;
  }
  return null;
}

function expired(): Example {
  return {
    ...EXAMPLE_TRANSITION,
    policy: {
      ...EXAMPLE_TRANSITION.policy,
      exceptions: [
        {
          id: 'interim-region',
          control: 'RES-001',
          stack: 'interim',
          scope: 'stack',
          reason: 'Data of users waits here until it is moved to the sites.',
          owner: 'Head of infrastructure',
          approver: 'Board',
          ticket: 'Decision 7',
          compensatingControls: ['A key of its own'],
          created: '2026-08-01',
          expires: '2026-09-30',
        },
      ],
    },
  };
}
