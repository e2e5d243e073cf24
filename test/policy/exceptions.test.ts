import { array, assert, constantFrom, property, record, uniqueArray } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyExceptions, type Exceptable } from '../../policy/exceptions.ts';
import type { Exception } from '../../policy/policy.ts';

const AS_OF = '2026-11-01';
const STACKS = new Set(['west', 'north']);
const APPROVED = 'a'.repeat(24);

function exception(changes: Partial<Exception> = {}): Exception {
  return {
    id: 'queue',
    control: 'ENC-007',
    stack: 'west',
    address: 'aws_sqs_queue.legacy',
    fingerprint: APPROVED,
    reason: 'The queue is replaced in the next release.',
    owner: 'Ada',
    approver: 'Grace',
    compensatingControls: ['It carries no personal data'],
    ticket: 'RISK-12',
    created: '2026-10-01',
    expires: '2026-11-30',
    location: { file: 'enclave.yaml', line: 9, column: 5 },
    ...changes,
  };
}

function finding(verdict: string, address = 'aws_sqs_queue.legacy', stack: string | null = 'west'): Exceptable {
  return { control: 'ENC-007', verdict, subject: { stack, address }, fingerprint: APPROVED, exception: null };
}

function amend(item: Exceptable, change: Partial<Exceptable>): Exceptable {
  return { ...item, ...change };
}

function apply(findings: readonly Exceptable[], exceptions: readonly Exception[], asOf = AS_OF) {
  const { findings: judged, problems } = applyExceptions(findings, exceptions, { asOf, stacks: STACKS }, amend);
  return {
    verdicts: judged.map(({ verdict }) => verdict),
    exceptions: judged.map((item) => item.exception?.id ?? null),
    problems: problems.map(({ code }) => code),
  };
}

describe('an exception', () => {
  test('turns the fail at its address into excepted, and says which it is', () => {
    const { findings, problems } = applyExceptions(
      [finding('fail')],
      [exception()],
      { asOf: AS_OF, stacks: STACKS },
      amend,
    );
    expect(problems).toEqual([]);
    expect(findings).toEqual([
      {
        ...finding('excepted'),
        exception: {
          id: 'queue',
          starts: '2026-10-01',
          ends: '2026-11-30',
          reason: 'The queue is replaced in the next release.',
          owner: 'Ada',
          approver: 'Grace',
          ticket: 'RISK-12',
          compensatingControls: ['It carries no personal data'],
        },
      },
    ]);
  });

  test.each(['pass', 'unproven', 'not-applicable', 'excepted'])('leaves %s alone, and is unused', (verdict) => {
    expect(apply([finding(verdict)], [exception()])).toEqual({
      verdicts: [verdict],
      exceptions: [null],
      problems: ['PO-UNUSED'],
    });
  });

  test.each([
    ['another address', finding('fail', 'aws_sqs_queue.legacy2')],
    ['an address that starts like it', finding('fail', 'aws_sqs_queue.legacy["a"]')],
    ['another stack', finding('fail', 'aws_sqs_queue.legacy', 'north')],
    ['what is of no stack', finding('fail', 'aws_sqs_queue.legacy', null)],
    ['another control', { ...finding('fail'), control: 'ENC-001' }],
  ])('does not reach %s', (_name, other) => {
    expect(apply([other], [exception()])).toEqual({ verdicts: ['fail'], exceptions: [null], problems: ['PO-UNUSED'] });
  });

  test('of another failure at its place leaves the fail, and names both', () => {
    const worse = { ...finding('fail'), fingerprint: 'b'.repeat(24) };
    const { findings, problems } = applyExceptions([worse], [exception()], { asOf: AS_OF, stacks: STACKS }, amend);
    expect(findings).toEqual([worse]);
    expect(problems.map(({ code, what }) => [code, what])).toEqual([
      [
        'PO-FINGERPRINT',
        'the exception "queue" is for the failure aaaaaaaaaaaaaaaaaaaaaaaa of ENC-007 at "aws_sqs_queue.legacy" of ' +
          '"west", which is now bbbbbbbbbbbbbbbbbbbbbbbb',
      ],
    ]);
  });

  test('is not unused when its stack was not judged, and is refused out of time even then', () => {
    const elsewhere = { asOf: AS_OF, stacks: new Set(['north']) };
    expect(applyExceptions([], [exception()], elsewhere, amend).problems).toEqual([]);
    const late = { ...elsewhere, asOf: '2026-12-01' };
    expect(applyExceptions([], [exception()], late, amend).problems.map(({ code }) => code)).toEqual(['PO-EXPIRED']);
  });

  test('for a whole stack reaches its subjects and no other, and yields to the one for an address', () => {
    const findings = [finding('fail'), finding('fail', 'aws_sqs_queue.other'), finding('fail', 'a', 'north')];
    expect(apply(findings, [exception({ id: 'all', address: '*', fingerprint: null }), exception()])).toEqual({
      verdicts: ['excepted', 'excepted', 'fail'],
      exceptions: ['queue', 'all', null],
      problems: [],
    });
  });

  test.each([
    ['on its first day', '2026-10-01', 'excepted', []],
    ['on its last day', '2026-11-30', 'excepted', []],
    ['the day before', '2026-09-30', 'fail', ['PO-NOTSTARTED']],
    ['the day after', '2026-12-01', 'fail', ['PO-EXPIRED']],
  ])('%s', (_name, asOf, verdict, problems) => {
    expect(apply([finding('fail')], [exception()], asOf)).toMatchObject({ verdicts: [verdict], problems });
  });

  test.each([
    ['the place', exception({ id: 'again' })],
    ['the id', exception({ address: 'aws_sqs_queue.other' })],
    ['everything', exception()],
    ['the place, with another fingerprint', exception({ id: 'again', fingerprint: 'b'.repeat(24) })],
  ])('that repeats %s of another is refused, and neither of them applies', (_name, repeated) => {
    const findings = [finding('fail'), finding('fail', 'aws_sqs_queue.other')];
    const refused = { verdicts: ['fail', 'fail'], exceptions: [null, null], problems: ['PO-DUPID'] };
    expect(apply(findings, [exception(), repeated])).toEqual(refused);
    expect(apply(findings, [repeated, exception()])).toEqual(refused);
  });

  test('that repeats one out of time is refused with it', () => {
    const renewed = exception({ created: '2026-08-01', expires: '2026-09-30' });
    expect(apply([finding('fail')], [exception(), renewed])).toEqual({
      verdicts: ['fail'],
      exceptions: [null],
      problems: ['PO-EXPIRED', 'PO-DUPID'],
    });
  });

  test('never turns anything but a fail, and never changes what another decides', () => {
    const addresses = constantFrom('a', 'b', '*');
    const findings = array(record({ verdict: constantFrom('pass', 'fail', 'unproven'), address: addresses }));
    assert(
      property(findings, uniqueArray(addresses, { maxLength: 3 }), (items, scopes) => {
        const before = items.map(({ verdict, address }) => finding(verdict, address));
        const exceptions = scopes.map((address, index) => exception({ id: `e${index}`, address }));
        const { findings: after } = applyExceptions(before, exceptions, { asOf: AS_OF, stacks: STACKS }, amend);
        after.forEach((item, index) => {
          const was = before[index];
          const isCovered = scopes.some((scope) => scope === '*' || scope === was?.subject.address);
          expect(item.verdict).toBe(was?.verdict === 'fail' && isCovered ? 'excepted' : was?.verdict);
        });
      }),
    );
  });

  test('changes no other finding', () => {
    const findings = [finding('fail', 'b'), finding('fail'), finding('pass', 'c')];
    const { findings: judged } = applyExceptions(findings, [exception()], { asOf: AS_OF, stacks: STACKS }, amend);
    expect(judged[0]).toBe(findings[0]);
    expect(judged[2]).toBe(findings[2]);
  });
});

test('problems stand at the exception and say what to do', () => {
  const { problems } = applyExceptions([], [exception()], { asOf: AS_OF, stacks: STACKS }, amend);
  expect(problems).toEqual([
    {
      code: 'PO-UNUSED',
      location: { file: 'enclave.yaml', line: 9, column: 5 },
      what: 'the exception "queue" is unused: ENC-007 does not fail on "aws_sqs_queue.legacy" of "west"',
      why: 'an exception without a failure is a permission that nobody needs',
      fix: 'Remove it.',
    },
  ]);
});
