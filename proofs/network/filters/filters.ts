import type { AddressTerm, Lookup, Term } from '../flow/term.ts';
import type { Family } from '../sets/address-atoms.ts';
import { type Bits, without } from '../sets/bits.ts';
import { type Box, type Condition, meet } from '../sets/boxes.ts';
import type { Reading } from '../sets/service-atoms.ts';
import type { Space } from '../sets/space.ts';
import type { SecurityGroup, Vpc } from '../topology.ts';
import { resolve } from './longest-prefix.ts';
import { aclConditions, groupConditions, type Model } from './rules.ts';

/** Conditions of which a packet meets any; null when every packet passes. */
export type Filter = readonly Condition[] | null;

type GroupsTerm = Extract<Term, { readonly kind: 'groups' }>;

interface Readings {
  readonly may: Filter;
  readonly must: Filter;
}

/** The terms of a flow graph as filters over a space; each is read on first use. */
export class Filters {
  readonly #space: Space;
  readonly #terms = new Map<Term, Readings>();
  readonly #lookups = new Map<Lookup, { readonly [family in Family]: ReadonlyMap<string, Reading> }>();
  readonly #groups = new Map<string, Readings>();
  readonly #numbers = new Map<SecurityGroup | Vpc, number>();

  constructor(space: Space) {
    this.#space = space;
  }

  /** The packets of boxes that meet every term. */
  through(boxes: readonly Box[], terms: readonly Term[], model: Model): readonly Box[] {
    let passing = boxes;
    for (const term of terms) {
      const filter = this.of(term)[model];
      if (filter === null) continue;
      const next: Box[] = [];
      for (const box of passing) {
        for (const condition of filter) {
          const met = meet(box, condition);
          if (met !== null) next.push(met);
        }
      }
      if (next.length === 0) return [];
      passing = next;
    }
    return passing;
  }

  /** The same, but lists and groups let everything pass: a box stays one box, and nothing is read that is not needed. */
  roughlyThrough(boxes: readonly Box[], terms: readonly Term[], model: Model): readonly Box[] {
    return this.through(
      boxes,
      terms.filter(({ kind }) => kind !== 'acl' && kind !== 'groups'),
      model,
    );
  }

  /** Whether both models read a term alike. */
  isCertain(term: Term): boolean {
    const { may, must } = this.of(term);
    return may === must;
  }

  of(term: Term): Readings {
    const known = this.#terms.get(term);
    if (known !== undefined) return known;
    const made = this.#make(term);
    const readings = isSame(made.may, made.must) ? { may: made.may, must: made.may } : made;
    this.#terms.set(term, readings);
    return readings;
  }

  #make(term: Term): Readings {
    switch (term.kind) {
      case 'address':
        return this.#address(term);
      case 'family': {
        const filter = [{ family: term.family, source: null, destination: null, services: null }];
        return { may: filter, must: filter };
      }
      case 'services': {
        const { may, must } = this.#space.services.read(term.services);
        return { may: this.#services(may), must: this.#services(must) };
      }
      case 'acl': {
        const { acl, direction } = term;
        const space = this.#space;
        return {
          may: aclConditions(acl, { space, direction, model: 'may' }),
          must: aclConditions(acl, { space, direction, model: 'must' }),
        };
      }
      case 'groups':
        return this.#ofGroups(term);
      case 'lookup': {
        const readings = this.#resolve(term.table);
        return this.#perFamily((family, model) => {
          const destination = readings[family].get(term.target)?.[model] ?? null;
          return destination === null ? [] : [{ family, source: null, destination, services: null }];
        });
      }
    }
  }

  #address({ side, family: only, among, isNegated }: AddressTerm): Readings {
    return this.#perFamily((family, model) => {
      const open = { family, source: null, destination: null, services: null };
      if (only !== null && only !== family) return [open];
      const reading = this.#space.any(among, family);
      const { full } = this.#space.addresses(family);
      const bits = isNegated ? without(full, reading[model === 'may' ? 'must' : 'may']) : reading[model];
      if (bits === full) return [open];
      return bits === null ? [] : [{ ...open, [side]: bits }];
    });
  }

  /** Interfaces of a VPC with the same groups share a filter. */
  #ofGroups({ groups, direction, vpc }: GroupsTerm): Readings {
    const key = `${direction} ${this.#numberOf(vpc)} ${groups
      .map(({ item, doubts }) => `${this.#numberOf(item)}${doubts.length > 0 ? '?' : ''}`)
      .toSorted()
      .join()}`;
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    const space = this.#space;
    const may = groupConditions(groups, { space, direction, model: 'may', vpc });
    const must = groupConditions(groups, { space, direction, model: 'must', vpc });
    const readings = isSame(may, must) ? { may, must: may } : { may, must };
    this.#groups.set(key, readings);
    return readings;
  }

  #numberOf(part: SecurityGroup | Vpc): number {
    const number = this.#numbers.get(part) ?? this.#numbers.size;
    this.#numbers.set(part, number);
    return number;
  }

  #resolve(table: Lookup): { readonly [family in Family]: ReadonlyMap<string, Reading> } {
    const known = this.#lookups.get(table);
    if (known !== undefined) return known;
    const readings = { 4: resolve(table, this.#space.addresses(4)), 6: resolve(table, this.#space.addresses(6)) };
    this.#lookups.set(table, readings);
    return readings;
  }

  #services(bits: Bits | null): Filter {
    if (bits === null) return [];
    if (bits === this.#space.services.full) return null;
    return this.#space.families.map((family) => ({ family, source: null, destination: null, services: bits }));
  }

  #perFamily(make: (family: Family, model: Model) => readonly Condition[]): Readings {
    const { families } = this.#space;
    return {
      may: families.flatMap((family) => make(family, 'may')),
      must: families.flatMap((family) => make(family, 'must')),
    };
  }
}

function isSame(left: Filter, right: Filter): boolean {
  if (left === null || right === null) return left === right;
  return (
    left.length === right.length &&
    left.every((condition, index) => {
      const other = right[index];
      return (
        other !== undefined &&
        condition.family === other.family &&
        isSameBits(condition.source, other.source) &&
        isSameBits(condition.destination, other.destination) &&
        isSameBits(condition.services, other.services)
      );
    })
  );
}

function isSameBits(left: Bits | null, right: Bits | null): boolean {
  if (left === right) return true;
  return left !== null && right !== null && left.every((word, index) => word === right[index]);
}
