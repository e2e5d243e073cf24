import { COMPUTE_SUBNETS, type ComputeSubnets } from '../../model/aws/compute-subnets.ts';
import { conditionsHold } from '../../model/aws/conditions.ts';
import { OFF_VPC, type OffVpcRow } from '../../model/aws/off-vpc-compute.ts';
import { nestedArguments } from '../../model/nested-arguments.ts';
import type { Path, Resource } from '../../model/resource.ts';
import { asItems, display, isHidden, type Value } from '../../model/value.ts';
import { defineCheck, type Inspection, type Outcome, resourcesOf } from '../check.ts';
import { SUBNET_TYPES, tierOf } from '../subnet-tier.ts';

const WAYS = byType(OFF_VPC);
const PLACES = byType(COMPUTE_SUBNETS);
const TYPES = [...new Set([...WAYS.keys(), ...PLACES.keys()])].toSorted();

const messages = {
  out: ({ what }: { readonly what: string }) => `${what}: what it sends passes no gateway`,
  in: ({ what }: { readonly what: string }) => `${what}: what it receives passes no gateway`,
  defaultVpc: ({ argument }: { readonly argument: string }) =>
    `names no subnet (${argument}), so it runs in the default VPC, which AWS opens to the Internet`,
  tier: ({ subnet, tier }: { readonly subnet: string; readonly tier: string }) =>
    `runs in ${subnet} of tier ${tier}, which is for gateways`,
};

type Inspect = Inspection<typeof messages>;

export default defineCheck({
  id: 'NET-011',
  why: 'What AWS runs outside any VPC reaches the Internet, or is reached from there, by networks of AWS that no route table, security group or gateway of the enclave sees.',
  fix: 'Give it subnets of an enclave tier and close its public endpoint; register a front door that must face the world under network.publicAddresses of the policy.',
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html',
    'https://docs.aws.amazon.com/codebuild/latest/userguide/vpc-support.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/infrastructure-give-access.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-endpoint-types.html',
  ],
  resourceTypes: TYPES,

  messages,

  subjects: resourcesOf(...TYPES),

  inspect: ({ resource }, inspection) =>
    inspection.all([
      ...(WAYS.get(resource.type) ?? []).map((row) => judgeWay(resource, row, inspection)),
      judgePlaces(resource, PLACES.get(resource.type) ?? [], inspection),
    ]),

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_subnet: { ledger: { tags: { 'ledger:tier': 'workload' } } },
              aws_lambda_function: {
                ledger: { function_name: 'ledger', vpc_config: { subnet_ids: ['${aws_subnet.ledger.id}'] } },
              },
            },
          },
        },
      },
    ],
    violating: [
      { stacks: { west: { resource: { aws_lambda_function: { ledger: { function_name: 'ledger' } } } } } },
      // The endpoint of an API is that of CloudFront unless it is private.
      { stacks: { west: { resource: { aws_api_gateway_rest_api: { ledger: { name: 'ledger' } } } } } },
    ],
  },
});

function judgeWay(resource: Resource, { direction, when, what }: OffVpcRow, inspection: Inspect): Outcome {
  const { estate, pass, fail, unproven } = inspection;
  const { holds, hidden } = conditionsHold(estate, resource, when);
  // What comes in by a registered front door is let in on purpose; what goes out never is.
  if (!holds || (direction === 'in' && isRegistered(resource, inspection))) return pass();
  if (hidden.length > 0) return unproven(hidden);
  const [first] = when;
  const path: Path = first === undefined ? [] : first.kind === 'target-lacks' ? first.argument : first.path;
  return fail({ path, value: resource.attribute(...path) }, direction, { what });
}

function isRegistered({ stack, address }: Resource, { policy }: Inspect): boolean {
  return policy.network.publicAddresses.some((entry) => entry.stack === stack && entry.address === address);
}

/** Every subnet that it names is of the enclave. */
function judgePlaces(resource: Resource, places: readonly ComputeSubnets[], inspection: Inspect): Outcome {
  const { estate, all, fail, unproven } = inspection;
  const read = places.map(({ path }) => nestedArguments(estate, resource, path.map(String)));
  const named = read.flatMap(({ items }) =>
    items.flatMap(({ path, value }) => {
      const { items: subnets, open } = asItems(value);
      return [...subnets, ...open].map((subnet) => ({ path, subnet }));
    }),
  );
  const hidden = read.flatMap(({ open }) => open);
  const needed = places.find(({ fallsToDefaultVpc }) => fallsToDefaultVpc);
  if (needed !== undefined && named.length === 0 && hidden.length === 0) {
    return fail({ path: needed.path }, 'defaultVpc', { argument: needed.path.join('.') });
  }
  return all([
    ...named.map(({ path, subnet }) => judgeSubnet(subnet, path, inspection)),
    ...(hidden.length > 0 ? [unproven(hidden)] : []),
  ]);
}

function judgeSubnet(value: Value, path: Path, { estate, policy, pass, fail, unproven }: Inspect): Outcome {
  const target = estate.resolve(value, SUBNET_TYPES);
  if (target.kind === 'hidden') return unproven(target.value);
  if (target.kind === 'none') return unproven(`has null among its subnets (${path.join('.')})`);
  if (target.kind !== 'resource' || target.resource.init.mode === 'data') {
    return unproven(`runs in ${display(value)}, a subnet outside the estate`);
  }
  const { address } = target.resource;
  const tier = tierOf(target.resource, policy);
  if (tier === null) return unproven(`runs in ${address}, whose tags name no tier of the policy`);
  if (isHidden(tier)) return unproven(tier);
  if (tier.exposure === 'enclave') return pass();
  return fail({ path, value, related: [target.resource] }, 'tier', { subnet: address, tier: tier.id });
}

function byType<Row extends { readonly type: string }>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) found.set(row.type, [...(found.get(row.type) ?? []), row]);
  return found;
}
