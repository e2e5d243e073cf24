import type { Resource } from '../../../model/resource.ts';
import { unknown, type Value } from '../../../model/value.ts';
import type { Choice, Doubts, TransitGateway } from '../topology.ts';
import { mayBeSameRegion, nameOfValue, readByDataSource } from './candidates.ts';
import { CERTAIN, type Compilation, originOf } from './compilation.ts';
import { doubtsOf, regionOf } from './reading.ts';

const GATEWAY = 'aws_ec2_transit_gateway';

/** Transit gateways of the estate, and those that data sources read. */
export function compileTransitGateways(c: Compilation): void {
  for (const resource of c.estate.ofType(GATEWAY)) {
    c.understood.add(resource);
    addGateway(c, resource, doubtsOf(resource));
  }
  const own = [...c.transitGateways.values()];
  for (const source of c.estate.dataOfType(GATEWAY)) {
    c.understood.add(source);
    const target = c.estate.resolve(source.attribute('id'), [GATEWAY]);
    const known = target.kind === 'resource' ? c.transitGateways.get(target.resource) : undefined;
    if (known !== undefined) {
      c.transitGateways.set(source, known);
      c.targets.set(source, { kind: 'transit', gateway: known });
      continue;
    }
    addGateway(c, source, CERTAIN);
    const region = regionOf(c, source);
    if (own.some((gateway) => mayBeSameRegion(gateway.region, region))) {
      c.targets.set(source, { kind: 'hidden', doubts: [readByDataSource(source)] });
    }
  }
}

function addGateway(c: Compilation, resource: Resource, doubts: Doubts): void {
  const gateway: TransitGateway = { origin: originOf(resource), doubts, region: regionOf(c, resource) };
  c.transitGateways.set(resource, gateway);
  c.targets.set(resource, { kind: 'transit', gateway });
}

/** Whether the estate makes a gateway, so that it shows its tables. */
export function isManaged({ origin }: TransitGateway): boolean {
  return origin.resource?.init.mode === 'managed';
}

/** The gateways of the estate that are, or may be, in a Region. */
export function gatewaysAround(c: Compilation, region: string | null): readonly TransitGateway[] {
  return [...new Set(c.transitGateways.values())].filter(
    (gateway) => isManaged(gateway) && mayBeSameRegion(gateway.region, region),
  );
}

/**
 * The gateways that an argument of `user` may name, in a Region: one of the estate, one that the estate only names, or,
 * when the value does not tell, any.
 */
export function gatewayChoices(
  c: Compilation,
  value: Value,
  user: Resource,
  region: string | null = regionOf(c, user),
): readonly Choice<TransitGateway>[] {
  const target = c.estate.resolve(value, [GATEWAY]);
  switch (target.kind) {
    case 'none':
      return [];
    case 'outside':
      return [{ item: unseenGateway(c, nameOfValue(value), region), doubts: CERTAIN }];
    case 'hidden': {
      const unseen = unseenGateway(c, `${nameOfValue(value)} of ${user.stack}`, region);
      return anyGateway(c, unseen, region, [target.value]);
    }
    case 'resource': {
      const { resource } = target;
      const known = c.transitGateways.get(resource);
      if (known === undefined) {
        const why = unknown('missing-object', resource.address, 'is no transit gateway of the estate');
        return anyGateway(c, unseenGateway(c, resource.address, region), region, [why]);
      }
      return isManaged(known)
        ? [{ item: known, doubts: CERTAIN }]
        : anyGateway(c, known, region, [readByDataSource(resource)]);
    }
  }
}

function anyGateway(
  c: Compilation,
  unseen: TransitGateway,
  region: string | null,
  doubts: Doubts,
): readonly Choice<TransitGateway>[] {
  const own = gatewaysAround(c, region);
  // There is no other that it could be.
  if (own.length === 0) return [{ item: unseen, doubts: CERTAIN }];
  return [unseen, ...own].map((item) => ({ item, doubts }));
}

/** A gateway that the estate only names. */
function unseenGateway(c: Compilation, name: string, region: string | null): TransitGateway {
  const known = c.foreignTransitGateways.get(name);
  if (known !== undefined) return known;
  const made: TransitGateway = {
    origin: { name: `transit gateway ${name}`, resource: null, path: [] },
    doubts: CERTAIN,
    region,
  };
  c.foreignTransitGateways.set(name, made);
  return made;
}
