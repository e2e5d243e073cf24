import type { Report } from '../checks/report.ts';
import { compareText } from '../model/text-order.ts';
import { isComplete } from './conclusion.ts';
import { stringifyJson } from './escape.ts';
import { type JudgedRun, judgedRunContent, judgedRunOf } from './judged-run.ts';

export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
/** Its last number changes when a reader of the old format could misread the new one: docs/seal.md describes it. */
export const SEAL_PREDICATE_TYPE = 'urn:trefoil:seal:1';

/** A binary plan and the JSON that Terraform made of it, which is what was judged. */
export interface SealedPlan {
  readonly stack: string;
  readonly path: string;
  readonly sha256: string;
  readonly jsonSha256: string;
}

/** What cannot be applied when the exception has ended. */
export interface SealedException {
  readonly id: string;
  readonly ends: string;
}

/** What a seal states: which plans were judged by what, when, and how it ended. */
export interface Seal extends JudgedRun {
  readonly plans: readonly SealedPlan[];
  /** Instant in UTC, to the second. */
  readonly sealedAt: string;
  readonly asOf: string;
  readonly stage: string;
  /** The controls that judged, each with how many subjects. */
  readonly controls: readonly { readonly id: string; readonly population: number }[];
  /** The exceptions that cover something, by id, each with the last day on which it does. */
  readonly exceptions: readonly SealedException[];
}

interface Sealing {
  readonly plans: readonly SealedPlan[];
  /** As the report has the JSON of each plan, in their order: it is gone by the time somebody reads the seal. */
  readonly jsonPaths: readonly string[];
  readonly toolSha256: string | null;
  readonly sealedAt: string;
}

/** @throws {Error} for a plan that is not what was judged: a defect, which must not become a seal. */
export function sealOf(report: Report, { plans, jsonPaths, toolSha256, sealedAt }: Sealing): Seal {
  if (isComplete(report)) refuseUnread(report, plans, jsonPaths);
  return {
    ...judgedRunOf(report, toolSha256),
    plans,
    sealedAt,
    asOf: report.asOf,
    stage: report.stage,
    controls: report.controls
      .filter(({ status }) => status === 'implemented')
      .map((control) => ({ id: control.id, population: control.population })),
    exceptions: exceptionsIn(report),
    inputs: [
      ...report.inputs.filter(({ path }) => !jsonPaths.includes(path)),
      ...(report.comparison?.base.inputs ?? []),
    ],
  };
}

function exceptionsIn({ results }: Report): readonly SealedException[] {
  const ends = new Map<string, string>();
  for (const { exception } of results) if (exception !== null) ends.set(exception.id, exception.ends);
  return Array.from(ends, ([id, day]) => ({ id, ends: day })).toSorted((left, right) => compareText(left.id, right.id));
}

function refuseUnread(report: Report, plans: readonly SealedPlan[], jsonPaths: readonly string[]): void {
  for (const [index, { path, stack, jsonSha256 }] of plans.entries()) {
    const isRead = report.inputs.some((input) => input.path === jsonPaths[index] && input.sha256 === jsonSha256);
    const isJudged = report.population.stacks.some(({ name }) => name === stack);
    if (!isRead || !isJudged) throw new Error(`${path} was not judged as the plan of ${stack}`);
  }
}

/** The seal as an in-toto statement, which is what gets signed. One line; the same bytes for the same seal. */
export function statementText(seal: Seal): string {
  const { tool, policy, exceptionFiles, inputs, ...ending } = judgedRunContent(seal);
  return stringifyJson({
    _type: STATEMENT_TYPE,
    // Only what Terraform can apply is a subject; what it was judged by is in the predicate.
    subject: seal.plans.map(({ path, sha256, stack, jsonSha256 }) => ({
      name: path,
      digest: { sha256 },
      annotations: { stack, jsonSha256 },
    })),
    predicateType: SEAL_PREDICATE_TYPE,
    predicate: {
      tool,
      sealedAt: seal.sealedAt,
      asOf: seal.asOf,
      stage: seal.stage,
      ...ending,
      controls: seal.controls.map((control) => ({ id: control.id, population: control.population })),
      policy,
      exceptionFiles,
      exceptions: seal.exceptions.map(({ id, ends }) => ({ id, ends })),
      inputs,
    },
  });
}
