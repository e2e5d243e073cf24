import type { HostDrawing, Ports, Scenario, SubnetDrawing, TransitDrawing } from './scenario.ts';

/** One packet and where it starts: at a host, or on the Internet. */
export interface Probe {
  readonly from: HostDrawing | 'world';
  readonly source: string;
  readonly destination: string;
  readonly port: number;
}

/**
 * Walks one packet over a drawn network and says which hosts it is delivered to, in which subnets, and whether it gets to
 * the `world`: plain text of addresses, one packet, every choice of AWS tried. Knows nothing of sets, boxes or proofs.
 * `without` are firewalls that are taken out.
 */
export function reachedBy(scenario: Scenario, probe: Probe, without: ReadonlySet<string> = new Set()): Set<string> {
  const walk = new Walk(scenario, probe.port, without);
  const packet = { source: probe.source, destination: probe.destination };
  if (probe.from === 'world') walk.fromWorld(packet);
  else walk.fromHost(probe.from, packet);
  return walk.reached;
}

export interface Packet {
  readonly source: string;
  readonly destination: string;
  /** Firewalls, forwarding hosts and NAT gateways that it has passed; kept by walks that need it. */
  readonly trail?: readonly string[];
}

type Direction = 'ingress' | 'egress';

export class Walk {
  readonly reached = new Set<string>();
  readonly scenario: Scenario;
  readonly port: number;
  readonly without: ReadonlySet<string>;
  readonly seen = new Set<string>();

  constructor(scenario: Scenario, port: number, without: ReadonlySet<string>) {
    this.scenario = scenario;
    this.port = port;
    this.without = without;
  }

  fromHost(host: HostDrawing, packet: Packet): void {
    const own = packet.source === host.v4 || packet.source === host.v6;
    if ((own || host.forwards) && this.groupsAllow(host, 'egress', packet)) this.emit(this.subnet(host.subnet), packet);
  }

  fromWorld(packet: Packet): void {
    for (const vpc of this.scenario.vpcs) {
      if (!vpc.hasInternetGateway) continue;
      const isPublicHost = this.scenario.hosts.some(
        ({ v4, isPublic, subnet }) => isPublic && v4 === packet.destination && this.subnet(subnet).vpc === vpc.id,
      );
      if (isV6(packet.destination) ? !inside(packet.destination, vpc.v6) : !isPublicHost) continue;
      this.route(vpc.id, vpc.edgeTable, packet, null);
    }
  }

  /** Something in a subnet sends. */
  emit(subnet: SubnetDrawing, packet: Packet): void {
    const { source, destination, trail = [] } = packet;
    if (!this.isNew(`emit ${subnet.id} ${source} ${destination} ${trail.join()}`)) return;
    if (inside(packet.destination, subnet.v4) || inside(packet.destination, subnet.v6)) {
      this.deliver(subnet, packet);
    } else if (this.aclAllows(subnet, 'egress', packet)) {
      const vpc = this.vpc(subnet.vpc);
      this.route(vpc.id, subnet.table ?? vpc.mainTable, packet, subnet);
    }
  }

  deliver(subnet: SubnetDrawing, packet: Packet): void {
    this.reached.add(subnet.id);
    for (const host of this.scenario.hosts) {
      if (host.subnet !== subnet.id || (host.v4 !== packet.destination && host.v6 !== packet.destination)) continue;
      if (this.groupsAllow(host, 'ingress', packet)) this.arriveAt(host, packet);
    }
  }

  /** A table of a VPC decides; `current` is the subnet in which it does, null at a gateway. */
  route(vpcId: string, tableId: string | null, packet: Packet, current: SubnetDrawing | null): void {
    const vpc = this.vpc(vpcId);
    const written = this.scenario.tables.find(({ id }) => id === tableId)?.routes ?? [];
    const routes = [
      { destination: vpc.v4, target: { kind: 'local' as const, id: vpcId } },
      { destination: vpc.v6, target: { kind: 'local' as const, id: vpcId } },
      ...written,
    ].filter(({ destination }) => inside(packet.destination, destination));
    const longest = Math.max(...routes.map(({ destination }) => prefixOf(destination)));
    for (const { destination, target } of routes) {
      if (prefixOf(destination) === longest) this.follow(target, vpcId, packet, current);
    }
  }

  follow(target: { kind: string; id: string }, vpcId: string, packet: Packet, current: SubnetDrawing | null): void {
    switch (target.kind) {
      case 'local':
        return this.local(vpcId, packet);
      case 'internet':
        return this.toInternet(vpcId, packet);
      case 'egress-only':
        if (isV6(packet.destination) && isWorld(packet.destination)) this.arriveInWorld(packet, vpcId, 'egress-only');
        return;
      case 'host':
        return this.toForwarder(target.id, packet, current);
      case 'firewall':
        return this.toFirewall(target.id, packet, current);
      case 'nat':
        return this.toNat(target.id, packet, current);
      case 'peering': {
        const peering = this.scenario.peerings.find(({ id }) => id === target.id);
        const other = peering?.vpcs.find((id) => id !== vpcId);
        if (other !== undefined) this.local(other, packet);
        return;
      }
      case 'transit':
        if (current !== null) this.toTransit(current, packet);
        return;
      default:
        throw new Error(`no such target: ${target.kind}`);
    }
  }

  local(vpcId: string, packet: Packet): void {
    for (const subnet of this.scenario.subnets) {
      const isHere = inside(packet.destination, subnet.v4) || inside(packet.destination, subnet.v6);
      if (subnet.vpc === vpcId && isHere && this.aclAllows(subnet, 'ingress', packet)) this.deliver(subnet, packet);
    }
  }

  toInternet(vpcId: string, packet: Packet): void {
    const { source, destination } = packet;
    const ofVpc = (subnet: string) => this.subnet(subnet).vpc === vpcId;
    const isTranslated =
      isV6(source) ||
      this.scenario.hosts.some((host) => host.isPublic && host.v4 === source && ofVpc(host.subnet)) ||
      this.scenario.nats.some((nat) => nat.isPublic && nat.address === source && ofVpc(nat.subnet));
    if (isTranslated && isWorld(destination)) this.arriveInWorld(packet, vpcId, 'internet');
  }

  arriveInWorld(_packet: Packet, _vpc: string, _door: 'internet' | 'egress-only'): void {
    this.reached.add('world');
  }

  arriveAt(host: HostDrawing, _packet: Packet): void {
    this.reached.add(host.id);
  }

  /** A packet after something that keeps state of it. */
  passed(packet: Packet, _box: string): Packet | null {
    return packet;
  }

  toForwarder(id: string, packet: Packet, current: SubnetDrawing | null): void {
    const host = this.scenario.hosts.find((candidate) => candidate.id === id);
    if (host === undefined) return;
    const subnet = this.subnet(host.subnet);
    if (!this.enters(subnet, packet, current) || !this.groupsAllow(host, 'ingress', packet)) return;
    if (packet.destination === host.v4 || packet.destination === host.v6) this.deliver(subnet, packet);
    else if (host.forwards && this.groupsAllow(host, 'egress', packet)) {
      const after = this.passed(packet, `host ${id}`);
      if (after !== null) this.emit(subnet, after);
    }
  }

  toFirewall(id: string, packet: Packet, current: SubnetDrawing | null): void {
    const firewall = this.scenario.firewalls.find((candidate) => candidate.id === id);
    if (firewall === undefined || this.without.has(id)) return;
    const subnet = this.subnet(firewall.subnet);
    const after = this.enters(subnet, packet, current) ? this.passed(packet, `firewall ${id}`) : null;
    if (after !== null) this.emit(subnet, after);
  }

  toNat(id: string, packet: Packet, current: SubnetDrawing | null): void {
    const nat = this.scenario.nats.find((candidate) => candidate.id === id);
    if (nat === undefined || isV6(packet.destination)) return;
    const subnet = this.subnet(nat.subnet);
    const after = this.enters(subnet, packet, current) ? this.passed(packet, `nat ${id} ${packet.source}`) : null;
    if (after !== null) this.emit(subnet, { ...after, source: nat.address });
  }

  toTransit(current: SubnetDrawing, packet: Packet): void {
    const { transit } = this.scenario;
    const attachment = transit?.attachments.find(({ vpc }) => vpc === current.vpc);
    if (transit === null || attachment === undefined) return;
    for (const id of attachment.subnets) {
      const landing = this.subnet(id);
      if (landing.zone === current.zone && this.aclAllows(landing, 'ingress', packet)) {
        this.inTransit(transit, attachment.table, landing.zone, packet);
      }
    }
  }

  inTransit(transit: TransitDrawing, tableId: string | null, zone: string, packet: Packet): void {
    const table = transit.tables.find(({ id }) => id === tableId);
    if (table === undefined) return;
    const propagated = transit.attachments
      .filter(({ propagatesTo }) => propagatesTo.includes(table.id))
      .flatMap(({ vpc }) => [this.vpc(vpc).v4, this.vpc(vpc).v6].map((destination) => ({ destination, vpc, rank: 2 })));
    const routes = [...table.routes.map((route) => ({ ...route, rank: 0 })), ...propagated].filter(({ destination }) =>
      inside(packet.destination, destination),
    );
    const longest = Math.max(...routes.map(({ destination }) => prefixOf(destination)));
    const best = routes.filter(({ destination }) => prefixOf(destination) === longest);
    const rank = Math.min(...best.map((route) => route.rank));
    for (const { vpc } of best.filter((route) => route.rank === rank)) {
      const attachment = transit.attachments.find((candidate) => candidate.vpc === vpc);
      if (attachment === undefined) continue;
      const landings = attachment.subnets.map((id) => this.subnet(id));
      const inZone = landings.filter((landing) => landing.zone === zone);
      const chosen = attachment.applianceMode || inZone.length === 0 ? landings : inZone;
      for (const landing of chosen) this.emit(landing, packet);
    }
  }

  /** Into a subnet from another: its list decides; within one subnet nothing does. */
  enters(subnet: SubnetDrawing, packet: Packet, current: SubnetDrawing | null): boolean {
    return current?.id === subnet.id || this.aclAllows(subnet, 'ingress', packet);
  }

  aclAllows(subnet: SubnetDrawing, direction: Direction, packet: Packet): boolean {
    const acl = this.scenario.acls.find(({ id }) => id === subnet.acl);
    if (acl === undefined) return true;
    const address = direction === 'ingress' ? packet.source : packet.destination;
    const rule = acl.rules
      .filter(({ egress }) => egress === (direction === 'egress'))
      .toSorted((left, right) => left.number - right.number)
      .find(({ cidr, ports }) => inside(address, cidr) && this.onPort(ports));
    return rule?.allows ?? false;
  }

  groupsAllow(host: HostDrawing, direction: Direction, packet: Packet): boolean {
    const address = direction === 'ingress' ? packet.source : packet.destination;
    const carries =
      (group: string) =>
      ({ v4, v6, groups }: HostDrawing) =>
        groups.includes(group) && (v4 === address || v6 === address);
    return this.scenario.groups
      .filter(({ id }) => host.groups.includes(id))
      .flatMap(({ rules }) => rules)
      .some(({ egress, peer, ports }) => {
        if (egress !== (direction === 'egress') || !this.onPort(ports)) return false;
        return 'cidr' in peer ? inside(address, peer.cidr) : this.scenario.hosts.some(carries(peer.group));
      });
  }

  onPort(ports: Ports): boolean {
    return ports === 'all' || (ports.from <= this.port && this.port <= ports.to);
  }

  isNew(state: string): boolean {
    if (this.seen.has(state)) return false;
    this.seen.add(state);
    return true;
  }

  subnet(id: string): SubnetDrawing {
    const found = this.scenario.subnets.find((candidate) => candidate.id === id);
    if (found === undefined) throw new Error(`no subnet ${id}`);
    return found;
  }

  vpc(id: string) {
    const found = this.scenario.vpcs.find((candidate) => candidate.id === id);
    if (found === undefined) throw new Error(`no VPC ${id}`);
    return found;
  }
}

function isV6(address: string): boolean {
  return address.includes(':');
}

function prefixOf(cidr: string): number {
  return Number(cidr.split('/')[1]);
}

/** Whether an address is in a block, bit by bit. */
function inside(address: string, cidr: string): boolean {
  const [base = '', length] = cidr.split('/');
  if (isV6(address) !== isV6(base)) return false;
  return bitsOf(address).slice(0, Number(length)) === bitsOf(base).slice(0, Number(length));
}

const BITS = new Map<string, string>();

function bitsOf(address: string): string {
  const known = BITS.get(address);
  if (known !== undefined) return known;
  const bits = isV6(address) ? groupsOf(address).map((group) => digits(group, 16)) : octetsOf(address);
  const text = bits.join('');
  BITS.set(address, text);
  return text;
}

function octetsOf(address: string): readonly string[] {
  return address.split('.').map((octet) => digits(Number(octet), 8));
}

function groupsOf(address: string): readonly number[] {
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].map((group) => Number.parseInt(group, 16));
}

function digits(value: number, width: number): string {
  return value.toString(2).padStart(width, '0');
}

/** Neither private nor reserved. */
function isWorld(address: string): boolean {
  return isV6(address) ? inside(address, '2000::/3') : !inside(address, '10.0.0.0/8');
}
