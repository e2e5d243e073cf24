import { type Command, Option } from 'commander';
import { BLOCKS, STAGES } from '../checks/report.ts';
import { CliError } from './errors.ts';
import type { Io } from './io.ts';
import { isoDay, parseBlocks, parseDate, parseStage } from './option-values.ts';

/** What every command that reads an estate needs to know. */
export function addEstateOptions(command: Command, io: Io): Command {
  return command
    .option('--policy <file>', 'the policy', 'enclave.yaml')
    .addOption(repeatable('--var-file <file>', "values of Terraform's variables", String))
    .addOption(
      new Option('--as-of <date>', 'judge exceptions and evidence as of this day')
        .argParser(parseDate)
        .default(isoDay(io.now()), 'today in UTC'),
    );
}

/** What every command that judges needs to know besides. */
export function addJudgeOptions(command: Command, io: Io): Command {
  return addSchemaOption(addEstateOptions(command, io))
    .addOption(repeatable('--exceptions <file>', 'approved exceptions', String))
    .addOption(repeatable('--evidence <file>', 'signed statements of what Terraform cannot show', String))
    .addOption(oneOf('--stage <stage>', 'what the verdict gates: a change or its application', STAGES, parseStage));
}

/** What every command that tells known types from unknown ones needs to know besides. */
export function addSchemaOption(command: Command): Command {
  return command.option(
    '--provider-schema <file>',
    'output of "terraform providers schema -json", for types that are new',
  );
}

/** What every command whose verdict may be about a change needs to know besides. */
export function addChangeOptions(command: Command): Command {
  return command
    .option('--base <path>', 'an earlier JSON report, or the stacks before the change, to compare with')
    .addOption(
      oneOf('--block <what>', 'what ends with 1 or 3: all findings, or what --base has not', BLOCKS, parseBlocks),
    );
}

/** What every command whose report is for auditors needs to know besides. */
export function addHistoryOption(command: Command): Command {
  return command.option(
    '--policy-history',
    'ask git for the commit of the policy and who may change it, and report it',
  );
}

/** An option that may be given more than once; its value is the list. */
class RepeatableOption extends Option {}

export function repeatable(
  flags: string,
  description: string,
  parse: (text: string) => unknown,
  choices: readonly string[] = [],
): Option {
  const option = new RepeatableOption(flags, `${description}; may be repeated`);
  if (choices.length > 0) option.choices(choices);
  // After `choices`, which sets a parser of its own that knows neither our errors nor `name:file`.
  return option.argParser((text, previous: readonly unknown[]) => [...previous, parse(text)]).default([], '');
}

/** An option with a closed set of values, of which the first is the default. */
export function oneOf(
  flags: string,
  description: string,
  choices: readonly string[],
  parse: (text: string) => string,
): Option {
  return new Option(flags, description).choices(choices).default(choices[0]).argParser(parse);
}

/** Of an option given twice commander takes the last; the reader of a CI log may have seen only the first. */
export function refuseRepetition(command: Command): void {
  const seen = new Set<string>();
  for (const option of command.options) {
    if (option instanceof RepeatableOption) continue;
    command.on(`option:${option.name()}`, () => {
      if (seen.has(option.name())) {
        throw new CliError({
          code: 'CLI-TWICE',
          message: `${option.long ?? option.flags} is given twice`,
          fix: 'Give it once.',
        });
      }
      seen.add(option.name());
    });
  }
}
