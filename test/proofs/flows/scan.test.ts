import { strict as assert } from 'node:assert';
import { describe, it } from 'vitest';
import type { StackJson } from '../../../checks/check.ts';
import { unlistedFlows } from '../../../proofs/flows/scan.ts';
import { estateOf } from '../../../checks/example-estate.ts';

/** What arguments of no row name elsewhere; `?` where it is open whether data moves there. */
function found(resource: object, rest: StackJson = {}): readonly string[] {
  const estate = estateOf({ stacks: { west: { resource, ...rest } } });
  return [...unlistedFlows(estate).values()].flat().map(({ from, path, end, open }) => {
    const where = end.kind === 'region' ? end.region : end.kind === 'resource' ? end.resource.address : end.kind;
    return `${from.address} ${path.join('.')} -> ${where}${open.length > 0 ? '?' : ''}`;
  });
}

const lambda = (variables: object) => ({ aws_lambda_function: { app: { environment: [{ variables }] } } });
const policy = (statement: object) => ({
  aws_sqs_queue_policy: {
    q: { queue_url: 'q', policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) },
  },
});

describe('the search of every text', () => {
  it('finds places in maps, in lists and in documents', () => {
    assert.deepEqual(
      found({
        ...lambda({ TARGET: 'https://sqs.us-east-1.amazonaws.com/111111111111/far', HOME: 'eu-west-1' }),
        aws_ecs_task_definition: {
          task: {
            family: 'task',
            container_definitions: JSON.stringify([{ environment: [{ name: 'R', value: 'us-west-2' }] }]),
          },
        },
      }),
      [
        'aws_ecs_task_definition.task container_definitions.0.environment.0.value -> us-west-2',
        'aws_lambda_function.app environment.0.variables.TARGET -> us-east-1',
      ],
    );
  });

  it('leaves open what a script or a statement of a policy mentions', () => {
    assert.deepEqual(
      found({
        aws_instance: { host: { user_data: '#!/bin/sh\nexport AWS_DEFAULT_REGION=us-east-1\n' } },
        ...policy({ Effect: 'Allow', Action: 'sqs:*', Resource: 'arn:aws:sqs:us-east-1:111111111111:far' }),
      }),
      ['aws_instance.host user_data -> us-east-1?', 'aws_sqs_queue_policy.q policy.Statement.0.Resource -> us-east-1?'],
    );
  });

  it('finds a list of Regions, and a Region in capitals, in a setting', () => {
    assert.deepEqual(
      found(lambda({ ALL: 'eu-west-1, us-east-1', ONE: 'US-WEST-2', HOME: 'EU-WEST-1', TEXT: 'not us-east-1' })),
      [
        'aws_lambda_function.app environment.0.variables.ALL -> us-east-1?',
        'aws_lambda_function.app environment.0.variables.ONE -> us-west-2?',
      ],
    );
  });

  it('reads base64 where an argument takes it', () => {
    const script = btoa('#!/bin/sh\nexport AWS_DEFAULT_REGION=us-east-1\n');
    assert.deepEqual(
      found({
        aws_instance: { host: { user_data_base64: script } },
        aws_launch_template: { host: { user_data: `${script.slice(0, 20)}\n${script.slice(20)}` } },
        aws_lambda_function: { app: { description: script, handler: script } },
        aws_s3_object: { page: { content_base64: btoa('{"to":"https://sqs.us-west-2.amazonaws.com/1/q"}') } },
      }),
      [
        'aws_instance.host user_data_base64 -> us-east-1?',
        'aws_launch_template.host user_data -> us-east-1?',
        'aws_s3_object.page content_base64.to -> us-west-2',
      ],
    );
  });

  it('takes for base64 neither what is compressed nor what is too short or wrong', () => {
    const compressed = btoa('\u001f\u008b\u0008\u0000us-east-1-us-east-1-us-east-1');
    assert.deepEqual(
      found({
        aws_instance: { a: { user_data: compressed }, b: { user_data: 'dXM=' }, c: { user_data: 'a'.repeat(17) } },
      }),
      [],
    );
  });

  it('does not take a setting that is called Statement for a policy', () => {
    assert.deepEqual(
      found(lambda({ Statement: 'x', Effect: 'Deny', Principal: 'https://sqs.us-east-1.amazonaws.com/1/q' })),
      ['aws_lambda_function.app environment.0.variables.Principal -> us-east-1'],
    );
  });

  it('reads JSON that spells letters as escapes', () => {
    const policyText = String.raw`{"Statement":[{"Effect":"Allow","Resource":"\u0061rn:aws:sqs:us-east-1:111111111111:far"}]}`;
    assert.deepEqual(found({ aws_sqs_queue_policy: { q: { queue_url: 'q', policy: policyText } } }), [
      'aws_sqs_queue_policy.q policy.Statement.0.Resource -> us-east-1?',
    ]);
  });

  it('finds a Region that does not exist where one is asked for', () => {
    assert.deepEqual(
      found({ aws_bedrock_thing: { capital: { peer_region: 'US-EAST-1' }, cyrillic: { peer_region: 'еu-west-1' } } }),
      ['aws_bedrock_thing.capital peer_region -> us-east-1?', 'aws_bedrock_thing.cyrillic peer_region -> unknown'],
    );
  });

  it('passes over words, names, refusals and what is compared', () => {
    assert.deepEqual(
      found({
        aws_s3_bucket: { 'us-east-1-backup': { bucket: 'us-east-1', tags: { note: 'us-east-1' } } },
        aws_security_group: { sg: { description: 'us-east-1', name: 'us-east-1' } },
        aws_sqs_queue: { q: { name: 'US-EAST-1' } },
        aws_cloudwatch_event_rule: { rule: { event_pattern: JSON.stringify({ region: ['us-east-1'] }) } },
        ...policy({
          Effect: 'Deny',
          Resource: 'arn:aws:sqs:us-east-1:111111111111:far',
          Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
        }),
      }),
      [],
    );
  });

  it('passes over values of partitions, names of vocabularies, and objects whose events are recorded', () => {
    assert.deepEqual(
      found({
        aws_glue_catalog_table: { t: { parameters: { 'projection.region.values': 'eu-west-1,us-east-1' } } },
        ...lambda({ SCHEMA: 'https://json-schema.org/draft/2020-12/schema', NAME: 'http://www.w3.org/2001/XMLSchema' }),
        aws_cloudtrail: {
          data: { event_selector: [{ data_resource: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3:::other/'] }] }] },
        },
      }),
      [],
    );
  });

  it('leaves to the table what has a row, and to other controls what is theirs', () => {
    assert.deepEqual(
      found({
        aws_dynamodb_table: { ledger: { name: 'ledger', replica: [{ region_name: 'us-east-1' }] } },
        aws_ebs_volume: { ledger: { region: 'us-east-1', availability_zone: 'us-east-1a' } },
      }),
      [],
    );
  });

  it('does not say what a sensitive text names', () => {
    assert.deepEqual(found(lambda({ TARGET: '${local.far}' }), { locals: { far: '${sensitive("us-east-1")}' } }), [
      'aws_lambda_function.app environment.0.variables.TARGET -> unknown',
    ]);
  });
});

describe('what has no form of a place by itself', () => {
  const task = (options: object) => ({
    aws_ecs_task_definition: {
      task: {
        family: 'task',
        container_definitions: JSON.stringify([{ logConfiguration: { logDriver: 'awsfirelens', options } }]),
      },
    },
  });
  const OPTIONS = 'aws_ecs_task_definition.task container_definitions.0.logConfiguration.options';

  it('is a host where a setting takes one, and open', () => {
    assert.deepEqual(found(task({ Name: 'datadog', Host: 'http-intake.logs.collector.example' })), [
      `${OPTIONS}.Host -> host?`,
    ]);
    assert.deepEqual(found(lambda({ DD_SITE: 'collector.example', 'syslog-address': 'logs.collector.example:514' })), [
      'aws_lambda_function.app environment.0.variables.DD_SITE -> host?',
      'aws_lambda_function.app environment.0.variables.syslog-address -> host?',
    ]);
  });

  it('is a host in a setting whose name stands beside it', () => {
    const environment = (pairs: object) => ({
      aws_ecs_task_definition: {
        task: { family: 'task', container_definitions: JSON.stringify([{ environment: pairs }]) },
      },
    });
    assert.deepEqual(
      found(
        environment([
          { name: 'DD_SITE', value: 'collector.example' },
          { name: 'DB_HOST', value: 'ledger.internal' },
          { name: 'VERSION', value: '1.2.example' },
          { name: 'API_URL', value: 'https://collector.example' },
        ]),
      ),
      [
        'aws_ecs_task_definition.task container_definitions.0.environment.0.value -> host?',
        'aws_ecs_task_definition.task container_definitions.0.environment.3.value -> host?',
      ],
    );
  });

  it('is no host by a private name, by the name of a domain of its own, or where nothing takes one', () => {
    assert.deepEqual(
      found({
        ...lambda({ DB_HOST: 'ledger.internal', MODULE: 'ledger.handlers.main', CACHE_HOST: 'localhost' }),
        aws_opensearch_domain: { d: { domain_endpoint_options: [{ custom_endpoint: 'search.ledger.example' }] } },
      }),
      [],
    );
  });

  it('is a Region that a variable without a value names', () => {
    const variable = { variable: { far: { type: 'string' } } };
    assert.deepEqual(found({ aws_bedrock_thing: { a: { peer_region: '${var.far}' } } }, variable), [
      'aws_bedrock_thing.a peer_region -> unknown',
    ]);
    assert.deepEqual(
      found({ aws_bedrock_thing: { a: { region: '${var.far}', tags: { peer_region: '${var.far}' } } } }, variable),
      [],
    );
  });

  it('is a queue of another account in the same Region, and open', () => {
    const queue = (account: string) => lambda({ TARGET: `arn:aws:sqs:eu-west-1:${account}:in` });
    assert.deepEqual(found(queue('999999999999')), [
      'aws_lambda_function.app environment.0.variables.TARGET -> eu-west-1?',
    ]);
    assert.deepEqual(found(queue('111111111111')), []);
    // Code that another account publishes is read.
    assert.deepEqual(
      found({ aws_lambda_function: { app: { layers: ['arn:aws:lambda:eu-west-1:999999999999:layer:tools:1'] } } }),
      [],
    );
  });

  it('is no Region where countries are asked for', () => {
    assert.deepEqual(found({ aws_chime_voice_connector_termination: { t: { calling_regions: ['IE'] } } }), []);
  });
});

describe('a bucket that a text names', () => {
  it('is that of the estate, and elsewhere only in another country', () => {
    assert.deepEqual(
      found({
        aws_s3_bucket: { near: { bucket: 'ledger-near' }, far: { bucket: 'ledger-far', region: 'us-east-1' } },
        ...lambda({ NEAR: 's3://ledger-near/in', FAR: 's3://ledger-far/in' }),
      }),
      ['aws_lambda_function.app environment.0.variables.FAR -> aws_s3_bucket.far'],
    );
  });
});

describe('the search of every reference', () => {
  it('finds what is in another country', () => {
    assert.deepEqual(
      found({
        aws_s3_bucket: { near: {}, far: { region: 'us-east-1' } },
        ...lambda({ NEAR: '${aws_s3_bucket.near.arn}', FAR: '${aws_s3_bucket.far.arn}' }),
      }),
      ['aws_lambda_function.app environment.0.variables.FAR -> aws_s3_bucket.far?'],
    );
  });

  it('passes over tags and what holds no data', () => {
    assert.deepEqual(
      found({
        aws_s3_bucket: { far: { region: 'us-east-1' }, near: { tags: { peer: '${aws_s3_bucket.far.arn}' } } },
      }),
      [],
    );
  });
});
