import type { Context } from '../../checks/check.ts';
import type { Enclave } from '../../checks/gateway/enclave.ts';
import { tierOf } from '../../checks/subnet-tier.ts';
import type { Resource } from '../../model/resource.ts';
import { isHidden } from '../../model/value.ts';
import type { Gateway, Site } from '../../policy/policy.ts';
import { siteOf } from '../../policy/sites.ts';
import type { Hop, Place } from '../../proofs/network/question.ts';
import type {
  Door,
  Inspection,
  Interface,
  Managed,
  Nat,
  Origin,
  Outside,
  Peering,
  Relay,
  Subnet,
  TransitAttachment,
  TransitGateway,
  Vpc,
} from '../../proofs/network/topology.ts';
import { blocksOf, DOORS, graphResource, idOf, limited, nameOf, zoneOf } from './naming.ts';
import type { GatewayStatus, GraphGroup, GraphNode, GraphResource } from './network-graph.ts';

interface DraftNode extends GraphNode {
  readonly lines: string[];
  readonly resources: GraphResource[];
}

type Part =
  Subnet | Interface | Door | Nat | Inspection | TransitGateway | TransitAttachment | Peering | Relay | Managed;

interface Declared {
  readonly gateway: Gateway;
  readonly status: GatewayStatus;
  readonly reasons: readonly string[];
}

/** The boxes of a picture, and the box that each part of the network is drawn in. */
export class Boxes {
  readonly #context: Context;
  readonly #focus: Site | null;
  readonly #groups = new Map<string, GraphGroup>();
  readonly #nodes = new Map<string, DraftNode>();
  readonly #of = new Map<Part | Outside, string>();
  /** Boxes by what hops name. */
  readonly #byOrigin = new Map<Origin, string>();
  readonly #byResource = new Map<Resource, string>();
  readonly #declared: ReadonlyMap<Resource, Declared>;
  readonly #interfaces = new Map<string, number>();

  /** `focus`: the one site to draw; what it is connected with is a box each. */
  constructor(context: Context, { topology, gateways }: Enclave, focus: Site | null) {
    this.#context = context;
    this.#focus = focus;
    this.#declared = new Map(
      gateways.flatMap(({ gateway, approval }) => {
        if (approval.kind === 'absent') return [];
        const reasons =
          approval.kind === 'refused'
            ? approval.reasons
            : approval.kind === 'doubtful'
              ? ['it is not known whether it inspects']
              : [];
        return [[approval.resource, { gateway, status: approval.kind, reasons }]];
      }),
    );
    for (const subnet of topology.subnets) this.#subnet(subnet);
    for (const nat of topology.nats) this.#nat(nat);
    for (const own of topology.interfaces) this.#interface(own);
    for (const inspection of topology.inspections) this.#inspection(inspection);
    for (const door of topology.doors) this.#door(door);
    for (const gateway of topology.transitGateways) this.#transit(gateway);
    for (const peering of topology.peerings) this.#link(peering, 'VPC peering');
    for (const attachment of topology.attachments) this.#attachment(attachment);
    for (const relay of topology.relays) this.#relay(relay);
    for (const managed of topology.managed) this.#managed(managed);
    for (const [id, count] of this.#interfaces) {
      this.#nodes.get(id)?.lines.push(count === 1 ? '1 interface' : `${count} interfaces`);
    }
  }

  /** Those among ids; the groups that hold one of them. */
  drawn(ids: ReadonlySet<string>): { readonly groups: readonly GraphGroup[]; readonly nodes: readonly GraphNode[] } {
    const nodes = Array.from(this.#nodes.values())
      .filter(({ id, kind }) => ids.has(id) || kind === 'tier' || kind === 'gateway')
      .map((node) => ({ ...node, lines: limited(node.lines) }));
    const used = new Set<string>();
    for (const { parent } of nodes) {
      for (let id = parent; id !== null; id = this.#groups.get(id)?.parent ?? null) used.add(id);
    }
    return { groups: Array.from(this.#groups.values()).filter(({ id }) => used.has(id)), nodes };
  }

  /** Whether a box is a part of what is drawn; others are there for what leads to them. */
  isDrawn(id: string): boolean {
    const kind = this.#nodes.get(id)?.kind;
    return kind !== 'site' && kind !== 'outside' && kind !== 'link';
  }

  isLink(id: string): boolean {
    return this.#nodes.get(id)?.kind === 'link';
  }

  /** The box of a part; null for what is not drawn. */
  of(part: Part | Outside): string | null {
    return this.#of.get(part) ?? null;
  }

  ofPlace(place: Place): string | null {
    switch (place.kind) {
      case 'subnet':
        return this.of(place.subnet);
      case 'interface':
        return this.of(place.interface);
      case 'outside':
        return this.outside(place.outside);
      case 'managed':
        return this.of(place.managed);
    }
  }

  /** Where a hop is: tables, lists and groups stand in no box. */
  ofHop({ at }: Hop): string | null {
    return this.#byOrigin.get(at) ?? (at.resource === null ? null : (this.#byResource.get(at.resource) ?? null));
  }

  /** Services of one Region share a box. */
  outside(outside: Outside): string {
    const known = this.#of.get(outside);
    if (known !== undefined) return known;
    const { kind, name, region, origin } = outside;
    const isService = kind === 'service' && region !== null;
    const id = isService ? `services:${region}` : `outside:${name}`;
    const node = this.#node({
      id,
      kind: 'outside',
      label: isService ? `AWS services in ${region}` : name,
      parent: null,
      resource: origin?.resource ?? null,
    });
    if (isService) node.lines.push(name.replace(` in ${region}`, ''));
    this.#of.set(outside, id);
    return id;
  }

  /** Tiers of a VPC, for what leads to the VPC as a whole. */
  tiersOf(vpc: Vpc): readonly string[] {
    const parent = this.#vpc(vpc);
    return Array.from(this.#nodes.values()).flatMap((node) =>
      node.kind === 'tier' && node.parent === parent ? [node.id] : [],
    );
  }

  #subnet(subnet: Subnet): void {
    const { origin, vpc, zone, addresses } = subnet;
    const stub = this.#stub(vpc.origin.resource);
    if (stub !== null) return this.#put(subnet, stub);
    const tier = origin.resource === null ? null : tierOf(origin.resource, this.#context.policy);
    const name = tier === null ? 'no tier' : isHidden(tier) ? 'unknown tier' : tier.id;
    const group = this.#vpc(vpc);
    const node = this.#node({
      id: `tier:${group}:${name}`,
      kind: 'tier',
      label: name,
      parent: group,
      resource: origin.resource,
    });
    node.lines.push([zone.kind === 'known' ? zone.name : 'unknown zone', ...blocksOf(addresses)].join('  '));
    this.#put(subnet, node.id);
  }

  #nat(nat: Nat): void {
    const { subnet, vpc, origin } = nat;
    const box = subnet === null ? null : this.of(subnet);
    if (subnet !== null && box !== null) {
      if (this.#nodes.get(box)?.kind === 'tier') this.#nodes.get(box)?.lines.push(`NAT${zoneOf(subnet)}`);
      return this.#put(nat, box);
    }
    const stub = this.#stub(vpc.origin.resource);
    if (stub !== null) return this.#put(nat, stub);
    const node = this.#node({
      id: `door:${idOf(origin)}`,
      kind: 'door',
      label: 'NAT gateway of the VPC',
      parent: this.#vpc(vpc),
      resource: origin.resource,
    });
    this.#put(nat, node.id);
  }

  #interface(own: Interface): void {
    const box = this.of(own.subnet);
    if (box === null) return;
    const declared = own.owner === null ? undefined : this.#declared.get(own.owner);
    if (declared !== undefined && own.owner !== null && this.#nodes.get(box)?.kind === 'tier') {
      this.#put(own, this.#gateway(declared, own.owner, this.#vpc(own.subnet.vpc)));
      return;
    }
    this.#put(own, box);
    if (this.#nodes.get(box)?.kind === 'tier') this.#interfaces.set(box, (this.#interfaces.get(box) ?? 0) + 1);
  }

  #inspection(inspection: Inspection): void {
    const { subnet, owner, origin, kind } = inspection;
    const home = subnet === null ? origin.resource : subnet.vpc.origin.resource;
    const stub = this.#stub(home);
    if (stub !== null) return this.#put(inspection, stub);
    const parent = subnet === null ? this.#site(home) : this.#vpc(subnet.vpc);
    const declared = owner === null ? undefined : this.#declared.get(owner);
    if (declared !== undefined && owner !== null) {
      return this.#put(inspection, this.#gateway(declared, owner, parent));
    }
    const node = this.#node({
      id: `inspection:${parent ?? ''}:${owner === null ? idOf(origin) : idOf({ name: '', resource: owner, path: [] })}`,
      kind: 'inspection',
      label: kind === 'network-firewall' ? 'firewall' : 'gateway load balancer',
      parent,
      resource: owner ?? origin.resource,
    });
    if (node.lines.length === 0) node.lines.push('no gateway of the policy');
    this.#put(inspection, node.id);
  }

  #door(door: Door): void {
    const stub = this.#stub(door.vpc.origin.resource);
    if (stub !== null) return this.#put(door, stub);
    const parent = this.#vpc(door.vpc);
    const { resource } = door.origin;
    const node = this.#node({
      id: `door:${parent}:${idOf(door.origin)}`,
      kind: 'door',
      label: DOORS[door.kind],
      parent,
      resource,
    });
    if (node.lines.length === 0) node.lines.push(nameOf(door.origin));
    this.#put(door, node.id);
  }

  #transit(gateway: TransitGateway): void {
    const { origin } = gateway;
    const stub = this.#stub(origin.resource);
    if (stub !== null) return this.#put(gateway, stub);
    const node = this.#node({
      id: `transit:${idOf(origin)}`,
      kind: 'transit',
      label: 'transit gateway',
      parent: this.#site(origin.resource),
      resource: origin.resource,
    });
    node.lines.push(nameOf(origin));
    this.#put(gateway, node.id);
  }

  /** A peering of two gateways is two attachments, and one box; any other attachment is a part of its gateway. */
  #attachment(attachment: TransitAttachment): void {
    const { end, gateway } = attachment;
    const box = this.of(gateway);
    if (end.kind !== 'peering') {
      if (box !== null) this.#put(attachment, box);
      return;
    }
    const other = this.of(end.other);
    if (other === null) this.#link(attachment, 'peering of gateways');
    else this.#of.set(attachment, other);
  }

  #link(part: Peering | TransitAttachment, label: string): void {
    const { origin } = part;
    const id = `link:${idOf(origin)}`;
    const node = this.#node({ id, kind: 'link', label, parent: null, resource: origin.resource });
    if (node.lines.length === 0) node.lines.push(nameOf(origin));
    this.#put(part, id);
  }

  /** Balancers and endpoints stand in the tier of their interfaces. */
  #relay(relay: Relay): void {
    const { owner, origin, kind, from, to } = relay;
    const own = [...from, ...to].flatMap((end) =>
      end.kind === 'interface' || end.kind === 'delivery'
        ? [end.interface.subnet.vpc]
        : end.kind === 'vpc'
          ? [end.vpc]
          : [],
    )[0];
    const home = own === undefined ? (owner ?? origin.resource) : own.origin.resource;
    const stub = this.#stub(home);
    if (stub !== null) return this.#put(relay, stub);
    const parent = own === undefined ? this.#site(home) : this.#vpc(own);
    const declared = owner === null ? undefined : this.#declared.get(owner);
    if (declared !== undefined && owner !== null) return this.#put(relay, this.#gateway(declared, owner, parent));
    const entry = from.find((end) => end.kind === 'interface');
    const tier = entry?.kind === 'interface' ? this.of(entry.interface.subnet) : null;
    if (tier !== null && (kind === 'load-balancer' || kind === 'interface-endpoint')) return this.#put(relay, tier);
    const node = this.#node({
      id: `relay:${parent ?? ''}:${idOf(origin)}`,
      kind: 'relay',
      label: kind === 'other' ? 'relay' : kind.replace('-', ' '),
      parent,
      resource: origin.resource,
    });
    if (node.lines.length === 0) node.lines.push(nameOf(origin));
    this.#put(relay, node.id);
  }

  #managed(managed: Managed): void {
    const { origin } = managed;
    const stub = this.#stub(origin.resource);
    if (stub !== null) return this.#put(managed, stub);
    const parent = this.#site(origin.resource);
    const node = this.#node({
      id: `managed:${parent ?? ''}`,
      kind: 'managed',
      label: 'outside any VPC',
      parent,
      resource: origin.resource,
    });
    node.lines.push(nameOf(origin));
    this.#put(managed, node.id);
  }

  #gateway({ gateway, status, reasons }: Declared, resource: Resource, parent: string | null): string {
    const node = this.#node({
      id: `gateway:${parent ?? ''}:${gateway.id}`,
      kind: 'gateway',
      label: gateway.id,
      parent,
      resource,
      status,
      reasons,
    });
    if (node.lines.length === 0) node.lines.push(gateway.kind.replaceAll('-', ' '));
    return node.id;
  }

  #node({
    id,
    kind,
    label,
    parent,
    resource,
    status = 'none',
    reasons = [],
  }: Pick<GraphNode, 'id' | 'kind' | 'label' | 'parent'> &
    Partial<Pick<GraphNode, 'status' | 'reasons'>> & { readonly resource: Resource | null }): DraftNode {
    const node = this.#nodes.get(id) ?? { id, kind, label, parent, status, reasons, lines: [], resources: [] };
    this.#nodes.set(id, node);
    if (resource !== null) {
      this.#byResource.set(resource, id);
      node.resources.push(graphResource(resource));
    }
    return node;
  }

  #put(part: Part, id: string): void {
    this.#of.set(part, id);
    this.#byOrigin.set(part.origin, id);
    if (part.origin.resource !== null && !this.#byResource.has(part.origin.resource)) {
      this.#byResource.set(part.origin.resource, id);
    }
  }

  #vpc(vpc: Vpc): string {
    const id = `vpc:${idOf(vpc.origin)}`;
    if (!this.#groups.has(id)) {
      const { resource } = vpc.origin;
      const parent = this.#site(resource);
      this.#groups.set(id, {
        id,
        kind: 'vpc',
        label: `VPC ${nameOf(vpc.origin)}`,
        detail: blocksOf(vpc.addresses).join(' ') || null,
        parent,
        resource: resource === null ? null : graphResource(resource),
      });
    }
    return id;
  }

  #site(resource: Resource | null): string | null {
    const site = this.#siteOf(resource);
    const id = site === null ? 'elsewhere' : `site:${site.id}`;
    if (!this.#groups.has(id)) {
      this.#groups.set(id, {
        id,
        kind: site === null ? 'elsewhere' : 'site',
        label: site === null ? 'In no site of the policy' : site.name,
        detail: site === null ? null : `${site.id}, ${site.region}, ${site.country}`,
        parent: null,
        resource: null,
      });
    }
    return id;
  }

  /** The box that stands for a whole site that is not drawn; null for what is. */
  #stub(resource: Resource | null): string | null {
    if (this.#focus === null) return null;
    const site = this.#siteOf(resource);
    if (site === this.#focus) return null;
    const id = site === null ? 'stub:elsewhere' : `stub:${site.id}`;
    const label = site === null ? 'In no site of the policy' : site.name;
    return this.#node({ id, kind: 'site', label, parent: null, resource: null }).id;
  }

  #siteOf(resource: Resource | null): Site | null {
    if (resource === null) return null;
    const { estate, policy } = this.#context;
    const assignment = siteOf(estate.place(resource), resource.stack, policy);
    return assignment.kind === 'site' ? assignment.site : null;
  }
}
