import type { FlowFamily, Mover, Names } from '../mover.ts';

type Rest = Pick<Mover, 'when' | 'targets' | 'source' | 'place'>;

/** Rows of a family by which data leaves: types separated by blanks, path, what it names, why, and the rest. */
export function out(family: FlowFamily) {
  return (types: string, path: string, names: Names, why: string, rest: Rest = {}): Mover => ({
    types: types.split(' '),
    path,
    names,
    direction: 'out',
    family,
    why,
    ...rest,
  });
}

/** Rows of a family by which data comes into the place of the resource. */
export function into(family: FlowFamily) {
  const leaving = out(family);
  return (...parts: Parameters<typeof leaving>): Mover => ({ ...leaving(...parts), direction: 'in' });
}
