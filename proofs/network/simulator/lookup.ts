import { hiddenNumber, inDestination, NO, unless, type Verdict } from '../membership.ts';
import type { Address } from '../question.ts';
import type { Destination, Doubts, Route, RouteTable, TransitRoute, TransitTable } from '../topology.ts';

/** A route that a packet takes or may take. */
export interface Taken<Item> {
  readonly route: Item;
  readonly verdict: Verdict;
}

/** A route that covers the destination or may, with how long its prefix is at least and at most. */
interface Claim<Item> {
  readonly route: Item;
  readonly destination: Destination;
  readonly rank: number;
  readonly precedence: Route['precedence'] | null;
  readonly least: number;
  readonly most: number;
  /** That it is there and covers the destination. */
  readonly doubts: Doubts;
}

const RANKS = { local: 0, static: 0, 'prefix-list': 1, propagated: 2 } as const;

/** The routes of a VPC's table for a destination: of the longest prefix, and among equal ones of the best precedence. */
export function lookUp({ routes, open }: RouteTable, destination: Address): readonly Taken<Route>[] {
  return best(
    routes.map((route) => claim(route, destination, { rank: RANKS[route.precedence], precedence: route.precedence })),
    open,
  );
}

/** The routes of a transit gateway's table for a destination. */
export function lookUpTransit({ routes, open }: TransitTable, destination: Address): readonly Taken<TransitRoute>[] {
  return best(
    routes.map((route) => claim(route, destination, { rank: route.rank, precedence: null })),
    open,
  );
}

function claim<Item extends Route | TransitRoute>(
  route: Item,
  address: Address,
  { rank, precedence }: Pick<Claim<Item>, 'rank' | 'precedence'>,
): Claim<Item> | null {
  const { destination, doubts } = route;
  const covers = inDestination(address, destination);
  if (covers.kind === 'no') return null;
  return {
    route,
    destination,
    // Of what is not known nothing says that anything beats it.
    rank: destination.kind === 'any' ? -1 : rank,
    precedence,
    ...lengthOf(destination),
    doubts: covers.kind === 'perhaps' ? [...doubts, ...covers.doubts] : doubts,
  };
}

function lengthOf(destination: Destination): { readonly least: number; readonly most: number } {
  switch (destination.kind) {
    case 'range': {
      const { family, first, last } = destination.range;
      const length = (family === 4 ? 32 : 128) - ((last - first + 1n).toString(2).length - 1);
      return { least: length, most: length };
    }
    case 'unknown': {
      const { family, length } = destination.unknown;
      return { least: length, most: family === 4 ? 32 : 128 };
    }
    case 'any':
      return { least: 0, most: 128 };
  }
}

function best<Item>(candidates: readonly (Claim<Item> | null)[], open: Doubts): readonly Taken<Item>[] {
  const claims = candidates.filter((claim) => claim !== null);
  const locals = claims.filter(({ precedence }) => precedence === 'local');
  const sureLocal = locals.some(({ doubts }) => doubts.length === 0);
  return claims.flatMap((own) => {
    const verdict = judge(own, claims, { hasLocal: locals.length > 0, sureLocal, open });
    return verdict.kind === 'no' ? [] : [{ route: own.route, verdict }];
  });
}

interface Setting {
  readonly hasLocal: boolean;
  readonly sureLocal: boolean;
  readonly open: Doubts;
}

function judge<Item>(
  own: Claim<Item>,
  claims: readonly Claim<Item>[],
  { hasLocal, sureLocal, open }: Setting,
): Verdict {
  const isPropagated = own.precedence === 'propagated';
  if (isPropagated && sureLocal) return NO;
  const localDoubts = hasLocal ? claims.filter(isLocal).flatMap((local) => local.doubts) : [];
  // A list of routes that is not closed may hold a better one, and nothing propagated beats the local route.
  const doubts = [...own.doubts, ...open, ...(isPropagated ? localDoubts : [])];
  for (const other of claims) {
    if (other === own) continue;
    const loses = other.precedence === 'propagated';
    if (loses && sureLocal) continue;
    if (other.doubts.length === 0 && !(loses && hasLocal) && surelyBeats(other, own)) return NO;
    if (perhapsBeats(other, own)) {
      doubts.push(...other.doubts, ...lengthDoubts(other), ...lengthDoubts(own), ...(loses ? localDoubts : []));
    }
  }
  return unless([...new Set(doubts)]);
}

function isLocal({ precedence }: Claim<unknown>): boolean {
  return precedence === 'local';
}

function surelyBeats(other: Claim<unknown>, own: Claim<unknown>): boolean {
  if (isSameBlock(other, own)) return other.rank < own.rank;
  return other.least > own.most || (other.least === own.most && other.rank < own.rank);
}

/** Better, or as good and perhaps not there. */
function perhapsBeats(other: Claim<unknown>, own: Claim<unknown>): boolean {
  const isAsGood = other.rank === own.rank && other.doubts.length > 0;
  if (isSameBlock(other, own)) return other.rank < own.rank || isAsGood;
  return other.most > own.least || (other.most === own.least && (other.rank < own.rank || isAsGood));
}

function isSameBlock({ destination: left }: Claim<unknown>, { destination: right }: Claim<unknown>): boolean {
  return left.kind === 'unknown' && right.kind === 'unknown' && left.unknown.name === right.unknown.name;
}

/** What hides how long a prefix is. */
function lengthDoubts({ destination, least, most }: Claim<unknown>): Doubts {
  return destination.kind === 'unknown' && least !== most ? [hiddenNumber(destination.unknown)] : [];
}
