import type { Verdict } from '../../checks/check.ts';
import type { ControlStatus, Report, Result } from '../../checks/report.ts';
import { formatLocation, type SourceLocation } from '../../model/source.ts';
import { DECIDED_BY_COMMAND } from '../../policy/catalogue.ts';
import { html, type Markup } from './markup.ts';

/** How a control stands in a report: its gravest verdict, or why it has none. */
export type Standing = Verdict | 'planned' | 'by command' | 'not asked for';

/** A verdict, or what else can be said in one word, in its colour. The word is always there; the colour only helps. */
export function badge(word: string): Markup {
  return html`<span class="verdict ${kindOf(word)}">${word.replaceAll('-', ' ')}</span>`;
}

/** The class that gives a word its colour. */
export function kindOf(word: string): string {
  return word.replaceAll(' ', '-');
}

/** The gravest verdict of some results; `not-applicable` of none. */
export function gravestOf(results: readonly Result[]): Verdict {
  const found = new Set(results.map(({ verdict }) => verdict));
  return (['fail', 'unproven', 'excepted', 'pass'] as const).find((verdict) => found.has(verdict)) ?? 'not-applicable';
}

export function standingOf(control: ControlStatus, results: readonly Result[], { filter }: Report): Standing {
  if (control.status === 'planned') return DECIDED_BY_COMMAND.has(control.id) ? 'by command' : 'planned';
  const { controls, severities, sites } = filter;
  const isAsked =
    (controls.length === 0 || controls.includes(control.id)) &&
    (severities.length === 0 || severities.includes(control.severity));
  if (!isAsked || (results.length === 0 && sites.length > 0)) return 'not asked for';
  return gravestOf(results);
}

export function placeOf(location: SourceLocation): Markup {
  return html`<code>${formatLocation(location)}</code>`;
}

/** A row of a list of facts; nothing where there is nothing to say. */
export function fact(name: string, content: Markup | string | null): Markup {
  return content === null || content === ''
    ? html``
    : html`<div>
        <dt>${name}</dt>
        <dd>${content}</dd>
      </div>`;
}

/** Text that no line break tears apart: a date, a Region. */
export function short(text: string): Markup {
  return html`<span class="short">${text}</span>`;
}

/** The name of a column, and whether there are numbers in it. */
export type Heading = string | { readonly numbers: string };

/** A table that scrolls by itself where it is wider than the page. */
export function table(caption: string, headings: readonly Heading[], rows: readonly Markup[]): Markup {
  return html`<div class="table" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${headings.map(columnHeading)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div> `;
}

function columnHeading(heading: Heading): Markup {
  return typeof heading === 'string'
    ? html`<th scope="col">${heading}</th>`
    : html`<th scope="col" class="number">${heading.numbers}</th>`;
}

export function row(cells: readonly (Markup | string | number)[]): Markup {
  const [first, ...rest] = cells;
  return html`<tr>
    <th scope="row">${first ?? ''}</th>
    ${rest.map(cell)}
  </tr> `;
}

function cell(content: Markup | string | number): Markup {
  return typeof content === 'number' ? html`<td class="number">${content}</td>` : html`<td>${content}</td>`;
}
