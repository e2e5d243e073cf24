import { type AddressRange, covers, parseCidr } from '../../model/aws/cidr.ts';
import type { AclRule, AclRules } from '../../model/aws/network-acls.ts';
import { asString, isHidden } from '../../model/value.ts';

/** The range that a rule matches, as far as it is known. */
export function rangeOf({ block }: AclRule): AddressRange | null {
  const text = block === null ? null : asString(block.value);
  return typeof text === 'string' ? parseCidr(text) : null;
}

const EVERY_PROTOCOL: ReadonlySet<string> = new Set(['-1', 'all']);

/**
 * Whether rules before this one deny everything that it would allow: `hidden` when some might, of which not all is
 * known. The first rule that matches decides.
 */
export function isShadowed(rule: AclRule, { certain, possible }: AclRules): boolean | 'hidden' {
  const range = rangeOf(rule);
  const before = (other: AclRule) =>
    other !== rule &&
    (isHidden(other.direction) || isHidden(rule.direction) || other.direction === rule.direction) &&
    (isHidden(other.number) || isHidden(rule.number) || other.number < rule.number);
  const isDeny = ({ action }: AclRule) => isHidden(action) || action.toLowerCase() === 'deny';
  const earlier = certain.filter((other) => before(other) && isDeny(other));
  const denied = earlier.filter(isWholeDeny).flatMap((other) => rangeOf(other) ?? []);
  const isCertain = !isHidden(rule.number) && !isHidden(rule.direction);
  if (isCertain && range !== null && covers(denied, range)) return true;
  const isOpen = [...earlier.filter((other) => !isClear(other)), ...possible.filter(before).filter(isDeny)];
  return isOpen.length > 0 || (!isCertain && denied.length > 0) ? 'hidden' : false;
}

/** A deny of which everything is known, for every protocol and so every port. */
function isWholeDeny(rule: AclRule): boolean {
  return isClear(rule) && typeof rule.protocol === 'string' && EVERY_PROTOCOL.has(rule.protocol.toLowerCase());
}

function isClear({ direction, number, action, protocol, block }: AclRule): boolean {
  return ![direction, number, action, protocol, block?.value].some((part) => isHidden(part));
}
