import type { AddressRange } from '../../../model/aws/cidr.ts';
import type { Addresses, Unknown } from '../topology.ts';
import { type Bits, equal, fill, has, join, or } from './bits.ts';
import type { Reading } from './service-atoms.ts';

export type Family = 4 | 6;

/** Unknown addresses that lie within the same known ones. */
interface Neighbourhood {
  readonly first: number;
  readonly end: number;
  /** Atoms of the unknowns. */
  readonly unknowns: readonly number[];
}

const END = { 4: 1n << 32n, 6: 1n << 128n } as const;

/**
 * The addresses of one family, cut where some filter of the network cuts them, and behind them one atom for each
 * unknown. A literal range holds an unknown for certain when all that it may be is within the range, and may hold it
 * when they overlap. Numbers are never in an unknown: a packet to what is unknown is written with the unknown.
 */
export class AddressAtoms {
  readonly family: Family;
  readonly size: number;
  readonly full: Bits;
  readonly unknowns: readonly Unknown[];
  /** First address of each atom of numbers, and the end of the family. IPv4 as numbers, which compare faster. */
  readonly #cuts: readonly (number | bigint)[];
  /** Atoms of numbers; those of unknowns follow. */
  readonly numbers: number;
  readonly #atomOf = new Map<string, number>();
  /** In the order of their first atoms. */
  readonly #neighbourhoods: readonly Neighbourhood[];
  /** For each neighbourhood how far those up to it reach. */
  readonly #reach: readonly number[];
  /** Atoms of the unknowns of a block, itself among them. Lists: a set has room for every atom, and most are not read. */
  readonly #descendants = new Map<string, number[]>();
  readonly #byText = new Map<string, Reading>();
  readonly #readings = new WeakMap<Addresses, Reading>();

  constructor(family: Family, ranges: Iterable<AddressRange>, unknowns: readonly Unknown[]) {
    this.family = family;
    this.#cuts = cutsOf(family, ranges);
    this.numbers = this.#cuts.length - 1;
    this.unknowns = unknowns;
    this.size = this.numbers + unknowns.length;
    this.full = this.#empty();
    fill(this.full, 0, this.size);
    for (const [index, { name }] of unknowns.entries()) this.#atomOf.set(name, this.numbers + index);
    this.#neighbourhoods = this.#gather();
    let reach = 0;
    this.#reach = this.#neighbourhoods.map(({ end }) => (reach = Math.max(reach, end)));
    for (const unknown of unknowns) {
      const atom = this.#atomOf.get(unknown.name) ?? 0;
      for (let block: Unknown | null = unknown; block !== null; block = block.parent) {
        const atoms = this.#descendants.get(block.name);
        if (atoms === undefined) this.#descendants.set(block.name, [atom]);
        else atoms.push(atom);
      }
    }
  }

  read(addresses: Addresses): Reading {
    const known = this.#readings.get(addresses);
    if (known !== undefined) return known;
    const spans: (readonly [number, number])[] = [];
    let text = addresses.doubts.length > 0 ? '?' : '';
    for (const { family, first, last } of addresses.ranges) {
      if (family !== this.family) continue;
      const span = [this.#index(first), this.#index(last + 1n)] as const;
      spans.push(span);
      text += `${span[0]}-${span[1]} `;
    }
    for (const { family, name } of addresses.unknowns) if (family === this.family) text += `|${name}`;
    let reading = this.#byText.get(text);
    if (reading === undefined) {
      reading = this.#read(spans, addresses);
      this.#byText.set(text, reading);
    }
    this.#readings.set(addresses, reading);
    return reading;
  }

  /** Whether no range ends within an atom and every unknown has one. */
  fits(addresses: Addresses): boolean {
    return (
      addresses.ranges.every(
        ({ family, first, last }) => family !== this.family || (this.#isCut(first) && this.#isCut(last + 1n)),
      ) && addresses.unknowns.every(({ family, name }) => family !== this.family || this.#atomOf.has(name))
    );
  }

  /** First and last address of an atom of numbers. */
  range(atom: number): AddressRange {
    return {
      family: this.family,
      first: BigInt(this.#cuts[atom] ?? 0),
      last: BigInt(this.#cuts[atom + 1] ?? END[this.family]) - 1n,
    };
  }

  /** The unknown of an atom; null for an atom of numbers. */
  unknown(atom: number): Unknown | null {
    return this.unknowns[atom - this.numbers] ?? null;
  }

  /** The atom of an address. */
  atom(address: bigint): number {
    const index = this.#index(address);
    return this.#isCut(address) ? index : index - 1;
  }

  atomOfUnknown({ name }: Unknown): number | null {
    return this.#atomOf.get(name) ?? null;
  }

  /** Atoms from one address up to and without another; both are cuts. */
  between(first: bigint, end: bigint): readonly [number, number] {
    return [this.#index(first), this.#index(end)];
  }

  /** The numbers that some unknown of a set may be. */
  numbersUnder(bits: Bits): Bits | null {
    let found: Bits | null = null;
    for (const { first, end, unknowns } of this.#neighbourhoods) {
      if (!unknowns.some((atom) => has(bits, atom))) continue;
      const numbers = this.#empty();
      fill(numbers, first, end);
      found = join(found, numbers);
    }
    return found;
  }

  #read(spans: readonly (readonly [number, number])[], { unknowns, doubts }: Addresses): Reading {
    let must: Bits | null = null;
    let may: Bits | null = null;
    if (spans.length > 0) {
      must = this.#empty();
      for (const [first, end] of spans) fill(must, first, end);
      const perhaps = this.#addNeighbours(must, spans);
      may = perhaps ?? must;
    }
    for (const { family, name } of unknowns) {
      const atoms = family === this.family ? (this.#descendants.get(name) ?? null) : null;
      const descendants = atoms === null ? null : add(this.#empty(), atoms);
      const isSame = may === must;
      must = join(must, descendants);
      may = isSame ? must : join(may, descendants);
    }
    if (doubts.length > 0) return { may: this.full, must };
    if (may !== null && equal(may, this.full)) may = this.full;
    if (must !== null && may !== null && equal(must, may)) must = may;
    return { may, must };
  }

  /** Adds the unknowns that lie within spans of numbers; gives the set with those that may, when there are more. */
  #addNeighbours(bits: Bits, spans: readonly (readonly [number, number])[]): Bits | null {
    let perhaps: Bits | null = null;
    const inside: (readonly number[])[] = [];
    for (const span of spans) {
      for (let index = this.#neighboursBefore(span[1]) - 1; index >= 0; index--) {
        if ((this.#reach[index] ?? 0) <= span[0]) break;
        const near = this.#neighbourhoods[index];
        if (near === undefined || near.end <= span[0]) continue;
        if ((span[0] <= near.first && near.end <= span[1]) || allOf(bits, near.first, near.end))
          inside.push(near.unknowns);
        else {
          perhaps ??= this.#empty();
          add(perhaps, near.unknowns);
        }
      }
    }
    for (const unknowns of inside) add(bits, unknowns);
    return perhaps === null ? null : or(bits, perhaps);
  }

  /** How many neighbourhoods begin before an atom. */
  #neighboursBefore(atom: number): number {
    let low = 0;
    let high = this.#neighbourhoods.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#neighbourhoods[middle]?.first ?? 0) < atom) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #gather(): readonly Neighbourhood[] {
    const groups = new Map<string, Neighbourhood & { readonly unknowns: number[] }>();
    for (const [index, { within }] of this.unknowns.entries()) {
      const first = this.#index(within.first);
      const end = this.#index(within.last + 1n);
      const key = `${first}-${end}`;
      const group = groups.get(key) ?? { first, end, unknowns: [] };
      group.unknowns.push(this.numbers + index);
      groups.set(key, group);
    }
    return [...groups.values()].toSorted((left, right) => left.first - right.first);
  }

  #empty(): Bits {
    return new Uint32Array((this.size + 31) >>> 5);
  }

  #isCut(address: bigint): boolean {
    return BigInt(this.#cuts[this.#index(address)] ?? -1) === address;
  }

  /** The first cut that is not below an address. */
  #index(address: bigint): number {
    const wanted = this.family === 4 ? Number(address) : address;
    let low = 0;
    let high = this.#cuts.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#cuts[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function cutsOf(family: Family, ranges: Iterable<AddressRange>): readonly (number | bigint)[] {
  if (family === 4) {
    const cuts = new Set([0, Number(END[4])]);
    for (const range of ranges) if (range.family === 4) cuts.add(Number(range.first)).add(Number(range.last) + 1);
    return Array.from(Float64Array.from(cuts).toSorted());
  }
  const cuts = new Set([0n, END[6]]);
  for (const range of ranges) if (range.family === 6) cuts.add(range.first).add(range.last + 1n);
  return [...cuts].toSorted((left, right) => (left < right ? -1 : 1));
}

function add(target: Bits, atoms: readonly number[]): Bits {
  for (const atom of atoms) fill(target, atom, atom + 1);
  return target;
}

function allOf(bits: Bits, first: number, end: number): boolean {
  for (let atom = first; atom < end; atom++) if (!has(bits, atom)) return false;
  return true;
}
