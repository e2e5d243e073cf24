import { describe, expect, it } from 'vitest';
import { display, string } from '../../model/value.ts';
import { estateFrom, resourceIn } from '../support/terraform-json.ts';

const provider = (...blocks: readonly { readonly [key: string]: unknown }[]) => ({ aws: blocks });
const aws6 = { required_providers: { aws: { source: 'aws', version: '6.25.0' } } };

describe('resolve', () => {
  const estate = estateFrom({
    west: {
      resource: {
        aws_s3_bucket: { ledger: { bucket: 'ledger' }, twin: { bucket: 'same' }, other: { bucket: 'same' } },
        aws_vpc: { main: { cidr_block: '10.0.0.0/16' } },
        aws_subnet: {
          a: { vpc_id: '${aws_vpc.main.id}' },
          b: { vpc_id: '${aws_vpc.main.default_security_group_id}' },
          c: { vpc_id: 'arn:aws:s3:::${aws_s3_bucket.ledger.id}' },
        },
      },
    },
  });
  const vpcId = (address: string) => resourceIn(estate, 'west', address).attribute('vpc_id');

  it('follows an identity to its resource', () => {
    expect(estate.resolve(vpcId('aws_subnet.a'))).toMatchObject({ kind: 'resource' });
    expect(estate.resolve(vpcId('aws_subnet.c'))).toMatchObject({ kind: 'resource' });
  });

  it('does not take another fact about a resource for the resource', () => {
    expect(estate.resolve(vpcId('aws_subnet.b')).kind).toBe('hidden');
  });

  it.each([
    { text: 'ledger', kind: 'resource' },
    { text: 'arn:aws:s3:::ledger', kind: 'resource' },
    { text: 'same', kind: 'hidden' },
    { text: 'elsewhere', kind: 'outside' },
  ])('finds $kind for the literal $text', ({ text, kind }) => {
    expect(estate.resolve(string(text), ['aws_s3_bucket']).kind).toBe(kind);
  });

  it.each([
    { place: 'eu-west-1:111111111111', kind: 'resource' },
    { place: 'us-east-1:111111111111', kind: 'outside' },
    { place: 'eu-west-1:999999999999', kind: 'outside' },
    { place: 'eu-north-1:222222222222', kind: 'resource' },
  ])('takes a name for that of the Region and the account of its ARN: $place is $kind', ({ place, kind }) => {
    const log = { aws_cloudwatch_log_group: { flows: { name: 'flows' } } };
    const named = estateFrom({
      west: { provider: provider({ region: 'eu-west-1', allowed_account_ids: ['111111111111'] }), resource: log },
      north: { provider: provider({ region: 'eu-north-1', allowed_account_ids: ['222222222222'] }), resource: log },
    });
    const arn = string(`arn:aws:logs:${place}:log-group:flows`);
    expect(named.resolve(arn, ['aws_cloudwatch_log_group']).kind).toBe(kind);
  });
});

describe('resolve for a user', () => {
  const groups = {
    aws_cloudwatch_log_group: { flows: { name: 'flows' } },
    aws_s3_bucket: { data: { bucket: 'data' } },
  };
  const west = { region: 'eu-west-1', allowed_account_ids: ['111111111111'] };
  const estate = estateFrom({
    west: { provider: provider(west), resource: { ...groups, aws_sqs_queue: { user: {} } } },
    north: {
      provider: provider({ region: 'eu-north-1', allowed_account_ids: ['222222222222'] }),
      resource: { aws_cloudwatch_log_group: groups.aws_cloudwatch_log_group, aws_sqs_queue: { user: {} } },
    },
    east: {
      provider: provider({ region: 'eu-central-1' }),
      resource: { aws_sqs_queue: { user: {} } },
    },
  });

  it.each(['west', 'north'])('takes a bare name for that of the place of its user: %s', (stack) => {
    const user = resourceIn(estate, stack, 'aws_sqs_queue.user');
    expect(estate.resolve(string('flows'), ['aws_cloudwatch_log_group'], user)).toMatchObject({
      kind: 'resource',
      resource: { stack },
    });
  });

  it('knows no other place of it', () => {
    const user = resourceIn(estate, 'east', 'aws_sqs_queue.user');
    expect(estate.resolve(string('flows'), ['aws_cloudwatch_log_group'], user).kind).toBe('outside');
    expect(estate.resolve(string('data'), ['aws_s3_bucket'], user).kind).toBe('resource');
  });

  it('does not take a name for that of the object that lent it', () => {
    const named = estateFrom({
      west: {
        resource: {
          aws_sqs_queue: { lender: { name: 'ledger' } },
          aws_s3_bucket: { ledger: { bucket: '${aws_sqs_queue.lender.name}' } },
          aws_s3_bucket_versioning: { ledger: { bucket: '${aws_s3_bucket.ledger.bucket}' } },
        },
      },
    });
    const bucket = resourceIn(named, 'west', 'aws_s3_bucket_versioning.ledger').attribute('bucket');
    expect(named.resolve(bucket, ['aws_s3_bucket'])).toMatchObject({ resource: { address: 'aws_s3_bucket.ledger' } });
  });
});

describe('companions', () => {
  it('tells those that name a resource from those that may', () => {
    const estate = estateFrom({
      west: {
        variable: { bucket: {} },
        resource: {
          aws_s3_bucket: { ledger: { bucket: 'ledger' }, receipts: {} },
          aws_s3_bucket_versioning: {
            byReference: { bucket: '${aws_s3_bucket.ledger.id}' },
            byName: { bucket: 'ledger' },
            elsewhere: { bucket: '${aws_s3_bucket.receipts.id}' },
            open: { bucket: '${var.bucket}' },
          },
        },
      },
    });
    const found = estate.companions(
      resourceIn(estate, 'west', 'aws_s3_bucket.ledger'),
      'aws_s3_bucket_versioning',
      'bucket',
    );
    expect(found.items.map(({ init }) => init.name)).toEqual(['byName', 'byReference']);
    expect(found.open.map(({ resource }) => resource.init.name)).toEqual(['open']);
  });
});

describe('companions that may be of several', () => {
  const names = (stack: { readonly [key: string]: unknown }, address: string) => {
    const estate = estateFrom({ west: stack });
    const found = estate.companions(resourceIn(estate, 'west', address), 'aws_s3_bucket_versioning', 'bucket');
    return {
      items: found.items.map(({ init }) => init.name),
      open: found.open.map(({ resource }) => resource.init.name),
    };
  };

  it('takes what a data source reads for what may be any bucket of the estate', () => {
    const stack = {
      data: { aws_s3_bucket: { read: { bucket: 'ledger' } } },
      resource: {
        aws_s3_bucket: { ledger: { bucket: 'ledger' } },
        aws_s3_bucket_versioning: { byData: { bucket: '${data.aws_s3_bucket.read.id}' } },
      },
    };
    expect(names(stack, 'aws_s3_bucket.ledger')).toEqual({ items: [], open: ['byData'] });
  });

  it('takes any literal for what may be a name that is not known', () => {
    const stack = {
      variable: { name: {} },
      resource: {
        aws_s3_bucket: { hidden: { bucket: '${var.name}' }, ledger: { bucket: 'ledger' }, generated: {} },
        aws_s3_bucket_versioning: { literal: { bucket: 'receipts' } },
      },
    };
    expect(names(stack, 'aws_s3_bucket.hidden')).toEqual({ items: [], open: ['literal'] });
    expect(names(stack, 'aws_s3_bucket.ledger')).toEqual({ items: [], open: [] });
    expect(names(stack, 'aws_s3_bucket.generated')).toEqual({ items: [], open: [] });
  });
});

it('takes a bare name for the resource of its own account, and a bucket name for the bucket anywhere', () => {
  const at = (account: string, resource: { readonly [key: string]: unknown }) => ({
    provider: provider({ region: 'eu-west-1', allowed_account_ids: [account] }),
    resource,
  });
  const estate = estateFrom({
    west: at('111111111111', {
      aws_sqs_queue: { desk: { name: 'desk' } },
      aws_s3_bucket: { ledger: { bucket: 'ledger' } },
    }),
    north: at('222222222222', {
      aws_sqs_queue_policy: { desk: { queue_url: 'desk' } },
      aws_s3_bucket_policy: { ledger: { bucket: 'ledger' } },
    }),
  });
  const named = (address: string, type: string, argument: string) =>
    estate.companions(resourceIn(estate, 'west', address), type, argument).items.length;
  expect(named('aws_sqs_queue.desk', 'aws_sqs_queue_policy', 'queue_url')).toBe(0);
  expect(named('aws_s3_bucket.ledger', 'aws_s3_bucket_policy', 'bucket')).toBe(1);
});

describe('place', () => {
  const place = (stack: { readonly [key: string]: unknown }, address = 'aws_sqs_queue.a') => {
    const estate = estateFrom({ west: stack });
    const { region, account, zoneId, outpost } = estate.place(resourceIn(estate, 'west', address));
    return [region, account, zoneId, outpost].map(display);
  };
  const queue = (body: { readonly [key: string]: unknown }) => ({ aws_sqs_queue: { a: body } });
  const providers = provider(
    { region: 'eu-west-1', allowed_account_ids: ['111111111111'] },
    { alias: 'north', region: 'eu-north-1', assume_role: [{ role_arn: 'arn:aws:iam::222222222222:role/apply' }] },
  );

  it('prefers the region argument of provider 6, then the alias, then the default provider', () => {
    const base = { terraform: aws6, provider: providers };
    expect(place({ ...base, resource: queue({}) })).toEqual(['"eu-west-1"', '"111111111111"', 'null', 'null']);
    expect(place({ ...base, resource: queue({ provider: 'aws.north' }) })).toEqual([
      '"eu-north-1"',
      '"222222222222"',
      'null',
      'null',
    ]);
    expect(place({ ...base, resource: queue({ region: 'us-east-1' }) })[0]).toBe('"us-east-1"');
  });

  it('gives a region argument no meaning in provider 5', () => {
    const terraform = { required_providers: { aws: { source: 'aws', version: '~> 5.0' } } };
    expect(place({ terraform, provider: providers, resource: queue({ region: 'us-east-1' }) })[0]).toBe('"eu-west-1"');
  });

  it('does not know Region and account that the environment decides', () => {
    const [region, account] = place({ terraform: aws6, resource: queue({}) });
    expect([region, account]).toEqual(['provider aws.region', 'provider aws']);
  });

  it('has no Region for a global service', () => {
    expect(
      place({ terraform: aws6, provider: providers, resource: { aws_iam_role: { a: {} } } }, 'aws_iam_role.a')[0],
    ).toBe('null');
  });

  it('takes zone and Outpost from the subnet', () => {
    const stack = {
      terraform: aws6,
      provider: providers,
      resource: {
        aws_subnet: { rack: { availability_zone_id: 'euw1-az3', outpost_arn: 'arn:aws:outposts:x' } },
        aws_instance: { desk: { subnet_id: '${aws_subnet.rack.id}' } },
      },
    };
    expect(place(stack, 'aws_instance.desk').slice(2)).toEqual(['"euw1-az3"', '"arn:aws:outposts:x"']);
  });
});

describe('document', () => {
  it('renders a policy document and ends on one that includes itself', () => {
    const estate = estateFrom({
      west: {
        terraform: aws6,
        data: {
          aws_iam_policy_document: {
            read: { statement: [{ actions: ['s3:GetObject'], resources: ['${aws_s3_bucket.ledger.arn}/*'] }] },
            loop: { source_policy_documents: ['${data.aws_iam_policy_document.loop.json}'] },
          },
        },
        resource: {
          aws_s3_bucket: { ledger: {} },
          aws_iam_policy: {
            read: { policy: '${data.aws_iam_policy_document.read.json}' },
            loop: { policy: '${data.aws_iam_policy_document.loop.json}' },
          },
        },
      },
    });
    const document = (name: string) =>
      estate.document(resourceIn(estate, 'west', `aws_iam_policy.${name}`).attribute('policy'));
    expect(display(document('read'))).toContain('"Resource": ${aws_s3_bucket.ledger.arn}/*');
    expect(display(document('loop'))).toContain('loop');
  });
});
