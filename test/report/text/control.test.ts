import { describe, expect, it } from 'vitest';
import { catalogue, checks } from '../../../checks/index.ts';
import { controlLines } from '../../../report/text/control.ts';
import { styleOf } from '../../../report/text/style.ts';
import { PLAIN } from '../../support/reports.ts';

const style = styleOf({ ...PLAIN, width: 100 });

function explained(id: string): string {
  const control = catalogue.find((candidate) => candidate.id === id);
  if (control === undefined) throw new Error(`no ${id}`);
  return controlLines(control, checks.find((check) => check.id === id) ?? null, style).join('\n');
}

describe('an explained control', () => {
  it.each(checks.map(({ id }) => id))('%s has a reason, a fix, what a failure says, and code of both kinds', (id) => {
    const text = explained(id);
    for (const label of ['why    ', 'fix    ', 'fails  ... ', 'see    ']) expect(text).toContain(`\n  ${label}`);
    expect(text).toContain('\nComplies, in CDKTF');
    expect(text).toContain('\nFails, in CDKTF');
    expect(text).toMatch(/ {2}(?:const \w+ = )?new \w+\(this, '/);
  });

  it('shows the policy that an example needs', () => {
    expect(explained('GTW-003')).toContain('// with this in the policy');
  });

  it('shows what a plan begins with', () => {
    const text = explained('CHG-005');
    expect(text.indexOf('as it is in AWS')).toBeGreaterThan(0);
    expect(text.indexOf('as it is in AWS')).toBeLessThan(text.indexOf('what the plan makes of'));
  });

  it('says of a planned one that it counts in no verdict', () => {
    const planned = catalogue.find(({ id }) => checks.every((check) => check.id !== id));
    if (planned === undefined) throw new Error('no control is planned any more');
    const text = explained(planned.id);
    expect(text).toContain('planned: it counts in no verdict yet');
    expect(text).not.toContain('CDKTF');
  });
});
