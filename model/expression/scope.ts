import { NULL, object, type ReferenceValue, unknown, type UnknownValue, type Value } from '../value.ts';

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

/** A scope with one more root name: its parts by their names. */
export function withName(scope: Scope, name: string, entries: readonly (readonly [string, Value])[]): Scope {
  const bound = object(entries);
  return {
    root: (path) => {
      const [first, second] = path;
      if (first !== name) return scope.root(path);
      return second === undefined ? bound : (bound.entries.get(second) ?? NULL);
    },
    attribute: (reference, step) => scope.attribute(reference, step),
  };
}

/** What a root name stands for that no configuration tells, wherever it stands; null for all other names. */
export function untold(path: readonly string[]): UnknownValue | null {
  const [first = '', second = ''] = path;
  switch (first) {
    case 'path':
      return unknown('environment', `path.${second}`, 'depends on where Terraform runs');
    case 'terraform':
      return unknown('environment', `terraform.${second}`, 'depends on the workspace that is selected');
    case 'each':
    case 'count':
      return unknown('instances', path.join('.'), 'is known only where count or for_each is');
    case 'self':
      return unknown('operation', 'self', 'is known only at apply');
    default:
      return null;
  }
}
