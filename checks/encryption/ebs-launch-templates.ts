import type { Path, Resource } from '../../model/resource.ts';
import { asString, type Hidden, isHidden } from '../../model/value.ts';
import { containers } from './ebs-volumes.ts';

/** Where a type names a launch template: the blocks, and the arguments of which one is set. */
interface TemplateUse {
  readonly blocks: readonly string[];
  readonly names: readonly string[];
}

const SHORT = ['id', 'name'] as const;
const LONG = ['launch_template_id', 'launch_template_name'] as const;

const USES: ReadonlyMap<string, readonly TemplateUse[]> = new Map<string, readonly TemplateUse[]>([
  ['aws_instance', [{ blocks: ['launch_template'], names: SHORT }]],
  ['aws_spot_instance_request', [{ blocks: ['launch_template'], names: SHORT }]],
  [
    'aws_autoscaling_group',
    [
      { blocks: [], names: ['launch_configuration'] },
      { blocks: ['launch_template'], names: SHORT },
      { blocks: ['mixed_instances_policy', 'launch_template', 'launch_template_specification'], names: LONG },
      {
        blocks: ['mixed_instances_policy', 'launch_template', 'override', 'launch_template_specification'],
        names: LONG,
      },
    ],
  ],
  ['aws_ec2_fleet', [{ blocks: ['launch_template_config', 'launch_template_specification'], names: LONG }]],
  ['aws_spot_fleet_request', [{ blocks: ['launch_template_config', 'launch_template_specification'], names: SHORT }]],
  ['aws_eks_node_group', [{ blocks: ['launch_template'], names: SHORT }]],
  ['aws_batch_compute_environment', [{ blocks: ['compute_resources', 'launch_template'], names: LONG }]],
]);

export const TEMPLATE_USERS: readonly string[] = [...USES.keys()];

/** The arguments by which a resource names the templates that describe its volumes. */
export function templatesOf(resource: Resource): { readonly items: readonly Path[]; readonly open: readonly Hidden[] } {
  const items: Path[] = [];
  const open: Hidden[] = [];
  for (const { blocks, names } of USES.get(resource.type) ?? []) {
    const found = containers(resource, blocks);
    open.push(...found.open);
    for (const path of found.paths) {
      const set = names.map((name) => [...path, name]).filter((at) => resource.attribute(...at).kind !== 'null');
      items.push(...set.slice(0, 1));
    }
  }
  return { items, open };
}

/** Whether AWS makes the volumes of the nodes, because no template describes them. */
export function nodesWithoutTemplate(resource: Resource): boolean {
  if (resource.type === 'aws_eks_node_group') return isMissing(resource, ['launch_template']);
  if (resource.type !== 'aws_batch_compute_environment') return false;
  const type = asString(resource.attribute('compute_resources', 'type'));
  const isOfHosts = isHidden(type) || (type !== null && !type.startsWith('FARGATE'));
  return isOfHosts && isMissing(resource, ['compute_resources', 'launch_template']);
}

function isMissing(resource: Resource, blocks: readonly string[]): boolean {
  const { paths, open } = containers(resource, blocks);
  return paths.length === 0 && open.length === 0;
}
