import type { Solution } from './fixpoint.ts';
import { isThere, type Setting } from './setting.ts';
import { digestOf } from './flow/digest.ts';
import type { Certificate, CertificateBox } from './question.ts';
import type { AddressAtoms, Family } from './sets/address-atoms.ts';
import { type Bits, has, minus, runs } from './sets/bits.ts';
import type { Box } from './sets/boxes.ts';
import type { Space } from './sets/space.ts';

/**
 * The invariant of a solution as text. Nodes that are not listed have no packets. What does not arrive at a node from the
 * places of the question was not solved there, and belongs to the invariant where it could matter.
 */
export function certificateOf(setting: Setting, { sets, within }: Solution, targets: Iterable<number>): Certificate {
  const { graph, space } = setting;
  const upstream = upstreamOf(setting, sets, targets);
  const nodes = graph.nodes.flatMap(({ name }, index) => {
    if (upstream[index] !== 1) return [];
    const unsolved = space.families.flatMap((family) => beyond(space, family, within[index]?.[family] ?? null));
    const boxes = [...(sets[index]?.boxes ?? []), ...unsolved];
    return boxes.length === 0 ? [] : [{ node: name, boxes: boxes.map((box) => boxText(space, box)) }];
  });
  return { graph: digestOf(graph), nodes };
}

/** Every packet of a family outside of a box. */
function beyond(space: Space, family: Family, box: Box | null): readonly Box[] {
  const { full } = space.addresses(family);
  const every: Box = { family, source: full, destination: full, services: space.services.full };
  if (box === null) return [every];
  const source = minus(full, box.source);
  const destination = minus(full, box.destination);
  const services = minus(space.services.full, box.services);
  return [
    ...(source === null ? [] : [{ ...every, source }]),
    ...(destination === null ? [] : [{ ...every, destination }]),
    ...(services === null ? [] : [{ ...every, services }]),
  ];
}

/** Nodes that have packets, and those from which edges lead to them. */
function upstreamOf(setting: Setting, sets: Solution['sets'], targets: Iterable<number>): Uint8Array {
  const { graph } = setting;
  const found = new Uint8Array(graph.nodes.length);
  const queue = [...targets, ...sets.flatMap((set, index) => (set === null ? [] : [index]))];
  for (const node of queue) found[node] = 1;
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
