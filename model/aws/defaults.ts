import { DEFAULT_ROWS } from './default-rows.ts';
import type { Default, Given } from './default-rules.ts';
import { unknown, type Value } from '../value.ts';

export type { Default, Given } from './default-rules.ts';

const UNSEEN: Value = unknown('default', 'the other arguments', 'were not looked at');

/**
 * What it means that `type` omits the argument at `path` (dotted, without indexes: `vpc_config.endpoint_public_access`)
 * or the block it stands in. Undefined when the table has no row. Null as a value means off or none.
 * Without `given`, a default that depends on other arguments is unknown.
 */
export function defaultOf(
  type: string,
  path: string,
  major: number | null,
  given: Given = () => UNSEEN,
): Default | undefined {
  const row = DEFAULT_ROWS.get(type)?.get(path);
  return typeof row === 'function' ? row(major, given) : row;
}

/** Every type and path of the table. */
export function defaultPaths(): readonly { readonly type: string; readonly path: string }[] {
  return [...DEFAULT_ROWS].flatMap(([type, rows]) => [...rows.keys()].map((path) => ({ type, path })));
}
