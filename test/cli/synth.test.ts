import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trefoil, type Run } from './recording-io.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const work = realpathSync(mkdtempSync(join(tmpdir(), 'trefoil synth ')));
// A path with characters that NODE_OPTIONS treats specially.
const preload = join(work, 'pre "load".cjs');
let count = 0;

beforeAll(async () => {
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['cli/preload/preload.ts'],
    outfile: preload,
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
});

afterAll(() => {
  rmSync(work, { recursive: true });
});

/** A copy of the fixture whose program is started in another way. */
function project(configuration: { readonly [key: string]: unknown } = {}): string {
  count += 1;
  const directory = join(work, String(count));
  cpSync(join(ROOT, 'test/fixtures/synth-app'), directory, { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
  const path = join(directory, 'cdktf.json');
  const original = JSON.parse(readFileSync(path, 'utf8')) as object;
  writeFileSync(path, JSON.stringify({ ...original, ...configuration }));
  return directory;
}

async function synth(cwd: string, ...args: readonly string[]): Promise<Run> {
  return trefoil(['synth', ...args], { cwd, preload, environment: process.env });
}

interface StackJson {
  readonly '//': { readonly metadata: { readonly trefoil?: unknown } };
  readonly resource: {
    readonly [type: string]: {
      readonly [name: string]: {
        readonly bucket?: string;
        readonly '//': { readonly metadata: { readonly stackTrace?: unknown } };
      };
    };
  };
}

function stackOf(directory: string, name: string, output = 'cdktf.out'): StackJson {
  return JSON.parse(readFileSync(join(directory, output, 'stacks', name, 'cdk.tf.json'), 'utf8')) as StackJson;
}

/** The calls of the program; outside of them may be those of its loader. */
function innermost(_key: string, value: unknown): unknown {
  const isTrace = Array.isArray(value) && value.length > 2 && value.every((item) => typeof item === 'string');
  return isTrace ? value.slice(0, 2) : value;
}

const BUCKET = ['parts/ledger-stack.ts:21:19', 'main.ts:5:16'];

function expectSourceLines(directory: string): void {
  const ledger = JSON.parse(JSON.stringify(stackOf(directory, 'ledger')), innermost) as StackJson;
  expect(ledger.resource['aws_s3_bucket']?.['entries']?.['//'].metadata.stackTrace).toEqual(BUCKET);
  expect(ledger['//'].metadata.trefoil).toEqual({
    stack: ['parts/ledger-stack.ts:16:5', 'main.ts:5:16'],
    backend: ['parts/ledger-stack.ts:19:7', 'main.ts:5:16'],
    overrides: [
      { element: 'ledger', path: 'terraform.required_version', at: ['parts/ledger-stack.ts:26:10', 'main.ts:5:16'] },
      { element: 'ledger/orders', path: 'kms_master_key_id', at: ['parts/ledger-stack.ts:25:11', 'main.ts:5:16'] },
    ],
  });
}

describe('synth records the source lines of a program', () => {
  it('that a loader compiles as it is imported', async () => {
    const directory = project();
    const { exitCode, stdout, stderr } = await synth(directory);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(stderr).toContain('trefoil: running npx --no-install tsx main.ts');
    expectSourceLines(directory);
  });

  it('that is compiled in memory as it is required', async () => {
    const directory = project({ app: 'node --require ./register.cjs main.ts' });
    expect((await synth(directory)).exitCode).toBe(0);
    expectSourceLines(directory);
  });

  it.each([
    { format: 'esm', extension: 'mjs' },
    { format: 'cjs', extension: 'cjs' },
  ] as const)('that was bundled to $format with a map beside it', async ({ format, extension }) => {
    const directory = project({ app: `node out/main.${extension}` });
    await build({
      absWorkingDir: directory,
      entryPoints: ['main.ts'],
      outfile: `out/main.${extension}`,
      bundle: true,
      platform: 'node',
      format,
      packages: 'external',
      sourcemap: 'linked',
      logLevel: 'silent',
    });
    expect((await synth(directory)).exitCode).toBe(0);
    expectSourceLines(directory);
  });

  it.each(['npx --no-install tsx main.ts', 'node --require ./register.cjs main.ts'])(
    'and not the constructor that a class has when nobody wrote one (%s)',
    async (app) => {
      const directory = project({ app });
      writeFileSync(
        join(directory, 'main.ts'),
        `import { App, S3Backend, TerraformStack } from 'cdktf';
export class LockedBackend extends S3Backend {}
class Ledger extends TerraformStack {}
const app = new App();
const ledger = new Ledger(app, 'ledger');
new LockedBackend(ledger, { bucket: 'ledger-state', key: 'ledger' });
app.synth();
`,
      );
      expect((await synth(directory)).exitCode).toBe(0);
      const { stack, backend } = stackOf(directory, 'ledger')['//'].metadata.trefoil as Record<string, string[]>;
      expect([stack?.[0], backend?.[0]]).toEqual(['main.ts:5:16', 'main.ts:6:1']);
    },
  );

  it('and none of what cdktf adds by itself', async () => {
    const directory = project();
    await synth(directory);
    expect(stackOf(directory, 'receipts')['//'].metadata.trefoil).toMatchObject({ backend: [] });
  });

  it('and nothing of this machine', async () => {
    const directory = project();
    await synth(directory);
    expect(readFileSync(join(directory, 'cdktf.out/stacks/ledger/cdk.tf.json'), 'utf8')).not.toContain(work);
  });

  it('and lets a program run on that it cannot follow', async () => {
    const directory = project({ app: 'node --require ./broken.cjs out/main.cjs' });
    writeFileSync(
      join(directory, 'broken.cjs'),
      "const stack = Symbol.for('jsii.rtti');\nclass Odd {}\nOdd[stack] = { fqn: 'cdktf.TerraformStack', version: '9' };\n",
    );
    await build({
      absWorkingDir: directory,
      entryPoints: ['main.ts'],
      outfile: 'out/main.cjs',
      bundle: true,
      platform: 'node',
      packages: 'external',
    });
    const { exitCode, stderr } = await synth(directory);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('trefoil: some source lines are not recorded: this version of cdktf has no addOverride');
  });
});

describe('synth', () => {
  it('gives the program the context and the output directory', async () => {
    const directory = project({ app: 'node --require ./register.cjs main.ts' });
    await synth(directory);
    expect(stackOf(directory, 'ledger').resource['aws_s3_bucket']?.['entries']?.bucket).toBe('from cdktf.json');
    await synth(directory, '--context', 'ledger=given', '--output', 'elsewhere');
    expect(stackOf(directory, 'ledger', 'elsewhere').resource['aws_s3_bucket']?.['entries']?.bucket).toBe('given');
  });

  it('keeps the options that Node was given', async () => {
    const directory = project({ app: `node -e "process.stderr.write(process.env.NODE_OPTIONS); process.exit(1)"` });
    const environment = { ...process.env, NODE_OPTIONS: '--max-old-space-size=512' };
    const { stderr } = await trefoil(['synth'], { cwd: directory, preload, environment });
    expect(stderr).toContain('--max-old-space-size=512 --require ');
  });

  it('leaves nothing to judge of stacks that are gone, nor after a failure', async () => {
    const directory = project({ app: 'node --require ./register.cjs main.ts' });
    await synth(directory);
    mkdirSync(join(directory, 'cdktf.out/stacks/gone'));
    writeFileSync(join(directory, 'cdktf.out/stacks/gone/cdk.tf.json'), '{}');
    await synth(directory);
    expect(existsSync(join(directory, 'cdktf.out/stacks/gone/cdk.tf.json'))).toBe(false);
    expect(existsSync(join(directory, 'cdktf.out/stacks/ledger/cdk.tf.json'))).toBe(true);

    writeFileSync(join(directory, 'main.ts'), 'throw new Error("no ledger today");');
    const { exitCode, stderr } = await synth(directory);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('no ledger today');
    expect(stderr).toContain('error[CLI-SYNTH] the program ended with exit 1');
    expect(existsSync(join(directory, 'cdktf.out/manifest.json'))).toBe(false);
    expect(existsSync(join(directory, 'cdktf.out/stacks/ledger/cdk.tf.json'))).toBe(false);
  });

  it('does not take a program that writes nothing for one that succeeds', async () => {
    const { exitCode, stderr } = await synth(project({ app: 'node -e 0' }));
    expect(exitCode).toBe(3);
    expect(stderr).toContain('error[CLI-SYNTH] node -e 0 wrote no cdktf.out/manifest.json');
  });

  it.each([
    { what: 'no program', configuration: { app: undefined }, message: '"app" is missing' },
    { what: 'a program that is no text', configuration: { app: 1 }, message: '"app" is missing' },
    {
      what: 'a context that is a list',
      configuration: { context: [] },
      message: '"context" of cdktf.json is no object',
    },
    { what: 'an output that is no text', configuration: { output: 1 }, message: '"output" of cdktf.json' },
  ])('refuses a cdktf.json with $what', async ({ configuration, message }) => {
    const { exitCode, stderr } = await synth(project(configuration));
    expect(exitCode).toBe(2);
    expect(stderr).toContain('error[CLI-CONFIG]');
    expect(stderr).toContain(message);
  });

  it('refuses a directory without cdktf.json, and one that is no JSON', async () => {
    const directory = project();
    writeFileSync(join(directory, 'cdktf.json'), '{"app":');
    expect(await synth(directory)).toMatchObject({ exitCode: 2 });
    rmSync(join(directory, 'cdktf.json'));
    const { exitCode, stderr } = await synth(directory);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('cdktf.json cannot be read: there is no such file or directory');
  });
});
