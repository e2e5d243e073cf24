import { both, either, inAddresses, inServices, NO, OTHER_VPC, unless, type Verdict, YES } from '../membership.ts';
import { describeAddress, describeService } from '../describe.ts';
import type { Packet } from '../question.ts';
import type {
  AclRule,
  Choice,
  Doubts,
  Interface,
  NetworkAcl,
  Origin,
  SecurityGroup,
  SecurityRule,
  Subnet,
  Vpc,
} from '../topology.ts';
import type { Parts } from './parts.ts';

export type Direction = 'ingress' | 'egress';

/** What a filter says of a packet, by which rule, and the clause for a packet that it stops. */
export interface Filtering {
  readonly verdict: Verdict;
  /** What lets it pass as a hop says it; null where there is nothing that a person has written. */
  readonly pass: { readonly what: string; readonly by: Origin } | null;
  readonly denied: { readonly reason: string; readonly by: Origin | null };
}

interface Side {
  readonly direction: Direction;
  /** Where a rule that names a group finds those that carry it. */
  readonly parts: Parts;
  /** The balancer by which the packet came with the address of its client; null when that is not known. */
  readonly voucher: Interface | null;
}

/** The items of a choice, each with what hides whether it is the one that holds. */
export function choicesOf<Item extends { readonly doubts: Doubts }>(
  choices: readonly Choice<Item>[],
): readonly { readonly item: Item; readonly holds: Verdict }[] {
  const [only, ...more] = choices;
  if (only === undefined) return [];
  if (more.length === 0) return [{ item: only.item, holds: unless([...only.doubts, ...only.item.doubts]) }];
  const open = choices.flatMap(({ doubts }) => doubts);
  return choices.map(({ item }) => ({ item, holds: unless([...open, ...item.doubts]) }));
}

/** The network ACL of a subnet: the first rule that matches decides, and none matching denies. */
export function filterByAcl(subnet: Subnet, packet: Packet, direction: Direction): Filtering {
  const readings = choicesOf(subnet.acls).map(({ item, holds }) => {
    const { verdict, ...rest } = readAcl(item, packet, direction);
    return { ...rest, verdict: both(verdict, holds) };
  });
  const verdict = either(readings.map((reading) => reading.verdict));
  const best = readings.find((reading) => reading.verdict.kind === verdict.kind) ?? readings[0];
  if (best !== undefined) return { ...best, verdict };
  return { verdict: NO, pass: null, denied: { reason: `${subnet.origin.name} has no network ACL`, by: null } };
}

function readAcl(acl: NetworkAcl, packet: Packet, direction: Direction): Filtering {
  const perhaps: { readonly rule: AclRule; readonly doubts: Doubts }[] = [];
  let decisive: AclRule | null = null;
  for (const rule of acl[direction].toSorted((left, right) => left.number - right.number)) {
    const matches = both(
      unless(rule.doubts),
      inAddresses(peerOf(packet, direction), rule.addresses),
      inServices(packet.service, rule.services),
    );
    if (matches.kind === 'perhaps') perhaps.push({ rule, doubts: matches.doubts });
    if (matches.kind === 'yes') {
      decisive = rule;
      break;
    }
  }
  const allows = decisive?.allows ?? false;
  const contrary = perhaps.filter(({ rule }) => rule.allows !== allows);
  const doubts = [...acl.open, ...contrary.flatMap((match) => match.doubts)];
  const allowing = allows ? decisive : (contrary[0]?.rule ?? null);
  const text = `${describeService(packet.service)} ${peerText(packet, direction)}`;
  const { name, resource } = acl.origin;
  const side = direction === 'ingress' ? 'in' : 'out';
  return {
    verdict: doubts.length > 0 ? unless(doubts) : allows ? YES : NO,
    pass:
      resource === null
        ? null
        : {
            what: `is let ${side} by ${allowing === null ? name : `rule ${allowing.number} of ${name}`}`,
            by: allowing?.origin ?? acl.origin,
          },
    denied:
      decisive === null
        ? { reason: `no rule of ${name} allows ${text}`, by: acl.origin }
        : { reason: `rule ${decisive.number} of ${name} denies ${text}`, by: decisive.origin },
  };
}

/** The security groups of an interface: any rule of any of them allows. */
export function filterByGroups(own: Interface, packet: Packet, side: Side): Filtering {
  const { direction } = side;
  const text = `${describeService(packet.service)} ${peerText(packet, direction)}`;
  if (own.allowsAll) return { verdict: YES, pass: null, denied: { reason: '', by: null } };
  const readings = own.groups.flatMap(({ item, doubts }) => {
    const there = unless([...doubts, ...item.doubts]);
    const rules = item[direction].map((rule) => ({
      group: item,
      by: rule.origin,
      verdict: both(there, matchRule(rule, packet, { ...side, vpc: own.subnet.vpc })),
    }));
    return item.open.length === 0
      ? rules
      : [...rules, { group: item, by: item.origin, verdict: both(there, unless(item.open)) }];
  });
  const verdict = either(readings.map((reading) => reading.verdict));
  const best = readings.find((reading) => reading.verdict.kind === verdict.kind);
  const way = direction === 'ingress' ? 'in' : 'out';
  return {
    verdict,
    pass:
      best === undefined || verdict.kind === 'no'
        ? null
        : { what: `is let ${way} by ${best.group.origin.name}`, by: best.by },
    denied:
      own.groups.length === 0
        ? { reason: `${own.origin.name} has no security group that allows ${text}`, by: null }
        : { reason: `no rule of ${groupNames(own.groups)} allows ${text}`, by: own.groups[0]?.item.origin ?? null },
  };
}

function matchRule(
  rule: SecurityRule,
  packet: Packet,
  { direction, parts, voucher, vpc }: Side & { readonly vpc: Vpc },
): Verdict {
  const { peer, services, doubts } = rule;
  const matches = both(unless(doubts), inServices(packet.service, services));
  if (matches.kind === 'no') return NO;
  const address = peerOf(packet, direction);
  if (peer.kind === 'addresses') return both(matches, inAddresses(address, peer.addresses));
  const members = parts
    .membersOf(peer.group)
    .at(address)
    .map((member) => both(unless(member.doubts), within(member.vpc, vpc), inAddresses(address, member.addresses)));
  return both(matches, either([...members, ...(direction === 'ingress' ? vouched(voucher, peer.group, vpc) : [])]));
}

/** Rules that name a group mean its members in their own VPC, and perhaps others. */
function within(own: Vpc, vpc: Vpc): Verdict {
  return own === vpc ? YES : unless([OTHER_VPC]);
}

/** What a balancer sends on counts as sent by its groups, whatever its source. */
function vouched(voucher: Interface | null, group: SecurityGroup, vpc: Vpc): readonly Verdict[] {
  if (voucher === null) return [];
  return voucher.groups
    .filter(({ item }) => item === group)
    .map(({ item, doubts }) => both(unless([...doubts, ...item.doubts]), within(voucher.subnet.vpc, vpc)));
}

function peerOf({ source, destination }: Packet, direction: Direction): Packet['source'] {
  return direction === 'ingress' ? source : destination;
}

function peerText(packet: Packet, direction: Direction): string {
  return `${direction === 'ingress' ? 'from' : 'to'} ${describeAddress(peerOf(packet, direction))}`;
}

function groupNames(groups: readonly Choice<SecurityGroup>[]): string {
  const names = groups.map(({ item }) => item.origin.name);
  const last = names.at(-1) ?? '';
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${last}` : last;
}
