import type { Report } from '../../checks/report.ts';
import { describeCountry } from '../../model/aws/countries.ts';
import type { Appendix, Drawing } from '../appendix.ts';
import { base64 } from './base64.ts';
import { controlAnchor, fragmentOf } from './anchor.ts';
import { constant, html, type Markup, part } from './markup.ts';
import { row, short, table } from './words.ts';

/** Pictures that are wider than this for their height get a page on its side. */
const WIDE = 1.1;

/** The sites, the map of the network and of the data, with what fails drawn on them. */
export function* picturesMarkup(report: Report, appendix: Appendix | null): Generator<Markup> {
  if (appendix === null) return;
  yield enclave(appendix);
  const [whole, ...others] = appendix.network;
  yield part`<section id="network"><div class="${whole === undefined ? '' : shapeOf(whole)}"><h2>Map of the network</h2>
<p>Sites, tiers, gateways and what leads from one to another. A way past the gateways is a thick red line, an unproven one is broken; a box lists the controls that fail or are unproven of what is in it.</p>
${whole === undefined ? null : figure(whole, report)}</div>
`;
  for (const drawing of others) yield html`<div class="${shapeOf(drawing)}">${figure(drawing, report)}</div>`;
  yield part`</section>
`;
  yield html`<section id="data" class="${shapeOf(appendix.flows)}">
    <h2>Map of the data</h2>
    <p>Where data rests and travels, by country, and whether the policy allows it there.</p>
    ${figure(appendix.flows, report)}
  </section>`;
}

/** How a picture is best put on paper. */
function shapeOf({ picture }: Drawing): string {
  return picture !== null && picture.width > WIDE * picture.height ? 'wide' : 'tall';
}

function enclave({ policy: { sites, jurisdiction } }: Appendix): Markup {
  return html`<section id="enclave">
    <h2>The enclave</h2>
    ${table(
      'Sites of the policy',
      ['Site', 'Role', 'Country', 'Region', 'Zones or Outposts'],
      sites.map(({ name, role, country, region, zoneIds, outposts }) =>
        row([name, short(role), describeCountry(country), short(region), [...zoneIds, ...outposts].join(', ')]),
      ),
    )}
    ${table(
      `Countries in which data may be, within ${jurisdiction.set}`,
      ['Country', 'Legal basis', 'Decision', 'Since', 'Until'],
      jurisdiction.countries.map(({ country, legalBasis, decision, since, expires }) =>
        row([describeCountry(country), legalBasis, decision, short(since), short(expires ?? 'no end')]),
      ),
    )}
  </section>`;
}

function figure({ title, picture, reason, ways }: Drawing, { controls }: Report): Markup {
  if (picture === null) return html`<p class="absent">${title}: ${reason}.</p> `;
  const ids = new Set(controls.map(({ id }) => id));
  const failing = ways.filter(({ kind }) => kind !== 'flow');
  return html`<figure>
    <figcaption>${title}</figcaption>
    <label class="zoom"><input type="checkbox" aria-label="${`${title} in full size`}" /> full size</label>
    <div class="picture" role="region" aria-label="${title}" tabindex="0">
      <img
        alt="${`${title}, in words below`}"
        width="${picture.width}"
        height="${picture.height}"
        src="data:image/svg+xml;base64,${constant(base64(new TextEncoder().encode(picture.svg)))}"
      />
    </div>
    ${
      failing.length === 0
        ? null
        : html`<ul class="ways">
            ${failing.map(({ kind, name, from, to, packet }) => html`<li><span class="tally ${kind}">${kind}</span> ${ids.has(name) ? html`<a href="${fragmentOf(controlAnchor(name))}">${name}</a>` : name}: from ${from} to ${to}, <code>${packet}</code></li>`)}
          </ul>`
    }
    <details>
      <summary>The picture in words</summary>
      <ul>
        ${picture.description.split(/(?<=\.) (?=\S)/).map((sentence) => html`<li>${sentence}</li>`)}
      </ul>
    </details>
  </figure> `;
}
