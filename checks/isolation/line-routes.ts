import { covers, parseCidr } from '../../model/aws/cidr.ts';
import type { Resource } from '../../model/resource.ts';
import { asItems, asString, display, isHidden, type Value } from '../../model/value.ts';
import type { Outcome } from '../check.ts';
import { exposureOf } from '../subnet-tier.ts';
import { judgePeer } from './approved-peers.ts';
import { outsideRanges } from './declared-networks.ts';
import { workloadsIn } from './gateway-tier.ts';
import type { Inspect } from './line-messages.ts';
import { subnetsOf } from './propagated-routes.ts';

/** What has an end for lines and tunnels. */
export const GATEWAY_TYPES = ['aws_vpn_gateway', 'aws_ec2_transit_gateway'] as const;

export function judgeDestination(route: Resource, inspection: Inspect): Outcome {
  const value = route.attribute('destination_cidr_block');
  return judgeOutside(value, inspection, () =>
    inspection.fail({ path: ['destination_cidr_block'], value }, 'destination', { cidr: display(value) }),
  );
}

/** Networks at the other end of links. */
function judgeOutside(value: Value, { policy, pass, unproven }: Inspect, refuse: () => Outcome): Outcome {
  const text = asString(value);
  if (isHidden(text)) return unproven(text);
  const range = parseCidr(text ?? '');
  return range !== null && covers(outsideRanges(policy, 'on-premises', 'partner', 'monitor'), range)
    ? pass()
    : refuse();
}

/** A virtual private gateway announces its VPC where nothing else is said. */
export function judgePrefixes(association: Resource, inspection: Inspect): Outcome {
  const { estate, all, pass, fail, unproven } = inspection;
  const { items, open } = asItems(association.attribute('allowed_prefixes'));
  if (items.length === 0 && open.length === 0) {
    const gateway = estate.resolve(association.attribute('associated_gateway_id'), GATEWAY_TYPES);
    const isPrivate = gateway.kind === 'resource' && gateway.resource.type === 'aws_vpn_gateway';
    return isPrivate ? pass() : unproven('does not say in allowed_prefixes what it announces');
  }
  return all([
    ...items.map((value, index) => {
      const path = ['allowed_prefixes', index];
      const judged = judgePeer({ kind: 'cidr', value, path }, inspection);
      if (judged.kind === 'approved') return pass();
      if (judged.kind === 'hidden') return unproven(judged.value);
      return fail({ path, value }, 'prefixes', { cidr: judged.peer });
    }),
    ...(open.length === 0 ? [] : [unproven(open)]),
  ]);
}

export function judgeFilter(virtual: Resource, inspection: Inspect): Outcome {
  const { all, fail, unproven } = inspection;
  const { items, open } = asItems(virtual.attribute('route_filter_prefixes'));
  if (items.length === 0 && open.length === 0) return unproven('does not say in route_filter_prefixes who uses it');
  return all([
    ...items.map((value, index) =>
      judgeOutside(value, inspection, () =>
        fail({ path: ['route_filter_prefixes', index], value }, 'filter', { cidr: display(value) }),
      ),
    ),
    ...(open.length === 0 ? [] : [unproven(open)]),
  ]);
}

export function judgePropagation(propagation: Resource, inspection: Inspect): Outcome {
  const isOfServer = propagation.type === 'aws_vpc_route_server_propagation';
  const learned = isOfServer ? 'what a route server learns' : 'what a VPN gateway learns';
  return judgeSubnets(propagation, propagation.attribute('route_table_id'), learned, inspection);
}

export function judgeTable(table: Resource, inspection: Inspect): Outcome {
  const { all, unproven } = inspection;
  const { items, open } = asItems(table.attribute('propagating_vgws'));
  // Whether there is a gateway does not matter where the subnets may have what it learns.
  const self: Value = { kind: 'reference', target: table.init.id, path: ['id'] };
  const outcome = judgeSubnets(table, self, 'what a VPN gateway learns', inspection);
  if (items.length > 0 || outcome.verdict === 'pass') return outcome;
  return all(open.map((value) => unproven(value)));
}

function judgeSubnets(subject: Resource, table: Value, learned: string, inspection: Inspect): Outcome {
  const { estate, policy, all, pass, fail, unproven } = inspection;
  const { certain, open } = subnetsOf(estate, table);
  return all([
    ...certain.map((subnet) => {
      const exposure = exposureOf(subnet, policy);
      if (isHidden(exposure)) return unproven(exposure);
      if (exposure === 'gateway' && workloadsIn(subnet, inspection).length === 0) return pass();
      if (subject.init.isSymbolic || subnet.init.isSymbolic) {
        return unproven(`may put ${learned} into the routes of ${subnet.address}`);
      }
      return fail({ related: [subnet] }, 'propagated', { subnet: subnet.address, learned });
    }),
    ...(open.length === 0 ? [] : [unproven(open)]),
  ]);
}
