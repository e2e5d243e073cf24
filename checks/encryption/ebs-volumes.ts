import type { Path, Resource } from '../../model/resource.ts';
import { asString, type Hidden, isHidden, NULL, type Value } from '../../model/value.ts';

/** How a type describes the volumes that it makes: the blocks, the switch, the key, what they start from. */
interface VolumeForm {
  readonly blocks: readonly string[];
  readonly encrypted: string;
  readonly key: string | null;
  readonly snapshot: string | null;
  /** The image that a volume without a snapshot starts from: an argument of the resource or specification. */
  readonly image?: string;
  /** The argument of a block around it that tells it from other volumes, where that is not `device_name`. */
  readonly label?: string;
}

const KEYED = { encrypted: 'encrypted', key: 'kms_key_id', snapshot: 'snapshot_id' } as const;
const KEYLESS = { encrypted: 'encrypted', key: null, snapshot: 'snapshot_id' } as const;
const COPY = { encrypted: 'encrypted', key: 'kms_key_id', snapshot: null } as const;

const INSTANCE: readonly VolumeForm[] = [
  { blocks: ['root_block_device'], ...KEYED, snapshot: null, image: 'ami' },
  { blocks: ['ebs_block_device'], ...KEYED },
];

const FORMS: ReadonlyMap<string, readonly VolumeForm[]> = new Map<string, readonly VolumeForm[]>([
  ['aws_ebs_volume', [{ blocks: [], ...KEYED }]],
  ['aws_ebs_snapshot_copy', [{ blocks: [], ...COPY }]],
  ['aws_ebs_snapshot_import', [{ blocks: [], ...COPY }]],
  ['aws_ami', [{ blocks: ['ebs_block_device'], ...KEYLESS }]],
  ['aws_ami_copy', [{ blocks: [], ...COPY }]],
  ['aws_instance', INSTANCE],
  ['aws_spot_instance_request', INSTANCE],
  [
    'aws_launch_configuration',
    [
      { blocks: ['root_block_device'], ...KEYLESS, snapshot: null, image: 'image_id' },
      { blocks: ['ebs_block_device'], ...KEYLESS },
    ],
  ],
  ['aws_launch_template', [{ blocks: ['block_device_mappings', 'ebs'], ...KEYED, image: 'image_id' }]],
  [
    'aws_spot_fleet_request',
    [
      { blocks: ['launch_specification', 'root_block_device'], ...KEYED, snapshot: null, image: 'ami' },
      { blocks: ['launch_specification', 'ebs_block_device'], ...KEYED },
    ],
  ],
  ['aws_ecs_service', [{ blocks: ['volume_configuration', 'managed_ebs_volume'], ...KEYED, label: 'name' }]],
  ['aws_imagebuilder_image_recipe', [{ blocks: ['block_device_mapping', 'ebs'], ...KEYED, image: 'parent_image' }]],
  [
    'aws_imagebuilder_container_recipe',
    [{ blocks: ['instance_configuration', 'block_device_mapping', 'ebs'], ...KEYED }],
  ],
  [
    'aws_workspaces_workspace',
    [
      { blocks: [], encrypted: 'root_volume_encryption_enabled', key: 'volume_encryption_key', snapshot: null },
      { blocks: [], encrypted: 'user_volume_encryption_enabled', key: 'volume_encryption_key', snapshot: null },
    ],
  ],
]);

/** Types that copy what they are made from, and the argument that names it. */
export const DERIVED: ReadonlyMap<string, string> = new Map([
  ['aws_ebs_snapshot', 'volume_id'],
  ['aws_ami_from_instance', 'source_instance_id'],
]);

/** Types that describe volumes, snapshots or images. */
export const VOLUME_TYPES: readonly string[] = [...FORMS.keys(), ...DERIVED.keys()];

/** One volume, snapshot or image that a resource describes. */
export interface Volume {
  readonly encryptedPath: Path;
  readonly key: Value | null;
  readonly keyPath: Path;
  /** The snapshot, else the image, that it starts from; null when it starts empty. */
  readonly source: Value | null;
  /** Which volume of the resource it is, and what is on it: an exception for one covers no other. */
  readonly extent: () => { readonly [argument: string]: Value };
}

export interface Volumes {
  readonly items: readonly Volume[];
  /** Images whose root volume is not described, so that the image decides; null for no image at all. */
  readonly fromImages: readonly Value[];
  /** What hides further volumes. */
  readonly open: readonly Hidden[];
}

/** `rootDeviceOf` tells the root device of an image by its id, where somebody attests it. */
export function volumesOf(resource: Resource, rootDeviceOf: (image: string) => string | null): Volumes {
  const items: Volume[] = [];
  const open: Hidden[] = [];
  for (const form of FORMS.get(resource.type) ?? []) {
    const found = containers(resource, form.blocks);
    open.push(...found.open);
    for (const path of found.paths) {
      const keyPath = form.key === null ? [] : [...path, form.key];
      items.push({
        encryptedPath: [...path, form.encrypted],
        key: form.key === null ? null : resource.attribute(...keyPath),
        keyPath,
        source: sourceOf(resource, form, path),
        extent: () => extentOf(resource, form, path),
      });
    }
  }
  return { items, open, fromImages: open.length === 0 ? undescribedRoots(resource, rootDeviceOf) : [] };
}

function sourceOf(resource: Resource, { blocks, snapshot, image }: VolumeForm, path: Path): Value | null {
  const own = snapshot === null ? NULL : resource.attribute(...path, snapshot);
  if (own.kind !== 'null') return own;
  if (image === undefined) return null;
  // A fleet names the image in each specification, everything else once.
  const outer = blocks[0] === 'launch_specification' ? path.slice(0, path.lastIndexOf('root_block_device')) : [];
  const value = resource.attribute(...outer, image);
  return value.kind === 'null' ? null : value;
}

function extentOf(
  resource: Resource,
  { snapshot, label = 'device_name' }: VolumeForm,
  path: Path,
): ReturnType<Volume['extent']> {
  const around = path.map((_, index) => resource.attribute(...path.slice(0, path.length - index), label));
  const name = around.find(({ kind }) => kind !== 'null') ?? NULL;
  return { [label]: name, ...(snapshot === null ? {} : { [snapshot]: resource.attribute(...path, snapshot) }) };
}

function undescribedRoots(resource: Resource, rootDeviceOf: (image: string) => string | null): readonly Value[] {
  const unlessDescribed = (mapping: string, argument: string): readonly Value[] => {
    const image = resource.attribute(argument);
    const id = asString(image);
    const root = typeof id === 'string' ? rootDeviceOf(id) : null;
    return describesRoot(resource, mapping, root) ? [] : [image];
  };
  switch (resource.type) {
    case 'aws_instance':
    case 'aws_spot_instance_request':
      // A launch template describes the volumes of what is made from it, and is judged itself.
      if (resource.blocks('launch_template').items.length > 0) return [];
      return containers(resource, ['root_block_device']).paths.length > 0 ? [] : [resource.attribute('ami')];
    case 'aws_launch_configuration':
      return containers(resource, ['root_block_device']).paths.length > 0 ? [] : [resource.attribute('image_id')];
    case 'aws_launch_template':
      return unlessDescribed('block_device_mappings', 'image_id');
    case 'aws_imagebuilder_image_recipe':
      return unlessDescribed('block_device_mapping', 'parent_image');
    case 'aws_spot_fleet_request':
      return resource
        .blocks('launch_specification')
        .items.filter((specification) => specification.blocks('root_block_device').items.length === 0)
        .map((specification) => specification.attribute('ami'));
    default:
      return [];
  }
}

/** A mapping describes the root volume only under the name that the image gives it: images differ in that. */
function describesRoot(resource: Resource, mapping: string, root: string | null): boolean {
  return resource.blocks(mapping).items.some((block) => {
    if (block.blocks('ebs').items.length === 0) return false;
    const name = asString(block.attribute('device_name'));
    if (isHidden(name)) return name.kind === 'reference' && name.path.at(-1) === 'root_device_name';
    return name !== null && name === root;
  });
}

/** The blocks at the end of a path of blocks, each of which may repeat. */
export function containers(
  resource: Resource,
  names: readonly string[],
): { readonly paths: readonly Path[]; readonly open: readonly Hidden[] } {
  const open: Hidden[] = [];
  let paths: readonly Path[] = [[]];
  for (const name of names) {
    paths = paths.flatMap((path) => {
      const found = resource.blocks(...path, name);
      open.push(...found.open);
      return found.items.map((block) => block.path);
    });
  }
  return { paths, open };
}
