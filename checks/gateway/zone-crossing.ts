import type {
  Choice,
  Doubts,
  Inspection,
  Subnet,
  Topology,
  TransitAttachment,
  Vpc,
} from '../../proofs/network/topology.ts';

/** An attachment by which the two directions of a connection may come out in different zones, at different endpoints. */
export interface Crossing {
  readonly attachment: TransitAttachment;
  readonly vpc: Vpc;
  /** What hides whether it is so; empty: it is. */
  readonly doubts: Doubts;
}

/** Attachments without appliance mode, in several zones, of networks with endpoints in several zones. */
export function crossingsOf(inspections: readonly Inspection[], { attachments }: Topology): readonly Crossing[] {
  const endpoints = new Map<Vpc, Choice<Subnet>[]>();
  for (const { subnet, doubts } of inspections) {
    if (subnet === null) continue;
    const known = endpoints.get(subnet.vpc);
    if (known === undefined) endpoints.set(subnet.vpc, [{ item: subnet, doubts }]);
    else known.push({ item: subnet, doubts });
  }
  return attachments.flatMap((attachment): readonly Crossing[] => {
    const { end } = attachment;
    if (end.kind !== 'vpc') return [];
    const at = endpoints.get(end.vpc);
    if (at === undefined) return [];
    if (end.applianceMode.holds && end.applianceMode.doubts.length === 0) return [];
    const entered = severalZones(end.subnets);
    const inspected = severalZones(at);
    if (entered === null || inspected === null) return [];
    const doubts = [...attachment.doubts, ...end.applianceMode.doubts, ...entered, ...inspected];
    return [{ attachment, vpc: end.vpc, doubts }];
  });
}

/** What hides that subnets are in several zones; empty when they are, null when they are not. */
function severalZones(subnets: readonly Choice<Subnet>[]): Doubts | null {
  const certain = new Set<string>();
  const possible = new Set<string>();
  const doubts: Doubts[number][] = [];
  for (const { item, doubts: choice } of subnets) {
    const hidden = [...choice, ...item.doubts, ...(item.zone.kind === 'hidden' ? item.zone.doubts : [])];
    doubts.push(...hidden);
    possible.add(item.zone.kind === 'known' ? item.zone.name : `? ${item.origin.name}`);
    if (hidden.length === 0 && item.zone.kind === 'known') certain.add(item.zone.name);
  }
  if (certain.size > 1) return [];
  return possible.size > 1 ? doubts : null;
}
