import { asNumber, asString, type Hidden, isHidden, unknown, type Value } from '../../../model/value.ts';
import type { Services } from '../topology.ts';
import { CERTAIN, EVERY_SERVICE } from './compilation.ts';

const PROTOCOLS: ReadonlyMap<string, number> = new Map([
  ['icmp', 1],
  ['tcp', 6],
  ['udp', 17],
  ['icmpv6', 58],
]);
const PER_PROTOCOL = 65_536;

/**
 * The services of a rule: its protocol by name or number, `-1` and `all` for every one, and its two ports, which for
 * ICMP are type and code, -1 for all of them.
 */
export function servicesOf(protocol: Value, from: Value, to: Value): Services {
  const name = asString(protocol);
  if (isHidden(name)) return { ranges: [], doubts: [name] };
  if (name === null || name === '-1' || name === 'all') return EVERY_SERVICE;
  const number = PROTOCOLS.get(name.toLowerCase()) ?? (/^\d{1,3}$/.test(name) ? Number(name) : null);
  if (number === null || number > 255) {
    return { ranges: [], doubts: [unknown('invalid', JSON.stringify(name), 'is no protocol')] };
  }
  if (number === 6 || number === 17) return portsOf(number, from, to);
  if (number === 1 || number === 58) return messagesOf(number, from, to);
  return serviceRange(number, 0, PER_PROTOCOL - 1);
}

/** One protocol with all of its ports or messages from `first` to `last`. */
export function serviceRange(protocol: number, first: number, last: number): Services {
  return {
    ranges: [{ first: protocol * PER_PROTOCOL + first, last: protocol * PER_PROTOCOL + last }],
    doubts: CERTAIN,
  };
}

export function tcp(port: number): Services {
  return serviceRange(6, port, port);
}

function portsOf(protocol: number, from: Value, to: Value): Services {
  const [first, last] = [asNumber(from), asNumber(to)];
  const hidden = [first, last].filter(isHidden);
  if (hidden.length > 0) return { ranges: [], doubts: hidden };
  if (isPort(first) && isPort(last)) return first <= last ? serviceRange(protocol, first, last) : NO_SERVICE;
  // AWS reads ports that are left out, or -1, as all of them.
  return serviceRange(protocol, 0, PER_PROTOCOL - 1);
}

const NO_SERVICE: Services = { ranges: [], doubts: CERTAIN };

function messagesOf(protocol: number, type: Value, code: Value): Services {
  const [first, second] = [asNumber(type), asNumber(code)];
  const hidden = [first, second].filter(isHidden);
  if (hidden.length > 0) return { ranges: [], doubts: hidden };
  if (!isOctet(first)) return serviceRange(protocol, 0, PER_PROTOCOL - 1);
  return isOctet(second)
    ? serviceRange(protocol, first * 256 + second, first * 256 + second)
    : serviceRange(protocol, first * 256, first * 256 + 255);
}

function isPort(value: number | null | Hidden): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < PER_PROTOCOL;
}

function isOctet(value: number | null | Hidden): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 256;
}
