import type { Mover } from '../mover.ts';
import { into, out } from './row.ts';

const image = out('image');
const source = into('image');

/** Machine and container images. They hold what was on the disk of the machine. */
export const IMAGES: readonly Mover[] = [
  source('aws_ami_copy', 'source_ami_region', 'region', 'The image is copied into the Region of the resource.'),
  image('aws_ami_launch_permission', 'account_id', 'account', 'The account may start and copy the image.'),
  image('aws_ami_launch_permission', 'group', 'account', 'Everybody may start and copy the image.'),
  image(
    'aws_ebs_snapshot_block_public_access aws_ec2_image_block_public_access',
    'state',
    'world',
    'Snapshots and images of the account may be shared with everybody.',
    { when: [{ path: 'state', is: ['unblocked'] }], place: 'everybody' },
  ),
  image(
    'aws_ami_launch_permission',
    'organization_arn',
    'principal',
    'Every account of the organisation may start and copy the image.',
  ),
  image(
    'aws_ami_launch_permission',
    'organizational_unit_arn',
    'principal',
    'Every account of the unit may start and copy the image.',
  ),
  image(
    'aws_imagebuilder_distribution_configuration',
    'distribution.region',
    'region',
    'Images that are built are copied to this Region.',
  ),
  image(
    'aws_imagebuilder_distribution_configuration',
    'distribution.ami_distribution_configuration.target_account_ids',
    'account',
    'Images that are built are copied to these accounts.',
  ),
  image(
    'aws_imagebuilder_distribution_configuration',
    'distribution.s3_export_configuration.s3_bucket',
    'bucket',
    'Images that are built are written to this bucket.',
  ),
  image(
    'aws_ecr_replication_configuration',
    'replication_configuration.rule.destination.region',
    'region',
    'Every image that is pushed is copied to this Region.',
  ),
  image(
    'aws_ecr_replication_configuration',
    'replication_configuration.rule.destination.registry_id',
    'account',
    'Every image that is pushed is copied to this account.',
  ),
  source(
    'aws_ecr_pull_through_cache_rule',
    'upstream_registry_url',
    'host',
    'Images come from this registry, which learns which are wanted.',
  ),
  image('aws_ecrpublic_repository', '', 'world', 'Everybody may pull what is in a public repository.', {
    place: 'everybody, from us-east-1',
  }),
];
