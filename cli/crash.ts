import { visible } from '../report/escape.ts';
import { errorLine } from './errors.ts';

/** What a defect of ours looks like on stderr; the stack only where somebody asked for it. */
export function crashText(error: unknown, withStack: boolean): string {
  const message = error instanceof Error ? error.message : String(error);
  const line = errorLine(
    'CLI-CRASH',
    `trefoil crashed, and there is no verdict: ${message}`,
    'Report it with the output of --debug.',
  );
  if (!withStack || !(error instanceof Error)) return line;
  return `${line}${stackOf(error)}`;
}

function stackOf(error: Error): string {
  const lines = (error.stack ?? '').split('\n').map((text) => `${visible(text)}\n`);
  return `${lines.join('')}${error.cause instanceof Error ? `caused by ${stackOf(error.cause)}` : ''}`;
}
