import type { Resource } from '../../model/resource.ts';
import { describeRange } from '../../proofs/network/describe.ts';
import type { Addresses, Door, Origin, Subnet } from '../../proofs/network/topology.ts';
import type { GraphResource } from './network-graph.ts';

/** Of what a box lists, as much as one reads; the rest is counted. */
const MOST_LINES = 8;

export const DOORS: { readonly [kind in Door['kind']]: string } = {
  internet: 'Internet gateway',
  'egress-only': 'egress-only gateway',
  carrier: 'carrier gateway',
  vpn: 'VPN gateway',
  local: 'local gateway',
};

export function graphResource({ stack, address, init }: Resource): GraphResource {
  return { stack, address, constructPath: init.constructPath, source: init.location, code: init.code[0] ?? null };
}

export function idOf({ name, resource }: Origin): string {
  return resource === null ? name : `${resource.stack}:${resource.address}`;
}

/** As the author of the stacks calls it. */
export function nameOf({ name, resource }: Origin): string {
  return resource === null ? name : (resource.init.constructPath ?? `${resource.stack}: ${resource.address}`);
}

export function blocksOf({ ranges, unknowns, doubts }: Addresses): readonly string[] {
  const blocks = [...ranges.map(describeRange), ...unknowns.map(({ name }) => name)];
  return doubts.length > 0 ? [...blocks, 'perhaps more'] : blocks;
}

export function zoneOf({ zone }: Subnet): string {
  return zone.kind === 'known' ? `, ${zone.name}` : '';
}

export function limited(lines: readonly string[]): readonly string[] {
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES - 1), `+ ${lines.length - MOST_LINES + 1} more`];
}
