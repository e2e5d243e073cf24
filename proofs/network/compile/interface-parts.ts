import type { Resource } from '../../../model/resource.ts';
import type { Addresses, Choice, Doubts, Interface, Origin, SecurityGroup, Subnet, Truth } from '../topology.ts';
import { hostAddresses } from './addresses.ts';
import { CERTAIN, type Compilation, type Draft, originOf } from './compilation.ts';
import { bothDoubts, doubtsOf, NO, truthOf } from './reading.ts';

export interface InterfaceParts {
  /** What it belongs to. */
  readonly owner: Resource;
  readonly subnet: Choice<Subnet>;
  /** `none` where no security group filters it. */
  readonly groups: readonly Choice<SecurityGroup>[] | 'none';
  /** The owner, unless given. */
  readonly origin?: Origin;
  /** Whether it exists, besides the doubts about its owner and its subnet. */
  readonly doubts?: Doubts;
  /** What AWS chooses in the subnet, unless given. */
  readonly addresses?: Addresses;
  readonly forwards?: Truth;
  readonly isPublic?: Truth;
}

/** Adds an interface to the network. */
export function interfaceIn(c: Compilation, parts: InterfaceParts): Draft<Interface> {
  const { owner, subnet, groups } = parts;
  const made: Draft<Interface> = {
    origin: parts.origin ?? originOf(owner),
    doubts: bothDoubts(bothDoubts(doubtsOf(owner), subnet.doubts), parts.doubts ?? CERTAIN),
    subnet: subnet.item,
    addresses: parts.addresses ?? hostAddresses(c, owner, subnet.item),
    groups: groups === 'none' ? [] : groups,
    allowsAll: groups === 'none',
    forwards: parts.forwards ?? NO,
    isPublic: parts.isPublic ?? NO,
    owner,
  };
  c.addInterface(made);
  return made;
}

/** Whether a subnet gives a public address to what is launched in it and says nothing of its own. */
export function publicityIn(c: Compilation, { origin: { resource } }: Subnet): Truth {
  return resource === null ? NO : truthOf(c.estate.effective(resource, 'map_public_ip_on_launch'), false);
}
