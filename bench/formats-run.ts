import { Chalk } from 'chalk';
import { delayOptimisation } from '../cli/engine.ts';
import { appendixOf } from '../report/appendix-of.ts';
import { reporters } from '../report/index.ts';
import { inBenchDirectory } from './generated.ts';
import { largeReport, shareOf } from './large-report.ts';
import { processorTime, startMarks } from './marks.ts';

/**
 * Prints, as JSON, how many milliseconds every format takes after the judgement of a generated estate, how many of the
 * processor all of them, and the memory over it. With a number of findings and one of passes the report has so many alone.
 */
delayOptimisation();
const resources = Number(process.argv[2] ?? '1000');
const share = shareOf(process.argv.slice(3));
await inBenchDirectory(measure);

async function measure(root: string): Promise<void> {
  const { context, report } = await largeReport(root, resources, share);
  const before = peak();
  const { mark, times } = startMarks();
  const start = processorTime();
  const appendix = appendixOf(context, report, null);
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
    processor: Math.round(processorTime() - start),
    'more MB': peak() - before,
    'output MB': Number((characters / 1e6).toFixed(1)),
  };
  process.stdout.write(`${JSON.stringify(row)}\n`);
}

function peak(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}
