import type { Resource } from '../../../model/resource.ts';
import { asBoolean, asItems, type Hidden, unknown, type Value } from '../../../model/value.ts';
import type { Doubts, RelayExit, Services } from '../topology.ts';
import { whyUnseen } from './candidates.ts';
import { CERTAIN, type Compilation } from './compilation.ts';
import type { LoadBalancers } from './load-balancers.ts';
import { ANY_ADDRESS } from './outsides.ts';
import { bothDoubts, doubtsOf, NO } from './reading.ts';
import { addRelay, joinServices } from './relay-parts.ts';
import { BALANCER_TYPES } from './target-groups.ts';

const SERVICE = 'aws_vpc_endpoint_service';
const PRINCIPAL = 'aws_vpc_endpoint_service_allowed_principal';
const ACCEPTER = 'aws_vpc_endpoint_connection_accepter';

/** Services that the estate offers to endpoints in the networks of others: ways in past every gateway. */
export function compileEndpointServices(c: Compilation, balancers: LoadBalancers): void {
  for (const service of c.estate.ofType(SERVICE)) {
    c.understood.add(service);
    const { services, exits, doubts } = offered(c, service, balancers);
    const name = `the consumers of ${service.address} of ${service.stack}`;
    const outside = c.outside(name, () => ({
      kind: 'foreign-network',
      name,
      origin: { name: service.address, resource: service, path: [] },
      addresses: ANY_ADDRESS,
      region: null,
    }));
    addRelay(c, service, {
      kind: 'endpoint-service',
      from: [{ kind: 'outside', outside, services }],
      to: exits,
      owner: service,
      doubts: bothDoubts(doubts, admission(c, service)),
    });
  }
  for (const type of [PRINCIPAL, ACCEPTER]) for (const resource of c.estate.ofType(type)) c.understood.add(resource);
}

/** The balancers behind a service; in `open` why there may be others. */
export function balancersOf(
  c: Compilation,
  service: Resource,
  argument: 'network_load_balancer_arns' | 'gateway_load_balancer_arns',
): { readonly items: readonly Resource[]; readonly open: Doubts } {
  const { items, open } = asItems(service.attribute(argument));
  const found: Resource[] = [];
  const hidden: Hidden[] = [];
  for (const value of [...items, ...open]) {
    const target = c.estate.resolve(value, BALANCER_TYPES);
    const why = whyUnseen(target);
    if (target.kind === 'resource' && why === null) found.push(target.resource);
    else if (why !== null) hidden.push(why);
  }
  return { items: found, open: hidden };
}

interface Offer {
  readonly services: Services;
  readonly exits: readonly RelayExit[];
  readonly doubts: Doubts;
}

/** What connections to a service reach: its balancers, and what those pass them on to. */
function offered(c: Compilation, service: Resource, balancers: LoadBalancers): Offer {
  const { items, open } = balancersOf(c, service, 'network_load_balancer_arns');
  if (open.length > 0) {
    c.unmodelled.push({ resource: service, reason: 'offers a load balancer that the estate does not show' });
  }
  const exits: RelayExit[] = [];
  const services: Services[] = [];
  const doubts: Hidden[] = [];
  for (const balancer of items) {
    const balanced = balancers.of(balancer);
    const taken = joinServices(balanced.map((one) => one.services));
    services.push(taken);
    for (const item of c.interfacesOf.get(balancer) ?? []) {
      exits.push({ kind: 'delivery', interface: item, services: taken });
    }
    // Its targets see connections that come by an endpoint as the balancer's own.
    exits.push(
      ...balanced
        .flatMap((one) => one.exits)
        .map((exit) => (exit.kind === 'interface' ? { ...exit, keepsSource: NO } : exit)),
    );
    doubts.push(...filtering(balancer));
  }
  return { services: joinServices(services), exits, doubts };
}

/** The groups of a balancer filter what comes by an endpoint as well, by addresses that only the consumer knows. */
function filtering(balancer: Resource): Doubts {
  const { items, open } = asItems(balancer.attribute('security_groups'));
  const enforced: Value = balancer.attribute('enforce_security_group_inbound_rules_on_private_link_traffic');
  if (items.length + open.length === 0 || (enforced.kind === 'string' && enforced.value === 'off')) return CERTAIN;
  return [
    unknown(
      'missing-object',
      balancer.address,
      'has security groups that may keep consumers of its endpoint service out',
    ),
  ];
}

/** What hides whether somebody outside can connect: whom the service admits, and who accepts them. */
function admission(c: Compilation, service: Resource): Doubts {
  const { items, open } = asItems(service.attribute('allowed_principals'));
  const more = c.estate.companions(service, PRINCIPAL, 'vpc_endpoint_service_id').items;
  const isOpen = items.length > 0 || more.some((principal) => !principal.init.isSymbolic);
  const admitted = isOpen
    ? CERTAIN
    : [
        ...open,
        unknown(
          'missing-object',
          service.address,
          'names nobody whom it admits, so that only its own account can connect',
        ),
      ];
  return bothDoubts(admitted, acceptance(c, service, null));
}

/** Connections to a service of the estate from an endpoint of the estate. */
export function consumed(c: Compilation, service: Resource, balancers: LoadBalancers, endpoint: Resource): Offer {
  const offer = offered(c, service, balancers);
  return {
    ...offer,
    doubts: bothDoubts(bothDoubts(offer.doubts, doubtsOf(service)), acceptance(c, service, endpoint)),
  };
}

/** What hides whether a connection is accepted, where that is required. */
function acceptance(c: Compilation, service: Resource, endpoint: Resource | null): Doubts {
  if (asBoolean(service.attribute('acceptance_required')) === false) return CERTAIN;
  if (endpoint !== null && asBoolean(endpoint.attribute('auto_accept')) === true) return CERTAIN;
  const accepters = c.estate.companions(service, ACCEPTER, 'vpc_endpoint_service_id').items;
  const named = accepters.some((accepter) => {
    if (accepter.init.isSymbolic) return false;
    const target = c.estate.resolve(accepter.attribute('vpc_endpoint_id'), ['aws_vpc_endpoint']);
    // An endpoint of the estate is none of somebody outside.
    return endpoint === null ? target.kind === 'outside' : target.kind === 'resource' && target.resource === endpoint;
  });
  return named
    ? CERTAIN
    : [unknown('missing-object', service.address, 'must accept each connection, which the estate does not show')];
}
