import type { AddressRange } from '../../model/aws/cidr.ts';
import type { Address, Packet, Place, Trace } from './question.ts';
import type { Destination } from './topology.ts';

const PROTOCOLS = new Map([
  [1, 'icmp'],
  [6, 'tcp'],
  [17, 'udp'],
  [47, 'gre'],
  [50, 'esp'],
  [51, 'ah'],
  [58, 'icmpv6'],
]);

/** `tcp 443 from 10.0.1.5 to 203.0.113.9`. */
export function describePacket({ source, destination, service }: Packet): string {
  return `${describeService(service)} from ${describeAddress(source)} to ${describeAddress(destination)}`;
}

/** `tcp 443`, `icmp type 8 code 0`, `protocol 99`. */
export function describeService(service: number): string {
  const protocol = Math.floor(service / 65_536);
  const port = service % 65_536;
  const name = PROTOCOLS.get(protocol) ?? `protocol ${protocol}`;
  if (protocol === 6 || protocol === 17) return `${name} ${port}`;
  if (protocol === 1 || protocol === 58) return `${name} type ${port >>> 8} code ${port & 0xff}`;
  return name;
}

/** The address, or the name of one that only AWS knows. */
export function describeAddress(address: Address): string {
  return address.kind === 'number' ? describeNumber(address.family, address.value) : address.unknown.name;
}

/** `10.0.0.0/16`, `10.0.1.5` for one address, `10.0.0.1-10.0.0.6` for what is no block. */
export function describeRange({ family, first, last }: AddressRange): string {
  if (first === last) return describeNumber(family, first);
  const size = last - first + 1n;
  const hostBits = size.toString(2).length - 1;
  if (size !== 1n << BigInt(hostBits) || first % size !== 0n)
    return `${describeNumber(family, first)}-${describeNumber(family, last)}`;
  return `${describeNumber(family, first)}/${(family === 4 ? 32 : 128) - hostBits}`;
}

/** What a route leads to: `0.0.0.0/0`, the name of a block, `an unknown destination`. */
export function describeDestination(destination: Destination): string {
  switch (destination.kind) {
    case 'range':
      return describeRange(destination.range);
    case 'unknown':
      return destination.unknown.name;
    case 'any':
      return 'an unknown destination';
  }
}

export function describePlace(place: Place): string {
  switch (place.kind) {
    case 'subnet':
      return place.subnet.origin.name;
    case 'interface':
      return place.interface.origin.name;
    case 'outside':
      return place.outside.name;
    case 'managed':
      return place.managed.origin.name;
  }
}

/** The packet, and below it each hop with what becomes of the packet when it is changed. */
export function describeTrace({ packet, hops }: Trace): readonly string[] {
  const lines = [describePacket(packet)];
  let before = describePacket(packet);
  for (const { at, what, packet: after } of hops) {
    const text = describePacket(after);
    lines.push(`  ${at.name} ${what}${text === before ? '' : `, as ${text}`}`);
    before = text;
  }
  return lines;
}

function describeNumber(family: 4 | 6, value: bigint): string {
  return family === 4 ? describeIpv4(value) : describeIpv6(value);
}

function describeIpv4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.');
}

/** RFC 5952: lower case, the longest run of two or more zero groups, the first of equal ones, written `::`. */
function describeIpv6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16));
  let start = 0;
  let length = 1;
  for (let index = 0; index < groups.length; index++) {
    let end = index;
    while (groups[end] === '0') end++;
    if (end - index > length) [start, length] = [index, end - index];
    if (end > index) index = end;
  }
  if (length < 2) return groups.join(':');
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`;
}
