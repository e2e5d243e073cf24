import { json } from './json.ts';
import type { Reporter } from './reporter.ts';
import { sarif, sarifFindings } from './sarif.ts';
import { text } from './text.ts';

/** Every format by the name that `--format` takes. */
export const reporters = {
  text,
  json,
  sarif,
  'sarif-findings': sarifFindings,
} as const satisfies Record<string, Reporter>;

export type Format = keyof typeof reporters;
