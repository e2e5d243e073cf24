import { expect, test } from 'vitest';
import { loadPolicy } from '../../policy/load.ts';
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

/** The template with its commented examples switched on. */
function templateWithExamples() {
  const examples = /^( *)# ( *)((?:- )?[a-zA-Z]+:(?: .*)?|- arn:.*)$/gm;
  const text = POLICY_TEMPLATE.replaceAll(/^(evidence|exceptions): \[\]$/gm, '').replaceAll(examples, '$1$2$3');
  return loadPolicy({ path: 'enclave.yaml', text, controlIds: CONTROL_IDS });
}

test('the template loads with its commented examples switched on', () => {
  const result = templateWithExamples();
  expect(result.kind === 'refused' ? result.problems.map(formatPolicyProblem) : []).toEqual([]);
  expect(result.kind === 'policy' && Object.keys(result.policy).filter((key) => isBlank(result.policy, key))).toEqual([
    'resourceTypes',
  ]);
});

test('the examples show everything that a network and its gateways may have', () => {
  const result = templateWithExamples();
  const network = result.kind === 'policy' ? result.policy.network : null;
  expect(network && Object.keys(network).filter((key) => isBlank(network, key))).toEqual([
    'publicAccessExclusions',
    'publicAddresses',
  ]);
  const outside = network?.outside[0] ?? {};
  expect(Object.keys(outside).filter((key) => isBlank(outside, key))).toEqual([]);
  expect(network?.flows).toMatchObject([
    { from: { kind: 'outside', network: 'office' }, to: { kind: 'tier', site: 'site-a', tier: 'workload' }, port: 443 },
  ]);
  expect(result.kind === 'policy' && result.policy.gateways[0]?.tlsWaiver).toBe(
    'replace with who decided it, when and why',
  );
});

test('the template names every part of a policy', () => {
  const named = Object.keys(schema.properties).filter((key) => new RegExp(`^(# )?${key}:`, 'm').test(POLICY_TEMPLATE));
  expect(named).toEqual(Object.keys(schema.properties));
});

function isBlank(part: object, key: string): boolean {
  const value: unknown = Object.getOwnPropertyDescriptor(part, key)?.value;
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
