import type { Resource } from '../../../model/resource.ts';
import { asItems, unknown, type Value } from '../../../model/value.ts';
import type { Interface, RelayExit } from '../topology.ts';
import { ownerOfAttribute, whyUnseen } from './candidates.ts';
import { type Compilation, EVERY_SERVICE } from './compilation.ts';
import { ANY_ADDRESS, foreignNetworkBehind } from './outsides.ts';
import { doubtsOf } from './reading.ts';
import { addRelay } from './relay-parts.ts';
import { serviceRange } from './services.ts';

/** Copies come in VXLAN. */
const VXLAN = serviceRange(17, 4789, 4789);

const INSTANCE: ReadonlySet<string> = new Set(['aws_instance']);
const TARGET = 'aws_ec2_traffic_mirror_target';
const TARGET_ARGUMENTS = [
  ['network_interface_id', ['aws_network_interface']],
  ['network_load_balancer_arn', ['aws_lb', 'aws_alb']],
  ['gateway_load_balancer_endpoint_id', ['aws_vpc_endpoint']],
] as const;

/** Sessions that copy the packets of an interface to a target, whatever groups, lists and routes say. */
export function compileMirroring(c: Compilation): void {
  for (const type of [TARGET, 'aws_ec2_traffic_mirror_filter']) {
    for (const resource of c.estate.ofType(type)) c.understood.add(resource);
  }
  for (const session of c.estate.ofType('aws_ec2_traffic_mirror_session')) {
    c.understood.add(session);
    if (!mayMatch(c, session)) continue;
    const sources = interfacesNamed(c, session.attribute('network_interface_id'), ['aws_network_interface']);
    const to = exitsOf(c, session);
    if (sources === null || to === null) {
      c.unmodelled.push({ resource: session, reason: 'copies packets from or to what the input does not show' });
      continue;
    }
    const from = sources.map((source) => ({ kind: 'interface', interface: source, services: EVERY_SERVICE }) as const);
    addRelay(c, session, { kind: 'mirror', from, to, owner: null });
    // What the interface sends is copied too: what it got from others of its network, if it sends that on.
    const sends = unknown('operation', session.address, 'copies what its source sends, whoever it has that from');
    const networks = [...new Set(sources.map(({ subnet }) => subnet.vpc))];
    addRelay(c, session, {
      kind: 'mirror',
      from: networks.map((vpc) => ({ kind: 'vpc', vpc, services: EVERY_SERVICE })),
      to,
      owner: null,
      doubts: [sends],
    });
  }
}

/** A filter without rules copies nothing. */
function mayMatch(c: Compilation, session: Resource): boolean {
  const filter = c.estate.resolve(session.attribute('traffic_mirror_filter_id'), ['aws_ec2_traffic_mirror_filter']);
  if (filter.kind !== 'resource') return true;
  const rules = c.estate.companions(filter.resource, 'aws_ec2_traffic_mirror_filter_rule', 'traffic_mirror_filter_id');
  const services = asItems(filter.resource.attribute('network_services'));
  return rules.items.length + rules.open.length + services.items.length + services.open.length > 0;
}

/** Where a session's copies arrive: null when the target is not seen. */
function exitsOf(c: Compilation, session: Resource): readonly RelayExit[] | null {
  const target = c.estate.resolve(session.attribute('traffic_mirror_target_id'), [TARGET]);
  const unseen = whyUnseen(target);
  if (target.kind === 'outside') {
    return [{ kind: 'outside', outside: foreignNetworkBehind(c, session, ANY_ADDRESS) }];
  }
  if (target.kind !== 'resource' || unseen !== null || doubtsOf(target.resource).length > 0) return null;
  for (const [argument, types] of TARGET_ARGUMENTS) {
    const value = target.resource.attribute(argument);
    if (value.kind === 'null') continue;
    const interfaces = interfacesNamed(c, value, types);
    return interfaces?.map((own) => ({ kind: 'delivery', interface: own, services: VXLAN })) ?? null;
  }
  return null;
}

function interfacesNamed(c: Compilation, value: Value, types: readonly string[]): readonly Interface[] | null {
  const owner = ownerOfAttribute(c, value, INSTANCE);
  const target = owner === null ? c.estate.resolve(value, types) : null;
  const resource = owner ?? (target?.kind === 'resource' ? target.resource : null);
  return resource === null ? null : (c.interfacesOf.get(resource) ?? null);
}
