import { resolve } from 'node:path';
import { POLICY_TEMPLATE } from '../policy/template.ts';
import { CliError } from './errors.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { pathExists } from './path-exists.ts';
import { writeOutputFile } from './output-file.ts';

/** Writes a commented policy for people to fill in. */
export async function init(
  { policy, force, quiet }: { readonly policy: string; readonly force: boolean; readonly quiet: boolean },
  io: Io,
): Promise<ExitCode> {
  if (!force && (await pathExists(resolve(io.cwd, policy)))) {
    throw new CliError({ code: 'CLI-EXISTS', message: `${policy} exists`, fix: 'Pass --force to replace it.' });
  }
  await writeOutputFile({ path: policy, parts: [POLICY_TEMPLATE] }, io.cwd, []);
  if (!quiet) await io.stderr.write(`trefoil: wrote ${policy}; fill it in, then run "trefoil check"\n`);
  return EXIT.ok;
}
