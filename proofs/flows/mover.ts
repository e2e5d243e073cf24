/** What the value at a path names, and so how its end is found. */
const NAMES = [
  /** A Region: `eu-west-1`. */
  'region',
  /** A zone by name or id, or a network border group. */
  'zone',
  /** An ARN, or a reference to what has one. */
  'arn',
  /** A bucket by name, ARN, domain name or reference; its name tells no Region. */
  'bucket',
  /** `https://host/path`, `jdbc:postgresql://host/db`, `s3://bucket/key`. */
  'url',
  /** A host, with or without a port. */
  'host',
  /** An account, an organisation, or `all`. */
  'account',
  /** A principal of IAM: an account, a role, an organisation, `*`. */
  'principal',
  /** The id or name of a resource, which tells no Region by itself. */
  'resource',
  /** An id or a name that means what has it in the Region and account of the resource, unless it is an ARN. */
  'local',
  /** The name of a group, all members of which hold the same data. */
  'group',
  /** A model or an inference profile of Bedrock. */
  'model',
  /** E-mail addresses, telephone numbers, devices. */
  'recipients',
  /** The argument alone sends data to places all over the world. */
  'world',
] as const;
export type Names = (typeof NAMES)[number];

export const FLOW_FAMILIES = [
  'replica',
  'backup',
  'image',
  'key',
  'stream',
  'log',
  'edge',
  'ai',
  'transfer',
  'third-party',
  'sharing',
  /** By the Resource Access Manager: mostly networks; whether it is data, the shared resource tells. */
  'resource-share',
  /** Of no row: found by what the text names, or by a reference across a border. */
  'unlisted',
] as const;
export type FlowFamily = (typeof FLOW_FAMILIES)[number];

/** Holds where an argument has one of the values (`is`), or none of them (`not`); null stands for omitted. */
export interface Condition {
  /** As the path of a mover. Below the blocks that both go through, it is of the same block. */
  readonly path: string;
  readonly is?: readonly (string | null)[];
  readonly not?: readonly (string | null)[];
}

/** One way by which a type of resource moves data: a row of the table. */
export interface Mover {
  readonly types: readonly string[];
  /**
   * Names of blocks and the argument, without indexes: `rule.destination.bucket`. `*` is every entry of a map, `#` its
   * keys, `{key}` one entry, `@json` what the text above it holds as JSON. Empty: the resource as a whole.
   */
  readonly path: string;
  readonly names: Names;
  /** `out`: data leaves to what is named. `in`: data comes from it into the place of the resource. */
  readonly direction: 'out' | 'in';
  readonly family: FlowFamily;
  /** All must hold. */
  readonly when?: readonly Condition[];
  /** Types that a literal may name, and that a data source may read. */
  readonly targets?: readonly string[];
  /** The argument that names the resource whose data moves, where that is not the resource itself. */
  readonly source?: string;
  /** What `recipients` and `world` are, for people: `edge locations`. */
  readonly place?: string;
  readonly why: string;
}
