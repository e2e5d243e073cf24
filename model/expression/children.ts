import type { Expression, TemplatePart } from './syntax.ts';

/** An expression directly inside another, with the names that the outer one gives it. */
interface Child {
  readonly expression: Expression;
  readonly bound: readonly string[];
}

/** The direct parts of an expression, in the order in which they are written. */
export function childrenOf(expression: Expression): readonly Child[] {
  switch (expression.kind) {
    case 'literal':
    case 'variable':
      return [];
    case 'template':
      return childrenOfParts(expression.parts, []);
    case 'attribute':
      return free(expression.object);
    case 'index':
      return free(expression.collection, expression.key);
    case 'splat':
      return free(expression.collection, expression.each);
    case 'call':
      return free(...expression.arguments);
    case 'tuple':
      return free(...expression.items);
    case 'object':
      return free(...expression.entries.flatMap(({ key, value }) => [key, value]));
    case 'for-tuple':
    case 'for-object': {
      const { keyName, valueName, collection, value, condition } = expression;
      const bound = keyName === null ? [valueName] : [keyName, valueName];
      const key = expression.kind === 'for-object' ? [expression.key] : [];
      const inner = [...key, value, ...(condition === null ? [] : [condition])];
      return [...free(collection), ...inner.map((part) => ({ expression: part, bound }))];
    }
    case 'conditional':
      return free(expression.condition, expression.then, expression.otherwise);
    case 'unary':
      return free(expression.operand);
    case 'binary':
      return free(expression.left, expression.right);
  }
}

function free(...expressions: readonly Expression[]): readonly Child[] {
  return expressions.map((expression) => ({ expression, bound: [] }));
}

function childrenOfParts(parts: readonly TemplatePart[], bound: readonly string[]): readonly Child[] {
  return parts.flatMap((part): readonly Child[] => {
    switch (part.kind) {
      case 'text':
        return [];
      case 'interpolation':
        return [{ expression: part.expression, bound }];
      case 'if':
        return [
          { expression: part.condition, bound },
          ...childrenOfParts(part.then, bound),
          ...childrenOfParts(part.otherwise, bound),
        ];
      case 'for': {
        const names = part.keyName === null ? [part.valueName] : [part.keyName, part.valueName];
        return [{ expression: part.collection, bound }, ...childrenOfParts(part.body, [...bound, ...names])];
      }
    }
  });
}
