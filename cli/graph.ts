import { enclaveOf } from '../checks/gateway/enclave.ts';
import { networkWays } from '../checks/network-ways.ts';
import { drawNetwork } from '../report/graph/draw.ts';
import type { NetworkGraph, Picture } from '../report/graph/network-graph.ts';
import { visible } from '../report/escape.ts';
import { CliError } from './errors.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { refuseSites } from './judge.ts';
import { type EstateOptions, onEstate } from './network-question.ts';
import type { GraphDestination } from './option-values.ts';
import { writeOutputFile } from './output-file.ts';
import type { GlobalOptions } from './program.ts';
import { writeStdout } from './stdout.ts';

export interface GraphOptions extends EstateOptions, GlobalOptions {
  readonly paths: readonly string[];
  readonly site: string | null;
  readonly format: GraphDestination;
}

/** Draws the network of the estate, or of one of its sites. */
export async function graph(options: GraphOptions, io: Io): Promise<ExitCode> {
  const { site: wanted, format } = options;
  const { picture, incompleteBecause, inputs } = await onEstate(
    options,
    io,
    ({ context, incompleteBecause, inputs }) => {
      if (wanted !== null) refuseSites([wanted], context.policy);
      const site = context.policy.sites.find(({ id }) => id === wanted) ?? null;
      const traces = networkWays(context, site);
      return { picture: drawNetwork(context, enclaveOf(context), { site, traces }), incompleteBecause, inputs };
    },
  );
  const text = await render(picture, format.format);
  if (format.file === null) await writeStdout(io, text);
  else await writeOutputFile({ path: format.file, parts: [text] }, io.cwd, inputs);
  for (const reason of incompleteBecause)
    await io.stderr.write(`trefoil: the picture is incomplete: ${visible(reason)}\n`);
  return incompleteBecause.length > 0 ? EXIT.incomplete : EXIT.ok;
}

/** The layout is loaded for the one format that needs it. */
async function render(picture: NetworkGraph, format: GraphDestination['format']): Promise<string> {
  switch (format) {
    case 'json':
      return (await import('../report/graph/json.ts')).graphJson(picture);
    case 'dot':
      return (await import('../report/graph/dot.ts')).dot(picture);
    case 'svg': {
      await refuseLarge(picture, 'Draw one site with --site, or take --format dot or json.');
      return (await import('../report/graph/svg.ts')).svg(picture);
    }
  }
}

export async function refuseLarge({ nodes, edges }: Picture, fix: string): Promise<void> {
  const { MOST_BOXES, MOST_LINES } = await import('../report/graph/layout.ts');
  if (nodes.length <= MOST_BOXES && edges.length <= MOST_LINES) return;
  const message = `a picture of ${nodes.length} boxes and ${edges.length} lines is too large to read`;
  throw new CliError({ code: 'CLI-SIZE', message, fix });
}
