import { coreNetworkPolicy } from '../../model/aws/core-network-policy.ts';
import type { Resource } from '../../model/resource.ts';
import { asBoolean, type Value } from '../../model/value.ts';
import type { Outcome } from '../check.ts';
import { CORE_NETWORK, CORE_POLICY } from './core-networks.ts';
import { areLinked, endOf } from './link-ends.ts';
import type { Inspect } from './link-messages.ts';
import type { Hub } from './link-types.ts';

/** Whoever is joined to the same network of networks, and that a member reaches or is reached by. */
export function judgeHub(resource: Resource, hub: Hub, inspection: Inspect): readonly Outcome[] {
  const { estate, policy, fail, unproven } = inspection;
  return hub.members
    .filter((member) => member.type === resource.type && resource.attribute(member.hub).kind !== 'null')
    .flatMap((member) => {
      const target = estate.resolve(resource.attribute(member.hub), hub.types);
      const own = endOf(resource.attribute(member.end), member.types, inspection);
      if (target.kind !== 'resource' || own.kind !== 'site') return [];
      return hub.members
        .filter(({ role }) => role === 'peer' || role !== member.role)
        .flatMap((other) => {
          const { items, open } = estate.companions(target.resource, other.type, other.hub);
          const joined = [
            ...items.map((item) => ({ item, isCertain: !item.init.isSymbolic })),
            ...open.map((companion) => ({ item: companion.resource, isCertain: false })),
          ];
          return joined.flatMap(({ item, isCertain }): readonly Outcome[] => {
            if (item === resource) return [];
            const end = endOf(item.attribute(other.end), other.types, inspection);
            if (end.kind !== 'site' || areLinked(own.site, end.site, policy)) return [];
            const names = {
              first: own.site.id,
              second: end.site.id,
              other: item.address,
              hub: target.resource.address,
            };
            return isCertain && isOneNetwork(target.resource, inspection)
              ? [fail({ path: [member.hub], related: [item, target.resource] }, 'joined', names)]
              : [unproven(`${names.hub} may link ${names.first} with ${names.second}, of which ${names.other} is`)];
          });
        });
    });
}

/** Whether all that is joined to a hub reaches each other; segments of a core network may keep them apart. */
function isOneNetwork(hub: Resource, { estate }: Inspect): boolean {
  if (hub.type !== CORE_NETWORK) return true;
  const policies = policiesOf(hub, estate).map((value) => coreNetworkPolicy(estate, value));
  return (
    policies.length > 0 &&
    policies.every((policy) => {
      const [only, ...more] = policy?.segments ?? [];
      const isOpen = policy === null || policy.open.length > 0;
      return !isOpen && more.length === 0 && only !== undefined && asBoolean(only.isIsolated) === false;
    })
  );
}

function policiesOf(hub: Resource, estate: Inspect['estate']): readonly Value[] {
  const attached = estate.companions(hub, CORE_POLICY, 'core_network_id');
  return [
    ...[...attached.items, ...attached.open.map(({ resource }) => resource)].map((item) =>
      item.attribute('policy_document'),
    ),
    hub.attribute('base_policy_document'),
  ].filter(({ kind }) => kind !== 'null');
}
