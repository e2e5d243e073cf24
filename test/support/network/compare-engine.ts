import { ask } from '../../../proofs/network/ask.ts';
import { describePlace } from '../../../proofs/network/describe.ts';
import { familyOf } from '../../../proofs/network/membership.ts';
import type { Finding, Question } from '../../../proofs/network/question.ts';
import { samplesOf } from '../../../proofs/network/simulator/samples.ts';
import { goalAt, goalsOf } from '../../../proofs/network/simulate.ts';
import { start } from '../../../proofs/network/simulator/hops.ts';
import { Junction, type Step, type Terms } from '../../../proofs/network/simulator/journey.ts';
import { partsOf } from '../../../proofs/network/simulator/parts.ts';
import { search } from '../../../proofs/network/simulator/search.ts';
import type { Addresses, Topology } from '../../../proofs/network/topology.ts';
import { type Dice, randomNetwork } from './random-topology.ts';
import { at } from './topology.ts';

const EVERY: Addresses = {
  ranges: [
    { family: 4, first: 0n, last: (1n << 32n) - 1n },
    { family: 6, first: 0n, last: (1n << 128n) - 1n },
  ],
  unknowns: [],
  doubts: [],
};

export interface Compared {
  readonly kinds: readonly Finding['kind'][];
  /** Each difference in words; none when both agree. */
  readonly differences: readonly string[];
  readonly walked: number;
}

/** Asks about some pairs of places of a random network, one service each, and walks every packet that the network tells apart. */
export function compareEngine(seed: number, dice: Dice, questions: number): Compared {
  const { network, without } = randomNetwork(seed);
  const { topology } = network;
  const places = [...topology.subnets, ...topology.interfaces, ...topology.outsides, ...topology.managed].map(at);
  const samples = samplesOf(topology);
  const kinds: Finding['kind'][] = [];
  const differences: string[] = [];
  let walked = 0;
  const all = [...samples.services({ ranges: [{ first: 0, last: 2 ** 24 - 1 }], doubts: [] })];
  for (let count = 0; count < questions; count++) {
    const service = dice.pick(all);
    const question: Question = {
      from: [dice.pick(places)],
      to: [dice.pick(places)],
      without,
      destinations: null,
      services: { ranges: [{ first: service, last: service }], doubts: [] },
    };
    const title = `seed ${seed}: ${question.from.map(describePlace).join()} to ${question.to.map(describePlace).join()}, service ${service}`;
    const brute = bruteForce(topology, question, service);
    walked += brute.walked;
    let finding: Finding | undefined;
    try {
      finding = ask(topology, question).findings[0]?.finding;
    } catch (error) {
      differences.push(`${title}: ${String(error)}`);
      continue;
    }
    if (finding === undefined) throw new TypeError('a place without a finding');
    kinds.push(finding.kind);
    const expected = brute.must ? 'path' : brute.may ? 'unproven' : 'none';
    if (finding.kind !== expected) {
      differences.push(`${title}: the engine says ${finding.kind}, the simulator ${expected}`);
    } else if (finding.kind === 'unproven' && finding.trace === null) {
      differences.push(`${title}: the simulator does not walk the packet that may get through`);
    }
  }
  return { kinds, differences, walked };
}

/** One search with every packet at once: what is asked is whether any gets through. */
function bruteForce(
  topology: Topology,
  { from, to, without }: Question,
  service: number,
): { readonly may: boolean; readonly must: boolean; readonly walked: number } {
  const addresses = [...samplesOf(topology).addresses(EVERY)].map(({ address }) => address);
  const packets = addresses.flatMap((source) =>
    addresses
      .filter((destination) => familyOf(destination) === familyOf(source))
      .map((destination) => ({ source, destination, service })),
  );
  const gets = (model: 'may' | 'must'): boolean => {
    const terms: Terms = {
      parts: partsOf(topology),
      model,
      without,
      likely: [],
      wanted: null,
      remembers: false,
      leads: () => true,
      reply: null,
    };
    const all = new Junction(terms);
    for (const packet of packets) for (const place of from) all.steps.push(...start(terms, place, packet).steps);
    const isGoal = ({ position }: Step): boolean => goalAt(position, goalsOf(to), null) !== null;
    return search({ terms, start: all, isGoal, limit: null, most: null }).goal !== null;
  };
  const may = gets('may');
  return { may, must: may && gets('must'), walked: packets.length };
}
