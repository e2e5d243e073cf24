import { VPC_TYPES } from '../../../model/aws/vpc-defaults.ts';
import type { Resource } from '../../../model/resource.ts';
import {
  asBoolean,
  asItems,
  asString,
  describeHidden,
  type Hidden,
  isHidden,
  unknown,
  type Value,
} from '../../../model/value.ts';
import type { Choice, Doubts, Subnet, Truth, Vpc } from '../topology.ts';
import { CERTAIN, type Compilation, type Draft } from './compilation.ts';

export const SUBNET_TYPES = ['aws_subnet', 'aws_default_subnet'] as const;

/** Things that a value names, and what hides further ones or lies outside the estate. */
export interface Choices<Item> {
  readonly items: readonly Choice<Item>[];
  readonly open: Doubts;
}

const EXISTENCE = new WeakMap<Resource, Doubts>();

/** Doubts whether a resource exists, because its `count` or `for_each` is not known. */
export function doubtsOf(resource: Resource): Doubts {
  if (!resource.init.isSymbolic) return CERTAIN;
  const known = EXISTENCE.get(resource);
  if (known !== undefined) return known;
  const made = [
    unknown('instances', resource.address, 'may not exist: its count or for_each is not known', [
      { kind: 'reference', target: resource.init.id, path: [] },
    ]),
  ];
  EXISTENCE.set(resource, made);
  return made;
}

/** Both together, without repeating what they share. */
export function bothDoubts(left: Doubts, right: Doubts): Doubts {
  if (right.length === 0) return left;
  if (left.length === 0) return right;
  return [...new Set([...left, ...right])];
}

/** A switch; `absent` where it is omitted and no table of defaults says more. */
export function truthOf(value: Value, absent: boolean): Truth {
  const holds = asBoolean(value);
  if (isHidden(holds)) return { holds: absent, doubts: [holds] };
  return { holds: holds ?? absent, doubts: CERTAIN };
}

/** The Region of a resource; null when the input hides it. */
export function regionOf(c: Compilation, resource: Resource): string | null {
  const { region } = c.estate.place(resource);
  return region.kind === 'string' ? region.value : null;
}

/** The subnets that a value (one or a list) names. What is hidden or outside the estate is in `open`. */
export function subnetChoices(c: Compilation, value: Value): Choices<Draft<Subnet>> {
  return choicesOf(c, value, SUBNET_TYPES, c.subnets);
}

/** The VPC that a value names. One that the estate only names is a part of the network of which nothing is known. */
export function vpcOf(c: Compilation, value: Value): Draft<Vpc> {
  const target = c.estate.resolve(value, VPC_TYPES);
  const own = target.kind === 'resource' ? c.vpcs.get(target.resource) : undefined;
  if (own !== undefined) return own;
  const named = nameOfForeign(value);
  const known = c.foreignVpcs.get(named);
  if (known !== undefined) return known;
  const doubts = [isHidden(value) ? value : unknown('missing-object', named, 'is a VPC outside the estate')];
  const made: Draft<Vpc> = {
    origin: { name: `VPC ${named}`, resource: target.kind === 'resource' ? target.resource : null, path: [] },
    doubts: CERTAIN,
    region: null,
    addresses: { ranges: [], unknowns: [], doubts },
  };
  c.foreignVpcs.set(named, made);
  return made;
}

export function nameOfForeign(value: Value): string {
  if (isHidden(value)) return describeHidden(value);
  const text = asString(value);
  return typeof text === 'string' ? text : 'that is not named';
}

function choicesOf<Item>(
  c: Compilation,
  value: Value,
  types: readonly string[],
  known: ReadonlyMap<Resource, Item>,
): Choices<Item> {
  const { items, open } = asItems(value);
  const found: Choice<Item>[] = [];
  const hidden: Hidden[] = [];
  for (const item of [...items, ...open]) {
    const target = c.estate.resolve(item, types);
    switch (target.kind) {
      case 'resource': {
        const own = known.get(target.resource);
        if (own !== undefined) found.push({ item: own, doubts: CERTAIN });
        else hidden.push(unknown('missing-object', target.resource.address, 'is not made by the estate'));
        break;
      }
      case 'hidden':
        hidden.push(target.value);
        for (const own of referredTo(c, target.value, known)) found.push({ item: own, doubts: [target.value] });
        break;
      case 'outside':
        hidden.push(unknown('missing-object', JSON.stringify(target.text), 'is outside the estate'));
        break;
      case 'none':
        break;
    }
  }
  return { items: found, open: hidden };
}

/** What an expression that could not be evaluated mentions, of which it may be any. */
function referredTo<Item>(c: Compilation, value: Hidden, known: ReadonlyMap<Resource, Item>): ReadonlySet<Item> {
  const mentioned = new Set<Item>();
  if (value.kind !== 'unknown') return mentioned;
  for (const reference of value.references) {
    const resource = c.estate.find(reference.target);
    const own = resource === null ? undefined : known.get(resource);
    if (own !== undefined) mentioned.add(own);
  }
  return mentioned;
}

export const NO: Truth = { holds: false, doubts: CERTAIN };
export const YES: Truth = { holds: true, doubts: CERTAIN };
