import { formatLocation } from '../../model/source.ts';
import { escapeLine } from '../escape.ts';
import type { ReporterOptions } from '../reporter.ts';
import { paintVerdict, paragraph, type Style, styleOf } from '../text/style.ts';
import type { PathDrop, PathOrigin, PathReport, PathTrace } from './path-report.ts';

const MOST_ENDS = 6;
const MOST_REASONS = 8;
const MOST_PLACES = 6;

/** For people at a terminal: the answer, then the way hop by hop, or where the packet ends. */
export function pathText(report: PathReport, exitCode: number, options: ReporterOptions): string {
  const style = styleOf(options);
  const head = headline(report, exitCode, style);
  const lines = options.quiet
    ? head
    : [
        ...head,
        ...questionLines(report, style),
        ...traceLines('request', report.request, style),
        ...traceLines('reply', report.reply, style),
        ...endLines(report, style),
        ...unknownLines(report, style),
      ];
  return lines.map((line) => `${escapeLine(line).trimEnd()}\n`).join('');
}

const WORDS = { works: 'REACHABLE', blocked: 'NOT REACHABLE', unproven: 'UNPROVEN' } as const;
const VERDICTS = { works: 'pass', blocked: 'fail', unproven: 'unproven' } as const;

function headline({ answer, reason, question }: PathReport, exitCode: number, style: Style): readonly string[] {
  const word = WORDS[answer];
  const text = `${word}: from ${question.from.text} to ${question.to.text}, ${reason} (exit ${exitCode})`;
  const [first = '', ...rest] = paragraph(style, { indent: 0, text });
  return [paintVerdict(style, VERDICTS[answer], word) + first.slice(word.length), ...rest];
}

function questionLines({ question, gateways, answer, incompleteBecause }: PathReport, style: Style): readonly string[] {
  const line = (label: string, text: string): readonly string[] => paragraph(style, { indent: 2, label, text });
  const { from, to, service, isDefaultService, withoutGateways } = question;
  const passed = gateways.map(({ id, status }) => `${id} (${status})`).join(', ');
  return [
    ...line('asked', isDefaultService ? `${service}, since neither --port nor --proto says otherwise` : service),
    ...line('from', withPlaces(from)),
    ...line('to', withPlaces(to)),
    ...(withoutGateways ? line('but', 'with every approved gateway taken out of the network') : []),
    ...(answer === 'works' ? line('passes', passed === '' ? 'no gateway of the policy' : `gateway ${passed}`) : []),
    ...incompleteBecause.slice(0, MOST_REASONS).flatMap((text) => line('lacks', text)),
    ...(incompleteBecause.length > MOST_REASONS ? line('', `+ ${incompleteBecause.length - MOST_REASONS} more`) : []),
  ];
}

function withPlaces({ meaning, places }: PathReport['question']['from']): string {
  const shown = places.slice(0, MOST_PLACES).join(', ');
  const left = places.length - MOST_PLACES;
  if (places.length === 0 || (places.length === 1 && meaning === shown)) return meaning;
  return `${meaning}: ${shown}${left > 0 ? ` and ${left} more` : ''}`;
}

function traceLines(what: string, trace: PathTrace | null, style: Style): readonly string[] {
  if (trace === null) return [];
  const { packet, from, to, hops } = trace;
  const width = String(hops.length).length;
  let before = packet;
  return [
    '',
    ...paragraph(style, { indent: 0, text: `${what}: ${packet}`, paint: style.colour.bold }),
    ...paragraph(style, { indent: 2, label: 'start', text: from }),
    ...hops.flatMap((hop, index) => {
      const changed = hop.packet === before ? '' : `, as ${hop.packet}`;
      before = hop.packet;
      const label = `hop ${String(index + 1).padStart(width)}`;
      return [
        ...paragraph(style, { indent: 2, label, text: `${hop.at} ${hop.what}${changed}` }),
        ...originLines(hop.by, style),
      ];
    }),
    ...paragraph(style, { indent: 2, label: 'end', text: to }),
  ];
}

/** The construct and the line that decide it. */
function originLines(by: PathOrigin | null, style: Style): readonly string[] {
  if (by === null) return [];
  const what = by.constructPath ?? `${by.stack}:${by.address}`;
  return paragraph(style, {
    indent: 9,
    text: `${what} (${formatLocation(by.code ?? by.source)})`,
    paint: style.colour.dim,
  });
}

function endLines({ ends, direction }: PathReport, style: Style): readonly string[] {
  if (ends.length === 0) return [];
  const left = ends.length - MOST_ENDS;
  return [
    '',
    ...paragraph(style, {
      indent: 0,
      text: `Where the ${direction ?? 'packet'} ends, the farthest first`,
      paint: style.colour.bold,
    }),
    ...ends.slice(0, MOST_ENDS).flatMap((end) => ['', ...endLine(end, style)]),
    ...(left > 0 ? ['', ...paragraph(style, { indent: 2, text: `+ ${left} more; --format json lists them all` })] : []),
  ];
}

function endLine({ at, reason, by, hops }: PathDrop, style: Style): readonly string[] {
  const packet = hops.at(-1)?.packet;
  return [
    ...paragraph(style, { indent: 2, text: `${at}: ${reason}`, paint: style.colour.bold }),
    ...originLines(by, style),
    ...(packet === undefined ? [] : paragraph(style, { indent: 4, label: 'packet', text: packet })),
    ...(hops.length === 0 ? [] : paragraph(style, { indent: 4, label: 'after', text: passed(hops).join(', ') })),
  ];
}

function passed(hops: PathDrop['hops']): readonly string[] {
  return hops.map(({ at }) => at).filter((at, index, all) => at !== all[index - 1]);
}

function unknownLines({ because }: PathReport, style: Style): readonly string[] {
  const sentences = [...new Set(because.map(({ expression, reason }) => `${expression}, which ${reason}`))];
  if (sentences.length === 0) return [];
  const left = sentences.length - MOST_REASONS;
  return [
    '',
    style.colour.bold('What would settle it'),
    ...sentences.slice(0, MOST_REASONS).flatMap((text) => paragraph(style, { indent: 2, label: 'needs', text })),
    ...(left > 0 ? paragraph(style, { indent: 2, text: `+ ${left} more; --format json lists them all` }) : []),
  ];
}
