import { CliError } from './errors.ts';
import type { Io } from './io.ts';

/** Arguments of `terraform plan` after which its plan is not what is to be judged, and why. */
const REFUSED = new Map([
  ['target', 'a plan of a part leaves the rest unjudged'],
  ['target-file', 'a plan of a part leaves the rest unjudged'],
  ['exclude', 'a plan of a part leaves the rest unjudged'],
  ['exclude-file', 'a plan of a part leaves the rest unjudged'],
  ['refresh-only', 'such a plan does not show what the configuration asks for'],
  ['out', 'the plan goes to plan.tfplan, or to --out-dir'],
  ['json', 'errors would go where nobody sees them'],
  ['detailed-exitcode', 'a plan with changes would look like one that failed'],
  ['help', 'nothing would be planned; run Terraform itself for its help'],
  ['h', 'nothing would be planned; run Terraform itself for its help'],
]);

export interface NamesAndArguments {
  readonly names: readonly string[];
  /** For `terraform plan`. */
  readonly extra: readonly string[];
}

/**
 * Parts the words of the call. commander has taken the `--` away; without it nothing that begins with a dash would be
 * among them, and no stack is called so.
 */
export function partWords(words: readonly string[]): NamesAndArguments {
  const first = words.findIndex((word) => word.startsWith('-'));
  const names = first === -1 ? words : words.slice(0, first);
  const extra = first === -1 ? [] : words.slice(first);
  refuse(extra, 'on the command line');
  return { names, extra };
}

/** Terraform takes arguments from the environment, too. */
export function refuseEnvironment({ environment }: Io): void {
  if ((environment['TF_CLI_ARGS'] ?? '') !== '') {
    throw new CliError({
      code: 'PLAN-ARGUMENT',
      message: 'TF_CLI_ARGS is set, which adds to every command of Terraform',
      fix: 'Use TF_CLI_ARGS_init and TF_CLI_ARGS_plan, or write the arguments after --.',
    });
  }
  refuse((environment['TF_CLI_ARGS_plan'] ?? '').split(/[\s'"]+/), 'in TF_CLI_ARGS_plan');
}

function refuse(args: readonly string[], place: string): void {
  for (const arg of args) {
    const name = /^--?(?<name>[^-=][^=]*)/.exec(arg)?.groups?.['name'];
    const why = name === undefined ? undefined : REFUSED.get(name);
    if (name === undefined || why === undefined) continue;
    throw new CliError({ code: 'PLAN-ARGUMENT', message: `-${name} ${place}: ${why}`, fix: 'Leave it out.' });
  }
}
