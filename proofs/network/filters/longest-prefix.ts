import type { Lookup, LookupEntry } from '../flow/term.ts';
import type { AddressAtoms } from '../sets/address-atoms.ts';
import { type Bits, join, without } from '../sets/bits.ts';
import type { Reading } from '../sets/service-atoms.ts';

/** An entry with what it claims, and how long its prefix is at least and at most: of an unknown block only AWS knows. */
interface Claim {
  readonly entry: LookupEntry;
  readonly may: Bits | null;
  readonly must: Bits | null;
  readonly least: number;
  readonly most: number;
  readonly isCertain: boolean;
}

const NOTHING: Reading = { may: null, must: null };
const BITS = { 4: 32, 6: 128 } as const;

/**
 * The destinations that a table sends to each target. May: an entry that may be there is a way for what it may claim, and
 * shadows nothing. Must: it is no way, and shadows what it may claim.
 */
export function resolve(lookup: Lookup, atoms: AddressAtoms): ReadonlyMap<string, Reading> {
  const claims = claimsOf(lookup, atoms);
  const ways = new Map<string, Reading>();
  const add = (target: string, reading: Partial<Reading>): void => {
    const known = ways.get(target) ?? NOTHING;
    ways.set(target, { may: join(known.may, reading.may ?? null), must: join(known.must, reading.must ?? null) });
  };
  const locals = claims.filter(({ entry }) => entry.kind === 'local');
  const sureLocals = unionOf(
    locals.filter(({ isCertain }) => isCertain),
    ({ must }) => must,
  );
  const perhapsLocals = unionOf(locals, ({ may }) => may);
  for (const [claim, may] of shadowedForMay(claims, perhapsLocals)) {
    add(claim.entry.target, { may: claim.entry.kind === 'propagated' ? without(may, sureLocals) : may });
  }
  for (const [claim, must] of shadowedForMust(claims, sureLocals)) {
    add(claim.entry.target, { must: claim.entry.kind === 'propagated' ? without(must, perhapsLocals) : must });
  }
  for (const [target, { may, must }] of ways) {
    if (may !== null && must !== null && may !== must && without(may, must) === null)
      ways.set(target, { may, must: may });
  }
  return ways;
}

function claimsOf({ entries, open }: Lookup, atoms: AddressAtoms): readonly Claim[] {
  const claims: Claim[] = [];
  for (const entry of entries) {
    const claim = claimOf(entry, atoms);
    if (claim !== null) claims.push(claim);
  }
  if (open.length === 0) return claims;
  const entry: LookupEntry = {
    destination: { kind: 'any', doubts: open },
    rank: -1,
    kind: 'other',
    target: 'hidden',
    doubts: open,
  };
  return [...claims, anyClaim(entry, atoms)];
}

function claimOf(entry: LookupEntry, atoms: AddressAtoms): Claim | null {
  const { destination } = entry;
  const isCertain = entry.doubts.length === 0;
  switch (destination.kind) {
    case 'range': {
      const { range } = destination;
      if (range.family !== atoms.family) return null;
      const length = BITS[atoms.family] - ((range.last - range.first + 1n).toString(2).length - 1);
      return {
        entry,
        ...atoms.read({ ranges: [range], unknowns: [], doubts: [] }),
        least: length,
        most: length,
        isCertain,
      };
    }
    case 'unknown': {
      const { unknown } = destination;
      if (unknown.family !== atoms.family) return null;
      const most = BITS[atoms.family];
      return {
        entry,
        ...atoms.read({ ranges: [], unknowns: [unknown], doubts: [] }),
        least: unknown.length,
        most,
        isCertain,
      };
    }
    case 'any':
      return anyClaim(entry, atoms);
  }
}

function anyClaim(entry: LookupEntry, atoms: AddressAtoms): Claim {
  return {
    entry: { ...entry, rank: -1 },
    may: atoms.full,
    must: null,
    least: 0,
    most: BITS[atoms.family],
    isCertain: false,
  };
}

/** What each entry may claim without what certainly goes to a better one. */
function shadowedForMay(claims: readonly Claim[], locals: Bits | null): readonly (readonly [Claim, Bits | null])[] {
  const shadowers = claims
    .filter(({ isCertain }) => isCertain)
    .toSorted((left, right) => right.least - left.least || left.entry.rank - right.entry.rank);
  const ordered = claims.toSorted((left, right) => right.most - left.most || left.entry.rank - right.entry.rank);
  let shadow: Bits | null = null;
  let next = 0;
  return ordered.map((claim) => {
    for (let other = shadowers[next]; other !== undefined; other = shadowers[++next]) {
      const isBetter = other.least > claim.most || (other.least === claim.most && other.entry.rank < claim.entry.rank);
      if (!isBetter) break;
      shadow = join(shadow, other.entry.kind === 'propagated' ? without(other.must, locals) : other.must);
    }
    let rest = without(claim.may, shadow);
    for (const twin of twinsOf(claim, claims)) {
      if (twin.isCertain && twin.entry.rank < claim.entry.rank) rest = without(rest, twin.must);
    }
    return [claim, rest] as const;
  });
}

/** What each certain entry certainly claims without what may go to a better one, or to one as good that may be there. */
function shadowedForMust(claims: readonly Claim[], locals: Bits | null): readonly (readonly [Claim, Bits | null])[] {
  const weight = ({ entry, isCertain }: Claim): number => (isCertain ? entry.rank : entry.rank - 0.5);
  const shadowers = claims.toSorted((left, right) => right.most - left.most || weight(left) - weight(right));
  const beats = (other: Claim, claim: Claim): boolean =>
    other.most > claim.least || (other.most === claim.least && weight(other) < claim.entry.rank);
  const shadowOf = (other: Claim): Bits | null =>
    other.entry.kind === 'propagated' ? without(other.may, locals) : other.may;
  const ordered = claims
    .filter(({ isCertain }) => isCertain)
    .toSorted((left, right) => right.least - left.least || left.entry.rank - right.entry.rank);
  let shadow: Bits | null = null;
  let next = 0;
  return ordered.map((claim) => {
    if (claim.least !== claim.most) return [claim, looseMust(claim, claims, { beats, shadowOf })] as const;
    for (let other = shadowers[next]; other !== undefined && beats(other, claim); other = shadowers[++next]) {
      shadow = join(shadow, shadowOf(other));
    }
    return [claim, without(claim.must, shadow)] as const;
  });
}

/** The same for an entry of an unknown block, which has the same length as others of that block. */
function looseMust(
  claim: Claim,
  claims: readonly Claim[],
  {
    beats,
    shadowOf,
  }: {
    readonly beats: (other: Claim, claim: Claim) => boolean;
    readonly shadowOf: (other: Claim) => Bits | null;
  },
): Bits | null {
  const twins = new Set(twinsOf(claim, claims));
  let rest = claim.must;
  for (const other of claims) {
    if (other === claim) continue;
    const isBetter = twins.has(other)
      ? other.entry.rank < claim.entry.rank || (!other.isCertain && other.entry.rank === claim.entry.rank)
      : beats(other, claim);
    if (isBetter) rest = without(rest, shadowOf(other));
  }
  return rest;
}

function twinsOf(claim: Claim, claims: readonly Claim[]): readonly Claim[] {
  const { destination } = claim.entry;
  if (destination.kind !== 'unknown' || claim.least === claim.most) return [];
  const { name } = destination.unknown;
  return claims.filter(
    ({ entry }) =>
      entry !== claim.entry && entry.destination.kind === 'unknown' && entry.destination.unknown.name === name,
  );
}

function unionOf(claims: readonly Claim[], bitsOf: (claim: Claim) => Bits | null): Bits | null {
  let union: Bits | null = null;
  for (const claim of claims) union = join(union, bitsOf(claim));
  return union;
}
