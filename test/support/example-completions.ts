import { type Json, isArray, isRecord, jsonOf, type JsonRecord, recordOf } from './json-tree.ts';

const FIREWALL_POLICY = 'arn:aws:network-firewall:eu-west-1:111111111111:firewall-policy/other';

/**
 * What the provider requires of a type and examples leave out, since no control asks for it. A list stands for a block:
 * its one item is what each block has, and the whole of the block where there is none.
 */
const REQUIRED: Readonly<Record<string, JsonRecord>> = {
  aws_backup_plan: { rule: [{ rule_name: 'rule' }] },
  aws_cloudfront_distribution: {
    default_cache_behavior: [
      {
        allowed_methods: ['GET', 'HEAD'],
        cached_methods: ['GET', 'HEAD'],
        target_origin_id: 'origin',
        viewer_protocol_policy: 'https-only',
      },
    ],
    origin: [{ domain_name: 'ledger.example', origin_id: 'origin' }],
    restrictions: [{ geo_restriction: [{ restriction_type: 'none' }] }],
    viewer_certificate: [{ cloudfront_default_certificate: true }],
  },
  aws_db_instance: { instance_class: 'db.m6g.large' },
  aws_dynamodb_table: { billing_mode: 'PAY_PER_REQUEST' },
  aws_ebs_volume: { availability_zone: 'eu-west-1a', size: 1 },
  aws_ec2_client_vpn_endpoint: {
    authentication_options: [{ type: 'certificate-authentication' }],
    client_cidr_block: '10.200.0.0/22',
    connection_log_options: [{ enabled: true }],
    server_certificate_arn: 'arn:aws:acm:eu-west-1:111111111111:certificate/00000000-0000-4000-8000-000000000000',
  },
  aws_eks_cluster: {
    name: 'ledger',
    role_arn: 'arn:aws:iam::111111111111:role/ledger',
    vpc_config: [{ subnet_ids: ['subnet-0123456789abcdef0'] }],
  },
  aws_iam_role: {
    assume_role_policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    }),
  },
  aws_instance: { ami: 'ami-0123456789abcdef0', instance_type: 'm6g.large' },
  aws_lambda_function: {
    filename: 'ledger.zip',
    handler: 'ledger.handle',
    role: 'arn:aws:iam::111111111111:role/ledger',
    runtime: 'nodejs20.x',
  },
  aws_lambda_permission: { action: 'lambda:InvokeFunction', function_name: 'ledger' },
  aws_lb: { subnets: ['subnet-0123456789abcdef0'] },
  aws_lb_target_group: { vpc_id: 'vpc-0123456789abcdef0' },
  aws_networkfirewall_firewall: {
    firewall_policy_arn: FIREWALL_POLICY,
    name: 'gateway',
    subnet_mapping: [{ subnet_id: 'subnet-0123456789abcdef0' }],
    vpc_id: 'vpc-0123456789abcdef0',
  },
  aws_networkfirewall_firewall_policy: {
    firewall_policy: [{ stateless_default_actions: ['aws:drop'], stateless_fragment_default_actions: ['aws:drop'] }],
  },
  aws_sns_topic_subscription: { topic_arn: 'arn:aws:sns:eu-west-1:111111111111:receipts' },
  aws_subnet: { vpc_id: 'vpc-0123456789abcdef0', cidr_block: '10.0.0.0/24' },
};

/** What it requires of blocks that may be left out, by type and dotted path. */
const IN_BLOCKS: Readonly<Record<string, Readonly<Record<string, JsonRecord>>>> = {
  aws_lambda_function: { vpc_config: { security_group_ids: ['sg-0123456789abcdef0'] } },
  aws_networkfirewall_tls_inspection_configuration: {
    'tls_inspection_configuration.server_certificate_configuration.scope': {
      destination: [{ address_definition: '0.0.0.0/0' }],
    },
  },
};

/** Arguments in the place of blocks, in each of which every member has to be written; CDKTF writes null there. */
const ROUTE = [
  'carrier_gateway_id',
  'cidr_block',
  'core_network_arn',
  'destination_prefix_list_id',
  'egress_only_gateway_id',
  'gateway_id',
  'ipv6_cidr_block',
  'local_gateway_id',
  'nat_gateway_id',
  'network_interface_id',
  'transit_gateway_id',
  'vpc_endpoint_id',
  'vpc_peering_connection_id',
];
const GROUP_RULE = ['cidr_blocks', 'description', 'ipv6_cidr_blocks', 'prefix_list_ids', 'security_groups', 'self'];
const ACL_RULE = ['cidr_block', 'icmp_code', 'icmp_type', 'ipv6_cidr_block'];

const MEMBERS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  aws_default_network_acl: { egress: ACL_RULE, ingress: ACL_RULE },
  aws_default_route_table: { route: ROUTE },
  aws_default_security_group: { egress: GROUP_RULE, ingress: GROUP_RULE },
  aws_network_acl: { egress: ACL_RULE, ingress: ACL_RULE },
  aws_route_table: { route: ROUTE },
  aws_security_group: { egress: GROUP_RULE, ingress: GROUP_RULE },
};

/** The stack of an example with what Terraform refuses to plan it without; what the example has stays as it is. */
export function completed(stack: object): JsonRecord {
  const json = recordOf(jsonOf(stack));
  if (json['resource'] === undefined) return json;
  const resource = Object.entries(recordOf(json['resource'])).map(([type, named]) => [
    type,
    Object.fromEntries(
      Object.entries(recordOf(named)).map(([name, body]) => [
        name,
        withMembers(withBlocks(filled(body, REQUIRED[type] ?? {}), IN_BLOCKS[type] ?? {}), MEMBERS[type] ?? {}),
      ]),
    ),
  ]);
  return { ...json, resource: Object.fromEntries(resource) };
}

function filled(json: Json | undefined, required: Json): Json {
  if (json === undefined) return required;
  const [block] = isArray(required) ? required : [required];
  if (!isRecord(block)) return json;
  if (isArray(json)) return json.map((item) => filled(item, block));
  if (!isRecord(json)) return json;
  const added = Object.entries(block).map(([key, value]) => [key, filled(json[key], value)]);
  return { ...json, ...Object.fromEntries(added) };
}

function withBlocks(json: Json, blocks: Readonly<Record<string, JsonRecord>>): Json {
  return Object.entries(blocks).reduce<Json>(
    (body, [path, required]) => inBlocks(body, path.split('.'), required),
    json,
  );
}

function inBlocks(json: Json, [name, ...rest]: readonly string[], required: JsonRecord): Json {
  if (name === undefined) return filled(json, required);
  if (isArray(json)) return json.map((item) => inBlocks(item, [name, ...rest], required));
  const block = recordOf(json)[name];
  return block === undefined ? json : { ...recordOf(json), [name]: inBlocks(block, rest, required) };
}

function withMembers(json: Json, members: Readonly<Record<string, readonly string[]>>): Json {
  const body = recordOf(json);
  const nulls = Object.entries(members).flatMap(([argument, names]) => {
    const written = body[argument];
    if (written === undefined) return [];
    const empty = Object.fromEntries(names.map((name) => [name, null]));
    return [[argument, (isArray(written) ? written : [written]).map((item) => ({ ...empty, ...recordOf(item) }))]];
  });
  return { ...body, ...Object.fromEntries(nulls) };
}
