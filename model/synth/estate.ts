import { partitionOf } from '../aws/jurisdictions.ts';
import type { Backend, Estate, Stack } from '../estate.ts';
import { formatProblem, InputError, type InputProblem } from '../input-error.ts';
import { JoinedEstate } from '../joined-estate.ts';
import { accountOf } from '../place.ts';
import { type PlanDocument, type PlanFile, readPlan } from '../plan/plan-document.ts';
import { PlanStack, type PlanSurroundings } from '../plan/plan-stack.ts';
import type { Resource } from '../resource.ts';
import type { SourceLocation } from '../source.ts';
import {
  asString,
  isHidden,
  NULL,
  type ReferenceValue,
  string,
  unknown,
  type UnknownReason,
  type Value,
} from '../value.ts';
import { EvaluationGuard } from '../evaluation-guard.ts';
import { declarationsOf, type StackDeclarations, type StackInput } from './stack-declarations.ts';
import { readsOwnWorkspace, stateReadBy } from './state-location.ts';
import { SynthStack } from './synth-stack.ts';

const CROSS_STACK_PREFIX = 'cross-stack-reference-input-';

export interface EstateInput {
  readonly stacks: readonly StackInput[];
  /** Plans of stacks. Where a stack is among the synthesised ones too, its plan is what the estate has. */
  readonly plans?: readonly PlanFile[];
  /** Problems that reading had already; parsing adds its own. */
  readonly problems: readonly InputProblem[];
  /** Names of the stacks that there were to read. */
  readonly declaredStacks: readonly string[];
}

/** A stack while the estate is put together, whatever it was read from. */
interface OpenStack {
  readonly name: string;
  readonly backend: Backend;
  find(address: string): Resource | null;
  /** The value of an output. */
  output(name: string): Value;
  toStack(): Stack;
}

type Opening = (surroundings: PlanSurroundings) => OpenStack;

/**
 * Joins synthesised stacks and plans into one estate. Input that cannot be read becomes a problem of the estate, never
 * an exception, so that the rest is still judged and the run ends incomplete.
 */
export function parseEstate({ stacks, plans = [], problems, declaredStacks }: EstateInput): Estate {
  const found: InputProblem[] = [...problems];
  const declared = new Map<string, StackDeclarations>();
  for (const input of stacks) {
    const declarations = read(input, found);
    if (declarations === null) continue;
    found.push(...declarations.problems);
    if (declared.has(input.name)) found.push(twice(input, declarations.location));
    else declared.set(input.name, declarations);
  }
  const synthesised = Array.from(declared, ([name, declarations]) => [name, opening(declarations)] as const);
  const planned = readPlans(plans, found);
  // What was synthesised is joined on its own, and lends the plans of the same stacks what they do not show.
  const twinProblems: InputProblem[] = [];
  const hasTwins = synthesised.some(([name]) => planned.has(name));
  const twins = hasTwins ? join(new Map(synthesised), twinProblems) : new Map<string, Stack>();
  const openings = new Map(synthesised.filter(([name]) => !planned.has(name)));
  for (const [name, plan] of planned) {
    // A plan that is refused leaves no stack: what was synthesised is not what would be applied.
    if (plan !== null) openings.set(name, (around) => new PlanStack(plan, around, twins.get(name) ?? null));
  }
  const built = join(openings, found);
  found.push(
    ...twinProblems.filter((problem) => !found.some((other) => formatProblem(other) === formatProblem(problem))),
  );
  return new JoinedEstate(
    [...built.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    { problems: found, declaredStacks },
  );
}

function opening(declarations: StackDeclarations): Opening {
  return (surroundings) => new SynthStack(declarations, surroundings);
}

/** The plans by name of their stack; null for one that is refused. */
function readPlans(plans: readonly PlanFile[], problems: InputProblem[]): ReadonlyMap<string, PlanDocument | null> {
  const planned = new Map<string, PlanDocument | null>();
  for (const input of plans) {
    if (planned.has(input.name)) {
      problems.push(twice(input, { file: input.path, line: 1, column: 1 }));
      continue;
    }
    planned.set(
      input.name,
      attempt(problems, () => readPlan(input)),
    );
  }
  return planned;
}

/** Builds stacks that refer to each other. */
function join(openings: ReadonlyMap<string, Opening>, problems: InputProblem[]): ReadonlyMap<string, Stack> {
  const registry = new Map<string, OpenStack>();
  const guard = new EvaluationGuard();
  const surroundings = {
    guard,
    isPlanned: (name: string) => registry.get(name) instanceof PlanStack,
    configured: (reference: ReferenceValue, step: string | number) => configured(registry, reference, step),
    computed: (reference: ReferenceValue, step: string | number) => computed(registry, reference, step),
  };
  for (const [name, open] of openings) {
    const stack = attempt(problems, () => open(surroundings));
    if (stack !== null) registry.set(name, stack);
  }
  const built = new Map<string, Stack>();
  for (const stack of registry.values()) {
    const finished = attempt(problems, () => stack.toStack());
    // What could not be built must not be asked again when checks evaluate what refers to it.
    if (finished === null) registry.delete(stack.name);
    else built.set(stack.name, finished);
  }
  guard.complete();
  return built;
}

function read(input: StackInput, problems: InputProblem[]): StackDeclarations | null {
  return attempt(problems, () => declarationsOf(input));
}

function attempt<Result>(problems: InputProblem[], work: () => Result): Result | null {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.push(error.problem);
    return null;
  }
}

function twice(input: { readonly name: string; readonly path: string }, location: SourceLocation): InputProblem {
  return {
    code: 'IN-DUPSTACK',
    path: input.path,
    location,
    what: `a stack named ${JSON.stringify(input.name)} was read already`,
    why: 'references between stacks go by name, so it is not known which of the two is meant',
    fix: 'Give each stack once.',
  };
}

type Registry = ReadonlyMap<string, OpenStack>;

function configured(registry: Registry, reference: ReferenceValue, step: string | number): Value | null {
  if (reference.path.length > 0) return null;
  const value = find(registry, reference)?.init.body.value(String(step)) ?? NULL;
  return value.kind === 'null' ? null : value;
}

function computed(registry: Registry, reference: ReferenceValue, step: string | number): Value | null {
  const source = find(registry, reference);
  if (source === null || source.init.mode !== 'data') return null;
  switch (source.type) {
    case 'terraform_remote_state':
      return reference.path.length === 1 && reference.path[0] === 'outputs'
        ? remoteOutput(registry, source, String(step))
        : null;
    case 'aws_partition':
      return step === 'partition' ? partition(source) : null;
    case 'aws_region':
      return step === 'name' || step === 'region' || step === 'id' ? region(source) : null;
    case 'aws_caller_identity':
      return step === 'account_id' || step === 'id' ? accountOf(source.init.provider) : null;
    default:
      return null;
  }
}

function find(registry: Registry, { target }: ReferenceValue): Resource | null {
  return registry.get(target.stack)?.find(target.address) ?? null;
}

/** The output of the producer that a remote state reads: the stack that keeps its state there. */
function remoteOutput(registry: Registry, source: Resource, output: string): Value {
  const expression = `${source.address}.outputs.${output}`;
  if (!readsOwnWorkspace(source)) {
    return unknown('data-source', expression, 'is read from another workspace, which holds another state');
  }
  const { producer, why } = producerOf(registry, source);
  return producer === null ? unknown(why.reason, expression, why.detail) : producer.output(output);
}

type Producer =
  | { readonly producer: OpenStack; readonly why: null }
  | { readonly producer: null; readonly why: { readonly reason: UnknownReason; readonly detail: string } };

/** Found by the place of the state, as Terraform finds it; where that does not tell, by CDKTF's name for it. */
function producerOf(registry: Registry, source: Resource): Producer {
  const isStateOf = stateReadBy(source);
  const found = Array.from(registry.values(), (stack) => ({ stack, is: isStateOf(stack.backend) }));
  const [only, ...more] = found.filter(({ is }) => is === 'same');
  if (more.length > 0) return noProducer('data-source', 'is the state of several stacks, which overwrite each other');
  if (only !== undefined) return { producer: only.stack, why: null };
  const { name } = source.init;
  if (!name.startsWith(CROSS_STACK_PREFIX)) {
    return noProducer('data-source', 'is a state that no stack of the input is known to keep');
  }
  const wanted = name.slice(CROSS_STACK_PREFIX.length);
  const named = found.find(({ stack }) => stack.name === wanted);
  if (named === undefined) {
    return noProducer('missing-producer', `is an output of ${wanted}, which is not among the inputs`);
  }
  return named.is === 'different'
    ? noProducer('missing-producer', `is read from elsewhere than where ${wanted} keeps its state`)
    : { producer: named.stack, why: null };
}

function noProducer(reason: UnknownReason, detail: string): Producer {
  return { producer: null, why: { reason, detail } };
}

function partition(source: Resource): Value {
  const name = region(source);
  const text = asString(name);
  if (isHidden(text) || text === null) return name;
  const found = partitionOf(text);
  return found === null ? unknown('environment', text, 'is a Region of no known partition') : string(found);
}

function region(source: Resource): Value {
  const own = source.attribute('region');
  const value = own.kind === 'null' ? (source.init.provider.body?.value('region') ?? NULL) : own;
  return value.kind === 'null'
    ? unknown('environment', `${source.address}.region`, 'is not set, so the environment of the run decides it')
    : value;
}
