import fc from 'fast-check';
import { strict as assert } from 'node:assert';
import { describe, it } from 'vitest';
import { formatArn } from '../../../model/aws/arn.ts';
import { REGIONS } from '../../../model/aws/jurisdictions.ts';
import type { FlowEnd } from '../../../proofs/flows/flow.ts';
import { placesIn } from '../../../proofs/flows/text-places.ts';

const region = fc.constantFrom(...REGIONS.keys());
const COMMERCIAL = [...REGIONS.values()].filter(({ partition }) => partition === 'aws').map(({ name }) => name);

function named(text: string): readonly string[] {
  return placesIn(text).map(({ end, isWhole }) => `${isWhole ? '' : 'in '}${describeEnd(end)}`);
}

function describeEnd(end: FlowEnd): string {
  switch (end.kind) {
    case 'region':
      return [end.region, end.account].filter((part) => part !== null).join(' of ');
    case 'zone':
      return end.zone;
    case 'bucket':
      return `bucket ${end.bucket}`;
    case 'host':
      return `host ${end.host}`;
    case 'world':
      return end.places;
    case 'resource':
    case 'regions':
    case 'account':
    case 'recipients':
    case 'unknown':
      return end.kind;
  }
}

describe('a text names', () => {
  it.each<[string, readonly string[]]>([
    ['us-east-1', ['us-east-1']],
    ['eu-central-1-ist-1a', ['eu-central-1-ist-1a']],
    ['euc1-ist1-az1', ['euc1-ist1-az1']],
    ['arn:aws:sqs:us-east-1:111111111111:far', ['us-east-1 of 111111111111']],
    ['arn:aws-us-gov:sqs:us-gov-west-1:111111111111:far', ['us-gov-west-1 of 111111111111']],
    ['arn:aws:s3:::ledger/key', ['bucket ledger']],
    ['s3://ledger/key', ['bucket ledger']],
    ['https://sqs.us-east-1.amazonaws.com/111111111111/far', ['us-east-1']],
    ['https://monitoring.eusc-de-east-1.amazonaws.eu', ['eusc-de-east-1']],
    ['db.abcdefgh.cn-north-1.rds.amazonaws.com.cn:5432', ['cn-north-1']],
    ['https://hooks.example/in', ['host hooks.example']],
    ['com.amazonaws.us-east-1.s3', ['us-east-1']],
    ['global.anthropic.claude-sonnet-4-20250514-v1:0', ['any commercial Region of AWS']],
    ['us.amazon.nova-pro-v1:0', ['Regions of the United States']],
    ['#!/bin/sh\nexport AWS_REGION=us-east-1\n', ['in us-east-1']],
    ['aws --region us-east-1 sqs list-queues', ['in us-east-1']],
    ['url: "https://sqs.us-east-1.amazonaws.com/1/far".', ['in us-east-1']],
    ['US-EAST-1', ['in us-east-1']],
    ['eu-west-1, us-east-1', ['in eu-west-1', 'in us-east-1']],
    ['copy to arn:aws:sqs:us-east-1:111111111111:far, please', ['in us-east-1 of 111111111111']],
  ])('%s', (text, expected) => {
    assert.deepEqual(named(text), expected);
  });

  it.each([
    'us-east-1-backup',
    'my-us-east-1',
    'xeu-central-1y',
    'еu-west-1',
    'eu-west-99',
    'never in us-east-1',
    'us.example.com',
    'global.example.org.',
    'logs.amazonaws.com',
    'arn:aws:iam::111111111111:role/us-east-1',
    'arn:*:sqs:*:*:far',
    '2012-10-17',
    '111111111111',
    '10-az1',
  ])('nothing: %s', (text) => {
    assert.deepEqual(named(text), []);
  });

  it('every Region, alone, in an ARN and in a host, as what it is', () => {
    fc.assert(
      fc.property(
        region,
        fc.stringMatching(/^\d{12}$/),
        fc.stringMatching(/^[a-z]{1,20}$/),
        (name, account, resource) => {
          const partition = REGIONS.get(name)?.partition ?? '';
          assert.deepEqual(named(name), [name]);
          assert.deepEqual(named(formatArn({ partition, service: 'sqs', region: name, account, resource })), [
            `${name} of ${account}`,
          ]);
        },
      ),
    );
    for (const name of COMMERCIAL) assert.deepEqual(named(`https://sqs.${name}.amazonaws.com/x`), [name]);
  });

  it('no Region that is part of a longer word', () => {
    const more = fc.stringMatching(/^[a-z0-9_-]{2,12}$/);
    fc.assert(
      fc.property(region, more, more, (name, before, after) => {
        assert.deepEqual(named(`${before}-${name}_${after}`), []);
      }),
    );
  });

  it('the bucket of any address of S3', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z][a-z0-9]{2,30}$/), fc.stringMatching(/^[a-z0-9/]{0,20}$/), (bucket, key) => {
        assert.deepEqual(named(`s3://${bucket}/${key}`), [`bucket ${bucket}`]);
      }),
    );
  });

  it('something or nothing, and never throws', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('arn:aws:', 's3://', 'https://', 'us-east-1', '.amazonaws.com', ':', '/', 'eu.amazon.', '[', '@'),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const text = parts.join('');
        for (const { text: found } of placesIn(text)) assert.ok(text.includes(found));
      }),
      { numRuns: 2000 },
    );
  });
});
