import type { Setting, Solution } from './fixpoint.ts';
import { isThere } from './fixpoint.ts';
import { digestOf } from './flow/digest.ts';
import type { Certificate, CertificateBox } from './question.ts';
import type { AddressAtoms, Family } from './sets/address-atoms.ts';
import { type Bits, has, runs } from './sets/bits.ts';
import type { Box } from './sets/boxes.ts';
import type { Space } from './sets/space.ts';

/** Every packet, for nodes that nothing from the places of the question reaches and that therefore were not solved. */
const EVERYTHING: readonly CertificateBox[] = [
  { sources: ['any IPv4'], destinations: ['any IPv4'], services: ['any'] },
  { sources: ['any IPv6'], destinations: ['any IPv6'], services: ['any'] },
];

/** The invariant of a solution as text. Nodes that are not listed have no packets. */
export function certificateOf(setting: Setting, { sets, slice }: Solution): Certificate {
  const { graph, space } = setting;
  const upstream = upstreamOf(setting, sets);
  const nodes = graph.nodes.flatMap(({ name }, index) => {
    if (slice[index] === 1) {
      const boxes = sets[index]?.boxes ?? [];
      return boxes.length === 0 ? [] : [{ node: name, boxes: boxes.map((box) => boxText(space, box)) }];
    }
    return upstream[index] === 1 ? [{ node: name, boxes: EVERYTHING }] : [];
  });
  return { graph: digestOf(graph), nodes };
}

/** Nodes from which edges lead to a node that has packets. */
function upstreamOf(setting: Setting, sets: Solution['sets']): Uint8Array {
  const { graph } = setting;
  const found = new Uint8Array(graph.nodes.length);
  const queue = sets.flatMap((set, index) => (set === null ? [] : [index]));
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const index of graph.in[node] ?? []) {
      const from = graph.edges[index]?.from ?? node;
      const source = graph.nodes[from];
      if (found[from] === 1 || source === undefined || !isThere(source, setting)) continue;
      found[from] = 1;
      queue.push(from);
    }
  }
  return found;
}

function boxText(space: Space, { family, source, destination, services }: Box): CertificateBox {
  const atoms = space.addresses(family);
  return {
    sources: addressesText(atoms, source),
    destinations: addressesText(atoms, destination),
    services:
      services === space.services.full
        ? ['any']
        : runs(services, space.services.size).map(
            ([first, end]) => `${space.services.range(first).first}-${space.services.range(end - 1).last}`,
          ),
  };
}

function addressesText(atoms: AddressAtoms, bits: Bits): readonly string[] {
  if (bits.every((word, index) => word === atoms.full[index])) return [`any IPv${atoms.family}`];
  const numbers = runs(bits, atoms.numbers).map(
    ([first, end]) =>
      `${formatAddress(atoms.family, atoms.range(first).first)}-${formatAddress(atoms.family, atoms.range(end - 1).last)}`,
  );
  const unknowns = atoms.unknowns.filter((_, index) => has(bits, atoms.numbers + index)).map(({ name }) => `? ${name}`);
  return [...numbers, ...unknowns];
}

function formatAddress(family: Family, address: bigint): string {
  const [parts, bits, base, separator] = family === 4 ? ([4, 8n, 10, '.'] as const) : ([8, 16n, 16, ':'] as const);
  const groups: string[] = [];
  for (let rest = address, index = 0; index < parts; index++, rest >>= bits) {
    groups.unshift((rest & ((1n << bits) - 1n)).toString(base));
  }
  return groups.join(separator);
}
