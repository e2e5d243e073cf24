import { describe, expect, it } from 'vitest';
import { FAMILIES } from '../checks/check.ts';
import { importsOf } from './repository/imports.ts';
import { LAYERS, violations } from './repository/layers.ts';
import { read, sourceFiles } from './repository/source-files.ts';

const FILES = sourceFiles();
const TYPESCRIPT = FILES.filter((file) => file.endsWith('.ts'));

/** Names that say nothing of what is inside, and so attract everything. */
const GRAB_BAGS = new Set([
  'common',
  'constants',
  'helper',
  'helpers',
  'interfaces',
  'lib',
  'misc',
  'shared',
  'tools',
  'types',
  'util',
  'utils',
]);

/** Tests that are about a whole and mirror no file, by the beginning of their path, and what they are about. */
const TESTS_OF_THE_WHOLE: { readonly [beginning: string]: string } = {
  'test/repository/': 'the repository: its manifest, its lockfile, its workflow',
  'test/report/formats.test.ts': 'what holds for every format alike',
  'test/checks/mutation-matrix.test.ts': 'what holds for every check alike',
  'test/proofs/network/engine-against-simulator.test.ts':
    'the proof and the simulator, which share no code, on the same networks',
  'test/proofs/network/hop-rules.test.ts': 'the rules of packets, H1 to H13, whichever file applies them',
  'test/end-to-end/': 'the built program run on the real stacks',
};

describe('the layers', () => {
  it.each(Object.keys(LAYERS))('%s imports what its layer may import', (layer) => {
    const files = FILES.filter((file) => file.startsWith(`${layer}/`));
    expect(files.flatMap((file) => violations(file, read(file)))).toEqual([]);
  });

  it.each(['model', 'policy', 'checks', 'report', 'cli', 'stacks'])('%s is there to be judged', (layer) => {
    expect(FILES.some((file) => file.startsWith(`${layer}/`))).toBe(true);
  });

  it('keeps the public API to the pure layers', () => {
    expect(violations('index.ts', read('index.ts'))).toEqual([]);
  });

  it.each(Object.entries(LAYERS))('says in one sentence why %s is as it is', (_, { why }) => {
    expect(why).toMatch(/^[A-Z][^.]+\.$/);
  });
});

describe('a violation is caught:', () => {
  it.each([
    { what: 'an import upwards', file: 'model/a.ts', source: `import { b } from '../checks/b.ts';` },
    { what: 'a type import upwards', file: 'model/a.ts', source: `import type { B } from '../policy/policy.ts';` },
    { what: 'the type of a module upwards', file: 'model/a.ts', source: `let b: import('../checks/check.ts').Check;` },
    { what: 'a re-export upwards', file: 'proofs/a.ts', source: `export * from '../checks/check.ts';` },
    {
      what: 'a proof that reads the policy',
      file: 'proofs/a.ts',
      source: `import type { Policy } from '../policy/policy.ts';`,
    },
    { what: 'a policy that reads proofs', file: 'policy/a.ts', source: `import { b } from '../proofs/b.ts';` },
    {
      what: 'a check that reports',
      file: 'checks/encryption/a.ts',
      source: `import { text } from '../../report/text.ts';`,
    },
    {
      what: 'a report that knows the command line',
      file: 'report/a.ts',
      source: `import { main } from '../cli/main.ts';`,
    },
    { what: 'a way round by dots', file: 'model/a.ts', source: `import { b } from '../model/../cli/main.ts';` },
    { what: 'a dynamic import upwards', file: 'checks/a.ts', source: `await import('../cli/main.ts');` },
    { what: 'a computed import', file: 'cli/a.ts', source: `await import(path);` },
    { what: 'a computed require', file: 'cli/a.cjs', source: `require(path);` },
    { what: 'an import by URL', file: 'cli/a.ts', source: `await import('file:///a.js');` },
    { what: 'a data URL', file: 'cli/a.ts', source: `await import('data:text/javascript,1');` },
    { what: 'node: in a pure layer', file: 'model/a.ts', source: `import { join } from 'node:path';` },
    { what: 'a built-in without node:', file: 'checks/a.ts', source: `import fs from 'fs';` },
    { what: 'a type of node: in a pure layer', file: 'report/a.ts', source: `import type { Stats } from 'node:fs';` },
    { what: 'the clock in a check', file: 'checks/a.ts', source: `const now = new Date();` },
    { what: 'the environment in a proof', file: 'proofs/a.ts', source: `const home = process.env['HOME'];` },
    { what: 'a locale in a report', file: 'report/a.ts', source: `names.sort((a, b) => a.localeCompare(b));` },
    { what: 'chance in the model', file: 'model/a.ts', source: `const id = Math.random();` },
    { what: 'cdktf outside stacks', file: 'cli/a.ts', source: `import { App } from 'cdktf';` },
    { what: 'cdktf by require', file: 'cli/a.cjs', source: `const { App } = require('cdktf');` },
    {
      what: 'the provider outside stacks',
      file: 'model/a.ts',
      source: `import('@cdktf/provider-aws/lib/vpc/index.js');`,
    },
    {
      what: 'stacks that read the model',
      file: 'stacks/a.ts',
      source: `import { REGIONS } from '../model/aws/regions.ts';`,
    },
    {
      what: 'stacks that read the policy',
      file: 'stacks/a.ts',
      source: `import type { Site } from '../policy/policy.ts';`,
    },
    { what: 'stacks with a package of the checker', file: 'stacks/a.ts', source: `import { parse } from 'yaml';` },
    { what: 'the command line that loads stacks', file: 'cli/a.ts', source: `await import('../stacks/main.ts');` },
    {
      what: 'a test imported by the product',
      file: 'checks/a.ts',
      source: `import { b } from '../test/support/b.ts';`,
    },
    {
      what: 'a process started by a check',
      file: 'cli/check.ts',
      source: `import { spawn } from 'node:child_process';`,
    },
    { what: 'a socket', file: 'cli/check.ts', source: `import { connect } from 'net';` },
    { what: 'evaluation', file: 'cli/check.ts', source: `import vm from 'node:vm';` },
    { what: 'the disk in stacks', file: 'stacks/a.ts', source: `import { readFileSync } from 'node:fs';` },
    { what: 'the environment in stacks', file: 'stacks/a.ts', source: `const region = process.env['AWS_REGION'];` },
    { what: 'all bindings at once', file: 'stacks/a.ts', source: `import { vpc } from '@cdktf/provider-aws';` },
    { what: 'ajv outside policy', file: 'report/a.ts', source: `import { Ajv } from 'ajv';` },
    { what: 'yaml outside policy', file: 'cli/a.ts', source: `import { parse } from 'yaml';` },
    { what: 'chalk in a check', file: 'checks/a.ts', source: `import chalk from 'chalk';` },
    { what: 'a development package at run time', file: 'report/a.ts', source: `import { Log } from 'sarif';` },
    { what: 'commander outside cli', file: 'report/a.ts', source: `import { Command } from 'commander';` },
    { what: 'a package that nobody chose', file: 'cli/a.ts', source: `import _ from 'lodash';` },
    { what: 'an API that reaches the command line', file: 'index.ts', source: `export { main } from './cli/main.ts';` },
    { what: 'an API that reaches the stacks', file: 'index.ts', source: `export { sites } from './stacks/sites.ts';` },
  ])('$what', ({ file, source }) => {
    expect(violations(file, source)).toHaveLength(1);
  });

  it.each([
    {
      what: 'a check on the model',
      file: 'checks/encryption/a.ts',
      source: `import { known } from '../../model/value.ts';`,
    },
    { what: 'the policy with its packages', file: 'policy/a.ts', source: `import { parseDocument } from 'yaml';` },
    { what: 'a neighbour', file: 'model/json/a.ts', source: `import { b } from '../value.ts';` },
    {
      what: 'the command that runs the program',
      file: 'cli/synth.ts',
      source: `import { spawn } from 'node:child_process';`,
    },
    { what: 'the disk in cli', file: 'cli/a.ts', source: `import { readFile } from 'node:fs/promises';` },
    { what: 'the types of a format', file: 'report/a.ts', source: `import type { Log } from 'sarif';` },
    { what: 'a given date', file: 'checks/a.ts', source: `const end = new Date(exception.ends);` },
    { what: 'a sentence about a process', file: 'checks/a.ts', source: `const why = 'the process. See console.log';` },
    {
      what: 'cdktf in stacks',
      file: 'stacks/a.ts',
      source: `import { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js';`,
    },
    {
      what: 'stacks in a test',
      file: 'test/stacks/a.test.ts',
      source: `import { sites } from '../../stacks/sites.ts';`,
    },
  ])('and $what is none', ({ file, source }) => {
    expect(violations(file, source)).toEqual([]);
  });

  it('with its place and the reason', () => {
    expect(violations('model/a.ts', `\nimport chalk from 'chalk';\n`)).toEqual([
      `model/a.ts:2 imports the package chalk. ${LAYERS['model']?.why}`,
    ]);
  });
});

describe('the checks', () => {
  const checks = FILES.filter((file) => /^checks\/[a-z]+\/[a-z-]+-\d{3}-[a-z0-9-]+\.ts$/.test(file));
  const folders = new Set(FILES.filter((file) => /^checks\/.+\//.test(file)).map((file) => file.split('/')[1]));

  it('lie in the folder of a family', () => {
    expect([...folders].filter((folder) => !FAMILIES.some((family) => family === folder))).toEqual([]);
  });

  it('are all run', () => {
    const registered = importsOf(read('checks/index.ts')).map(({ specifier }) => specifier.replace('./', 'checks/'));
    expect(checks.filter((file) => !registered.includes(file))).toEqual([]);
  });

  it('have a test each', () => {
    expect(checks.filter((file) => !FILES.includes(`test/${file.replace('.ts', '.test.ts')}`))).toEqual([]);
  });
});

describe('the files', () => {
  it('have names in kebab-case', () => {
    expect(FILES.filter((file) => !/^(?:[a-z0-9]+(?:[-.][a-z0-9]+)*\/?)+$/.test(file))).toEqual([]);
  });

  it('are named for what they hold', () => {
    const bags = FILES.filter((file) => file.split('/').some((part) => GRAB_BAGS.has(part.split('.')[0] ?? '')));
    expect(bags).toEqual([]);
  });

  it('have their test at the mirrored path', () => {
    const tests = TYPESCRIPT.filter((file) => file.endsWith('.test.ts') && file !== 'test/architecture.test.ts');
    const orphans = tests
      .filter((test) => !Object.keys(TESTS_OF_THE_WHOLE).some((beginning) => test.startsWith(beginning)))
      .filter((test) => !isMirror(test, FILES));
    expect(orphans).toEqual([]);
  });

  it.each([
    { test: 'test/model/value.test.ts', mirror: true },
    { test: 'test/model/value.properties.test.ts', mirror: true },
    { test: 'test/model/json.test.ts', mirror: true },
    { test: 'test/model/valu.test.ts', mirror: false },
    { test: 'test/value.test.ts', mirror: false },
  ])('$test is a mirror: $mirror', ({ test, mirror }) => {
    expect(isMirror(test, ['model/value.ts', 'model/json/read.ts'])).toBe(mirror);
  });
});

/** A test belongs to the file or folder of its path; `value.properties.test.ts` is one of several for `value.ts`. */
function isMirror(test: string, files: readonly string[]): boolean {
  const subject = test.slice('test/'.length).replace(/(?:\.[a-z0-9-]+)?\.test\.ts$/, '');
  return files.some((file) => file.replace(/\.[cm]?[jt]s$/, '') === subject || file.startsWith(`${subject}/`));
}
