import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Check, Example } from '../../checks/check.ts';
import { checks } from '../../checks/index.ts';
import { markdownOf } from '../support/mutation-document.ts';
import { falseAlarms, type Trial, tryMutants } from '../support/mutation-matrix.ts';
import { type Survivor, SURVIVORS } from '../support/mutation-survivors.ts';

const tried = new Map<Check, readonly Trial[]>();
let mutantsOfUnread = 0;

describe('the mutants of compliant estates', () => {
  for (const check of checks) {
    it(`of ${check.id} fail or are unproven, but for those that stay compliant`, () => {
      const trials = trialsOf(check);
      expect(trials.length).toBeGreaterThan(0);
      const survived = trials.filter((trial) => !trial.killed && survivorOf(trial) === undefined);
      expect(survived.map(({ operator, at }) => `${operator}: ${at}`)).toEqual([]);
    });
  }

  it('need every entry of the table of survivors', () => {
    const used = new Set(
      checks.flatMap((check) =>
        trialsOf(check)
          .filter(({ killed }) => !killed)
          .map(survivorOf),
      ),
    );
    const unused = SURVIVORS.filter((survivor) => !used.has(survivor));
    expect(unused.map(({ control, operators, at }) => `${control}: ${operators.join(', ')} at ${at.source}`)).toEqual(
      [],
    );
  });

  it('are counted in docs/mutation-matrix.md; `vitest run -u` counts anew', async () => {
    await expect(markdownOf(checks.flatMap(trialsOf), SURVIVORS)).toMatchFileSnapshot('../../docs/mutation-matrix.md');
  });
});

describe('arguments that a check does not read', () => {
  for (const check of checks) {
    it(`change none of its verdicts about the examples of ${check.id}`, () => {
      const results = compliantOf(check).map((example) => falseAlarms(checks, example));
      expect(results.flatMap(({ alarms }) => alarms)).toEqual([]);
      mutantsOfUnread += results.reduce((total, result) => total + result.tried, 0);
    });
  }

  it('are many', () => {
    expect(mutantsOfUnread).toBeGreaterThan(1000);
  });
});

function trialsOf(check: Check): readonly Trial[] {
  const known = tried.get(check);
  if (known !== undefined) return known;
  const trials = compliantOf(check).flatMap((example) => tryMutants(check, example));
  tried.set(check, trials);
  return trials;
}

/** The examples of a check, and the fuller estates that are kept for it. */
function compliantOf({ id, examples }: Check): readonly Example[] {
  const file = new URL(`../support/compliant/${id}.json`, import.meta.url);
  return [...examples.compliant, ...(existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Example[]) : [])];
}

function survivorOf({ control, operator, at }: Trial): Survivor | undefined {
  return SURVIVORS.find(
    (survivor) => survivor.control === control && survivor.operators.includes(operator) && survivor.at.test(at),
  );
}
