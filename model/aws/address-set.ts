import { type AddressRange, parseCidr, union } from './cidr.ts';

/** Addresses of both families, as sorted ranges that neither overlap nor touch. */
export type AddressSet = readonly AddressRange[];

const LAST = { 4: (1n << 32n) - 1n, 6: (1n << 128n) - 1n } as const;
const FAMILIES = [4, 6] as const;

export const ALL_ADDRESSES: AddressSet = FAMILIES.map((family) => ({ family, first: 0n, last: LAST[family] }));

/** The addresses that are in none of the ranges. */
export function complement(ranges: readonly AddressRange[]): AddressSet {
  const merged = union(ranges);
  return FAMILIES.flatMap((family) => {
    const gaps: AddressRange[] = [];
    let next = 0n;
    for (const { first, last } of merged.filter((range) => range.family === family)) {
      if (first > next) gaps.push({ family, first: next, last: first - 1n });
      next = last + 1n;
    }
    if (next <= LAST[family]) gaps.push({ family, first: next, last: LAST[family] });
    return gaps;
  });
}

/** The addresses of `ranges` that `others` lack. */
export function subtract(ranges: readonly AddressRange[], others: readonly AddressRange[]): AddressSet {
  return complement([...complement(ranges), ...others]);
}

/** An address, a CIDR block, or a range `192.0.2.1-192.0.2.9`; null for anything else. */
export function parseAddresses(text: string): AddressSet | null {
  const [first, last, ...rest] = text.split('-');
  if (first === undefined || rest.length > 0) return null;
  const start = parseCidr(first) ?? parseAddress(first);
  if (start === null || last === undefined) return start === null ? null : [start];
  const [from, to] = [parseAddress(first), parseAddress(last)];
  if (from === null || to === null || from.family !== to.family || from.first > to.first) return null;
  return [{ family: from.family, first: from.first, last: to.first }];
}

function parseAddress(text: string): AddressRange | null {
  return text.includes('/') ? null : parseCidr(`${text}/${text.includes(':') ? 128 : 32}`);
}
