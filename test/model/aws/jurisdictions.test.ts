import { describe, expect, test } from 'vitest';
import { COUNTRY_NAMES, describeCountry, isCountry } from '../../../model/aws/countries.ts';
import {
  ADEQUACY,
  JURISDICTION_SETS,
  PARTITIONS,
  partitionOf,
  regionCountry,
  regionOfZone,
  REGIONS,
  zoneCountry,
  zoneOfDirectoryBucket,
} from '../../../model/aws/jurisdictions.ts';

describe('regions', () => {
  test.each([
    ['eu-west-1', 'IE', 'aws'],
    ['eu-north-1', 'SE', 'aws'],
    ['eu-west-2', 'GB', 'aws'],
    ['eu-central-2', 'CH', 'aws'],
    ['eusc-de-east-1', 'DE', 'aws-eusc'],
    ['us-gov-west-1', 'US', 'aws-us-gov'],
    ['cn-north-1', 'CN', 'aws-cn'],
  ])('%s is in %s, partition %s', (region, country, partition) => {
    expect(regionCountry(region)).toBe(country);
    expect(partitionOf(region)).toBe(partition);
  });

  test('a name that begins with eu- proves no country', () => {
    expect(regionCountry('eu-isoe-west-1')).toBeNull();
    expect(partitionOf('eu-isoe-west-1')).toBe('aws-iso-e');
    expect(regionCountry('eu-west-9')).toBeNull();
    expect(partitionOf('eu-west-9')).toBeNull();
  });

  test.each(['', 'EU-WEST-1', 'eu-west-1 ', 'eu-west-1a', '__proto__', 'constructor'])('%j is no Region', (name) => {
    expect(regionCountry(name)).toBeNull();
    expect(REGIONS.has(name)).toBe(false);
  });

  test('knows 46 Regions, each in a known partition and a real country', () => {
    expect(REGIONS.size).toBe(46);
    for (const region of REGIONS.values()) {
      expect(PARTITIONS.has(region.partition)).toBe(true);
      expect(region.country === null || isCountry(region.country)).toBe(true);
    }
  });
});

describe('zones', () => {
  test.each([
    ['eu-west-1a', 'IE', 'eu-west-1'],
    ['euw1-az3', 'IE', 'eu-west-1'],
    ['eu-west-1', 'IE', 'eu-west-1'],
    ['eun1-az1', 'SE', 'eu-north-1'],
    ['euc2-az1', 'CH', 'eu-central-2'],
    ['us-gov-west-1b', 'US', 'us-gov-west-1'],
    ['usgw1-az1', 'US', 'us-gov-west-1'],
    ['eu-central-1-ist-1a', 'TR', 'eu-central-1'],
    ['eu-central-1-ist-1', 'TR', 'eu-central-1'],
    ['euc1-ist1-az1', 'TR', 'eu-central-1'],
    ['eu-north-1-hel-1a', 'FI', 'eu-north-1'],
    ['eu-west-3-wl1-cmn-wlz-1', 'MA', 'eu-west-3'],
    ['eu-west-3-wl1-cmn1', 'MA', 'eu-west-3'],
    ['eu-west-3-wl1-cmn-1', 'MA', 'eu-west-3'],
    ['euw3-wl1-cmn-wlz1', 'MA', 'eu-west-3'],
    ['eu-west-3-wl1-dss-wlz-1', 'SN', 'eu-west-3'],
    ['us-east-1-qro-1a', 'MX', 'us-east-1'],
  ])('%s is in %s under %s', (zone, country, region) => {
    expect(zoneCountry(zone)).toEqual({ kind: 'known', country, region });
    expect(regionOfZone(zone)).toBe(region);
  });

  test.each([
    ['eu-central-1-xyz-1a', 'eu-central-1'],
    ['eu-central-1-ist-2a', 'eu-central-1'],
    ['eun1-osl1-az1', 'eu-north-1'],
    ['eu-isoe-west-1a', 'eu-isoe-west-1'],
  ])('%s has a Region but no known country', (zone, region) => {
    expect(zoneCountry(zone).kind).toBe('unknown');
    expect(regionOfZone(zone)).toBe(region);
  });

  test.each([
    '',
    'eu-west-3-wl1',
    'eu-west-1-',
    'eu-west-1aa',
    'EU-WEST-1A',
    'euw1',
    'euw9-az1',
    'euw1-az',
    'zone',
    '__proto__',
  ])('%j is no zone', (zone) => {
    expect(zoneCountry(zone).kind).toBe('unknown');
    expect(regionOfZone(zone)).toBeNull();
  });

  test('reads the zone id out of the name of a directory bucket', () => {
    expect(zoneOfDirectoryBucket('ledger--euc1-ist1-az1--x-s3')).toBe('euc1-ist1-az1');
    expect(zoneOfDirectoryBucket('ledger--euw1-az1--x-s3')).toBe('euw1-az1');
    expect(zoneOfDirectoryBucket('ledger')).toBeNull();
  });

  test('every Region but eusc and iso has its own zone code', () => {
    const codes = [...REGIONS.values()].map((region) => region.zoneCode).filter((code) => code !== null);
    expect(new Set(codes).size).toBe(codes.length);
    expect([...REGIONS.values()].filter((region) => region.zoneCode === null).map((region) => region.name)).toEqual([
      'eusc-de-east-1',
      'us-iso-east-1',
      'us-iso-west-1',
      'us-isob-east-1',
      'us-isob-west-1',
      'eu-isoe-west-1',
      'us-isof-east-1',
      'us-isof-south-1',
    ]);
  });
});

describe('jurisdictions', () => {
  test('the sets differ in what lawyers argue about', () => {
    expect([...JURISDICTION_SETS].map(([name, countries]) => [name, countries.size])).toEqual([
      ['EU', 27],
      ['EEA', 30],
      ['EEA+UK', 31],
      ['EEA+UK+CH', 32],
    ]);
    expect(JURISDICTION_SETS.get('EU')?.has('NO')).toBe(false);
    expect(JURISDICTION_SETS.get('EEA')?.has('NO')).toBe(true);
    expect(JURISDICTION_SETS.get('EEA')?.has('GB')).toBe(false);
    expect(JURISDICTION_SETS.get('EEA+UK')?.has('CH')).toBe(false);
  });

  test('names only countries, with ISO dates', () => {
    for (const set of JURISDICTION_SETS.values()) expect([...set].filter((code) => !isCountry(code))).toEqual([]);
    for (const [country, decision] of ADEQUACY) {
      expect(isCountry(country)).toBe(true);
      expect(decision.country).toBe(country);
      expect(decision.since).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
    expect(ADEQUACY.get('GB')?.expires).toBe('2031-12-27');
    expect(ADEQUACY.has('TR')).toBe(false);
  });

  test('countries are the 249 of ISO 3166-1', () => {
    expect(COUNTRY_NAMES.size).toBe(249);
    expect([isCountry('NO'), isCountry('UK'), isCountry('EU'), isCountry('no')]).toEqual([true, false, false, false]);
    expect([describeCountry('NO'), describeCountry('EU')]).toEqual(['Norway (NO)', 'EU']);
  });
});
