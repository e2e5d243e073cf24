import { type AddressRange, covers, coversWorld, parseCidr } from '../../model/aws/cidr.ts';
import { GROUP_TYPES, type Peer } from '../../model/aws/security-group-rules.ts';
import { isVpc, vpcOfDefault } from '../../model/aws/vpc-defaults.ts';
import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import {
  asString,
  display,
  type Hidden,
  isHidden,
  list as listOf,
  NULL,
  unknown,
  type Value,
} from '../../model/value.ts';
import { compareText } from '../../model/text-order.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Context } from '../check.ts';
import { BLOCK_TYPES, blocksOf } from './declared-networks.ts';

/** What the policy and the estate say of one peer. */
export type PeerJudgement =
  | { readonly kind: 'approved' }
  | {
      readonly kind: 'refused';
      readonly peer: string;
      readonly isWorld: boolean;
      readonly related: readonly Resource[];
      /** Every address of a prefix list that is refused; null for what is no list. */
      readonly entries: Value;
    }
  | { readonly kind: 'hidden'; readonly value: Hidden };

const APPROVED: PeerJudgement = { kind: 'approved' };

/** Attributes of VPCs and subnets that are address ranges inside the estate, whatever they turn out to be. */
const RANGE_ATTRIBUTES = new Set(['cidr_block', 'ipv6_cidr_block']);

interface ApprovedRanges {
  readonly certain: readonly AddressRange[];
  /** The certain ones, and those of networks whose number only the plan knows. */
  readonly possible: readonly AddressRange[];
}

const ranges = new WeakMap<Policy, WeakMap<Estate, ApprovedRanges>>();

/** Whether a security group may open to a peer: to the estate's own networks and groups, and to registered ones. */
export function judgePeer({ kind, value }: Peer, context: Context): PeerJudgement {
  switch (kind) {
    case 'cidr':
      return judgeCidr(value, context, []);
    case 'prefix-list':
      return judgePrefixList(value, context);
    case 'group':
      return judgeGroup(value, context);
  }
}

/** The addresses of a peer as far as they are known, for judging what several rules open together. */
export function rangesOf({ kind, value }: Peer, { estate }: Context): readonly AddressRange[] {
  const list = kind === 'prefix-list' ? managedList(value, estate) : null;
  const values = kind === 'cidr' ? [value] : list === null ? [] : entriesOf(list, estate).values;
  return values.flatMap((item) => {
    const text = asString(item);
    const range = isHidden(text) || text === null ? null : parseCidr(text);
    return range === null ? [] : [range];
  });
}

function judgeCidr(value: Value, context: Context, related: readonly Resource[]): PeerJudgement {
  if (isOwnRange(value, context.estate)) return APPROVED;
  const text = asString(value);
  if (isHidden(text)) return { kind: 'hidden', value: text };
  const range = text === null ? null : parseCidr(text);
  if (range === null) return hidden(display(value), 'is no CIDR block');
  const isWorld = coversWorld([range]);
  const approved = approvedRanges(context);
  if (!isWorld && covers(approved.certain, range)) return APPROVED;
  if (!isWorld && covers(approved.possible, range)) {
    const detail = 'lies in a network whose count or for_each only the plan knows';
    return { kind: 'hidden', value: unknown('instances', display(value), detail) };
  }
  const peer = [display(value), ...related.map(({ address }) => `of ${address}`)].join(' ');
  return { kind: 'refused', peer, isWorld, related, entries: NULL };
}

function isOwnRange(value: Value, estate: Estate): boolean {
  if (value.kind !== 'reference' || value.path.length !== 1) return false;
  const owner = estate.find(value.target);
  if (owner === null || owner.init.mode !== 'managed') return false;
  return RANGE_ATTRIBUTES.has(String(value.path[0])) && (owner.type === 'aws_vpc' || owner.type === 'aws_subnet');
}

/** CIDR blocks of the policy's register and of the estate's VPCs. */
function approvedRanges({ estate, policy }: Context): ApprovedRanges {
  const known = ranges.get(policy)?.get(estate);
  if (known !== undefined) return known;
  const vpcs = estate.ofType(...BLOCK_TYPES);
  const registered = policy.network.approvedPeers.flatMap(({ peer }) => parseCidr(peer) ?? []);
  const found = {
    certain: [...registered, ...vpcs.filter(({ init }) => !init.isSymbolic).flatMap(blocksOf)],
    possible: [...registered, ...vpcs.flatMap(blocksOf)],
  };
  const byEstate = ranges.get(policy) ?? new WeakMap<Estate, ApprovedRanges>();
  ranges.set(policy, byEstate.set(estate, found));
  return found;
}

function judgePrefixList(value: Value, context: Context): PeerJudgement {
  const { estate, policy } = context;
  const text = asString(value);
  if (typeof text === 'string' && policy.network.approvedPeers.some(({ peer }) => peer === text)) return APPROVED;
  if (isOwnEndpoint(value, estate)) return APPROVED;
  const list = managedList(value, estate);
  if (list === null) {
    return isHidden(value) ? { kind: 'hidden', value } : hidden(display(value), 'is a prefix list outside the estate');
  }
  const { values, open } = entriesOf(list, estate);
  // A plan has the members of a set in another order than the synthesised stack.
  const inOrder = values.toSorted((left, right) => compareText(display(left), display(right)));
  const judged = inOrder.map((item) => ({ item, judgement: judgeCidr(item, context, [list]) }));
  const refused = judged.flatMap(({ item, judgement }) => (judgement.kind === 'refused' ? [{ item, judgement }] : []));
  const shown = refused.find(({ judgement }) => judgement.isWorld) ?? refused[0];
  if (shown !== undefined) return { ...shown.judgement, entries: listOf(refused.map(({ item }) => item)) };
  const world = worldOf(value, list, context);
  if (world !== undefined) return world;
  const [unseen] = open;
  const hiddenEntry = judged.find(({ judgement }) => judgement.kind === 'hidden')?.judgement;
  return hiddenEntry ?? (unseen === undefined ? APPROVED : { kind: 'hidden', value: unseen });
}

/** The prefix list that a gateway endpoint of the estate routes to its service: the way is the endpoint's. */
function isOwnEndpoint(value: Value, estate: Estate): boolean {
  if (value.kind !== 'reference' || value.path.join('.') !== 'prefix_list_id') return false;
  const endpoint = estate.find(value.target);
  return endpoint?.type === 'aws_vpc_endpoint' && endpoint.init.mode === 'managed';
}

function managedList(value: Value, estate: Estate): Resource | null {
  const target = estate.resolve(value, ['aws_ec2_managed_prefix_list']);
  if (target.kind !== 'resource' || target.resource.init.mode !== 'managed') return null;
  return target.resource.type === 'aws_ec2_managed_prefix_list' ? target.resource : null;
}

function entriesOf(list: Resource, estate: Estate) {
  const inline = list.blocks('entry');
  const separate = estate.companions(list, 'aws_ec2_managed_prefix_list_entry', 'prefix_list_id');
  return {
    values: [
      ...inline.items.map((block) => block.attribute('cidr')),
      ...separate.items.map((entry) => entry.attribute('cidr')),
    ],
    open: [...inline.open, ...separate.open.map((companion) => companion.value)],
  };
}

function worldOf(value: Value, list: Resource, context: Context): PeerJudgement | undefined {
  return coversWorld(rangesOf({ kind: 'prefix-list', value, path: [] }, context))
    ? { kind: 'refused', peer: `all addresses in ${list.address}`, isWorld: true, related: [list], entries: NULL }
    : undefined;
}

function judgeGroup(value: Value, { estate }: Context): PeerJudgement {
  const vpc = vpcOfDefault(estate, value, 'securityGroup');
  if (vpc !== null && isVpc(vpc)) return APPROVED;
  const target = estate.resolve(value, GROUP_TYPES);
  switch (target.kind) {
    case 'resource':
      return target.resource.init.mode === 'managed'
        ? APPROVED
        : hidden(target.resource.address, 'is a security group outside the estate');
    case 'outside':
      return hidden(display(value), 'is a security group outside the estate');
    case 'hidden':
      return { kind: 'hidden', value: target.value };
    case 'none':
      return hidden('a security group', 'is not named');
  }
}

function hidden(expression: string, detail: string): PeerJudgement {
  return { kind: 'hidden', value: unknown('missing-object', expression, detail) };
}
