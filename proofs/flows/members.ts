import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asString, type Value } from '../../model/value.ts';
import type { FlowEnd } from './flow.ts';
import type { Mover } from './mover.ts';

/** The other members of a group; the group itself, where the estate has it, is no place. */
export function membersOf(mover: Mover, value: Value, from: Resource, estate: Estate): readonly FlowEnd[] {
  const path = mover.path.split('.');
  const target = estate.resolve(value, mover.targets, from);
  switch (target.kind) {
    case 'none':
      return [];
    case 'hidden':
      return [{ kind: 'unknown', because: target.value }];
    case 'outside':
      return target.text === '' ? [] : [...sharing(target.text), unclear(target.text)];
    case 'resource': {
      const all = mover.types.map((type) => estate.companions(target.resource, type, ...path));
      return all.flatMap(({ items, open }): readonly FlowEnd[] => [
        ...items.filter((item) => item !== from).map((resource): FlowEnd => ({ kind: 'resource', resource })),
        ...open
          .filter((item) => item.resource !== from)
          .map(({ value: because }): FlowEnd => ({ kind: 'unknown', because })),
      ]);
    }
  }

  /** Members by a name that only they tell. */
  function sharing(text: string): readonly FlowEnd[] {
    const members = namedMembers(mover, estate).get(text) ?? [];
    return members.filter((resource) => resource !== from).map((resource) => ({ kind: 'resource', resource }));
  }
}

type Members = ReadonlyMap<string, readonly Resource[]>;

const MEMBERS = new WeakMap<Estate, Map<Mover, Members>>();

/** The resources of a mover by the literal name of their group. */
function namedMembers(mover: Mover, estate: Estate): Members {
  const ofEstate = MEMBERS.get(estate) ?? new Map<Mover, Members>();
  MEMBERS.set(estate, ofEstate);
  const known = ofEstate.get(mover);
  if (known !== undefined) return known;
  const members = new Map<string, Resource[]>();
  for (const resource of estate.ofType(...mover.types)) {
    const text = asString(resource.attribute(...mover.path.split('.')));
    if (typeof text !== 'string') continue;
    const others = members.get(text);
    if (others === undefined) members.set(text, [resource]);
    else others.push(resource);
  }
  ofEstate.set(mover, members);
  return members;
}

/** The end of a text that names a place to nobody. */
export function unclear(text: string): FlowEnd {
  return { kind: 'unknown', because: `names ${text}, which tells no Region and is nothing of the estate` };
}
