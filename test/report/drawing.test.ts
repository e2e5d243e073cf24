import { describe, expect, it } from 'vitest';
import { flowsDrawing, networkDrawing } from '../../report/drawing.ts';
import { MOST_BOXES } from '../../report/graph/layout.ts';
import { placeOf, reportOf, storeOf } from '../support/flow-reports.ts';
import { nodeOf, pictureOf } from '../support/pictures.ts';

const WAY = { kind: 'fail', name: 'GTW-001', from: 'a', to: 'b', packet: 'tcp 443', nodes: [] } as const;

describe('a drawing', () => {
  it('holds the whole picture, its size and its words', () => {
    const { picture, reason, ways } = networkDrawing(pictureOf({ nodes: [nodeOf('tier')], ways: [WAY] }));
    expect(reason).toBeNull();
    expect(ways).toEqual([WAY]);
    expect(picture?.svg).toContain(`viewBox="0 0 ${picture?.width ?? 0} ${picture?.height ?? 0}"`);
    expect(picture?.width).toBeGreaterThan(100);
    expect(picture?.description).toContain('Ways: GTW-001 fails from a to b.');
  });

  it('of data holds where it rests', () => {
    const { picture, title } = flowsDrawing(reportOf({ stores: [storeOf({ place: placeOf() })] }));
    expect(title).toContain('where data rests and travels');
    expect(picture?.description).toContain('1 store');
  });

  it('says why it is none when nobody could read it, and keeps its ways', () => {
    const nodes = Array.from({ length: MOST_BOXES + 1 }, (_, index) => nodeOf(`n${index}`));
    expect(networkDrawing(pictureOf({ nodes, ways: [WAY] }))).toEqual({
      title: 'ledger enclave',
      picture: null,
      reason: `a picture of ${MOST_BOXES + 1} boxes and 0 lines is too large to read; trefoil graph --site draws one site, and --format dot the whole`,
      ways: [WAY],
    });
  });
});
