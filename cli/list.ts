import manifest from '../package.json' with { type: 'json' };
import { type ControlMetadata, FAMILIES } from '../checks/check.ts';
import { catalogue, checks } from '../checks/index.ts';
import { DECIDED_BY_COMMAND } from '../policy/catalogue.ts';
import { countControls } from '../report/conclusion.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import type { CatalogueFormat } from './option-values.ts';
import { writeStdout } from './stdout.ts';

const IMPLEMENTED = new Set(checks.map(({ id }) => id));

/** What `list` says of a control. */
interface ListedControl extends Pick<ControlMetadata, 'id' | 'family' | 'severity' | 'title' | 'resourceTypes'> {
  readonly status: 'implemented' | 'planned';
}

/** Prints the catalogue. */
export async function list(format: CatalogueFormat, io: Io): Promise<ExitCode> {
  await writeStdout(io, await written(format, io));
  return EXIT.ok;
}

async function written(format: CatalogueFormat, io: Io): Promise<string> {
  switch (format) {
    case 'text':
      return asText(listedControls());
    case 'json':
      return `${JSON.stringify(listedControls(), null, 2)}\n`;
    case 'oscal': {
      const { oscalCatalog } = await import('../report/oscal/catalog.ts');
      const controls = catalogue.map((control) => ({ ...control, status: statusOf(control) }));
      const document = oscalCatalog({ version: manifest.version, asOf: io.now().toISOString().slice(0, 10), controls });
      return `${JSON.stringify(document, null, 2)}\n`;
    }
  }
}

function listedControls(): readonly ListedControl[] {
  return catalogue.map((control) => {
    const { id, family, severity, title, resourceTypes } = control;
    return { id, family, severity, title, status: statusOf(control), resourceTypes };
  });
}

function statusOf({ id }: ControlMetadata): ListedControl['status'] {
  return IMPLEMENTED.has(id) ? 'implemented' : 'planned';
}

function asText(controls: readonly ListedControl[]): string {
  const families = FAMILIES.map((family) => controls.filter((control) => control.family === family));
  const sections = families.filter(({ length }) => length > 0).map(familySection);
  return `${sections.join('\n')}\n${countControls(controls, (implemented) => `${implemented} implemented`)}\n`;
}

function familySection(controls: readonly ListedControl[]): string {
  const width = Math.max(...controls.map(({ id }) => id.length));
  const lines = controls.map(({ id, severity, status, title }) => {
    const undecided = DECIDED_BY_COMMAND.has(id) ? ' (by command)' : ' (planned)';
    return `  ${id.padEnd(width)}  ${severity.padEnd(8)}  ${title}${status === 'planned' ? undecided : ''}`;
  });
  return [controls[0]?.family, ...lines, ''].join('\n');
}
