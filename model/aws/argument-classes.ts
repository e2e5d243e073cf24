import { describeClasses, RESOURCE_CLASSES, type ResourceClass } from './resource-class.ts';

/** What the arguments of a type show: its classes, and for each the arguments that show it. */
export interface ArgumentEvidence {
  readonly classes: readonly ResourceClass[];
  /** Dotted paths, at most two for a class, in the order of `classes`. */
  readonly shownBy: readonly string[];
}

/**
 * Arguments that only a type of the class has, by the last steps of their dotted path. There are none for `inert`: that a
 * type has no such argument does not show that it keeps nothing.
 */
const EVIDENCE: readonly (readonly [ResourceClass, RegExp])[] = [
  [
    'stores',
    last(
      String.raw`(?:\w*_)?kms_(?:master_)?key(?:_\w+)?|(?:\w*_)?encryption_key(?:_arn)?|storage_encrypted|at_rest_encryption_enabled|encrypt_at_rest\.\w+|encrypted|server_side_encryption\.\w+|sse_\w+|allocated_storage|storage_(?:type|size|capacity|size_gb)|volume_size(?:_\w+)?|backup_retention_period|automated_snapshot_retention_period|final_snapshot_\w+|skip_final_snapshot|snapshot_(?:identifier|arns?|name|retention_limit)|restore_to_point_in_time\.\w+|content_base64|secret_string|customer_managed_key(?:_\w+)?`,
    ),
  ],
  [
    'moves',
    last(
      String.raw`destination(?:_(?!cidr|ipv6|port|prefix|pool|ip\b)\w+)?|destinations\.\w+|(?:destination|target)_arn|target_region|source_region|replicas?\.\w+|replication_\w+\.\w+|s3_bucket(?:_name|_arn)?|\w+\.bucket(?:_name|_arn)?|s3_uri|s3_output_path|s3_path|bucket_uri|log_destination\w*|firehose_arn|delivery_stream(?:_arn|_name)?|hec_endpoint|invocation_endpoint|webhook_url|endpoint_url|location_uri|repository_url|upstream_registry_url|(?:\w+_)?stream_arn|(?:sns_)?topic_arns?|(?:source|event_source)_arn|connection_properties|connector_\w+`,
    ),
  ],
  [
    'computes',
    last(
      String.raw`instance_types?|(?:cache_)?node_type|instance_class|broker_node_group_info\.\w+|dedicated_master_type|image_id|ami|ami_id|image_uri|runtime|handler|container_definitions|container_properties|compute_type|cpu|memory(?:_size)?|user_data(?:_base64)?|worker_type|job_queue|script_location|entry_point`,
    ),
  ],
  [
    'network',
    last(
      String.raw`vpc_ids?|subnets?|subnet_ids?|(?:vpc_)?security_groups?(?:_ids?)?|cidr(?:_blocks?|s|_ip)?|(?:ipv6|source|destination)_cidr(?:_blocks?)?|route_table_ids?|vpc_endpoint_ids?|network_interface_ids?|(?:peer_)?transit_gateway\w*_id|network_acl_id|publicly_accessible|public_ip|(?:from|to)_port|(?:peer_)?bgp_asn|listener_arn|load_balancer_arns?|internet_gateway_id|vpn_gateway_id|gateway_id`,
    ),
  ],
  [
    'identity',
    last(
      String.raw`(?:resource_|access_|assume_role_|inline_|key_|auth_)?policy|policy_(?:document|arn|arns|text)|principals?|principal_arns?|permissions?|permissions_\w+|saml_\w+|oidc\w*|openid_\w+|client_secret|assume_role\w*|trusted_\w+|user_pool_id|identity_store_id`,
    ),
  ],
  [
    'key',
    last(
      String.raw`key_(?:usage|spec|attributes\.\w+)|customer_master_key_spec|private_key(?:_\w+)?|public_key(?:_material)?|certificate_(?:body|chain|pem)|multi_region|key_material\w*`,
    ),
  ],
  [
    'log',
    last(
      String.raw`(?:cloudwatch_)?log_group(?:_\w+)?|cloudwatch_logs?(?:_\w+)?|log_type|log_types|retention_in_days|log_format|logging_config\w*\.\w+`,
    ),
  ],
];

const SHOWN = 2;

/** Reads what a type does off the names of its arguments; null where they show nothing. */
export function classifyArguments(paths: readonly string[]): ArgumentEvidence | null {
  const found = EVIDENCE.flatMap(([name, pattern]) => {
    const shownBy = paths.filter((path) => pattern.test(path));
    return shownBy.length === 0 ? [] : [{ name, shownBy: shownBy.slice(0, SHOWN) }];
  });
  if (found.length === 0) return null;
  const names = new Set(found.map(({ name }) => name));
  return {
    classes: RESOURCE_CLASSES.filter((name) => names.has(name)),
    shownBy: [...new Set(found.flatMap(({ shownBy }) => shownBy))],
  };
}

/** `stores data, network, by the arguments kms_key_id, subnet_ids`. */
export function describeEvidence({ classes, shownBy }: ArgumentEvidence): string {
  return `${describeClasses(classes)}, by ${theArguments(shownBy)}`;
}

/** The reason of a row that rests on arguments. */
export function reasonFromArguments(shownBy: readonly string[]): string {
  return `has ${theArguments(shownBy)}`;
}

function theArguments(paths: readonly string[]): string {
  return `the argument${paths.length > 1 ? 's' : ''} ${paths.join(', ')}`;
}

function last(steps: string): RegExp {
  return new RegExp(`(?:^|\\.)(?:${steps})$`);
}
