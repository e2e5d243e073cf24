import type { Resource } from '../../../model/resource.ts';
import { asString, type Hidden, unknown, type Value } from '../../../model/value.ts';
import type { Doubts, Inspection, Interface, RelayEntry, RelayExit, Vpc } from '../topology.ts';
import { vpcChoices, whyUnseen } from './candidates.ts';
import { CERTAIN, type Compilation, type Draft, EVERY_SERVICE, originOf } from './compilation.ts';
import { balancersOf } from './endpoint-services.ts';
import { type Associations, ENDPOINT } from './endpoints.ts';
import type { LoadBalancers } from './load-balancers.ts';
import { ANY_ADDRESS } from './outsides.ts';
import { bothDoubts, doubtsOf, subnetChoices } from './reading.ts';
import { addRelay } from './relay-parts.ts';
import { outsideOf, serviceOf } from './service-names.ts';
import { gatewayChoices } from './transit-gateways.ts';
import { attach } from './transit.ts';

const FIREWALL = 'aws_networkfirewall_firewall';

/** Endpoints at which packets are inspected and come back: of firewalls, and of gateway load balancers. */
export function compileInspections(c: Compilation, associations: Associations, balancers: LoadBalancers): void {
  for (const firewall of c.estate.ofType(FIREWALL)) addFirewall(c, firewall);
  for (const association of c.estate.ofType('aws_networkfirewall_vpc_endpoint_association')) {
    c.understood.add(association);
    const target = c.estate.resolve(association.attribute('firewall_arn'), [FIREWALL]);
    const owner = target.kind === 'resource' && whyUnseen(target) === null ? target.resource : null;
    addEndpoints(c, association, { owner, vpc: association.attribute('vpc_id') });
  }
  for (const accepter of c.estate.ofType('aws_networkfirewall_firewall_transit_gateway_attachment_accepter')) {
    addAccepter(c, accepter);
  }
  for (const endpoint of c.estate.ofType(ENDPOINT)) {
    const type = asString(c.estate.effective(endpoint, 'vpc_endpoint_type'));
    if (type === 'GatewayLoadBalancer') addBalancerEndpoint(c, endpoint, associations, balancers);
  }
}

function addFirewall(c: Compilation, firewall: Resource): void {
  c.understood.add(firewall);
  addEndpoints(c, firewall, { owner: firewall, vpc: firewall.attribute('vpc_id') });
  const value = firewall.attribute('transit_gateway_id');
  if (value.kind === 'null') return;
  const inspection = addInspection(c, firewall, {
    subnet: null,
    owner: firewall,
    kind: 'network-firewall',
    doubts: CERTAIN,
  });
  for (const gateway of gatewayChoices(c, value, firewall)) {
    attach(c, firewall, {
      gateway: gateway.item,
      doubts: gateway.doubts,
      end: { kind: 'inspection', inspection },
    });
  }
}

/** A firewall of another account waits for the gateway's owner, who may name its attachment by this. */
function addAccepter(c: Compilation, accepter: Resource): void {
  c.understood.add(accepter);
  const value = accepter.attribute('transit_gateway_attachment_id');
  const references = value.kind === 'reference' ? [value] : value.kind === 'unknown' ? value.references : [];
  for (const { target } of references) {
    const firewall = c.estate.find(target);
    const known = firewall === null ? undefined : c.attachmentsOf.get(firewall);
    if (known !== undefined) {
      c.attachmentsOf.set(accepter, known);
      return;
    }
  }
  c.unmodelled.push({ resource: accepter, reason: 'accepts a firewall that the estate does not show' });
}

interface EndpointParts {
  readonly owner: Resource | null;
  /** Names the VPC whose subnets may have an endpoint where the mapping hides which. */
  readonly vpc: Value;
}

function addEndpoints(c: Compilation, resource: Resource, { owner, vpc }: EndpointParts): void {
  const { items, open } = resource.blocks('subnet_mapping');
  const hidden: Hidden[] = [...open];
  const kind = 'network-firewall';
  for (const mapping of items) {
    const subnets = subnetChoices(c, mapping.attribute('subnet_id'));
    hidden.push(...subnets.open);
    for (const { item, doubts } of subnets.items) {
      addInspection(c, resource, { subnet: item, owner, kind, doubts, path: mapping.path });
    }
  }
  if (hidden.length === 0) return;
  for (const choice of vpcChoices(c, vpc, resource)) {
    for (const subnet of c.subnetsOf.get(choice.item) ?? []) {
      addInspection(c, resource, { subnet, owner, kind, doubts: bothDoubts(choice.doubts, hidden) });
    }
  }
}

interface InspectionParts extends Pick<Inspection, 'subnet' | 'owner' | 'kind'> {
  readonly doubts: Doubts;
  readonly path?: readonly (string | number)[];
}

function addInspection(c: Compilation, resource: Resource, parts: InspectionParts): Inspection {
  const made: Draft<Inspection> = {
    origin: originOf(resource, parts.path ?? []),
    doubts: bothDoubts(doubtsOf(resource), parts.doubts),
    kind: parts.kind,
    subnet: parts.subnet,
    owner: parts.owner,
  };
  c.inspections.push(made);
  if (parts.subnet === null) return made;
  const known = c.inspectionsOf.get(resource);
  if (known === undefined) c.inspectionsOf.set(resource, [made]);
  else known.push(made);
  return made;
}

function addBalancerEndpoint(
  c: Compilation,
  endpoint: Resource,
  associations: Associations,
  balancers: LoadBalancers,
): void {
  const service = serviceOf(c, endpoint);
  const behind = service.kind === 'own' ? balancersOf(c, service.resource, 'gateway_load_balancer_arns') : null;
  const [only, ...more] = behind?.items ?? [];
  const isOne = only !== undefined && more.length + (behind?.open.length ?? 0) === 0;
  const { items, open } = associations.subnets(endpoint);
  for (const { item, doubts } of items) {
    addInspection(c, endpoint, { subnet: item, owner: isOne ? only : null, kind: 'gateway-load-balancer', doubts });
  }
  if (open.length > 0)
    c.unmodelled.push({ resource: endpoint, reason: 'stands in subnets that the estate does not show' });
  const vpcs = new Set(items.map(({ item }) => item.vpc));
  const exits = service.kind === 'own' ? forwardedBy(balancers, behind?.items ?? []) : [];
  if (exits.length > 0) {
    addRelay(c, endpoint, {
      kind: 'other',
      from: entriesOf(c, vpcs),
      to: exits,
      owner: isOne ? only : null,
      doubts: [
        unknown('missing-object', endpoint.address, 'leads to appliances that may forward by routes of their own'),
      ],
    });
  }
  if (service.kind === 'own') return;
  // The appliances of somebody else see everything, and give back what they like.
  addRelay(c, endpoint, {
    kind: 'other',
    from: entriesOf(c, vpcs),
    to: [{ kind: 'outside', outside: outsideOf(c, service) }],
    owner: null,
    doubts: [unknown('missing-object', endpoint.address, 'hands packets to appliances that the estate does not show')],
  });
}

/** Whatever may be routed to an endpoint of a VPC. */
function entriesOf(c: Compilation, vpcs: ReadonlySet<Vpc>): readonly RelayEntry[] {
  const inside = [...vpcs].map((vpc): RelayEntry => ({ kind: 'vpc', vpc, services: EVERY_SERVICE }));
  const outsides = new Set(c.doors.filter(({ vpc }) => vpcs.has(vpc)).map(({ outside }) => outside));
  return [
    ...inside,
    ...[...outsides].map((outside): RelayEntry => ({ kind: 'outside', outside, services: EVERY_SERVICE })),
  ];
}

/** The appliances behind gateway load balancers that may forward to where their own subnets' tables lead. */
function forwardedBy(balancers: LoadBalancers, behind: readonly Resource[]): readonly RelayExit[] {
  const targets = behind.flatMap((balancer) => balancers.targetsOf(balancer).flatMap(({ interfaces }) => interfaces));
  return [...new Set(targets)].filter(mayForward).map((item) => ({
    kind: 'interface',
    interface: item,
    destinations: ANY_ADDRESS,
    services: EVERY_SERVICE,
    // It may translate what it forwards, or not.
    keepsSource: {
      holds: true,
      doubts: [unknown('missing-object', item.origin.name, 'may translate what it forwards')],
    },
  }));
}

function mayForward({ forwards }: Interface): boolean {
  return forwards.holds || forwards.doubts.length > 0;
}
