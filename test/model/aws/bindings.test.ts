import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { constructOf, propertyOf } from '../../../model/aws/bindings.ts';

const LIBRARY = join(dirname(createRequire(import.meta.url).resolve('@cdktf/provider-aws/package.json')), 'lib');

interface Declared {
  readonly type: string;
  readonly name: string;
  readonly module: string;
  /** Properties by their argument, as the comments of the declarations have them. */
  readonly properties: ReadonlyMap<string, string>;
}

function declaredIn(folder: string): Declared | null {
  const text = readFileSync(join(LIBRARY, folder, 'index.d.ts'), 'utf8');
  const type = /static readonly tfResourceType = "([a-z0-9_]+)"/.exec(text)?.[1];
  const name = /export declare class (\w+) extends cdktf\.TerraformResource/.exec(text)?.[1];
  if (type === undefined || name === undefined) return null;
  const documented = text.matchAll(/#[a-z0-9_]+ \w+#([a-z0-9_]+)\}[^]*?readonly (\w+)\??:/g);
  const properties = new Map([...documented].map(([, argument = '', property = '']) => [argument, property]));
  return { type, name, module: `@cdktf/provider-aws/lib/${folder}/index.js`, properties };
}

describe('the names of the typed bindings', () => {
  const declared = readdirSync(LIBRARY, { withFileTypes: true }).flatMap((entry) => {
    const found = entry.isDirectory() && !entry.name.startsWith('data-') ? declaredIn(entry.name) : null;
    return found === null ? [] : [found];
  });

  it('are those of every construct that is installed', () => {
    expect(declared.length).toBeGreaterThan(1500);
    for (const { type, name, module } of declared) expect([type, constructOf(type)]).toEqual([type, { name, module }]);
  });

  it('are those of every argument', () => {
    const wrong = declared.flatMap(({ type, properties }) =>
      [...properties].flatMap(([argument, property]) =>
        propertyOf([argument]) === property ? [] : [`${type}.${argument}: ${property}`],
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('join the steps of a path and leave out which of a list', () => {
    expect(propertyOf(['rule', 0, 'apply_server_side_encryption_by_default', 'sse_algorithm'])).toBe(
      'rule.applyServerSideEncryptionByDefault.sseAlgorithm',
    );
  });
});
