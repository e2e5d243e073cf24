import type { Estate } from '../../model/estate.ts';
import { type PlannedChange, Resource } from '../../model/resource.ts';
import type { Policy } from '../../policy/policy.ts';
import { type At, type Context, defineCheck, type Outcome } from '../check.ts';
import { ENDING_TYPES, PROTECTED_TYPES, type ProtectedType, REGISTERED_GATEWAYS } from './protected-types.ts';
import { shownStrength, strengthAfter } from './weakened.ts';

export default defineCheck({
  id: 'CHG-005',
  why: 'A key that is destroyed takes all that it encrypts with it, and a record, a log or a gateway that is gone for an hour is gone for that hour. No later plan brings it back.',
  fix: 'Leave the resource and its protection as they are. Where it has to go, have an exception approved for its address, for the days of the change.',
  references: [
    'https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html',
    'https://developer.hashicorp.com/terraform/internals/json-format#change-representation',
  ],
  resourceTypes: [...PROTECTED_TYPES.keys(), ...ENDING_TYPES.keys()],
  messages: {
    destroys: ({ is }: { is: string }) => `is ${is}, and the plan destroys it`,
    replaces: ({ is }: { is: string }) => `is ${is}, and the plan destroys it to make another in its place`,
    forgets: ({ is }: { is: string }) => `is ${is}, and the plan forgets it, so that nothing keeps it as it is`,
    weakens: ({ is, argument, before, after }: { is: string; argument: string; before: string; after: string }) =>
      `is ${is}, and the plan weakens it: ${argument} goes from ${before} to ${after}`,
  },

  subjects({ estate, policy }: Context) {
    const planned = [...estate.stacks.flatMap(({ removed }) => removed), ...estate.resources];
    return planned
      .filter((resource) => isProtected(resource, policy) || endsSomething(resource, estate))
      .map((resource) => ({ kind: 'resource', resource }) as const);
  },

  inspect({ resource }, { policy, pass, fail, unproven, all }) {
    const { change } = resource.init;
    if (change === null) return pass();
    const before = change.before === null ? null : new Resource({ ...resource.init, body: change.before });
    const ending = ENDING_TYPES.get(resource.type);
    if (ending !== undefined) return judge(ending);
    const guarded = protectedAs(resource, policy);
    if (guarded === null) return pass();
    const { is } = guarded;
    const lost = { extent: protectionOf(before ?? resource, guarded) };
    if (change.actions.includes('forget')) return fail(lost, 'forgets', { is });
    if (change.actions.includes('delete')) {
      if (!change.actions.includes('create')) return fail(lost, 'destroys', { is });
      return all([fail(lost, 'replaces', { is }), before === null ? pass() : judge(guarded)]);
    }
    if (before === null) return unproven('is there before the plan, which does not say how it is');
    return judge(guarded);

    function judge({ is: what, keeps }: ProtectedType): Outcome {
      return all(
        keeps.map((protection) => {
          const strength = strengthAfter(before, resource, protection);
          if (strength === 'kept') return pass();
          if (strength !== 'weakened') return unproven(strength);
          const path = protection.path.split('.');
          return fail({ path, value: resource.attribute(...path) }, 'weakens', {
            is: what,
            argument: protection.path,
            before: shownStrength(before, protection),
            after: shownStrength(resource, protection),
          });
        }),
      );
    }
  },

  examples: {
    compliant: [
      {
        plan: {
          before: { west: { resource: { aws_kms_key: { ledger: { deletion_window_in_days: 7 } } } } },
        },
        stacks: { west: { resource: { aws_kms_key: { ledger: { deletion_window_in_days: 30 } } } } },
      },
    ],
    violating: [
      {
        plan: {
          before: { west: { resource: { aws_kms_key: { ledger: {} }, aws_sqs_queue: { receipts: {} } } } },
        },
        stacks: { west: { resource: { aws_sqs_queue: { receipts: {} } } } },
      },
    ],
  },
});

/** What delays the loss of something or softens it: an exception for its end covers no harder one. */
function protectionOf(resource: Resource, { keeps }: ProtectedType): At['extent'] {
  return Object.fromEntries(keeps.map(({ path }) => [path, resource.attribute(...path.split('.'))]));
}

/** Whether a plan found the object in AWS; only what is there can be lost. */
function existed(change: PlannedChange | null): boolean {
  return change !== null && change.actions.some((action) => action !== 'create' && action !== 'read');
}

function isProtected(resource: Resource, policy: Policy): boolean {
  return existed(resource.init.change) && protectedAs(resource, policy) !== null;
}

/** Whether a plan makes or changes what lets end something that was there: expiry for a bucket that is in use. */
function endsSomething(resource: Resource, estate: Estate): boolean {
  const ending = ENDING_TYPES.get(resource.type);
  const actions = resource.init.change?.actions ?? [];
  if (ending === undefined || actions.includes('forget')) return false;
  if (!actions.includes('create')) return actions.includes('update');
  if (actions.includes('delete')) return true;
  const target = estate.resolve(resource.attribute(ending.argument), ending.of, resource);
  return target.kind === 'resource' ? existed(target.resource.init.change) : target.kind === 'outside';
}

function protectedAs({ type, stack, address }: Resource, { gateways }: Policy): ProtectedType | null {
  const known = PROTECTED_TYPES.get(type) ?? null;
  const registered = gateways.find((gateway) => gateway.stack === stack && gateway.address === address);
  if (registered === undefined) return known;
  const keeps = known?.keeps ?? REGISTERED_GATEWAYS.get(type) ?? [];
  return { is: `the gateway ${JSON.stringify(registered.id)} of the policy`, keeps };
}
