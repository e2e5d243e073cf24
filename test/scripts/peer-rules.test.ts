import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checks } from '../../checks/index.ts';
import { classOf } from '../../model/aws/resource-classes.ts';
import { PEER_RULES } from '../../scripts/peer-rule-table.ts';
import { peerRules } from '../../scripts/peer-rules.ts';

const FORMS = {
  checkov: /^CKV2?_AWS_\d+$/,
  trivy: /^AWS-\d{4}$/,
  kics: /^[a-z][a-z0-9_.]+$/,
  cdkNag: /^(?:AwsSolutions-[A-Z]+\d+|NIST\.800\.53\.R[45]-\w+)$/,
  controlTower: /^CT\.[A-Z0-9-]+\.P[RV]\.\d+$/,
} as const;

const TOOLS = ['checkov', 'trivy', 'kics', 'cdkNag', 'controlTower'] as const;

describe('the page of rules of other scanners', () => {
  it('is what is committed', () => {
    expect(readFileSync('docs/peer-rules.md', 'utf8')).toBe(peerRules());
  });

  it('has ids in the form of their tools, and types that the provider has', () => {
    const odd = PEER_RULES.flatMap((rules) => [
      ...TOOLS.flatMap((tool) => (rules[tool] ?? '').split(' ').filter((id) => id !== '' && !FORMS[tool].test(id))),
      ...rules.on.split(', ').filter((type) => classOf(type) === null),
    ]);
    expect(odd).toEqual([]);
  });

  it('has at least one rule in each row', () => {
    expect(PEER_RULES.filter((rules) => TOOLS.every((tool) => rules[tool] === undefined))).toEqual([]);
  });

  it('names controls that read the types, or says why there is none', () => {
    const wrong = PEER_RULES.filter(({ on, controls, why }) => {
      if (controls === '') return why === undefined;
      const own = checks.filter(({ id }) => controls.split(' ').includes(id));
      // A control without types reads those of all resources.
      if (own.some(({ resourceTypes, id }) => resourceTypes.length === 0 && id === 'KEY-008')) return false;
      const types = new Set(own.flatMap(({ resourceTypes }) => resourceTypes));
      return own.length > 0 && !on.split(', ').some((type) => types.has(type));
    });
    expect(wrong).toEqual([]);
  });
});
