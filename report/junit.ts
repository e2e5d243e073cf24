import type { Report, Result } from '../checks/report.ts';
import { formatLocation } from '../model/source.ts';
import { compareText } from '../model/text-order.ts';
import { conclude, controlsAskedFor, isBlocking } from './conclusion.ts';
import { derivationOf } from './derivation.ts';
import { cut, escapeXml, relativePath } from './escape.ts';
import { groupBy } from './group.ts';
import type { Reporter } from './reporter.ts';
import { runFaults } from './run-faults.ts';
import { askedFor, justification, subjectName } from './sentence.ts';

const LONGEST_NAME = 1000;
const LONGEST_TEXT = 2000;
/** Lines of a finding's derivation; the json format holds all. */
const MOST_LINES = 60;

/**
 * JUnit XML: a suite for each control, a test case for each subject. A failure is a `failure`; an unproven finding is an
 * `error` where it blocks and else `skipped`; what is excepted or not applicable is `skipped`. The first suite is the run
 * itself, with an error for everything that was not looked at and every exception that was refused.
 */
export const junit: Reporter = (report) => render(report);

function* render(report: Report): Generator<string> {
  const run = runSuite(report);
  const suites = controlSuites(report);
  const total = { tests: 0, failures: 0, errors: 0, skipped: 0 };
  for (const { cases } of [run, ...suites]) {
    const counts = countsOf(cases);
    total.tests += counts.tests;
    total.failures += counts.failures;
    total.errors += counts.errors;
    total.skipped += counts.skipped;
  }
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites${attributes({ name: 'trefoil', ...total })}>\n`;
  yield* suite(run, propertiesOf(report));
  for (const one of suites) yield* suite(one, []);
  yield '</testsuites>\n';
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

interface Case {
  readonly className: string;
  readonly name: string;
  readonly file: string | null;
  readonly line: number | null;
  /** Null for what passes. The body is built only where it is written. */
  readonly outcome: Outcome | null;
}

interface Outcome {
  readonly element: 'failure' | 'error' | 'skipped';
  readonly type: string;
  readonly message: string;
  readonly body: () => readonly string[];
}

function* suite({ name, cases }: Suite, properties: readonly string[]): Generator<string> {
  yield `  <testsuite${attributes({ name, ...countsOf(cases) })}>\n`;
  if (properties.length > 0) yield `    <properties>\n${properties.join('')}    </properties>\n`;
  for (const one of cases) yield testCase(one);
  yield '  </testsuite>\n';
}

function testCase({ className, name, file, line, outcome }: Case): string {
  const head = `    <testcase${attributes({ classname: className, name, file, line })}`;
  return outcome === null ? `${head}/>\n` : `${head}>\n${outcomeElement(outcome)}    </testcase>\n`;
}

/** `skipped` has neither type nor text in the schemas that readers know, so its message says all. */
function outcomeElement({ element, type, message, body }: Outcome): string {
  if (element === 'skipped') return `      <skipped${attributes({ message: `${type}: ${message}` })}/>\n`;
  const lines = body();
  const left = lines.length - MOST_LINES;
  const shown = [...lines.slice(0, MOST_LINES), ...(left > 0 ? [`+ ${left} more; the json format holds all`] : [])];
  const text = shown.map((line) => escapeXml(cut(line, LONGEST_TEXT))).join('\n');
  return `      <${element}${attributes({ type, message })}>${text}</${element}>\n`;
}

function countsOf(cases: readonly Case[]) {
  const of = (element: Outcome['element']): number =>
    cases.filter(({ outcome }) => outcome !== null && outcome.element === element).length;
  return { tests: cases.length, failures: of('failure'), errors: of('error'), skipped: of('skipped') };
}

/** The run is a test of its own: a list of passes must not hide what nobody looked at. */
function runSuite(report: Report): Suite {
  const faults = runFaults(report);
  const whole = (kind: 'incomplete' | 'refused', name: string): readonly Case[] =>
    faults.some((fault) => fault.kind === kind)
      ? []
      : [{ className: 'trefoil.run', name, file: null, line: null, outcome: null }];
  const cases = faults.map(({ kind, code, place, text }): Case => {
    const name = place === null ? `${kind}: ${text}` : `${kind}: ${code} ${formatLocation(place)}`;
    const outcome: Outcome = { element: 'error', type: kind, message: text, body: () => [`${code}: ${text}`] };
    return { className: 'trefoil.run', name, ...fileOf(place), outcome };
  });
  return {
    name: 'trefoil run',
    cases: [
      ...whole('incomplete', 'everything that was asked for was looked at'),
      ...whole('refused', 'every exception applies as it was written'),
      ...cases,
    ],
  };
}

function controlSuites(report: Report): readonly Suite[] {
  const byControl = groupBy(report.results, ({ control }) => control);
  const asked = controlsAskedFor(report);
  const titles = new Map(report.controls.map(({ id, title }) => [id, title]));
  return [
    ...Array.from(byControl, ([id, results]): Suite => {
      const className = `${results[0]?.family ?? 'trefoil'}.${id}`;
      const cases = results.map((result) => resultCase(report, result, className));
      return { name: `${id} ${titles.get(id) ?? ''}`.trimEnd(), cases };
    }),
    ...asked
      .filter(({ population }) => population === 0)
      .map(({ id, family, title }) => ({ name: `${id} ${title}`, cases: [notApplicable(`${family}.${id}`)] })),
  ].toSorted((left, right) => compareText(left.name, right.name));
}

function notApplicable(className: string): Case {
  const message = 'the estate holds nothing that this control judges: population 0';
  const outcome: Outcome = { element: 'skipped', type: 'not-applicable', message, body: () => [] };
  return { className, name: 'population 0', file: null, line: null, outcome };
}

function resultCase(report: Report, result: Result, className: string): Case {
  const place = result.subject.code ?? result.subject.source;
  return { className, name: subjectName(result.subject), ...fileOf(place), outcome: outcomeOf(report, result) };
}

function outcomeOf(report: Report, result: Result): Outcome | null {
  const { verdict, severity, message, change, exception } = result;
  const known = change === null ? '' : ` (${change})`;
  const body = (): readonly string[] => [
    ...derivationOf(result).map(({ label, text }) => `${label}: ${text}`),
    `fix: ${result.fix}`,
    `more: trefoil explain ${result.control}`,
  ];
  switch (verdict) {
    case 'pass':
      return null;
    case 'fail':
      return { element: 'failure', type: verdict, message: `${severity}${known}: ${message}`, body };
    case 'unproven': {
      const element = isBlocking(report, result) ? 'error' : 'skipped';
      return { element, type: verdict, message: `${severity}${known}: ${message}`, body };
    }
    case 'excepted': {
      const under = exception === null ? '' : `; ${justification(exception)}`;
      return { element: 'skipped', type: verdict, message: `${severity}${known}: ${message}${under}`, body };
    }
  }
}

function propertiesOf(report: Report): readonly string[] {
  const { verdict, exitCode, because } = conclude(report);
  const asked = askedFor(report);
  const { tool, policy, stage, asOf, population } = report;
  const properties = [
    ['verdict', verdict],
    ['exit-code', exitCode],
    ['because', because],
    ...(asked === null ? [] : [['only', asked] as const]),
    ['version', tool.version],
    ['policy', policy.name],
    ['policy-sha256', policy.sha256],
    ['stage', stage],
    ['as-of', asOf],
    ['stacks', population.stacks.length],
    ['resources', population.resources],
  ] as const;
  return properties.map(([name, value]) => `      <property${attributes({ name, value })}/>\n`);
}

function fileOf(place: { readonly file: string; readonly line: number } | null) {
  const file = place === null ? null : relativePath(place.file);
  return file === null || place === null ? { file: null, line: null } : { file, line: place.line };
}

function attributes(values: { readonly [name: string]: string | number | null }): string {
  let text = '';
  for (const [name, value] of Object.entries(values)) {
    if (value === null) continue;
    text += ` ${name}="${escapeXml(cut(String(value), name === 'message' ? LONGEST_TEXT : LONGEST_NAME))}"`;
  }
  return text;
}
