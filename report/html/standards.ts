import type { ControlStatus, Report, Result } from '../../checks/report.ts';
import { compareText } from '../../model/text-order.ts';
import type { Framework } from '../../policy/frameworks/framework.ts';
import { FRAMEWORKS } from '../../policy/frameworks/index.ts';
import { controlLink } from './summary.ts';
import { html, type Markup } from './markup.ts';
import { badge, type Standing, standingOf, table } from './words.ts';

/** How a requirement stands: the first of these that a control of it has. */
const GRAVITY = [
  'fail',
  'unproven',
  'excepted',
  'planned',
  'not asked for',
  'not-applicable',
  'pass',
] as const satisfies readonly Standing[];

interface Requirement {
  readonly id: string;
  readonly controls: readonly { readonly control: ControlStatus; readonly standing: Standing }[];
  readonly standing: Standing;
}

/** Every requirement of a standard that a control helps to meet, and where nothing or only a part of it is judged. */
export function standardsMarkup(report: Report, byControl: ReadonlyMap<string, readonly Result[]>): Markup {
  const standings = new Map(
    report.controls.map((control) => [
      control.id,
      { control, standing: standingOf(control, byControl.get(control.id) ?? [], report) },
    ]),
  );
  const standards = FRAMEWORKS.map((framework) => ({ framework, requirements: requirementsOf(framework, standings) }));
  return html`<section id="standards">
    <h2>Standards</h2>
    <p>
      A control helps to meet a requirement and seldom is all of it. Only requirements to which a control is mapped are
      listed; each standard has others, which this report says nothing about. A gap is a requirement of which a control
      is planned, not applicable here, or was not asked for.
    </p>
    ${table(
      'Requirements by standard',
      ['Standard', 'Mapped', 'Pass', 'Fail', 'Unproven', 'Excepted', 'Gap'],
      standards.map(({ framework, requirements }) => {
        const of = (...wanted: readonly Standing[]): number =>
          requirements.filter(({ standing }) => wanted.includes(standing)).length;
        const numbers = [
          requirements.length,
          of('pass'),
          of('fail'),
          of('unproven'),
          of('excepted'),
          of('planned', 'not asked for', 'not-applicable'),
        ];
        return html`<tr>
          <th scope="row"><a href="#standard:${framework.id}">${framework.name}</a></th>
          ${numbers.map((number) => html`<td class="number">${number}</td>`)}
        </tr> `;
      }),
    )}
    ${standards.map(({ framework, requirements }) => standard(framework, requirements))}
  </section> `;
}

function requirementsOf(
  { mapping }: Framework,
  standings: ReadonlyMap<string, Requirement['controls'][number]>,
): readonly Requirement[] {
  const found = new Map<string, Requirement['controls'][number][]>();
  for (const [control, requirements] of mapping) {
    const standing = standings.get(control);
    if (standing === undefined) continue;
    for (const id of requirements) {
      const list = found.get(id);
      if (list === undefined) found.set(id, [standing]);
      else list.push(standing);
    }
  }
  return Array.from(found, ([id, controls]) => ({
    id,
    controls,
    standing: GRAVITY.find((one) => controls.some(({ standing }) => standing === one)) ?? 'planned',
  })).toSorted((left, right) => compareText(left.id, right.id));
}

function standard({ id, title, url }: Framework, requirements: readonly Requirement[]): Markup {
  return html`<section id="standard:${id}">
    <h3>${title}</h3>
    <p><a href="${url}" rel="noopener noreferrer">${url}</a></p>
    ${table(
      `${title}: requirements and controls`,
      ['Requirement', 'State', 'Controls'],
      requirements.map(
        ({ id: requirement, controls, standing }) =>
          html`<tr>
            <th scope="row">${requirement}</th>
            <td>${badge(standing)}</td>
            <td>
              ${controls.map(({ control, standing: own }) => html`<span class="tally ${own === 'not asked for' ? 'not-asked' : own}">${controlLink(control)} ${own.replace('-', ' ')}</span> `)}
            </td>
          </tr> `,
      ),
    )}
  </section> `;
}
