import { checks } from '../checks/index.ts';
import type { Context } from '../checks/check.ts';
import type { Report } from '../checks/report.ts';
import { judgeGenerated, loadGenerated, readGenerated, writeGenerated } from './generated.ts';

export interface LargeReport {
  readonly context: Context;
  readonly report: Report;
}

/** How many findings and passes of a report to keep. */
export interface Share {
  readonly findings: number;
  readonly passes: number;
}

/** The report on a generated estate that is written below a directory. */
export async function largeReport(root: string, resources: number, share: Share | null): Promise<LargeReport> {
  const { policyText } = writeGenerated(root, resources);
  const policy = loadGenerated(policyText);
  const estate = await readGenerated(root, () => undefined);
  const report = judgeGenerated(checks, estate, policy, policyText);
  return {
    context: { estate, policy, asOf: report.asOf, attestations: [], exceptions: [] },
    report: share === null ? report : cut(report, share),
  };
}

/** What the arguments of a program ask for. */
export function shareOf([findings, passes]: readonly string[]): Share | null {
  return findings === undefined || passes === undefined ? null : { findings: Number(findings), passes: Number(passes) };
}

/** The report with so many of its findings and passes, in its order. */
function cut(report: Report, { findings, passes }: Share): Report {
  const left = { finding: findings, pass: passes };
  const results = report.results.filter(({ verdict }) => {
    const kind = verdict === 'pass' ? 'pass' : 'finding';
    left[kind] -= 1;
    return left[kind] >= 0;
  });
  if (results.length < findings + passes) throw new TypeError('the estate is too small for so many');
  const count = (verdict: string): number => results.filter((result) => result.verdict === verdict).length;
  return {
    ...report,
    results,
    summary: { ...report.summary, pass: count('pass'), fail: count('fail'), unproven: count('unproven') },
  };
}
