import type { ControlStatus, Report, Result, ResultSubject } from '../../checks/report.ts';
import type { InputDigest } from '../../model/estate.ts';
import { dayNumber } from '../../policy/dates.ts';
import type { AppliedException } from '../../policy/exceptions.ts';
import { conclude, controlsAskedFor } from '../conclusion.ts';
import { derivationOf } from '../derivation.ts';
import { relativeUri, stringifyJson } from '../escape.ts';
import { groupBy } from '../group.ts';
import type { Reporter } from '../reporter.ts';
import { runFaults } from '../run-faults.ts';
import { sentence, subjectName, verdictLine } from '../sentence.ts';
import { markup, property } from './property.ts';
import { uuidOf } from './uuid.ts';

/** https://pages.nist.gov/OSCAL-Reference/models/v1.2.1/assessment-results/json-outline/ */
const OSCAL_VERSION = '1.2.1';

/** A longer one is no path that a reader could follow. */
const LONGEST_PATH = 1000;

/** Lines of a finding's derivation; the json format holds all. */
const MOST_LINES = 40;

/**
 * OSCAL assessment results: an observation for every result, a finding for every control that judged something, and a risk for
 * every exception. `satisfied` is only what passes for all its subjects; what is unproven is `not-satisfied` for the reason
 * `other`. All identifiers are the same in every run, and times are those of the day that was judged for.
 */
export const oscal: Reporter = (report) => render(report);

function* render(report: Report): Generator<string> {
  const { asOf, tool, policy } = report;
  const day = `${asOf}T00:00:00Z`;
  const { verdict, exitCode } = conclude(report);
  const name = JSON.stringify([policy.sha256, report.inputs, asOf, report.stage]);
  const metadata = {
    title: 'Compliance of infrastructure as code',
    'last-modified': day,
    version: asOf,
    'oscal-version': OSCAL_VERSION,
    props: [property('tool', `${tool.name} ${tool.version}`)],
  };
  const head = {
    uuid: uuidOf('result', name),
    title: markup(`${policy.name}, as of ${asOf}, stage ${report.stage}`),
    description: markup(verdictLine(report)),
    start: day,
    props: [property('verdict', verdict), property('exit-code', String(exitCode))],
  };
  yield '{"assessment-results":{';
  yield `"uuid":${stringifyJson(uuidOf('assessment-results', name))},\n"metadata":${stringifyJson(metadata)},\n`;
  yield `"import-ap":{"href":"#${uuidOf('resource', 'policy')}"},\n"results":[{`;
  yield `${stringifyJson(head).slice(1, -1)},\n`;
  yield* list('inventory-items', inventory(report), ['"local-definitions":{', '},\n']);
  yield `"reviewed-controls":${stringifyJson(reviewed(report))}`;
  yield* list('observations', observations(report, day), [',\n', '']);
  yield* list('risks', risks(report), [',\n', '']);
  yield* list('findings', findings(report), [',\n', '']);
  yield `}],\n"back-matter":${stringifyJson({ resources: resources(report) })}}}\n`;
}

/** A member with a list, and what stands around it; OSCAL has no empty lists. */
function* list(name: string, items: Iterable<object>, [before, after]: readonly [string, string]): Generator<string> {
  let separator = `${before}"${name}":[\n`;
  for (const item of items) {
    yield `${separator}${stringifyJson(item)}`;
    separator = ',\n';
  }
  if (separator === ',\n') yield `]${after}`;
}

function subjectId({ kind, stack, address }: ResultSubject): string {
  return uuidOf('subject', kind, stack ?? '', address);
}

/** Every subject once. */
function* inventory({ results }: Report): Generator<object> {
  const seen = new Set<string>();
  for (const { subject, site } of results) {
    const uuid = subjectId(subject);
    if (seen.has(uuid)) continue;
    seen.add(uuid);
    const { kind, stack, address, constructPath } = subject;
    yield {
      uuid,
      description: markup(subjectName(subject)),
      props: [
        property('kind', kind),
        property('site', site),
        ...(stack === null ? [] : [property('stack', stack)]),
        property('address', address),
        ...(constructPath === null ? [] : [property('construct-path', constructPath)]),
      ],
    };
  }
}

function reviewed(report: Report): object {
  const asked = controlsAskedFor(report).filter(({ status }) => status === 'implemented');
  const idsOf = (controls: readonly ControlStatus[]) => controls.map(({ id }) => ({ 'control-id': id }));
  const judged = idsOf(asked.filter(({ population }) => population > 0));
  const idle = idsOf(asked.filter(({ population }) => population === 0));
  return {
    description: 'Controls that judged something are included; those that had no subject are excluded.',
    'control-selections': [
      {
        // Where nothing was judged it is all of them but those without a subject, which is none.
        ...(judged.length === 0 ? { 'include-all': {} } : { 'include-controls': judged }),
        ...(idle.length === 0 ? {} : { 'exclude-controls': idle }),
      },
    ],
  };
}

function* observations(report: Report, collected: string): Generator<object> {
  for (const [index, { code, text, kind, place }] of runFaults(report).entries()) {
    const at = place === null ? '' : `${place.file}:${place.line}:${place.column} `;
    yield {
      uuid: uuidOf('fault', String(index), code, text),
      description: markup(`${at}${text}`),
      props: [property('verdict', kind), property('code', code)],
      methods: ['EXAMINE'],
      types: ['process-issue'],
      collected,
    };
  }
  for (const result of report.results) yield observation(result, collected);
}

function observation(result: Result, collected: string): object {
  const { id, control, verdict, subject, exception } = result;
  const lines = verdict === 'pass' ? [] : derivationOf(result).slice(0, MOST_LINES);
  return {
    uuid: uuidOf('observation', id),
    description: markup(sentence(result)),
    props: [property('control', control), property('verdict', verdict), property('id', id)],
    methods: ['EXAMINE'],
    types: ['finding'],
    subjects: [{ 'subject-uuid': subjectId(subject), type: 'inventory-item' }],
    ...(lines.length === 0
      ? {}
      : { 'relevant-evidence': lines.map((line) => ({ description: markup(`${line.label}: ${line.text}`) })) }),
    collected,
    ...(exception === null ? {} : endOf('expires', exception)),
  };
}

/** Each exception that covers something, as a risk that was accepted until its last day. */
function* risks({ results }: Report): Generator<object> {
  const excepted = results.flatMap(({ id, exception }) => (exception === null ? [] : [{ id, exception }]));
  for (const covered of groupBy(excepted, ({ exception }) => exception.id).values()) {
    const [first] = covered;
    if (first !== undefined) yield risk(first.exception, covered);
  }
}

function risk(exception: AppliedException, covered: readonly { readonly id: string }[]): object {
  const { id, reason, owner, approver, ticket, ends } = exception;
  return {
    uuid: uuidOf('risk', id),
    title: markup(`Exception ${id}`),
    description: markup(reason),
    statement: markup(`Accepted by ${approver} for ${owner} until ${ends}, ticket ${ticket}`),
    props: [property('owner', owner), property('approver', approver), property('ticket', ticket)],
    status: 'deviation-approved',
    ...endOf('deadline', exception),
    'related-observations': covered.map((one) => ({ 'observation-uuid': uuidOf('observation', one.id) })),
  };
}

/** OSCAL takes nothing but a date in this place. */
function endOf(name: string, { ends }: AppliedException): { readonly [name: string]: string } {
  return dayNumber(ends) === null ? {} : { [name]: `${ends}T23:59:59Z` };
}

function* findings(report: Report): Generator<object> {
  const byControl = groupBy(report.results, ({ control }) => control);
  for (const control of report.controls) {
    const results = byControl.get(control.id);
    if (results !== undefined) yield finding(control, results);
  }
}

function finding({ id, title }: ControlStatus, results: readonly Result[]): object {
  const counted = (['fail', 'unproven', 'excepted', 'pass'] as const).map(
    (verdict) => [verdict, results.filter((result) => result.verdict === verdict)] as const,
  );
  const [worst = 'pass'] = counted.find(([, found]) => found.length > 0) ?? [];
  const open = results.filter(({ verdict }) => verdict !== 'pass');
  const named = open.flatMap(({ exception }) => (exception === null ? [] : [exception.id]));
  return {
    uuid: uuidOf('finding', id),
    title: markup(`${id}: ${title}`),
    description: markup(counted.map(([verdict, found]) => `${found.length} ${verdict}`).join(', ')),
    target: {
      type: 'objective-id',
      'target-id': id,
      status:
        worst === 'pass'
          ? { state: 'satisfied', reason: 'pass' }
          : { state: 'not-satisfied', reason: worst === 'unproven' ? 'other' : 'fail' },
    },
    ...(open.length === 0
      ? {}
      : { 'related-observations': open.map((one) => ({ 'observation-uuid': uuidOf('observation', one.id) })) }),
    ...(named.length === 0
      ? {}
      : { 'related-risks': [...new Set(named)].map((one) => ({ 'risk-uuid': uuidOf('risk', one) })) }),
  };
}

/** What was judged, and by what, with their digests. */
function resources({ policy, exceptionFiles, inputs }: Report): readonly object[] {
  return [
    resource(uuidOf('resource', 'policy'), `Policy: ${policy.name}`, policy),
    ...exceptionFiles.map((file) => resource(uuidOf('exceptions', file.path), `Exceptions: ${file.path}`, file)),
    ...inputs.map((file) => resource(uuidOf('input', file.path), `Input: ${file.path}`, file)),
  ];
}

function resource(uuid: string, title: string, { path, sha256 }: InputDigest): object {
  const hashes = [{ algorithm: 'SHA-256', value: sha256 }];
  const href = path.length > LONGEST_PATH ? null : relativeUri(path);
  return { uuid, title: markup(title), rlinks: [{ href: href ?? `urn:sha256:${sha256}`, hashes }] };
}
