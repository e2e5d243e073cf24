import type { Chosen, CoreAction, CoreRouting } from './core-network-routing.ts';

/** Which segments have routes to which, and by which groups of network functions. */
export class SegmentReach {
  readonly #routing: CoreRouting;
  readonly #shares: readonly Extract<CoreAction, { readonly kind: 'share' }>[];
  readonly #vias: readonly Extract<CoreAction, { readonly kind: 'send-via' }>[];

  constructor(routing: CoreRouting) {
    this.#routing = routing;
    this.#shares = routing.actions.filter((action) => action.kind === 'share');
    this.#vias = routing.actions.filter((action) => action.kind === 'send-via');
  }

  /** Whether a table has routes to the attachments of a segment. Network functions know every segment. */
  has(table: string, segment: string): boolean {
    const own = this.#routing.segments.find(({ name }) => name === table);
    if (own === undefined) return true;
    if (table === segment) return !own.isIsolated || this.functionsBetween(table, segment) !== null;
    if (own.denied.includes(segment) || own.allowed?.includes(segment) === false) return false;
    const isShared = this.#shares.some(
      (share) =>
        (share.segment === table && isChosen(share.with, segment)) ||
        (share.segment === segment && isChosen(share.with, table)),
    );
    return isShared || this.functionsBetween(table, segment) !== null;
  }

  functionsBetween(table: string, segment: string): ReadonlySet<string> | null {
    const groups = this.#vias
      .filter(
        (via) =>
          (via.segment === table && isChosen(via.to, segment)) || (via.segment === segment && isChosen(via.to, table)),
      )
      .flatMap((via) => via.groups);
    return groups.length === 0 || this.#routing.groups.has(table) ? null : new Set(groups);
  }
}

function isChosen({ kind, names }: Chosen, name: string): boolean {
  return names.has(name) === (kind === 'only');
}
