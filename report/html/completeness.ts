import { LOOKS, type Coverage, type Look } from '../../checks/coverage.ts';
import type { Report } from '../../checks/report.ts';
import { describeClasses } from '../../model/aws/resource-class.ts';
import { DECIDED_BY_COMMAND } from '../../policy/catalogue.ts';
import type { Appendix } from '../appendix.ts';
import { count, countVerdicts, isComplete, isFiltered } from '../conclusion.ts';
import { controlLink } from './summary.ts';
import { html, joined, type Markup } from './markup.ts';
import { badge, placeOf, row, standingOf, table } from './words.ts';

/** What each look is, as people read it. */
const MEANINGS: Readonly<Record<Look, string>> = {
  inspected: 'a control that is about their type has judged or read them',
  general: 'only controls over all resources have judged them: place, and how they are written',
  inert: 'their type does nothing with data',
  vouched: 'no control has judged them, and the policy classifies their type',
  uninspected: 'their type is known, and no control has looked at them',
  unproven: 'completeness is not proved of them',
};

/** The population, how it was counted, and that nothing is missing from the sums. */
export function completenessMarkup(report: Report, appendix: Appendix | null): Markup {
  const { population, controls, escapeHatches } = report;
  const coverage = appendix?.coverage ?? null;
  const notApplicable = controls.filter(
    (control) => standingOf(control, [], report) === 'not-applicable' && control.population === 0,
  );
  const planned = controls.filter((control) => standingOf(control, [], report) === 'planned');
  const byCommand = controls.filter((control) => standingOf(control, [], report) === 'by command');
  return html`<section id="completeness">
    <h2>Completeness</h2>
    <p>
      ${isComplete(report) ? 'The run is complete: every stack that the policy expects was there, and everything in it was read.' : 'The run is incomplete: something was not looked at, and is named under “What was not judged”. The verdicts hold for the rest alone.'}
    </p>
    ${reconciliation(report)} ${coverage === null ? null : looks(coverage)}
    ${table(
      'Stacks',
      ['Stack', 'Sites', { numbers: 'Resources' }],
      population.stacks.map(({ name, sites, resources }) =>
        row([html`<code>${name}</code>`, sites.join(', '), resources]),
      ),
    )}
    <details class="printed">
      <summary>${count(population.types.length, 'resource type')}</summary>
      ${coverage === null ? typesTable(report) : coverageTable(coverage)}
    </details>
    ${
      escapeHatches.length === 0
        ? html`<p>No escape hatch: nothing overrides a construct or hides a difference from the plan.</p>`
        : table(
            'Escape hatches, for a reviewer to decide whether each is wanted',
            ['Kind', 'What', 'Of', 'Place'],
            escapeHatches.map(({ kind, what, address, stack, code, source }) =>
              row([
                kind,
                html`<code>${what}</code>`,
                html`<code>${address}</code> in ${stack}`,
                placeOf(code ?? source),
              ]),
            ),
          )
    }
    <h3>Controls without a verdict</h3>
    <p>
      Not applicable, population 0:
      ${notApplicable.length === 0 ? 'none' : joined(notApplicable.map(controlLink), ', ')}.
    </p>
    <p>Planned, judged by nothing yet: ${planned.length === 0 ? 'none' : joined(planned.map(controlLink), ', ')}.</p>
    ${byCommand.map((control) => html`<p>${controlLink(control)}: ${DECIDED_BY_COMMAND.get(control.id) ?? ''}</p>`)}
  </section> `;
}

/** Numbers that were counted in different ways, and their difference. */
function reconciliation(report: Report): Markup {
  const { population, results, summary, controls } = report;
  const byStack = sum(population.stacks.map(({ resources }) => resources));
  const byType = sum(population.types.map(({ resources }) => resources));
  const counts = countVerdicts(results);
  const byVerdict = summary.pass + summary.fail + summary.unproven + summary.excepted;
  const byControl = sum(controls.map((control) => control.population));
  const lines = [
    ['Resources, by stack', population.resources, byStack],
    ['Resources, by type', population.resources, byType],
    ['Verdicts, by the summary', results.length, byVerdict],
    ['Verdicts, by this document', results.length, counts.pass + counts.fail + counts.unproven + counts.excepted],
    // With a filter the report leaves results out and keeps the populations.
    ...(isFiltered(report)
      ? []
      : [['Verdicts, by the populations of the controls', results.length, byControl] as const]),
  ] as const;
  return table(
    'Reconciliation',
    ['What', { numbers: 'Expected' }, { numbers: 'Counted' }, { numbers: 'Difference' }],
    lines.map(([what, expected, counted]) =>
      row([what, expected, counted, expected === counted ? 0 : html`${badge('fail')} ${expected - counted}`]),
    ),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((so, number) => so + number, 0);
}

function looks({ counts, resources, difference, unproven }: Coverage): Markup {
  return html`${table(
    'How resources were looked at, each in exactly one way',
    ['Looked at', { numbers: 'Resources' }, 'Meaning'],
    [
      ...LOOKS.map((look) => row([look, counts[look], MEANINGS[look]])),
      row(['in all', resources, `difference ${difference}`]),
    ],
  )}${
    unproven.length === 0
      ? null
      : table(
          'Resources of which completeness is not proved',
          ['Resource', 'Stack', 'Why'],
          unproven.map(({ address, stack, message }) => row([html`<code>${address}</code>`, stack, message])),
        )
  }`;
}

function coverageTable({ byType }: Coverage): Markup {
  return table(
    'Resource types, what they do with data, and who looked',
    ['Type', { numbers: 'Resources' }, 'Does', 'Judged by', 'Read by'],
    byType.map(({ type, resources, classes, reason, controls, readBy }) =>
      row([
        html`<code>${type}</code>`,
        resources,
        classes === null || classes.length === 0 ? (reason ?? 'not classified') : describeClasses(classes),
        controls
          .map(({ control, resources: judged }) => (judged === resources ? control : `${control} (${judged})`))
          .join(', '),
        readBy.join(', '),
      ]),
    ),
  );
}

function typesTable({ population }: Report): Markup {
  return table(
    'Resource types',
    ['Type', { numbers: 'Resources' }],
    population.types.map(({ type, resources }) => row([html`<code>${type}</code>`, resources])),
  );
}
