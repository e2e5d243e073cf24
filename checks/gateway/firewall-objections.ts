import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asString, isHidden } from '../../model/value.ts';
import { topologyOf } from '../../proofs/network/compile/topology-of.ts';
import type { Context } from '../check.ts';
import { firewallPolicyOf, groupsOf } from './firewall-policies.ts';
import defaultDrop from './gtw-005-strict-order-default-drop.ts';
import completeLogs from './gtw-009-complete-logs.ts';
import { doubt, judgedBy, type Objection, reason } from './objection.ts';
import { contentOf } from './passing-rules.ts';
import { faultsOf } from './rule-faults.ts';
import { crossingsOf } from './zone-crossing.ts';

/**
 * What speaks against a firewall as a gateway. Of its rules only those by which it inspects nothing: what they let
 * through beyond the register is for the control of rules to say.
 */
export function firewallObjections(firewall: Resource, context: Context): readonly Objection[] {
  const { estate } = context;
  const policy = firewallPolicyOf(firewall, estate);
  return [
    ...judgedBy(defaultDrop, isHidden(policy) ? firewall : policy, context),
    ...(isHidden(policy) ? [] : ofGroups(policy, context)),
    ...judgedBy(completeLogs, firewall, context),
    ...ofZones(firewall, estate),
  ];
}

function ofGroups(firewallPolicy: Resource, { estate, policy }: Context): readonly Objection[] {
  return groupsOf(firewallPolicy, estate).items.flatMap(({ block, group }) => {
    const action = asString(block.attribute('override', 'action'));
    const name = isHidden(group) ? 'a rule group' : group.address;
    const isAlertOnly = action !== null && !isHidden(action);
    return [
      ...(isAlertOnly ? [reason(`${firewallPolicy.address} overrides ${name} with ${action} (GTW-006)`)] : []),
      ...(isHidden(group) ? [] : ofRules(group, { estate, policy })),
    ];
  });
}

function ofRules(group: Resource, { estate, policy }: Pick<Context, 'estate' | 'policy'>): readonly Objection[] {
  return contentOf(group, estate).passing.flatMap((rule) =>
    faultsOf(rule, policy).flatMap(({ kind }) => {
      if (kind === 'everywhere')
        return [reason(`${group.address} passes traffic to the world: ${rule.label} (GTW-006)`)];
      if (kind !== 'bypass') return [];
      return [reason(`${group.address} lets packets past the stateful rules: ${rule.label} (GTW-006)`)];
    }),
  );
}

/** An endpoint that sees only one direction of a connection inspects neither. */
function ofZones(firewall: Resource, estate: Estate): readonly Objection[] {
  const topology = topologyOf(estate);
  const own = topology.inspections.filter(({ owner }) => owner === firewall);
  return crossingsOf(own, topology).flatMap(({ attachment, vpc, doubts }): readonly Objection[] => {
    const text = `${attachment.origin.name} leads to ${vpc.origin.name} in several zones without appliance mode`;
    return doubts.length === 0 ? [reason(text)] : doubts.map(doubt);
  });
}
