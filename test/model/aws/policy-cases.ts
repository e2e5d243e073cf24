import {
  array,
  type Arbitrary,
  boolean,
  constant,
  constantFrom,
  dictionary,
  integer,
  option,
  oneof,
  record,
  sample,
  subarray,
} from 'fast-check';

/** Arguments of a data source `aws_iam_policy_document` as Terraform JSON. */
export type PolicyConfig = Readonly<Record<string, unknown>>;

/** What the provider made of it: the document it rendered, or null when it refused. */
export interface PolicyCase {
  readonly config: PolicyConfig;
  readonly json: string | null;
}

const ACTIONS = ['s3:*', 's3:GetObject', 'S3:getobject', 'kms:Decrypt', 'kms:*', '*', 'sts:AssumeRole'];
const RESOURCES = [
  '*',
  'arn:aws:s3:::ledger',
  'arn:aws:s3:::ledger/*',
  'arn:aws:s3:::home/&{aws:username}/*',
  '&{a}&{b}',
];
const IDENTIFIERS = ['*', 'arn:aws:iam::111122223333:root', '111122223333', 'logs.amazonaws.com', '&{aws:x}', 'a<b>&c'];
const TYPES = ['AWS', 'Service', 'Federated', '*', 'CanonicalUser'];
const SIDS = ['', 'One', 'Two', 'Three', 'Four', 'Five'];
const TESTS = ['StringEquals', 'Bool', 'ForAnyValue:StringLike'];
const VARIABLES = ['aws:SourceVpce', 'aws:SecureTransport', 's3:prefix'];
const VALUES = ['true', 'false', 'vpce-1', 'home/&{aws:username}/', '*', 'é'];
const EFFECTS = constantFrom('Allow', 'Deny');

/** Some strings without repetition, often one or none, as a list. */
function some(of: readonly string[]): Arbitrary<string[]> {
  return subarray([...of], { maxLength: 3 });
}

function optional<T>(value: Arbitrary<T>): Arbitrary<T | undefined> {
  return option(value, { nil: undefined, freq: 2 });
}

const principals = array(record({ type: constantFrom(...TYPES), identifiers: some(IDENTIFIERS) }), { maxLength: 3 });
const conditions = array(
  record({ test: constantFrom(...TESTS), variable: constantFrom(...VARIABLES), values: some(VALUES) }),
  { maxLength: 3 },
);

const statement = record({
  sid: optional(constantFrom(...SIDS)),
  effect: optional(EFFECTS),
  actions: optional(some(ACTIONS)),
  not_actions: optional(some(ACTIONS)),
  resources: optional(some(RESOURCES)),
  not_resources: optional(some(RESOURCES)),
  principals: optional(principals),
  not_principals: optional(principals),
  condition: optional(conditions),
});

const oneOrMany = (of: readonly string[]) => oneof(constantFrom(...of), some(of), constant(null));
const conditionValue = oneof(
  constantFrom(...VALUES),
  some(VALUES),
  boolean(),
  integer({ min: 0, max: 9 }),
  constant(null),
);

const sourceStatement = record({
  Sid: optional(constantFrom(...SIDS)),
  Effect: optional(EFFECTS),
  Action: optional(oneOrMany(ACTIONS)),
  NotAction: optional(oneOrMany(ACTIONS)),
  Resource: optional(oneOrMany(RESOURCES)),
  Principal: optional(
    oneof(
      constantFrom('*', 'arn:aws:iam::111122223333:root'),
      dictionary(constantFrom(...TYPES), oneof(constantFrom(...IDENTIFIERS), some(IDENTIFIERS)), {
        maxKeys: 3,
        noNullPrototype: true,
      }),
    ),
  ),
  Condition: optional(
    oneof(
      constant(null),
      dictionary(
        constantFrom(...TESTS),
        dictionary(constantFrom(...VARIABLES), conditionValue, { maxKeys: 2, noNullPrototype: true }),
        { maxKeys: 2, noNullPrototype: true },
      ),
    ),
  ),
  action: optional(constantFrom('s3:PutObject')),
  Comment: optional(constantFrom('dropped')),
});

const source = oneof(
  {
    weight: 8,
    arbitrary: record({
      Version: optional(constantFrom('2008-10-17', '2012-10-17', '')),
      Id: optional(constantFrom('ledger', 'archive', '')),
      Statement: optional(array(sourceStatement, { maxLength: 3 })),
    }),
  },
  {
    weight: 1,
    arbitrary: record({ version: constantFrom('2012-10-17'), statement: array(sourceStatement, { maxLength: 2 }) }),
  },
  { weight: 1, arbitrary: record({ Statement: sourceStatement }) },
).map((document) => JSON.stringify(document));

const config: Arbitrary<PolicyConfig> = record({
  version: optional(constantFrom('2008-10-17', '2012-10-17')),
  policy_id: optional(constantFrom('own', '')),
  statement: oneof(array(statement, { maxLength: 3 }), statement),
  source_policy_documents: optional(array(source, { maxLength: 2 })),
  override_policy_documents: optional(array(source, { maxLength: 2 })),
});

/** The same arguments for the same number, whatever the run. */
export function policyConfigs(count: number): readonly PolicyConfig[] {
  return sample(config, { seed: 20260822, numRuns: count }).map((value) => JSON.parse(JSON.stringify(value)));
}
