import type { AddressRange } from '../../../model/aws/cidr.ts';
import { parseCidr } from '../../../model/aws/cidr.ts';
import type { Resource } from '../../../model/resource.ts';
import { ask, prepare } from '../../../proofs/network/ask.ts';
import { connect } from '../../../proofs/network/connect.ts';
import type { Place } from '../../../proofs/network/question.ts';
import type { Addresses, Services, Topology } from '../../../proofs/network/topology.ts';
import { type Probe, reachedBy } from './brute-force.ts';
import { networkOf } from './compiled.ts';
import { talksTo } from './connections-by-hand.ts';
import { type HostDrawing, PORTS, type Scenario, WORLD } from './scenario.ts';
import { terraformOf } from './scenario-terraform.ts';

/** What the proof and the walk by hand say of a scenario. */
export interface Comparison {
  readonly queries: number;
  readonly reached: number;
  /** Queries on which the two differ, as people read them. */
  readonly mismatches: readonly string[];
}

interface Source {
  readonly place: Place;
  /** Packets that stand for all that the place can send: one for a host, several for the Internet. */
  readonly probes: (family: 4 | 6) => readonly Pick<Probe, 'from' | 'source'>[];
  readonly name: string;
}

interface Target {
  readonly place: Place;
  /** What the walk by hand calls it. */
  readonly name: string;
  readonly addresses: readonly string[];
}

/**
 * Asks of every host and the Internet whether it gets to every host, subnet and address of the Internet, on each port, as
 * the network stands and without its firewalls, and holds the answers against a walk of the same packets by hand.
 */
export function holdAgainst(scenario: Scenario): Comparison {
  const topology = networkOf(terraformOf(scenario).resource);
  const sources = sourcesOf(scenario, topology);
  const targets = targetsOf(scenario, topology);
  const asked = targets.flatMap(({ addresses, place, name }) =>
    addresses.flatMap((address) => PORTS.map((port) => ({ address, port, place, name }))),
  );
  prepare(
    topology,
    asked.map(({ address, port }) => ({ destinations: only(address), services: tcp(port) })),
  );
  const firewalls = new Set(topology.inspections.flatMap(({ owner }) => owner ?? []));
  const removals = [
    { ids: new Set<string>(), certain: new Set<Resource>() },
    ...(firewalls.size === 0 ? [] : [{ ids: new Set(scenario.firewalls.map(({ id }) => id)), certain: firewalls }]),
  ];
  let queries = 0;
  let reached = 0;
  const mismatches: string[] = [];
  for (const { ids, certain } of removals) {
    for (const { address, port, place, name } of asked) {
      const { findings } = ask(topology, {
        from: sources.map((source) => source.place),
        to: [place],
        without: { certain, doubtful: new Map() },
        destinations: only(address),
        services: tcp(port),
      });
      for (const [index, source] of sources.entries()) {
        const said = findings[index]?.finding.kind;
        const family = address.includes(':') ? 6 : 4;
        const arrives = source
          .probes(family)
          .some((probe) => reachedBy(scenario, { ...probe, destination: address, port }, ids).has(name));
        queries++;
        if (arrives) reached++;
        if (said !== (arrives ? 'path' : 'none')) {
          const without = ids.size > 0 ? ' without firewalls' : '';
          const walked = arrives ? 'arrives' : 'does not arrive';
          mismatches.push(
            `seed ${scenario.seed}: ${source.name} to ${name} at ${address} port ${port}${without}: proof ${said}, walk ${walked}`,
          );
        }
      }
    }
  }
  return { queries, reached, mismatches };
}

function sourcesOf(scenario: Scenario, topology: Topology): readonly Source[] {
  // A host that forwards may send from any address; each other one is one packet.
  const hosts = scenario.hosts.filter(({ forwards }) => !forwards);
  return [
    ...hosts.map((host) => ({
      place: interfacePlace(host, topology),
      name: host.id,
      probes: (family: 4 | 6) => [{ from: host, source: family === 4 ? host.v4 : host.v6 }],
    })),
    ...topology.outsides
      .filter(({ kind }) => kind === 'internet')
      .map((outside) => ({
        place: { kind: 'outside', outside } as const,
        name: 'the Internet',
        probes: (family: 4 | 6) =>
          (family === 4 ? WORLD.v4 : worldSources(scenario)).map((source) => ({ from: 'world' as const, source })),
      })),
  ];
}

/** Every address of IPv6 may send over the Internet, those of the network too. */
function worldSources({ hosts, subnets }: Scenario): readonly string[] {
  return [
    ...WORLD.v6,
    '2600::1',
    ...hosts.map(({ v6 }) => v6),
    ...subnets.map(({ v6 }) => v6.replace('::/64', '::77')),
  ];
}

function targetsOf(scenario: Scenario, topology: Topology): readonly Target[] {
  return [
    ...scenario.hosts.map((host) => ({
      place: interfacePlace(host, topology),
      name: host.id,
      addresses: [host.v4, host.v6],
    })),
    ...scenario.subnets.map(({ id, v4 }) => ({
      place: subnetPlace(id, topology),
      name: id,
      addresses: [v4.replace('0/24', '99')],
    })),
    ...topology.outsides
      .filter(({ kind }) => kind === 'internet')
      .map((outside) => ({
        place: { kind: 'outside', outside } as const,
        name: 'world',
        addresses: [...WORLD.v4, ...WORLD.v6],
      })),
  ];
}

function interfacePlace({ id }: HostDrawing, topology: Topology): Place {
  const found = topology.interfaces.find(({ origin }) => origin.resource?.address === `aws_network_interface.${id}`);
  if (found === undefined) throw new Error(`the topology has no interface for ${id}`);
  return { kind: 'interface', interface: found };
}

function subnetPlace(id: string, topology: Topology): Place {
  const found = topology.subnets.find(({ origin }) => origin.resource?.address === `aws_subnet.${id}`);
  if (found === undefined) throw new Error(`the topology has no subnet ${id}`);
  return { kind: 'subnet', subnet: found };
}

function only(address: string): Addresses {
  const range: AddressRange | null = parseCidr(`${address}/${address.includes(':') ? 128 : 32}`);
  if (range === null) throw new Error(`no address: ${address}`);
  return { ranges: [range], unknowns: [], doubts: [] };
}

function tcp(port: number): Services {
  const service = 6 * 65_536 + port;
  return { ranges: [{ first: service, last: service }], doubts: [] };
}

/** As `holdAgainst`, for connections: of each host that does not forward, to each host and address of the Internet. */
export function holdConnectionsAgainst(scenario: Scenario): Comparison {
  const topology = networkOf(terraformOf(scenario).resource);
  const clients = scenario.hosts.filter(({ forwards }) => !forwards);
  const servers = targetsOf(scenario, topology).filter(({ place }) => place.kind !== 'subnet');
  let queries = 0;
  let reached = 0;
  const mismatches: string[] = [];
  for (const client of clients) {
    for (const { place, name, addresses } of servers.filter((server) => server.name !== client.id)) {
      for (const address of addresses) {
        for (const port of PORTS) {
          const { kind } = connect(topology, {
            from: [interfacePlace(client, topology)],
            to: [place],
            destinations: only(address),
            services: tcp(port),
          });
          const talks = talksTo(scenario, {
            client,
            source: address.includes(':') ? client.v6 : client.v4,
            server: scenario.hosts.find(({ id }) => id === name) ?? 'world',
            destination: address,
            port,
          });
          queries++;
          if (talks) reached++;
          if (kind !== (talks ? 'works' : 'blocked')) {
            mismatches.push(
              `seed ${scenario.seed}: ${client.id} with ${name} at ${address} port ${port}: connect ${kind}, by hand ${talks ? 'works' : 'blocked'}`,
            );
          }
        }
      }
    }
  }
  return { queries, reached, mismatches };
}
