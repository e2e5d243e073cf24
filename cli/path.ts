import type { Context } from '../checks/check.ts';
import { servicesOf } from '../checks/gateway/flows.ts';
import { pathAnswer } from '../checks/path-answer.ts';
import { type PathEnd, pathEnd, pathEndNames } from '../checks/path-end.ts';
import type { DeclaredFlow } from '../policy/policy.ts';
import { suggest } from '../policy/suggestion.ts';
import { pathJson } from '../report/path/json.ts';
import { type PathReport, pathReport } from '../report/path/path-report.ts';
import { pathText } from '../report/path/text.ts';
import { terminalOptions } from './check.ts';
import { CliError } from './errors.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { type EstateOptions, onEstate } from './network-question.ts';
import { alternatives, type ListFormat } from './option-values.ts';
import type { GlobalOptions } from './program.ts';
import { writeStdout } from './stdout.ts';

export interface PathOptions extends EstateOptions, GlobalOptions {
  readonly paths: readonly string[];
  readonly port: number | null;
  readonly proto: DeclaredFlow['protocol'] | null;
  readonly withoutGateways: boolean;
  readonly format: ListFormat;
}

const DEFAULT_PORT = 443;
const MOST_NAMES = 8;

/** Answers whether a connection works from one end to the other, and prints its way or where it ends. */
export async function path(from: string, to: string, options: PathOptions, io: Io): Promise<ExitCode> {
  const service = serviceOf(options);
  const report = await onEstate(options, io, ({ context, incompleteBecause }) => {
    const question = {
      from: resolve(from, context),
      to: resolve(to, context),
      services: servicesOf(service),
      withoutGateways: options.withoutGateways,
    };
    const isDefaultService = options.port === null && options.proto === null;
    return pathReport(question, pathAnswer(question, context), { isDefaultService, incompleteBecause });
  });
  const exitCode = exitCodeOf(report);
  const text =
    options.format === 'json' ? pathJson(report) : pathText(report, exitCode, terminalOptions(options, new Map(), io));
  await writeStdout(io, text);
  return exitCode;
}

/** As for `check`, with "works" for "nothing failed": docs/decisions/0011-exit-codes-of-questions.md. */
function exitCodeOf({ answer, incompleteBecause }: PathReport): ExitCode {
  if (answer === 'unproven' || incompleteBecause.length > 0) return EXIT.incomplete;
  return answer === 'works' ? EXIT.ok : EXIT.failure;
}

function serviceOf({ port, proto }: PathOptions): Pick<DeclaredFlow, 'protocol' | 'port'> {
  const protocol = proto ?? 'tcp';
  const hasPorts = protocol === 'tcp' || protocol === 'udp';
  if (hasPorts) return { protocol, port: port ?? DEFAULT_PORT };
  if (port === null) return { protocol, port };
  throw new CliError({
    code: 'CLI-VALUE',
    message: `${protocol} has no ports`,
    fix: 'Leave --port out, or ask for tcp or udp.',
  });
}

function resolve(text: string, context: Context): PathEnd {
  const resolved = pathEnd(text, context);
  switch (resolved.kind) {
    case 'end':
      return resolved.end;
    case 'ambiguous': {
      const shown = resolved.names.slice(0, MOST_NAMES);
      const message = `"${text}" is in ${resolved.names.length} stacks`;
      throw new CliError({ code: 'CLI-PLACE', message, fix: `Name the stack: ${alternatives(shown)}.` });
    }
    case 'no-place':
      throw new CliError({
        code: 'CLI-PLACE',
        message: `${resolved.meaning} is no place in the network: no packet starts or arrives there`,
        fix: 'Name what has an interface, a subnet, or site/tier.',
      });
    case 'unknown':
      throw new CliError({ code: 'CLI-PLACE', message: `there is no place "${text}"`, fix: suggestion(text, context) });
  }
}

/** Addresses of CDKTF end in a hash that nobody remembers: what contains the text is as good as what is spelt like it. */
function suggestion(text: string, context: Context): string {
  const names = pathEndNames(context);
  const lower = text.toLowerCase();
  const containing =
    lower.length < 3 ? [] : names.filter((name) => name.includes(':') && name.toLowerCase().includes(lower));
  if (containing.length > 0) {
    const shown = containing.slice(0, MOST_NAMES);
    const left = containing.length - shown.length;
    return `Did you mean ${alternatives(shown)}${left > 0 ? `, or one of ${left} more` : ''}?`;
  }
  return suggest(
    text,
    names,
    'name a resource, site/tier, a network of policy.network.outside, an address or internet.',
  );
}
