import { VPC_TYPES } from '../../../model/aws/vpc-defaults.ts';
import type { Target } from '../../../model/estate.ts';
import type { Resource } from '../../../model/resource.ts';
import { display, type Hidden, type ReferenceValue, unknown, type Value } from '../../../model/value.ts';
import type { Choice, Doubts, Vpc } from '../topology.ts';
import { CERTAIN, type Compilation, type Draft } from './compilation.ts';
import { regionOf, vpcOf } from './reading.ts';

/** The object and the attribute that a value was read from; null for what is written or computed. */
export function referenceOf(value: Value): ReferenceValue | null {
  return value.kind === 'reference' ? value : (value.origin ?? null);
}

/** The object of some types that a value is an attribute of, whichever: what only that object's provider tells. */
export function ownerOfAttribute(c: Compilation, value: Value, types: ReadonlySet<string>): Resource | null {
  const reference = referenceOf(value);
  const resource = reference === null ? null : c.estate.find(reference.target);
  return resource !== null && types.has(resource.type) ? resource : null;
}

/** Objects of some types that an expression mentions. */
export function mentionedBy(c: Compilation, value: Value, types: ReadonlySet<string>): readonly Resource[] {
  const references = value.kind === 'unknown' ? value.references : [];
  const found = new Set<Resource>();
  for (const { target } of references) {
    const resource = c.estate.find(target);
    if (resource !== null && types.has(resource.type)) found.add(resource);
  }
  return [...found];
}

/** Why a value that names no managed object of the estate leaves open which one it means; null when it names one, or none. */
export function whyUnseen(target: Target): Hidden | null {
  switch (target.kind) {
    case 'resource':
      return target.resource.init.mode === 'managed' ? null : readByDataSource(target.resource);
    case 'outside':
      return unknown('missing-object', JSON.stringify(target.text), 'names nothing in the estate');
    case 'hidden':
      return target.value;
    case 'none':
      return null;
  }
}

export function readByDataSource({ address }: Resource): Hidden {
  return unknown('data-source', address, 'is read by a data source, and may be what the estate makes');
}

/** Whether two Regions may be the same one. */
export function mayBeSameRegion(left: string | null, right: string | null): boolean {
  return left === null || right === null || left === right;
}

/**
 * The VPCs that an argument of `user` may name: one of the estate, one that the estate only names, or, when the value is
 * hidden, one that is not seen and every one of the Region.
 */
export function vpcChoices(c: Compilation, value: Value, user: Resource): readonly Choice<Draft<Vpc>>[] {
  const target = c.estate.resolve(value, VPC_TYPES);
  switch (target.kind) {
    case 'none':
      return [];
    case 'outside':
      return [{ item: vpcOf(c, value), doubts: CERTAIN }];
    case 'resource': {
      const own = c.vpcs.get(target.resource);
      if (own !== undefined) return [{ item: own, doubts: CERTAIN }];
      return anyVpc(c, value, user, [readByDataSource(target.resource)]);
    }
    case 'hidden':
      return anyVpc(c, value, user, [target.value]);
  }
}

/** Every VPC of the estate that is, or may be, in the Region of a resource. */
export function vpcsAround(c: Compilation, user: Resource): readonly Draft<Vpc>[] {
  const region = regionOf(c, user);
  return [...c.vpcs.values()].filter((vpc) => mayBeSameRegion(vpc.region, region));
}

function anyVpc(c: Compilation, value: Value, user: Resource, doubts: Doubts): readonly Choice<Draft<Vpc>>[] {
  return [vpcOf(c, value), ...vpcsAround(c, user)].map((item) => ({ item, doubts }));
}

/** A value as the name of what it means, where the estate has no object for it. */
export function nameOfValue(value: Value): string {
  return value.kind === 'string' && !value.sensitive ? value.value : display(value);
}
