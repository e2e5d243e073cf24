import { parseArn } from '../../model/aws/arn.ts';
import { PARTITIONS } from '../../model/aws/jurisdictions.ts';
import type { Policy } from '../../policy/policy.ts';

/** Whom a principal means, as far as its text tells. */
export type PrincipalKind =
  /** Of an account of the policy. */
  | 'own'
  /** Every account of the organisation of the policy. */
  | 'organisation'
  /** Outside the estate, and registered under network.principals. */
  | 'registered'
  /** A service of AWS, on behalf of whoever calls it. */
  | 'service'
  | 'everyone'
  | 'foreign';

type Rules = Pick<Policy, 'sites' | 'monitor' | 'network'>;

/** Accounts of the sites and of the monitor. */
function isOwnAccount(account: string, { sites, monitor }: Pick<Policy, 'sites' | 'monitor'>): boolean {
  return monitor?.account === account || sites.some((site) => site.account === account);
}

/** Whom an account id, ARN, organisation id or service name means. */
export function principalKind(text: string, policy: Rules): PrincipalKind {
  if (text === '*') return 'everyone';
  const account = accountOf(text);
  if (account !== null && isOwnAccount(account, policy)) return 'own';
  const { organisation, principals } = policy.network;
  const organisationId = organisationOf(text);
  if (organisationId !== null && organisationId === organisation) return 'organisation';
  const names = [text, account, organisationId];
  if (principals.some(({ principal }) => names.includes(principal))) return 'registered';
  return isService(text) ? 'service' : 'foreign';
}

/** The account that a principal names: its id, or an ARN of it; null for organisations, services and all else. */
export function accountOf(text: string): string | null {
  if (/^\d{12}$/.test(text)) return text;
  const arn = parseArn(text);
  if (arn === null || arn.service === 'organizations' || arn.account === '') return null;
  return arn.account;
}

/** The organisation that an id, or the ARN of an organisation or of a unit, names. */
export function organisationOf(text: string): string | null {
  if (/^o-[a-z0-9]{10,32}$/.test(text)) return text;
  const arn = parseArn(text);
  if (arn?.service !== 'organizations') return null;
  return /^(?:organization|ou)\/(o-[a-z0-9]{10,32})(?:\/|$)/.exec(arn.resource)?.[1] ?? null;
}

const SERVICE_SUFFIXES = [...new Set(PARTITIONS.values()), 'aws.internal'].map((suffix) => `.${suffix}`);

function isService(text: string): boolean {
  return /^[a-z0-9.-]+$/.test(text) && SERVICE_SUFFIXES.some((suffix) => text.endsWith(suffix));
}
