import { asString, describeHidden, type Hidden, isHidden } from '../model/value.ts';
import type { Resource } from '../model/resource.ts';
import type { Site } from '../policy/policy.ts';
import type { Context, Outcome, Subject } from './check.ts';
import { missingStacks } from './isolation/missing-stacks.ts';

/** The part of an inspection that does not depend on the messages of a check. */
interface Asking extends Context {
  readonly unproven: (because: Hidden | readonly Hidden[] | string) => Outcome;
  readonly all: (outcomes: Iterable<Outcome>) => Outcome;
}

/** What follows from a setting, and from there being none for certain. */
export interface OfSetting {
  readonly judge: (setting: Resource) => Outcome;
  readonly missing: () => Outcome;
}

/** The sites of which some stack is among the inputs. */
export function sitesSeen({ estate, policy }: Context): readonly Extract<Subject, { kind: 'site' }>[] {
  const read = new Set(estate.stacks.map(({ name }) => name));
  return policy.sites
    .filter(({ id }) => policy.stacks.some(({ name, sites }) => read.has(name) && sites.includes(id)))
    .map((site) => ({ kind: 'site', site }));
}

/** Judges what an account has once in each Region, in the account and Region of a site. */
export function judgeSetting(site: Site, type: string, asking: Asking, { judge, missing }: OfSetting): Outcome {
  const { estate, all, unproven } = asking;
  const located = estate.ofType(type).map((resource) => ({ resource, is: isAt(resource, site, asking) }));
  const here = located.filter(({ is, resource }) => is === true && !resource.init.isSymbolic);
  if (here.length > 0) {
    // What may be a second one may undo the first.
    const possible = located.filter(({ is, resource }) => is !== false && (is !== true || resource.init.isSymbolic));
    return all([
      ...here.map(({ resource }) => judge(resource)),
      ...possible.map(({ resource }) => asPossible(judge(resource), resource, asking)),
    ]);
  }
  const hidden = located.flatMap(({ is, resource }) => {
    if (typeof is !== 'boolean') return [`${resource.address} may be of this site: ${describeHidden(is)} is not known`];
    return is ? [`${resource.address} has a count or for_each that only the plan knows`] : [];
  });
  const stacks = missingStacks(asking, site).map((name) => `the stack ${name} is not among the inputs`);
  return hidden.length + stacks.length > 0 ? unproven([...hidden, ...stacks].join('; ')) : missing();
}

/** What may be of a site takes a proof away and shows nothing. */
export function asPossible(outcome: Outcome, { address }: Resource, { unproven }: Asking): Outcome {
  return outcome.verdict === 'fail' ? unproven(`${outcome.message}, if ${address} is of this site`) : outcome;
}

/** Whether a resource is in the account and Region of a site; what hides it when that is not known. */
function isAt(resource: Resource, site: Site, { estate }: Context): boolean | Hidden {
  const place = estate.place(resource);
  const region = asString(place.region);
  const account = asString(place.account);
  if (!isHidden(region) && region !== site.region) return false;
  if (!isHidden(account) && account !== site.account) return false;
  return isHidden(region) ? region : isHidden(account) ? account : true;
}
