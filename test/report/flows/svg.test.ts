import { describe, expect, it } from 'vitest';
import { cut, visible } from '../../../report/escape.ts';
import type { FlowReport } from '../../../report/flows/json.ts';
import { flowsPicture } from '../../../report/flows/picture.ts';
import { flowsSvg } from '../../../report/flows/svg.ts';
import { flowOf, hostileReport, placeOf, reportOf, storeOf } from '../../support/flow-reports.ts';
import { HOSTILE } from '../../support/hostile-strings.ts';
import { tagsOf } from '../../support/xml-tags.ts';

const NAMED = HOSTILE.map((text) => [cut(visible(text), 40), text] as const);
const HIDDEN = /[^\P{C}\n]|[\u2028\u2029\u00a0]/u;
const AMERICA = placeOf({ region: 'us-east-1', country: 'US' });

const REPORT = reportOf({
  site: 'west',
  dataClass: 'restricted',
  countries: [{ country: 'IE', isAllowed: true, reason: 'member state' }],
  stores: [storeOf(), storeOf({ place: AMERICA, verdict: 'outside', reason: 'no' })],
  flows: [flowOf(), flowOf({ to: AMERICA, verdict: 'outside', reason: 'no' })],
});

function draw(report: FlowReport): string {
  return flowsSvg(report, flowsPicture(report));
}

describe('the map of flows as SVG', () => {
  it('is well-formed, titled, and says in words what it shows', () => {
    const text = draw(REPORT);
    expect(tagsOf(text).filter((name) => name === 'svg')).toHaveLength(1);
    expect(text).toContain('>ledger enclave: where restricted data at west rests and travels</title>');
    expect(text).toContain('2 stores and 2 flows; outside: 1 store and 1 flow');
    expect(text).toContain('west (Ireland (IE)): eu-west-1, restricted: 1 store, within: ✓ 1 flow inside.');
    expect(text).toContain(
      'from west (Ireland (IE)) to west (✗ United States (US)): ✗ 1 flow outside, log, restricted.',
    );
    for (const words of ['Ireland (IE)', '✗ United States (US)', '✓ inside', '✗ outside', '✗ 1 flow outside']) {
      expect(text).toContain(`>${words}</text>`);
    }
  });

  it('needs nothing from elsewhere, and runs nothing', () => {
    const text = draw(REPORT);
    expect(tagsOf(text).filter((name) => ['script', 'image', 'use', 'foreignObject', 'a'].includes(name))).toEqual([]);
    expect(text).not.toMatch(/@import|@font-face|url\((?!#)|href=/);
    expect(text).toContain('@media (prefers-color-scheme:dark)');
  });

  it('says that all is inside, that something is unproven, and that the input is not whole', () => {
    expect(draw(reportOf({ stores: [storeOf()] }))).toContain('1 store and 0 flows; all inside');
    const open = reportOf({ flows: [flowOf({ verdict: 'unproven', reason: 'x' })], incompleteBecause: ['x'] });
    expect(draw(open)).toContain('unproven: 1 flow; the input does not show the whole estate');
  });

  it('of nothing is a picture as well', () => {
    expect(tagsOf(draw(reportOf()))).toContain('svg');
  });

  it('is the same bytes for the same report', () => {
    expect(draw(REPORT)).toBe(draw(REPORT));
  });

  it.each(NAMED)('holds no markup of %s', (_, text) => {
    const drawn = draw(hostileReport(text));
    expect(tagsOf(drawn)).not.toContain('script');
    expect(drawn).not.toMatch(HIDDEN);
  });
});
