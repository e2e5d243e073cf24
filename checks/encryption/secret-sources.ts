import { secretArguments } from '../../model/aws/secret-arguments.ts';
import type { Estate } from '../../model/estate.ts';
import { referencesIn } from '../../model/expression/references.ts';
import type { Resource } from '../../model/resource.ts';
import { asBoolean, asString, type Hidden, isHidden, type ReferenceValue, type Value } from '../../model/value.ts';
import { isUnwritten } from './stores/part-arguments.ts';

/** Resources and data sources whose provider writes a secret to the state. */
interface Source {
  readonly attributes: readonly string[];
  /** Arguments any of which keeps it out of the state. */
  readonly sparedBy?: readonly string[];
  /** The argument without which there is no secret. */
  readonly askedBy?: string;
}

const MADE: ReadonlyMap<string, Source> = new Map<string, Source>([
  ['aws_api_gateway_api_key', { attributes: ['value'] }],
  ['aws_appsync_api_key', { attributes: ['key'] }],
  ['aws_cognito_managed_user_pool_client', { attributes: ['client_secret'] }],
  ['aws_cognito_user_pool_client', { attributes: ['client_secret'], askedBy: 'generate_secret' }],
  ['aws_grafana_workspace_api_key', { attributes: ['key'] }],
  ['aws_grafana_workspace_service_account_token', { attributes: ['key'] }],
  ['aws_iam_access_key', { attributes: ['secret', 'ses_smtp_password_v4'], sparedBy: ['pgp_key'] }],
  ['aws_iam_service_specific_credential', { attributes: ['service_password'] }],
  ['aws_iam_user_login_profile', { attributes: ['password'], sparedBy: ['pgp_key'] }],
  ['aws_iot_certificate', { attributes: ['private_key'], sparedBy: ['csr'] }],
  ['aws_lightsail_key_pair', { attributes: ['private_key'], sparedBy: ['pgp_key', 'public_key'] }],
  [
    'aws_vpn_connection',
    { attributes: ['tunnel1_preshared_key', 'tunnel2_preshared_key', 'customer_gateway_configuration'] },
  ],
  ['random_bytes', { attributes: ['base64', 'hex'] }],
  ['random_password', { attributes: ['result'] }],
  ['tls_private_key', { attributes: ['private_key_pem', 'private_key_openssh', 'private_key_pem_pkcs8'] }],
]);

const READ: ReadonlyMap<string, Source> = new Map<string, Source>([
  ['aws_api_gateway_api_key', { attributes: ['value'] }],
  ['aws_cognito_user_pool_client', { attributes: ['client_secret'] }],
  ['aws_ecr_authorization_token', { attributes: ['password', 'authorization_token'] }],
  ['aws_ecrpublic_authorization_token', { attributes: ['password', 'authorization_token'] }],
  ['aws_eks_cluster_auth', { attributes: ['token'] }],
  ['aws_kms_secrets', { attributes: ['plaintext'] }],
  ['aws_redshift_cluster_credentials', { attributes: ['db_password'] }],
  ['aws_redshiftserverless_credentials', { attributes: ['db_password'] }],
  ['aws_secretsmanager_random_password', { attributes: ['random_password'] }],
  ['aws_secretsmanager_secret_version', { attributes: ['secret_string', 'secret_binary'] }],
]);

/** The attribute in which a resource or data source gives a secret to the state; null where it gives none. */
export function secretGivenBy(resource: Resource): string | null | Hidden {
  const { type, init } = resource;
  const source = (init.mode === 'data' ? READ : MADE).get(type);
  if (source === undefined) return null;
  const [attribute = null] = source.attributes;
  if (type === 'aws_vpn_connection') {
    const storage = asString(resource.attribute('preshared_key_storage'));
    return isHidden(storage) ? storage : storage === 'SecretsManager' ? null : attribute;
  }
  for (const argument of source.sparedBy ?? []) {
    const value = resource.attribute(argument);
    if (value.kind === 'unknown') return value;
    if (!isUnwritten(value)) return null;
  }
  if (source.askedBy !== undefined) {
    const isAsked = asBoolean(resource.attribute(source.askedBy));
    if (isAsked !== true) return isHidden(isAsked) ? isAsked : null;
  }
  return attribute;
}

/** Whether an argument of a resource is where its provider writes a secret of its own making. */
export function isGivenBy({ type, init }: Resource, argument: string): boolean {
  return (init.mode === 'data' ? READ : MADE).get(type)?.attributes.includes(argument) ?? false;
}

/** The first secret of another object that a value holds, by its address; null where it holds none. */
export function secretWithin(value: Value, estate: Estate): string | null {
  if (value.origin === undefined && !isHidden(value)) return null;
  for (const reference of referencesIn(value)) {
    const source = estate.find(reference.target);
    if (source !== null && isSecret(reference, source)) return `${source.address}.${String(reference.path[0] ?? '')}`;
  }
  return null;
}

function isSecret({ path }: ReferenceValue, source: Resource): boolean {
  const names = path.filter((step) => typeof step === 'string');
  const [attribute] = names;
  if (attribute === undefined) return false;
  if (source.type === 'aws_ssm_parameter') {
    return (
      source.init.mode === 'managed' && attribute === 'value' && asString(source.attribute('type')) === 'SecureString'
    );
  }
  if (source.init.mode === 'managed' && secretArguments(source.type).includes(names.join('.'))) return true;
  return isGivenBy(source, attribute) && typeof secretGivenBy(source) === 'string';
}
