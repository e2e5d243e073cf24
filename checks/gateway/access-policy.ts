import { type Answer, type CedarStatement, parseCedar, requiresContext } from '../../model/aws/cedar.ts';
import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asString, type Hidden, isHidden, unknown } from '../../model/value.ts';
import { ACCESS_ENDPOINT } from './access-gateway.ts';

/** What the policies before one endpoint ask for. */
export interface PolicyAnswer {
  /** Null for a group that has no endpoint yet. */
  readonly endpoint: Resource | null;
  readonly answer: Answer | Hidden;
}

/**
 * Whether the policies of a Verified Access group and of its endpoints, which both must let a request in, ask for
 * something under one of the names. Null where the group has no policy.
 */
export function policyAnswers(
  group: Resource,
  names: ReadonlySet<string>,
  estate: Estate,
): readonly PolicyAnswer[] | Hidden | null {
  const own = statementsOf(group);
  if (own === null || isHidden(own)) return own;
  const ofGroup = requiresContext(own, names);
  if (ofGroup === 'yes') return [{ endpoint: null, answer: 'yes' }];
  const { items, open } = estate.companions(group, ACCESS_ENDPOINT, 'verified_access_group_id');
  if (items.length === 0) return [{ endpoint: null, answer: open[0]?.value ?? ofGroup }];
  return items.map((endpoint) => ({ endpoint, answer: ofEndpoint(endpoint, ofGroup, names) }));
}

function ofEndpoint(endpoint: Resource, ofGroup: Answer, names: ReadonlySet<string>): Answer | Hidden {
  const own = statementsOf(endpoint);
  if (isHidden(own)) return own;
  const answer = own === null ? 'no' : requiresContext(own, names);
  return answer === 'no' ? ofGroup : answer;
}

/** The statements of a policy; null when there are none. */
function statementsOf(resource: Resource): readonly CedarStatement[] | Hidden | null {
  const text = asString(resource.attribute('policy_document'));
  if (text === null || isHidden(text)) return text;
  const statements = parseCedar(text);
  if (statements === null) return unknown('invalid', `${resource.address}.policy_document`, 'was not understood');
  return statements.length === 0 ? null : statements;
}
