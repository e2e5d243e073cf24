import { TRANSIT_GATEWAY, TRANSIT_TABLES } from './generated-vpc.ts';
import { blockOf, type GeneratedSite } from './network-site.ts';
import { id, StackBody } from './stack-body.ts';

/** The link of two sites: a peering of their transit gateways, and a route on each side to each VPC of the other. */
export function link(near: GeneratedSite, far: GeneratedSite): StackBody {
  const stack = new StackBody(`link-${near.id}-${far.id}`, [near, far]);
  const request = stack.add('aws_ec2_transit_gateway_peering_attachment', 'request', {
    peer_account_id: far.account,
    peer_region: far.region,
    peer_transit_gateway_id: stack.foreign(far, `${TRANSIT_GATEWAY}.id`),
    transit_gateway_id: stack.foreign(near, `${TRANSIT_GATEWAY}.id`),
  });
  const acceptance = stack.add('aws_ec2_transit_gateway_peering_attachment_accepter', 'acceptance', {
    provider: `aws.${far.id}`,
    transit_gateway_attachment_id: id(request),
  });
  for (const [here, there] of [
    [near, far],
    [far, near],
  ] as const) {
    const provider = here === near ? {} : { provider: `aws.${far.id}` };
    stack.add('aws_ec2_transit_gateway_route_table_association', here.id, {
      ...provider,
      transit_gateway_attachment_id: id(acceptance),
      transit_gateway_route_table_id: stack.foreign(here, `${TRANSIT_TABLES.inbound}.id`),
    });
    for (let number = 1; number < there.vpcs; number++) {
      stack.add('aws_ec2_transit_gateway_route', `${here.id}-to-${number}`, {
        ...provider,
        destination_cidr_block: blockOf(there.firstVpc + number),
        transit_gateway_attachment_id: id(acceptance),
        transit_gateway_route_table_id: stack.foreign(here, `${TRANSIT_TABLES.outbound}.id`),
      });
    }
  }
  return stack;
}
