import { type AddressRange, parseCidr } from '../../model/aws/cidr.ts';
import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asString } from '../../model/value.ts';
import type { OutsideNetwork, Policy } from '../../policy/policy.ts';

/** Types that give a VPC its address blocks. */
export const BLOCK_TYPES = [
  'aws_vpc',
  'aws_vpc_ipv4_cidr_block_association',
  'aws_vpc_ipv6_cidr_block_association',
] as const;

/** The blocks of a VPC, or of an association, as far as the input shows them. */
export function blocksOf(vpc: Resource): readonly AddressRange[] {
  return ['cidr_block', 'ipv6_cidr_block'].flatMap((name) => {
    const text = asString(vpc.attribute(name));
    return typeof text === 'string' ? (parseCidr(text) ?? []) : [];
  });
}

/** The blocks of the estate's VPCs that exist however `count` and `for_each` turn out. */
export function ownRanges(estate: Estate): readonly AddressRange[] {
  return estate
    .ofType(...BLOCK_TYPES)
    .filter(({ init }) => !init.isSymbolic)
    .flatMap(blocksOf);
}

/** The blocks of networks outside that the policy declares, of some kinds or of all. */
export function outsideRanges(
  { network }: Pick<Policy, 'network'>,
  ...kinds: readonly OutsideNetwork['kind'][]
): readonly AddressRange[] {
  return network.outside
    .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
    .flatMap(({ cidrs }) => cidrs.flatMap((cidr) => parseCidr(cidr) ?? []));
}

/** One address as a range of its own; null for what is no address. */
export function addressRange(text: string): AddressRange | null {
  return parseCidr(`${text}/${text.includes(':') ? 128 : 32}`);
}
