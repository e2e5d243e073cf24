import { describe, expect, it } from 'vitest';
import { junit } from '../../report/junit.ts';
import { rendered } from '../support/rendered.ts';
import {
  BUCKETS_ENCRYPTED,
  exceptedOf,
  failOf,
  passOf,
  PLAIN,
  reportOf,
  TRACE,
  unprovenOf,
  WITNESS,
} from '../support/reports.ts';
import { parseXml, type XmlElement } from '../support/xml-document.ts';

function suitesOf(...parts: Parameters<typeof reportOf>): readonly XmlElement[] {
  return parseXml(rendered(junit, reportOf(...parts), PLAIN)).children;
}

function casesOf(suite: XmlElement | undefined): readonly XmlElement[] {
  return suite?.children.filter(({ name }) => name === 'testcase') ?? [];
}

it('has a test case for each subject, in the suite of its control', () => {
  const [, suite, none] = suitesOf({ results: [passOf(), failOf(), unprovenOf(), exceptedOf()] });
  expect(suite?.attributes.get('name')).toBe(`ENC-001 ${BUCKETS_ENCRYPTED.title}`);
  expect(casesOf(suite).map(({ children }) => children[0]?.name ?? 'pass')).toEqual([
    'pass',
    'failure',
    'skipped',
    'skipped',
  ]);
  expect(Object.fromEntries(casesOf(suite)[1]?.attributes ?? [])).toEqual({
    classname: 'encryption.ENC-001',
    name: 'aws_s3_bucket.records in dublin-data',
    file: 'stacks/data.ts',
    line: '2',
  });
  expect(casesOf(none)[0]?.children[0]?.attributes.get('message')).toMatch(/^not-applicable: .* population 0$/);
});

it('makes an error of an unproven finding that blocks', () => {
  const [, suite] = suitesOf({ results: [unprovenOf()], unprovenBlocks: ['critical'] });
  const [outcome] = casesOf(suite)[0]?.children ?? [];
  expect([outcome?.name, outcome?.attributes.get('type')]).toEqual(['error', 'unproven']);
});

it('tells the whole derivation of a failure', () => {
  const [, suite] = suitesOf({ results: [failOf(BUCKETS_ENCRYPTED, { witness: { ...WITNESS, trace: TRACE } })] });
  expect(casesOf(suite)[0]?.children[0]?.text.split('\n')).toEqual([
    'at: stacks/data.ts:2:18',
    'path: dublin-data/records',
    'seen: rule[0].apply_server_side_encryption_by_default.sse_algorithm = "AES256"',
    'input: cdktf.out/stacks/dublin-data/cdk.tf.json:131:15',
    'with: aws_kms_key.records (cdktf.out/stacks/dublin-data/cdk.tf.json:210:7)',
    'packet: tcp 443 from 10.0.1.5 to 203.0.113.9',
    'hop 1: aws_subnet.data takes the route to 0.0.0.0/0 (stacks/data.ts:9:5)',
    'hop 2: the Internet is reached',
    'closed: by taking away aws_route.leak',
    "write: rule.applyServerSideEncryptionByDefault.sseAlgorithm: 'aws:kms' of S3BucketServerSideEncryptionConfigurationA",
    'fix: Add an aws_s3_bucket_server_side_encryption_configuration with sse_algorithm = "aws:kms" and a key of the site.',
    'more: trefoil explain ENC-001',
  ]);
});

describe('the suite of the run', () => {
  it('passes for a whole one, with what was judged as properties', () => {
    const [run] = suitesOf({ results: [passOf()] });
    expect(casesOf(run).map(({ attributes, children }) => [attributes.get('name'), children.length])).toEqual([
      ['everything that was asked for was looked at', 0],
      ['every exception applies as it was written', 0],
    ]);
    const properties = run?.children[0]?.children.map(({ attributes }) => [...attributes.values()]);
    expect(properties).toContainEqual(['verdict', 'pass']);
    expect(properties).toContainEqual(['exit-code', '0']);
  });

  it('fails for one in which something was not looked at', () => {
    const [run] = suitesOf({
      results: [passOf()],
      complete: false,
      incompleteBecause: ['the stack norway-data is missing'],
    });
    expect(run?.attributes.get('errors')).toBe('1');
    expect(casesOf(run).map(({ children }) => children[0]?.attributes.get('type') ?? 'pass')).toEqual([
      'pass',
      'incomplete',
    ]);
  });
});

it('leaves out the suites of controls that were not asked for', () => {
  const filter = { controls: ['ENC-001'], severities: [], sites: [] };
  const names = suitesOf({ results: [passOf()], filter }).map(({ attributes }) => attributes.get('name'));
  expect(names).toEqual(['trefoil run', `ENC-001 ${BUCKETS_ENCRYPTED.title}`]);
});
