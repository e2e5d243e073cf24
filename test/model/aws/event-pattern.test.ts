import { describe, expect, it } from 'vitest';
import { letsThrough } from '../../../model/aws/event-pattern.ts';
import { isHidden, list, object, string, unknown, type Value } from '../../../model/value.ts';

const EVENT = new Map([
  ['source', 'aws.kms'],
  ['detail.eventName', 'DisableKey'],
]);

function valueOf(json: unknown): Value {
  if (Array.isArray(json)) return list(json.map(valueOf));
  if (typeof json === 'object' && json !== null) {
    return object(Object.entries(json).map(([name, value]) => [name, valueOf(value)] as const));
  }
  if (typeof json === 'boolean') return { kind: 'boolean', value: json };
  return string(String(json));
}

const asked = (pattern: unknown) => letsThrough(valueOf(pattern), EVENT);

describe('a pattern of events', () => {
  it.each([
    [{}, true],
    [{ source: ['aws.kms'] }, true],
    [{ source: ['aws.s3', 'aws.kms'] }, true],
    [{ source: ['aws.s3'] }, false],
    [{ source: [] }, false],
    [{ source: ['aws.kms'], detail: { eventName: ['Decrypt'] } }, false],
    [{ source: ['aws.kms'], detail: { eventName: ['Decrypt', 'DisableKey'] } }, true],
    [{ source: [{ prefix: 'aws.' }] }, true],
    [{ source: [{ prefix: 'gov.' }] }, false],
    [{ source: [{ suffix: '.kms' }] }, true],
    [{ source: [{ suffix: '.s3' }] }, false],
    [{ source: [{ 'equals-ignore-case': 'AWS.KMS' }] }, true],
    [{ source: [{ 'equals-ignore-case': 'AWS.S3' }] }, false],
    [{ source: [{ exists: true }] }, true],
    [{ source: [{ exists: false }] }, false],
    [{ source: [{ 'anything-but': 'aws.kms' }] }, false],
    [{ source: [{ 'anything-but': 'aws.s3' }] }, true],
    [{ source: [{ 'anything-but': ['aws.s3', 'aws.kms'] }] }, false],
    [{ source: [{ 'anything-but': ['aws.s3'] }] }, true],
  ])('%j lets the event through: %s', (pattern, expected) => {
    expect(asked(pattern)).toBe(expected);
  });

  it.each([
    [{ 'detail-type': ['anything'] }, 'asks for detail-type, which events may have or not'],
    [{ source: 'aws.kms' }, 'asks for source, which events may have or not'],
    [{ source: [{ wildcard: '*' }] }, 'which is not worked out'],
    [{ source: [{ 'anything-but': { prefix: 'aws.' } }] }, 'which is not worked out'],
    [{ source: [{ prefix: 'aws.', suffix: 'kms' }] }, 'which is not worked out'],
    [{ $or: [{ source: ['aws.kms'] }] }, 'asks for $or'],
    ['aws.kms', 'is no object'],
  ])('%j is not worked out', (pattern, expected) => {
    expect(asked(pattern)).toContain(expected);
  });

  it('is refused by what is known, whatever the rest turns out to be', () => {
    const hidden = unknown('variable', 'var.names', 'is given when it runs');
    const names = object([['eventName', hidden]]);
    expect(
      letsThrough(
        object([
          ['source', list([string('aws.s3')])],
          ['detail', names],
        ]),
        EVENT,
      ),
    ).toBe(false);
    expect(isHidden(letsThrough(object([['detail', names]]), EVENT))).toBe(true);
    expect(isHidden(letsThrough(object([['source', list([hidden])]]), EVENT))).toBe(true);
    expect(letsThrough(object([['source', list([hidden, string('aws.kms')])]]), EVENT)).toBe(true);
    expect(isHidden(letsThrough(hidden, EVENT))).toBe(true);
  });
});
