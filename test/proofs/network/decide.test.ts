import { describe, expect, it } from 'vitest';
import { ask } from '../../../proofs/network/ask.ts';
import { compileFlowGraph } from '../../../proofs/network/flow/compile.ts';
import { decide } from '../../../proofs/network/decide.ts';
import { describePacket } from '../../../proofs/network/describe.ts';
import type { Address, Packet } from '../../../proofs/network/question.ts';
import { walk } from '../../../proofs/network/simulate.ts';
import type { Addresses, Interface } from '../../../proofs/network/topology.ts';
import { verify } from '../../../proofs/network/verify.ts';
import { drawNetwork, PORTS, type RandomNetwork } from '../../support/network/random-network.ts';
import { at, between, NOTHING_REMOVED, services, tcp } from '../../support/network/topology.ts';

const NETWORKS = 60;

/** The one address of a host. */
function addressOf({ addresses }: Interface): Address {
  const [range] = addresses.ranges;
  const [unknown] = addresses.unknowns;
  if (range !== undefined) return { kind: 'number', family: 4, value: range.first };
  if (unknown !== undefined) return { kind: 'unknown', unknown };
  throw new TypeError('a host without an address');
}

function only(address: Address): Addresses {
  if (address.kind === 'unknown') return { ranges: [], unknowns: [address.unknown], doubts: [] };
  return { ranges: [{ family: address.family, first: address.value, last: address.value }], unknowns: [], doubts: [] };
}

/** Where the decisions about single packets and the walks of these packets differ. */
function differences({ topology, hosts, outsides }: RandomNetwork): readonly string[] {
  const found: string[] = [];
  const ends = [
    ...hosts.map((host) => ({ place: host, destination: addressOf(host) })),
    ...outsides.map((place) => ({
      place,
      destination: {
        kind: 'number',
        family: 4,
        value: place.name === 'the office' ? 0xc0a8_0909n : 0xcb00_710an,
      } as const,
    })),
  ];
  const senders = hosts.filter(({ forwards }) => !forwards.holds);
  for (const { place, destination } of ends) {
    for (const port of PORTS) {
      const question = between(senders, [place], { destinations: only(destination), services: services(tcp(port)) });
      const { decisions } = decide(topology, question);
      for (const [index, sender] of senders.entries()) {
        const packet: Packet = { source: addressOf(sender), destination, service: tcp(port).first };
        const walking = {
          packet,
          from: at(sender),
          to: question.to,
          without: NOTHING_REMOVED,
          destinations: question.destinations,
        };
        const must = walk(topology, { ...walking, model: 'must' });
        const may = must ?? walk(topology, { ...walking, model: 'may' });
        const walked = must !== null ? 'path' : may !== null ? 'unproven' : 'none';
        const decided = decisions[index]?.kind;
        if (decided !== walked) {
          found.push(`${sender.origin.name} ${describePacket(packet)}: decided ${decided}, walked ${walked}`);
        }
      }
    }
  }
  return found;
}

describe('a decision about one packet is what a walk of the packet finds, in both models,', () => {
  it.each([
    { what: 'where nothing is in doubt', doubtful: 0 },
    { what: 'where few things are', doubtful: 4 },
    { what: 'where many things are', doubtful: 15 },
  ])('$what', ({ doubtful }) => {
    for (let seed = 1; seed <= NETWORKS; seed++) {
      expect(differences(drawNetwork(seed, { doubtful, detours: false })), `seed ${seed}`).toEqual([]);
    }
  });
});

describe('an answer', () => {
  it('has a way that the simulator walks, where packets change on their way', () => {
    for (let seed = 1; seed <= NETWORKS; seed++) {
      const { topology, hosts, subnets, outsides } = drawNetwork(seed, { doubtful: 5, detours: true });
      for (const question of [between([...subnets, ...hosts], outsides), between([...outsides, ...hosts], hosts)]) {
        const { findings } = ask(topology, question);
        const walked = findings.flatMap(({ finding }) => (finding.kind === 'path' ? [finding.trace.hops.length] : []));
        const open = findings.flatMap(({ finding }) => (finding.kind === 'unproven' ? [finding.because.length] : []));
        expect(Math.min(1, ...walked, ...open), `seed ${seed}`).toBe(1);
      }
    }
  });
});

describe('the certificate', () => {
  it('of every answer is accepted by the checker', () => {
    for (let seed = 1; seed <= NETWORKS; seed++) {
      const { topology, hosts, subnets, outsides } = drawNetwork(seed, {
        doubtful: seed % 3 === 0 ? 0 : 5,
        detours: seed % 2 === 0,
      });
      for (const question of [between(subnets, outsides), between(outsides, [...subnets, ...hosts])]) {
        const { decisions, certificate } = decide(topology, question);
        const proved = question.from.filter((_, index) => decisions[index]?.kind === 'none');
        expect(
          verify(compileFlowGraph(topology), { question, certificate: certificate(), proved }),
          `seed ${seed}`,
        ).toEqual({
          kind: 'ok',
        });
      }
    }
  });
});
