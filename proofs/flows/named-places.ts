import { REGIONS } from '../../model/aws/jurisdictions.ts';
import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asString, type Hidden, string, type Value } from '../../model/value.ts';
import { textOf } from './documents.ts';
import { BUCKETS } from './ends.ts';
import type { FlowEnd } from './flow.ts';
import { readingOf, takesRegion } from './free-text.ts';
import type { Mover } from './mover.ts';
import { countryOf, isWithoutData } from './references.ts';
import { placesIn } from './text-places.ts';
import { namesOn, pathOf, type Search, show, shownPath, type Trail, unclear } from './trail.ts';

const NAMED: Mover = {
  types: [],
  path: '',
  names: 'url',
  direction: 'out',
  family: 'unlisted',
  why: 'No row of the table knows the argument, and what it holds names a place.',
};

/** Adds a flow to each place that a text names. */
export function addNamed(
  value: Extract<Value, { kind: 'string' | 'template' }>,
  trail: Trail,
  inPolicy: boolean,
  { from, estate, countries, flows }: Search,
): void {
  const isTemplate = value.kind === 'template';
  const text = textOf(value);
  const places = placesIn(text);
  const [first] = places;
  if (first === undefined) {
    if (typeof trail.step === 'string' && !trail.step.includes('region')) return;
    if (isTemplate || text === '' || !takesRegion(namesOn(trail)) || REGIONS.has(text)) return;
    if (trail.above === null && trail.step === 'region') return;
  }
  const names = namesOn(trail);
  const reading = readingOf(from.type, names);
  if (reading === 'nothing') return;
  const path = pathOf(trail);
  const add = (end: FlowEnd, open: readonly Hidden[]): number =>
    flows.push({ from, source: from, mover: NAMED, path, value, end, open });
  if (first === undefined) {
    add({ kind: 'unknown', because: `${show(text)} in ${shownPath(path)} is no Region that the table knows` }, []);
    return;
  }
  const own = ownRegion(from, estate);
  for (const { text: named, end, isWhole } of places) {
    if (reading === 'addresses' && (end.kind === 'zone' || REGIONS.has(named.toLowerCase()))) continue;
    const resolved = end.kind === 'bucket' ? (bucketOf(end.bucket, from, estate) ?? end) : end;
    if (isHere(resolved, from, own)) continue;
    if (resolved.kind === 'resource') {
      // Where the resource itself is, its own verdicts say.
      if (isWithoutData(from)) continue;
      const there = countryOf(resolved.resource, estate, countries);
      if (there !== null && there === countryOf(from, estate, countries)) continue;
    }
    const isMention = !isWhole || inPolicy || isTemplate;
    if (isMention && !isPlaced(resolved)) continue;
    if (end.kind === 'host' && isWithoutData(from)) continue;
    if (end.kind === 'unknown' && typeof end.because === 'string' && end.because.includes('private address')) continue;
    if (value.sensitive === true) {
      add({ kind: 'unknown', because: `${shownPath(path)} names a place by a sensitive value` }, []);
      continue;
    }
    const isClear = !isMention && resolved.kind !== 'host';
    add(resolved, isClear ? [] : [unclear(path, named)]);
  }
}

/** What is only mentioned tells of a place, or of nothing. */
function isPlaced({ kind }: FlowEnd): boolean {
  return kind === 'region' || kind === 'zone' || kind === 'world' || kind === 'resource';
}

/** What is global works for what is in the Region of its provider. */
function ownRegion(from: Resource, estate: Estate): string | null | Hidden {
  const { region } = estate.place(from);
  return asString(region.kind === 'null' ? (from.init.provider.body?.value('region') ?? region) : region);
}

function isHere(end: FlowEnd, from: Resource, own: string | null | Hidden): boolean {
  if (end.kind === 'resource') return end.resource === from;
  return end.kind === 'region' && end.region === own;
}

function bucketOf(bucket: string, from: Resource, estate: Estate): FlowEnd | null {
  const target = estate.resolve(string(bucket), BUCKETS, from);
  return target.kind === 'resource' && target.resource.init.mode === 'managed'
    ? { kind: 'resource', resource: target.resource }
    : null;
}
