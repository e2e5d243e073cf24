import { describe, expect, test } from 'vitest';
import { FAMILIES, SEVERITIES } from '../../checks/check.ts';
import { CATALOGUE } from '../../policy/catalogue.ts';
import { FRAMEWORKS, mappingsOf } from '../../policy/frameworks/index.ts';

describe('the catalogue', () => {
  test('holds 103 controls, each once, in families that their ids name', () => {
    expect(new Set(CATALOGUE.map(({ id }) => id)).size).toBe(103);
    expect(CATALOGUE).toHaveLength(103);
    const families = new Map(CATALOGUE.map(({ id, family }) => [id.replace(/-\d+$/, ''), family]));
    expect(Object.fromEntries(families)).toEqual({
      RES: 'residency',
      'RES-TRANS': 'residency',
      ENC: 'encryption',
      KEY: 'encryption',
      NET: 'isolation',
      GTW: 'gateway',
      ACC: 'access',
      MON: 'monitoring',
      SUP: 'software',
      CHG: 'integrity',
    });
  });

  test('uses the words of checks', () => {
    expect(CATALOGUE.filter(({ family }) => !FAMILIES.includes(family))).toEqual([]);
    expect(CATALOGUE.filter(({ severity }) => !SEVERITIES.includes(severity))).toEqual([]);
  });

  test('has titles that are sentences without an end, each its own', () => {
    const titles = CATALOGUE.map(({ title }) => title);
    expect(titles.filter((title) => !/^[A-Z].*[a-zA-Z0-9]$/.test(title))).toEqual([]);
    expect(new Set(titles).size).toBe(titles.length);
  });
});

describe('the frameworks', () => {
  test.each(FRAMEWORKS)('$name maps controls of the catalogue to its ids', ({ mapping }) => {
    const ids = new Set(CATALOGUE.map(({ id }) => id));
    expect(mapping.size).toBeGreaterThan(20);
    expect([...mapping.keys()].filter((id) => !ids.has(id))).toEqual([]);
    const requirements = [...mapping.values()];
    expect(requirements.filter((list) => list.length === 0 || new Set(list).size !== list.length)).toEqual([]);
  });

  test.each([
    ['GDPR', /^Art\. \d{1,2}(\(\d+\))?(\([a-z]\))?$/],
    ['NIS2-2024-2690', /^\d{1,2}\.\d{1,2}(\.\d{1,2})?(\.[a-z]{1,4}){0,2}$/],
    ['ISO-27001', /^A\.[5-8]\.\d{1,2}$/],
    ['NIST-800-53', /^[A-Z]{2}-\d{1,2}(\(\d{1,2}\))?$/],
    ['C5', /^[A-Z]{2,3}-\d{2}$/],
    ['CCM', /^(A&A|[A-Z]{3})-\d{2}$/],
    ['CIS-AWS', /^\d(\.\d{1,2}){1,2}$/],
  ])('%s has ids of its own form', (id, form) => {
    const framework = FRAMEWORKS.find((item) => item.id === id);
    const odd = [...(framework?.mapping.values() ?? [])].flat().filter((requirement) => !form.test(requirement));
    expect(odd).toEqual([]);
  });

  test('tell what a control means to each standard', () => {
    expect(mappingsOf('ENC-003').map(({ framework, requirements }) => [framework.name, requirements])).toEqual([
      ['GDPR', ['Art. 32(1)(a)']],
      ['NIS2 IR 2024/2690', ['9.2.a']],
      ['ISO 27001:2022', ['A.8.24']],
      ['NIST 800-53 r5', ['SC-28(1)']],
      ['BSI C5:2020', ['CRY-03']],
      ['CSA CCM v4.0', ['CEK-03']],
      ['CIS AWS v5.0', ['5.1.1']],
    ]);
    expect(mappingsOf('RES-001').map(({ framework }) => framework.id)).not.toContain('CIS-AWS');
    expect(mappingsOf('NO-001')).toEqual([]);
  });
});
