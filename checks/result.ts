import { constructOf, propertyOf } from '../model/aws/bindings.ts';
import type { OverrideCall, Path, Resource } from '../model/resource.ts';
import type { SourceLocation } from '../model/source.ts';
import { tagOf } from '../model/tags.ts';
import { display, NULL } from '../model/value.ts';
import type { Policy } from '../policy/policy.ts';
import { siteOf } from '../policy/sites.ts';
import type { FingerprintedPart } from './fingerprint.ts';
import { Finding, FoundResult, JudgedResult, NO_BLOCKERS, NOTHING_ELSE, type Placed } from './judged-result.ts';
import type { Check, Context, Failure, FoundOutcome, Outcome, Remedy, Subject, Witness, WitnessHop } from './check.ts';
import { withheld } from './withheld.ts';
import type { Result, ResultHop, ResultRemedy, ResultSubject, ResultWitness } from './report.ts';

/** The site of subjects that are of no one site. */
const ESTATE = 'estate';

/** The site of resources of which the policy does not say, or the input does not show, where they belong. */
const UNASSIGNED = 'unassigned';

const NO_OTHERS: readonly FingerprintedPart[] = [];

/** What turns the verdicts of a run into results: names and places instead of objects. */
export function resultsIn(context: Context): (check: Check, subject: Subject, outcome: Outcome) => Result {
  // A resource is the subject of many controls, and in one place.
  const known = new Map<Resource, Placed>();
  const placeOf = (subject: Subject, outcome: Outcome): Placed => {
    if (subject.kind !== 'resource') {
      return { subject: placeSubject(subject, outcome, context), site: siteWithoutResource(subject, context) };
    }
    const { resource } = subject;
    let placed = known.get(resource);
    if (placed === undefined) {
      placed = { subject: placeResource(resource), site: siteOfResource(resource, context) };
      known.set(resource, placed);
    }
    if (outcome.verdict !== 'fail') return placed;
    const code = lineToChange(resource, outcome.witness);
    return code === placed.subject.code ? placed : { ...placed, subject: { ...placed.subject, code } };
  };
  return (check, subject, outcome) => {
    const placed = placeOf(subject, outcome);
    return outcome.verdict === 'pass'
      ? new JudgedResult(check, placed)
      : new FoundResult(check, placed, findingOf(subject, withheld(outcome, context.estate), context.policy));
  };
}

function findingOf(subject: Subject, outcome: FoundOutcome, policy: Policy): Finding {
  switch (outcome.verdict) {
    case 'unproven': {
      const { verdict, message, blockers, reasons } = outcome;
      return new Finding(
        { verdict, message, messageId: null, witness: null, also: NOTHING_ELSE, blockers },
        dataClassOf(subject, policy),
        { others: NO_OTHERS, open: reasons },
      );
    }
    case 'fail': {
      const { verdict, message, messageId, others, open } = outcome;
      const witness = resultWitness(subject, outcome.witness);
      const judged = others.map((other) => ({ ...other, witness: resultWitness(subject, other.witness) }));
      return new Finding(
        { verdict, message, messageId, witness, also: alsoOf(outcome, others, open), blockers: NO_BLOCKERS },
        dataClassOf(subject, policy),
        { others: judged.length === 0 ? NO_OTHERS : judged, open: open.length === 0 ? NOTHING_ELSE : open },
      );
    }
  }
}

/** The same failure of data of another class is another one. */
function dataClassOf(subject: Subject, { tags }: Policy): string | null {
  const tag = subject.kind === 'resource' ? tagOf(subject.resource, tags.dataClass) : NULL;
  return tag.kind === 'null' ? null : display(tag);
}

/** Each other failure once, with its extent: a hundred rules that open the same say the same. What is not known last. */
function alsoOf(failure: Failure, others: readonly Failure[], open: readonly string[]): readonly string[] {
  if (others.length === 0 && open.length === 0) return NOTHING_ELSE;
  const known = others.map(inWords).filter((other) => other !== inWords(failure));
  return [...new Set([...known, ...open.map((reason) => `may fail further: ${reason}`)])];
}

function inWords({ message, witness: { extent } }: Failure): string {
  return extent === null ? message : `${message} (${extent})`;
}

function placeResource(resource: Resource): ResultSubject {
  const { constructPath, location } = resource.init;
  return {
    kind: 'resource',
    stack: resource.stack,
    address: resource.address,
    constructPath,
    source: location,
    code: codeOf(resource, []),
  };
}

type WithoutResource = Exclude<Subject, { kind: 'resource' }>;

function placeSubject(subject: WithoutResource, outcome: Outcome, { estate, policy }: Context): ResultSubject {
  switch (subject.kind) {
    case 'stack': {
      const stack = estate.stacks.find(({ name }) => name === subject.stack);
      return {
        kind: 'stack',
        stack: subject.stack,
        address: subject.stack,
        constructPath: stack?.constructPath ?? null,
        source: subject.location ?? stack?.location ?? null,
        code: (stack?.backend.location === subject.location ? stack?.backend : stack)?.code[0] ?? null,
      };
    }
    case 'site': {
      // A site has no line of its own: what makes it fail stands in one of its resources, or in the policy.
      const witness = outcome.verdict === 'fail' ? outcome.witness : null;
      const location = witness?.location ?? null;
      const holder = witness === null || location === null ? null : holderOf(location, witness.related);
      return {
        kind: 'site',
        stack: null,
        address: subject.site.id,
        constructPath: null,
        source: location,
        code: holder === null || location === null ? null : lineAt(holder, location),
      };
    }
    case 'policy':
      return {
        kind: 'policy',
        stack: null,
        address: subject.pointer,
        constructPath: null,
        source: policy.locate(subject.pointer),
        code: null,
      };
  }
}

function siteOfResource(resource: Resource, { estate, policy }: Context): string {
  const site = siteOf(estate.place(resource), resource.stack, policy);
  if (site.kind === 'site') return site.site.id;
  // States and what else is Terraform's own lie nowhere in AWS: they are of their stack.
  return resource.init.provider.name === 'terraform' ? siteOfStack(resource.stack, policy) : UNASSIGNED;
}

function siteOfStack(stack: string, { stacks }: Policy): string {
  const [site, ...more] = stacks.find(({ name }) => name === stack)?.sites ?? [];
  return site === undefined ? UNASSIGNED : more.length === 0 ? site : ESTATE;
}

function siteWithoutResource(subject: WithoutResource, { policy }: Context): string {
  switch (subject.kind) {
    case 'stack':
      return siteOfStack(subject.stack, policy);
    case 'site':
      return subject.site.id;
    case 'policy':
      return ESTATE;
  }
}

/** The TypeScript line to change: that of the other resource where the witness is found in one, else the subject's. */
function lineToChange(subject: Resource, { path, related, location }: Witness): SourceLocation | null {
  const holder = location === null ? null : holderOf(location, related);
  return (holder === null || location === null ? null : lineAt(holder, location)) ?? codeOf(subject, path);
}

/** The line that wrote what stands at a place of a resource. */
function lineAt(holder: Resource, location: SourceLocation): SourceLocation | null {
  const override = holder.init.overrides.findLast((call) => isAt(holder, call, location));
  return override?.code[0] ?? holder.init.code[0] ?? null;
}

/** The last of the resources that begins before a place in the same file. */
function holderOf({ file, line, column }: SourceLocation, resources: readonly Resource[]): Resource | null {
  let holder: Resource | null = null;
  for (const resource of resources) {
    const start = resource.init.location;
    const isBefore = start.line < line || (start.line === line && start.column <= column);
    const isLater = holder === null || start.line > holder.init.location.line;
    if (start.file === file && isBefore && isLater) holder = resource;
  }
  return holder;
}

/** Whether an override wrote what stands at a place. */
function isAt(resource: Resource, { path }: OverrideCall, { line, column }: SourceLocation): boolean {
  const steps = path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const written = resource.locate(...steps);
  return written.line === line && written.column === column;
}

/** The line of the subject: the override that set the argument, else the call that made the construct. */
function codeOf(resource: Resource, path: Path): SourceLocation | null {
  const override = resource.init.overrides.findLast((call) => covers(call, path));
  return override?.code[0] ?? resource.init.code[0] ?? null;
}

/** Whether an override wrote the argument at a path, or a block around it, or a part of it. */
function covers(override: OverrideCall, path: Path): boolean {
  const written = override.path.split('.').filter((step) => !/^\d+$/.test(step));
  const read = path.filter((step) => typeof step === 'string');
  const length = Math.min(written.length, read.length);
  return length > 0 && written.slice(0, length).every((step, index) => step === read[index]);
}

function resultWitness(
  subject: Subject,
  { path, value, related, location, trace, extent, remedy }: Witness,
): ResultWitness {
  const inSubject = subject.kind === 'resource' ? subject.resource.locate(...path) : null;
  return {
    path: formatPath(path),
    value,
    extent,
    source: location ?? inSubject,
    related: related.map((resource) => ({
      stack: resource.stack,
      address: resource.address,
      constructPath: resource.init.constructPath,
      source: resource.init.location,
      code: resource.init.code[0] ?? null,
    })),
    trace: trace === null ? null : { ...trace, hops: trace.hops.map(resultHop) },
    remedy: remedy === null ? null : resultRemedy(subject, remedy),
  };
}

function resultRemedy(subject: Subject, { of, set }: Remedy): ResultRemedy | null {
  const made = of ?? (subject.kind === 'resource' ? subject.resource : null);
  if (made === null) return null;
  const { name, module } = constructOf(typeof made === 'string' ? made : made.type);
  return {
    construct: name,
    module,
    address: typeof made === 'string' ? null : made.address,
    code: typeof made === 'string' ? null : codeOf(made, []),
    properties: set.map(({ path, to }) => ({ name: propertyOf(path), to })),
  };
}

function resultHop({ at, what, by }: WitnessHop): ResultHop {
  if (by === null) return { at, what, stack: null, address: null, constructPath: null, source: null, code: null };
  const { resource, path } = by;
  return {
    at,
    what,
    stack: resource.stack,
    address: resource.address,
    constructPath: resource.init.constructPath,
    source: resource.locate(...path),
    code: codeOf(resource, path),
  };
}

/** `rule[0].apply_server_side_encryption_by_default.sse_algorithm`. */
export function formatPath(path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}
