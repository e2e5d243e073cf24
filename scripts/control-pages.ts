// What docs/controls/ says: a page for every control of the catalogue, and an index of them. Pure.
import { type Check, type Example, FAMILIES } from '../checks/check.ts';
import { checks } from '../checks/index.ts';
import { CATALOGUE, type Control, DECIDED_BY_COMMAND } from '../policy/catalogue.ts';
import { mappingsOf } from '../policy/frameworks/index.ts';
import { stringifyJson, visible } from '../report/escape.ts';
import { judge } from '../checks/example-estate.ts';

const MARK = '<!-- Written by "npm run docs" from the checks. Change those, not this page. -->';

/** The pages by file name. */
export function controlPages(): ReadonlyMap<string, string> {
  const pages = new Map([['README.md', index()]]);
  for (const control of CATALOGUE) {
    const check = checks.find(({ id }) => id === control.id);
    pages.set(fileOf(control), check === undefined ? plannedPage(control) : checkedPage(control, check));
  }
  return pages;
}

/** Prose of the checks as Markdown: identifiers as code, everything else without a meaning to Markdown. */
export function prose(text: string): string {
  return visible(text.replace(/\s+/g, ' '))
    .split(IDENTIFIER)
    .map((part, position) => (position % 2 === 1 ? code(part) : escapeMarkdown(part)))
    .join('')
    .replace(/^(\s*\d*)([#+.)-])(?=\s)/, '$1\\$2');
}

/** Text in backticks, more of them where it holds some itself. */
export function code(text: string): string {
  const longest = Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${visible(text).replaceAll('|', '\\|')}${pad}${fence}`;
}

/**
 * Lists of texts, placeholders of messages (`<key>`), actions of AWS, arguments and types (`aws_lb.internal`), constants
 * (`STRICT_ORDER`), parts of the policy (`monitor.archives`).
 */
const IDENTIFIER = new RegExp(
  `(${[
    String.raw`\["[^"\]]*"(?:, "[^"\]]*")*\]`,
    String.raw`<[a-zA-Z]+>`,
    String.raw`\baws:[a-z_]+`,
    String.raw`\b[a-zA-Z][a-zA-Z0-9]*(?:_[a-zA-Z0-9]+)+(?:\.[a-z0-9_]+)*`,
    String.raw`\b(?:policy|keys|monitor|network|tls|state)\.[a-z]\w*(?:\.\w+)*`,
  ].join('|')})`,
);

function index(): string {
  const implemented = new Set(checks.map(({ id }) => id));
  const families = FAMILIES.map((family) => {
    const controls = CATALOGUE.filter((control) => control.family === family);
    const rows = controls.map((control) => [
      link(control),
      prose(control.title),
      control.severity,
      statusOf(control, implemented),
    ]);
    return [`## ${titleOf(family)}`, table(['Control', 'Requirement', 'Severity', 'Status'], rows)];
  });
  return page([
    '# Controls',
    MARK,
    `${CATALOGUE.length} controls, ${implemented.size} of them implemented. A planned control has no check yet and counts in no verdict; one by command is decided by the command that its page names.`,
    'A page shows estates that comply and that do not, as the Terraform JSON that CDKTF synthesises. They are run whenever the pages are written, over [a provider and a backend of each site and the policy of a small enclave](../../checks/example-policy.ts), which they leave out.',
    ...families.flat(),
  ]);
}

type Status = 'implemented' | 'planned' | 'by command';

function statusOf({ id }: Control, implemented: ReadonlySet<string>): Status {
  if (implemented.has(id)) return 'implemented';
  return DECIDED_BY_COMMAND.has(id) ? 'by command' : 'planned';
}

function plannedPage(control: Control): string {
  return page([
    ...head(control, DECIDED_BY_COMMAND.has(control.id) ? 'by command' : 'planned'),
    prose(DECIDED_BY_COMMAND.get(control.id) ?? 'No check decides this control yet, and it counts in no verdict.'),
    ...standards(control),
  ]);
}

function checkedPage(control: Control, check: Check): string {
  return page([
    ...head(control, 'implemented'),
    '## Why',
    prose(check.why),
    '## What is examined',
    examined(check),
    '## What a fail says',
    table(
      ['Id', 'Message, after the name of its subject'],
      check.messageIds.map((id) => [code(id), prose(check.messageForm(id))]),
    ),
    '## What to do',
    prose(check.fix),
    ...examples('Compliant', check, check.examples.compliant),
    ...examples('Violating', check, check.examples.violating),
    ...standards(control),
    '## References',
    check.references.map((url) => `- <${encodeURI(url)}>`).join('\n'),
  ]);
}

function head(control: Control, status: Status): readonly string[] {
  const family = `[${control.family}](README.md#${control.family})`;
  return [
    `# ${control.id}: ${prose(control.title)}`,
    MARK,
    table(['Family', 'Severity', 'Status'], [[family, control.severity, status]]),
  ];
}

function examined({ resourceTypes }: Check): string {
  if (resourceTypes.length === 0) return 'No resource type in particular: stacks, sites, the policy or every resource.';
  return [...resourceTypes]
    .toSorted(byText)
    .map((type) => `- ${code(type)}`)
    .join('\n');
}

function examples(title: string, check: Check, list: readonly Example[]): readonly string[] {
  return list.flatMap((example, position) => {
    const heading = list.length === 1 ? `## ${title}` : `## ${title}, example ${position + 1}`;
    return [
      heading,
      ...before(example),
      ...Object.entries(example.stacks).flatMap(([name, stack]) => [`Stack ${code(name)}:`, json(stack)]),
      ...(example.policy === undefined ? [] : ['With this in the policy:', json(example.policy)]),
      ...findings(check, example),
    ];
  });
}

/** What a plan starts from, where the example is one. */
function before({ plan }: Example): readonly string[] {
  if (plan === undefined) return [];
  const empty = Object.values(plan.before).every((stack) => Object.keys(stack).length === 0);
  return [
    ...(empty ? [] : Object.entries(plan.before)).flatMap(([name, stack]) => [
      `Stack ${code(name)} as it is in AWS:`,
      json(stack),
    ]),
    ...Object.entries(plan.synthesised ?? {}).flatMap(([name, stack]) => [
      `Stack ${code(name)} as it was synthesised:`,
      json(stack),
    ]),
    'What the plan makes of it:',
  ];
}

/** What the check answers to an example: the examples of a page are run whenever it is written. */
function findings(check: Check, example: Example): readonly string[] {
  const fails = judge([check], example).results.filter(({ verdict }) => verdict === 'fail');
  if (fails.length === 0) return [];
  const lines = fails.map(({ subject, message }) => `- ${code(subject.address)} ${prose(message)}`);
  return ['Finding:', lines.join('\n')];
}

function standards({ id }: Control): readonly string[] {
  const mappings = mappingsOf(id);
  if (mappings.length === 0) return [];
  const rows = mappings.map(({ framework, requirements }) => [
    `[${escapeMarkdown(framework.title)}](${encodeURI(framework.url)})`,
    escapeMarkdown(requirements.join(', ')),
  ]);
  return ['## Standards', table(['Standard', 'Requirements that it helps to meet'], rows)];
}

function json(value: unknown): string {
  const text = stringifyJson(value, 2);
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}json\n${text}\n${fence}`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, header.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function page(parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`;
}

function link(control: Control): string {
  return `[${control.id}](${fileOf(control)})`;
}

function fileOf({ id }: Control): string {
  return `${id.toLowerCase()}.md`;
}

function titleOf(family: string): string {
  return family.charAt(0).toUpperCase() + family.slice(1);
}

function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

function byText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
