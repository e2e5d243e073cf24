import type { Value } from '../../value.ts';
import type { Conversion } from '../convert.ts';
import { textValue } from '../text.ts';
import { COUNT, type FunctionTable, integerAt, listOf, TEXT, textAt } from './definition.ts';

export const NETWORK: FunctionTable = {
  cidrhost: { parameters: [TEXT, COUNT], apply: host },
  cidrnetmask: { parameters: [TEXT], apply: netmask },
  cidrsubnet: { parameters: [TEXT, COUNT, COUNT], apply: subnet },
  cidrsubnets: { parameters: [TEXT], rest: COUNT, apply: subnets },
};

interface Network {
  readonly bits: 32 | 128;
  readonly base: bigint;
  readonly prefix: number;
}

/** An address range with its host bits cleared; `unsure` where Terraform's reading is not reproduced. */
function networkAt(values: readonly Value[], index: number): Network | 'invalid' | 'unsure' {
  const text = textAt(values, index);
  if (!/^[\da-fA-F:.]+\/\d+$/.test(text)) return 'invalid';
  const [address = '', length = ''] = text.split('/');
  const parsed = address.includes(':') ? parseV6(address) : parseV4(address);
  const bits = address.includes(':') ? 128 : 32;
  const prefix = Number(length);
  // Leading zeros and embedded IPv4 are read in ways of their own.
  if (parsed === null) return /^0|\.0\d|:.*\./.test(address) ? 'unsure' : 'invalid';
  if (prefix > bits) return 'invalid';
  if (String(prefix) !== length) return 'unsure';
  const size = BigInt(bits - prefix);
  return { bits, base: (parsed >> size) << size, prefix };
}

function parseV4(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return null;
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function parseV6(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const groupsOf = (half: string | undefined): readonly string[] =>
    half === undefined || half === '' ? [] : half.split(':');
  const [head, tail] = [groupsOf(halves[0]), groupsOf(halves[1])];
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return null;
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

function formatAddress(value: bigint, bits: 32 | 128): string | null {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');
  // Addresses that embed IPv4 have a notation of their own.
  if (value >> 32n === 0xffffn) return null;
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - index * 16)) & 0xffffn).toString(16));
  const { start, length } = longestZeros(groups);
  if (length < 2) return groups.join(':');
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`;
}

function longestZeros(groups: readonly string[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== '0') start = index + 1;
    else if (index + 1 - start > best.length) best = { start, length: index + 1 - start };
  }
  return best;
}

function addressValue(value: bigint, bits: 32 | 128, suffix = ''): Conversion {
  const text = formatAddress(value, bits);
  return text === null ? 'unsure' : textValue(text + suffix);
}

function host(values: readonly Value[]): Conversion {
  const network = networkAt(values, 0);
  const number = integerAt(values, 1);
  if (network === 'invalid' || network === 'unsure') return network;
  if (number === null) return 'unsure';
  const size = 1n << BigInt(network.bits - network.prefix);
  const offset = number < 0 ? size + BigInt(number) : BigInt(number);
  if (offset < 0n || offset >= size) return 'invalid';
  return addressValue(network.base + offset, network.bits);
}

function netmask(values: readonly Value[]): Conversion {
  const network = networkAt(values, 0);
  if (network === 'invalid' || network === 'unsure') return network;
  if (network.bits === 128) return 'invalid';
  const size = BigInt(32 - network.prefix);
  return addressValue((0xffffffffn >> size) << size, 32);
}

function subnet(values: readonly Value[]): Conversion {
  const network = networkAt(values, 0);
  const added = integerAt(values, 1);
  const number = integerAt(values, 2);
  if (network === 'invalid' || network === 'unsure') return network;
  if (added === null || number === null || number < 0 || added < 0) return 'unsure';
  const prefix = network.prefix + added;
  if (prefix > network.bits || BigInt(number) >= 1n << BigInt(added)) return 'invalid';
  const base = network.base + (BigInt(number) << BigInt(network.bits - prefix));
  return addressValue(base, network.bits, `/${prefix}`);
}

/** Ranges one after the other, each at the next multiple of its own size. */
function subnets(values: readonly Value[]): Conversion {
  const network = networkAt(values, 0);
  if (network === 'invalid' || network === 'unsure') return network;
  const end = network.base + (1n << BigInt(network.bits - network.prefix));
  const items: Value[] = [];
  let next = network.base;
  for (let index = 1; index < values.length; index++) {
    const added = integerAt(values, index);
    if (added === null || added > 32) return 'unsure';
    const prefix = network.prefix + added;
    if (added < 1 || prefix > network.bits) return 'invalid';
    const size = 1n << BigInt(network.bits - prefix);
    const base = ((next + size - 1n) / size) * size;
    if (base + size > end) return 'invalid';
    const item = addressValue(base, network.bits, `/${prefix}`);
    if (item === 'unsure' || item === 'invalid') return item;
    items.push(item);
    next = base + size;
  }
  return listOf(items);
}
