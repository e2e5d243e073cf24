import { SEVERITIES, type Verdict } from '../../checks/check.ts';
import type { ControlStatus, Report, Result } from '../../checks/report.ts';
import { count, countVerdicts } from '../conclusion.ts';
import { groupBy } from '../group.ts';
import { type Cell, verdictMatrix } from '../matrix.ts';
import { controlAnchor, fragmentOf } from './anchor.ts';
import { html, type Markup } from './markup.ts';
import { badge, gravestOf, row, table } from './words.ts';

/** Values that would decide most unproven findings. */
const MOST_BLOCKERS = 25;

/** In the order in which people read them: what to act on first. */
const COUNTED = ['fail', 'unproven', 'excepted', 'pass', 'not-applicable'] as const satisfies readonly Verdict[];

/** What each verdict means, where it is counted. */
const MEANINGS = {
  pass: 'proved for the subject',
  fail: 'shown by a witness that holds whatever the unknown values turn out to be',
  unproven: 'the input decides neither; the values that would are named',
  'not-applicable': 'controls with a population of 0',
  excepted: 'fails under an approved exception with an end',
} as const;

export function summaryMarkup(report: Report, byControl: ReadonlyMap<string, readonly Result[]>): Markup {
  const { summary } = report;
  const { families, rows } = verdictMatrix(report);
  return html`<section id="summary">
    <h2>Summary</h2>
    <ul class="counts">
      ${COUNTED.map(
        (verdict) =>
          html`<li>
            <span class="count">${summary[verdict]}</span> ${badge(verdict)}
            <span class="meaning">${MEANINGS[verdict]}</span>
          </li> `,
      )}
    </ul>
    ${table(
      'Verdicts by site and family',
      ['Site', ...families],
      rows.map(({ name, cells }) => row([name, ...cells.map(cellMarkup)])),
    )}
    ${toDo(report, byControl)} ${settling(report)}
  </section> `;
}

function cellMarkup({ verdict, counts }: Cell): Markup {
  if (verdict === 'not-applicable') return html`<span class="none">none</span>`;
  const parts = (['fail', 'unproven', 'excepted', 'pass'] as const).filter((one) => counts[one] > 0);
  return html`${parts.map((one) => html`<span class="tally ${one}">${counts[one]} ${one}</span> `)}`;
}

/** Controls with findings, the gravest first, as links to them. */
function toDo({ controls }: Report, byControl: ReadonlyMap<string, readonly Result[]>): Markup {
  const order = ['fail', 'unproven', 'excepted'] as const;
  const found = controls
    .map((control) => ({ control, verdict: gravestOf(byControl.get(control.id) ?? []) }))
    .flatMap(({ control, verdict }) => {
      const rank = order.findIndex((one) => one === verdict);
      return rank === -1 ? [] : [{ control, verdict, rank }];
    })
    .toSorted((left, right) => left.rank - right.rank || gravity(right.control) - gravity(left.control));
  if (found.length === 0) return html`<p>No control has a finding.</p>`;
  return table(
    'Controls with findings',
    ['Control', 'Requirement', 'Severity', 'Verdicts'],
    found.map(({ control }) =>
      row([controlLink(control), control.title, control.severity, talliesOf(byControl.get(control.id) ?? [])]),
    ),
  );
}

function gravity({ severity }: ControlStatus): number {
  return SEVERITIES.indexOf(severity);
}

export function controlLink({ id }: Pick<ControlStatus, 'id'>): Markup {
  return html`<a class="id" href="${fragmentOf(controlAnchor(id))}">${id}</a>`;
}

function talliesOf(results: readonly Result[]): Markup {
  const counts = countVerdicts(results);
  const parts = (['fail', 'unproven', 'excepted', 'pass'] as const).filter((verdict) => counts[verdict] > 0);
  return html`${parts.map((verdict) => html`<span class="tally ${verdict}">${counts[verdict]} ${verdict}</span> `)}`;
}

/** The values that block most proofs, first: settling one of them decides several findings. */
function settling({ results }: Report): Markup {
  const blocked = results
    .filter(({ verdict }) => verdict === 'unproven')
    .flatMap(({ blockers }) => [...new Map(blockers.map((one) => [`${one.expression} ${one.reason}`, one])).entries()]);
  if (blocked.length === 0) return html``;
  const all = [...groupBy(blocked, ([sentence]) => sentence).values()].toSorted(
    (left, right) => right.length - left.length,
  );
  const left = all.length - MOST_BLOCKERS;
  return html`${table(
    'What would settle the unproven',
    ['Value', 'Why it is not known', { numbers: 'Findings' }],
    all.slice(0, MOST_BLOCKERS).flatMap((group) => {
      const [first] = group;
      return first === undefined
        ? []
        : [row([html`<code>${first[1].expression}</code>`, first[1].reason, group.length])];
    }),
  )}${left > 0 ? html`<p>and ${count(left, 'value')} more, with the findings that they block.</p>` : null}`;
}
