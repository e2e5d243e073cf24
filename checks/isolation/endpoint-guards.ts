import { type AddressRange, parseCidr } from '../../model/aws/cidr.ts';
import {
  GROUP_TYPES,
  inlineRules,
  type Peer,
  type Rule,
  rulesOf,
  separateRule,
} from '../../model/aws/security-group-rules.ts';
import type { Resource } from '../../model/resource.ts';
import { asString, display, type Hidden, isHidden, NULL, unknown, type Value } from '../../model/value.ts';
import type { Context } from '../check.ts';
import { judgePeer } from './approved-peers.ts';
import { outsideRanges } from './declared-networks.ts';

/** Whom a security group lets in. */
export type GuardJudgement =
  | { readonly kind: 'closed' }
  | { readonly kind: 'open'; readonly group: string; readonly guests: readonly Guest[] }
  | { readonly kind: 'hidden'; readonly because: Hidden | readonly Hidden[] };

/** Whether a security group lets in nobody but the enclave: no partner either, whose way in is the gateway. */
export function judgeGuards(value: Value, context: Context): GuardJudgement {
  const { estate } = context;
  const target = estate.resolve(value, GROUP_TYPES);
  if (target.kind === 'hidden') return { kind: 'hidden', because: target.value };
  if (target.kind !== 'resource' || target.resource.init.mode === 'data') {
    return {
      kind: 'hidden',
      because: unknown('missing-object', display(value), 'is a security group outside the estate'),
    };
  }
  const group = target.resource;
  const inline = inlineRules(group);
  const separate = rulesOf(estate, group);
  const certain = [...inline.rules, ...separate.items.filter(({ init }) => !init.isSymbolic).map(separateRule)];
  const possible = [
    ...separate.items.filter(({ init }) => init.isSymbolic),
    ...separate.open.map(({ resource }) => resource),
  ].map(separateRule);
  const hidden: Hidden[] = [...inline.open];
  const guests: Guest[] = [];
  for (const { rule, isCertain } of [
    ...certain.map((item) => ({ rule: item, isCertain: true })),
    ...possible.map((item) => ({ rule: item, isCertain: false })),
  ]) {
    if (rule.direction === 'egress') continue;
    hidden.push(...rule.open);
    for (const peer of rule.peers) {
      const judged = judgeGuest(peer, context);
      if (judged === null) continue;
      if (isHidden(judged)) hidden.push(judged);
      else if (isCertain && !isHidden(rule.direction)) guests.push(guestOf(rule, group, judged));
      else hidden.push(unknown('instances', group.address, `may let in ${judged.peer}`));
    }
  }
  if (guests.length > 0) return { kind: 'open', group: group.address, guests };
  return hidden.length > 0 ? { kind: 'hidden', because: hidden } : { kind: 'closed' };
}

/** Somebody who is let in, with what a rule says of the traffic. */
interface Guest extends Refused {
  readonly extent: { readonly [argument: string]: Value };
}

interface Refused {
  readonly peer: string;
  readonly related: readonly Resource[];
  readonly entries: Value;
}

const TRAFFIC = ['protocol', 'ip_protocol', 'from_port', 'to_port'] as const;

function guestOf(rule: Rule, group: Resource, { peer, related, entries }: Refused): Guest {
  const traffic = TRAFFIC.map((argument) => [argument, rule.attribute(argument)] as const);
  return { peer, related: [group, ...related], entries, extent: { ...Object.fromEntries(traffic), entries } };
}

/** Null for a peer of the enclave. */
function judgeGuest(peer: Peer, context: Context): Refused | Hidden | null {
  const judged = judgePeer(peer, context);
  if (judged.kind === 'hidden') return judged.value;
  if (judged.kind === 'refused') return judged;
  const text = peer.kind === 'cidr' ? asString(peer.value) : null;
  const range = typeof text === 'string' ? parseCidr(text) : null;
  const isOutside = range !== null && outsideRanges(context.policy).some((other) => overlaps(other, range));
  return isOutside ? { peer: display(peer.value), related: [], entries: NULL } : null;
}

function overlaps(one: AddressRange, other: AddressRange): boolean {
  return one.family === other.family && one.first <= other.last && other.first <= one.last;
}
