import type { DataStore } from '../../checks/data-store.ts';
import { type DataFlow, type Role, ROLES } from '../../checks/flow-map.ts';
import { byVerdict, FLOW_VERDICTS, type FlowVerdict, verdictsOf } from '../../checks/flow-verdict.ts';
import type { DataPlace } from '../../checks/flow-places.ts';
import { describeCountry } from '../../model/aws/countries.ts';
import { compareText } from '../../model/text-order.ts';
import { count } from '../conclusion.ts';
import { escapeLine } from '../escape.ts';
import type { ReporterOptions } from '../reporter.ts';
import { paintVerdict, paragraph, type Style, styleOf } from '../text/style.ts';
import { describeQuestion, type FlowReport } from './json.ts';

const MOST_REASONS = 8;

/** What each role is, as people read it. */
const MEANINGS: Readonly<Record<Role, string>> = {
  stores: 'keep data',
  moves: 'move data',
  both: 'keep data and move it',
  still: 'could move data by their type, and no argument of them does',
  neither: 'neither keep data nor move it',
  unclassified: 'may keep data: no table knows their type',
  aside: 'keep or move other data than was asked for',
};

const PAINTED: Readonly<Record<FlowVerdict, 'fail' | 'unproven' | 'pass'>> = {
  outside: 'fail',
  unproven: 'unproven',
  inside: 'pass',
};

/** For people at a terminal: the counts, then where data rests and travels by country, the gravest first. */
export function flowsText(report: FlowReport, exitCode: number, options: ReporterOptions): string {
  const style = styleOf(options);
  const head = [...headline(report, exitCode, style), '', ...verdictLines(report), '', ...roleLines(report, style)];
  const lines = options.quiet ? head : [...head, ...restLines(report, style), ...travelLines(report, style)];
  return lines.map((line) => `${escapeLine(line).trimEnd()}\n`).join('');
}

function headline(report: FlowReport, exitCode: number, style: Style): readonly string[] {
  const { stores, flows, incompleteBecause } = report;
  const { verdict, word } = conclusion(report);
  const { site, dataClass } = report;
  const asked = site === null && dataClass === null ? '' : ` of ${describeQuestion(report, 'data')}`;
  const seen = `${count(stores.length, 'store')} and ${count(flows.length, 'flow')}${asked}`;
  const [first = '', ...rest] = paragraph(style, { indent: 0, text: `${word}: ${seen} (exit ${exitCode})` });
  const left = incompleteBecause.length - MOST_REASONS;
  return [
    paintVerdict(style, verdict, word) + first.slice(word.length),
    ...rest,
    ...[...incompleteBecause.slice(0, MOST_REASONS), ...(left > 0 ? [`+ ${left} more`] : [])].flatMap((text) =>
      paragraph(style, { indent: 2, label: `${style.glyphs.bullet} `, text }),
    ),
  ];
}

function conclusion({ stores, flows, incompleteBecause }: FlowReport): {
  readonly verdict: 'fail' | 'incomplete' | 'unproven' | 'pass' | 'not-applicable';
  readonly word: string;
} {
  const { outside, unproven } = verdictsOf([...stores, ...flows]);
  if (outside > 0) return { verdict: 'fail', word: 'OUTSIDE' };
  if (incompleteBecause.length > 0) return { verdict: 'incomplete', word: 'INCOMPLETE' };
  if (unproven > 0) return { verdict: 'unproven', word: 'UNPROVEN' };
  if (stores.length + flows.length === 0) return { verdict: 'not-applicable', word: 'NONE' };
  return { verdict: 'pass', word: 'INSIDE' };
}

function verdictLines({ stores, flows }: FlowReport): readonly string[] {
  const [resting, moving] = [verdictsOf(stores), verdictsOf(flows)];
  const line = (word: string, left: string, right: string): string =>
    `  ${word.padEnd(8)}  ${left.padStart(7)}  ${right.padStart(7)}`;
  return [
    line('', 'stores', 'flows'),
    ...FLOW_VERDICTS.map((verdict) => line(verdict, String(resting[verdict]), String(moving[verdict]))),
  ];
}

function roleLines({ counts, resources, difference }: FlowReport, style: Style): readonly string[] {
  const width = String(resources).length;
  const line = (number: number, what: string): readonly string[] =>
    paragraph(style, { indent: 2, label: `${String(number).padStart(width)} `, text: what });
  return [
    ...ROLES.flatMap((role) => line(counts[role], `${role}: ${MEANINGS[role]}`)),
    ...line(resources, `resources in all; difference ${difference}`),
  ];
}

function restLines({ stores }: FlowReport, style: Style): readonly string[] {
  if (stores.length === 0) return [];
  const countries = groupBy(stores, ({ place }) => countryName(place));
  return [
    '',
    style.colour.bold('Where data rests'),
    ...countries.flatMap(([country, own]) => [
      ...paragraph(style, { indent: 2, text: `${country}: ${count(own.length, 'store')}, ${summary(own)}` }),
      ...groupBy(own, storeHeading).flatMap(([heading, those]) => [
        ...paragraph(style, { indent: 4, text: `${heading}: ${those.length}` }),
        ...those.toSorted(byVerdict).flatMap((store) => storeLines(store, style)),
      ]),
    ]),
  ];
}

function storeHeading({ place, dataClass }: DataStore): string {
  return `${siteName(place)}, ${whereName(place)}, ${dataClass ?? 'class not told'}`;
}

function storeLines({ place, verdict, reason }: DataStore, style: Style): readonly string[] {
  const name = placeName(place);
  return verdictParagraph(verdict, { indent: 6, text: reason === null ? name : `${name}: ${reason}` }, style);
}

function travelLines({ flows }: FlowReport, style: Style): readonly string[] {
  if (flows.length === 0) return [];
  const routes = groupBy(flows, ({ from, to }) => {
    const [start, end] = [countryName(from), countryName(to)];
    return start === end && from.country !== null ? `Within ${start}` : `From ${start} to ${end}`;
  });
  const sorted = routes.toSorted(([, left], [, right]) => worstOf(left) - worstOf(right));
  return [
    '',
    style.colour.bold('Where data travels'),
    ...sorted.flatMap(([route, own]) => [
      ...paragraph(style, { indent: 2, text: `${route}: ${count(own.length, 'flow')}, ${summary(own)}` }),
      ...own.toSorted(byVerdict).flatMap((flow) => flowLines(flow, style)),
    ]),
  ];
}

function flowLines(flow: DataFlow, style: Style): readonly string[] {
  const { by, argument, family, dataClass, from, to, verdict, reason } = flow;
  const line = (label: string, text: string): readonly string[] => paragraph(style, { indent: 13, label, text });
  const mover = `${by.stack}:${by.address}`;
  const end = (place: DataPlace): string =>
    place.stack === by.stack && place.address === by.address ? 'itself' : placeName(place);
  const at = (place: DataPlace): string => {
    const parts = [place.site, place.region, place.within].filter((part) => part !== null && part !== place.name);
    return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
  };
  return [
    ...verdictParagraph(verdict, { indent: 4, text: `${mover}${argument === '' ? '' : ` ${argument}`}` }, style),
    ...line('', `${family}, ${dataClass ?? 'class not told'}`),
    ...line('from ', `${end(from)}${at(from)}`),
    ...line('to ', `${end(to)}${at(to)}`),
    ...(reason === null ? [] : line('why ', reason)),
  ];
}

function verdictParagraph(
  verdict: FlowVerdict,
  at: { readonly indent: number; readonly text: string },
  style: Style,
): readonly string[] {
  return paragraph(style, {
    ...at,
    label: `${verdict.padEnd(8)} `,
    paint: (line) => (verdict === 'inside' ? line : paintVerdict(style, PAINTED[verdict], line)),
  });
}

/** `dublin-data:aws_s3_bucket.records`, `host api.example.com`. */
function placeName({ stack, name }: DataPlace): string {
  return stack === null ? name : `${stack}:${name}`;
}

function siteName({ site }: DataPlace): string {
  return site ?? 'no known site';
}

function whereName({ region, within }: DataPlace): string {
  return [region ?? 'no known Region', ...(within === null ? [] : [within])].join(', ');
}

function countryName({ country }: DataPlace): string {
  return country === null ? NO_COUNTRY : describeCountry(country);
}

const NO_COUNTRY = 'no known country';

/** `2 outside, 1 inside`; `all inside`. */
function summary(judged: readonly { readonly verdict: FlowVerdict; readonly reason: string | null }[]): string {
  const counts = verdictsOf(judged);
  const present = FLOW_VERDICTS.filter((verdict) => counts[verdict] > 0);
  const [only] = present;
  if (only !== undefined && present.length === 1) return judged.length === 1 ? only : `all ${only}`;
  return present.map((verdict) => `${counts[verdict]} ${verdict}`).join(', ');
}

function worstOf(judged: readonly { readonly verdict: FlowVerdict }[]): number {
  return Math.min(...judged.map(({ verdict }) => FLOW_VERDICTS.indexOf(verdict)));
}

/** Groups by a name, sorted by it. */
function groupBy<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
): readonly (readonly [string, readonly Item[]])[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const name = nameOf(item);
    const known = groups.get(name);
    if (known === undefined) groups.set(name, [item]);
    else known.push(item);
  }
  return [...groups].toSorted(([left], [right]) => compareText(left, right));
}
