import { describe, expect, it } from 'vitest';
import { EstateView } from '../../model/estate-view.ts';
import { string } from '../../model/value.ts';
import { topologyOf } from '../../proofs/network/compile/topology-of.ts';
import { estateFrom, resourceIn } from '../support/terraform-json.ts';

const estate = estateFrom({
  west: {
    provider: { aws: [{ region: 'eu-west-1' }] },
    data: { aws_iam_policy_document: { read: { statement: [{ effect: 'Allow' }] } } },
    resource: {
      aws_s3_bucket: { ledger: { bucket: 'ledger' } },
      aws_s3_bucket_policy: {
        ledger: { bucket: '${aws_s3_bucket.ledger.id}', policy: '${data.aws_iam_policy_document.read.json}' },
      },
      aws_vpc: { main: { cidr_block: '10.0.0.0/16' } },
    },
  },
});
const view = new EstateView(estate);

describe('a view', () => {
  it('answers as its estate does', () => {
    const bucket = resourceIn(estate, 'west', 'aws_s3_bucket.ledger');
    const policy = resourceIn(estate, 'west', 'aws_s3_bucket_policy.ledger');
    expect(view.stacks).toBe(estate.stacks);
    expect(view.resources).toBe(estate.resources);
    expect(view.problems).toBe(estate.problems);
    expect(view.declaredStacks).toBe(estate.declaredStacks);
    expect(view.ofType('aws_s3_bucket')).toEqual([bucket]);
    expect(view.dataOfType('aws_iam_policy_document')).toHaveLength(1);
    expect(view.find({ stack: 'west', address: 'aws_s3_bucket.ledger' })).toBe(bucket);
    expect(view.resolve(string('ledger'), ['aws_s3_bucket'], policy)).toEqual({ kind: 'resource', resource: bucket });
    expect(view.companions(bucket, 'aws_s3_bucket_policy', 'bucket').items).toEqual([policy]);
    expect(view.place(bucket)).toBe(estate.place(bucket));
    expect(view.effective(bucket, 'bucket')).toEqual(string('ledger'));
    expect(view.withhold('ledger')).toBe(estate.withhold('ledger'));
    expect(view.document(policy.attribute('policy'))).toBe(estate.document(policy.attribute('policy')));
  });

  it('has a network of its own, found once', () => {
    expect(topologyOf(view)).not.toBe(topologyOf(estate));
    expect(topologyOf(view)).toBe(topologyOf(view));
    expect(topologyOf(view).vpcs.map(({ origin }) => origin.resource)).toEqual(
      topologyOf(estate).vpcs.map(({ origin }) => origin.resource),
    );
  });
});
