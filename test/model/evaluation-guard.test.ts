import { describe, expect, it } from 'vitest';
import { EvaluationGuard } from '../../model/evaluation-guard.ts';
import { string, type Value } from '../../model/value.ts';

describe('isReady', () => {
  it('holds only when all is joined and nothing is being evaluated', () => {
    const guard = new EvaluationGuard();
    const seen: boolean[] = [guard.isReady];
    guard.complete();
    seen.push(guard.isReady);
    guard.evaluate('a', () => {
      seen.push(guard.isReady);
      return string('a');
    });
    expect([...seen, guard.isReady]).toEqual([false, true, false, true]);
  });
});

describe('names that rest on each other', () => {
  it.each([
    ['a', 'b', 'c'],
    ['c', 'b', 'a'],
    ['b', 'a', 'c'],
  ])('are unknown whichever is asked for first: %s, %s, %s', (...order) => {
    const guard = new EvaluationGuard();
    const memo = new Map<string, Value>();
    const valueOf = (name: string): Value =>
      guard.once(
        memo,
        name,
        () => name,
        () => (name === 'c' ? string('c') : valueOf(name === 'a' ? 'b' : 'a')),
      );
    const values = new Map(order.map((name) => [name, valueOf(name)]));
    expect(values.get('a')).toMatchObject({ kind: 'unknown', reason: 'cycle' });
    expect(values.get('b')).toMatchObject({ kind: 'unknown', reason: 'cycle' });
    expect(values.get('c')).toEqual(string('c'));
  });
});
