import type { JsonObject } from '../json/json.ts';
import { inputErrorAt } from '../json/location.ts';
import { inconsistent } from './plan-complaints.ts';
import type { ConfiguredModule } from './plan-configuration.ts';
import type { PlanDocument } from './plan-document.ts';
import type { PlannedObject } from './planned-object.ts';

/** A managed block; missing where no object of the plan is an instance of it. */
export interface MissingBlock {
  readonly address: string;
  readonly node: JsonObject;
  readonly type: string;
  readonly name: string;
  /** False where a block or module call around it has `count` or `for_each`, so that it may have no instance. */
  readonly isCertain: boolean;
}

/**
 * Refuses a plan that has nothing of a resource that the configuration makes for certain, or that makes one which the
 * configuration has not. `complete` says the first where a version of Terraform writes it; OpenTofu does not.
 */
export function partialPlan(plan: PlanDocument, root: ConfiguredModule): void {
  const { document } = plan.input;
  const configured = new Set(blocksOf(root).map(({ address }) => address));
  const stray = plan.objects.find((object) => makesManaged(object) && !configured.has(configuredAddress(object)));
  if (stray !== undefined) {
    const { address, offset } = stray;
    throw inputErrorAt(document, offset, inconsistent(address, 'resource_changes', 'configuration'));
  }
  // What destroys all may find that a resource was never there.
  if (plan.saysComplete && destroysAll(plan)) return;
  const missing = missingBlocks(plan, root).find(({ isCertain }) => isCertain);
  if (missing === undefined) return;
  throw inputErrorAt(document, missing.node.offset, {
    code: 'PLAN-PARTIAL',
    what: `the configuration has ${JSON.stringify(missing.address)}, and the plan does not`,
    why: 'what -target, -exclude or a deferral leaves out is not judged',
    fix: 'Plan again without -target and -exclude.',
  });
}

/** Blocks without instances: none where the plan is known to be whole, else perhaps some that it leaves out. */
export function notShown(
  plan: PlanDocument,
  root: ConfiguredModule,
): { readonly symbolic: readonly MissingBlock[]; readonly empty: readonly MissingBlock[] } {
  const missing = missingBlocks(plan, root);
  return plan.saysComplete ? { symbolic: [], empty: missing } : { symbolic: missing, empty: [] };
}

function missingBlocks(plan: PlanDocument, root: ConfiguredModule): readonly MissingBlock[] {
  const isThere = destroysAll(plan) ? () => true : ({ hasAfter }: PlannedObject) => hasAfter;
  const there = new Set(plan.objects.filter(isThere).map(configuredAddress));
  return blocksOf(root).filter(({ address }) => !there.has(address));
}

/** The managed blocks of a module and of those that it calls. */
function blocksOf(root: ConfiguredModule): readonly MissingBlock[] {
  const blocks: MissingBlock[] = [];
  const open = [{ prefix: '', module: root, isCertain: true }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { prefix, module, isCertain } = next;
    for (const [local, block] of module.blocks) {
      if (!block.isManaged) continue;
      const [type = '', name = ''] = local.split('.');
      blocks.push({
        address: `${prefix}${local}`,
        node: block,
        type,
        name,
        isCertain: isCertain && block.count === null && block.forEach === null,
      });
    }
    for (const [name, { module: called, count, forEach }] of module.calls) {
      open.push({
        prefix: `${prefix}module.${name}.`,
        module: called,
        isCertain: isCertain && count === null && forEach === null,
      });
    }
  }
  return blocks;
}

/** Whether something is there after the apply that Terraform manages. */
function makesManaged({ mode, hasAfter }: PlannedObject): boolean {
  return mode === 'managed' && hasAfter;
}

/** A plan made with `-destroy`. */
function destroysAll({ objects }: PlanDocument): boolean {
  return !objects.some(makesManaged);
}

/** An address without the keys of its instances: what of it the configuration has. */
function configuredAddress({ moduleAddress, mode, type, name }: PlannedObject): string {
  const local = `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
  return moduleAddress === '' ? local : `${withoutKeys(moduleAddress)}.${local}`;
}

/** Keys are numbers or strings of Terraform's language, where a quote is written `\"`. */
function withoutKeys(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, '');
}
