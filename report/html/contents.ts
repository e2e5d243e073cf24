import { FAMILIES, type Family } from '../../checks/check.ts';
import type { ControlStatus, Report } from '../../checks/report.ts';
import { countVerdicts } from '../conclusion.ts';
import { hasProblems } from './heading.ts';
import { html, type Markup } from './markup.ts';

/** Links to the parts of the page, with what was found of each family. */
export function contentsMarkup(report: Report, hasPictures: boolean): Markup {
  const entry = (anchor: string, name: string, found: Markup | null = null): Markup =>
    html`<li><a href="#${anchor}">${name}</a>${found}</li>`;
  return html`<nav aria-label="Contents">
    <h2>Contents</h2>
    <ol>
      ${[
        ...(hasProblems(report) ? [entry('problems', 'What was not judged')] : []),
        entry('summary', 'Summary'),
        ...(hasPictures
          ? [entry('enclave', 'The enclave'), entry('network', 'Map of the network'), entry('data', 'Map of the data')]
          : []),
        ...familiesOf(report.controls).map((family) =>
          entry(`family:${family}`, capital(family), foundIn(family, report)),
        ),
        entry('exceptions', 'Exceptions and evidence'),
        ...(report.comparison === null ? [] : [entry('comparison', 'Comparison with the base')]),
        entry('completeness', 'Completeness'),
        entry('standards', 'Standards'),
        entry('inputs', 'Inputs'),
        entry('method', 'Method and limits'),
      ]}
    </ol>
  </nav>`;
}

function foundIn(family: Family, { results }: Report): Markup {
  const { fail, unproven } = countVerdicts(results.filter((result) => result.family === family));
  return html`${fail === 0 ? null : html` <span class="tally fail">${fail} fail</span>`}${
    unproven === 0 ? null : html` <span class="tally unproven">${unproven} unproven</span>`
  }`;
}

/** Families of the catalogue, in its order. */
export function familiesOf(controls: readonly ControlStatus[]): readonly Family[] {
  return FAMILIES.filter((family) => controls.some((control) => control.family === family));
}

export function capital(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}
