import { regionCountry, REGIONS, zoneCountry } from '../../model/aws/jurisdictions.ts';
import { parsePolicyTemplate } from '../../model/aws/policy-document.ts';
import { classOf } from '../../model/aws/resource-classes.ts';
import type { Estate } from '../../model/estate.ts';
import type { Path, Resource, Step } from '../../model/resource.ts';
import { asString, child, type Hidden, type ReferenceValue, string, unknown, type Value } from '../../model/value.ts';
import { BUCKETS, LEADING } from './ends.ts';
import type { Flow, FlowEnd } from './flow.ts';
import { readingOf, takesRegion } from './free-text.ts';
import type { Mover } from './mover.ts';
import { mayNamePlace, placesIn } from './text-places.ts';

const NAMED: Mover = {
  types: [],
  path: '',
  names: 'url',
  direction: 'out',
  family: 'unlisted',
  why: 'No row of the table knows the argument, and what it holds names a place.',
};

const REFERRED: Mover = { ...NAMED, names: 'resource', why: 'Refers to what is in another country.' };

/** Between an argument and what its JSON holds, as in the rows of the table. */
const DECODED = '@json';

/** Texts that a machine reads as a document. */
const DOCUMENT = /^\s*[[{]/;

/** What a statement of a policy compares a request with, or refuses, is no way for data. */
const COMPARED = new Set(
  'Condition NotResource Principal NotPrincipal Action NotAction Sid Version $schema Description'.split(' '),
);

/** Classes of types that neither keep nor move what is in the estate. */
const WITHOUT_DATA = new Set(['network', 'identity', 'inert']);

const KNOWN = new WeakMap<Estate, ReadonlyMap<Resource, readonly Flow[]>>();
const NONE: readonly Flow[] = [];

/**
 * What the arguments of a resource that no row of the table knows name elsewhere: places by their form, and
 * resources in another country. What names the Region of the resource itself is none.
 */
export function unlistedFlowsFrom(resource: Resource, estate: Estate): readonly Flow[] {
  return unlistedFlows(estate).get(resource) ?? NONE;
}

/** The same of a whole estate, by resource; only resources that have such arguments. */
export function unlistedFlows(estate: Estate): ReadonlyMap<Resource, readonly Flow[]> {
  const known = KNOWN.get(estate);
  if (known !== undefined) return known;
  const flows = new Map<Resource, readonly Flow[]>();
  const countries = new Map<Resource, string | null>();
  for (const resource of estate.resources) {
    if (!resource.type.startsWith('aws_')) continue;
    const found = scan(resource, estate, countries);
    if (found.length > 0) flows.set(resource, found);
  }
  KNOWN.set(estate, flows);
  return flows;
}

interface Trail {
  readonly step: Step;
  readonly above: Trail | null;
}

interface Open {
  readonly value: Value;
  readonly trail: Trail;
  /** In the statements of a policy, which allow and do not move. */
  readonly inPolicy: boolean;
}

/** Iterative: values are as deep as the input. */
function scan(from: Resource, estate: Estate, countries: Map<Resource, string | null>): readonly Flow[] {
  const flows: Flow[] = [];
  const open: Open[] = [];
  const { body } = from.init;
  for (const name of body.names.toReversed()) {
    open.push({ value: body.value(name), trail: { step: name, above: null }, inPolicy: false });
  }
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, trail, inPolicy } = next;
    switch (value.kind) {
      case 'list':
        for (let index = value.items.length - 1; index >= 0; index -= 1) {
          const item = value.items[index];
          if (item !== undefined) open.push({ value: item, trail: { step: index, above: trail }, inPolicy });
        }
        break;
      case 'object': {
        const isPolicy = inPolicy || value.entries.has('Statement');
        if (isPolicy && asString(value.entries.get('Effect') ?? string('')) === 'Deny') break;
        for (const [step, item] of [...value.entries].toReversed()) {
          if (isPolicy && COMPARED.has(step)) continue;
          open.push({ value: item, trail: { step, above: trail }, inPolicy: isPolicy });
          if (step.startsWith('arn:'))
            open.push({ value: string(step), trail: { step, above: trail }, inPolicy: isPolicy });
        }
        break;
      }
      case 'string':
      case 'template':
        if (value.kind === 'template' || value.origin !== undefined) {
          addReferred(value, trail, { from, estate, countries, flows });
        }
        if (isDocument(value) && !isInDocument(trail)) {
          const text = textOf(value);
          // JSON may spell letters as escapes.
          if (!mayNamePlace(text) && !text.includes('\\u')) break;
          const document = value.sensitive === true ? value : documentIn(value);
          if (document.kind === 'object' || document.kind === 'list') {
            open.push({ value: document, trail: { step: DECODED, above: trail }, inPolicy: false });
            break;
          }
        }
        addNamed(value, trail, { from, estate, countries, inPolicy, flows });
        break;
      case 'reference':
        addReferred(value, trail, { from, estate, countries, flows });
        break;
      case 'unknown':
      case 'number':
      case 'boolean':
      case 'null':
        break;
    }
  }
  return flows;
}

function isDocument(value: Value): boolean {
  const text = value.kind === 'string' ? value.value : value.kind === 'template' ? value.parts[0] : null;
  return typeof text === 'string' && DOCUMENT.test(text);
}

/** What JSON text holds; anything but an object or a list where it is none, or a hole could hold more. */
function documentIn(value: Extract<Value, { kind: 'string' | 'template' }>): Value {
  if (!textOf(value).trimStart().startsWith('[')) return parsePolicyTemplate(value);
  // Policies are objects; a list is read inside of one.
  const [before, after] = ['{"list":', '}'];
  const wrapped: Value =
    value.kind === 'string'
      ? { ...value, value: before + value.value + after }
      : { ...value, parts: value.parts.map((part, index) => wrap(part, index, value.parts.length)) };
  return child(parsePolicyTemplate(wrapped), 'list');

  function wrap<Part>(part: Part | string, index: number, count: number): Part | string {
    if (typeof part !== 'string') return part;
    return (index === 0 ? before : '') + part + (index === count - 1 ? after : '');
  }
}

/** What a hole holds may go on with the name beside it, which is then no name. */
function textOf(value: Extract<Value, { kind: 'string' | 'template' }>): string {
  if (value.kind === 'string') return value.value;
  return value.parts.map((part) => (typeof part === 'string' ? part : '*')).join('');
}

/** Documents in documents are looked at as text: one level is what services read. */
function isInDocument(trail: Trail): boolean {
  for (let at: Trail | null = trail; at !== null; at = at.above) if (at.step === DECODED) return true;
  return false;
}

function addNamed(
  value: Extract<Value, { kind: 'string' | 'template' }>,
  trail: Trail,
  {
    from,
    estate,
    countries,
    inPolicy,
    flows,
  }: { from: Resource; estate: Estate; countries: Map<Resource, string | null>; inPolicy: boolean; flows: Flow[] },
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
    if (reading === 'addresses' && isWhole && (end.kind === 'zone' || REGIONS.has(named))) continue;
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

function addReferred(
  value: Value,
  trail: Trail,
  {
    from,
    estate,
    countries,
    flows,
  }: { from: Resource; estate: Estate; countries: Map<Resource, string | null>; flows: Flow[] },
): void {
  for (const { target: id, path: attribute } of referencesIn(value)) {
    if (!LEADING.has(String(attribute[0] ?? 'id'))) continue;
    const target = estate.find(id);
    if (target === null || target === from || target.init.mode !== 'managed' || !target.type.startsWith('aws_'))
      continue;
    const here = countryOf(from, estate, countries);
    const there = countryOf(target, estate, countries);
    if (here === null || there === null || here === there) continue;
    if (isWithoutData(from) || isWithoutData(target) || readingOf(from.type, namesOn(trail)) === 'nothing') continue;
    const path = pathOf(trail);
    const open = [unclear(path, target.address)];
    flows.push({ from, source: from, mover: REFERRED, path, value, end: { kind: 'resource', resource: target }, open });
  }
}

const NO_REFERENCES: readonly ReferenceValue[] = [];

function referencesIn(value: Value): readonly ReferenceValue[] {
  if (value.kind === 'reference') return [value];
  if (value.kind === 'string') return value.origin === undefined ? NO_REFERENCES : [value.origin];
  const parts = value.kind === 'template' ? value.parts : [value];
  const found: ReferenceValue[] = [];
  for (const part of parts) {
    if (typeof part === 'string') continue;
    if (part.kind === 'reference') found.push(part);
    else if (part.origin !== undefined) found.push(part.origin);
  }
  return found;
}

/** By the zone, else the Region; null where neither is known. */
function countryOf(resource: Resource, estate: Estate, known: Map<Resource, string | null>): string | null {
  const before = known.get(resource);
  if (before !== undefined) return before;
  const { region, zone, zoneId } = estate.place(resource);
  const named = [zoneId, zone].find((candidate) => candidate.kind === 'string' && candidate.value !== '');
  const place = named?.kind === 'string' ? zoneCountry(named.value) : null;
  const ofRegion = region.kind === 'string' ? regionCountry(region.value) : null;
  const country = place?.kind === 'known' ? place.country : ofRegion;
  known.set(resource, country);
  return country;
}

function isWithoutData({ type }: Resource): boolean {
  return classOf(type)?.classes.every((name) => WITHOUT_DATA.has(name)) ?? false;
}

function unclear(path: Path, named: string): Hidden {
  const expression = `${shownPath(path)} naming ${show(named)}`;
  return unknown(
    'operation',
    expression,
    'is of no row of the table of flows, so whether data moves there is not known',
  );
}

function show(text: string): string {
  return JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}...` : text);
}

function shownPath(path: Path): string {
  return path.join('.');
}

/** With `@json` where a text was read as a document. */
function namesOn(trail: Trail): readonly string[] {
  return stepsOf(trail).filter((step) => typeof step === 'string');
}

function pathOf(trail: Trail): Path {
  return stepsOf(trail).filter((step) => step !== DECODED);
}

function stepsOf(trail: Trail): Path {
  const steps: Step[] = [];
  for (let at: Trail | null = trail; at !== null; at = at.above) steps.push(at.step);
  return steps.toReversed();
}
