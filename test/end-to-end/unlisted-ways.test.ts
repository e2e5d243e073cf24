import { expect, it } from 'vitest';
import { judge } from '../../checks/example-estate.ts';
import { checks } from '../../checks/index.ts';

const FAR = 'us-east-1';
const OWN = '111111111111';
const HOST = 'collector.example';
const restricted = { tags: { 'ledger:data-class': 'restricted' } };

const task = (options: object) =>
  JSON.stringify([{ name: 'app', image: 'app', logConfiguration: { logDriver: 'any', options } }]);

const setting = (value: string) => ({
  aws_lambda_function: { row: { function_name: 'a', environment: [{ variables: { TARGET: value } }], ...restricted } },
});
const api = (body: string) => ({
  aws_api_gateway_rest_api: {
    row: { name: 'a', endpoint_configuration: [{ types: ['REGIONAL'] }], body, ...restricted },
  },
});

/** Ways out of arguments that no row knows, or that have no form of a place: by name, of which control, how and what. */
const WAYS: readonly (readonly [name: string, control: string, verdict: 'fail' | 'unproven', resource: object])[] = [
  [
    'a driver of a container',
    'RES-005',
    'unproven',
    {
      aws_ecs_task_definition: {
        row: { family: 'a', container_definitions: task({ Host: `http.${HOST}` }), ...restricted },
      },
    },
  ],
  [
    'logs of a container in another Region',
    'RES-005',
    'fail',
    {
      aws_ecs_task_definition: {
        row: { family: 'a', container_definitions: task({ 'awslogs-region': FAR }), ...restricted },
      },
    },
  ],
  [
    'logs of a batch job',
    'RES-005',
    'unproven',
    {
      aws_batch_job_definition: {
        row: {
          name: 'a',
          type: 'container',
          container_properties: JSON.stringify({ logConfiguration: { options: { 'splunk-url': `https://${HOST}` } } }),
          ...restricted,
        },
      },
    },
  ],
  [
    'a setting of a function',
    'RES-005',
    'unproven',
    {
      aws_lambda_function: {
        row: { function_name: 'a', environment: [{ variables: { DD_SITE: HOST } }], ...restricted },
      },
    },
  ],
  [
    'the queue of dead letters of somebody else',
    'RES-005',
    'unproven',
    {
      aws_lambda_function: {
        row: {
          function_name: 'a',
          dead_letter_config: [{ target_arn: 'arn:aws:sqs:eu-west-1:999999999999:q' }],
          ...restricted,
        },
      },
    },
  ],
  [
    'a call of a state machine',
    'RES-005',
    'unproven',
    {
      aws_sfn_state_machine: {
        row: {
          name: 'a',
          definition: JSON.stringify({ States: { A: { Parameters: { ApiEndpoint: `https://${HOST}/in` } } } }),
          ...restricted,
        },
      },
    },
  ],
  [
    'a bucket of a state machine',
    'RES-011',
    'unproven',
    {
      aws_sfn_state_machine: {
        row: {
          name: 'a',
          definition: JSON.stringify({ States: { A: { Parameters: { Bucket: 'somewhere', Key: 'a' } } } }),
          ...restricted,
        },
      },
    },
  ],
  [
    'a sink of a pipeline',
    'RES-005',
    'unproven',
    {
      aws_osis_pipeline: {
        row: {
          pipeline_name: 'a',
          pipeline_configuration_body: `sink:\n  - opensearch:\n      hosts: ["https://${HOST}"]\n`,
          ...restricted,
        },
      },
    },
  ],
  [
    'a template of a stack',
    'RES-005',
    'unproven',
    {
      aws_cloudformation_stack: { row: { name: 'a', template_body: `Replicas:\n  - Region: ${FAR}\n`, ...restricted } },
    },
  ],
  [
    'an alert manager',
    'RES-005',
    'unproven',
    {
      aws_prometheus_alert_manager_definition: {
        row: { workspace_id: 'a', definition: `sns_configs:\n  - topic_arn: arn:aws:sns:${FAR}:${OWN}:t\n` },
      },
    },
  ],
  [
    'a connection of Snowflake',
    'RES-005',
    'unproven',
    {
      aws_glue_connection: {
        row: {
          name: 'a',
          connection_properties: { SparkProperties: JSON.stringify({ sfUrl: `acme.${HOST}` }) },
          ...restricted,
        },
      },
    },
  ],
  [
    'an alarm',
    'RES-005',
    'fail',
    {
      aws_cloudwatch_metric_alarm: {
        row: { alarm_name: 'a', alarm_actions: [`arn:aws:sns:${FAR}:${OWN}:t`], ...restricted },
      },
    },
  ],
  [
    'a prompt that asks a profile',
    'RES-005',
    'fail',
    {
      aws_bedrockagent_prompt: {
        row: {
          name: 'a',
          variant: [{ name: 'a', model_id: 'global.anthropic.claude-sonnet-4-20250514-v1:0' }],
          ...restricted,
        },
      },
    },
  ],
  [
    'mail of users in another Region',
    'RES-005',
    'fail',
    {
      aws_cognito_user_pool: {
        row: {
          name: 'a',
          email_configuration: [{ source_arn: `arn:aws:ses:${FAR}:${OWN}:identity/a` }],
          ...restricted,
        },
      },
    },
  ],
  [
    'a broadcast',
    'RES-005',
    'unproven',
    {
      aws_medialive_channel: {
        row: { name: 'a', destinations: [{ settings: [{ url: 's3ssl://somewhere/a' }] }], ...restricted },
      },
    },
  ],
  ['a Multi-Region access point', 'RES-005', 'unproven', setting(`arn:aws:s3::${OWN}:accesspoint/mfzwi23gnjvgw.mrap`)],
  ['its host', 'RES-005', 'unproven', setting('mfzwi23gnjvgw.accesspoint.s3-global.amazonaws.com')],
  ['uploads through the edge', 'RES-005', 'fail', setting('ledger.s3-accelerate.amazonaws.com')],
  ['a host of S3 with the Region after a hyphen', 'RES-005', 'fail', setting('s3-us-west-2.amazonaws.com')],
  ['a public address', 'RES-005', 'unproven', setting('http://203.0.113.7:8080/in')],
  ['an API that is described in YAML', 'RES-005', 'unproven', api(`paths:\n  /a:\n    uri: https://${HOST}/a\n`)],
];

it.each(WAYS)('sees %s', (_name, control, verdict, resource) => {
  const own = checks.filter(({ id }) => id === control);
  const { results } = judge(own, { stacks: { west: { resource } } });
  expect(results.filter(({ subject }) => subject.address.endsWith('.row')).map((result) => result.verdict)).toEqual([
    verdict,
  ]);
});

it.each([
  ['an address of the machine itself', setting('http://169.254.170.2/v2/credentials')],
  ['what an API says of itself in YAML', api('info:\n  termsOfService: https://ledger.example/terms\n')],
  [
    'what an API says of itself in JSON',
    api(JSON.stringify({ info: { termsOfService: 'https://ledger.example/terms' } })),
  ],
])('sees no way in %s', (_name, resource) => {
  const own = checks.filter(({ id }) => id === 'RES-005');
  expect(judge(own, { stacks: { west: { resource } } }).results).toEqual([]);
});
