import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asBoolean, asString, child, type Hidden, isHidden, type Value } from '../../model/value.ts';

export const SSM_DOCUMENT = 'aws_ssm_document';
export const SSM_SETTING = 'aws_ssm_service_setting';
export const VPC_ENDPOINT = 'aws_vpc_endpoint';
export const ROLE_ATTACHMENT = 'aws_iam_role_policy_attachment';

/** The document in which Session Manager keeps the preferences of an account. */
const PREFERENCES = 'SSM-SessionManagerRunShell';

/** The setting that registers every instance of an account without a role of its own. */
const HOST_MANAGEMENT = 'managed-instance/default-ec2-instance-management-role';

/** Managed policies with which an instance registers with Systems Manager. */
const AGENT_POLICIES = /\/(AmazonSSMManagedInstanceCore|AmazonEC2RoleforSSM|AmazonSSMManagedEC2InstanceDefaultPolicy)$/;

/** What a resource has to do with sessions that Systems Manager opens on machines. */
export type SessionPart =
  /** Nothing: it is no part of it. */
  | 'none'
  /** The preferences of the account, which make sessions safer. */
  | 'preferences'
  /** A kind of session of one's own. */
  | 'document'
  /** Every instance becomes one that sessions can be opened on. */
  | 'host-management'
  /** Carries commands and sessions alike. */
  | 'channel'
  /** Lets an instance register. */
  | 'agent';

/** The part that a resource has in sessions; what hides it where the input does not tell. */
export function sessionPart(resource: Resource): SessionPart | Hidden {
  switch (resource.type) {
    case SSM_DOCUMENT: {
      const type = asString(resource.attribute('document_type'));
      if (isHidden(type)) return type;
      if (type !== 'Session') return 'none';
      const name = asString(resource.attribute('name'));
      if (isHidden(name)) return name;
      return name === PREFERENCES ? 'preferences' : 'document';
    }
    case SSM_SETTING: {
      const id = asString(resource.attribute('setting_id'));
      if (isHidden(id)) return id;
      if (id?.endsWith(HOST_MANAGEMENT) !== true) return 'none';
      const role = asString(resource.attribute('setting_value'));
      if (isHidden(role)) return role;
      return role === '$None' ? 'none' : 'host-management';
    }
    case VPC_ENDPOINT: {
      const service = asString(resource.attribute('service_name'));
      if (isHidden(service)) return service;
      return service !== null && /\.(ssmmessages|ec2messages)$/.test(service) ? 'channel' : 'none';
    }
    case ROLE_ATTACHMENT: {
      const policy = asString(resource.attribute('policy_arn'));
      if (isHidden(policy)) return policy;
      return policy !== null && AGENT_POLICIES.test(policy) ? 'agent' : 'none';
    }
    default:
      return 'none';
  }
}

/** What the inputs of a session document lack. */
export type SessionFault =
  | { readonly kind: 'noLog' }
  | { readonly kind: 'plainLog'; readonly argument: string }
  | { readonly kind: 'noKey' }
  | { readonly kind: 'hidden'; readonly because: Hidden | string };

/** Where Session Manager may write, each with the input that asks for encryption there. */
const RECORDS = [
  { name: 's3BucketName', encryption: 's3EncryptionEnabled' },
  { name: 'cloudWatchLogGroupName', encryption: 'cloudWatchEncryptionEnabled' },
] as const;

/** Whether sessions leave an encrypted record and are encrypted themselves. */
export function sessionFaults(document: Resource, estate: Estate): readonly SessionFault[] {
  const format = asString(document.attribute('document_format'));
  if (isHidden(format)) return [{ kind: 'hidden', because: format }];
  if (format !== null && format !== 'JSON') {
    return [{ kind: 'hidden', because: `is written in ${format}, which is not read` }];
  }
  const content = estate.document(document.attribute('content'));
  const inputs = child(content, 'inputs');
  if (isHidden(inputs)) return [{ kind: 'hidden', because: inputs }];
  const key = child(inputs, 'kmsKeyId');
  return [...recordFaults(inputs), ...(isBlank(key) ? [{ kind: 'noKey' } as const] : ifUnknown(key))];
}

function recordFaults(inputs: Value): readonly SessionFault[] {
  const records = RECORDS.map(({ name, encryption }) => ({
    place: child(inputs, name),
    encryption,
    isEncrypted: asBoolean(child(inputs, encryption)),
  }));
  const written = records.filter(({ place }) => !isBlank(place));
  if (written.length === 0) return [{ kind: 'noLog' }];
  return written.flatMap(({ place, encryption, isEncrypted }): readonly SessionFault[] => {
    if (isHidden(isEncrypted)) return [{ kind: 'hidden', because: isEncrypted }];
    // Session Manager takes an omitted input for encryption.
    if (isEncrypted === false) return [{ kind: 'plainLog', argument: encryption }];
    return ifUnknown(place);
  });
}

/** A reference or a text with one in it is not blank; a variable may be. */
function ifUnknown(value: Value): readonly SessionFault[] {
  return value.kind === 'unknown' ? [{ kind: 'hidden', because: value }] : [];
}

function isBlank(value: Value): boolean {
  return value.kind === 'null' || (value.kind === 'string' && value.value.trim() === '');
}
