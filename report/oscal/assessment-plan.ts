import type { Report } from '../../checks/report.ts';
import { controlsAskedFor } from '../conclusion.ts';
import { stringifyJson } from '../escape.ts';
import { groupBy } from '../group.ts';
import type { Reporter } from '../reporter.ts';
import {
  assets,
  catalogId,
  dayOf,
  documentId,
  documentResource,
  fileResources,
  includeControls,
  inventory,
  list,
  metadataOf,
  policyReference,
} from './document.ts';
import { markup, property } from './property.ts';
import { uuidOf } from './uuid.ts';

const STEPS = [
  ['Read', 'Reads the stacks as they were synthesised, or the plans made of them, and refuses what it cannot read.'],
  ['Join', 'Joins them to one estate, and follows references from stack to stack.'],
  ['Judge', 'Decides each control for each of its subjects: pass, fail, or unproven with what would decide it.'],
  ['Except', 'Applies the exceptions that are in force on the day that is judged for.'],
] as const;

/**
 * OSCAL assessment plan: what a run over these files assesses, for which day, by which controls and of which subjects. It
 * holds no verdict: those are in the assessment results, which import it.
 */
export const oscalPlan: Reporter = (report) => render(report);

function* render(report: Report): Generator<string> {
  const uuid = documentId('assessment-plan', report);
  const { tool } = report;
  const asked = controlsAskedFor(report).filter(({ status }) => status === 'implemented');
  const activities = [...groupBy(asked, ({ family }) => family)].map(([family, controls]) => ({
    uuid: uuidOf('activity', family),
    title: markup(`Examine ${family}`),
    description: markup(`Judges ${controls.length} controls of ${family} from what is written, without access to AWS.`),
    props: [property('method', 'EXAMINE')],
    steps: STEPS.map(([title, description]) => ({ uuid: uuidOf('step', family, title), title, description })),
    'related-controls': { 'control-selections': [{ 'include-controls': includeControls(controls) }] },
  }));
  const catalog = documentResource('catalog', catalogId(tool.version));
  yield '{"assessment-plan":{';
  yield `"uuid":${stringifyJson(uuid)},\n"metadata":${stringifyJson(metadataOf('assessment-plan', report))},\n`;
  yield `"import-ssp":${stringifyJson({ href: policyReference(), remarks: 'The policy says what the system is to be.' })},\n`;
  const items = inventory(report.results);
  if (activities.length === 0) yield* list('inventory-items', items, ['"local-definitions":{', '},\n']);
  else {
    yield `"local-definitions":{"activities":${stringifyJson(activities)}`;
    yield* list('inventory-items', items, [',\n', '']);
    yield '},\n';
  }
  yield `"reviewed-controls":${stringifyJson({
    description:
      'Those that are implemented and were asked for. Planned controls are in the catalogue and assess nothing.',
    'control-selections': [asked.length === 0 ? { 'include-all': {} } : { 'include-controls': includeControls(asked) }],
    links: [{ href: `#${catalog.uuid}`, rel: 'reference' }],
  })},\n`;
  yield `"assessment-subjects":${stringifyJson([
    {
      type: 'inventory-item',
      description:
        'Every resource, stack, site and statement of the policy that a control is about: none is drawn by lot.',
      'include-all': {},
    },
  ])},\n`;
  yield `"assessment-assets":${stringifyJson(assets(report))},\n`;
  yield `"tasks":${stringifyJson([
    {
      uuid: uuidOf('task', uuid),
      type: 'action',
      title: 'Judge the estate',
      timing: { 'on-date': { date: dayOf(report) } },
      ...(activities.length === 0
        ? {}
        : {
            'associated-activities': activities.map((activity) => ({
              'activity-uuid': activity.uuid,
              subjects: [{ type: 'inventory-item', 'include-all': {} }],
            })),
          }),
    },
  ])},\n`;
  yield `"back-matter":${stringifyJson({ resources: [catalog, ...fileResources(report)] })}}}\n`;
}
