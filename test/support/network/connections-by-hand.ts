import { type Packet, Walk } from './brute-force.ts';
import type { HostDrawing, Scenario, SubnetDrawing } from './scenario.ts';

/** Ends of the ranges of ports that clients choose from. */
const CLIENT_PORTS = [1024, 32_768, 49_152, 65_535] as const;

/** Where a request of a host has arrived, and by what it has come. */
interface Arrival {
  readonly at: { readonly host: HostDrawing } | { readonly vpc: string; readonly door: 'internet' | 'egress-only' };
  readonly packet: Packet;
}

/** Whether a host can talk to an address on a port: a request that arrives, and a reply that comes back to any port. */
export function talksTo(scenario: Scenario, { client, source, server, destination, port }: Talk): boolean {
  const request = new RequestWalk(scenario, port, new Set());
  request.fromHost(client, { source, destination, trail: [] });
  return request.arrivals.some((arrival) => {
    const isServer = 'host' in arrival.at ? server !== 'world' && arrival.at.host.id === server.id : server === 'world';
    return isServer && CLIENT_PORTS.every((answer) => comesBack(scenario, { client, arrival, source, answer }));
  });
}

export interface Talk {
  readonly client: HostDrawing;
  readonly source: string;
  readonly server: HostDrawing | 'world';
  readonly destination: string;
  readonly port: number;
}

class RequestWalk extends Walk {
  readonly arrivals: Arrival[] = [];

  override arriveAt(host: HostDrawing, packet: Packet): void {
    this.arrivals.push({ at: { host }, packet });
  }

  override arriveInWorld(packet: Packet, vpc: string, door: 'internet' | 'egress-only'): void {
    this.arrivals.push({ at: { vpc, door }, packet });
  }

  /** Round and round by one box teaches nothing new. */
  override passed(packet: Packet, box: string): Packet | null {
    const { source, trail = [] } = packet;
    const step = `${box} ${source}`;
    return trail.includes(step) ? null : { ...packet, trail: [...trail, step] };
  }
}

interface Answer {
  readonly client: HostDrawing;
  readonly arrival: Arrival;
  readonly source: string;
  readonly answer: number;
}

/** The reply, back from NAT gateway to NAT gateway and at last to the client, by the boxes of the request and no others. */
function comesBack(scenario: Scenario, { client, arrival: { at, packet }, source, answer }: Answer): boolean {
  const server = packet.destination;
  let boxes: string[] = [];
  let back: Packet = { source: server, destination: packet.source };
  let from: typeof at | SubnetDrawing = at;
  for (const step of (packet.trail ?? []).toReversed()) {
    // `firewall f 10.0.0.1`, `host h 10.0.0.1`, `nat n 10.0.0.1 10.0.0.1`
    const [kind = '', id = '', original = ''] = step.split(' ');
    if (kind !== 'nat') {
      boxes.push(`${kind} ${id}`);
      continue;
    }
    const nat = scenario.nats.find((candidate) => candidate.id === id);
    if (nat === undefined || !walkBack(scenario, { from, back, boxes, answer, goal: { nat: id } })) return false;
    const subnet = scenario.subnets.find((candidate) => candidate.id === nat.subnet);
    if (subnet === undefined) return false;
    from = subnet;
    back = { source: server, destination: original };
    boxes = [];
  }
  return back.destination === source && walkBack(scenario, { from, back, boxes, answer, goal: { host: client.id } });
}

type Goal = { readonly nat: string } | { readonly host: string };

function walkBack(
  scenario: Scenario,
  leg: {
    readonly from: Arrival['at'] | SubnetDrawing;
    readonly back: Packet;
    readonly boxes: readonly string[];
    readonly answer: number;
    readonly goal: Goal;
  },
): boolean {
  const walk = new ReplyWalk(scenario, leg.answer, leg);
  if ('host' in leg.from) walk.emit(walk.subnet(leg.from.host.subnet), { ...leg.back, trail: [] });
  else if ('door' in leg.from) walk.fromDoor(leg.from.vpc, leg.from.door, { ...leg.back, trail: [] });
  else walk.emit(leg.from, { ...leg.back, trail: [] });
  return walk.isBack;
}

class ReplyWalk extends Walk {
  isBack = false;
  readonly boxes: readonly string[];
  readonly goal: Goal;

  constructor(
    scenario: Scenario,
    port: number,
    { boxes, goal }: { readonly boxes: readonly string[]; readonly goal: Goal },
  ) {
    super(scenario, port, new Set());
    this.boxes = boxes;
    this.goal = goal;
  }

  /** By the door of the request: an Internet gateway sends by its table, an egress-only one straight to the subnet. */
  fromDoor(vpcId: string, door: 'internet' | 'egress-only', packet: Packet): void {
    this.route(vpcId, door === 'internet' ? this.vpc(vpcId).edgeTable : null, packet, null);
  }

  /** Groups keep state. */
  override groupsAllow(): boolean {
    return true;
  }

  override passed(packet: Packet, box: string): Packet | null {
    const { trail = [] } = packet;
    return this.boxes[trail.length] === box ? { ...packet, trail: [...trail, box] } : null;
  }

  override deliver(subnet: SubnetDrawing, packet: Packet): void {
    if ((packet.trail ?? []).length < this.boxes.length) return;
    const { goal } = this;
    const address = packet.destination;
    const isAt = (home: string, own: readonly string[]) => home === subnet.id && own.includes(address);
    if ('nat' in goal) {
      const nat = this.scenario.nats.find(({ id }) => id === goal.nat);
      if (nat !== undefined && isAt(nat.subnet, [nat.address])) this.isBack = true;
    } else {
      const host = this.scenario.hosts.find(({ id }) => id === goal.host);
      if (host !== undefined && isAt(host.subnet, [host.v4, host.v6])) this.isBack = true;
    }
  }
}
