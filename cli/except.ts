import { findings, type Result } from '../checks/report.ts';
import { lastDay } from '../policy/dates.ts';
import { longestDays, NEVER_EXCEPTED, rulesOf } from '../policy/exception-limits.ts';
import { exceptionDraft } from '../report/exception-draft.ts';
import { CliError } from './errors.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { controlOf, findingNotFound } from './finding-id.ts';
import type { Io } from './io.ts';
import { judge, type JudgeOptions } from './judge.ts';
import type { GlobalOptions } from './program.ts';
import { CONTROL_IDS, readPolicy } from './read-estate.ts';
import { writeStdout } from './stdout.ts';

export interface ExceptOptions extends JudgeOptions, GlobalOptions {
  /** Paths; before them the place, where it is a control that is named. */
  readonly words: readonly string[];
}

const DEFAULT_PATHS = ['cdktf.out'];

/** Drafts an exception for a failure: everything but what people have to decide. */
export async function except(name: string, options: ExceptOptions, io: Io): Promise<ExitCode> {
  const control = controlOf(name);
  const { id, paths } = findingOf(name, options.words);
  const { policy } = await readPolicy(options.policy, io);
  const rules = rulesOf(policy, CONTROL_IDS);
  if (NEVER_EXCEPTED.has(control.id) || rules.neverExcepted.has(control.id)) {
    throw refused(`${control.id} cannot be excepted`, 'Correct what it reports.');
  }
  const { report } = await judge(
    { ...options, paths, filter: { controls: [control.id], severities: [], sites: [] } },
    io,
  );
  const finding = findings(report).find((candidate) => candidate.id === id);
  if (finding === undefined) throw findingNotFound(id, { name: 'this estate', ...report });
  const { stack, address } = failureOf(finding);
  const created = options.asOf;
  const expires = lastDay(created, longestDays(control.id, false, rules)) ?? created;
  await writeStdout(io, exceptionDraft({ finding, stack, address, created, expires }));
  return EXIT.ok;
}

/** `ENC-003:west:aws_ebs_volume.ledger`, or `ENC-003 west/aws_ebs_volume.ledger`, each with the paths after it. */
function findingOf(name: string, words: readonly string[]) {
  const isFinding = name.includes(':');
  const paths = isFinding ? words : words.slice(1);
  const given = { paths: paths.length === 0 ? DEFAULT_PATHS : paths };
  if (isFinding) return { id: name, ...given };
  const [place] = words;
  if (place === undefined) throw refused(`${name} is a control, and no place is given`, PLACE);
  // Names of stacks hold no slash; keys of `for_each` in addresses do.
  const slash = place.indexOf('/');
  const stack = slash < 0 ? place : place.slice(0, slash);
  return { id: `${name}:${stack}:${slash < 0 ? stack : place.slice(slash + 1)}`, ...given };
}

const PLACE = 'Name it after the control, as <stack>/<address>, or <stack> for what is of the stack itself.';

/** Where a finding fails, if an exception may reach it. */
function failureOf({ id, verdict, subject }: Result): { readonly stack: string; readonly address: string } {
  const { stack, address } = subject;
  if (stack === null) throw refused(`${id} is of no stack, and no exception reaches it`, 'Correct what it reports.');
  switch (verdict) {
    case 'fail':
      return { stack, address };
    case 'excepted':
      throw refused(`${id} is excepted already`, 'Leave out the file of that exception to draft another.');
    case 'unproven':
    case 'pass':
      throw refused(`${id} is ${verdict}, and only a fail can be excepted`, 'Settle what hides the answer.');
  }
}

function refused(message: string, fix: string): CliError {
  return new CliError({ code: 'CLI-FINDING', message, fix });
}
