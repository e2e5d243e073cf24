import type { Resource } from '../../model/resource.ts';
import { asBoolean, type Hidden, isHidden } from '../../model/value.ts';
import { type Context, defineCheck, type Outcome } from '../check.ts';

/**
 * Arguments that say how much there is or which release runs, never where data is, who reads it or how it is kept.
 * Pipelines change them between applies, so ignoring their changes is ordinary.
 */
const HARMLESS = new Set([
  'desired_count',
  'desired_capacity',
  'min_size',
  'max_size',
  'min_capacity',
  'max_capacity',
  'read_capacity',
  'write_capacity',
  'allocated_storage',
  'max_allocated_storage',
  'engine_version',
  'apply_immediately',
  'maintenance_window',
  'preferred_maintenance_window',
  'description',
]);

/** Types whose deletion with content loses data, and the argument that allows it. */
const FORCED_DELETION = new Map([
  ['aws_s3_bucket', 'force_destroy'],
  ['aws_s3_directory_bucket', 'force_destroy'],
  ['aws_s3tables_table_bucket', 'force_destroy'],
  ['aws_backup_vault', 'force_destroy'],
  ['aws_ecr_repository', 'force_delete'],
  ['aws_glacier_vault', 'force_destroy'],
]);

export default defineCheck({
  id: 'CHG-002',
  why: 'An ignored argument may be changed by hand and stay so, and an object that Terraform forgets or may delete with its content is out of control without any change to a security argument.',
  fix: 'Remove the argument from ignore_changes, set force_destroy and skip_destroy to false, and let Terraform destroy what it no longer manages.',
  references: ['https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle'],
  resourceTypes: [],
  messages: {
    ignoresAll: 'ignores changes of every argument, so any drift stays',
    ignores: ({ names }: { names: string }) => `ignores changes of ${names}, so drift there stays`,
    forceDestroy: ({ argument }: { argument: string }) => `may be deleted with its content (${argument} is true)`,
    skipDestroy: 'stays in AWS, unmanaged, when it is removed from the stack (skip_destroy is true)',
    forgets: ({ target }: { target: string }) => `has a removed block that forgets ${target} and leaves it in place`,
  },

  subjects({ estate }: Context) {
    return [
      ...estate.stacks.map(({ name }) => ({ kind: 'stack' as const, stack: name, location: null })),
      // What a plan does not show of lifecycles is said once, of the stack, and no resource passes without.
      ...estate.resources
        .filter((resource) => resource.init.lifecycle.hidden === undefined || hatchesOf(resource).some(mayBeOpen))
        .map((resource) => ({ kind: 'resource' as const, resource })),
    ];
  },

  inspect(subject, { estate, pass, fail, unproven, all }) {
    if (subject.kind === 'stack') {
      const stack = estate.stacks.find(({ name }) => name === subject.stack);
      const blocks = stack?.lifecycleBlocks.filter(({ kind, destroys }) => kind === 'removed' && !destroys) ?? [];
      const unseen = stack?.resources.find(({ init }) => init.lifecycle.hidden)?.init.lifecycle.hidden;
      return all([
        ...blocks.map(({ location, target }) => fail({ location }, 'forgets', { target })),
        unseen === undefined ? pass() : unproven(unseen),
      ]);
    }
    const { resource } = subject;
    return all([
      drift(resource),
      ...hatchesOf(resource).map(({ argument, value }) => {
        if (isHidden(value)) return unproven(value);
        if (value !== true) return pass();
        const at = { path: [argument], value: resource.attribute(argument) };
        return argument === 'skip_destroy' ? fail(at, 'skipDestroy') : fail(at, 'forceDestroy', { argument });
      }),
    ]);

    function drift({ init }: Resource): Outcome {
      const { ignoreChanges, location, hidden } = init.lifecycle;
      if (hidden !== undefined) return unproven(hidden);
      const place = location === null ? {} : { location };
      if (ignoreChanges.includes('all')) return fail(place, 'ignoresAll');
      const names = ignoreChanges.filter((name) => !HARMLESS.has(name));
      return names.length === 0 ? pass() : fail(place, 'ignores', { names: names.join(', ') });
    }
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: { aws_ecs_service: { desk: { name: 'desk', lifecycle: { ignore_changes: ['desired_count'] } } } },
          },
        },
      },
    ],
    violating: [
      {
        stacks: {
          west: {
            resource: {
              aws_ebs_volume: {
                ledger: { availability_zone: 'eu-west-1a', lifecycle: { ignore_changes: ['encrypted'] } },
              },
            },
          },
        },
      },
    ],
  },
});

interface Hatch {
  readonly argument: string;
  readonly value: boolean | null | Hidden;
}

/** The arguments that let Terraform leave an object, or delete it with its content. */
function hatchesOf(resource: Resource): readonly Hatch[] {
  const deletion = FORCED_DELETION.get(resource.type);
  return ['skip_destroy', ...(deletion === undefined ? [] : [deletion])].map((argument) => ({
    argument,
    value: asBoolean(resource.attribute(argument)),
  }));
}

function mayBeOpen({ value }: Hatch): boolean {
  return value === true || isHidden(value);
}
