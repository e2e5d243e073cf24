import { defineCheck, resourcesOf } from '../check.ts';
import { ATTACHMENT_TYPES, VPC_ACCEPTER } from './transit-attachments.ts';
import { judgeDefault, judgeNewDefault, judgeSetting, SETTINGS } from './transit-defaults.ts';
import { TRANSIT_ROUTE_TYPES } from './transit-leftovers.ts';
import { messages } from './transit-messages.ts';
import {
  judgeAssociation,
  judgeAttachment,
  judgePropagation,
  judgeTable,
  POLICY_ASSOCIATION,
} from './transit-tables.ts';

const GATEWAY = 'aws_ec2_transit_gateway';
const TABLE = 'aws_ec2_transit_gateway_route_table';
const ASSOCIATION = 'aws_ec2_transit_gateway_route_table_association';
const PROPAGATION = 'aws_ec2_transit_gateway_route_table_propagation';
const DEFAULTS = [
  'aws_ec2_transit_gateway_default_route_table_association',
  'aws_ec2_transit_gateway_default_route_table_propagation',
];
const SUBJECTS = [GATEWAY, TABLE, ...ATTACHMENT_TYPES, VPC_ACCEPTER, ASSOCIATION, PROPAGATION, ...DEFAULTS];

export default defineCheck({
  id: 'NET-008',
  why: 'A transit gateway joins whatever is attached to it in one table unless told otherwise: then each network reaches every other without passing a gateway.',
  fix: 'Set default_route_table_association and default_route_table_propagation to "disable", associate each attachment with a table of its own kind, write the routes instead of propagating them, and blackhole private ranges under wide routes to others.',
  references: [
    'https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html',
    'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-route-tables.html',
  ],
  resourceTypes: [...SUBJECTS, POLICY_ASSOCIATION, ...TRANSIT_ROUTE_TYPES, 'aws_subnet', 'aws_vpn_connection'],

  messages,

  subjects: resourcesOf(...SUBJECTS),

  inspect({ resource }, inspection) {
    const { all, pass } = inspection;
    switch (resource.type) {
      case GATEWAY:
        return all(SETTINGS.map(({ setting }) => judgeSetting(resource, setting, inspection)));
      case TABLE:
        return judgeTable(resource, inspection);
      case VPC_ACCEPTER:
        return all(SETTINGS.map((setting) => judgeDefault(resource, setting, inspection)));
      case ASSOCIATION:
        return judgeAssociation(resource, inspection);
      case PROPAGATION:
        return judgePropagation(resource, inspection);
      default:
        if (DEFAULTS.includes(resource.type)) return judgeNewDefault(resource, inspection);
        return all([
          ...SETTINGS.map((setting) =>
            resource.type === 'aws_ec2_transit_gateway_peering_attachment'
              ? pass()
              : judgeDefault(resource, setting, inspection),
          ),
          judgeAttachment(resource, inspection),
        ]);
    }
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_vpc: { ledger: { cidr_block: '10.1.0.0/16' }, desk: { cidr_block: '10.2.0.0/16' } },
              aws_subnet: {
                ledger: { vpc_id: '${aws_vpc.ledger.id}', tags: { 'ledger:tier': 'workload' } },
                desk: { vpc_id: '${aws_vpc.desk.id}', tags: { 'ledger:tier': 'workload' } },
              },
              aws_ec2_transit_gateway: {
                west: { default_route_table_association: 'disable', default_route_table_propagation: 'disable' },
              },
              aws_ec2_transit_gateway_route_table: {
                enclave: { transit_gateway_id: '${aws_ec2_transit_gateway.west.id}' },
              },
              aws_ec2_transit_gateway_vpc_attachment: {
                ledger: {
                  vpc_id: '${aws_vpc.ledger.id}',
                  subnet_ids: ['${aws_subnet.ledger.id}'],
                  transit_gateway_id: '${aws_ec2_transit_gateway.west.id}',
                },
                desk: {
                  vpc_id: '${aws_vpc.desk.id}',
                  subnet_ids: ['${aws_subnet.desk.id}'],
                  transit_gateway_id: '${aws_ec2_transit_gateway.west.id}',
                },
              },
              aws_ec2_transit_gateway_route_table_association: {
                ledger: {
                  transit_gateway_attachment_id: '${aws_ec2_transit_gateway_vpc_attachment.ledger.id}',
                  transit_gateway_route_table_id: '${aws_ec2_transit_gateway_route_table.enclave.id}',
                },
                desk: {
                  transit_gateway_attachment_id: '${aws_ec2_transit_gateway_vpc_attachment.desk.id}',
                  transit_gateway_route_table_id: '${aws_ec2_transit_gateway_route_table.enclave.id}',
                },
              },
            },
          },
        },
      },
    ],
    violating: [
      // Both defaults are "enable".
      { stacks: { west: { resource: { aws_ec2_transit_gateway: { west: { description: 'West' } } } } } },
    ],
  },
});
