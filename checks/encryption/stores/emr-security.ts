import type { Resource } from '../../../model/resource.ts';
import { asBoolean, asString, child, type Hidden, isHidden, shown, type Value } from '../../../model/value.ts';
import type { Outcome } from '../../check.ts';
import { judgeCustomerKey } from '../customer-key.ts';
import type { StoreInspection } from './store-messages.ts';

const ARGUMENT = 'configuration';
const AT_REST = ['EncryptionConfiguration', 'AtRestEncryptionConfiguration'] as const;

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
  return all([
    judgePart('S3EncryptionConfiguration', 'EncryptionMode'),
    judgePart('LocalDiskEncryptionConfiguration', 'EncryptionKeyProviderType'),
  ]);

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

function descend(value: Value, names: readonly string[]): Value | Hidden {
  return names.reduce<Value>(child, value);
}
