import type { ControlStatus, Report, Result } from '../../checks/report.ts';
import { mappingsOf } from '../../policy/frameworks/index.ts';
import { count, countVerdicts, type VerdictCounts } from '../conclusion.ts';
import { controlAnchor } from './anchor.ts';
import { findingMarkup, type FindingSetting, passRow } from './finding.ts';
import { html, type Markup, part } from './markup.ts';
import { badge, fact, standingOf } from './words.ts';

const FEW_TYPES = 4;

const ORDER = ['fail', 'unproven', 'excepted'] as const satisfies readonly Result['verdict'][];

/** A control: what it asks and why, what it was asked of, and each verdict; the passes in a closed table. */
export function* controlMarkup(
  control: ControlStatus,
  results: readonly Result[],
  report: Report,
  siteNames: ReadonlyMap<string, string>,
): Generator<Markup> {
  const { id, title, fix, family, severity } = control;
  const standing = standingOf(control, results, report);
  const setting: FindingSetting = { siteNames, commonFix: fix };
  const passes = results.filter(({ verdict }) => verdict === 'pass');
  yield part`<section class="control" id="${controlAnchor(id)}" data-family="${family}" data-severity="${severity}">
<h3><span class="id">${id}</span> ${title} ${badge(standing)}</h3>
<dl class="facts">${facts(control, results)}</dl>
`;
  for (const verdict of ORDER) {
    for (const result of results) if (result.verdict === verdict) yield findingMarkup(result, setting);
  }
  if (passes.length > 0) {
    yield part`<details class="passes"><summary>${count(passes.length, 'subject')} ${passes.length === 1 ? 'passes' : 'pass'}</summary>
<div class="table" role="region" aria-label="${`What passes ${id}`}" tabindex="0"><table>
<caption>What passes ${id}</caption>
<thead><tr><th scope="col">Subject</th><th scope="col">Stack</th><th scope="col">Site</th><th scope="col">Place</th></tr></thead>
<tbody>
`;
    for (const result of passes) yield passRow(result, setting);
    yield part`</tbody></table></div></details>
`;
  }
  yield part`</section>
`;
}

function facts(control: ControlStatus, results: readonly Result[]): readonly Markup[] {
  const { id, severity, why, fix, population } = control;
  const isFine = results.every(({ verdict }) => verdict === 'pass');
  return [
    fact('Severity', severity),
    fact('Why', why),
    fact('Standards', standardsOf(id)),
    fact('Population', populationOf(population, countVerdicts(results))),
    fact('Fix', isFine ? null : fix),
    fact('Reads', readsOf(control)),
    fact('See', referencesOf(control)),
  ];
}

/** A few types are named, and more are opened. */
function readsOf({ resourceTypes }: ControlStatus): Markup | null {
  if (resourceTypes.length === 0) return null;
  const types = html`<code>${resourceTypes.join(', ')}</code>`;
  if (resourceTypes.length <= FEW_TYPES) return types;
  return html`<details>
    <summary>${resourceTypes.length} resource types</summary>
    ${types}
  </details>`;
}

function populationOf(population: number, counts: VerdictCounts): string {
  if (population === 0) return '0 subjects: not applicable';
  const parts = (['fail', 'unproven', 'excepted', 'pass'] as const)
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => `${counts[verdict]} ${verdict}`);
  return `${count(population, 'subject')}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`;
}

function standardsOf(control: string): string | null {
  const mappings = mappingsOf(control);
  return mappings.map(({ framework, requirements }) => `${framework.name} ${requirements.join(', ')}`).join('; ');
}

/** Only addresses of the web become links. */
function referencesOf({ references }: ControlStatus): Markup | null {
  if (references.length === 0) return null;
  return html`<ul>
    ${references.map((reference) =>
      reference.startsWith('https://')
        ? html`<li><a href="${reference}" rel="noopener noreferrer">${reference}</a></li>`
        : html`<li>${reference}</li>`,
    )}
  </ul>`;
}
