import { classificationOf } from '../checks/classification.ts';
import { checks } from '../checks/index.ts';
import { delayOptimisation } from '../cli/engine.ts';
import { EstateView } from '../model/estate-view.ts';
import { flowsOf } from '../proofs/flows/flows.ts';
import { unlistedFlows } from '../proofs/flows/scan.ts';
import { inBenchDirectory, judgeGenerated, loadGenerated, readGenerated, writeGenerated } from './generated.ts';
import { processorTime, startMarks } from './marks.ts';

/** Controls that judge flows, of the table or of the search. */
const OVER_FLOWS = new Set(['RES-005', 'RES-006', 'RES-010', 'RES-011', 'RES-013', 'RES-014']);

/**
 * Prints, as JSON, how many milliseconds classification and the controls over flows, with the three layers of flows that
 * they ask for, add to the judgement of a generated estate, all other controls of which were judged before, and how many
 * of the processor, which works beside on garbage and on faster code; and what the layers take by themselves and what the
 * other residency controls take. `npm run bench` runs it in a process of its own.
 */
delayOptimisation();
const resources = Number(process.argv[2] ?? '10000');
await inBenchDirectory(measure);

async function measure(root: string): Promise<void> {
  const { policyText } = writeGenerated(root, resources);
  const policy = loadGenerated(policyText);
  const estate = await readGenerated(root, () => undefined);
  const isResidency = ({ id }: { readonly id: string }): boolean => id.startsWith('RES-');
  judgeGenerated(
    checks.filter((check) => !isResidency(check)),
    estate,
    policy,
    policyText,
  );

  const { mark, times } = startMarks();
  const before = processorTime();
  const classes = estate.resources.map(({ type }) => classificationOf(type, policy.resourceTypes)?.classes ?? []);
  mark('classify');
  const overFlows = checks.filter(({ id }) => OVER_FLOWS.has(id));
  const { results } = judgeGenerated(overFlows, estate, policy, policyText);
  mark('controls');
  const added = { ...times(), processor: Math.round(processorTime() - before) };
  // A run looks at a view of the estate, for which nothing is known yet.
  const view = new EstateView(estate);
  const again = startMarks();
  const listed = flowsOf(view);
  again.mark('table');
  const unlisted = [...unlistedFlows(view).values()].flat();
  again.mark('search');
  const { table, search } = again.times();
  const rest = startMarks();
  const others = checks.filter((check) => isResidency(check) && !OVER_FLOWS.has(check.id));
  judgeGenerated(others, estate, policy, policyText);
  rest.mark('all');
  const row = {
    resources: estate.resources.length,
    ...added,
    table,
    search,
    'other RES': rest.times()['total'],
    stores: classes.filter((own) => own.includes('stores')).length,
    flows: listed.length + unlisted.length,
    verdicts: results.length,
  };
  process.stdout.write(`${JSON.stringify(row)}\n`);
}
