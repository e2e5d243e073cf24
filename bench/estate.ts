/** One stack of a generated estate: the text of its `cdk.tf.json`, as CDKTF would write it. */
export interface GeneratedStack {
  readonly name: string;
  readonly text: string;
}

const REGION = 'eu-west-1';
const ACCOUNT = '111111111111';
const ZONE_IDS = ['euw1-az1', 'euw1-az2'];
const RESOURCES_IN_CELL = 25;
const CELLS_IN_STACK = 16;

type Body = { readonly [key: string]: unknown };
export type Resources = { [type: string]: { [name: string]: Body } };

/**
 * An estate of about `resources` resources, deterministic. It is made of cells, each a small application: a VPC with
 * two subnets, its routes and groups, a bucket, a volume, a database, a table, a queue and their key, joined by
 * references as synthesised stacks are. Every tenth cell takes its key from the stack before, so that joining is measured.
 */
export function generateEstate(resources: number): readonly GeneratedStack[] {
  const cells = Math.ceil(resources / RESOURCES_IN_CELL);
  const stacks = Math.ceil(cells / CELLS_IN_STACK);
  return Array.from({ length: stacks }, (_, index) => {
    const first = index * CELLS_IN_STACK;
    const count = Math.min(CELLS_IN_STACK, cells - first);
    return { name: stackName(index), text: JSON.stringify(stackJson(index, first, count), null, 2) };
  });
}

/** The policy file for a generated estate: every stack expected at one site, no gateway declared. */
export function generatePolicy(stacks: readonly GeneratedStack[], base: Body): string {
  return JSON.stringify({ ...base, gateways: [], stacks: stacks.map(({ name }) => ({ name, sites: ['west'] })) });
}

/** The resources of one stack of about so many: what one large plan is made of. */
export function generateCells(resources: number): Generator<Resources> {
  return cellsOf(Math.ceil(resources / RESOURCES_IN_CELL));
}

function* cellsOf(count: number): Generator<Resources> {
  for (let cell = 0; cell < count; cell += 1) {
    const resource: Resources = {};
    addCell(resource, 0, cell);
    yield resource;
  }
}

function stackName(index: number): string {
  return `west-${String(index).padStart(4, '0')}`;
}

function stackJson(index: number, first: number, count: number): Body {
  const resource: Resources = {};
  for (let cell = first; cell < first + count; cell += 1) addCell(resource, index, cell);
  const producer = stackName(index - 1);
  return {
    '//': { metadata: { backend: 's3', stackName: stackName(index), version: '0.21.0' }, outputs: {} },
    ...(index === 0
      ? {}
      : {
          data: {
            terraform_remote_state: { [`cross-stack-reference-input-${producer}`]: { backend: 's3', config: {} } },
          },
        }),
    output: { 'cross-stack-output-key': { value: `\${aws_kms_key.c${first}.arn}`, sensitive: true } },
    provider: {
      aws: [{ region: REGION, allowed_account_ids: [ACCOUNT], default_tags: [{ tags: { 'ledger:site': 'west' } }] }],
    },
    resource,
    terraform: {
      backend: {
        s3: {
          bucket: 'ledger-state',
          encrypt: true,
          key: `${stackName(index)}.tfstate`,
          kms_key_id: `arn:aws:kms:${REGION}:${ACCOUNT}:key/00000000-0000-4000-8000-000000000000`,
          region: REGION,
          use_lockfile: true,
        },
      },
      required_providers: { aws: { source: 'aws', version: '6.25.0' } },
    },
  };
}

function addCell(resource: Resources, stack: number, cell: number): void {
  const add = (type: string, body: Body, suffix = ''): string => {
    const name = `c${cell}${suffix}`;
    (resource[type] ??= {})[name] = {
      '//': {
        metadata: {
          path: `${stackName(stack)}/cell-${cell}/${type}${suffix}`,
          stackTrace: [`stacks/cell.ts:${10 + (cell % 80)}:5`],
          uniqueId: name,
        },
      },
      ...body,
    };
    return `${type}.${name}`;
  };
  const tags = (tier: string) => ({
    Name: `cell-${cell}`,
    'ledger:data-class': 'restricted',
    'ledger:tier': tier,
    owner: `team-${cell % 17}@ledger`,
  });
  const address = `10.${(cell >> 4) & 255}.${(cell & 15) << 4}`;
  const key = add('aws_kms_key', { description: `Key of cell ${cell}`, enable_key_rotation: true, tags: tags('data') });
  const keyArn =
    stack > 0 && cell % 10 === 0
      ? `\${data.terraform_remote_state.cross-stack-reference-input-${stackName(stack - 1)}.outputs.cross-stack-output-key}`
      : `\${${key}.arn}`;
  add('aws_kms_alias', { name: `alias/cell-${cell}`, target_key_id: `\${${key}.key_id}` });
  const vpc = add('aws_vpc', { cidr_block: `${address}.0/24`, enable_dns_support: true, tags: tags('workload') });
  add('aws_default_security_group', { vpc_id: `\${${vpc}.id}` });
  const table = add('aws_route_table', { vpc_id: `\${${vpc}.id}`, tags: tags('workload') });
  const subnets = ZONE_IDS.map((zone, position) =>
    add(
      'aws_subnet',
      {
        availability_zone_id: zone,
        cidr_block: `${address}.${position * 64}/26`,
        tags: tags('data'),
        vpc_id: `\${${vpc}.id}`,
      },
      `-${position}`,
    ),
  );
  subnets.forEach((subnet, position) =>
    add(
      'aws_route_table_association',
      { route_table_id: `\${${table}.id}`, subnet_id: `\${${subnet}.id}` },
      `-${position}`,
    ),
  );
  const group = add('aws_security_group', { description: 'desk', tags: tags('workload'), vpc_id: `\${${vpc}.id}` });
  add('aws_vpc_security_group_ingress_rule', {
    cidr_ipv4: `${address}.0/24`,
    from_port: 443,
    ip_protocol: 'tcp',
    security_group_id: `\${${group}.id}`,
    to_port: 443,
  });
  add('aws_vpc_security_group_egress_rule', {
    cidr_ipv4: `${address}.0/24`,
    from_port: 5432,
    ip_protocol: 'tcp',
    security_group_id: `\${${group}.id}`,
    to_port: 5432,
  });
  const bucket = add('aws_s3_bucket', { bucket: `ledger-cell-${cell}`, tags: tags('data') });
  add('aws_s3_bucket_server_side_encryption_configuration', {
    bucket: `\${${bucket}.id}`,
    rule: [
      {
        apply_server_side_encryption_by_default: { kms_master_key_id: keyArn, sse_algorithm: 'aws:kms' },
        bucket_key_enabled: true,
      },
    ],
  });
  add('aws_s3_bucket_versioning', { bucket: `\${${bucket}.id}`, versioning_configuration: { status: 'Enabled' } });
  add('aws_s3_bucket_public_access_block', {
    block_public_acls: true,
    block_public_policy: true,
    bucket: `\${${bucket}.id}`,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  add('aws_s3_bucket_policy', {
    bucket: `\${${bucket}.id}`,
    policy: `\${jsonencode({"Version" = "2012-10-17", "Statement" = [{"Effect" = "Deny", "Principal" = "*", "Action" = "s3:*", "Resource" = ["\${${bucket}.arn}", "\${${bucket}.arn}/*"], "Condition" = {"Bool" = {"aws:SecureTransport" = "false"}}}]})}`,
  });
  const role = add('aws_iam_role', {
    assume_role_policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    }),
    name: `cell-${cell}`,
  });
  add('aws_iam_role_policy', { policy: '{"Version":"2012-10-17","Statement":[]}', role: `\${${role}.id}` });
  add('aws_ebs_volume', {
    availability_zone: 'eu-west-1a',
    encrypted: true,
    kms_key_id: keyArn,
    size: 20,
    tags: tags('data'),
  });
  const group2 = add('aws_db_subnet_group', { subnet_ids: subnets.map((subnet) => `\${${subnet}.id}`) });
  add('aws_db_instance', {
    db_subnet_group_name: `\${${group2}.name}`,
    engine: 'postgres',
    instance_class: 'db.r6g.large',
    kms_key_id: keyArn,
    publicly_accessible: false,
    storage_encrypted: true,
    tags: tags('data'),
    vpc_security_group_ids: [`\${${group}.id}`],
  });
  add('aws_dynamodb_table', {
    attribute: [{ name: 'id', type: 'S' }],
    billing_mode: 'PAY_PER_REQUEST',
    hash_key: 'id',
    name: `cell-${cell}`,
    server_side_encryption: { enabled: true, kms_key_arn: keyArn },
    tags: tags('data'),
  });
  add('aws_sqs_queue', { kms_master_key_id: keyArn, name: `cell-${cell}`, tags: tags('data') });
}
