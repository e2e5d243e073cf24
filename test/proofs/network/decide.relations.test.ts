import { describe, expect, it } from 'vitest';
import { decide } from '../../../proofs/network/decide.ts';
import type { Question } from '../../../proofs/network/question.ts';
import type { Addresses, Interface, NetworkAcl, SecurityGroup, Topology } from '../../../proofs/network/topology.ts';
import { drawNetwork, type RandomNetwork } from '../../support/network/random-network.ts';
import { addresses, between, permit, rule, services, tcp } from '../../support/network/topology.ts';

const NETWORKS = 40;
/** How much gets through, from least to most. */
const ORDER = ['none', 'unproven', 'path'];

/** What is decided between all hosts and outsides, on one service, as numbers in `ORDER`. */
function reach({ topology, hosts, outsides }: RandomNetwork): readonly number[] {
  return [...hosts, ...outsides].flatMap((target) => {
    const question: Question = between([...hosts, ...outsides], [target], { services: services(tcp(443)) });
    return decide(topology, question).decisions.map(({ kind }) => ORDER.indexOf(kind));
  });
}

/** The same network, drawn anew, with a change made to it before anything is asked. */
function changed(seed: number, change: (topology: Topology) => void): RandomNetwork {
  const network = drawNetwork(seed, { doubtful: 4, detours: true });
  change(network.topology);
  return network;
}

function groupsOf({ interfaces }: Topology): ReadonlySet<SecurityGroup> {
  return new Set(interfaces.flatMap(({ groups }) => groups.map(({ item }) => item)));
}

function aclsOf({ subnets }: Topology): ReadonlySet<NetworkAcl> {
  return new Set(subnets.flatMap(({ acls }) => acls.map(({ item }) => item)));
}

/** Each block as its two halves. */
function halved({ ranges, ...rest }: Addresses): Addresses {
  return {
    ...rest,
    ranges: ranges.flatMap((range) => {
      const middle = range.first + (range.last - range.first) / 2n;
      return range.first === range.last
        ? [range]
        : [
            { ...range, last: middle },
            { ...range, first: middle + 1n },
          ];
    }),
  };
}

describe('what gets through a network', () => {
  it('does not get less by a rule that allows more', () => {
    for (let seed = 1; seed <= NETWORKS; seed++) {
      const before = reach(drawNetwork(seed, { doubtful: 4, detours: true }));
      const more = changed(seed, (topology) => {
        for (const group of groupsOf(topology)) {
          Object.assign(group, { egress: [...group.egress, permit({ peer: addresses('10.0.0.0/15') })] });
        }
        for (const acl of aclsOf(topology)) Object.assign(acl, { ingress: [rule({ number: 1 }), ...acl.ingress] });
      });
      expect(
        reach(more).filter((kind, index) => kind < (before[index] ?? 0)),
        `seed ${seed}`,
      ).toEqual([]);
    }
  });

  it('is the same under other names', () => {
    for (let seed = 1; seed <= NETWORKS; seed++) {
      const renamed = changed(seed, ({ subnets, interfaces, vpcs, doors, attachments }) => {
        for (const [index, part] of [...subnets, ...interfaces, ...vpcs, ...doors, ...attachments].entries()) {
          Object.assign(part, { origin: { ...part.origin, name: `receipts ${index % 3}` } });
        }
      });
      expect(reach(renamed)).toEqual(reach(drawNetwork(seed, { doubtful: 4, detours: true })));
    }
  });

  it('is the same when blocks are written as their halves', () => {
    for (let seed = 1; seed <= NETWORKS; seed++) {
      const split = changed(seed, (topology) => {
        for (const { item } of topology.subnets.flatMap(({ acls }) => acls)) {
          for (const one of [...item.ingress, ...item.egress]) Object.assign(one, { addresses: halved(one.addresses) });
        }
        for (const group of groupsOf(topology)) {
          for (const { peer } of [...group.ingress, ...group.egress]) {
            if (peer.kind === 'addresses') Object.assign(peer, { addresses: halved(peer.addresses) });
          }
        }
        for (const part of [...topology.subnets, ...topology.vpcs, ...topology.outsides]) {
          Object.assign(part, { addresses: halved(part.addresses) });
        }
      });
      expect(reach(split)).toEqual(reach(drawNetwork(seed, { doubtful: 4, detours: true })));
    }
  });

  it('does not get more when what forwards is taken out', () => {
    for (let seed = 1; seed <= NETWORKS; seed++) {
      const network = drawNetwork(seed, { doubtful: 4, detours: true });
      const owners = network.topology.inspections.flatMap(({ owner }) => owner ?? []);
      const kinds = (certain: Question['without']['certain'], target: Interface): readonly number[] => {
        const question = between(network.hosts, [target], { without: { certain, doubtful: new Map() } });
        return decide(network.topology, question).decisions.map(({ kind }) => ORDER.indexOf(kind));
      };
      const grown = network.hosts.flatMap((target) => {
        const before = kinds(new Set(), target);
        return kinds(new Set(owners), target).filter((kind, index) => kind > (before[index] ?? 0));
      });
      expect(grown, `seed ${seed}`).toEqual([]);
    }
  });
});
