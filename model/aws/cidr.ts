/** The addresses of a CIDR block, both ends included. IPv4-mapped IPv6 blocks are ranges of IPv4. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

const BITS = { 4: 32, 6: 128 } as const;

/** `::ffff:0:0/96`, under which IPv6 writes the addresses of IPv4. */
const MAPPED_PREFIX = 0xffffn;
const MAPPED_LENGTH = 96;

/**
 * The range of a CIDR block. Host bits are dropped, as AWS does. A prefix of length 0 is everything, however short its
 * address is written (`0/0`). Null for what is no CIDR block, or has several readings (`010.0.0.0/8`, `10.1/16`).
 */
export function parseCidr(text: string): AddressRange | null {
  const [address, length, ...rest] = text.split('/');
  if (address === undefined || length === undefined || rest.length > 0 || !/^\d{1,3}$/.test(length)) return null;
  const prefix = Number(length);
  if (prefix === 0 && /^\d{1,3}(\.\d{1,3}){0,3}$/.test(address)) return block(4, 0n, 0);
  const v4 = parseIpv4(address);
  if (v4 !== null) return prefix <= BITS[4] ? block(4, v4, prefix) : null;
  const v6 = parseIpv6(address);
  if (v6 === null || prefix > BITS[6]) return null;
  return prefix >= MAPPED_LENGTH && v6 >> 32n === MAPPED_PREFIX
    ? block(4, v6 & 0xffff_ffffn, prefix - MAPPED_LENGTH)
    : block(6, v6, prefix);
}

/** Whether every address of `range` is in one of `ranges`. */
export function covers(ranges: readonly AddressRange[], range: AddressRange): boolean {
  // Mostly one of them does it alone.
  return ranges.some((outer) => contains(outer, range)) || union(ranges).some((outer) => contains(outer, range));
}

function contains(outer: AddressRange, { family, first, last }: AddressRange): boolean {
  return outer.family === family && outer.first <= first && last <= outer.last;
}

/** The same addresses as sorted ranges that neither overlap nor touch. */
export function union(ranges: readonly AddressRange[]): readonly AddressRange[] {
  const merged: AddressRange[] = [];
  for (const range of ranges.toSorted(byStart)) {
    const previous = merged.at(-1);
    if (previous === undefined || previous.family !== range.family || range.first > previous.last + 1n) {
      merged.push(range);
    } else if (range.last > previous.last) {
      merged[merged.length - 1] = { ...previous, last: range.last };
    }
  }
  return merged;
}

/** Every address of a family, and of IPv6 the part that the Internet routes. */
const WORLDS: readonly AddressRange[] = [block(4, 0n, 0), block(6, 0x2000n << 112n, 3)];

/** Whether the ranges together let in everybody of a family, in whatever pieces they are written. */
export function coversWorld(ranges: readonly AddressRange[]): boolean {
  return WORLDS.some((world) => covers(ranges, world));
}

function block(family: 4 | 6, address: bigint, prefix: number): AddressRange {
  const hostBits = BigInt(BITS[family] - prefix);
  const first = (address >> hostBits) << hostBits;
  return { family, first, last: first + (1n << hostBits) - 1n };
}

function byStart(left: AddressRange, right: AddressRange): number {
  if (left.family !== right.family) return left.family - right.family;
  return left.first < right.first ? -1 : left.first > right.first ? 1 : 0;
}

function parseIpv4(text: string): bigint | null {
  const octets = text.split('.');
  if (octets.length !== 4) return null;
  let address = 0n;
  for (const octet of octets) {
    if (!/^(0|[1-9]\d{0,2})$/.test(octet) || Number(octet) > 255) return null;
    address = (address << 8n) | BigInt(octet);
  }
  return address;
}

function parseIpv6(text: string): bigint | null {
  const [head = '', tail, ...rest] = text.split('::');
  if (rest.length > 0) return null;
  const before = groupsOf(head, tail === undefined);
  const after = tail === undefined ? [] : groupsOf(tail, true);
  if (before === null || after === null) return null;
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const groups = [...before, ...Array.from({ length: missing }, () => 0n), ...after];
  return groups.reduce((address, group) => (address << 16n) | group, 0n);
}

/** The 16-bit groups of one side of `::`; the last side may end in an IPv4 address. */
function groupsOf(text: string, isEnd: boolean): readonly bigint[] | null {
  if (text === '') return [];
  const parts = text.split(':');
  const groups: bigint[] = [];
  for (const [index, part] of parts.entries()) {
    const v4 = isEnd && index === parts.length - 1 ? parseIpv4(part) : null;
    if (v4 !== null) groups.push(v4 >> 16n, v4 & 0xffffn);
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`));
    else return null;
  }
  return groups;
}
