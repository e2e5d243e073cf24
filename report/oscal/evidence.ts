import type { ControlStatus, Report, Result } from '../../checks/report.ts';
import { dayNumber } from '../../policy/dates.ts';
import type { AppliedException } from '../../policy/exceptions.ts';
import { derivationOf } from '../derivation.ts';
import { groupBy } from '../group.ts';
import { type RunFault, runFaults } from '../run-faults.ts';
import { sentence } from '../sentence.ts';
import { dayOf, objectiveId, subjectId } from './document.ts';
import { markup, property } from './property.ts';
import { uuidOf } from './uuid.ts';

/** Lines of a finding's derivation; the json format holds all. */
const MOST_LINES = 40;

/** An observation of each result and of each fault of the run. */
export function* observations(report: Report, results: Iterable<Result>): Generator<object> {
  const collected = dayOf(report);
  for (const fault of faultsOf(report)) {
    const { uuid, description, code, kind } = fault;
    yield {
      uuid,
      description,
      props: [property('verdict', kind), property('code', code)],
      methods: ['EXAMINE'],
      types: ['process-issue'],
      collected,
    };
  }
  for (const result of results) yield observation(result, collected);
}

/** A fault of the run, by the observation that it is. */
export interface ObservedFault extends Pick<RunFault, 'code' | 'kind'> {
  readonly uuid: string;
  readonly description: string;
}

export function faultsOf(report: Report): readonly ObservedFault[] {
  return runFaults(report).map(({ code, text, kind, place }, index) => {
    const at = place === null ? '' : `${place.file}:${place.line}:${place.column} `;
    return { uuid: uuidOf('fault', String(index), code, text), description: markup(`${at}${text}`), code, kind };
  });
}

export function observationId({ id }: Pick<Result, 'id'>): string {
  return uuidOf('observation', id);
}

export function riskId({ id }: Pick<AppliedException, 'id'>): string {
  return uuidOf('risk', id);
}

function observation(result: Result, collected: string): object {
  const { id, control, verdict, subject, exception } = result;
  const lines = verdict === 'pass' ? [] : derivationOf(result).slice(0, MOST_LINES);
  return {
    uuid: observationId(result),
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
export function* risks({ results }: Report): Generator<object> {
  const excepted = results.flatMap(({ id, exception }) => (exception === null ? [] : [{ id, exception }]));
  for (const covered of groupBy(excepted, ({ exception }) => exception.id).values()) {
    const [first] = covered;
    if (first !== undefined) yield risk(first.exception, covered);
  }
}

function risk(exception: AppliedException, covered: readonly { readonly id: string }[]): object {
  const { id, reason, owner, approver, ticket, starts, ends, compensatingControls } = exception;
  return {
    uuid: riskId(exception),
    title: markup(`Exception ${id}`),
    description: markup(reason),
    statement: markup(`Accepted by ${approver} for ${owner} from ${starts} until ${ends}, ticket ${ticket}`),
    props: [
      property('owner', owner),
      property('approver', approver),
      property('ticket', ticket),
      property('starts', starts),
    ],
    status: 'deviation-approved',
    ...(compensatingControls.length === 0
      ? {}
      : {
          'mitigating-factors': compensatingControls.map((text, index) => ({
            uuid: uuidOf('mitigation', id, String(index)),
            description: markup(text),
          })),
        }),
    ...endOf('deadline', exception),
    'related-observations': covered.map((one) => ({ 'observation-uuid': observationId(one) })),
  };
}

/** OSCAL takes nothing but a date in this place. */
function endOf(name: string, { ends }: AppliedException): { readonly [name: string]: string } {
  return dayNumber(ends) === null ? {} : { [name]: `${ends}T23:59:59Z` };
}

/** A finding of each control that judged something. */
export function* findings(report: Report): Generator<object> {
  const byControl = groupBy(report.results, ({ control }) => control);
  for (const control of report.controls) {
    const results = byControl.get(control.id);
    if (results !== undefined) yield finding(control, results);
  }
}

export function findingId({ id }: Pick<ControlStatus, 'id'>): string {
  return uuidOf('finding', id);
}

function finding(control: ControlStatus, results: readonly Result[]): object {
  const { id, title } = control;
  const counted = (['fail', 'unproven', 'excepted', 'pass'] as const).map(
    (verdict) => [verdict, results.filter((result) => result.verdict === verdict)] as const,
  );
  const [worst = 'pass'] = counted.find(([, found]) => found.length > 0) ?? [];
  const open = results.filter(({ verdict }) => verdict !== 'pass');
  const named = open.flatMap(({ exception }) => (exception === null ? [] : [exception.id]));
  return {
    uuid: findingId(control),
    title: markup(`${id}: ${title}`),
    description: markup(counted.map(([verdict, found]) => `${found.length} ${verdict}`).join(', ')),
    target: {
      type: 'objective-id',
      'target-id': objectiveId(control),
      status:
        worst === 'pass'
          ? { state: 'satisfied', reason: 'pass' }
          : { state: 'not-satisfied', reason: worst === 'unproven' ? 'other' : 'fail' },
    },
    ...(open.length === 0
      ? {}
      : { 'related-observations': open.map((one) => ({ 'observation-uuid': observationId(one) })) }),
    ...(named.length === 0
      ? {}
      : { 'related-risks': [...new Set(named)].map((one) => ({ 'risk-uuid': riskId({ id: one }) })) }),
  };
}
