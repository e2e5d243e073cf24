import { csv } from './csv.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { page } from './html/page.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { oscalPlan } from './oscal/assessment-plan.ts';
import { oscal } from './oscal/assessment-results.ts';
import { oscalPoam } from './oscal/poam.ts';
import type { Reporter } from './reporter.ts';
import { sarif, sarifFindings } from './sarif.ts';
import { text } from './text.ts';

/** Every format by the name that `--format` takes. */
export const reporters = {
  text,
  json,
  sarif,
  'sarif-findings': sarifFindings,
  junit,
  github,
  gitlab,
  markdown,
  csv,
  html: page,
  oscal,
  'oscal-plan': oscalPlan,
  'oscal-poam': oscalPoam,
} as const satisfies Record<string, Reporter>;

export type Format = keyof typeof reporters;
