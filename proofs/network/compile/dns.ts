import type { Block, Resource } from '../../../model/resource.ts';
import { asBoolean, asString, isHidden, type Value } from '../../../model/value.ts';
import type { Doubts, RelayEntry, RelayExit, Services, Vpc } from '../topology.ts';
import { addressesOf } from './addresses.ts';
import { whyUnseen } from './candidates.ts';
import { CERTAIN, type Compilation, NO_ADDRESSES } from './compilation.ts';
import { type NameFilter, nameFilterOf, profileResources } from './dns-firewall.ts';
import { ANY_ADDRESS, foreignNetworkBehind, internetOf } from './outsides.ts';
import { bothDoubts, doubtsOf, NO } from './reading.ts';
import { addRelay, joinServices, serviceInterfaces } from './relay-parts.ts';
import { serviceRange, tcp } from './services.ts';

const DNS_PORT = 53;
const HTTPS = 443;
const UDP = 17;

const DNS: Services = joinServices([serviceRange(UDP, DNS_PORT, DNS_PORT), tcp(DNS_PORT)]);

const RULE = 'aws_route53_resolver_rule';
const ENDPOINT = 'aws_route53_resolver_endpoint';

const READ_WITH_THEM = [
  'aws_route53_resolver_firewall_config',
  'aws_route53_resolver_firewall_domain_list',
  'aws_route53_resolver_firewall_rule',
  'aws_route53_resolver_firewall_rule_group',
  'aws_route53_resolver_firewall_rule_group_association',
  'aws_route53_resolver_rule_association',
  'aws_route53profiles_association',
  'aws_route53profiles_profile',
  'aws_route53profiles_resource_association',
  RULE,
  ENDPOINT,
];

/**
 * The resolver of each VPC, which no group, list or route keeps a host from asking: it asks the Internet, unless the DNS
 * firewall closes that, and forwards what resolver rules say from an outbound endpoint.
 */
export function compileDns(c: Compilation): void {
  for (const type of READ_WITH_THEM) for (const resource of c.estate.ofType(type)) c.understood.add(resource);
  const inbound = inboundEndpoints(c);
  for (const [resource, vpc] of c.vpcs) {
    const support = asBoolean(resource.attribute('enable_dns_support'));
    if (support === false) continue;
    const doubts = isHidden(support) ? [support] : CERTAIN;
    const from: readonly RelayEntry[] = [{ kind: 'vpc', vpc, services: DNS }, ...(inbound.get(vpc) ?? [])];
    const filter = nameFilterOf(c, resource);
    if (filter.kind === 'open') {
      addRelay(c, resource, {
        kind: 'dns',
        from,
        to: [{ kind: 'outside', outside: internetOf(c) }],
        owner: null,
        doubts: bothDoubts(doubts, filter.doubts),
      });
    }
    addForwarding(c, resource, from, filter, doubts);
  }
}

/** Endpoints by which others ask the resolver of a VPC. */
function inboundEndpoints(c: Compilation): ReadonlyMap<Vpc, readonly RelayEntry[]> {
  const entries = new Map<Vpc, RelayEntry[]>();
  for (const endpoint of c.estate.ofType(ENDPOINT)) {
    const direction = asString(endpoint.attribute('direction'));
    if (direction === 'OUTBOUND') continue;
    for (const own of interfacesOf(c, endpoint)) {
      const { vpc } = own.subnet;
      const known = entries.get(vpc) ?? [];
      known.push({ kind: 'interface', interface: own, services: joinServices([DNS, tcp(HTTPS)]) });
      entries.set(vpc, known);
    }
  }
  return entries;
}

function interfacesOf(c: Compilation, endpoint: Resource) {
  const { items, open } = endpoint.blocks('ip_address');
  const subnets: Value = { kind: 'list', items: [...items.map((block) => block.attribute('subnet_id')), ...open] };
  return serviceInterfaces(c, endpoint, subnets, endpoint.attribute('security_group_ids'));
}

/** What the rules that are associated with a VPC forward, and to whom. */
function addForwarding(
  c: Compilation,
  vpc: Resource,
  from: readonly RelayEntry[],
  filter: NameFilter,
  support: Doubts,
): void {
  // Every name is blocked, also those that a rule would forward.
  if (filter.kind === 'closed' && !filter.allowsSome) return;
  const associations = c.estate.companions(vpc, 'aws_route53_resolver_rule_association', 'vpc_id');
  const named: readonly { readonly by: Resource; readonly value: Value; readonly doubts: Doubts }[] = [
    ...associations.items.map((by) => ({ by, value: by.attribute('resolver_rule_id'), doubts: doubtsOf(by) })),
    ...associations.open.map(({ resource, value }) => ({
      by: resource,
      value: resource.attribute('resolver_rule_id'),
      doubts: [value],
    })),
    ...profileResources(c, vpc).map(({ association, value }) => ({
      by: association,
      value,
      doubts: doubtsOf(association),
    })),
  ];
  for (const { by, value, doubts } of named) {
    const target = c.estate.resolve(value, [RULE]);
    if (target.kind === 'resource' && target.resource.type === RULE && target.resource.init.mode === 'managed') {
      const rule = target.resource;
      const to = exitsOf(c, rule);
      const whole = bothDoubts(bothDoubts(doubts, support), doubtsOf(rule));
      addRelay(c, rule, { kind: 'dns', from, to, owner: null, doubts: whole });
      continue;
    }
    const isOfProfile = by.type === 'aws_route53profiles_association';
    const unseen = whyUnseen(target);
    // A profile also brings zones and groups, of which nothing is forwarded.
    if (unseen === null || isOfProfile) continue;
    const outside = foreignNetworkBehind(c, by, ANY_ADDRESS);
    addRelay(c, by, {
      kind: 'dns',
      from,
      to: [{ kind: 'outside', outside }],
      owner: null,
      doubts: [...doubts, unseen],
    });
  }
}

/** From the interfaces of the rule's endpoint to its servers. Other kinds of rules only keep names where they are. */
function exitsOf(c: Compilation, rule: Resource): readonly RelayExit[] {
  const kind = asString(rule.attribute('rule_type'));
  if (kind === 'SYSTEM' || kind === 'RECURSIVE') return [];
  const endpoint = c.estate.resolve(rule.attribute('resolver_endpoint_id'), [ENDPOINT]);
  const { items, open } = rule.blocks('target_ip');
  if (endpoint.kind !== 'resource') {
    const unseen = whyUnseen(endpoint);
    return unseen === null ? [] : [{ kind: 'outside', outside: foreignNetworkBehind(c, rule, ANY_ADDRESS) }];
  }
  return interfacesOf(c, endpoint.resource).flatMap((own) => [
    ...items.map((server): RelayExit => ({
      kind: 'interface',
      interface: own,
      destinations: addressesOf(c, { kind: 'list', items: ['ip', 'ipv6'].map((name) => server.attribute(name)) }),
      services: serverServices(server),
      keepsSource: NO,
    })),
    ...open.map((hidden): RelayExit => ({
      kind: 'interface',
      interface: own,
      destinations: { ...NO_ADDRESSES, doubts: [hidden] },
      services: DNS,
      keepsSource: NO,
    })),
  ]);
}

function serverServices(server: Block): Services {
  const protocol = asString(server.attribute('protocol'));
  const port = server.attribute('port');
  const isWeb = protocol === 'DoH' || protocol === 'DoH-FIPS';
  if (port.kind === 'null') return isWeb ? tcp(HTTPS) : DNS;
  const number = asString(port);
  if (isHidden(number)) return { ranges: [], doubts: [number] };
  const own = Number(number);
  return isWeb ? tcp(own) : joinServices([tcp(own), serviceRange(UDP, own, own)]);
}
