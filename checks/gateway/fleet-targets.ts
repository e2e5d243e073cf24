import type { Resource } from '../../model/resource.ts';
import { asBoolean, asString, type Hidden, isHidden } from '../../model/value.ts';
import { siteOf } from '../../policy/sites.ts';
import type { Outcome } from '../check.ts';
import { targetsOf } from './fleet.ts';
import type { Inspect } from './fleet-messages.ts';

const FAILOVER = ['on_deregistration', 'on_unhealthy'] as const;

export function judgeTargets(balancer: Resource, group: Resource, inspection: Inspect): Outcome {
  const { pass, fail, unproven, all } = inspection;
  const at = (...path: readonly string[]) => ({ related: [group], location: group.locate(...path) });
  const isChecked = asBoolean(group.attribute('health_check', 'enabled'));
  const failover = group.blocks('target_failover');
  const values = failover.items.flatMap((block) => FAILOVER.map((name) => asString(block.attribute(name))));
  const hidden = [...failover.open, ...values.filter(isHidden)];
  const isSet = values.length > 0 && values.every((value) => value !== null);
  return all([
    // Without the block the balancer asks port 80 by TCP.
    isHidden(isChecked)
      ? unproven(isChecked)
      : isChecked === false
        ? fail(at('health_check', 'enabled'), 'noHealthCheck', { group: group.address })
        : pass(),
    hidden.length > 0
      ? unproven(hidden)
      : isSet
        ? pass()
        : fail(at('target_failover'), 'noFailover', { group: group.address }),
    judgeZones(balancer, group, inspection),
  ]);
}

/** Across zones a balancer reaches every target, wherever it stands. */
function judgeZones(balancer: Resource, group: Resource, inspection: Inspect): Outcome {
  const { estate, pass, unproven, all } = inspection;
  const isAcross = crossesZones(balancer, group);
  if (isHidden(isAcross)) return unproven(isAcross);
  if (!isAcross) return pass();
  const home = siteOf(estate.place(balancer), balancer.stack, inspection.policy);
  if (home.kind === 'hidden') return unproven(home.value);
  if (home.kind === 'unassigned') return unproven(home.reason);
  const { items, open } = targetsOf(group, estate);
  return all([...items.map((target) => judgeTarget(target, home.site.id, inspection)), opened(open, inspection)]);
}

/** The target group decides where it says something, else the balancer. */
function crossesZones(balancer: Resource, group: Resource): boolean | Hidden {
  const own = asString(group.attribute('load_balancing_cross_zone_enabled'));
  if (isHidden(own)) return own;
  if (own === 'true' || own === 'false') return own === 'true';
  const shared = asBoolean(balancer.attribute('enable_cross_zone_load_balancing'));
  return shared ?? false;
}

function judgeTarget(target: Resource, home: string, { estate, policy, pass, fail, unproven }: Inspect): Outcome {
  const place = estate.place(target);
  const assigned = siteOf(place, target.stack, policy);
  if (assigned.kind === 'hidden') return unproven(assigned.value);
  if (assigned.kind === 'unassigned') return unproven(`balances across zones to ${target.address}: ${assigned.reason}`);
  if (assigned.site.id === home) return pass();
  return fail({ related: [target] }, 'otherSite', { target: target.address, site: assigned.site.id });
}

/** What is hidden is unproven, all of it together. */
export function opened(hidden: readonly Hidden[], { pass, unproven }: Pick<Inspect, 'pass' | 'unproven'>): Outcome {
  return hidden.length === 0 ? pass() : unproven(hidden);
}
