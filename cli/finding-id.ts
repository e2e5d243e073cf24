import { catalogue } from '../checks/index.ts';
import type { ControlMetadata } from '../checks/check.ts';
import { findings, type Report } from '../checks/report.ts';
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

/** The error for an id that no finding of a report has. */
export function findingNotFound(id: string, report: Report): CliError {
  const { asOf, results } = report;
  const known = findings(report).map((finding) => finding.id);
  const isPass = results.some((result) => result.id === id);
  // What could not be read may be what the finding is of.
  const unread = report.problems.map(({ path, what }) => `${path}: ${what}`)[0];
  const missing = `this estate has no finding "${id}"${unread === undefined ? '' : `, and ${unread}`}`;
  return new CliError({
    code: 'CLI-FINDING',
    message: isPass ? `${id} passes as of ${asOf}` : missing,
    fix: suggest(id, known, 'take the id from a report of the same paths and policy.'),
  });
}
