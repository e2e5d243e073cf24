import { nestedArguments } from '../../model/nested-arguments.ts';
import type { Path, Resource } from '../../model/resource.ts';
import { asItems, asString, display, isHidden, shown, type Value } from '../../model/value.ts';
import { defineCheck, type Inspection, type Outcome, resourcesOf } from '../check.ts';
import { isUnwritten } from './stores/part-arguments.ts';

/** Where types name what machines they start, as dotted paths; each may be a list. */
const MACHINES: ReadonlyMap<string, readonly string[]> = new Map([
  ['aws_instance', ['instance_type']],
  ['aws_spot_instance_request', ['instance_type']],
  ['aws_launch_template', ['instance_type']],
  ['aws_launch_configuration', ['instance_type']],
  ['aws_autoscaling_group', ['mixed_instances_policy.launch_template.override.instance_type']],
  ['aws_ec2_fleet', ['launch_template_config.override.instance_type']],
  ['aws_spot_fleet_request', ['launch_specification.instance_type', 'launch_template_config.overrides.instance_type']],
  ['aws_ec2_capacity_reservation', ['instance_type']],
  ['aws_ec2_host', ['instance_family', 'instance_type']],
  ['aws_eks_node_group', ['instance_types']],
  ['aws_batch_compute_environment', ['compute_resources.instance_type']],
  ['aws_emr_instance_group', ['instance_type']],
  ['aws_emr_instance_fleet', ['instance_type_configs.instance_type']],
]);

const SUBJECTS = [...MACHINES.keys()];

/** Families on the Xen hypervisor: the EC2 guide's list of what is not built on the Nitro System. */
const XEN: ReadonlySet<string> = new Set(
  'c1 c3 c4 cc1 cc2 cg1 cr1 d2 f1 g2 g3 g3s h1 hi1 hs1 i2 i3 m1 m2 m3 m4 p2 p3 r3 r4 t1 t2 x1 x1e'.split(' '),
);

/** Families on the Nitro System, by the letters before the first digit and the generations that are on it. */
const NITRO: readonly (readonly [letters: RegExp, from: number])[] = [
  [/^(?:c|m|r)$/, 5],
  [/^t$/, 3],
  [/^(?:a|trn|dl|vt|hpc|z|mac|inf|is|im)$/, 1],
  [/^(?:d|i)$/, 3],
  [/^g$/, 4],
  [/^p$/, 4],
  [/^(?:x|f)$/, 2],
];

const MESSAGES = {
  former: ({ argument, machine }: { readonly argument: string; readonly machine: string }) =>
    `runs on machines that are not of the Nitro System, to whose memory AWS has a way: ${argument} is ${machine}`,
};

type Inspect = Inspection<typeof MESSAGES>;

export default defineCheck({
  id: 'ENC-014',
  why: 'Data in use is in memory, in the clear. On the Nitro System nobody at AWS has a way to it: there is no operator access to a host. On machines before it that is a promise of people.',
  fix: 'Choose an instance type of the Nitro System: generation 5 or later of c, m and r, t3 and later of t.',
  references: [
    'https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-nitro-instances.html',
    'https://docs.aws.amazon.com/whitepapers/latest/security-design-of-aws-nitro-system/no-aws-operator-access.html',
  ],
  resourceTypes: SUBJECTS,

  messages: MESSAGES,

  subjects: (context) =>
    resourcesOf(...SUBJECTS)(context).filter(({ resource }) => {
      const isSaid = machinesOf(resource, context).some(({ value }) => !isUnwritten(value));
      return isSaid || templateOutside(resource, context) !== null;
    }),

  inspect({ resource }, inspection) {
    const template = templateOutside(resource, inspection);
    if (template !== null) {
      return inspection.unproven(`takes its machine from the template ${template}, which is not in the estate`);
    }
    const outcomes = machinesOf(resource, inspection).map((machine) => judgeMachine(machine, inspection));
    return inspection.all(outcomes);
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: { aws_instance: { ledger: { ami: 'ami-0123456789abcdef0', instance_type: 'm6g.large' } } },
          },
        },
      },
    ],
    violating: [
      {
        stacks: {
          west: { resource: { aws_instance: { ledger: { ami: 'ami-0123456789abcdef0', instance_type: 'm4.large' } } } },
        },
      },
    ],
  },
});

/** The template that decides for an instance, where it is not judged itself. */
function templateOutside(resource: Resource, { estate }: Pick<Inspect, 'estate'>): string | null {
  if (resource.type !== 'aws_instance' || !isUnwritten(resource.attribute('instance_type'))) return null;
  const value = ['id', 'name']
    .map((name) => resource.attribute('launch_template', name))
    .find((one) => !isUnwritten(one));
  if (value === undefined) return null;
  const target = estate.resolve(value, ['aws_launch_template'], resource);
  return target.kind === 'resource' && target.resource.init.mode === 'managed' ? null : display(value);
}

interface Machine {
  readonly argument: string;
  readonly path: Path;
  readonly value: Value;
}

/** Every machine that a resource names, and what hides others. */
function machinesOf(resource: Resource, { estate }: Pick<Inspect, 'estate'>): readonly Machine[] {
  return (MACHINES.get(resource.type) ?? []).flatMap((argument) => {
    const { items, open } = nestedArguments(estate, resource, argument.split('.'));
    const named = items.flatMap(({ path, value }) => {
      if (value.kind !== 'list') return [{ argument, path, value }];
      const listed = asItems(value);
      return [...listed.items, ...listed.open].map((item) => ({ argument, path, value: item }));
    });
    return [...named, ...open.map((value) => ({ argument, path: [argument], value }))];
  });
}

function judgeMachine({ argument, path, value }: Machine, { pass, fail, unproven }: Inspect): Outcome {
  const machine = asString(value);
  if (isHidden(machine)) return unproven(machine);
  if (machine === null || machine === '') return pass();
  const [family = ''] = machine.split('.');
  // Machines without a hypervisor have the cards of the Nitro System, whatever their family.
  if (isNitro(family) || /\.metal/.test(machine)) return pass();
  const named = shown(machine, value);
  if (XEN.has(family)) return fail({ path, value }, 'former', { argument, machine: named });
  return unproven(`runs on machines of a family that is not known: ${argument} is ${named}`);
}

function isNitro(family: string): boolean {
  if (XEN.has(family)) return false;
  const [, letters = '', generation = ''] = /^([a-z]+)(\d+)/.exec(family) ?? [];
  // What AWS has a lot of memory in is named by that: `u-6tb1`, `u7i-12tb`.
  if (/^u\d?i?n?[a-z]*-\d+tb/.test(family)) return true;
  return NITRO.some(([form, from]) => form.test(letters) && Number(generation) >= from);
}
