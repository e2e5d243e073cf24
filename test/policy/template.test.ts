import { expect, test } from 'vitest';
import { loadPolicy } from '../../policy/load.ts';
import type { Policy } from '../../policy/policy.ts';
import { formatPolicyProblem } from '../../policy/problem.ts';
import { POLICY_TEMPLATE } from '../../policy/template.ts';
import { schema } from '../../policy/validate-policy.generated.ts';
import { CONTROL_IDS } from '../support/policy.ts';

function problemsOf(text: string): readonly string[] {
  const result = loadPolicy({ path: 'enclave.yaml', text, controlIds: CONTROL_IDS });
  return result.kind === 'refused' ? result.problems.map(formatPolicyProblem) : [];
}

test('the template loads as it is written', () => {
  expect(problemsOf(POLICY_TEMPLATE)).toEqual([]);
});

test('the template loads with its commented examples switched on', () => {
  const examples = /^( *)# ( *)((?:- )?[a-zA-Z]+:(?: .*)?|- arn:.*)$/gm;
  const text = POLICY_TEMPLATE.replaceAll(/^(evidence|exceptions): \[\]$/gm, '').replaceAll(examples, '$1$2$3');
  const result = loadPolicy({ path: 'enclave.yaml', text, controlIds: CONTROL_IDS });
  expect(result.kind === 'refused' ? result.problems.map(formatPolicyProblem) : []).toEqual([]);
  expect(result.kind === 'policy' && Object.keys(result.policy).filter((key) => isBlank(result.policy, key))).toEqual([
    'resourceTypes',
  ]);
});

test('the template names every part of a policy', () => {
  const named = Object.keys(schema.properties).filter((key) => new RegExp(`^(# )?${key}:`, 'm').test(POLICY_TEMPLATE));
  expect(named).toEqual(Object.keys(schema.properties));
});

function isBlank(policy: Policy, key: string): boolean {
  const value: unknown = Object.getOwnPropertyDescriptor(policy, key)?.value;
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
