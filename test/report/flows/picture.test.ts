import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DataStore } from '../../../checks/data-store.ts';
import type { DataFlow } from '../../../checks/flow-map.ts';
import { FLOW_VERDICTS } from '../../../checks/flow-verdict.ts';
import type { DataPlace } from '../../../checks/flow-places.ts';
import { flowsPicture } from '../../../report/flows/picture.ts';
import { layoutOf } from '../../../report/graph/layout.ts';
import { flowOf, nowhere, placeOf, reportOf, storeOf } from '../../support/flow-reports.ts';
import { faultsIn } from '../../support/picture-faults.ts';

const AMERICA = placeOf({
  name: 'aws_s3_bucket.far',
  address: 'aws_s3_bucket.far',
  region: 'us-east-1',
  country: 'US',
});
const RACK = placeOf({ region: 'eu-north-1', within: 'Outposts rack', country: 'NO', site: 'north' });

describe('the map of flows', () => {
  it('has a group for each country, a box for each place of a site, and the gravest verdict of what rests there', () => {
    const { groups, nodes } = flowsPicture(
      reportOf({
        countries: [
          { country: 'IE', isAllowed: true, reason: 'member state' },
          { country: 'US', isAllowed: false, reason: 'United States (US) is outside EEA' },
        ],
        stores: [
          storeOf(),
          storeOf({ dataClass: 'operational' }),
          storeOf({ dataClass: null, verdict: 'unproven', reason: 'no tag' }),
          storeOf({ place: AMERICA, verdict: 'outside', reason: 'United States (US) is outside EEA' }),
          storeOf({ place: RACK }),
        ],
      }),
    );
    expect(groups.map(({ label, detail, kind }) => [label, detail, kind])).toEqual([
      ['Ireland (IE)', 'member state', 'site'],
      ['✗ United States (US)', 'United States (US) is outside EEA', 'elsewhere'],
      ['✗ Norway (NO)', null, 'elsewhere'],
    ]);
    expect(nodes.map(({ label, lines, status }) => [label, lines, status])).toEqual([
      [
        'west',
        ['eu-west-1', 'operational: 1 store', 'restricted: 1 store', 'class not told: 1 store, 1 unproven'],
        'doubtful',
      ],
      ['west', ['us-east-1', 'restricted: 1 store, 1 outside'], 'refused'],
      ['north', ['eu-north-1, Outposts rack', 'restricted: 1 store'], 'approved'],
    ]);
  });

  it('joins what moves between two boxes by its verdict, and counts what stays in one', () => {
    const { nodes, edges } = flowsPicture(
      reportOf({
        flows: [
          flowOf(),
          flowOf({ to: RACK, family: 'replica' }),
          flowOf({ to: RACK, family: 'backup', dataClass: null }),
          flowOf({ to: RACK, verdict: 'outside', reason: 'no' }),
          flowOf({ from: RACK, to: placeOf() }),
        ],
      }),
    );
    expect(nodes.map(({ label, lines }) => [label, lines])).toEqual([
      ['west', ['eu-west-1', 'within: ✓ 1 flow inside']],
      ['north', ['eu-north-1, Outposts rack']],
    ]);
    const names = new Map(nodes.map(({ id, label }) => [id, label]));
    expect(edges.map(({ from, to, labels, status }) => [names.get(from), names.get(to), labels, status])).toEqual([
      ['west', 'north', ['✓ 2 flows inside', 'backup, replica', 'class not told, restricted'], 'flow'],
      ['west', 'north', ['✗ 1 flow outside', 'log', 'restricted'], 'fail'],
      ['north', 'west', ['✓ 1 flow inside', 'log', 'restricted'], 'flow'],
    ]);
  });

  it('names what is in no known country, each with its verdict, and counts what it does not name', () => {
    const hosts = Array.from({ length: 9 }, (_, index) => nowhere('host', `host h${index}.example`));
    const { groups, nodes } = flowsPicture(
      reportOf({
        flows: [
          ...hosts.map((to) => flowOf({ to, verdict: 'outside', reason: 'no' })),
          flowOf({ to: nowhere('bucket', 'bucket elsewhere'), verdict: 'unproven', reason: 'no Region' }),
        ],
      }),
    );
    expect(groups.map(({ label }) => label)).toEqual(['✗ Ireland (IE)', 'No known country']);
    expect(nodes.slice(1).map(({ label, lines, status }) => [label, lines.at(0), lines.at(-1), status])).toEqual([
      ['Elsewhere', '✗ host h0.example', '+ 3 more', 'refused'],
      ['Not known', '? bucket elsewhere', '? bucket elsewhere', 'doubtful'],
    ]);
  });

  it('draws a profile that chooses among Regions as a place in no known country', () => {
    const profile = nowhere('regions', 'a Region that eu.amazon.nova-lite-v1:0 chooses');
    const { nodes, edges } = flowsPicture(
      reportOf({ flows: [flowOf({ to: profile, family: 'ai', dataClass: 'operational' })] }),
    );
    expect(nodes.map(({ label, lines, status }) => [label, lines, status])).toEqual([
      ['west', ['eu-west-1'], 'approved'],
      ['Not known', ['✓ a Region that eu.amazon.nova-lite-v1:0 chooses'], 'approved'],
    ]);
    expect(edges.map(({ labels }) => labels)).toEqual([['✓ 1 flow inside', 'ai', 'operational']]);
  });

  it('shows the gravest stores of a box, and counts them all', () => {
    const far = placeOf({ address: 'aws_s3_bucket.far' });
    const { nodes } = flowsPicture(
      reportOf({
        stores: [
          ...Array.from({ length: 60 }, () => storeOf()),
          storeOf({ place: far, verdict: 'outside', reason: 'no' }),
        ],
      }),
    );
    expect(nodes[0]?.resources).toHaveLength(40);
    expect(nodes[0]?.resources[0]?.address).toBe('aws_s3_bucket.far');
    expect(nodes[0]?.lines).toContain('restricted: 61 stores, 1 outside');
  });

  it('loses no flow and no store', () => {
    fc.assert(
      fc.property(reports, (report) => {
        const { nodes, edges } = flowsPicture(report);
        const drawn = [...edges.flatMap(({ labels }) => labels), ...nodes.flatMap(({ lines }) => lines)];
        const sum = (pattern: RegExp): number =>
          drawn.reduce((so, text) => so + Number(pattern.exec(text)?.[1] ?? 0), 0);
        expect(sum(/[✗?✓] (\d+) flows? /)).toBe(report.flows.length);
        expect(sum(/: (\d+) stores?/)).toBe(report.stores.length);
      }),
    );
  });

  it('is the same for the same report, and legible for any', () => {
    fc.assert(
      fc.property(reports, (report) => {
        const layout = layoutOf(flowsPicture(report));
        expect(faultsIn(layout)).toEqual([]);
        expect(layoutOf(flowsPicture(report))).toEqual(layout);
      }),
      { numRuns: 60 },
    );
  });
});

const PLACES: readonly DataPlace[] = [
  placeOf(),
  placeOf({ site: 'east' }),
  placeOf({ site: null, region: 'eu-west-1' }),
  RACK,
  placeOf({ region: 'eu-north-1', country: 'SE', site: 'north' }),
  placeOf({ region: 'eu-central-1', country: 'DE', site: 'monitor' }),
  AMERICA,
  nowhere('host', 'host api.a-partner-with-a-long-name.example'),
  nowhere('world', 'edge locations all over the world'),
  nowhere('bucket', 'bucket elsewhere'),
  nowhere('regions', 'a Region that eu.amazon.nova-lite-v1:0 chooses'),
  nowhere('unknown', 'an unknown place'),
  nowhere('resource', 'aws_sqs_queue.somewhere'),
];

const place = fc.constantFrom(...PLACES);
const dataClass = fc.constantFrom('restricted', 'operational', null);
const verdict = fc.constantFrom(...FLOW_VERDICTS);

/** Maps of up to twelve places with any flows between them. */
const reports = fc
  .record({
    stores: fc.array(
      fc.record({ place, dataClass, verdict }).map((parts): DataStore => storeOf(parts)),
      {
        maxLength: 20,
      },
    ),
    flows: fc.array(
      fc
        .record({
          from: place,
          to: place,
          dataClass,
          verdict,
          family: fc.constantFrom('log', 'replica', 'third-party', 'unlisted'),
        })
        .map((parts): DataFlow => flowOf(parts)),
      { maxLength: 30 },
    ),
  })
  .map((parts) => reportOf(parts));
