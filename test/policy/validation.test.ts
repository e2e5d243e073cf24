import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';

const SCHEMAS = ['policy/policy.schema.json', 'policy/exceptions.schema.json'];

interface Node {
  readonly [key: string]: unknown;
}

/** Every schema inside a schema, with its pointer. */
function schemasIn(node: Node, pointer: string): readonly (readonly [string, Node])[] {
  const children = ['properties', 'definitions'].flatMap((group) =>
    Object.entries(Object(node[group]) as { [key: string]: Node }).map(
      ([key, child]) => [`${group}/${key}`, child] as const,
    ),
  );
  const items = node['items'] === undefined ? [] : [['items', node['items'] as Node] as const];
  return [[pointer, node], ...[...children, ...items].flatMap(([key, child]) => schemasIn(child, `${pointer}/${key}`))];
}

describe.each(SCHEMAS)('%s', (path) => {
  const schema = JSON.parse(readFileSync(path, 'utf8')) as Node;

  test('is a strict JSON Schema of draft 7', () => {
    const ajv = new Ajv({ strict: true, allErrors: true });
    ajv.addKeyword('x-code');
    expect(ajv.validateSchema(schema)).toBe(true);
    expect(() => ajv.compile(schema)).not.toThrow();
  });

  test('describes every part and leaves no object open', () => {
    const parts = schemasIn(schema, '');
    expect(parts.length).toBeGreaterThan(10);
    expect(parts.filter(([, part]) => typeof part['description'] !== 'string').map(([pointer]) => pointer)).toEqual([]);
    const open = parts.filter(([, part]) => part['type'] === 'object' && part['additionalProperties'] !== false);
    expect(open.map(([pointer]) => pointer)).toEqual([]);
  });
});

test('the compiled validators are those of the schemas', () => {
  expect(() => execFileSync(process.execPath, ['scripts/compile-validators.mjs', '--check'])).not.toThrow();
});
