import { endpointService } from '../../model/aws/endpoint-service.ts';
import type { Resource } from '../../model/resource.ts';
import { describeHidden } from '../../model/value.ts';
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

/** A service that a site uses and has no endpoint of, unless what is not known is one. */
export interface MissingEndpoint {
  readonly service: string;
  readonly used: Resource;
  readonly maybe: string | null;
}

/** Whether a site has a network in which something of the enclave can be: any subnet that is not known to be for gateways. */
export function hasEnclaveNetwork(site: Site, context: Context): boolean {
  const { estate, policy } = context;
  return estate
    .ofType('aws_subnet')
    .some((subnet) => exposureOf(subnet, policy) !== 'gateway' && isAt(subnet, site, context));
}

export function missingEndpoints(site: Site, context: Context): readonly MissingEndpoint[] {
  const { estate } = context;
  const endpoints = estate.ofType('aws_vpc_endpoint').filter((endpoint) => isAt(endpoint, site, context));
  const certain = endpoints.filter(({ init }) => !init.isSymbolic).map((item) => endpointService(item, estate));
  const here = new Set(certain.map((service) => (service.kind === 'aws' ? service.service : null)));
  const [maybe = null] = [
    ...certain.flatMap((service) => (service.kind === 'hidden' ? [describeHidden(service.value)] : [])),
    ...endpoints.filter(({ init }) => init.isSymbolic).map(({ address }) => address),
    ...missingStacks(context, site).map((name) => `the stack ${name}`),
    ...estate.stacks.flatMap((stack) => stack.modules.map(({ name }) => `module.${name} of ${stack.name}`)),
  ];
  return Array.from(USED).flatMap(([type, wanted]) => {
    const used = estate.ofType(type).find((resource) => !resource.init.isSymbolic && isAt(resource, site, context));
    const service = wanted.find((name) => !here.has(name));
    return used === undefined || service === undefined ? [] : [{ service, used, maybe }];
  });
}

function isAt(resource: Resource, site: Site, context: Context): boolean {
  const end = ownEnd(resource, context);
  return end.kind === 'site' && end.site.id === site.id;
}
