import { describeAddress, describeDestination } from '../describe.ts';
import { both, either, inAddresses, NO, not, truth, unless, type Verdict, YES } from '../membership.ts';
import type { Choice, Subnet, TransitAttachment, TransitGateway, Truth, Zone } from '../topology.ts';
import { choicesOf, filterByAcl } from './filters.ts';
import { type Branch, hop, type Junction } from './journey.ts';
import { lookUpTransit } from './lookup.ts';
import { hide } from './tables.ts';
import { arriveOutside, inspected } from './vpc.ts';

/** H10: into a transit gateway by the attachments of the VPC that have a subnet in the zone of the sender. */
export function enterTransit(
  junction: Junction,
  branch: Branch,
  { gateway, from }: { gateway: TransitGateway; from: Subnet },
): void {
  const { origin: at } = gateway;
  const there = junction.exists(branch, gateway);
  if (there === null) return;
  const attachments = junction.parts.attachmentsOf(gateway, from.vpc);
  if (attachments.length === 0) junction.end(there, { at, reason: `is not attached to ${from.vpc.origin.name}` });
  for (const attachment of attachments) {
    const attached = junction.exists(there, attachment);
    if (attached === null || attachment.end.kind !== 'vpc') continue;
    const entries = attachment.end.subnets.map(({ item, doubts }) => ({
      subnet: item,
      verdict: both(isSameZone(item.zone, from.zone), unless([...doubts, ...item.doubts])),
    }));
    if (entries.every(({ verdict }) => verdict.kind === 'no')) {
      const reason = `has no subnet in the zone of ${from.origin.name}`;
      junction.end(attached, { at: attachment.origin, reason });
    }
    for (const { subnet, verdict } of entries) {
      const near =
        verdict.kind === 'no' ? null : junction.pass(attached, verdict, { at, reason: 'is in another zone' });
      const acl = filterByAcl(subnet, branch.packet, 'ingress');
      const passed = near === null ? null : junction.filter(near, acl, subnet.origin);
      if (passed === null) continue;
      const taken = hop(passed, { at, what: `takes it in by ${attachment.origin.name}`, by: attachment.origin });
      junction.go({ kind: 'transit', attachment, zone: from.zone, packet: taken.packet }, taken);
    }
  }
}

/** H10: from the outside behind an attachment. */
export function enterByAttachment(junction: Junction, branch: Branch, attachment: TransitAttachment): void {
  const { end, origin: at, gateway } = attachment;
  if (end.kind !== 'outside') return;
  const { source } = branch.packet;
  const reason = `${describeAddress(source)} is no address of ${end.outside.name}`;
  const own = junction.pass(branch, inAddresses(source, end.outside.addresses), { at, reason });
  const there = own === null ? null : junction.exists(own, gateway);
  const attached = there === null ? null : junction.exists(there, attachment);
  if (attached === null) return;
  const entered = hop(attached, { at: gateway.origin, what: `takes it in by ${at.name}`, by: at });
  junction.go({ kind: 'transit', attachment, zone: null, packet: entered.packet }, entered);
}

interface Passage {
  readonly attachment: TransitAttachment;
  readonly zone: Zone | null;
}

/** H10: by the table of the attachment that it came in by. */
export function routeTransit(junction: Junction, branch: Branch, { attachment, zone }: Passage): void {
  const { destination } = branch.packet;
  const at = attachment.gateway.origin;
  if (attachment.tables.length === 0) {
    junction.end(branch, { at, reason: `has no table for what comes in by ${attachment.origin.name}` });
  }
  for (const { item: table, holds } of choicesOf(attachment.tables)) {
    const { name } = table.origin;
    const used = junction.pass(branch, holds, { at: table.origin, reason: 'is another table' });
    if (used === null) continue;
    const taken = lookUpTransit(table, destination);
    if (taken.length === 0 && table.open.length === 0) {
      const reason = `no route in ${name} covers ${describeAddress(destination)}`;
      junction.end(used, { at, reason, by: table.origin });
    }
    for (const { route, verdict } of taken) {
      const { target, origin: by } = route;
      const next = junction.pass(used, verdict, { at, reason: 'another route is better', by });
      if (next === null) continue;
      const text = describeDestination(route.destination);
      if (target.kind === 'blackhole') {
        junction.end(next, { at, reason: `the route to ${text} in ${name} leads nowhere`, by });
        continue;
      }
      const passed = hop(next, { at, what: `takes the route to ${text} in ${name}`, by });
      if (target.kind === 'hidden') hide(junction, passed, { origin: by, doubts: target.doubts });
      else leaveTransit(junction, passed, { attachment: target.attachment, zone });
    }
    if (table.open.length > 0) hide(junction, used, { origin: table.origin, doubts: table.open });
  }
}

function leaveTransit(junction: Junction, branch: Branch, { attachment, zone }: Passage): void {
  const { end, origin: at } = attachment;
  const there = junction.exists(branch, attachment);
  if (there === null) return;
  switch (end.kind) {
    case 'vpc':
      for (const { subnet, verdict } of exitsOf(end.subnets, end.applianceMode, zone)) {
        const next = verdict.kind === 'no' ? null : junction.pass(there, verdict, { at, reason: 'is in another zone' });
        if (next === null) continue;
        const placed = hop(next, { at, what: `puts it into ${subnet.origin.name}` });
        junction.go({ kind: 'leaving', subnet, packet: placed.packet }, placed);
      }
      return;
    case 'peering': {
      const { other } = end;
      const far = junction.exists(there, other);
      const passed = far === null ? null : junction.exists(far, other.gateway);
      if (passed === null) return;
      const peered = hop(passed, { at, what: `sends it to ${other.gateway.origin.name}` });
      junction.go({ kind: 'transit', attachment: other, zone: null, packet: peered.packet }, peered);
      return;
    }
    case 'inspection': {
      const passed = inspected(junction, there, end.inspection);
      if (passed !== null) junction.go({ kind: 'transit', attachment, zone, packet: passed.packet }, passed);
      return;
    }
    case 'outside': {
      const left = hop(there, { at, what: `leaves for ${end.outside.name}` });
      arriveOutside(junction, left, { outside: end.outside, by: { kind: 'attachment', attachment } });
    }
  }
}

/**
 * The subnets of an attachment at which a packet may come out. In appliance mode, or when the zone that it came from is
 * not attached, any of them; otherwise exactly those of its zone.
 */
function exitsOf(
  subnets: readonly Choice<Subnet>[],
  applianceMode: Truth,
  zone: Zone | null,
): readonly { readonly subnet: Subnet; readonly verdict: Verdict }[] {
  const exits = subnets.map(({ item, doubts }) => ({ subnet: item, there: unless([...doubts, ...item.doubts]) }));
  const inZone = exits.map(({ subnet, there }) => ({
    subnet,
    there,
    match: zone === null ? NO : isSameZone(subnet.zone, zone),
  }));
  const isAttached = either(inZone.map(({ there, match }) => both(there, match)));
  const mode = truth(applianceMode);
  return inZone.map(({ subnet, there, match }) => {
    const chosen = exits.length === 1 ? YES : either([mode, match, not(isAttached)]);
    return { subnet, verdict: both(there, chosen) };
  });
}

function isSameZone(left: Zone, right: Zone): Verdict {
  if (left === right) return YES;
  if (left.kind === 'known' && right.kind === 'known') return left.name === right.name ? YES : NO;
  return unless([left, right].flatMap((zone) => (zone.kind === 'hidden' ? zone.doubts : [])));
}
