import { describeAddress } from '../describe.ts';
import { familyOf } from '../membership.ts';
import type { Address, Packet } from '../question.ts';
import type { Nat, Subnet } from '../topology.ts';
import { leaveByDoor } from './doors.ts';
import { type Branch, hop, type Junction, type Step, UNSEEN, withEvent } from './journey.ts';
import { samplesOf } from './samples.ts';
import { letIn } from './vpc.ts';

/** 64:ff9b::/96, under which NAT64 writes the addresses of IPv4. */
const NAT64_PREFIX = 0x64ff9bn << 64n;

/** H7: the source becomes an address of the gateway, and of NAT64 the destination the one that is embedded. */
export function translate(junction: Junction, branch: Branch, { nat, from }: { nat: Nat; from: Subnet | null }): void {
  const { origin: at, subnet } = nat;
  const near = subnet === null ? branch : letIn(junction, branch, { to: subnet, from });
  const there = near === null ? null : junction.exists(near, nat);
  if (there === null) return;
  const destination = toIpv4(there.packet.destination);
  if (junction.terms.reply !== null) junction.end(there, { at, reason: UNSEEN });
  else if (destination === null) {
    junction.end(there, { at, reason: `cannot translate ${describeAddress(there.packet.destination)} to IPv4` });
  } else junction.more = translations(junction, there, { nat, destination });
}

/** What is sent to an IPv6 address that stands for one of IPv4 goes to that one. */
function toIpv4(address: Address): Address | null {
  if (familyOf(address) === 4) return address;
  if (address.kind === 'unknown' || address.value >> 32n !== NAT64_PREFIX) return null;
  return { kind: 'number', family: 4, value: address.value & 0xffff_ffffn };
}

/** The IPv6 address that stands for one of IPv4. */
export function fromIpv4(value: bigint): Address {
  return { kind: 'number', family: 6, value: (NAT64_PREFIX << 32n) | value };
}

/** Past the gateway, by its subnet's list and table, or straight to the Internet. */
export function sendTranslated(junction: Junction, branch: Branch, nat: Nat): void {
  const { packet } = branch;
  if (nat.subnet !== null) {
    junction.go({ kind: 'leaving', subnet: nat.subnet, packet }, branch);
    return;
  }
  const doors = junction.parts.doorsOf(nat.vpc).filter(({ kind }) => kind === 'internet');
  if (doors.length === 0)
    junction.end(branch, { at: nat.origin, reason: `${nat.vpc.origin.name} has no Internet gateway` });
  for (const door of doors) leaveByDoor(junction, branch, { door, from: null });
}

function* translations(
  junction: Junction,
  branch: Branch,
  { nat, destination }: { readonly nat: Nat; readonly destination: Address },
): Generator<Step> {
  for (const { address: source, verdict } of samplesOf(junction.parts.topology).addresses(nat.addresses)) {
    if (familyOf(source) !== 4) continue;
    const packet: Packet = { ...branch.packet, source, destination };
    const chosen = junction.when({ ...branch, packet }, verdict);
    if (chosen === null) continue;
    const after = withEvent(chosen, { kind: 'translated', nat, before: branch.packet, after: packet });
    const what = `translates the source to ${describeAddress(source)}`;
    yield { position: { kind: 'translated', nat, packet }, branch: hop(after, { at: nat.origin, what }) };
  }
}
