import { describeEvidence } from '../model/aws/argument-classes.ts';
import { UNTAGGED_STORES } from '../model/aws/untagged-stores.ts';
import type { Target } from '../model/estate.ts';
import type { Resource } from '../model/resource.ts';
import type { SourceLocation } from '../model/source.ts';
import { tagOf, tagText } from '../model/tags.ts';
import { type Hidden, isHidden } from '../model/value.ts';
import type { Context } from './check.ts';
import { classificationOf } from './classification.ts';
import type { DataPlace } from './flow-places.ts';
import { type Held, type Judged, judged } from './flow-verdict.ts';
import { classOf } from './residency/class-of-flow.ts';
import { judgeRest } from './residency/flow-judgement.ts';
import { canRestOnRack } from './residency/rack.ts';

/** A resource that keeps data, or may. */
export interface DataStore extends Judged, Held {
  readonly type: string;
  readonly place: DataPlace;
  readonly constructPath: string | null;
  readonly source: SourceLocation;
}

/** What a resource keeps, and whether it may be there. */
export function drawStore(
  resource: Resource,
  { hasFlows, placeOf }: { readonly hasFlows: boolean; readonly placeOf: (resource: Resource) => DataPlace },
  context: Context,
): DataStore {
  const { type, init, stack, address } = resource;
  const owner = ownerOf(resource, context);
  const dataClass = storedClass(resource, owner, context);
  // What binds a disk to a host is where the disk is; a copy of a database is where it says itself.
  const bearer =
    owner?.kind === 'resource' && canRestOnRack(owner.resource.type) && !hasFlows ? owner.resource : resource;
  const place = { ...placeOf(bearer), name: address, stack, address };
  const shared = {
    type,
    place,
    dataClass: toldClass(dataClass, owner?.kind === 'resource' ? [owner.resource] : [resource], context),
    constructPath: init.constructPath,
  };
  const source = init.location;
  if (classificationOf(type, context.policy.resourceTypes) === null) {
    return { ...shared, source, verdict: 'unproven', reason: `no table knows its type, so it ${guess(type, context)}` };
  }
  if (place.region === null && context.estate.place(resource).region.kind === 'null') {
    return { ...shared, source, verdict: 'unproven', reason: 'is global: it has no Region and no country' };
  }
  return { ...shared, source, ...judged(judgeRest(bearer, dataClass, context)) };
}

/** The schema shows what a new type does, never that it does so where it may. */
function guess(type: string, { schemaTypes }: Context): string {
  const evidence = schemaTypes?.get(type)?.evidence ?? null;
  if (evidence === null) return 'may keep data';
  return `may keep data; its arguments in the given schema suggest: ${describeEvidence(evidence)}`;
}

/** A class that a tag says openly; null where none does, and where nothing tells what a tag says. */
export function toldClass(
  dataClass: string | null | Hidden,
  tagged: readonly Resource[],
  { policy }: Context,
): string | null {
  if (isHidden(dataClass)) return null;
  return tagged.some((resource) => tagOf(resource, policy.tags.dataClass).sensitive === true) ? null : dataClass;
}

/** What a resource that takes no tags belongs to; null where its type takes some, or names nothing. */
function ownerOf(resource: Resource, { estate }: Context): Target | null {
  const argument = UNTAGGED_STORES.get(resource.type) ?? null;
  return argument === null ? null : estate.resolve(resource.attribute(argument), ['aws_s3_bucket'], resource);
}

/** By its tag, or by that of what it belongs to where its type takes none. */
function storedClass(resource: Resource, owner: Target | null, context: Context): string | null | Hidden {
  if (!UNTAGGED_STORES.has(resource.type)) return classOf({ source: resource, from: resource }, context);
  if (owner?.kind === 'hidden') return owner.value;
  return owner?.kind === 'resource' ? tagText(owner.resource, context.policy.tags.dataClass) : null;
}
