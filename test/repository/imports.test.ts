import { describe, expect, it } from 'vitest';
import { COMPUTED, importsOf } from './imports.ts';

describe('importsOf', () => {
  it.each([
    { form: 'a named import', source: `import { a } from './a.ts';`, found: ['./a.ts'] },
    { form: 'double quotes', source: `import { a } from "./a.ts";`, found: ['./a.ts'] },
    { form: 'a type import', source: `import type { A } from '../b.ts';`, found: ['../b.ts'] },
    { form: 'a default and named import', source: `import a, { type B } from 'pkg';`, found: ['pkg'] },
    {
      form: 'a namespace import',
      source: `import * as a from '@scope/pkg/lib/x/index.js';`,
      found: ['@scope/pkg/lib/x/index.js'],
    },
    { form: 'several lines', source: `import {\n  a,\n  b,\n} from 'node:fs';`, found: ['node:fs'] },
    { form: 'a side effect', source: `import 'cdktf';`, found: ['cdktf'] },
    { form: 'a re-export', source: `export { a } from './a.ts';`, found: ['./a.ts'] },
    { form: 'a re-export of all', source: `export * from './a.ts';`, found: ['./a.ts'] },
    { form: 'a re-exported type', source: `export type { A } from './a.ts';`, found: ['./a.ts'] },
    { form: 'no space around', source: `import{a}from'./a.ts';`, found: ['./a.ts'] },
    { form: 'import attributes', source: `import t from './t.json' with { type: 'json' };`, found: ['./t.json'] },
    { form: 'a dynamic import', source: `const m = await import('cdktf');`, found: ['cdktf'] },
    { form: 'a dynamic import over lines', source: `await import(\n  "cdktf"\n);`, found: ['cdktf'] },
    { form: 'a template without holes', source: 'await import(`cdktf`);', found: ['cdktf'] },
    { form: 'the type of a module', source: `let a: import('cdktf').App;`, found: ['cdktf'] },
    { form: 'require', source: `const { App } = require('cdktf');`, found: ['cdktf'] },
    { form: 'import-require', source: `import c = require('cdktf');`, found: ['cdktf'] },
    { form: 'require.resolve', source: `require.resolve('cdktf')`, found: ['cdktf'] },
    { form: 'import.meta.resolve', source: `import.meta.resolve('cdktf')`, found: ['cdktf'] },
    { form: 'a reference directive', source: `/// <reference types="node" />`, found: ['node'] },
    { form: 'a computed import', source: `await import(name);`, found: [COMPUTED] },
    { form: 'a template with holes', source: 'await import(`./${name}.ts`);', found: [COMPUTED] },
    { form: 'a concatenation', source: `await import('./' + name);`, found: [COMPUTED] },
    { form: 'a computed require', source: `require(name)`, found: [COMPUTED] },
    { form: 'two statements', source: `import 'a';\nexport * from 'b';`, found: ['a', 'b'] },
    { form: 'an import behind a comment', source: `/* why */ import 'a';\n// not 'b'\nimport 'c';`, found: ['a', 'c'] },
  ])('finds $form', ({ source, found }) => {
    expect(importsOf(source).map(({ specifier }) => specifier)).toEqual(found);
  });

  it.each([
    { text: 'a line comment', source: `// import 'cdktf';` },
    { text: 'a comment behind code', source: `const a = 1; // see import('cdktf')` },
    { text: 'a block comment', source: `/**\n * import { App } from 'cdktf';\n */` },
    { text: 'a sentence', source: `const message = "comes from 'cdktf'";` },
    { text: 'a word that ends in import', source: `reimport('cdktf');` },
  ])('does not take $text for an import', ({ source }) => {
    expect(importsOf(source)).toEqual([]);
  });

  it('names the line', () => {
    expect(importsOf(`// first\n\nimport {\n  a,\n} from 'a';\nawait import('b');\n`)).toEqual([
      { specifier: 'a', line: 3, isType: false },
      { specifier: 'b', line: 6, isType: false },
    ]);
  });

  it.each([
    { source: `import type { A } from 'a';`, isType: true },
    { source: `import type A from 'a';`, isType: true },
    { source: `export type { A } from 'a';`, isType: true },
    { source: `import { type A } from 'a';`, isType: false },
    { source: `import type from 'a';`, isType: false },
    { source: `import type, { A } from 'a';`, isType: false },
    { source: `import typed from 'a';`, isType: false },
    { source: `let a: import('a').A;`, isType: false },
  ])('takes $source for types only: $isType', ({ source, isType }) => {
    expect(importsOf(source)).toEqual([{ specifier: 'a', line: 1, isType }]);
  });
});
