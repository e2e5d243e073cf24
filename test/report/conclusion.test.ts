import { describe, expect, it } from 'vitest';
import type { Report } from '../../checks/report.ts';
import { formatProblem } from '../../model/input-error.ts';
import { conclude, incompleteReasons, otherReasons } from '../../report/conclusion.ts';
import {
  BUCKETS_ENCRYPTED,
  comparisonOf,
  exceptedOf,
  failOf,
  passOf,
  reportOf,
  unprovenOf,
} from '../support/reports.ts';

const PROBLEM = {
  code: 'IN-PARSE',
  path: 'a.tf.json',
  what: 'ends early',
  why: 'the rest is not known',
  fix: 'Synthesise again.',
} as const;

const REFUSED = {
  code: 'PO-EXPIRED',
  location: { file: 'exceptions.yaml', line: 3, column: 5 },
  what: 'EX-7 ended on 2026-01-30',
  why: 'an expired exception permits nothing',
  fix: 'Renew it.',
} as const;

const NEW = { change: 'new' } as const;
const WORSENED = { change: 'worsened' } as const;
const KNOWN = { change: 'existing' } as const;
const CHANGES_BLOCK = { comparison: comparisonOf({ blocks: 'changes' }) };
const ALL_BLOCK = { comparison: comparisonOf({ blocks: 'all' }) };

const CASES: readonly [what: string, parts: Partial<Report>, verdict: string, exitCode: number][] = [
  ['a pass', { results: [passOf()] }, 'pass', 0],
  ['an excepted failure', { results: [exceptedOf()] }, 'pass', 0],
  ['a failure', { results: [passOf(), failOf()] }, 'fail', 1],
  ['a failure in an incomplete run', { results: [failOf()], complete: false }, 'fail', 1],
  [
    'a failure beside an unproven that blocks',
    { results: [failOf(), unprovenOf()], unprovenBlocks: ['critical'] },
    'fail',
    1,
  ],
  ['an unproven that blocks', { results: [unprovenOf()], unprovenBlocks: ['critical'] }, 'unproven', 3],
  ['an unproven that does not block', { results: [unprovenOf()], unprovenBlocks: ['high'] }, 'unproven', 0],
  ['nothing judged', { results: [] }, 'incomplete', 3],
  ['an incomplete run', { results: [passOf()], complete: false }, 'incomplete', 3],
  ['a run that claims to be complete and has a problem', { results: [passOf()], problems: [PROBLEM] }, 'incomplete', 3],
  [
    'a run that claims to be complete and says why not',
    { results: [passOf()], incompleteBecause: ['x'] },
    'incomplete',
    3,
  ],
  ['a refused exception', { results: [passOf()], exceptionProblems: [REFUSED] }, 'refused', 2],
  ['a refused exception and a failure', { results: [failOf()], exceptionProblems: [REFUSED] }, 'fail', 2],
  ['a known failure where all block', { results: [failOf(undefined, KNOWN)], ...ALL_BLOCK }, 'fail', 1],
  ['a known failure where changes block', { results: [failOf(undefined, KNOWN)], ...CHANGES_BLOCK }, 'fail', 0],
  ['a new failure', { results: [failOf(undefined, KNOWN), failOf(undefined, NEW)], ...CHANGES_BLOCK }, 'fail', 1],
  ['a worsened failure', { results: [failOf(undefined, WORSENED)], ...CHANGES_BLOCK }, 'fail', 1],
  ['a failure of no known change', { results: [failOf()], ...CHANGES_BLOCK }, 'fail', 1],
  [
    'a known failure in an incomplete run',
    { results: [failOf(undefined, KNOWN)], complete: false, ...CHANGES_BLOCK },
    'incomplete',
    3,
  ],
  [
    'a known failure and a refused exception',
    { results: [failOf(undefined, KNOWN)], exceptionProblems: [REFUSED], ...CHANGES_BLOCK },
    'fail',
    2,
  ],
  [
    'a known failure beside a new unproven that blocks',
    {
      results: [failOf(undefined, KNOWN), unprovenOf(undefined, NEW)],
      unprovenBlocks: ['critical'],
      ...CHANGES_BLOCK,
    },
    'unproven',
    3,
  ],
  [
    'a known unproven of a severity that blocks',
    { results: [unprovenOf(undefined, KNOWN)], unprovenBlocks: ['critical'], ...CHANGES_BLOCK },
    'unproven',
    0,
  ],
  [
    'an unproven of another severity that was a failure',
    { results: [unprovenOf(undefined, WORSENED)], unprovenBlocks: [], ...CHANGES_BLOCK },
    'unproven',
    3,
  ],
  [
    'a new unproven of another severity',
    { results: [unprovenOf(undefined, NEW)], unprovenBlocks: [], ...CHANGES_BLOCK },
    'unproven',
    0,
  ],
  ['a refused exception in an incomplete run', { results: [], exceptionProblems: [REFUSED] }, 'incomplete', 2],
];

describe('conclude', () => {
  it.each(CASES)('concludes from %s', (_, parts, verdict, exitCode) => {
    const { because, ...conclusion } = conclude(reportOf(parts));
    expect(conclusion).toEqual({ verdict, exitCode });
    expect(because).toMatch(/^[a-z0-9].*[^.]$/);
  });

  it('says what did not block', () => {
    const unprovenBlocks = ['critical'] as const;
    const known = [failOf(undefined, KNOWN), failOf(undefined, KNOWN), unprovenOf(undefined, KNOWN)];
    const because = (results: Report['results']) =>
      conclude(reportOf({ results, unprovenBlocks, ...CHANGES_BLOCK })).because;
    const aside = '2 existing failures and 1 existing unproven finding did not block';
    expect(because(known)).toBe(`nothing new or worsened blocks; ${aside}`);
    expect(because([...known, failOf(undefined, NEW)])).toBe(
      `1 failure that no exception covers, new or worsened; ${aside}`,
    );
    expect(because([...known, unprovenOf(undefined, NEW)])).toBe(
      `1 unproven finding of a severity that blocks at stage change, new or worsened; ${aside}`,
    );
    expect(because([passOf()])).toBe('everything was judged and nothing failed');
  });

  it('counts in words', () => {
    expect(conclude(reportOf({ results: [failOf(), failOf()] })).because).toBe('2 failures that no exception covers');
    expect(conclude(reportOf({ results: [passOf(), exceptedOf()] })).because).toBe(
      'everything was judged and nothing failed; 1 failure under an exception',
    );
  });
});

describe('incompleteReasons', () => {
  it('always gives a reason that is not an input problem unless there is one', () => {
    expect(incompleteReasons(reportOf({ results: [passOf()] }))).toEqual([]);
    expect(incompleteReasons(reportOf({ results: [passOf()], complete: false }))).toEqual(['the run did not say why']);
    expect(incompleteReasons(reportOf({ results: [] }))).toEqual(['nothing was judged']);
    const filter = { controls: [BUCKETS_ENCRYPTED.id], severities: [], sites: [] };
    expect(incompleteReasons(reportOf({ results: [], filter }))).toEqual(['nothing of what was asked for was judged']);
  });

  it('tells reasons from the input problems that the report carries apart', () => {
    const incompleteBecause = [formatProblem(PROBLEM), 'stack norway-links was not found'];
    const report = reportOf({ results: [passOf()], complete: false, incompleteBecause, problems: [PROBLEM] });
    expect(otherReasons(report)).toEqual(['stack norway-links was not found']);
  });
});
