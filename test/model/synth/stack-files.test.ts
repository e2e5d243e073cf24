import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toPlain } from '../../../model/json/plain.ts';
import {
  isConfiguration,
  loadStack,
  roleOf,
  type StackFiles,
  type StackLoad,
} from '../../../model/synth/stack-files.ts';
import { readVariableFile } from '../../../model/synth/tfvars.ts';

const CDK = '{"resource": {"aws_sqs_queue": {"receipts": {}}}}';

describe('roles', () => {
  it.each([
    ['cdk.tf.json', 'configuration'],
    ['.tf.json', 'other'],
    ['a.b.tf.json', 'configuration'],
    ['overrides.tf.json', 'configuration'],
    ['override.tf.json', 'override'],
    ['z_override.tf.json', 'override'],
    ['_override.tf.json', 'override'],
    ['extra.tf', 'sibling'],
    ['override.tf', 'sibling'],
    ['extra.tofu', 'sibling'],
    ['extra.tofu.json', 'sibling'],
    ['.hidden.tf.json', 'other'],
    ['.hidden.tf', 'other'],
    ['cdk.tf.json~', 'other'],
    ['#cdk.tf.json#', 'other'],
    ['#cdk.tf.json', 'configuration'],
    ['cdk.TF.JSON', 'other'],
    ['terraform.tfvars', 'unread-variables'],
    ['terraform.tfvars.json', 'json-variables'],
    ['prod.auto.tfvars', 'unread-variables'],
    ['prod.auto.tfvars.json', 'json-variables'],
    ['.hidden.auto.tfvars.json', 'json-variables'],
    ['#prod.auto.tfvars.json', 'json-variables'],
    ['prod.auto.tfvars.json~', 'other'],
    ['prod.auto.tofuvars', 'unread-variables'],
    ['terraform.tofuvars.json', 'unread-variables'],
    ['prod.tfvars.json', 'other'],
    ['cases.tftest.json', 'other'],
    ['manifest.json', 'other'],
    ['.terraform.lock.hcl', 'other'],
  ])('%s is %s', (name, role) => {
    expect(roleOf(name)).toBe(role);
    expect(isConfiguration(name)).toBe(['configuration', 'override', 'sibling'].includes(role));
  });
});

describe('what is loaded', () => {
  it('parses every configuration file in the order of their UTF-8 bytes', () => {
    const load = loadStack(
      stackOf({ 'b.tf.json': '{}', '\ufb33.tf.json': '{}', '\u{1f600}.tf.json': '{}', 'B.tf.json': CDK }),
    );
    expect(load).toMatchObject({ kind: 'loaded', input: { name: 'ledger', path: 'stacks/ledger' } });
    expect(inputOf(load).documents.map(({ file }) => file)).toEqual([
      'stacks/ledger/B.tf.json',
      'stacks/ledger/b.tf.json',
      'stacks/ledger/\ufb33.tf.json',
      'stacks/ledger/\u{1f600}.tf.json',
    ]);
    expect(inputOf(load).inputs).toContainEqual({ path: 'stacks/ledger/b.tf.json', sha256: 'digest of b.tf.json' });
  });

  it('names files of the working directory without a prefix', () => {
    const files = [{ path: 'cdk.tf.json', bytes: Buffer.from(CDK), sha256: '' }];
    const load = loadStack({ name: 'ledger', directory: '.', files, otherNames: ['terraform.tfvars', 'README.md'] });
    expect(inputOf(load).unreadVariableFiles).toEqual(['terraform.tfvars']);
    const refused = loadStack({ name: 'ledger', directory: '.', files, otherNames: ['extra.tf'] });
    expect(problemsOf(refused)).toEqual(['IN-SIBLING extra.tf']);
  });

  it('lays variable files over one another as Terraform does', () => {
    const load = loadStack(
      stackOf({
        'cdk.tf.json': CDK,
        'z.auto.tfvars.json': '{"a": "z"}',
        'm.auto.tfvars.json': '{"a": "m", "b": "m"}',
        'terraform.tfvars.json': '{"//": "note", "a": "t", "b": "t", "c": "t", "__proto__": "${var.c}"}',
      }),
    );
    expect(valuesOf(load)).toEqual([
      ['__proto__', '${var.c}'],
      ['a', 'z'],
      ['b', 'm'],
      ['c', 't'],
    ]);
    expect(inputOf(load).unreadVariableFiles).toEqual([]);
  });

  it('lays the files of --var-file over all others', () => {
    const stack = stackOf({ 'cdk.tf.json': CDK, 'z.auto.tfvars.json': '{"a": "z", "b": "z"}' });
    const variableFiles = [variableFile('{"a": "first", "c": "first"}'), variableFile('{"c": "second"}')];
    const load = loadStack(stack, { variableFiles, limits: { maxDepth: 9, maxBytes: 99 } });
    expect(valuesOf(load)).toEqual([
      ['a', 'first'],
      ['b', 'z'],
      ['c', 'second'],
    ]);
  });

  it('forgets what a file that is not read could change, and nothing stronger', () => {
    const files = { 'cdk.tf.json': CDK, 'a.auto.tfvars.json': '{"a": 1}', 'c.auto.tfvars.json': '{"c": 3}' };
    const load = loadStack(stackOf(files, ['b.auto.tfvars']));
    expect(valuesOf(load)).toEqual([['c', 3]]);
    expect(inputOf(load).unreadVariableFiles).toEqual(['stacks/ledger/b.auto.tfvars']);
    expect(valuesOf(loadStack(stackOf(files, ['a.auto.tofuvars'])))).toEqual([]);
    expect(valuesOf(loadStack(stackOf(files, ['terraform.tfvars'])))).toEqual([
      ['a', 1],
      ['c', 3],
    ]);
  });
});

describe('what is refused', () => {
  it('tells every reason at once, in order', () => {
    const load = loadStack(
      stackOf({ 'cdk.tf.json': '{', 'b.tf.json': '', 'x.auto.tfvars.json': '[]' }, [
        'main.tf',
        'z_override.tf.json',
        'late.tofu',
        'notes.md',
      ]),
    );
    expect(problemsOf(load)).toEqual([
      'IN-SIBLING stacks/ledger/late.tofu',
      'IN-SIBLING stacks/ledger/main.tf',
      'IN-OVERRIDE stacks/ledger/z_override.tf.json',
      'IN-EMPTY stacks/ledger/b.tf.json',
      'IN-PARSE stacks/ledger/cdk.tf.json',
      'IN-SCHEMA stacks/ledger/x.auto.tfvars.json',
    ]);
  });

  it('refuses a directory without configuration', () => {
    expect(problemsOf(loadStack(stackOf({}, ['notes.md', '.hidden.tf.json'])))).toEqual(['IN-NOSTACK stacks/ledger']);
    expect(problemsOf(loadStack(stackOf({}, ['cdk.tf'])))).toEqual(['IN-SIBLING stacks/ledger/cdk.tf']);
  });

  it('keeps to the limits', () => {
    const limits = { maxDepth: 2, maxBytes: 99 };
    expect(problemsOf(loadStack(stackOf({ 'cdk.tf.json': CDK }), { variableFiles: [], limits }))).toEqual([
      'IN-DEPTH stacks/ledger/cdk.tf.json',
    ]);
  });
});

/** Terraform's own view of the same names; it says how each rule above was learnt. */
describe.skipIf(!isInstalled('terraform'))('beside Terraform', () => {
  it('gives every variable the value that Terraform gives it', () => {
    const names = [
      'terraform.tfvars.json',
      '#x.auto.tfvars.json',
      '.h.auto.tfvars.json',
      'Z.auto.tfvars.json',
      'a.auto.tfvars.json',
    ];
    const variables = Object.fromEntries(names.map((_, index) => [`v${index}`, { default: 'default' }]));
    const all = Object.fromEntries(names.map((_, index) => [`v${index}`, `\${var.v${index}}`]));
    const outputs = { all: { value: all } };
    const files = new Map([['cdk.tf.json', JSON.stringify({ variable: variables, output: outputs })]]);
    names.forEach((name, index) => {
      const set = names.slice(index).map((_, offset) => [`v${index + offset}`, `\${upper("${name}")}`]);
      files.set(name, JSON.stringify(Object.fromEntries(set.toReversed())));
    });
    const directory = mkdtempSync(join(tmpdir(), 'trefoil-variables-'));
    try {
      for (const [name, text] of files) writeFileSync(join(directory, name), text);
      execFileSync('terraform', ['apply', '-auto-approve', '-input=false'], { cwd: directory, stdio: 'pipe' });
      const output = execFileSync('terraform', ['output', '-json', 'all'], { cwd: directory, stdio: 'pipe' });
      const given: Readonly<Record<string, string>> = JSON.parse(output.toString());
      expect(Object.values(given)).toEqual(names.map((name) => `\${upper("${name}")}`));
      expect(valuesOf(loadStack(stackOf(Object.fromEntries(files))))).toEqual(Object.entries(given));
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

function stackOf(files: Readonly<Record<string, string>>, otherNames: readonly string[] = []): StackFiles {
  return {
    name: 'ledger',
    directory: 'stacks/ledger',
    files: Object.entries(files).map(([name, text]) => ({
      path: `stacks/ledger/${name}`,
      bytes: Buffer.from(text),
      sha256: `digest of ${name}`,
    })),
    otherNames,
  };
}

function inputOf(load: StackLoad) {
  if (load.kind === 'loaded') return load.input;
  throw new Error(`the stack was refused: ${problemsOf(load).join(', ')}`);
}

function problemsOf(load: StackLoad): readonly string[] {
  return load.kind === 'refused' ? load.problems.map(({ code, path }) => `${code} ${path}`) : [];
}

function valuesOf(load: StackLoad): readonly (readonly [string, unknown])[] {
  const values = [...inputOf(load).variables].map(([name, node]) => [name, toPlain(node)] as const);
  return values.toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function variableFile(text: string) {
  return readVariableFile('given.tfvars.json', Buffer.from(text));
}

function isInstalled(command: string): boolean {
  try {
    execFileSync(command, ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
