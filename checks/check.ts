import type { SchemaTypes } from '../model/aws/provider-schema.ts';
import type { Estate } from '../model/estate.ts';
import type { Path, Resource } from '../model/resource.ts';
import type { SourceLocation } from '../model/source.ts';
import { describeHidden, display, type Hidden, type Value } from '../model/value.ts';
import { CATALOGUE, type Control } from '../policy/catalogue.ts';
import type { AppliedException } from '../policy/exceptions.ts';
import type { Attestation, Exception, Policy, Site } from '../policy/policy.ts';

export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const FAMILIES = [
  'residency',
  'encryption',
  'isolation',
  'gateway',
  'access',
  'monitoring',
  'software',
  'integrity',
] as const;
export type Family = (typeof FAMILIES)[number];

export const VERDICTS = ['pass', 'fail', 'unproven', 'not-applicable', 'excepted'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What one verdict is about. */
export type Subject =
  | { readonly kind: 'resource'; readonly resource: Resource }
  | { readonly kind: 'stack'; readonly stack: string; readonly location: SourceLocation | null }
  | { readonly kind: 'site'; readonly site: Site }
  | { readonly kind: 'policy'; readonly pointer: string };

/** The concrete thing that shows a fail. */
export interface Witness {
  /** Path of the argument in the subject, `[]` when the fail is about the whole subject. */
  readonly path: Path;
  /** The offending value as displayed; null where something is missing. */
  readonly value: string | null;
  /** Other resources on which the fail rests: the key, the route, the companion. */
  readonly related: readonly Resource[];
  /** Where to look in the input, when it is not the subject itself. */
  readonly location: SourceLocation | null;
  /** The way of a packet, when that is what fails. */
  readonly trace: WitnessTrace | null;
  /** What makes this failure graver or lesser, as displayed: `from_port = 22, to_port = 22`. */
  readonly extent: string | null;
  /** Null where it takes more than properties of one construct. */
  readonly remedy: Remedy | null;
}

/** What mends a failure in CDKTF: properties of one construct. */
export interface Remedy {
  /** The resource of the construct, or the type of one to add; the subject unless said. */
  readonly of?: Resource | string;
  /** Arguments with their values as TypeScript. */
  readonly set: readonly { readonly path: Path; readonly to: string }[];
}

/** In a remedy the ARN of a customer key of the site, under whatever name the program has it. */
export const SITE_KEY = 'key.arn';

/** A packet that gets where it must not, and the way it takes. */
export interface WitnessTrace {
  /** `tcp 443 from 10.0.1.5 to 203.0.113.9`. */
  readonly packet: string;
  readonly hops: readonly WitnessHop[];
  /** The smallest change after which nothing gets through: names of what to take away; empty when none is known. */
  readonly closedBy: readonly string[];
}

export interface WitnessHop {
  /** `aws_subnet.data`, `the Internet`. */
  readonly at: string;
  /** What happens there, as a clause: `takes the route to 0.0.0.0/0`. */
  readonly what: string;
  /** The object that decides it, and the place in it; null for what AWS adds by itself. */
  readonly by: { readonly resource: Resource; readonly path: Path } | null;
}

/** A value that blocks a proof. */
export interface Blocker {
  readonly expression: string;
  readonly reason: string;
}

/** One thing that fails. */
export interface Failure {
  readonly messageId: string;
  readonly message: string;
  readonly witness: Witness;
}

export type Outcome = { readonly verdict: 'pass' } | FoundOutcome;

/** What is not a pass. */
export type FoundOutcome =
  /**
   * `others` is what else of the subject fails, and `open` says what of it is not known: whoever approves the failure
   * approves these too.
   */
  | (Failure & { readonly verdict: 'fail'; readonly others: readonly Failure[]; readonly open: readonly string[] })
  /** `reasons` are why it is not known, each as often as it holds. */
  | {
      readonly verdict: 'unproven';
      readonly message: string;
      readonly reasons: readonly string[];
      readonly blockers: readonly Blocker[];
    };

/** What is known about a control without running it: all that lists, reports and documentation read. */
export interface ControlMetadata {
  /** Permanent id of the catalogue: `ENC-001`. */
  readonly id: string;
  readonly family: Family;
  readonly severity: Severity;
  /** The requirement, as a sentence that is true of a compliant estate. */
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  readonly references: readonly string[];
  /** Terraform types that it reads; empty for controls over stacks, sites or the policy. */
  readonly resourceTypes: readonly string[];
}

/** What checks decide from: the estate, the policy, and the date of judgement (ISO, UTC). */
export interface Context {
  readonly estate: Estate;
  readonly policy: Policy;
  readonly asOf: string;
  /** What `--provider-schema` shows of types, where it is given. */
  readonly schemaTypes?: SchemaTypes;
  /** Statements of evidence whose signatures were verified. */
  readonly attestations?: readonly Attestation[];
  /** Every exception of the run, in force or not; checks of exceptions read them, no other does. */
  readonly exceptions?: readonly Exception[];
  /** What an earlier run found, where one is given. */
  readonly earlier?: Earlier;
}

/** What checks of a change over time read of an earlier report. */
export interface Earlier {
  readonly asOf: string;
  readonly complete: boolean;
  readonly filter: {
    readonly controls: readonly string[];
    readonly severities: readonly string[];
    readonly sites: readonly string[];
  };
  readonly controls: readonly { readonly id: string; readonly status: string }[];
  readonly results: readonly {
    readonly control: string;
    readonly verdict: string;
    readonly subject: { readonly kind: string; readonly stack: string | null; readonly address: string };
    readonly exception: Pick<AppliedException, 'id' | 'ends' | 'ticket'> | null;
  }[];
  /** Whose exceptions it was judged with: those of its own day, or those of this run. */
  readonly exceptionsOf: 'base' | 'run';
}

export interface Check extends ControlMetadata {
  readonly messageIds: readonly string[];
  /** A message with the names of its data in their place, `<key>`, for documentation. */
  messageForm(id: string): string;
  readonly examples: Examples;
  subjects(context: Context): readonly Subject[];
  /** The function that decides each of the subjects in a context. */
  inspector(context: Context): (subject: Subject) => Outcome;
}

/** A stack as a person writes it, for examples and tests: the content of a `cdk.tf.json`. */
export type StackJson = { readonly [key: string]: unknown };

/** One estate: stacks by name. A key of the policy here replaces that of the examples' base policy. */
export interface Example {
  readonly stacks: { readonly [name: string]: StackJson };
  readonly policy?: { readonly [key: string]: unknown };
  /** The example is a plan that makes of these stacks, as they are in AWS, those above. */
  readonly plan?: ExamplePlan;
}

export interface ExamplePlan {
  readonly before: { readonly [name: string]: StackJson };
  /** Addresses of what is destroyed and made again, and of what is forgotten and left in place. */
  readonly replaces?: readonly string[];
  readonly forgets?: readonly string[];
  /** The same stacks as they were synthesised, where those are judged along with the plan. */
  readonly synthesised?: { readonly [name: string]: StackJson };
}

/** Executed by the tests and printed in the control's page. */
export interface Examples {
  readonly compliant: readonly Example[];
  readonly violating: readonly Example[];
}

type Messages = { readonly [id: string]: string | ((data: never) => string) };
type Data<Message> = Message extends (data: infer D) => string ? [data: D] : [];
type SubjectOf<Kind extends Subject['kind']> = Extract<Subject, { kind: Kind }>;

export interface Inspection<M extends Messages> extends Context {
  readonly pass: () => Outcome;
  /** Fails on the argument at `at` (default: the whole subject) with a message of the check. */
  readonly fail: <Id extends keyof M & string>(at: At, messageId: Id, ...data: Data<M[Id]>) => Outcome;
  /** The input does not decide it. Pass what hides the answer, or say it in a clause. */
  readonly unproven: (because: Hidden | readonly Hidden[] | string) => Outcome;
  /** The worst of several outcomes: the first fail with the others, else all unproven joined, else pass. */
  readonly all: (outcomes: Iterable<Outcome>) => Outcome;
}

/** The place of a fail: a path in the subject, with the value seen and the other resources involved. */
export interface At {
  readonly path?: Path;
  readonly value?: Value;
  readonly related?: readonly Resource[];
  readonly location?: SourceLocation;
  readonly trace?: WitnessTrace;
  /** Arguments that make it graver or lesser and are in no message: an exception for it covers no other extent. */
  readonly extent?: { readonly [argument: string]: Value } | undefined;
  readonly remedy?: Remedy | null;
}

/** Family, severity and title are the catalogue's. */
export interface CheckDefinition<M extends Messages, Kind extends Subject['kind']> extends Omit<
  ControlMetadata,
  'family' | 'severity' | 'title'
> {
  readonly messages: M;
  readonly subjects: (context: Context) => readonly SubjectOf<Kind>[];
  readonly inspect: (subject: SubjectOf<Kind>, inspection: Inspection<M>) => Outcome;
  readonly examples: Examples;
}

/**
 * Defines a check: the code that decides one control for each of its subjects.
 * @throws TypeError for an id that the catalogue does not have.
 */
export function defineCheck<const M extends Messages, Kind extends Subject['kind']>(
  definition: CheckDefinition<M, Kind>,
): Check {
  const { messages, subjects, inspect, ...metadata } = definition;
  const control = controlOf(definition.id);

  function render(id: keyof M & string, data: unknown): string {
    const message = messages[id];
    if (message === undefined) throw new TypeError(`${definition.id} has no message ${id}`);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `fail` ties the data to the id
    return typeof message === 'string' ? message : message(data as never);
  }

  return {
    ...control,
    ...metadata,
    messageIds: Object.keys(messages),
    messageForm: (id) => render(id, NAMES),
    subjects,
    inspector: (context) => {
      const inspection: Inspection<M> = {
        ...context,
        pass: () => PASS,
        fail: (at, messageId, ...[data]) => ({
          verdict: 'fail',
          messageId,
          message: render(messageId, data),
          witness: witness(at),
          others: [],
          open: [],
        }),
        unproven,
        all: worst,
      };
      // `subjects` of the same definition made the subject, so its kind is the one that `inspect` takes.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return (subject) => inspect(subject as SubjectOf<Kind>, inspection);
    },
  };
}

const PASS: Outcome = { verdict: 'pass' };

/** Data of which each part is its own name. */
const NAMES = new Proxy({}, { get: (_target, name) => `<${String(name)}>` });

function controlOf(id: string): Control {
  const control = CATALOGUE.find((candidate) => candidate.id === id);
  if (control === undefined) throw new TypeError(`${id} is no control of the catalogue`);
  return control;
}

function witness({ path = [], value, related = [], location, trace, extent = {}, remedy = null }: At): Witness {
  return {
    path,
    value: value === undefined ? null : display(value),
    related,
    location: location ?? null,
    trace: trace ?? null,
    extent: extentOf(extent),
    remedy,
  };
}

function extentOf(extent: NonNullable<At['extent']>): string | null {
  const set = Object.entries(extent).filter(([, value]) => value.kind !== 'null');
  return set.length === 0 ? null : set.map(([argument, value]) => `${argument} = ${display(value)}`).join(', ');
}

function unproven(because: Hidden | readonly Hidden[] | string): Outcome {
  if (typeof because === 'string') return { verdict: 'unproven', message: because, reasons: [because], blockers: [] };
  const blockers = blockersOf(isList(because) ? because : [because]);
  const reasons = blockers.map(({ expression, reason }) => `${expression} ${reason}`);
  return { verdict: 'unproven', message: reasons.join('; '), reasons, blockers };
}

/** What hides an answer, as reports say it. */
export function blockersOf(hidden: readonly Hidden[]): readonly Blocker[] {
  return hidden.map(blockerOf);
}

function isList(because: Hidden | readonly Hidden[]): because is readonly Hidden[] {
  return Array.isArray(because);
}

function blockerOf(value: Hidden): Blocker {
  const expression = value.sensitive ? '(sensitive)' : describeHidden(value);
  switch (value.kind) {
    case 'unknown':
      return { expression, reason: value.detail };
    case 'reference':
    case 'template':
      return { expression, reason: 'is known only after apply' };
  }
}

function worst(outcomes: Iterable<Outcome>): Outcome {
  const open: Extract<Outcome, { verdict: 'unproven' }>[] = [];
  const failures: Failure[] = [];
  const reasons: string[] = [];
  for (const outcome of outcomes) {
    if (outcome.verdict === 'unproven') {
      open.push(outcome);
      reasons.push(...outcome.reasons);
    }
    if (outcome.verdict === 'fail') {
      failures.push(outcome, ...outcome.others);
      reasons.push(...outcome.open);
    }
  }
  const [failure, ...others] = failures;
  if (failure !== undefined) return { ...failure, verdict: 'fail', others, open: reasons };
  if (open.length === 0) return PASS;
  return {
    verdict: 'unproven',
    message: [...new Set(open.map(({ message }) => message))].join('; '),
    reasons,
    blockers: open.flatMap(({ blockers }) => blockers),
  };
}

/** The subjects of a check over resources of some types, in the estate's order. */
export function resourcesOf(...types: readonly string[]) {
  return ({ estate }: Context): readonly { readonly kind: 'resource'; readonly resource: Resource }[] =>
    estate.ofType(...types).map((resource) => ({ kind: 'resource', resource }));
}
