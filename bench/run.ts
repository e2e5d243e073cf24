import { checks } from '../checks/index.ts';
import { delayOptimisation } from '../cli/engine.ts';
import { inBenchDirectory, judgeGenerated, loadGenerated, readGenerated, writeGenerated } from './generated.ts';
import { startMarks } from './marks.ts';

/**
 * Prints, as JSON, how many milliseconds a whole judgement of a generated estate takes, part by part, and the peak
 * memory of the process. `npm run bench` runs it for estates of several sizes, each in a process of its own.
 */
delayOptimisation();
const resources = Number(process.argv[2] ?? '1000');
await inBenchDirectory(measure);

async function measure(root: string): Promise<void> {
  const { bytes, policyText } = writeGenerated(root, resources);
  const { mark, times } = startMarks();
  const policy = loadGenerated(policyText);
  mark('policy');
  const estate = await readGenerated(root, mark);
  const report = judgeGenerated(checks, estate, policy, policyText);
  mark('check');
  const row = {
    resources: estate.resources.length,
    'input MB': Number((bytes / 1e6).toFixed(1)),
    ...times(),
    'peak MB': Math.round(process.resourceUsage().maxRSS / 1024),
    verdicts: report.results.length,
  };
  process.stdout.write(`${JSON.stringify(row)}\n`);
}
