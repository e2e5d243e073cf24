import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { argumentExists } from '../support/provider-arguments.ts';
import { read } from './source-files.ts';

const PAGE = read('docs/other-scanners.md');

/** Rules of a table, by tool: what stands in code in its second column. */
function rulesUnder(heading: string): ReadonlyMap<string, readonly string[]> {
  const section = PAGE.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rules = new Map<string, string[]>();
  for (const line of section.split('\n')) {
    const [, tool = '', rule = ''] = line.split('|').map((cell) => cell.trim());
    const ids = Array.from(rule.matchAll(/`([^`]+)`/g), ([, id = '']) => id);
    if (ids.length > 0) rules.set(tool, [...(rules.get(tool) ?? []), ...ids]);
  }
  return rules;
}

/** The lists of the page as their tools read them: JSON is YAML as well. */
const LISTS: ReadonlyMap<string, unknown> = new Map(
  Array.from(
    PAGE.matchAll(/<!-- skip-list: (.+?) -->\n\n```(yaml|json)\n([\s\S]*?)```/g),
    ([, tool = '', language = '', text = '']): [string, unknown] => [
      tool,
      language === 'json' ? JSON.parse(text) : parse(text),
    ],
  ),
);

const SKIP = rulesUnder('Rules to skip');
const OTHERS = [...rulesUnder('Rules without a list').values(), ...rulesUnder('Rules to keep').values()].flat();

/** Exactly what a list may hold, so that a key in another place or with another name fails. */
const FORMS: { readonly [tool: string]: (ids: readonly string[]) => unknown } = {
  Checkov: (ids) => ({ 'skip-check': ids }),
  Trivy: (ids) => ({ misconfigurations: ids.map((id) => ({ id, statement: expect.any(String) })) }),
  KICS: (ids) => ({ 'exclude-queries': ids }),
  'cdk-nag': (ids) => ({ cdk_nag: { rules_to_suppress: ids.map((id) => ({ id, reason: expect.any(String) })) } }),
  Prowler: (ids) => ({
    Mutelist: {
      Accounts: {
        '*': { Checks: Object.fromEntries(ids.map((id) => [id, { Regions: ['*'], Resources: ['*'] }])) },
      },
    },
  }),
  'AWS Security Hub': ([id]) => {
    const skipped = (standard: string) => ({
      standards_arn: `arn:aws:securityhub:eu-west-1::standards/${standard}`,
      security_control_id: id,
      association_status: 'DISABLED',
      updated_reason: expect.any(String),
    });
    const [nist, pci] = [skipped('nist-800-53/v/5.0.0'), skipped('pci-dss/v/3.2.1')];
    return {
      resource: {
        aws_securityhub_standards_control_association: { no_replica_nist: nist, no_replica_pci: pci },
      },
    };
  },
};

describe('docs/other-scanners.md', () => {
  it('has a list for every tool with a rule to skip, and for no other', () => {
    expect([...LISTS.keys()].toSorted()).toEqual([...SKIP.keys()].toSorted());
    expect([...LISTS.keys()].toSorted()).toEqual(Object.keys(FORMS).toSorted());
  });

  it.each(Object.keys(FORMS))('skips in %s exactly the rules of its table, in the form of the tool', (tool) => {
    const ids = SKIP.get(tool) ?? [];
    expect(ids.length).toBeGreaterThan(0);
    expect(LISTS.get(tool)).toEqual(FORMS[tool]?.(ids));
  });

  it('skips nothing that is to be kept', () => {
    expect(OTHERS.length).toBeGreaterThan(5);
    const lists = JSON.stringify([...LISTS.values()]);
    expect(OTHERS.filter((id) => lists.includes(id))).toEqual([]);
  });

  it.each(['standards_arn', 'security_control_id', 'association_status', 'updated_reason'])(
    'gives Security Hub an argument that the provider has: %s',
    (argument) => {
      expect(argumentExists('aws_securityhub_standards_control_association', argument)).toBe(true);
    },
  );
});
