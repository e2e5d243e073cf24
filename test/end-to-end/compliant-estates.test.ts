import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Example, StackJson } from '../../checks/check.ts';
import { judge } from '../../checks/example-estate.ts';
import { checks } from '../../checks/index.ts';

/**
 * Estates of four kinds as somebody would write them, 300 resources in all, with what is apt to be taken for a flow:
 * Regions in descriptions, patterns and queries, published images and layers, names inside the network, prefixes of
 * buckets. `platform` is of provider 5, the others of 6.
 */
const SITES = [
  { id: 'platform', country: 'DE', region: 'eu-central-1', account: '100000000001', zones: 'euc1-az' },
  { id: 'lake', country: 'IE', region: 'eu-west-1', account: '100000000002', zones: 'euw1-az' },
  { id: 'web', country: 'SE', region: 'eu-north-1', account: '100000000003', zones: 'eun1-az' },
  { id: 'archive', country: 'FR', region: 'eu-west-3', account: '100000000004', zones: 'euw3-az' },
] as const;

/** The site of the web keeps copies of what is public in another country. */
const SUPPORTING = [{ region: 'eu-west-1', country: 'IE', dataClasses: ['operational'], reason: 'Copies of pages.' }];

const POLICY: Example['policy'] = {
  jurisdiction: {
    set: 'EEA',
    source: 'GDPR Article 45; EEA Joint Committee Decision 154/2018',
    countries: SITES.map(({ country }) => ({
      country,
      legalBasis: 'member state',
      decision: 'GDPR',
      since: '2018-05-25',
    })),
  },
  sites: SITES.map(({ id, country, region, account, zones }) => ({
    id,
    name: id,
    country,
    region,
    account,
    zoneIds: [1, 2, 3].map((number) => `${zones}${number}`),
    ...(id === 'web' ? { supportingPlaces: SUPPORTING } : {}),
  })),
  stacks: SITES.map(({ id }) => ({ name: id, sites: [id] })),
  tags: { dataClass: 'harbour:data-class', site: 'harbour:site', tier: 'harbour:tier' },
  globalServices: ['aws_iam_*', 'aws_route53_*'].map((resourceType) => ({
    resourceType,
    reason: 'Access and names inside the network.',
    metadataExposure: 'names of roles and hosts',
  })),
  gateways: [],
  monitor: undefined,
  evidence: [],
  network: {
    approvedPeers: [{ peer: '10.0.0.0/8', reason: 'Addresses of the enclave.' }],
    outside: [
      {
        id: 'own',
        kind: 'partner',
        cidrs: ['192.0.2.0/24'],
        domains: ['.watch.example', '.harbour.example'],
        reason: 'Alarms, and names of its own.',
      },
    ],
  },
};

const residency = checks.filter(({ id }) => id.startsWith('RES-') || id === 'CHG-001' || id === 'CHG-002');
const stacks = Object.fromEntries(SITES.map(({ id }) => [id, stackOf(id)]));

describe('compliant estates', () => {
  const { results } = judge(residency, { stacks, policy: POLICY });

  it('have no finding of residency', () => {
    const open = results.filter(({ verdict }) => verdict === 'fail' || verdict === 'unproven');
    expect(open.map(({ control, subject, message }) => `${control} ${subject.address}: ${message}`)).toEqual([]);
  });

  it.each(SITES)('are looked at: flows, places and texts of $id', ({ id }) => {
    const passed = results.filter(({ verdict, subject }) => verdict === 'pass' && subject.stack === id);
    const own = new Set(passed.map(({ control }) => control));
    expect(['RES-001', 'RES-008', 'RES-011', 'RES-014'].filter((control) => !own.has(control))).toEqual([]);
  });
});

describe('the same estates with one word of each changed', () => {
  const CHANGES = [
    [
      'platform',
      'RES-014',
      'aws_config_delivery_channel.all',
      '"s3_bucket_name": "${aws_s3_bucket.config.bucket}"',
      '"s3_bucket_name": "somewhere"',
    ],
    [
      'lake',
      'RES-011',
      'aws_athena_workgroup.analysts',
      's3://${aws_s3_bucket.results.bucket}/analysts/',
      's3://somewhere/analysts/',
    ],
    ['web', 'RES-005', 'aws_dynamodb_table.flags', '"region_name": "eu-west-1"', '"region_name": "us-east-1"'],
    ['archive', 'RES-011', 'aws_transfer_user.two', '/harbour-fr-files/', '/harbour-us-files/'],
  ] as const;

  it.each(CHANGES)('%s is seen by %s', (id, control, address, before, after) => {
    const text = JSON.stringify(stackOf(id), null, 2);
    expect(text).toContain(before);
    const changed = { ...stacks, [id]: JSON.parse(text.replace(before, () => after)) as StackJson };
    const own = residency.filter((check) => check.id === control);
    const { results } = judge(own, { stacks: changed, policy: POLICY });
    const open = results.filter(({ verdict }) => verdict === 'fail' || verdict === 'unproven');
    expect(open.map(({ subject }) => subject.address)).toEqual([address]);
  });
});

function stackOf(id: string): StackJson {
  return JSON.parse(readFileSync(`test/fixtures/estates/${id}.tf.json`, 'utf8')) as StackJson;
}
