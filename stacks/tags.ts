import type { Tier } from './addresses.ts';
import type { DataClass, Place } from './sites.ts';

/** Tags of everything at a place. What holds data of another class says so itself. */
export function placeTags(place: Place): Record<string, string> {
  return { 'trefoil:site': place.id, ...classTags('operational') };
}

export function classTags(dataClass: DataClass): Record<string, string> {
  return { 'trefoil:data-class': dataClass };
}

export function tierTags(tier: Tier): Record<string, string> {
  return { 'trefoil:tier': tier };
}
