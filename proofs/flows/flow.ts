import type { Path, Resource } from '../../model/resource.ts';
import type { Hidden, Value } from '../../model/value.ts';
import type { Mover } from './mover.ts';

/** One movement of data that an argument of a resource makes. */
export interface Flow {
  /** The resource with the argument. */
  readonly from: Resource;
  /** Whose data moves: `from` itself or what it is a companion of. */
  readonly source: Resource;
  readonly mover: Mover;
  /** The exact place of the argument, with indexes. */
  readonly path: Path;
  readonly value: Value;
  /** Where the data goes, or for movers with direction `in` where it comes from. */
  readonly end: FlowEnd;
  /** What hides whether the data moves at all, or whose data it is; empty where that is known. */
  readonly open: readonly Hidden[];
}

export type FlowEnd =
  /** In the place of that resource. */
  | { readonly kind: 'resource'; readonly resource: Resource }
  /** A Region of the table; the account where the value tells it. */
  | { readonly kind: 'region'; readonly region: string; readonly account: string | null }
  /** Any of these Regions, at the choice of AWS: more than one of them, which ones nobody can say. */
  | { readonly kind: 'regions'; readonly regions: readonly string[]; readonly profile: string }
  /** A zone by name or id. */
  | { readonly kind: 'zone'; readonly zone: string }
  /** A bucket that the estate does not have: its name tells no Region. */
  | { readonly kind: 'bucket'; readonly bucket: string; readonly account: string | null }
  /** An account or an organisation by its id, a principal by its ARN, `all` for everybody. */
  | { readonly kind: 'account'; readonly account: string }
  /** A host that is not of AWS. */
  | { readonly kind: 'host'; readonly host: string }
  /** People and devices, wherever they are: `e-mail addresses`. */
  | { readonly kind: 'recipients'; readonly recipients: string }
  /** Places all over the world: `edge locations`. */
  | { readonly kind: 'world'; readonly places: string }
  /** What hides it, or why it tells no place. */
  | { readonly kind: 'unknown'; readonly because: Hidden | string };
