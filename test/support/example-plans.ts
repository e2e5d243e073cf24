import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Check, Example } from '../../checks/check.ts';
import { EXAMPLE_STACK_BASE } from '../../checks/example-policy.ts';
import { completed } from './example-completions.ts';
import type { StackJson } from './generated-state.ts';
import { isArray, type Json, type JsonRecord, jsonOf, recordOf, withoutValue, withValue } from './json-tree.ts';
import {
  type CommandResult,
  initialise,
  offlineCopy,
  planInitialised,
  REQUIREMENTS,
  writeRoot,
} from './offline-plan.ts';

const RECORDED = new URL('../fixtures/example-plans.json.gz', import.meta.url);

/** An example of a control, its stacks as Terraform can read them: with what the provider requires. */
export interface PlannableExample {
  /** `ENC-001 violating 1`. */
  readonly name: string;
  readonly control: string;
  readonly example: Example;
  readonly stacks: readonly ExampleStack[];
}

export interface ExampleStack {
  readonly name: string;
  /** As the example has it, over the base. */
  readonly written: JsonRecord;
  /** With what the provider requires. */
  readonly synthesised: JsonRecord;
  /** What Terraform is given. */
  readonly offline: JsonRecord;
  /** Of what Terraform is given: stacks that differ only in what no plan tells share one. */
  readonly digest: string;
}

/** What Terraform made of a stack: its plan, or why it refused. */
export type Recorded = { readonly plan: JsonRecord } | { readonly refused: readonly string[] };

export function plannableExamples(checks: readonly Check[]): readonly PlannableExample[] {
  return checks.flatMap(({ id, examples }) =>
    (['compliant', 'violating'] as const).flatMap((kind) =>
      examples[kind].map((example, index) => ({
        name: `${id} ${kind} ${index + 1}`,
        control: id,
        example,
        stacks: Object.entries(example.stacks).map(([name, stack]) => exampleStack(name, stack)),
      })),
    ),
  );
}

function exampleStack(name: string, json: object): ExampleStack {
  const written = recordOf(jsonOf({ ...EXAMPLE_STACK_BASE[name], ...json }));
  const synthesised = completed(written);
  const provider = synthesised['provider'] ?? { aws: [{}] };
  const stack: StackJson = JSON.parse(JSON.stringify({ ...synthesised, provider }));
  const offline = recordOf(jsonOf(offlineCopy(stack)));
  const digest = createHash('sha256').update(JSON.stringify(offline)).digest('hex').slice(0, 16);
  return { name, written, synthesised, offline, digest };
}

/** What came of the stacks when they were recorded, by digest. */
export function recordedExamples(): ReadonlyMap<string, Recorded> {
  const recorded: Readonly<Record<string, Recorded>> = JSON.parse(gunzipSync(readFileSync(RECORDED)).toString('utf8'));
  return new Map(Object.entries(recorded));
}

/**
 * Plans every stack of which nothing is recorded, some four seconds each, and keeps what comes of it, but for the
 * moment. Where the file is taken away, all are planned again.
 */
export async function recordExamples(
  stacks: readonly ExampleStack[],
  directory: string,
  mirror: string,
): Promise<void> {
  const earlier = existsSync(RECORDED) ? recordedExamples() : new Map<string, Recorded>();
  const recorded = new Map<string, Recorded>();
  await writeRoot(directory, { terraform: REQUIREMENTS });
  await initialise(directory, mirror);
  for (const { digest, offline } of stacks) {
    const kept = earlier.get(digest);
    if (kept !== undefined) recorded.set(digest, kept);
    if (recorded.has(digest)) continue;
    await writeRoot(directory, offline);
    const { plan, planJson } = await planInitialised(directory);
    recorded.set(
      digest,
      planJson === null
        ? { refused: reasons(plan) }
        : { plan: { ...recordOf(jsonOf(planJson)), timestamp: '2026-01-01T00:00:00Z' } },
    );
  }
  writeFileSync(RECORDED, gzipSync(JSON.stringify(Object.fromEntries(recorded)), { level: 9 }));
}

/** What Terraform says is wrong, but for what it says of the machine's network. */
function reasons({ diagnostics }: CommandResult): readonly string[] {
  const texts = diagnostics.map((text) =>
    text
      .replace(/(?<=request send failed), .*/s, '')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );
  return [...new Set(texts)].toSorted();
}

/**
 * The plan as it would be where AWS is: with the account of each provider, and its version, as the stack has them. It
 * was made by an older version, which knows all that the stack uses.
 */
export function asApplied(plan: JsonRecord, { synthesised }: ExampleStack): JsonRecord {
  const written = recordOf(synthesised['provider'])['aws'];
  const blocks = isArray(written) ? written.map(recordOf) : [];
  const required = recordOf(recordOf(recordOf(synthesised['terraform'])['required_providers'])['aws']);
  const configured = recordOf(recordOf(plan['configuration'])['provider_config']);
  let applied: Json = plan;
  for (const [key, node] of Object.entries(configured)) {
    const provider = recordOf(node);
    if (provider['name'] !== 'aws') continue;
    const at = ['configuration', 'provider_config', key];
    const { allowed_account_ids: accounts } =
      blocks.find(({ alias = null }) => alias === (provider['alias'] ?? null)) ?? {};
    const account = [...at, 'expressions', 'allowed_account_ids'];
    applied = withValue(applied, [...at, 'version_constraint'], required['version'] ?? null);
    applied =
      accounts === undefined
        ? withoutValue(applied, account)
        : withValue(applied, account, { constant_value: accounts });
  }
  return recordOf(applied);
}
