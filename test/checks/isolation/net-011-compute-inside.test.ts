import check from '../../../checks/isolation/net-011-compute-inside.ts';
import { testCheck } from '../../support/check-tester.ts';

const SUBNETS = {
  aws_subnet: {
    ledger: { tags: { 'ledger:tier': 'workload' } },
    edge: { tags: { 'ledger:tier': 'gateway' } },
    bare: {},
  },
};
const LEDGER = ['${aws_subnet.ledger.id}'];
const EDGE = ['${aws_subnet.edge.id}'];
const west = (resource: object, rest: object = {}) => ({
  stacks: { west: { resource: { ...SUBNETS, ...resource }, ...rest } },
});
const one = (type: string, body: object, rest: object = {}) => west({ [type]: { a: body } }, rest);
const lambda = (subnet_ids: unknown, rest: object = {}) =>
  one('aws_lambda_function', { function_name: 'a', vpc_config: { subnet_ids, security_group_ids: [] } }, rest);
const VARIABLE = { variable: { given: {} } };
const LAMBDA = 'aws_lambda_function.a';
const register = (address: string) => ({
  network: { publicAddresses: [{ stack: 'west', address, reason: 'Front door.' }] },
});
const machine = (definition: unknown, rest: object = {}) => one('aws_sfn_state_machine', { definition }, rest);
const HTTP = JSON.stringify({ States: { Call: { Type: 'Task', Resource: 'arn:aws:states:::http:invoke' } } }, null, 1);
const job = (connections: unknown, connection: object = {}) =>
  west({ aws_glue_job: { a: { connections } }, aws_glue_connection: { a: { name: 'a', ...connection } } });
const PHYSICAL = { physical_connection_requirements: { subnet_id: '${aws_subnet.ledger.id}' } };

/** Types that leave the VPC, or are entered past it, when nothing is said. */
const OUT = {
  aws_codebuild_project: {},
  aws_codebuild_fleet: {},
  aws_apprunner_service: { network_configuration: { ingress_configuration: { is_publicly_accessible: false } } },
  aws_sagemaker_model: {},
  aws_glue_job: {},
  aws_glue_dev_endpoint: {},
  aws_emrserverless_application: {},
  aws_synthetics_canary: {},
  aws_lightsail_container_service: { is_disabled: true },
  aws_sns_topic_subscription: { protocol: 'https' },
  aws_cloudwatch_event_api_destination: {},
};
const IN = {
  aws_lambda_function_url: { authorization_type: 'AWS_IAM' },
  aws_apigatewayv2_api: {},
  aws_appsync_graphql_api: {},
  aws_opensearch_domain: {},
  aws_elasticsearch_domain: {},
  aws_api_gateway_rest_api: { endpoint_configuration: [{ types: ['REGIONAL'] }] },
  aws_transfer_server: { endpoint_type: 'PUBLIC' },
  aws_rds_cluster: { enable_http_endpoint: 'true' },
  aws_opensearchserverless_security_policy: { type: 'network', policy: '[{"Rules": [], "AllowFromPublic": true}]' },
};

testCheck(check, {
  pass: [
    { name: 'a function in subnets of the enclave', ...lambda(LEDGER) },
    { name: 'a function in one subnet, written without its list', ...lambda(LEDGER[0]) },
    {
      name: 'a function of a capacity provider, and a project of a fleet',
      ...west({
        aws_lambda_capacity_provider: { a: { vpc_config: [{ subnet_ids: LEDGER, security_group_ids: [] }] } },
        aws_lambda_function: {
          a: {
            capacity_provider_config: {
              lambda_managed_instances_capacity_provider_config: {
                capacity_provider_arn: '${aws_lambda_capacity_provider.a.arn}',
              },
            },
          },
        },
        aws_codebuild_fleet: { a: { vpc_config: { subnets: LEDGER, vpc_id: 'vpc-0', security_group_ids: [] } } },
        aws_codebuild_project: { a: { environment: { fleet: { fleet_arn: '${aws_codebuild_fleet.a.arn}' } } } },
      }),
    },
    { name: 'a job over a connection in a subnet', ...job(['${aws_glue_connection.a.name}'], PHYSICAL) },
    { name: 'a model without a network', ...one('aws_sagemaker_model', { enable_network_isolation: true }) },
    {
      name: 'a notebook without direct access',
      ...one('aws_sagemaker_notebook_instance', { subnet_id: LEDGER[0], direct_internet_access: 'Disabled' }),
    },
    { name: 'a private API', ...one('aws_api_gateway_rest_api', { endpoint_configuration: { types: ['PRIVATE'] } }) },
    {
      name: 'a front door that the policy registers',
      ...one('aws_apigatewayv2_api', {}),
      policy: register('aws_apigatewayv2_api.a'),
    },
    { name: 'containers in the network of their hosts', ...one('aws_ecs_service', { launch_type: 'EC2' }) },
    {
      name: 'a machine that calls functions only',
      ...west({
        aws_lambda_function: { x: { function_name: 'x', vpc_config: { subnet_ids: LEDGER } } },
        aws_sfn_state_machine: { a: { definition: '{"States":{"A":{"Resource":"${aws_lambda_function.x.arn}"}}}' } },
      }),
    },
    {
      name: 'a cluster in one of its two arguments',
      ...one('aws_emr_cluster', { ec2_attributes: { subnet_ids: LEDGER } }),
    },
    {
      name: 'a closed collection',
      ...one('aws_opensearchserverless_security_policy', {
        type: 'network',
        policy: '[{"AllowFromPublic":false,"SourceVPCEs":["vpce-0"]}]',
      }),
    },
  ],

  fail: [
    ...Object.entries(OUT).map(([type, body]) => ({
      name: `${type} outside a VPC`,
      ...one(type, body),
      fails: { [`${type}.a`]: 'out' },
    })),
    ...Object.entries(IN).map(([type, body]) => ({
      name: `${type} open to the Internet`,
      ...one(type, body),
      fails: { [`${type}.a`]: 'in' },
    })),
    {
      name: 'a function without subnets',
      ...one('aws_lambda_function', { function_name: 'a' }),
      fails: { [LAMBDA]: 'out' },
    },
    { name: 'a function with an empty list', ...lambda([]), fails: { [LAMBDA]: 'out' } },
    { name: 'a function in a subnet of gateways', ...lambda([...LEDGER, ...EDGE]), fails: { [LAMBDA]: 'tier' } },
    {
      name: 'tasks in a subnet of gateways',
      ...one('aws_ecs_service', { network_configuration: { subnets: EDGE } }),
      fails: { 'aws_ecs_service.a': 'tier' },
    },
    {
      name: 'a notebook with a subnet and direct access besides',
      ...one('aws_sagemaker_notebook_instance', { subnet_id: LEDGER[0] }),
      fails: { 'aws_sagemaker_notebook_instance.a': 'out' },
    },
    {
      name: 'an API that says nothing, which is at the edge',
      ...one('aws_api_gateway_rest_api', {}),
      fails: { 'aws_api_gateway_rest_api.a': 'in' },
    },
    {
      name: 'a job over a connection without a subnet',
      ...job(['${aws_glue_connection.a.name}']),
      fails: { 'aws_glue_job.a': 'out' },
    },
    {
      name: 'a registered front door that calls out as well',
      ...one('aws_apprunner_service', {}),
      policy: register('aws_apprunner_service.a'),
      fails: { 'aws_apprunner_service.a': 'out' },
    },
    { name: 'a machine that calls the Internet', ...machine(HTTP), fails: { 'aws_sfn_state_machine.a': 'out' } },
    {
      name: 'a cluster without subnets',
      ...one('aws_emr_cluster', { ec2_attributes: {} }),
      fails: { 'aws_emr_cluster.a': 'defaultVpc' },
    },
    {
      name: 'builds of images without a subnet',
      ...one('aws_imagebuilder_infrastructure_configuration', {}),
      fails: { 'aws_imagebuilder_infrastructure_configuration.a': 'defaultVpc' },
    },
  ],

  unproven: [
    { name: 'subnets without a value', ...lambda('${var.given}', VARIABLE), unproven: { [LAMBDA]: 'var.given' } },
    {
      name: 'one subnet without a value',
      ...lambda([...LEDGER, '${var.given}'], VARIABLE),
      unproven: { [LAMBDA]: 'var.given' },
    },
    { name: 'null among its subnets', ...lambda([null]), unproven: { [LAMBDA]: 'null among its subnets' } },
    {
      name: 'a subnet outside the estate',
      ...lambda(['subnet-0123456789abcdef0']),
      unproven: { [LAMBDA]: 'outside the estate' },
    },
    {
      name: 'a subnet that a data source reads',
      ...lambda(['${data.aws_subnet.a.id}'], { data: { aws_subnet: { a: {} } } }),
      unproven: { [LAMBDA]: 'outside the estate' },
    },
    { name: 'a subnet without a tier', ...lambda(['${aws_subnet.bare.id}']), unproven: { [LAMBDA]: 'name no tier' } },
    {
      name: 'an argument without a value',
      ...one('aws_appsync_graphql_api', { visibility: '${var.given}' }, VARIABLE),
      unproven: { 'aws_appsync_graphql_api.a': 'var.given' },
    },
    {
      name: 'a definition that only the run knows',
      ...machine('${var.given}', VARIABLE),
      unproven: { 'aws_sfn_state_machine.a': 'var.given' },
    },
    {
      name: 'a job over a connection outside the estate',
      ...job(['${var.given}'], PHYSICAL),
      unproven: { 'aws_glue_job.a': 'var.given' },
    },
  ],
});
