import type { Value } from '../../value.ts';
import type { Conversion } from '../convert.ts';
import { orderedItems } from '../order.ts';
import { textValue } from '../text.ts';
import { fill } from './assemble.ts';
import { type FunctionTable, KNOWN, listOf, TEXT, textAt } from './definition.ts';

export const LISTED_FORMAT: FunctionTable = { formatlist: { parameters: [TEXT], rest: KNOWN, apply: formatEach } };

/** `format` once for each place in the lists; what is no list is the same in each. */
function formatEach(values: readonly Value[]): Conversion {
  const format = textAt(values, 0);
  const columns: (Value | readonly Value[])[] = [];
  let rows: number | null = null;
  for (const value of values.slice(1)) {
    const items = value.kind === 'list' ? orderedItems(value) : value;
    if (items === null || (value.kind !== 'list' && value.origin !== undefined)) return 'unsure';
    columns.push(items);
    if (value.kind !== 'list') continue;
    if (rows !== null && rows !== value.items.length) return 'invalid';
    rows = value.items.length;
  }
  const results: Value[] = [];
  for (let row = 0; row < (rows ?? 1); row++) {
    const pieces = fill(
      format,
      columns.flatMap((column) => cell(column, row)),
    );
    if (pieces === 'invalid' || pieces === 'unsure') return pieces;
    results.push(textValue(pieces.map((piece) => (piece.kind === 'string' ? piece.value : '')).join('')));
  }
  return listOf(results);
}

function cell(column: Value | readonly Value[], row: number): readonly Value[] {
  if (!('kind' in column)) return column.slice(row, row + 1);
  return [column];
}
