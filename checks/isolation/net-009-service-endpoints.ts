import { endpointService } from '../../model/aws/endpoint-service.ts';
import { VPC_TYPES } from '../../model/aws/vpc-defaults.ts';
import type { Resource } from '../../model/resource.ts';
import { asBoolean, asItems, asString, type Hidden, isHidden, type Value } from '../../model/value.ts';
import type { Site } from '../../policy/policy.ts';
import { defineCheck, type Outcome } from '../check.ts';
import { judgeGuards } from './endpoint-guards.ts';
import { type Inspect, messages } from './endpoint-messages.ts';
import { isGiven, judgeService, judgeServiceRegion } from './endpoint-targets.ts';
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
  const { estate, all, pass, fail, unproven } = inspection;
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
      return all(
        judged.openings.map(({ side, statement, terms }) => fail({ ...at, extent: terms }, side, { statement })),
      );
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
          return all(
            guard.guests.map(({ peer, related, extent }) =>
              fail({ path: ['security_group_ids'], value: group, related, extent }, 'exposed', {
                group: guard.group,
                peer,
              }),
            ),
          );
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
