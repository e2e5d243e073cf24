import type { Value } from '../value.ts';
import type { Expression } from './syntax.ts';

/** A name and the constant steps from it: `aws_subnet.app[0].id`. */
export interface Chain {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** `.name` and `["name"]` differ: only the first may name an object of the configuration. */
export type Step =
  { readonly kind: 'attribute'; readonly name: string } | { readonly kind: 'index'; readonly key: Value };

/** The expression as a chain, if it is one. */
export function asChain(expression: Expression): Chain | null {
  const steps: Step[] = [];
  let current = expression;
  for (;;) {
    if (current.kind === 'variable') return { name: current.name, steps: steps.toReversed() };
    if (current.kind === 'attribute') {
      steps.push({ kind: 'attribute', name: current.name });
      current = current.object;
    } else if (current.kind === 'index' && current.key.kind === 'literal') {
      const { literal } = current.key;
      if (literal.type !== 'string' && literal.type !== 'number') return null;
      const key: Value =
        literal.type === 'string' ? { kind: 'string', value: literal.value } : { kind: 'number', text: literal.text };
      steps.push({ kind: 'index', key });
      current = current.collection;
    } else return null;
  }
}
