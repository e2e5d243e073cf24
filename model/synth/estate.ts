import { partitionOf } from '../aws/jurisdictions.ts';
import type { Estate } from '../estate.ts';
import { InputError, type InputProblem } from '../input-error.ts';
import { JoinedEstate } from '../joined-estate.ts';
import { accountOf } from '../place.ts';
import type { Resource } from '../resource.ts';
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
  /** Problems that reading had already; parsing adds its own. */
  readonly problems: readonly InputProblem[];
  /** Names of the stacks that there were to read. */
  readonly declaredStacks: readonly string[];
}

/**
 * Joins synthesised stacks into one estate. Input that cannot be read becomes a problem of the estate, never an
 * exception, so that the rest is still judged and the run ends incomplete.
 */
export function parseEstate({ stacks, problems, declaredStacks }: EstateInput): Estate {
  const found: InputProblem[] = [...problems];
  const registry = new Map<string, SynthStack>();
  const guard = new EvaluationGuard();
  const surroundings = {
    guard,
    configured: (reference: ReferenceValue, step: string | number) => configured(registry, reference, step),
    computed: (reference: ReferenceValue, step: string | number) => computed(registry, reference, step),
  };
  for (const input of stacks) {
    const declarations = read(input, found);
    if (declarations === null) continue;
    found.push(...declarations.problems);
    if (registry.has(input.name)) found.push(twice(declarations));
    else {
      const stack = attempt(found, () => new SynthStack(declarations, surroundings));
      if (stack !== null) registry.set(input.name, stack);
    }
  }
  const built = [...registry.values()].flatMap((stack) => {
    const finished = attempt(found, () => stack.toStack());
    // What could not be built must not be asked again when checks evaluate what refers to it.
    if (finished === null) registry.delete(stack.name);
    return finished === null ? [] : [finished];
  });
  return new JoinedEstate(
    built.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    { problems: found, declaredStacks },
  );
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

function twice({ input, location }: StackDeclarations): InputProblem {
  return {
    code: 'IN-DUPSTACK',
    path: input.path,
    location,
    what: `a stack named ${JSON.stringify(input.name)} was read already`,
    why: 'references between stacks go by name, so it is not known which of the two is meant',
    fix: 'Give each stack once.',
  };
}

type Registry = ReadonlyMap<string, SynthStack>;

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
  return producer === null ? unknown(why.reason, expression, why.detail) : producer.scope.output(output);
}

type Producer =
  | { readonly producer: SynthStack; readonly why: null }
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
