import { reasonFromArguments } from './argument-classes.ts';
import { type Classification, isResourceClass, type ResourceClass } from './resource-class.ts';

/** Reads a table of judged classes: `classes | reason`, then the names of types until the next such line. */
export function parseClassTable(table: string): ReadonlyMap<string, Classification> {
  const rows = new Map<string, Classification>();
  let current: Classification | null = null;
  for (const line of table.split('\n')) {
    const bar = line.indexOf(' | ');
    if (bar !== -1) {
      current = { classes: classesIn(line.slice(0, bar)), reason: line.slice(bar + ' | '.length) };
      continue;
    }
    for (const name of line.split(' ')) {
      if (name === '') continue;
      if (current === null) throw new TypeError(`${name} stands before the first row of the table`);
      addRow(rows, name, current);
    }
  }
  return rows;
}

/** Reads a table of classes that arguments show: type, classes, arguments. */
export function parseArgumentTable(table: string): ReadonlyMap<string, Classification> {
  const rows = new Map<string, Classification>();
  for (const line of table.trim().split('\n')) {
    const [name = '', classes = '', ...shownBy] = line.split(' ');
    addRow(rows, name, { classes: classesIn(classes), reason: reasonFromArguments(shownBy) });
  }
  return rows;
}

function addRow(rows: Map<string, Classification>, name: string, row: Classification): void {
  const type = `aws_${name}`;
  if (rows.has(type)) throw new TypeError(`${type} has two rows`);
  rows.set(type, row);
}

function classesIn(text: string): readonly ResourceClass[] {
  const classes = text.split('+').map((name) => {
    if (!isResourceClass(name)) throw new TypeError(`there is no class ${name}`);
    return name;
  });
  if (classes.length > 1 && classes.includes('inert')) throw new TypeError(`${text} is inert and more`);
  return classes;
}
