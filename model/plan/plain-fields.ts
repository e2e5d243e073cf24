import { isList, type PlainJson } from '../json/plain.ts';

/** The value of a key; null where there is none. */
export function fieldIn(plain: PlainJson, key: string): PlainJson {
  if (typeof plain !== 'object' || plain === null || isList(plain)) return null;
  return plain[key] ?? null;
}

export function textIn(plain: PlainJson, key: string): string | null {
  const value = fieldIn(plain, key);
  return typeof value === 'string' ? value : null;
}

/** The object under a key. */
export function objectIn(plain: PlainJson, key: string): PlainJson {
  const value = fieldIn(plain, key);
  return typeof value === 'object' && !isList(value) ? value : null;
}

export type SharedTexts = (text: string) => string;

/** Gives equal texts as one, for those that stand in every entry. */
export function shareTexts(): SharedTexts {
  const known = new Map<string, string>();
  return (text) => {
    const same = known.get(text);
    if (same !== undefined) return same;
    known.set(text, text);
    return text;
  };
}
