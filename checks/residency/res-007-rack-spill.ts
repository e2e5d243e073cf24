import type { Resource } from '../../model/resource.ts';
import { asNumber, asString, isHidden } from '../../model/value.ts';
import { siteOf } from '../../policy/sites.ts';
import { type Context, defineCheck, type Outcome } from '../check.ts';
import { restOf } from './rack.ts';

/** Types that may take data from a rack to its parent Region. */
const TYPES = [
  'aws_ami_copy',
  'aws_ami_from_instance',
  'aws_backup_selection',
  'aws_db_instance',
  'aws_dlm_lifecycle_policy',
  'aws_ebs_snapshot',
  'aws_ecs_service',
  'aws_elasticache_cluster',
  'aws_elasticache_replication_group',
];

export default defineCheck({
  id: 'RES-007',
  why: 'A copy of what rests on a rack lies in the parent Region, in another country, unless it is told to stay. A snapshot without the ARN of its Outpost is enough.',
  fix: 'Name the Outpost on snapshots and copies of images, set backup_target to "outposts" on databases, and run containers of the rack on EC2.',
  references: ['https://docs.aws.amazon.com/ebs/latest/userguide/snapshots-outposts.html'],
  resourceTypes: TYPES,
  messages: {
    copied: ({ source, argument }: { source: string; argument: string }) =>
      `copies ${source}, which is on a rack, to the parent Region: it sets no ${argument}`,
    backups: 'rests on a rack and keeps its backups in the parent Region: backup_target is not "outposts"',
    lifecycle: 'keeps snapshots of volumes on a rack in the parent Region: its location is not OUTPOST_LOCAL',
    fargate: 'runs on Fargate, which is in the parent Region and on no rack',
  },

  subjects({ estate, policy }: Context) {
    return estate.ofType(...TYPES).flatMap((resource) => {
      const assignment = siteOf(estate.place(resource), resource.stack, policy);
      const isOfRack = assignment.kind === 'site' ? assignment.site.outposts.length > 0 : true;
      const hasRacks = policy.sites.some(({ outposts }) => outposts.length > 0);
      return isOfRack && hasRacks ? [{ kind: 'resource' as const, resource }] : [];
    });
  },

  inspect({ resource }, { estate, pass, fail, unproven, all }) {
    switch (resource.type) {
      case 'aws_ebs_snapshot':
        return snapshot();
      case 'aws_ami_copy':
        return imageCopy();
      case 'aws_ami_from_instance':
        return ofRack('source_instance_id', () =>
          unproven('makes snapshots of an instance on a rack and cannot be told to keep them there'),
        );
      case 'aws_db_instance':
        return database();
      case 'aws_dlm_lifecycle_policy':
        return all(schedules());
      case 'aws_ecs_service':
        return service();
      case 'aws_backup_selection':
        return unproven('selects at run time what is backed up to a vault in the parent Region');
      default:
        return cache();
    }

    function snapshot(): Outcome {
      const pinned = asString(resource.attribute('outpost_arn'));
      if (isHidden(pinned)) return unproven(pinned);
      if (pinned !== null && pinned !== '') return pass();
      return ofRack('volume_id', (volume) =>
        fail({ path: ['outpost_arn'], related: [volume] }, 'copied', {
          source: volume.address,
          argument: 'outpost_arn',
        }),
      );
    }

    function imageCopy(): Outcome {
      const pinned = asString(resource.attribute('destination_outpost_arn'));
      if (isHidden(pinned)) return unproven(pinned);
      if (pinned !== null && pinned !== '') return pass();
      const image = estate.resolve(resource.attribute('source_ami_id'), ['aws_ami_from_instance']);
      if (image.kind === 'hidden') return unproven(image.value);
      if (image.kind !== 'resource' || image.resource.type !== 'aws_ami_from_instance') {
        return unproven('copies an image to the parent Region, and nothing tells that it is of no instance on a rack');
      }
      return ofRack(
        'source_instance_id',
        (instance) =>
          fail({ path: ['destination_outpost_arn'], related: [instance] }, 'copied', {
            source: instance.address,
            argument: 'destination_outpost_arn',
          }),
        image.resource,
      );
    }

    /** Judges what is made of a source on a rack; what is made of one in the Region spills nothing. */
    function ofRack(argument: string, judge: (source: Resource) => Outcome, holder: Resource = resource): Outcome {
      const source = estate.resolve(holder.attribute(argument), undefined, holder);
      if (source.kind === 'hidden') return unproven(source.value);
      if (source.kind === 'none') return unproven(`does not say of what it is made: ${argument} is not set`);
      if (source.kind === 'outside') return unproven(`is made of ${source.text}, which is outside the estate`);
      const rest = restOf(source.resource, estate);
      if (rest.kind === 'hidden') return unproven(rest.value);
      return rest.kind === 'rack' ? judge(source.resource) : pass();
    }

    function database(): Outcome {
      const rest = restOf(resource, estate);
      if (rest.kind === 'region') return pass();
      const target = asString(resource.attribute('backup_target'));
      if (target === 'outposts') return pass();
      if (rest.kind === 'hidden') return unproven(rest.value);
      if (isHidden(target)) return unproven(target);
      return fail({ path: ['backup_target'], value: resource.attribute('backup_target') }, 'backups');
    }

    function schedules(): readonly Outcome[] {
      const { items, open } = resource.blocks('policy_details');
      const [details] = items;
      const [hidden] = open;
      if (hidden !== undefined) return [unproven(hidden)];
      const places = details?.attribute('resource_locations');
      const first = places?.kind === 'list' ? places.items[0] : undefined;
      const place = first === undefined ? null : asString(first);
      if (isHidden(place)) return [unproven(place)];
      if (details === undefined || place !== 'OUTPOST') {
        return [unproven('selects volumes at run time, and does not say that they are those of the rack')];
      }
      const extent = {
        target_tags: details.attribute('target_tags'),
        resource_types: details.attribute('resource_types'),
      };
      const { items: rules, open: others } = details.blocks('schedule');
      if (rules.length === 0 && others.length === 0) return [unproven('has no schedule that the input shows')];
      return [
        ...others.map((other) => unproven(other)),
        ...rules.map((rule) => {
          const location = asString(rule.attribute('create_rule', 'location'));
          if (isHidden(location)) return unproven(location);
          return location === 'OUTPOST_LOCAL'
            ? pass()
            : fail(
                { path: [...rule.path, 'create_rule'], value: rule.attribute('create_rule', 'location'), extent },
                'lifecycle',
              );
        }),
      ];
    }

    function service(): Outcome {
      const launch = asString(resource.attribute('launch_type'));
      if (isHidden(launch)) return unproven(launch);
      if (launch === 'FARGATE') {
        return fail({ path: ['launch_type'], value: resource.attribute('launch_type') }, 'fargate');
      }
      if (launch === 'EC2' || launch === 'EXTERNAL') return pass();
      return unproven('sets no launch_type, so capacity providers may run it in the parent Region');
    }

    function cache(): Outcome {
      const rest = restOf(resource, estate);
      if (rest.kind === 'region') return pass();
      const days = asNumber(resource.attribute('snapshot_retention_limit'));
      if (days === null || days === 0) return pass();
      if (rest.kind === 'hidden') return unproven(rest.value);
      if (isHidden(days)) return unproven(days);
      return unproven('rests on a rack and keeps snapshots, of which the input does not tell that they stay there');
    }
  },

  examples: {
    compliant: [
      {
        stacks: {
          north: {
            resource: {
              aws_ebs_volume: {
                ledger: {
                  availability_zone: 'eu-north-1a',
                  size: 8,
                  outpost_arn: 'arn:aws:outposts:eu-north-1:222222222222:outpost/op-0123456789abcdef0',
                },
              },
              aws_ebs_snapshot: {
                ledger: {
                  volume_id: '${aws_ebs_volume.ledger.id}',
                  outpost_arn: 'arn:aws:outposts:eu-north-1:222222222222:outpost/op-0123456789abcdef0',
                },
              },
            },
          },
        },
      },
    ],
    violating: [
      {
        stacks: {
          north: {
            resource: {
              aws_ebs_volume: {
                ledger: {
                  availability_zone: 'eu-north-1a',
                  size: 8,
                  outpost_arn: 'arn:aws:outposts:eu-north-1:222222222222:outpost/op-0123456789abcdef0',
                },
              },
              aws_ebs_snapshot: { ledger: { volume_id: '${aws_ebs_volume.ledger.id}' } },
            },
          },
        },
      },
    ],
  },
});
