import { describe, expect, it } from 'vitest';
import type { Interface, Topology } from '../../../../proofs/network/topology.ts';
import { networkOf, text, TWO_ZONES } from '../../../support/network/compiled.ts';

const A = '${aws_subnet.a.id}';
const B = '${aws_subnet.b.id}';
const VPC = '${aws_vpc.main.id}';
const GROUP = '${aws_security_group.web.id}';
const DEFAULT = 'the default security group of aws_vpc.main';

type Blocks = { readonly [type: string]: { readonly [name: string]: object } };

function network(resources: Blocks, variable = {}): Topology {
  const groups = { web: { vpc_id: VPC, name: 'web' }, app: { vpc_id: VPC, name: 'app' } };
  return networkOf({ ...TWO_ZONES, aws_security_group: groups, ...resources }, { variable });
}

function hostText({ origin, owner, subnet, groups, forwards, isPublic }: Interface): string {
  const names = groups.map(({ item, doubts }) => {
    return `${item.origin.name.replace('aws_security_group.', '')}${doubts.length > 0 ? '?' : ''}`;
  });
  const marks = [
    ...(owner?.address === origin.name ? [] : [`of ${owner?.address}`]),
    ...(forwards.doubts.length > 0 ? ['forwards?'] : forwards.holds ? ['forwards'] : []),
    ...(isPublic.doubts.length > 0 ? ['public?'] : isPublic.holds ? ['public'] : []),
  ];
  return [`${origin.name} in ${subnet.origin.name}: ${names.join(', ')}`, ...marks].join(' ');
}

function hosts(resources: Blocks, variable = {}): readonly string[] {
  return network(resources, variable).interfaces.map(hostText);
}

function reasons(resources: Blocks, variable = {}): readonly string[] {
  return network(resources, variable).unmodelled.map(({ resource, reason }) => `${resource.address} ${reason}`);
}

const instance = (parts: object) => ({ aws_instance: { i: { subnet_id: A, ...parts } } });

describe('instances', () => {
  it('have one interface in their subnet, with the addresses that they are given', () => {
    const fixed = network(instance({ private_ip: '10.0.1.7', vpc_security_group_ids: [GROUP] }));
    expect(fixed.interfaces.map((host) => [hostText(host), text(host.addresses)])).toEqual([
      ['aws_instance.i in aws_subnet.a: web', ['10.0.1.7']],
    ]);
    const chosen = network(instance({}));
    expect(chosen.interfaces.map((host) => [hostText(host), text(host.addresses)])).toEqual([
      [`aws_instance.i in aws_subnet.a: ${DEFAULT}`, ['aws_instance.i.private_ip in aws_subnet.a of network']],
    ]);
    expect(chosen.interfaces[0]?.addresses.unknowns[0]?.within).toEqual(chosen.subnets[0]?.addresses.ranges[0]);
  });

  it('are known by the same address to a rule that names it', () => {
    const { interfaces } = network({
      ...instance({ vpc_security_group_ids: [GROUP] }),
      aws_vpc_security_group_ingress_rule: {
        one: { security_group_id: GROUP, ip_protocol: '-1', cidr_ipv4: '${aws_instance.i.private_ip}/32' },
      },
    });
    const [host] = interfaces;
    const peer = host?.groups[0]?.item.ingress[0]?.peer;
    expect(peer?.kind === 'addresses' ? peer.addresses.unknowns : []).toEqual(host?.addresses.unknowns);
    expect(peer?.kind === 'addresses' ? peer.addresses.unknowns[0] : null).toBe(host?.addresses.unknowns[0]);
  });

  it('forward packets of others when their check is off', () => {
    expect(hosts(instance({ source_dest_check: false }))).toEqual([
      `aws_instance.i in aws_subnet.a: ${DEFAULT} forwards`,
    ]);
    expect(hosts(instance({ source_dest_check: '${var.x}' }), { x: {} })).toEqual([
      `aws_instance.i in aws_subnet.a: ${DEFAULT} forwards?`,
    ]);
  });

  it('are public as they say, else as their subnet does', () => {
    const subnet = (isPublic: unknown) => ({
      aws_subnet: { a: { ...TWO_ZONES.aws_subnet.a, map_public_ip_on_launch: isPublic } },
    });
    const [plain, open] = [
      `aws_instance.i in aws_subnet.a: ${DEFAULT}`,
      `aws_instance.i in aws_subnet.a: ${DEFAULT} public`,
    ];
    expect(hosts(instance({ associate_public_ip_address: true }))).toEqual([open]);
    expect(hosts({ ...instance({}), ...subnet(true) })).toEqual([open]);
    expect(hosts({ ...instance({ associate_public_ip_address: false }), ...subnet(true) })).toEqual([plain]);
    expect(hosts({ ...instance({}), ...subnet('${var.x}') }, { x: {} })).toEqual([`${plain} public?`]);
  });

  it('are public by an Elastic IP, whichever end names the other', () => {
    const open = [`aws_instance.i in aws_subnet.a: ${DEFAULT} public`];
    expect(hosts({ ...instance({}), aws_eip: { e: { instance: '${aws_instance.i.id}' } } })).toEqual(open);
    const network = '${aws_instance.i.primary_network_interface_id}';
    expect(hosts({ ...instance({}), aws_eip: { e: { network_interface: network } } })).toEqual(open);
    const association = { instance_id: '${aws_instance.i.id}', allocation_id: '${aws_eip.e.id}' };
    expect(hosts({ ...instance({}), aws_eip: { e: {} }, aws_eip_association: { l: association } })).toEqual(open);
    expect(hosts({ ...instance({}), aws_eip: { e: { instance: '${var.x}' } } }, { x: {} })).toEqual([`${open[0]}?`]);
  });

  it('take from a launch template what they do not say', () => {
    const template = (parts: object) => ({ aws_launch_template: { t: { name: 't', ...parts } } });
    const launched = { subnet_id: A, launch_template: { id: '${aws_launch_template.t.id}' } };
    expect(hosts({ ...template({ vpc_security_group_ids: [GROUP] }), ...instance(launched) })).toEqual([
      'aws_instance.i in aws_subnet.a: web',
    ]);
    const interfaces = { network_interfaces: { security_groups: [GROUP], associate_public_ip_address: true } };
    expect(hosts({ ...template(interfaces), ...instance(launched) })).toEqual([
      'aws_instance.i in aws_subnet.a: web public',
    ]);
    expect(
      hosts({ ...template({ vpc_security_group_ids: [GROUP] }), ...instance({ launch_template: { name: 't' } }) }),
    ).toEqual(['aws_instance.i in aws_subnet.a: web']);
  });

  it('are not modelled without a subnet', () => {
    expect(reasons({ aws_instance: { i: {} } })).toEqual([
      'aws_instance.i names no subnet, so that AWS puts it into the default VPC, whose network is not seen',
    ]);
  });
});

describe('fleets', () => {
  it('of an Auto Scaling group are in its subnets, with the groups of their template', () => {
    expect(
      hosts({
        aws_launch_template: { t: { vpc_security_group_ids: [GROUP] } },
        aws_autoscaling_group: {
          g: { vpc_zone_identifier: [A, B], launch_template: { id: '${aws_launch_template.t.id}' } },
        },
      }),
    ).toEqual(['aws_autoscaling_group.g in aws_subnet.a: web', 'aws_autoscaling_group.g in aws_subnet.b: web']);
  });

  it('have every template of a mixed policy', () => {
    const of = (name: string) => ({
      launch_template_specification: { launch_template_id: `\${aws_launch_template.${name}.id}` },
    });
    expect(
      hosts({
        aws_launch_template: {
          t: { vpc_security_group_ids: [GROUP] },
          u: { vpc_security_group_ids: ['${aws_security_group.app.id}'] },
        },
        aws_autoscaling_group: {
          g: {
            vpc_zone_identifier: [A],
            mixed_instances_policy: { launch_template: { ...of('t'), override: [of('u')] } },
          },
        },
      }),
    ).toEqual(['aws_autoscaling_group.g in aws_subnet.a: web', 'aws_autoscaling_group.g in aws_subnet.a: app']);
  });

  it('may be in any group where their template is not seen', () => {
    const group = { vpc_zone_identifier: [A], launch_template: { id: 'lt-1' } };
    expect(hosts({ aws_autoscaling_group: { g: group } })).toEqual([
      `aws_autoscaling_group.g in aws_subnet.a: security group "lt-1", app?, web?, ${DEFAULT}? public?`,
    ]);
  });

  it('of EC2 and Spot are where their overrides or specifications say', () => {
    const template = { launch_template_specification: { launch_template_id: '${aws_launch_template.t.id}' } };
    expect(
      hosts({
        aws_launch_template: { t: { vpc_security_group_ids: [GROUP] } },
        aws_ec2_fleet: {
          f: { launch_template_config: [{ ...template, override: [{ subnet_id: A }, { subnet_id: B }] }] },
        },
        aws_spot_fleet_request: { s: { launch_specification: [{ subnet_id: B, vpc_security_group_ids: [GROUP] }] } },
      }),
    ).toEqual([
      'aws_ec2_fleet.f in aws_subnet.a: web',
      'aws_ec2_fleet.f in aws_subnet.b: web',
      'aws_spot_fleet_request.s in aws_subnet.b: web',
    ]);
  });
});

describe('network interfaces', () => {
  const own = (parts: object = {}) => ({ aws_network_interface: { n: { subnet_id: A, ...parts } } });

  it('are in the default group where they name none, and forward when their check is off', () => {
    expect(hosts(own())).toEqual([`aws_network_interface.n in aws_subnet.a: ${DEFAULT}`]);
    expect(hosts(own({ source_dest_check: false, security_groups: [GROUP] }))).toEqual([
      'aws_network_interface.n in aws_subnet.a: web forwards',
    ]);
  });

  it('have the addresses that they are given, and those that are counted', () => {
    const addresses = (parts: object) => network(own(parts)).interfaces.map((host) => text(host.addresses));
    expect(addresses({ private_ips: ['10.0.1.8', '10.0.1.9'] })).toEqual([['10.0.1.8', '10.0.1.9']]);
    expect(addresses({ private_ips: ['10.0.1.8'], private_ips_count: 2 })).toEqual([
      ['10.0.1.8', 'aws_network_interface.n.private_ip in aws_subnet.a of network'],
    ]);
    expect(addresses({ ipv4_prefixes: ['10.0.1.16/28'] })).toEqual([
      ['10.0.1.16-10.0.1.31', 'aws_network_interface.n.private_ip in aws_subnet.a of network'],
    ]);
  });

  it('belong to the instance that they are attached to, in whichever way', () => {
    const expected = [`aws_network_interface.n in aws_subnet.a: ${DEFAULT} of aws_instance.i`];
    const id = '${aws_network_interface.n.id}';
    const bare = (parts: object) => ({ aws_instance: { i: parts } });
    expect(hosts({ ...own(), ...bare({ primary_network_interface: { network_interface_id: id } }) })).toEqual(expected);
    const listed = bare({ network_interface: [{ device_index: 0, network_interface_id: id }] });
    expect(hosts({ ...own(), ...listed })).toEqual(expected);
    const second = [`aws_instance.i in aws_subnet.b: ${DEFAULT}`, ...expected];
    const attachment = { instance_id: '${aws_instance.i.id}', network_interface_id: id, device_index: 1 };
    const separate = { aws_network_interface_attachment: { l: attachment } };
    expect(hosts({ ...own(), ...bare({ subnet_id: B }), ...separate })).toEqual(second);
    const block = { attachment: { instance: '${aws_instance.i.id}', device_index: 1 } };
    expect(hosts({ ...own(block), ...bare({ subnet_id: B }) })).toEqual(second);
  });

  it('take groups from elsewhere', () => {
    const more = (id: string) => ({
      aws_network_interface_sg_attachment: { l: { network_interface_id: id, security_group_id: GROUP } },
    });
    expect(hosts({ ...own(), ...more('${aws_network_interface.n.id}') })).toEqual([
      `aws_network_interface.n in aws_subnet.a: ${DEFAULT}, web`,
    ]);
    expect(hosts({ ...instance({}), ...more('${aws_instance.i.primary_network_interface_id}') })).toEqual([
      `aws_instance.i in aws_subnet.a: ${DEFAULT}, web`,
    ]);
    expect(hosts({ ...own(), ...more('${var.x}') }, { x: {} })).toEqual([
      `aws_network_interface.n in aws_subnet.a: ${DEFAULT}, web?`,
    ]);
  });

  it('that another account may attach lead to a network of its own', () => {
    const permission = {
      network_interface_id: '${aws_network_interface.n.id}',
      aws_account_id: '222222222222',
      permission: 'INSTANCE-ATTACH',
    };
    const { relays } = network({ ...own(), aws_network_interface_permission: { p: permission } });
    expect(relays.filter(({ kind }) => kind === 'other').map(({ from, to }) => [from.length, to.length])).toEqual([
      [2, 2],
    ]);
  });

  it('of one instance that forwards between them are not modelled', () => {
    const both = {
      aws_network_interface: {
        n: {
          subnet_id: A,
          source_dest_check: false,
          attachment: { instance: '${aws_instance.i.id}', device_index: 1 },
        },
      },
      aws_instance: { i: { subnet_id: B } },
    };
    expect(reasons(both)).toEqual([
      'aws_instance.i forwards packets from one of its interfaces to another, which the model does not follow',
    ]);
  });
});
