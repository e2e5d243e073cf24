import type { AddressRange } from '../../../model/aws/cidr.ts';
import type { FlowGraph } from '../flow/graph.ts';
import { NAT64 } from '../flow/term.ts';
import type {
  AclRule,
  Addresses,
  Destination,
  SecurityGroup,
  SecurityRule,
  ServiceRange,
  Services,
  Topology,
  Unknown,
} from '../topology.ts';
import { AddressAtoms, type Family } from './address-atoms.ts';
import { join } from './bits.ts';
import { type Reading, ServiceAtoms } from './service-atoms.ts';

/** All packets, cut into the atoms that the filters of a network and some questions tell apart. */
export class Space {
  readonly families: readonly Family[] = [4, 6];
  readonly services: ServiceAtoms;
  readonly #addresses: { readonly [family in Family]: AddressAtoms };
  readonly #graph: FlowGraph;
  readonly #members = new Map<SecurityGroup, { readonly [family in Family]: Reading }>();

  constructor(
    graph: FlowGraph,
    questions: { readonly addresses: readonly Addresses[]; readonly services: readonly Services[] },
  ) {
    this.#graph = graph;
    const literals = new Literals();
    literals.readTopology(graph.topology);
    for (const addresses of questions.addresses) literals.addAddresses(addresses);
    for (const services of questions.services) literals.addServices(services);
    if (graph.edges.some(({ change }) => change === 'to-ipv4')) literals.embedIpv4();
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

  /** Addresses of the interfaces that carry a group. */
  members(group: SecurityGroup, family: Family): Reading {
    const known = this.#members.get(group);
    if (known !== undefined) return known[family];
    const members = this.#graph.members.get(group) ?? [];
    const readings = { 4: this.any(members, 4), 6: this.any(members, 6) };
    this.#members.set(group, readings);
    return readings[family];
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

/** Every range and unknown that a topology mentions. */
class Literals {
  readonly ranges: AddressRange[] = [...NAT64.ranges];
  readonly services: ServiceRange[] = [];
  readonly unknowns = new Map<string, Unknown>();
  /** Lists that are read, which many subnets and interfaces share. */
  readonly #read = new Set<object>();

  addAddresses({ ranges, unknowns }: Addresses): void {
    this.ranges.push(...ranges);
    for (const unknown of unknowns) this.addUnknown(unknown);
  }

  addUnknown(unknown: Unknown): void {
    for (let block: Unknown | null = unknown; block !== null && !this.unknowns.has(block.name); block = block.parent) {
      this.unknowns.set(block.name, block);
      this.ranges.push(block.within);
    }
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

  readTopology(topology: Topology): void {
    for (const { addresses } of topology.vpcs) this.addAddresses(addresses);
    for (const { addresses, tables, acls } of topology.subnets) {
      this.addAddresses(addresses);
      for (const { item } of tables) this.#addRoutes(item.routes);
      for (const { item } of acls) this.#addRules(item.ingress, item.egress);
    }
    for (const { addresses, groups } of topology.interfaces) {
      this.addAddresses(addresses);
      for (const { item } of groups) this.#addRules(item.ingress, item.egress);
    }
    for (const { tables, forwards } of topology.doors) {
      this.addAddresses(forwards);
      for (const { item } of tables) this.#addRoutes(item.routes);
    }
    for (const { addresses } of topology.nats) this.addAddresses(addresses);
    for (const { addresses } of topology.outsides) this.addAddresses(addresses);
    for (const { tables } of topology.attachments) for (const { item } of tables) this.#addRoutes(item.routes);
    for (const { from, to } of topology.relays) {
      for (const { services } of from) this.addServices(services);
      for (const exit of to) {
        if (exit.kind !== 'outside') this.addServices(exit.services);
        if (exit.kind === 'interface') this.addAddresses(exit.destinations);
      }
    }
  }

  #addRoutes(routes: readonly { readonly destination: Destination }[]): void {
    if (this.#read.has(routes)) return;
    this.#read.add(routes);
    for (const { destination } of routes) {
      if (destination.kind === 'range') this.ranges.push(destination.range);
      else if (destination.kind === 'unknown') this.addUnknown(destination.unknown);
    }
  }

  #addRules(...lists: readonly (readonly (AclRule | SecurityRule)[])[]): void {
    for (const rules of lists) {
      if (this.#read.has(rules)) continue;
      this.#read.add(rules);
      for (const rule of rules) {
        this.addServices(rule.services);
        if ('addresses' in rule) this.addAddresses(rule.addresses);
        else if (rule.peer.kind === 'addresses') this.addAddresses(rule.peer.addresses);
      }
    }
  }
}
