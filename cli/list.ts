import { type ControlMetadata, FAMILIES } from '../checks/check.ts';
import { catalogue, checks } from '../checks/index.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import type { ListFormat } from './option-values.ts';
import { writeStdout } from './stdout.ts';

/** What `list` says of a control. */
interface ListedControl extends Pick<ControlMetadata, 'id' | 'family' | 'severity' | 'title' | 'resourceTypes'> {
  readonly status: 'implemented' | 'planned';
}

/** Prints the catalogue. */
export async function list(format: ListFormat, io: Io): Promise<ExitCode> {
  const controls = listedControls();
  await writeStdout(io, format === 'json' ? `${JSON.stringify(controls, null, 2)}\n` : asText(controls));
  return EXIT.ok;
}

function listedControls(): readonly ListedControl[] {
  const implemented = new Set(checks.map(({ id }) => id));
  return catalogue.map(({ id, family, severity, title, resourceTypes }) => ({
    id,
    family,
    severity,
    title,
    status: implemented.has(id) ? 'implemented' : 'planned',
    resourceTypes,
  }));
}

function asText(controls: readonly ListedControl[]): string {
  const families = FAMILIES.map((family) => controls.filter((control) => control.family === family));
  const sections = families.filter(({ length }) => length > 0).map(familySection);
  const count = controls.filter(({ status }) => status === 'implemented').length;
  return `${sections.join('\n')}\n${count} implemented, ${controls.length - count} planned and in no verdict yet\n`;
}

function familySection(controls: readonly ListedControl[]): string {
  const width = Math.max(...controls.map(({ id }) => id.length));
  const lines = controls.map(({ id, severity, status, title }) => {
    const planned = status === 'planned' ? ' (planned)' : '';
    return `  ${id.padEnd(width)}  ${severity.padEnd(8)}  ${title}${planned}`;
  });
  return [controls[0]?.family, ...lines, ''].join('\n');
}
