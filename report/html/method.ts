import type { Report } from '../../checks/report.ts';
import { html, type Markup } from './markup.ts';
import { policyHistoryMarkup } from './policy-history.ts';
import { row, table } from './words.ts';

/** Every file that was read, by its digest. */
export function inputsMarkup(report: Report): Markup {
  const { policy, exceptionFiles, inputs } = report;
  const files = [
    { use: 'policy', ...policy },
    ...exceptionFiles.map((file) => ({ use: 'exceptions', ...file })),
    ...inputs.map((file) => ({ use: 'input', ...file })),
  ];
  return html`<section id="inputs">
    <h2>Inputs</h2>
    <p>
      The same files, the same version and the same day give the same report. <code>sha256sum</code> of a file must
      print its digest.
    </p>
    ${table(
      'Files that were read',
      ['File', 'Use', 'SHA-256'],
      files.map(({ path, use, sha256 }) =>
        row([html`<code>${path}</code>`, use, html`<code class="digest">${sha256}</code>`]),
      ),
    )}
    ${policyHistoryMarkup(report)}
  </section> `;
}

/** How verdicts come about, and what they leave open. */
export function methodMarkup({ tool, stage, unprovenBlocks, comparison }: Report): Markup {
  return html`<section id="method">
    <h2>Method and limits</h2>
    <h3>How it was judged</h3>
    <p>
      ${tool.name} ${tool.version} read what Terraform is told to do, joined all stacks into one estate, and asked every
      control of every subject that it is about. It ran nothing of the input and used no network. A control passes only
      when it is proved for a subject; it fails only with a witness that holds whatever the unknown values turn out to
      be; anything else is unproven, and counts as no pass. Populations come from the manifest and the policy, not from
      what happened to be found.
    </p>
    <p>
      At stage ${stage}, unproven findings
      ${unprovenBlocks.length === 0 ? 'do not block' : `of severity ${unprovenBlocks.join(' or ')} block`}. Values that
      are marked sensitive are withheld, and read “(sensitive)”. Characters that cannot be seen, or that change how
      others are shown, are written as their numbers.
    </p>
    <p>
      The criteria are the controls of this version and the policy with the digest above. Who may change the policy is
      settled where it is kept; <a href="#policy-history">what this report knows of that</a> is under its inputs.
    </p>
    <h3>What this does not prove</h3>
    <ul>
      <li>
        What runs. It is about what Terraform is told to do; changes by hand, drift and what programs do at run time are
        outside.
      </li>
      <li>That what was judged is what is applied. A seal over a plan shows that; this report alone does not.</li>
      <li>Who is in a group of the identity provider, and what people see on their screens.</li>
      <li>
        What AWS does below its interfaces, and the physical place of a zone or a rack beyond what AWS states or
        evidence attests.
      </li>
      <li>The content of data: it is classified by its tags.</li>
      <li>
        More of the network than its model has: the proof that every path passes a gateway is one about a model of AWS’s
        network.
      </li>
      <li>That the law is met. A finding is no legal opinion, and a pass is none either.</li>
      <li>
        Who made this file. It has no signature of its own; its inputs can be checked by their digests, and the run can
        be repeated.
      </li>
      ${comparison === null ? null : html`<li>That a finding which the base had too was accepted by anybody: “existing” is no approval.</li>`}
    </ul>
    <div class="review" aria-hidden="true">
      <p>Reviewed by</p>
      <p>Date</p>
      <p>Signature</p>
    </div>
  </section> `;
}
