import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const RECORDED = new URL('../fixtures/terraform-plans/', import.meta.url);

/** One round of a root module: what is in it, what `terraform plan` is told, and what comes before. */
export interface Scenario {
  /** Configuration that is applied first. */
  readonly before?: string;
  /** Text of `main.tf`. */
  readonly main: string;
  /** Further files, such as `main.tf.json` or `called/main.tf`. */
  readonly files?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

let isThere: boolean | null = null;

function hasTerraform(): boolean {
  if (isThere === null) {
    try {
      execFileSync('terraform', ['version'], { stdio: 'ignore' });
      isThere = true;
    } catch {
      isThere = false;
      process.stderr.write('THERE IS NO terraform ON THE PATH: plans are read as they were recorded\n');
    }
  }
  return isThere;
}

/**
 * `terraform show -json` of a plan that the real Terraform makes now, or made when it was recorded where there is none.
 * `TREFOIL_RECORD=1` records.
 */
export async function realPlan(name: string, scenario: Scenario): Promise<Buffer> {
  const recorded = new URL(`${name}.json`, RECORDED);
  if (!hasTerraform()) return readFileSync(recorded);
  const text = await plan(scenario);
  if (process.env['TREFOIL_RECORD'] === '1' || !existsSync(recorded)) writeFileSync(recorded, text);
  return Buffer.from(text);
}

async function plan({ before, main, files = {}, args = [] }: Scenario): Promise<string> {
  const cwd = await mkdtemp(path.join(tmpdir(), 'trefoil-plan-'));
  const terraform = async (...argv: readonly string[]): Promise<string> => {
    const env = { ...process.env, TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1' };
    return (await run('terraform', argv, { cwd, env, maxBuffer: 64 * 1024 * 1024 })).stdout;
  };
  try {
    for (const [file, text] of Object.entries(files)) {
      await run('mkdir', ['-p', path.dirname(path.join(cwd, file))]);
      await writeFile(path.join(cwd, file), text);
    }
    await writeFile(path.join(cwd, 'main.tf'), before ?? main);
    if (main.includes('module ') || before?.includes('module ') === true) await terraform('init', '-input=false');
    if (before !== undefined) {
      await terraform('apply', '-input=false', '-auto-approve');
      await writeFile(path.join(cwd, 'main.tf'), main);
    }
    await terraform('plan', '-input=false', '-out=plan.bin', ...args);
    return await terraform('show', '-json', 'plan.bin');
  } finally {
    await rm(cwd, { recursive: true });
  }
}
