import { expect, it } from 'vitest';
import { withFindings } from '../../../report/graph/findings.ts';
import { nodeOf, pictureOf } from '../../support/pictures.ts';
import {
  BUCKETS_ENCRYPTED,
  controlOf,
  exceptedOf,
  failOf,
  passOf,
  PLACED_IN_SITE,
  subjectOf,
  unprovenOf,
} from '../../support/reports.ts';

const PLACE = { file: 'cdk.tf.json', line: 1, column: 1 };
const SUBNET = { stack: 'dublin-network', address: 'aws_subnet.a', constructPath: null, source: PLACE, code: null };
const subject = subjectOf(SUBNET);
const GRAPH = pictureOf({
  nodes: [
    nodeOf('tier', { lines: ['10.0.0.0/24'], resources: [SUBNET] }),
    nodeOf('other', { lines: ['10.1.0.0/24'], resources: [{ ...SUBNET, stack: 'norway-network' }] }),
  ],
});

function linesWith(...results: Parameters<typeof withFindings>[1]): readonly (readonly string[])[] {
  return withFindings(GRAPH, results).nodes.map(({ lines }) => lines);
}

it('names in a box the controls that fail or are unproven of what is in it, and in no other', () => {
  expect(
    linesWith(
      failOf(BUCKETS_ENCRYPTED, { subject }),
      failOf(BUCKETS_ENCRYPTED, { subject }),
      unprovenOf(PLACED_IN_SITE, { subject }),
    ),
  ).toEqual([['✗ fail: ENC-001', '? unproven: RES-001', '10.0.0.0/24'], ['10.1.0.0/24']]);
});

it('draws no pass and no exception', () => {
  expect(withFindings(GRAPH, [passOf(BUCKETS_ENCRYPTED, { subject }), exceptedOf(PLACED_IN_SITE, { subject })])).toBe(
    GRAPH,
  );
});

it('names four controls and counts the others', () => {
  const results = Array.from({ length: 6 }, (_, index) => failOf(controlOf({ id: `NET-00${6 - index}` }), { subject }));
  expect(linesWith(...results)[0]?.[0]).toBe('✗ fail: NET-001, NET-002, NET-003, NET-004, + 2 more');
});
