import { describe, expect, test } from 'vitest';
import {
  isAtLeastTls,
  TLS_SERVICES,
  type TlsService,
  tlsPolicy,
  tlsPolicySource,
} from '../../../model/aws/tls-policies.ts';

describe('TLS policies', () => {
  test.each<[TlsService, string, string, boolean | null]>([
    ['elb', 'ELBSecurityPolicy-2016-08', '1.0', false],
    ['elb', 'ELBSecurityPolicy-TLS13-1-2-2021-06', '1.2', true],
    ['elb', 'ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06', '1.2', false],
    ['elb', 'ELBSecurityPolicy-TLS13-1-0-2021-06', '1.0', false],
    ['elb', 'ELBSecurityPolicy-TLS13-1-3-2021-06', '1.3', true],
    ['elb', 'ELBSecurityPolicy-FS-1-1-2019-08', '1.1', true],
    ['api-gateway', 'TLS_1_0', '1.0', false],
    ['api-gateway', 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09', '1.2', true],
    ['cloudfront', 'SSLv3', 'SSLv3', false],
    ['cloudfront', 'TLSv1.2_2021', '1.2', true],
    ['transfer', 'TransferSecurityPolicy-2018-11', '1.2', false],
    ['opensearch', 'Policy-Min-TLS-1-0-2019-07', '1.0', null],
    ['iot', 'IoTSecurityPolicy_TLS13_1_3_2022_10', '1.3', true],
  ])('%s %s: at least %s', (service, name, minimum, forwardSecrecyOnly) => {
    expect(tlsPolicy(service, name)).toEqual({ service, name, minimum, forwardSecrecyOnly });
  });

  test('belong to their service and are spelt exactly', () => {
    expect(tlsPolicy('cloudfront', 'TLS_1_2')).toBeNull();
    expect(tlsPolicy('elb', 'elbsecuritypolicy-2016-08')).toBeNull();
    expect(tlsPolicy('elb', 'ELBSecurityPolicy-TLS13-1-2-2099-01')).toBeNull();
    expect(tlsPolicy('elb', '')).toBeNull();
  });

  test('have a source for each service', () => {
    for (const service of TLS_SERVICES) expect(tlsPolicySource(service)).not.toBe('');
  });

  test('versions are ordered', () => {
    expect([isAtLeastTls('1.3', '1.2'), isAtLeastTls('1.2', '1.2'), isAtLeastTls('1.1', '1.2')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(isAtLeastTls('SSLv3', '1.0')).toBe(false);
  });
});
