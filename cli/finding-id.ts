import { catalogue } from '../checks/index.ts';
import type { ControlMetadata } from '../checks/check.ts';
import type { Report } from '../checks/report.ts';
import { suggest } from '../policy/suggestion.ts';
import { CliError } from './errors.ts';

/** The control that an id names, or of the finding that it names: no control has a colon in its id. */
export function controlOf(id: string): ControlMetadata {
  const name = id.split(':', 1)[0] ?? '';
  const control = catalogue.find((candidate) => candidate.id === name);
  if (control !== undefined) return control;
  const ids = catalogue.map((candidate) => candidate.id);
  throw new CliError({
    code: 'CLI-CONTROL',
    message: `there is no control "${name}"`,
    fix: suggest(name, ids, 'see "trefoil list".'),
  });
}

/** Where a finding was looked for. */
export interface Searched {
  /** `this estate`, or the file of a report. */
  readonly name: string;
  readonly asOf: string;
  readonly results: readonly { readonly id: string; readonly control: string; readonly verdict: string }[];
  readonly problems: Report['problems'];
}

/** Names of findings that an error lists. */
const MOST_NAMED = 3;

/** The error for an id that no finding has. */
export function findingNotFound(id: string, { name, asOf, results, problems }: Searched): CliError {
  const control = controlOf(id).id;
  const known = results.filter((result) => result.control === control && result.verdict !== 'pass');
  const ids = known.map((finding) => finding.id);
  const isPass = results.some((result) => result.id === id);
  // What could not be read may be what the finding is of.
  const unread = problems.map(({ path, what }) => `${path}: ${what}`)[0];
  const missing = `${name} has no finding "${id}"${unread === undefined ? '' : `, and ${unread}`}`;
  return new CliError({
    code: 'CLI-FINDING',
    message: isPass ? `${id} passes as of ${asOf}` : missing,
    fix: suggest(id, ids, fallback(control, ids)),
  });
}

function fallback(control: string, ids: readonly string[]): string {
  if (ids.length === 0)
    return `there is no finding of ${control} here: take the id from a report of the same paths and policy.`;
  const left = ids.length - MOST_NAMED;
  const named = ids.slice(0, MOST_NAMED).join(', ');
  return `of ${control} there is ${named}${left > 0 ? ` and ${left} more` : ''}.`;
}
