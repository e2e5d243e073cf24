import { describe, expect, it } from 'vitest';
import { checks } from '../../checks/index.ts';
import { CATALOGUE, DECIDED_BY_COMMAND } from '../../policy/catalogue.ts';
import { code, controlPages, prose } from '../../scripts/control-pages.ts';
import { HOSTILE } from '../support/hostile-strings.ts';

const PAGES = controlPages();

describe('the control pages', () => {
  it('are one for each control and an index that leads to each', () => {
    const files = CATALOGUE.map(({ id }) => `${id.toLowerCase()}.md`);
    expect([...PAGES.keys()]).toEqual(['README.md', ...files]);
    expect(files.filter((file) => !PAGES.get('README.md')?.includes(`](${file})`))).toEqual([]);
  });

  it('are the same bytes each time', () => {
    expect(controlPages()).toEqual(PAGES);
  });

  it.each(checks.map((check) => [check.id, check] as const))('%s says what its check says', (id, check) => {
    const page = PAGES.get(`${id.toLowerCase()}.md`) ?? '';
    expect(page).toContain('| implemented |');
    expect(page.match(/^#+ (?:Compliant|Violating)/gm)?.length).toBe(
      check.examples.compliant.length + check.examples.violating.length,
    );
    expect(page.match(/^Finding:$/gm)).toHaveLength(check.examples.violating.length);
    for (const messageId of check.messageIds) expect(page).toContain(`| \`${messageId}\` | `);
    for (const type of check.resourceTypes) expect(page).toContain(`- \`${type}\`\n`);
    expect(page).not.toMatch(/undefined|\[object|=>/);
  });

  it('keep short where a control is only planned, or no verdict decides it', () => {
    const unjudged = CATALOGUE.filter(({ id }) => !checks.some((check) => check.id === id));
    for (const { id } of unjudged) {
      const status = DECIDED_BY_COMMAND.has(id) ? '| by command |' : '| planned |';
      expect(PAGES.get(`${id.toLowerCase()}.md`)).toContain(status);
      expect(PAGES.get(`${id.toLowerCase()}.md`)).not.toContain('## Compliant');
    }
  });
});

describe('prose in Markdown', () => {
  it.each([
    ['sets rule_order to STRICT_ORDER', 'sets `rule_order` to `STRICT_ORDER`'],
    ['set it to ["aws:drop_strict", "aws:alert_strict"].', 'set it to `["aws:drop_strict", "aws:alert_strict"]`.'],
    ['names <key>, a key that AWS manages', 'names `<key>`, a key that AWS manages'],
    ['is in monitor.archives', 'is in `monitor.archives`'],
    ['aws_lb.internal is false', '`aws_lb.internal` is false'],
    ['a | b * c [d](e) & <f g>', String.raw`a \| b \* c \[d\](e) &amp; &lt;f g&gt;`],
    ['# no heading', String.raw`\# no heading`],
    ['1. no list', String.raw`1\. no list`],
    ['- no list', String.raw`\- no list`],
    ['two\n\nlines', 'two lines'],
  ])('%j is %j', (text, expected) => {
    expect(prose(text)).toBe(expected);
  });

  it.each(HOSTILE)('%j brings no markup and no line of its own', (text) => {
    const markup = prose(text).replaceAll(/`[^`]*`/g, '');
    expect(markup).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]|(?<!\\)\[|<|(?<!\\)_/u);
  });

  it.each([
    ['plain', '`plain`'],
    ['a `tick`', '`` a `tick` ``'],
    ['a | b', String.raw`${'`'}a \| b${'`'}`],
  ])('%j as code is %j', (text, expected) => {
    expect(code(text)).toBe(expected);
  });
});
