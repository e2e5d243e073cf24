import { expect, it } from 'vitest';
import check from '../../../checks/residency/res-002-zone-in-country.ts';
import { testCheck } from '../../support/check-tester.ts';
import { isCovered } from '../../support/covered.ts';

const RACK = 'arn:aws:outposts:eu-north-1:222222222222:outpost/op-0123456789abcdef0';
const west = (resource: object, rest: object = {}) => ({ west: { resource, ...rest } });
const north = (resource: object, rest: object = {}) => ({ north: { resource, ...rest }, west: {} });
const volume = (body: object) => ({ aws_ebs_volume: { ledger: body } });
const subnet = (body: object) => ({ aws_subnet: { data: { vpc_id: 'vpc-1', cidr_block: '10.0.0.0/24', ...body } } });
const tagged = (dataClass: string) => ({ tags: { 'ledger:data-class': dataClass } });

testCheck(check, {
  pass: [
    { name: 'a zone id', stacks: west(subnet({ availability_zone_id: 'euw1-az1' })) },
    { name: 'a letter, whichever zone it is', stacks: west(volume({ availability_zone: 'eu-west-1c' })) },
    {
      name: 'the zone of a subnet by reference',
      stacks: west({
        ...subnet({ availability_zone_id: 'euw1-az2' }),
        ...volume({ availability_zone: '${aws_subnet.data.availability_zone}' }),
      }),
    },
    {
      name: 'zones in lists and nested blocks',
      stacks: west({
        aws_rds_cluster: { ledger: { availability_zones: ['eu-west-1a', 'eu-west-1b'] } },
        aws_launch_template: { host: { placement: [{ availability_zone: 'eu-west-1a' }] } },
      }),
    },
    {
      name: 'the border group of the Region',
      stacks: west({ aws_eip: { door: { network_border_group: 'eu-west-1' } } }),
    },
    {
      name: 'a directory bucket',
      stacks: west({
        aws_s3_directory_bucket: {
          ledger: { bucket: 'ledger--euw1-az1--x-s3', location: { name: 'euw1-az1', type: 'AvailabilityZone' } },
        },
      }),
    },
    {
      name: 'what rests on the rack and is anchored to its Region',
      stacks: north({
        ...subnet({ availability_zone: 'eu-north-1a', outpost_arn: RACK, ...tagged('restricted') }),
        ...volume({ availability_zone: '${aws_subnet.data.availability_zone}', outpost_arn: RACK }),
      }),
    },
    {
      name: 'operational data in the parent Region of the rack',
      stacks: north(subnet({ availability_zone_id: 'eun1-az1', ...tagged('operational') })),
    },
    {
      name: 'a Local Zone group abroad that is opted out of',
      stacks: west({
        aws_ec2_availability_zone_group: {
          ist: { group_name: 'eu-central-1-ist-1', opt_in_status: 'not-opted-in' },
          own: { group_name: 'eu-west-1', opt_in_status: 'opted-in' },
        },
        ...subnet({ availability_zone_id: 'euw1-az1' }),
      }),
    },
    {
      name: 'a target outside the VPC, in no zone',
      stacks: west({
        aws_lb_target_group_attachment: { one: { availability_zone: 'all', target_id: '10.0.0.1' } },
        ...subnet({ availability_zone_id: 'euw1-az1' }),
      }),
    },
  ],
  fail: [
    {
      name: 'Istanbul under Frankfurt',
      stacks: west(volume({ availability_zone: 'eu-central-1-ist-1a' })),
      fails: { 'aws_ebs_volume.ledger': 'refused' },
    },
    {
      name: 'Casablanca under Paris',
      stacks: west({ aws_vpc: { data: { ipv6_cidr_block_network_border_group: 'eu-west-3-cmn-1' } } }),
      fails: { 'aws_vpc.data': 'refused' },
    },
    {
      name: 'a zone id abroad',
      stacks: west(subnet({ availability_zone_id: 'use1-az1' })),
      fails: { 'aws_subnet.data': 'refused' },
    },
    {
      name: 'an allowed country that is not the site',
      stacks: west(subnet({ availability_zone_id: 'euc1-az1' })),
      fails: { 'aws_subnet.data': 'otherCountry' },
    },
    {
      name: 'one zone of a list',
      stacks: west({ aws_elasticache_cluster: { c: { preferred_availability_zones: ['eu-west-1a', 'us-east-1a'] } } }),
      fails: { 'aws_elasticache_cluster.c': 'refused' },
    },
    {
      name: 'the zone in the name of a directory bucket',
      stacks: west({ aws_s3_object: { o: { bucket: 'ledger--euc1-ist1-az1--x-s3', key: 'k' } } }),
      fails: { 'aws_s3_object.o': 'refused' },
    },
    {
      name: 'a Local Zone group abroad that is opted in to',
      stacks: west({
        aws_ec2_availability_zone_group: { ist: { group_name: 'eu-central-1-ist-1', opt_in_status: 'opted-in' } },
      }),
      fails: { 'aws_ec2_availability_zone_group.ist': 'refused' },
    },
    {
      name: 'restricted data beside the rack',
      stacks: north(volume({ availability_zone: 'eu-north-1a', ...tagged('restricted') })),
      fails: { 'aws_ebs_volume.ledger': 'otherCountry' },
    },
    {
      name: 'a rack that is not of the site',
      stacks: north(
        volume({
          availability_zone: 'eu-north-1a',
          outpost_arn: RACK.replace('op-0123456789abcdef0', 'op-0fedcba9876543210'),
          ...tagged('restricted'),
        }),
      ),
      fails: { 'aws_ebs_volume.ledger': 'otherCountry' },
    },
    {
      name: 'an expression that gives a list',
      stacks: west({
        aws_autoscaling_group: { hosts: { availability_zones: '${["eu-west-1a", "eu-west-2a"]}' } },
      }),
      fails: { 'aws_autoscaling_group.hosts': 'refused' },
    },
  ],
  unproven: [
    {
      name: 'a bucket of the run, which may be a directory bucket',
      stacks: west({ aws_s3_object: { o: { bucket: '${var.bucket}', key: 'k' } } }, { variable: { bucket: {} } }),
      unproven: { 'aws_s3_object.o': 'var.bucket' },
    },
    {
      name: 'the word all where a zone is due',
      stacks: west(volume({ availability_zone: 'all' })),
      unproven: { 'aws_ebs_volume.ledger': 'no form of a zone' },
    },
    {
      name: 'a zone that AWS lists',
      stacks: west(volume({ availability_zone: '${data.aws_availability_zones.all.names[0]}' }), {
        data: { aws_availability_zones: { all: {} } },
      }),
      unproven: { 'aws_ebs_volume.ledger': 'aws_availability_zones.all' },
    },
    {
      name: 'a zone of the run',
      stacks: west(volume({ availability_zone: '${var.zone}' }), { variable: { zone: {} } }),
      unproven: { 'aws_ebs_volume.ledger': 'var.zone' },
    },
    {
      name: 'a group of Wavelength Zones, which lie in several countries',
      stacks: west({ aws_eip: { door: { network_border_group: 'eu-west-3-wl1' } } }),
      unproven: { 'aws_eip.door': 'no form of a zone' },
    },
    {
      name: 'a zone that no table knows',
      stacks: west(subnet({ availability_zone: 'eu-west-1-ork-1a' })),
      unproven: { 'aws_subnet.data': 'no table knows' },
    },
    {
      name: 'a rack of the run',
      stacks: north(volume({ availability_zone: 'eu-north-1a', outpost_arn: '${var.rack}', ...tagged('restricted') }), {
        variable: { rack: {} },
      }),
      unproven: { 'aws_ebs_volume.ledger': 'var.rack' },
    },
    {
      name: 'no data class beside the rack',
      stacks: north(volume({ availability_zone: 'eu-north-1a' })),
      unproven: { 'aws_ebs_volume.ledger': 'ledger:data-class' },
    },
    {
      name: 'a stack that the policy does not expect',
      stacks: { annex: { resource: subnet({ availability_zone_id: 'euw1-az1' }) } },
      unproven: { 'aws_subnet.data': 'belongs to no site' },
    },
  ],
});

it.each([
  ['outside', 'eu-central-1-ist-1a'],
  ['in another country', 'eu-central-1a'],
])('has an exception for a zone %s not cover data of a graver class', (_, zone) => {
  const volume = (dataClass: string) => ({
    stacks: {
      west: {
        resource: {
          aws_ebs_volume: { ledger: { availability_zone: zone, tags: { 'ledger:data-class': dataClass } } },
        },
      },
    },
  });
  expect(isCovered(check, volume('operational'), volume('restricted'))).toBe(false);
});
