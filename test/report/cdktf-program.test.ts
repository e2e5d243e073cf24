import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { checks } from '../../checks/index.ts';
import { cdktfProgram } from '../../report/cdktf-program.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'trefoil-cdktf-program-'));

afterAll(() => {
  rmSync(work, { recursive: true });
});

/** The program without its imports. */
function bodyOf(...stack: Parameters<typeof cdktfProgram>): string {
  const lines = cdktfProgram(...stack);
  return lines.slice(lines.indexOf('') + 1).join('\n');
}

describe('a program', () => {
  it('declares what others name before it is named', () => {
    const stack = {
      resource: {
        aws_db_instance: { ledger: { storage_encrypted: true, kms_key_id: '${aws_kms_key.ledger.arn}' } },
        aws_kms_key: { ledger: {} },
      },
    };
    expect(cdktfProgram(stack)).toEqual([
      "import { KmsKey } from '@cdktf/provider-aws/lib/kms-key/index.js';",
      "import { DbInstance } from '@cdktf/provider-aws/lib/db-instance/index.js';",
      '',
      "const ledgerKmsKey = new KmsKey(this, 'ledger-kms-key', {});",
      "new DbInstance(this, 'ledger', { storageEncrypted: true, kmsKeyId: ledgerKmsKey.arn });",
    ]);
  });

  it.each([
    ['a text around references', { name: '${aws_kms_key.a.id}-`x' }, '{ name: `${a.id}-\\`x` }'],
    ['another expression', { name: '${upper(aws_kms_key.a.id)}' }, "{ name: '${upper(aws_kms_key.a.id)}' }"],
    ['a reference to nothing here', { name: '${aws_kms_key.b.id}' }, "{ name: '${aws_kms_key.b.id}' }"],
    [
      'names of its own',
      { tags: { 'data:class': 'x', some_key: 'y' } },
      "{ tags: { 'data:class': 'x', some_key: 'y' } }",
    ],
    ['a document', { policy: '{"Version":"2012-10-17"}' }, "{ policy: JSON.stringify({ Version: '2012-10-17' }) }"],
    ['quotes', { name: `it's "so" \\ \n` }, `{ name: 'it\\'s "so" \\\\ \\n' }`],
  ])('writes %s', (_, values, expected) => {
    const stack = { resource: { aws_kms_key: { a: {} }, aws_sqs_queue: { q: values } } };
    expect(bodyOf(stack)).toContain(`new SqsQueue(this, 'q', ${expected});`);
  });

  it('leaves a circle to Terraform', () => {
    const stack = {
      resource: {
        aws_security_group: { a: { name: '${aws_security_group.b.id}' }, b: { name: '${aws_security_group.a.id}' } },
      },
    };
    expect(bodyOf(stack)).toBe(
      [
        "const a = new SecurityGroup(this, 'a', { name: '${aws_security_group.b.id}' });",
        "const b = new SecurityGroup(this, 'b', { name: a.id });",
      ].join('\n'),
    );
  });

  it('declares providers and gives them to what is theirs', () => {
    const stack = {
      provider: { aws: [{ region: 'eu-west-1' }, { alias: 'home', region: 'eu-north-1' }] },
      resource: { aws_sqs_queue: { q: { provider: 'aws.home' } } },
    };
    expect(bodyOf(stack).split('\n')).toEqual([
      "new AwsProvider(this, 'aws', { region: 'eu-west-1' });",
      "const home = new AwsProvider(this, 'home', { alias: 'home', region: 'eu-north-1' });",
      "new SqsQueue(this, 'q', { provider: home });",
    ]);
  });
});

/** Arguments that do not matter are left out of examples, also where a construct requires them. */
const LEFT_OUT = /error TS27(?:39|41): /;

it('compiles for the examples of every control', () => {
  symlinkSync(join(ROOT, 'node_modules'), join(work, 'node_modules'));
  mkdirSync(join(work, 'programs'));
  let programs = 0;
  for (const { id, examples } of checks) {
    for (const kind of ['compliant', 'violating'] as const) {
      for (const [index, { stacks }] of examples[kind].entries()) {
        for (const [name, stack] of Object.entries(stacks)) {
          const lines = cdktfProgram(stack);
          const body = lines.filter((line) => !line.startsWith('import '));
          const text = [
            "import { TerraformStack } from 'cdktf';",
            ...lines.filter((line) => line.startsWith('import ')),
            'export class Example extends TerraformStack { build() {',
            ...body,
            '} }',
          ].join('\n');
          writeFileSync(join(work, 'programs', `${id}-${kind}-${index}-${name}.ts`), text);
          programs += 1;
        }
      }
    }
  }
  expect(programs).toBeGreaterThan(2 * checks.length);
  const options = { noEmit: true, skipLibCheck: true, module: 'nodenext', target: 'es2022', strict: true, types: [] };
  writeFileSync(join(work, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['programs/*.ts'] }));
  expect(errorsIn(work).filter((line) => !LEFT_OUT.test(line))).toEqual([]);
});

function errorsIn(directory: string): readonly string[] {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  try {
    execFileSync(process.execPath, [tsc, '-p', directory, '--pretty', 'false'], { encoding: 'utf8', stdio: 'pipe' });
    return [];
  } catch (error) {
    if (!(error instanceof Error) || !('stdout' in error)) throw error;
    return String(error.stdout)
      .split('\n')
      .filter((line) => /error TS/.test(line));
  }
}
