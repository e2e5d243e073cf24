import { createHash } from 'node:crypto';

/** The parts of a synthesised stack that tests rewrite. */
export interface StackJson {
  readonly terraform: { readonly required_providers: { readonly aws: unknown }; readonly backend?: unknown };
  readonly provider: { readonly aws: readonly Readonly<Record<string, unknown>>[] };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly output?: Readonly<Record<string, { readonly value: unknown }>>;
}

interface Origin {
  readonly type: string;
  readonly name: string;
  readonly region: string;
  readonly account: string;
  /** Arguments that the producer sets. */
  readonly body: Readonly<Record<string, unknown>>;
}

const ATTRIBUTE = /^\$\{(aws_\w+)\.([\w-]+)\.([\w.[\]]+)\}$/;

const ID_PREFIXES: Readonly<Record<string, string>> = {
  aws_ebs_volume: 'vol-',
  aws_ec2_transit_gateway: 'tgw-',
  aws_ec2_transit_gateway_route_table: 'tgw-rtb-',
  aws_efs_access_point: 'fsap-',
  aws_efs_file_system: 'fs-',
  aws_route_table: 'rtb-',
  aws_security_group: 'sg-',
  aws_subnet: 'subnet-',
  aws_vpc: 'vpc-',
};

/** A state file whose outputs are what AWS could have answered for the outputs of a synthesised stack. */
export function generatedState(stack: StackJson): string {
  const outputs = Object.entries(stack.output ?? {}).map(([name, { value }]) => [
    name,
    { value: plausibleValue(stack, value), type: 'string', sensitive: true },
  ]);
  return JSON.stringify({
    version: 4,
    terraform_version: '1.11.4',
    serial: 1,
    lineage: '00000000-0000-4000-8000-000000000000',
    outputs: Object.fromEntries(outputs),
    resources: [],
  });
}

function plausibleValue(stack: StackJson, expression: unknown): string {
  const [, type, name, attribute] = ATTRIBUTE.exec(String(expression)) ?? [];
  if (type === undefined || name === undefined || attribute === undefined) {
    throw new Error(`No generated value for the output ${String(expression)}`);
  }
  const body = stack.resource?.[type]?.[name];
  if (body === undefined) throw new Error(`The output ${String(expression)} names no resource`);

  const [provider] = stack.provider.aws;
  const account = provider?.['allowed_account_ids'];
  const origin = {
    type,
    name,
    body,
    region: String(provider?.['region']),
    account: Array.isArray(account) ? String(account[0]) : '',
  };
  return literal(body[attribute]) ?? computed(origin, attribute);
}

function literal(value: unknown): string | null {
  return typeof value === 'string' && !value.includes('${') ? value : null;
}

function computed(origin: Origin, attribute: string): string {
  const { type, name, region, account, body } = origin;
  switch (attribute) {
    case 'arn':
      return arn(origin);
    case 'id': {
      if (type === 'aws_s3_bucket') return String(body['bucket']);
      const prefix = ID_PREFIXES[type];
      if (prefix === undefined) throw new Error(`No generated id for ${type}`);
      return prefix + digits(name, 17);
    }
    case 'availability_zone':
      return `${region}a`;
    case 'repository_url':
      return `${account}.dkr.ecr.${region}.amazonaws.com/${String(body['name'])}`;
    case 'dns_entry[0].dns_name':
      return `vpce-${digits(name, 17)}.dynamodb.${region}.vpce.amazonaws.com`;
    default:
      throw new Error(`No generated value for ${type}.${attribute}`);
  }
}

function arn({ type, name, region, account, body }: Origin): string {
  const named = String(body['name']);
  switch (type) {
    case 'aws_s3_bucket':
      return `arn:aws:s3:::${String(body['bucket'])}`;
    case 'aws_kms_key':
      return `arn:aws:kms:${region}:${account}:key/${uuid(name)}`;
    case 'aws_backup_vault':
      return `arn:aws:backup:${region}:${account}:backup-vault:${named}`;
    case 'aws_dynamodb_table':
      return `arn:aws:dynamodb:${region}:${account}:table/${named}`;
    case 'aws_ecr_repository':
      return `arn:aws:ecr:${region}:${account}:repository/${named}`;
    case 'aws_iam_role':
      return `arn:aws:iam::${account}:role/${named}`;
    case 'aws_kinesis_stream':
      return `arn:aws:kinesis:${region}:${account}:stream/${named}`;
    case 'aws_secretsmanager_secret':
      return `arn:aws:secretsmanager:${region}:${account}:secret:${named}-${digits(name, 6)}`;
    case 'aws_sns_topic':
      return `arn:aws:sns:${region}:${account}:${named}`;
    case 'aws_cloudwatch_event_bus':
      return `arn:aws:events:${region}:${account}:event-bus/${named}`;
    case 'aws_sqs_queue':
      return `arn:aws:sqs:${region}:${account}:${named}`;
    default:
      throw new Error(`No generated ARN for ${type}`);
  }
}

// Digits of the name, so that every run and every consumer sees the same id.
function digits(name: string, length: number): string {
  return createHash('sha256').update(name).digest('hex').slice(0, length);
}

function uuid(name: string): string {
  const hex = digits(name, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}
