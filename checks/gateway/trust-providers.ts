import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asString, display, type Hidden, isHidden, unknown } from '../../model/value.ts';

export const TRUST_PROVIDER = 'aws_verifiedaccess_trust_provider';
export const TRUST_ATTACHMENT = 'aws_verifiedaccess_instance_trust_provider_attachment';

export const TRUST_KINDS = ['user', 'device'] as const;
export type TrustKind = (typeof TRUST_KINDS)[number];

/** The trust providers of a Verified Access instance. */
export interface Trust {
  /** By what they vouch for, the names under which policies find what they know. */
  readonly names: Readonly<Record<TrustKind, ReadonlySet<string>>>;
  /** What hides more of them. */
  readonly open: readonly Hidden[];
}

export function trustOf(instance: Resource, estate: Estate): Trust {
  const { items, open } = estate.companions(instance, TRUST_ATTACHMENT, 'verifiedaccess_instance_id');
  const names: Record<TrustKind, Set<string>> = { user: new Set(), device: new Set() };
  const hidden: Hidden[] = open.map(({ value }) => value);
  for (const attachment of items) {
    const provider = providerOf(attachment, estate);
    if (isHidden(provider)) {
      hidden.push(provider);
      continue;
    }
    const type = asString(provider.attribute('trust_provider_type'));
    const name = asString(provider.attribute('policy_reference_name'));
    hidden.push(...[type, name].filter(isHidden));
    const kind = TRUST_KINDS.find((known) => known === type);
    if (kind !== undefined && typeof name === 'string') names[kind].add(name);
  }
  return { names, open: hidden };
}

function providerOf(attachment: Resource, estate: Estate): Resource | Hidden {
  if (attachment.init.isSymbolic) {
    return unknown('instances', attachment.address, 'has a count or for_each that only the plan knows');
  }
  const value = attachment.attribute('verifiedaccess_trust_provider_id');
  const target = estate.resolve(value, [TRUST_PROVIDER]);
  switch (target.kind) {
    case 'resource':
      return target.resource;
    case 'hidden':
      return target.value;
    case 'outside':
    case 'none':
      return unknown('missing-object', display(value), 'is a trust provider outside the estate');
  }
}
