import type { Estate } from '../estate.ts';
import type { Resource } from '../resource.ts';
import { asItems, asString, type Hidden, isHidden, type Value } from '../value.ts';
import type { Condition } from './off-vpc-compute.ts';

/** Whether conditions hold; with something hidden, perhaps not. `false` is certain. */
export interface Holding {
  readonly holds: boolean;
  readonly hidden: readonly Hidden[];
}

const NEVER: Holding = { holds: false, hidden: [] };
const ALWAYS: Holding = { holds: true, hidden: [] };

/** Whether all conditions hold for a resource. */
export function conditionsHold(estate: Estate, resource: Resource, conditions: readonly Condition[]): Holding {
  const hidden: Hidden[] = [];
  for (const condition of conditions) {
    const one = holdingOf(estate, resource, condition);
    if (!one.holds) return NEVER;
    hidden.push(...one.hidden);
  }
  return { holds: true, hidden };
}

function holdingOf(estate: Estate, resource: Resource, condition: Condition): Holding {
  switch (condition.kind) {
    case 'absent':
      return emptiness(resource.attribute(...condition.path), true);
    case 'present':
      return emptiness(resource.attribute(...condition.path), false);
    case 'is':
      return isOneOf(estate.effective(resource, ...condition.path), condition.values, condition.isDefault);
    case 'target-lacks': {
      const { items, open } = asItems(resource.attribute(...condition.argument));
      const hidden: Hidden[] = [...open];
      for (const item of items) {
        const target = estate.resolve(item, [condition.type], resource);
        if (target.kind === 'hidden') hidden.push(target.value);
        if (target.kind !== 'resource') continue;
        const lacks = emptiness(target.resource.attribute(...condition.path), true);
        // One with a subnet is enough to run there.
        if (!lacks.holds) return NEVER;
        hidden.push(...lacks.hidden);
      }
      return { holds: true, hidden };
    }
    case 'holds':
      return textHolds(resource.attribute(...condition.path), condition.text);
    case 'opaque': {
      const value = resource.attribute(...condition.path);
      return value.kind === 'null'
        ? NEVER
        : { holds: true, hidden: [definitionOf(resource, condition.path.join('.'))] };
    }
  }
}

function emptiness(value: Value, wanted: boolean): Holding {
  if (isHidden(value)) {
    // An attribute that AWS computes is something, though what is not known.
    return value.kind === 'unknown' ? { holds: true, hidden: [value] } : wanted ? NEVER : ALWAYS;
  }
  const isEmpty = value.kind === 'null' || (value.kind === 'list' && value.items.length === 0);
  return isEmpty === wanted ? ALWAYS : NEVER;
}

function isOneOf(value: Value, wanted: readonly string[], isDefault: boolean): Holding {
  const { items, open } = asItems(value);
  const hidden: Hidden[] = [...open];
  for (const item of items) {
    const text = asString(item);
    if (isHidden(text)) hidden.push(text);
    else if (text !== null && wanted.includes(text)) return ALWAYS;
  }
  if (hidden.length > 0) return { holds: true, hidden };
  return items.length === 0 && isDefault ? ALWAYS : NEVER;
}

function textHolds(value: Value, wanted: string): Holding {
  if (value.kind === 'null') return NEVER;
  if (value.kind === 'string') return value.value.replaceAll(/\s/g, '').includes(wanted) ? ALWAYS : NEVER;
  if (value.kind !== 'template') return isHidden(value) ? { holds: true, hidden: [value] } : NEVER;
  const known = value.parts.map((part) => (typeof part === 'string' ? part : '\0')).join('');
  if (known.replaceAll(/\s/g, '').includes(wanted)) return ALWAYS;
  const holes = value.parts.filter((part) => typeof part !== 'string' && part.kind === 'unknown');
  return holes.length > 0 ? { holds: true, hidden: [value] } : NEVER;
}

function definitionOf({ address }: Resource, path: string): Hidden {
  return {
    kind: 'unknown',
    reason: 'operation',
    expression: `${address}.${path}`,
    detail: 'is a definition that is not read',
    references: [],
  };
}
