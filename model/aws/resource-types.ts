import { GLOBAL, INTRODUCED_AFTER_5, ONLY_IN_5, OWN_REGION, REGIONAL, UNTAGGED } from './resource-types.generated.ts';

/**
 * `regional`: managed in one Region, which the meta-argument `region` of provider 6 may set.
 * `global`: managed per account or partition; no Region says where its metadata rests.
 * `own-region`: managed in the provider's Region; an attribute `region` exists and means something else.
 */
export type ResourceScope = 'regional' | 'global' | 'own-region';

const SCOPES: ReadonlyMap<string, ResourceScope> = new Map([
  ...namesOf(REGIONAL).map((type) => scoped(type, 'regional')),
  ...namesOf(ONLY_IN_5).map((type) => scoped(type, 'regional')),
  ...namesOf(GLOBAL).map((type) => scoped(type, 'global')),
  ...namesOf(OWN_REGION).map((type) => scoped(type, 'own-region')),
  // `region` of an OpsWorks stack is an argument of its own in 5.x: the Region that the stack is created in.
  scoped('aws_opsworks_stack', 'own-region'),
]);

/** Types that provider 5.100.0 does not have. */
export const typesIntroducedAfter5: ReadonlySet<string> = new Set(namesOf(INTRODUCED_AFTER_5));

/** Types that 6.x has dropped. */
export const typesOnlyIn5: ReadonlySet<string> = new Set(namesOf(ONLY_IN_5));

/** Every type the tables know, of provider 5.100.0 and of the version the bindings are for, sorted. */
export function resourceTypes(): readonly string[] {
  return [...SCOPES.keys()].toSorted();
}

export function isKnownType(type: string): boolean {
  return SCOPES.has(type);
}

/** How a type relates to Regions; null for a type that no table knows. */
export function scopeOf(type: string): ResourceScope | null {
  return SCOPES.get(type) ?? null;
}

const UNTAGGED_TYPES: ReadonlySet<string> = new Set(namesOf(UNTAGGED));

/** False where it is known that a type takes no tags, so that it has none of its provider's either. */
export function takesTags(type: string): boolean {
  return !UNTAGGED_TYPES.has(type);
}

/** Whether the argument `region` of this type places the resource: never in provider 5, which has no such argument. */
export function hasRegionArgument(type: string, major: number | null): boolean {
  return (major === null || major >= 6) && scopeOf(type) === 'regional' && !typesOnlyIn5.has(type);
}

function namesOf(table: string): readonly string[] {
  return table
    .trim()
    .split('\n')
    .map((name) => `aws_${name}`);
}

function scoped(type: string, scope: ResourceScope): readonly [string, ResourceScope] {
  return [type, scope];
}
