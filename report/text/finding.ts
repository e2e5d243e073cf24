import type { ControlMetadata } from '../../checks/check.ts';
import type { Report, Result } from '../../checks/report.ts';
import type { PolicyHistory } from '../../policy/policy-history.ts';
import { derivationOf } from '../derivation.ts';
import type { ReporterOptions } from '../reporter.ts';
import { subjectName } from '../sentence.ts';
import { sourceLines } from './control.ts';
import { codeFrame } from './frame.ts';
import { paintVerdict, paragraph, type Style } from './style.ts';

/** A finding and the run that it is of. */
export interface ExplainedFinding {
  readonly result: Result;
  readonly control: ControlMetadata;
  readonly run: Pick<Report, 'tool' | 'asOf' | 'stage' | 'policy' | 'inputs' | 'complete'>;
  readonly frames: ReporterOptions['frames'];
}

/** All that a finding rests on: the subject, what was seen there and where, what was judged by, and by which standards. */
export function findingLines({ result, control, run, frames }: ExplainedFinding, style: Style): readonly string[] {
  const { verdict, severity, change, subject, message, fix, site, fingerprint } = result;
  const line = (label: string, text: string): readonly string[] => paragraph(style, { indent: 2, label, text });
  const place = subject.code ?? subject.source;
  const frame = place === null ? undefined : frames.get(place.file);
  const word = verdict === 'fail' ? 'FAIL' : verdict;
  return [
    `${paintVerdict(style, verdict, word)} ${style.colour.bold(control.id)} ${severity}${change === null ? '' : `, ${change}`}`,
    ...paragraph(style, { indent: 2, text: control.title }),
    '',
    ...paragraph(style, { indent: 2, text: subjectName(subject), paint: style.colour.bold }),
    ...paragraph(style, { indent: 4, text: message }),
    '',
    ...(place === null || frame === undefined ? [] : [...codeFrame(frame, place, 6, style), '']),
    ...derivationOf(result).flatMap(({ label, text }) => line(label, text)),
    ...line('site', site),
    '',
    ...line('why', control.why),
    ...(verdict === 'fail' ? line('fix', fix) : []),
    '',
    ...runLines(run, result, style),
    ...(fingerprint === null ? [] : line('print', fingerprint)),
    ...sourceLines(control, style),
  ];
}

/** By what it was judged: with these files and this policy anybody finds the same. */
function runLines(run: ExplainedFinding['run'], { subject, witness }: Result, style: Style): readonly string[] {
  const { tool, asOf, stage, policy, inputs, complete } = run;
  const line = (label: string, text: string): readonly string[] => paragraph(style, { indent: 2, label, text });
  const places = [
    subject.source,
    witness?.source ?? null,
    ...(witness?.related ?? []).map(({ source }) => source),
    ...(witness?.trace?.hops ?? []).map(({ source }) => source),
  ];
  const files = new Set(places.flatMap((place) => place?.file ?? []));
  return [
    ...line(
      'judged',
      `by trefoil ${tool.version} as of ${asOf}, stage ${stage}${complete ? '' : '; the run is incomplete'}`,
    ),
    ...line('policy', `${policy.name}, ${policy.path}, sha256 ${policy.sha256}${commitOf(policy.history)}`),
    ...inputs
      .filter(({ path }) => files.has(path))
      .flatMap(({ path, sha256 }) => line('read', `${path}, sha256 ${sha256}`)),
  ];
}

function commitOf(history: PolicyHistory | undefined): string {
  return history?.kind === 'known' ? `, ${history.state} at commit ${history.commit}` : '';
}
