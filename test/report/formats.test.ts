import { describe, expect, it } from 'vitest';
import { checks } from '../../checks/index.ts';
import type { Report } from '../../checks/report.ts';
import { joined } from '../../cli/parts.ts';
import { cut, visible } from '../../report/escape.ts';
import { type Format, reporters } from '../../report/index.ts';
import type { Reporter } from '../../report/reporter.ts';
import { judge } from '../../checks/example-estate.ts';
import { FORMAT_READERS, type Reading } from '../support/format-readers.ts';
import { hostileReport } from '../support/hostile-report.ts';
import { HOSTILE_TO_FORMATS } from '../support/hostile-strings.ts';
import {
  BUCKETS_ENCRYPTED,
  COLOURED,
  comparisonOf,
  controlOf,
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

const FORMATS = Object.keys(reporters) as readonly Format[];
const MACHINE = FORMATS.filter((format) => format !== 'text');

/** Formats that show a part of a long report, within limits of their readers. */
const EXCERPTS: ReadonlySet<Format> = new Set<Format>(['text', 'github', 'markdown']);

/** What says what is judged, and not how. */
const WITHOUT_VERDICTS: ReadonlySet<Format> = new Set<Format>(['oscal-plan']);

/** Labels keep the hostile strings out of the output of the tests. */
const NAMED = HOSTILE_TO_FORMATS.map((name) => [cut(visible(name), 40), name] as const);

const problem = { what: 'x', why: 'y', fix: 'z' };

function read(format: Format, report: Report): Reading | Promise<Reading> {
  return FORMAT_READERS[format](rendered(reporters[format], report, PLAIN));
}

const MANY = reportOf({
  results: Array.from({ length: 10_000 }, (_, index) =>
    [failOf, unprovenOf, exceptedOf][index % 3]?.(index % 2 === 0 ? BUCKETS_ENCRYPTED : PLACED_IN_SITE, {
      site: ['dublin', 'ireland-2', 'norway'][index % 5] ?? 'estate',
      subject: subjectOf({ address: `aws_s3_bucket.records["${index}"]` }),
    }),
  ).filter((result) => result !== undefined),
});

const EVERY_VERDICT = [passOf(), failOf(), unprovenOf(), exceptedOf()];
const REFUSED = { code: 'PO-EXPIRED', location: { file: 'exceptions.yaml', line: 3, column: 5 }, ...problem } as const;

/** Each with whether whoever reads nothing but the output may take the run for a pass. */
const CASES: readonly (readonly [name: string, report: Report, isPass: boolean])[] = [
  ['an empty report', reportOf({ controls: [], sites: [], inputs: [] }), false],
  ['a report without results', reportOf(), false],
  ['everything passing', reportOf({ results: [passOf(), passOf(PLACED_IN_SITE)] }), true],
  ['a fail', reportOf({ results: [passOf(), failOf()] }), false],
  ['an unproven finding that does not block', reportOf({ results: [passOf(), unprovenOf()] }), false],
  [
    'an unproven finding that blocks',
    reportOf({ results: [passOf(), unprovenOf()], stage: 'apply', unprovenBlocks: ['high', 'critical'] }),
    false,
  ],
  ['a failure under an exception', reportOf({ results: [passOf(), exceptedOf()] }), true],
  ['one of each verdict', reportOf({ results: EVERY_VERDICT }), false],
  [
    'passes of a run that is incomplete',
    reportOf({ results: [passOf()], complete: false, incompleteBecause: ['the stack norway-data is missing'] }),
    false,
  ],
  [
    'passes beside an input that could not be read',
    reportOf({ results: [passOf()], complete: false, problems: [{ code: 'IN-PARSE', path: 'a.tf.json', ...problem }] }),
    false,
  ],
  ['a report that contradicts itself', reportOf({ results: [passOf()], incompleteBecause: ['and yet'] }), false],
  ['passes under a refused exception', reportOf({ results: [passOf()], exceptionProblems: [REFUSED] }), false],
  [
    'a failure that the base has too',
    reportOf({ results: [passOf(), failOf(BUCKETS_ENCRYPTED, { change: 'existing' })], comparison: comparisonOf() }),
    false,
  ],
  ['10,000 findings', MANY, false],
];

/** All but the long one, which takes its time. */
const SHORT_CASES = CASES.filter(([, report]) => report !== MANY);

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

describe.each(FORMATS)('%s', (format) => {
  const reporter: Reporter = reporters[format];

  it.each(CASES)('shows %s for what it is', async (_name, report, isPass) => {
    const { saysPass, held } = await read(format, report);
    expect(saysPass).toBe(isPass && !WITHOUT_VERDICTS.has(format));
    const counted = Object.entries(held).filter(([, count]) => count !== null);
    const isCut = EXCERPTS.has(format) && report === MANY;
    expect(isCut ? {} : report.summary).toMatchObject(isCut ? {} : Object.fromEntries(counted));
  });

  it.each([...SHORT_CASES, ...NAMED.map(([label, name]) => [`the name ${label}`, hostileReport(name)] as const)])(
    'renders %s whole, alike each time, and leaves the report as it is',
    (...[, report]) => {
      const first = rendered(reporter, deepFreeze(report), PLAIN);
      expect(first.endsWith('\n')).toBe(true);
      expect(rendered(reporter, structuredClone(report), PLAIN)).toBe(first);
    },
  );

  it.each(NAMED)('lets no character of %s act on the reader', (_label, name) => {
    const output = rendered(reporter, hostileReport(name), PLAIN).replaceAll('\r\n', '\n');
    expect(output).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  });

  // What is longer than any path has no place in a file.
  it.each(NAMED.filter(([, name]) => name.length <= 4096))(
    'has the same parts whether or not a name is %s',
    async (_label, name) => {
      const benign = await read(format, hostileReport('records'));
      const { shape, held, saysPass } = await read(format, hostileReport(name));
      expect({ shape, held, saysPass }).toEqual({ shape: benign.shape, held: benign.held, saysPass: false });
    },
  );

  it('takes a key of a megabyte, and shows a part of it', async () => {
    const name = `aws_s3_bucket.records["${'k'.repeat(1 << 20)}"]`;
    const output = rendered(reporter, hostileReport(name), PLAIN);
    expect((await FORMAT_READERS[format](output)).saysPass).toBe(false);
    // The json format is the one that holds everything.
    expect(output.length).toBeLessThan(format === 'json' ? 256 << 20 : 1 << 20);
  });

  it('says nothing that reads as a pass when it breaks off', async () => {
    const results = new Proxy([passOf(), passOf(PLACED_IN_SITE)], {
      get(target, key, receiver): unknown {
        if (key === '1') throw new Error('the ledger burnt');
        return Reflect.get(target, key, receiver);
      },
    });
    const written: string[] = [];
    expect(() => {
      for (const part of reporter({ ...reportOf({ results: [passOf()] }), results }, PLAIN)) written.push(part);
    }).toThrow('the ledger burnt');
    const reading = await Promise.resolve(written.join(''))
      .then(FORMAT_READERS[format])
      .catch(() => null);
    expect(reading?.saysPass ?? false).toBe(false);
  });

  it('leaves the prototype of objects alone', () => {
    rendered(reporter, hostileReport('__proto__'), PLAIN);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('is quick and bounded over 10,000 findings', () => {
    const start = performance.now();
    const { length } = rendered(reporter, MANY, PLAIN);
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(length).toBeLessThan(EXCERPTS.has(format) ? 65_000 : 40_000_000);
  });

  it('comes in parts of which none holds all of a long report', () => {
    const parts = [...joined(reporter(MANY, PLAIN))];
    const longest = Math.max(...parts.map(({ length }) => length));
    expect(longest).toBeLessThan(2 << 20);
  });
});

it.each(MACHINE)('%s does not depend on the terminal', (format) => {
  for (const [, report] of SHORT_CASES) {
    const other = { ...COLOURED, width: 40, charset: 'ascii', quiet: true } as const;
    expect(rendered(reporters[format], report, other)).toBe(rendered(reporters[format], report, PLAIN));
  }
});

it.each(MACHINE.filter((format) => format !== 'markdown'))('%s loses no text of the input', async (format) => {
  for (const [label, name] of NAMED.filter(([, one]) => one.length < 200)) {
    const { texts } = await read(format, hostileReport(name));
    // What stands for a character that nobody can see says which it was.
    const [shown, escaped] = [visible(name), JSON.stringify(name).slice(1, -1)];
    const found = texts.some((text) => [shown, name, escaped].some((form) => text.includes(form)));
    // A workflow command that an older runner obeys, a link of SARIF and a cell of a spreadsheet are written otherwise.
    const isRewritten = /##|[[\]{}\\;]/.test(name) || label.includes('\\u');
    expect([label, found || isRewritten]).toEqual([label, true]);
  }
});

describe('secrets', () => {
  const CANARY = 'canary-7f3a9c-do-not-tell';
  const secret = `\${sensitive("${CANARY}")}`;
  const policy = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: CANARY, Action: '*', Resource: '*' }] });
  const report = judge(checks, {
    stacks: {
      west: {
        resource: {
          aws_s3_bucket: { ledger: { bucket: secret, tags: { owner: secret } } },
          aws_db_instance: { ledger: { engine: 'postgres', password: secret, kms_key_id: secret } },
          aws_s3_bucket_policy: { ledger: { bucket: secret, policy: `\${sensitive(${JSON.stringify(policy)})}` } },
          aws_security_group: { ledger: { ingress: [{ description: secret, cidr_blocks: [secret] }] } },
        },
      },
    },
  });
  const forms = [
    CANARY,
    CANARY.slice(0, 8),
    encodeURIComponent(CANARY),
    Buffer.from(CANARY).toString('base64').slice(0, 20),
    Buffer.from(CANARY).toString('hex'),
    Array.from(CANARY).toReversed().join(''),
  ];

  it.each(FORMATS)('are in no %s', async (format) => {
    const output = rendered(reporters[format], report, PLAIN);
    expect((await FORMAT_READERS[format](output)).held.fail ?? 1).toBeGreaterThan(0);
    expect(forms.filter((form) => output.includes(form))).toEqual([]);
  });
});

/** The formats that tell of an exception since when it applies, and what reduces the risk meanwhile. */
const IN_FULL: ReadonlySet<Format> = new Set<Format>(['json', 'csv', 'html', 'oscal', 'oscal-poam']);

describe('an exception is counted and named alike in every format', () => {
  const other = {
    id: 'EX-8',
    starts: '2026-01-15',
    ends: '2026-05-31',
    reason: 'waits for the new line',
    owner: 'Edith Clarke',
    approver: 'Emmy Noether',
    ticket: 'RISK-8',
    compensatingControls: [],
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
  const report = reportOf({ results, controls: [BUCKETS_ENCRYPTED, PLACED_IN_SITE, controlOf({ id: 'KEY-004' })] });

  it.each(FORMATS.filter((format) => !WITHOUT_VERDICTS.has(format)))('%s', async (format) => {
    const output = rendered(reporters[format], report, { ...PLAIN, width: 200 });
    const { held, texts } = await FORMAT_READERS[format](output);
    expect(held).toMatchObject({ fail: 1, unproven: 1, excepted: 7 });
    expect([2, null]).toContain(held.pass);
    expect([1, null]).toContain(held['not-applicable']);
    const text = texts.join(' ');
    for (const { exception } of results) {
      if (exception === null) continue;
      const { starts, compensatingControls, ...told } = exception;
      for (const part of Object.values(told)) expect(text).toContain(part);
      if (!IN_FULL.has(format)) continue;
      for (const part of [starts, ...compensatingControls]) expect(text).toContain(part);
    }
  });
});
