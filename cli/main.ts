import { type Command, CommanderError } from 'commander';
import { InputError } from '../model/input-error.ts';
import { crashText } from './crash.ts';
import { CliError, type CliErrorCode, errorLine, inputErrorLine, PolicyError, policyErrorLine } from './errors.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { buildProgram, globalOptions } from './program.ts';
import { writeStdout } from './stdout.ts';

/** Runs one command. Never rejects: whatever goes wrong is said on stderr and is in the exit code. */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.crash;
  const help = { text: '' };
  const program = buildProgram(io, (code) => {
    exitCode = code;
  });
  throwInsteadOfExit(program, help);
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    try {
      exitCode = await answer(error, help.text, { io, withStack: globalOptions(program).debug });
    } catch (unwritable) {
      exitCode = await answerOnlyByCode(unwritable, io);
    }
  }
  return exitCode;
}

function throwInsteadOfExit(program: Command, help: { text: string }): void {
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      // Help that was asked for, and help that answers a call without a command.
      writeOut: (text) => {
        help.text += text;
      },
      writeErr: (text) => {
        help.text += text;
      },
      outputError: () => {},
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      getOutHelpWidth: () => 100,
      getErrHelpWidth: () => 100,
    });
  }
}

async function answer(
  error: unknown,
  help: string,
  { io, withStack }: { readonly io: Io; readonly withStack: boolean },
): Promise<ExitCode> {
  if (error instanceof CommanderError) return answerCommander(error, help, io);
  if (error instanceof CliError) {
    await io.stderr.write(errorLine(error.code, error.message, error.fix));
    return error.exitCode;
  }
  if (error instanceof PolicyError) {
    await io.stderr.write(error.problems.map(policyErrorLine).join(''));
    return EXIT.usage;
  }
  if (error instanceof InputError) {
    await io.stderr.write(inputErrorLine(error.problem));
    return EXIT.incomplete;
  }
  await io.stderr.write(crashText(error, withStack));
  return EXIT.crash;
}

async function answerCommander(error: CommanderError, help: string, io: Io): Promise<ExitCode> {
  if (error.exitCode === 0) {
    await writeStdout(io, help);
    return EXIT.ok;
  }
  if (error.code === 'commander.help') {
    await io.stderr.write(help);
    return EXIT.usage;
  }
  const message = error.message
    .replace(/^error: /, '')
    .replace(/\.$/, '')
    .replaceAll('\n', ' ');
  await io.stderr.write(
    errorLine(USAGE_CODES.get(error.code) ?? 'CLI-ARGUMENT', message, 'Run with --help for what there is.'),
  );
  return EXIT.usage;
}

const USAGE_CODES = new Map<string, CliErrorCode>([
  ['commander.unknownCommand', 'CLI-COMMAND'],
  ['commander.unknownOption', 'CLI-FLAG'],
  ['commander.optionMissingArgument', 'CLI-VALUE'],
  ['commander.invalidArgument', 'CLI-VALUE'],
]);

async function answerOnlyByCode(error: unknown, io: Io): Promise<ExitCode> {
  if (!(error instanceof CliError)) return EXIT.output;
  await io.stderr.write(errorLine(error.code, error.message, error.fix)).catch(() => {});
  return error.exitCode;
}
