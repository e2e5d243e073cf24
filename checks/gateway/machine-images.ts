import type { Estate } from '../../model/estate.ts';
import type { Block, Resource } from '../../model/resource.ts';
import { type Hidden, isHidden, unknown, type Value } from '../../model/value.ts';
import { scalersOf, targetGroupsOf, targetsOf } from './fleet.ts';

/** What a machine runs, and where that is written. */
export interface Image {
  readonly resource: Resource;
  readonly value: Value;
}

/** The images of the machines of a gateway, and what hides more of them. */
export interface Images {
  readonly items: readonly Image[];
  readonly open: readonly Hidden[];
}

const TEMPLATE = 'aws_launch_template';
const CONFIGURATION = 'aws_launch_configuration';

/** The image of an instance: its own argument wins over its template's. */
export function imagesOfInstance(instance: Resource, estate: Estate): Images {
  const value = instance.attribute('ami');
  const templates = instance.blocks('launch_template');
  if (value.kind !== 'null' || templates.items.length === 0) {
    return { items: [{ resource: instance, value }], open: templates.open };
  }
  return joined(templates.items.map((block) => imagesOfTemplate(block, estate)));
}

/** The images of the appliances behind a balancer. */
export function imagesOfFleet(balancer: Resource, estate: Estate): Images {
  const groups = targetGroupsOf(balancer, estate);
  return joined([
    { items: [], open: groups.open },
    ...groups.items.flatMap((group) => {
      const targets = targetsOf(group, estate);
      const scalers = scalersOf(group, estate);
      return [
        { items: [], open: [...targets.open, ...scalers.open] },
        ...targets.items
          .filter(({ type }) => type === 'aws_instance')
          .map((instance) => imagesOfInstance(instance, estate)),
        ...scalers.items.map((scaler) => imagesOfScaler(scaler, estate)),
      ];
    }),
  ]);
}

function imagesOfScaler(scaler: Resource, estate: Estate): Images {
  const mixed = ['mixed_instances_policy', 'launch_template'] as const;
  const blocks = [
    scaler.blocks('launch_template'),
    scaler.blocks(...mixed, 'launch_template_specification'),
    ...scaler.blocks(...mixed, 'override').items.map((block) => block.blocks('launch_template_specification')),
  ];
  const configuration = scaler.attribute('launch_configuration');
  const found = joined([
    ...blocks.map(({ open }) => ({ items: [], open })),
    ...blocks.flatMap(({ items }) => items).map((block) => imagesOfTemplate(block, estate)),
    ...(configuration.kind === 'null' ? [] : [imageIn(configuration, CONFIGURATION, estate)]),
  ]);
  if (found.items.length + found.open.length > 0) return found;
  return { items: [], open: [unknown('missing-object', scaler.address, 'names no launch template')] };
}

function imagesOfTemplate(block: Block, estate: Estate): Images {
  const named = ['id', 'launch_template_id', 'name', 'launch_template_name'].map((name) => block.attribute(name));
  const value = named.find(({ kind }) => kind !== 'null');
  if (value !== undefined) return imageIn(value, TEMPLATE, estate);
  return { items: [], open: [unknown('missing-object', block.resource.address, 'names no launch template')] };
}

function imageIn(value: Value, type: string, estate: Estate): Images {
  const target = estate.resolve(value, [type]);
  if (target.kind === 'resource' && target.resource.type === type && target.resource.init.mode === 'managed') {
    const { resource } = target;
    return { items: [{ resource, value: resource.attribute('image_id') }], open: [] };
  }
  const hidden = isHidden(value) ? value : unknown('missing-object', type, 'is outside the estate');
  return { items: [], open: [hidden] };
}

function joined(parts: readonly Images[]): Images {
  return { items: parts.flatMap(({ items }) => items), open: parts.flatMap(({ open }) => open) };
}
