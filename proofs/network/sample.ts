import { parseCidr } from '../../model/aws/cidr.ts';
import type { Address, Packet } from './question.ts';
import type { Family } from './sets/address-atoms.ts';
import { and, type Bits, fill, firstAtom, has, minus } from './sets/bits.ts';
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

interface Faces {
  /** Atoms of single addresses of interfaces, and these addresses. */
  readonly hosts: Bits;
  readonly addressOf: ReadonlyMap<number, Address>;
  readonly strangers: readonly { readonly atom: number; readonly value: bigint }[];
}

/** Picks packets that people recognise out of boxes: addresses of real interfaces, well-known services. */
export class Sampler {
  readonly #space: Space;
  readonly #faces: { readonly [family in Family]: Faces };
  readonly #services: readonly { readonly atom: number; readonly service: number }[];

  constructor({ interfaces }: Topology, space: Space) {
    this.#space = space;
    this.#faces = { 4: facesOf(interfaces, space, 4), 6: facesOf(interfaces, space, 6) };
    this.#services = SERVICES.map((service) => ({ atom: space.services.atom(service), service }));
  }

  /** A packet of the boxes, always the same one; IPv4 before IPv6. */
  packet(boxes: readonly Box[]): Packet | null {
    const box = boxes.find(({ family }) => family === 4) ?? boxes[0];
    if (box === undefined) return null;
    const { family, source, destination, services } = box;
    const from = this.#address(family, source);
    const atom = this.#atomOf(family, from);
    const others = atom === null ? null : minus(destination, this.#single(family, atom));
    return {
      source: from,
      destination: this.#address(family, others ?? destination),
      service: this.#service(services),
    };
  }

  #address(family: Family, bits: Bits): Address {
    const atoms = this.#space.addresses(family);
    const { hosts, addressOf, strangers } = this.#faces[family];
    const shared = and(bits, hosts);
    const host = shared === null ? undefined : addressOf.get(firstAtom(shared));
    if (host !== undefined) return host;
    const stranger = strangers.find(({ atom }) => has(bits, atom));
    if (stranger !== undefined) return { kind: 'number', family, value: stranger.value };
    const atom = firstAtom(bits);
    const unknown = atoms.unknown(atom);
    if (unknown !== null) return { kind: 'unknown', unknown };
    const { first, last } = atoms.range(atom);
    // Neither the address of a network nor, of a subnet, those that AWS keeps.
    return { kind: 'number', family, value: last - first > 10n ? first + 10n : first };
  }

  /** The atom of an address of an interface, to which a packet from there is not sent if it can be helped. */
  #atomOf(family: Family, address: Address): number | null {
    const atoms = this.#space.addresses(family);
    const atom = address.kind === 'number' ? atoms.atom(address.value) : null;
    return atom !== null && this.#faces[family].addressOf.has(atom) ? atom : null;
  }

  #single(family: Family, atom: number): Bits {
    const bits = new Uint32Array(this.#space.addresses(family).full.length);
    fill(bits, atom, atom + 1);
    return bits;
  }

  #service(bits: Bits): number {
    const { services } = this.#space;
    return this.#services.find(({ atom }) => has(bits, atom))?.service ?? services.range(firstAtom(bits)).first;
  }
}

function facesOf(interfaces: readonly Interface[], space: Space, family: Family): Faces {
  const atoms = space.addresses(family);
  const addressOf = new Map<number, Address>();
  for (const { addresses } of interfaces) {
    for (const { family: own, first, last } of addresses.ranges) {
      if (own === family && first === last) addressOf.set(atoms.atom(first), { kind: 'number', family, value: first });
    }
    for (const unknown of addresses.unknowns) {
      const atom = unknown.family === family ? atoms.atomOfUnknown(unknown) : null;
      if (atom !== null) addressOf.set(atom, { kind: 'unknown', unknown });
    }
  }
  const hosts = new Uint32Array(atoms.full.length);
  for (const atom of addressOf.keys()) fill(hosts, atom, atom + 1);
  return { hosts, addressOf, strangers: STRANGERS[family].map((value) => ({ atom: atoms.atom(value), value })) };
}

function numberOf(text: string): bigint {
  return parseCidr(text)?.first ?? 0n;
}
