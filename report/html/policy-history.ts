import type { Report } from '../../checks/report.ts';
import type { CodeOwners, KnownHistory, PolicyState } from '../../policy/policy-history.ts';
import { html, type Markup } from './markup.ts';
import { fact, row, table } from './words.ts';

const STATES: Readonly<Record<PolicyState, string>> = {
  committed: 'The policy that judged is, byte by byte, the one of the commit.',
  differs: 'The policy that judged is not the one of the commit: it was edited, or its line ends were.',
  untracked: 'The commit has no such file: nobody has committed the policy that judged.',
};

/** Who provided the policy and who may change it, or that this is not known. */
export function policyHistoryMarkup({ policy }: Report): Markup {
  const { history } = policy;
  return html`<h3 id="policy-history">Who provided the policy, and who may change it</h3>
    ${
      history === undefined
        ? html`<p>
            Not known: the run was not asked for it. With <code>--policy-history</code> it asks git for the commit of
            the policy and reads who owns it.
          </p>`
        : history.kind === 'unknown'
          ? html`<p>Not known: ${history.because}.</p>`
          : known(history)
    } `;
}

/** The commit, for the facts at the head of the report. */
export function policyCommitOf({ policy: { history } }: Report): Markup | string | null {
  if (history === undefined) return null;
  if (history.kind === 'unknown') return `not known: ${history.because}`;
  const { commit, state } = history;
  return html`<code class="digest">${commit}</code
    >${state === 'committed' ? null : html`, <strong>not as committed</strong>`}`;
}

function known({ commit, state, lastChange, owners }: KnownHistory): Markup {
  return html`<p>${STATES[state]}</p>
    <dl class="facts">
      ${[
        fact('Commit of the checkout', html`<code class="digest">${commit}</code>`),
        fact(
          'Last commit that changed it',
          lastChange === null
            ? state === 'untracked'
              ? 'none'
              : 'not known: the clone has not the whole history'
            : html`<code class="digest">${lastChange.commit}</code>, by ${lastChange.author}`,
        ),
      ]}
    </dl>
    ${owners === null ? html`<p>Who may change it is not known: the checkout has no CODEOWNERS file.</p>` : ownersMarkup(owners)}
    <p>
      This is what git and the checkout say. An author is a name that anybody can write, and owners bind only where the
      host of the repository asks for their review: its rules for branches are not in this report.
    </p>`;
}

function ownersMarkup({ path, sha256, lines }: CodeOwners): Markup {
  const file = html`<code>${path}</code> (sha256 <code class="digest">${sha256}</code>)`;
  if (lines.length === 0) return html`<p>No line of ${file} is about the policy: nobody in particular owns it.</p>`;
  return html`<p>${file} says who owns it; of the lines of one section the last holds.</p>
    ${table(
      'Lines about the policy',
      ['Line', 'Owners'],
      lines.map(({ line, text }) => row([String(line), html`<code>${text}</code>`])),
    )}`;
}
