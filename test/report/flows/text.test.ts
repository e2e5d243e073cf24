import { describe, expect, it } from 'vitest';
import { cut, visible } from '../../../report/escape.ts';
import { flowsText } from '../../../report/flows/text.ts';
import { flowOf, hostileReport, nowhere, placeOf, reportOf, storeOf } from '../../support/flow-reports.ts';
import { HOSTILE } from '../../support/hostile-strings.ts';
import { COLOURED, PLAIN } from '../../support/reports.ts';

const NAMED = HOSTILE.map((text) => [cut(visible(text), 40), text] as const);
const HIDDEN = /[^\P{C}\n]|[\u2028\u2029\u00a0]/u;

describe('flows as text', () => {
  it('puts the gravest first, in each country and between countries', () => {
    const america = placeOf({ name: 'aws_s3_bucket.far', region: 'us-east-1', country: 'US' });
    const text = flowsText(
      reportOf({
        flows: [
          flowOf(),
          flowOf({
            to: nowhere('bucket', 'bucket elsewhere'),
            verdict: 'unproven',
            reason: 'names the bucket elsewhere',
          }),
          flowOf({ to: placeOf({ country: 'DE', region: 'eu-central-1' }) }),
          flowOf({ to: america, verdict: 'inside' }),
          flowOf({ to: america, verdict: 'outside', reason: 'United States (US) is outside EEA' }),
        ],
      }),
      1,
      PLAIN,
    );
    expect(
      text.split('\n').filter((line) => / flows?, /.test(line) || /^ {4}(?:outside|unproven|inside) /.test(line)),
    ).toEqual([
      '  From Ireland (IE) to United States (US): 2 flows, 1 outside, 1 inside',
      '    outside  west:aws_s3_bucket_logging.ledger target_bucket',
      '    inside   west:aws_s3_bucket_logging.ledger target_bucket',
      '  From Ireland (IE) to no known country: 1 flow, unproven',
      '    unproven west:aws_s3_bucket_logging.ledger target_bucket',
      '  From Ireland (IE) to Germany (DE): 1 flow, inside',
      '    inside   west:aws_s3_bucket_logging.ledger target_bucket',
      '  Within Ireland (IE): 1 flow, inside',
      '    inside   west:aws_s3_bucket_logging.ledger target_bucket',
    ]);
  });

  it('says of what class, site and place a store is, or that nothing tells', () => {
    const text = flowsText(
      reportOf({
        stores: [
          storeOf({ place: placeOf({ within: 'Outposts rack', country: 'NO', site: 'north' }) }),
          storeOf({
            place: placeOf({ site: null, region: null, country: null }),
            dataClass: null,
            verdict: 'unproven',
          }),
        ],
      }),
      3,
      PLAIN,
    );
    expect(text).toContain('  Norway (NO): 1 store, inside\n    north, eu-west-1, Outposts rack, restricted: 1\n');
    expect(text).toContain(
      '  no known country: 1 store, unproven\n    no known site, no known Region, class not told: 1\n',
    );
  });

  it.each([
    { word: 'OUTSIDE', report: { stores: [storeOf({ verdict: 'outside' })], incompleteBecause: ['x'] } },
    { word: 'INCOMPLETE', report: { stores: [storeOf({ verdict: 'unproven' })], incompleteBecause: ['x'] } },
    { word: 'UNPROVEN', report: { flows: [flowOf({ verdict: 'unproven' })] } },
    { word: 'INSIDE', report: { flows: [flowOf()] } },
    { word: 'NONE', report: {} },
  ] as const)('begins with $word', ({ word, report }) => {
    expect(flowsText(reportOf(report), 0, PLAIN)).toMatch(new RegExp(`^${word}: `));
  });

  it.each([60, 80, 110])('fits into %i columns', (width) => {
    const words = hostileReport('some words that are longer than a line of a narrow terminal');
    for (const line of flowsText(words, 1, { ...PLAIN, width }).split('\n'))
      expect(line.length).toBeLessThanOrEqual(width);
  });

  it.each(NAMED)('lets %s act on nobody', (_, text) => {
    for (const charset of ['unicode', 'ascii'] as const) {
      const plain = flowsText(hostileReport(text), 1, { ...PLAIN, charset });
      expect(plain).not.toMatch(HIDDEN);
      expect(plain).not.toMatch(/^\s*::|##\[|##vso\[/m);
    }
    expect(flowsText(hostileReport(text), 1, { ...PLAIN, charset: 'ascii' })).toMatch(/^[\x20-\x7e\n]*$/);
    const painted = flowsText(hostileReport(text), 1, COLOURED).replaceAll(/\u001b\[\d+m/g, '');
    expect(painted).not.toMatch(HIDDEN);
  });
});
