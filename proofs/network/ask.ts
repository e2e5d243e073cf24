import { decide, type Decision } from './decide.ts';
import type { Answer, Certificate, Finding, Place, Question } from './question.ts';
import { walk } from './simulate.ts';
import type { Topology } from './topology.ts';

export { prepare } from './decide.ts';

/**
 * Decides which packets get from where to where. A packet that gets through is walked by the simulator, which shares
 * nothing with the proof: that the two disagree is a fault of this program and never an answer.
 */
export function ask(topology: Topology, question: Question): Answer {
  const { decisions, certificate } = decide(topology, question);
  const findings = question.from.map((from, index) => {
    const decision = decisions[index];
    if (decision === undefined) throw new TypeError('a place without a decision');
    return { from, finding: findingOf(topology, question, { from, decision }) };
  });
  let made: Certificate | null = null;
  return {
    findings,
    // Made when somebody reads it: as text it is many times the work of the proof.
    get certificate() {
      made ??= certificate();
      return made;
    },
  };
}

function findingOf(
  topology: Topology,
  { to, without, destinations }: Question,
  { from, decision }: { readonly from: Place; readonly decision: Decision },
): Finding {
  if (decision.kind === 'none') return decision;
  const { packet } = decision;
  if (decision.kind === 'unproven') {
    const trace = packet === null ? null : walk(topology, { packet, from, to, without, destinations, model: 'may' });
    return { kind: 'unproven', because: decision.because, trace };
  }
  const trace = walk(topology, { packet: decision.packet, from, to, without, destinations, model: 'must' });
  if (trace === null) {
    throw new Error(
      `the proof finds a way from ${nameOf(from)} to ${to.map(nameOf).join(', ')} that the simulator does not find`,
    );
  }
  return { kind: 'path', trace, certain: decision.certain, possible: decision.possible };
}

function nameOf(place: Place): string {
  switch (place.kind) {
    case 'subnet':
      return place.subnet.origin.name;
    case 'interface':
      return place.interface.origin.name;
    case 'outside':
      return place.outside.name;
    case 'managed':
      return place.managed.origin.name;
  }
}
