import type { ReferenceValue, Value } from '../value.ts';

const READ = new WeakMap<Value, Value>();

/** A reference to what another stack puts out, with the value that the state had of it when the plan was made. */
export function asRead(reference: ReferenceValue, value: Value): ReferenceValue {
  const own = { ...reference };
  READ.set(own, value);
  return own;
}

/** Null where the plan does not show that state. */
export function valueRead(reference: ReferenceValue): Value | null {
  return READ.get(reference) ?? null;
}
