import { Chalk } from 'chalk';
import { checks } from '../checks/index.ts';
import type { Report } from '../checks/report.ts';
import { delayOptimisation } from '../cli/engine.ts';
import { appendixOf } from '../report/appendix-of.ts';
import { reporters } from '../report/index.ts';
import { inBenchDirectory, judgeGenerated, loadGenerated, readGenerated, writeGenerated } from './generated.ts';
import { processorTime, startMarks } from './marks.ts';

/**
 * Prints, as JSON, how many milliseconds of the processor every format takes after the judgement of a generated estate, and
 * the memory that all of them take over it. With a number of findings and one of passes the report has so many alone.
 */
delayOptimisation();
const resources = Number(process.argv[2] ?? '1000');
const [findings, passes] = process.argv.slice(3).map(Number);
await inBenchDirectory(measure);

async function measure(root: string): Promise<void> {
  const { policyText } = writeGenerated(root, resources);
  const policy = loadGenerated(policyText);
  const estate = await readGenerated(root, () => undefined);
  const report = cut(judgeGenerated(checks, estate, policy, policyText));
  const before = peak();
  const { mark, times } = startMarks(processorTime);
  const appendix = appendixOf({ estate, policy, asOf: report.asOf, attestations: [], exceptions: [] }, report, null);
  mark('appendix');
  const options = {
    width: 100,
    charset: 'unicode',
    frames: new Map<string, string>(),
    quiet: false,
    appendix,
  } as const;
  let characters = 0;
  for (const [format, reporter] of Object.entries(reporters)) {
    for (const part of reporter(report, { ...options, colour: new Chalk({ level: 0 }) })) characters += part.length;
    mark(format);
  }
  const row = {
    verdicts: report.results.length,
    findings: report.results.filter(({ verdict }) => verdict !== 'pass').length,
    ...times(),
    'more MB': peak() - before,
    'output MB': Number((characters / 1e6).toFixed(1)),
  };
  process.stdout.write(`${JSON.stringify(row)}\n`);
}

/** The report with so many of its findings and passes, in its order. */
function cut(report: Report): Report {
  if (findings === undefined || passes === undefined) return report;
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

function peak(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}
