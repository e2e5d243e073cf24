import { type EndpointService, endpointService } from '../../model/aws/endpoint-service.ts';
import { VPC_TYPES } from '../../model/aws/vpc-defaults.ts';
import type { Resource } from '../../model/resource.ts';
import { asBoolean, asItems, asString, type Hidden, isHidden, type Value } from '../../model/value.ts';
import type { Site } from '../../policy/policy.ts';
import { defineCheck, type Inspection, type Outcome } from '../check.ts';
import { judgeGuards } from './endpoint-guards.ts';
import { areLinked, ownEnd, regionsOf } from './link-ends.ts';
import { judgePerimeter } from './perimeter.ts';
import { hasEnclaveNetwork, missingEndpoints, USED_TYPES } from './used-services.ts';

const ENDPOINT = 'aws_vpc_endpoint';
const POLICY = 'aws_vpc_endpoint_policy';
const PRIVATE_DNS = 'aws_vpc_endpoint_private_dns';
const GROUP_ASSOCIATION = 'aws_vpc_endpoint_security_group_association';

const ENDPOINT_TYPES: ReadonlySet<string> = new Set([
  'Gateway',
  'GatewayLoadBalancer',
  'Interface',
  'Resource',
  'ServiceNetwork',
]);

/** Amazon DynamoDB guide, AWS PrivateLink: its interface endpoints have no private name of the service's own. */
const WITHOUT_PRIVATE_NAME: ReadonlySet<string> = new Set(['dynamodb', 'dynamodb-streams', 'dynamodb-fips']);

const messages = {
  unrestricted: 'has no policy, so through it everyone reaches whatever the service holds for anyone',
  principals: ({ statement }: { readonly statement: string }) =>
    `admits principals that are not of the enclave: statement ${statement} of its policy`,
  resources: ({ statement }: { readonly statement: string }) =>
    `leads to resources that are not of the enclave: statement ${statement} of its policy`,
  region: ({ service, region }: { readonly service: string; readonly region: string }) =>
    `leads to ${service}, which is not in its own Region ${region}`,
  foreign: ({ service }: { readonly service: string }) =>
    `leads to ${service}, a service of somebody else that network.endpointServices of the policy does not register`,
  unlinked: ({ first, second }: { readonly first: string; readonly second: string }) =>
    `leads from ${first} to a service of ${second}, a pair that network.links of the policy does not declare`,
  publicName: ({ service }: { readonly service: string }) =>
    `has no private DNS, so clients that call ${service} by its name pass it by`,
  ungrouped: 'has no security group of its own, so the default group of its VPC guards it',
  exposed: ({ group, peer }: { readonly group: string; readonly peer: string }) =>
    `lets in ${peer} by ${group}, which is not the enclave`,
  missing: ({ service, used }: { readonly service: string; readonly used: string }) =>
    `has ${used} and no VPC endpoint of ${service}`,
};

type Inspect = Inspection<typeof messages>;

export default defineCheck({
  id: 'NET-009',
  why: 'An endpoint leads past every gateway: without a policy it is a way to copy data into any bucket of anybody, and one to another Region takes the data there.',
  fix: 'Give each endpoint a policy that admits only aws:PrincipalOrgID and aws:ResourceOrgID of the organisation (or the accounts of the sites), in its own Region, with private DNS and a security group open to the enclave only; register services of others under network.endpointServices.',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html',
    'https://docs.aws.amazon.com/whitepapers/latest/building-a-data-perimeter-on-aws/perimeter-implementation.html',
    'https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html',
  ],
  resourceTypes: [ENDPOINT, POLICY, PRIVATE_DNS, GROUP_ASSOCIATION, ...USED_TYPES],

  messages,

  subjects: (context) => [
    ...context.estate.ofType(ENDPOINT).map((resource) => ({ kind: 'resource', resource }) as const),
    ...context.policy.sites
      .filter((site) => hasEnclaveNetwork(site, context))
      .map((site) => ({ kind: 'site', site }) as const),
  ],

  inspect: (subject, inspection) =>
    subject.kind === 'site' ? judgeSite(subject.site, inspection) : judgeEndpoint(subject.resource, inspection),

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            data: {
              aws_iam_policy_document: {
                perimeter: {
                  statement: {
                    principals: { type: 'AWS', identifiers: ['*'] },
                    actions: ['*'],
                    resources: ['*'],
                    condition: [
                      { test: 'StringEquals', variable: 'aws:PrincipalAccount', values: ['111111111111'] },
                      { test: 'StringEquals', variable: 'aws:ResourceAccount', values: ['111111111111'] },
                    ],
                  },
                },
              },
            },
            resource: {
              aws_vpc: { ledger: { cidr_block: '10.1.0.0/16' } },
              aws_vpc_endpoint: {
                s3: {
                  vpc_id: '${aws_vpc.ledger.id}',
                  service_name: 'com.amazonaws.eu-west-1.s3',
                  policy: '${data.aws_iam_policy_document.perimeter.json}',
                },
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
              aws_vpc_endpoint: {
                s3: { vpc_id: '${aws_vpc.ledger.id}', service_name: 'com.amazonaws.eu-west-1.s3' },
              },
            },
          },
        },
      },
    ],
  },
});

function judgeEndpoint(endpoint: Resource, inspection: Inspect): Outcome {
  const { estate, all, pass, unproven } = inspection;
  const type = asString(estate.effective(endpoint, 'vpc_endpoint_type'));
  if (isHidden(type)) return unproven(type);
  if (type === null || !ENDPOINT_TYPES.has(type))
    return unproven(`has a vpc_endpoint_type that is not known: "${type}"`);
  const service = endpointService(endpoint, estate);
  return all([
    judgeService(endpoint, service, inspection),
    judgeServiceRegion(endpoint, service, inspection),
    // Services of others and load balancers of gateways take no policy and have no name of AWS.
    service.kind === 'aws' || service.kind === 'hidden' ? judgePolicies(endpoint, inspection) : pass(),
    service.kind === 'aws' && type === 'Interface' ? judgePrivateName(endpoint, service.service, inspection) : pass(),
    type === 'Gateway' || type === 'GatewayLoadBalancer' ? pass() : judgeGroups(endpoint, inspection),
  ]);
}

function judgeService(endpoint: Resource, service: EndpointService, inspection: Inspect): Outcome {
  const { estate, policy, pass, fail, unproven } = inspection;
  const value = endpoint.attribute('service_name');
  const at = { path: ['service_name'], value };
  switch (service.kind) {
    case 'aws': {
      const region = asString(estate.place(endpoint).region);
      if (isHidden(region)) return unproven(region);
      if (isHidden(service.region)) return unproven(service.region);
      if (service.region === region) return pass();
      return fail(at, 'region', { service: service.name, region: region ?? 'of no name' });
    }
    case 'own': {
      const [here, there] = [ownEnd(endpoint, inspection), ownEnd(service.resource, inspection)];
      if (here.kind === 'hidden') return unproven(here.value);
      if (there.kind === 'hidden') return unproven(there.value);
      const names = [here, there].map((end) => (end.kind === 'site' ? end.site.id : end.where));
      const isDeclared = here.kind === 'site' && there.kind === 'site' && areLinked(here.site, there.site, policy);
      const [first = '', second = ''] = names;
      return isDeclared ? pass() : fail({ ...at, related: [service.resource] }, 'unlinked', { first, second });
    }
    case 'foreign':
      return policy.network.endpointServices.some((registered) => registered.service === service.name)
        ? pass()
        : fail(at, 'foreign', { service: service.name });
    case 'hidden':
      return unproven(service.value);
    case 'none':
      return ['service_network_arn', 'resource_configuration_arn'].some((name) => isGiven(endpoint, name))
        ? pass()
        : unproven('names no service');
  }
}

function isGiven(endpoint: Resource, argument: string): boolean {
  return endpoint.attribute(argument).kind !== 'null';
}

/** An endpoint may lead to a service in another Region: to one of the estate where the sites are linked, else never. */
function judgeServiceRegion(endpoint: Resource, service: EndpointService, inspection: Inspect): Outcome {
  const { estate, policy, pass, fail, unproven } = inspection;
  const value = endpoint.attribute('service_region');
  const there = asString(value);
  if (there === null) return pass();
  if (isHidden(there)) return unproven(there);
  const here = asString(estate.place(endpoint).region);
  if (isHidden(here)) return unproven(here);
  const isOfSite = policy.sites.some((site) => regionsOf(site).includes(there));
  if (there === here || (service.kind === 'own' && isOfSite)) return pass();
  return fail({ path: ['service_region'], value }, 'region', {
    service: `a service in ${there}`,
    region: here ?? 'of no name',
  });
}

/** The policy of the endpoint and those set from outside: each must be a perimeter, since either may be the last word. */
function judgePolicies(endpoint: Resource, inspection: Inspect): Outcome {
  const { estate, all, fail, unproven } = inspection;
  const { items, open } = estate.companions(endpoint, POLICY, 'vpc_endpoint_id');
  const certain = items.filter(({ init }) => !init.isSymbolic);
  const holders = [...(isGiven(endpoint, 'policy') ? [endpoint] : []), ...items];
  const isCovered = isGiven(endpoint, 'policy') || certain.length > 0;
  const maybe = [...items.filter((item) => !certain.includes(item)), ...open.map(({ resource }) => resource)];
  const outcomes = holders.map((holder) => judgePolicy(endpoint, holder, inspection));
  if (isCovered) return all([...outcomes, ...open.map(({ value }) => unproven(value))]);
  const [first] = maybe;
  if (first !== undefined) return unproven(`${first.address} may be its policy`);
  return fail({ path: ['policy'] }, 'unrestricted');
}

function judgePolicy(endpoint: Resource, holder: Resource, inspection: Inspect): Outcome {
  const { estate, pass, fail, unproven } = inspection;
  const value = holder.attribute('policy');
  const judged = judgePerimeter(estate.document(value), estate.place(endpoint).region, inspection);
  switch (judged.kind) {
    case 'closed':
      return pass();
    case 'hidden':
      return unproven(judged.because);
    case 'open': {
      if (holder.init.isSymbolic) return unproven(`${holder.address} may not be there`);
      const at = {
        path: ['policy'],
        ...(holder === endpoint ? {} : { related: [holder], location: holder.locate('policy') }),
      };
      return fail(at, judged.side, { statement: judged.statement });
    }
  }
}

/** Without its private name, clients find the public addresses of the service, unless a gateway endpoint has them. */
function judgePrivateName(endpoint: Resource, service: string, inspection: Inspect): Outcome {
  const { estate, pass, fail, unproven } = inspection;
  if (WITHOUT_PRIVATE_NAME.has(service)) return pass();
  const { items, open } = estate.companions(endpoint, PRIVATE_DNS, 'vpc_endpoint_id');
  const values = [
    ...items.map((item) => item.attribute('private_dns_enabled')),
    ...(isGiven(endpoint, 'private_dns_enabled') || items.length === 0
      ? [estate.effective(endpoint, 'private_dns_enabled')]
      : []),
  ];
  const known = values.map(asBoolean);
  const hidden = known.find(isHidden);
  if (hidden !== undefined) return unproven(hidden);
  if (known.every((isEnabled) => isEnabled === true)) return pass();
  if (hasGatewayEndpoint(endpoint, service, inspection)) return pass();
  const [maybe] = open;
  if (maybe !== undefined) return unproven(maybe.value);
  if (known.includes(true)) return unproven('has private DNS by one resource and not by another');
  return fail({ path: ['private_dns_enabled'], value: endpoint.attribute('private_dns_enabled') }, 'publicName', {
    service,
  });
}

function hasGatewayEndpoint(endpoint: Resource, service: string, { estate }: Inspect): boolean {
  const vpc = estate.resolve(endpoint.attribute('vpc_id'), VPC_TYPES);
  if (vpc.kind !== 'resource') return false;
  return estate.companions(vpc.resource, ENDPOINT, 'vpc_id').items.some((other) => {
    const theirs = endpointService(other, estate);
    const isGateway = asString(estate.effective(other, 'vpc_endpoint_type')) === 'Gateway';
    return isGateway && !other.init.isSymbolic && theirs.kind === 'aws' && theirs.service === service;
  });
}

function judgeGroups(endpoint: Resource, inspection: Inspect): Outcome {
  const { estate, all, pass, fail, unproven } = inspection;
  const inline = asItems(endpoint.attribute('security_group_ids'));
  const { items, open } = estate.companions(endpoint, GROUP_ASSOCIATION, 'vpc_endpoint_id');
  const groups: readonly Value[] = [...inline.items, ...items.map((item) => item.attribute('security_group_id'))];
  const hidden: readonly Hidden[] = [...inline.open, ...open.map(({ value }) => value)];
  if (groups.length === 0)
    return hidden.length > 0 ? unproven(hidden) : fail({ path: ['security_group_ids'] }, 'ungrouped');
  return all([
    ...groups.map((group) => {
      const guard = judgeGuards(group, inspection);
      switch (guard.kind) {
        case 'closed':
          return pass();
        case 'hidden':
          return unproven(guard.because);
        case 'open':
          return fail({ path: ['security_group_ids'], value: group, related: guard.related }, 'exposed', {
            group: guard.group,
            peer: guard.peer,
          });
      }
    }),
    ...(hidden.length > 0 ? [unproven(hidden)] : []),
  ]);
}

/** What the site uses has an endpoint there. */
function judgeSite(site: Site, inspection: Inspect): Outcome {
  const { all, fail, unproven } = inspection;
  return all(
    missingEndpoints(site, inspection).map(({ service, used, doubt }) =>
      doubt === null
        ? fail({ related: [used] }, 'missing', { service, used: `${used.stack}:${used.address}` })
        : unproven(doubt),
    ),
  );
}
