import { regionCountry, zoneCountry } from '../../model/aws/jurisdictions.ts';
import { classOf } from '../../model/aws/resource-classes.ts';
import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import type { ReferenceValue, Value } from '../../model/value.ts';
import { LEADING } from './ends.ts';
import { readingOf } from './free-text.ts';
import type { Mover } from './mover.ts';
import { namesOn, pathOf, type Search, type Trail, unclear } from './trail.ts';

const REFERRED: Mover = {
  types: [],
  path: '',
  names: 'resource',
  direction: 'out',
  family: 'unlisted',
  why: 'Refers to what is in another country.',
};

/** Classes of types that neither keep nor move what is in the estate. */
const WITHOUT_DATA = new Set(['network', 'identity', 'inert']);

/** Adds a flow to each resource of another country that a value refers to. */
export function addReferred(value: Value, trail: Trail, { from, estate, countries, flows }: Search): void {
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
export function countryOf(resource: Resource, estate: Estate, known: Map<Resource, string | null>): string | null {
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

export function isWithoutData({ type }: Resource): boolean {
  return classOf(type)?.classes.every((name) => WITHOUT_DATA.has(name)) ?? false;
}
