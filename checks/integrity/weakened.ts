import type { Resource } from '../../model/resource.ts';
import { asBoolean, asNumber, asString, display, type Hidden, isHidden, NULL, type Value } from '../../model/value.ts';
import type { Protection } from './protected-types.ts';

/** What a change makes of a protection: kept, weakened, or not known because of what is hidden. */
export type Strength = 'kept' | 'weakened' | readonly Hidden[];

/** Compares a protection before and after. What is hidden matters only where it can make the protection weaker. */
export function strengthAfter(before: Resource | null, after: Resource, protection: Protection): Strength {
  const { least, most } = boundsOf(protection);
  // What was not there let nothing end, and protected nothing.
  const earlier = before === null ? (protection.kind === 'least' ? most : least) : levelOf(before, protection);
  const later = levelOf(after, protection);
  if (later === most || earlier === least) return 'kept';
  const hidden = [earlier, later].filter((level) => typeof level !== 'number').flat();
  if (typeof earlier !== 'number' || typeof later !== 'number') return hidden;
  return later < earlier ? 'weakened' : 'kept';
}

function valueAt(resource: Resource, path: string): Value {
  return resource.attribute(...path.split('.'));
}

/** A protection as a message tells it. */
export function shownStrength(resource: Resource | null, protection: Protection): string {
  if (protection.kind === 'least') {
    const level = resource === null ? Infinity : levelOf(resource, protection);
    return typeof level !== 'number' ? 'unknown' : level === Infinity ? 'never' : String(level);
  }
  const value = resource === null ? NULL : valueAt(resource, protection.path);
  return value.kind === 'null' ? 'not set' : display(value);
}

function boundsOf(protection: Protection): { readonly least: number; readonly most: number } {
  switch (protection.kind) {
    case 'flag':
    case 'presence':
      return { least: 0, most: 1 };
    case 'rank':
      return { least: 0, most: protection.words.length };
    case 'amount':
    case 'least':
      return { least: 0, most: Infinity };
  }
}

/** How strong a protection is; more is stronger. */
function levelOf(resource: Resource, protection: Protection): number | readonly Hidden[] {
  switch (protection.kind) {
    case 'flag': {
      const value = asBoolean(valueAt(resource, protection.path));
      return isHidden(value) ? [value] : Number((value ?? protection.absent) === protection.safe);
    }
    case 'presence': {
      const value = valueAt(resource, protection.path);
      // A reference is to something that is there.
      if (value.kind === 'unknown') return [value];
      return Number(value.kind !== 'null' && !(value.kind === 'list' && value.items.length === 0));
    }
    case 'least':
      return leastLevel(resource, protection);
    case 'rank': {
      const word = asString(valueAt(resource, protection.path));
      if (isHidden(word)) return [word];
      const position = word === null ? -1 : protection.words.indexOf(word);
      return position === -1 ? 0 : protection.words.length - position;
    }
    case 'amount': {
      const terms = protection.terms.map(([path, factor]) => ({ value: asNumber(valueAt(resource, path)), factor }));
      const hidden = terms.map(({ value }) => value).filter((value) => isHidden(value));
      if (hidden.length > 0) return hidden;
      const known = terms.flatMap(({ value, factor }) => (typeof value === 'number' ? [value * factor] : []));
      const sum = known.length === 0 ? protection.absent : known.reduce((total, part) => total + part, 0);
      return sum === 0 && protection.isZeroEndless ? Infinity : sum;
    }
  }
}

function leastLevel(
  resource: Resource,
  { block, argument }: Extract<Protection, { kind: 'least' }>,
): number | readonly Hidden[] {
  const { items, open } = resource.blocks(block);
  const hidden: Hidden[] = [...open];
  let level = Infinity;
  for (const item of items) {
    if (asString(item.attribute('status')) === 'Disabled') continue;
    const value = asNumber(item.attribute(...argument.split('.')));
    if (isHidden(value)) hidden.push(value);
    // The provider keeps 0 for what is not written.
    else if (value !== null && value > 0) level = Math.min(level, value);
  }
  return hidden.length > 0 ? hidden : level;
}
