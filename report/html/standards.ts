import type { ControlStatus, Report, Result } from '../../checks/report.ts';
import { compareText } from '../../model/text-order.ts';
import type { Framework } from '../../policy/frameworks/framework.ts';
import { FRAMEWORKS } from '../../policy/frameworks/index.ts';
import { groupBy } from '../group.ts';
import { controlLink } from './summary.ts';
import { html, type Markup } from './markup.ts';
import { badge, kindOf, type Standing, standingOf, table } from './words.ts';

const STATES = ['pass', 'fail', 'unproven', 'excepted', 'in part', 'not judged', 'not applicable'] as const;

/** How a requirement stands: the gravest verdict of its controls, and whether all of them gave one. */
type State = (typeof STATES)[number];

interface Mapped {
  readonly control: ControlStatus;
  readonly standing: Standing;
}

interface Requirement {
  readonly id: string;
  readonly controls: readonly Mapped[];
  readonly state: State;
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
      listed; each standard has others, which this report says nothing about. “In part”: what was judged passes, and
      another control of the requirement is planned, is decided by a command, or was not asked for. “Not judged”: every
      control of it is.
    </p>
    ${table(
      'Requirements by standard',
      ['Standard', { numbers: 'mapped' }, ...STATES.map((numbers) => ({ numbers }))],
      standards.map(
        ({ framework: { id, name }, requirements }) =>
          html`<tr>
            <th scope="row"><a href="#standard:${id}">${name}</a></th>
            <td class="number">${requirements.length}</td>
            ${STATES.map(
              (state) => html`<td class="number">${requirements.filter((one) => one.state === state).length}</td>`,
            )}
          </tr> `,
      ),
    )}
    ${standards.map(({ framework, requirements }) => standard(framework, requirements))}
  </section> `;
}

function requirementsOf({ mapping }: Framework, standings: ReadonlyMap<string, Mapped>): readonly Requirement[] {
  const pairs = Array.from(mapping, ([control, requirements]) => ({ mapped: standings.get(control), requirements }));
  const found = groupBy(
    pairs.flatMap(({ mapped, requirements }) =>
      mapped === undefined ? [] : requirements.map((id) => ({ id, mapped })),
    ),
    ({ id }) => id,
  );
  return Array.from(found, ([id, group]) => {
    const controls = group.map(({ mapped }) => mapped);
    return { id, controls, state: stateOf(controls.map(({ standing }) => standing)) };
  }).toSorted((left, right) => compareText(left.id, right.id));
}

function stateOf(standings: readonly Standing[]): State {
  const gravest = (['fail', 'unproven', 'excepted'] as const).find((verdict) => standings.includes(verdict));
  if (gravest !== undefined) return gravest;
  const isOpen = (['planned', 'by command', 'not asked for'] as const).some((standing) => standings.includes(standing));
  if (standings.includes('pass')) return isOpen ? 'in part' : 'pass';
  return isOpen ? 'not judged' : 'not applicable';
}

function standard({ id, title, url }: Framework, requirements: readonly Requirement[]): Markup {
  return html`<section id="standard:${id}">
    <h3>${title}</h3>
    <p><a href="${url}" rel="noopener noreferrer">${url}</a></p>
    ${table(
      `${title}: requirements and controls`,
      ['Requirement', 'State', 'Controls'],
      requirements.map(
        ({ id: requirement, controls, state }) =>
          html`<tr>
            <th scope="row">${requirement}</th>
            <td>${badge(state)}</td>
            <td>
              ${controls.map(({ control, standing: own }) => html`<span class="tally ${kindOf(own)}">${controlLink(control)} ${own.replaceAll('-', ' ')}</span> `)}
            </td>
          </tr> `,
      ),
    )}
  </section> `;
}
