import { describe, expect, test } from 'vitest';
import { describeHidden } from '../../../../model/value.ts';
import { networkOf } from '../../../support/network-ways.ts';

function managedIn(resource: { readonly [type: string]: unknown }): readonly string[] {
  return networkOf(resource).managed.map(
    ({ origin, directions, doubts }) =>
      `${origin.name} ${directions.join()}${doubts.length === 0 ? '' : ` ? ${doubts.map(describeHidden).join(', ')}`}`,
  );
}

describe('outside any VPC', () => {
  test.each([
    ['aws_lambda_function', {}, ['out']],
    ['aws_lambda_function', { vpc_config: { subnet_ids: [], security_group_ids: [] } }, ['out']],
    ['aws_lambda_function_url', {}, ['in']],
    ['aws_apprunner_service', {}, ['out', 'in']],
    [
      'aws_apprunner_service',
      {
        network_configuration: {
          egress_configuration: { egress_type: 'VPC', vpc_connector_arn: 'arn' },
          ingress_configuration: { is_publicly_accessible: false },
        },
      },
      [],
    ],
    ['aws_sagemaker_domain', { app_network_access_type: 'VpcOnly' }, []],
    ['aws_sagemaker_notebook_instance', { direct_internet_access: 'Disabled' }, []],
    ['aws_sagemaker_notebook_instance', {}, ['out']],
    ['aws_glue_job', {}, ['out']],
    ['aws_api_gateway_rest_api', {}, ['in']],
    ['aws_api_gateway_rest_api', { endpoint_configuration: { types: ['PRIVATE'] } }, []],
    ['aws_api_gateway_rest_api', { endpoint_configuration: { types: ['REGIONAL'] } }, ['in']],
    ['aws_apigatewayv2_api', {}, ['in']],
    ['aws_eks_cluster', { vpc_config: { subnet_ids: [] } }, ['in']],
    ['aws_eks_cluster', { vpc_config: { subnet_ids: [], endpoint_public_access: 'false' } }, []],
    ['aws_rds_cluster', { enable_http_endpoint: true }, ['in']],
    ['aws_rds_cluster', {}, []],
    ['aws_opensearch_domain', {}, ['in']],
    ['aws_opensearchserverless_security_policy', { type: 'network', policy: '[{"AllowFromPublic": true}]' }, ['in']],
    ['aws_opensearchserverless_security_policy', { type: 'network', policy: '[{"AllowFromPublic":false}]' }, []],
    ['aws_sns_topic_subscription', { protocol: 'https' }, ['out']],
    ['aws_sns_topic_subscription', { protocol: 'sqs' }, []],
    ['aws_sfn_state_machine', { definition: '{"Resource":"arn:aws:states:::http:invoke"}' }, ['out']],
    ['aws_sfn_state_machine', { definition: '{"Resource":"arn:aws:states:::sqs:sendMessage"}' }, []],
    ['aws_cloudwatch_event_api_destination', {}, ['out']],
    ['aws_kinesis_firehose_delivery_stream', { destination: 'http_endpoint' }, ['out']],
    ['aws_kinesis_firehose_delivery_stream', { destination: 'extended_s3' }, []],
    ['aws_mwaa_environment', {}, []],
    ['aws_transfer_server', {}, ['in']],
  ])('%s %j goes %j', (type, resource, directions) => {
    expect(managedIn({ [type]: { a: resource } })).toStrictEqual(
      directions.map((direction) => `${type}.a ${direction}`),
    );
  });

  test('may be what the input hides', () => {
    expect(managedIn({ aws_lambda_function: { a: { vpc_config: { subnet_ids: '${var.subnets}' } } } })).toStrictEqual([
      'aws_lambda_function.a out ? var.subnets',
    ]);
    expect(managedIn({ aws_sfn_state_machine: { a: { definition: '${var.steps}' } } })).toStrictEqual([
      'aws_sfn_state_machine.a out ? var.steps',
    ]);
  });

  test('is a Glue job whose connections have no subnet', () => {
    const job = (requirements: object) =>
      managedIn({
        aws_glue_connection: { a: { name: 'a', ...requirements } },
        aws_glue_job: { a: { connections: ['${aws_glue_connection.a.name}'] } },
      });
    expect(job({})).toStrictEqual(['aws_glue_job.a out']);
    expect(job({ physical_connection_requirements: { subnet_id: 'subnet-1' } })).toStrictEqual([]);
  });
});
