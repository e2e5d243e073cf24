import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type Inputs, readInputs } from '../../cli/read-inputs.ts';
import type { InputProblem } from '../../model/input-error.ts';

const CDK = '{"resource": {"aws_sqs_queue": {"receipts": {}}}}';

const scratch = mkdtempSync(join(tmpdir(), 'trefoil-inputs-'));
let cwd = scratch;
let count = 0;

beforeEach(() => {
  count += 1;
  cwd = join(scratch, `run-${count}`);
  mkdirSync(cwd);
});

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

describe('the output of cdktf', () => {
  it('reads the stacks that the manifest lists, with the digest of every file', async () => {
    const manifest = manifestOf('ledger', 'archive');
    write({
      'cdktf.out/manifest.json': manifest,
      'cdktf.out/stacks/ledger/cdk.tf.json': CDK,
      'cdktf.out/stacks/ledger/z.auto.tfvars.json': '{}',
      'cdktf.out/stacks/ledger/terraform.tfvars': 'a = 1',
      'cdktf.out/stacks/ledger/assets/lambda/main.tf.json': 'not read',
      'cdktf.out/stacks/ledger/.terraform/modules/x/main.tf': 'not read',
      'cdktf.out/stacks/archive/cdk.tf.json': '{}',
    });
    const { stacks, declaredStacks, problems, digests } = await read('cdktf.out');
    expect(problems).toEqual([]);
    expect(declaredStacks).toEqual(['archive', 'ledger']);
    expect(stacks.map(({ name, directory }) => [name, directory])).toEqual([
      ['archive', 'cdktf.out/stacks/archive'],
      ['ledger', 'cdktf.out/stacks/ledger'],
    ]);
    expect(stacks[1]?.otherNames).toEqual(['terraform.tfvars']);
    expect(stacks[1]?.files.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([CDK, '{}']);
    expect(digests).toEqual([
      { path: 'cdktf.out/manifest.json', sha256: sha256(manifest) },
      { path: 'cdktf.out/stacks/archive/cdk.tf.json', sha256: sha256('{}') },
      { path: 'cdktf.out/stacks/ledger/cdk.tf.json', sha256: sha256(CDK) },
      { path: 'cdktf.out/stacks/ledger/z.auto.tfvars.json', sha256: sha256('{}') },
    ]);
  });

  it('misses a stack whose directory or file is not there, and reads the others', async () => {
    write({
      'cdktf.out/manifest.json': manifestOf('ledger', 'archive', 'receipts'),
      'cdktf.out/stacks/ledger/cdk.tf.json': CDK,
      'cdktf.out/stacks/receipts/metadata.json': '{}',
    });
    const { stacks, declaredStacks, problems } = await read('cdktf.out');
    expect(stacks.map(({ name }) => name)).toEqual(['ledger']);
    expect(declaredStacks).toEqual(['archive', 'ledger', 'receipts']);
    expect(problems.map(({ what }) => what)).toEqual([
      'stack "archive" is not on disk',
      'stack "receipts" is not on disk',
    ]);
    expect(summary(problems)).toEqual(['IN-MANIFEST cdktf.out/manifest.json', 'IN-MANIFEST cdktf.out/manifest.json']);
  });

  it('refuses stacks that Terraform could apply and the manifest does not list', async () => {
    write({
      'cdktf.out/manifest.json': manifestOf('ledger'),
      'cdktf.out/extra.tf': '',
      'cdktf.out/stacks/stray.tf.json': '{}',
      'cdktf.out/stacks/ledger/cdk.tf.json': CDK,
      'cdktf.out/stacks/old/cdk.tf.json': CDK,
      'cdktf.out/stacks/hcl/cdk.tf': '',
      'cdktf.out/stacks/removed/.terraform.lock.hcl': '',
    });
    const { stacks, problems } = await read('cdktf.out');
    expect(stacks).toHaveLength(1);
    expect(summary(problems)).toEqual([
      'IN-MANIFEST cdktf.out',
      'IN-MANIFEST cdktf.out/stacks',
      'IN-MANIFEST cdktf.out/stacks/hcl',
      'IN-MANIFEST cdktf.out/stacks/old',
    ]);
  });

  it.each([
    ['is no JSON', '{', 'IN-PARSE'],
    ['is no object', '[]', 'IN-MANIFEST'],
    ['lists nothing', '{"version": "0.21.0"}', 'IN-MANIFEST'],
    ['lists no stack', '{"stacks": {}}', 'IN-NOSTACK'],
    ['lists a stack twice', `{"stacks": {"ledger": ${entry('ledger')}, "ledger": ${entry('ledger')}}}`, 'IN-MANIFEST'],
    ['lists stacks twice', `{"stacks": {"ledger": ${entry('ledger')}}, "stacks": {}}`, 'IN-MANIFEST'],
    ['names a stack otherwise', `{"stacks": {"archive": ${entry('ledger')}}}`, 'IN-MANIFEST'],
    ['has a stack without path', '{"stacks": {"ledger": {"name": "ledger"}}}', 'IN-MANIFEST'],
    [
      'has a path that is no string',
      `{"stacks": {"ledger": ${entry('ledger', { synthesizedStackPath: 1 })}}}`,
      'IN-MANIFEST',
    ],
    [
      'has a dependency that is no string',
      `{"stacks": {"ledger": ${entry('ledger', { dependencies: [1] })}}}`,
      'IN-MANIFEST',
    ],
    [
      'leaves its directory',
      `{"stacks": {"ledger": ${entry('ledger', { synthesizedStackPath: '../out/cdk.tf.json', workingDirectory: '../out' })}}}`,
      'IN-MANIFEST',
    ],
  ])('refuses a manifest that %s', async (_, manifest, code) => {
    write({ 'out/cdk.tf.json': '{}', 'cdktf.out/manifest.json': manifest, 'cdktf.out/stacks/metadata.json': '{}' });
    const { stacks, problems } = await read('cdktf.out');
    expect(stacks).toEqual([]);
    expect(summary(problems)).toEqual([`${code} cdktf.out/manifest.json`]);
  });

  it('refuses to judge one directory when Terraform is run in another', async () => {
    const elsewhere = entry('ledger', { workingDirectory: 'deployed' });
    write({
      'cdktf.out/manifest.json': `{"stacks": {"ledger": ${elsewhere}}}`,
      'cdktf.out/stacks/ledger/cdk.tf.json': CDK,
      'cdktf.out/deployed/cdk.tf.json': '{}',
    });
    expect((await read('cdktf.out')).problems.map(({ what }) => what)).toContain(
      'stack "ledger" is synthesised to one directory and applied from another',
    );
  });

  it('looks for stacks that are not listed behind a link, too', async () => {
    write({ 'o/manifest.json': manifestOf('ledger'), 'o/real/ledger/cdk.tf.json': CDK, 'o/real/old/cdk.tf.json': CDK });
    symlinkSync('real', join(cwd, 'o/stacks'));
    const { stacks, problems } = await read('o');
    expect(stacks.map(({ name }) => name)).toEqual(['ledger']);
    expect(summary(problems)).toEqual(['IN-MANIFEST o/stacks/old']);
  });

  it('refuses two stacks in one directory', async () => {
    const twin = { synthesizedStackPath: 'stacks/ledger/cdk.tf.json', workingDirectory: 'stacks/ledger' };
    write({
      'cdktf.out/manifest.json': `{"stacks": {"ledger": ${entry('ledger')}, "twin": ${entry('twin', twin)}}}`,
      'cdktf.out/stacks/ledger/cdk.tf.json': CDK,
    });
    const { stacks, problems } = await read('cdktf.out');
    expect(stacks.map(({ name }) => name)).toEqual(['ledger']);
    expect(problems.map(({ what }) => what)).toEqual(['stack "twin" lies in the directory of another stack']);
  });

  it('keeps a stack named __proto__ as a stack', async () => {
    write({ 'o/manifest.json': manifestOf('__proto__'), 'o/stacks/__proto__/cdk.tf.json': CDK });
    const { stacks, declaredStacks } = await read('o');
    expect([stacks[0]?.name, declaredStacks]).toEqual(['__proto__', ['__proto__']]);
  });
});

describe('plain directories', () => {
  it('takes a directory of *.tf.json files as one stack', async () => {
    write({
      'ledger/b.tf.json': '{}',
      'ledger/a.tf.json': CDK,
      'ledger/extra.tf': '',
      'ledger/modules/x/x.tf.json': '{}',
    });
    const { stacks, declaredStacks } = await read('ledger/');
    expect(declaredStacks).toEqual(['ledger']);
    expect(stacks[0]?.files.map(({ path }) => path)).toEqual(['ledger/a.tf.json', 'ledger/b.tf.json']);
    expect(stacks[0]?.otherNames).toEqual(['extra.tf']);
  });

  it('takes a file for its directory, so that what lies beside it counts', async () => {
    write({ 'ledger/cdk.tf.json': CDK, 'ledger/z_override.tf.json': '{}', 'ledger/more.tf.json': '{}' });
    const { stacks } = await read('ledger/cdk.tf.json');
    expect(stacks[0]).toMatchObject({ name: 'ledger', directory: 'ledger', otherNames: ['z_override.tf.json'] });
    expect(stacks[0]?.files).toHaveLength(2);
  });

  it('finds stacks below a directory, and none in what was downloaded', async () => {
    write({
      'estate/eu/dublin/cdk.tf.json': CDK,
      'estate/norway/main.tf': '',
      'estate/out/manifest.json': manifestOf('ledger'),
      'estate/out/stacks/ledger/cdk.tf.json': CDK,
      'estate/node_modules/x/cdk.tf.json': CDK,
      'estate/.git/cdk.tf.json': CDK,
      'estate/.hidden/cdk.tf.json': CDK,
      'estate/norway/.terraform/modules/x/main.tf': '',
      'estate/notes/README.md': '',
    });
    const { stacks, problems } = await read('estate');
    expect(problems).toEqual([]);
    expect(stacks.map(({ directory }) => directory)).toEqual([
      'estate/.hidden',
      'estate/eu/dublin',
      'estate/norway',
      'estate/out/stacks/ledger',
    ]);
  });

  it('refuses stacks inside the directory of another, unless they are given, too', async () => {
    write({
      'estate/dublin/cdk.tf.json': CDK,
      'estate/dublin/assets/code/index.js': '',
      'estate/dublin/a/inner/cdk.tf.json': CDK,
      'o/manifest.json': manifestOf('ledger'),
      'o/stacks/ledger/cdk.tf.json': CDK,
      'o/stacks/ledger/.inner/main.tf': '',
    });
    expect(summary((await read('estate', 'o')).problems)).toEqual([
      'IN-MANIFEST estate/dublin/a/inner',
      'IN-MANIFEST o/stacks/ledger/.inner',
    ]);
    const { stacks, problems } = await read('estate', 'estate/dublin/a/inner');
    expect([stacks.length, problems]).toEqual([2, []]);
  });

  it('reads a stack once, however often it is given', async () => {
    write({ 'o/manifest.json': manifestOf('ledger'), 'o/stacks/ledger/cdk.tf.json': CDK });
    const { stacks, declaredStacks, problems } = await read('o', 'o/', '.', 'o/stacks/ledger/cdk.tf.json');
    expect([stacks.length, declaredStacks, problems]).toEqual([1, ['ledger'], []]);
  });

  it('shows paths relative to the working directory', async () => {
    write({ 'cdk.tf.json': CDK });
    const here = await read('.');
    expect(here.stacks[0]).toMatchObject({ directory: '.', files: [{ path: 'cdk.tf.json' }] });
    const above = await readInputs(['..'], { cwd: join(cwd, 'below') });
    expect(above.stacks[0]).toMatchObject({ directory: '..', files: [{ path: '../cdk.tf.json' }] });
    expect(here.stacks[0]?.name).toBe(above.stacks[0]?.name);
  });
});

describe('nothing to read', () => {
  it('is a problem for every input that holds no stack', async () => {
    write({ 'ledger/cdk.tf.json': CDK, 'notes/README.md': '', 'some.auto.tfvars': '', 'x_override.tf': '' });
    mkdirSync(join(cwd, 'bare'));
    symlinkSync('..', join(cwd, 'bare/loop'));
    symlinkSync('.', join(cwd, 'notes/loop'));
    const { stacks, problems } = await read('ledger', 'notes', 'some.auto.tfvars', 'missing', 'ledger/cdk.tf.json/x');
    expect(stacks).toHaveLength(1);
    expect(summary(problems)).toEqual([
      'IN-NOTFOUND ledger/cdk.tf.json/x',
      'IN-NOTFOUND missing',
      'IN-NOSTACK notes',
      'IN-NOSTACK some.auto.tfvars',
    ]);
    expect(summary((await read()).problems)).toEqual(['IN-NOSTACK .']);
    expect(summary((await read('bare')).problems)).toEqual(['IN-ESCAPE bare/loop']);
  });
});

describe('what is not read', () => {
  it('refuses pipes, sockets and devices without waiting for them', async () => {
    write({ 'pipe/cdk.tf.json': CDK, 'socket/cdk.tf.json': CDK, 'given/README.md': '' });
    execFileSync('mkfifo', [join(cwd, 'pipe/extra.tf.json'), join(cwd, 'given/pipe.tf.json')]);
    const server = createServer().listen(join(cwd, 'socket/x.tf.json'));
    try {
      await new Promise((listening) => server.once('listening', listening));
      const { stacks, problems } = await read('pipe', 'socket', 'given/pipe.tf.json', '/dev/zero');
      expect(stacks).toEqual([]);
      expect(problems.map(({ code, what }) => `${code} ${what}`).toSorted()).toEqual([
        'IN-NOTREGULAR it is a device, not a regular file',
        'IN-NOTREGULAR it is a named pipe, not a regular file',
        'IN-NOTREGULAR it is a named pipe, not a regular file',
        'IN-NOTREGULAR it is a socket, not a regular file',
      ]);
    } finally {
      server.close();
    }
  });

  it('refuses a large file by its size alone', async () => {
    write({ 'ledger/cdk.tf.json': '' });
    truncateSync(join(cwd, 'ledger/cdk.tf.json'), 10_000_000_000);
    expect((await read('ledger')).problems).toMatchObject([
      { code: 'IN-TOOLARGE', what: 'the file has 10000000000 bytes, more than the limit of 268435456' },
    ]);
    write({ 'small/cdk.tf.json': CDK });
    const { problems } = await readInputs(['small'], { cwd, maxFileBytes: CDK.length - 1 });
    expect(summary(problems)).toEqual(['IN-TOOLARGE small/cdk.tf.json']);
    expect((await readInputs(['small'], { cwd, maxFileBytes: CDK.length })).stacks).toHaveLength(1);
  });

  it('follows links inside the directory that was given, and none out of it', async () => {
    write({ 'outside/cdk.tf.json': CDK, 'in/real/cdk.tf.json': CDK, 'leak/cdk.tf.json': CDK, 'loop/x.tf': '' });
    symlinkSync('real', join(cwd, 'in/link'));
    symlinkSync('../outside', join(cwd, 'in/leak'));
    symlinkSync('../outside/cdk.tf.json', join(cwd, 'leak/more.tf.json'));
    symlinkSync('/etc', join(cwd, 'leak/etc.tf.json'));
    symlinkSync('round.tf.json', join(cwd, 'loop/round.tf.json'));
    const { stacks, problems } = await read('in', 'leak', 'loop');
    expect(stacks.map(({ directory }) => directory)).toEqual(['in/link']);
    expect(summary(problems)).toEqual([
      'IN-ESCAPE in/leak',
      'IN-ESCAPE leak/etc.tf.json',
      'IN-READ loop/round.tf.json',
    ]);
    symlinkSync('outside', join(cwd, 'given'));
    expect((await read('given')).stacks[0]?.directory).toBe('given');
  });

  it('refuses a stack of the manifest that is a link to elsewhere', async () => {
    write({ 'outside/cdk.tf.json': CDK, 'o/manifest.json': manifestOf('ledger'), 'o/stacks/metadata.json': '' });
    symlinkSync('../../outside', join(cwd, 'o/stacks/ledger'));
    expect(summary((await read('o')).problems)).toEqual(['IN-ESCAPE o/stacks/ledger', 'IN-ESCAPE o/stacks/ledger']);
  });
});

describe('a process with less', () => {
  it('reads 2,000 stacks with 32 file descriptors', async () => {
    for (let index = 0; index < 2000; index++) write({ [`many/s${index}/cdk.tf.json`]: CDK });
    const { stacks, problems } = await readInProcess('many', { limit: 'ulimit -n 32' });
    expect([stacks, problems]).toEqual([2000, []]);
  });

  it('refuses what it may not read', async () => {
    write({ 'closed/a/cdk.tf.json': CDK, 'closed/b/cdk.tf.json': CDK, 'closed/c/cdk.tf.json': CDK });
    chmodSync(join(cwd, 'closed/a/cdk.tf.json'), 0o000);
    chmodSync(join(cwd, 'closed/b'), 0o000);
    const { stacks, problems } = await readInProcess('closed', { limit: 'true', uid: 65534 });
    chmodSync(join(cwd, 'closed/b'), 0o700);
    expect([stacks, problems]).toEqual([1, ['IN-READ closed/a/cdk.tf.json', 'IN-READ closed/b']]);
  });
});

function read(...paths: readonly string[]): Promise<Inputs> {
  return readInputs(paths, { cwd });
}

/** Reads a path in a process of its own, under a limit that this one must not have. */
async function readInProcess(
  path: string,
  { limit, uid }: { readonly limit: string; readonly uid?: number },
): Promise<{ readonly stacks: number; readonly problems: readonly string[] }> {
  const module = new URL('../../cli/read-inputs.ts', import.meta.url).pathname;
  const contents = `
    import { readInputs } from ${JSON.stringify(module)};
    const { stacks, problems } = await readInputs([process.argv[2]], { cwd: process.argv[3] });
    console.log(JSON.stringify({ stacks: stacks.length, problems: problems.map((p) => p.code + ' ' + p.path) }));`;
  const outfile = join(cwd, 'program.mjs');
  const stdin = { contents, resolveDir: cwd };
  await build({ stdin, outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'silent' });
  for (const directory of [scratch, cwd]) chmodSync(directory, 0o755);
  const user = process.getuid?.() === 0 && uid !== undefined ? { uid, gid: uid } : {};
  const command = `${limit} && exec "$0" "$@"`;
  const argv = ['-c', command, process.execPath, outfile, path, cwd];
  const output = execFileSync('sh', argv, { ...user, cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  const result: { readonly stacks: number; readonly problems: readonly string[] } = JSON.parse(output.toString());
  return result;
}

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
}

function manifestOf(...names: readonly string[]): string {
  return `{"stacks": {${names.map((name) => `"${name}": ${entry(name)}`).join(', ')}}, "version": "0.21.0"}`;
}

function entry(name: string, changes: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    annotations: [],
    constructPath: name,
    dependencies: [],
    name,
    stackMetadataPath: `stacks/${name}/metadata.json`,
    synthesizedStackPath: `stacks/${name}/cdk.tf.json`,
    workingDirectory: `stacks/${name}`,
    ...changes,
  });
}

function summary(problems: readonly InputProblem[]): readonly string[] {
  return problems.map(({ code, path }) => `${code} ${path}`);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
