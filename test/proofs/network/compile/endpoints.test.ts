import { describe, expect, it } from 'vitest';
import type { Topology } from '../../../../proofs/network/topology.ts';
import {
  exitText,
  networkOf,
  reasons,
  routeText,
  servicesText,
  text,
  TWO_ZONES,
} from '../../../support/network/compiled.ts';

const VPC = '${aws_vpc.main.id}';
const A = '${aws_subnet.a.id}';

function endpoint(more: object) {
  return { aws_vpc_endpoint: { e: { vpc_id: VPC, ...more } } };
}

function interfaceEndpoint(more: object, resources: object = {}) {
  return networkOf(
    { ...TWO_ZONES, ...endpoint({ vpc_endpoint_type: 'Interface', subnet_ids: [A], ...more }), ...resources },
    { variable: { x: {} } },
  );
}

function exits({ relays }: Topology, kind: string): readonly string[] {
  return relays.filter((relay) => relay.kind === kind).flatMap(({ to }) => to.map(exitText));
}

function service({ outsides }: Topology) {
  return outsides
    .filter(({ kind }) => kind === 'service' || kind === 'foreign-service')
    .map(({ kind, name, region }) => [kind, name, region]);
}

describe('interface endpoints', () => {
  it.each([
    ['com.amazonaws.eu-west-1.s3', {}, 'service', 's3 in eu-west-1', 'eu-west-1'],
    ['com.amazonaws.eu-west-1.ecr.api', {}, 'service', 'ecr.api in eu-west-1', 'eu-west-1'],
    ['com.amazonaws.us-east-1.s3', { service_region: 'us-east-1' }, 'service', 's3 in us-east-1', 'us-east-1'],
    ['aws.sagemaker.eu-west-1.notebook', {}, 'service', 'sagemaker.notebook in eu-west-1', 'eu-west-1'],
    ['aws.api.eu-west-1.bedrock', {}, 'service', 'bedrock in eu-west-1', 'eu-west-1'],
    ['com.amazonaws.s3-global.accesspoint', {}, 'service', 's3-global.accesspoint in every Region', 'every Region'],
    ['com.amazonaws.${var.x}.sts', {}, 'service', 'sts in eu-west-1', 'eu-west-1'],
    [
      'com.amazonaws.vpce.eu-west-1.vpce-svc-0abc',
      {},
      'foreign-service',
      'com.amazonaws.vpce.eu-west-1.vpce-svc-0abc',
      'eu-west-1',
    ],
    [
      'com.amazonaws.vpce.us-east-1.vpce-svc-0abc',
      { service_region: 'us-east-1' },
      'foreign-service',
      'com.amazonaws.vpce.us-east-1.vpce-svc-0abc',
      'us-east-1',
    ],
    ['partner.example.service', {}, 'foreign-service', 'partner.example.service', null],
  ])('leads by %s %o to a %s: %s', (service_name, more, kind, name, region) => {
    const network = interfaceEndpoint({ service_name, ...more });
    expect(service(network)).toEqual([[kind, name, region]]);
    expect(exits(network, 'interface-endpoint')).toEqual([name]);
  });

  it('takes a service that a variable names for one of somebody else', () => {
    expect(service(interfaceEndpoint({ service_name: '${var.x}' }))).toEqual([['foreign-service', 'var.x', null]]);
  });

  it('follows a data source that reads a service', () => {
    const network = networkOf(
      {
        ...TWO_ZONES,
        ...endpoint({
          vpc_endpoint_type: 'Interface',
          subnet_ids: [A],
          service_name: '${data.aws_vpc_endpoint_service.kms.service_name}',
        }),
      },
      { data: { aws_vpc_endpoint_service: { kms: { service: 'kms' } } } },
    );
    expect(service(network)).toEqual([['service', 'kms in eu-west-1', 'eu-west-1']]);
  });

  it('has the default security group of its VPC when it names none', () => {
    const { interfaces } = interfaceEndpoint({ service_name: 'com.amazonaws.eu-west-1.kms' });
    const own = interfaces.filter(({ owner }) => owner?.address === 'aws_vpc_endpoint.e');
    expect(own.map(({ subnet, groups }) => [subnet.origin.name, groups.map(({ item }) => item.origin.name)])).toEqual([
      ['aws_subnet.a', ['the default security group of aws_vpc.main']],
    ]);
  });

  it('reads subnets, groups and addresses that are tied to it in other ways', () => {
    const { interfaces } = interfaceEndpoint(
      {
        service_name: 'com.amazonaws.eu-west-1.kms',
        subnet_configuration: [{ subnet_id: A, ipv4: '10.0.1.44' }],
      },
      {
        aws_security_group: { g: { vpc_id: VPC } },
        aws_vpc_endpoint_subnet_association: {
          b: { vpc_endpoint_id: '${aws_vpc_endpoint.e.id}', subnet_id: '${aws_subnet.b.id}' },
        },
        aws_vpc_endpoint_security_group_association: {
          g: {
            vpc_endpoint_id: '${aws_vpc_endpoint.e.id}',
            security_group_id: '${aws_security_group.g.id}',
            replace_default_association: true,
          },
        },
      },
    );
    const own = interfaces.filter(({ owner }) => owner?.address === 'aws_vpc_endpoint.e');
    expect(
      own.map(({ subnet, addresses, groups }) => [
        subnet.origin.name,
        text(addresses),
        groups.map(({ item }) => item.origin.name),
      ]),
    ).toEqual([
      ['aws_subnet.a', ['10.0.1.44'], ['aws_security_group.g']],
      ['aws_subnet.b', ['aws_vpc_endpoint.e.private_ip in aws_subnet.b of network'], ['aws_security_group.g']],
    ]);
  });

  it('adds a group to the default one unless it takes its place', () => {
    const { interfaces } = interfaceEndpoint(
      { service_name: 'com.amazonaws.eu-west-1.kms' },
      {
        aws_security_group: { g: { vpc_id: VPC } },
        aws_vpc_endpoint_security_group_association: {
          g: { vpc_endpoint_id: '${aws_vpc_endpoint.e.id}', security_group_id: '${aws_security_group.g.id}' },
        },
      },
    );
    const own = interfaces.find(({ owner }) => owner?.address === 'aws_vpc_endpoint.e');
    expect(own?.groups.map(({ item }) => item.origin.name)).toEqual([
      'the default security group of aws_vpc.main',
      'aws_security_group.g',
    ]);
  });

  it.each([
    [{}, [4]],
    [{ ip_address_type: 'ipv4' }, [4]],
    [{ ip_address_type: 'ipv6' }, [6]],
    [{ ip_address_type: 'dualstack' }, [4, 6]],
  ])('has by %o addresses of the families %o', (more, families) => {
    const { interfaces } = networkOf({
      aws_vpc: { main: { cidr_block: '10.0.0.0/16', ipv6_cidr_block: '2a05:d018::/56' } },
      aws_subnet: { a: { vpc_id: VPC, cidr_block: '10.0.1.0/24', ipv6_cidr_block: '2a05:d018::/64' } },
      ...endpoint({
        vpc_endpoint_type: 'Interface',
        subnet_ids: [A],
        service_name: 'com.amazonaws.eu-west-1.kms',
        ...more,
      }),
    });
    expect(interfaces.map(({ addresses }) => addresses.unknowns.map(({ family }) => family))).toEqual([families]);
  });

  it('stands once in a subnet that is named twice, with the address that it is given there', () => {
    const { interfaces } = interfaceEndpoint({
      service_name: 'com.amazonaws.eu-west-1.kms',
      subnet_ids: [A, A],
      subnet_configuration: [{ subnet_id: A, ipv4: '10.0.1.44' }],
    });
    expect(interfaces.map(({ addresses }) => text(addresses))).toEqual([['10.0.1.44']]);
  });

  it.each([
    ['com.amazonaws.${var.x}.vpce-svc-0abc'],
    ['${var.x}.com.s3'],
    ['com.amazonaws.${var.x}'],
    ['com.amazonaws.${var.x}.a.${var.x}'],
  ])('takes %s for a service of somebody else', (service_name) => {
    expect(service(interfaceEndpoint({ service_name })).map(([kind]) => kind)).toEqual(['foreign-service']);
  });

  it('is not modelled in subnets that are not seen, nor of a kind that is not', () => {
    const hidden = interfaceEndpoint({ service_name: 'com.amazonaws.eu-west-1.kms', subnet_ids: '${var.x}' });
    expect(hidden.unmodelled.map(({ reason }) => reason)).toEqual(['stands in subnets that the estate does not show']);
    const kind = interfaceEndpoint({ service_name: 'com.amazonaws.eu-west-1.kms', vpc_endpoint_type: '${var.x}' });
    expect(kind.unmodelled.map(({ reason }) => reason)).toEqual([
      'is an endpoint of a kind that the input does not show',
    ]);
  });
});

describe('gateway endpoints', () => {
  const TABLES = {
    aws_route_table: { t: { vpc_id: VPC }, u: { vpc_id: VPC } },
    aws_route_table_association: {
      t: { subnet_id: A, route_table_id: '${aws_route_table.t.id}' },
      u: { subnet_id: '${aws_subnet.b.id}', route_table_id: '${aws_route_table.u.id}' },
    },
  };
  const routes = ({ subnets }: Topology) =>
    subnets.map(({ tables }) =>
      tables.flatMap(({ item }) => item.routes.filter(({ precedence }) => precedence !== 'local').map(routeText)),
    );
  const S3 = 'prefix list com.amazonaws.eu-west-1.s3 -> s3 in eu-west-1';

  it('is what an endpoint is by default: a route in each of its tables, inline or associated', () => {
    const inline = networkOf({
      ...TWO_ZONES,
      ...TABLES,
      ...endpoint({ service_name: 'com.amazonaws.eu-west-1.s3', route_table_ids: ['${aws_route_table.t.id}'] }),
    });
    expect(routes(inline)).toEqual([[S3], []]);
    const associated = networkOf({
      ...TWO_ZONES,
      ...TABLES,
      ...endpoint({ service_name: 'com.amazonaws.eu-west-1.s3' }),
      aws_vpc_endpoint_route_table_association: {
        u: { vpc_endpoint_id: '${aws_vpc_endpoint.e.id}', route_table_id: '${aws_route_table.u.id}' },
      },
    });
    expect(routes(associated)).toEqual([[], [S3]]);
  });

  it('leads only to the addresses of its service, of which no prefix is as short as a default route', () => {
    const network = networkOf({
      ...TWO_ZONES,
      ...TABLES,
      ...endpoint({ service_name: 'com.amazonaws.eu-west-1.s3', route_table_ids: ['${aws_route_table.t.id}'] }),
    });
    const outside = network.outsides.find(({ kind }) => kind === 'service');
    const listed = outside?.addresses.unknowns.filter(({ family }) => family === 4) ?? [];
    expect(listed.map(({ name, length }) => [name, length > 0])).toEqual([
      ['prefix list com.amazonaws.eu-west-1.s3', true],
    ]);
  });

  it.each([
    ['ipv4', ['prefix list com.amazonaws.eu-west-1.s3']],
    ['ipv6', ['prefix list com.amazonaws.eu-west-1.ipv6.s3']],
    ['dualstack', ['prefix list com.amazonaws.eu-west-1.s3', 'prefix list com.amazonaws.eu-west-1.ipv6.s3']],
  ])('routes as %s to %o', (ip_address_type, lists) => {
    const network = networkOf({
      ...TWO_ZONES,
      ...TABLES,
      ...endpoint({
        service_name: 'com.amazonaws.eu-west-1.s3',
        route_table_ids: ['${aws_route_table.t.id}'],
        ip_address_type,
      }),
    });
    expect(routes(network)[0]).toEqual(lists.map((list) => `${list} -> s3 in eu-west-1`));
  });

  it('doubts the route of an association that may not exist', () => {
    const network = networkOf(
      {
        ...TWO_ZONES,
        ...TABLES,
        ...endpoint({ service_name: 'com.amazonaws.eu-west-1.s3' }),
        aws_vpc_endpoint_route_table_association: {
          u: {
            count: '${var.x ? 1 : 0}',
            vpc_endpoint_id: '${aws_vpc_endpoint.e.id}',
            route_table_id: '${aws_route_table.u.id}',
          },
        },
      },
      { variable: { x: {} } },
    );
    expect(routes(network)).toEqual([[], [`${S3} ?`]]);
  });

  it('may be in any table when a variable names it', () => {
    const network = networkOf(
      {
        ...TWO_ZONES,
        ...TABLES,
        ...endpoint({ service_name: 'com.amazonaws.eu-west-1.s3', route_table_ids: '${var.x}' }),
      },
      { variable: { x: {} } },
    );
    expect(routes(network)).toEqual([[`${S3} ?`], [`${S3} ?`]]);
  });

  it('doubts a route to an endpoint that is not seen', () => {
    const network = networkOf({
      ...TWO_ZONES,
      ...TABLES,
      aws_vpc_endpoint_route_table_association: {
        u: { vpc_endpoint_id: 'vpce-0abc', route_table_id: '${aws_route_table.u.id}' },
      },
    });
    expect(routes(network)).toEqual([[], ['any -> hidden ?']]);
  });

  it('is not modelled when its service is not seen', () => {
    const network = networkOf(
      { ...TWO_ZONES, ...TABLES, ...endpoint({ service_name: '${var.x}' }) },
      { variable: { x: {} } },
    );
    expect(network.unmodelled.map(({ reason }) => reason)).toEqual([
      'routes to a service that the input does not show',
    ]);
  });
});

describe('services that the estate offers', () => {
  const offered = (parts: { readonly service?: object; readonly balancer?: object; readonly more?: object }) =>
    networkOf({
      ...TWO_ZONES,
      aws_lb: { front: { load_balancer_type: 'network', internal: true, subnets: [A], ...parts.balancer } },
      aws_lb_target_group: { app: { port: 8443, protocol: 'TCP', vpc_id: VPC, target_type: 'ip' } },
      aws_lb_listener: {
        tls: {
          load_balancer_arn: '${aws_lb.front.arn}',
          port: 443,
          protocol: 'TLS',
          default_action: [{ type: 'forward', target_group_arn: '${aws_lb_target_group.app.arn}' }],
        },
      },
      aws_lb_target_group_attachment: {
        one: { target_group_arn: '${aws_lb_target_group.app.arn}', target_id: '10.0.2.5' },
      },
      aws_vpc_endpoint_service: {
        s: {
          acceptance_required: false,
          allowed_principals: ['*'],
          network_load_balancer_arns: ['${aws_lb.front.arn}'],
          ...parts.service,
        },
      },
      ...parts.more,
    });
  const relay = (network: Topology) => network.relays.filter(({ kind }) => kind === 'endpoint-service');
  const EXITS = ['delivered to aws_lb.front in aws_subnet.a 6/443', 'aws_subnet.a -> 10.0.2.5 6/8443'];

  it('lets whom it admits in, to the balancer and on to its targets', () => {
    const [only, ...more] = relay(offered({}));
    expect(more).toEqual([]);
    expect(only).toMatchObject({ doubts: [], owner: { address: 'aws_vpc_endpoint_service.s' } });
    expect(only?.from.map((entry) => [entry.kind, servicesText(entry.services)])).toEqual([['outside', ['6/443']]]);
    expect(only?.to.map(exitText)).toEqual(EXITS);
  });

  it.each([
    ['admits nobody by name', { service: { allowed_principals: null } }],
    ['accepts each connection', { service: { acceptance_required: true } }],
  ])('is doubtful when it %s', (_name, parts) => {
    expect(relay(offered(parts)).map(({ doubts }) => reasons(doubts))).toEqual([['aws_vpc_endpoint_service.s']]);
  });

  it('is not kept by groups of the balancer that do not look at endpoints', () => {
    const groups = { security_groups: ['${aws_security_group.g.id}'] };
    const more = { aws_security_group: { g: { vpc_id: VPC } } };
    const enforced = relay(offered({ balancer: groups, more }));
    expect(enforced.map(({ doubts }) => reasons(doubts))).toEqual([['aws_lb.front']]);
    const on = { ...groups, enforce_security_group_inbound_rules_on_private_link_traffic: 'on' };
    expect(relay(offered({ balancer: on, more })).map(({ doubts }) => reasons(doubts))).toEqual([['aws_lb.front']]);
    const off = { ...groups, enforce_security_group_inbound_rules_on_private_link_traffic: 'off' };
    expect(relay(offered({ balancer: off, more })).map(({ doubts }) => doubts)).toEqual([[]]);
  });

  it('admits principals that are resources of their own', () => {
    const more = {
      aws_vpc_endpoint_service_allowed_principal: {
        all: { vpc_endpoint_service_id: '${aws_vpc_endpoint_service.s.id}', principal_arn: '*' },
      },
    };
    expect(relay(offered({ service: { allowed_principals: null }, more })).map(({ doubts }) => doubts)).toEqual([[]]);
  });

  describe('that must be accepted', () => {
    const ACCEPTER = 'aws_vpc_endpoint_connection_accepter';
    const consumers = (accepters: object, more: object = {}) => {
      const network = offered({
        service: { acceptance_required: true },
        more: {
          aws_vpc_endpoint: Object.fromEntries(
            ['e', 'f'].map((name) => [
              name,
              {
                vpc_id: VPC,
                vpc_endpoint_type: 'Interface',
                subnet_ids: ['${aws_subnet.b.id}'],
                service_name: '${aws_vpc_endpoint_service.s.service_name}',
                ...more,
              },
            ]),
          ),
          [ACCEPTER]: accepters,
        },
      });
      return network.relays
        .filter(({ kind }) => kind === 'endpoint-service' || kind === 'interface-endpoint')
        .map(({ origin, doubts }) => `${origin.name}${doubts.length > 0 ? ' ?' : ''}`)
        .toSorted();
    };
    const accept = (vpc_endpoint_id: string, more: object = {}) => ({
      a: { vpc_endpoint_service_id: '${aws_vpc_endpoint_service.s.id}', vpc_endpoint_id, ...more },
    });
    const [SERVICE, E, F] = ['aws_vpc_endpoint_service.s', 'aws_vpc_endpoint.e', 'aws_vpc_endpoint.f'];

    it.each([
      ['nothing', {}, [`${E} ?`, `${F} ?`, `${SERVICE} ?`]],
      ['the one endpoint that an accepter names', accept('${aws_vpc_endpoint.e.id}'), [E, `${F} ?`, `${SERVICE} ?`]],
      ['an endpoint of somebody else', accept('vpce-0abc'), [`${E} ?`, `${F} ?`, SERVICE]],
      [
        'nothing for sure where a variable says how often',
        accept('${aws_vpc_endpoint.e.id}', { count: '${var.x}' }),
        [`${E} ?`, `${F} ?`, `${SERVICE} ?`],
      ],
    ])('lets %s in', (_name, accepters, expected) => {
      expect(consumers(accepters)).toEqual(expected);
    });

    it('lets in what accepts itself', () => {
      expect(consumers({}, { auto_accept: true })).toEqual([E, F, `${SERVICE} ?`]);
      expect(consumers({}, { auto_accept: false })).toEqual([`${E} ?`, `${F} ?`, `${SERVICE} ?`]);
    });
  });

  it('may not be offered where a variable says how often', () => {
    const doubts = relay(offered({ service: { count: '${var.x}' } })).map((one) => reasons(one.doubts));
    expect(doubts).toEqual([['aws_vpc_endpoint_service.s']]);
  });

  it('is not modelled with a balancer that is not seen', () => {
    const network = offered({
      service: { network_load_balancer_arns: ['arn:aws:elasticloadbalancing:eu-west-1:9:x'] },
    });
    expect(network.unmodelled.map(({ resource, reason }) => `${resource.address} ${reason}`)).toEqual([
      'aws_vpc_endpoint_service.s offers a load balancer that the estate does not show',
    ]);
    expect(relay(network)).toEqual([]);
  });

  it('is reached by an endpoint of the estate', () => {
    const network = offered({
      more: endpoint({
        vpc_endpoint_type: 'Interface',
        subnet_ids: ['${aws_subnet.b.id}'],
        service_name: '${aws_vpc_endpoint_service.s.service_name}',
      }),
    });
    const own = network.relays.filter(({ kind }) => kind === 'interface-endpoint');
    expect(own.map(({ doubts, to }) => [doubts, to.map(exitText)])).toEqual([[[], EXITS]]);
  });
});
