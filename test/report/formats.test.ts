import { describe, expect, it } from 'vitest';
import type { Report } from '../../checks/report.ts';
import { cut, visible } from '../../report/escape.ts';
import { type Format, reporters } from '../../report/index.ts';
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
import { rendered } from '../support/rendered.ts';

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
    extent: name,
    source: place,
    related: [{ stack: name, address: name, constructPath: name, source: place, code: place }],
    trace: {
      packet: name,
      hops: [{ at: name, what: name, stack: name, address: name, constructPath: name, source: place, code: place }],
      closedBy: [name],
    },
    remedy: { construct: name, module: name, address: name, code: place, properties: [{ name, to: name }] },
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
    const first = rendered(reporter, deepFreeze(report), PLAIN);
    expect(first.endsWith('\n')).toBe(true);
    expect(rendered(reporter, structuredClone(report), PLAIN)).toBe(first);
  });

  it.each(NAMED)('lets no character of %s act on the reader', (_label, name) => {
    const output = rendered(reporter, hostileReport(name), PLAIN);
    expect(output).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    expect(output.split('\n').filter((line) => /^\s*::|##\[|##vso\[/.test(line) && !isJson(reporter))).toEqual([]);
  });

  it('leaves the prototype of objects alone', () => {
    rendered(reporter, hostileReport('__proto__'), PLAIN);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('is quick and bounded over 10,000 findings', () => {
    const start = performance.now();
    const { length } = rendered(reporter, MANY, PLAIN);
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(length).toBeLessThan(isJson(reporter) ? 40_000_000 : 65_000);
  });
});

function isJson(reporter: Reporter): boolean {
  return reporter !== reporters.text;
}

it('keeps machine formats free of the terminal', () => {
  for (const [, reporter] of FORMATS.filter(([, one]) => isJson(one))) {
    for (const [, report] of REPORTS) {
      const other = { ...COLOURED, width: 40, charset: 'ascii', quiet: true } as const;
      expect(rendered(reporter, report, other)).toBe(rendered(reporter, report, PLAIN));
    }
  }
});

describe('an exception is counted and named alike in every format', () => {
  const other = {
    id: 'EX-8',
    ends: '2026-05-31',
    reason: 'waits for the new line',
    owner: 'Edith Clarke',
    approver: 'Emmy Noether',
    ticket: 'RISK-8',
  };
  const places = Array.from({ length: 7 }, (_, index) =>
    subjectOf({ address: `aws_s3_bucket.b${index}`, constructPath: null }),
  );
  const results = [
    ...places.slice(0, 5).map((subject) => exceptedOf(BUCKETS_ENCRYPTED, { subject })),
    ...places.slice(5).map((subject) => exceptedOf(BUCKETS_ENCRYPTED, { subject, exception: other })),
    failOf(),
    unprovenOf(PLACED_IN_SITE),
    ...places.slice(0, 2).map((subject) => passOf(PLACED_IN_SITE, { subject })),
  ];
  const report = reportOf({ results });
  const COUNTS = { fail: 1, unproven: 1, excepted: 7, pass: 2 };

  interface Counted {
    readonly verdict: string;
    readonly properties?: { readonly verdict: string };
  }

  function tally(found: readonly Counted[]): Record<string, number> {
    const counts: Record<string, number> = { fail: 0, unproven: 0, excepted: 0, pass: 0 };
    for (const { verdict, properties } of found) {
      const name = properties?.verdict ?? verdict;
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  }

  /** What each format says of the counts, and what it holds; null where it holds no list of results. */
  const READ: Readonly<Record<Format, (output: string) => { readonly said: object; readonly held: object | null }>> = {
    text: (output) => {
      const said = /^(\d+) fail, (\d+) unproven, (\d+) excepted, (\d+) pass,/m.exec(output)?.slice(1).map(Number) ?? [];
      const [fail, unproven, excepted, pass] = said;
      return { said: { fail, unproven, excepted, pass }, held: null };
    },
    json: (output) => {
      const { summary, results: held } = JSON.parse(output) as { summary: object; results: Counted[] };
      return { said: summary, held: tally(held) };
    },
    sarif: (output) => sarifCounts(output),
    'sarif-findings': (output) => sarifCounts(output),
  };

  function sarifCounts(output: string) {
    const { runs } = JSON.parse(output) as { runs: { results: Counted[]; properties: { summary: object } }[] };
    const [run] = runs;
    const held = tally((run?.results ?? []).filter(({ properties }) => properties?.verdict !== 'not-applicable'));
    return { said: run?.properties.summary ?? {}, held };
  }

  const HELD = { text: null, json: COUNTS, sarif: COUNTS, 'sarif-findings': { ...COUNTS, pass: 0 } };

  it.each(Object.keys(READ) as Format[])('%s', (format) => {
    const output = rendered(reporters[format], report, { ...PLAIN, width: 200 });
    const { said, held } = READ[format](output);
    expect(said).toMatchObject(COUNTS);
    expect(held).toEqual(HELD[format]);
    for (const { exception } of results) {
      for (const part of exception === null ? [] : Object.values(exception)) expect(output).toContain(part);
    }
  });

  it('covers every format there is', () => {
    expect(Object.keys(READ)).toEqual(Object.keys(reporters));
  });
});
