import { resolve } from 'node:path';
import type { Severity } from '../checks/check.ts';
import { escapeLine, escapeText, visible } from '../report/escape.ts';
import { againstOf, type ChangeOptions, check } from './check.ts';
import { showsUnicode } from './colour.ts';
import { shownPathOf } from './directory.ts';
import { CliError, errorLine } from './errors.ts';
import { EXIT, type ExitCode, worstExit } from './exit-code.ts';
import type { Io } from './io.ts';
import type { JudgeOptions } from './judge.ts';
import { refuseBase } from './read-base.ts';
import type { Destination } from './option-values.ts';
import type { GlobalOptions } from './program.ts';
import { startProgress } from './progress.ts';
import { partWords, refuseEnvironment } from './terraform-arguments.ts';
import { type RootModule, rootModules } from './terraform-modules.ts';
import { inOrder, type OrderedResult } from './terraform-order.ts';
import { planModule, type PlanOutcome, type PlanSetting, removePlans } from './terraform-plan.ts';
import { Terraform } from './terraform-run.ts';

export interface PlanOptions extends JudgeOptions, ChangeOptions, GlobalOptions {
  /** Names of stacks, and after the first word that begins with a dash the arguments of `terraform plan`. */
  readonly words: readonly string[];
  /** Output directory of a synth; `cdktf.out` when nothing else is named. */
  readonly synth: string | null;
  readonly dir: readonly string[];
  readonly outDir: string | null;
  readonly terraform: string | null;
  readonly init: boolean;
  readonly parallelism: number;
  readonly format: readonly Destination[];
}

type Planned = OrderedResult<PlanOutcome>;

const NO_SEVERITIES: readonly Severity[] = [];

/** Has Terraform plan the stacks, and judges all plans together. */
export async function plan(options: PlanOptions, io: Io): Promise<ExitCode> {
  const { names, extra } = partWords(options.words);
  refuseEnvironment(io);
  // Before anything runs: planning takes minutes.
  const against = againstOf(options);
  if (against !== null) await refuseBase(against.base, [], io);
  const synth = options.synth ?? (options.dir.length > 0 ? null : 'cdktf.out');
  const modules = await rootModules({ synth, directories: options.dir, names }, io);
  const terraform = new Terraform(programOf(options, io), io);
  const results = await terraform.untilSignal(async () => {
    await refuseAbsent(terraform, io);
    const setting = settingOf(options, extra, terraform, io);
    await removePlans(modules, setting);
    return planAll(modules, setting, options, io);
  });
  // The signal ends the process; where it does not, nothing is judged that was cut short.
  if (terraform.isStopped) return EXIT.incomplete;
  await sayFailures(results, terraform, io);
  const plans = results.flatMap(({ result }) => (result?.kind === 'planned' ? [result.jsonPath] : []));
  if (plans.length === 0) return EXIT.incomplete;
  const paths = [...(synth === null ? [] : [synth]), ...plans.map((path) => shownPathOf(io.cwd, path))];
  const verdict = await check({ ...options, paths, control: [], severity: NO_SEVERITIES, site: [] }, io);
  return worstExit(verdict, plans.length < modules.length ? EXIT.incomplete : EXIT.ok);
}

/** As cdktf chooses it, unless trefoil is told otherwise. */
function programOf({ terraform }: PlanOptions, { environment }: Io): string {
  const named = [terraform, environment['TREFOIL_TERRAFORM'], environment['TERRAFORM_BINARY_NAME']];
  return named.find((name) => name !== undefined && name !== null && name !== '') ?? 'terraform';
}

function settingOf(options: PlanOptions, extra: readonly string[], terraform: Terraform, io: Io): PlanSetting {
  return {
    terraform,
    outDirectory: options.outDir === null ? null : resolve(io.cwd, options.outDir),
    init: options.init,
    variableFiles: options.varFile.map((file) => resolve(io.cwd, file)),
    extra,
  };
}

/** One error before the first stack instead of one for each. */
async function refuseAbsent(terraform: Terraform, io: Io): Promise<void> {
  const { succeeded, how } = await terraform.run({ args: ['version'], directory: io.cwd });
  if (succeeded || terraform.isStopped) return;
  throw new CliError({
    code: 'PLAN-TERRAFORM',
    message: `${terraform.name} cannot be used: "${terraform.name} version" ${how}`,
    fix: 'Install Terraform 1.5 or later or OpenTofu, or name the program with --terraform.',
  });
}

async function planAll(
  modules: readonly RootModule[],
  setting: PlanSetting,
  { parallelism, quiet }: PlanOptions,
  io: Io,
): Promise<readonly Planned[]> {
  const progress = startProgress(io, quiet);
  const running = new Set<string>();
  let ended = 0;
  const report = async (): Promise<void> => {
    await progress(`planning ${ended + 1} of ${modules.length}: ${visible([...running].join(', '))}`);
  };
  try {
    return await inOrder<PlanOutcome>(modules, {
      parallelism,
      isFailure: ({ kind }) => kind === 'failed',
      work: async (module) => {
        running.add(module.name);
        await report();
        const outcome = await planModule(module, setting);
        running.delete(module.name);
        ended += 1;
        if (outcome.kind === 'planned' && !quiet && !io.stderr.isTerminal) {
          await io.stderr.write(`trefoil: planned ${visible(module.name)} (${ended} of ${modules.length})\n`);
        }
        return outcome;
      },
    });
  } finally {
    await progress(null);
  }
}

async function sayFailures(results: readonly Planned[], terraform: Terraform, io: Io): Promise<void> {
  const charset = showsUnicode(io.stderr, io.environment) ? 'unicode' : 'ascii';
  for (const { module, result } of results) {
    if (result === null) {
      const message = `${module.name} was not planned: a stack that it depends on has failed`;
      await io.stderr.write(errorLine('PLAN-FAILED', message, 'Mend that one first.'));
    } else if (result.kind === 'failed') {
      const { command, how, said } = result;
      const lines = said.split('\n').filter((line) => line.trim() !== '');
      await io.stderr.write(lines.map((line) => `  ${escapeLine(escapeText(line, charset))}\n`).join(''));
      const where = shownPathOf(io.cwd, module.directory);
      const message = `${module.name} was not planned: "${terraform.name} ${command}" ${how} in ${where}`;
      await io.stderr.write(errorLine('PLAN-FAILED', message, 'Put right what it says above, then run again.'));
    }
  }
}
