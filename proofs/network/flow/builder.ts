import type { Addresses, Choice, Doubts, NetworkAcl, Origin, Outside } from '../topology.ts';
import type { FlowEdge, FlowNode } from './graph.ts';
import type { AddressTerm, Change, Direction, Term } from './term.ts';

interface EdgeInit {
  readonly terms?: readonly Term[];
  readonly change?: Change;
  readonly doubts?: Doubts;
  readonly origin?: Origin | null;
}

const CERTAIN: Doubts = [];

const NO_TERMS: readonly Term[] = [];

/** Collects nodes and edges. Terms about the same part of the network are one object, so that each is read once. */
export class FlowBuilder {
  readonly nodes: FlowNode[] = [];
  readonly edges: FlowEdge[] = [];
  readonly #byName = new Map<string, number>();
  readonly #names = new Map<object, string>();
  readonly #taken = new Map<string, number>();
  readonly #addressTerms = new Map<Addresses, Map<string, AddressTerm>>();
  readonly #aclTerms = { ingress: new Map<NetworkAcl, Term>(), egress: new Map<NetworkAcl, Term>() };
  #hidden: number | null = null;

  /** A name of a thing that no other has. */
  nameOf(thing: { readonly origin: Origin } | Outside): string {
    const known = this.#names.get(thing);
    if (known !== undefined) return known;
    const plain = 'name' in thing ? thing.name : thing.origin.name;
    const count = (this.#taken.get(plain) ?? 0) + 1;
    this.#taken.set(plain, count);
    const name = count === 1 ? plain : `${plain} #${count}`;
    this.#names.set(thing, name);
    return name;
  }

  /** The node of a name; made on first use, and then `isNew`. */
  node(
    name: string,
    { origin = null, doubts = CERTAIN, owner = null }: Partial<FlowNode> = {},
  ): { readonly index: number; readonly isNew: boolean } {
    const known = this.#byName.get(name);
    if (known !== undefined) return { index: known, isNew: false };
    const index = this.nodes.length;
    this.nodes.push({ name, origin, doubts, owner });
    this.#byName.set(name, index);
    return { index, isNew: true };
  }

  find(name: string): number | null {
    return this.#byName.get(name) ?? null;
  }

  edge(
    from: number,
    to: number,
    { terms = NO_TERMS, change = 'none', doubts = CERTAIN, origin = null }: EdgeInit = {},
  ): void {
    // A list that was added to has room for many more than the few terms that most edges have.
    this.edges.push({ from, to, terms: terms.length === 0 ? NO_TERMS : terms.slice(), change, doubts, origin });
  }

  get hidden(): number | null {
    return this.#hidden;
  }

  /** Where a hidden target leads. */
  hiddenNode(): number {
    this.#hidden ??= this.node('hidden').index;
    return this.#hidden;
  }

  outside(outside: Outside): number {
    return this.node(`arrives at ${this.nameOf(outside)}`, { origin: outside.origin }).index;
  }

  source(addresses: Addresses): AddressTerm {
    return this.#address(addresses, 'source', false);
  }

  destination(addresses: Addresses): AddressTerm {
    return this.#address(addresses, 'destination', false);
  }

  notDestination(addresses: Addresses): AddressTerm {
    return this.#address(addresses, 'destination', true);
  }

  acl(acl: NetworkAcl, direction: Direction): Term {
    const terms = this.#aclTerms[direction];
    const term: Term = terms.get(acl) ?? { kind: 'acl', acl, direction };
    terms.set(acl, term);
    return term;
  }

  /** To be told when the graph is made: lets go of what only its making needs. */
  finish(): void {
    this.#addressTerms.clear();
    this.#aclTerms.ingress.clear();
    this.#aclTerms.egress.clear();
  }

  #address(addresses: Addresses, side: 'source' | 'destination', isNegated: boolean): AddressTerm {
    const terms = this.#addressTerms.get(addresses) ?? new Map<string, AddressTerm>();
    this.#addressTerms.set(addresses, terms);
    const key = `${side} ${isNegated}`;
    const term = terms.get(key) ?? {
      kind: 'address',
      side,
      family: null,
      among: [{ item: addresses, doubts: CERTAIN }],
      isNegated,
    };
    terms.set(key, term);
    return term;
  }
}

export function together(...all: readonly Doubts[]): Doubts {
  const some = all.filter((doubts) => doubts.length > 0);
  return some.length > 1 ? some.flat() : (some[0] ?? CERTAIN);
}

/** Each choice with what hides whether it is the one that holds. */
export function choicesOf<Item extends { readonly doubts: Doubts }>(
  choices: readonly Choice<Item>[],
): readonly Choice<Item>[] {
  const all = choices.length > 1 ? together(...choices.map(({ doubts }) => doubts)) : CERTAIN;
  return choices.map(({ item, doubts }) => ({
    item,
    doubts: together(choices.length > 1 ? all : doubts, item.doubts),
  }));
}
