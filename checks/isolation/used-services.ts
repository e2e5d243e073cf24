import { endpointService } from '../../model/aws/endpoint-service.ts';
import type { Resource } from '../../model/resource.ts';
import { describeHidden, type Hidden, isHidden } from '../../model/value.ts';
import type { Site } from '../../policy/policy.ts';
import type { Context } from '../check.ts';
import { exposureOf } from '../subnet-tier.ts';
import { ownEnd } from './link-ends.ts';
import { missingStacks } from './missing-stacks.ts';

/** What a site has, and the services by whose endpoints its workloads reach that. */
const USED: ReadonlyMap<string, readonly string[]> = new Map([
  ['aws_s3_bucket', ['s3']],
  ['aws_dynamodb_table', ['dynamodb']],
  ['aws_sqs_queue', ['sqs']],
  ['aws_sns_topic', ['sns']],
  ['aws_kinesis_stream', ['kinesis-streams']],
  ['aws_kinesis_firehose_delivery_stream', ['kinesis-firehose']],
  ['aws_secretsmanager_secret', ['secretsmanager']],
  ['aws_ssm_parameter', ['ssm']],
  ['aws_ecr_repository', ['ecr.api', 'ecr.dkr']],
  ['aws_ecs_cluster', ['ecs', 'ecs-agent', 'ecs-telemetry']],
  ['aws_sfn_state_machine', ['states']],
  ['aws_cloudwatch_event_bus', ['events']],
]);

export const USED_TYPES: readonly string[] = [...USED.keys()];

/** A service that a site uses and has no endpoint of, unless what is not known says otherwise. */
export interface MissingEndpoint {
  readonly service: string;
  readonly used: Resource;
  readonly doubt: Hidden | string | null;
}

/** Whether a site has, or may have, a network in which something of the enclave can be: any subnet that is not known to be for gateways. */
export function hasEnclaveNetwork(site: Site, context: Context): boolean {
  return enclaveNetwork(site, context) !== false;
}

function enclaveNetwork(site: Site, context: Context): boolean | Hidden {
  const subnets = context.estate
    .ofType('aws_subnet')
    .filter((subnet) => exposureOf(subnet, context.policy) !== 'gateway')
    .map((subnet) => isAt(subnet, site, context));
  return subnets.includes(true) || (subnets.find((answer) => answer !== false) ?? false);
}

export function missingEndpoints(site: Site, context: Context): readonly MissingEndpoint[] {
  const { estate } = context;
  const network = enclaveNetwork(site, context);
  const { services, maybe } = endpointsAt(site, context);
  return Array.from(USED).flatMap(([type, wanted]): readonly MissingEndpoint[] => {
    const service = wanted.find((name) => !services.has(name));
    if (service === undefined) return [];
    const found = estate
      .ofType(type)
      .filter((resource) => !resource.init.isSymbolic)
      .map((used) => ({ used, answer: isAt(used, site, context) }));
    const first = found.find(({ answer }) => answer === true) ?? found.find(({ answer }) => answer !== false);
    if (first === undefined) return [];
    const { used, answer } = first;
    if (isHidden(network)) return [{ service, used, doubt: network }];
    if (typeof answer !== 'boolean') return [{ service, used, doubt: answer }];
    const doubt = maybe === null ? null : `has ${used.address}, and ${maybe} may be its endpoint of ${service}`;
    return [{ service, used, doubt }];
  });
}

/** The services of which a site has endpoints, and what may be another one. */
function endpointsAt(
  site: Site,
  context: Context,
): { readonly services: ReadonlySet<string>; readonly maybe: string | null } {
  const { estate } = context;
  const endpoints = estate
    .ofType('aws_vpc_endpoint')
    .map((endpoint) => ({ endpoint, answer: isAt(endpoint, site, context) }))
    .filter(({ answer }) => answer !== false);
  const isCertain = ({ endpoint, answer }: (typeof endpoints)[number]) => answer === true && !endpoint.init.isSymbolic;
  const named = endpoints.filter(isCertain).map(({ endpoint }) => endpointService(endpoint, estate));
  const [maybe = null] = [
    ...named.flatMap((service) => (service.kind === 'hidden' ? [describeHidden(service.value)] : [])),
    ...endpoints.filter((item) => !isCertain(item)).map(({ endpoint }) => endpoint.address),
    ...missingStacks(context, site).map((name) => `the stack ${name}`),
    ...estate.stacks.flatMap((stack) => stack.modules.map(({ name }) => `module.${name} of ${stack.name}`)),
  ];
  const services = new Set(named.flatMap((service) => (service.kind === 'aws' ? [service.service] : [])));
  return { services, maybe };
}

function isAt(resource: Resource, site: Site, context: Context): boolean | Hidden {
  const end = ownEnd(resource, context);
  if (end.kind !== 'hidden') return end.kind === 'site' && end.site.id === site.id;
  const stack = context.policy.stacks.find(({ name }) => name === resource.stack);
  return stack !== undefined && !stack.sites.includes(site.id) ? false : end.value;
}
