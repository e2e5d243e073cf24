import { strict as assert } from 'node:assert';
import { describe, it } from 'vitest';
import type { Check, Example } from '../../checks/check.ts';
import { judge } from '../../checks/example-estate.ts';

interface Case extends Example {
  readonly name: string;
  /** Date of judgement; by default one on which everything in the base policy is in force. */
  readonly asOf?: string;
}

interface FailingCase extends Case {
  /** Message id by address; subjects that are not named must pass. */
  readonly fails: { readonly [address: string]: string };
}

interface UnprovenCase extends Case {
  /** A part of the message by address; subjects that are not named must pass. */
  readonly unproven: { readonly [address: string]: string | RegExp };
}

export interface Cases {
  readonly pass: readonly Case[];
  readonly fail: readonly FailingCase[];
  readonly unproven: readonly UnprovenCase[];
}

/** Tests a check as strictly as a person would ask: every message occurs, every case judges something, none twice. */
export function testCheck(check: Check, { pass, fail, unproven }: Cases): void {
  describe(check.id, () => {
    for (const example of pass) {
      it(`passes ${example.name}`, () => {
        const { results } = judge([check], example, example.asOf);
        assert.ok(results.length > 0, 'the case judges nothing');
        assert.deepEqual(
          results
            .filter(({ verdict }) => verdict !== 'pass')
            .map(({ subject, message }) => `${subject.address}: ${message}`),
          [],
        );
      });
    }

    for (const example of fail) {
      it(`fails ${example.name}`, () => {
        const found = judge([check], example, example.asOf).results.filter(({ verdict }) => verdict !== 'pass');
        assert.deepEqual(
          Object.fromEntries(
            found.map(({ subject, messageId, message }) => [subject.address, messageId ?? `unproven: ${message}`]),
          ),
          example.fails,
        );
      });
    }

    for (const example of unproven) {
      it(`cannot prove ${example.name}`, () => {
        const found = judge([check], example, example.asOf).results.filter(({ verdict }) => verdict !== 'pass');
        assert.deepEqual(
          found.map(({ verdict, subject }) => `${subject.address}: ${verdict}`).toSorted(),
          Object.keys(example.unproven)
            .map((address) => `${address}: unproven`)
            .toSorted(),
        );
        for (const { subject, message } of found) {
          const expected = example.unproven[subject.address];
          if (typeof expected === 'string') assert.ok(message.includes(expected), `${message} lacks ${expected}`);
          else if (expected !== undefined) assert.match(message, expected);
        }
      });
    }

    it('has a case for pass, fail and unproven', () => {
      assert.ok(pass.length > 0 && fail.length > 0 && unproven.length > 0);
    });

    it('has no case twice', () => {
      const cases = [...pass, ...fail, ...unproven].map(({ stacks, plan, policy, asOf }) =>
        JSON.stringify([stacks, plan, policy, asOf]),
      );
      assert.equal(new Set(cases).size, cases.length);
    });

    it('has a case for every message', () => {
      const seen = fail.flatMap(({ fails }) => Object.values(fails));
      assert.deepEqual([...new Set(seen)].toSorted(), [...check.messageIds].toSorted());
    });

    it('has examples that are what they say', () => {
      for (const example of check.examples.compliant) {
        const { results } = judge([check], example);
        assert.ok(results.length > 0);
        assert.deepEqual(
          results.filter(({ verdict }) => verdict !== 'pass').map(({ message }) => message),
          [],
        );
      }
      for (const example of check.examples.violating) {
        assert.ok(judge([check], example).results.some(({ verdict }) => verdict === 'fail'));
      }
    });
  });
}
