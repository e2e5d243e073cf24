import type { Operator } from './mutations.ts';

/** Mutants that a check may let pass, and why they leave the estate compliant as far as its control goes. */
export interface Survivor {
  readonly control: string;
  readonly operators: readonly Operator[];
  /** What was mutated, as `nameOf` names it. */
  readonly at: RegExp;
  readonly reason: string;
}

const OMIT = ['drop', 'null'] as const;
const EMPTY = ['drop', 'null', 'empty-text', 'empty-list'] as const;
const ANY = ['flip', 'text-boolean', ...EMPTY, 'wrong-place', 'unknown', 'retarget', 'conflicting-companion'] as const;
const GONE = ['delete', 'unknown-count'] as const;

const REFUSED = 'Terraform or AWS refuses the argument in this form, so nothing is made of it.';
const DEFAULT = 'The default of the provider, or of AWS, is the safe value.';
const COPY = 'The copy that is named instead says the same as what was named before.';
const KEY_ELSEWHERE = 'The copy is a customer key as well; where a key must lie is the business of KEY-001.';
const NONE = 'Without it there is nothing that the control is about.';
const ONE_IS_ENOUGH = 'One that complies is enough, whatever a second one does.';
const NO_PLACE = 'The check looks through all arguments for names of places; this one has to have none.';

export const SURVIVORS: readonly Survivor[] = [
  {
    control: 'RES-001',
    operators: [...OMIT, 'retarget'],
    at: /^aws_s3_bucket\.receipts region$/,
    reason: 'The Region of the provider decides then, which is that of the site.',
  },
  {
    control: 'RES-001',
    operators: OMIT,
    at: / (?:region|authorized_aws_region)$/,
    reason: 'The Region of the provider decides then, which is that of the site.',
  },
  {
    control: 'RES-002',
    operators: ANY,
    at: /^aws_subnet\.data (?:vpc_id|cidr_block|tags.*)$/,
    reason: NO_PLACE,
  },
  {
    control: 'RES-002',
    operators: EMPTY,
    at: / (?:availability_zone(?:_id|s(?:\[1\])?)?|placement(?:\.availability_zone)?)$/,
    reason: 'Where nothing names a zone, AWS takes one of the Region, and all of them are in its country.',
  },
  {
    control: 'RES-002',
    operators: ['retarget'],
    at: /^aws_ebs_volume\.ledger availability_zone$/,
    reason: COPY,
  },
  {
    control: 'RES-002',
    operators: ['unknown'],
    at: /^aws_launch_template\.host placement$/,
    reason: REFUSED,
  },
  {
    control: 'RES-003',
    operators: ['drop', 'null', 'empty-text', 'empty-list', 'wrong-place', 'unknown'],
    at: /^aws_subnet\.data (?:vpc_id|cidr_block)$/,
    reason: NO_PLACE,
  },
  {
    control: 'RES-003',
    operators: ['drop', 'null', 'empty-text', 'empty-list', 'wrong-place', 'unknown'],
    at: / availability_zone(?:_id)?$/,
    reason: 'The policy pins the rack and no zone, or Terraform refuses a list for a text.',
  },
  {
    control: 'RES-003',
    operators: ['empty-text', 'wrong-place'],
    at: /^provider\.aws region$/,
    reason: 'Where a provider works is the business of RES-001; the rack and the account are as they were.',
  },
  {
    control: 'RES-003',
    operators: [...EMPTY, 'unknown'],
    at: / tags(?:\.ledger:data-class)?$/,
    reason: 'On the rack of the site every class of data may rest.',
  },
  {
    control: 'RES-003',
    operators: ['retarget'],
    at: / (?:vpc_zone_identifier|db_subnet_group_name|subnet_ids|subnet_id|bucket)$/,
    reason: COPY,
  },
  {
    control: 'RES-003',
    operators: [...EMPTY, 'unknown'],
    at: / (?:outpost_mode|name|bucket)$/,
    reason: NO_PLACE,
  },
  {
    control: 'RES-008',
    operators: [...EMPTY, 'wrong-place'],
    at: /^(?:provider\.aws (?:region|allowed_account_ids)|aws_iam_role\.worker name)$/,
    reason: 'It is of the partition still, or names none.',
  },
  {
    control: 'RES-009',
    operators: ['conflicting-companion', ...GONE],
    at: /^aws_wafv2_web_acl\.front/,
    reason: 'It is of the Region, and no global service.',
  },
  {
    control: 'RES-012',
    operators: ['empty-text'],
    at: /^backend bucket$/,
    reason: REFUSED,
  },
  {
    control: 'RES-012',
    operators: ['empty-text', 'empty-list', 'unknown'],
    at: /^backend key$/,
    reason: 'It names the state inside of the bucket; Terraform refuses all but a plain text.',
  },
  {
    control: 'RES-012',
    operators: ['flip', 'text-boolean', ...EMPTY, 'unknown'],
    at: /^backend use_lockfile$/,
    reason: 'A table locks the state as well.',
  },
  {
    control: 'RES-012',
    operators: [...EMPTY, 'unknown', ...GONE],
    at: /^aws_s3_bucket\.state/,
    reason: 'The Region of the backend decides where no bucket of the estate tells more.',
  },
  {
    control: 'RES-012',
    operators: ['drop', 'null', 'empty-list'],
    at: /^backend endpoints/,
    reason: 'Without it AWS is spoken to in the Region of the backend.',
  },
  {
    control: 'ENC-001',
    operators: ['retarget'],
    at: / (?:.*\.)?(?:kms_master_key_id|kms_key_arn)$/,
    reason: KEY_ELSEWHERE,
  },
  {
    control: 'ENC-001',
    operators: [...EMPTY, 'wrong-place', 'unknown'],
    at: /^aws_s3_(?:directory_)?bucket\.ledger bucket$/,
    reason: 'The configuration names the bucket by reference, whatever it is called.',
  },
  {
    control: 'ENC-003',
    operators: ['retarget'],
    at: / (?:.*\.)?(?:kms_key_id|key_arn|volume_encryption_key)$/,
    reason: KEY_ELSEWHERE,
  },
  {
    control: 'ENC-003',
    operators: ['retarget'],
    at: / (?:.*\.)?(?:snapshot_id|volume_id|source_instance_id|ami|id)$/,
    reason: COPY,
  },
  {
    control: 'ENC-003',
    operators: [...EMPTY, 'unknown'],
    at: / (?:.*\.)?(?:ami|image_id|parent_image|snapshot_id)$/,
    reason: 'Every device says itself how it is encrypted.',
  },
  {
    control: 'ENC-003',
    operators: ['drop', 'null', 'empty-list'],
    at: / (?:.*\.)?(?:ebs_block_device(?:\[1\])?|launch_template|volume_configuration|managed_ebs_volume|launch_template_config|launch_specification|launch_template_specification)$/,
    reason: NONE,
  },
  {
    control: 'ENC-003',
    operators: OMIT,
    at: / launch_template(?:_config\.launch_template_specification)?\.id$/,
    reason: REFUSED,
  },
  {
    control: 'ENC-003',
    operators: ['empty-text', 'wrong-place'],
    at: /^provider\.aws (?:region|allowed_account_ids)$/,
    reason: 'The volume and the default of its account move together.',
  },
  {
    control: 'ENC-005',
    operators: ['retarget'],
    at: / (?:.*\.)?(?:kms_key_id|kms_key_arn|kms_key|kms_key_identifier|kms_encryption_key|performance_insights_kms_key_id)$/,
    reason: KEY_ELSEWHERE,
  },
  {
    control: 'ENC-005',
    operators: ['retarget'],
    at: / (?:db_cluster_identifier|cluster_identifier|replicate_source_db|cluster_name|source_db_cluster_snapshot_identifier)$/,
    reason: COPY,
  },
  {
    control: 'ENC-005',
    operators: [...EMPTY, 'unknown'],
    at: /^aws_db_instance\.ledger identifier$/,
    reason: 'The replica names its source by reference, whatever it is called.',
  },
  {
    control: 'ENC-005',
    operators: ['flip', 'text-boolean', ...OMIT],
    at: / performance_insights_enabled$/,
    reason: NONE,
  },
  {
    control: 'ENC-005',
    operators: ['drop', 'null', 'empty-list'],
    at: /^aws_dynamodb_table\.ledger replica$/,
    reason: NONE,
  },
  {
    control: 'ENC-005',
    operators: ['conflicting-companion', ...GONE],
    at: /^aws_elasticache_cluster\.ledger/,
    reason: 'It is a member of a group, which says how it is encrypted.',
  },
  {
    control: 'ENC-005',
    operators: [...EMPTY, 'wrong-place', 'unknown'],
    at: /^provider\.aws (?:region|allowed_account_ids)$/,
    reason: 'What is made of a source and the source are of one provider, and move together.',
  },
  {
    control: 'ENC-010',
    operators: [...EMPTY, 'unknown', 'retarget', ...GONE],
    at: /^aws_lb_listener\.(?:front|ledger|wire) load_balancer_arn$|^aws_lb\.(?:front|wire)(?: load_balancer_type)?$/,
    reason: 'The listener says itself that it speaks TLS, to whichever balancer it belongs.',
  },
  {
    control: 'ENC-010',
    operators: OMIT,
    at: /^aws_lb_listener\.ledger protocol$|ordered_cache_behavior$|enforce_https$/,
    reason: DEFAULT,
  },
  {
    control: 'ENC-010',
    operators: ['drop', 'null', 'empty-text', 'empty-list', 'retarget', ...GONE],
    at: /^aws_lb_listener_rule\.ledger(?: listener_arn)?$/,
    reason: 'The rule redirects as the listener does by itself.',
  },
  {
    control: 'ENC-010',
    operators: ['conflicting-companion', 'unknown-count'],
    at: /^aws_lb_target_group/,
    reason: 'A group that nothing is attached to receives nothing.',
  },
  {
    control: 'KEY-001',
    operators: ['drop', 'null', 'empty-text', 'empty-list'],
    at: / (?:.*\.)?kms_key_id$|_block_device(?:\[1\])?$/,
    reason: 'What names no key is the business of the controls of encryption.',
  },
  {
    control: 'KEY-001',
    operators: ['drop', 'null', 'empty-text', 'conflicting-companion', 'unknown-count'],
    at: /^aws_kms_alias\.ledger/,
    reason: 'Terraform refuses an alias without a key, and what names an alias that is not there.',
  },
  {
    control: 'KEY-001',
    operators: ['drop', 'null', 'empty-list', 'unknown'],
    at: /^provider\.aws allowed_account_ids$/,
    reason: 'The key and what uses it are of one provider, and so of one account, whichever it is.',
  },
  {
    control: 'KEY-002',
    operators: OMIT,
    at: / multi_region$/,
    reason: DEFAULT,
  },
  {
    control: 'KEY-002',
    operators: ['retarget'],
    at: / primary_key_arn$/,
    reason: COPY,
  },
  {
    control: 'KEY-004',
    operators: OMIT,
    at: / rotation_period_in_days$/,
    reason: DEFAULT,
  },
  {
    control: 'KEY-004',
    operators: ['retarget'],
    at: / primary_key_arn$/,
    reason: COPY,
  },
  {
    control: 'NET-001',
    operators: [...EMPTY, 'unknown', 'conflicting-companion'],
    at: /^aws_subnet\.\w+ tags(?:\.ledger:tier)?$/,
    reason: 'A subnet whose tier is not known is held to what holds for the strictest.',
  },
  {
    control: 'NET-001',
    operators: [...EMPTY, 'unknown', 'conflicting-companion'],
    at: /^aws_route_table\.\w+ route$/,
    reason: 'A table without the route leads nowhere, and the table of a gateway subnet may lead anywhere.',
  },
  {
    control: 'NET-001',
    operators: ['empty-list', 'unknown', 'conflicting-companion', 'retarget'],
    at: / route\.transit_gateway_id$/,
    reason: 'Whatever it names is a transit gateway, and none of the Internet.',
  },
  {
    control: 'NET-001',
    operators: ['retarget'],
    at: / (?:route_table_id|vpc_id)$/,
    reason: COPY,
  },
  {
    control: 'NET-001',
    operators: [...EMPTY, 'unknown', 'retarget', ...GONE],
    at: /^aws_route_table_association\.\w+(?: subnet_id)?$/,
    reason: 'The main table of the VPC decides then, and has no routes.',
  },
  {
    control: 'NET-001',
    operators: [...EMPTY, 'unknown'],
    at: /^aws_subnet\.data vpc_id$/,
    reason: 'The table of the subnet decides, whatever the VPC.',
  },
  {
    control: 'NET-001',
    operators: [...GONE],
    at: /^aws_(?:ec2_transit_gateway|internet_gateway|route|route_table|vpc)\.\w+$/,
    reason: 'No table of an enclave subnet leads to it, or the table of the subnet decides without it.',
  },
  {
    control: 'NET-002',
    operators: [...GONE],
    at: /^aws_vpc_block_public_access_exclusion\.edge$/,
    reason: NONE,
  },
  {
    control: 'NET-003',
    operators: OMIT,
    at: / (?:publicly_accessible|map_public_ip_on_launch)$/,
    reason: DEFAULT,
  },
  {
    control: 'NET-003',
    operators: ['drop', 'null', 'empty-list'],
    at: /^aws_(?:ecs_service|msk_cluster|transfer_server)\.ledger \w+$|^aws_instance\.templated launch_template$|^aws_launch_template\.ledger network_interfaces(?:\[1\])?$/,
    reason: 'AWS gives no public address without it, or refuses the resource.',
  },
  {
    control: 'NET-003',
    operators: ['drop', 'null', 'empty-text'],
    at: / endpoint_details\.address_allocation_ids$/,
    reason: NONE,
  },
  {
    control: 'NET-003',
    operators: ['retarget'],
    at: / (?:allocation_id|subnet_id)$/,
    reason: COPY,
  },
  {
    control: 'NET-005',
    operators: [...EMPTY, 'conflicting-companion'],
    at: /^aws_security_group\.ledger ingress(?:\.cidr_blocks)?$|^aws_ec2_managed_prefix_list\.offices entry(?:\.cidr)?$/,
    reason: "Without it less is open; a second list or group is nobody's peer.",
  },
  {
    control: 'NET-005',
    operators: ['flip', 'text-boolean', ...EMPTY],
    at: / ingress\.self$/,
    reason: 'A group is open to its own members at most.',
  },
  {
    control: 'NET-005',
    operators: ['empty-list', 'unknown', 'retarget'],
    at: / security_group_id$/,
    reason: 'The peer is approved for whichever group the rule belongs to.',
  },
  {
    control: 'NET-005',
    operators: ['retarget'],
    at: / (?:source_security_group_id|referenced_security_group_id|prefix_list_id)$/,
    reason: COPY,
  },
  {
    control: 'NET-005',
    operators: [...EMPTY, 'unknown'],
    at: /^aws_security_group_rule\.old type$/,
    reason: 'The peer is approved in both directions.',
  },
  {
    control: 'NET-005',
    operators: ['wrong-place', 'conflicting-companion'],
    at: /^aws_vpc\.ledger cidr_block$/,
    reason: 'The peer is inside of the network still; AWS refuses a VPC of all addresses.',
  },
  {
    control: 'NET-006',
    operators: ['retarget'],
    at: / db_subnet_group_name$/,
    reason: COPY,
  },
  {
    control: 'NET-006',
    operators: OMIT,
    at: /^aws_default_\w+\.none (?:ingress|egress|route)$/,
    reason: 'Adopting it removes every rule and route that is not written.',
  },
  {
    control: 'NET-006',
    operators: [...EMPTY, 'unknown', 'retarget', ...GONE],
    at: /^aws_default_route_table\.none(?: default_route_table_id)?$/,
    reason: 'The main route table of a VPC that is not the default one has no route but the local one.',
  },
  {
    control: 'GTW-003',
    operators: [...EMPTY, 'unknown'],
    at: /^aws_subnet\.\w+ tags(?:\.ledger:tier)?$/,
    reason: 'A subnet whose tier is not known needs a gateway as well, and its zone has one.',
  },
  {
    control: 'GTW-003',
    operators: ['retarget'],
    at: / (?:.*\.)?subnet_id$/,
    reason: COPY,
  },
  {
    control: 'GTW-003',
    operators: ['conflicting-companion'],
    at: /^aws_(?:subnet|instance|networkfirewall_firewall)\./,
    reason: ONE_IS_ENOUGH,
  },
  {
    control: 'GTW-003',
    operators: [...GONE],
    at: /^aws_subnet\./,
    reason: NONE,
  },
  {
    control: 'GTW-003',
    operators: ['drop', 'null', 'empty-text'],
    at: /^aws_subnet\.data outpost_arn$/,
    reason: 'Its zone has the gateway of the Region.',
  },
  {
    control: 'GTW-003',
    operators: ['empty-text', 'empty-list', 'unknown'],
    at: / transit_gateway_id$/,
    reason: 'The zones of the firewall say where it stands.',
  },
  {
    control: 'GTW-005',
    operators: [...GONE, 'retarget'],
    at: /^aws_networkfirewall_firewall\.gateway(?: firewall_policy_arn)?$/,
    reason: 'The policy is judged with or without a firewall that uses it.',
  },
  {
    control: 'GTW-005',
    operators: [...EMPTY, 'unknown'],
    at: / firewall_policy\.stateful_default_actions\[1\]$/,
    reason: 'The first action drops; the second alerts only.',
  },
  {
    control: 'GTW-005',
    operators: OMIT,
    at: /stream_exception_policy$/,
    reason: DEFAULT,
  },
  {
    control: 'GTW-008',
    operators: ['flip', 'text-boolean', ...EMPTY, 'unknown', 'retarget', 'conflicting-companion', ...GONE],
    at: /^aws_lb\.(?:fleet|inside)|^aws_subnet\.(?:gateway|data)/,
    reason: 'One balancer is protected wherever it stands; the other is no door of a gateway.',
  },
  {
    control: 'GTW-008',
    operators: ['retarget'],
    at: / encryption_configuration\.key_id$/,
    reason: KEY_ELSEWHERE,
  },
  {
    control: 'GTW-008',
    operators: ['empty-text', 'empty-list'],
    at: / (?:encryption_configuration\.type|transit_gateway_id)$/,
    reason: REFUSED,
  },
  {
    control: 'GTW-008',
    operators: ['drop', 'empty-text', 'empty-list', 'unknown'],
    at: / subnet_change_protection$/,
    reason: 'A firewall of a transit gateway has no subnets.',
  },
  {
    control: 'GTW-009',
    operators: ['retarget'],
    at: / (?:target_arn|destination_arn|subnet_id)$/,
    reason: COPY,
  },
  {
    control: 'GTW-009',
    operators: [...EMPTY, 'unknown'],
    at: /^aws_cloudwatch_log_group\.gateway name$/,
    reason: 'The filter names the group by reference, whatever it is called.',
  },
  {
    control: 'GTW-009',
    operators: ['conflicting-companion'],
    at: /^aws_(?:flow_log|kinesis_firehose_delivery_stream|cloudwatch_log_subscription_filter)\./,
    reason: ONE_IS_ENOUGH,
  },
  {
    control: 'GTW-009',
    operators: OMIT,
    at: /^aws_networkfirewall_firewall\.gateway vpc_id$|^aws_subnet\.gateway vpc_id$|filter_pattern$/,
    reason: REFUSED,
  },
  {
    control: 'GTW-009',
    operators: [...EMPTY, 'unknown', 'retarget', ...GONE],
    at: /^aws_networkfirewall_logging_configuration\.(?:one|two)(?: firewall_arn)?$/,
    reason: ONE_IS_ENOUGH,
  },
  {
    control: 'CHG-002',
    operators: OMIT,
    at: / force_destroy$/,
    reason: DEFAULT,
  },
];
