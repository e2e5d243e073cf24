import type { Fix, Region } from 'sarif';
import type { Result } from '../checks/report.ts';
import { editOf } from './construct-edit.ts';
import { describeRemedy } from './remedy.ts';
import { type Artifacts, messageText } from './sarif-location.ts';

/** The change of the program that mends a finding, where it is one property of one construct. */
export function fixesOf(
  { verdict, witness }: Result,
  sources: ReadonlyMap<string, string>,
  files: Artifacts,
): { readonly fixes?: Fix[] } {
  const remedy = witness?.remedy ?? null;
  const place = remedy?.code ?? null;
  if (verdict !== 'fail' || remedy === null || place === null) return {};
  const text = sources.get(place.file);
  const location = files.locationOf(place.file);
  if (text === undefined || location === null) return {};
  const edit = editOf(text, offsetOf(text, place), remedy);
  if (edit === null) return {};
  const deletedRegion = regionOf(text, edit.start, edit.end);
  const replacements = [{ deletedRegion, insertedContent: { text: edit.text } }];
  return {
    fixes: [
      {
        description: { text: messageText(`Write ${describeRemedy(remedy)}.`) },
        artifactChanges: [{ artifactLocation: location, replacements }],
      },
    ],
  };
}

function offsetOf(text: string, { line, column }: { readonly line: number; readonly column: number }): number {
  let start = 0;
  for (let number = 1; number < line; number += 1) {
    const end = text.indexOf('\n', start);
    if (end === -1) return text.length;
    start = end + 1;
  }
  return start + column - 1;
}

function regionOf(text: string, start: number, end: number): Region {
  const [from, to] = [placeOf(text, start), placeOf(text, end)];
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}

function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}
