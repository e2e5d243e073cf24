import type { ReferenceValue, Value } from '../value.ts';

/** Where an expression gets the values of the names it mentions. */
export interface Scope {
  /**
   * The value of a root name with the parts that identify it: `['var', 'region']`, `['local', 'cidrs']`,
   * `['each', 'key']`, `['count', 'index']`, `['path', 'module']`, `['terraform', 'workspace']`, `['module', 'vpc']`,
   * `['data', 'aws_partition', 'current']`, `['aws_vpc', 'main']`, `['self']`.
   * A resource is a reference with an empty path; one with `count` or `for_each` a list or object of them.
   */
  root(path: readonly string[]): Value;
  /** An attribute of what a reference names: its configured value (with `origin`), else the longer reference. */
  attribute(reference: ReferenceValue, step: string | number): Value;
}
