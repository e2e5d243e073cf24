import { parseCidr } from '../../model/aws/cidr.ts';
import type { Address, Packet } from './question.ts';
import type { Family } from './sets/address-atoms.ts';
import { type Bits, firstAtom, has } from './sets/bits.ts';
import type { Box } from './sets/boxes.ts';
import type { Space } from './sets/space.ts';
import type { Interface, Topology } from './topology.ts';

const TCP = 6 * 65536;
const UDP = 17 * 65536;
/** Services that people recognise, best first. */
const SERVICES = [TCP + 443, TCP + 80, TCP + 22, UDP + 53, TCP + 5432, TCP, UDP];

/** Public addresses that stand for anybody: those of documentation, then some that are well known. */
const STRANGERS = {
  4: ['203.0.113.10', '198.51.100.10', '93.184.216.34', '8.8.8.8', '1.1.1.1'].map((text) => numberOf(`${text}/32`)),
  6: ['2001:db8::10', '2606:4700:4700::1111', '2001:4860:4860::8888'].map((text) => numberOf(`${text}/128`)),
} as const;

/** Picks packets that people recognise out of boxes: addresses of real interfaces, well-known services. */
export class Sampler {
  readonly #space: Space;
  readonly #hosts: { readonly [family in Family]: readonly { readonly atom: number; readonly address: Address }[] };

  constructor(topology: Topology, space: Space) {
    this.#space = space;
    this.#hosts = { 4: hostsOf(topology.interfaces, space, 4), 6: hostsOf(topology.interfaces, space, 6) };
  }

  /** A packet of the boxes, always the same one; IPv4 before IPv6. */
  packet(boxes: readonly Box[]): Packet | null {
    const box = boxes.find(({ family }) => family === 4) ?? boxes[0];
    if (box === undefined) return null;
    return {
      source: this.#address(box.family, box.source),
      destination: this.#address(box.family, box.destination),
      service: this.#service(box.services),
    };
  }

  #address(family: Family, bits: Bits): Address {
    const atoms = this.#space.addresses(family);
    const host = this.#hosts[family].find(({ atom }) => has(bits, atom));
    if (host !== undefined) return host.address;
    const stranger = STRANGERS[family].find((address) => atoms.includes(bits, address));
    if (stranger !== undefined) return { kind: 'number', family, value: stranger };
    const atom = firstAtom(bits);
    const unknown = atoms.unknown(atom);
    if (unknown !== null) return { kind: 'unknown', unknown };
    const { first, last } = atoms.range(atom);
    // Neither the address of a network nor, of a subnet, those that AWS keeps.
    return { kind: 'number', family, value: last - first > 10n ? first + 10n : first };
  }

  #service(bits: Bits): number {
    const { services } = this.#space;
    return SERVICES.find((service) => services.includes(bits, service)) ?? services.range(firstAtom(bits)).first;
  }
}

function hostsOf(
  interfaces: readonly Interface[],
  space: Space,
  family: Family,
): readonly { readonly atom: number; readonly address: Address }[] {
  const atoms = space.addresses(family);
  return interfaces.flatMap(({ addresses }) => {
    const hosts: { atom: number; address: Address }[] = [];
    for (const range of addresses.ranges) {
      if (range.family !== family || range.first !== range.last) continue;
      const [atom] = atoms.between(range.first, range.last + 1n);
      hosts.push({ atom, address: { kind: 'number', family, value: range.first } });
    }
    for (const unknown of addresses.unknowns) {
      if (unknown.family !== family) continue;
      const atom = atoms.numbers + atoms.unknowns.findIndex(({ name }) => name === unknown.name);
      hosts.push({ atom, address: { kind: 'unknown', unknown } });
    }
    return hosts;
  });
}

function numberOf(text: string): bigint {
  return parseCidr(text)?.first ?? 0n;
}
