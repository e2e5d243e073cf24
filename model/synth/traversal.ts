import { asChain } from '../expression/chain.ts';
import { parseExpression } from '../expression/parse.ts';
import type { JsonNode, JsonString } from '../json/json.ts';

/**
 * The steps of an argument that names something and is no template, such as `provider` and `ignore_changes`:
 * Terraform reads ` aws . west ` as `aws.west`. Null where it is no name.
 */
export function traversal(node: JsonNode): readonly (string | number)[] | null {
  if (node.kind !== 'string') return null;
  const parsed = parseExpression(node.value);
  const chain = parsed.kind === 'error' ? null : asChain(parsed.expression);
  if (chain === null) return null;
  const steps = chain.steps.map((step) => {
    if (step.kind === 'attribute') return step.name;
    return step.key.kind === 'string' ? step.key.value : step.key.kind === 'number' ? Number(step.key.text) : '';
  });
  return [chain.name, ...steps];
}

/** The traversal in one spelling: `tags.Name`, `rule[0].id`; the text itself where it is none. */
export function normalTraversal(node: JsonString): string {
  const steps = traversal(node);
  if (steps === null) return node.value;
  return steps
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('');
}

/** Escapes that Terraform writes by name; other characters that do not print it writes by number. */
const NAMED_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** Letters, marks, numbers, punctuation, symbols and the space print; all else is escaped. */
const UNPRINTABLE = /^[^\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** An instance key as Terraform writes it in addresses, where it is a string of its language. */
export function quoteKey(key: string): string {
  const characters = Array.from(
    key.replace(/[$%]\{/g, (opening) => opening.charAt(0) + opening),
    (character) => {
      const named = NAMED_ESCAPES.get(character);
      if (named !== undefined) return named;
      return UNPRINTABLE.test(character) ? escaped(character.codePointAt(0) ?? 0) : character;
    },
  );
  return `"${characters.join('')}"`;
}

function escaped(codePoint: number): string {
  const digits = codePoint.toString(16);
  return codePoint > 0xffff ? `\\U${digits.padStart(8, '0')}` : `\\u${digits.padStart(4, '0')}`;
}
