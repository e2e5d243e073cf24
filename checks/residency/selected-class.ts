import { isElsewhere } from '../../model/place.ts';
import type { Resource } from '../../model/resource.ts';
import { tagText } from '../../model/tags.ts';
import { asItems, asStrings, child, type Hidden, isHidden, unknown, type Value } from '../../model/value.ts';
import type { Context } from '../check.ts';

/** Copies images of a whole registry, and takes no tags. */
const REGISTRY = 'aws_ecr_replication_configuration';

/** Classes of data that are chosen, and what hides more of them. */
interface Selected {
  readonly classes: readonly string[];
  readonly hidden: readonly Hidden[];
}

/**
 * The class of what a plan of backups copies: that of its own tag, unless what it selects is graver. What is selected
 * without a class, such as everything of a type, is of the class that the plan says; null where it says none.
 */
export function selectedClass(plan: Resource, context: Context): string | null | Hidden {
  const { policy } = context;
  const { classes, hidden } = selectedBy(plan, context);
  const isRestricted = (id: string): boolean =>
    policy.dataClasses.find((known) => known.id === id)?.isRestricted ?? true;
  const grave = classes.find(isRestricted);
  if (grave !== undefined) return grave;
  // The default tags of a provider say nothing of images that somebody else has pushed.
  const own = plan.type === REGISTRY ? (classes[0] ?? null) : tagText(plan, policy.tags.dataClass);
  if (typeof own === 'string' && isRestricted(own)) return own;
  return hidden[0] ?? own;
}

function selectedBy(plan: Resource, context: Context): Selected {
  switch (plan.type) {
    case 'aws_backup_plan':
      return joined(selectionsOf(plan, context).map((selection) => ofSelection(selection, context)));
    case 'aws_organizations_policy':
      return ofDocument(plan, context);
    case 'aws_dlm_lifecycle_policy': {
      const tag = plan.attribute('policy_details', 'target_tags', context.policy.tags.dataClass);
      return texts(tag);
    }
    case REGISTRY:
      return joined(repositoriesOf(plan, context).map((repository) => ofImages(repository, context)));
    default:
      return { classes: [], hidden: [] };
  }
}

/** The repositories of the registry whose images are copied: those of its account and Region that a rule may be about. */
function repositoriesOf(registry: Resource, { estate }: Context): readonly Resource[] {
  const here = estate.place(registry);
  const rules = registry.blocks('replication_configuration', 'rule');
  const filters = rules.items.map((rule) => rule.blocks('repository_filter'));
  const isCopied = (name: Value): boolean =>
    rules.open.length > 0 ||
    filters.some(
      ({ items, open }) =>
        (items.length === 0 && open.length === 0) ||
        open.length > 0 ||
        items.some((filter) => mayBegin(name, filter.attribute('filter'))),
    );
  return estate.ofType('aws_ecr_repository').filter((repository) => {
    return !isElsewhere(here, estate.place(repository)) && isCopied(repository.attribute('name'));
  });
}

function mayBegin(name: Value, prefix: Value): boolean {
  return name.kind !== 'string' || prefix.kind !== 'string' || name.value.startsWith(prefix.value);
}

/** Of images without a class any class may be. */
function ofImages(repository: Resource, context: Context): Selected {
  const selected = ofTag(repository, context);
  if (selected.classes.length > 0 || selected.hidden.length > 0) return selected;
  const { dataClass } = context.policy.tags;
  return { classes: [], hidden: [unknown('missing-object', `${repository.address}.tags`, `has no ${dataClass}`)] };
}

function ofTag(resource: Resource, { policy }: Context): Selected {
  const own = tagText(resource, policy.tags.dataClass);
  if (own === null) return { classes: [], hidden: [] };
  return isHidden(own) ? { classes: [], hidden: [own] } : { classes: [own], hidden: [] };
}

/** Selections of the plan; where it is hidden which plan one is of, it may be this one. */
function selectionsOf(plan: Resource, { estate }: Context): readonly Resource[] {
  const { items, open } = estate.companions(plan, 'aws_backup_selection', 'plan_id');
  return [...items, ...open.map(({ resource }) => resource)];
}

function ofSelection(selection: Resource, context: Context): Selected {
  const { estate, policy } = context;
  const tag = policy.tags.dataClass;
  const resources = asItems(selection.attribute('resources'));
  const named = resources.items.flatMap((value) => {
    const target = estate.resolve(value);
    // What is outside of the estate, or a pattern, tells no class.
    if (target.kind === 'hidden') return [{ classes: [], hidden: [target.value] }];
    if (target.kind !== 'resource') return [];
    return [ofTag(target.resource, context)];
  });
  const tagged = blocks(selection.attribute('selection_tag'), (block) => isKey(child(block, 'key'), [tag]), 'value');
  const equal = asItems(selection.attribute('condition')).items.map((condition) =>
    blocks(child(condition, 'string_equals'), (block) => isKey(child(block, 'key'), keysOf(tag)), 'value'),
  );
  return joined([...named, { classes: [], hidden: resources.open }, tagged, ...equal]);
}

/** Selections inside the text of a policy of the organisation, by tags and by conditions. */
function ofDocument(policy: Resource, { estate, policy: { tags } }: Context): Selected {
  const plans = members(child(estate.document(policy.attribute('content')), 'plans'));
  const selections = plans.map((plan) => child(plan, 'selections'));
  const byTag = selections
    .flatMap((selection) => members(child(selection, 'tags')))
    .filter((chosen) => isKey(child(chosen, 'tag_key'), [tags.dataClass]))
    .map((chosen) => assigned(child(chosen, 'tag_value')));
  const byCondition = selections
    .flatMap((selection) => members(child(selection, 'resources')))
    .flatMap((chosen) => members(child(child(chosen, 'conditions'), 'string_equals')))
    .filter((condition) => isKey(child(condition, 'condition_key'), keysOf(tags.dataClass)))
    .map((condition) => assigned(child(condition, 'condition_value')));
  return joined([...byTag, ...byCondition]);
}

/** How conditions write the key of a tag. */
function keysOf(tag: string): readonly string[] {
  return [tag, `aws:ResourceTag/${tag}`];
}

function blocks(value: Value, isMeant: (block: Value) => boolean, argument: string): Selected {
  const { items, open } = asItems(value);
  return joined([
    ...items.filter(isMeant).map((block) => texts(child(block, argument))),
    { classes: [], hidden: open },
  ]);
}

/** A key that is hidden may be the one that is meant. */
function isKey(value: Value, wanted: readonly string[]): boolean {
  const { classes, hidden } = assigned(value);
  return hidden.length > 0 || classes.some((text) => wanted.includes(text));
}

/** A value of a policy of the organisation stands below the operator that sets it: `@@assign`, `@@append`. */
function assigned(value: Value): Selected {
  return value.kind === 'object' ? joined([...value.entries.values()].map(texts)) : texts(value);
}

function texts(value: Value): Selected {
  const { known, hidden } = asStrings(value);
  return { classes: known, hidden };
}

function members(value: Value): readonly Value[] {
  if (value.kind === 'object') return [...value.entries.values()];
  return isHidden(value) ? [value] : [];
}

function joined(all: readonly Selected[]): Selected {
  return { classes: all.flatMap(({ classes }) => classes), hidden: all.flatMap(({ hidden }) => hidden) };
}
