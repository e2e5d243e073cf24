import { describeTrace } from '../../../proofs/network/describe.ts';
import type { Address, Packet, Removal } from '../../../proofs/network/question.ts';
import { drops, type Walk, walk } from '../../../proofs/network/simulate.ts';
import type { Interface, Managed, Outside, Subnet, Unknown } from '../../../proofs/network/topology.ts';
import { at, type Network, NOTHING_REMOVED, range, tcp } from './topology.ts';

/** TCP 443 unless the service says otherwise. */
export function packet(
  source: string | Unknown,
  destination: string | Unknown,
  service: number = tcp(443).first,
): Packet {
  return { source: address(source), destination: address(destination), service };
}

function address(own: string | Unknown): Address {
  if (typeof own !== 'string') return { kind: 'unknown', unknown: own };
  const { family, first } = range(own);
  return { kind: 'number', family, value: first };
}

export type Part = Subnet | Interface | Outside | Managed;

export interface Sending {
  readonly from: Part;
  readonly to: Part;
  readonly packet: Packet;
  readonly model?: Walk['model'];
  readonly without?: Removal;
}

function walking({ from, to, model = 'must', without = NOTHING_REMOVED, packet: sent }: Sending): Walk {
  return { packet: sent, from: at(from), to: [at(to)], without, model };
}

/** The hops of a packet as people read them; null when it does not arrive. */
export function hops(net: Network, sending: Sending): readonly string[] | null {
  const trace = walk(net.topology, walking(sending));
  return trace === null
    ? null
    : describeTrace(trace)
        .slice(1)
        .map((line) => line.trim());
}

/** Whether a packet arrives in the may and in the must model. */
export function arrives(net: Network, sending: Sending): 'surely' | 'perhaps' | 'never' {
  if (walk(net.topology, walking({ ...sending, model: 'must' })) !== null) return 'surely';
  return walk(net.topology, walking({ ...sending, model: 'may' })) === null ? 'never' : 'perhaps';
}

/** Where the ways of a packet end, as people read them. */
export function ends(net: Network, sending: Sending): readonly string[] {
  return drops(net.topology, walking(sending)).map(({ at: place, reason }) => `${place.name}: ${reason}`);
}
