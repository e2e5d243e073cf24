import { type Command, Option } from 'commander';
import type { BundleOptions } from './bundle.ts';
import {
  addEstateOptions,
  addHistoryOption,
  addJudgeOptions,
  addSchemaOption,
  oneOf,
  repeatable,
} from './command-options.ts';
import type { ExitCode } from './exit-code.ts';
import type { GateOptions } from './gate.ts';
import { parseInstant, parseMaxAge } from './gate-values.ts';
import type { Io } from './io.ts';
import { DRAWN_VERDICTS, LIST_FORMATS, parseListFormat, parseSize, parseVerdict } from './option-values.ts';
import type { GlobalOptions } from './program.ts';
import type { SampleOptions } from './sample.ts';
import type { SealOptions } from './seal.ts';
import type { VerifyOptions } from './verify.ts';

interface Running {
  readonly io: Io;
  readonly done: (exitCode: ExitCode) => void;
  readonly globals: () => GlobalOptions;
}

/** The commands that sign what was judged, and those that verify it. */
export function addSignedCommands(program: Command, { io, done, globals }: Running): void {
  addSchemaOption(addEstateOptions(program.command('seal'), io))
    .summary('judge binary plans and sign what came out')
    .description(
      'Runs Terraform: "terraform show -json" on each plan, in the initialised directory that it was made in, which\n' +
        'starts its providers. Judges what that prints, as "check --stage apply" does, and writes a signed statement of\n' +
        'the verdict, whatever it is, over the digests of all that was judged. "trefoil gate" verifies it.',
    )
    .argument('<plans...>', 'what "terraform plan -out" wrote')
    .addOption(repeatable('--stack <name>', 'stack of each plan, in their order (default: from its path)', String))
    .addOption(
      repeatable('--dir <directory>', 'where each plan was made, in their order (default: where it is)', String),
    )
    .addOption(repeatable('--stacks <path>', 'synthesised stacks to judge with the plans', String))
    .addOption(repeatable('--exceptions <file>', 'approved exceptions', String))
    .addOption(repeatable('--evidence <file>', 'signed statements of what Terraform cannot show', String))
    .option('--base <path>', 'an earlier JSON report, for what may only shrink; it excuses no finding')
    .option('--terraform <program>', 'the program that shows plans, such as tofu', 'terraform')
    .option('--key <file>', 'Ed25519 private key in PEM (default: the text in TREFOIL_SEAL_KEY)')
    .option('-o, --output <file>', 'where to write the seal', 'seal.json')
    .action(async (plans: readonly string[], options: SealCommandOptions) => {
      const { seal } = await import('./seal.ts');
      done(await seal(plans, { ...options, ...globals(), key: options.key ?? null }, io));
    });

  program
    .command('gate')
    .summary('let a plan through when its seal allows it')
    .description(
      'Verifies that a seal was signed by the key, is about this very plan and allows it to be applied, as in:\n' +
        '  trefoil gate plan.tfplan --seal seal.json --public-key seal.pub && terraform apply plan.tfplan\n' +
        'It reads files and runs nothing.',
    )
    .argument('<plan>', 'the plan that is to be applied')
    .requiredOption('--seal <file>', 'what "trefoil seal" wrote')
    .requiredOption('--public-key <file>', 'Ed25519 public key in PEM')
    .option('--policy <file>', 'the policy that must have judged (default: that of the seal)')
    .addOption(repeatable('--exceptions <file>', 'the exceptions that must have been applied', String))
    .addOption(
      new Option('--max-age <age>', 'how long a seal is good for')
        .argParser(parseMaxAge)
        .default(parseMaxAge('24h'), '24h'),
    )
    .addOption(
      new Option('--as-of <instant>', 'judge the age at this moment, such as 2026-03-01T12:00:00Z')
        .argParser(parseInstant)
        .default(io.now(), 'now'),
    )
    .action(async (plan: string, options: GateCommandOptions) => {
      const { gate } = await import('./gate.ts');
      done(await gate(plan, { ...options, policy: options.policy ?? null }, io));
    });

  addHistoryOption(addJudgeOptions(program.command('evidence'), io))
    .summary('judge an estate and write signed evidence')
    .description(
      'Judges as "check" does and writes a bundle for auditors: reports, policy, exceptions, coverage, certificates of\n' +
        'the network proof, how each control judged examples with known answers, and a signed statement over the digests of\n' +
        'all, whatever the verdict is. "trefoil verify" verifies it. It reads files and runs nothing, but git with\n' +
        '--policy-history.',
    )
    .argument('[paths...]', 'directories or files of Terraform JSON; plans as STACK.json or STACK/plan.json', [
      'cdktf.out',
    ])
    .requiredOption('-o, --out <path>', 'a new directory, or a file that ends in .tar')
    .option('--key <file>', 'Ed25519 private key in PEM (default: the text in TREFOIL_SEAL_KEY)')
    .option('--previous <bundle>', 'the bundle before this one, to which it is chained')
    .action(async (paths: readonly string[], options: BundleCommandOptions) => {
      const { bundle } = await import('./bundle.ts');
      const { key = null, previous = null } = options;
      done(await bundle({ ...options, ...globals(), paths, key, previous }, io));
    });

  program
    .command('verify')
    .summary('verify a bundle of evidence')
    .description(
      'Verifies that a bundle is what was signed by the key: nothing edited, missing or added; with --previous, that it\n' +
        'follows that bundle. With --reproduce it judges again what the bundle says was judged, from the files in the\n' +
        'working directory, and compares every byte: that decides CHG-003. It reads files and runs nothing, but git where the\n' +
        'bundle was written with --policy-history.',
    )
    .argument('<bundle>', 'what "trefoil evidence" wrote')
    .requiredOption('--public-key <file>', 'Ed25519 public key in PEM')
    .option('--previous <bundle>', 'the bundle that must come before it')
    .option('--reproduce', 'judge the same inputs again and compare')
    .action(async (path: string, options: VerifyCommandOptions) => {
      const { verify } = await import('./verify.ts');
      const { previous = null, reproduce = false } = options;
      done(await verify(path, { ...options, ...globals(), previous, reproduce }, io));
    });

  program
    .command('sample')
    .summary("draw an auditor's sample of what was judged")
    .description(
      'Draws results of a bundle, or of a JSON report, by a seed: the same for everybody, and nobody can choose it.\n' +
        'Those are drawn whose SHA-256 of seed, newline and id is smallest.',
    )
    .argument('<bundle>', 'what "trefoil evidence" wrote, or a JSON report')
    .requiredOption('--seed <text>', 'such as a number that was agreed before the run')
    .addOption(new Option('--size <number>', 'how many to draw').argParser(parseSize).default(25, '25'))
    .addOption(repeatable('--control <id>', 'draw only from this control', String))
    .addOption(repeatable('--verdict <verdict>', 'draw only from this verdict', parseVerdict, DRAWN_VERDICTS))
    .option('--public-key <file>', 'Ed25519 public key in PEM; needed for a bundle')
    .addOption(oneOf('-f, --format <name>', 'how to print it', LIST_FORMATS, parseListFormat))
    .action(async (path: string, options: SampleCommandOptions) => {
      const { sample } = await import('./sample.ts');
      done(await sample(path, { ...options, publicKey: options.publicKey ?? null }, io));
    });
}

type SealCommandOptions = Omit<SealOptions, 'key' | 'quiet'> & { readonly key?: string };

type GateCommandOptions = Omit<GateOptions, 'policy'> & { readonly policy?: string };

type BundleCommandOptions = Omit<BundleOptions, 'paths' | 'key' | 'previous' | 'quiet'> & {
  readonly key?: string;
  readonly previous?: string;
};

type VerifyCommandOptions = Omit<VerifyOptions, 'previous' | 'reproduce' | 'quiet'> & {
  readonly previous?: string;
  readonly reproduce?: boolean;
};

type SampleCommandOptions = Omit<SampleOptions, 'publicKey'> & { readonly publicKey?: string };
