import type { Result, ResultSubject, ResultWitness } from '../../checks/report.ts';
import { formatLocation } from '../../model/source.ts';
import { describeRemedy } from '../remedy.ts';
import { anchorOf, fragmentOf } from './anchor.ts';
import { html, type Markup } from './markup.ts';
import { traceMarkup } from './trace.ts';
import { badge, fact, placeOf } from './words.ts';

/** Resources on which a failure rests, before they are counted. */
const MOST_RELATED = 20;

export interface FindingSetting {
  /** By site id, as people call them. */
  readonly siteNames: ReadonlyMap<string, string>;
  /** What the control says to do, which a finding does not repeat. */
  readonly commonFix: string;
}

/** A finding with all of its evidence, and a link that stays the same. */
export function findingMarkup(result: Result, { siteNames, commonFix }: FindingSetting): Markup {
  const { id, verdict, site, subject, message, witness, also, blockers, change, fingerprint, fix } = result;
  const anchor = anchorOf(id);
  const place = subject.code ?? subject.source;
  return html`<article
    class="finding ${verdict}"
    id="${anchor}"
    data-verdict="${verdict}"
    data-site="${site}"
    ${change === null ? null : html` data-change="${change}"`}
  >
    <h4>
      ${badge(verdict)} <a href="${fragmentOf(anchor)}"><code>${subject.address}</code></a
      >${stackOf(subject)}
    </h4>
    <p class="message">${message}</p>
    <dl class="facts">
      ${[
        fact('Site', siteNames.get(site) ?? site),
        fact('Against the base', change),
        fact(
          'Also fails',
          also.length === 0
            ? null
            : html`<ul>
                ${also.map((text) => html`<li>${text}</li>`)}
              </ul>`,
        ),
        fact('Construct', subject.constructPath === null ? null : html`<code>${subject.constructPath}</code>`),
        fact('Place', place === null ? null : placeOf(place)),
        fact('Input', inputOf(result)),
        ...(witness === null ? [] : seenFacts(witness)),
        fact('Settled by', blockers.length === 0 ? null : settledBy(result)),
        fact('Remedy', remedyOf(result)),
        fact('Fix', fix === commonFix ? null : fix),
        fact('Exception', exceptionOf(result)),
        fact('Fingerprint', fingerprint === null ? null : html`<code>${fingerprint}</code>`),
        fact('Finding', html`<code>${id}</code>`),
      ]}
    </dl>
    ${witness === null || witness.trace === null ? null : traceMarkup(witness.trace)}
  </article> `;
}

function stackOf({ stack, address }: ResultSubject): Markup | null {
  return stack === null || stack === address ? null : html` <span class="stack">in ${stack}</span>`;
}

/** Where the input says it, when that is not the place that was named already. */
function inputOf({ subject, witness }: Result): Markup | null {
  const input = witness?.source ?? (subject.code === null ? null : subject.source);
  const place = subject.code ?? subject.source;
  const isNamed = input !== null && place !== null && formatLocation(input) === formatLocation(place);
  return input === null || isNamed ? null : placeOf(input);
}

function seenFacts(witness: ResultWitness): readonly Markup[] {
  const { path, value, extent, related } = witness;
  const seen = path === '' ? value : value === null ? `${path} is not set` : `${path} = ${value}`;
  const shown = related.slice(0, MOST_RELATED);
  const left = related.length - shown.length;
  return [
    fact('Value seen', seen === null ? null : html`<code>${seen}</code>`),
    fact('Extent', extent === null ? null : html`<code>${extent}</code>`),
    fact(
      'Rests on',
      shown.length === 0
        ? null
        : foldedWhen(
            witness.trace !== null,
            `${related.length} resources`,
            html`<ul>
              ${shown.map(({ stack, address, code, source }) => html`<li><code>${address}</code> in ${stack} <span class="place">${placeOf(code ?? source)}</span></li>`)}${left > 0 ? html`<li>and ${left} more, which the JSON report lists</li>` : null}
            </ul>`,
          ),
    ),
  ];
}

/** What is said elsewhere too stays closed until somebody opens it. */
function foldedWhen(isFolded: boolean, summary: string, content: Markup): Markup {
  return isFolded
    ? html`<details>
        <summary>${summary}</summary>
        ${content}
      </details>`
    : content;
}

function settledBy({ blockers }: Result): Markup {
  return html`<ul>
    ${blockers.map(({ expression, reason }) => html`<li><code>${expression}</code> ${reason}</li>`)}
  </ul>`;
}

/** Other programs than those of CDKTF have no constructs to write. */
function remedyOf({ witness, subject }: Result): Markup | null {
  if (witness === null || witness.remedy === null) return null;
  if (subject.kind === 'resource' && subject.constructPath === null) return null;
  const { code } = witness.remedy;
  return html`<code>${describeRemedy(witness.remedy)}</code>${code === null ? null : html` at ${placeOf(code)}`}`;
}

function exceptionOf({ exception }: Result): Markup | null {
  if (exception === null) return null;
  const { id, reason, owner, approver, ticket, ends } = exception;
  return html`<code>${id}</code> until <time>${ends}</time>: ${reason} Owner ${owner}, approved by ${approver},
    ${ticket}.`;
}

/** A line for what needs nobody to act. */
export function passRow(result: Result, { siteNames }: FindingSetting): Markup {
  const { subject, site } = result;
  const place = subject.code ?? subject.source;
  return html`<tr data-site="${site}">
    <td><code>${subject.address}</code></td>
    <td>${subject.stack ?? ''}</td>
    <td>${siteNames.get(site) ?? site}</td>
    <td>${place === null ? '' : html`<code>${formatLocation(place)}</code>`}</td>
  </tr> `;
}
