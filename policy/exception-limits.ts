import { CATALOGUE } from './catalogue.ts';
import type { Part } from './part.ts';
import type { ExceptionDays, ExceptionKind, Policy } from './policy.ts';

/** Controls that judge the judgement itself; whoever could except them could except everything. */
export const NEVER_EXCEPTED: ReadonlySet<string> = new Set(['CHG-001', 'CHG-004', 'RES-015', 'RES-TRANS-002']);

/** What exceptions are judged against. */
export interface ExceptionRules {
  readonly controlIds: ReadonlySet<string>;
  readonly stacks: ReadonlySet<string>;
  /** Stacks of transitional sites alone: only these may be excepted as a whole. */
  readonly transitionalStacks: ReadonlySet<string>;
  readonly maximumDays: number;
  readonly maximumDaysFor: ExceptionDays;
  readonly neverExcepted: ReadonlySet<string>;
}

export const DEFAULT_EXCEPTION_DAYS = 90;

export function rulesOf(policy: Policy, controlIds: Iterable<string>): ExceptionRules {
  const transitional = new Set(policy.sites.filter(({ role }) => role === 'transitional').map(({ id }) => id));
  return {
    controlIds: new Set(controlIds),
    stacks: new Set(policy.stacks.map(({ name }) => name)),
    transitionalStacks: new Set(
      policy.stacks.filter(({ sites }) => areAllIn(transitional, sites)).map(({ name }) => name),
    ),
    maximumDays: policy.gate.maximumExceptionDays,
    maximumDaysFor: policy.gate.maximumExceptionDaysFor,
    neverExcepted: new Set(policy.gate.neverExcepted),
  };
}

/** The rules of a policy that may still turn out to be wrong. */
export function rulesWithin(root: Part, controlIds: Iterable<string>): ExceptionRules {
  const transitional = new Set(
    root.items('sites').flatMap((site) => (site.text('role')?.text === 'transitional' ? textsOf(site, 'id') : [])),
  );
  const stacks = root.items('stacks');
  const ofTransitional = stacks.filter((stack) =>
    areAllIn(
      transitional,
      stack.texts('sites').map(({ text }) => text),
    ),
  );
  const gate = root.at('gate');
  const daysFor = gate.at('maximumExceptionDaysFor');
  return {
    controlIds: new Set(controlIds),
    stacks: new Set(stacks.flatMap((stack) => textsOf(stack, 'name'))),
    transitionalStacks: new Set(ofTransitional.flatMap((stack) => textsOf(stack, 'name'))),
    maximumDays: daysAt(gate, 'maximumExceptionDays') ?? DEFAULT_EXCEPTION_DAYS,
    maximumDaysFor: Object.fromEntries(
      KINDS.flatMap((kind) => {
        const days = daysAt(daysFor, kind);
        return days === null ? [] : [[kind, days]];
      }),
    ),
    neverExcepted: new Set(gate.texts('neverExcepted').map(({ text }) => text)),
  };
}

const KINDS = ['low', 'medium', 'high', 'critical', 'stack'] as const satisfies readonly ExceptionKind[];

function areAllIn(sites: ReadonlySet<string>, named: readonly string[]): boolean {
  return named.length > 0 && named.every((site) => sites.has(site));
}

function textsOf(part: Part, key: string): readonly string[] {
  const text = part.text(key);
  return text === null ? [] : [text.text];
}

function daysAt(part: Part, key: string): number | null {
  const { value } = part.at(key);
  return typeof value === 'number' ? value : null;
}

/** For how many days a control may be excepted, the first and the last included. */
export function longestDays(
  control: string,
  isWholeStack: boolean,
  { maximumDays, maximumDaysFor }: Pick<ExceptionRules, 'maximumDays' | 'maximumDaysFor'>,
): number {
  const kind = isWholeStack ? 'stack' : CATALOGUE.find(({ id }) => id === control)?.severity;
  return (kind === undefined ? undefined : maximumDaysFor[kind]) ?? maximumDays;
}
