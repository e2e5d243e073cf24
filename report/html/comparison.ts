import { CHANGES, type FixedBecause, type Report } from '../../checks/report.ts';
import { html, type Markup } from './markup.ts';
import { badge, row, table } from './words.ts';

const BECAUSE: { readonly [because in FixedBecause]: string } = {
  passes: 'passes now',
  'not-applicable': 'is not judged by it any more',
  gone: 'is gone',
};

/** What is new, worse and fixed against an earlier run. */
export function comparisonMarkup({ comparison, results }: Report): Markup {
  if (comparison === null) return html``;
  const { base, blocks, limits, fixed } = comparison;
  return html`<section id="comparison">
    <h2>Comparison with the base</h2>
    <p>
      The base is <code>${base.path}</code>, judged as of <time>${base.asOf}</time>.
      ${blocks === 'changes' ? 'Only new and worsened findings block.' : 'Every failure blocks, known or not.'}
    </p>
    ${
      limits.length === 0
        ? null
        : html`<ul class="reasons">
            ${limits.map((limit) => html`<li>${limit}</li>`)}
          </ul>`
    }
    ${table(
      'Findings against the base',
      ['Change', { numbers: 'Findings' }],
      [
        ...CHANGES.map((change) => row([change, results.filter((result) => result.change === change).length])),
        row(['fixed', fixed.length]),
      ],
    )}
    ${
      fixed.length === 0
        ? null
        : table(
            'Fixed since the base',
            ['Control', 'Subject', 'Was', 'Now'],
            fixed.map(({ control, subject, verdict, message, because }) =>
              row([
                control,
                html`<code>${subject.address}</code>${subject.stack === null ? null : html` in ${subject.stack}`}`,
                html`${badge(verdict)} ${message}`,
                BECAUSE[because],
              ]),
            ),
          )
    }
    ${table(
      'Inputs of the base',
      ['File', 'SHA-256'],
      base.inputs.map(({ path, sha256 }) =>
        row([html`<code>${path}</code>`, html`<code class="digest">${sha256}</code>`]),
      ),
    )}
  </section> `;
}
