import { describe, expect, it } from 'vitest';
import type { Example } from '../../checks/check.ts';
import { type FlowMap, flowMapOf, type FlowQuestion, ROLES } from '../../checks/flow-map.ts';
import { estateOf, policyOf } from '../../checks/example-estate.ts';

const ALL: FlowQuestion = { site: null, dataClass: null };
const OUTPOST = 'arn:aws:outposts:eu-north-1:222222222222:outpost/op-0123456789abcdef0';

function mapOf(stacks: Example['stacks'], question: FlowQuestion = ALL, policy: Example['policy'] = {}): FlowMap {
  const example = { stacks, policy };
  return flowMapOf({ estate: estateOf(example), policy: policyOf(example), asOf: '2026-11-01' }, question);
}

function tagged(dataClass: string): object {
  return { tags: { 'ledger:data-class': dataClass } };
}

/** Address, country, site, class, verdict. */
function storesOf({ stores }: FlowMap): readonly (readonly (string | null)[])[] {
  return stores.map(({ place, dataClass, verdict }) => [place.address, place.country, place.site, dataClass, verdict]);
}

describe('the stores of a map', () => {
  it('have the country of their Region, zone or rack', () => {
    const map = mapOf({
      north: {
        resource: {
          aws_sqs_queue: { receipts: { ...tagged('operational') } },
          aws_ebs_volume: {
            disk: { availability_zone: 'eu-north-1a', size: 1, outpost_arn: OUTPOST, ...tagged('restricted') },
            local: { availability_zone: 'eu-north-1-cph-1a', size: 1, ...tagged('restricted') },
          },
        },
      },
    });
    expect(storesOf(map)).toEqual([
      ['aws_ebs_volume.disk', 'NO', 'north', 'restricted', 'inside'],
      ['aws_ebs_volume.local', 'DK', 'north', 'restricted', 'outside'],
      ['aws_sqs_queue.receipts', 'SE', 'north', 'operational', 'inside'],
    ]);
    expect(map.stores.map(({ place }) => place.within)).toEqual(['Outposts rack', 'eu-north-1-cph-1a', null]);
  });

  it('are outside where their class may not leave the country of the site, and unproven where no tag tells it', () => {
    const map = mapOf({
      north: { resource: { aws_sqs_queue: { ledger: tagged('restricted'), drafts: {}, typo: tagged('Restricted') } } },
    });
    expect(map.stores.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      [
        'unproven',
        'keeps data in eu-north-1 (Sweden (SE)), and no tag ledger:data-class tells which data leaves Norway (NO)',
      ],
      ['outside', 'restricted data of north stays in Norway (NO)'],
      ['unproven', 'holds Restricted data, a class that the policy does not have'],
    ]);
  });

  it('are unproven without a country: of an unknown Region, of none, or of a type that no table knows', () => {
    const map = mapOf({
      west: {
        resource: {
          aws_sqs_queue: { receipts: { region: '${var.region}' } },
          aws_cloudfront_key_value_store: { names: { name: 'names' } },
          aws_quantum_vault: { deep: {} },
        },
        variable: { region: {} },
      },
    });
    expect(map.stores.map(({ place, verdict, reason }) => [place.address, place.country, verdict, reason])).toEqual([
      ['aws_cloudfront_key_value_store.names', null, 'unproven', 'is global: it has no Region and no country'],
      ['aws_quantum_vault.deep', 'IE', 'unproven', 'no table knows its type, so it may keep data'],
      ['aws_sqs_queue.receipts', null, 'unproven', expect.stringMatching(/^var\.region has no value/)],
    ]);
    expect(map.counts).toMatchObject({ stores: 1, both: 1, unclassified: 1 });
  });

  it('have the class of what they belong to where their type takes no tags, whatever the provider gives', () => {
    const map = mapOf({
      west: {
        provider: {
          aws: [
            {
              region: 'eu-west-1',
              allowed_account_ids: ['111111111111'],
              default_tags: [{ tags: { 'ledger:data-class': 'operational' } }],
            },
          ],
        },
        resource: {
          aws_s3_bucket: { ledger: { ...tagged('restricted') } },
          aws_s3_bucket_versioning: {
            ledger: { bucket: '${aws_s3_bucket.ledger.id}', versioning_configuration: { status: 'Enabled' } },
            other: { bucket: 'elsewhere', versioning_configuration: { status: 'Enabled' } },
          },
          aws_sqs_queue: { receipts: {} },
        },
      },
    });
    expect(map.stores.map(({ place, dataClass }) => [place.address, dataClass])).toEqual([
      ['aws_s3_bucket.ledger', 'restricted'],
      ['aws_s3_bucket_versioning.ledger', 'restricted'],
      ['aws_s3_bucket_versioning.other', null],
      ['aws_sqs_queue.receipts', 'operational'],
    ]);
  });

  it('rest on the rack where what they bind does', () => {
    const map = mapOf({
      north: {
        resource: {
          aws_ebs_volume: {
            disk: { availability_zone: 'eu-north-1a', size: 1, outpost_arn: OUTPOST, ...tagged('restricted') },
          },
          aws_volume_attachment: {
            disk: { device_name: '/dev/sdf', instance_id: 'i-1', volume_id: '${aws_ebs_volume.disk.id}' },
          },
        },
      },
    });
    expect(storesOf(map)[1]).toEqual(['aws_volume_attachment.disk', 'NO', 'north', 'restricted', 'inside']);
  });
});

describe('a sensitive value', () => {
  const sensitive = (name: string, value: string) => ({
    variable: { [name]: { sensitive: true } },
    locals: { [name]: `\${sensitive("${value}")}` },
  });

  it('is not told as a Region, and its country counts', () => {
    const map = mapOf({
      west: {
        ...sensitive('where', 'us-east-1'),
        resource: { aws_sqs_queue: { receipts: { region: '${local.where}', ...tagged('restricted') } } },
      },
    });
    expect(map.stores).toMatchObject([{ verdict: 'outside', place: { region: '(sensitive)', country: 'US' } }]);
    expect(JSON.stringify(map)).not.toContain('us-east-1');
  });

  it('is not told as a zone or a class', () => {
    const map = mapOf({
      west: {
        ...sensitive('what', 'us-east-1a'),
        resource: {
          aws_ebs_volume: { disk: { availability_zone: '${local.what}', size: 1, ...tagged('restricted') } },
          aws_sqs_queue: { receipts: tagged('${sensitive("operational")}') },
        },
      },
    });
    expect(map.stores.map(({ place, dataClass }) => [place.region, place.within, dataClass])).toEqual([
      ['eu-west-1', '(sensitive)', 'restricted'],
      ['eu-west-1', null, null],
    ]);
    expect(JSON.stringify(map)).not.toContain('us-east');
  });
});

describe('the flows of a map', () => {
  it('lead in the direction in which data goes', () => {
    const map = mapOf({
      west: {
        resource: {
          aws_dynamodb_table: { ledger: { replica: [{ region_name: 'us-east-1' }], ...tagged('restricted') } },
          aws_ami_copy: {
            golden: {
              source_ami_region: 'us-west-2',
              source_ami_id: 'ami-1',
              name: 'golden',
              ...tagged('operational'),
            },
          },
        },
      },
    });
    expect(map.flows.map(({ by, from, to, verdict }) => [by.address, from.name, to.name, verdict])).toEqual([
      ['aws_ami_copy.golden', 'us-west-2', 'aws_ami_copy.golden', 'outside'],
      ['aws_dynamodb_table.ledger', 'aws_dynamodb_table.ledger', 'us-east-1', 'outside'],
    ]);
    expect(map.flows[1]).toMatchObject({
      argument: 'replica[0].region_name',
      family: 'replica',
      dataClass: 'restricted',
      from: { country: 'IE', site: 'west', region: 'eu-west-1' },
      to: { kind: 'region', country: 'US', site: null, region: 'us-east-1' },
      reason: 'United States (US) is outside EEA',
    });
  });

  it('end at accounts, hosts, people, everywhere and at what nobody knows', () => {
    const map = mapOf({
      west: {
        resource: {
          aws_s3_bucket_accelerate_configuration: { ledger: { bucket: 'ledger', status: 'Enabled' } },
          aws_sns_topic_subscription: {
            mail: {
              topic_arn: 'arn:aws:sns:eu-west-1:111111111111:a',
              protocol: 'email',
              endpoint: 'a@ledger.example',
            },
            site: {
              topic_arn: 'arn:aws:sns:eu-west-1:111111111111:a',
              protocol: 'https',
              endpoint: 'https://api.ledger.example/in',
            },
          },
          aws_ami_launch_permission: {
            own: { image_id: 'ami-1', account_id: '333333333333' },
            public: { image_id: 'ami-1', group: 'all' },
          },
          aws_s3_bucket_logging: { ledger: { bucket: 'ledger', target_bucket: '${var.logs}', target_prefix: 'x' } },
        },
        variable: { logs: {} },
      },
    });
    expect(map.flows.map(({ to }) => [to.kind, to.name, to.country, to.site])).toEqual([
      ['account', 'account 333333333333', 'DE', 'monitor'],
      ['account', 'everybody', null, null],
      ['world', expect.stringContaining('edge locations'), null, null],
      ['unknown', 'an unknown place', null, null],
      ['recipients', expect.any(String), null, null],
      ['host', 'host api.ledger.example', null, null],
    ]);
    expect(JSON.stringify(map)).not.toContain('a@ledger.example');
  });
});

describe('what no row of the table knows', () => {
  const app = (variables: object, rest: object = {}) => ({
    aws_lambda_function: {
      app: { function_name: 'app', environment: [{ variables }], ...tagged('restricted'), ...rest },
    },
  });

  it('is a flow where a text names a place, and counts its resource among those that move data', () => {
    const map = mapOf({ west: { resource: app({ QUEUE: 'https://sqs.us-east-1.amazonaws.com/111111111111/far' }) } });
    expect(map.flows).toMatchObject([
      {
        by: { address: 'aws_lambda_function.app' },
        argument: 'environment[0].variables.QUEUE',
        family: 'unlisted',
        from: { address: 'aws_lambda_function.app', country: 'IE' },
        to: { kind: 'region', region: 'us-east-1', country: 'US' },
        verdict: 'outside',
        reason: 'United States (US) is outside EEA',
      },
    ]);
    expect(map.movers.map(({ flows }) => flows)).toEqual([{ outside: 1, unproven: 0, inside: 0 }]);
    expect(map.counts.both + map.counts.moves).toBe(1);
  });

  it('is unproven where a reference crosses a border', () => {
    const map = mapOf({
      west: {
        resource: {
          aws_s3_bucket: { far: { region: 'us-east-1', ...tagged('operational') } },
          ...app({ BUCKET: '${aws_s3_bucket.far.arn}' }),
        },
      },
    });
    expect(map.flows.map(({ family, to, verdict }) => [family, to.address, verdict])).toEqual([
      ['unlisted', 'aws_s3_bucket.far', 'unproven'],
    ]);
  });

  it('is aside where another site is asked for, and comes after the rows of its resource', () => {
    const west = {
      resource: {
        aws_dynamodb_table: {
          ledger: {
            replica: [{ region_name: 'us-east-1' }],
            new_peer_region: 'us-west-2',
            ...tagged('restricted'),
          },
        },
      },
    };
    expect(mapOf({ west }).flows.map(({ family, to }) => [family, to.region])).toEqual([
      ['replica', 'us-east-1'],
      ['unlisted', 'us-west-2'],
    ]);
    expect(mapOf({ west }, { site: 'monitor', dataClass: null })).toMatchObject({ flows: [], counts: { aside: 1 } });
  });

  it('does not tell what a sensitive text names', () => {
    const map = mapOf({
      west: {
        locals: { far: '${sensitive("us-east-1")}' },
        resource: app({ WHERE: '${local.far}' }),
      },
    });
    expect(map.flows.map(({ verdict, to }) => [verdict, to.kind])).toEqual([['unproven', 'unknown']]);
    expect(JSON.stringify(map)).not.toContain('us-east-1');
  });
});

describe('a profile that chooses among Regions of the EU', () => {
  const agent = (dataClass: string) => ({
    west: {
      resource: {
        aws_bedrockagent_agent: {
          clerk: {
            agent_name: 'clerk',
            foundation_model: 'eu.anthropic.claude-sonnet-4-20250514-v1:0',
            ...tagged(dataClass),
          },
        },
      },
    },
  });

  const countries = ['DE', 'ES', 'FR', 'IE', 'IT', 'NO', 'SE'].map((country) => ({
    country,
    legalBasis: 'member state',
    decision: 'GDPR',
    since: '2018-07-20',
  }));
  const all = { jurisdiction: { set: 'EEA', source: 'Decision of the board', countries } };

  it.each([
    { dataClass: 'restricted', policy: all, verdict: 'outside' },
    { dataClass: 'operational', policy: {}, verdict: 'unproven' },
    { dataClass: 'operational', policy: all, verdict: 'inside' },
  ])('ends the flow of $dataClass data in no one country: $verdict', ({ dataClass, policy, verdict }) => {
    expect(mapOf(agent(dataClass), ALL, policy).flows).toMatchObject([
      { family: 'ai', to: { kind: 'regions', country: null, region: null }, verdict },
    ]);
  });
});

describe('a part of a map', () => {
  const STACKS: Example['stacks'] = {
    west: {
      resource: {
        aws_s3_bucket: { ledger: { ...tagged('restricted') }, drafts: { ...tagged('operational') } },
        aws_dynamodb_table: { ledger: { replica: [{ region_name: 'eu-central-1' }], ...tagged('operational') } },
        aws_vpc: { main: { cidr_block: '10.0.0.0/16' } },
      },
    },
    monitor: { resource: { aws_sqs_queue: { alerts: { ...tagged('operational') } } } },
    links: { resource: { aws_sqs_queue: { relay: { ...tagged('operational'), region: '${var.region}' } } } },
  };

  it('keeps what is of no known site', () => {
    const links = {
      provider: { aws: [{ region: '${var.region}' }] },
      resource: { aws_sqs_queue: { relay: {} } },
      variable: { region: {} },
    };
    const { stores } = mapOf({ ...STACKS, links }, { site: 'north', dataClass: null });
    expect(stores.map(({ place }) => [place.address, place.site])).toEqual([['aws_sqs_queue.relay', null]]);
  });

  it('keeps what is of the site, and counts the rest as aside', () => {
    const map = mapOf(STACKS, { site: 'monitor', dataClass: null });
    expect(map.stores.map(({ place }) => place.address)).toEqual(['aws_sqs_queue.alerts']);
    expect(map.counts).toMatchObject({ stores: 1, aside: 4, neither: 1 });
  });

  it('keeps what is of no known class', () => {
    const { stores } = mapOf(
      {
        west: {
          resource: { aws_sqs_queue: { a: {}, b: tagged('operational'), c: tagged('${var.x}'), d: tagged('oops') } },
        },
      },
      { site: null, dataClass: 'restricted' },
    );
    expect(stores.map(({ place }) => place.address)).toEqual(['aws_sqs_queue.a', 'aws_sqs_queue.c', 'aws_sqs_queue.d']);
  });

  it.each([
    ALL,
    { site: 'west', dataClass: null },
    { site: 'monitor', dataClass: 'restricted' },
    { site: 'north', dataClass: 'operational' },
  ])('accounts for every resource once: $site, $dataClass', (question) => {
    const { resources, counts, difference, stores, movers, flows } = mapOf(STACKS, question);
    expect(resources).toBe(6);
    expect(ROLES.reduce((sum, role) => sum + counts[role], 0)).toBe(6);
    expect(difference).toBe(0);
    expect(stores).toHaveLength(counts.stores + counts.both + counts.unclassified);
    const moved = movers.map(({ flows: { outside, unproven, inside } }) => outside + unproven + inside);
    expect(moved.reduce((sum, own) => sum + own, 0)).toBe(flows.length);
  });
});
