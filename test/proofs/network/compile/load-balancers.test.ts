import { describe, expect, it } from 'vitest';
import type { Relay, Topology } from '../../../../proofs/network/topology.ts';
import { exitText, networkOf, reasons, servicesText, text, TWO_ZONES } from '../../../support/network/compiled.ts';

const VPC = '${aws_vpc.main.id}';
const SUBNETS = ['${aws_subnet.a.id}', '${aws_subnet.b.id}'];
const GROUP = '${aws_lb_target_group.app.arn}';

function ownedBy({ interfaces }: Topology, owner: string) {
  return interfaces.filter((own) => own.owner?.address === owner);
}

function relayOf({ relays }: Topology, name: string): Relay {
  const [found, ...more] = relays.filter(({ origin }) => origin.name === name);
  if (found === undefined || more.length > 0) throw new TypeError(`${name} is no one relay`);
  return found;
}

describe('interfaces of load balancers', () => {
  const balancer = (more: object, resources: object = {}, type = 'aws_lb') => {
    const network = networkOf({ ...TWO_ZONES, [type]: { front: { subnets: SUBNETS, ...more } }, ...resources });
    return ownedBy(network, `${type}.front`);
  };

  it('has one in each subnet, with the default group of the VPC, facing the Internet unless internal', () => {
    for (const type of ['aws_lb', 'aws_alb']) {
      const interfaces = balancer({}, {}, type);
      expect(interfaces.map(({ subnet }) => subnet.origin.name)).toEqual(['aws_subnet.a', 'aws_subnet.b']);
      expect(interfaces.map(({ isPublic, allowsAll }) => [isPublic.holds, allowsAll])).toEqual([
        [true, false],
        [true, false],
      ]);
      expect(interfaces.map(({ groups }) => groups.map(({ item }) => item.origin.name))).toEqual([
        ['the default security group of aws_vpc.main'],
        ['the default security group of aws_vpc.main'],
      ]);
    }
    expect(balancer({ internal: true }).map(({ isPublic }) => isPublic.holds)).toEqual([false, false]);
  });

  it('is filtered by nothing when it is a network load balancer without groups', () => {
    const open = balancer({ load_balancer_type: 'network' });
    expect(open.map(({ allowsAll, groups }) => [allowsAll, groups])).toEqual([
      [true, []],
      [true, []],
    ]);
    const filtered = balancer(
      { load_balancer_type: 'network', security_groups: ['${aws_security_group.g.id}'] },
      { aws_security_group: { g: { vpc_id: VPC } } },
    );
    expect(filtered.map(({ allowsAll }) => allowsAll)).toEqual([false, false]);
  });

  it('has the addresses that its mappings give it', () => {
    const interfaces = balancer({
      subnets: null,
      load_balancer_type: 'network',
      subnet_mapping: [{ subnet_id: SUBNETS[0], private_ipv4_address: '10.0.1.9' }, { subnet_id: SUBNETS[1] }],
    });
    expect(interfaces.map(({ addresses }) => text(addresses))).toEqual([
      ['10.0.1.9'],
      ['aws_lb.front.private_ip in aws_subnet.b of network'],
    ]);
  });

  it('has no public IPv4 address where it does without', () => {
    const interfaces = balancer({ ip_address_type: 'dualstack-without-public-ipv4' });
    expect(interfaces.map(({ isPublic }) => isPublic.holds)).toEqual([false, false]);
  });

  it('may face the Internet when a variable says whether it is internal', () => {
    const { interfaces } = networkOf(
      { ...TWO_ZONES, aws_lb: { front: { subnets: SUBNETS, internal: '${var.x}' } } },
      { variable: { x: {} } },
    );
    expect(interfaces.map(({ isPublic }) => [isPublic.holds, reasons(isPublic.doubts)])).toEqual([
      [true, ['var.x']],
      [true, ['var.x']],
    ]);
  });

  it('has IPv6 addresses when it is dual-stack and its subnet has them', () => {
    const { interfaces } = networkOf({
      aws_vpc: { main: { cidr_block: '10.0.0.0/16', ipv6_cidr_block: '2a05:d018::/56' } },
      aws_subnet: { a: { vpc_id: VPC, cidr_block: '10.0.1.0/24', ipv6_cidr_block: '2a05:d018::/64' } },
      aws_lb: {
        four: { subnets: ['${aws_subnet.a.id}'] },
        both: { subnets: ['${aws_subnet.a.id}'], ip_address_type: 'dualstack' },
      },
    });
    expect(
      interfaces.map(({ owner, addresses }) => [owner?.address, addresses.unknowns.map(({ family }) => family)]),
    ).toEqual([
      ['aws_lb.both', [4, 6]],
      ['aws_lb.four', [4]],
    ]);
  });

  it('is not modelled where some of its mappings are hidden', () => {
    const unmodelled = (subnet_mapping: unknown) =>
      networkOf(
        { ...TWO_ZONES, aws_lb: { front: { load_balancer_type: 'network', subnet_mapping } } },
        { variable: { x: {} } },
      ).unmodelled.map(({ resource }) => resource.address);
    expect(unmodelled([{ subnet_id: SUBNETS[0] }])).toEqual([]);
    expect(unmodelled('${var.x}')).toEqual(['aws_lb.front']);
    expect(unmodelled([{ subnet_id: SUBNETS[0] }, { subnet_id: '${var.x}' }])).toEqual(['aws_lb.front']);
  });

  it('has an address of the subnet that a mapping takes from what AWS chooses', () => {
    const interfaces = balancer(
      {
        subnets: null,
        load_balancer_type: 'network',
        subnet_mapping: [{ subnet_id: SUBNETS[0], private_ipv4_address: '${aws_instance.one.private_ip}' }],
      },
      { aws_instance: { one: { ami: 'ami-1', instance_type: 't3.micro', subnet_id: SUBNETS[0] } } },
    );
    expect(interfaces.map(({ addresses }) => text(addresses))).toEqual([
      ['aws_instance.one.private_ip in aws_subnet.a of network'],
    ]);
  });

  it('may have IPv6 addresses when a variable says which families it serves', () => {
    const { interfaces } = networkOf(
      { ...TWO_ZONES, aws_lb: { front: { subnets: SUBNETS, ip_address_type: '${var.x}' } } },
      { variable: { x: {} } },
    );
    // The subnets have no IPv6 block.
    expect(
      interfaces.map(({ addresses }) => [addresses.unknowns.map(({ family }) => family), reasons(addresses.doubts)]),
    ).toEqual([
      [[4], ['var.x']],
      [[4], ['var.x']],
    ]);
  });

  it('is not modelled in subnets that are not seen', () => {
    const { unmodelled } = networkOf(
      { ...TWO_ZONES, aws_lb: { front: { subnets: '${var.subnets}' } } },
      { variable: { subnets: {} } },
    );
    expect(unmodelled.map(({ resource, reason }) => `${resource.address} ${reason}`)).toEqual([
      'aws_lb.front stands in subnets that the estate does not show',
    ]);
  });
});

describe('listeners', () => {
  const listened = (parts: {
    readonly balancer?: object;
    readonly group?: object;
    readonly listener?: object;
    readonly more?: object;
  }) => {
    const resources = {
      ...TWO_ZONES,
      aws_lb: { front: { subnets: ['${aws_subnet.a.id}'], ...parts.balancer } },
      aws_lb_target_group: { app: { port: 8080, protocol: 'HTTP', vpc_id: VPC, target_type: 'ip', ...parts.group } },
      aws_lb_listener: {
        web: {
          load_balancer_arn: '${aws_lb.front.arn}',
          port: 443,
          protocol: 'HTTPS',
          default_action: [{ type: 'forward', target_group_arn: GROUP }],
          ...parts.listener,
        },
      },
      ...parts.more,
    };
    return networkOf(resources, { variable: { x: {} } });
  };
  const registered = (target_id: string, more: object = {}) => ({
    aws_lb_target_group_attachment: { one: { target_group_arn: GROUP, target_id, ...more } },
  });

  it('takes connections on its port and opens its own to the targets', () => {
    const relay = relayOf(listened({ more: registered('10.0.2.5') }), 'aws_lb_listener.web');
    expect(relay).toMatchObject({ kind: 'load-balancer', doubts: [], owner: { address: 'aws_lb.front' } });
    expect(relay.from.map((entry) => servicesText(entry.services))).toEqual([['6/443']]);
    expect(relay.to.map(exitText)).toEqual(['aws_subnet.a -> 10.0.2.5 6/8080']);
  });

  it('reaches a target on a port of its own, also outside the VPC', () => {
    const network = listened({ more: registered('192.168.7.7', { port: 9000, availability_zone: 'all' }) });
    expect(relayOf(network, 'aws_lb_listener.web').to.map(exitText)).toEqual(['aws_subnet.a -> 192.168.7.7 6/9000']);
  });

  it('passes on both transports of TCP_UDP', () => {
    const network = listened({
      balancer: { load_balancer_type: 'network' },
      group: { protocol: 'TCP_UDP', port: 53 },
      listener: { protocol: 'TCP_UDP', port: 53 },
      more: registered('10.0.2.5'),
    });
    const relay = relayOf(network, 'aws_lb_listener.web');
    expect(relay.from.map((entry) => servicesText(entry.services))).toEqual([['6/53', '17/53']]);
    expect(relay.to.map(exitText)).toEqual(['aws_subnet.a -> 10.0.2.5 6/53,17/53']);
  });

  it('follows weights and rules, not redirects', () => {
    const network = listened({
      listener: { default_action: [{ type: 'redirect', redirect: [{ status_code: 'HTTP_301', host: 'x.example' }] }] },
      more: {
        ...registered('10.0.2.5'),
        aws_lb_listener_rule: {
          api: {
            listener_arn: '${aws_lb_listener.web.arn}',
            action: [{ type: 'forward', forward: [{ target_group: [{ arn: GROUP, weight: 1 }] }] }],
            condition: [{ path_pattern: [{ values: ['/api'] }] }],
          },
        },
      },
    });
    expect(relayOf(network, 'aws_lb_listener.web').to.map(exitText)).toEqual(['aws_subnet.a -> 10.0.2.5 6/8080']);
  });

  it('asks an identity provider at an address that nobody knows', () => {
    const network = listened({
      listener: {
        default_action: [
          { type: 'authenticate-oidc', order: 1, authenticate_oidc: [{ issuer: 'https://idp.example' }] },
          { type: 'forward', order: 2, target_group_arn: GROUP },
        ],
      },
      more: registered('10.0.2.5'),
    });
    expect(relayOf(network, 'aws_lb_listener.web').to.map(exitText)).toEqual([
      'aws_subnet.a -> ? 6/443',
      'aws_subnet.a -> 10.0.2.5 6/8080',
    ]);
  });

  it('may lead anywhere when nothing that the estate shows is registered', () => {
    const relay = relayOf(listened({}), 'aws_lb_listener.web');
    expect(relay.to.map(exitText)).toEqual(['aws_subnet.a -> ? 6/8080']);
  });

  it('may lead anywhere when a variable names the group', () => {
    const listener = { default_action: [{ type: 'forward', target_group_arn: '${var.x}' }] };
    expect(relayOf(listened({ listener }), 'aws_lb_listener.web').to.map(exitText)).toEqual([
      'aws_subnet.a -> ? every',
    ]);
  });

  it('doubts its targets when a variable names the group of a registration', () => {
    const network = listened({
      more: {
        aws_lb_target_group_attachment: {
          one: { target_group_arn: GROUP, target_id: '10.0.2.5' },
          other: { target_group_arn: '${var.x}', target_id: '10.0.2.6' },
        },
      },
    });
    expect(relayOf(network, 'aws_lb_listener.web').to.map(exitText)).toEqual(['aws_subnet.a -> 10.0.2.5,? 6/8080']);
  });

  it('doubts its targets when a data source reads the group of a registration', () => {
    const network = networkOf(
      {
        ...TWO_ZONES,
        aws_lb: { front: { subnets: ['${aws_subnet.a.id}'] } },
        aws_lb_target_group: { app: { port: 8080, protocol: 'HTTP', vpc_id: VPC, target_type: 'ip' } },
        aws_lb_listener: {
          web: {
            load_balancer_arn: '${aws_lb.front.arn}',
            port: 443,
            protocol: 'HTTPS',
            default_action: [{ type: 'forward', target_group_arn: GROUP }],
          },
        },
        aws_lb_target_group_attachment: {
          one: { target_group_arn: GROUP, target_id: '10.0.2.5' },
          other: { target_group_arn: '${data.aws_lb_target_group.read.arn}', target_id: '10.0.2.6' },
        },
      },
      { data: { aws_lb_target_group: { read: { name: 'app' } } } },
    );
    expect(relayOf(network, 'aws_lb_listener.web').to.map(exitText)).toEqual(['aws_subnet.a -> 10.0.2.5,? 6/8080']);
  });

  it.each([
    [
      'a fleet',
      {
        aws_autoscaling_group: {
          app: { name: 'app', min_size: 1, max_size: 1, vpc_zone_identifier: SUBNETS, traffic_source: '${var.x}' },
        },
      },
    ],
    [
      'a link',
      {
        aws_autoscaling_traffic_source_attachment: {
          app: { autoscaling_group_name: 'app', traffic_source: '${var.x}' },
        },
      },
    ],
  ])('doubts its targets when the sources of %s are hidden', (_name, more) => {
    const network = listened({ more: { ...registered('10.0.2.5'), ...more } });
    expect(relayOf(network, 'aws_lb_listener.web').to.map(exitText)).toEqual(['aws_subnet.a -> 10.0.2.5,? 6/8080']);
  });

  it('may pass on to a target that is registered as often as a variable says', () => {
    const network = listened({ more: registered('10.0.2.5', { count: '${var.x}' }) });
    expect(relayOf(network, 'aws_lb_listener.web').to.map(exitText)).toEqual(['aws_subnet.a -> ? 6/8080']);
  });

  it('passes on to an application load balancer', () => {
    const network = listened({
      balancer: { load_balancer_type: 'network' },
      group: { target_type: 'alb', protocol: 'TCP', port: 443 },
      listener: { protocol: 'TCP' },
      more: {
        ...registered('${aws_alb.app.arn}'),
        aws_alb: { app: { subnets: ['${aws_subnet.b.id}'], internal: true } },
      },
    });
    expect(relayOf(network, 'aws_lb_listener.web').to.map(exitText)).toEqual([
      'aws_subnet.a -> aws_alb.app.private_ip in aws_subnet.b of network 6/443',
    ]);
  });

  describe('the addresses of clients', () => {
    const kept = (group: object, balancer: object = {}, more: object = registered('10.0.2.5')): readonly string[] => {
      const network = listened({
        balancer: { load_balancer_type: 'network', ...balancer },
        group: { protocol: 'TCP', ...group },
        listener: { protocol: 'TCP' },
        more,
      });
      const [exit, ...others] = relayOf(network, 'aws_lb_listener.web').to;
      if (exit?.kind !== 'interface' || others.length > 0) throw new TypeError('not one exit');
      return [String(exit.keepsSource.holds), ...reasons(exit.keepsSource.doubts)];
    };

    it.each([
      ['instance', 'TCP', undefined, 'true'],
      ['instance', 'TLS', undefined, 'true'],
      ['instance', 'UDP', undefined, 'true'],
      ['ip', 'TCP', undefined, 'false'],
      ['ip', 'TLS', undefined, 'false'],
      ['ip', 'UDP', undefined, 'true'],
      ['ip', 'TCP_UDP', undefined, 'true'],
      ['ip', 'QUIC', undefined, 'true'],
      ['ip', 'TCP_QUIC', undefined, 'true'],
      ['alb', 'TCP', undefined, 'true'],
      [null, 'TCP', undefined, 'true'],
      ['instance', 'TCP', false, 'false'],
      ['instance', 'TLS', 'false', 'false'],
      ['ip', 'TCP', true, 'true'],
      ['ip', 'TLS', 'true', 'true'],
      ['instance', 'UDP', false, 'true'],
      ['ip', 'QUIC', false, 'true'],
      ['alb', 'TCP', false, 'true'],
    ])('are kept or not by type %s, protocol %s and wish %s: %s', (target_type, protocol, wish, expected) => {
      expect(kept({ target_type, protocol, preserve_client_ip: wish ?? null })).toEqual([expected]);
    });

    it('may be kept where a variable decides, and not where all that it may be comes to the same', () => {
      expect(kept({ target_type: 'ip', preserve_client_ip: '${var.x}' })).toEqual(['true', 'var.x']);
      expect(kept({ target_type: '${var.x}' })).toEqual(['true', 'var.x']);
      expect(kept({ target_type: 'ip', protocol: '${var.x}' })).toEqual(['true', 'var.x']);
      expect(kept({ target_type: 'ip', protocol: 'UDP', preserve_client_ip: '${var.x}' })).toEqual(['true']);
      expect(kept({ target_type: 'instance', protocol: '${var.x}' })).toEqual(['true']);
      expect(kept({ target_type: '${var.x}', preserve_client_ip: true })).toEqual(['true']);
      expect(kept({ target_type: 'ip', protocol: '${var.x}', preserve_client_ip: true })).toEqual(['true']);
    });

    it('are kept by network load balancers alone', () => {
      expect(kept({ target_type: 'instance', protocol: 'HTTP' }, { load_balancer_type: 'application' })).toEqual([
        'false',
      ]);
      expect(kept({ target_type: 'instance' }, { load_balancer_type: '${var.x}' })).toEqual(['true', 'var.x']);
      expect(kept({ target_type: 'ip' }, { load_balancer_type: '${var.x}' })).toEqual(['false']);
    });

    it('may be kept towards a group that is not seen', () => {
      const network = listened({
        balancer: { load_balancer_type: 'network' },
        listener: { protocol: 'TCP', default_action: [{ type: 'forward', target_group_arn: '${var.x}' }] },
      });
      const [exit] = relayOf(network, 'aws_lb_listener.web').to;
      if (exit?.kind !== 'interface') throw new TypeError('no exit');
      expect([exit.keepsSource.holds, reasons(exit.keepsSource.doubts)]).toEqual([true, ['var.x']]);
    });

    it('are not kept of those who come by an endpoint', () => {
      const { relays } = listened({
        balancer: { load_balancer_type: 'network' },
        group: { target_type: 'instance', protocol: 'TCP' },
        listener: { protocol: 'TCP' },
        more: {
          ...registered('10.0.2.5'),
          aws_vpc_endpoint_service: {
            offered: { acceptance_required: false, network_load_balancer_arns: ['${aws_lb.front.arn}'] },
          },
        },
      });
      const offered = relays.filter(({ kind }) => kind === 'endpoint-service').flatMap(({ to }) => to);
      expect(offered.flatMap((exit) => (exit.kind === 'interface' ? [exit.keepsSource] : []))).toEqual([
        { holds: false, doubts: [] },
      ]);
    });
  });

  it('calls a function outside any VPC', () => {
    const network = listened({
      group: { target_type: 'lambda', port: null, protocol: null, vpc_id: null },
      more: {
        ...registered('${aws_lambda_function.f.arn}'),
        aws_lambda_function: { f: { function_name: 'f', role: 'arn:x' } },
      },
    });
    expect(relayOf(network, 'aws_lb_listener.web').to.map(exitText)).toEqual(['lambda in eu-west-1']);
  });

  it('delivers to a function in a VPC', () => {
    const network = listened({
      group: { target_type: 'lambda', port: null, protocol: null, vpc_id: null },
      more: {
        ...registered('${aws_lambda_function.f.arn}'),
        aws_security_group: { g: { vpc_id: VPC } },
        aws_lambda_function: {
          f: {
            function_name: 'f',
            role: 'arn:x',
            vpc_config: [{ subnet_ids: ['${aws_subnet.b.id}'], security_group_ids: ['${aws_security_group.g.id}'] }],
          },
        },
      },
    });
    expect(relayOf(network, 'aws_lb_listener.web').to.map(exitText)).toEqual([
      'delivered to aws_lambda_function.f in aws_subnet.b every',
    ]);
  });

  it('reaches instances, fleets and containers by their interfaces', () => {
    const network = listened({
      group: { target_type: 'instance' },
      more: {
        ...registered('${aws_instance.one.id}'),
        aws_instance: {
          one: { ami: 'ami-1', instance_type: 't3.micro', subnet_id: '${aws_subnet.b.id}', private_ip: '10.0.2.4' },
        },
        aws_ecs_service: {
          s: {
            name: 's',
            network_configuration: [{ subnets: ['${aws_subnet.b.id}'] }],
            load_balancer: [{ target_group_arn: GROUP, container_name: 'c', container_port: 9443 }],
          },
        },
      },
    });
    const [instance, container] = relayOf(network, 'aws_lb_listener.web').to;
    expect(instance === undefined ? null : exitText(instance)).toBe('aws_subnet.a -> 10.0.2.4 6/8080');
    expect(container === undefined ? null : exitText(container)).toBe(
      'aws_subnet.a -> aws_ecs_service.s.private_ip in aws_subnet.b of network 6/9443',
    );
  });

  it.each([
    ['its own argument', { target_group_arns: [GROUP] }, {}],
    [
      'an attachment',
      {},
      {
        aws_autoscaling_attachment: {
          app: { autoscaling_group_name: '${aws_autoscaling_group.app.name}', lb_target_group_arn: GROUP },
        },
      },
    ],
    [
      'a traffic source',
      {},
      {
        aws_autoscaling_traffic_source_attachment: {
          app: {
            autoscaling_group_name: '${aws_autoscaling_group.app.id}',
            traffic_source: [{ identifier: GROUP, type: 'elbv2' }],
          },
        },
      },
    ],
  ])('reaches a fleet that is registered by %s', (_name, fleet, more) => {
    const network = listened({
      group: { target_type: 'instance' },
      more: {
        aws_launch_template: { t: { image_id: 'ami-1', instance_type: 't3.micro' } },
        aws_autoscaling_group: {
          app: {
            name: 'app',
            min_size: 1,
            max_size: 2,
            vpc_zone_identifier: ['${aws_subnet.b.id}'],
            launch_template: [{ id: '${aws_launch_template.t.id}' }],
            ...fleet,
          },
        },
        ...more,
      },
    });
    expect(relayOf(network, 'aws_lb_listener.web').to.map(exitText)).toEqual([
      'aws_subnet.a -> aws_autoscaling_group.app.private_ip in aws_subnet.b of network 6/8080',
    ]);
  });

  it('may take and pass on anything where the port, the actions or the groups are hidden', () => {
    const more = registered('10.0.2.5');
    const port = relayOf(listened({ listener: { port: '${var.x}' }, more }), 'aws_lb_listener.web');
    expect(port.from.map((entry) => servicesText(entry.services))).toEqual([['?']]);
    const hidden = [
      { default_action: '${var.x}' },
      { default_action: [{ type: 'forward', forward: '${var.x}' }] },
      { default_action: [{ type: 'forward', forward: [{ target_group: '${var.x}' }] }] },
      { default_action: [{ type: '${var.x}' }] },
    ];
    for (const listener of hidden) {
      expect(relayOf(listened({ listener, more }), 'aws_lb_listener.web').to.map(exitText)).toEqual([
        'aws_subnet.a -> ? every',
      ]);
    }
  });

  it('passes nothing on that it only redirects', () => {
    const listener = { default_action: [{ type: 'redirect', redirect: [{ status_code: 'HTTP_301' }] }] };
    expect(listened({ listener }).relays.filter(({ kind }) => kind === 'load-balancer')).toEqual([]);
  });

  it('names a rule of a listener that is not in the estate as what is not modelled', () => {
    const more = {
      ...registered('10.0.2.5'),
      aws_lb_listener_rule: {
        api: {
          listener_arn: '${data.aws_lb_listener.theirs.arn}',
          action: [{ type: 'forward', target_group_arn: GROUP }],
          condition: [{ path_pattern: [{ values: ['/api'] }] }],
        },
      },
    };
    const network = networkOf({ ...TWO_ZONES, ...more }, { data: { aws_lb_listener: { theirs: { arn: 'arn:x' } } } });
    expect(network.unmodelled.map(({ resource, reason }) => `${resource.address} ${reason}`)).toEqual([
      'aws_lb_listener_rule.api forwards for a listener that the estate does not show',
    ]);
  });

  it('names a listener at a balancer that is not in the estate as what is not modelled', () => {
    const network = listened({ listener: { load_balancer_arn: '${var.x}' } });
    expect(network.unmodelled.map(({ resource }) => resource.address)).toEqual(['aws_lb_listener.web']);
    expect(network.relays.filter(({ kind }) => kind === 'load-balancer')).toEqual([]);
  });
});

describe('classic load balancers', () => {
  it('passes on from each listener to its instances', () => {
    const network = networkOf({
      ...TWO_ZONES,
      aws_instance: {
        one: { ami: 'ami-1', instance_type: 't3.micro', subnet_id: '${aws_subnet.b.id}', private_ip: '10.0.2.4' },
        two: { ami: 'ami-1', instance_type: 't3.micro', subnet_id: '${aws_subnet.b.id}', private_ip: '10.0.2.5' },
      },
      aws_elb: {
        old: {
          name: 'old',
          subnets: ['${aws_subnet.a.id}'],
          instances: ['${aws_instance.one.id}'],
          listener: [{ lb_port: 443, lb_protocol: 'ssl', instance_port: 8443, instance_protocol: 'tcp' }],
        },
      },
      aws_elb_attachment: { two: { elb: '${aws_elb.old.id}', instance: '${aws_instance.two.id}' } },
    });
    const relay = relayOf(network, 'aws_elb.old');
    expect(relay.from.map((entry) => servicesText(entry.services))).toEqual([['6/443']]);
    expect(relay.to.map(exitText)).toEqual(['aws_subnet.a -> 10.0.2.4,10.0.2.5 6/8443']);
    expect(ownedBy(network, 'aws_elb.old').map(({ isPublic }) => isPublic.holds)).toEqual([true]);
  });

  it('may lead anywhere when its instances are not seen', () => {
    const network = networkOf({
      ...TWO_ZONES,
      aws_elb: {
        old: {
          subnets: ['${aws_subnet.a.id}'],
          listener: [{ lb_port: 80, lb_protocol: 'http', instance_port: 80, instance_protocol: 'http' }],
        },
      },
    });
    const [exit] = relayOf(network, 'aws_elb.old').to;
    expect(exit?.kind === 'interface' ? reasons(exit.destinations.doubts) : []).toEqual(['aws_elb.old']);
  });

  const LISTENER = { lb_port: 80, lb_protocol: 'http', instance_port: 80, instance_protocol: 'http' };
  const classic = (balancer: object, more: object = {}) =>
    networkOf(
      {
        ...TWO_ZONES,
        aws_launch_template: { t: { image_id: 'ami-1', instance_type: 't3.micro' } },
        aws_instance: {
          one: { ami: 'ami-1', instance_type: 't3.micro', subnet_id: '${aws_subnet.b.id}', private_ip: '10.0.2.4' },
        },
        aws_elb: { old: { name: 'old', subnets: ['${aws_subnet.a.id}'], listener: [LISTENER], ...balancer } },
        ...more,
      },
      { variable: { x: {} } },
    );
  const fleet = (more: object = {}) => ({
    aws_autoscaling_group: {
      app: {
        name: 'app',
        min_size: 1,
        max_size: 2,
        vpc_zone_identifier: ['${aws_subnet.b.id}'],
        launch_template: [{ id: '${aws_launch_template.t.id}' }],
        ...more,
      },
    },
  });
  const ONE = { instances: ['${aws_instance.one.id}'] };

  it.each([
    ['a fleet that names it', fleet({ load_balancers: ['${aws_elb.old.name}'] }), 'aws_autoscaling_group.app'],
    [
      'a fleet that is attached to it',
      {
        ...fleet(),
        aws_autoscaling_attachment: {
          app: { autoscaling_group_name: '${aws_autoscaling_group.app.name}', elb: '${aws_elb.old.id}' },
        },
      },
      'aws_autoscaling_group.app',
    ],
    [
      'containers that name it',
      {
        aws_ecs_service: {
          s: {
            name: 's',
            network_configuration: [{ subnets: ['${aws_subnet.b.id}'] }],
            load_balancer: [{ elb_name: '${aws_elb.old.name}', container_name: 'c', container_port: 80 }],
          },
        },
      },
      'aws_ecs_service.s',
    ],
  ])('passes on to %s, and to nothing that is not seen', (_name, more, host) => {
    expect(relayOf(classic({}, more), 'aws_elb.old').to.map(exitText)).toEqual([
      `aws_subnet.a -> ${host}.private_ip in aws_subnet.b of network 6/80`,
    ]);
  });

  it.each([
    ['some of its instances are hidden', { instances: ['${aws_instance.one.id}', '${var.x}'] }, {}],
    [
      'an instance is attached to a balancer that is',
      ONE,
      { aws_elb_attachment: { a: { elb: '${var.x}', instance: 'i-1' } } },
    ],
    [
      'a fleet is attached to a balancer that is',
      ONE,
      {
        ...fleet(),
        aws_autoscaling_attachment: {
          app: { autoscaling_group_name: '${aws_autoscaling_group.app.name}', elb: '${var.x}' },
        },
      },
    ],
    ['a fleet names a balancer that is', ONE, fleet({ load_balancers: ['${var.x}'] })],
  ])('may lead to others as well where %s', (_name, balancer, more) => {
    expect(relayOf(classic(balancer, more), 'aws_elb.old').to.map(exitText)).toEqual([
      'aws_subnet.a -> 10.0.2.4,? 6/80',
    ]);
  });

  it('may lead to one that is attached as often as a variable says', () => {
    const more = {
      aws_elb_attachment: {
        one: { count: '${var.x}', elb: '${aws_elb.old.id}', instance: '${aws_instance.one.id}' },
      },
    };
    expect(relayOf(classic({}, more), 'aws_elb.old').to.map(exitText)).toEqual(['aws_subnet.a -> ? 6/80']);
  });

  it('may take and pass on anything where its listeners are hidden', () => {
    const relay = relayOf(classic({ ...ONE, listener: '${var.x}' }), 'aws_elb.old');
    expect(relay.from.map((entry) => servicesText(entry.services))).toEqual([['?']]);
    expect(relay.to.map(exitText)).toEqual(['aws_subnet.a -> 10.0.2.4 ?']);
  });
});
