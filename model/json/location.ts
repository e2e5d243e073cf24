import { InputError, type InputProblem } from '../input-error.ts';
import type { SourceLocation } from '../source.ts';
import type { JsonDocument } from './json.ts';

export function locationOf(document: JsonDocument, offset: number): SourceLocation {
  const { line, column } = document.locate(offset);
  return { file: document.file, line, column };
}

/** Refuses what stands at `offset` of the document. */
export function inputErrorAt(
  document: JsonDocument,
  offset: number,
  problem: Pick<InputProblem, 'code' | 'what' | 'why' | 'fix'>,
): InputError {
  return new InputError({ ...problem, path: document.file, location: locationOf(document, offset) });
}
