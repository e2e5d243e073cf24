import { describe, expect, it } from 'vitest';
import type { Report } from '../../checks/report.ts';
import { cut, visible } from '../../report/escape.ts';
import { reporters } from '../../report/index.ts';
import type { Reporter } from '../../report/reporter.ts';
import { HOSTILE } from '../support/hostile-strings.ts';
import {
  BUCKETS_ENCRYPTED,
  COLOURED,
  exceptedOf,
  failOf,
  passOf,
  PLACED_IN_SITE,
  PLAIN,
  reportOf,
  subjectOf,
  unprovenOf,
} from '../support/reports.ts';

const FORMATS: readonly (readonly [string, Reporter])[] = Object.entries(reporters);

/** Labels keep the hostile strings out of the output of the tests. */
const NAMED = HOSTILE.map((name) => [cut(visible(name), 40), name] as const);

const problem = { what: 'x', why: 'y', fix: 'z' };

function hostileReport(name: string): Report {
  const place = { file: name, line: 1, column: 1 };
  const subject = subjectOf({ stack: name, address: name, constructPath: name, source: place, code: place });
  const witness = {
    path: name,
    value: name,
    source: place,
    related: [{ stack: name, address: name, constructPath: name, source: place, code: place }],
    trace: {
      packet: name,
      hops: [{ at: name, what: name, stack: name, address: name, constructPath: name, source: place, code: place }],
      closedBy: [name],
    },
  };
  const parts = { subject, message: name, fix: name, site: name };
  return reportOf({
    policy: { name, path: name, sha256: 'a'.repeat(64) },
    inputs: [{ path: name, sha256: 'b'.repeat(64) }],
    exceptionFiles: [{ path: name, sha256: 'c'.repeat(64) }],
    complete: false,
    incompleteBecause: [name],
    problems: [{ code: 'IN-PARSE', path: name, ...problem, what: name }],
    exceptionProblems: [{ code: 'PO-UNUSED', location: place, ...problem, what: name }],
    filter: { controls: [name], severities: [], sites: [name] },
    sites: [{ id: name, name }],
    population: {
      stacks: [{ name, sites: [name], resources: 1 }],
      resources: 1,
      types: [{ type: name, resources: 1 }],
    },
    results: [
      passOf(BUCKETS_ENCRYPTED, parts),
      failOf(BUCKETS_ENCRYPTED, { ...parts, witness }),
      unprovenOf(BUCKETS_ENCRYPTED, { ...parts, blockers: [{ expression: name, reason: name }] }),
      exceptedOf(BUCKETS_ENCRYPTED, {
        ...parts,
        witness,
        also: [name],
        exception: { id: name, ends: name, reason: name, owner: name, approver: name, ticket: name },
      }),
    ],
  });
}

const MANY = reportOf({
  results: Array.from({ length: 10_000 }, (_, index) =>
    [failOf, unprovenOf, exceptedOf][index % 3]?.(index % 2 === 0 ? BUCKETS_ENCRYPTED : PLACED_IN_SITE, {
      site: ['dublin', 'ireland-2', 'norway'][index % 5] ?? 'estate',
      subject: subjectOf({ address: `aws_s3_bucket.records["${index}"]` }),
    }),
  ).filter((result) => result !== undefined),
});

const REPORTS: readonly (readonly [string, Report])[] = [
  ['an empty report', reportOf({ controls: [], sites: [], inputs: [] })],
  ['everything passing', reportOf({ results: [passOf(), passOf(PLACED_IN_SITE)] })],
  ['one of each verdict', reportOf({ results: [passOf(), failOf(), unprovenOf(), exceptedOf()] })],
  ['10,000 findings', MANY],
  ...NAMED.map(([label, name]) => [`the name ${label}`, hostileReport(name)] as const),
];

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

describe.each(FORMATS)('%s', (_, reporter) => {
  it.each(REPORTS)('renders %s whole, alike each time, and leaves the report as it is', (_name, report) => {
    const first = reporter(deepFreeze(report), PLAIN);
    expect(first.endsWith('\n')).toBe(true);
    expect(reporter(structuredClone(report), PLAIN)).toBe(first);
  });

  it.each(NAMED)('lets no character of %s act on the reader', (_label, name) => {
    const output = reporter(hostileReport(name), PLAIN);
    expect(output).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    expect(output.split('\n').filter((line) => /^\s*::|##\[|##vso\[/.test(line) && !isJson(reporter))).toEqual([]);
  });

  it('leaves the prototype of objects alone', () => {
    reporter(hostileReport('__proto__'), PLAIN);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('is quick and bounded over 10,000 findings', () => {
    const start = performance.now();
    const { length } = reporter(MANY, PLAIN);
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(length).toBeLessThan(isJson(reporter) ? 40_000_000 : 60_000);
  });
});

function isJson(reporter: Reporter): boolean {
  return reporter !== reporters.text;
}

it('keeps machine formats free of the terminal', () => {
  for (const [, reporter] of FORMATS.filter(([, one]) => isJson(one))) {
    for (const [, report] of REPORTS) {
      const other = { ...COLOURED, width: 40, charset: 'ascii', quiet: true } as const;
      expect(reporter(report, other)).toBe(reporter(report, PLAIN));
    }
  }
});
