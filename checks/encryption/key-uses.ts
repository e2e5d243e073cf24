import { keyArguments, typesWithKeyArguments } from '../../model/aws/key-arguments.ts';
import type { Estate } from '../../model/estate.ts';
import { nestedArguments } from '../../model/nested-arguments.ts';
import type { Path, Resource } from '../../model/resource.ts';
import { asString, type Hidden, type Value } from '../../model/value.ts';

/** Arguments that name a key although their names do not tell, checked against the provider's schema 6.25.0. */
const FURTHER_ARGUMENTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['aws_appfabric_app_bundle', ['customer_managed_key_arn']],
  ['aws_codepipeline', ['artifact_store.encryption_key.id']],
  [
    'aws_dlm_lifecycle_policy',
    [
      'policy_details.action.cross_region_copy.encryption_configuration.cmk_arn',
      'policy_details.schedule.cross_region_copy_rule.cmk_arn',
    ],
  ],
  ['aws_ebs_default_kms_key', ['key_arn']],
  ['aws_kms_ciphertext', ['key_id']],
  ['aws_quicksight_key_registration', ['key_registration.key_arn']],
  ['aws_route53_key_signing_key', ['key_management_service_arn']],
  ['aws_workspacesweb_browser_settings', ['customer_managed_key']],
  ['aws_workspacesweb_data_protection_settings', ['customer_managed_key']],
  ['aws_workspacesweb_ip_access_settings', ['customer_managed_key']],
  ['aws_workspacesweb_portal', ['customer_managed_key']],
  ['aws_workspacesweb_session_logger', ['customer_managed_key']],
  ['aws_workspacesweb_user_settings', ['customer_managed_key']],
  ['aws_xray_encryption_config', ['key_id']],
]);

/** Every type whose resources can be told which key to use. */
export const KEY_USERS: readonly string[] = [
  ...new Set([...typesWithKeyArguments(), ...FURTHER_ARGUMENTS.keys()]),
].toSorted();

export interface KeyUse {
  readonly path: Path;
  readonly value: Value;
}

/** The arguments of a resource that name a key, and the hidden blocks that may name one. */
export function keyUses(
  resource: Resource,
  estate: Estate,
): { readonly uses: readonly KeyUse[]; readonly open: readonly Hidden[] } {
  const uses: KeyUse[] = [];
  const open: Hidden[] = [];
  for (const dotted of [...keyArguments(resource.type), ...(FURTHER_ARGUMENTS.get(resource.type) ?? [])]) {
    const found = nestedArguments(estate, resource, dotted.split('.'));
    open.push(...found.open);
    for (const { path } of found.items) {
      // What an omitted argument means is for the controls of encryption; this one judges keys that are named.
      const value = resource.attribute(...path);
      const text = asString(value);
      if (text !== null && text !== '') uses.push({ path, value });
    }
  }
  return { uses, open };
}
