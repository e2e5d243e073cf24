import type { Path, Resource } from '../../model/resource.ts';
import { asItems, asString, display, type Hidden, isHidden } from '../../model/value.ts';
import { defineCheck, type Outcome } from '../check.ts';
import { CORE_NETWORK, CORE_POLICY, judgeCore, judgeRegion } from './core-networks.ts';
import { areLinked, endOf, type LinkEnd, ownEnd, undeclaredPlace } from './link-ends.ts';
import { judgeHub } from './link-hubs.ts';
import { type Inspect, messages } from './link-messages.ts';
import { ACCEPTANCE, type EndArgument, HUBS, type LinkType, LINKS } from './link-types.ts';

const TYPES = [...new Set([...LINKS.map(({ type }) => type), ...ACCEPTANCE.keys(), CORE_NETWORK, CORE_POLICY])];

export default defineCheck({
  id: 'NET-007',
  why: 'A peering, an attachment or an association is a way out of the enclave that no Internet gateway shows: it may only lead to a site that the policy declares.',
  fix: 'Remove the link, or declare the pair of sites under network.links of the policy; leave acceptance of attachments to people.',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/peering/what-is-vpc-peering.html',
    'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-peering.html',
    'https://docs.aws.amazon.com/network-manager/latest/cloudwan/cloudwan-policies-json.html',
    'https://docs.aws.amazon.com/vpc-lattice/latest/ug/service-network-associations.html',
  ],
  resourceTypes: TYPES,

  messages,

  subjects: ({ estate }) =>
    estate
      .ofType(...TYPES)
      .filter((resource) => ALWAYS.has(resource.type) || linksOf(resource).length > 0)
      .map((resource) => ({ kind: 'resource', resource })),

  inspect: ({ resource }, inspection) =>
    inspection.all([
      ...linksOf(resource).map((link) => judgeLink(resource, link, inspection)),
      ...HUBS.flatMap((hub) => judgeHub(resource, hub, inspection)),
      judgeAcceptance(resource, inspection),
      ...judgeCore(resource, inspection),
    ]),

  examples: {
    compliant: [
      {
        stacks: {
          links: {
            resource: {
              aws_vpc: { ledger: { cidr_block: '10.1.0.0/16' }, desk: { cidr_block: '10.2.0.0/16' } },
              aws_vpc_peering_connection: {
                desk: { vpc_id: '${aws_vpc.ledger.id}', peer_vpc_id: '${aws_vpc.desk.id}' },
              },
            },
          },
        },
      },
    ],
    violating: [
      {
        stacks: {
          west: {
            resource: {
              aws_vpc: { ledger: { cidr_block: '10.1.0.0/16' } },
              aws_vpc_peering_connection: {
                partner: {
                  vpc_id: '${aws_vpc.ledger.id}',
                  peer_vpc_id: 'vpc-0123456789abcdef0',
                  peer_owner_id: '999999999999',
                },
              },
            },
          },
        },
      },
    ],
  },
});

const ALWAYS: ReadonlySet<string> = new Set([
  ...LINKS.filter(({ when }) => when === undefined).map(({ type }) => type),
  ...ACCEPTANCE.keys(),
  CORE_NETWORK,
  CORE_POLICY,
]);

function linksOf(resource: Resource): readonly LinkType[] {
  return LINKS.filter(
    ({ type, when }) =>
      type === resource.type && (when === undefined || resource.attribute(...pathOf(when)).kind !== 'null'),
  );
}

function pathOf(argument: string): Path {
  return argument.split('.');
}

function judgeLink(resource: Resource, link: LinkType, inspection: Inspect): Outcome {
  const { all } = inspection;
  const ends = link.ends.map((argument) => ({ argument, end: readEnd(resource, argument, inspection) }));
  return all([
    judgeFarPlace(resource, link, inspection),
    ...regionsOfLink(resource, link, inspection),
    ...ends.map(({ argument, end }) => judgeEnd(argument, end, inspection)),
    ...pairsOf(ends).map(([first, second]) => judgePair(first.end, second.end, second.argument, inspection)),
  ]);
}

function readEnd(resource: Resource, argument: EndArgument, inspection: Inspect): LinkEnd {
  if (argument === 'own') return ownEnd(resource, inspection);
  return endOf(resource.attribute(...pathOf(argument.argument)), argument.types, inspection);
}

function judgeEnd(argument: EndArgument, end: LinkEnd, { estate, pass, fail, unproven }: Inspect): Outcome {
  switch (end.kind) {
    case 'site': {
      const region = asString(estate.place(end.resource).region);
      return isHidden(region) ? unproven(region) : pass();
    }
    case 'hidden':
      return unproven(end.value);
    case 'undeclared': {
      const name = argument === 'own' ? 'its own place' : argument.argument;
      const at = { path: argument === 'own' ? [] : pathOf(name), related: end.resource === null ? [] : [end.resource] };
      return fail(at, 'undeclared', { argument: name, where: end.where });
    }
  }
}

function judgePair(first: LinkEnd, second: LinkEnd, argument: EndArgument, { policy, pass, fail }: Inspect): Outcome {
  if (first.kind !== 'site' || second.kind !== 'site' || areLinked(first.site, second.site, policy)) return pass();
  const path = argument === 'own' ? [] : pathOf(argument.argument);
  return fail({ path, related: [first.resource, second.resource] }, 'unlinked', {
    first: first.site.id,
    second: second.site.id,
  });
}

/** The account and the Region in which the input says the far end to be, wherever a reference leads. */
function judgeFarPlace(resource: Resource, { farAccount, farRegion }: LinkType, inspection: Inspect): Outcome {
  const { estate, policy, pass, fail, unproven } = inspection;
  if (farAccount === undefined || farRegion === undefined) return pass();
  const place = estate.place(resource);
  const given = { account: textOf(resource, farAccount), region: textOf(resource, farRegion) };
  if (given.account === null && given.region === null) return pass();
  // Left out, each is that of the resource itself.
  const account = given.account ?? asString(place.account);
  const region = given.region ?? asString(place.region);
  const where = undeclaredPlace(policy, { account, region });
  if (where !== null) {
    const isAccount = given.region === null || undeclaredPlace(policy, { account, region: null }) !== null;
    const argument = isAccount && given.account !== null ? farAccount : farRegion;
    return fail({ path: [argument], value: resource.attribute(argument) }, 'undeclared', { argument, where });
  }
  const hidden = [given.account, given.region].filter(isHidden);
  return hidden.length > 0 ? unproven(hidden) : pass();
}

/** Empty text is as good as none to the provider. */
function textOf(resource: Resource, argument: string): string | null | Hidden {
  const text = asString(resource.attribute(argument));
  return text === '' ? null : text;
}

function regionsOfLink(resource: Resource, { regions }: LinkType, inspection: Inspect): readonly Outcome[] {
  if (regions === undefined) return [];
  const { items, open } = asItems(resource.attribute(regions));
  return [...items, ...open].map((value) => judgeRegion(value, { path: [regions], argument: regions }, inspection));
}

function judgeAcceptance(resource: Resource, { estate, pass, fail, unproven }: Inspect): Outcome {
  const setting = ACCEPTANCE.get(resource.type);
  if (setting === undefined) return pass();
  const { argument, closed } = setting;
  const value = estate.effective(resource, argument);
  const text = asString(value);
  if (isHidden(text)) return unproven(text);
  if (text === null) return unproven(`${argument} is not set, and no default is documented`);
  return text === closed ? pass() : fail({ path: [argument], value }, 'accepts', { argument, value: display(value) });
}

function pairsOf<Item>(items: readonly Item[]): readonly (readonly [Item, Item])[] {
  return items.flatMap((first, index) => items.slice(index + 1).map((second) => [first, second] as const));
}
