import { covers } from '../../model/aws/cidr.ts';
import { VPC_TYPES } from '../../model/aws/vpc-defaults.ts';
import type { Block, Resource } from '../../model/resource.ts';
import { asItems, asString, display, isHidden, type Value } from '../../model/value.ts';
import type { Outcome } from '../check.ts';
import { addressRange, outsideRanges, ownRanges } from './declared-networks.ts';
import type { Inspect } from './dns-messages.ts';

/** What an outbound endpoint forwards, its rules say. */
export function judgeEndpoint(endpoint: Resource, { estate, pass, unproven }: Inspect): Outcome {
  const direction = asString(endpoint.attribute('direction'));
  if (isHidden(direction)) return unproven(direction);
  if (direction === 'INBOUND') return pass();
  if (direction !== 'OUTBOUND') return unproven(`is of the direction ${display(endpoint.attribute('direction'))}`);
  const { items } = estate.companions(endpoint, 'aws_route53_resolver_rule', 'resolver_endpoint_id');
  return items.length > 0 ? pass() : unproven('forwards by rules that are not in the estate');
}

export function judgeForwarding(rule: Resource, inspection: Inspect): Outcome {
  const { all, pass, unproven } = inspection;
  const type = asString(rule.attribute('rule_type'));
  if (isHidden(type)) return unproven(type);
  if (type === 'SYSTEM' || type === 'RECURSIVE') return pass();
  if (type !== 'FORWARD')
    return unproven(`is of the type ${display(rule.attribute('rule_type'))}, which is not followed`);
  const { items, open } = rule.blocks('target_ip');
  if (items.length === 0 && open.length === 0) return unproven('names no target');
  return all([
    ...items.map((block) => judgeTarget(rule, block, inspection)),
    ...(open.length === 0 ? [] : [unproven(open)]),
  ]);
}

function judgeTarget(rule: Resource, block: Block, inspection: Inspect): Outcome {
  const { all, pass, fail, unproven } = inspection;
  const addresses = ['ip', 'ipv6']
    .map((name) => ({ path: [...block.path, name], value: block.attribute(name) }))
    .filter(({ value }) => value.kind !== 'null');
  if (addresses.length === 0) return unproven('has a target without an address');
  return all(
    addresses.map(({ path, value }) => {
      const judged = isOwnResolver(value, inspection);
      if (isHidden(judged)) return unproven(judged);
      if (judged) return pass();
      const data = { domain: display(rule.attribute('domain_name')), target: display(value) };
      return fail({ path, value }, 'forwards', data);
    }),
  );
}

const PRIVATE_ADDRESSES: ReadonlySet<string | number> = new Set(['ip', 'ipv6', 'private_ip']);

/** Whether an address is of the estate's networks or of its own premises; what hides it. */
function isOwnResolver(value: Value, { estate, policy }: Inspect) {
  if (value.kind === 'reference') {
    const owner = estate.find(value.target);
    if (owner?.init.mode === 'managed' && PRIVATE_ADDRESSES.has(value.path.at(-1) ?? '')) return true;
  }
  const text = asString(value);
  if (isHidden(text)) return text;
  const range = addressRange(text ?? '');
  return range !== null && covers([...ownRanges(estate), ...outsideRanges(policy, 'on-premises')], range);
}

/** The rule that AWS makes in every VPC. */
const INTERNET_RESOLVER = 'rslvr-autodefined-rr-internet-resolver';

export function judgeRuleAssociation(association: Resource, { estate, pass, unproven }: Inspect): Outcome {
  const value = association.attribute('resolver_rule_id');
  const rule = estate.resolve(value, ['aws_route53_resolver_rule']);
  if (rule.kind === 'hidden') return unproven(rule.value);
  if (rule.kind === 'resource' && rule.resource.init.mode === 'managed') return pass();
  if (rule.kind === 'outside' && rule.text === INTERNET_RESOLVER) return pass();
  return unproven(`follows a rule outside the estate, ${display(value)}`);
}

/** Name servers that are the resolver of the VPC itself. */
const AMAZON_SERVERS: ReadonlySet<string> = new Set(['amazonprovideddns', '169.254.169.253', 'fd00:ec2::253']);

export function judgeServers(options: Resource, inspection: Inspect): Outcome {
  const { all, pass, fail, unproven } = inspection;
  const { items, open } = asItems(options.attribute('domain_name_servers'));
  return all([
    ...items.map((value, index) => {
      if (value.kind === 'string' && AMAZON_SERVERS.has(value.value.toLowerCase())) return pass();
      const judged = isOwnResolver(value, inspection);
      if (isHidden(judged)) return unproven(judged);
      if (judged) return pass();
      return fail({ path: ['domain_name_servers', index], value }, 'servers', { server: display(value) });
    }),
    ...(open.length === 0 ? [] : [unproven(open)]),
  ]);
}

export function judgeZone(zone: Resource, inspection: Inspect): Outcome {
  const { all, fail, unproven } = inspection;
  const { items, open } = zone.blocks('vpc');
  // A zone that no VPC is given when it is made is public for ever.
  if (items.length === 0 && open.length === 0) return fail({}, 'publicZone');
  return all([
    ...items.map((block) => judgeZoneVpc(block.attribute('vpc_id'), block.attribute('vpc_region'), inspection)),
    ...(open.length === 0 ? [] : [unproven(open)]),
  ]);
}

export function judgeZoneVpc(vpc: Value, region: Value, { estate, policy, pass, fail, unproven }: Inspect): Outcome {
  const target = estate.resolve(vpc, VPC_TYPES);
  if (target.kind === 'resource' && target.resource.init.mode === 'managed') return pass();
  const name = asString(region);
  const isOfSite = policy.sites.some((site) => {
    return site.region === name || site.supportingPlaces.some((place) => place.region === name);
  });
  if (typeof name === 'string' && !isOfSite) {
    return fail({ value: region }, 'foreignZone', { vpc: display(vpc), region: name });
  }
  if (target.kind === 'hidden') return unproven(target.value);
  return unproven(`gives its names to ${display(vpc)}, a VPC outside the estate`);
}
