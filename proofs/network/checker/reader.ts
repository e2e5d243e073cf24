import { parseCidr } from '../../../model/aws/cidr.ts';
import type { FlowGraph } from '../flow/graph.ts';
import { type Change, type Lookup, type LookupEntry, NAT64, type Term } from '../flow/term.ts';
import type { Certificate } from '../question.ts';
import type { Addresses, Choice, NetworkAcl, SecurityGroup, Services } from '../topology.ts';
import { ALL_SERVICES, both, type Cell, cut, type Family, meet, minus, on, type Spans, union } from './cells.ts';
import { Unknowns, WIDTH } from './unknowns.ts';

type Model = 'may' | 'must';

const FAMILIES: readonly Family[] = [4, 6];

/** Reads terms and text as intervals, generously: what may be in a set is. */
export class Reader {
  readonly #graph: FlowGraph;
  readonly #unknowns: Unknowns;
  readonly #spans = new Map<Addresses, Map<string, Spans>>();
  readonly #ways = new Map<Lookup, Map<string, Spans>>();
  readonly #lists = {
    ingress: { 4: new Map<NetworkAcl, readonly Cell[]>(), 6: new Map<NetworkAcl, readonly Cell[]>() },
    egress: { 4: new Map<NetworkAcl, readonly Cell[]>(), 6: new Map<NetworkAcl, readonly Cell[]>() },
  } as const;

  readonly #all: { readonly [family in Family]: Spans };

  constructor(graph: FlowGraph) {
    this.#graph = graph;
    this.#unknowns = new Unknowns(graph);
    const all = (family: Family): Spans => union([[0n, WIDTH[family] - 1n], ...this.#unknowns.all(family)]);
    this.#all = { 4: all(4), 6: all(6) };
  }

  get everything(): readonly Cell[] {
    return FAMILIES.map((family) => ({ family, sides: [this.#all[family], this.#all[family], ALL_SERVICES] }));
  }

  cell({ sources, destinations, services }: Certificate['nodes'][number]['boxes'][number]): readonly Cell[] {
    const family = [...sources, ...destinations].some((text) => this.#isIpv6(text)) ? 6 : 4;
    const addresses = (texts: readonly string[]): Spans => union(texts.flatMap((text) => this.#textSpans(text)));
    const ports = services.flatMap((text): Spans => {
      const [first = '0', last = first] = text.split('-');
      return text === 'any' ? ALL_SERVICES : [[BigInt(first), BigInt(last)]];
    });
    return [{ family, sides: [addresses(sources), addresses(destinations), union(ports)] }];
  }

  /** The packets that a change may turn into some. */
  before(change: Change, cells: readonly Cell[]): readonly Cell[] {
    if (change === 'none' || cells.length === 0) return cells;
    if (change === 'any-packet') return this.everything;
    if (change === 'other-destination') {
      return cells.map(({ family, sides }) => ({ family, sides: [sides[0], this.#all[family], ALL_SERVICES] }));
    }
    const v4 = cells.filter(({ family }) => family === 4);
    if (change === 'any-source') {
      return v4.map(({ sides }) => ({ family: 4, sides: [this.#all[4], sides[1], sides[2]] }));
    }
    const base = NAT64.ranges[0]?.first ?? 0n;
    return v4.flatMap(({ sides }): readonly Cell[] => {
      const numbers = meet(sides[1], [[0n, WIDTH[4] - 1n]]);
      const perhaps = this.#unknowns.within(sides[1], 4);
      const embedded = union([...numbers, ...perhaps]).map(([first, last]) => [base | first, base | last] as const);
      return embedded.length === 0 ? [] : [{ family: 6, sides: [this.#all[6], embedded, sides[2]] }];
    });
  }

  /** The packets of cells that may meet a term. */
  through(cells: readonly Cell[], term: Term): readonly Cell[] {
    switch (term.kind) {
      case 'family':
        return cells.filter(({ family }) => family === term.family);
      case 'services':
        return cells.flatMap((cell) => this.serve(cell, term.services) ?? []);
      case 'address': {
        const side = term.side === 'source' ? 0 : 1;
        return cells.flatMap((cell) => {
          if (term.family !== null && term.family !== cell.family) return [cell];
          const spans = this.#among(term.among, cell.family, term.isNegated ? 'must' : 'may');
          return on(cell, side, term.isNegated ? minus(cell.sides[side], spans) : meet(cell.sides[side], spans));
        });
      }
      case 'lookup':
        return cells.flatMap((cell) =>
          on(cell, 1, meet(cell.sides[1], this.#way(term.table, term.target, cell.family))),
        );
      case 'acl':
        if (term.acl.open.length > 0) return cells;
        return cells.flatMap((cell) => this.#list(term, cell.family).flatMap((passed) => both(cell, passed)));
      case 'groups':
        if (term.groups.some(({ item }) => item.open.length > 0)) return cells;
        return cells.flatMap((cell) => term.groups.flatMap((choice) => this.#group(cell, choice, term.direction)));
    }
  }

  narrow(cell: Cell, side: 0 | 1, addresses: Addresses | null, reading: Model): readonly Cell[] {
    return addresses === null
      ? [cell]
      : on(cell, side, meet(cell.sides[side], this.#read(addresses, cell.family, reading)));
  }

  serve(cell: Cell, services: Services | null): Cell | null {
    if (services === null || services.doubts.length > 0) return cell;
    return on(cell, 2, meet(cell.sides[2], servicesOf(services)))[0] ?? null;
  }

  /** What a list lets in or out of all that there is, read once. */
  #list({ acl, direction }: Term & { readonly kind: 'acl' }, family: Family): readonly Cell[] {
    const lists = this.#lists[direction];
    const known = lists[family].get(acl);
    if (known !== undefined) return known;
    const every: Cell = { family, sides: [this.#all[family], this.#all[family], ALL_SERVICES] };
    const side = direction === 'ingress' ? 0 : 1;
    const passed: Cell[] = [];
    let open: readonly Cell[] = [every];
    for (const { allows, addresses, services, doubts } of acl[direction].toSorted((a, b) => a.number - b.number)) {
      if (allows) {
        passed.push(
          ...open
            .flatMap((left) => this.narrow(left, side, addresses, 'may'))
            .flatMap((left) => this.serve(left, services) ?? []),
        );
      }
      if (doubts.length > 0) continue;
      const matched = this.narrow(every, side, addresses, 'must').flatMap((left) =>
        on(left, 2, meet(left.sides[2], servicesOf(services))),
      );
      open = open.flatMap((left) =>
        matched.reduce<readonly Cell[]>((rest, hit) => rest.flatMap((part) => cut(part, hit)), [left]),
      );
    }
    lists[family].set(acl, passed);
    return passed;
  }

  #group(cell: Cell, { item }: Choice<SecurityGroup>, direction: 'ingress' | 'egress'): readonly Cell[] {
    const side = direction === 'ingress' ? 0 : 1;
    return item[direction].flatMap(({ peer, services }) => {
      const peers =
        peer.kind === 'addresses'
          ? [{ item: peer.addresses, doubts: [] }]
          : (this.#graph.members.get(peer.group) ?? []);
      const served = this.serve(cell, services);
      return served === null ? [] : on(served, side, meet(served.sides[side], this.#among(peers, cell.family, 'may')));
    });
  }

  /** What a table may send to a target: what its entries claim without what certainly goes to a better one. */
  #way(table: Lookup, target: string, family: Family): Spans {
    const ways = this.#ways.get(table) ?? new Map<string, Spans>();
    this.#ways.set(table, ways);
    const known = ways.get(`${family} ${target}`);
    if (known !== undefined) return known;
    const sure = table.entries.filter(({ destination, doubts }) => doubts.length === 0 && destination.kind !== 'any');
    const own = table.entries.filter((entry) => entry.target === target);
    const spans = own.map((entry) => {
      const losses = sure.filter((other) => other !== entry && beats(other, entry));
      return minus(
        this.#claim(entry, family, 'may'),
        union(losses.flatMap((other) => this.#sureClaim(table, other, family))),
      );
    });
    const way = target === 'hidden' && table.open.length > 0 ? this.#all[family] : union(spans.flat());
    ways.set(`${family} ${target}`, way);
    return way;
  }

  #sureClaim(table: Lookup, entry: LookupEntry, family: Family): Spans {
    const claim = this.#claim(entry, family, 'must');
    if (entry.kind !== 'propagated') return claim;
    const locals = table.entries.filter(({ kind }) => kind === 'local');
    return minus(claim, union(locals.flatMap((local) => this.#claim(local, family, 'may'))));
  }

  #claim({ destination }: LookupEntry, family: Family, reading: Model): Spans {
    switch (destination.kind) {
      case 'any':
        return reading === 'may' ? this.#all[family] : [];
      case 'range':
        return this.#read({ ranges: [destination.range], unknowns: [], doubts: [] }, family, reading);
      case 'unknown':
        return this.#read({ ranges: [], unknowns: [destination.unknown], doubts: [] }, family, reading);
    }
  }

  #among(among: readonly Choice<Addresses>[], family: Family, reading: Model): Spans {
    const counted = among.filter(({ doubts }) => reading === 'may' || doubts.length === 0);
    return union(counted.flatMap(({ item }) => this.#read(item, family, reading)));
  }

  #read(addresses: Addresses, family: Family, reading: Model): Spans {
    const key = `${family} ${reading}`;
    const readings = this.#spans.get(addresses) ?? new Map<string, Spans>();
    this.#spans.set(addresses, readings);
    const spans = readings.get(key) ?? this.#spansOf(addresses, family, reading);
    readings.set(key, spans);
    return spans;
  }

  #spansOf({ ranges, unknowns, doubts }: Addresses, family: Family, reading: Model): Spans {
    if (doubts.length > 0 && reading === 'may') return this.#all[family];
    const numbers = union(ranges.filter((range) => range.family === family).map(({ first, last }) => [first, last]));
    const named = unknowns.filter((unknown) => unknown.family === family);
    return union([
      ...numbers,
      ...this.#unknowns.among(numbers, family, reading),
      ...named.flatMap(({ name }) => this.#unknowns.parts(name)),
    ]);
  }

  #isIpv6(text: string): boolean {
    if (text.startsWith('? ')) return this.#unknowns.find(text.slice(2))?.unknown.family === 6;
    return text === 'any IPv6' || text.includes(':');
  }

  #textSpans(text: string): Spans {
    if (text.startsWith('any ')) return this.#all[text === 'any IPv6' ? 6 : 4];
    if (text.startsWith('? ')) {
      const number = this.#unknowns.find(text.slice(2))?.number;
      return number === undefined ? [] : [[number, number]];
    }
    const [first = '', last = ''] = text
      .split('-')
      .map((end) => parseCidr(`${end}/${end.includes(':') ? 128 : 32}`)?.first);
    return typeof first === 'bigint' && typeof last === 'bigint' ? [[first, last]] : [];
  }
}

/** Whether a certain entry surely wins over another for what both claim. */
function beats(better: LookupEntry, worse: LookupEntry): boolean {
  if (better.kind === 'local' && worse.kind === 'propagated') return true;
  if (worse.destination.kind === 'any') return false;
  const [one, other] = [lengthsOf(better), lengthsOf(worse)];
  const isSame = one.name !== null && one.name === other.name;
  return one.least > other.most || ((isSame || one.least === other.most) && better.rank < worse.rank);
}

function lengthsOf({ destination }: LookupEntry): {
  readonly least: number;
  readonly most: number;
  readonly name: string | null;
} {
  if (destination.kind === 'any') return { least: 0, most: 128, name: null };
  if (destination.kind === 'unknown') {
    const { family, length, name } = destination.unknown;
    return { least: length, most: family === 4 ? 32 : 128, name };
  }
  const { family, first, last } = destination.range;
  const length = (family === 4 ? 32 : 128) - ((last - first + 1n).toString(2).length - 1);
  return { least: length, most: length, name: null };
}

function servicesOf({ ranges }: Services): Spans {
  return union(ranges.map(({ first, last }) => [BigInt(first), BigInt(last)]));
}
