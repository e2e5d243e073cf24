import type { Estate, LifecycleBlock } from '../model/estate.ts';

/** Gives the address that an object had before the `moved` blocks of its stack; null where they tell none. */
export type Former = (stack: string, address: string) => string | null;

/**
 * Follows moves of objects, of their instances and of modules, also one after the other. An address that is still in
 * use is nobody's former one, and where two blocks contradict each other neither counts: a finding must not be taken
 * for a known one because somebody says that it was moved.
 */
export function formerAddresses(estate: Estate): Former {
  const byStack = new Map(estate.stacks.map(({ name, lifecycleBlocks }) => [name, movesOf(lifecycleBlocks)]));
  const formerOf = (stack: string, address: string, moves: ReadonlyMap<string, string>): string | null => {
    const resource = estate.find({ stack, address });
    const former = resource === null ? null : follow(moves, address);
    if (resource === null || former === null || estate.find({ stack, address: former }) !== null) return null;
    return hasType(former, resource.type) ? former : null;
  };
  const found = new Map<string, string | null>();
  return (stack, address) => {
    const moves = byStack.get(stack);
    if (moves === undefined || moves.size === 0) return null;
    const name = JSON.stringify([stack, address]);
    const known = found.get(name);
    if (known !== undefined) return known;
    const former = formerOf(stack, address, moves);
    found.set(name, former);
    return former;
  };
}

/** Where what has an address came from. */
function movesOf(blocks: readonly LifecycleBlock[]): ReadonlyMap<string, string> {
  const moves = blocks.flatMap(({ kind, target, to }) =>
    kind === 'moved' && to !== undefined ? [{ target, to }] : [],
  );
  const targets = countBy(moves.map(({ target }) => target));
  const ends = countBy(moves.map(({ to }) => to));
  const isAlone = ({ target, to }: (typeof moves)[number]): boolean => targets.get(target) === 1 && ends.get(to) === 1;
  return new Map(moves.filter(isAlone).map(({ target, to }) => [to, target]));
}

/** No block counts twice: addresses that lead back, or grow with each round, are no moves that Terraform makes. */
function follow(moves: ReadonlyMap<string, string>, address: string): string | null {
  const followed = new Set<string>();
  let current = address;
  for (;;) {
    const to = longestPrefix(current, moves);
    if (to === null) return current === address ? null : current;
    if (followed.has(to)) return null;
    followed.add(to);
    current = `${moves.get(to) ?? to}${current.slice(to.length)}`;
  }
}

/** The block that tells most: the one of the object itself, of its instances, or of the innermost module around it. */
function longestPrefix(address: string, moves: ReadonlyMap<string, string>): string | null {
  let longest: string | null = null;
  for (const to of moves.keys()) {
    const isWithin = address.startsWith(to) && ['', '.', '['].includes(address.charAt(to.length));
    if (isWithin && to.length > (longest?.length ?? 0)) longest = to;
  }
  return longest;
}

/** Providers can take an object over as another type, of which another failure may be the same. */
function hasType(address: string, type: string): boolean {
  return address.startsWith(`${type}.`) || address.includes(`.${type}.`);
}

function countBy(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
