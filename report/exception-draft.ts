import type { Result } from '../checks/report.ts';
import { stringifyJson, visible } from './escape.ts';

export interface ExceptionDraft {
  readonly finding: Pick<Result, 'control' | 'message' | 'witness' | 'also' | 'fingerprint'>;
  readonly stack: string;
  readonly address: string;
  /** ISO days, both included. */
  readonly created: string;
  readonly expires: string;
}

/**
 * A file of exceptions with all that a machine knows. What people decide is empty, and the reader of exceptions refuses
 * it so: a draft never permits anything. Strings are written as JSON, which YAML reads alike.
 */
export function exceptionDraft({ finding, stack, address, created, expires }: ExceptionDraft): string {
  const { control, message, witness, also, fingerprint } = finding;
  const extent = witness?.extent ?? null;
  const first = extent === null ? message : `${message} (${extent})`;
  const failures = [first, ...also].map((text) => `  # ${visible(`${control}: ${text}`)}`).join('\n');
  const id = `${control}-${fingerprint ?? ''}`.toLowerCase().slice(0, 20);
  return `version: 1
exceptions:
${failures}
  - id: ${id}
    control: ${control}
    stack: ${stringifyJson(stack)}
    address: ${stringifyJson(address)}
    fingerprint: ${stringifyJson(fingerprint)}
    # Why the failure is accepted, in at least 20 characters.
    reason: ''
    # Who answers for it until it ends, and somebody else, who approved it.
    owner: ''
    approver: ''
    # Where the approval is on record.
    ticket: ''
    # What reduces the risk meanwhile: at least one sentence.
    compensatingControls: []
    # The first day, and the last that the policy allows.
    created: ${created}
    expires: ${expires}
`;
}
