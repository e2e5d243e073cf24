import { describe, expect, it } from 'vitest';
import type { PolicyHistory } from '../../../policy/policy-history.ts';
import { page } from '../../../report/html/page.ts';
import { reportOf } from '../../support/reports.ts';

const POLICY = reportOf().policy;
const KNOWN = {
  kind: 'known',
  commit: 'd'.repeat(40),
  state: 'committed',
  lastChange: { commit: 'e'.repeat(40), author: 'Ada Guardian' },
  owners: { path: 'CODEOWNERS', sha256: 'f'.repeat(64), lines: [{ line: 3, text: '/enclave.yaml @law' }] },
} as const satisfies PolicyHistory;

/** What is read on a page about a policy with a history, or without one. */
function textOf(history?: PolicyHistory): string {
  const policy = history === undefined ? POLICY : { ...POLICY, history };
  return [...page(reportOf({ policy }), { appendix: null })]
    .join('')
    .replaceAll(/<(?<raw>style|script)>.*?<\/\k<raw>>|<[^>]*>/gs, ' ')
    .replaceAll(/\s+/g, ' ');
}

describe('the history of the policy on the page', () => {
  it('has the commit at the head, who changed the policy last, and who owns it', () => {
    const text = textOf(KNOWN);
    expect(text).toContain(`Policy commit ${'d'.repeat(40)} Estate`);
    expect(text).toContain('is, byte by byte, the one of the commit.');
    expect(text).toContain(`Last commit that changed it ${'e'.repeat(40)} , by Ada Guardian`);
    expect(text).toContain('3 /enclave.yaml @law');
  });

  it('marks a policy that is not as it was committed', () => {
    expect(textOf({ ...KNOWN, state: 'differs' })).toContain('not as committed');
    expect(textOf({ ...KNOWN, state: 'differs' })).toContain('is not the one of the commit');
    const untracked = textOf({ ...KNOWN, state: 'untracked', lastChange: null });
    expect(untracked).toContain('nobody has committed the policy that judged');
    expect(untracked).toContain('Last commit that changed it none');
  });

  it('says plainly what it does not know', () => {
    expect(textOf()).toContain('Not known: the run was not asked for it.');
    expect(textOf()).not.toContain('Policy commit');
    const unknown = textOf({ kind: 'unknown', because: 'the policy lies in no git repository' });
    expect(unknown).toContain('Policy commit not known: the policy lies in no git repository');
    expect(textOf({ ...KNOWN, lastChange: null })).toContain('not known: the clone has not the whole history');
    expect(textOf({ ...KNOWN, owners: null })).toContain('the checkout has no CODEOWNERS file');
    expect(textOf({ ...KNOWN, owners: { ...KNOWN.owners, lines: [] } })).toContain(
      'is about the policy: nobody in particular owns it',
    );
  });
});
