import { REGIONS } from '../../model/aws/jurisdictions.ts';
import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asString, type Hidden, string, type Value } from '../../model/value.ts';
import { textOf } from './documents.ts';
import { BUCKETS } from './ends.ts';
import type { FlowEnd } from './flow.ts';
import { isPipedTo, readingOf, takesHost, takesRegion } from './free-text.ts';
import type { Mover } from './mover.ts';
import { countryOf, isWithoutData } from './references.ts';
import { hostNamed, placesIn } from './text-places.ts';
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
  search: Search,
): void {
  const { from, estate, countries, flows } = search;
  const isTemplate = value.kind === 'template';
  const text = textOf(value);
  const places = placesIn(text);
  const [first] = places;
  if (first === undefined) {
    if (typeof trail.step === 'string' && !isTemplate && text.includes('.') && takesHost(trail.step)) {
      addHost(value, trail, search);
      return;
    }
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
    const isLocal = isHere(resolved, from, own);
    if (isLocal && !(isWhole && !inPolicy && !isTemplate && isForeignSink(named, from, estate))) continue;
    if (resolved.kind === 'resource') {
      // Where the resource itself is, its own verdicts say.
      if (isWithoutData(from)) continue;
      const there = countryOf(resolved.resource, estate, countries);
      if (there !== null && there === countryOf(from, estate, countries)) continue;
    }
    const isMention = !isWhole || inPolicy || isTemplate;
    const isPiped = end.kind === 'host' && isPipedTo(named, text, from.type, String(trail.step));
    if (isMention && !isPlaced(resolved) && !isPiped) continue;
    if (end.kind === 'host' && isWithoutData(from)) continue;
    if (end.kind === 'unknown' && typeof end.because === 'string' && end.because.includes('private address')) continue;
    if (value.sensitive === true) {
      add({ kind: 'unknown', because: `${shownPath(path)} names a place by a sensitive value` }, []);
      continue;
    }
    const isClear = !isMention && !isLocal && resolved.kind !== 'host';
    add(resolved, isClear ? [] : [unclear(path, named)]);
  }
}

/** What takes in what it is given, and whose ARN tells the account. */
const SINK =
  /^arn:[a-z-]+:(?:sns|sqs|kinesis|firehose|logs|events|states|lambda(?=:[^:]*:\d*:function:)):[^:]*:(\d{12}):/;

/** Whether a text is the ARN of a queue, a stream or the like of another account, in whichever Region. */
function isForeignSink(text: string, from: Resource, estate: Estate): boolean {
  const account = SINK.exec(text)?.[1];
  return account !== undefined && asString(estate.place(from).account) !== account;
}

/** Adds a flow to the host that a setting names without a scheme: whether data goes there is not known. */
function addHost(value: Extract<Value, { kind: 'string' | 'template' }>, trail: Trail, { from, flows }: Search): void {
  const end = hostNamed(textOf(value));
  if (end === null || isWithoutData(from) || readingOf(from.type, namesOn(trail)) === 'nothing') return;
  const path = pathOf(trail);
  if (value.sensitive === true) {
    add({ kind: 'unknown', because: `${shownPath(path)} names a place by a sensitive value` }, []);
  } else {
    add(end, [unclear(path, textOf(value))]);
  }

  function add(named: FlowEnd, open: readonly Hidden[]): void {
    flows.push({ from, source: from, mover: NAMED, path, value, end: named, open });
  }
}

/** Adds a flow to the host in a setting that is written as a name and a value beside it, as those of containers are. */
export function addCalled({ entries }: Extract<Value, { kind: 'object' }>, trail: Trail, search: Search): void {
  const value = entries.get('value');
  if (value?.kind !== 'string' || !value.value.includes('.')) return;
  const name = asString(entries.get('name') ?? value);
  // What has the form of a place by itself is found without its name.
  if (typeof name !== 'string' || !takesHost(name) || placesIn(value.value).length > 0) return;
  addHost(value, { step: 'value', above: trail }, search);
}

/** Adds a flow to where nobody can say where an argument takes a Region and a variable without a value gives it. */
export function addUnnamed(value: Extract<Value, { kind: 'unknown' }>, trail: Trail, { from, flows }: Search): void {
  if (value.reason !== 'variable' || typeof trail.step !== 'string' || !trail.step.includes('region')) return;
  const names = namesOn(trail);
  if (!takesRegion(names) || isWithoutData(from) || readingOf(from.type, names) === 'nothing') return;
  const end: FlowEnd = { kind: 'unknown', because: value };
  flows.push({ from, source: from, mover: NAMED, path: pathOf(trail), value, end, open: [] });
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
