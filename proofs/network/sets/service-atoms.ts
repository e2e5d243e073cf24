import type { ServiceRange, Services } from '../topology.ts';
import { type Bits, fill } from './bits.ts';

/** One past the last service of the axis. */
const SERVICE_END = 2 ** 24;

/** A set in two readings: with what may belong to it, and with only what does. Null is empty. */
export interface Reading {
  readonly may: Bits | null;
  readonly must: Bits | null;
}

/** Services cut where some filter of the network cuts them: none tells two services of one atom apart. */
export class ServiceAtoms {
  readonly size: number;
  readonly full: Bits;
  /** First service of each atom, and the end of the axis. */
  readonly cuts: Float64Array;
  readonly #byText = new Map<string, Reading>();
  readonly #readings = new WeakMap<Services, Reading>();

  constructor(ranges: Iterable<ServiceRange>) {
    const cuts = new Set([0, SERVICE_END]);
    for (const { first, last } of ranges) cuts.add(first).add(last + 1);
    this.cuts = Float64Array.from(cuts).toSorted();
    this.size = this.cuts.length - 1;
    this.full = new Uint32Array((this.size + 31) >>> 5);
    fill(this.full, 0, this.size);
  }

  read(services: Services): Reading {
    const known = this.#readings.get(services);
    if (known !== undefined) return known;
    const text =
      services.ranges.map(({ first, last }) => `${first}-${last}`).join() + (services.doubts.length > 0 ? '?' : '');
    let reading = this.#byText.get(text);
    if (reading === undefined) {
      const must = this.#bits(services.ranges);
      reading = { may: services.doubts.length > 0 ? this.full : must, must };
      this.#byText.set(text, reading);
    }
    this.#readings.set(services, reading);
    return reading;
  }

  /** Whether no range of the services ends within an atom. */
  fits(services: Services): boolean {
    return services.ranges.every(
      ({ first, last }) => this.cuts[this.#index(first)] === first && this.cuts[this.#index(last + 1)] === last + 1,
    );
  }

  /** First and last service of an atom. */
  range(atom: number): ServiceRange {
    return { first: this.cuts[atom] ?? 0, last: (this.cuts[atom + 1] ?? SERVICE_END) - 1 };
  }

  /** The atom of a service. */
  atom(service: number): number {
    const index = this.#index(service);
    return this.cuts[index] === service ? index : index - 1;
  }

  #bits(ranges: readonly ServiceRange[]): Bits | null {
    if (ranges.length === 0) return null;
    const bits = new Uint32Array(this.full.length);
    for (const { first, last } of ranges) fill(bits, this.#index(first), this.#index(last + 1));
    return bits.every((word, index) => word === this.full[index]) ? this.full : bits;
  }

  /** The first cut that is not below a service. */
  #index(service: number): number {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.cuts[middle] ?? 0) < service) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
