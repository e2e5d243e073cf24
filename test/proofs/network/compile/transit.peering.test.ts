import { describe, expect, it } from 'vitest';
import { topologyOf } from '../../../../proofs/network/compile/topology-of.ts';
import type { TransitAttachment } from '../../../../proofs/network/topology.ts';
import { estateOfStacks, reasons, type StackParts, transitRouteText } from '../../../support/network/compiled.ts';

const PEERING = 'aws_ec2_transit_gateway_peering_attachment';
const TABLE = 'aws_ec2_transit_gateway_route_table';
const OFF = { default_route_table_association: 'disable', default_route_table_propagation: 'disable' };

function output(stack: string, name: string): string {
  return `\${data.terraform_remote_state.cross-stack-reference-input-${stack}.outputs.cross-stack-output-${name}}`;
}

const STATE = (stack: string) => ({
  [`cross-stack-reference-input-${stack}`]: { backend: 'local', config: { path: `terraform.${stack}.tfstate` } },
});

function site(name: string, region: string): StackParts {
  return {
    provider: { aws: [{ region, allowed_account_ids: ['111111111111'] }] },
    resource: {
      aws_ec2_transit_gateway: { hub: OFF },
      [TABLE]: { in: { transit_gateway_id: '${aws_ec2_transit_gateway.hub.id}' } },
    },
    terraform: { backend: { local: { path: `terraform.${name}.tfstate` } } },
    output: {
      'cross-stack-output-hub': { value: '${aws_ec2_transit_gateway.hub.id}' },
      'cross-stack-output-in': { value: `\${${TABLE}.in.id}` },
    },
  };
}

function peered(link: { readonly peering?: object; readonly resource?: object }): readonly TransitAttachment[] {
  const estate = estateOfStacks({
    dublin: site('dublin', 'eu-west-1'),
    norway: site('norway', 'eu-north-1'),
    link: {
      data: { terraform_remote_state: { ...STATE('dublin'), ...STATE('norway') } },
      resource: {
        [PEERING]: {
          request: {
            transit_gateway_id: output('dublin', 'hub'),
            peer_transit_gateway_id: output('norway', 'hub'),
            peer_region: 'eu-north-1',
            ...link.peering,
          },
        },
        ...link.resource,
      },
    },
  });
  return topologyOf(estate).attachments;
}

const ACCEPTANCE = {
  [`${PEERING}_accepter`]: {
    acceptance: { region: 'eu-north-1', transit_gateway_attachment_id: `\${${PEERING}.request.id}` },
  },
};
const ACCEPTED = `\${${PEERING}_accepter.acceptance.id}`;

function ends(attachments: readonly TransitAttachment[]) {
  return attachments.map(({ gateway, end }) => [
    gateway.region,
    end.kind === 'peering' ? `to ${end.other.gateway.region}` : end.kind,
  ]);
}

describe('transit gateways that are peered', () => {
  it('is one attachment at each gateway, across stacks and Regions, each leading to the other', () => {
    const attachments = peered({ resource: ACCEPTANCE });
    expect(ends(attachments)).toEqual([
      ['eu-west-1', 'to eu-north-1'],
      ['eu-north-1', 'to eu-west-1'],
    ]);
    const [near, far] = attachments;
    expect(near?.end).toEqual({ kind: 'peering', other: far });
    expect(far?.end).toEqual({ kind: 'peering', other: near });
    expect(attachments.map(({ doubts }) => doubts)).toEqual([[], []]);
  });

  it('doubts one that nothing accepts', () => {
    expect(peered({}).map(({ doubts }) => reasons(doubts))).toEqual([[`${PEERING}.request`], [`${PEERING}.request`]]);
  });

  it('tells by the table on which side an association or a route is, whichever id names the attachment', () => {
    const attachments = peered({
      resource: {
        ...ACCEPTANCE,
        aws_ec2_transit_gateway_route_table_association: {
          dublin: { transit_gateway_attachment_id: ACCEPTED, transit_gateway_route_table_id: output('dublin', 'in') },
          norway: {
            transit_gateway_attachment_id: `\${${PEERING}.request.id}`,
            transit_gateway_route_table_id: output('norway', 'in'),
          },
        },
        aws_ec2_transit_gateway_route: {
          dublin: {
            destination_cidr_block: '10.48.0.0/16',
            transit_gateway_attachment_id: ACCEPTED,
            transit_gateway_route_table_id: output('dublin', 'in'),
          },
        },
      },
    });
    expect(attachments.map(({ tables }) => tables.map(({ item }) => item.gateway.region))).toEqual([
      ['eu-west-1'],
      ['eu-north-1'],
    ]);
    const [near, far] = attachments;
    const [route] = near?.tables[0]?.item.routes ?? [];
    expect(route?.target).toEqual({ kind: 'attachment', attachment: near });
    expect(far?.tables[0]?.item.routes).toEqual([]);
  });

  it('propagates nothing, unless the two gateways tell each other their routes', () => {
    const propagation = {
      aws_ec2_transit_gateway_route_table_propagation: {
        dublin: { transit_gateway_attachment_id: ACCEPTED, transit_gateway_route_table_id: output('dublin', 'in') },
      },
      aws_ec2_transit_gateway_route_table_association: {
        dublin: { transit_gateway_attachment_id: ACCEPTED, transit_gateway_route_table_id: output('dublin', 'in') },
      },
    };
    const routes = (peering: object) =>
      peered({ peering, resource: { ...ACCEPTANCE, ...propagation } })
        .flatMap(({ tables }) => tables)
        .flatMap(({ item }) => item.routes.map((route) => [route.rank, transitRouteText(route)]));
    expect(routes({})).toEqual([]);
    expect(routes({ options: { dynamic_routing: 'enable' } })).toEqual([[6, `any -> ${PEERING}.request ?`]]);
  });

  it('leads outside when the other gateway is not in the estate', () => {
    const attachments = peered({
      peering: { peer_transit_gateway_id: 'tgw-0abc', peer_region: 'us-east-1', peer_account_id: '999999999999' },
      resource: ACCEPTANCE,
    });
    const [near, ...rest] = attachments.filter(({ gateway }) => gateway.region === 'eu-west-1');
    expect(rest).toEqual([]);
    expect(near?.end).toMatchObject({
      kind: 'outside',
      outside: { kind: 'foreign-network', name: 'the network behind tgw-0abc', region: 'us-east-1' },
    });
  });

  it('lets somebody else in when it accepts a peering that is not seen', () => {
    const attachments = peered({
      resource: {
        [`${PEERING}_accepter`]: {
          stranger: { region: 'eu-north-1', transit_gateway_attachment_id: 'tgw-attach-0abc' },
        },
      },
    });
    const strangers = attachments.filter(({ end }) => end.kind === 'outside');
    expect(strangers.map(({ gateway, doubts }) => [gateway.region, reasons(doubts)])).toEqual([
      ['eu-north-1', [`${PEERING}_accepter.stranger`]],
    ]);
  });
});
