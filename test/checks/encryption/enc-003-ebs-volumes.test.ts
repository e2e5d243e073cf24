import { expect, it } from 'vitest';
import check from '../../../checks/encryption/enc-003-ebs-volumes.ts';
import { testCheck } from '../../support/check-tester.ts';
import { isCovered } from '../../support/covered.ts';

type Body = { readonly [key: string]: unknown };

const KEY = { aws_kms_key: { ledger: {} } };
const KMS = { encrypted: true, kms_key_id: '${aws_kms_key.ledger.arn}' };
const AMI = 'ami-0123456789abcdef0';

const resources = (body: Body) => ({ west: { resource: { ...KEY, ...body } } });
const volume = (body: Body, more: Body = {}) => resources({ aws_ebs_volume: { ledger: body }, ...more });
const instance = (body: Body, more: Body = {}) =>
  resources({ aws_instance: { ledger: { ami: AMI, ...body } }, ...more });

/** The account's default, switched on with a customer key. */
const DEFAULTS = {
  aws_ebs_encryption_by_default: { west: {} },
  aws_ebs_default_kms_key: { west: { key_arn: '${aws_kms_key.ledger.arn}' } },
};

/** Hosts whose volumes AWS makes. */
const NODES = {
  aws_eks_node_group: { nodes: { cluster_name: 'ledger' } },
  aws_batch_compute_environment: { jobs: { compute_resources: { type: 'EC2' } } },
};

const template = (body: Body) => ({ aws_launch_template: { ledger: { image_id: AMI, ...body } } });
const rootMapping = (ebs: Body) => template({ block_device_mappings: [{ device_name: '/dev/xvda', ebs }] });

testCheck(check, {
  pass: [
    { name: 'a volume with a customer key', stacks: volume(KMS) },
    { name: 'a switch written as a string', stacks: volume({ ...KMS, encrypted: 'true' }) },
    { name: 'a volume whose account encrypts with a customer key', stacks: volume({}, DEFAULTS) },
    {
      name: 'a volume that is encrypted with the default key',
      stacks: volume({ encrypted: true }, { aws_ebs_default_kms_key: DEFAULTS.aws_ebs_default_kms_key }),
    },
    {
      name: 'nodes without a launch template in an account that encrypts with a customer key',
      stacks: resources({ ...NODES, ...DEFAULTS }),
    },
    {
      name: 'compute without hosts',
      stacks: volume(KMS, {
        aws_batch_compute_environment: { jobs: { compute_resources: { type: 'FARGATE' } } },
      }),
    },
    {
      name: 'the default of the account set in another stack',
      stacks: {
        west: { resource: { aws_ebs_volume: { ledger: {} } } },
        links: { resource: { ...KEY, ...DEFAULTS } },
      },
    },
    {
      name: 'all devices of an instance',
      stacks: instance({
        root_block_device: KMS,
        ebs_block_device: [
          { device_name: '/dev/sdf', ...KMS },
          { device_name: '/dev/sdg', ...KMS, snapshot_id: 'snap-0123456789abcdef0' },
        ],
      }),
    },
    { name: 'a root device in a list', stacks: instance({ root_block_device: [KMS] }) },
    {
      name: 'a launch template and the group that uses it',
      stacks: resources({
        ...rootMapping({ ...KMS, encrypted: 'true' }),
        aws_autoscaling_group: { ledger: { launch_template: { id: '${aws_launch_template.ledger.id}' } } },
      }),
    },
    {
      name: 'a root device by the name that the image gives it',
      stacks: {
        west: {
          data: { aws_ami: { base: { owners: ['amazon'] } } },
          ...resources(
            template({ block_device_mappings: { device_name: '${data.aws_ami.base.root_device_name}', ebs: KMS } }),
          ).west,
        },
      },
    },
    {
      name: 'instances of a launch template',
      stacks: resources({
        ...rootMapping(KMS),
        aws_instance: { ledger: { launch_template: [{ name: '${aws_launch_template.ledger.name}' }] } },
      }),
    },
    {
      name: 'a volume of an ECS service, encrypted unless it says otherwise',
      stacks: resources({
        aws_ecs_service: {
          ledger: {
            volume_configuration: {
              name: 'ledger',
              managed_ebs_volume: { role_arn: 'arn:aws:iam::111111111111:role/ecs', kms_key_id: KMS.kms_key_id },
            },
          },
        },
      }),
    },
    {
      name: 'copies and imports',
      stacks: resources({
        aws_ami_copy: { ledger: { source_ami_id: AMI, source_ami_region: 'eu-west-1', ...KMS } },
        aws_ebs_snapshot_copy: { ledger: { source_snapshot_id: 'snap-1', source_region: 'eu-west-1', ...KMS } },
        aws_ebs_snapshot_import: { ledger: { disk_container: { format: 'RAW' }, ...KMS } },
      }),
    },
    {
      name: 'what is made of encrypted volumes and images',
      stacks: volume(KMS, {
        aws_ebs_snapshot: { ledger: { volume_id: '${aws_ebs_volume.ledger.id}' } },
        aws_ami: {
          ledger: {
            name: 'ledger',
            ebs_block_device: {
              device_name: '/dev/xvda',
              encrypted: true,
              snapshot_id: '${aws_ebs_snapshot.ledger.id}',
            },
          },
        },
        aws_ami_copy: { base: { source_ami_id: AMI, source_ami_region: 'eu-west-1', ...KMS } },
        aws_instance: { ledger: { ami: '${aws_ami_copy.base.id}' } },
        aws_ami_from_instance: { ledger: { name: 'again', source_instance_id: '${aws_instance.ledger.id}' } },
      }),
    },
    {
      name: 'spot requests, fleets, image recipes and desktops',
      stacks: resources({
        aws_spot_instance_request: { ledger: { ami: AMI, root_block_device: KMS } },
        aws_spot_fleet_request: {
          ledger: { launch_specification: [{ ami: AMI, root_block_device: KMS }] },
          fleet: {
            launch_template_config: { launch_template_specification: { id: '${aws_launch_template.ledger.id}' } },
          },
        },
        ...rootMapping(KMS),
        aws_imagebuilder_image_recipe: {
          ledger: {
            parent_image: AMI,
            block_device_mapping: { device_name: '/dev/xvda', ebs: { ...KMS, encrypted: 'true' } },
          },
        },
        aws_workspaces_workspace: {
          ledger: {
            root_volume_encryption_enabled: true,
            user_volume_encryption_enabled: true,
            volume_encryption_key: KMS.kms_key_id,
          },
        },
      }),
    },
  ],
  fail: [
    {
      name: 'nodes without a launch template in an account that does not encrypt',
      stacks: resources({ ...NODES, aws_ebs_encryption_by_default: { west: { enabled: false } } }),
      fails: { 'aws_batch_compute_environment.jobs': 'notByDefault', 'aws_eks_node_group.nodes': 'notByDefault' },
    },
    {
      name: 'a volume without encryption',
      stacks: volume({ encrypted: false }, DEFAULTS),
      fails: { 'aws_ebs_volume.ledger': 'unencrypted' },
    },
    {
      name: 'an account that does not encrypt by default',
      stacks: volume({}, { aws_ebs_encryption_by_default: { west: { enabled: false } } }),
      fails: { 'aws_ebs_volume.ledger': 'notByDefault' },
    },
    {
      name: 'the key that AWS manages',
      stacks: volume({ ...KMS, kms_key_id: 'alias/aws/ebs' }),
      fails: { 'aws_ebs_volume.ledger': 'awsManaged' },
    },
    {
      name: 'a default key that AWS manages',
      stacks: volume(
        {},
        {
          ...DEFAULTS,
          aws_ebs_default_kms_key: { west: { key_arn: 'arn:aws:kms:eu-west-1:111111111111:alias/aws/ebs' } },
        },
      ),
      fails: { 'aws_ebs_volume.ledger': 'defaultKey' },
    },
    {
      name: 'one of several devices',
      stacks: instance({
        root_block_device: KMS,
        ebs_block_device: [
          { device_name: '/dev/sdf', ...KMS },
          { device_name: '/dev/sdg', encrypted: 'false' },
        ],
      }),
      fails: { 'aws_instance.ledger': 'unencrypted' },
    },
    {
      name: 'a launch template and everything that uses it',
      stacks: resources({
        ...rootMapping({ encrypted: 'false' }),
        aws_autoscaling_group: {
          ledger: {
            mixed_instances_policy: {
              launch_template: {
                launch_template_specification: { launch_template_id: '${aws_launch_template.ledger.id}' },
              },
            },
          },
        },
      }),
      fails: { 'aws_launch_template.ledger': 'unencrypted', 'aws_autoscaling_group.ledger': 'inherits' },
    },
    {
      name: 'a snapshot of a volume without encryption',
      stacks: volume(
        { encrypted: false },
        { aws_ebs_snapshot: { ledger: { volume_id: '${aws_ebs_volume.ledger.id}' } } },
      ),
      fails: { 'aws_ebs_volume.ledger': 'unencrypted', 'aws_ebs_snapshot.ledger': 'inherits' },
    },
    {
      name: 'a volume of an ECS service that is not encrypted',
      stacks: resources({
        aws_ecs_service: { ledger: { volume_configuration: [{ managed_ebs_volume: [{ encrypted: false }] }] } },
      }),
      fails: { 'aws_ecs_service.ledger': 'unencrypted' },
    },
    {
      name: 'a desktop whose user volume is left out',
      stacks: resources({
        aws_workspaces_workspace: {
          ledger: { root_volume_encryption_enabled: true, volume_encryption_key: KMS.kms_key_id },
        },
      }),
      fails: { 'aws_workspaces_workspace.ledger': 'unencrypted' },
    },
  ],
  unproven: [
    {
      name: 'nodes without a launch template, in an account of which nothing is known',
      stacks: resources(NODES),
      unproven: {
        'aws_batch_compute_environment.jobs': 'has no launch template',
        'aws_eks_node_group.nodes': 'has no launch template',
      },
    },
    {
      name: 'a group of a version of its template by number',
      stacks: resources({
        ...rootMapping(KMS),
        aws_autoscaling_group: { hosts: { launch_template: { id: '${aws_launch_template.ledger.id}', version: '1' } } },
      }),
      unproven: { 'aws_autoscaling_group.hosts': 'version "1"' },
    },
    {
      name: 'a group of a template that has the name of one at another site',
      stacks: {
        ...resources({
          aws_launch_template: { hosts: { name: 'hosts', ...rootMapping(KMS).aws_launch_template.ledger } },
        }),
        north: { resource: { aws_autoscaling_group: { hosts: { launch_template: { name: 'hosts' } } } } },
      },
      unproven: { 'aws_autoscaling_group.hosts': 'not known' },
    },
    {
      name: 'a volume that says nothing, in an account of which nothing is known',
      stacks: volume({}),
      unproven: { 'aws_ebs_volume.ledger': 'the account may encrypt' },
    },
    {
      name: 'the name of a root device without a word on its encryption',
      stacks: {
        west: {
          data: { aws_ami: { base: { owners: ['amazon'] } } },
          ...resources(template({ block_device_mappings: { device_name: '${data.aws_ami.base.root_device_name}' } }))
            .west,
        },
      },
      unproven: { 'aws_launch_template.ledger': AMI },
    },
    {
      name: 'the default of another Region',
      stacks: {
        west: { resource: { aws_ebs_volume: { ledger: {} } } },
        north: { resource: { ...KEY, ...DEFAULTS } },
      },
      unproven: { 'aws_ebs_volume.ledger': 'the account may encrypt' },
    },
    {
      name: 'a volume that names no key',
      stacks: volume({ encrypted: true }),
      unproven: { 'aws_ebs_volume.ledger': 'names no key' },
    },
    {
      name: 'a switch from a variable',
      stacks: { west: { variable: { on: {} }, ...volume({ encrypted: '${var.on}' }, DEFAULTS).west } },
      unproven: { 'aws_ebs_volume.ledger': 'var.on' },
    },
    {
      name: 'a volume from a snapshot, which keeps its own key',
      stacks: volume({ snapshot_id: 'snap-0123456789abcdef0' }, DEFAULTS),
      unproven: { 'aws_ebs_volume.ledger': 'snap-0123456789abcdef0' },
    },
    {
      name: 'a root device that is left to the image',
      stacks: instance({}, DEFAULTS),
      unproven: { 'aws_instance.ledger': AMI },
    },
    {
      name: 'a root device without a key, whose image may bring one',
      stacks: instance({ root_block_device: { encrypted: true } }, DEFAULTS),
      unproven: { 'aws_instance.ledger': AMI },
    },
    {
      name: 'a launch template that describes another device only',
      stacks: resources(template({ block_device_mappings: [{ device_name: '/dev/sdf', ebs: KMS }] })),
      unproven: { 'aws_launch_template.ledger': AMI },
    },
    {
      name: 'a root device by the name that other images give it',
      stacks: resources(template({ block_device_mappings: [{ device_name: '/dev/sda1', ebs: KMS }] })),
      unproven: { 'aws_launch_template.ledger': AMI },
    },
    {
      name: 'a root device of an image that nobody attested',
      stacks: resources(
        template({ image_id: 'ami-other', block_device_mappings: [{ device_name: '/dev/xvda', ebs: KMS }] }),
      ),
      unproven: { 'aws_launch_template.ledger': 'ami-other' },
    },
    {
      name: 'a root device whose evidence has expired',
      stacks: resources(rootMapping(KMS)),
      asOf: '2028-01-01',
      unproven: { 'aws_launch_template.ledger': AMI },
    },
    {
      name: 'a group of a template outside the estate',
      stacks: resources({ aws_autoscaling_group: { ledger: { launch_template: { id: 'lt-0123456789abcdef0' } } } }),
      unproven: { 'aws_autoscaling_group.ledger': 'lt-0123456789abcdef0' },
    },
    {
      name: 'a snapshot of a volume outside the estate',
      stacks: resources({ aws_ebs_snapshot: { ledger: { volume_id: 'vol-0123456789abcdef0' } } }),
      unproven: { 'aws_ebs_snapshot.ledger': 'vol-0123456789abcdef0' },
    },
    {
      name: 'a copy that says nothing',
      stacks: resources({
        aws_ami_copy: { ledger: { source_ami_id: AMI, source_ami_region: 'eu-west-1' } },
        aws_ebs_encryption_by_default: { west: { enabled: false } },
      }),
      unproven: { 'aws_ami_copy.ledger': 'as its source is' },
    },
    {
      name: 'devices that only the plan knows',
      stacks: {
        west: {
          variable: { disks: {} },
          ...instance({
            root_block_device: KMS,
            dynamic: { ebs_block_device: { for_each: '${var.disks}', content: KMS } },
          }).west,
        },
      },
      unproven: { 'aws_instance.ledger': 'dynamic.ebs_block_device' },
    },
    {
      name: 'snapshots that are made of each other',
      stacks: resources({
        aws_ebs_volume: { ledger: { encrypted: true, snapshot_id: '${aws_ebs_snapshot.ledger.id}' } },
        aws_ebs_snapshot: { ledger: { volume_id: '${aws_ebs_volume.ledger.id}' } },
      }),
      unproven: { 'aws_ebs_volume.ledger': 'not known', 'aws_ebs_snapshot.ledger': 'not known' },
    },
  ],
});

const device = (name: string, body: Body) => ({ device_name: name, ...body });

it.each([
  [
    'a second volume without encryption',
    instance({ root_block_device: KMS, ebs_block_device: [device('/dev/sdf', { encrypted: false })] }),
    instance({
      root_block_device: KMS,
      ebs_block_device: [device('/dev/sdf', { encrypted: false }), device('/dev/sdg', { encrypted: false })],
    }),
  ],
  [
    'another device',
    instance({ root_block_device: KMS, ebs_block_device: [device('/dev/sdf', { encrypted: false })] }),
    instance({ root_block_device: KMS, ebs_block_device: [device('/dev/sdg', { encrypted: false })] }),
  ],
  [
    'the content of a snapshot',
    volume({ encrypted: false }),
    volume({ encrypted: false, snapshot_id: 'snap-0123456789abcdef0' }),
  ],
  [
    'another volume of a service',
    resources({
      aws_ecs_service: {
        desk: { volume_configuration: { name: 'cache', managed_ebs_volume: { encrypted: false } } },
      },
    }),
    resources({
      aws_ecs_service: {
        desk: { volume_configuration: { name: 'ledger', managed_ebs_volume: { encrypted: false } } },
      },
    }),
  ],
])('has an exception not cover %s', (_, approved, graver) => {
  expect(isCovered(check, { stacks: approved }, { stacks: graver })).toBe(false);
});
