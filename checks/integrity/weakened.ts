import type { Resource } from '../../model/resource.ts';
import { asBoolean, asNumber, asString, type Hidden, isHidden, type Value } from '../../model/value.ts';
import type { Protection } from './protected-types.ts';

/** What a change makes of a protection: kept, weakened, or not known because of what is hidden. */
export type Strength = 'kept' | 'weakened' | readonly Hidden[];

/** Compares a protection before and after. What is hidden matters only where it can make the protection weaker. */
export function strengthAfter(before: Resource, after: Resource, protection: Protection): Strength {
  const earlier = levelOf(before, protection);
  const later = levelOf(after, protection);
  const { least, most } = boundsOf(protection);
  if (later === most || earlier === least) return 'kept';
  const hidden = [earlier, later].filter((level) => typeof level !== 'number').flat();
  if (typeof earlier !== 'number' || typeof later !== 'number') return hidden;
  return later < earlier ? 'weakened' : 'kept';
}

export function valueAt(resource: Resource, path: string): Value {
  return resource.attribute(...path.split('.'));
}

function boundsOf(protection: Protection): { readonly least: number; readonly most: number } {
  switch (protection.kind) {
    case 'flag':
      return { least: 0, most: 1 };
    case 'rank':
      return { least: 0, most: protection.words.length };
    case 'amount':
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
