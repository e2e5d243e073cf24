import type { InputProblem } from '../../model/input-error.ts';
import { formatLocation, type SourceLocation } from '../../model/source.ts';
import type { PolicyProblem } from '../../policy/problem.ts';
import type { Report } from '../../checks/report.ts';
import type { Appendix } from '../appendix.ts';
import { conclude, count, countControls, isFiltered, otherReasons } from '../conclusion.ts';
import { html, type Markup } from './markup.ts';
import { policyCommitOf } from './policy-history.ts';
import { badge, fact } from './words.ts';

/** What was judged, by what, when and by which policy, and what came of it. */
export function headingMarkup(report: Report, appendix: Appendix | null): Markup {
  const { tool, policy, asOf, stage, population, controls, comparison } = report;
  const { verdict, because, exitCode } = conclude(report);
  return html`<header class="document">
    <p class="kind">Compliance report</p>
    <h1>${policy.name}</h1>
    ${appendix === null || appendix.policy.description === '' ? null : html`<p class="lead">${appendix.policy.description}</p>`}
    <p class="conclusion ${verdict}">
      ${badge(verdict)} <strong>${because}</strong> <span class="exit">exit ${exitCode}</span>
    </p>
    <dl class="facts">
      ${[
        fact('Judged as of', html`<time>${asOf}</time>, at stage ${stage}`),
        fact('By', `${tool.name} ${tool.version}`),
        fact('Digest of its code', digestOf(appendix?.toolSha256 ?? null)),
        fact('Policy', html`${policy.name}, <code>${policy.path}</code>`),
        fact('Policy digest', digestOf(policy.sha256)),
        fact('Policy commit', policyCommitOf(report)),
        fact(
          'Estate',
          `${count(population.stacks.length, 'stack')}, ${count(population.resources, 'resource')} of ${count(population.types.length, 'type')}`,
        ),
        fact(
          'Controls',
          countControls(controls, (judged) => `${judged} judged`),
        ),
        fact('Only what was asked for', isFiltered(report) ? askedFor(report) : null),
        fact(
          'Compared with',
          comparison === null
            ? null
            : html`<code>${comparison.base.path}</code> of <time>${comparison.base.asOf}</time>`,
        ),
      ]}
    </dl>
  </header> `;
}

function digestOf(sha256: string | null): Markup | null {
  return sha256 === null ? null : html`<code class="digest">sha256:${sha256}</code>`;
}

function askedFor({ filter: { controls, severities, sites } }: Report): string {
  return [
    ...controls.map((control) => `control ${control}`),
    ...severities.map((severity) => `severity ${severity}`),
    ...sites.map((site) => `site ${site}`),
  ].join(', ');
}

export function hasProblems(report: Report): boolean {
  return otherReasons(report).length + report.problems.length + report.exceptionProblems.length > 0;
}

/** What was refused or not looked at comes before every verdict: they hold for the rest alone. */
export function problemsMarkup(report: Report): Markup {
  const reasons = otherReasons(report);
  const { problems, exceptionProblems } = report;
  if (!hasProblems(report)) return html``;
  return html`<section id="problems">
    <h2>What was not judged</h2>
    ${
      reasons.length === 0
        ? null
        : html`<ul class="reasons">
            ${reasons.map((reason) => html`<li>${reason}</li>`)}
          </ul>`
    }
    ${problemList('Input that could not be judged', problems)}
    ${problemList('Exceptions that do not apply', exceptionProblems)}
  </section> `;
}

function problemList(heading: string, found: readonly (InputProblem | PolicyProblem)[]): Markup {
  if (found.length === 0) return html``;
  return html`<h3>${heading}</h3>
    <ul class="problems">
      ${found.map(
        ({ code, what, why, fix, ...place }) =>
          html`<li>
            <p><code>${code}</code> <code>${placeText(place)}</code> ${what}</p>
            <dl class="facts">${[fact('Why', why), fact('Fix', fix)]}</dl>
          </li> `,
      )}
    </ul>`;
}

function placeText(place: { readonly path?: string; readonly location?: SourceLocation }): string {
  return place.location === undefined ? (place.path ?? '') : formatLocation(place.location);
}
