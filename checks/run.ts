import { compareText } from '../model/text-order.ts';
import type { SchemaTypes } from '../model/aws/provider-schema.ts';
import type { Estate, InputDigest } from '../model/estate.ts';
import { EstateView } from '../model/estate-view.ts';
import { formatProblem } from '../model/input-error.ts';
import type { Resource } from '../model/resource.ts';
import { applyExceptions } from '../policy/exceptions.ts';
import type { PolicyFile } from '../policy/policy-history.ts';
import type { Attestation, Exception, Policy } from '../policy/policy.ts';
import type { Check, Context, ControlMetadata, Earlier, Family, Outcome, Subject } from './check.ts';
import type { Comparison, Filter, Report, Result, Stage } from './report.ts';
import { compare, type ComparisonRequest } from './compare.ts';
import { formerAddresses } from './moved.ts';
import { escapeHatchesOf } from './escape-hatches.ts';
import { amended } from './judged-result.ts';
import { populationOf } from './population.ts';
import { resultsIn } from './result.ts';

/** A check threw. That is our bug: the run ends with exit 70 and gives no verdict. */
export class CheckCrash extends Error {
  override readonly name = 'CheckCrash';

  constructor(control: string, where: string, cause: unknown) {
    super(`the check of ${control} crashed on ${where}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

export interface RunInput {
  readonly checks: readonly Check[];
  /** Every control of the catalogue, in its order. */
  readonly catalogue: readonly ControlMetadata[];
  readonly estate: Estate;
  readonly policy: Policy;
  readonly exceptions: readonly Exception[];
  /** Every file that was read for the estate. */
  readonly inputs: readonly InputDigest[];
  readonly policyFile: PolicyFile;
  readonly exceptionFiles: readonly InputDigest[];
  readonly asOf: string;
  readonly stage: Stage;
  readonly version: string;
  readonly filter: Filter;
  /** What a schema of providers shows of types that the tables do not know. */
  readonly schemaTypes?: SchemaTypes;
  /** Statements of evidence whose signatures were verified. */
  readonly attestations?: readonly Attestation[];
  /** An earlier run to compare the findings with. */
  readonly comparison?: ComparisonRequest;
}

/** Families that ask for the network, which takes more memory than the resources that it is made of. */
const OF_NETWORK: ReadonlySet<Family> = new Set<Family>(['isolation', 'gateway']);

/** The control whose unproven verdicts mean that something was not looked at. */
const COMPLETENESS = 'CHG-001';

/**
 * Judges the estate. Pure: the same input gives the same report.
 * @throws CheckCrash when a check throws.
 */
export function run(input: RunInput): Report {
  const { checks, catalogue, estate, policy, asOf, stage, filter, schemaTypes } = input;
  const exceptions = [...policy.exceptions, ...input.exceptions];
  const context: Context = {
    estate,
    policy,
    asOf,
    attestations: input.attestations ?? [],
    exceptions,
    ...(schemaTypes === undefined ? {} : { schemaTypes }),
    ...(input.comparison === undefined ? {} : { earlier: earlierOf(input.comparison) }),
  };
  const judged = judgeAll(checks, context);
  const scope = { asOf, stacks: new Set(estate.stacks.map(({ name }) => name)) };
  const { findings: excepted, problems: exceptionProblems } = applyExceptions(judged, exceptions, scope, amended);
  const incompleteBecause = incompleteReasons(estate, excepted);
  const populations = countBy(judged, ({ control }) => control);
  const implemented = new Set(checks.map(({ id }) => id));
  const controls = catalogue.map((control) => ({
    ...control,
    status: implemented.has(control.id) ? ('implemented' as const) : ('planned' as const),
    population: populations.get(control.id) ?? 0,
  }));
  const tool = { name: 'trefoil', version: input.version } as const;
  const compared =
    input.comparison === undefined
      ? { results: excepted, comparison: null }
      : compare(
          {
            tool,
            policy: input.policyFile,
            exceptionFiles: input.exceptionFiles,
            complete: incompleteBecause.length === 0,
            controls,
            stacks: new Set(estate.stacks.map(({ name }) => name)),
            has: (stack, address) => estate.find({ stack, address }) !== null,
            former: formerAddresses(estate),
            results: excepted,
          },
          input.comparison,
        );
  const results = resultsWanted(filter, compared.results).toSorted(byPlace);
  const verdicts = countBy(results, ({ verdict }) => verdict);
  const inFilter = controls.filter(
    ({ id, severity, status }) => status === 'implemented' && wantsControl(filter, { control: id, severity }),
  );
  return {
    tool,
    asOf,
    stage,
    policy: { name: policy.name, ...input.policyFile },
    exceptionFiles: input.exceptionFiles,
    inputs: input.inputs.toSorted((left, right) => compareText(left.path, right.path)),
    complete: incompleteBecause.length === 0,
    incompleteBecause,
    problems: estate.problems,
    exceptionProblems,
    filter,
    population: populationOf(estate, policy),
    escapeHatches: escapeHatchesOf(estate),
    sites: policy.sites.map(({ id, name }) => ({ id, name })),
    controls,
    results,
    summary: {
      pass: verdicts.get('pass') ?? 0,
      fail: verdicts.get('fail') ?? 0,
      unproven: verdicts.get('unproven') ?? 0,
      'not-applicable': inFilter.filter(({ population }) => population === 0).length,
      excepted: verdicts.get('excepted') ?? 0,
    },
    unprovenBlocks: stage === 'apply' ? ['high', 'critical'] : policy.gate.unprovenBlocksChange,
    comparison: compared.comparison === null ? null : toldOf(inFilterOf(filter, compared.comparison), estate),
  };
}

function earlierOf({ base, exceptionsOf }: ComparisonRequest): Earlier {
  const { asOf, complete, filter, controls, results } = base;
  return { asOf, complete, filter, controls, results, exceptionsOf };
}

function inFilterOf(filter: Filter, comparison: Comparison): Comparison {
  return { ...comparison, fixed: comparison.fixed.filter((finding) => wants(filter, finding)).toSorted(byPlace) };
}

/** What the base tells may have become sensitive since. */
function toldOf(comparison: Comparison, estate: Estate): Comparison {
  const fixed = comparison.fixed.map((finding) => ({ ...finding, message: estate.withhold(finding.message) }));
  return { ...comparison, fixed };
}

/** What the checks of the network share goes before the others are judged, so that memory holds it or their values. */
function judgeAll(checks: readonly Check[], context: Context): readonly Result[] {
  const resultOf = resultsIn(context);
  const isOfNetwork = ({ family }: Check): boolean => OF_NETWORK.has(family);
  const groups = [checks.filter(isOfNetwork), checks.filter((check) => !isOfNetwork(check))];
  const results: Result[] = [];
  for (const group of groups) {
    const viewed = { ...context, estate: new EstateView(context.estate) };
    // One by one: of large estates each list of all results takes megabytes.
    for (const check of group) for (const result of judge(check, viewed, resultOf)) results.push(result);
  }
  return results;
}

function judge(check: Check, context: Context, resultOf: ReturnType<typeof resultsIn>): readonly Result[] {
  const subjects = subjectsOf(check, context);
  const inspect = check.inspector(context);
  return subjects.map((subject) => resultOf(check, subject, judged(subject)));

  function judged(subject: Subject): Outcome {
    try {
      return ofSymbolic(subject, inspect(subject));
    } catch (cause) {
      throw new CheckCrash(check.id, describe(subject), cause);
    }
  }
}

function subjectsOf(check: Check, context: Context): readonly Subject[] {
  try {
    return check.subjects(context);
  } catch (cause) {
    throw new CheckCrash(check.id, 'its subjects', cause);
  }
}

/** An instance of unknown number may not exist at all, so nothing it shows is a witness. */
function ofSymbolic(subject: Subject, outcome: Outcome): Outcome {
  if (outcome.verdict !== 'fail' || subject.kind !== 'resource' || !subject.resource.init.isSymbolic) return outcome;
  const failures = [outcome, ...outcome.others].map(({ message }) => `would fail if it exists: ${message}`);
  const reasons = [...failures, ...outcome.open];
  return {
    verdict: 'unproven',
    message: [...new Set(reasons)].join('; '),
    reasons,
    blockers: [{ expression: subject.resource.address, reason: 'has a count or for_each that only the plan knows' }],
  };
}

function describe(subject: Subject): string {
  switch (subject.kind) {
    case 'resource':
      return nameOf(subject.resource);
    case 'stack':
      return subject.stack;
    case 'site':
      return subject.site.id;
    case 'policy':
      return subject.pointer;
  }
}

function nameOf({ stack, address }: Resource): string {
  return `${stack}: ${address}`;
}

function incompleteReasons(estate: Estate, results: readonly Result[]): readonly string[] {
  const reasons = estate.problems.map(formatProblem);
  if (estate.resources.length === 0) reasons.push('the input holds no resource, so nothing was judged');
  for (const { control, verdict, subject, message } of results) {
    if (control === COMPLETENESS && verdict === 'unproven') {
      const what = subject.kind === 'stack' ? `the stack ${subject.address}` : `${subject.stack}: ${subject.address}`;
      reasons.push(`${what} ${message}`);
    }
  }
  return reasons;
}

function wants(filter: Filter, result: Pick<Result, 'control' | 'severity' | 'site'>): boolean {
  return wantsControl(filter, result) && (filter.sites.length === 0 || filter.sites.includes(result.site));
}

/** The very list where all are wanted: of a large estate it takes megabytes. */
function resultsWanted(filter: Filter, results: readonly Result[]): readonly Result[] {
  const { controls, severities, sites } = filter;
  const wantsAll = controls.length + severities.length + sites.length === 0;
  return wantsAll ? results : results.filter((result) => wants(filter, result));
}

function wantsControl(
  { controls, severities }: Filter,
  { control, severity }: Pick<Result, 'control' | 'severity'>,
): boolean {
  return (
    (controls.length === 0 || controls.includes(control)) && (severities.length === 0 || severities.includes(severity))
  );
}

type Placed = Pick<Result, 'control'> & { readonly subject: Pick<Result['subject'], 'stack' | 'address'> };

function byPlace(left: Placed, right: Placed): number {
  return (
    compareText(left.subject.stack ?? '', right.subject.stack ?? '') ||
    compareText(left.subject.address, right.subject.address) ||
    compareText(left.control, right.control)
  );
}

function countBy<Item>(items: readonly Item[], key: (item: Item) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}
