import { expect, it } from 'vitest';
import check from '../../../checks/residency/res-007-rack-spill.ts';
import { judge } from '../../../checks/example-estate.ts';
import { testCheck } from '../../support/check-tester.ts';
import { isCovered } from '../../support/covered.ts';

const RACK = 'arn:aws:outposts:eu-north-1:222222222222:outpost/op-0123456789abcdef0';
const north = (resource: object, rest: object = {}) => ({ north: { resource, ...rest } });
const volume = (outpost?: string) => ({
  aws_ebs_volume: { ledger: { availability_zone: 'eu-north-1a', size: 8, ...(outpost && { outpost_arn: outpost }) } },
});
const snapshot = (body: object = {}) => ({
  aws_ebs_snapshot: { copy: { volume_id: '${aws_ebs_volume.ledger.id}', ...body } },
});
const subnet = { aws_subnet: { rack: { vpc_id: 'vpc-1', outpost_arn: RACK } } };
const host = { ...subnet, aws_instance: { app: { subnet_id: '${aws_subnet.rack.id}' } } };
const image = {
  ...host,
  aws_ami_from_instance: { app: { name: 'app', source_instance_id: '${aws_instance.app.id}' } },
};
const database = (body: object = {}) => ({
  ...subnet,
  aws_db_subnet_group: { rack: { subnet_ids: ['${aws_subnet.rack.id}'] } },
  aws_db_instance: { ledger: { db_subnet_group_name: '${aws_db_subnet_group.rack.name}', ...body } },
});
const lifecycle = (details: object) => ({ aws_dlm_lifecycle_policy: { daily: { policy_details: [details] } } });
const daily = (location?: string) => [
  { name: 'daily', create_rule: [{ interval: 24, ...(location && { location }) }] },
];
const service = (body: object) => ({ aws_ecs_service: { app: { name: 'app', ...body } } });
const cache = (body: object) => ({ aws_elasticache_cluster: { hot: { preferred_outpost_arn: RACK, ...body } } });
const hidden = { variable: { choice: {} } };

testCheck(check, {
  pass: [
    {
      name: 'a snapshot that stays on the rack',
      stacks: north({ ...volume(RACK), ...snapshot({ outpost_arn: RACK }) }),
    },
    { name: 'a snapshot of a volume in the Region', stacks: north({ ...volume(), ...snapshot() }) },
    { name: 'a database with its backups on the rack', stacks: north(database({ backup_target: 'outposts' })) },
    {
      name: 'snapshots by schedule that stay',
      stacks: north(lifecycle({ resource_locations: ['OUTPOST'], schedule: daily('OUTPOST_LOCAL') })),
    },
    { name: 'containers on EC2', stacks: north(service({ launch_type: 'EC2' })) },
    { name: 'a cache without snapshots', stacks: north(cache({})) },
  ],
  fail: [
    {
      name: 'a snapshot without an Outpost',
      stacks: north({ ...volume(RACK), ...snapshot() }),
      fails: { 'aws_ebs_snapshot.copy': 'copied' },
    },
    {
      name: 'a snapshot of an empty Outpost',
      stacks: north({ ...volume(RACK), ...snapshot({ outpost_arn: '' }) }),
      fails: { 'aws_ebs_snapshot.copy': 'copied' },
    },
    {
      name: 'backups in the Region by default',
      stacks: north(database()),
      fails: { 'aws_db_instance.ledger': 'backups' },
    },
    {
      name: 'backups in the Region',
      stacks: north(database({ backup_target: 'region' })),
      fails: { 'aws_db_instance.ledger': 'backups' },
    },
    {
      name: 'snapshots by schedule in the Region',
      stacks: north(lifecycle({ resource_locations: ['OUTPOST'], schedule: daily('CLOUD') })),
      fails: { 'aws_dlm_lifecycle_policy.daily': 'lifecycle' },
    },
    {
      name: 'snapshots by schedule in the Region by default',
      stacks: north(lifecycle({ resource_locations: ['OUTPOST'], schedule: daily() })),
      fails: { 'aws_dlm_lifecycle_policy.daily': 'lifecycle' },
    },
    {
      name: 'containers on Fargate',
      stacks: north(service({ launch_type: 'FARGATE' })),
      fails: { 'aws_ecs_service.app': 'fargate' },
    },
  ],
  unproven: [
    {
      name: 'a snapshot whose Outpost a variable names',
      stacks: north({ ...volume(RACK), ...snapshot({ outpost_arn: '${var.choice}' }) }, hidden),
      unproven: { 'aws_ebs_snapshot.copy': 'var.choice' },
    },
    {
      name: 'a snapshot of a volume that nobody showed',
      stacks: north({ aws_ebs_snapshot: { copy: { volume_id: 'vol-0123456789abcdef0' } } }),
      unproven: { 'aws_ebs_snapshot.copy': 'outside the estate' },
    },
    {
      name: 'an image of an instance on the rack',
      stacks: north(image),
      unproven: { 'aws_ami_from_instance.app': 'cannot be told' },
    },
    {
      name: 'a copy of an image from elsewhere',
      stacks: north({
        aws_ami_copy: { app: { name: 'app', source_ami_id: 'ami-0123456789abcdef0', source_ami_region: 'eu-north-1' } },
      }),
      unproven: { 'aws_ami_copy.app': 'nothing tells' },
    },
    {
      name: 'a backup selection',
      stacks: north({ aws_backup_selection: { all: { plan_id: 'p', name: 'all', iam_role_arn: 'r' } } }),
      unproven: { 'aws_backup_selection.all': 'at run time' },
    },
    {
      name: 'snapshots by schedule of what tags choose',
      stacks: north(lifecycle({ schedule: daily() })),
      unproven: { 'aws_dlm_lifecycle_policy.daily': 'at run time' },
    },
    {
      name: 'containers without a launch type',
      stacks: north(service({})),
      unproven: { 'aws_ecs_service.app': 'no launch_type' },
    },
    {
      name: 'a cache with snapshots',
      stacks: north(cache({ snapshot_retention_limit: 3 })),
      unproven: { 'aws_elasticache_cluster.hot': 'keeps snapshots' },
    },
    {
      name: 'a database whose target a variable names',
      stacks: north(database({ backup_target: '${var.choice}' }), hidden),
      unproven: { 'aws_db_instance.ledger': 'var.choice' },
    },
  ],
});

it('RES-007 fails a copy of an image of an instance on the rack', () => {
  const copy = {
    app: { name: 'app', source_ami_id: '${aws_ami_from_instance.app.id}', source_ami_region: 'eu-north-1' },
  };
  const { results } = judge([check], { stacks: north({ ...image, aws_ami_copy: copy }) });
  expect(results.map(({ subject, verdict, message }) => `${subject.address} ${verdict}: ${message}`)).toEqual([
    'aws_ami_copy.app fail: copies aws_instance.app, which is on a rack, to the parent Region: it sets no destination_outpost_arn',
    'aws_ami_from_instance.app unproven: makes snapshots of an instance on a rack and cannot be told to keep them there',
  ]);
});

it('has an exception for snapshots of some volumes not cover those of others', () => {
  const of = (use: string) => ({
    stacks: north(lifecycle({ resource_locations: ['OUTPOST'], target_tags: { use }, schedule: daily('CLOUD') })),
  });
  expect(isCovered(check, of('test'), of('ledger'))).toBe(false);
});
