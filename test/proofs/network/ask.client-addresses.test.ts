import { describe, expect, it } from 'vitest';
import { ask } from '../../../proofs/network/ask.ts';
import { decide } from '../../../proofs/network/decide.ts';
import { compileFlowGraph } from '../../../proofs/network/flow/compile.ts';
import type { Finding, Place, Question } from '../../../proofs/network/question.ts';
import type { AclRule, Topology, Truth } from '../../../proofs/network/topology.ts';
import { verify } from '../../../proofs/network/verify.ts';
import { networkOf, reasons } from '../../support/network/compiled.ts';
import {
  addresses,
  at,
  between,
  doubt,
  Network,
  NO,
  permit,
  route,
  rule,
  services,
  sure,
  tcp,
  YES,
} from '../../support/network/topology.ts';

const WEB = services(tcp(443));
const UNSURE: Truth = { holds: true, doubts: [doubt('var.preserve')] };
const SHUTS_OUT_BALANCER = [
  rule({ number: 1, allows: false, addresses: addresses('10.0.1.0/24') }),
  rule({ number: 2 }),
];
const SHUTS_OUT_CLIENTS = [rule({ addresses: addresses('10.0.1.0/24') })];
const SHUTS_OUT_BOTH = [rule({ addresses: addresses('10.0.9.0/24') })];

interface Balanced {
  readonly net: Network;
  readonly internet: ReturnType<Network['outside']>;
  readonly front: ReturnType<Network['interface']>;
  readonly data: ReturnType<Network['subnet']>;
  readonly app: ReturnType<Network['interface']>;
}

/** A balancer that faces the Internet, and a target whose subnet has a list. */
function balanced(keepsSource: Truth, ingress?: readonly AclRule[]): Balanced {
  const net = new Network();
  const vpc = net.vpc('10.0.0.0/16');
  const internet = net.outside('the Internet');
  const door = net.door('internet', vpc, internet);
  const edge = net.subnet(vpc, '10.0.1.0/24', { name: 'edge', routes: [route('0.0.0.0/0', { kind: 'door', door })] });
  const acls = sure(net.acl(ingress === undefined ? {} : { ingress }));
  const data = net.subnet(vpc, '10.0.2.0/24', { name: 'data', acls });
  const front = net.interface(edge, '10.0.1.9', { name: 'balancer', isPublic: YES });
  const app = net.interface(data, '10.0.2.5', { name: 'app' });
  net.relay(
    [{ kind: 'interface', interface: front, services: WEB }],
    [{ kind: 'interface', interface: front, destinations: app.addresses, services: services(tcp(8080)), keepsSource }],
    { name: 'listener' },
  );
  return { net, internet, front, data, app };
}

function finding(topology: Topology, question: Question): Finding {
  const [only] = ask(topology, question).findings;
  if (only === undefined) throw new TypeError('a question without a place');
  return only.finding;
}

function told(found: Finding): readonly string[] {
  return found.kind === 'unproven' ? [found.kind, ...reasons(found.because)] : [found.kind];
}

describe('a balancer that keeps the source', () => {
  const asked = (keepsSource: Truth, ingress?: readonly AclRule[]): readonly string[] => {
    const { net, internet, data } = balanced(keepsSource, ingress);
    return told(finding(net.topology, between([internet], [data])));
  };

  it('is read by the list of its target as the client', () => {
    expect(asked(YES)).toEqual(['path']);
    expect(asked(YES, SHUTS_OUT_BALANCER)).toEqual(['path']);
    expect(asked(YES, SHUTS_OUT_CLIENTS)).toEqual(['none']);
    expect(asked(YES, SHUTS_OUT_BOTH)).toEqual(['none']);
  });

  it('is read as itself where it does not', () => {
    expect(asked(NO)).toEqual(['path']);
    expect(asked(NO, SHUTS_OUT_BALANCER)).toEqual(['none']);
    expect(asked(NO, SHUTS_OUT_CLIENTS)).toEqual(['path']);
  });

  it('may be either where it is not known, and that is why nothing is proved', () => {
    expect(asked(UNSURE, SHUTS_OUT_BALANCER)).toEqual(['unproven', 'var.preserve']);
    expect(asked(UNSURE, SHUTS_OUT_CLIENTS)).toEqual(['unproven', 'var.preserve']);
    expect(asked(UNSURE, SHUTS_OUT_BOTH)).toEqual(['none']);
  });

  it('is walked with the source of the client', () => {
    const { net, internet, app } = balanced(YES, SHUTS_OUT_BALANCER);
    const found = finding(net.topology, between([internet], [app]));
    if (found.kind !== 'path') throw new TypeError(found.kind);
    const sent = found.trace.hops.find(({ what }) => what === "sends it on with the client's address");
    expect(sent?.packet).toEqual({
      source: found.trace.packet.source,
      destination: { kind: 'number', family: 4, value: 0x0a000205n },
      service: tcp(8080).first,
    });
  });

  it('has an address of its own for clients of the other family', () => {
    const net = new Network();
    const vpc = net.vpc(addresses('10.0.0.0/16', '2a05:d018::/56'));
    const edge = net.subnet(vpc, addresses('10.0.1.0/24', '2a05:d018:0:1::/64'));
    const data = net.subnet(vpc, '10.0.2.0/24', { acls: sure(net.acl({ ingress: SHUTS_OUT_CLIENTS })) });
    const client = net.interface(edge, '2a05:d018:0:1::7');
    const front = net.interface(edge, addresses('10.0.1.9', '2a05:d018:0:1::9'));
    net.relay(
      [{ kind: 'interface', interface: front, services: WEB }],
      [
        {
          kind: 'interface',
          interface: front,
          destinations: addresses('10.0.2.5'),
          services: WEB,
          keepsSource: YES,
        },
      ],
    );
    expect(told(finding(net.topology, between([client], [data])))).toEqual(['path']);
    Object.assign(data, { acls: sure(net.acl({ ingress: SHUTS_OUT_BALANCER })) });
    expect(told(finding({ ...net.topology }, between([client], [data])))).toEqual(['none']);
  });

  it('leaves open with which source it is handed something', () => {
    const { net, internet, front, data } = balanced(YES, SHUTS_OUT_BALANCER);
    const elsewhere = net.outside('a service');
    net.relay(
      [{ kind: 'outside', outside: elsewhere, services: WEB }],
      [{ kind: 'delivery', interface: front, services: WEB }],
    );
    expect(told(finding(net.topology, between([elsewhere], [front])))).toEqual(['path']);
    expect(told(finding(net.topology, between([elsewhere], [data])))).toEqual([
      'unproven',
      'what is handed over past the network',
    ]);
    expect(told(finding(net.topology, between([internet], [data])))).toEqual(['path']);
  });

  it('may be let in by rules that name its group', () => {
    const groups = (net: Network) => {
      const own = net.group({ name: 'balancers', ingress: [permit()], egress: [permit()] });
      return {
        front: { groups: sure(own), allowsAll: false },
        app: { groups: sure(net.group({ ingress: [permit({ peer: own })] })), allowsAll: false },
      };
    };
    const { net, internet, front, app } = balanced(YES, SHUTS_OUT_BALANCER);
    const made = groups(net);
    Object.assign(front, made.front);
    Object.assign(app, made.app);
    expect(told(finding(net.topology, between([internet], [app])))).toEqual(['unproven', 'balancer']);
    const open = balanced(NO);
    const own = groups(open.net);
    Object.assign(open.front, own.front);
    Object.assign(open.app, own.app);
    expect(told(finding(open.net.topology, between([open.internet], [open.app])))).toEqual(['path']);
  });
});

describe('the certificate of a closed target', () => {
  it('holds, and no packet can be left out of it at the balancer', () => {
    const { net, internet, data } = balanced(YES, SHUTS_OUT_CLIENTS);
    const { topology } = net;
    const question = between([internet], [data]);
    const { decisions, certificate } = decide(topology, question);
    expect(decisions).toEqual([{ kind: 'none' }]);
    const graph = compileFlowGraph(topology);
    const proved: readonly Place[] = [at(internet)];
    const made = certificate();
    expect(verify(graph, { question, certificate: made, proved })).toEqual({ kind: 'ok' });
    // It leaves out the sources that come from the Internet, and what it holds of others nobody can take away.
    const name = 'sent on with its source by listener to 1';
    for (const left of [name, 'relayed by listener']) {
      const nodes = made.nodes.filter((own) => own.node !== left);
      expect(nodes.length).toBe(made.nodes.length - 1);
      expect(verify(graph, { question, certificate: { ...made, nodes }, proved }).kind).toBe('broken');
    }
    const every = { sources: ['any IPv4'], destinations: ['10.0.2.5-10.0.2.5'], services: ['any'] };
    const wide = made.nodes.map((own) => (own.node === name ? { ...own, boxes: [...own.boxes, every] } : own));
    expect(verify(graph, { question, certificate: { ...made, nodes: wide }, proved })).toEqual({
      kind: 'broken',
      at: `relayed by listener -> ${name}`,
    });
  });
});

describe('a network load balancer in Terraform', () => {
  const everyone = { protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'] };
  const line = (rule_no: number, action: string, cidr_block: string): object => ({
    rule_no,
    action,
    cidr_block,
    protocol: '-1',
    from_port: 0,
    to_port: 0,
  });
  const asked = (ingress: readonly object[], group: object = {}): readonly string[] => {
    const topology = networkOf(
      {
        aws_vpc: { v: { cidr_block: '10.0.0.0/16' } },
        aws_internet_gateway: { i: { vpc_id: '${aws_vpc.v.id}' } },
        aws_subnet: {
          edge: { vpc_id: '${aws_vpc.v.id}', cidr_block: '10.0.0.0/24' },
          data: { vpc_id: '${aws_vpc.v.id}', cidr_block: '10.0.1.0/24' },
        },
        aws_security_group: { open: { vpc_id: '${aws_vpc.v.id}', ingress: [everyone], egress: [everyone] } },
        aws_network_acl: {
          data: {
            vpc_id: '${aws_vpc.v.id}',
            subnet_ids: ['${aws_subnet.data.id}'],
            ingress,
            egress: [line(100, 'allow', '0.0.0.0/0')],
          },
        },
        aws_instance: {
          ledger: {
            subnet_id: '${aws_subnet.data.id}',
            ami: 'ami-1',
            instance_type: 't3.micro',
            vpc_security_group_ids: ['${aws_security_group.open.id}'],
          },
        },
        aws_lb: { n: { load_balancer_type: 'network', internal: false, subnets: ['${aws_subnet.edge.id}'] } },
        aws_lb_target_group: {
          g: { port: 443, protocol: 'TCP', vpc_id: '${aws_vpc.v.id}', target_type: 'instance', ...group },
        },
        aws_lb_target_group_attachment: {
          a: { target_group_arn: '${aws_lb_target_group.g.arn}', target_id: '${aws_instance.ledger.id}' },
        },
        aws_lb_listener: {
          l: {
            load_balancer_arn: '${aws_lb.n.arn}',
            port: 443,
            protocol: 'TCP',
            default_action: [{ type: 'forward', target_group_arn: '${aws_lb_target_group.g.arn}' }],
          },
        },
      },
      { variable: { x: {} } },
    );
    expect(topology.unmodelled).toEqual([]);
    const data = topology.subnets.filter(({ origin }) => origin.name === 'aws_subnet.data');
    const internet = topology.outsides.filter(({ kind }) => kind === 'internet');
    return told(finding(topology, between(internet, data)));
  };
  const deny = [line(90, 'deny', '10.0.0.0/16'), line(100, 'allow', '0.0.0.0/0')];
  const own = [line(100, 'allow', '10.0.0.0/16')];

  it('is no way past a list that shuts out its clients, and one past a list that shuts out the balancer', () => {
    expect(asked(deny)).toEqual(['path']);
    expect(asked(own)).toEqual(['none']);
  });

  it('is the other way round where it does not keep their addresses', () => {
    expect(asked(deny, { preserve_client_ip: 'false' })).toEqual(['none']);
    expect(asked(own, { preserve_client_ip: 'false' })).toEqual(['path']);
  });

  it('is not decided where a variable says which', () => {
    expect(asked(deny, { preserve_client_ip: '${var.x}' })).toEqual(['unproven', 'var.x']);
    expect(asked(own, { preserve_client_ip: '${var.x}' })).toEqual(['unproven', 'var.x']);
  });
});

describe('a rule that names a group', () => {
  it('certainly means its members in the VPC of the rule, and may mean those of another', () => {
    const net = new Network();
    const [near, far] = [net.vpc('10.0.0.0/16'), net.vpc('10.1.0.0/16')];
    const peering = net.peering([near, far]);
    const home = net.subnet(near, '10.0.1.0/24', { routes: [route('10.1.0.0/16', { kind: 'peering', peering })] });
    const away = net.subnet(far, '10.1.1.0/24', { routes: [route('10.0.0.0/16', { kind: 'peering', peering })] });
    const readers = net.group({ name: 'readers', egress: [permit()] });
    const store = net.interface(home, '10.0.1.9', {
      groups: sure(net.group({ ingress: [permit({ peer: readers })] })),
      allowsAll: false,
    });
    const member = net.interface(home, '10.0.1.5', { groups: sure(readers), allowsAll: false });
    const foreign = net.interface(away, '10.1.1.5', { groups: sure(readers), allowsAll: false });
    const stranger = net.interface(away, '10.1.1.6');
    const asked = (part: typeof member): readonly string[] => told(finding(net.topology, between([part], [store])));
    expect(asked(member)).toEqual(['path']);
    expect(asked(foreign)).toEqual(['unproven', 'a rule that names a security group']);
    expect(asked(stranger)).toEqual(['none']);
    // And the other way: the rule lets out, and its group is carried in the other VPC.
    const writer = net.interface(home, '10.0.1.6', {
      groups: sure(net.group({ egress: [permit({ peer: readers })] })),
      allowsAll: false,
    });
    Object.assign(readers, { ingress: [permit()] });
    expect(told(finding({ ...net.topology }, between([writer], [member])))).toEqual(['path']);
    expect(told(finding({ ...net.topology }, between([writer], [foreign])))).toEqual([
      'unproven',
      'a rule that names a security group',
    ]);
  });
});
