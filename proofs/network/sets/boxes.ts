import type { Family } from './address-atoms.ts';
import { and, type Bits, contains, equal, or } from './bits.ts';

/** Packets of one family: every combination of a source, a destination and a service. No dimension is empty. */
export interface Box {
  readonly family: Family;
  readonly source: Bits;
  readonly destination: Bits;
  readonly services: Bits;
}

/** A condition on packets of one family; null in a dimension that it does not restrict. */
export interface Condition {
  readonly family: Family;
  readonly source: Bits | null;
  readonly destination: Bits | null;
  readonly services: Bits | null;
}

/** The packets of a box that meet a condition; null for none. */
export function meet(box: Box, condition: Condition): Box | null {
  if (box.family !== condition.family) return null;
  const source = condition.source === null ? box.source : and(box.source, condition.source);
  if (source === null) return null;
  const destination = condition.destination === null ? box.destination : and(box.destination, condition.destination);
  if (destination === null) return null;
  const services = condition.services === null ? box.services : and(box.services, condition.services);
  if (services === null) return null;
  if (source === box.source && destination === box.destination && services === box.services) return box;
  return { family: box.family, source, destination, services };
}

export function encloses(outer: Box, inner: Box): boolean {
  return (
    outer.family === inner.family &&
    contains(outer.services, inner.services) &&
    contains(outer.destination, inner.destination) &&
    contains(outer.source, inner.source)
  );
}

/** Whether two lists are the same boxes in the same order. */
export function sameBoxes(left: readonly Box[], right: readonly Box[]): boolean {
  if (left === right) return true;
  return left.length === right.length && left.every((box, index) => isSame(box, right[index]));
}

function isSame(left: Box, right: Box | undefined): boolean {
  return (
    right !== undefined &&
    left.family === right.family &&
    equal(left.source, right.source) &&
    equal(left.destination, right.destination) &&
    equal(left.services, right.services)
  );
}

/** Two boxes as one, when they differ in at most one dimension. */
function coalesce(left: Box, right: Box): Box | null {
  if (left.family !== right.family) return null;
  const sameServices = equal(left.services, right.services);
  const sameDestination = equal(left.destination, right.destination);
  if (sameServices && sameDestination) return { ...left, source: or(left.source, right.source) };
  if (!sameServices && !sameDestination) return null;
  if (!equal(left.source, right.source)) return null;
  return sameServices
    ? { ...left, destination: or(left.destination, right.destination) }
    : { ...left, services: or(left.services, right.services) };
}

/** The smallest box around two of one family. */
export function hull(left: Box, right: Box): Box {
  return {
    family: left.family,
    source: or(left.source, right.source),
    destination: or(left.destination, right.destination),
    services: or(left.services, right.services),
  };
}

/** A union of boxes that grows: what is already in it is not added, and neighbours become one. */
export class PacketSet {
  #boxes: Box[] = [];

  get boxes(): readonly Box[] {
    return this.#boxes;
  }

  includes(box: Box): boolean {
    return this.#boxes.some((own) => encloses(own, box));
  }

  /** Whether the set grew. */
  add(box: Box): boolean {
    if (this.includes(box)) return false;
    let grown = box;
    for (;;) {
      const kept: Box[] = [];
      let merged: Box | null = null;
      for (const own of this.#boxes) {
        if (encloses(grown, own)) continue;
        if (merged === null) {
          merged = coalesce(own, grown);
          if (merged !== null) continue;
        }
        kept.push(own);
      }
      this.#boxes = kept;
      if (merged === null) break;
      grown = merged;
    }
    this.#boxes.push(grown);
    return true;
  }

  /** Replaces the boxes of each family by the smallest box around them. */
  enclose(): void {
    const hulls = new Map<Family, Box>();
    for (const box of this.#boxes) {
      const known = hulls.get(box.family);
      hulls.set(box.family, known === undefined ? box : hull(known, box));
    }
    this.#boxes = [...hulls.values()];
  }
}
