import { FAMILIES, SEVERITIES } from '../../checks/check.ts';
import { CHANGES, type Report } from '../../checks/report.ts';
import { html, type Markup } from './markup.ts';

const VERDICTS = ['fail', 'unproven', 'excepted', 'pass'] as const;

/** Search and filter. Hidden until the script is there that does it; without it the page shows everything. */
export function filterMarkup({ sites, results, comparison }: Report): Markup {
  const used = new Set(results.map(({ site }) => site));
  const names = new Map([
    ['estate', 'Whole estate'],
    ['unassigned', 'No known site'],
    ...sites.map(({ id, name }) => [id, name] as const),
  ]);
  const siteChoices = [...used].map((id) => [id, names.get(id) ?? id] as const);
  return html`<form id="filter" hidden>
    <details>
      <summary>Search and filter</summary>
      <label for="search">Text, such as an address or a control</label>
      <input type="search" id="search" autocomplete="off" spellcheck="false" />
      <fieldset>
        <legend>Verdicts</legend>
        ${VERDICTS.map(
          (verdict) =>
            html`<label><input type="checkbox" name="verdict" value="${verdict}" checked /> ${verdict}</label> `,
        )}
      </fieldset>
      ${choice('site', 'Site', siteChoices)}
      ${choice(
        'family',
        'Family',
        FAMILIES.map((family) => [family, family] as const),
      )}
      ${choice(
        'severity',
        'Severity',
        SEVERITIES.toReversed().map((severity) => [severity, severity] as const),
      )}
      ${
        comparison === null
          ? null
          : choice(
              'change',
              'Against the base',
              CHANGES.map((change) => [change, change] as const),
            )
      }
      <button type="reset">Show everything</button>
    </details>
    <p role="status" id="shown"></p>
  </form>`;
}

function choice(name: string, label: string, options: readonly (readonly [value: string, name: string])[]): Markup {
  return html`<label for="filter-${name}">${label}</label>
    <select id="filter-${name}" name="${name}">
      <option value="">any</option>
      ${options.map(([value, text]) => html`<option value="${value}">${text}</option>`)}
    </select> `;
}
