import type { Addresses, Destination, SecurityRule, Services } from '../topology.ts';
import type { FlowGraph } from './graph.ts';
import type { Term } from './term.ts';

const DIGESTS = new WeakMap<FlowGraph, string>();

/** Tells graphs apart by their nodes, their edges and what these let pass. No protection against forgery. */
export function digestOf(graph: FlowGraph): string {
  const known = DIGESTS.get(graph);
  if (known !== undefined) return known;
  const digest = new Digest();
  for (const { name } of graph.nodes) digest.add(name);
  for (const { from, to, terms, change, doubts } of graph.edges) {
    digest.add(`${from} ${to} ${change} ${doubts.length}`);
    for (const term of terms) digest.addTerm(term);
  }
  const text = digest.text;
  DIGESTS.set(graph, text);
  return text;
}

/** FNV-1a and a sibling of it, together 64 bits. */
class Digest {
  #high = 0xcbf2_9ce4;
  #low = 0x8422_2325;
  readonly #seen = new Map<object, number>();

  get text(): string {
    return [this.#high, this.#low].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
  }

  add(text: string): void {
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      this.#high = Math.imul(this.#high ^ code, 0x0100_0193);
      this.#low = Math.imul(this.#low ^ code, 0x85eb_ca6b) ^ (this.#high >>> 15);
    }
  }

  addTerm(term: Term): void {
    this.add(term.kind);
    if (term.kind === 'lookup') this.add(term.target);
    const shared = term.kind === 'lookup' ? term.table : term;
    const number = this.#seen.get(shared);
    if (number !== undefined) {
      this.add(`#${number}`);
      return;
    }
    this.#seen.set(shared, this.#seen.size);
    this.#describe(term);
  }

  #describe(term: Term): void {
    switch (term.kind) {
      case 'family':
        return this.add(String(term.family));
      case 'services':
        return this.#services(term.services);
      case 'address':
        this.add(`${term.side} ${term.family} ${term.isNegated}`);
        for (const { item, doubts } of term.among) {
          this.#addresses(item);
          this.add(`?${doubts.length}`);
        }
        return;
      case 'lookup':
        this.add(`?${term.table.open.length}`);
        for (const { destination, rank, kind, target, doubts } of term.table.entries) {
          this.#destination(destination);
          this.add(`${rank} ${kind} ${target} ?${doubts.length}`);
        }
        return;
      case 'acl':
        this.add(`${term.direction} ?${term.acl.open.length}`);
        for (const { number, allows, addresses, services, doubts } of term.acl[term.direction]) {
          this.add(`${number} ${allows} ?${doubts.length}`);
          this.#addresses(addresses);
          this.#services(services);
        }
        return;
      case 'groups':
        this.add(term.vpc.origin.name);
        for (const { item, doubts } of term.groups) {
          this.add(`${term.direction} ?${doubts.length} ?${item.open.length}`);
          for (const rule of item[term.direction]) this.#rule(rule);
        }
    }
  }

  #rule({ peer, services, doubts }: SecurityRule): void {
    this.add(`?${doubts.length}`);
    if (peer.kind === 'addresses') this.#addresses(peer.addresses);
    else this.add(peer.group.origin.name);
    this.#services(services);
  }

  #destination(destination: Destination): void {
    if (destination.kind === 'range') this.add(`${destination.range.first}-${destination.range.last}`);
    else this.add(destination.kind === 'unknown' ? destination.unknown.name : '?');
  }

  #addresses({ ranges, unknowns, doubts }: Addresses): void {
    for (const { family, first, last } of ranges) this.add(`${family}:${first}-${last}`);
    for (const { name } of unknowns) this.add(name);
    this.add(`?${doubts.length}`);
  }

  #services({ ranges, doubts }: Services): void {
    for (const { first, last } of ranges) this.add(`${first}-${last}`);
    this.add(`?${doubts.length}`);
  }
}
