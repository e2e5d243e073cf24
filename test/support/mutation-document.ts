import type { Trial } from './mutation-matrix.ts';
import type { Survivor } from './mutation-survivors.ts';
import { OPERATORS } from './mutations.ts';

const INTRODUCTION = `# Mutation matrix

Every operator is applied to every argument that a check reads of its compliant examples, and to every resource there.
A mutant is caught when the control fails or is unproven, or when the report says that it is not complete. A cell is
mutants caught of mutants made; what is not caught stays compliant, for the reasons below. A test makes the mutants,
counts them, and fails for one that survives without a reason.

`;

/** The matrix of controls and operators, and the reasons of what survives, as a page. */
export function markdownOf(trials: readonly Trial[], survivors: readonly Survivor[]): string {
  const controls = [...new Set(trials.map(({ control }) => control))];
  const rows = controls.map((control) => [
    control,
    ...OPERATORS.map((operator) =>
      cell(trials.filter((trial) => trial.control === control && trial.operator === operator)),
    ),
    cell(trials.filter((trial) => trial.control === control)),
  ]);
  const total = [
    'all',
    ...OPERATORS.map((operator) => cell(trials.filter((trial) => trial.operator === operator))),
    cell(trials),
  ];
  const reasons = survivors.map(({ control, operators, at, reason }) => [
    control,
    operators.join(', '),
    `\`${at.source.replaceAll('|', '\\|')}\``,
    reason,
  ]);
  return `${INTRODUCTION}${table(['control', ...OPERATORS, 'all'], [...rows, total])}
## Mutants that stay compliant

${table(['control', 'operators', 'where', 'reason'], reasons)}`;
}

function cell(trials: readonly Trial[]): string {
  if (trials.length === 0) return '';
  return `${trials.filter(({ killed }) => killed).length}/${trials.length}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(3, title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |\n`;
  return line(head) + line(widths.map((width) => '-'.repeat(width))) + rows.map(line).join('');
}
