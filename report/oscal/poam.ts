import type { ControlStatus, Report, Result } from '../../checks/report.ts';
import { conclude } from '../conclusion.ts';
import { stringifyJson } from '../escape.ts';
import { groupBy } from '../group.ts';
import type { Reporter } from '../reporter.ts';
import { verdictLine } from '../sentence.ts';
import {
  assets,
  catalogId,
  documentId,
  documentResource,
  fileResources,
  inventory,
  metadataOf,
  list,
  policyReference,
} from './document.ts';
import { faultsOf, findingId, findings, observationId, observations, riskId, risks } from './evidence.ts';
import { markup, property } from './property.ts';
import { uuidOf } from './uuid.ts';

/**
 * OSCAL plan of action and milestones: an item for each exception, with the risk that was accepted until its last day; for
 * each control that fails or is not proven, with what to do; and for what was not looked at. Passes are not in it.
 */
export const oscalPoam: Reporter = (report) => render(report);

function* render(report: Report): Generator<string> {
  const open = report.results.filter(({ verdict }) => verdict !== 'pass');
  const results = documentResource('assessment-results', documentId('assessment-results', report));
  const catalog = documentResource('catalog', catalogId(report.tool.version));
  const name = 'plan-of-action-and-milestones';
  yield `{${stringifyJson(name)}:{`;
  yield `"uuid":${stringifyJson(documentId(name, report))},\n"metadata":${stringifyJson(metadataOf(name, report))},\n`;
  yield `"import-ssp":${stringifyJson({ href: policyReference(), remarks: 'The policy says what the system is to be.' })},\n`;
  yield `"local-definitions":{"assessment-assets":${stringifyJson(assets(report))}`;
  yield* list('inventory-items', inventory(open), [',\n', '']);
  yield '},\n';
  yield* list('observations', observations(report, open), ['', ',\n']);
  yield* list('risks', risks(report), ['', ',\n']);
  const found = new Set(open.map(({ control }) => control));
  const controls = report.controls.filter(({ id }) => found.has(id));
  yield* list('findings', findings({ ...report, controls }), ['', ',\n']);
  yield* list('poam-items', items(report, open), ['', ',\n']);
  yield `"back-matter":${stringifyJson({ resources: [results, catalog, ...fileResources(report)] })}}}\n`;
}

/** At least one, as OSCAL asks for: of a run that leaves nothing open it says so. */
function* items(report: Report, open: readonly Result[]): Generator<object> {
  const { verdict } = conclude(report);
  yield {
    uuid: uuidOf('poam', 'run'),
    title: open.length === 0 && verdict === 'pass' ? 'Nothing is open' : 'The run',
    description: markup(verdictLine(report)),
    props: [property('verdict', verdict)],
  };
  for (const { uuid, description, code, kind } of faultsOf(report)) {
    yield {
      uuid: uuidOf('poam', uuid),
      title: kind === 'refused' ? 'An exception was refused' : 'Something was not looked at',
      description,
      props: [property('verdict', kind), property('code', code)],
      'related-observations': [{ 'observation-uuid': uuid }],
    };
  }
  const excepted = open.flatMap((result) =>
    result.exception === null ? [] : [{ result, exception: result.exception }],
  );
  for (const covered of groupBy(excepted, ({ exception }) => exception.id).values()) {
    const [first] = covered;
    if (first === undefined) continue;
    const { id, reason, starts, ends } = first.exception;
    yield {
      uuid: uuidOf('poam', 'exception', id),
      title: markup(`Exception ${id}, from ${starts} until ${ends}`),
      description: markup(reason),
      props: [property('verdict', 'excepted')],
      'related-observations': covered.map(({ result }) => ({ 'observation-uuid': observationId(result) })),
      'related-risks': [{ 'risk-uuid': riskId(first.exception) }],
    };
  }
  const byControl = groupBy(open, ({ control }) => control);
  for (const control of report.controls) {
    for (const worst of ['fail', 'unproven'] as const) {
      const own = (byControl.get(control.id) ?? []).filter((result) => result.verdict === worst);
      if (own.length > 0) yield itemOf(control, worst, own);
    }
  }
}

function itemOf(control: ControlStatus, verdict: 'fail' | 'unproven', results: readonly Result[]): object {
  const { id, title, fix } = control;
  return {
    uuid: uuidOf('poam', verdict, id),
    title: markup(`${id}: ${results.length} ${verdict}`),
    description: markup(`${title}. ${fix}`),
    props: [property('verdict', verdict), property('severity', control.severity)],
    'related-findings': [{ 'finding-uuid': findingId(control) }],
    'related-observations': results.map((result) => ({ 'observation-uuid': observationId(result) })),
  };
}
