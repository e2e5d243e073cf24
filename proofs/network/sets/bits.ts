/**
 * A set of atoms as bits. Sets are never changed once made; operations give back an operand where it is the result, so
 * that equal sets are mostly the same object. Null is the empty set.
 */
export type Bits = Uint32Array;

export function and(left: Bits, right: Bits): Bits | null {
  if (left === right) return left;
  let both = 0;
  let onlyLeft = 0;
  let onlyRight = 0;
  for (let index = 0; index < left.length; index++) {
    const a = left[index] ?? 0;
    const b = right[index] ?? 0;
    both |= a & b;
    onlyLeft |= a & ~b;
    onlyRight |= b & ~a;
  }
  if (both === 0) return null;
  if (onlyLeft === 0) return left;
  if (onlyRight === 0) return right;
  const result = new Uint32Array(left.length);
  for (let index = 0; index < left.length; index++) result[index] = (left[index] ?? 0) & (right[index] ?? 0);
  return result;
}

export function or(left: Bits, right: Bits): Bits {
  if (left === right) return left;
  let onlyLeft = 0;
  let onlyRight = 0;
  for (let index = 0; index < left.length; index++) {
    const a = left[index] ?? 0;
    const b = right[index] ?? 0;
    onlyLeft |= a & ~b;
    onlyRight |= b & ~a;
  }
  if (onlyRight === 0) return left;
  if (onlyLeft === 0) return right;
  const result = new Uint32Array(left.length);
  for (let index = 0; index < left.length; index++) result[index] = (left[index] ?? 0) | (right[index] ?? 0);
  return result;
}

export function minus(left: Bits, right: Bits): Bits | null {
  if (left === right) return null;
  let both = 0;
  let onlyLeft = 0;
  for (let index = 0; index < left.length; index++) {
    const a = left[index] ?? 0;
    const b = right[index] ?? 0;
    both |= a & b;
    onlyLeft |= a & ~b;
  }
  if (onlyLeft === 0) return null;
  if (both === 0) return left;
  const result = new Uint32Array(left.length);
  for (let index = 0; index < left.length; index++) result[index] = (left[index] ?? 0) & ~(right[index] ?? 0);
  return result;
}

export function contains(outer: Bits, inner: Bits): boolean {
  if (outer === inner) return true;
  for (let index = 0; index < inner.length; index++) {
    if (((inner[index] ?? 0) & ~(outer[index] ?? 0)) !== 0) return false;
  }
  return true;
}

export function overlaps(left: Bits, right: Bits): boolean {
  if (left === right) return true;
  for (let index = 0; index < left.length; index++) {
    if (((left[index] ?? 0) & (right[index] ?? 0)) !== 0) return true;
  }
  return false;
}

export function equal(left: Bits, right: Bits): boolean {
  if (left === right) return true;
  for (let index = 0; index < left.length; index++) if (left[index] !== right[index]) return false;
  return true;
}

/** The union of sets that may be empty. */
export function join(left: Bits | null, right: Bits | null): Bits | null {
  if (left === null) return right;
  return right === null ? left : or(left, right);
}

/** What is left of a set that may be empty without another that may be. */
export function without(left: Bits | null, right: Bits | null): Bits | null {
  return left === null || right === null ? left : minus(left, right);
}

/** A set of `size` possible atoms with those from `first` up to and without `end`; null when there is none. */
export function span(size: number, first: number, end: number): Bits | null {
  if (first >= end) return null;
  const bits = new Uint32Array((size + 31) >>> 5);
  fill(bits, first, end);
  return bits;
}

/** Adds atoms to a set that is still being made. */
export function fill(bits: Bits, first: number, end: number): void {
  const low = first >>> 5;
  const high = (end - 1) >>> 5;
  const start = 0xffff_ffff << (first & 31);
  const stop = 0xffff_ffff >>> (31 - ((end - 1) & 31));
  if (low === high) {
    bits[low] = (bits[low] ?? 0) | (start & stop);
    return;
  }
  bits[low] = (bits[low] ?? 0) | start;
  bits.fill(0xffff_ffff, low + 1, high);
  bits[high] = (bits[high] ?? 0) | stop;
}

export function has(bits: Bits, atom: number): boolean {
  return (((bits[atom >>> 5] ?? 0) >>> (atom & 31)) & 1) === 1;
}

/** The smallest atom of a set. */
export function firstAtom(bits: Bits): number {
  const word = bits.findIndex((bit) => bit !== 0);
  const value = bits[word] ?? 0;
  return word * 32 + (31 - Math.clz32(value & -value));
}

/** Runs of neighbouring atoms, in order: first, and the one after the last. */
export function runs(bits: Bits, size: number): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  let start = -1;
  for (let atom = 0; atom < size; atom++) {
    // Most words are like all before them in the run, or in the gap.
    if ((atom & 31) === 0 && bits[atom >>> 5] === (start < 0 ? 0 : 0xffff_ffff)) {
      atom += 31;
      continue;
    }
    if (has(bits, atom)) {
      if (start < 0) start = atom;
    } else if (start >= 0) {
      found.push([start, atom]);
      start = -1;
    }
  }
  if (start >= 0) found.push([start, size]);
  return found;
}
