import type { Block, Resource } from '../../../model/resource.ts';
import { asString, type Hidden, isHidden, NULL, unknown, type Value } from '../../../model/value.ts';
import type { Addresses, Interface, RelayEntry, RelayExit, Services, Truth } from '../topology.ts';
import { addressesOf, joinAddresses } from './addresses.ts';
import { whyUnseen } from './candidates.ts';
import { CERTAIN, type Compilation, EVERY_SERVICE, NO_ADDRESSES } from './compilation.ts';
import { internetOf } from './outsides.ts';
import { bothDoubts, doubtsOf, NO, truthOf, YES } from './reading.ts';
import { addRelay, addressesOfOwner, EVERY_TCP, intersect, joinServices, serviceInterfaces } from './relay-parts.ts';
import { serviceRange, servicesOf, tcp } from './services.ts';

const DATABASE_TYPES = ['aws_rds_cluster', 'aws_db_instance', 'aws_db_proxy'];
const BALANCER_TYPES = ['aws_lb', 'aws_alb'];
const HTTPS = 443;
const SSH = 22;
const REMOTE_DESKTOP = 3389;
const TCP = 6;
const UDP = 17;

/** Doors for people: they come from the Internet and go on from an interface inside a VPC, without any route to it. */
export function compileAccess(c: Compilation): void {
  for (const endpoint of c.estate.ofType('aws_verifiedaccess_endpoint')) addVerifiedAccess(c, endpoint);
  compileClientVpn(c);
  for (const endpoint of c.estate.ofType('aws_ec2_instance_connect_endpoint')) addInstanceConnect(c, endpoint);
}

function addVerifiedAccess(c: Compilation, endpoint: Resource): void {
  c.understood.add(endpoint);
  const { block, subnets, destinations } = targetOf(c, endpoint);
  const interfaces = serviceInterfaces(c, endpoint, subnets, endpoint.attribute('security_group_ids'));
  const protocol = block === null ? NULL : block.attribute('protocol');
  const isWeb = protocol.kind === 'string' && protocol.value.startsWith('http');
  addRelay(c, endpoint, {
    kind: 'verified-access',
    from: [{ kind: 'outside', outside: internetOf(c), services: isWeb ? tcp(HTTPS) : EVERY_TCP }],
    to: interfaces.map((own) => exit(own, destinations, portsOf(block))),
    owner: instanceOf(c, endpoint),
  });
}

interface AccessTarget {
  readonly block: Block | null;
  readonly subnets: Value;
  readonly destinations: Addresses;
}

/** What an endpoint leads to, by the block of its kind. */
function targetOf(c: Compilation, endpoint: Resource): AccessTarget {
  for (const name of ['load_balancer_options', 'network_interface_options', 'cidr_options', 'rds_options']) {
    const { items, open } = endpoint.blocks(name);
    const [block] = items;
    const [hidden] = open;
    if (block !== undefined) {
      return { block, subnets: subnetsOf(c, block), destinations: destinationsOf(c, name, block) };
    }
    if (hidden !== undefined) {
      return { block: null, subnets: hidden, destinations: { ...NO_ADDRESSES, doubts: [hidden] } };
    }
  }
  const hidden = unknown('missing-object', endpoint.address, 'does not say what it leads to');
  return { block: null, subnets: hidden, destinations: { ...NO_ADDRESSES, doubts: [hidden] } };
}

/** An endpoint for one interface is in the subnet of that interface. */
function subnetsOf(c: Compilation, block: Block): Value {
  const named = block.attribute('network_interface_id');
  if (named.kind === 'null') return block.attribute('subnet_ids');
  const target = c.estate.resolve(named, ['aws_network_interface']);
  if (target.kind === 'resource') return target.resource.attribute('subnet_id');
  return whyUnseen(target) ?? NULL;
}

function destinationsOf(c: Compilation, kind: string, block: Block): Addresses {
  switch (kind) {
    case 'load_balancer_options':
      return addressesOfNamed(c, block.attribute('load_balancer_arn'), BALANCER_TYPES);
    case 'network_interface_options':
      return addressesOfNamed(c, block.attribute('network_interface_id'), ['aws_network_interface']);
    case 'cidr_options':
      return addressesOf(c, block.attribute('cidr'));
    default: {
      const named = ['rds_db_cluster_arn', 'rds_db_instance_arn', 'rds_db_proxy_arn', 'rds_endpoint']
        .map((name) => block.attribute(name))
        .filter(({ kind: set }) => set !== 'null');
      return joinAddresses(named.map((value) => addressesOfDatabase(c, value)));
    }
  }
}

/** A cluster has the interfaces of its instances. */
function addressesOfDatabase(c: Compilation, value: Value): Addresses {
  const target = c.estate.resolve(value, DATABASE_TYPES);
  if (target.kind !== 'resource' || target.resource.type !== 'aws_rds_cluster') {
    return addressesOfNamed(c, value, DATABASE_TYPES);
  }
  const { items, open } = c.estate.companions(target.resource, 'aws_rds_cluster_instance', 'cluster_identifier');
  const owners = [target.resource, ...items].filter((owner) => c.interfacesOf.has(owner));
  if (owners.length === 0) return addressesOfOwner(c, target.resource);
  const addresses = joinAddresses(owners.map((owner) => addressesOfOwner(c, owner)));
  return open.length === 0
    ? addresses
    : { ...addresses, doubts: [...addresses.doubts, ...open.map(({ value: hidden }) => hidden)] };
}

function addressesOfNamed(c: Compilation, value: Value, types: readonly string[]): Addresses {
  const target = c.estate.resolve(value, types);
  if (target.kind === 'resource') return addressesOfOwner(c, target.resource);
  const unseen = whyUnseen(target);
  return unseen === null ? NO_ADDRESSES : { ...NO_ADDRESSES, doubts: [unseen] };
}

function portsOf(block: Block | null): Services {
  if (block === null) return EVERY_TCP;
  const port = block.attribute('port');
  const ranges = block.blocks('port_range');
  const protocol: Value = { kind: 'string', value: 'tcp' };
  const services = [
    ...(port.kind === 'null' ? [] : [servicesOf(protocol, port, port)]),
    ...ranges.items.map((range) => servicesOf(protocol, range.attribute('from_port'), range.attribute('to_port'))),
    ...ranges.open.map((hidden) => ({ ranges: [], doubts: [hidden] })),
  ];
  return services.length === 0 ? EVERY_TCP : joinServices(services);
}

/** The Verified Access instance that the endpoint's group belongs to: what a policy declares. */
function instanceOf(c: Compilation, endpoint: Resource): Resource | null {
  const group = c.estate.resolve(endpoint.attribute('verified_access_group_id'), ['aws_verifiedaccess_group']);
  if (group.kind !== 'resource') return null;
  const instance = c.estate.resolve(group.resource.attribute('verifiedaccess_instance_id'), [
    'aws_verifiedaccess_instance',
  ]);
  return instance.kind === 'resource' ? instance.resource : null;
}

/** What a Client VPN endpoint is joined from: its associations, routes and rules, each by the endpoint. */
interface ClientVpn {
  readonly associations: readonly Resource[];
  readonly routed: Addresses;
  readonly authorised: Addresses;
  /** Of parts whose endpoint is hidden. */
  readonly open: readonly Hidden[];
}

function compileClientVpn(c: Compilation): void {
  const [associations, routes, rules] = [
    'aws_ec2_client_vpn_network_association',
    'aws_ec2_client_vpn_route',
    'aws_ec2_client_vpn_authorization_rule',
  ] as const;
  for (const type of [associations, routes, rules]) for (const part of c.estate.ofType(type)) c.understood.add(part);
  for (const endpoint of c.estate.ofType('aws_ec2_client_vpn_endpoint')) {
    c.understood.add(endpoint);
    const own = (type: string) => c.estate.companions(endpoint, type, 'client_vpn_endpoint_id');
    const attached = own(associations);
    addClientVpn(c, endpoint, {
      associations: [...attached.items, ...attached.open.map(({ resource }) => resource)],
      routed: blocksOf(c, own(routes), 'destination_cidr_block'),
      authorised: blocksOf(c, own(rules), 'target_network_cidr'),
      open: attached.open.map(({ value }) => value),
    });
  }
}

function addClientVpn(c: Compilation, endpoint: Resource, parts: ClientVpn): void {
  const exits: RelayExit[] = [];
  for (const association of parts.associations) {
    const groups = endpoint.attribute('security_group_ids');
    for (const own of serviceInterfaces(c, association, association.attribute('subnet_id'), groups)) {
      // An association adds the route to its own VPC.
      const routed = joinAddresses([own.subnet.vpc.addresses, parts.routed]);
      exits.push(exit(own, intersect(parts.authorised, routed), EVERY_SERVICE));
    }
  }
  addRelay(c, endpoint, {
    kind: 'client-vpn',
    from: [entry(c, tunnelOf(endpoint))],
    to: exits,
    owner: endpoint,
    doubts: parts.open,
  });
}

function blocksOf(
  c: Compilation,
  { items, open }: ReturnType<Compilation['estate']['companions']>,
  argument: string,
): Addresses {
  const sets = items.map((item): Addresses => {
    const addresses = addressesOf(c, item.attribute(argument));
    const doubts = bothDoubts(addresses.doubts, doubtsOf(item));
    return item.init.isSymbolic ? { ...NO_ADDRESSES, doubts } : addresses;
  });
  return joinAddresses([...sets, { ...NO_ADDRESSES, doubts: open.map(({ value }) => value) }]);
}

/** Where clients open their tunnel. */
function tunnelOf(endpoint: Resource): Services {
  const port = endpoint.attribute('vpn_port');
  const protocol = asString(endpoint.attribute('transport_protocol'));
  const number = protocol === 'tcp' ? TCP : UDP;
  if (port.kind === 'null' && !isHidden(protocol)) return serviceRange(number, HTTPS, HTTPS);
  const value: Value = isHidden(protocol) ? protocol : { kind: 'string', value: String(number) };
  return servicesOf(value, port, port);
}

/** By it whoever may sign in at AWS opens connections to SSH and remote desktop, of its VPC and of what that reaches. */
function addInstanceConnect(c: Compilation, endpoint: Resource): void {
  c.understood.add(endpoint);
  const services = joinServices([tcp(SSH), tcp(REMOTE_DESKTOP)]);
  const beyond = unknown('operation', endpoint.address, 'may reach networks that its VPC is connected to');
  const interfaces = serviceInterfaces(
    c,
    endpoint,
    endpoint.attribute('subnet_id'),
    endpoint.attribute('security_group_ids'),
  );
  addRelay(c, endpoint, {
    kind: 'instance-connect',
    from: [entry(c, tcp(HTTPS))],
    to: interfaces.flatMap((own) => {
      const { addresses } = own.subnet.vpc;
      const destinations = { ...addresses, doubts: [...addresses.doubts, beyond] };
      return keepsClient(endpoint).map((keepsSource) => exit(own, destinations, services, keepsSource));
    }),
    owner: endpoint,
    doubts: CERTAIN,
  });
}

/** Whether the host sees the client's address: either, where the endpoint leaves it to AWS, whose default has changed. */
function keepsClient(endpoint: Resource): readonly Truth[] {
  const value = endpoint.attribute('preserve_client_ip');
  return value.kind === 'null' ? [NO, YES] : [truthOf(value, true)];
}

function entry(c: Compilation, services: Services): RelayEntry {
  return { kind: 'outside', outside: internetOf(c), services };
}

function exit(own: Interface, destinations: Addresses, services: Services, keepsSource: Truth = NO): RelayExit {
  return { kind: 'interface', interface: own, destinations, services, keepsSource };
}
