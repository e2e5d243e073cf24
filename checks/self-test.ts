import type { Check, Example } from './check.ts';
import { judge } from './example-estate.ts';

/** How a control judges the examples whose answers are known. */
export interface ControlSelfTest {
  readonly control: string;
  readonly compliant: number;
  readonly violating: number;
  /** Examples that it judges otherwise, as `violating 2`, counted from 1; empty for a control that works. */
  readonly wrong: readonly string[];
}

/**
 * Has every control judge its own examples, in the very program that judges the estate: what complies must pass, and what
 * violates the control must fail. A control that has lost its eye, by a defect or by somebody's hand, is found out by it.
 */
export function selfTest(checks: readonly Check[]): readonly ControlSelfTest[] {
  return checks.map((check) => {
    const { compliant, violating } = check.examples;
    const wrong = [
      ...wrongly('compliant', compliant, (example) => passes(check, example)),
      ...wrongly('violating', violating, (example) => fails(check, example)),
    ];
    return { control: check.id, compliant: compliant.length, violating: violating.length, wrong };
  });
}

function wrongly(
  name: string,
  examples: readonly Example[],
  isRight: (example: Example) => boolean,
): readonly string[] {
  return examples.flatMap((example, index) => (isRight(example) ? [] : [`${name} ${index + 1}`]));
}

function passes(check: Check, example: Example): boolean {
  const { results } = judge([check], example);
  return results.length > 0 && results.every(({ verdict }) => verdict === 'pass');
}

function fails(check: Check, example: Example): boolean {
  return judge([check], example).results.some(({ verdict }) => verdict === 'fail');
}
