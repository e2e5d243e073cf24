import type { Family } from '../sets/address-atoms.ts';
import { and, type Bits, equal, join, minus, or, without } from '../sets/bits.ts';
import type { Condition } from '../sets/boxes.ts';
import type { Space } from '../sets/space.ts';
import type { Choice, Doubts, NetworkAcl, SecurityGroup, SecurityRule, Vpc } from '../topology.ts';
import type { Direction } from '../flow/term.ts';

export type Model = 'may' | 'must';

/** Services, and the peers with which a list or group lets them pass. */
interface Permit {
  services: Bits;
  peers: Bits | null;
}

/** What an ordered list permits, as conditions that share no packet. Null: everything. */
export function aclConditions(
  acl: NetworkAcl,
  { space, direction, model }: { readonly space: Space; readonly direction: Direction; readonly model: Model },
): readonly Condition[] | null {
  if (acl.open.length > 0) return model === 'may' ? null : [];
  return space.families.flatMap((family) => {
    const atoms = space.addresses(family);
    // For each part of the services that rules tell apart: the peers that no rule has decided yet, and those permitted.
    let parts: { services: Bits; open: Bits | null; peers: Bits | null }[] = [
      { services: space.services.full, open: atoms.full, peers: null },
    ];
    for (const { allows, addresses, services, doubts } of acl[direction].toSorted((a, b) => a.number - b.number)) {
      // What may match counts for a rule that adds to this model, what certainly matches for one that takes from it.
      const isGenerous = allows === (model === 'may');
      if (!isGenerous && doubts.length > 0) continue;
      const side = isGenerous ? 'may' : 'must';
      const matchedPeers = atoms.read(addresses)[side];
      const matchedServices = space.services.read(services)[side];
      if (matchedPeers === null || matchedServices === null) continue;
      parts = parts.flatMap((part) => {
        const within = part.open === null ? null : and(part.services, matchedServices);
        if (within === null) return [part];
        const matched = part.open === null ? null : and(part.open, matchedPeers);
        if (matched === null) return [part];
        const decided = {
          services: within,
          open: without(part.open, matchedPeers),
          peers: allows ? join(part.peers, matched) : part.peers,
        };
        const rest = minus(part.services, within);
        return rest === null ? [decided] : [decided, { ...part, services: rest }];
      });
    }
    return conditions(family, direction, parts);
  });
}

/** What any of several groups permits. Null: everything. */
export function groupConditions(
  groups: readonly Choice<SecurityGroup>[],
  {
    space,
    direction,
    model,
    vpc,
  }: { readonly space: Space; readonly direction: Direction; readonly model: Model; readonly vpc: Vpc },
): readonly Condition[] | null {
  const present = groups.filter(({ item, doubts }) => model === 'may' || isCertain(doubts, item.doubts));
  if (model === 'may' && present.some(({ item }) => item.open.length > 0)) return null;
  const rules = present
    .flatMap(({ item }) => item[direction])
    .filter(({ doubts }) => model === 'may' || isCertain(doubts));
  return space.families.flatMap((family) => {
    const permits = new Map<Bits, Permit>();
    for (const rule of rules) {
      const peers = peersOf(rule, { space, family, model, vpc });
      const services = space.services.read(rule.services)[model];
      if (peers === null || services === null) continue;
      const permit = permits.get(services);
      if (permit === undefined) permits.set(services, { services, peers });
      else permit.peers = join(permit.peers, peers);
    }
    return conditions(family, direction, [...permits.values()]);
  });
}

function peersOf(
  { peer }: SecurityRule,
  {
    space,
    family,
    model,
    vpc,
  }: { readonly space: Space; readonly family: Family; readonly model: Model; readonly vpc: Vpc },
): Bits | null {
  return peer.kind === 'addresses'
    ? space.addresses(family).read(peer.addresses)[model]
    : space.members(peer.group, vpc)[family][model];
}

/** Permits of equal peers as one condition. */
function conditions(family: Family, direction: Direction, permits: readonly Permit[]): readonly Condition[] {
  const merged: { services: Bits; peers: Bits }[] = [];
  for (const { services, peers } of permits) {
    if (peers === null) continue;
    const alike = merged.find((other) => equal(other.peers, peers));
    if (alike === undefined) merged.push({ services, peers });
    else alike.services = or(alike.services, services);
  }
  return merged.map(({ services, peers }) => ({
    family,
    source: direction === 'ingress' ? peers : null,
    destination: direction === 'egress' ? peers : null,
    services,
  }));
}

function isCertain(...all: readonly Doubts[]): boolean {
  return all.every((doubts) => doubts.length === 0);
}
