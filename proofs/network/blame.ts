import { describeHidden, type Hidden, unknown } from '../../model/value.ts';
import { type Solution, wayBack } from './fixpoint.ts';
import type { FlowEdge, FlowGraph, FlowNode, Member } from './flow/graph.ts';
import type { Term } from './flow/term.ts';
import { isThere, type Setting } from './setting.ts';
import { has, minus } from './sets/bits.ts';
import { type Box, encloses } from './sets/boxes.ts';
import { UNCUTTABLE, Ways } from './cheapest-cut.ts';
import { OTHER_VPC } from './membership.ts';
import type { Choice, Doubts, SecurityGroup, Vpc } from './topology.ts';

/** Why something may get through: a smallest set of doubts that cuts every way on which it may. */
export class Blame {
  readonly #setting: Setting;
  readonly #sure: Setting;
  readonly #solution: Solution;
  readonly #targets: ReadonlySet<number>;
  readonly #byStart = new Map<number, Doubts>();
  readonly #byTerm = new Map<Term, Doubts>();
  readonly #uses = new Map<number, { readonly carries: boolean; readonly doubts: Doubts }>();

  constructor(
    setting: Setting,
    { solution, targets }: { readonly solution: Solution; readonly targets: ReadonlySet<number> },
  ) {
    this.#setting = setting;
    this.#sure = { ...setting, model: 'must' };
    this.#solution = solution;
    this.#targets = targets;
  }

  of(start: number): Doubts {
    const known = this.#byStart.get(start);
    if (known !== undefined) return known;
    const doubts = distinct(this.#cut(start));
    this.#byStart.set(start, doubts);
    return doubts;
  }

  /** Each node is two points, so that doubts of a node can be cut as those of an edge: 2n enters it, 2n + 1 leaves it. */
  #cut(start: number): Doubts {
    const ways = new Ways<Doubts>();
    const connect = (from: number, to: number, doubts: Doubts): void =>
      ways.add({ from, to, cost: doubts.length > 0 ? 1 : UNCUTTABLE, item: doubts });
    const seen = new Set([start]);
    const queue = [start];
    const ends: number[] = [];
    for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
      const found = this.#setting.graph.nodes[node];
      if (found === undefined) continue;
      const doubts = this.#nodeDoubts(found);
      connect(2 * node, 2 * node + 1, doubts);
      if (this.#targets.has(node)) ends.push(2 * node + 1);
      for (const index of this.#setting.graph.out[node] ?? []) {
        const edge = this.#setting.graph.edges[index];
        if (edge === undefined) continue;
        const use = this.#use(index, edge);
        if (!use.carries) continue;
        connect(2 * node + 1, 2 * edge.to, use.doubts);
        if (!seen.has(edge.to)) {
          seen.add(edge.to);
          queue.push(edge.to);
        }
      }
    }
    // A way without any doubt, which no one packet takes: everything in doubt on the ways may matter.
    return (ways.cheapestCut(2 * start, new Set(ends)) ?? ways.items()).flat();
  }

  /** Whether an edge carries something to a target, and what hides whether it does. */
  #use(index: number, edge: FlowEdge): { readonly carries: boolean; readonly doubts: Doubts } {
    const known = this.#uses.get(index);
    if (known !== undefined) return known;
    const use = this.#judge(edge);
    this.#uses.set(index, use);
    return use;
  }

  #judge(edge: FlowEdge): { readonly carries: boolean; readonly doubts: Doubts } {
    const to = this.#setting.graph.nodes[edge.to];
    const boxes = this.#solution.sets[edge.to]?.boxes ?? [];
    if (to === undefined || !isThere(to, this.#setting)) return { carries: false, doubts: [] };
    const perhaps = wayBack(this.#setting, edge, boxes);
    if (perhaps.length === 0) return { carries: false, doubts: [] };
    const surely = wayBack(this.#sure, edge, boxes);
    const loose = perhaps.filter((box) => !surely.some((sure) => encloses(sure, box)));
    if (loose.length === 0) return { carries: true, doubts: edge.doubts };
    const stated = edge.terms
      .filter((term) => !this.#setting.filters.isCertain(term))
      .flatMap((term) => this.#doubtsOf(term));
    const doubts = [...edge.doubts, ...stated];
    return { carries: true, doubts: doubts.length > 0 ? doubts : this.#unknownsIn(loose, surely) };
  }

  #doubtsOf(term: Term): Doubts {
    const known = this.#byTerm.get(term);
    if (known !== undefined) return known;
    const doubts = [...new Set(doubtsOf(term, this.#setting.graph))];
    this.#byTerm.set(term, doubts);
    return doubts;
  }

  #nodeDoubts({ doubts, owner }: FlowNode): Doubts {
    const removed = owner === null ? undefined : this.#setting.without.doubtful.get(owner);
    return removed === undefined ? doubts : [...doubts, ...removed];
  }

  /** Addresses that only AWS knows and by which a packet may or may not match. */
  #unknownsIn(loose: readonly Box[], surely: readonly Box[]): Doubts {
    const found: Hidden[] = [];
    for (const box of loose) {
      const atoms = this.#setting.space.addresses(box.family);
      for (const side of ['source', 'destination'] as const) {
        let rest = box[side];
        for (const sure of surely) if (sure.family === box.family) rest = minus(rest, sure[side]) ?? rest;
        for (const [index, { name }] of atoms.unknowns.entries()) {
          if (found.length < 3 && has(rest, atoms.numbers + index)) {
            found.push(unknown('environment', name, 'is an address that only AWS knows'));
          }
        }
      }
    }
    return found;
  }
}

/** What hides how a term reads. */
function doubtsOf(term: Term, { members }: Pick<FlowGraph, 'members'>): Doubts {
  switch (term.kind) {
    case 'family':
      return [];
    case 'services':
      return term.services.doubts;
    case 'address':
      return term.among.flatMap(({ item, doubts }) => [...doubts, ...item.doubts]);
    case 'lookup':
      return [
        ...term.table.open,
        ...term.table.entries.flatMap(({ destination, doubts }) =>
          destination.kind === 'any' ? [...destination.doubts, ...doubts] : doubts,
        ),
      ];
    case 'acl':
      return [
        ...term.acl.open,
        ...term.acl[term.direction].flatMap(({ doubts, addresses, services }) => [
          ...doubts,
          ...addresses.doubts,
          ...services.doubts,
        ]),
      ];
    case 'groups':
      return term.groups.flatMap((choice) => groupDoubts(choice, term, members));
  }
}

function groupDoubts(
  { item, doubts }: Choice<SecurityGroup>,
  { direction, vpc }: Extract<Term, { readonly kind: 'groups' }>,
  members: FlowGraph['members'],
): Doubts {
  const rules = item[direction].flatMap(({ peer, services, doubts: own }) => [
    ...own,
    ...services.doubts,
    ...(peer.kind === 'addresses'
      ? peer.addresses.doubts
      : [...peer.group.doubts, ...memberDoubts(members.get(peer.group) ?? [], vpc)]),
  ]);
  return [...doubts, ...item.doubts, ...item.open, ...rules];
}

function memberDoubts(members: readonly Member[], vpc: Vpc): Doubts {
  return members.flatMap((member) => (member.vpc === vpc ? member.doubts : [OTHER_VPC, ...member.doubts]));
}

/** Without repetitions of one hidden value. */
function distinct(doubts: Doubts): Doubts {
  const seen = new Set<string>();
  return doubts.filter((hidden) => {
    const key = `${hidden.kind === 'reference' ? hidden.target.stack : ''} ${describeHidden(hidden)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
