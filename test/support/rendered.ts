import type { Report } from '../../checks/report.ts';
import type { Reporter, ReporterOptions } from '../../report/reporter.ts';

/** The whole of an output. */
export function rendered(reporter: Reporter, report: Report, options: ReporterOptions): string {
  return [...reporter(report, options)].join('');
}
