import { SPLAT_ITEM } from './parse-expression.ts';
import type { CallExpression, Expression, ForObjectExpression, ForTupleExpression, TemplatePart } from './syntax.ts';

/** The expression as text in Terraform's own notation; parses to the same tree but for redundant parentheses. */
export function print(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return printLiteral(expression.literal);
    case 'template':
      return printTemplate(expression.parts);
    case 'variable':
      return expression.name === SPLAT_ITEM ? '' : expression.name;
    case 'attribute':
      return `${printOperand(expression.object)}.${expression.name}`;
    case 'index':
      return `${printOperand(expression.collection)}[${print(expression.key)}]`;
    case 'splat':
      return `${printOperand(expression.collection)}${expression.style === 'full' ? '[*]' : '.*'}${print(expression.each)}`;
    case 'call':
      return printCall(expression);
    case 'tuple':
      return `[${expression.items.map(print).join(', ')}]`;
    case 'object':
      return `{${expression.entries.map(({ key, value }) => `${printKey(key)} = ${print(value)}`).join(', ')}}`;
    case 'for-tuple':
      return `[${printFor(expression)} : ${print(expression.value)}${printCondition(expression.condition)}]`;
    case 'for-object': {
      const { key, value, group } = expression;
      const body = `${print(key)} => ${print(value)}${group ? '...' : ''}`;
      return `{${printFor(expression)} : ${body}${printCondition(expression.condition)}}`;
    }
    case 'conditional':
      return `${printOperand(expression.condition)} ? ${print(expression.then)} : ${print(expression.otherwise)}`;
    case 'unary':
      return `${expression.operator}${printOperand(expression.operand)}`;
    case 'binary':
      return `${printOperand(expression.left)} ${expression.operator} ${printOperand(expression.right)}`;
  }
}

/** In parentheses where the operand binds less tightly than any operator. */
function printOperand(expression: Expression): string {
  const isLoose = expression.kind === 'binary' || expression.kind === 'conditional' || expression.kind === 'unary';
  return isLoose ? `(${print(expression)})` : print(expression);
}

function printLiteral(literal: (Expression & { readonly kind: 'literal' })['literal']): string {
  switch (literal.type) {
    case 'string':
      return `"${escaped(literal.value)}"`;
    case 'number':
      return literal.text;
    case 'boolean':
      return String(literal.value);
    case 'null':
      return 'null';
  }
}

function printTemplate(parts: readonly TemplatePart[]): string {
  const [only, ...more] = parts;
  if (only?.kind === 'interpolation' && more.length === 0) return print(only.expression);
  return `"${parts.map(printPart).join('')}"`;
}

function printPart(part: TemplatePart): string {
  switch (part.kind) {
    case 'text':
      return escaped(part.text);
    case 'interpolation':
      return `\${${print(part.expression)}}`;
    case 'if': {
      const otherwise = part.otherwise.length === 0 ? '' : `%{ else }${part.otherwise.map(printPart).join('')}`;
      return `%{ if ${print(part.condition)} }${part.then.map(printPart).join('')}${otherwise}%{ endif }`;
    }
    case 'for': {
      const names = part.keyName === null ? part.valueName : `${part.keyName}, ${part.valueName}`;
      return `%{ for ${names} in ${print(part.collection)} }${part.body.map(printPart).join('')}%{ endfor }`;
    }
  }
}

function escaped(text: string): string {
  const quoted = text.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t');
  return quoted.replace(/([$%])\{/g, '$1$1{');
}

function printKey(key: Expression): string {
  if (key.kind !== 'literal') return `(${print(key)})`;
  const isName = key.literal.type === 'string' && /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u.test(key.literal.value);
  return isName && key.literal.type === 'string' ? key.literal.value : print(key);
}

function printCall(call: CallExpression): string {
  return `${call.name}(${call.arguments.map(print).join(', ')}${call.expandLast ? '...' : ''})`;
}

function printFor({ keyName, valueName, collection }: ForTupleExpression | ForObjectExpression): string {
  return `for ${keyName === null ? valueName : `${keyName}, ${valueName}`} in ${print(collection)}`;
}

function printCondition(condition: Expression | null): string {
  return condition === null ? '' : ` if ${print(condition)}`;
}
