import type { AddressRange } from '../../../model/aws/cidr.ts';
import type { FlowEdge, FlowGraph } from '../flow/graph.ts';
import { NAT64, type Term } from '../flow/term.ts';
import { OTHER_VPC } from '../membership.ts';
import type {
  Addresses,
  Destination,
  SecurityGroup,
  SecurityRule,
  ServiceRange,
  Services,
  Unknown,
  Vpc,
} from '../topology.ts';
import { AddressAtoms, type Family } from './address-atoms.ts';
import { join } from './bits.ts';
import { type Reading, ServiceAtoms } from './service-atoms.ts';

/** What a space must tell apart. */
export interface Distinctions {
  readonly edges: readonly FlowEdge[];
  readonly addresses: readonly Addresses[];
  readonly services: readonly Services[];
}

/** All packets, cut into the atoms that the filters of a network and some questions tell apart. */
export class Space {
  readonly families: readonly Family[] = [4, 6];
  readonly services: ServiceAtoms;
  readonly #addresses: { readonly [family in Family]: AddressAtoms };
  readonly #graph: FlowGraph;
  readonly #members = new Map<SecurityGroup, Map<Vpc, { readonly [family in Family]: Reading }>>();

  /** Fine enough for some edges of the graph, and for what questions name besides. */
  constructor(graph: FlowGraph, { edges, addresses, services }: Distinctions) {
    this.#graph = graph;
    const literals = new Literals(graph);
    for (const { terms } of edges) for (const term of terms) literals.addTerm(term);
    // A range may hold an unknown that nothing else names here.
    for (const unknown of unknownsOf(graph)) literals.addUnknown(unknown);
    for (const named of addresses) literals.addAddresses(named);
    for (const named of services) literals.addServices(named);
    if (edges.some(({ change }) => change === 'to-ipv4')) literals.embedIpv4();
    this.services = new ServiceAtoms(literals.services);
    const unknowns = [...literals.unknowns.values()];
    this.#addresses = {
      4: new AddressAtoms(
        4,
        literals.ranges,
        unknowns.filter(({ family }) => family === 4),
      ),
      6: new AddressAtoms(
        6,
        literals.ranges,
        unknowns.filter(({ family }) => family === 6),
      ),
    };
  }

  addresses(family: Family): AddressAtoms {
    return this.#addresses[family];
  }

  /** Addresses that carry a group, as a rule in a VPC reads it: those of other VPCs may be meant. */
  members(group: SecurityGroup, vpc: Vpc): { readonly [family in Family]: Reading } {
    const readings = this.#members.get(group) ?? new Map<Vpc, { readonly [family in Family]: Reading }>();
    this.#members.set(group, readings);
    const known = readings.get(vpc);
    if (known !== undefined) return known;
    const members = (this.#graph.members.get(group) ?? []).map((member) =>
      member.vpc === vpc ? member : { item: member.item, doubts: [OTHER_VPC] },
    );
    const made = { 4: this.any(members, 4), 6: this.any(members, 6) };
    readings.set(vpc, made);
    return made;
  }

  /** The union of several sets, of which those with doubts may be there. */
  any(among: readonly { readonly item: Addresses; readonly doubts: readonly unknown[] }[], family: Family): Reading {
    let may: Reading['may'] = null;
    let must: Reading['must'] = null;
    for (const { item, doubts } of among) {
      const reading = this.#addresses[family].read(item);
      may = join(may, reading.may);
      if (doubts.length === 0) must = join(must, reading.must);
    }
    return { may, must };
  }

  /** Whether sets are unions of atoms. */
  fits(addresses: Addresses | null, services: Services | null): boolean {
    return (
      (addresses === null || (this.#addresses[4].fits(addresses) && this.#addresses[6].fits(addresses))) &&
      (services === null || this.services.fits(services))
    );
  }
}

const UNKNOWNS = new WeakMap<FlowGraph, readonly Unknown[]>();

/** The unknowns that any part of a network mentions. */
function unknownsOf(graph: FlowGraph): readonly Unknown[] {
  const known = UNKNOWNS.get(graph);
  if (known !== undefined) return known;
  const literals = new Literals(graph);
  for (const { terms } of graph.edges) for (const term of terms) literals.addTerm(term);
  for (const members of graph.members.values()) for (const { item } of members) literals.addAddresses(item);
  const unknowns = [...literals.unknowns.values()];
  UNKNOWNS.set(graph, unknowns);
  return unknowns;
}

/** Every range and unknown that some terms mention. */
class Literals {
  readonly ranges: AddressRange[] = [...NAT64.ranges];
  readonly services: ServiceRange[] = [];
  readonly unknowns = new Map<string, Unknown>();
  readonly #graph: FlowGraph;
  /** What is read, which many edges share. */
  readonly #read = new Set<object>();

  constructor(graph: FlowGraph) {
    this.#graph = graph;
  }

  addTerm(term: Term): void {
    if (!this.#isNew(term)) return;
    switch (term.kind) {
      case 'family':
        return;
      case 'services':
        return this.addServices(term.services);
      case 'address':
        for (const { item } of term.among) this.addAddresses(item);
        return;
      case 'lookup':
        if (this.#isNew(term.table))
          for (const { destination } of term.table.entries) this.#addDestination(destination);
        return;
      case 'acl':
        for (const { addresses, services } of term.acl[term.direction]) {
          this.addAddresses(addresses);
          this.addServices(services);
        }
        return;
      case 'groups':
        for (const { item } of term.groups) if (this.#isNew(item[term.direction])) this.#addRules(item[term.direction]);
    }
  }

  addAddresses(addresses: Addresses): void {
    if (!this.#isNew(addresses)) return;
    this.ranges.push(...addresses.ranges);
    for (const unknown of addresses.unknowns) this.addUnknown(unknown);
  }

  addServices({ ranges }: Services): void {
    this.services.push(...ranges);
  }

  /** NAT64 maps atoms to atoms when IPv6 is cut under its prefix as IPv4 is. */
  embedIpv4(): void {
    const [prefix] = NAT64.ranges;
    const base = prefix?.first ?? 0n;
    this.ranges.push(
      ...this.ranges
        .filter(({ family }) => family === 4)
        .map(({ first, last }) => ({ family: 6, first: base | first, last: base | last }) as const),
    );
  }

  addUnknown(unknown: Unknown): void {
    for (let block: Unknown | null = unknown; block !== null && !this.unknowns.has(block.name); block = block.parent) {
      this.unknowns.set(block.name, block);
      this.ranges.push(block.within);
    }
  }

  #addDestination(destination: Destination): void {
    if (destination.kind === 'range') this.ranges.push(destination.range);
    else if (destination.kind === 'unknown') this.addUnknown(destination.unknown);
  }

  #addRules(rules: readonly SecurityRule[]): void {
    for (const { peer, services } of rules) {
      this.addServices(services);
      if (peer.kind === 'addresses') this.addAddresses(peer.addresses);
      else if (this.#isNew(peer.group)) {
        for (const { item } of this.#graph.members.get(peer.group) ?? []) this.addAddresses(item);
      }
    }
  }

  #isNew(part: object): boolean {
    if (this.#read.has(part)) return false;
    this.#read.add(part);
    return true;
  }
}
