import { Command, Option } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { SEVERITIES, type Severity } from '../checks/check.ts';
import { reporters } from '../report/index.ts';
import { type DeclaredFlow, FLOW_PROTOCOLS } from '../policy/policy.ts';
import type { ChangeOptions } from './check.ts';
import {
  addChangeOptions,
  addEstateOptions,
  addHistoryOption,
  addJudgeOptions,
  addSchemaOption,
  oneOf,
  refuseRepetition,
  repeatable,
} from './command-options.ts';
import type { CoverageOptions } from './coverage.ts';
import type { JudgeOptions } from './judge.ts';
import { EXIT_CODES, type ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import type { EstateOptions } from './network-question.ts';
import {
  type Destination,
  FLOWS_FORMATS,
  type FlowsDestination,
  GRAPH_FORMATS,
  type GraphDestination,
  CATALOGUE_FORMATS,
  type CatalogueFormat,
  LIST_FORMATS,
  type ListFormat,
  parseContext,
  parseDestination,
  parseFlowsDestination,
  parseGraphDestination,
  parseCatalogueFormat,
  parseListFormat,
  parseParallelism,
  parsePort,
  parseProtocol,
  parseSeverity,
} from './option-values.ts';
import type { PlanOptions } from './plan.ts';
import { addSignedCommands } from './signed-commands.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** Options that stand before or after any command. */
export interface GlobalOptions {
  readonly quiet: boolean;
  readonly color: boolean;
  readonly debug: boolean;
}

/**
 * The command tree: all that help and completion know. Each command loads its code only when it runs, so that
 * `trefoil --version` does not wait for a YAML parser.
 */
export function buildProgram(io: Io, done: (exitCode: ExitCode) => void): Command {
  const program = new Command('trefoil')
    .description('Proves that infrastructure written in CDKTF keeps a European data enclave an enclave.')
    .version(manifest.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print the help of a command')
    .option('-q, --quiet', 'print the summary only, and no progress')
    .option('--no-color', 'write no colour, as NO_COLOR=1 does; FORCE_COLOR=1 forces it')
    .option('--debug', 'print the stack of a crash')
    .configureHelp({ showGlobalOptions: true });
  const globals = (): GlobalOptions => globalOptions(program);

  program
    .command('synth')
    .summary('run the program of cdktf.json and record its source lines')
    .description(
      'Runs your program: the command "app" of cdktf.json, in a shell, with your environment.\n' +
        'It writes Terraform JSON that names the TypeScript line of each construct.',
    )
    .option('-o, --output <directory>', 'where to write (default: "output" of cdktf.json, else cdktf.out)')
    .addOption(repeatable('-c, --context <key=value>', 'a value of the context, over cdktf.json', parseContext))
    .action(async (options: { output?: string; context: readonly ReturnType<typeof parseContext>[] }) => {
      const { synth } = await import('./synth.ts');
      done(await synth({ output: options.output ?? null, context: options.context, quiet: globals().quiet }, io));
    });

  addHistoryOption(addChangeOptions(addJudgeOptions(program.command('check'), io)))
    .summary('judge an estate')
    .description(
      'Judges synthesised stacks and plans against the policy. It reads files and runs nothing, but git with\n' +
        '--policy-history.',
    )
    .argument('[paths...]', 'directories or files of Terraform JSON; plans as STACK.json or STACK/plan.json', [
      'cdktf.out',
    ])
    .addOption(
      repeatable(
        '-f, --format <name[:file]>',
        'a report, to standard output or a file (default: text)',
        parseDestination,
        Object.keys(reporters),
      ),
    )
    .addOption(repeatable('--control <id>', 'judge only this control', String))
    .addOption(repeatable('--severity <severity>', 'judge only this severity', parseSeverity, SEVERITIES))
    .addOption(repeatable('--site <id>', 'judge only this site', String))
    .action(async (paths: readonly string[], options: CheckCommandOptions) => {
      const { check } = await import('./check.ts');
      done(await check({ ...options, ...globals(), paths }, io));
    });

  addEstateOptions(program.command('path'), io)
    .summary('answer whether a connection works, and by which way')
    .description(
      'Answers whether something can open a connection to something else, replies included, and prints the way hop by\n' +
        'hop, or where it ends. Either end is a resource (dublin-data:aws_db_instance.ledger, the stack only where it\n' +
        'is needed), a construct path, an address or CIDR block, site/tier, a network of the policy, or internet.',
    )
    .argument('<from>', 'where the connection begins')
    .argument('<to>', 'where it leads')
    .argument('[paths...]', 'directories or files of Terraform JSON; plans as STACK.json or STACK/plan.json', [
      'cdktf.out',
    ])
    .addOption(new Option('--port <number>', 'destination port (default: 443)').argParser(parsePort))
    .addOption(new Option('--proto <name>', 'protocol (default: tcp)').choices(FLOW_PROTOCOLS).argParser(parseProtocol))
    .option('--without-gateways', 'ask it of the network without the approved gateways')
    .addOption(oneOf('-f, --format <name>', 'how to print the answer', LIST_FORMATS, parseListFormat))
    .addHelpText('after', `\n${questionExitCodes()}`)
    .action(async (from: string, to: string, paths: readonly string[], options: PathCommandOptions) => {
      const { path } = await import('./path.ts');
      const { port = null, proto = null, withoutGateways = false } = options;
      done(await path(from, to, { ...options, ...globals(), port, proto, withoutGateways, paths }, io));
    });

  addEstateOptions(program.command('graph'), io)
    .summary('draw the network: sites, tiers, gateways and ways past them')
    .description(
      'Draws sites, VPCs, tiers of subnets, gateways, doors, transit gateways, links and what lies outside. Approved\n' +
        'gateways are marked; ways past them are red, ways that may be there dashed, declared flows blue.',
    )
    .argument('[paths...]', 'directories or files of Terraform JSON; plans as STACK.json or STACK/plan.json', [
      'cdktf.out',
    ])
    .option('--site <id>', 'draw only this site and what it is connected with')
    .addOption(
      new Option('-f, --format <name[:file]>', 'a picture, to standard output or a file')
        .choices(GRAPH_FORMATS)
        .argParser(parseGraphDestination)
        .default({ format: 'svg', file: null } satisfies GraphDestination, 'svg'),
    )
    .action(async (paths: readonly string[], options: GraphCommandOptions) => {
      const { graph } = await import('./graph.ts');
      const { site = null } = options;
      done(await graph({ ...options, ...globals(), site, paths }, io));
    });

  addSchemaOption(addEstateOptions(program.command('flows'), io))
    .summary('tell where data rests and travels, by country')
    .description(
      'Lists every resource that keeps data and every argument that moves it, with country, site,\n' +
        'data class, and whether the policy allows it: inside, outside or unproven. What is of no known\n' +
        'site or class is never left out. As SVG it is a map by country.',
    )
    .argument('[paths...]', 'directories or files of Terraform JSON; plans as STACK.json or STACK/plan.json', [
      'cdktf.out',
    ])
    .option('--site <id>', 'only data that rests at this site, leaves it or comes to it')
    .option('--data-class <id>', 'only data of this class of the policy')
    .addOption(
      new Option('-f, --format <name[:file]>', 'a list or a picture, to standard output or a file')
        .choices(FLOWS_FORMATS)
        .argParser(parseFlowsDestination)
        .default({ format: 'text', file: null } satisfies FlowsDestination, 'text'),
    )
    .addHelpText('after', `\n${flowsExitCodes()}`)
    .action(async (paths: readonly string[], options: FlowsCommandOptions) => {
      const { flows } = await import('./flows.ts');
      const { site = null, dataClass = null } = options;
      done(await flows({ ...options, ...globals(), site, dataClass, paths }, io));
    });

  addSchemaOption(addEstateOptions(program.command('coverage'), io))
    .summary('tell what of an estate is looked at, and what is not')
    .description(
      'Counts every resource of the estate once: inspected, with the controls that judged it; inert, with the reason;\n' +
        'not inspected; or unproven. No finding changes the exit code, only what could not be looked at.',
    )
    .argument('[paths...]', 'directories or files of Terraform JSON; plans as STACK.json or STACK/plan.json', [
      'cdktf.out',
    ])
    .addOption(oneOf('-f, --format <name>', 'how to print it', LIST_FORMATS, parseListFormat))
    .action(async (paths: readonly string[], options: CoverageCommandOptions) => {
      const { coverage } = await import('./coverage.ts');
      done(await coverage({ ...options, ...globals(), paths }, io));
    });

  program
    .command('list')
    .summary('list the controls')
    .description('Lists every control of the catalogue. Planned controls count in no verdict yet.')
    .addOption(oneOf('-f, --format <name>', 'how to print them', CATALOGUE_FORMATS, parseCatalogueFormat))
    .action(async ({ format }: { format: CatalogueFormat }) => {
      const { list } = await import('./list.ts');
      done(await list(format, io));
    });

  addJudgeOptions(program.command('explain'), io)
    .summary('explain a control or a finding')
    .description(
      'Explains a control (ENC-001) with examples in CDKTF, or a finding by the id that reports give it\n' +
        '(ENC-001:dublin-data:aws_s3_bucket.records) with all that it rests on, for which it judges the estate again or\n' +
        'reads a JSON report.',
    )
    .argument('<id>', 'id of a control or of a finding')
    .argument(
      '[paths...]',
      'for a finding: directories or files of Terraform JSON; plans as STACK.json or STACK/plan.json',
      ['cdktf.out'],
    )
    .option('--report <file>', 'the JSON report that has the finding, in place of judging the paths again')
    .action(async (id: string, paths: readonly string[], options: ExplainCommandOptions) => {
      const { explain } = await import('./explain.ts');
      done(await explain(id, { ...options, ...globals(), paths }, io));
    });

  addJudgeOptions(program.command('except'), io)
    .summary('draft an exception for a finding')
    .description(
      'Judges the estate again and prints an exception for a failure, for a file of --exceptions. The failure is named by\n' +
        'the id that reports give it (ENC-001:dublin-data:aws_s3_bucket.records), or by control and place\n' +
        '(ENC-001 dublin-data/aws_s3_bucket.records). Reason, owner, approver, ticket and compensating controls are left\n' +
        'empty, and the file is refused until somebody has filled them in.',
    )
    .argument('<finding>', 'id of a finding, or of a control with its place after it')
    .argument(
      '[paths...]',
      'directories or files of Terraform JSON; plans as STACK.json or STACK/plan.json (default: cdktf.out)',
    )
    .action(async (finding: string, words: readonly string[], options: JudgeOptions) => {
      const { except } = await import('./except.ts');
      done(await except(finding, { ...options, ...globals(), words }, io));
    });

  addChangeOptions(addJudgeOptions(program.command('plan'), io))
    .summary('plan stacks with Terraform and judge the plans')
    .description(
      'Runs Terraform: "init", "plan" and "show" for each stack of a synthesised app, in the order of their\n' +
        'dependencies. That downloads and starts providers and reads states, with your credentials.\n' +
        'Each plan becomes plan.tfplan and plan.json, which hold secrets; then all are judged together, as\n' +
        '"check" does. What follows -- goes to "terraform plan".',
    )
    .argument('[stacks...]', 'names of stacks (default: all)')
    .option('--synth <directory>', 'output directory of the synth (default: cdktf.out, or none with --dir)')
    .addOption(repeatable('--dir <directory>', 'a root module that no synth has made', String))
    .option('--out-dir <directory>', 'where to put <stack>/plan.json (default: beside the stack)')
    .option('--terraform <program>', 'such as tofu (default: TREFOIL_TERRAFORM, TERRAFORM_BINARY_NAME or terraform)')
    .option('--no-init', 'the directories are initialised already')
    .addOption(
      new Option('--parallelism <number>', 'stacks to plan at a time').argParser(parseParallelism).default(4, '4'),
    )
    .addOption(
      repeatable(
        '-f, --format <name[:file]>',
        'a report, to standard output or a file (default: text)',
        parseDestination,
        Object.keys(reporters),
      ),
    )
    .action(async (words: readonly string[], options: PlanCommandOptions) => {
      const { plan } = await import('./plan.ts');
      const { synth = null, outDir = null, terraform = null } = options;
      done(await plan({ ...options, ...globals(), words, synth, outDir, terraform }, io));
    });

  addSignedCommands(program, { io, done, globals });

  program
    .command('init')
    .summary('write a commented policy to start from')
    .option('--policy <file>', 'where to write it', 'enclave.yaml')
    .option('--force', 'replace the file when it exists')
    .action(async ({ policy, force = false }: { policy: string; force?: boolean }) => {
      const { init } = await import('./init.ts');
      done(await init({ policy, force, quiet: globals().quiet }, io));
    });

  program
    .command('completion')
    .summary('print a completion script')
    .description('Prints a completion script for a shell, as in: source <(trefoil completion bash)')
    .argument('<shell>', SHELLS.join(', '))
    .action(async (shell: string) => {
      const { completion } = await import('./completion.ts');
      done(await completion(shell, program, io));
    });

  for (const command of [program, ...program.commands]) {
    command.addHelpText('after', `\n${exitCodeHelp()}`);
    refuseRepetition(command);
  }
  return program;
}

type PathCommandOptions = EstateOptions & {
  readonly port?: number;
  readonly proto?: DeclaredFlow['protocol'];
  readonly withoutGateways?: boolean;
  readonly format: ListFormat;
};

type GraphCommandOptions = EstateOptions & { readonly site?: string; readonly format: GraphDestination };

type FlowsCommandOptions = EstateOptions & {
  readonly site?: string;
  readonly dataClass?: string;
  readonly format: FlowsDestination;
};

type CoverageCommandOptions = Omit<CoverageOptions, 'paths' | keyof GlobalOptions>;

type PlanCommandOptions = Omit<PlanOptions, 'words' | 'synth' | 'outDir' | 'terraform'> & {
  readonly synth?: string;
  readonly outDir?: string;
  readonly terraform?: string;
};

type ExplainCommandOptions = JudgeOptions & { readonly report?: string };

type CheckCommandOptions = JudgeOptions &
  ChangeOptions & {
    readonly format: readonly Destination[];
    readonly control: readonly string[];
    readonly severity: readonly Severity[];
    readonly site: readonly string[];
  };

export function globalOptions(program: Command): GlobalOptions {
  const { quiet = false, color = true, debug = false } = program.opts<Partial<GlobalOptions>>();
  return { quiet, color, debug };
}

function questionExitCodes(): string {
  return [
    'Of a question, 0 means that the connection works, 1 that it does not, 3 that it depends on what',
    'the input does not show.',
  ].join('\n');
}

function flowsExitCodes(): string {
  return [
    'Here 0 means that all of it is inside, 1 that something is outside, 3 that something is unproven',
    'or the input is not whole. No exception is applied: check judges what is excepted.',
  ].join('\n');
}

function exitCodeHelp(): string {
  const lines = EXIT_CODES.map(({ code, meaning }) => `  ${String(code).padEnd(3)} ${meaning}`);
  return ['Exit codes:', ...lines].join('\n');
}
