import { expect, it } from 'vitest';
import check from '../../../checks/isolation/net-003-no-public-addresses.ts';
import { testCheck } from '../../support/check-tester.ts';
import { isCovered } from '../../support/covered.ts';

const west = (resource: object, rest: object = {}) => ({ stacks: { west: { resource, ...rest } } });
const one = (type: string, body: object, rest: object = {}) => west({ [type]: { ledger: body } }, rest);
const registered = (...addresses: string[]) => ({
  network: { publicAddresses: addresses.map((address) => ({ stack: 'west', address, reason: 'Front door.' })) },
});
const PROVIDER_5 = {
  terraform: { required_providers: { aws: { source: 'aws', version: '5.100.0' } }, backend: { s3: {} } },
};
const ECS = { network_configuration: { subnets: [], assign_public_ip: true } };
const failing = (type: string, body: object, messageId: string, rest: object = {}) => ({
  name: `${type} ${JSON.stringify(body)}${JSON.stringify(rest) === '{}' ? '' : ' of provider 5'}`,
  ...one(type, body, rest),
  fails: { [`${type}.ledger`]: messageId },
});

testCheck(check, {
  pass: [
    {
      name: 'resources that are private by default or by argument',
      ...west({
        aws_subnet: { quiet: { cidr_block: '10.0.0.0/24' }, said: { map_public_ip_on_launch: 'false' } },
        aws_db_instance: { ledger: {} },
        aws_mq_broker: { ledger: { publicly_accessible: false } },
        aws_redshift_cluster: { ledger: {} },
        aws_dms_replication_instance: { ledger: { publicly_accessible: false } },
        aws_msk_cluster: { ledger: { broker_node_group_info: { client_subnets: [] } } },
        aws_eks_cluster: { ledger: { vpc_config: [{ endpoint_public_access: false }] } },
        aws_ecs_service: { ledger: { network_configuration: { subnets: [] } }, host: {} },
        aws_sagemaker_notebook_instance: { ledger: { direct_internet_access: 'Disabled' } },
        aws_lb: { inner: { internal: true }, inspection: { load_balancer_type: 'gateway' } },
        aws_neptunegraph_graph: { ledger: { public_connectivity: false } },
        aws_launch_template: {
          ledger: {
            network_interfaces: [{ associate_public_ip_address: 'false' }, { associate_public_ip_address: false }],
          },
        },
        aws_transfer_server: { ledger: { endpoint_type: 'VPC', endpoint_details: { address_allocation_ids: [] } } },
        aws_pipes_pipe: { ledger: { source: 'arn:aws:sqs:eu-west-1:111111111111:receipts' } },
        aws_mwaa_environment: { ledger: {} },
        aws_cloudwatch_event_target: { ledger: { rule: 'nightly' } },
      }),
    },
    {
      name: 'instances in a subnet that gives no addresses, or on interfaces made before',
      ...west({
        aws_subnet: { data: { map_public_ip_on_launch: false } },
        aws_launch_template: { desk: { name: 'desk', network_interfaces: { associate_public_ip_address: false } } },
        aws_instance: {
          desk: { subnet_id: '${aws_subnet.data.id}' },
          said: { subnet_id: 'subnet-0123456789abcdef0', associate_public_ip_address: false },
          templated: { subnet_id: '${aws_subnet.data.id}', launch_template: [{ name: 'desk' }] },
          wired: { network_interface: { device_index: 0, network_interface_id: 'eni-0123456789abcdef0' } },
        },
      }),
    },
    {
      name: 'the public addresses that the policy registers',
      ...west({
        aws_eip: { out: { domain: 'vpc' } },
        aws_nat_gateway: {
          out: { allocation_id: '${aws_eip.out.allocation_id}' },
          inner: { connectivity_type: 'private' },
        },
        aws_eip_association: { out: { allocation_id: '${aws_eip.out.id}', network_interface_id: 'eni-1' } },
        aws_lb: { front: { internal: false } },
      }),
      policy: registered('aws_eip.out', 'aws_lb.front'),
    },
    {
      name: 'an address of the own network beside a rack',
      ...one('aws_eip', { customer_owned_ipv4_pool: 'ipv4pool-coip-1' }),
    },
  ],
  fail: [
    failing('aws_subnet', { map_public_ip_on_launch: true }, 'open'),
    failing('aws_subnet', { map_public_ip_on_launch: 'true' }, 'open'),
    failing('aws_default_subnet', { availability_zone: 'eu-west-1a' }, 'default'),
    failing('aws_instance', { associate_public_ip_address: true }, 'open'),
    failing('aws_launch_template', { network_interfaces: { associate_public_ip_address: 'true' } }, 'open'),
    failing(
      'aws_launch_template',
      {
        network_interfaces: [{ associate_public_ip_address: 'false' }, { associate_public_ip_address: 'true' }],
      },
      'open',
    ),
    failing(
      'aws_launch_template',
      {
        network_interfaces: [{ associate_public_ip_address: false, associate_carrier_ip_address: 'true' }],
      },
      'open',
    ),
    failing('aws_ecs_service', ECS, 'open'),
    failing('aws_ecs_task_set', { network_configuration: [{ assign_public_ip: true }] }, 'open'),
    failing(
      'aws_cloudwatch_event_target',
      { ecs_target: { network_configuration: { assign_public_ip: true } } },
      'open',
    ),
    failing(
      'aws_scheduler_schedule',
      {
        target: { ecs_parameters: { network_configuration: { assign_public_ip: true } } },
      },
      'open',
    ),
    failing(
      'aws_pipes_pipe',
      {
        target_parameters: {
          ecs_task_parameters: { network_configuration: { aws_vpc_configuration: { assign_public_ip: 'ENABLED' } } },
        },
      },
      'open',
    ),
    failing('aws_db_instance', { publicly_accessible: true }, 'open'),
    failing('aws_rds_cluster_instance', { publicly_accessible: true }, 'open'),
    failing('aws_redshift_cluster', { publicly_accessible: true }, 'open'),
    failing('aws_redshift_cluster', {}, 'default', PROVIDER_5),
    failing('aws_redshift_cluster', { elastic_ip: '192.0.2.7' }, 'open'),
    failing('aws_mq_broker', { publicly_accessible: true }, 'open'),
    failing('aws_dms_replication_instance', {}, 'default'),
    failing(
      'aws_msk_cluster',
      {
        broker_node_group_info: { connectivity_info: { public_access: { type: 'SERVICE_PROVIDED_EIPS' } } },
      },
      'open',
    ),
    failing('aws_eks_cluster', { vpc_config: { subnet_ids: [] } }, 'default'),
    failing('aws_sagemaker_notebook_instance', {}, 'default'),
    failing('aws_sagemaker_domain', {}, 'default'),
    failing('aws_neptunegraph_graph', { public_connectivity: true }, 'open'),
    failing('aws_apprunner_service', {}, 'default'),
    failing('aws_transfer_server', {}, 'default'),
    failing(
      'aws_transfer_server',
      { endpoint_type: 'VPC', endpoint_details: { address_allocation_ids: ['eipalloc-1'] } },
      'open',
    ),
    failing('aws_mwaa_environment', { webserver_access_mode: 'PUBLIC_ONLY' }, 'open'),
    failing('aws_cloud9_environment_ec2', {}, 'default'),
    failing('aws_bedrockagentcore_browser', { network_configuration: { network_mode: 'PUBLIC' } }, 'open'),
    failing('aws_lb', {}, 'default'),
    failing('aws_lb', { internal: false, load_balancer_type: 'network' }, 'open'),
    failing('aws_elb', {}, 'default'),
    failing('aws_eip', { domain: 'vpc' }, 'elastic'),
    failing('aws_nat_gateway', { vpc_id: 'vpc-1', availability_mode: 'regional' }, 'elastic'),
    failing('aws_nat_gateway', { subnet_id: 'subnet-1', allocation_id: 'eipalloc-1' }, 'elastic'),
    failing('aws_eip_association', { public_ip: '192.0.2.7', instance_id: 'i-1' }, 'elastic'),
    failing('aws_globalaccelerator_accelerator', { name: 'front' }, 'always'),
    failing('aws_lightsail_instance', { name: 'desk' }, 'always'),
    {
      name: 'an instance in a subnet that gives addresses',
      ...west({
        aws_default_subnet: { a: { availability_zone: 'eu-west-1a', map_public_ip_on_launch: false } },
        aws_subnet: { open: { map_public_ip_on_launch: true } },
        aws_instance: { desk: { subnet_id: '${aws_subnet.open.id}' } },
      }),
      fails: { 'aws_instance.desk': 'subnet', 'aws_subnet.open': 'open' },
    },
    {
      name: 'what the policy registers for another stack',
      ...one('aws_eip', { domain: 'vpc', tags: {} }),
      policy: { network: { publicAddresses: [{ stack: 'north', address: 'aws_eip.ledger', reason: 'Another.' }] } },
      fails: { 'aws_eip.ledger': 'elastic' },
    },
  ],
  unproven: [
    {
      name: 'a token',
      ...one('aws_db_instance', { publicly_accessible: '${var.open}' }, { variable: { open: {} } }),
      unproven: { 'aws_db_instance.ledger': 'var.open' },
    },
    {
      name: 'a default that AWS decides',
      ...one('aws_rds_cluster_instance', {}),
      unproven: {
        'aws_rds_cluster_instance.ledger': 'publicly_accessible is omitted: the subnet group and VPC decide',
      },
    },
    {
      name: 'a template that leaves it to the subnet',
      ...one('aws_launch_template', { image_id: 'ami-1' }),
      unproven: { 'aws_launch_template.ledger': 'map_public_ip_on_launch' },
    },
    {
      name: 'an instance in a subnet that is not known',
      ...one('aws_instance', { subnet_id: '${var.subnet}' }, { variable: { subnet: {} } }),
      unproven: { 'aws_instance.ledger': 'var.subnet' },
    },
    {
      name: 'an instance of a launch template outside the estate',
      ...west({
        aws_subnet: { data: {} },
        aws_instance: { desk: { subnet_id: '${aws_subnet.data.id}', launch_template: { id: 'lt-0123456789abcdef0' } } },
      }),
      unproven: { 'aws_instance.desk': 'launch template outside the estate' },
    },
    {
      name: 'an instance without a subnet',
      ...one('aws_instance', {}),
      unproven: { 'aws_instance.ledger': 'outside the estate' },
    },
    {
      name: 'a subnet that hides whether it gives addresses',
      ...west(
        {
          aws_subnet: { data: { map_public_ip_on_launch: '${var.open}' } },
          aws_instance: { desk: { subnet_id: '${aws_subnet.data.id}' } },
        },
        { variable: { open: {} } },
      ),
      unproven: { 'aws_instance.desk': 'var.open', 'aws_subnet.data': 'var.open' },
    },
    {
      name: 'interfaces that a dynamic block makes',
      ...one(
        'aws_launch_template',
        { dynamic: { network_interfaces: { for_each: '${var.cards}', content: {} } } },
        { variable: { cards: {} } },
      ),
      unproven: { 'aws_launch_template.ledger': 'network_interfaces' },
    },
    {
      name: 'a required argument that is missing',
      ...one('aws_bedrockagentcore_browser', { name: 'reader' }),
      unproven: { 'aws_bedrockagentcore_browser.ledger': 'network_mode is not set' },
    },
    {
      name: 'an allocation that is not known',
      ...one('aws_eip_association', { allocation_id: '${var.address}' }, { variable: { address: {} } }),
      unproven: { 'aws_eip_association.ledger': 'var.address' },
    },
    {
      name: 'addresses that may not exist',
      ...one('aws_eip', { count: '${var.addresses}' }, { variable: { addresses: {} } }),
      unproven: { 'aws_eip.ledger': 'would fail if it exists' },
    },
    {
      name: 'an Elastic IP address of a pool that is not known',
      ...one('aws_eip', { customer_owned_ipv4_pool: '${var.pool}' }, { variable: { pool: {} } }),
      unproven: { 'aws_eip.ledger': 'var.pool' },
    },
    {
      name: 'a NAT gateway that may be private',
      ...one('aws_nat_gateway', { connectivity_type: '${var.kind}' }, { variable: { kind: {} } }),
      unproven: { 'aws_nat_gateway.ledger': 'var.kind' },
    },
    {
      name: 'a Redshift cluster of a provider version that is not fixed',
      ...one('aws_redshift_cluster', {}, { terraform: { required_providers: { aws: { source: 'aws' } } } }),
      unproven: { 'aws_redshift_cluster.ledger': 'publicly_accessible' },
    },
  ],
});

it.each([
  [
    'another instance',
    one('aws_eip', { instance: 'i-0123456789abcdef0' }),
    one('aws_eip', { instance: 'i-0fedcba9876543210' }),
  ],
  [
    'a NAT gateway in another subnet',
    one('aws_nat_gateway', { subnet_id: 'subnet-0123456789abcdef0' }),
    one('aws_nat_gateway', { subnet_id: 'subnet-0fedcba9876543210' }),
  ],
])('has an exception for an address not cover %s', (_, approved, graver) => {
  expect(isCovered(check, approved, graver)).toBe(false);
  expect(isCovered(check, approved, approved)).toBe(true);
});
