import type { Block, Resource } from '../../../model/resource.ts';
import { asBoolean, asItems, display, isHidden, NULL, unknown, type Value } from '../../../model/value.ts';
import type { Addresses, Choice, SecurityGroup, Subnet, Truth } from '../topology.ts';
import { addressesOf, hostAddresses, joinAddresses } from './addresses.ts';
import { CERTAIN, type Compilation, type Draft } from './compilation.ts';
import { groupsOf, unseenGroup } from './group-choices.ts';
import { IN_DEFAULT_VPC, UNSEEN, valuesAt } from './hosts.ts';
import { interfaceIn, publicityIn } from './interface-parts.ts';
import { subnetChoices, truthOf } from './reading.ts';

const INSTANCES = ['aws_instance', 'aws_spot_instance_request'] as const;
/** Of these only what uses them has interfaces. */
const PARTS = ['aws_launch_template', 'aws_launch_configuration', 'aws_emr_instance_fleet', 'aws_emr_instance_group'];

/** How an instance is launched, by its own arguments or by a template. */
interface Launch {
  readonly subnets: readonly Value[];
  readonly groups: readonly Value[];
  /** Null where it says nothing, so that the subnet decides. */
  readonly isPublic: Value;
}

const NOTHING: Launch = { subnets: [], groups: [], isPublic: NULL };

/** The interfaces of instances, and of everything that launches instances by a template. */
export function compileInstances(c: Compilation): void {
  for (const type of INSTANCES) for (const instance of c.estate.ofType(type)) addInstance(c, instance);
  for (const type of PARTS) {
    for (const part of c.estate.ofType(type)) if (!attachesInterfaces(part)) c.understood.add(part);
  }
  for (const group of c.estate.ofType('aws_autoscaling_group')) {
    addFleet(c, group, { subnets: [group.attribute('vpc_zone_identifier')] }, launchesOf(c, group, GROUP_TEMPLATES));
  }
  for (const fleet of c.estate.ofType('aws_ec2_fleet')) {
    const subnets = valuesAt(c, fleet, 'launch_template_config.override.subnet_id');
    addFleet(c, fleet, { subnets }, launchesOf(c, fleet, FLEET_TEMPLATES));
  }
  for (const fleet of c.estate.ofType('aws_spot_fleet_request')) addSpotFleet(c, fleet);
  for (const group of c.estate.ofType('aws_eks_node_group')) {
    addFleet(c, group, ofCluster(c, group), launchesOf(c, group, ['launch_template']));
  }
  for (const profile of c.estate.ofType('aws_eks_fargate_profile')) addFleet(c, profile, ofCluster(c, profile), []);
  for (const environment of c.estate.ofType('aws_batch_compute_environment')) {
    const [subnets, groups] = ['subnets', 'security_group_ids'].map((name) =>
      valuesAt(c, environment, `compute_resources.${name}`),
    );
    const launches = launchesOf(c, environment, ['compute_resources.launch_template']);
    c.understood.add(environment);
    if (subnets?.some(isSet)) addFleet(c, environment, { subnets, groups }, launches);
  }
}

const GROUP_TEMPLATES = [
  'launch_template',
  'launch_configuration',
  'mixed_instances_policy.launch_template.launch_template_specification',
  'mixed_instances_policy.launch_template.override.launch_template_specification',
] as const;
const FLEET_TEMPLATES = ['launch_template_config.launch_template_specification'] as const;

function addInstance(c: Compilation, instance: Resource): void {
  c.understood.add(instance);
  // Interfaces of their own take the place of the one that AWS makes.
  if (['primary_network_interface', 'network_interface'].some((name) => isSet(instance.attribute(name)))) return;
  const [launch = NOTHING] = launchesOf(c, instance, ['launch_template']);
  const check = asBoolean(c.estate.effective(instance, 'source_dest_check'));
  const forwards: Truth = isHidden(check)
    ? { holds: false, doubts: [check] }
    : { holds: check === false, doubts: CERTAIN };
  const own = ['vpc_security_group_ids', 'security_groups'].map((name) => instance.attribute(name)).filter(isSet);
  const settings: Settings = {
    subnets: [instance.attribute('subnet_id')],
    groups: own,
    forwards,
    isPublic: instance.attribute('associate_public_ip_address'),
    fixed: true,
  };
  addFleet(c, instance, settings, [launch]);
  const [only, ...more] = c.interfacesOf.get(instance) ?? [];
  if (only !== undefined && more.length === 0) c.targets.set(instance, { kind: 'interface', interface: only });
}

interface Settings {
  readonly subnets: readonly Value[];
  readonly groups?: readonly Value[] | undefined;
  readonly isPublic?: Value;
  readonly forwards?: Truth;
  /** One instance, which may be given its addresses. */
  readonly fixed?: true;
  /** Instead of the default group of the VPC. */
  readonly otherwise?: Choice<SecurityGroup>;
}

/** One interface for each way of launching and each subnet; what the owner says goes before its templates. */
function addFleet(c: Compilation, owner: Resource, settings: Settings, launches: readonly Launch[]): void {
  c.understood.add(owner);
  for (const launch of launches.length === 0 ? [NOTHING] : launches) {
    const own = settings.subnets.filter(isSet);
    const named = own.length > 0 ? own : launch.subnets.filter(isSet);
    const read = named.map((value) => subnetChoices(c, value));
    if (named.length === 0) c.unmodelled.push({ resource: owner, reason: IN_DEFAULT_VPC });
    if (read.some(({ open }) => open.length > 0)) c.unmodelled.push({ resource: owner, reason: UNSEEN });
    for (const subnet of read.flatMap(({ items }) => items)) addMember(c, owner, subnet, { settings, launch });
  }
}

function addMember(
  c: Compilation,
  owner: Resource,
  subnet: Choice<Draft<Subnet>>,
  { settings, launch }: { readonly settings: Settings; readonly launch: Launch },
): void {
  const { groups = [], isPublic = NULL, forwards, fixed, otherwise } = settings;
  const given = groups.some(isSet) ? groups : launch.groups;
  const { vpc } = subnet.item;
  const none = otherwise === undefined ? groupsOf(c, NULL, vpc) : [otherwise];
  interfaceIn(c, {
    owner,
    subnet,
    groups: given.some(isSet) ? given.filter(isSet).flatMap((value) => groupsOf(c, value, vpc)) : none,
    isPublic: publicity(c, isSet(isPublic) ? isPublic : launch.isPublic, subnet.item),
    ...(forwards === undefined ? {} : { forwards }),
    ...(fixed ? { addresses: fixedAddresses(c, owner, subnet.item, INSTANCE_ADDRESSES) } : {}),
  });
}

const INSTANCE_ADDRESSES = ['private_ip', 'secondary_private_ips', 'ipv6_addresses'] as const;
/** Arguments that give further addresses, beside the one that AWS chooses. */
const FURTHER: ReadonlySet<string> = new Set(['secondary_private_ips', 'ipv4_prefixes', 'ipv6_prefixes']);

/** The addresses that arguments give, and what AWS chooses in a family of which they give none, or only further ones. */
export function fixedAddresses(c: Compilation, owner: Resource, subnet: Subnet, names: readonly string[]): Addresses {
  const first = joinAddresses(
    names.filter((name) => !FURTHER.has(name)).map((name) => addressesOf(c, owner.attribute(name))),
  );
  const further = joinAddresses(
    names.filter((name) => FURTHER.has(name)).map((name) => addressesOf(c, owner.attribute(name))),
  );
  const has = (family: 4 | 6) => [...first.ranges, ...first.unknowns].some((block) => block.family === family);
  // A hidden address is one of the subnet all the same.
  const hides = first.doubts.length + further.doubts.length > 0;
  const chosen = hostAddresses(c, owner, subnet).unknowns.filter(({ family }) => hides || !has(family));
  return {
    ranges: [...first.ranges, ...further.ranges],
    unknowns: [...new Set([...first.unknowns, ...further.unknowns, ...chosen])],
    doubts: CERTAIN,
  };
}

/** Whether a new interface gets a public address: as it is told, else as its subnet is. */
function publicity(c: Compilation, value: Value, subnet: Subnet): Truth {
  return isSet(value) ? truthOf(value, false) : publicityIn(c, subnet);
}

/** Whether a template has instances take interfaces that are there already; which of them do is not followed. */
function attachesInterfaces(part: Resource): boolean {
  if (part.type !== 'aws_launch_template') return false;
  return part.blocks('network_interfaces').items.some((block) => isSet(block.attribute('network_interface_id')));
}

function addSpotFleet(c: Compilation, fleet: Resource): void {
  c.understood.add(fleet);
  const specifications = fleet.blocks('launch_specification');
  for (const block of specifications.items) {
    const settings = {
      subnets: [block.attribute('subnet_id')],
      groups: [block.attribute('vpc_security_group_ids')],
      isPublic: block.attribute('associate_public_ip_address'),
    };
    addFleet(c, fleet, settings, []);
  }
  if (specifications.open.length > 0) c.unmodelled.push({ resource: fleet, reason: UNSEEN });
  const launches = launchesOf(c, fleet, FLEET_TEMPLATES);
  if (launches.length === 0) return;
  addFleet(c, fleet, { subnets: valuesAt(c, fleet, 'launch_template_config.overrides.subnet_id') }, launches);
}

/** Nodes and pods are in the group of their cluster, unless a template puts them into others. */
function ofCluster(c: Compilation, part: Resource): Settings {
  const target = c.estate.resolve(part.attribute('cluster_name'), ['aws_eks_cluster']);
  const known = target.kind === 'resource' ? c.clusterGroups.get(target.resource) : undefined;
  const detail = 'is in the security group of a cluster that is not seen';
  const group = known ?? unseenGroup(c, unknown('missing-object', part.address, detail));
  return { subnets: [part.attribute('subnet_ids')], otherwise: { item: group, doubts: CERTAIN } };
}

const TEMPLATE_NAMES = ['id', 'name', 'launch_template_id', 'launch_template_name'] as const;

/** What the templates say that an owner names at some paths; blocks may repeat. */
function launchesOf(c: Compilation, owner: Resource, paths: readonly string[]): readonly Launch[] {
  return paths.flatMap((path) => {
    if (path === 'launch_configuration')
      return [owner.attribute(path)].filter(isSet).map((value) => launchOf(c, value));
    return TEMPLATE_NAMES.flatMap((name) => valuesAt(c, owner, `${path}.${name}`))
      .filter(isSet)
      .map((value) => launchOf(c, value));
  });
}

function launchOf(c: Compilation, value: Value): Launch {
  const target = c.estate.resolve(value, ['aws_launch_template', 'aws_launch_configuration']);
  if (target.kind !== 'resource') return { ...NOTHING, groups: [hiddenGroup(value)], isPublic: hiddenGroup(value) };
  const template = target.resource;
  if (template.type === 'aws_launch_configuration') {
    const isPublic = template.attribute('associate_public_ip_address');
    return { subnets: [], groups: [template.attribute('security_groups')], isPublic };
  }
  const { items, open } = template.blocks('network_interfaces');
  const listed = items.map((block) => block.attribute('security_groups')).filter(isSet);
  const flat = ['vpc_security_group_ids', 'security_group_names'].map((name) => template.attribute(name));
  return {
    subnets: items.map((block) => block.attribute('subnet_id')),
    groups: [...(listed.length > 0 ? listed : flat), ...open],
    isPublic: open[0] ?? items.map(publicArgument).find(isSet) ?? NULL,
  };
}

function publicArgument(block: Block): Value {
  return block.attribute('associate_public_ip_address');
}

function hiddenGroup(value: Value): Value {
  if (isHidden(value)) return value;
  return unknown('missing-object', display(value), 'is a launch template outside the estate');
}

function isSet(value: Value): boolean {
  const { items, open } = asItems(value);
  return items.length + open.length > 0 && !(value.kind === 'string' && value.value === '');
}
