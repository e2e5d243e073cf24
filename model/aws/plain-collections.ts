import { PLAIN_COLLECTIONS } from './plain-collections.generated.ts';

const COLLECTIONS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  PLAIN_COLLECTIONS.trim()
    .split('\n')
    .map((line) => {
      const [type = '', ...paths] = line.split(' ');
      return [`aws_${type}`, new Set(paths)];
    }),
);

/**
 * Whether what stands at a dotted path without indexes is a list or set that the provider computes, or takes as an
 * argument and never as blocks. Of types and paths that are not known it is not.
 */
export function isPlainCollection(type: string, path: string): boolean {
  return COLLECTIONS.get(type)?.has(path) ?? false;
}
