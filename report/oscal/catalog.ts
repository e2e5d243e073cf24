import { type ControlMetadata, FAMILIES, type Family } from '../../checks/check.ts';
import { FRAMEWORKS } from '../../policy/frameworks/index.ts';
import { catalogId, metadataOf, objectiveId } from './document.ts';
import { markup, property } from './property.ts';
import { uuidOf } from './uuid.ts';

export interface CataloguedControl extends ControlMetadata {
  /** A planned control judges nothing and counts in no verdict. */
  readonly status: 'implemented' | 'planned';
}

export interface CatalogInput {
  readonly version: string;
  /** The day that the document is of. */
  readonly asOf: string;
  readonly controls: readonly CataloguedControl[];
}

/**
 * The controls as an OSCAL catalogue: a group for each family, and for each control its requirement, why it is one, what
 * to do where it is not met, what is assessed, and the requirements of standards that it helps to meet.
 */
export function oscalCatalog({ version, asOf, controls }: CatalogInput): object {
  const families = FAMILIES.map((family) => [family, controls.filter((control) => control.family === family)] as const);
  const references = [...new Set(controls.flatMap((control) => control.references))];
  return {
    catalog: {
      uuid: catalogId(version),
      metadata: metadataOf('catalog', { asOf, tool: { name: 'trefoil', version } }),
      groups: families.filter(([, own]) => own.length > 0).map(([family, own]) => groupOf(family, own)),
      'back-matter': {
        resources: [
          ...references.map((url) => ({ uuid: referenceId(url), title: markup(url), rlinks: [{ href: url }] })),
          ...FRAMEWORKS.map(({ id, title, url }) => ({
            uuid: standardId(id),
            title: markup(title),
            rlinks: [{ href: url }],
          })),
        ],
      },
    },
  };
}

function groupOf(family: Family, controls: readonly CataloguedControl[]): object {
  return { id: family, class: 'family', title: markup(family), controls: controls.map(controlOf) };
}

function controlOf(control: CataloguedControl): object {
  const { id, title, severity, status, why, fix, references, resourceTypes } = control;
  const part = (name: string, suffix: string, prose: string) => ({ id: `${id}_${suffix}`, name, prose: markup(prose) });
  return {
    id,
    class: 'control',
    title: markup(title),
    props: [property('severity', severity), property('status', status)],
    links: [
      ...references.map((url) => ({ href: `#${referenceId(url)}`, rel: 'reference' })),
      ...FRAMEWORKS.flatMap((framework) =>
        (framework.mapping.get(id) ?? []).map((requirement) => ({
          href: `#${standardId(framework.id)}`,
          rel: 'related',
          text: markup(`${framework.name}: ${requirement}`),
        })),
      ),
    ],
    parts: [
      part('statement', 'smt', title),
      part('guidance', 'gdn', `${why} ${fix}`),
      {
        id: objectiveId(control),
        name: 'assessment-objective',
        prose: markup(`Every subject of the control passes: ${title}`),
      },
      {
        id: `${id}_asm`,
        name: 'assessment-method',
        props: [{ name: 'method', value: 'EXAMINE' }],
        parts: [
          {
            name: 'assessment-objects',
            prose: markup(
              status === 'planned'
                ? 'Nothing yet: the control is planned, and no run assesses it.'
                : resourceTypes.length === 0
                  ? 'Stacks, sites or the policy, as they are synthesised or planned.'
                  : `As they are synthesised or planned: ${resourceTypes.join(', ')}`,
            ),
          },
        ],
      },
    ],
  };
}

function referenceId(url: string): string {
  return uuidOf('reference', url);
}

function standardId(id: string): string {
  return uuidOf('standard', id);
}
