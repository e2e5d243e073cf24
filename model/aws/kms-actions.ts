/** What an action does to a key: use it, change who may or whether it works, or tell about it. */
type Purpose = 'use' | 'administration' | 'reading';

/**
 * Every action of KMS that a key policy can allow, the gravest of a purpose first. A grant is a right of use that its
 * maker hands on, so making one is use.
 */
const ACTIONS: readonly (readonly [name: string, purpose: Purpose])[] = [
  ['Decrypt', 'use'],
  ['ReEncryptFrom', 'use'],
  ['GenerateDataKey', 'use'],
  ['GenerateDataKeyPair', 'use'],
  ['CreateGrant', 'use'],
  ['Sign', 'use'],
  ['GenerateMac', 'use'],
  ['DeriveSharedSecret', 'use'],
  ['Encrypt', 'use'],
  ['ReEncryptTo', 'use'],
  ['GenerateDataKeyWithoutPlaintext', 'use'],
  ['GenerateDataKeyPairWithoutPlaintext', 'use'],
  ['Verify', 'use'],
  ['VerifyMac', 'use'],
  ['PutKeyPolicy', 'administration'],
  ['ScheduleKeyDeletion', 'administration'],
  ['ReplicateKey', 'administration'],
  ['ImportKeyMaterial', 'administration'],
  ['DeleteImportedKeyMaterial', 'administration'],
  ['UpdatePrimaryRegion', 'administration'],
  ['SynchronizeMultiRegionKey', 'administration'],
  ['DisableKey', 'administration'],
  ['EnableKey', 'administration'],
  ['DisableKeyRotation', 'administration'],
  ['EnableKeyRotation', 'administration'],
  ['RotateKeyOnDemand', 'administration'],
  ['CancelKeyDeletion', 'administration'],
  ['RevokeGrant', 'administration'],
  ['RetireGrant', 'administration'],
  ['CreateAlias', 'administration'],
  ['DeleteAlias', 'administration'],
  ['UpdateAlias', 'administration'],
  ['UpdateKeyDescription', 'administration'],
  ['TagResource', 'administration'],
  ['UntagResource', 'administration'],
  ['GetParametersForImport', 'reading'],
  ['GetPublicKey', 'reading'],
  ['GetKeyPolicy', 'reading'],
  ['GetKeyRotationStatus', 'reading'],
  ['DescribeKey', 'reading'],
  ['ListGrants', 'reading'],
  ['ListKeyPolicies', 'reading'],
  ['ListKeyRotations', 'reading'],
  ['ListResourceTags', 'reading'],
];

export const KMS_ACTIONS: readonly string[] = ACTIONS.map(([name]) => `kms:${name}`);

/** Actions by which a principal gets at what a key protects. */
export const KMS_USE = ofPurpose('use');

/** Actions that change a key, or who may use it. */
export const KMS_ADMINISTRATION = ofPurpose('administration');

function ofPurpose(wanted: Purpose): ReadonlySet<string> {
  return new Set(ACTIONS.flatMap(([name, purpose]) => (purpose === wanted ? [`kms:${name}`] : [])));
}

/** The actions of KMS that a pattern of a policy (`kms:Generate*`, `*`) names; their case does not count. */
export function kmsActionsLike(pattern: string): readonly string[] {
  const wanted = pattern.toLowerCase();
  return KMS_ACTIONS.filter((action) => isLike(action.toLowerCase(), wanted));
}

/** Whether a text matches a pattern with `*` and `?`, in time that no pattern makes long. */
function isLike(text: string, pattern: string): boolean {
  let at = 0;
  let next = 0;
  let star = -1;
  let retry = 0;
  while (at < text.length) {
    if (next < pattern.length && pattern[next] === '*') {
      star = next;
      next += 1;
      retry = at;
    } else if (next < pattern.length && (pattern[next] === '?' || pattern[next] === text[at])) {
      at += 1;
      next += 1;
    } else if (star >= 0) {
      retry += 1;
      at = retry;
      next = star + 1;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(next));
}
