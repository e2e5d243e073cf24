import type { JsonObject } from '../json/json.ts';
import { inputErrorAt } from '../json/location.ts';
import { textField } from './json-fields.ts';
import type { ConfiguredModule } from './plan-configuration.ts';
import type { PlanDocument } from './plan-document.ts';

/** A managed block that no object of the plan is an instance of. */
export interface MissingBlock {
  readonly address: string;
  readonly node: JsonObject;
  readonly type: string;
  readonly name: string;
  /** False where a block or module call around it has `count` or `for_each`, so that it may have no instance. */
  readonly isCertain: boolean;
}

/**
 * Refuses a plan that has nothing of a resource that the configuration makes for certain. `complete` says the same
 * where a version of Terraform writes it; OpenTofu does not.
 */
export function partialPlan(plan: PlanDocument, root: ConfiguredModule): void {
  const missing = missingBlocks(plan, root).find(({ isCertain }) => isCertain);
  if (missing === undefined) return;
  throw inputErrorAt(plan.input.document, missing.node.offset, {
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
  const there = new Set(plan.objects.filter(({ hasAfter }) => hasAfter).map(configuredAddress));
  const missing: MissingBlock[] = [];
  const open = [{ prefix: '', module: root, isCertain: true }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { prefix, module, isCertain } = next;
    for (const [local, block] of module.blocks) {
      const address = `${prefix}${local}`;
      if (there.has(address) || textField(block, 'mode') !== 'managed') continue;
      missing.push({
        address,
        node: block,
        type: textField(block, 'type') ?? '',
        name: textField(block, 'name') ?? '',
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
  return missing;
}

/** An address without the keys of its instances: what of it the configuration has. */
function configuredAddress({ moduleAddress, mode, type, name }: PlanDocument['objects'][number]): string {
  const local = `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
  return moduleAddress === '' ? local : `${withoutKeys(moduleAddress)}.${local}`;
}

/** Keys are numbers or strings of Terraform's language, where a quote is written `\"`. */
function withoutKeys(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, '');
}
