import { strict as assert } from 'node:assert';
import { describe, it } from 'vitest';
import type { StackJson } from '../../../checks/check.ts';
import { flowsOf } from '../../../proofs/flows/flows.ts';
import type { FlowEnd } from '../../../proofs/flows/flow.ts';
import { estateOf } from '../../../checks/example-estate.ts';

/** Flows of a stack as text: where the argument is, and where it leads. */
function flows(resource: object, rest: StackJson = {}): readonly string[] {
  const estate = estateOf({ stacks: { west: { resource, ...rest } } });
  return flowsOf(estate).map(({ from, path, end }) => `${from.address} ${path.join('.')} -> ${describeEnd(end)}`);
}

function describeEnd(end: FlowEnd): string {
  switch (end.kind) {
    case 'resource':
      return end.resource.address;
    case 'unknown':
      return `unknown: ${typeof end.because === 'string' ? end.because : end.because.kind}`;
    case 'region':
      return [end.region, end.account].filter((part) => part !== null).join(' of ');
    case 'regions':
      return `${end.profile} in ${end.regions.join(', ')}`;
    case 'zone':
      return end.zone;
    case 'bucket':
      return `bucket ${end.bucket}`;
    case 'account':
      return `account ${end.account}`;
    case 'host':
      return `host ${end.host}`;
    case 'recipients':
      return end.recipients;
    case 'world':
      return end.places;
  }
}

describe('flows of an estate', () => {
  it('keep the indexes of blocks and lists', () => {
    assert.deepEqual(
      flows({
        aws_keyspaces_keyspace: {
          ledger: {
            replication_specification: [
              { replication_strategy: 'MULTI_REGION', region_list: ['eu-west-1', 'eu-north-1'] },
            ],
          },
        },
      }),
      [
        'aws_keyspaces_keyspace.ledger replication_specification.0.region_list.0 -> eu-west-1',
        'aws_keyspaces_keyspace.ledger replication_specification.0.region_list.1 -> eu-north-1',
      ],
    );
  });

  it('go to the bucket before the first slash of a path', () => {
    const user = (home_directory: string) => ({
      aws_s3_bucket: { files: { bucket: 'ledger-files' } },
      aws_transfer_user: { clerk: { server_id: 's', user_name: 'clerk', home_directory } },
    });
    const ends = (home: string): readonly string[] =>
      flows(user(home)).map((line) => line.replace('aws_transfer_user.clerk home_directory -> ', ''));
    for (const home of [
      '/ledger-files',
      '/ledger-files/in',
      '/${aws_s3_bucket.files.id}',
      '/${aws_s3_bucket.files.id}/a',
    ]) {
      assert.deepEqual(ends(home), ['aws_s3_bucket.files'], home);
    }
    assert.deepEqual(ends('/ledger-files/${aws_s3_bucket.files.arn}'), ['aws_s3_bucket.files']);
    assert.deepEqual(ends('/other/in'), ['bucket other']);
    assert.deepEqual(ends('/fs-0123456789abcdef0/in'), ['aws_transfer_user.clerk']);
    assert.deepEqual(ends('/${var.bucket}/in'), ['unknown: unknown']);
  });

  it('go to the bucket of an ARN and of a URI, with a prefix and without, and to none that only begins so', () => {
    const log = (log_destination: string) => ({
      aws_s3_bucket: { logs: { bucket: 'ledger-logs' } },
      aws_flow_log: { all: { log_destination, log_destination_type: 's3' } },
    });
    const table = (location_uri: string) => ({
      aws_s3_bucket: { logs: { bucket: 'ledger-logs' } },
      aws_glue_catalog_database: { all: { name: 'all', location_uri } },
    });
    const rest = { variable: { prefix: { type: 'string' } } };
    const end = (resource: object): string | undefined => flows(resource, rest)[0]?.split(' -> ')[1];
    for (const prefix of ['', '/vpc', '/${var.prefix}/']) {
      for (const bucket of ['ledger-logs', '${aws_s3_bucket.logs.id}']) {
        assert.equal(end(log(`arn:aws:s3:::${bucket}${prefix}`)), 'aws_s3_bucket.logs', bucket + prefix);
        assert.equal(end(table(`s3://${bucket}${prefix}`)), 'aws_s3_bucket.logs', bucket + prefix);
      }
    }
    for (const suffix of ['-us', '-us/vpc']) {
      assert.match(end(log(`arn:aws:s3:::\${aws_s3_bucket.logs.id}${suffix}`)) ?? '', /^unknown/);
      assert.match(end(table(`s3://\${aws_s3_bucket.logs.id}${suffix}`)) ?? '', /^unknown/);
      assert.equal(end(log(`arn:aws:s3:::ledger-logs${suffix}`)), 'bucket ledger-logs-us');
    }
  });

  it('go to no host whose name goes on after a reference', () => {
    const subscription = (endpoint: string) => ({
      aws_lb: { front: { name: 'front' } },
      aws_sns_topic_subscription: { all: { topic_arn: 'a', protocol: 'https', endpoint } },
    });
    assert.deepEqual(flows(subscription('https://${aws_lb.front.dns_name}/in')), [
      'aws_sns_topic_subscription.all endpoint -> aws_lb.front',
    ]);
    assert.deepEqual(flows(subscription('https://${aws_lb.front.dns_name}.collector.example/in')), [
      'aws_sns_topic_subscription.all endpoint -> unknown: template',
    ]);
  });

  it('hold a condition in the block of the argument only', () => {
    const subscription = (protocol: string, endpoint: string) => ({ topic_arn: 'a', protocol, endpoint });
    assert.deepEqual(
      flows({
        aws_sns_topic_subscription: {
          hook: subscription('https', 'https://hooks.example/in'),
          mail: subscription('email', 'desk@example.org'),
          queue: subscription('sqs', 'arn:aws:sqs:us-east-1:111111111111:far'),
        },
      }),
      [
        'aws_sns_topic_subscription.hook endpoint -> host hooks.example',
        'aws_sns_topic_subscription.mail endpoint -> an e-mail address',
        'aws_sns_topic_subscription.queue endpoint -> us-east-1 of 111111111111',
      ],
    );
  });

  it('lead through references, S3 addresses and hosts of AWS', () => {
    const url = (httpEndpoint: string) => ({ http_endpoint_configuration: { url: httpEndpoint } });
    assert.deepEqual(
      flows(
        {
          aws_s3_bucket: { results: {} },
          aws_lb: { front: { access_logs: { bucket: '${aws_s3_bucket.results.id}', enabled: true } } },
          aws_athena_workgroup: {
            main: {
              configuration: {
                result_configuration: { output_location: 's3://${aws_s3_bucket.results.bucket}/queries/' },
              },
            },
          },
          aws_kinesis_firehose_delivery_stream: {
            own: url('https://ingest.us-east-1.amazonaws.com/v1'),
            other: url('https://user:word@ingest.example:8443/${var.path}'),
            hidden: url('https://${var.host}/in'),
          },
        },
        { variable: { path: {}, host: {} } },
      ),
      [
        'aws_athena_workgroup.main configuration.result_configuration.output_location -> aws_s3_bucket.results',
        'aws_kinesis_firehose_delivery_stream.hidden http_endpoint_configuration.url -> unknown: template',
        'aws_kinesis_firehose_delivery_stream.other http_endpoint_configuration.url -> host ingest.example',
        'aws_kinesis_firehose_delivery_stream.own http_endpoint_configuration.url -> us-east-1',
        'aws_lb.front access_logs.bucket -> aws_s3_bucket.results',
      ],
    );
  });

  it('find every other member of a global cluster', () => {
    const member = { global_cluster_identifier: '${aws_rds_global_cluster.all.id}' };
    assert.deepEqual(
      flows({ aws_rds_global_cluster: { all: {} }, aws_rds_cluster: { first: member, second: member } }),
      [
        'aws_rds_cluster.first global_cluster_identifier -> aws_rds_cluster.second',
        'aws_rds_cluster.second global_cluster_identifier -> aws_rds_cluster.first',
      ],
    );
  });

  it('know profiles of inference by their prefix', () => {
    const agent = (model: string) => ({ foundation_model: model });
    assert.deepEqual(
      flows({
        aws_bedrockagent_agent: {
          anywhere: agent('global.anthropic.claude-sonnet-4-20250514-v1:0'),
          here: agent('anthropic.claude-3-haiku-20240307-v1:0'),
          union: agent('arn:aws:bedrock:eu-west-1:111111111111:inference-profile/eu.amazon.nova-pro-v1:0'),
        },
      }),
      [
        'aws_bedrockagent_agent.anywhere foundation_model -> any commercial Region of AWS',
        'aws_bedrockagent_agent.here foundation_model -> aws_bedrockagent_agent.here',
        'aws_bedrockagent_agent.union foundation_model -> eu.amazon.nova-pro-v1:0 in eu-central-1, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-3',
      ],
    );
  });

  it('do not say what a sensitive value is', () => {
    assert.deepEqual(
      flows(
        { aws_redshift_snapshot_copy: { far: { cluster_identifier: 'ledger', destination_region: '${local.far}' } } },
        { locals: { far: '${sensitive("us-east-1")}' } },
      ),
      ['aws_redshift_snapshot_copy.far destination_region -> unknown: names something by a sensitive value'],
    );
  });

  it('are none of a description or a tag', () => {
    assert.deepEqual(
      flows({ aws_s3_bucket: { ledger: { tags: { note: 'never in us-east-1', arn: 'arn:aws:sqs:us-east-1:1:q' } } } }),
      [],
    );
  });
});
