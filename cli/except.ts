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
  readonly paths: readonly string[];
}

/** Drafts an exception for a failure: everything but what people have to decide. */
export async function except(id: string, options: ExceptOptions, io: Io): Promise<ExitCode> {
  const control = controlOf(id);
  const { policy } = await readPolicy(options.policy, io);
  const rules = rulesOf(policy, CONTROL_IDS);
  if (NEVER_EXCEPTED.has(control.id) || rules.neverExcepted.has(control.id)) {
    throw refused(`${control.id} cannot be excepted`, 'Correct what it reports.');
  }
  const { report } = await judge({ ...options, filter: { controls: [control.id], severities: [], sites: [] } }, io);
  const finding = findings(report).find((candidate) => candidate.id === id);
  if (finding === undefined) throw findingNotFound(id, report);
  const { stack, address } = failureOf(finding);
  const created = options.asOf;
  const expires = lastDay(created, longestDays(control.id, false, rules)) ?? created;
  await writeStdout(io, exceptionDraft({ finding, stack, address, created, expires }));
  return EXIT.ok;
}

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
