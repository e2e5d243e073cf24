import type { Estate } from '../../../model/estate.ts';
import type { Path, Resource } from '../../../model/resource.ts';
import { asBoolean, asString, child, type Hidden, isHidden, shown, type Value } from '../../../model/value.ts';
import type { Outcome } from '../../check.ts';
import { judgeCustomerKey } from '../customer-key.ts';
import type { StoreInspection } from './store-messages.ts';

export const EMR_SECURITY = 'aws_emr_security_configuration';

const ARGUMENT = 'configuration';
const AT_REST = ['EncryptionConfiguration', 'AtRestEncryptionConfiguration'] as const;

/** What a document encrypts, and the word in each that chooses how. */
const PARTS = [
  ['S3EncryptionConfiguration', 'EncryptionMode'],
  ['LocalDiskEncryptionConfiguration', 'EncryptionKeyProviderType'],
] as const;

/** What encrypts with the key that `AwsKmsKey` beside it names. */
const WITH_KEY: ReadonlySet<string> = new Set(['SSE-KMS', 'CSE-KMS', 'AwsKms']);

/** A security configuration of Amazon EMR: a document that says how clusters encrypt what they write and their disks. */
export function judgeEmrSecurity(resource: Resource, inspection: StoreInspection): Outcome {
  const { estate, all, fail, unproven } = inspection;
  const document = estate.document(resource.attribute(ARGUMENT));
  if (isHidden(document)) return unproven(document);
  const isOn = asBoolean(descend(document, ['EncryptionConfiguration', 'EnableAtRestEncryption']));
  if (isHidden(isOn)) return unproven(isOn);
  const at = { path: [ARGUMENT] };
  if (isOn !== true) {
    return fail(at, 'unencrypted', { argument: `${ARGUMENT}: EnableAtRestEncryption`, state: 'not true' });
  }
  return all(PARTS.map(([name, chooser]) => judgePart(name, chooser)));

  function judgePart(name: string, chooser: string): Outcome {
    const part = descend(document, [...AT_REST, name]);
    const argument = `${ARGUMENT}: ${name}`;
    const mode = asString(child(part, chooser));
    if (isHidden(mode)) return unproven(mode);
    if (mode === null) return fail(at, 'noKey', { argument });
    // A provider of its own hands out keys that nothing here tells of.
    if (mode === 'Custom' || mode === 'CSE-Custom') return unproven(`takes the keys of ${name} from a program`);
    if (!WITH_KEY.has(mode)) return fail(at, 'awsManaged', { argument, key: shown(mode, child(part, chooser)) });
    return judgeCustomerKey(child(part, 'AwsKmsKey'), resource, inspection, {
      none: () => fail(at, 'noKey', { argument }),
      awsManaged: (key) => fail(at, 'awsManaged', { argument, key }),
    });
  }
}

/** The keys that a security configuration names; one that hides it where the document is not known. */
export function emrKeys(resource: Resource, estate: Estate): readonly { readonly path: Path; readonly value: Value }[] {
  const path = [ARGUMENT];
  const document = estate.document(resource.attribute(ARGUMENT));
  if (isHidden(document)) return [{ path, value: document }];
  return PARTS.map(([name]) => ({ path, value: descend(document, [...AT_REST, name, 'AwsKmsKey']) }));
}

function descend(value: Value, names: readonly string[]): Value | Hidden {
  return names.reduce<Value>(child, value);
}
