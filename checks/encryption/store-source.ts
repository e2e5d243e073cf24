import type { Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';

/** What a store is made from: the argument that names it, and its value. */
export interface Source {
  readonly argument: string;
  readonly value: Value;
}

/** By the first argument that names something; the provider takes an empty string for none. */
export function sourceIn(store: Resource, candidates: readonly string[]): Source | null {
  for (const argument of candidates) {
    const value = store.attribute(...argument.split('.'));
    if (value.kind !== 'null' && !(value.kind === 'string' && value.value === '')) return { argument, value };
  }
  return null;
}

/** What is in a store from the beginning: an exception for an empty one covers no other. */
export function contentOf(source: Source | null): { readonly [argument: string]: Value } {
  return source === null ? {} : { [source.argument]: source.value };
}
