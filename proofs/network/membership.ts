import { type AddressRange, covers } from '../../model/aws/cidr.ts';
import { type Hidden, unknown } from '../../model/value.ts';
import type { Address } from './question.ts';
import type { Addresses, Destination, Doubts, Interface, Services, Truth, Unknown } from './topology.ts';

/** Whether something is so: yes, no, or perhaps, and then what hides it. */
export type Verdict = { readonly kind: 'yes' | 'no' } | { readonly kind: 'perhaps'; readonly doubts: Doubts };

export const YES: Verdict = { kind: 'yes' };
export const NO: Verdict = { kind: 'no' };

/** Yes, unless something hides it. */
export function unless(doubts: Doubts): Verdict {
  return doubts.length === 0 ? YES : { kind: 'perhaps', doubts };
}

export function truth({ holds, doubts }: Truth): Verdict {
  if (doubts.length > 0) return unless(doubts);
  return holds ? YES : NO;
}

export function not(verdict: Verdict): Verdict {
  if (verdict.kind === 'perhaps') return verdict;
  return verdict.kind === 'yes' ? NO : YES;
}

export function both(...verdicts: readonly Verdict[]): Verdict {
  if (verdicts.some(({ kind }) => kind === 'no')) return NO;
  return unless(doubtsOf(verdicts));
}

export function either(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.some(({ kind }) => kind === 'yes')) return YES;
  const doubts = doubtsOf(verdicts);
  return doubts.length === 0 ? NO : unless(doubts);
}

function doubtsOf(verdicts: readonly Verdict[]): Doubts {
  const found = verdicts.flatMap((verdict) => (verdict.kind === 'perhaps' ? [verdict.doubts] : []));
  return found.length > 1 ? [...new Set(found.flat())] : (found[0] ?? []);
}

/** Whether an address belongs to a set. A number never is one that only AWS knows: those are written as unknowns. */
export function inAddresses(address: Address, { ranges, unknowns, doubts }: Addresses): Verdict {
  const isNamed = unknowns.some((block) => isWithin(address, block));
  const verdict = isNamed ? YES : inRanges(address, ranges);
  return doubts.length === 0 ? verdict : either([verdict, unless(doubts)]);
}

/** Whether a service belongs to a set. */
export function inServices(service: number, { ranges, doubts }: Services): Verdict {
  if (ranges.some(({ first, last }) => first <= service && service <= last)) return YES;
  return doubts.length === 0 ? NO : unless(doubts);
}

/** Whether a route's destination covers an address. */
export function inDestination(address: Address, destination: Destination): Verdict {
  switch (destination.kind) {
    case 'range':
      return inRanges(address, [destination.range]);
    case 'unknown':
      return isWithin(address, destination.unknown) ? YES : NO;
    case 'any':
      return unless(destination.doubts);
  }
}

export function familyOf(address: Address): 4 | 6 {
  return address.kind === 'number' ? address.family : address.unknown.family;
}

/** An unknown and the unknown blocks that it is a part of. */
export function blocksOf(unknown: Unknown): readonly Unknown[] {
  const blocks: Unknown[] = [];
  for (let block: Unknown | null = unknown; block !== null; block = block.parent) blocks.push(block);
  return blocks;
}

function isWithin(address: Address, wanted: Unknown): boolean {
  return address.kind === 'unknown' && blocksOf(address.unknown).some(({ name }) => name === wanted.name);
}

function inRanges(address: Address, ranges: readonly AddressRange[]): Verdict {
  if (address.kind === 'number') {
    const { family, value } = address;
    return ranges.some((range) => range.family === family && range.first <= value && value <= range.last) ? YES : NO;
  }
  const { within } = address.unknown;
  const near = ranges.filter(
    ({ family, first, last }) => family === within.family && first <= within.last && within.first <= last,
  );
  if (near.length === 0) return NO;
  return covers(near, within) ? YES : unless([hiddenNumber(address.unknown)]);
}

const HIDDEN_NUMBERS = new WeakMap<Unknown, Hidden>();

/** What hides the numbers of an address or block that only AWS knows. */
export function hiddenNumber(address: Unknown): Hidden {
  const known = HIDDEN_NUMBERS.get(address);
  if (known !== undefined) return known;
  const made = unknown('environment', address.name, 'is an address that only AWS knows');
  HIDDEN_NUMBERS.set(address, made);
  return made;
}

/** What hides whether a rule that names a group lets in those that carry it in another VPC. */
export const OTHER_VPC: Hidden = unknown(
  'environment',
  'a rule that names a security group',
  'means its members in other VPCs only over a peering of the Region, or a transit gateway that supports it',
);

/** What hides with which source a relay hands something over. */
export const HANDED_SOURCE: Hidden = unknown(
  'environment',
  'what is handed over past the network',
  'has a source that depends on the client',
);

/** What hides whether a packet came by a balancer, and so is let in by rules that name the balancer's group. */
export function keptBy({ origin }: Interface): Hidden {
  return unknown(
    'environment',
    origin.name,
    'keeps the addresses of its clients, whom rules that name its group let in',
  );
}
