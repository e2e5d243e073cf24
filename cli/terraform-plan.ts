import { chmod, mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError, systemCode, systemReason } from './errors.ts';
import { EXIT } from './exit-code.ts';
import type { RootModule } from './terraform-modules.ts';
import type { Ended, Terraform } from './terraform-run.ts';

export interface PlanSetting {
  readonly terraform: Terraform;
  /** Absolute: where the directories of the plans go; null for those of the stacks. */
  readonly outDirectory: string | null;
  readonly init: boolean;
  /** Absolute. */
  readonly variableFiles: readonly string[];
  /** Further arguments of `terraform plan`. */
  readonly extra: readonly string[];
}

export type PlanOutcome =
  | { readonly kind: 'planned'; /** Absolute. */ readonly jsonPath: string }
  | { readonly kind: 'failed'; readonly command: string; readonly how: string; readonly said: string };

/** Removes the plans of an earlier run: also of stacks that are not reached, for what lies there would be taken for new. */
export async function removePlans(modules: readonly RootModule[], setting: PlanSetting): Promise<void> {
  for (const module of modules) {
    const target = targetOf(module, setting);
    await written(module, async () => {
      await rm(join(target, 'plan.tfplan'), { force: true });
      await rm(join(target, 'plan.json'), { force: true });
    });
  }
}

/**
 * Plans a root module into `plan.tfplan` and `plan.json`, which only the caller may read: they hold secrets. Both are
 * there or none is.
 */
export async function planModule(module: RootModule, setting: PlanSetting): Promise<PlanOutcome> {
  const target = targetOf(module, setting);
  return written(module, async () => {
    await mkdir(target, { recursive: true });
    const work = await mkdtemp(join(target, '.trefoil-'));
    try {
      return await planInto(module, setting, work, target);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  });
}

function targetOf({ name, directory }: RootModule, { outDirectory }: PlanSetting): string {
  return outDirectory === null ? directory : join(outDirectory, name);
}

async function written<Result>({ name }: RootModule, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (systemCode(cause) === null) throw cause;
    throw new CliError({
      code: 'OUT-WRITE',
      message: `the plan of ${name} was not written: ${systemReason(cause)}`,
      fix: 'Give with --out-dir a directory that can be written.',
      exitCode: EXIT.output,
      cause,
    });
  }
}

async function planInto(
  { directory }: RootModule,
  { terraform, init, variableFiles, extra }: PlanSetting,
  work: string,
  target: string,
): Promise<PlanOutcome> {
  if (init) {
    const ended = await initialise(terraform, directory);
    if (!ended.succeeded) return failed('init', ended);
  }
  const plan = join(work, 'plan.tfplan');
  const values = variableFiles.map((file) => `-var-file=${file}`);
  const fixed = ['plan', '-input=false', '-no-color', `-out=${plan}`];
  const planned = await terraform.run({ args: [...fixed, ...values, ...extra], directory });
  if (!planned.succeeded) return failed('plan', planned);
  const json = join(work, 'plan.json');
  const output = await open(json, 'wx', 0o600);
  try {
    const shown = await terraform.run({ args: ['show', '-json', '-no-color', plan], directory, stdout: output.fd });
    if (!shown.succeeded) return failed('show', shown);
    await output.sync();
  } finally {
    await output.close();
  }
  await chmod(plan, 0o600);
  const jsonPath = join(target, 'plan.json');
  await rename(json, jsonPath);
  await rename(plan, join(target, 'plan.tfplan'));
  return { kind: 'planned', jsonPath };
}

/** The last one that was begun, of each program: two at a time corrupt a shared cache of providers. */
const lastInitialisation = new WeakMap<Terraform, Promise<Ended>>();

async function initialise(terraform: Terraform, directory: string): Promise<Ended> {
  const before = lastInitialisation.get(terraform) ?? Promise.resolve();
  const run = (): Promise<Ended> => terraform.run({ args: ['init', '-input=false', '-no-color'], directory });
  const ended = before.then(run, run);
  lastInitialisation.set(terraform, ended);
  return ended;
}

function failed(command: string, { how, said }: Ended): PlanOutcome {
  return { kind: 'failed', command, how, said };
}
