import type { Check, Example } from '../../checks/check.ts';
import { EXAMPLE_STACK_BASE } from '../../checks/example-policy.ts';
import chg001 from '../../checks/integrity/chg-001-complete-population.ts';
import chg002 from '../../checks/integrity/chg-002-visible-escape-hatches.ts';
import type { Result } from '../../checks/report.ts';
import type { Estate } from '../../model/estate.ts';
import { parseEstate } from '../../model/synth/estate.ts';
import { loadStack, type StackFile } from '../../model/synth/stack-files.ts';
import type { Policy } from '../../policy/policy.ts';
import { afterPlan, judgeEstate, policyOf } from '../../checks/example-estate.ts';
import { type Json, jsonOf, recordOf, valueAt } from './json-tree.ts';
import {
  ADDED,
  argumentMutants,
  argumentsOf,
  type BlockAt,
  blocksOf,
  intoModule,
  type Mutant,
  nameOf,
  type Operator,
  refersTo,
  withIgnoredChanges,
  withoutBlock,
  withSecond,
  withUnknownCount,
} from './mutations.ts';
import { type Argument, recordingEstate, type Stacks } from './recording-estate.ts';

/** What became of one mutant. */
export interface Trial {
  readonly control: string;
  readonly operator: Operator;
  readonly at: string;
  readonly killed: boolean;
  readonly stacks: Stacks;
}

/** What an example gives beside the stacks that are mutated. */
interface Given {
  readonly policy: Policy;
  readonly plan: Example['plan'];
}

/** The operators after which a second resource contradicts the first. */
const CONTRADICTIONS = ['flip', 'drop', 'wrong-place', 'wildcard-principal', 'unknown'] as const;

/** Applies every operator to what the check reads of a compliant example. */
export function tryMutants(check: Check, example: Example): readonly Trial[] {
  const stacks = stacksOf(example);
  const given = { policy: policyOf(example), plan: example.plan };
  const { read: looked, results } = recorded(check, stacks, given);
  if (results.length === 0 || results.some(isCatch)) throw new TypeError(`${check.id} does not pass its example`);
  const read = [...looked.values()];
  const subjects = new Set(results.map(({ subject }) => blockKeyOf(subject)));
  const trial = (mutant: Pick<Mutant, 'operator' | 'at' | 'stacks'>, killed: boolean): Trial => ({
    control: check.id,
    operator: mutant.operator,
    at: mutant.at,
    killed,
    stacks: mutant.stacks,
  });
  const isCaught = (mutated: Stacks): boolean => judged([check], mutated, given).some(isCatch);
  const blocks = blocksOf(stacks);
  const companions = blocks.filter(
    (block) =>
      !subjects.has(keyOf(block)) &&
      read.some((argument) => isWithin(argument, block) || refersTo(stacks, argument, block)),
  );

  const onArguments = read.flatMap((argument) =>
    argumentMutants(stacks, argument).map((mutant) => ({
      argument,
      mutant,
      killed: mutant.before === null ? isCaught(mutant.stacks) : isNewlyCaught(check, mutant, given),
    })),
  );
  const onCompanions = onArguments.flatMap(({ argument, mutant, killed }) => {
    const operator = CONTRADICTIONS.find((candidate) => candidate === mutant.operator);
    const companion = companions.find((block) => isWithin(argument, block));
    if (!killed || operator === undefined || companion === undefined) return [];
    // Without what ties it to its subject, a second companion contradicts nothing.
    const json = stacks[argument.stack] ?? null;
    if (JSON.stringify(valueAt(json, argument.path)).includes('${')) return [];
    const both = withSecond(stacks, companion, argument, operator);
    if (both === null) return [];
    return [trial({ operator: 'conflicting-companion', at: mutant.at, stacks: both }, isCaught(both))];
  });
  return [
    ...onArguments.map(({ mutant, killed }) => trial(mutant, killed)),
    ...onCompanions,
    ...companions.flatMap((block) => {
      const deleted = withoutBlock(stacks, block);
      const counted = withUnknownCount(stacks, block);
      return [
        trial({ operator: 'delete', at: nameOf(block), stacks: deleted }, isCaught(deleted)),
        trial({ operator: 'unknown-count', at: nameOf(block), stacks: counted }, isCaught(counted)),
      ];
    }),
    ...blocks
      .filter(({ path }) => path[0] === 'resource')
      .flatMap((block) => {
        const moved = intoModule(stacks, block);
        const counted = withUnknownCount(stacks, block);
        return [
          trial({ operator: 'into-module', at: nameOf(block), stacks: moved }, isStopped(check, moved, given)),
          // A subject that exists complies, whatever their number; that it is not known must show in the report.
          ...(subjects.has(keyOf(block))
            ? [
                trial(
                  { operator: 'unknown-count', at: nameOf(block), stacks: counted },
                  isStopped(check, counted, given),
                ),
              ]
            : []),
        ];
      }),
    ...ignoredChanges(stacks, read, given).map(({ mutant, killed }) => trial(mutant, killed)),
    ...Object.keys(stacks).map((stack) =>
      trial(
        { operator: 'override-file', at: 'stack', stacks },
        judgeEstate([check], estateWith(stacks, given, stack), given.policy).problems.some(
          ({ code }) => code === 'IN-OVERRIDE',
        ),
      ),
    ),
  ];
}

/** Arguments of an example that none of the checks reads, mutated, and the verdicts that this changes. */
export function falseAlarms(
  checks: readonly Check[],
  example: Example,
): { readonly tried: number; readonly alarms: readonly string[] } {
  const stacks = stacksOf(example);
  const given = { policy: policyOf(example), plan: example.plan };
  const readers = checks.map((check) => {
    const { read, results } = recorded(check, stacks, given);
    return { check, read, verdicts: verdictsOf(results) };
  });
  let tried = 0;
  const alarms = argumentsOf(stacks).flatMap((argument) => {
    // Whoever reads a list knows of its items, whether or not it looks into them.
    const isItem = typeof argument.path.at(-1) === 'number';
    const list = { stack: argument.stack, path: argument.path.slice(0, -1) };
    const isUnread = readers.filter(
      ({ read }) =>
        !(isItem && read.has(keyOf(list))) && ![...read.values()].some((other) => isWithin(other, argument)),
    );
    if (isUnread.length === 0) return [];
    return argumentMutants(stacks, argument)
      .filter(({ operator }) => operator !== 'retarget')
      .flatMap(({ operator, at, stacks: mutated }) => {
        tried += isUnread.length;
        const unread = isUnread.map(({ check }) => check);
        const results = judged(unread, mutated, given);
        return isUnread
          .filter(
            ({ check, verdicts }) => verdictsOf(results.filter(({ control }) => control === check.id)) !== verdicts,
          )
          .map(({ check }) => `${check.id}: ${operator} of ${at}`);
      });
  });
  return { tried, alarms };
}

function stacksOf({ stacks }: Example): Stacks {
  return Object.fromEntries(
    Object.entries(stacks).map(([name, json]) => [name, jsonOf({ ...EXAMPLE_STACK_BASE[name], ...json })]),
  );
}

/** Every argument that the check looks at, and what it says. */
function recorded(
  check: Check,
  stacks: Stacks,
  given: Given,
): { readonly read: ReadonlyMap<string, Argument>; readonly results: readonly Result[] } {
  const read = new Map<string, Argument>();
  const estate = recordingEstate(estateWith(stacks, given), stacks, (argument) => read.set(keyOf(argument), argument));
  return { read, results: judgeEstate([check], estate, given.policy).results };
}

/** Drift that stays in what the check reads must be seen, by whichever control. */
function ignoredChanges(
  stacks: Stacks,
  read: readonly Argument[],
  given: Given,
): readonly { readonly mutant: Mutant; readonly killed: boolean }[] {
  return blocksOf(stacks)
    .filter(({ path }) => path[0] === 'resource')
    .flatMap((block) => {
      const names = new Set(
        read.filter((argument) => isWithin(argument, block)).map(({ path }) => String(path[block.path.length])),
      );
      return [['all', ...names].map((name): readonly [string, Json] => [name, name === 'all' ? 'all' : [name]])]
        .flat()
        .map(([name, ignored]) => {
          const mutated = withIgnoredChanges(stacks, block, ignored);
          const results = judgeEstate([chg002], estateWith(mutated, given), given.policy).results;
          const at = name === 'all' ? nameOf(block) : `${nameOf(block)} ${name}`;
          const killed = results.some(
            ({ verdict, subject }) => verdict === 'fail' && blockKeyOf(subject) === keyOf(block),
          );
          return { mutant: { operator: 'ignore-changes' as const, at, stacks: mutated, before: null }, killed };
        });
    });
}

/** Results about what the estate had before; a mutation adds resources that may fail for themselves. */
function judged(checks: readonly Check[], stacks: Stacks, given: Given): readonly Result[] {
  return judgeEstate(checks, estateWith(stacks, given), given.policy).results.filter(
    ({ subject }) => !subject.address.includes(ADDED),
  );
}

/** Caught, and not for what the operator added alone. */
function isNewlyCaught(check: Check, { stacks, before }: Mutant, given: Given): boolean {
  const caught = (mutated: Stacks): readonly string[] =>
    judgeEstate([check], estateWith(mutated, given), given.policy)
      .results.filter(isCatch)
      .map(({ id }) => id);
  const known = new Set(before === null ? [] : caught(before));
  return caught(stacks).some((id) => !known.has(id));
}

function isCatch({ verdict }: Result): boolean {
  return verdict === 'fail' || verdict === 'unproven';
}

/** Caught by the check, or the report says that it is not complete. */
function isStopped(check: Check, stacks: Stacks, given: Given): boolean {
  const { complete, results } = judgeEstate([...new Set([check, chg001])], estateWith(stacks, given), given.policy);
  return !complete || results.some(isCatch);
}

function verdictsOf(results: readonly Result[]): string {
  return results.map(({ id, verdict }) => `${id} ${verdict}`).join('\n');
}

/** The estate as the program would load it; `overridden` names a stack with an override file beside it. */
function estateWith(stacks: Stacks, { plan }: Given, overridden?: string): Estate {
  const loads = Object.entries(stacks).map(([name, json]) => {
    const files = [fileOf(`${name}/cdk.tf.json`, json)];
    if (name === overridden)
      files.push(fileOf(`${name}/z_override.tf.json`, { resource: recordOf(json)['resource'] ?? {} }));
    return loadStack({ name, directory: name, files, otherNames: [] });
  });
  const after = parseEstate({
    stacks: loads.flatMap((load) => (load.kind === 'loaded' ? [load.input] : [])),
    problems: loads.flatMap((load) => (load.kind === 'refused' ? load.problems : [])),
    declaredStacks: Object.keys(stacks),
  });
  return afterPlan(after, plan);
}

function fileOf(path: string, json: Json): StackFile {
  return { path, bytes: new TextEncoder().encode(JSON.stringify(json)), sha256: '0'.repeat(64) };
}

function isWithin({ stack, path }: Argument, block: BlockAt): boolean {
  return stack === block.stack && block.path.every((step, index) => path[index] === step);
}

function keyOf({ stack, path }: BlockAt): string {
  return JSON.stringify([stack, ...path]);
}

function blockKeyOf({ kind, stack, address }: Result['subject']): string {
  return kind === 'resource' ? blockKey({ stack, address }) : '';
}

function blockKey({ stack, address }: { readonly stack: string | null; readonly address: string }): string {
  const isData = address.startsWith('data.');
  const [type, name] = address.replace(/^data\./, '').split(/[.[]/);
  return JSON.stringify([stack, isData ? 'data' : 'resource', type, name]);
}
