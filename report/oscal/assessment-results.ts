import type { Report } from '../../checks/report.ts';
import { conclude, controlsAskedFor } from '../conclusion.ts';
import { stringifyJson } from '../escape.ts';
import type { Reporter } from '../reporter.ts';
import { verdictLine } from '../sentence.ts';
import {
  catalogId,
  dayOf,
  documentId,
  documentResource,
  fileResources,
  includeControls,
  inventory,
  list,
  metadataOf,
} from './document.ts';
import { findings, observations, risks } from './evidence.ts';
import { markup, property } from './property.ts';
import { uuidOf } from './uuid.ts';

/**
 * OSCAL assessment results: an observation for every result, a finding for every control that judged something, and a risk for
 * every exception. `satisfied` is only what passes for all its subjects; what is unproven is `not-satisfied` for the reason
 * `other`. All identifiers are the same in every run, and times are those of the day that was judged for.
 */
export const oscal: Reporter = (report) => render(report);

function* render(report: Report): Generator<string> {
  const { asOf, policy, stage, tool } = report;
  const { verdict, exitCode } = conclude(report);
  const uuid = documentId('assessment-results', report);
  const plan = documentResource('assessment-plan', documentId('assessment-plan', report));
  const head = {
    uuid: uuidOf('result', uuid),
    title: markup(`${policy.name}, as of ${asOf}, stage ${stage}`),
    description: markup(verdictLine(report)),
    start: dayOf(report),
    props: [property('verdict', verdict), property('exit-code', String(exitCode))],
  };
  yield '{"assessment-results":{';
  yield `"uuid":${stringifyJson(uuid)},\n"metadata":${stringifyJson(metadataOf('assessment-results', report))},\n`;
  yield `"import-ap":{"href":"#${plan.uuid}"},\n"results":[{`;
  yield `${stringifyJson(head).slice(1, -1)},\n`;
  yield* list('inventory-items', inventory(report.results), ['"local-definitions":{', '},\n']);
  yield `"reviewed-controls":${stringifyJson(reviewed(report))}`;
  yield* list('observations', observations(report, report.results), [',\n', '']);
  yield* list('risks', risks(report), [',\n', '']);
  yield* list('findings', findings(report), [',\n', '']);
  const resources = [plan, documentResource('catalog', catalogId(tool.version)), ...fileResources(report)];
  yield `}],\n"back-matter":${stringifyJson({ resources })}}}\n`;
}

function reviewed(report: Report): object {
  const asked = controlsAskedFor(report).filter(({ status }) => status === 'implemented');
  const judged = includeControls(asked.filter(({ population }) => population > 0));
  const idle = includeControls(asked.filter(({ population }) => population === 0));
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
