import type { Resource } from '../../model/resource.ts';
import { asBoolean, asString, display, isHidden } from '../../model/value.ts';
import { countryAllowed } from '../../policy/sites.ts';
import type { Outcome } from '../check.ts';
import { addressRange } from './declared-networks.ts';
import type { Inspect, Judge } from './line-messages.ts';
import { principalKind } from './registered-principals.ts';

const ENDS = ['vpn_gateway_id', 'transit_gateway_id', 'vpn_concentrator_id'] as const;

/** An argument that must be there. */
export function requires(argument: string, types: readonly string[]): Judge {
  const judge = names(argument, types);
  return (resource, inspection) =>
    resource.attribute(argument).kind === 'null'
      ? inspection.unproven(`does not say in ${argument} what it is a part of`)
      : judge(resource, inspection);
}

export function names(argument: string, types: readonly string[]): Judge {
  return (resource, { estate, pass, unproven }) => {
    const value = resource.attribute(argument);
    const target = estate.resolve(value, types);
    switch (target.kind) {
      case 'none':
        return pass();
      case 'hidden':
        return unproven(target.value);
      case 'outside':
        return unproven(`names ${display(value)} as ${argument}, which is not in the estate`);
      case 'resource':
        return target.resource.init.mode === 'managed'
          ? pass()
          : unproven(`names ${target.resource.address} as ${argument}, which is not of the estate`);
    }
  };
}

export function judgeAddress(gateway: Resource, { policy, pass, fail, unproven }: Inspect): Outcome {
  const value = gateway.attribute('ip_address');
  const text = asString(value);
  if (isHidden(text)) return unproven(text);
  if (text === null || text === '') return fail({}, 'anywhere');
  const address = addressRange(text);
  const registered = policy.network.outside.flatMap(({ customerGateways }) =>
    customerGateways.flatMap(rangesOfAddress),
  );
  if (
    address !== null &&
    registered.some(({ family, first }) => family === address.family && first === address.first)
  ) {
    return pass();
  }
  return fail({ path: ['ip_address'], value }, 'address', { address: display(value) });
}

function rangesOfAddress(text: string) {
  const range = addressRange(text);
  return range === null ? [] : [range];
}

/** A connection that ends nowhere is for a core network to take. */
export function judgeEnds(connection: Resource, { estate, pass, unproven }: Inspect): Outcome {
  if (ENDS.some((argument) => connection.attribute(argument).kind !== 'null')) return pass();
  const attachment = 'aws_networkmanager_site_to_site_vpn_attachment';
  const { items } = estate.companions(connection, attachment, 'vpn_connection_arn');
  return items.length > 0 ? pass() : unproven('names no gateway, so nothing in the estate says where it leads');
}

export function judgeAcceleration(connection: Resource, { pass, fail, unproven }: Inspect): Outcome {
  const value = connection.attribute('enable_acceleration');
  const isOn = asBoolean(value);
  if (isHidden(isOn)) return unproven(isOn);
  return isOn === true ? fail({ path: ['enable_acceleration'], value }, 'accelerated') : pass();
}

export function judgeLocation(line: Resource, { policy, asOf, pass, fail, unproven }: Inspect): Outcome {
  const value = line.attribute('location');
  const text = asString(value);
  if (isHidden(text)) return unproven(text);
  const at = { path: ['location'], value };
  const named = policy.network.outside.flatMap(({ locations }) => locations.filter(({ code }) => code === text));
  if (named.length === 0) return fail(at, 'location', { location: display(value) });
  for (const { country } of named) {
    const judged = countryAllowed(country, policy, asOf);
    if (judged.kind === 'refused') return fail(at, 'country', { location: display(value), reason: judged.reason });
  }
  return pass();
}

export function judgeOwner(argument: string): Judge {
  return (resource, { policy, pass, fail, unproven }) => {
    const value = resource.attribute(argument);
    const text = asString(value);
    if (text === null) return pass();
    if (isHidden(text)) return unproven(text);
    const kind = principalKind(text, policy);
    if (kind === 'own' || kind === 'registered') return pass();
    return fail({ path: [argument], value }, 'owner', { account: display(value) });
  };
}

/** What is not named is the gateway of another account, which must be. */
export function judgeAssociated(association: Resource, { pass, unproven }: Inspect): Outcome {
  const ends = ['associated_gateway_id', 'associated_gateway_owner_account_id'];
  if (ends.some((argument) => association.attribute(argument).kind !== 'null')) return pass();
  return unproven('names neither the gateway that it is associated with nor its owner');
}

export function judgeSiteLink(virtual: Resource, { pass, fail, unproven }: Inspect): Outcome {
  const value = virtual.attribute('sitelink_enabled');
  const isOn = asBoolean(value);
  if (isHidden(isOn)) return unproven(isOn);
  return isOn === true ? fail({ path: ['sitelink_enabled'], value }, 'siteLink') : pass();
}
