import type { Resource } from '../../model/resource.ts';
import { asString, type Hidden, isHidden } from '../../model/value.ts';

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
