import type { Resource } from '../../model/resource.ts';
import { type Context, defineCheck, resourcesOf } from '../check.ts';
import { judgeChannel } from './channels/channel-encryption.ts';
import { CHANNEL_MESSAGES } from './channels/channel-messages.ts';
import { CHANNELS } from './channels/channel-table.ts';
import { BATCH, DOCUMENTED, mayMount } from './channels/documents.ts';
import { NAMED, sendsOn, TOPIC_RULE } from './channels/named-parameters.ts';
import { isOracle, judgeOracle, ORACLE } from './channels/option-groups.ts';
import { GROUPED, judgeGrouped } from './channels/parameter-groups.ts';
import { placesOf } from './stores/part-arguments.ts';

const TABLE = new Map(Object.entries(CHANNELS));
const SUBJECTS = [...TABLE.keys(), ...GROUPED.keys(), ...DOCUMENTED.keys(), ...NAMED.keys()];

export default defineCheck({
  id: 'ENC-011',
  why: 'Whoever gets at the network of a site reads and changes what databases, caches, brokers and services send each other without TLS, however well it is encrypted where it rests.',
  fix: 'Make encryption in transit required, not preferred: name the parameter group, and of Oracle the option group, that refuses plain connections, require TLS in proxies, clusters and brokers, mount file systems with TLS, and speak HTTPS to what stands behind.',
  references: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.Oracle.Options.NetworkEncryption.html',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Db2.Concepts.SSL.html',
    'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html',
    'https://docs.aws.amazon.com/msk/latest/developerguide/msk-encryption.html',
    'https://docs.aws.amazon.com/efs/latest/ug/encryption-in-transit.html',
  ],
  resourceTypes: [...SUBJECTS, ...new Set([...GROUPED.values()].map(({ group }) => group)), ORACLE.group],

  messages: CHANNEL_MESSAGES,

  subjects: (context) => resourcesOf(...SUBJECTS)(context).filter(({ resource }) => hasWay(resource, context)),

  inspect({ resource }, inspection) {
    if (isOracle(resource)) return judgeOracle(resource, inspection);
    const grouped = GROUPED.get(resource.type);
    if (grouped !== undefined) return judgeGrouped(resource, grouped, inspection);
    const documented = DOCUMENTED.get(resource.type) ?? NAMED.get(resource.type);
    if (documented !== undefined) return documented(resource, inspection);
    const channels = TABLE.get(resource.type) ?? [];
    return inspection.all(channels.map((channel) => judgeChannel(resource, channel, inspection)));
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_db_parameter_group: {
                ledger: { family: 'postgres14', parameter: [{ name: 'rds.force_ssl', value: '1' }] },
              },
              aws_db_instance: {
                ledger: { engine: 'postgres', parameter_group_name: '${aws_db_parameter_group.ledger.name}' },
              },
              aws_elasticache_replication_group: {
                ledger: {
                  replication_group_id: 'ledger',
                  description: 'Sessions of the ledger',
                  transit_encryption_enabled: true,
                  transit_encryption_mode: 'required',
                },
              },
            },
          },
        },
      },
    ],
    violating: [
      {
        stacks: {
          west: {
            resource: {
              aws_msk_cluster: {
                ledger: {
                  cluster_name: 'ledger',
                  kafka_version: '3.6.0',
                  number_of_broker_nodes: 3,
                  broker_node_group_info: {
                    client_subnets: ['subnet-1', 'subnet-2', 'subnet-3'],
                    instance_type: 'kafka.m5.large',
                    security_groups: ['sg-1'],
                  },
                  encryption_info: { encryption_in_transit: { client_broker: 'TLS_PLAINTEXT' } },
                },
              },
            },
          },
        },
      },
    ],
  },
});

/** A type may send or take data only where a block is written or a condition holds. */
function hasWay(resource: Resource, { estate }: Context): boolean {
  if (resource.type === BATCH) return mayMount(resource);
  if (resource.type === TOPIC_RULE) return sendsOn(resource);
  const channels = TABLE.get(resource.type);
  if (channels === undefined) return true;
  return channels.some((channel) => {
    const { items, open } = placesOf(resource, channel, estate);
    return items.length + open.length > 0;
  });
}
