import type { Report } from '../checks/report.ts';
import type { InputDigest } from '../model/estate.ts';
import { type Conclusion, conclude, isComplete } from './conclusion.ts';

/** What every signed statement says of the run that it is about: by what was judged what, and how it ended. */
export interface JudgedRun {
  /** `sha256` is null where the program does not run from a built distribution. */
  readonly tool: { readonly name: string; readonly version: string; readonly sha256: string | null };
  readonly verdict: Conclusion['verdict'];
  readonly exitCode: number;
  readonly because: string;
  readonly complete: boolean;
  readonly counts: Report['summary'];
  readonly population: { readonly stacks: number; readonly resources: number };
  readonly policy: InputDigest & { readonly name: string };
  readonly exceptionFiles: readonly InputDigest[];
  /** Every other file that was read: synthesised stacks, values of variables, an earlier report. */
  readonly inputs: readonly InputDigest[];
}

export function judgedRunOf(report: Report, toolSha256: string | null): JudgedRun {
  const { verdict, exitCode, because } = conclude(report);
  const { tool, population, policy, exceptionFiles, inputs } = report;
  return {
    tool: { name: tool.name, version: tool.version, sha256: toolSha256 },
    verdict,
    exitCode,
    because,
    complete: isComplete(report),
    counts: report.summary,
    population: { stacks: population.stacks.length, resources: population.resources },
    policy,
    exceptionFiles,
    inputs,
  };
}

/** As it is signed: members in one order, and none that the type does not have. */
export function judgedRunContent(run: JudgedRun): JudgedRun {
  const { tool, counts, population, policy } = run;
  return {
    tool: { name: tool.name, version: tool.version, sha256: tool.sha256 },
    verdict: run.verdict,
    exitCode: run.exitCode,
    because: run.because,
    complete: run.complete,
    counts: {
      pass: counts.pass,
      fail: counts.fail,
      unproven: counts.unproven,
      excepted: counts.excepted,
      'not-applicable': counts['not-applicable'],
    },
    population: { stacks: population.stacks, resources: population.resources },
    policy: { name: policy.name, path: policy.path, sha256: policy.sha256 },
    exceptionFiles: run.exceptionFiles.map(digestContent),
    inputs: run.inputs.map(digestContent),
  };
}

function digestContent({ path, sha256 }: InputDigest): InputDigest {
  return { path, sha256 };
}
