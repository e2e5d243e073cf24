import type { Estate } from '../../../model/estate.ts';
import type { Topology } from '../topology.ts';
import { compileCoreNetworks } from './cloud-wan.ts';
import { Compilation } from './compilation.ts';
import { compileConnections } from './connections.ts';
import { addDefaultDoors } from './default-vpcs.ts';
import { compileHosts } from './hosts.ts';
import { compileInstances } from './instances.ts';
import { compileNetworkAcls } from './network-acls.ts';
import { compileNetworkInterfaces } from './network-interfaces.ts';
import { compileNetworks } from './networks.ts';
import { internetOf } from './outsides.ts';
import { compilePrivateLinks } from './private-links.ts';
import { compilePublicAccess } from './public-access.ts';
import { compileRelays } from './relays.ts';
import { compileRouteTables } from './route-tables.ts';
import { compileSecurityGroups } from './security-groups.ts';
import { compileTransitTables } from './transit-tables.ts';
import { addUnmodelled } from './unmodelled.ts';

const TOPOLOGIES = new WeakMap<Estate, Topology>();

/** The network of an estate; compiled once. */
export function topologyOf(estate: Estate): Topology {
  const known = TOPOLOGIES.get(estate);
  if (known !== undefined) return known;
  const made = compile(new Compilation(estate));
  TOPOLOGIES.set(estate, made);
  return made;
}

function compile(c: Compilation): Topology {
  // Also of a network without any door to it: what leads to nobody knows where may lead there.
  internetOf(c);
  compileNetworks(c);
  compileSecurityGroups(c);
  compileNetworkAcls(c);
  compilePublicAccess(c);
  compileHosts(c);
  compileInstances(c);
  compileNetworkInterfaces(c);
  compileConnections(c);
  addDefaultDoors(c);
  compilePrivateLinks(c);
  compileCoreNetworks(c);
  compileTransitTables(c);
  compileRouteTables(c);
  compileRelays(c);
  addUnmodelled(c);
  return {
    vpcs: [...c.vpcs.values(), ...c.foreignVpcs.values()],
    subnets: [...c.subnets.values()],
    interfaces: c.interfaces,
    doors: c.doors,
    nats: c.nats,
    inspections: c.inspections,
    transitGateways: [...new Set([...c.transitGateways.values(), ...c.foreignTransitGateways.values()])],
    attachments: c.attachments,
    peerings: c.peerings,
    relays: c.relays,
    outsides: [...c.outsides.values()],
    managed: c.managed,
    unmodelled: c.unmodelled,
  };
}
