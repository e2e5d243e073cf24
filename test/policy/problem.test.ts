import { assert, constantFrom, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { loadPolicy } from '../../policy/load.ts';
import { formatPolicyProblem, problem, sortProblems } from '../../policy/problem.ts';
import { HOSTILE } from '../support/hostile-strings.ts';
import { CONTROL_IDS, LEDGER_POLICY, LEDGER_SITE } from '../support/policy.ts';

const AT = { file: 'enclave.yaml', line: 1, column: 1 };
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/u;

test('a problem prints as one line with place, what, why and fix', () => {
  expect(formatPolicyProblem(problem('PO-EMPTY', AT, 'the file is empty', 'Run "trefoil init".'))).toBe(
    'PO-EMPTY enclave.yaml:1:1 the file is empty; without a policy nothing can be judged, and an empty one must not let everything pass. Fix: Run "trefoil init".',
  );
});

test('problems sort by place, then code', () => {
  const at = (line: number, column: number) => ({ file: 'enclave.yaml', line, column });
  const list = [
    problem('PO-VALUE', at(10, 1), 'a', 'f'),
    problem('PO-VALUE', at(2, 9), 'b', 'f'),
    problem('PO-DUPID', at(2, 9), 'c', 'f'),
    problem('PO-VALUE', at(2, 1), 'd', 'f'),
  ];
  expect(sortProblems(list).map(({ what }) => what)).toEqual(['d', 'c', 'b', 'a']);
});

test('no text of the file acts on a terminal or floods it', () => {
  const site = (text: string) => ({ ...LEDGER_SITE, id: text, region: text, account: text, zoneIds: [text, text] });
  const exception = (text: string) => ({
    id: text,
    control: text,
    stack: text,
    scope: 'stack',
    owner: text,
    approver: text,
  });
  assert(
    property(constantFrom(...HOSTILE), string({ unit: 'binary' }), (hostile, random) => {
      for (const text of [hostile, random]) {
        const policy = {
          ...LEDGER_POLICY,
          [text]: text,
          partition: text,
          sites: [site(text), site(text)],
          stacks: [{ name: text, sites: [text] }, { name: text }],
          exceptions: [exception(text), exception(text)],
        };
        for (const source of [JSON.stringify(policy), `a: &${text} 1`, `a: *${text}`, `a: !${text} 1`, text]) {
          const result = loadPolicy({ path: 'enclave.yaml', text: source, controlIds: CONTROL_IDS });
          const problems = result.kind === 'refused' ? result.problems : [];
          expect(problems).not.toEqual([]);
          for (const line of problems.map(formatPolicyProblem)) {
            expect(line).not.toMatch(UNPRINTABLE);
            expect(line.length).toBeLessThan(1_200);
          }
        }
      }
    }),
    { numRuns: 25 },
  );
});
