import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CANARY, planModule, terraformEnvironment, writeSealedProject } from '../support/sealed-project.ts';
import { PLAN_BYTES } from '../support/seals.ts';
import { hasTerraform } from '../support/terraform-console.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'trefoil-seal-'));
const dist = join(work, 'package/dist');
const bin = join(dist, 'cli/bin.js');
const cwd = join(work, 'project');
/** Where the program keeps what nobody may read. */
const TMPDIR = join(work, 'temporary');
const env = { ...terraformEnvironment(), TREFOIL: `${process.execPath} ${bin}`, TMPDIR };

beforeAll(() => {
  execFileSync(process.execPath, ['scripts/build.mjs', '--no-types', '--outdir', dist], { cwd: ROOT });
  writeFileSync(join(work, 'package/package.json'), '{"type":"module"}');
  writeSealedProject(cwd);
  mkdirSync(TMPDIR);
});

afterAll(() => {
  rmSync(work, { recursive: true });
});

function run(command: string): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-c', command], { cwd, env, encoding: 'utf8' });
  expect(stdout + stderr).not.toContain(CANARY);
  expect(readdirSync(TMPDIR)).toEqual([]);
  return { status, stdout, stderr };
}

const SEAL = '$TREFOIL seal ledger/plan.tfplan --stacks synth --key seal.key';
const GATE = '$TREFOIL gate plan.tfplan --seal ../seal.json --public-key ../seal.pub --policy ../enclave.yaml';

describe.skipIf(!hasTerraform())('from a plan to its application', () => {
  beforeAll(() => {
    planModule(join(cwd, 'ledger'));
  });

  it('what was judged is applied, and nothing else is', () => {
    expect(run(SEAL)).toMatchObject({ status: 0, stderr: '' });
    const plan = readFileSync(join(cwd, 'ledger/plan.tfplan'));

    const tampered = Buffer.from(plan);
    tampered[100] = (tampered[100] ?? 0) ^ 1;
    writeFileSync(join(cwd, 'ledger/plan.tfplan'), tampered);
    expect(run(`cd ledger && ${GATE} && echo applied`)).toMatchObject({
      status: 4,
      stdout: '',
      stderr: expect.stringContaining('GATE-PLAN'),
    });

    // A plan of the same configuration that nobody has judged.
    planModule(join(cwd, 'ledger'), '-var=secret=other');
    expect(run(`cd ledger && ${GATE} && echo applied`)).toMatchObject({ status: 4, stdout: '' });

    writeFileSync(join(cwd, 'ledger/plan.tfplan'), plan);
    const applied = run(`cd ledger && ${GATE} && terraform apply -input=false -lock=false plan.tfplan`);
    expect(applied).toMatchObject({ status: 0, stderr: '' });
    expect(applied.stdout).toContain('plan.tfplan is the sealed plan of ledger: pass');
    expect(applied.stdout).toContain('1 added');
  });

  it('the seal names the program that judged by a digest that sha256sum gives too', () => {
    expect(run(SEAL).status).toBe(0);
    const { payload }: { readonly payload: string } = JSON.parse(readFileSync(join(cwd, 'seal.json'), 'utf8'));
    const { predicate }: { readonly predicate: { readonly tool: { readonly sha256: string } } } = JSON.parse(
      Buffer.from(payload, 'base64').toString('utf8'),
    );
    const list = execFileSync(
      'bash',
      ['-c', String.raw`find . -type f \( -name '*.js' -o -name '*.cjs' \) | LC_ALL=C sort | xargs sha256sum`],
      { cwd: dist },
    );
    expect(predicate.tool.sha256).toBe(createHash('sha256').update(list).digest('hex'));
  });
});

describe('the JSON of a plan, which holds secrets,', () => {
  beforeAll(() => {
    writeFileSync(join(cwd, 'any.tfplan'), PLAN_BYTES);
    // Waits until it is ended: `exec`, so that the process that is ended is the one that waits.
    writeFileSync(join(cwd, 'slow'), `#!/bin/sh\necho '{"secret":"${CANARY}"}'\nexec sleep 60\n`);
    chmodSync(join(cwd, 'slow'), 0o755);
  });

  it.each(['false', './gone', `'/bin/sh -c'`])('is gone after an error of %s', (terraform) => {
    expect(run(`$TREFOIL seal any.tfplan --key seal.key --terraform ${terraform}`).status).toBe(3);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('is nobody else’s to read, and gone after %s', async (signal) => {
    const child = spawn(process.execPath, [bin, 'seal', 'any.tfplan', '--terraform', './slow', '--key', 'seal.key'], {
      cwd,
      env,
    });
    const json = await waitFor(() => shownJson());
    expect(modeOf(json)).toBe('600');
    expect(modeOf(join(json, '..', 'plan.tfplan'))).toBe('600');
    expect(modeOf(join(json, '..', '..'))).toBe('700');
    child.kill(signal);
    const ended = await new Promise((resolve) => {
      child.on('close', (_, by) => {
        resolve(by);
      });
    });
    expect(ended).toBe(signal);
    expect(readdirSync(TMPDIR)).toEqual([]);
  });
});

/** The JSON, once the stand-in for Terraform has written it. */
function shownJson(): string | null {
  const [directory] = readdirSync(TMPDIR);
  if (directory === undefined) return null;
  const path = join(TMPDIR, directory, 'any', 'plan.json');
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0 ? path : null;
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

async function waitFor<Value>(find: () => Value | null): Promise<Value> {
  for (;;) {
    const found = find();
    if (found !== null) return found;
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}
