import type { Family } from '../../checks/check.ts';
import type { ControlStatus, Report, Result } from '../../checks/report.ts';
import { sha256 } from '../../model/sha256.ts';
import type { Appendix } from '../appendix.ts';
import { conclude } from '../conclusion.ts';
import { groupBy } from '../group.ts';
import type { ReporterOptions } from '../reporter.ts';
import { controlAnchor } from './anchor.ts';
import { base64 } from './base64.ts';
import { comparisonMarkup } from './comparison.ts';
import { capital, contentsMarkup, familiesOf } from './contents.ts';
import { completenessMarkup } from './completeness.ts';
import { controlMarkup } from './control.ts';
import { exceptionsMarkup } from './exceptions.ts';
import { filterMarkup } from './filter.ts';
import { headingMarkup, problemsMarkup } from './heading.ts';
import { constant, html, type Markup, part } from './markup.ts';
import { inputsMarkup, methodMarkup } from './method.ts';
import { picturesMarkup } from './pictures.ts';
import { SCRIPT } from './script.ts';
import { standardsMarkup } from './standards.ts';
import { STYLE } from './style.ts';
import { summaryMarkup } from './summary.ts';
import { badge, standingOf, table } from './words.ts';

/** For auditors: everything of the report in one page that needs nothing beside it, to read, search, print and keep. */
export function* page(report: Report, { appendix = null }: Pick<ReporterOptions, 'appendix'>): Generator<string> {
  for (const { text } of parts(report, appendix)) yield text;
}

function* parts(report: Report, appendix: Appendix | null): Generator<Markup> {
  const byControl = groupBy(report.results, ({ control }) => control);
  const { verdict } = conclude(report);
  const style = constant(STYLE);
  const script = constant(SCRIPT);
  yield part`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOfPage()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${`${report.policy.name}: ${verdict}, ${report.asOf}`}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the report</a>
<div class="frame">
${headingMarkup(report, appendix)}
<aside>${contentsMarkup(report, appendix !== null)} ${filterMarkup(report)}</aside>
<main id="content">
<p id="filtered" hidden></p>
`;
  yield problemsMarkup(report);
  yield summaryMarkup(report, byControl);
  yield* picturesMarkup(report, appendix);
  yield* controls(report, byControl);
  yield exceptionsMarkup(report, appendix);
  yield comparisonMarkup(report);
  yield completenessMarkup(report, appendix);
  yield standardsMarkup(report, byControl);
  yield inputsMarkup(report);
  yield methodMarkup(report);
  yield part`<p class="end">End of the report on ${report.policy.name} as of ${report.asOf}: ${verdict}.</p>
</main>
</div>
<script>${script}</script>
</body>
</html>
`;
}

/** Nothing loads, and nothing but our own style and script applies, whatever a text that got past the escaping says. */
function policyOfPage(): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${digestOf(STYLE)}'`,
    `script-src 'sha256-${digestOf(SCRIPT)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function digestOf(text: string): string {
  return base64(Uint8Array.from(sha256(text).match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)));
}

function* controls(report: Report, byControl: ReadonlyMap<string, readonly Result[]>): Generator<Markup> {
  const siteNames = new Map([
    ['estate', 'Whole estate'],
    ['unassigned', 'No known site'],
    ...report.sites.map(({ id, name }) => [id, name] as const),
  ]);
  for (const family of familiesOf(report.controls)) {
    const own = report.controls.filter((control) => control.family === family);
    const judged = own.filter(({ id }) => byControl.has(id));
    yield part`<section class="family" id="family:${family}"><h2>${capital(family)}</h2>
`;
    for (const control of judged) yield* controlMarkup(control, byControl.get(control.id) ?? [], report, siteNames);
    yield without(
      own.filter((control) => !judged.includes(control)),
      family,
      report,
    );
    yield part`</section>
`;
  }
}

/** Controls that gave no verdict, and why. */
function without(idle: readonly ControlStatus[], family: Family, report: Report): Markup {
  if (idle.length === 0) return html``;
  return table(
    `Controls of ${family} without a verdict`,
    ['Control', 'Requirement', 'Severity', 'State'],
    idle.map(
      (control) =>
        html`<tr id="${controlAnchor(control.id)}">
          <th scope="row" class="id">${control.id}</th>
          <td>${control.title}</td>
          <td>${control.severity}</td>
          <td>${badge(standingOf(control, [], report))}</td>
        </tr> `,
    ),
  );
}
