import { checks } from '../checks/index.ts';
import { delayOptimisation } from '../cli/engine.ts';
import { inBenchDirectory, judgeGenerated, loadGenerated, readGenerated, writeGenerated } from './generated.ts';
import { processorTime, startMarks } from './marks.ts';

/**
 * Prints, as JSON, how many milliseconds the controls of encryption and those of keys add to the judgement of a generated
 * estate, all other controls of which were judged before, and how many of the processor, which works beside on garbage
 * and on faster code. `npm run bench` runs it in a process of its own.
 */
delayOptimisation();
const resources = Number(process.argv[2] ?? '10000');
await inBenchDirectory(measure);

async function measure(root: string): Promise<void> {
  const { policyText } = writeGenerated(root, resources);
  const policy = loadGenerated(policyText);
  const estate = await readGenerated(root, () => undefined);
  judgeGenerated(
    checks.filter(({ family }) => family !== 'encryption'),
    estate,
    policy,
    policyText,
  );

  const { mark, times } = startMarks();
  const before = processorTime();
  let verdicts = 0;
  for (const [part, prefix] of [
    ['encryption', 'ENC-'],
    ['keys', 'KEY-'],
  ] as const) {
    const own = checks.filter(({ id }) => id.startsWith(prefix));
    verdicts += judgeGenerated(own, estate, policy, policyText).results.length;
    mark(part);
  }
  const processor = Math.round(processorTime() - before);
  process.stdout.write(`${JSON.stringify({ resources: estate.resources.length, ...times(), processor, verdicts })}\n`);
}
