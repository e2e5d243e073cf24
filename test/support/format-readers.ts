import type { Log } from 'sarif';
import type { Verdict } from '../../checks/check.ts';
import type { Format } from '../../report/index.ts';
import { parseCsv } from './csv-rows.ts';
import { classesOf, type HtmlElement, parseHtml } from './html-document.ts';
import { type MarkdownNode, nodesOf, parseMarkdown } from './markdown-nodes.ts';
import { parseWorkflowCommands } from './workflow-commands.ts';
import { parseXml, type XmlElement } from './xml-document.ts';

/** What somebody takes from an output who has nothing else. */
export interface Reading {
  /** Whether they take the run for a pass. */
  readonly saysPass: boolean;
  /** How many results of a verdict they find; null where the format lists none of it. */
  readonly held: { readonly [verdict in Verdict]: number | null };
  /** The names and nesting of the output, without what the data says; null where it is free text. */
  readonly shape: unknown;
  /** Every text in it, as the parser of the format gives it. */
  readonly texts: readonly string[];
}

/** Reads an output with a parser of its format. Throws for what the parser refuses. */
export type FormatReader = (output: string) => Reading | Promise<Reading>;

export const FORMAT_READERS = {
  text: readText,
  json: readJson,
  sarif: (output) => readSarif(output, true),
  'sarif-findings': (output) => readSarif(output, false),
  junit: readJunit,
  github: readGithub,
  gitlab: readGitlab,
  markdown: readMarkdown,
  csv: readCsv,
  html: readHtml,
  oscal: readOscal,
  'oscal-plan': readOscalPlan,
  'oscal-poam': readOscalPoam,
} as const satisfies Record<Format, FormatReader>;

function readText(output: string): Reading {
  const [first = ''] = output.split('\n');
  const counts = /^(\d+) fail, (\d+) unproven, (\d+) excepted, (\d+) pass, (\d+) not applicable$/m.exec(output);
  if (counts === null) throw new Error('no counts');
  const [fail = 0, unproven = 0, excepted = 0, pass = 0, none = 0] = counts.slice(1).map(Number);
  return {
    saysPass: first.startsWith('PASS: '),
    held: { fail, unproven, excepted, pass, 'not-applicable': none },
    shape: null,
    texts: [output],
  };
}

interface JsonReport {
  readonly complete: boolean;
  readonly incompleteBecause: readonly unknown[];
  readonly problems: readonly unknown[];
  readonly exceptionProblems: readonly unknown[];
  readonly controls: readonly { readonly status: string; readonly population: number }[];
  readonly results: readonly { readonly verdict: Verdict }[];
}

function readJson(output: string): Reading {
  const report = JSON.parse(output) as JsonReport;
  const { complete, incompleteBecause, problems, exceptionProblems, results, controls } = report;
  const held = tally(results.map(({ verdict }) => verdict));
  const faults = [...incompleteBecause, ...problems, ...exceptionProblems];
  const isWhole = complete && faults.length === 0 && results.length > 0;
  const none = controls.filter(({ status, population }) => status === 'implemented' && population === 0).length;
  return {
    saysPass: isWhole && held.fail + held.unproven === 0,
    held: { ...held, 'not-applicable': none },
    shape: jsonShape(report),
    texts: jsonTexts(report),
  };
}

function readSarif(output: string, holdsAll: boolean): Reading {
  const log = JSON.parse(output) as Log;
  const [run] = log.runs;
  if (run === undefined) throw new Error('no run');
  // What the base has found and is no more is in no count.
  const present = (run.results ?? []).filter(({ baselineState }) => baselineState !== 'absent');
  const verdicts = present.map(({ kind, suppressions, ruleId = '' }): Verdict | 'fault' => {
    if (ruleId.startsWith('trefoil-')) return 'fault';
    if (kind === 'fail') return suppressions === undefined ? 'fail' : 'excepted';
    return kind === 'open' ? 'unproven' : kind === 'notApplicable' ? 'not-applicable' : 'pass';
  });
  const held = tally(verdicts);
  const succeeded = run.invocations?.every(({ executionSuccessful }) => executionSuccessful) ?? false;
  return {
    saysPass: succeeded && held.fail + held.unproven === 0 && !verdicts.includes('fault'),
    held: holdsAll ? held : { ...held, pass: null, 'not-applicable': null },
    shape: jsonShape(log),
    texts: jsonTexts(log),
  };
}

function readJunit(output: string): Reading {
  const root = parseXml(output);
  const elements = [...elementsOf(root)];
  const outcomes = elements
    .filter(({ name }) => ['failure', 'error', 'skipped'].includes(name))
    .map(({ name, attributes }) => {
      const message = attributes.get('message') ?? '';
      return name === 'skipped' ? message.slice(0, message.indexOf(':')) : (attributes.get('type') ?? '');
    });
  const [run, ...suites] = root.children;
  const cases = suites.flatMap(({ children }) => children);
  const passes = cases.filter(({ children }) => children.length === 0).length;
  const held = { ...tally(outcomes), pass: passes };
  for (const counted of [root, ...root.children]) {
    const all = [...elementsOf(counted)].map(({ name }) => name);
    const count = (name: string): string => String(all.filter((one) => one === name).length);
    const said = ['tests', 'failures', 'errors', 'skipped'].map((name) => counted.attributes.get(name));
    const counts = [count('testcase'), count('failure'), count('error'), count('skipped')];
    if (said.join() !== counts.join()) throw new Error(`says ${said.join()} and holds ${counts.join()}`);
  }
  const isBad = outcomes.some((outcome) => ['fail', 'unproven', 'incomplete', 'refused'].includes(outcome));
  return {
    saysPass: run !== undefined && !isBad,
    held,
    shape: xmlShape(root),
    texts: elements.flatMap(({ attributes, text }) => [...attributes.values(), text]),
  };
}

function readGithub(output: string): Reading {
  const commands = parseWorkflowCommands(output);
  const titles = commands.map(({ properties }) => properties.get('title') ?? '');
  const verdicts = titles.map((title) => /^[A-Z]+-[A-Z0-9-]+ (\w+) \(/.exec(title)?.[1] ?? '');
  return {
    saysPass: commands.length > 0 && titles.includes('trefoil PASS') && !commands.some(({ name }) => name !== 'notice'),
    held: { ...tally(verdicts), pass: null, 'not-applicable': null },
    shape: commands.map(({ name, properties }) => [name, ...properties.keys()]),
    texts: commands.flatMap(({ properties, message }) => [...properties.values(), message]),
  };
}

interface CodeQualityIssue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/** The keys that GitLab requires: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format. */
function readGitlab(output: string): Reading {
  const issues = JSON.parse(output) as readonly CodeQualityIssue[];
  for (const { description, fingerprint, severity, location } of issues) {
    if (description === '' || !/^[0-9a-f]{40}$/.test(fingerprint)) throw new Error('no description or fingerprint');
    if (!['info', 'minor', 'major', 'critical', 'blocker'].includes(severity)) throw new Error(`severity ${severity}`);
    if (location.path === '' || location.path.startsWith('/')) throw new Error(`path ${location.path}`);
    if (!(location.lines.begin >= 1)) throw new Error('no line');
  }
  const verdicts = issues.map(({ description }) => /^\S+ (\w+): /.exec(description)?.[1] ?? '');
  return {
    saysPass: issues.every(({ severity }, index) => severity === 'info' && verdicts[index] === 'excepted'),
    held: { ...tally(verdicts), pass: null, 'not-applicable': null },
    shape: jsonShape(issues),
    texts: jsonTexts(issues),
  };
}

/** What services make into links, notifications and pictures of their own accord. */
const LINKED = /@\w|#\d|\bGH-\d|\w+\/\w+#\d|https?:|www\.|\b[0-9a-f]{7,40}\b|!\[|:\w+:/i;

async function readMarkdown(output: string): Promise<Reading> {
  const root = await parseMarkdown(output);
  const nodes = [...nodesOf(root)];
  const html = nodes.filter(({ type }) => type === 'html').map(({ value }) => value);
  if (html.join() !== '<!-- trefoil report -->') throw new Error(`HTML: ${html.join()}`);
  const allowed = 'root html heading text paragraph list listItem inlineCode strong table tableRow tableCell sentence';
  for (const { type, value = '' } of nodes) {
    if (!allowed.split(' ').includes(type)) throw new Error(`a node of type ${type}: ${value}`);
    if (type === 'text' && LINKED.test(value)) throw new Error(`becomes a link: ${value}`);
  }
  if (new TextEncoder().encode(output).length > 60_000) throw new Error('longer than a comment');
  const title = /^## trefoil: ([A-Z]+)$/m.exec(output)?.[1] ?? '';
  const [, fail = null, unproven = null, excepted = null] =
    /(\d+) fail, (\d+) unproven, (\d+) excepted/.exec(output)?.map(Number) ?? [];
  return {
    saysPass: title === 'PASS' && root.children?.at(-1)?.type === 'paragraph',
    held: { fail, unproven, excepted, pass: null, 'not-applicable': null },
    shape: markdownShape(root),
    texts: nodes.flatMap(({ value }) => value ?? []),
  };
}

function readCsv(output: string): Reading {
  const [header = [], ...rows] = parseCsv(output);
  for (const row of rows) if (row.length !== header.length) throw new Error(`${row.length} cells`);
  const columnOf = (name: string) => (row: readonly string[]) => row[header.indexOf(name)] ?? '';
  const [record, verdict] = [columnOf('record'), columnOf('verdict')];
  const cells = rows.flat();
  // A number may begin with a sign in no column of ours.
  const formula = cells.find((cell) => /^[=+\-@\t\r]/.test(cell));
  if (formula !== undefined) throw new Error(`a formula: ${formula}`);
  const last = rows.at(-1) ?? [];
  return {
    saysPass: record(last) === 'run' && verdict(last) === 'pass',
    held: tally(rows.filter((row) => record(row) !== 'run').map(verdict)),
    shape: rows.map((row) => [row.length, record(row), verdict(row)]),
    texts: cells.map((cell) => cell.replace(/^'/, '')),
  };
}

function readHtml(output: string): Reading {
  const elements = parseHtml(output);
  const conclusion = elements.find((element) => classesOf(element).includes('conclusion'));
  const last = elements.findLast(({ name }) => name === 'p');
  const isIdle = ({ parent }: HtmlElement): boolean =>
    parent?.parent?.attributes.get('id')?.startsWith('control:') ?? false;
  const verdicts = elements.flatMap((element) => {
    const { name, attributes } = element;
    if (name === 'article') return attributes.get('data-verdict') ?? [];
    if (name === 'tr' && attributes.has('data-site')) return 'pass';
    return classesOf(element).includes('not-applicable') && isIdle(element) ? 'not-applicable' : [];
  });
  return {
    saysPass:
      conclusion !== undefined && classesOf(conclusion).includes('pass') && last?.text.endsWith(': pass.') === true,
    held: tally(verdicts),
    shape: elements.map(({ name, attributes }) => [name, ...attributes.keys()]),
    texts: elements.flatMap(({ attributes, text }) => [...attributes.values(), text]),
  };
}

interface OscalProperty {
  readonly name: string;
  readonly value: string;
}

interface OscalResults {
  readonly 'assessment-results': {
    readonly results: readonly {
      readonly props: readonly OscalProperty[];
      readonly 'reviewed-controls': {
        readonly 'control-selections': readonly { readonly 'exclude-controls'?: readonly unknown[] }[];
      };
      readonly observations?: readonly { readonly uuid: string; readonly props: readonly OscalProperty[] }[];
      readonly findings?: readonly {
        readonly target: { readonly status: { readonly state: string; readonly reason: string } };
        readonly 'related-observations'?: readonly { readonly 'observation-uuid': string }[];
      }[];
    }[];
  };
}

function readOscal(output: string): Reading {
  const document = JSON.parse(output) as OscalResults;
  const [result] = document['assessment-results'].results;
  if (result === undefined) throw new Error('no result');
  const { observations = [], findings = [], props } = result;
  const known = new Set(observations.map(({ uuid }) => uuid));
  const named = findings.flatMap((finding) => finding['related-observations'] ?? []);
  const lost = named.find((one) => !known.has(one['observation-uuid']));
  if (lost !== undefined) throw new Error(`no observation ${lost['observation-uuid']}`);
  const verdicts = observations.map(({ props: own }) => own.find(({ name }) => name === 'verdict')?.value ?? '');
  const idle = result['reviewed-controls']['control-selections'].flatMap((one) => one['exclude-controls'] ?? []);
  // An accepted risk is not satisfied either, and says so by its reason and its observations.
  const isOpen = verdicts.some((verdict) => verdict !== 'pass' && verdict !== 'excepted');
  return {
    saysPass: props.some(({ name, value }) => name === 'verdict' && value === 'pass') && !isOpen,
    held: { ...tally(verdicts), 'not-applicable': idle.length },
    shape: jsonShape(document),
    texts: oscalTexts(document),
  };
}

interface OscalPlan {
  readonly 'assessment-plan': {
    readonly 'local-definitions'?: { readonly activities?: readonly { readonly uuid: string }[] };
    readonly tasks: readonly {
      readonly 'associated-activities'?: readonly { readonly 'activity-uuid': string }[];
    }[];
  };
}

/** A plan holds no verdict, so nobody can take it for a pass. */
function readOscalPlan(output: string): Reading {
  const document = JSON.parse(output) as OscalPlan;
  const { 'local-definitions': definitions, tasks } = document['assessment-plan'];
  const known = new Set((definitions?.activities ?? []).map(({ uuid }) => uuid));
  const named = tasks.flatMap((task) => task['associated-activities'] ?? []);
  const lost = named.find((one) => !known.has(one['activity-uuid']));
  if (lost !== undefined) throw new Error(`no activity ${lost['activity-uuid']}`);
  return {
    saysPass: false,
    held: { fail: null, unproven: null, excepted: null, pass: null, 'not-applicable': null },
    shape: jsonShape(document),
    texts: oscalTexts(document),
  };
}

interface OscalPoam {
  readonly 'plan-of-action-and-milestones': {
    readonly observations?: readonly OscalNamed[];
    readonly risks?: readonly OscalNamed[];
    readonly findings?: readonly OscalNamed[];
    readonly 'poam-items': readonly (OscalNamed & {
      readonly 'related-observations'?: readonly { readonly 'observation-uuid': string }[];
      readonly 'related-risks'?: readonly { readonly 'risk-uuid': string }[];
      readonly 'related-findings'?: readonly { readonly 'finding-uuid': string }[];
    })[];
  };
}

interface OscalNamed {
  readonly uuid: string;
  readonly props?: readonly { readonly name: string; readonly value: string }[];
}

function readOscalPoam(output: string): Reading {
  const document = JSON.parse(output) as OscalPoam;
  const {
    observations = [],
    risks = [],
    findings = [],
    'poam-items': items,
  } = document['plan-of-action-and-milestones'];
  const known = new Set([...observations, ...risks, ...findings].map(({ uuid }) => uuid));
  const named = items.flatMap((item) => [
    ...(item['related-observations'] ?? []).map((one) => one['observation-uuid']),
    ...(item['related-risks'] ?? []).map((one) => one['risk-uuid']),
    ...(item['related-findings'] ?? []).map((one) => one['finding-uuid']),
  ]);
  const lost = named.find((uuid) => !known.has(uuid));
  if (lost !== undefined) throw new Error(`no ${lost}`);
  const verdictOf = ({ props = [] }: OscalNamed): string => props.find(({ name }) => name === 'verdict')?.value ?? '';
  const [run, ...open] = items.map(verdictOf);
  return {
    saysPass: run === 'pass' && open.every((verdict) => verdict === 'excepted'),
    held: { ...tally(observations.map(verdictOf)), pass: null, 'not-applicable': null },
    shape: jsonShape(document),
    texts: oscalTexts(document),
  };
}

/** Descriptions are Markdown, of which a reader sees no escapes. */
function oscalTexts(document: unknown): readonly string[] {
  return jsonTexts(document).map((text) => text.replace(/\\(?=[!-/:-@[-`{-~])/g, ''));
}

function tally(verdicts: readonly string[]): { [verdict in Verdict]: number } {
  const counts = { pass: 0, fail: 0, unproven: 0, excepted: 0, 'not-applicable': 0 };
  for (const verdict of verdicts) if (Object.hasOwn(counts, verdict)) counts[verdict as Verdict] += 1;
  return counts;
}

/** Keys and nesting; of a list the shapes of its items. */
function jsonShape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(jsonShape);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.entries(value).map(([key, item]) => [key, jsonShape(item)]);
}

function jsonTexts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(jsonTexts) : [];
}

function* elementsOf(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of element.children) yield* elementsOf(child);
}

function xmlShape({ name, attributes, children }: XmlElement): unknown {
  return [name, [...attributes.keys()], children.map(xmlShape)];
}

/** The blocks; words and code within them are what the data says. */
function markdownShape({ type, children = [] }: MarkdownNode): unknown {
  if (['paragraph', 'heading', 'tableCell'].includes(type)) return type;
  return [type, children.map(markdownShape)];
}
