import { describe, expect, it } from 'vitest';
import type { Topology } from '../../../../proofs/network/topology.ts';
import { exitText, networkOf, reasons, TWO_ZONES } from '../../../support/network/compiled.ts';

const VPC = '${aws_vpc.main.id}';
const FIREWALL = 'aws_networkfirewall_firewall';

function firewall(more: object) {
  return { [FIREWALL]: { gate: { name: 'gate', firewall_policy_arn: 'arn:x', vpc_id: VPC, ...more } } };
}

function subnets(...names: readonly string[]) {
  return names.map((name) => ({ subnet_id: `\${aws_subnet.${name}.id}` }));
}

describe('firewalls', () => {
  it('has an endpoint in each subnet that it is mapped to', () => {
    const { inspections } = networkOf({ ...TWO_ZONES, ...firewall({ subnet_mapping: subnets('a', 'b') }) });
    expect(
      inspections.map(({ kind, subnet, owner, doubts }) => [kind, subnet?.origin.name, owner?.address, doubts]),
    ).toEqual([
      ['network-firewall', 'aws_subnet.a', `${FIREWALL}.gate`, []],
      ['network-firewall', 'aws_subnet.b', `${FIREWALL}.gate`, []],
    ]);
  });

  it('may have one in any subnet of its VPC where a variable hides which', () => {
    const { inspections } = networkOf(
      { ...TWO_ZONES, ...firewall({ subnet_mapping: [{ subnet_id: '${var.subnet}' }] }) },
      { variable: { subnet: {} } },
    );
    expect(inspections.map(({ subnet, doubts }) => [subnet?.origin.name, reasons(doubts)])).toEqual([
      ['aws_subnet.a', ['var.subnet']],
      ['aws_subnet.b', ['var.subnet']],
    ]);
  });

  it('has more by associations, which routes name by themselves', () => {
    const { inspections, subnets: made } = networkOf({
      ...TWO_ZONES,
      ...firewall({ subnet_mapping: subnets('a') }),
      aws_networkfirewall_vpc_endpoint_association: {
        more: { firewall_arn: `\${${FIREWALL}.gate.arn}`, vpc_id: VPC, subnet_mapping: subnets('b') },
      },
      aws_route_table: {
        t: {
          vpc_id: VPC,
          route: [
            {
              cidr_block: '0.0.0.0/0',
              vpc_endpoint_id:
                '${aws_networkfirewall_vpc_endpoint_association.more.vpc_endpoint_association_status[0].association_sync_state[0].attachment[0].endpoint_id}',
            },
          ],
        },
      },
      aws_route_table_association: {
        t: { subnet_id: '${aws_subnet.a.id}', route_table_id: '${aws_route_table.t.id}' },
      },
    });
    expect(inspections.map(({ subnet, owner }) => [subnet?.origin.name, owner?.address])).toEqual([
      ['aws_subnet.a', `${FIREWALL}.gate`],
      ['aws_subnet.b', `${FIREWALL}.gate`],
    ]);
    const route = made[0]?.tables[0]?.item.routes.find(({ precedence }) => precedence === 'static');
    expect(route?.target).toEqual({ kind: 'inspection', inspection: inspections[1] });
    expect(route?.doubts).toEqual([]);
  });

  it('is nobody’s when its firewall is not seen', () => {
    const { inspections } = networkOf({
      ...TWO_ZONES,
      aws_networkfirewall_vpc_endpoint_association: {
        more: {
          firewall_arn: 'arn:aws:network-firewall:eu-west-1:9:firewall/x',
          vpc_id: VPC,
          subnet_mapping: subnets('b'),
        },
      },
    });
    expect(inspections.map(({ owner }) => owner)).toEqual([null]);
  });

  it.each([
    ['firewall_status[0].transit_gateway_attachment_sync_states[0].attachment_id', (path: string) => path],
    [
      'firewall_status[0].transit_gateway_attachment_sync_states',
      (path: string) => `one([for s in ${path} : s.attachment_id])`,
    ],
  ])(
    'is attached to a transit gateway, where tables of the gateway decide before and after it (%s)',
    (path, written) => {
      const attachment = `\${${written(`${FIREWALL}.gate.${path}`)}}`;
      const network = networkOf({
        aws_ec2_transit_gateway: {
          hub: { default_route_table_association: 'disable', default_route_table_propagation: 'disable' },
        },
        aws_ec2_transit_gateway_route_table: { after: { transit_gateway_id: '${aws_ec2_transit_gateway.hub.id}' } },
        [FIREWALL]: {
          gate: {
            name: 'gate',
            firewall_policy_arn: 'arn:x',
            transit_gateway_id: '${aws_ec2_transit_gateway.hub.id}',
            availability_zone_mapping: [{ availability_zone_id: 'euw1-az1' }],
          },
        },
        aws_ec2_transit_gateway_route_table_association: {
          gate: {
            transit_gateway_attachment_id: attachment,
            transit_gateway_route_table_id: '${aws_ec2_transit_gateway_route_table.after.id}',
          },
        },
      });
      expect(network.inspections.map(({ subnet, owner }) => [subnet, owner?.address])).toEqual([
        [null, `${FIREWALL}.gate`],
      ]);
      expect(
        network.attachments.map(({ end, tables }) => [
          end,
          tables.map(({ item, doubts }) => [item.origin.name, doubts]),
        ]),
      ).toEqual([
        [
          { kind: 'inspection', inspection: network.inspections[0] },
          [['aws_ec2_transit_gateway_route_table.after', []]],
        ],
      ]);
    },
  );
});

describe('what accepts the attachment of a firewall', () => {
  const GATE = `${FIREWALL}.gate`;
  const TABLES = 'aws_ec2_transit_gateway_route_table';
  const accepted = (transit_gateway_attachment_id: string) =>
    networkOf(
      {
        aws_ec2_transit_gateway: {
          hub: { default_route_table_association: 'disable', default_route_table_propagation: 'disable' },
        },
        [TABLES]: { after: { transit_gateway_id: '${aws_ec2_transit_gateway.hub.id}' } },
        [FIREWALL]: {
          gate: {
            name: 'gate',
            firewall_policy_arn: 'arn:x',
            transit_gateway_id: '${aws_ec2_transit_gateway.hub.id}',
            availability_zone_mapping: [{ availability_zone_id: 'euw1-az1' }],
          },
        },
        aws_networkfirewall_firewall_transit_gateway_attachment_accepter: { gate: { transit_gateway_attachment_id } },
        aws_ec2_transit_gateway_route_table_association: {
          gate: {
            transit_gateway_attachment_id:
              '${aws_networkfirewall_firewall_transit_gateway_attachment_accepter.gate.transit_gateway_attachment_id}',
            transit_gateway_route_table_id: `\${${TABLES}.after.id}`,
          },
        },
      },
      { variable: { x: {} } },
    );
  const tables = ({ attachments }: Topology) =>
    attachments.map(({ origin, tables: own }) => [origin.name, own.map(({ item }) => item.origin.name)]);
  const unmodelled = (network: Topology) =>
    network.unmodelled.map(({ resource, reason }) => `${resource.address} ${reason}`);

  it('names the attachment', () => {
    const network = accepted(`\${${GATE}.firewall_status[0].transit_gateway_attachment_sync_states[0].attachment_id}`);
    expect(tables(network)).toEqual([[GATE, [`${TABLES}.after`]]]);
    expect(unmodelled(network)).toEqual([]);
  });

  it('is not modelled where the firewall is not seen', () => {
    expect(unmodelled(accepted('${var.x}'))).toEqual([
      'aws_networkfirewall_firewall_transit_gateway_attachment_accepter.gate accepts a firewall that the estate does not show',
    ]);
  });
});

describe('gateway load balancers', () => {
  const balanced = (more: object = {}) => ({
    ...TWO_ZONES,
    aws_lb: { inspect: { load_balancer_type: 'gateway', subnets: ['${aws_subnet.b.id}'] } },
    aws_lb_target_group: { appliances: { port: 6081, protocol: 'GENEVE', vpc_id: VPC, target_type: 'instance' } },
    aws_lb_listener: {
      all: {
        load_balancer_arn: '${aws_lb.inspect.arn}',
        default_action: [{ type: 'forward', target_group_arn: '${aws_lb_target_group.appliances.arn}' }],
      },
    },
    aws_lb_target_group_attachment: {
      one: { target_group_arn: '${aws_lb_target_group.appliances.arn}', target_id: '${aws_instance.appliance.id}' },
    },
    aws_vpc_endpoint_service: {
      inspect: { acceptance_required: false, gateway_load_balancer_arns: ['${aws_lb.inspect.arn}'] },
    },
    aws_vpc_endpoint: {
      inspect: {
        vpc_id: VPC,
        vpc_endpoint_type: 'GatewayLoadBalancer',
        service_name: '${aws_vpc_endpoint_service.inspect.service_name}',
        subnet_ids: ['${aws_subnet.a.id}'],
      },
    },
    ...more,
  });
  const appliance = (source_dest_check: boolean) => ({
    aws_instance: {
      appliance: { ami: 'ami-1', instance_type: 't3.micro', subnet_id: '${aws_subnet.b.id}', source_dest_check },
    },
  });

  it('inspects at its endpoint, for the balancer', () => {
    const { inspections } = networkOf(balanced(appliance(true)));
    expect(inspections.map(({ kind, subnet, owner }) => [kind, subnet?.origin.name, owner?.address])).toEqual([
      ['gateway-load-balancer', 'aws_subnet.a', 'aws_lb.inspect'],
    ]);
  });

  it('takes no connections at the interfaces of the balancer', () => {
    expect(networkOf(balanced(appliance(false))).relays.filter(({ kind }) => kind === 'load-balancer')).toEqual([]);
  });

  it('may forward by the routes of an appliance that forwards', () => {
    const { relays } = networkOf(balanced(appliance(false)));
    const forwarding = relays.filter(({ origin }) => origin.name === 'aws_vpc_endpoint.inspect');
    expect(
      forwarding.map(({ kind, from, to, owner, doubts }) => [
        kind,
        from.map((entry) => entry.kind),
        to.map((exit) => exit.kind),
        owner?.address,
        reasons(doubts),
      ]),
    ).toEqual([['other', ['vpc'], ['interface'], 'aws_lb.inspect', ['aws_vpc_endpoint.inspect']]]);
    const still = networkOf(balanced(appliance(true))).relays;
    expect(still.filter(({ origin }) => origin.name === 'aws_vpc_endpoint.inspect')).toEqual([]);
  });

  it('may hand everything to the appliances of somebody else', () => {
    const { inspections, relays } = networkOf({
      ...TWO_ZONES,
      aws_vpc_endpoint: {
        theirs: {
          vpc_id: VPC,
          vpc_endpoint_type: 'GatewayLoadBalancer',
          service_name: 'com.amazonaws.vpce.eu-west-1.vpce-svc-0abc',
          subnet_ids: ['${aws_subnet.a.id}'],
        },
      },
    });
    expect(inspections.map(({ owner }) => owner)).toEqual([null]);
    expect(
      relays.filter(({ kind }) => kind === 'other').map(({ to, doubts }) => [to.map(exitText), reasons(doubts)]),
    ).toEqual([[['com.amazonaws.vpce.eu-west-1.vpce-svc-0abc'], ['aws_vpc_endpoint.theirs']]]);
  });
});
