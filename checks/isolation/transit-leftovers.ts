import { type AddressRange, covers, parseCidr } from '../../model/aws/cidr.ts';
import type { Resource } from '../../model/resource.ts';
import { asBoolean, asString, display, type Hidden, isHidden, unknown } from '../../model/value.ts';
import type { Context } from '../check.ts';
import { rangesOf } from './approved-peers.ts';
import { attachmentOf, segmentOf } from './transit-attachments.ts';

export const TRANSIT_ROUTE_TYPES = [
  'aws_ec2_transit_gateway_route',
  'aws_ec2_transit_gateway_prefix_list_reference',
] as const;

/** RFC 1918. What of it belongs to no site must not be sent to others by a route that is wider. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].flatMap((text) => {
  const range = parseCidr(text);
  return range === null ? [] : [{ text, range }];
});

/** A private range that a wide route sends to others, although nobody has it; or what hides whether one does. */
export type Leftover =
  | { readonly kind: 'open'; readonly route: Resource; readonly target: Resource; readonly range: string }
  | { readonly kind: 'hidden'; readonly because: Hidden | readonly Hidden[] | string };

/** What a route table of a transit gateway sends to links and networks outside without knowing whose it is. */
export function leftoversIn(table: Resource, context: Context): readonly Leftover[] {
  const entries = routesIn(table, context);
  return entries.flatMap((entry) => leftoversOf(entry, entries, context));
}

interface Entry {
  readonly route: Resource;
  readonly ranges: readonly AddressRange[];
  /** What hides (more of) the ranges. */
  readonly open: readonly Hidden[];
  readonly isBlackhole: boolean | null | Hidden;
  /** False where the route may be of another table, or may not be there. */
  readonly isCertain: boolean;
}

function routesIn(table: Resource, context: Context): readonly Entry[] {
  const { estate } = context;
  return TRANSIT_ROUTE_TYPES.flatMap((type) => {
    const { items, open } = estate.companions(table, type, 'transit_gateway_route_table_id');
    const found = [
      ...items.map((route) => ({ route, isCertain: !route.init.isSymbolic })),
      ...open.map(({ resource }) => ({ route: resource, isCertain: false })),
    ];
    return found.map(({ route, isCertain }) => ({
      route,
      isCertain,
      isBlackhole: asBoolean(route.attribute('blackhole')),
      ...(type === 'aws_ec2_transit_gateway_route' ? destinationOf(route) : listedBy(route, context)),
    }));
  });
}

function destinationOf(route: Resource): Pick<Entry, 'ranges' | 'open'> {
  const value = route.attribute('destination_cidr_block');
  const text = asString(value);
  if (isHidden(text)) return { ranges: [], open: [text] };
  const range = text === null ? null : parseCidr(text);
  if (range !== null) return { ranges: [range], open: [] };
  return { ranges: [], open: [unknown('invalid', display(value), 'is no CIDR block')] };
}

/** A list can grow where the input does not show it. */
function listedBy(reference: Resource, context: Context): Pick<Entry, 'ranges' | 'open'> {
  const value = reference.attribute('prefix_list_id');
  return {
    ranges: rangesOf({ kind: 'prefix-list', value, path: [] }, context),
    open: [unknown('missing-object', reference.address, 'sends whatever its prefix list holds')],
  };
}

function leftoversOf(entry: Entry, entries: readonly Entry[], context: Context): readonly Leftover[] {
  const { route, ranges, open, isBlackhole, isCertain } = entry;
  const wide = PRIVATE.filter(({ range }) => covers(ranges, range));
  if (isBlackhole === true || (wide.length === 0 && open.length === 0)) return [];
  const attachment = route.attribute('transit_gateway_attachment_id');
  if (attachment.kind === 'null' && isHidden(isBlackhole)) return [{ kind: 'hidden', because: isBlackhole }];
  const target = attachmentOf(attachment, context.estate);
  if (isHidden(target)) return [{ kind: 'hidden', because: target }];
  const segment = segmentOf(target, context);
  if (isHidden(segment)) return [{ kind: 'hidden', because: segment }];
  if (segment === 'enclave' || segment === 'gateway') return [];
  if (open.length > 0) return [{ kind: 'hidden', because: open }];
  const others = entries.filter((other) => other !== entry);
  const stopping = others.filter(
    (other) => other.isCertain && (other.isBlackhole === true || other.ranges.some((range) => isInside(range, ranges))),
  );
  const stopped = stopping.flatMap((other) => other.ranges);
  const left = wide.filter(({ range }) => !covers(stopped, range));
  if (left.length === 0) return [];
  const maybe = others.find((other) => !other.isCertain || other.open.length > 0 || isHidden(other.isBlackhole));
  if (maybe !== undefined) {
    return [{ kind: 'hidden', because: `${maybe.route.address} may stop what ${route.address} sends to others` }];
  }
  if (isHidden(isBlackhole)) return [{ kind: 'hidden', because: isBlackhole }];
  return isCertain
    ? left.map(({ text }) => ({ kind: 'open', route, target, range: text }))
    : [{ kind: 'hidden', because: `${route.address} may be of this table, and sends private addresses to others` }];
}

/** Whether a range is inside others and is not all of them. */
function isInside(inner: AddressRange, outer: readonly AddressRange[]): boolean {
  return covers(outer, inner) && !outer.every((range) => covers([inner], range));
}
