import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluate } from '../../../model/expression/evaluate.ts';
import { parseExpression } from '../../../model/expression/parse.ts';
import type { Scope } from '../../../model/expression/scope.ts';
import { unknown, type Value } from '../../../model/value.ts';
import { sampleExpressions } from '../../support/expression-cases.ts';
import {
  type ConsoleResult,
  evaluateInConsole,
  hasTerraform,
  terraformVersion,
} from '../../support/terraform-console.ts';

const SEED = 20_251_122;
const COUNT = 1600;
const RECORDED = new URL('recorded.json', import.meta.url);

interface Recording {
  readonly terraform: string;
  readonly seed: number;
  /** Expression, and Terraform's JSON for a list of its one value; null where Terraform refuses it. */
  readonly cases: readonly (readonly [string, string | null])[];
}

const NOTHING: Scope = {
  root: (path) => unknown('invalid', path.join('.'), 'is not declared'),
  attribute: (reference) => reference,
};

/** Written by hand: one for each function and for each rule that a generator meets rarely. */
const BY_HAND = readFileSync(new URL('by-hand.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean);

function ours(expression: string): Value {
  const parsed = parseExpression(`jsonencode([${expression}])`);
  return parsed.kind === 'error'
    ? unknown('invalid', expression, parsed.message)
    : evaluate(parsed.expression, NOTHING);
}

function asCase(expression: string, result: ConsoleResult): readonly [string, string | null] {
  return [expression, 'json' in result ? result.json : null];
}

function recorded(): Recording {
  const recording: Recording = JSON.parse(readFileSync(RECORDED, 'utf8'));
  return recording;
}

describe('evaluate, compared with terraform console', () => {
  let cases: Recording['cases'] = [];

  beforeAll(() => {
    if (!hasTerraform()) {
      const warning = `NO TERRAFORM ON THE PATH: comparing with what ${recorded().terraform} said when it was recorded`;
      process.stderr.write(`${warning}\n`);
      ({ cases } = recorded());
      return;
    }
    const expressions = [...BY_HAND, ...sampleExpressions(COUNT, SEED)];
    const results = evaluateInConsole(expressions);
    cases = expressions.map((expression, index) => asCase(expression, results[index] ?? { error: true }));
    if (process.env['UPDATE_RECORDED'] === '1') {
      const lines = cases.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n');
      const head = `  "terraform": ${JSON.stringify(terraformVersion())},\n  "seed": ${SEED},\n`;
      writeFileSync(RECORDED, `{\n${head}  "cases": [\n${lines}\n  ]\n}\n`);
    }
  });

  it('gives the same value wherever it gives one', () => {
    const divergent = cases.flatMap(([expression, json]) => {
      const value = ours(expression);
      const isAllowed = value.kind === 'unknown' || (value.kind === 'string' && value.value === json);
      return isAllowed ? [] : [{ expression, terraform: json, ours: value }];
    });
    expect(cases.length).toBeGreaterThan(1500);
    expect(divergent).toEqual([]);
  });

  it('never calls invalid what Terraform accepts', () => {
    const refused = cases.filter(([expression, json]) => {
      const value = ours(expression);
      return json !== null && value.kind === 'unknown' && value.reason === 'invalid';
    });
    expect(refused).toEqual([]);
  });

  it('leaves less than a tenth of what Terraform accepts unknown', () => {
    const accepted = cases.filter(([, json]) => json !== null);
    const open = accepted.filter(([expression]) => ours(expression).kind === 'unknown');
    expect(accepted.length).toBeGreaterThan(800);
    expect(open.length / accepted.length).toBeLessThan(0.1);
  });

  it('calls invalid nearly all that Terraform refuses, and gives a value for none of it', () => {
    const refused = cases.filter(([, json]) => json === null).map(([expression]) => ours(expression));
    const invalid = refused.filter((value) => value.kind === 'unknown' && value.reason === 'invalid');
    expect(refused.every(({ kind }) => kind === 'unknown')).toBe(true);
    expect(invalid.length / refused.length).toBeGreaterThan(0.9);
  });

  it.runIf(hasTerraform())('has a recording that is still what Terraform says', () => {
    const { cases: before } = recorded();
    const now = evaluateInConsole(before.map(([expression]) => expression));
    const stale = before.filter(
      ([expression, json], index) => asCase(expression, now[index] ?? { error: true })[1] !== json,
    );
    expect(before.length).toBeGreaterThan(1500);
    expect(stale).toEqual([]);
  });
});
