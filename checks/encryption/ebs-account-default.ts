import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asBoolean } from '../../model/value.ts';
import { isSamePlace } from './key-of.ts';

/** What the estate sets for all EBS volumes of one Region of one account. */
export interface EbsDefault {
  /** Whether volumes are encrypted without being asked to; null when the estate does not set it, or not for certain. */
  readonly isEncrypted: boolean | null;
  /** The resource that names the key of volumes that name none. */
  readonly key: Resource | null;
}

/** The account's default for the place of a resource. Only what is known to be of the same place counts. */
export function ebsDefaultAt(resource: Resource, estate: Estate): EbsDefault {
  const [encryption, ...others] = at(resource, 'aws_ebs_encryption_by_default', estate);
  const [key, ...otherKeys] = at(resource, 'aws_ebs_default_kms_key', estate);
  const isOn = encryption === undefined ? null : asBoolean(estate.effective(encryption, 'enabled'));
  return {
    isEncrypted: typeof isOn === 'boolean' && others.length === 0 ? isOn : null,
    key: key !== undefined && otherKeys.length === 0 ? key : null,
  };
}

function at(resource: Resource, type: string, estate: Estate): readonly Resource[] {
  const place = estate.place(resource);
  return estate.ofType(type).filter((other) => !other.init.isSymbolic && isSamePlace(estate.place(other), place));
}
