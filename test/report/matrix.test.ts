import { expect, it } from 'vitest';
import { verdictMatrix } from '../../report/matrix.ts';
import {
  BUCKETS_ENCRYPTED,
  controlOf,
  exceptedOf,
  failOf,
  passOf,
  PLACED_IN_SITE,
  reportOf,
  unprovenOf,
} from '../support/reports.ts';

function summary(report: Parameters<typeof verdictMatrix>[0]) {
  return verdictMatrix(report).rows.map(({ name, verdict, cells }) => [
    name,
    verdict,
    ...cells.map((cell) => cell.verdict),
  ]);
}

it('gives the gravest verdict per site and family', () => {
  const results = [
    passOf(PLACED_IN_SITE),
    passOf(),
    unprovenOf(),
    failOf(),
    passOf(PLACED_IN_SITE, { site: 'norway' }),
    exceptedOf(BUCKETS_ENCRYPTED, { site: 'norway' }),
    unprovenOf(PLACED_IN_SITE, { site: 'unassigned' }),
  ];
  expect(summary(reportOf({ results }))).toEqual([
    ['Dublin', 'fail', 'pass', 'fail'],
    ['Ireland-2', 'not-applicable', 'not-applicable', 'not-applicable'],
    ['Norway', 'excepted', 'pass', 'excepted'],
    ['No known site', 'unproven', 'unproven', 'not-applicable'],
  ]);
});

it('keeps a site that the policy does not declare', () => {
  expect(summary(reportOf({ sites: [], results: [failOf(BUCKETS_ENCRYPTED, { site: '__proto__' })] }))).toEqual([
    ['__proto__', 'fail', 'not-applicable', 'fail'],
  ]);
});

it('has the families of implemented controls, in the order of the catalogue', () => {
  const controls = [
    controlOf({ id: 'CHG-001', family: 'integrity' }),
    controlOf({ id: 'NET-001', family: 'isolation' }),
    controlOf({ id: 'MON-001', family: 'monitoring', status: 'planned' }),
  ];
  expect(verdictMatrix(reportOf({ controls })).families).toEqual(['isolation', 'integrity']);
});

it('leaves out what was not asked for, which is not the same as not applicable', () => {
  const filter = { controls: ['ENC-001'], severities: [], sites: ['norway'] };
  expect(summary(reportOf({ filter, results: [failOf(BUCKETS_ENCRYPTED, { site: 'norway' })] }))).toEqual([
    ['Norway', 'fail', 'fail'],
  ]);
});
