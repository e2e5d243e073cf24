import type { Resource } from '../../../model/resource.ts';
import { asItems, type Hidden, unknown, type Value } from '../../../model/value.ts';
import type { Doubts, Interface, RelayEntry, RelayExit, RelayKind, Services } from '../topology.ts';
import { joinAddresses } from './addresses.ts';
import { admittedBy } from './admission.ts';
import { whyUnseen } from './candidates.ts';
import { CERTAIN, type Compilation, EVERY_SERVICE } from './compilation.ts';
import { internetOf } from './outsides.ts';
import { servicePrefixes } from './prefix-lists.ts';
import { bothDoubts, doubtsOf, NO, SUBNET_TYPES } from './reading.ts';
import { addRelay, EVERY_TCP, joinServices, serviceInterfaces } from './relay-parts.ts';
import { servicesOf, tcp } from './services.ts';

const BALANCERS = ['aws_lb', 'aws_alb'];
const ENDPOINTS = [...BALANCERS, 'aws_instance', 'aws_eip', 'aws_network_interface'];
const READ_WITH_THEM = [
  'aws_globalaccelerator_listener',
  'aws_api_gateway_integration',
  'aws_api_gateway_rest_api_put',
  'aws_apigatewayv2_integration',
];
const EDGE_PREFIXES = 'com.amazonaws.global.cloudfront.origin-facing';

/** Services at the edge of AWS that bring the Internet to interfaces inside a VPC, private ones too, past its routes. */
export function compileEdgeServices(c: Compilation): void {
  for (const type of READ_WITH_THEM) {
    for (const resource of c.estate.ofType(type)) c.understood.add(resource);
  }
  for (const group of c.estate.ofType('aws_globalaccelerator_endpoint_group')) addAccelerated(c, group, ENDPOINTS);
  for (const group of c.estate.ofType('aws_globalaccelerator_custom_routing_endpoint_group')) {
    addAccelerated(c, group, SUBNET_TYPES);
  }
  for (const origin of c.estate.ofType('aws_cloudfront_vpc_origin')) addOrigin(c, origin);
  for (const link of c.estate.ofType('aws_api_gateway_vpc_link')) {
    c.understood.add(link);
    const { items, open } = asItems(link.attribute('target_arns'));
    const targets = [...items, ...open].map((value) => interfacesNamed(c, value, BALANCERS));
    const doubts = whetherUsed(c, link, 'aws_api_gateway_integration');
    addDelivery(c, link, { kind: 'other', services: EVERY_TCP, targets, isBlockedWithInternet: false, doubts });
  }
  for (const link of c.estate.ofType('aws_apigatewayv2_vpc_link')) addHttpLink(c, link);
}

function addAccelerated(c: Compilation, group: Resource, types: readonly string[]): void {
  c.understood.add(group);
  const { items, open } = group.blocks('endpoint_configuration');
  const targets = items.map((block) => interfacesNamed(c, block.attribute('endpoint_id'), types));
  const unseen = open.map((hidden): Named => ({ interfaces: [], unseen: hidden }));
  const services = listenerServices(c, group);
  addDelivery(c, group, {
    kind: 'accelerator',
    services,
    targets: [...targets, ...unseen],
    isBlockedWithInternet: true,
  });
}

/** The ports that a listener takes. Endpoints may get them on others, which the balancer's own listeners decide. */
function listenerServices(c: Compilation, group: Resource): Services {
  const listener = c.estate.resolve(group.attribute('listener_arn'), ['aws_globalaccelerator_listener']);
  const isOverridden = group.attribute('port_override').kind !== 'null';
  if (listener.kind !== 'resource' || isOverridden) return EVERY_SERVICE;
  const protocol = listener.resource.attribute('protocol');
  const lower: Value = protocol.kind === 'string' ? { kind: 'string', value: protocol.value.toLowerCase() } : protocol;
  const { items, open } = listener.resource.blocks('port_range');
  if (items.length === 0 || open.length > 0) return EVERY_SERVICE;
  return joinServices(
    items.map((range) => servicesOf(lower, range.attribute('from_port'), range.attribute('to_port'))),
  );
}

function addOrigin(c: Compilation, origin: Resource): void {
  c.understood.add(origin);
  for (const config of origin.blocks('vpc_origin_endpoint_config').items) {
    const ports = ['http_port', 'https_port'].map((name) => config.attribute(name));
    const services = joinServices(ports.map((port) => servicesOf({ kind: 'string', value: 'tcp' }, port, port)));
    const targets = [interfacesNamed(c, config.attribute('arn'), ENDPOINTS)];
    addDelivery(c, origin, { kind: 'cdn-origin', services, targets, isBlockedWithInternet: true });
  }
}

/** The interfaces of what a value names; what hides them, when none are seen. */
interface Named {
  readonly interfaces: readonly Interface[];
  readonly unseen: Hidden | null;
}

function interfacesNamed(c: Compilation, value: Value, types: readonly string[]): Named {
  const target = c.estate.resolve(value, types);
  if (target.kind !== 'resource') return { interfaces: [], unseen: whyUnseen(target) };
  const { resource } = target;
  const own = c.subnets.get(resource);
  if (own !== undefined) return { interfaces: interfacesIn(c).get(own) ?? [], unseen: null };
  if (resource.type === 'aws_eip') {
    const carrier = ['instance', 'network_interface']
      .map((name) => c.estate.resolve(resource.attribute(name), ['aws_instance', 'aws_network_interface']))
      .find(({ kind }) => kind === 'resource');
    // An address that nothing carries, or that something else carries, is served by the Internet gateway.
    return {
      interfaces: carrier?.kind === 'resource' ? (c.interfacesOf.get(carrier.resource) ?? []) : [],
      unseen: null,
    };
  }
  const interfaces = c.interfacesOf.get(resource) ?? [];
  const unseen =
    interfaces.length > 0 ? null : unknown('missing-object', resource.address, 'has no interface that is seen');
  return { interfaces, unseen };
}

const BY_SUBNET = new WeakMap<Compilation, Map<unknown, Interface[]>>();

function interfacesIn(c: Compilation): ReadonlyMap<unknown, readonly Interface[]> {
  const known = BY_SUBNET.get(c);
  if (known !== undefined) return known;
  const made = new Map<unknown, Interface[]>();
  for (const own of c.interfaces) {
    const others = made.get(own.subnet);
    if (others === undefined) made.set(own.subnet, [own]);
    else others.push(own);
  }
  BY_SUBNET.set(c, made);
  return made;
}

interface Delivery {
  readonly kind: RelayKind;
  readonly services: Services;
  readonly targets: readonly Named[];
  /** Whether VPC Block Public Access stops it. */
  readonly isBlockedWithInternet: boolean;
  readonly doubts?: Doubts;
}

function addDelivery(c: Compilation, resource: Resource, parts: Delivery): void {
  c.understood.add(resource);
  const from: readonly RelayEntry[] = [{ kind: 'outside', outside: internetOf(c), services: EVERY_SERVICE }];
  for (const { interfaces, unseen } of parts.targets) {
    if (unseen !== null) {
      c.unmodelled.push({ resource, reason: 'brings the Internet to something that the input does not show' });
    }
    for (const own of interfaces) {
      const blocked = blockage(own, parts.isBlockedWithInternet);
      if (blocked === null) continue;
      const services = admitted(c, own, parts.services);
      const to: readonly RelayExit[] = [{ kind: 'delivery', interface: own, services }];
      addRelay(c, resource, {
        kind: parts.kind,
        from,
        to,
        owner: resource,
        doubts: bothDoubts(blocked, parts.doubts ?? CERTAIN),
      });
    }
  }
}

/** What hides whether the subnet of an interface is open to it; null where it is closed for sure. */
function blockage({ subnet }: Interface, isBlockedWithInternet: boolean): Doubts | null {
  if (!isBlockedWithInternet) return CERTAIN;
  const { holds, doubts } = subnet.blocksIngress;
  return holds && doubts.length === 0 ? null : doubts;
}

/** Groups see the client, or an address of AWS inside the VPC, or that of the edge. */
function admitted(c: Compilation, own: Interface, services: Services): Services {
  const edge = { ranges: [], unknowns: [servicePrefixes(c, EDGE_PREFIXES)], doubts: CERTAIN };
  const past = admittedBy(own, joinAddresses([internetOf(c).addresses, own.subnet.vpc.addresses, edge]));
  return {
    ranges: past.ranges.flatMap((range) =>
      services.ranges.flatMap((other) => {
        const [first, last] = [Math.max(range.first, other.first), Math.min(range.last, other.last)];
        return first <= last ? [{ first, last }] : [];
      }),
    ),
    doubts: bothDoubts(past.doubts, services.doubts),
  };
}

/** Interfaces by which an HTTP API reaches what its integrations name. */
function addHttpLink(c: Compilation, link: Resource): void {
  c.understood.add(link);
  const own = serviceInterfaces(c, link, link.attribute('subnet_ids'), link.attribute('security_group_ids'));
  addRelay(c, link, {
    kind: 'other',
    from: [{ kind: 'outside', outside: internetOf(c), services: tcp(443) }],
    to: own.map((item) => ({
      kind: 'interface',
      interface: item,
      destinations: item.subnet.vpc.addresses,
      services: EVERY_TCP,
      keepsSource: NO,
    })),
    owner: link,
    doubts: whetherUsed(c, link, 'aws_apigatewayv2_integration'),
  });
}

/** A link that no API uses leads nobody anywhere; what uses it may stand in the definition of an API. */
function whetherUsed(c: Compilation, link: Resource, integration: string): Doubts {
  const { items, open } = c.estate.companions(link, integration, 'connection_id');
  if (items.some((item) => doubtsOf(item).length === 0)) return CERTAIN;
  return [open[0]?.value ?? unknown('missing-object', link.address, 'is used by no integration of the estate')];
}
