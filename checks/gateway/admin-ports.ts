import { covers, coversWorld, parseCidr, union } from '../../model/aws/cidr.ts';
import { GROUP_TYPES, type Peer, type Rule } from '../../model/aws/security-group-rules.ts';
import { vpcOfDefault } from '../../model/aws/vpc-defaults.ts';
import type { Resource } from '../../model/resource.ts';
import {
  asNumber,
  asString,
  display,
  type Hidden,
  isHidden,
  NULL,
  string,
  unknown,
  type Value,
} from '../../model/value.ts';
import { describeRange } from '../../proofs/network/describe.ts';
import type { Context } from '../check.ts';
import { type AccessGateways, accessGateways } from './access-gateway.ts';
import { prefixListAddresses } from './rule-addresses.ts';

/** What a rule lets reach ports of administration. */
export type AdminOpening =
  | { readonly kind: 'none' }
  | { readonly kind: 'open'; readonly ports: readonly number[]; readonly others: readonly Other[] }
  | { readonly kind: 'hidden'; readonly values: readonly Hidden[] };

/** Somebody else than the gateway; `addresses` are those of a prefix list. */
interface Other {
  readonly peer: Peer | null;
  readonly name: string;
  readonly addresses: Value;
}

const NONE: AdminOpening = { kind: 'none' };

/** Protocols that have ports, by name and number. */
const WITH_PORTS = new Set(['tcp', '6', 'udp', '17']);
const EVERY_PROTOCOL = new Set(['-1', 'all']);

/** Whether a rule of a group lets others than the employee-access gateway reach a port of administration. */
export function adminOpening(rule: Rule, owner: Resource, group: Resource | Hidden, context: Context): AdminOpening {
  if (rule.direction === 'egress') return NONE;
  const gateways = accessGateways(context.estate, context.policy);
  // Who may call the gateway itself is its own business.
  if (!isHidden(group) && gateways.groups.has(group)) return NONE;
  const ports = portsOf(rule, owner, context.policy.network.adminPorts);
  if (!isHidden(ports) && ports.length === 0) return NONE;
  const judged: Judged[] = rule.peers.map((peer) => judgePeer(peer, gateways, context));
  if (rule.isSelf) judged.push({ kind: 'other', peer: null, name: 'its own members', addresses: NULL });
  // What is not known may make the rule harmless: that it is one of egress, of the gateway, or of other ports.
  const doubts = [rule.direction, group, ports].filter(isHidden);
  const others = judged.flatMap((peer) => (peer.kind === 'other' ? [peer] : []));
  if (others.length > 0 && doubts.length === 0 && !isHidden(ports)) return { kind: 'open', ports, others };
  const hidden = [...judged.flatMap((peer) => (peer.kind === 'hidden' ? peer.values : [])), ...rule.open];
  if (others.length === 0 && hidden.length === 0) return NONE;
  return { kind: 'hidden', values: others.length === 0 ? hidden : [...doubts, ...hidden] };
}

type Judged =
  | { readonly kind: 'gateway' }
  | ({ readonly kind: 'other' } & Other)
  | { readonly kind: 'hidden'; readonly values: readonly Hidden[] };

/** The ports of administration that a rule opens. */
function portsOf({ path }: Rule, owner: Resource, adminPorts: readonly number[]): readonly number[] | Hidden {
  const given = ['protocol', 'ip_protocol'].map((name) => owner.attribute(...path, name));
  const protocol = asString(given.find(({ kind }) => kind !== 'null') ?? { kind: 'null' });
  if (isHidden(protocol)) return protocol;
  if (protocol === null || EVERY_PROTOCOL.has(protocol.toLowerCase())) return adminPorts;
  if (!WITH_PORTS.has(protocol.toLowerCase())) return [];
  const from = asNumber(owner.attribute(...path, 'from_port'));
  const to = asNumber(owner.attribute(...path, 'to_port'));
  if (isHidden(from)) return from;
  if (isHidden(to)) return to;
  if (from === null || to === null) return unknown('missing-object', 'from_port and to_port', 'are not both set');
  return from < 0 ? adminPorts : adminPorts.filter((port) => from <= port && port <= to);
}

function judgePeer(peer: Peer, gateways: AccessGateways, { estate }: Context): Judged {
  const { kind, value } = peer;
  const other: Judged = { kind: 'other', peer, name: display(value), addresses: NULL };
  switch (kind) {
    case 'group':
      return judgeGroup(peer, gateways, estate);
    case 'cidr': {
      const text = asString(value);
      if (isHidden(text)) return { kind: 'hidden', values: [text] };
      const range = text === null ? null : parseCidr(text);
      if (range === null) return { kind: 'hidden', values: [unknown('invalid', display(value), 'is no CIDR block')] };
      if (covers(gateways.ranges, range)) return { kind: 'gateway' };
      // A subnet of the gateway that is not known is never the world.
      return gateways.open.length === 0 || coversWorld([range]) ? other : { kind: 'hidden', values: gateways.open };
    }
    case 'prefix-list': {
      const addresses = prefixListAddresses(value, estate);
      if (isHidden(addresses)) return { kind: 'hidden', values: [addresses] };
      if (addresses.every((range) => covers(gateways.ranges, range))) return { kind: 'gateway' };
      const outsiders = addresses.filter((range) => !covers(gateways.ranges, range));
      const listed: Judged = { ...other, addresses: string(union(outsiders).map(describeRange).join(', ')) };
      return gateways.open.length === 0 || coversWorld(addresses) ? listed : { kind: 'hidden', values: gateways.open };
    }
  }
}

function judgeGroup(peer: Peer, { groups, open }: AccessGateways, estate: Context['estate']): Judged {
  const { value } = peer;
  const other: Judged = { kind: 'other', peer, name: display(value), addresses: NULL };
  const unlessOpen: Judged = open.length === 0 ? other : { kind: 'hidden', values: open };
  if (vpcOfDefault(estate, value, 'securityGroup') !== null) return unlessOpen;
  const target = estate.resolve(value, GROUP_TYPES);
  switch (target.kind) {
    case 'resource':
      if (groups.has(target.resource)) return { kind: 'gateway' };
      return target.resource.init.mode === 'managed' ? unlessOpen : outside(display(value));
    case 'hidden':
      return { kind: 'hidden', values: [target.value] };
    case 'outside':
    case 'none':
      return outside(display(value));
  }
}

function outside(expression: string): Judged {
  return { kind: 'hidden', values: [unknown('missing-object', expression, 'is a security group outside the estate')] };
}
