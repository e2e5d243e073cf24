import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What Terraform makes of an expression: its JSON text, or that it refuses it. */
export type ConsoleResult = { readonly json: string } | { readonly error: true };

/** True when a `terraform` is on the path. */
export function hasTerraform(): boolean {
  return spawnSync('terraform', ['version'], { env: environment() }).status === 0;
}

/**
 * Evaluates the expressions with the real `terraform console`, offline and in an empty directory. A piped console
 * prints only its last result, so many expressions go into one list; `try` catches what Terraform refuses. What no
 * `try` catches, such as bad syntax, is found by halving the list.
 */
export function evaluateInConsole(expressions: readonly string[]): readonly ConsoleResult[] {
  const directory = mkdtempSync(join(tmpdir(), 'trefoil-console-'));
  const results: ConsoleResult[] = [];
  try {
    for (let start = 0; start < expressions.length; start += BATCH) {
      results.push(...evaluateBatch(expressions.slice(start, start + BATCH), directory));
    }
    return results;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const BATCH = 250;
const REFUSED = 'refused';

function evaluateBatch(expressions: readonly string[], directory: string): readonly ConsoleResult[] {
  const attempts = expressions.map((expression) => `try(jsonencode([${expression}]), "${REFUSED}")`);
  const { stdout } = spawnSync('terraform', ['console', '-no-color'], {
    cwd: directory,
    env: environment(),
    // In Base64 no quoting of the console's own stands between its output and the value.
    input: `base64encode(jsonencode([${attempts.join(', ')}]))\n`,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const [, encoded] = /^"([A-Za-z0-9+/=]+)"$/m.exec(stdout) ?? [];
  if (encoded !== undefined) return readResults(Buffer.from(encoded, 'base64').toString('utf8'));
  if (expressions.length === 1) return [{ error: true }];
  const half = Math.ceil(expressions.length / 2);
  return [
    ...evaluateBatch(expressions.slice(0, half), directory),
    ...evaluateBatch(expressions.slice(half), directory),
  ];
}

function readResults(text: string): readonly ConsoleResult[] {
  const results: unknown = JSON.parse(text);
  if (!Array.isArray(results)) throw new Error(`terraform console printed ${text}`);
  return results.map((json: unknown) => (json === REFUSED ? { error: true } : { json: String(json) }));
}

function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], TF_CLI_CONFIG_FILE: '/dev/null', CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };
}

/** The first line of `terraform version`, for reports of where a recording comes from. */
export function terraformVersion(): string {
  const output = execFileSync('terraform', ['version'], { env: environment(), encoding: 'utf8' });
  return output.split('\n')[0] ?? '';
}
