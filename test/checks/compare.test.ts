import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Base, compare, type Compared } from '../../checks/compare.ts';
import net005 from '../../checks/isolation/net-005-security-group-peers.ts';
import type { Report, Result } from '../../checks/report.ts';
import { judge } from '../../checks/example-estate.ts';
import {
  BUCKETS_ENCRYPTED,
  controlOf,
  exceptedOf,
  failOf,
  passOf,
  PLACED_IN_SITE,
  reportOf,
  subjectOf,
  TRACE,
  unprovenOf,
  WITNESS,
} from '../support/reports.ts';

const [A, B, C] = ['a'.repeat(24), 'b'.repeat(24), 'c'.repeat(24)] as const;

const SITE = subjectOf({ kind: 'site', stack: null, address: 'dublin', constructPath: null });

function nowOf(results: readonly Result[], parts: Partial<Compared> = {}): Compared {
  const { tool, policy, exceptionFiles, complete, controls } = reportOf({ results });
  const stacks = new Set(['dublin-data']);
  return {
    tool,
    policy,
    exceptionFiles,
    complete,
    controls,
    stacks,
    has: () => false,
    former: () => null,
    results,
    ...parts,
  };
}

function compared(now: Compared, base: Base) {
  return compare(now, { base, origin: { path: 'base.json', inputs: [] }, exceptionsOf: 'base', blocks: 'all' });
}

/** What becomes of one result after one other. */
function changeOf(before: Result, after: Result): unknown {
  return compared(nowOf([after]), reportOf({ results: [before] })).results[0]?.change;
}

function witnessed(parts: Partial<typeof WITNESS>): Partial<Result> {
  return { witness: { ...WITNESS, ...parts } };
}

const [RELATED] = WITNESS.related;
const [HOP] = TRACE.hops;
if (RELATED === undefined || HOP === undefined) throw new Error('the support has a related resource and a hop');

describe('a finding of what was moved', () => {
  const before = failOf(undefined, { subject: subjectOf({ address: 'aws_s3_bucket.old' }) });
  const after = failOf(undefined, { subject: subjectOf({ address: 'aws_s3_bucket.new' }) });
  const former = (_: string, address: string) => (address === 'aws_s3_bucket.new' ? 'aws_s3_bucket.old' : null);

  it('is known again, and not gone from where it was', () => {
    const { results, comparison } = compared(nowOf([after], { former }), reportOf({ results: [before] }));
    expect(results[0]?.change).toBe('existing');
    expect(comparison.fixed).toEqual([]);
  });

  it('is new where nothing was moved', () => {
    const { results, comparison } = compared(nowOf([after]), reportOf({ results: [before] }));
    expect(results[0]?.change).toBe('new');
    expect(comparison.fixed).toHaveLength(1);
  });

  it('is that of its own address where the base has one', () => {
    const own = failOf(undefined, { subject: after.subject, message: 'has another key' });
    const { results } = compared(nowOf([after], { former }), reportOf({ results: [before, own] }));
    expect(results[0]?.change).toBe('worsened');
  });
});

describe('a finding is known again', () => {
  it.each<[what: string, before: Result, after: Result]>([
    ['as it was', failOf(), failOf()],
    ['an unproven one', unprovenOf(), unprovenOf()],
    ['an excepted one', exceptedOf(), exceptedOf()],
    ['at another line', failOf(), failOf(undefined, { subject: subjectOf({ source: null, code: null }) })],
    ['under another construct', failOf(), failOf(undefined, { subject: subjectOf({ constructPath: 'data/records' }) })],
    [
      'at another position of a list',
      failOf(undefined, witnessed({ path: 'ingress[0].cidr_blocks[1]' })),
      failOf(undefined, witnessed({ path: 'ingress[3].cidr_blocks[0]' })),
    ],
    [
      'with a related resource at another line',
      failOf(),
      failOf(undefined, witnessed({ related: [{ ...RELATED, source: { ...RELATED.source, line: 999 } }] })),
    ],
    [
      'for fewer reasons',
      unprovenOf(undefined, { message: 'a is b; c is d' }),
      unprovenOf(undefined, { message: 'c is d' }),
    ],
    [
      'with one failure of several corrected, and another one shown',
      failOf(undefined, { parts: [A, B, C] }),
      failOf(undefined, { ...witnessed({ path: 'lock' }), messageId: 'lock', parts: [C] }),
    ],
    ['with one of two alike corrected', failOf(undefined, { parts: [A, A] }), failOf(undefined, { parts: [A] })],
    ['a failure that was approved', failOf(), exceptedOf()],
    [
      'what was not known beside a failure, which is corrected',
      failOf(undefined, { parts: [A, B] }),
      unprovenOf(undefined, { parts: [B] }),
    ],
    [
      'an approved failure, with one of two corrected',
      exceptedOf(undefined, { parts: [A, B] }),
      exceptedOf(undefined, { parts: [B] }),
    ],
  ])('%s', (_, before, after) => {
    expect(changeOf(before, after)).toBe('existing');
  });
});

describe('a finding is worsened', () => {
  it.each<[what: string, before: Result, after: Result]>([
    ['when unproven becomes a failure', unprovenOf(), failOf()],
    ['when its exception is gone', exceptedOf(), failOf()],
    ['when an approved failure cannot be seen any more', exceptedOf(), unprovenOf()],
    ['when a failure cannot be seen any more', failOf(), unprovenOf()],
    [
      'when a failure cannot be seen any more, whatever hides it is called',
      failOf(undefined, { parts: [A] }),
      unprovenOf(undefined, { message: A }),
    ],
    ['when what was not known fails', unprovenOf(undefined, { parts: [A] }), failOf(undefined, { parts: [A] })],
    ['with another value', failOf(), failOf(undefined, witnessed({ value: '"aws:fsx"' }))],
    ['with one failure more', failOf(undefined, { parts: [A] }), failOf(undefined, { parts: [A, B] })],
    ['with one more of the same', failOf(undefined, { parts: [A] }), failOf(undefined, { parts: [A, A] })],
    ['with one for another', failOf(undefined, { parts: [A, B] }), failOf(undefined, { parts: [A, C] })],
    ['with a second of one for another', failOf(undefined, { parts: [A, B] }), failOf(undefined, { parts: [A, A] })],
    ['where the base does not say what failed', failOf(undefined, { parts: [] }), failOf()],
    ['where this run does not say what fails', failOf(), failOf(undefined, { parts: [] })],
    ['with another message id', failOf(), failOf(undefined, { messageId: 'absent' })],
    ['about another argument', failOf(), failOf(undefined, witnessed({ path: 'rule[0].bucket_key_enabled' }))],
    ['where another failure is excepted', exceptedOf(), failOf(undefined, { messageId: 'absent' })],
    ['with another message', failOf(), failOf(undefined, { message: 'is encrypted with nothing' })],
    [
      'with another resource',
      failOf(),
      failOf(undefined, witnessed({ related: [{ ...RELATED, address: 'aws_kms_key.x' }] })),
    ],
    [
      'with one resource more',
      failOf(),
      failOf(undefined, witnessed({ related: [RELATED, { ...RELATED, stack: 'x' }] })),
    ],
    [
      'with another way of the packet',
      failOf(undefined, witnessed({ trace: TRACE })),
      failOf(undefined, witnessed({ trace: { ...TRACE, hops: [{ ...HOP, address: 'aws_route.other' }] } })),
    ],
    [
      'for one reason more',
      unprovenOf(undefined, { message: 'a is b' }),
      unprovenOf(undefined, { message: 'a is b; c is d' }),
    ],
    [
      'for the same reason once more',
      unprovenOf(undefined, { message: 'a is b' }),
      unprovenOf(undefined, { message: 'a is b; a is b' }),
    ],
    ['for another reason', unprovenOf(undefined, { message: 'a is b' }), unprovenOf(undefined, { message: 'c is d' })],
  ])('%s', (_, before, after) => {
    expect(changeOf(before, after)).toBe('worsened');
  });
});

describe('a finding is new', () => {
  it.each<[what: string, before: Result, after: Result]>([
    ['after a pass', passOf(), failOf()],
    ['at another address', failOf(), failOf(undefined, { subject: subjectOf({ address: 'aws_s3_bucket.moved' }) })],
    ['in another stack', failOf(), failOf(undefined, { subject: subjectOf({ stack: 'ireland-2-data' }) })],
    ['of another kind of subject', failOf(), failOf(undefined, { subject: subjectOf({ kind: 'stack' }) })],
    ['of another control', failOf(), failOf(PLACED_IN_SITE)],
    ['after an unproven of another control', unprovenOf(PLACED_IN_SITE), unprovenOf()],
  ])('%s', (_, before, after) => {
    expect(changeOf(before, after)).toBe('new');
  });

  it('where the base has nothing at all', () => {
    expect(compared(nowOf([failOf(), unprovenOf()]), reportOf()).results.map(({ change }) => change)).toEqual([
      'new',
      'new',
    ]);
  });
});

it('gives a pass no change', () => {
  expect(changeOf(failOf(), passOf())).toBeNull();
  expect(changeOf(passOf(), passOf())).toBeNull();
});

it('finds the like among several results of one subject', () => {
  const other = failOf(undefined, { messageId: 'absent' });
  const base = reportOf({ results: [passOf(), other, failOf()] });
  expect(compared(nowOf([failOf()]), base).results[0]?.change).toBe('existing');
});

it('takes one finding of the base for one alone', () => {
  const base = reportOf({ results: [failOf()] });
  expect(compared(nowOf([failOf(), failOf()]), base).results.map(({ change }) => change)).toEqual([
    'existing',
    'worsened',
  ]);
  const two = reportOf({ results: [failOf(), failOf()] });
  expect(compared(nowOf([failOf(), failOf()]), two).results.map(({ change }) => change)).toEqual([
    'existing',
    'existing',
  ]);
});

it('takes nothing of the base for a finding that it does not answer', () => {
  const base = reportOf({ results: [failOf(undefined, { parts: [A, A, B] })] });
  const now = [[A, A, C], [A, B], [A]].map((parts) => failOf(undefined, { parts }));
  expect(compared(nowOf(now), base).results.map(({ change }) => change)).toEqual(['worsened', 'existing', 'existing']);
});

it('takes an approved failure of the base for an approved one first', () => {
  const base = reportOf({ results: [failOf(), exceptedOf()] });
  const changes = compared(nowOf([exceptedOf(), failOf()]), base).results.map(({ change }) => change);
  expect(changes).toEqual(['existing', 'existing']);
});

const DIGESTS = fc.array(fc.constantFrom(A, B, C), { minLength: 1, maxLength: 6 });

it('knows what fails again if and only if the base has each of it as often', () => {
  const count = (list: readonly string[], item: string) => list.filter((other) => other === item).length;
  fc.assert(
    fc.property(DIGESTS, DIGESTS, (before, after) => {
      const isPart = after.every((item) => count(after, item) <= count(before, item));
      const change = changeOf(failOf(undefined, { parts: before }), failOf(undefined, { parts: after }));
      expect(change).toBe(isPart ? 'existing' : 'worsened');
    }),
  );
});

describe('open rules of one security group, which all say the same', () => {
  const rule = (port: number, block = '0.0.0.0/0') => ({
    from_port: port,
    to_port: port,
    protocol: 'tcp',
    cidr_blocks: [block],
  });

  function reportOfRules(ingress: readonly object[]): Report {
    const resource = { aws_security_group: { ledger: { vpc_id: '${aws_vpc.ledger.id}', ingress } } };
    return judge([net005], { stacks: { west: { resource } } });
  }

  function changesOf(before: readonly object[], after: readonly object[]): readonly unknown[] {
    return compared(nowOf(reportOfRules(after).results), reportOfRules(before)).results.map(({ change }) => change);
  }

  const HUNDRED = Array.from({ length: 100 }, (_, index) => rule(8000 + index));

  it('are existing when some are closed, in whatever order the others stand', () => {
    expect(reportOfRules(HUNDRED).results.map(({ parts }) => parts.length)).toEqual([100]);
    expect(changesOf(HUNDRED, HUNDRED)).toEqual(['existing']);
    expect(changesOf(HUNDRED, HUNDRED.slice(0, 99))).toEqual(['existing']);
    expect(changesOf(HUNDRED, HUNDRED.slice(40).toReversed())).toEqual(['existing']);
  });

  it('are worsened when one is opened, also for another or of the same', () => {
    expect(changesOf(HUNDRED.slice(1), HUNDRED)).toEqual(['worsened']);
    expect(changesOf(HUNDRED, [...HUNDRED.slice(2), rule(22)])).toEqual(['worsened']);
    expect(changesOf([rule(80), rule(81)], [rule(80), { ...rule(80), description: 'again' }])).toEqual(['worsened']);
  });

  const sensitiveRule = (secret: string) => rule(22, `\${sensitive("${secret}")}`);

  it.each([
    ['the same', '203.0.113.0/24'],
    ['a graver one', '0.0.0.0/0'],
  ])('are worsened where one is sensitive, beside %s, for nobody can tell which of them it is', (_, secret) => {
    const base = reportOfRules([sensitiveRule('203.0.113.0/24')]);
    expect(
      compared(nowOf(reportOfRules([sensitiveRule(secret)]).results), base).results.map(({ change }) => change),
    ).toEqual(['worsened']);
  });

  it('give away nothing of what is sensitive', () => {
    const [one, another] = ['203.0.113.0/24', '198.51.100.0/24'].map((secret) =>
      reportOfRules([rule(22, `\${sensitive("${secret}")}`)]),
    );
    expect(one?.results.map(({ parts }) => parts.length)).toEqual([1]);
    expect(one?.results[0]?.parts).toEqual(another?.results[0]?.parts);
  });
});

describe('a failure that rests on what is sensitive', () => {
  it('is as it was where it is not known whether it fails, or where it is excepted', () => {
    const told = { message: 'is open to (sensitive)' };
    expect(changeOf(unprovenOf(undefined, told), unprovenOf(undefined, told))).toBe('existing');
    expect(changeOf(exceptedOf(undefined, told), exceptedOf(undefined, told))).toBe('existing');
    expect(changeOf(failOf(undefined, told), failOf(undefined, told))).toBe('worsened');
  });

  it.each([
    ['its witness', { witness: { ...WITNESS, value: '(sensitive)' } }],
    ['its extent', { witness: { ...WITNESS, extent: 'sources = (sensitive)' } }],
    ['the packet of its way', { witness: { ...WITNESS, trace: { ...TRACE, packet: 'tcp (sensitive)' } } }],
    ['a hop of its way', { witness: { ...WITNESS, trace: { ...TRACE, hops: [{ ...HOP, what: 'to (sensitive)' }] } } }],
    ['another that fails there', { also: ['is open to (sensitive)'] }],
  ])('is known by %s', (_, told) => {
    expect(changeOf(failOf(undefined, told), failOf(undefined, told))).toBe('worsened');
  });
});

describe('fixed', () => {
  const ledger = failOf(undefined, { subject: subjectOf({ address: 'aws_s3_bucket.ledger' }) });
  const becauseOf = (now: Compared, before: readonly Result[] = [failOf()]) =>
    compared(now, reportOf({ results: before })).comparison.fixed.map(({ id, because }) => [id, because]);

  it('is what passes, what is no subject any more, and what is gone', () => {
    const [id] = [failOf().id];
    expect(becauseOf(nowOf([passOf()]))).toEqual([[id, 'passes']]);
    expect(becauseOf(nowOf([passOf()], { has: () => true }), [ledger])).toEqual([[ledger.id, 'not-applicable']]);
    expect(becauseOf(nowOf([passOf()]), [ledger])).toEqual([[ledger.id, 'gone']]);
    expect(becauseOf(nowOf([passOf()], { stacks: new Set() }), [ledger])).toEqual([[ledger.id, 'gone']]);
  });

  it('keeps the words of the base', () => {
    const { fixed } = compared(nowOf([passOf()]), reportOf({ results: [unprovenOf()] })).comparison;
    expect(fixed).toEqual([
      {
        id: 'ENC-001:dublin-data:aws_s3_bucket.records',
        control: 'ENC-001',
        family: 'encryption',
        severity: 'critical',
        site: 'dublin',
        subject: {
          kind: 'resource',
          stack: 'dublin-data',
          address: 'aws_s3_bucket.records',
          constructPath: 'dublin-data/records',
        },
        verdict: 'unproven',
        message: 'var.region has no value in this run; pass --var-file',
        because: 'passes',
      },
    ]);
  });

  it('is nothing that is still a finding, whatever it says now', () => {
    expect(becauseOf(nowOf([failOf(undefined, { messageId: 'absent' })]))).toEqual([]);
    expect(becauseOf(nowOf([unprovenOf()]))).toEqual([]);
    expect(becauseOf(nowOf([exceptedOf()]))).toEqual([]);
  });

  it('is no pass of the base', () => {
    expect(becauseOf(nowOf([]), [passOf()])).toEqual([]);
  });

  it('is nothing that an incomplete run may not have looked at', () => {
    const now = nowOf([passOf()], { complete: false, stacks: new Set() });
    const { fixed, limits } = compared(
      now,
      reportOf({ results: [ledger, failOf(undefined, { subject: SITE })] }),
    ).comparison;
    expect(fixed).toEqual([]);
    expect(limits).toEqual(['2 findings of the base cannot be compared: not all was read']);
  });

  it('is nothing of a control that this version does not judge', () => {
    const controls = [controlOf({ id: 'ENC-001', status: 'planned' })];
    expect(becauseOf(nowOf([], { controls }))).toEqual([]);
  });
});

describe('limits', () => {
  const limitsOf = (base: Base, now = nowOf([passOf()])): readonly string[] => compared(now, base).comparison.limits;

  it('are none between like runs', () => {
    expect(limitsOf(reportOf({ results: [failOf()] }))).toEqual([]);
  });

  it.each<[limit: string, base: Parameters<typeof reportOf>[0]]>([
    ['the base is incomplete, so what it did not look at counts as new', { complete: false }],
    [
      'the base holds only a part of its results, so findings of the others count as new',
      { filter: { controls: [], severities: [], sites: ['dublin'] } },
    ],
    ['the base was judged by another policy', { policy: { name: 'enclave', path: 'x.yaml', sha256: 'd'.repeat(64) } }],
    ['the base was judged with other files of exceptions', { exceptionFiles: [{ path: 'x', sha256: 'e'.repeat(64) }] }],
    [
      'the base was judged by trefoil 0.0.9, whose messages and controls may differ',
      { tool: { name: 'trefoil', version: '0.0.9' } },
    ],
    ['the base did not judge RES-001, so findings of it count as new', { controls: [BUCKETS_ENCRYPTED] }],
  ])('%s', (limit, base) => {
    expect(limitsOf(reportOf(base))).toEqual([limit]);
  });

  it('take files of the same content for the same, wherever they are', () => {
    const digest = 'e'.repeat(64);
    const now = nowOf([], { exceptionFiles: [{ path: 'a.yaml', sha256: digest }] });
    expect(limitsOf(reportOf({ exceptionFiles: [{ path: 'main/a.yaml', sha256: digest }] }), now)).toEqual([]);
  });
});
