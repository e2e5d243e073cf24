import check from '../../../checks/gateway/gtw-009-complete-logs.ts';
import { testCheck } from '../../support/check-tester.ts';

const FIREWALL = 'aws_networkfirewall_firewall.gateway';
const VPC = 'aws_vpc.gateway';
const ARCHIVE = { log_destination_type: 'S3', log_destination: { bucketName: 'ledger-archive', prefix: 'west' } };
const STATE = { bucket: 'ledger-state', key: 'monitor', region: 'eu-central-1' };
const FLOW_LOG = {
  vpc_id: '${aws_vpc.gateway.id}',
  traffic_type: 'ALL',
  log_destination_type: 's3',
  log_destination: 'arn:aws:s3:::ledger-archive/flows',
};
const config = (destination: object, ...types: readonly string[]) =>
  types.map((log_type) => ({ log_type, ...destination }));
const ALL = config(ARCHIVE, 'FLOW', 'ALERT', 'TLS');
const logging = (log_destination_config: unknown, rest: object = {}) => ({
  firewall_arn: '${aws_networkfirewall_firewall.gateway.arn}',
  logging_configuration: { log_destination_config },
  ...rest,
});
const BASE = {
  aws_vpc: { gateway: {} },
  aws_flow_log: { gateway: FLOW_LOG },
  aws_networkfirewall_firewall: { gateway: { vpc_id: '${aws_vpc.gateway.id}' } },
};

/** A firewall with these logging configurations, in a VPC with a complete flow log. */
const estate = (configurations: object, more: object = {}, rest: object = {}) => ({
  stacks: {
    west: { resource: { ...BASE, aws_networkfirewall_logging_configuration: configurations, ...more }, ...rest },
  },
});

/** A firewall that logs all, in a VPC with these flow logs. */
const network = (flowLogs: object, more: object = {}, rest: object = {}) =>
  estate({ gateway: logging(ALL) }, { aws_flow_log: flowLogs, ...more }, rest);

const GROUP = { aws_cloudwatch_log_group: { gateway: { name: '/gateway/west' } } };
const TO_GROUP = {
  log_destination_type: 'CloudWatchLogs',
  log_destination: { logGroup: '${aws_cloudwatch_log_group.gateway.name}' },
};
const STREAM = {
  destination: 'extended_s3',
  extended_s3_configuration: { bucket_arn: 'arn:aws:s3:::ledger-archive' },
};
const TO_STREAM = {
  log_destination_type: 'KinesisDataFirehose',
  log_destination: { deliveryStream: '${aws_kinesis_firehose_delivery_stream.archive.name}' },
};
const filter = (rest: object) => ({
  aws_cloudwatch_log_subscription_filter: {
    archive: {
      log_group_name: '${aws_cloudwatch_log_group.gateway.name}',
      filter_pattern: '',
      destination_arn: '${aws_kinesis_firehose_delivery_stream.archive.arn}',
      ...rest,
    },
  },
});
const stream = (rest: object = {}) => ({
  aws_kinesis_firehose_delivery_stream: { archive: { name: 'archive', ...STREAM, ...rest } },
});
/** TLS logs that go another way than the others. */
const tls = (destination: object, more: object = {}, rest: object = {}) =>
  estate({ gateway: logging([...config(ARCHIVE, 'FLOW', 'ALERT'), ...config(destination, 'TLS')]) }, more, rest);

const NORTH = {
  policy: {
    gateways: [
      {
        id: 'north-data',
        site: 'north',
        purpose: 'data-transmission',
        kind: 'appliance',
        stack: 'north',
        address: 'aws_instance.appliance',
      },
    ],
    evidence: [
      {
        id: 'acceptance',
        kind: 'appliance',
        subject: 'north-data',
        states: 'Logs flows, alerts and TLS to the archive',
        issuer: 'Watch AS',
        issued: '2026-06-01',
        expires: '2027-05-31',
        document: 'WA-7',
      },
    ],
  },
};
const appliance = (instance: object, more: object = {}) => ({
  north: {
    resource: {
      aws_vpc: { gateway: {} },
      aws_flow_log: { gateway: FLOW_LOG },
      aws_subnet: { gateway: { vpc_id: '${aws_vpc.gateway.id}' } },
      aws_instance: { appliance: instance },
      ...more,
    },
  },
});

testCheck(check, {
  pass: [
    { name: 'a firewall with every log', ...estate({ gateway: logging(ALL) }) },
    {
      name: 'blocks in lists, under provider 5',
      stacks: {
        west: {
          terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: '5.100.0' } } },
          resource: {
            ...BASE,
            aws_networkfirewall_logging_configuration: {
              gateway: [logging(null, { logging_configuration: [{ log_destination_config: ALL }] })],
            },
          },
        },
      },
    },
    {
      name: 'logs to a bucket of another stack',
      stacks: {
        monitor: {
          terraform: { backend: { s3: STATE } },
          resource: { aws_s3_bucket: { archive: { bucket: 'ledger-archive' } } },
          output: {
            'cross-stack-output-bucket': { value: '${aws_s3_bucket.archive.bucket}' },
            'cross-stack-output-arn': { value: '${aws_s3_bucket.archive.arn}' },
          },
        },
        west: {
          data: {
            terraform_remote_state: {
              'cross-stack-reference-input-monitor': {
                backend: 's3',
                config: STATE,
              },
            },
          },
          resource: {
            ...BASE,
            aws_flow_log: {
              gateway: {
                ...FLOW_LOG,
                log_destination:
                  '${data.terraform_remote_state.cross-stack-reference-input-monitor.outputs.cross-stack-output-arn}/flows/',
              },
            },
            aws_networkfirewall_logging_configuration: {
              gateway: logging(
                config(
                  {
                    log_destination_type: 'S3',
                    log_destination: {
                      bucketName:
                        '${data.terraform_remote_state.cross-stack-reference-input-monitor.outputs.cross-stack-output-bucket}',
                    },
                  },
                  'FLOW',
                  'ALERT',
                  'TLS',
                ),
              ),
            },
          },
        },
      },
    },
    { name: 'a stream to the archive', ...tls(TO_STREAM, stream()) },
    { name: 'a log group that is subscribed to', ...tls(TO_GROUP, { ...GROUP, ...filter({}), ...stream() }) },
    {
      name: 'a log group that is subscribed to over a destination',
      ...tls(TO_GROUP, {
        ...GROUP,
        ...filter({ destination_arn: '${aws_cloudwatch_log_destination.relay.arn}' }),
        ...stream(),
        aws_cloudwatch_log_destination: {
          relay: { name: 'relay', target_arn: '${aws_kinesis_firehose_delivery_stream.archive.arn}' },
        },
      }),
    },
    {
      name: 'a type that goes to two places, of which one is the archive',
      ...estate({
        gateway: logging([
          ...ALL,
          ...config({ log_destination_type: 'S3', log_destination: { bucketName: 'own' } }, 'FLOW'),
        ]),
      }),
    },
    { name: 'two configurations that agree', ...estate({ one: logging(ALL), two: logging(ALL.toReversed()) }) },
    {
      name: 'a second flow log with less',
      ...network({ gateway: FLOW_LOG, rejected: { ...FLOW_LOG, traffic_type: 'REJECT' } }),
    },
    {
      name: 'a flow log to a log group that is subscribed to, by its name of provider 5',
      ...network(
        {
          gateway: {
            vpc_id: '${aws_vpc.gateway.id}',
            traffic_type: 'ALL',
            log_group_name: '${aws_cloudwatch_log_group.gateway.name}',
          },
        },
        { ...GROUP, ...filter({}), ...stream() },
      ),
    },
    {
      name: 'a flow log to the ARN of a log group and one to a stream',
      ...network(
        {
          gateway: {
            ...FLOW_LOG,
            log_destination_type: null,
            log_destination: '${aws_cloudwatch_log_group.gateway.arn}:*',
          },
          other: {
            ...FLOW_LOG,
            log_destination_type: 'kinesis-data-firehose',
            log_destination: '${aws_kinesis_firehose_delivery_stream.archive.arn}',
          },
        },
        { ...GROUP, ...filter({}), ...stream() },
      ),
    },
    {
      name: 'a literal ARN of a log group of the estate',
      ...network(
        {
          gateway: {
            ...FLOW_LOG,
            log_destination_type: 'cloud-watch-logs',
            log_destination: 'arn:aws:logs:eu-west-1:111111111111:log-group:/gateway/west:*',
          },
        },
        { ...GROUP, ...filter({}), ...stream() },
      ),
    },
    { name: 'an appliance with evidence', stacks: appliance({ subnet_id: '${aws_subnet.gateway.id}' }), ...NORTH },
    {
      name: 'an appliance with an interface made apart',
      stacks: appliance(
        { primary_network_interface: { network_interface_id: '${aws_network_interface.gateway.id}' } },
        { aws_network_interface: { gateway: { subnet_id: '${aws_subnet.gateway.id}' } } },
      ),
      ...NORTH,
    },
  ],
  fail: [
    { name: 'a firewall that logs nothing', ...estate({}), fails: { [FIREWALL]: 'noLogging' } },
    {
      name: 'logs of another firewall',
      ...estate(
        { other: logging(ALL, { firewall_arn: '${aws_networkfirewall_firewall.other.arn}' }) },
        { aws_networkfirewall_firewall: { ...BASE.aws_networkfirewall_firewall, other: {} } },
      ),
      fails: { [FIREWALL]: 'noLogging' },
    },
    ...['FLOW', 'ALERT', 'TLS'].map((type) => ({
      name: `a firewall without ${type} logs`,
      ...estate({ gateway: logging(ALL.filter(({ log_type }) => log_type !== type)) }),
      fails: { [FIREWALL]: 'missing' },
    })),
    {
      name: 'a single block instead of a list',
      ...estate({ gateway: logging(ALL[0]) }),
      fails: { [FIREWALL]: 'missing' },
    },
    {
      name: 'two configurations that both lack something',
      ...estate({ one: logging(ALL.slice(1)), two: logging(ALL.slice(2)) }),
      fails: { [FIREWALL]: 'missing' },
    },
    {
      name: 'a bucket that is no archive',
      ...tls({ log_destination_type: 'S3', log_destination: { bucketName: 'own' } }),
      fails: { [FIREWALL]: 'elsewhere' },
    },
    {
      name: "a bucket with the name of the archive in an account that is not the monitor's",
      ...estate({ gateway: logging(ALL) }, { aws_s3_bucket: { own: { bucket: 'ledger-archive' } } }),
      fails: { [FIREWALL]: 'elsewhere', [VPC]: 'flowElsewhere' },
    },
    { name: 'a log group to which nothing subscribes', ...tls(TO_GROUP, GROUP), fails: { [FIREWALL]: 'elsewhere' } },
    {
      name: 'a log group that is subscribed to in part',
      ...tls(TO_GROUP, { ...GROUP, ...filter({ filter_pattern: 'drop' }), ...stream() }),
      fails: { [FIREWALL]: 'elsewhere' },
    },
    {
      name: 'a stream to another bucket',
      ...tls(TO_STREAM, stream({ extended_s3_configuration: { bucket_arn: 'arn:aws:s3:::own' } })),
      fails: { [FIREWALL]: 'elsewhere' },
    },
    { name: 'a gateway VPC without a flow log', ...network({}), fails: { [VPC]: 'noFlowLog' } },
    {
      name: 'a flow log of what is rejected',
      ...network({ gateway: { ...FLOW_LOG, traffic_type: 'REJECT' } }),
      fails: { [VPC]: 'partialFlowLog' },
    },
    {
      name: 'a flow log without a traffic type',
      ...network({ gateway: { ...FLOW_LOG, traffic_type: null } }),
      fails: { [VPC]: 'partialFlowLog' },
    },
    {
      name: 'a flow log to another bucket',
      ...network({ gateway: { ...FLOW_LOG, log_destination: 'arn:aws:s3:::own' } }),
      fails: { [VPC]: 'flowElsewhere' },
    },
    {
      name: 'the VPC of a fleet of appliances, without a flow log',
      stacks: appliance({}, { aws_flow_log: {}, aws_lb: { fleet: { subnets: ['${aws_subnet.gateway.id}'] } } }),
      policy: {
        ...NORTH.policy,
        gateways: NORTH.policy.gateways.map((gateway) => ({ ...gateway, address: 'aws_lb.fleet' })),
      },
      fails: { [VPC]: 'noFlowLog' },
    },
    {
      name: 'a second VPC with an endpoint of the firewall, without a flow log',
      ...network(
        { gateway: FLOW_LOG },
        {
          aws_vpc: { gateway: {}, second: {} },
          aws_networkfirewall_vpc_endpoint_association: {
            second: { firewall_arn: '${aws_networkfirewall_firewall.gateway.arn}', vpc_id: '${aws_vpc.second.id}' },
          },
        },
      ),
      fails: { 'aws_vpc.second': 'noFlowLog' },
    },
  ],
  unproven: [
    {
      name: 'a configuration that may be of this firewall',
      ...estate({ gateway: logging(ALL, { firewall_arn: '${var.firewall}' }) }, {}, { variable: { firewall: {} } }),
      unproven: { [FIREWALL]: 'var.firewall' },
    },
    {
      name: 'a configuration that may not exist',
      ...estate({ gateway: logging(ALL, { count: '${var.logs}' }) }, {}, { variable: { logs: {} } }),
      unproven: { [FIREWALL]: 'has a count' },
    },
    {
      name: 'a complete configuration beside a poor one that may be of this firewall',
      ...estate(
        { gateway: logging(ALL), other: logging(ALL.slice(1), { firewall_arn: '${var.firewall}' }) },
        {},
        { variable: { firewall: {} } },
      ),
      unproven: { [FIREWALL]: 'var.firewall' },
    },
    {
      name: 'two configurations that contradict each other',
      ...estate({ one: logging(ALL), two: logging(ALL.slice(1)) }),
      unproven: { [FIREWALL]: 'several logging configurations' },
    },
    {
      name: 'a log type from a variable',
      ...estate({ gateway: logging(config(ARCHIVE, 'FLOW', 'ALERT', '${var.type}')) }, {}, { variable: { type: {} } }),
      unproven: { [FIREWALL]: 'var.type' },
    },
    {
      name: 'log types from a dynamic block',
      ...estate(
        {
          gateway: logging(null, {
            logging_configuration: {
              dynamic: { log_destination_config: { for_each: '${var.types}', content: { log_type: '${each.value}' } } },
            },
          }),
        },
        {},
        { variable: { types: {} } },
      ),
      unproven: { [FIREWALL]: 'log_destination_config' },
    },
    {
      name: 'a bucket from a variable',
      ...tls(
        { log_destination_type: 'S3', log_destination: { bucketName: '${var.bucket}' } },
        {},
        { variable: { bucket: {} } },
      ),
      unproven: { [FIREWALL]: 'var.bucket' },
    },
    {
      name: 'a bucket whose name the provider makes',
      ...tls(
        { log_destination_type: 'S3', log_destination: { bucketName: '${aws_s3_bucket.archive.bucket}' } },
        { aws_s3_bucket: { archive: { bucket_prefix: 'ledger-' } } },
      ),
      unproven: { [FIREWALL]: 'generated by the provider' },
    },
    {
      name: 'a destination without a name',
      ...tls({ log_destination_type: 'S3', log_destination: {} }),
      unproven: { [FIREWALL]: 'is not named' },
    },
    {
      name: 'a kind of destination that no table knows',
      ...tls({ log_destination_type: 'Tape', log_destination: { bucketName: 'ledger-archive' } }),
      unproven: { [FIREWALL]: 'is Tape' },
    },
    {
      name: 'a kind of destination from a variable',
      ...tls(
        { log_destination_type: '${var.kind}', log_destination: { bucketName: 'ledger-archive' } },
        {},
        { variable: { kind: {} } },
      ),
      unproven: { [FIREWALL]: 'var.kind' },
    },
    {
      name: 'a log group outside the estate',
      ...tls({ log_destination_type: 'CloudWatchLogs', log_destination: { logGroup: '/old' } }),
      unproven: { [FIREWALL]: 'is a log group outside the estate' },
    },
    {
      name: 'a log group whose account may have a subscription',
      ...tls(TO_GROUP, {
        ...GROUP,
        aws_cloudwatch_log_account_policy: { all: { policy_type: 'SUBSCRIPTION_FILTER_POLICY' } },
      }),
      unproven: { [FIREWALL]: 'every log group' },
    },
    {
      name: 'a subscription whose pattern is not known',
      ...tls(
        TO_GROUP,
        { ...GROUP, ...filter({ filter_pattern: '${var.pattern}' }), ...stream() },
        { variable: { pattern: {} } },
      ),
      unproven: { [FIREWALL]: 'var.pattern' },
    },
    {
      name: 'a subscription that may be of another group',
      ...tls(
        TO_GROUP,
        { ...GROUP, ...filter({ log_group_name: '${var.group}' }), ...stream() },
        { variable: { group: {} } },
      ),
      unproven: { [FIREWALL]: 'var.group' },
    },
    {
      name: 'a subscription that may not exist',
      ...tls(
        TO_GROUP,
        { ...GROUP, ...filter({ count: '${var.filters}' }), ...stream() },
        { variable: { filters: {} } },
      ),
      unproven: { [FIREWALL]: 'has a count' },
    },
    {
      name: 'a stream outside the estate',
      ...tls({ log_destination_type: 'KinesisDataFirehose', log_destination: { deliveryStream: 'old' } }),
      unproven: { [FIREWALL]: 'is a delivery stream outside the estate' },
    },
    {
      name: 'a stream to a partner',
      ...tls(TO_STREAM, stream({ destination: 'splunk' })),
      unproven: { [FIREWALL]: 'delivers to splunk' },
    },
    {
      name: 'a stream with a function in it',
      ...tls(
        TO_STREAM,
        stream({
          extended_s3_configuration: {
            ...STREAM.extended_s3_configuration,
            processing_configuration: { enabled: true, processors: [{ type: 'Lambda' }] },
          },
        }),
      ),
      unproven: { [FIREWALL]: 'through a function' },
    },
    {
      name: 'an enclave whose policy names no monitor',
      ...estate({ gateway: logging(ALL) }),
      policy: { monitor: undefined },
      unproven: { [FIREWALL]: 'monitor.archives', [VPC]: 'monitor.archives' },
    },
    {
      name: 'a VPC outside the estate',
      ...estate(
        { gateway: logging(ALL) },
        { aws_networkfirewall_firewall: { gateway: { vpc_id: 'vpc-0123456789abcdef0' } } },
      ),
      unproven: { [FIREWALL]: 'is a VPC outside the estate' },
    },
    {
      name: 'a flow log that may be of another VPC',
      ...network({ gateway: { ...FLOW_LOG, vpc_id: '${var.vpc}' } }, {}, { variable: { vpc: {} } }),
      unproven: { [VPC]: 'var.vpc' },
    },
    {
      name: 'a poor flow log beside one that may be of this VPC',
      ...network(
        { gateway: { ...FLOW_LOG, traffic_type: 'ACCEPT' }, other: { ...FLOW_LOG, vpc_id: '${var.vpc}' } },
        {},
        { variable: { vpc: {} } },
      ),
      unproven: { [VPC]: 'var.vpc' },
    },
    {
      name: 'a traffic type from a variable',
      ...network({ gateway: { ...FLOW_LOG, traffic_type: '${var.traffic}' } }, {}, { variable: { traffic: {} } }),
      unproven: { [VPC]: 'var.traffic' },
    },
    {
      name: 'a flow log whose kind of destination is not known',
      ...network({ gateway: { ...FLOW_LOG, log_destination_type: '${var.kind}' } }, {}, { variable: { kind: {} } }),
      unproven: { [VPC]: 'var.kind' },
    },
    {
      name: 'flow logs by subnet',
      ...network(
        { part: { ...FLOW_LOG, vpc_id: null, subnet_id: '${aws_subnet.part.id}' } },
        { aws_subnet: { part: { vpc_id: '${aws_vpc.gateway.id}' } } },
      ),
      unproven: { [VPC]: 'logs a part of the VPC' },
    },
    {
      name: 'an appliance without evidence, in a subnet outside the estate',
      stacks: appliance({ subnet_id: 'subnet-0123456789abcdef0' }),
      policy: { gateways: NORTH.policy.gateways },
      unproven: {
        'aws_instance.appliance':
          /the policy has no evidence of kind appliance for north-data.*subnet outside the estate/,
      },
    },
    {
      name: 'an appliance whose subnet is not set',
      stacks: appliance({}),
      ...NORTH,
      unproven: { 'aws_instance.appliance': 'subnet_id is not set' },
    },
    {
      name: 'an appliance whose interface is not known',
      stacks: {
        north: {
          variable: { interface: {} },
          resource: {
            aws_instance: { appliance: { primary_network_interface: { network_interface_id: '${var.interface}' } } },
          },
        },
      },
      ...NORTH,
      unproven: { 'aws_instance.appliance': 'var.interface' },
    },
  ],
});
