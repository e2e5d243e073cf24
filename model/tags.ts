import type { ProviderConfig, Resource } from './resource.ts';
import { asItems, asString, asStrings, child, type Hidden, isHidden, NULL, unknown, type Value } from './value.ts';

/**
 * One tag of a resource: its own, else that of the provider's `default_tags`; null when neither sets it.
 * For types that take tags; the provider gives its default tags to no other.
 */
export function tagOf(resource: Resource, key: string): Value {
  const { provider } = resource.init;
  const ignored = isIgnored(provider, key);
  if (isHidden(ignored)) return ignored;
  if (ignored) {
    return unknown('operation', `${resource.address}.tags`, `may lack ${key}, because ignore_tags leaves it alone`);
  }
  const own = resource.attribute('tags');
  if (isHidden(own)) return own;
  if (own.kind === 'object' && own.entries.has(key)) {
    const value = child(own, key);
    if (value.kind !== 'null') return value;
    return unknown('operation', `${resource.address}.tags`, `has null for ${key}, so the provider decides`);
  }
  return defaultTag(provider, key);
}

function defaultTag(provider: ProviderConfig, key: string): Value {
  const { items, open } = asItems(provider.body?.value('default_tags') ?? NULL);
  const [hidden] = open;
  if (hidden !== undefined) return hidden;
  for (const block of items) {
    const value = child(child(block, 'tags'), key);
    if (value.kind !== 'null') return value;
  }
  return NULL;
}

/** Whether `ignore_tags` keeps the provider from setting a tag; what hides it when that is not known. */
function isIgnored(provider: ProviderConfig, key: string): boolean | Hidden {
  const { items, open } = asItems(provider.body?.value('ignore_tags') ?? NULL);
  const hidden: Hidden[] = [...open];
  for (const block of items) {
    const keys = asStrings(child(block, 'keys'));
    const prefixes = asStrings(child(block, 'key_prefixes'));
    if (keys.known.includes(key) || prefixes.known.some((prefix) => key.startsWith(prefix))) return true;
    hidden.push(...keys.hidden, ...prefixes.hidden);
  }
  return hidden[0] ?? false;
}

/** A tag as text: null when it is not set or empty, what hides it when it is not known. */
export function tagText(resource: Resource, key: string): string | null | Hidden {
  const text = asString(tagOf(resource, key));
  return text === '' ? null : text;
}
