import { describe, expect, it } from 'vitest';
import enc003 from '../../checks/encryption/enc-003-ebs-volumes.ts';
import { judge } from '../../checks/example-estate.ts';
import { isCovered } from '../support/covered.ts';

const plain = { device_name: '/dev/sdf', encrypted: false };
const hidden = (name: string) => ({ device_name: name, encrypted: '${var.flag}' });

/** An instance whose root volume is encrypted, with further volumes. */
const instance = (volumes: readonly object[], rest: object = {}) => ({
  stacks: {
    west: {
      variable: { flag: {}, names: {} },
      resource: {
        aws_kms_key: { ledger: {} },
        aws_instance: {
          ledger: {
            ami: 'ami-0123456789abcdef0',
            root_block_device: { encrypted: true, kms_key_id: '${aws_kms_key.ledger.arn}' },
            ebs_block_device: volumes,
            ...rest,
          },
        },
      },
    },
  },
});

describe('what is not known beside a failure', () => {
  it('is no part of what was approved', () => {
    expect(isCovered(enc003, instance([plain]), instance([plain]))).toBe(true);
    expect(isCovered(enc003, instance([plain]), instance([plain, hidden('/dev/sdg')]))).toBe(false);
    const one = instance([plain, hidden('/dev/sdg')]);
    expect(isCovered(enc003, one, instance([plain, hidden('/dev/sdg'), hidden('/dev/sdh')]))).toBe(false);
  });

  it('is told beside it', () => {
    const { results } = judge([enc003], instance([plain, hidden('/dev/sdg')]));
    const failed = results.find(({ verdict }) => verdict === 'fail');
    expect(failed?.also).toHaveLength(1);
    expect(failed?.also[0]).toMatch(/^may fail further: var\.flag /);
    expect(failed?.parts).toHaveLength(2);
  });

  it('counts, however often one value hides it', () => {
    const parts = (...volumes: readonly object[]) =>
      judge([enc003], instance(volumes)).results.flatMap((result) =>
        result.verdict === 'unproven' ? result.parts : [],
      );
    expect(parts(hidden('/dev/sdf'))).toHaveLength(1);
    expect(parts(hidden('/dev/sdf'), hidden('/dev/sdg'))).toHaveLength(2);
  });

  it('is told of what may not exist, with all that would fail there', () => {
    const many = { for_each: '${var.names}' };
    const told = (example: ReturnType<typeof instance>) => {
      const { results } = judge([enc003], example);
      return results.flatMap(({ verdict, message }) => (verdict === 'unproven' ? message.split('; ') : []));
    };
    const managed = { device_name: '/dev/sdg', encrypted: true, kms_key_id: 'alias/aws/ebs' };
    expect(told(instance([plain], many))).toEqual([
      'would fail if it exists: has a volume without encryption: ebs_block_device.encrypted is false',
    ]);
    expect(told(instance([plain, managed], many))).toContain(
      'would fail if it exists: has a volume encrypted with alias/aws/ebs, a key that AWS manages',
    );
    expect(told(instance([plain, hidden('/dev/sdg')], many)).join()).toContain('var.flag');
  });
});
