import { strict as assert } from 'node:assert';
import { describe, it } from 'vitest';
import {
  both,
  either,
  inAddresses,
  inDestination,
  inServices,
  NO,
  not,
  truth,
  unless,
  YES,
} from '../../../proofs/network/membership.ts';
import type { Address } from '../../../proofs/network/question.ts';
import type { Unknown } from '../../../proofs/network/topology.ts';
import { addresses, doubt, hiddenAddress, range, services, tcp } from '../../support/network/topology.ts';

const number = (text: string): Address => {
  const { family, first } = range(text);
  return { kind: 'number', family, value: first };
};
const unknown = (own: Unknown): Address => ({ kind: 'unknown', unknown: own });

const BLOCK = hiddenAddress('the block', '2000::/3', { length: 56 });
const HOST = hiddenAddress('the host', '2000::/3', { parent: BLOCK });
const LEDGER = hiddenAddress('the ledger', '10.0.1.0/24');
const CIDR = doubt('var.cidr');

describe('addresses', () => {
  it.each([
    ['a number in a range', number('10.0.1.5'), addresses('10.0.1.0/24'), 'yes'],
    ['the last number of a range', number('10.0.1.255'), addresses('10.0.1.0/24'), 'yes'],
    ['a number beside a range', number('10.0.2.0'), addresses('10.0.1.0/24'), 'no'],
    ['a number of another family', number('::1'), addresses('0.0.0.0/0'), 'no'],
    ['a number and an unknown that may have it', number('10.0.1.5'), addresses(LEDGER), 'no'],
    ['an unknown and itself', unknown(LEDGER), addresses(LEDGER), 'yes'],
    ['an unknown and the block above it', unknown(HOST), addresses(BLOCK), 'yes'],
    ['a block and an unknown below it', unknown(BLOCK), addresses(HOST), 'no'],
    ['an unknown in a range that holds all that it may be', unknown(LEDGER), addresses('10.0.0.0/16'), 'yes'],
    [
      'an unknown in two ranges that together hold it',
      unknown(LEDGER),
      addresses('10.0.1.0/25', '10.0.1.128/25'),
      'yes',
    ],
    ['an unknown and a range elsewhere', unknown(LEDGER), addresses('10.0.2.0/24'), 'no'],
    ['an unknown and a range of another family', unknown(LEDGER), addresses('::/0'), 'no'],
  ] as const)('%s', (_, address, set, kind) => {
    assert.deepEqual(inAddresses(address, set), { kind });
  });

  it('may be in a range that holds a part of what they may be', () => {
    const verdict = inAddresses(unknown(LEDGER), addresses('10.0.1.0/28'));
    assert.equal(verdict.kind, 'perhaps');
    assert.deepEqual(
      verdict.kind === 'perhaps' && verdict.doubts.map((hidden) => hidden.kind === 'unknown' && hidden.expression),
      ['the ledger'],
    );
  });

  it('may be in a set that is not closed, and are for certain in what it holds', () => {
    const open = { ...addresses('10.0.0.0/16'), doubts: [CIDR] };
    assert.deepEqual(inAddresses(number('10.0.1.5'), open), { kind: 'yes' });
    assert.deepEqual(inAddresses(number('10.1.1.5'), open), { kind: 'perhaps', doubts: [CIDR] });
  });
});

describe('services', () => {
  it('are in a range with both its ends', () => {
    assert.deepEqual(
      [79, 80, 443, 444].map((port) => inServices(6 * 65_536 + port, services(tcp(80, 443))).kind),
      ['no', 'yes', 'yes', 'no'],
    );
  });

  it('may be in a set that is not closed', () => {
    assert.deepEqual(inServices(6 * 65_536, { ...services(tcp(80)), doubts: [CIDR] }), {
      kind: 'perhaps',
      doubts: [CIDR],
    });
  });
});

describe('the destination of a route', () => {
  it('covers a range, an unknown block with what is below it, or perhaps anything', () => {
    assert.deepEqual(inDestination(number('10.0.1.5'), { kind: 'range', range: range('10.0.0.0/16') }), YES);
    assert.deepEqual(inDestination(number('10.1.1.5'), { kind: 'range', range: range('10.0.0.0/16') }), NO);
    assert.deepEqual(inDestination(unknown(HOST), { kind: 'unknown', unknown: BLOCK }), YES);
    assert.deepEqual(inDestination(number('2a00::9'), { kind: 'unknown', unknown: BLOCK }), NO);
    assert.deepEqual(inDestination(number('10.1.1.5'), { kind: 'any', doubts: [CIDR] }), unless([CIDR]));
  });
});

describe('verdicts', () => {
  const perhaps = unless([CIDR]);
  const other = unless([doubt('var.other')]);

  it('combine as three values do', () => {
    assert.deepEqual(
      [both(), both(YES, YES), both(YES, NO), both(perhaps, NO), both(perhaps, YES)],
      [YES, YES, NO, NO, perhaps],
    );
    assert.deepEqual(
      [either([]), either([NO, YES]), either([perhaps, YES]), either([perhaps, NO])],
      [NO, YES, YES, perhaps],
    );
    assert.deepEqual([not(YES), not(NO), not(perhaps)], [NO, YES, perhaps]);
  });

  it('keep every doubt once', () => {
    assert.deepEqual(both(perhaps, other, perhaps), { kind: 'perhaps', doubts: [CIDR, doubt('var.other')] });
  });

  it('read a truth with doubts as perhaps, whatever it holds', () => {
    assert.deepEqual(truth({ holds: true, doubts: [] }), YES);
    assert.deepEqual(truth({ holds: false, doubts: [] }), NO);
    assert.deepEqual(truth({ holds: true, doubts: [CIDR] }), perhaps);
  });
});
