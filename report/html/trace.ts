import type { ResultHop, ResultTrace } from '../../checks/report.ts';
import { html, type Markup } from './markup.ts';
import { placeOf } from './words.ts';

/** The way of a packet: the places in a line, then each hop with the line that decides it, and what would stop it. */
export function traceMarkup({ packet, hops, closedBy }: ResultTrace): Markup {
  const places = hops.map(({ at }) => at).filter((at, index, all) => at !== all[index - 1]);
  return html`<div class="trace">
    <p class="packet">The packet <code>${packet}</code> gets through:</p>
    <ol class="way" aria-label="Places on the way">
      ${places.map((at) => html`<li><code>${at}</code></li>`)}
    </ol>
    <ol class="hops">
      ${hops.map(hop)}
    </ol>
    ${closedBy.map((text) => html`<p class="closed">Closed by taking away <code>${text}</code></p>`)}
  </div>`;
}

function hop({ at, what, stack, code, source }: ResultHop): Markup {
  const place = code ?? source;
  return html`<li>
    <code>${at}</code>
    ${what}${stack === null ? '' : ` (stack ${stack})`}${place === null ? null : html` <span class="place">${placeOf(place)}</span>`}
  </li> `;
}
