import { describe, expect, it } from 'vitest';
import type { Result } from '../../../checks/report.ts';
import { findingLines } from '../../../report/text/finding.ts';
import { styleOf } from '../../../report/text/style.ts';
import {
  BUCKETS_ENCRYPTED,
  exceptedOf,
  failOf,
  PLAIN,
  reportOf,
  TRACE,
  unprovenOf,
  WITNESS,
} from '../../support/reports.ts';

function explained(result: Result): string {
  const run = reportOf({ results: [result] });
  const frames = new Map([['stacks/data.ts', 'const a = 1;\n    const bucket = new S3Bucket();\n']]);
  const lines = findingLines({ result, control: BUCKETS_ENCRYPTED, run, frames }, styleOf({ ...PLAIN, width: 110 }));
  return lines.map((line) => line.trimEnd()).join('\n');
}

describe('an explained finding', () => {
  it('tells all that it rests on, and what it was judged by', () => {
    const text = explained(
      failOf(BUCKETS_ENCRYPTED, { fingerprint: 'f'.repeat(24), witness: { ...WITNESS, trace: TRACE } }),
    );
    expect(text).toMatchInlineSnapshot(`
      "FAIL ENC-001 critical
        S3 buckets encrypt objects with a customer-managed key of their site

        aws_s3_bucket.records in dublin-data
          is encrypted with "AES256", a key of AWS

            1 │ const a = 1;
          > 2 │     const bucket = new S3Bucket();
              │                  ^
            3 │

        at     stacks/data.ts:2:18
        path   dublin-data/records
        seen   rule[0].apply_server_side_encryption_by_default.sse_algorithm = "AES256"
        input  cdktf.out/stacks/dublin-data/cdk.tf.json:131:15
        with   aws_kms_key.records (cdktf.out/stacks/dublin-data/cdk.tf.json:210:7)
        packet tcp 443 from 10.0.1.5 to 203.0.113.9
        hop 1  aws_subnet.data takes the route to 0.0.0.0/0 (stacks/data.ts:9:5)
        hop 2  the Internet is reached
        closed by taking away aws_route.leak
        write  rule.applyServerSideEncryptionByDefault.sseAlgorithm: 'aws:kms' of
               S3BucketServerSideEncryptionConfigurationA
        site   dublin

        why    With a key of AWS anyone who may read the bucket may also decrypt it, and no site decides who.
        fix    Add an aws_s3_bucket_server_side_encryption_configuration with sse_algorithm = "aws:kms" and a key of
               the site.

        judged by trefoil 0.1.0 as of 2026-01-31, stage change
        policy enclave, enclave.yaml, sha256 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
        read   cdktf.out/stacks/dublin-data/cdk.tf.json, sha256
               bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
        print  ffffffffffffffffffffffff
        maps   GDPR: Art. 32(1)(a)
        maps   NIS2 IR 2024/2690: 9.2.a
        maps   ISO 27001:2022: A.8.24
        maps   NIST 800-53 r5: SC-28(1), SC-13
        maps   BSI C5:2020: CRY-03
        maps   CSA CCM v4.0: CEK-03
        see    https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html"
    `);
  });

  it('leaves no related resource, hop or further failure out', () => {
    const [related] = WITNESS.related;
    if (related === undefined) throw new Error('the witness has nothing related');
    const many = Array.from({ length: 40 }, (_, index) => ({ ...related, address: `aws_kms_key.k${index}` }));
    const also = Array.from({ length: 40 }, (_, index) => `fails in way ${index}`);
    const text = explained(failOf(BUCKETS_ENCRYPTED, { also, witness: { ...WITNESS, related: many } }));
    for (const { address } of many) expect(text).toContain(`with   ${address} (`);
    for (const other of also) expect(text).toContain(`also   ${other}`);
  });

  it('names what would settle an unproven one, and proposes no fix', () => {
    const text = explained(unprovenOf());
    expect(text).toContain('needs  var.region, which has no value in this run; pass --var-file');
    expect(text).not.toContain('fix    ');
  });

  it('names who permits an excepted one', () => {
    expect(explained(exceptedOf())).toContain('owner  Ada Byron; approved by Grace Hopper, RISK-7');
  });
});
