import { describe, expect, it } from 'vitest';
import { ask } from '../../../proofs/network/ask.ts';
import type { PacketExtent } from '../../../proofs/network/question.ts';
import type { Services } from '../../../proofs/network/topology.ts';
import { drawNetwork, type RandomNetwork } from '../../support/network/random-network.ts';
import { between, range, services } from '../../support/network/topology.ts';

function extentsOf(
  { topology, subnets, outsides }: RandomNetwork,
  asked: Services,
): readonly { readonly certain: PacketExtent; readonly possible: PacketExtent; readonly sent: string }[] {
  return ask(topology, between(subnets, outsides, { services: asked })).findings.flatMap(({ finding }) => {
    if (finding.kind !== 'path') return [];
    const { source } = finding.trace.packet;
    return [
      { certain: finding.certain, possible: finding.possible, sent: source.kind === 'number' ? `${source.value}` : '' },
    ];
  });
}

/** Whether a number is in one of some ranges as they are printed. */
function holds(texts: readonly string[], value: bigint): boolean {
  return texts.some((text) => {
    if (text.startsWith('any ')) return true;
    const [low = '', high = low] = text.split('-');
    return range(low).first <= value && value <= range(high).last;
  });
}

describe('the extent of a way', () => {
  it('is the same however finely a question cuts the packets', () => {
    let ways = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const network = drawNetwork(seed, { doubtful: 5, detours: true });
      const whole = extentsOf(network, services());
      const cut = extentsOf(network, services({ first: 0, last: 77_777 }, { first: 77_778, last: 2 ** 24 - 1 }));
      expect(cut, `seed ${seed}`).toEqual(whole);
      ways += whole.length;
    }
    expect(ways).toBeGreaterThan(10);
  });

  it('holds the packet that shows the way, and what is certain is possible', () => {
    for (let seed = 1; seed <= 40; seed++) {
      for (const { certain, possible, sent } of extentsOf(
        drawNetwork(seed, { doubtful: 5, detours: true }),
        services(),
      )) {
        expect(sent === '' || holds(certain.sources, BigInt(sent)), `seed ${seed}: ${certain.sources.join()}`).toBe(
          true,
        );
        for (const text of certain.sources.filter((source) => !source.startsWith('any '))) {
          const [low = '', high = low] = text.split('-');
          expect(holds(possible.sources, range(low).first), `seed ${seed}: ${text}`).toBe(true);
          expect(holds(possible.sources, range(high).last), `seed ${seed}: ${text}`).toBe(true);
        }
      }
    }
  });
});
