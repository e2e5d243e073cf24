import type { Result, ResultTrace, ResultWitness } from '../checks/report.ts';
import { formatLocation } from '../model/source.ts';
import { describeRemedy } from './remedy.ts';

/** One thing that a verdict rests on. */
export interface Ground {
  /** `at`, `seen`, `hop 1`, ...; words of at most seven characters. */
  readonly label: string;
  readonly text: string;
}

/** All that a verdict rests on, nothing left out: places, the value seen, other resources, the way of a packet. */
export function derivationOf(result: Result): readonly Ground[] {
  const { subject, witness, also, blockers } = result;
  const place = subject.code ?? subject.source;
  const input = witness?.source ?? (subject.code === null ? null : subject.source);
  return [
    ...grounds('at', place === null ? [] : [formatLocation(place)]),
    ...grounds('path', subject.constructPath === null ? [] : [subject.constructPath]),
    ...(witness === null ? [] : seen(witness)),
    ...grounds('input', input === null ? [] : [formatLocation(input)]),
    ...grounds(
      'with',
      (witness?.related ?? []).map(({ address, code, source }) => `${address} (${formatLocation(code ?? source)})`),
    ),
    ...(witness === null || witness.trace === null ? [] : wayOf(witness.trace)),
    ...grounds('also', also),
    ...grounds(
      'needs',
      blockers.map(({ expression, reason }) => `${expression}, which ${reason}`),
    ),
    ...grounds('write', remedyOf(result)),
    ...exceptionOf(result),
  ];
}

function seen({ path, value, extent }: ResultWitness): readonly Ground[] {
  const whole = value === null ? [] : [value];
  return [
    ...grounds('seen', path === '' ? whole : [value === null ? `${path} is not set` : `${path} = ${value}`]),
    ...grounds('for', extent === null ? [] : [extent]),
  ];
}

/** The packet, each hop with the line that decides it, and what would stop it. */
function wayOf({ packet, hops, closedBy }: ResultTrace): readonly Ground[] {
  return [
    { label: 'packet', text: packet },
    ...hops.map(({ at, what, code, source }, index) => {
      const place = code ?? source;
      const where = place === null ? '' : ` (${formatLocation(place)})`;
      return { label: `hop ${index + 1}`, text: `${at} ${what}${where}` };
    }),
    ...grounds(
      'closed',
      closedBy.map((text) => `by taking away ${text}`),
    ),
  ];
}

/** Other programs than those of CDKTF have no constructs to write. */
function remedyOf({ subject, witness }: Result): readonly string[] {
  const remedy = witness?.remedy ?? null;
  if (remedy === null || (subject.kind === 'resource' && subject.constructPath === null)) return [];
  return [describeRemedy(remedy)];
}

function exceptionOf({ exception }: Result): readonly Ground[] {
  if (exception === null) return [];
  const { id, starts, ends, reason, owner, approver, ticket, compensatingControls } = exception;
  return [
    { label: 'under', text: `${id} from ${starts} until ${ends}: ${reason}` },
    { label: 'owner', text: `${owner}; approved by ${approver}, ${ticket}` },
    ...grounds('meanwhile', compensatingControls),
  ];
}

function grounds(label: string, texts: readonly string[]): readonly Ground[] {
  return texts.map((text) => ({ label, text }));
}
