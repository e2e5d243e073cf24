import { lastCall } from './module-address.ts';
import type { Keys } from './module-scope.ts';
import type { PlannedObject } from './planned-object.ts';

type Key = string | number | null;

/**
 * The keys that the blocks and module calls of a plan have instances of, by address without key. Not of the one instance
 * without a key that nearly all blocks have: its address is that of the block.
 */
export function instanceKeys(objects: readonly PlannedObject[]): ReadonlyMap<string, Keys> {
  const keys = new Map<string, Key[]>();
  for (const { address, moduleAddress, mode, type, name, key, hasAfter } of objects) {
    const local = `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
    const own = moduleAddress === '' ? local : `${moduleAddress}.${local}`;
    // What is destroyed or forgotten is no instance of the block any more.
    if (hasAfter && address !== own && address.startsWith(own)) addKey(keys, own, key);
    let last = lastCall(moduleAddress);
    while (last !== null) {
      addKey(keys, last.address, last.key);
      last = lastCall(last.parent);
    }
  }
  return keys;
}

function addKey(all: Map<string, Key[]>, address: string, key: Key): void {
  const keys = all.get(address);
  if (keys === undefined) all.set(address, [key]);
  else if (!keys.includes(key)) keys.push(key);
}
