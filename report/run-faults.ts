import type { Report } from '../checks/report.ts';
import type { SourceLocation } from '../model/source.ts';
import { otherReasons } from './conclusion.ts';

/** Why a run is no pass whatever its results say: something was not looked at, or an exception was refused. */
export interface RunFault {
  readonly kind: 'incomplete' | 'refused';
  /** `IN-PARSE`, `PO-EXPIRED`; `incomplete` where no file is at fault. */
  readonly code: string;
  readonly place: SourceLocation | null;
  /** What, why and what to do. */
  readonly text: string;
}

/** What a report holds of them, so that no format lists its results and forgets these. Empty for a whole run. */
export function runFaults(report: Report): readonly RunFault[] {
  return [
    ...otherReasons(report).map((text): RunFault => ({ kind: 'incomplete', code: 'incomplete', place: null, text })),
    ...report.problems.map(({ code, path, location, what, why, fix }): RunFault => {
      const place = location ?? { file: path, line: 1, column: 1 };
      return { kind: 'incomplete', code, place, text: `${what}; ${why}. ${fix}` };
    }),
    ...report.exceptionProblems.map(({ code, location, what, why, fix }): RunFault => {
      return { kind: 'refused', code, place: location, text: `${what}; ${why}. ${fix}` };
    }),
  ];
}
