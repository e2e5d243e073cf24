import type { Mover } from '../mover.ts';
import { out } from './row.ts';

const edge = out('edge');

const EDGE = { place: 'edge locations all over the world' };

/** Caches, accelerators and names that send clients elsewhere. */
export const EDGES: readonly Mover[] = [
  edge(
    'aws_cloudfront_distribution',
    '',
    'world',
    'Edge locations keep what is asked for; restrictions limit viewers only.',
    {
      ...EDGE,
      when: [{ path: 'enabled', not: ['false'] }],
    },
  ),
  edge(
    'aws_cloudfront_distribution',
    'origin.origin_shield.origin_shield_region',
    'region',
    'One more cache in this Region.',
    { when: [{ path: 'origin.origin_shield.enabled', not: ['false'] }] },
  ),
  edge('aws_cloudfront_distribution', 'logging_config.bucket', 'bucket', 'Requests are recorded in this bucket.', {
    targets: ['aws_s3_bucket'],
  }),
  ...['default_cache_behavior', 'ordered_cache_behavior'].flatMap((block) => [
    edge(
      'aws_cloudfront_distribution',
      `${block}.lambda_function_association.lambda_arn`,
      'world',
      'The function runs at all edge locations and logs there.',
      EDGE,
    ),
    edge(
      'aws_cloudfront_distribution',
      `${block}.function_association.function_arn`,
      'world',
      'The function runs at all edge locations.',
      EDGE,
    ),
  ]),
  edge('aws_cloudfront_key_value_store', '', 'world', 'All edge locations keep the store.', EDGE),
  edge(
    'aws_cloudfront_realtime_log_config',
    'endpoint.kinesis_stream_config.stream_arn',
    'arn',
    'Requests are recorded in this stream.',
    { targets: ['aws_kinesis_stream'] },
  ),
  edge(
    'aws_globalaccelerator_accelerator aws_globalaccelerator_custom_routing_accelerator',
    '',
    'world',
    'Connections end at edge locations.',
    {
      ...EDGE,
      when: [{ path: 'enabled', not: ['false'] }],
    },
  ),
  edge(
    'aws_globalaccelerator_endpoint_group aws_globalaccelerator_custom_routing_endpoint_group',
    'endpoint_group_region',
    'region',
    'Connections are handed on to this Region.',
  ),
  edge('aws_wafv2_web_acl', 'scope', 'world', 'Requests are judged at edge locations.', {
    ...EDGE,
    when: [{ path: 'scope', is: ['CLOUDFRONT'] }],
  }),
  edge('aws_api_gateway_rest_api', '', 'world', 'Requests enter at edge locations; without an endpoint type, too.', {
    ...EDGE,
    when: [{ path: 'endpoint_configuration.types', is: ['EDGE', null] }],
  }),
  edge('aws_api_gateway_domain_name', '', 'world', 'Requests enter at edge locations; without an endpoint type, too.', {
    ...EDGE,
    when: [{ path: 'endpoint_configuration.types', is: ['EDGE', null] }],
  }),
  edge(
    'aws_s3_bucket_accelerate_configuration',
    'status',
    'world',
    'Uploads and downloads pass through edge locations.',
    {
      ...EDGE,
      source: 'bucket',
      when: [{ path: 'status', not: ['Suspended'] }],
    },
  ),
  edge('aws_s3_bucket', 'acceleration_status', 'world', 'Uploads and downloads pass through edge locations.', {
    ...EDGE,
    when: [{ path: 'acceleration_status', not: ['Suspended'] }],
  }),
  edge('aws_vpn_connection', 'enable_acceleration', 'world', 'Packets enter at edge locations.', {
    ...EDGE,
    when: [{ path: 'enable_acceleration', is: ['true'] }],
  }),
  edge('aws_route53_record', 'latency_routing_policy.region', 'region', 'Clients are sent to this Region.'),
  edge(
    'aws_route53_record',
    'geoproximity_routing_policy.aws_region',
    'region',
    'Clients that are near to this Region are sent there.',
  ),
  edge(
    'aws_route53_record',
    'geoproximity_routing_policy.local_zone_group',
    'zone',
    'Clients that are near to this Local Zone are sent there.',
  ),
  edge('aws_route53_zone', 'vpc.vpc_region', 'region', 'The zone answers in this Region.'),
  edge('aws_route53_zone_association', 'vpc_region', 'region', 'The zone answers in this Region.'),
  edge('aws_route53_health_check', 'regions', 'region', 'Checks are sent from this Region.'),
  edge(
    'aws_s3_bucket_website_configuration',
    'redirect_all_requests_to.host_name',
    'host',
    'Every request is sent on to this host.',
    { source: 'bucket' },
  ),
  edge('aws_amplify_app', '', 'world', 'The application is served from edge locations.', EDGE),
  edge('aws_lightsail_distribution', '', 'world', 'Edge locations keep what is asked for.', {
    ...EDGE,
    when: [{ path: 'is_enabled', not: ['false'] }],
  }),
  edge('aws_lightsail_distribution', 'origin.region_name', 'region', 'What is asked for comes from this Region.'),
];
