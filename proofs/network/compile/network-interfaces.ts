import type { Target } from '../../../model/estate.ts';
import type { Resource } from '../../../model/resource.ts';
import { asBoolean, asItems, asNumber, type Hidden, isHidden, unknown, type Value } from '../../../model/value.ts';
import type { Addresses, Doubts, Interface, Subnet, Truth } from '../topology.ts';
import { hostAddresses, joinAddresses } from './addresses.ts';
import { CERTAIN, type Compilation, type Draft, EVERY_SERVICE, originOf } from './compilation.ts';
import { groupsOf } from './group-choices.ts';
import { UNSEEN } from './hosts.ts';
import { fixedAddresses } from './instances.ts';
import { interfaceIn } from './interface-parts.ts';
import { ANY_ADDRESS, foreignNetworkBehind } from './outsides.ts';
import { bothDoubts, doubtsOf, NO, subnetChoices, YES } from './reading.ts';
import { addRelay } from './relay-parts.ts';

const INSTANCE_TYPES = ['aws_instance', 'aws_spot_instance_request'] as const;
const ADDRESSES = ['private_ip', 'private_ips', 'private_ip_list', 'ipv4_prefixes', 'ipv6_addresses', 'ipv6_prefixes'];
/** Arguments that have AWS choose more addresses than those that are given. */
const COUNTS = ['private_ips_count', 'ipv4_prefix_count', 'ipv6_address_count', 'ipv6_prefix_count'];

/** Interfaces that are resources of their own, what they are attached to, and public addresses; after all hosts. */
export function compileNetworkInterfaces(c: Compilation): void {
  const owners = attachments(c);
  for (const resource of c.estate.ofType('aws_network_interface')) addInterface(c, resource, owners);
  for (const attachment of c.estate.ofType('aws_network_interface_attachment')) c.understood.add(attachment);
  for (const attachment of c.estate.ofType('aws_network_interface_sg_attachment')) addGroup(c, attachment);
  for (const permission of c.estate.ofType('aws_network_interface_permission')) addPermission(c, permission);
  addPublicAddresses(c);
  for (const instance of new Set(owners.values())) {
    const interfaces = c.interfacesOf.get(instance) ?? [];
    const forwards = interfaces.some((one) => one.forwards.holds || one.forwards.doubts.length > 0);
    if (interfaces.length > 1 && forwards) c.unmodelled.push({ resource: instance, reason: SEVERAL });
  }
}

const SEVERAL = 'forwards packets from one of its interfaces to another, which the model does not follow';
const UNSEEN_INTERFACE = 'has an interface that the input does not show';
const UNSEEN_INSTANCE = 'is attached to an instance that the input does not show';
const UNSEEN_HOLDER = 'is of an interface that the input does not show';

/** The instances that interfaces are attached to, by any of the ways to say so. */
function attachments(c: Compilation): ReadonlyMap<Resource, Resource> {
  const owners = new Map<Resource, Resource>();
  const attach = (by: Resource, attached: Resource | null, instance: Resource | null) => {
    if (attached === null) c.unmodelled.push({ resource: by, reason: UNSEEN_INTERFACE });
    else if (instance === null) c.unmodelled.push({ resource: by, reason: UNSEEN_INSTANCE });
    else owners.set(attached, instance);
  };
  for (const type of INSTANCE_TYPES) {
    for (const instance of c.estate.ofType(type)) {
      for (const block of ['primary_network_interface', 'network_interface']) {
        const { items, open } = instance.blocks(block);
        for (const item of items) {
          attach(instance, networkInterface(c, item.attribute('network_interface_id')), instance);
        }
        if (open.length > 0) attach(instance, null, instance);
      }
    }
  }
  for (const link of c.estate.ofType('aws_network_interface_attachment')) {
    const attached = networkInterface(c, link.attribute('network_interface_id'));
    attach(link, attached, instanceOf(c, link.attribute('instance_id')));
  }
  for (const resource of c.estate.ofType('aws_network_interface')) {
    const { items, open } = resource.blocks('attachment');
    for (const item of items) attach(resource, resource, instanceOf(c, item.attribute('instance')));
    if (open.length > 0) attach(resource, resource, null);
  }
  return owners;
}

function networkInterface(c: Compilation, value: Value): Resource | null {
  const target = c.estate.resolve(value, ['aws_network_interface']);
  return isManaged(target) && target.resource.type === 'aws_network_interface' ? target.resource : null;
}

function instanceOf(c: Compilation, value: Value): Resource | null {
  const target = c.estate.resolve(value, INSTANCE_TYPES);
  return isManaged(target) ? target.resource : null;
}

/** What a data source reads may be anything. */
function isManaged(target: Target): target is Extract<Target, { kind: 'resource' }> {
  return target.kind === 'resource' && target.resource.init.mode === 'managed';
}

function addInterface(c: Compilation, resource: Resource, owners: ReadonlyMap<Resource, Resource>): void {
  c.understood.add(resource);
  const { items, open } = subnetChoices(c, resource.attribute('subnet_id'));
  if (open.length > 0) c.unmodelled.push({ resource, reason: UNSEEN });
  const owner = owners.get(resource) ?? resource;
  const made = items.map((subnet) =>
    interfaceIn(c, {
      owner,
      origin: originOf(resource),
      doubts: doubtsOf(resource),
      subnet,
      groups: groupsOf(c, resource.attribute('security_groups'), subnet.item.vpc),
      addresses: addressesIn(c, resource, subnet.item),
      forwards: forwarding(resource),
    }),
  );
  if (owner !== resource) c.interfacesOf.set(resource, made);
  const [only, ...more] = made;
  if (only === undefined || more.length > 0) return;
  // A route that names the instance means its only interface.
  if (c.interfacesOf.get(owner)?.length === 1) c.targets.set(owner, { kind: 'interface', interface: only });
  else c.targets.delete(owner);
  c.targets.set(resource, { kind: 'interface', interface: only });
}

function addressesIn(c: Compilation, resource: Resource, subnet: Subnet): Addresses {
  const fixed = fixedAddresses(c, resource, subnet, ADDRESSES);
  const hasMore = COUNTS.some((name) => {
    const count = asNumber(resource.attribute(name));
    return count !== null && count !== 0;
  });
  if (!hasMore) return fixed;
  const { unknowns } = joinAddresses([fixed, hostAddresses(c, resource, subnet)]);
  return { ...fixed, unknowns: [...new Set(unknowns)] };
}

function forwarding(resource: Resource): Truth {
  const check = asBoolean(resource.attribute('source_dest_check'));
  if (isHidden(check)) return { holds: false, doubts: [check] };
  return check === false ? YES : NO;
}

/** A group that is put onto an interface from elsewhere. */
function addGroup(c: Compilation, attachment: Resource): void {
  c.understood.add(attachment);
  const value = attachment.attribute('network_interface_id');
  const named = interfacesNamed(c, value);
  const doubts = bothDoubts(doubtsOf(attachment), named === null ? [unseen(value)] : CERTAIN);
  for (const one of named ?? c.interfaces) {
    const groups = groupsOf(c, attachment.attribute('security_group_id'), one.subnet.vpc);
    const added = groups.map((choice) => ({ ...choice, doubts: bothDoubts(choice.doubts, doubts) }));
    one.groups = [...one.groups, ...added];
  }
}

/** Interfaces that a value names: one of its own, or the first of an instance. Null when it hides which. */
function interfacesNamed(c: Compilation, value: Value): readonly Draft<Interface>[] | null {
  const target = c.estate.resolve(value, ['aws_network_interface', ...INSTANCE_TYPES]);
  if (target.kind === 'resource') return c.interfacesOf.get(target.resource) ?? null;
  // `aws_instance.web.primary_network_interface_id`
  const reference = value.kind === 'reference' ? value : value.origin;
  const resource = reference === undefined ? null : c.estate.find(reference.target);
  return resource === null ? null : (c.interfacesOf.get(resource) ?? null);
}

/** Another account may put its own instance behind the interface. */
function addPermission(c: Compilation, permission: Resource): void {
  c.understood.add(permission);
  const outside = foreignNetworkBehind(c, permission, ANY_ADDRESS);
  const named = interfacesNamed(c, permission.attribute('network_interface_id'));
  if (named === null) c.unmodelled.push({ resource: permission, reason: UNSEEN_HOLDER });
  for (const one of named ?? []) {
    addRelay(c, permission, {
      kind: 'other',
      from: [
        { kind: 'interface', interface: one, services: EVERY_SERVICE },
        { kind: 'outside', outside, services: EVERY_SERVICE },
      ],
      to: [
        { kind: 'outside', outside },
        { kind: 'interface', interface: one, destinations: ANY_ADDRESS, services: EVERY_SERVICE, keepsSource: NO },
      ],
      owner: one.owner,
    });
  }
}

/** Elastic IPs: the public addresses of interfaces, by whichever end names the other. */
function addPublicAddresses(c: Compilation): void {
  for (const address of c.estate.ofType('aws_eip')) {
    c.understood.add(address);
    addPublicAddress(c, address, [address.attribute('instance'), address.attribute('network_interface')]);
  }
  for (const link of c.estate.ofType('aws_eip_association')) {
    c.understood.add(link);
    addPublicAddress(c, link, [link.attribute('instance_id'), link.attribute('network_interface_id')]);
  }
}

function addPublicAddress(c: Compilation, address: Resource, values: readonly Value[]): void {
  for (const value of values) {
    const { items, open } = asItems(value);
    for (const item of [...items, ...open]) {
      const named = interfacesNamed(c, item);
      if (named === null) c.unmodelled.push({ resource: address, reason: UNSEEN_HOLDER });
      const doubts: Doubts = bothDoubts(doubtsOf(address), named === null ? [unseen(item)] : CERTAIN);
      for (const one of named ?? c.interfaces) {
        if (one.isPublic.holds && one.isPublic.doubts.length === 0) continue;
        one.isPublic = doubts.length === 0 ? YES : { ...one.isPublic, doubts: bothDoubts(one.isPublic.doubts, doubts) };
      }
    }
  }
}

function unseen(value: Value): Hidden {
  return isHidden(value) ? value : unknown('missing-object', 'network_interface_id', 'may be any interface');
}
