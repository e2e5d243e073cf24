import { checks } from '../checks/index.ts';
import type { ControlMetadata } from '../checks/check.ts';
import { findings, type Report } from '../checks/report.ts';
import { mappingsOf } from '../policy/frameworks/index.ts';
import { verdictMatrix } from '../report/matrix.ts';
import { findingSections } from '../report/text/findings.ts';
import { paragraph, type Style, styleOf } from '../report/text/style.ts';
import { terminalOptions } from './check.ts';
import { readCodeFrames } from './code-frames.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { controlOf, findingNotFound } from './finding-id.ts';
import type { Io } from './io.ts';
import { judge, type JudgeOptions } from './judge.ts';
import type { GlobalOptions } from './program.ts';
import { writeStdout } from './stdout.ts';

export interface ExplainOptions extends JudgeOptions, GlobalOptions {
  readonly paths: readonly string[];
}

/** Explains a control, or a finding with the control behind it. */
export async function explain(id: string, options: ExplainOptions, io: Io): Promise<ExitCode> {
  const control = controlOf(id);
  const implemented = checks.some((check) => check.id === control.id);
  if (id === control.id) {
    const style = styleOf(terminalOptions(options, new Map(), io));
    await writeStdout(io, asText(controlLines(control, implemented, style)));
    return EXIT.ok;
  }
  const filter = { controls: [control.id], severities: [], sites: [] };
  const { report } = await judge({ ...options, filter }, io);
  const result = findings(report).find((finding) => finding.id === id);
  if (result === undefined) throw findingNotFound(id, report);
  const only: Report = { ...report, results: [result] };
  const frames = await readCodeFrames(only, io.cwd);
  const style = styleOf(terminalOptions(options, frames, io));
  const controls = new Map(report.controls.map((status) => [status.id, status]));
  const lines = [
    ...findingSections(verdictMatrix(only), { controls, frames }, style).slice(1),
    ...(result.fingerprint === null ? [] : paragraph(style, { indent: 2, label: 'print', text: result.fingerprint })),
    ...sourceLines(control, style),
  ];
  await writeStdout(io, asText(lines));
  return EXIT.ok;
}

function controlLines(control: ControlMetadata, implemented: boolean, style: Style): readonly string[] {
  const { id, family, severity, title, why, fix, resourceTypes } = control;
  const line = (label: string, text: string): readonly string[] =>
    text === '' ? [] : paragraph(style, { indent: 2, label, text });
  return [
    `${style.colour.bold(id)} ${family}, ${severity}, ${implemented ? 'implemented' : 'planned: it counts in no verdict yet'}`,
    ...paragraph(style, { indent: 2, text: title }),
    '',
    ...line('why', why),
    ...line('fix', fix),
    ...line('types', resourceTypes.join(', ')),
    ...sourceLines(control, style),
  ];
}

/** What the control rests on: the requirements of standards, and what was read. */
function sourceLines({ id, references }: ControlMetadata, style: Style): readonly string[] {
  const line = (label: string, text: string): readonly string[] => paragraph(style, { indent: 2, label, text });
  return [
    ...mappingsOf(id).flatMap(({ framework, requirements }) =>
      line('maps', `${framework.name}: ${requirements.join(', ')}`),
    ),
    ...references.flatMap((reference) => line('see', reference)),
  ];
}

function asText(lines: readonly string[]): string {
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}
