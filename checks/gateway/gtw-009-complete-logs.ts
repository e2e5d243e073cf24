import type { Resource } from '../../model/resource.ts';
import { asString, type Hidden, isHidden, unknown } from '../../model/value.ts';
import { type Context, defineCheck, type Inspection, type Outcome } from '../check.ts';
import { appliances, declarationOf, GATEWAY_TYPES, lackOfEvidence } from './declared-gateways.ts';
import { ENDPOINTS, networksOf, VPC_TYPES } from './gateway-networks.ts';
import {
  bucketDelivery,
  type Delivery,
  DELIVERY_TYPES,
  flowLogDelivery,
  groupDelivery,
  streamDelivery,
} from './log-delivery.ts';

const FIREWALL = 'aws_networkfirewall_firewall';
const LOGGING = 'aws_networkfirewall_logging_configuration';
const FLOW_LOG = 'aws_flow_log';
const LOG_TYPES = ['FLOW', 'ALERT', 'TLS'] as const;

const messages = {
  noLogging: 'has no logging configuration, so nobody sees what passes',
  missing: ({ types }: { readonly types: string }) => `writes no ${types} logs`,
  elsewhere: ({ type, destination }: { readonly type: string; readonly destination: string }) =>
    `writes ${type} logs to ${destination}, which leads to no archive of the monitor`,
  noFlowLog: 'holds a gateway and has no flow log',
  partialFlowLog: ({ log, traffic }: { readonly log: string; readonly traffic: string }) =>
    `holds a gateway, and ${log} records ${traffic} traffic instead of ALL`,
  flowElsewhere: ({ log, destination }: { readonly log: string; readonly destination: string }) =>
    `holds a gateway, and ${log} writes to ${destination}, which leads to no archive of the monitor`,
};

type Inspect = Inspection<typeof messages>;

export default defineCheck({
  id: 'GTW-009',
  why: 'What a gateway lets through or drops is known only from its logs, and the monitor can watch only what reaches its archive.',
  fix: 'Give every firewall one aws_networkfirewall_logging_configuration with FLOW, ALERT and TLS, and the VPC of every gateway an aws_flow_log with traffic_type ALL, all to a bucket of monitor.archives.',
  references: [
    'https://docs.aws.amazon.com/network-firewall/latest/developerguide/firewall-logging.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html',
  ],
  resourceTypes: [FIREWALL, LOGGING, ENDPOINTS, FLOW_LOG, ...GATEWAY_TYPES.appliance, ...VPC_TYPES, ...DELIVERY_TYPES],

  messages,

  subjects: (context) => {
    const gateways = gatewaysOf(context);
    const vpcs = new Set(gateways.flatMap((gateway) => networksOf(gateway, context.estate).vpcs));
    return [...gateways, ...vpcs].map((resource) => ({ kind: 'resource', resource }));
  },

  inspect({ resource }, inspection) {
    const { estate, policy, pass, unproven, all } = inspection;
    const gateway = declarationOf(resource, policy);
    if (resource.type !== FIREWALL && gateway?.kind !== 'appliance') return judgeNetwork(resource, inspection);
    const { open } = networksOf(resource, estate);
    const networks = open.length === 0 ? pass() : unproven(open);
    if (resource.type === FIREWALL) return all([judgeFirewall(resource, inspection), networks]);
    const lack = gateway === null ? null : lackOfEvidence(gateway, inspection);
    return all([lack === null ? pass() : unproven(lack), networks]);
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_vpc: { gateway: { cidr_block: '10.0.0.0/24' } },
              aws_flow_log: {
                gateway: {
                  vpc_id: '${aws_vpc.gateway.id}',
                  traffic_type: 'ALL',
                  log_destination_type: 's3',
                  log_destination: 'arn:aws:s3:::ledger-archive/flows',
                },
              },
              aws_networkfirewall_firewall: { gateway: { vpc_id: '${aws_vpc.gateway.id}' } },
              aws_networkfirewall_logging_configuration: {
                gateway: {
                  firewall_arn: '${aws_networkfirewall_firewall.gateway.arn}',
                  logging_configuration: {
                    log_destination_config: LOG_TYPES.map((log_type) => ({
                      log_type,
                      log_destination_type: 'S3',
                      log_destination: { bucketName: 'ledger-archive' },
                    })),
                  },
                },
              },
            },
          },
        },
      },
    ],
    violating: [{ stacks: { west: { resource: { aws_networkfirewall_firewall: { gateway: {} } } } } }],
  },
});

/** Firewalls, declared or not, and the appliances that the policy declares. */
function gatewaysOf(context: Context): readonly Resource[] {
  const declared = appliances(context).filter(({ type }) => type !== FIREWALL);
  return [...context.estate.ofType(FIREWALL), ...declared];
}

function judgeFirewall(firewall: Resource, inspection: Inspect): Outcome {
  const { estate, fail, unproven, all } = inspection;
  const { items, open } = estate.companions(firewall, LOGGING, 'firewall_arn');
  const certain = items.filter(({ init }) => !init.isSymbolic);
  const possible = [...items.filter(({ init }) => init.isSymbolic), ...open.map(({ resource }) => resource)];
  if (certain.length + possible.length === 0) return fail({}, 'noLogging');
  const outcomes = [...certain, ...possible].map((logging) => judgeLogging(logging, inspection));
  if (certain.length > 0 && outcomes.every(({ verdict }) => verdict === 'fail')) return all(outcomes);
  const blocking = [...items.filter(({ init }) => init.isSymbolic).map(instances), ...open.map(({ value }) => value)];
  if (certain.length === 0) return unproven(blocking);
  // A firewall has one configuration: of several that disagree, which one it has is not known.
  return all(outcomes.map((outcome) => asOneOf(outcome, outcomes.length, blocking, inspection)));
}

function asOneOf(outcome: Outcome, count: number, blocking: readonly Hidden[], { unproven }: Inspect): Outcome {
  if (outcome.verdict !== 'fail' || count === 1) return outcome;
  return blocking.length > 0
    ? unproven(blocking)
    : unproven(`has several logging configurations, of which one would fail: ${outcome.message}`);
}

function judgeLogging(logging: Resource, inspection: Inspect): Outcome {
  const { fail, unproven, all } = inspection;
  const { items, open } = logging.blocks('logging_configuration', 'log_destination_config');
  const configs = items.map((block) => ({ block, type: asString(block.attribute('log_type')) }));
  const untold = [...open, ...configs.flatMap(({ type }) => (isHidden(type) ? [type] : []))];
  const missing = LOG_TYPES.filter((wanted) => !configs.some(({ type }) => type === wanted));
  const at = { related: [logging], location: logging.locate('logging_configuration', 'log_destination_config') };
  const lacking = untold.length > 0 ? unproven(untold) : fail(at, 'missing', { types: missing.join(' and ') });
  return all([
    ...(missing.length > 0 ? [lacking] : []),
    ...LOG_TYPES.filter((type) => !missing.includes(type)).map((type) => {
      const blocks = configs.filter((config) => config.type === type).map(({ block }) => block);
      const outcomes = blocks.map((block) => {
        const sent = { related: [logging], location: block.locate('log_destination') };
        const delivery = deliveryOf(block, inspection);
        return judgeDelivery(delivery, inspection, (destination) => fail(sent, 'elsewhere', { type, destination }));
      });
      return best(outcomes, untold, inspection);
    }),
  ]);
}

function deliveryOf(
  block: { attribute(...path: readonly string[]): Parameters<typeof asString>[0] },
  context: Context,
): Delivery {
  const type = asString(block.attribute('log_destination_type'));
  if (isHidden(type)) return { kind: 'hidden', value: type };
  switch (type) {
    case 'S3':
      return bucketDelivery(block.attribute('log_destination', 'bucketName'), context);
    case 'CloudWatchLogs':
      return groupDelivery(block.attribute('log_destination', 'logGroup'), context);
    case 'KinesisDataFirehose':
      return streamDelivery(block.attribute('log_destination', 'deliveryStream'), context);
    default:
      return {
        kind: 'hidden',
        value: unknown('operation', 'log_destination_type', `is ${type}, which no table knows`),
      };
  }
}

/** A VPC that holds a gateway. */
function judgeNetwork(vpc: Resource, inspection: Inspect): Outcome {
  const { estate, fail, unproven } = inspection;
  const { items, open } = estate.companions(vpc, FLOW_LOG, 'vpc_id');
  const certain = items.filter(({ init }) => !init.isSymbolic);
  const possible = [...items.filter(({ init }) => init.isSymbolic).map(instances), ...open.map(({ value }) => value)];
  if (certain.length > 0) {
    return best(
      certain.map((log) => judgeFlowLog(log, inspection)),
      possible,
      inspection,
    );
  }
  if (possible.length > 0) return unproven(possible);
  const smaller = estate.ofType(FLOW_LOG).find((log) => isInside(log, vpc, inspection));
  if (smaller === undefined) return fail({}, 'noFlowLog');
  return unproven(
    unknown('operation', smaller.address, 'logs a part of the VPC; that such logs cover all is not shown'),
  );
}

function judgeFlowLog(log: Resource, inspection: Inspect): Outcome {
  const { fail, unproven, all, pass } = inspection;
  const at = (argument: string) => ({ related: [log], location: log.locate(argument) });
  const traffic = asString(log.attribute('traffic_type'));
  const shown = traffic === null ? 'no' : isHidden(traffic) ? '' : traffic;
  return all([
    isHidden(traffic)
      ? unproven(traffic)
      : traffic === 'ALL'
        ? pass()
        : fail(at('traffic_type'), 'partialFlowLog', { log: log.address, traffic: shown }),
    judgeDelivery(flowLogDelivery(log, inspection), inspection, (destination) =>
      fail(at('log_destination'), 'flowElsewhere', { log: log.address, destination }),
    ),
  ]);
}

/** Whether a flow log of a subnet or an interface may be of the VPC. */
function isInside(log: Resource, vpc: Resource, { estate }: Context): boolean {
  if (log.attribute('eni_id').kind !== 'null') return true;
  const subnet = estate.resolve(log.attribute('subnet_id'), ['aws_subnet', 'aws_default_subnet']);
  if (subnet.kind !== 'resource') return subnet.kind !== 'none';
  const owner = estate.resolve(subnet.resource.attribute('vpc_id'), VPC_TYPES);
  return owner.kind !== 'resource' || owner.resource === vpc;
}

function judgeDelivery(delivery: Delivery, { pass, unproven }: Inspect, failure: (name: string) => Outcome): Outcome {
  switch (delivery.kind) {
    case 'archive':
      return pass();
    case 'elsewhere':
      return failure(delivery.name);
    case 'hidden':
      return unproven(delivery.value);
  }
}

/** One that passes is enough; without one, what is not known may be one that does. */
function best(outcomes: readonly Outcome[], untold: readonly Hidden[], { pass, unproven, all }: Inspect): Outcome {
  if (outcomes.some(({ verdict }) => verdict === 'pass')) return pass();
  if (untold.length > 0) return unproven(untold);
  const open = outcomes.filter(({ verdict }) => verdict === 'unproven');
  return all(open.length > 0 ? open : outcomes);
}

function instances({ address }: Resource): Hidden {
  return unknown('instances', address, 'has a count or for_each that only the plan knows');
}
