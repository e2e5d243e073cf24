import type { Report, Result } from '../../checks/report.ts';
import type { Appendix } from '../appendix.ts';
import { groupBy } from '../group.ts';
import { anchorOf, fragmentOf } from './anchor.ts';
import { html, type Markup } from './markup.ts';
import { fact, row, short, table } from './words.ts';

/** Every exception that a finding is under, by whom, until when, and what stands on evidence instead of on Terraform. */
export function exceptionsMarkup({ results, asOf, exceptionFiles }: Report, appendix: Appendix | null): Markup {
  const excepted = results.filter((result) => result.exception !== null);
  const groups = [...groupBy(excepted, ({ exception }) => exception?.id ?? '')];
  return html`<section id="exceptions">
    <h2>Exceptions and evidence</h2>
    <p>
      An exception is an approved permission to fail, for one failure, until a day. It turns a fail into excepted, never
      into a pass.
    </p>
    ${groups.length === 0 ? html`<p>No exception was applied${exceptionFiles.length === 0 ? ', and no file of exceptions was given' : ''}.</p>` : groups.map(([, group]) => exceptionMarkup(group))}
    ${appendix === null || appendix.policy.evidence.length === 0 ? html`<p>No verdict rests on evidence from outside the input.</p>` : evidence(appendix, asOf)}
  </section> `;
}

function exceptionMarkup(group: readonly Result[]): Markup {
  const exception = group[0]?.exception ?? null;
  if (exception === null) return html``;
  const { id, reason, owner, approver, ticket, starts, ends, compensatingControls } = exception;
  return html`<article class="exception">
    <h3>${id}</h3>
    <dl class="facts">
      ${[
        fact('Reason', reason),
        fact('Owner', owner),
        fact('Approver', approver),
        fact('Ticket', ticket),
        fact('From', html`<time>${starts}</time>`),
        fact('Until', html`<time>${ends}</time>`),
        fact(
          'Meanwhile',
          compensatingControls.length === 0
            ? null
            : html`<ul>
                ${compensatingControls.map((text) => html`<li>${text}</li>`)}
              </ul>`,
        ),
        fact(
          'Findings',
          html`<ul>
            ${group.map(
              ({ id: finding, control, subject }) =>
                html`<li>
                  <a href="${fragmentOf(anchorOf(finding))}">${control} <code>${subject.address}</code></a>
                </li>`,
            )}
          </ul>`,
        ),
      ]}
    </dl>
  </article> `;
}

function evidence({ policy }: Appendix, asOf: string): Markup {
  return table(
    'Facts that Terraform cannot show, attested by people',
    ['Evidence', 'States', 'Issuer and document', 'In force'],
    policy.evidence.map(({ id, kind, subject, states, issuer, issued, expires, key, document }) =>
      row([
        html`${id}<br />${kind} of <code>${subject}</code>`,
        states,
        html`${issuer}: ${document}${key === undefined ? null : '; a signed statement is asked for'}`,
        html`${short(issued)} to ${short(expires)}${expires < asOf ? ', expired' : null}`,
      ]),
    ),
  );
}
