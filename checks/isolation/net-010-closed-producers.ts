import { parseArn } from '../../model/aws/arn.ts';
import type { Resource } from '../../model/resource.ts';
import { asBoolean, asItems, asString, display, isHidden, type Value } from '../../model/value.ts';
import { defineCheck, type Inspection, type Outcome, resourcesOf } from '../check.ts';
import { areLinked, endOf, type LinkEnd, undeclaredPlace } from './link-ends.ts';
import { ownPrincipals } from './perimeter.ts';

const SERVICE = 'aws_vpc_endpoint_service';
const PRINCIPAL = 'aws_vpc_endpoint_service_allowed_principal';
const ACCEPTER = 'aws_vpc_endpoint_connection_accepter';

const messages = {
  everyone: 'offers itself to everyone',
  stranger: ({ principal }: { readonly principal: string }) =>
    `offers itself to ${principal}, which is of no site and which network.principals of the policy does not register`,
  unasked: 'admits whoever may connect without anybody accepting them',
  region: ({ region }: { readonly region: string }) => `offers itself in ${region}, where no site of the policy is`,
  undeclared: ({ where }: { readonly where: string }) =>
    `accepts an endpoint in ${where}, where no site of the policy is`,
  unlinked: ({ first, second }: { readonly first: string; readonly second: string }) =>
    `accepts an endpoint of ${second} at a service of ${first}, a pair that network.links of the policy does not declare`,
};

type Inspect = Inspection<typeof messages>;

export default defineCheck({
  id: 'NET-010',
  why: 'An endpoint service is a door into the enclave that needs neither a route nor a gateway: whoever may connect stands inside.',
  fix: 'Set acceptance_required, name the principals of the enclave in allowed_principals (or register others under network.principals of the policy), and offer the service in Regions of sites only.',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html',
    'https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html',
  ],
  resourceTypes: [SERVICE, PRINCIPAL, ACCEPTER, 'aws_vpc_endpoint'],

  messages,

  subjects: resourcesOf(SERVICE, PRINCIPAL, ACCEPTER),

  inspect({ resource }, inspection) {
    switch (resource.type) {
      case SERVICE:
        return judgeService(resource, inspection);
      case PRINCIPAL:
        return judgePrincipal(resource.attribute('principal_arn'), ['principal_arn'], inspection);
      default:
        return judgeAccepter(resource, inspection);
    }
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_vpc_endpoint_service: {
                ledger: {
                  acceptance_required: true,
                  allowed_principals: ['arn:aws:iam::222222222222:root'],
                  network_load_balancer_arns: ['${aws_lb.ledger.arn}'],
                },
              },
              aws_lb: { ledger: { load_balancer_type: 'network', internal: true } },
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
              aws_vpc_endpoint_service: { ledger: { acceptance_required: true, allowed_principals: ['*'] } },
            },
          },
        },
      },
    ],
  },
});

function judgeService(service: Resource, inspection: Inspect): Outcome {
  const { all, pass, fail, unproven, policy } = inspection;
  const accepted = service.attribute('acceptance_required');
  const isAsked = asBoolean(accepted);
  const principals = asItems(service.attribute('allowed_principals'));
  const regions = asItems(service.attribute('supported_regions'));
  return all([
    isHidden(isAsked) ? unproven(isAsked) : pass(),
    isAsked === false ? fail({ path: ['acceptance_required'], value: accepted }, 'unasked') : pass(),
    isAsked === null ? unproven('does not say whether connections must be accepted') : pass(),
    ...principals.items.map((value, index) => judgePrincipal(value, ['allowed_principals', index], inspection)),
    ...[...principals.open, ...regions.open].map((value) => unproven(value)),
    ...regions.items.map((value, index) => {
      const region = asString(value);
      if (isHidden(region)) return unproven(region);
      if (region === null || region === '') return unproven('supported_regions has one without a name');
      return undeclaredPlace(policy, { account: null, region }) === null
        ? pass()
        : fail({ path: ['supported_regions', index], value }, 'region', { region });
    }),
  ]);
}

function judgePrincipal(value: Value, path: readonly (string | number)[], inspection: Inspect): Outcome {
  const { estate, policy, pass, fail, unproven } = inspection;
  const reference = value.kind === 'reference' ? value : value.origin;
  const named = reference?.path.join('.') === 'arn' ? estate.find(reference.target) : null;
  // An identity of the estate is of the account that its stack is of.
  if (named?.init.mode === 'managed') return judgeIdentity(named, path, value, inspection);
  const text = asString(value);
  if (text === null || isHidden(text)) return unproven(text ?? 'names no principal');
  if (text === '*') return fail({ path, value }, 'everyone');
  const known = ownPrincipals(policy);
  const account = parseArn(text)?.account ?? text;
  if (known.has(text) || known.has(account)) return pass();
  return fail({ path, value }, 'stranger', { principal: display(value) });
}

function judgeIdentity(
  identity: Resource,
  path: readonly (string | number)[],
  value: Value,
  { estate, policy, pass, fail, unproven }: Inspect,
): Outcome {
  const account = asString(estate.place(identity).account);
  if (account === null || isHidden(account)) return unproven(account ?? `${identity.address} is of no account`);
  return ownPrincipals(policy).has(account)
    ? pass()
    : fail({ path, value, related: [identity] }, 'stranger', {
        principal: `${identity.address} of account ${account}`,
      });
}

/** Whose endpoint is let in, and to whose service. */
function judgeAccepter(accepter: Resource, inspection: Inspect): Outcome {
  const { all, policy, pass, fail } = inspection;
  const service = endOf(accepter.attribute('vpc_endpoint_service_id'), [SERVICE], inspection);
  const endpoint = endOf(accepter.attribute('vpc_endpoint_id'), ['aws_vpc_endpoint'], inspection);
  return all([
    judgeEnd(service, 'vpc_endpoint_service_id', inspection),
    judgeEnd(endpoint, 'vpc_endpoint_id', inspection),
    service.kind !== 'site' || endpoint.kind !== 'site' || areLinked(service.site, endpoint.site, policy)
      ? pass()
      : fail({ path: ['vpc_endpoint_id'], related: [endpoint.resource, service.resource] }, 'unlinked', {
          first: service.site.id,
          second: endpoint.site.id,
        }),
  ]);
}

function judgeEnd(end: LinkEnd, argument: string, { estate, pass, fail, unproven }: Inspect): Outcome {
  switch (end.kind) {
    case 'site': {
      const region = asString(estate.place(end.resource).region);
      return isHidden(region) ? unproven(region) : pass();
    }
    case 'hidden':
      return unproven(end.value);
    case 'undeclared':
      return fail({ path: [argument], related: end.resource === null ? [] : [end.resource] }, 'undeclared', {
        where: end.where,
      });
  }
}
