import type { Command } from 'commander';
import { CliError } from './errors.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { alternatives } from './option-values.ts';
import { type Shell, SHELLS } from './program.ts';
import { writeStdout } from './stdout.ts';

/** What completion needs of a command. */
interface CommandWords {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionWords[];
}

interface OptionWords {
  readonly long: string;
  readonly summary: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
}

/** Prints a completion script made of the command tree, so that it knows what help knows. */
export async function completion(shell: string, program: Command, io: Io): Promise<ExitCode> {
  const known = SHELLS.find((name) => name === shell);
  if (known === undefined) {
    throw new CliError({
      code: 'CLI-VALUE',
      message: `there is no shell "${shell}"`,
      fix: `Use ${alternatives(SHELLS)}.`,
    });
  }
  await writeStdout(io, SCRIPTS[known](wordsOf(program)));
  return EXIT.ok;
}

const SCRIPTS: { readonly [shell in Shell]: (commands: readonly CommandWords[]) => string } = { bash, zsh, fish };

function wordsOf(program: Command): readonly CommandWords[] {
  const help = program.createHelp();
  const global = help.visibleOptions(program);
  return help.visibleCommands(program).map((command) => ({
    name: command.name(),
    summary: command.summary() || command.description(),
    options: [...command.options, ...global.filter(({ long }) => long !== '--version')].map((option) => ({
      long: option.long ?? option.flags,
      summary: option.description,
      takesValue: option.required || option.optional,
      choices: option.argChoices ?? [],
    })),
  }));
}

function bash(commands: readonly CommandWords[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  const offer = (words: string): string => `COMPREPLY=($(compgen ${words} -- "$word"))`;
  return [
    '_trefoil() {',
    '  local word="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" options=""',
    '  if [[ $COMP_CWORD -eq 1 ]]; then',
    `    ${offer(`-W '${names} --help --version'`)}`,
    '    return',
    '  fi',
    '  case "${COMP_WORDS[1]} $previous" in',
    `    'completion completion') ${offer(`-W '${SHELLS.join(' ')}'`)}; return ;;`,
    ...commands.flatMap(({ name, options }) =>
      options
        .filter(({ takesValue }) => takesValue)
        .map(({ long, choices }) => {
          const words = choices.length > 0 ? `-W '${choices.join(' ')}'` : '-f';
          return `    '${name} ${long}') ${offer(words)}; return ;;`;
        }),
    ),
    '  esac',
    '  case "${COMP_WORDS[1]}" in',
    ...commands.map(({ name, options }) => `    ${name}) options='${options.map(({ long }) => long).join(' ')}' ;;`),
    '  esac',
    `  if [[ $word == -* ]]; then ${offer('-W "$options"')}; else ${offer('-f')}; fi`,
    '}',
    'complete -o filenames -F _trefoil trefoil',
    '',
  ].join('\n');
}

function zsh(commands: readonly CommandWords[]): string {
  return [
    '#compdef trefoil',
    '_trefoil() {',
    '  if (( CURRENT == 2 )); then',
    '    local -a commands=(',
    ...commands.map(({ name, summary }) => `      ${quoted(`${name}:${summary}`)}`),
    '    )',
    "    _describe 'command' commands",
    '    return',
    '  fi',
    '  local command="$words[2]"',
    '  shift words',
    '  (( CURRENT-- ))',
    '  case "$command" in',
    ...commands.flatMap(({ name, options }) => [
      `    ${name})`,
      '      _arguments \\',
      ...options.map((option) => `        ${quoted(zshOption(option))} \\`),
      name === 'completion' ? `        '1:shell:(${SHELLS.join(' ')})'` : "        '*:file:_files'",
      '      ;;',
    ]),
    '  esac',
    '}',
    'if [ "$funcstack[1]" = "_trefoil" ]; then _trefoil "$@"; else compdef _trefoil trefoil; fi',
    '',
  ].join('\n');
}

function zshOption({ long, summary, takesValue, choices }: OptionWords): string {
  const text = `*${long}[${summary.replaceAll(/[[\]\\:]/g, String.raw`\$&`)}]`;
  if (!takesValue) return text;
  return choices.length > 0 ? `${text}:value:(${choices.join(' ')})` : `${text}:value:_files`;
}

function fish(commands: readonly CommandWords[]): string {
  const noCommand = "'__fish_use_subcommand'";
  return [
    ...commands.map(({ name, summary }) => `complete -c trefoil -n ${noCommand} -f -a ${name} -d ${quoted(summary)}`),
    ...commands.flatMap(({ name, options }) =>
      options.map(({ long, summary, takesValue, choices }) => {
        const words = choices.length > 0 ? ` -f -a '${choices.join(' ')}'` : '';
        return `complete -c trefoil -n '__fish_seen_subcommand_from ${name}' -l ${long.slice(2)}${takesValue ? ' -r' : ''}${words} -d ${quoted(summary)}`;
      }),
    ),
    `complete -c trefoil -n '__fish_seen_subcommand_from completion' -f -a '${SHELLS.join(' ')}'`,
    '',
  ].join('\n');
}

/** For all three shells: nothing inside single quotes is expanded. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
