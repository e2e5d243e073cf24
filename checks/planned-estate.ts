import type { ExamplePlan } from './check.ts';
import { type Estate, type Stack, withObjects } from '../model/estate.ts';
import { JoinedEstate } from '../model/joined-estate.ts';
import { type PlannedAction, Resource } from '../model/resource.ts';

interface Planned {
  readonly before: Estate;
  readonly after: Estate;
  /** As it was synthesised. */
  readonly twin: Estate | null;
}

/** The estate that a plan shows which makes one estate of another: what it changes, destroys and forgets. */
export function plannedEstate({ before, after, twin }: Planned, plan: ExamplePlan): Estate {
  const { problems, declaredStacks } = after;
  const stacks = after.stacks.map((stack) => {
    const earlier = before.stacks.find(({ name }) => name === stack.name)?.resources ?? [];
    const synthesised = twin?.stacks.find(({ name }) => name === stack.name);
    return { ...plannedStack(stack, earlier, plan), ...(synthesised === undefined ? {} : { synthesised }) };
  });
  return new JoinedEstate(stacks, { problems: [...before.problems, ...problems], declaredStacks });
}

function plannedStack(stack: Stack, earlier: readonly Resource[], { replaces = [], forgets = [] }: ExamplePlan): Stack {
  const found = new Map(earlier.map((resource) => [resource.address, resource]));
  const kept = new Set(stack.resources.map(({ address }) => address));
  const gone = earlier.filter(({ address }) => !kept.has(address));
  const isForgotten = ({ address }: Resource): boolean => forgets.includes(address);
  const changed = stack.resources.map((resource) => {
    const was = found.get(resource.address) ?? null;
    if (was === null) return withChange(resource, null, 'create');
    return replaces.includes(resource.address)
      ? withChange(resource, was, 'delete', 'create')
      : withChange(resource, was, 'update');
  });
  const resources = [...changed, ...gone.filter(isForgotten).map((was) => withChange(was, was, 'forget'))];
  return {
    ...withObjects(stack, { resources }),
    origin: 'plan',
    removed: gone.filter((was) => !isForgotten(was)).map((was) => withChange(was, was, 'delete')),
  };
}

function withChange(resource: Resource, was: Resource | null, ...actions: readonly PlannedAction[]): Resource {
  return new Resource({ ...resource.init, change: { actions, before: was?.init.body ?? null } });
}
