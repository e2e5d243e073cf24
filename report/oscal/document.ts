import type { ControlStatus, Report, ResultSubject } from '../../checks/report.ts';
import type { InputDigest } from '../../model/estate.ts';
import { relativeUri, stringifyJson } from '../escape.ts';
import { subjectName } from '../sentence.ts';
import { markup, property } from './property.ts';
import { uuidOf } from './uuid.ts';

/** https://pages.nist.gov/OSCAL-Reference/models/v1.2.1/ */
const OSCAL_VERSION = '1.2.1';

/** A longer one is no path that a reader could follow. */
const LONGEST_PATH = 1000;

/** The documents that are written of a run, and the catalogue that they take their controls from. */
const DOCUMENTS = {
  catalog: 'Catalogue of controls',
  'assessment-plan': 'Assessment plan',
  'assessment-results': 'Assessment results',
  'plan-of-action-and-milestones': 'Plan of action and milestones',
} as const;

type Document = keyof typeof DOCUMENTS;

/** The identifier of a document of a run, the same in every run over the same files, for the same day and stage. */
export function documentId(document: Exclude<Document, 'catalog'>, { policy, inputs, asOf, stage }: Report): string {
  return uuidOf(document, JSON.stringify([policy.sha256, inputs, asOf, stage]));
}

/** The catalogue is the same for all runs of a version. */
export function catalogId(version: string): string {
  return uuidOf('catalog', version);
}

/** All documents are of the day that was judged for. */
export function dayOf({ asOf }: Pick<Report, 'asOf'>): string {
  return `${asOf}T00:00:00Z`;
}

export function metadataOf(document: Document, { asOf, tool }: Pick<Report, 'asOf' | 'tool'>): object {
  return {
    title: `${DOCUMENTS[document]}: compliance of infrastructure as code`,
    'last-modified': dayOf({ asOf }),
    version: document === 'catalog' ? tool.version : asOf,
    'oscal-version': OSCAL_VERSION,
    props: [property('tool', `${tool.name} ${tool.version}`)],
  };
}

/** A member with a list, and what stands around it; OSCAL has no empty lists. */
export function* list(
  name: string,
  items: Iterable<object>,
  [before, after]: readonly [string, string],
): Generator<string> {
  let separator = `${before}"${name}":[\n`;
  for (const item of items) {
    yield `${separator}${stringifyJson(item)}`;
    separator = ',\n';
  }
  if (separator === ',\n') yield `]${after}`;
}

/** A subject is that of many results, and named in every document. */
const SUBJECT_IDS = new WeakMap<ResultSubject, string>();

export function subjectId(subject: ResultSubject): string {
  const known = SUBJECT_IDS.get(subject);
  if (known !== undefined) return known;
  const { kind, stack, address } = subject;
  const uuid = uuidOf('subject', kind, stack ?? '', address);
  SUBJECT_IDS.set(subject, uuid);
  return uuid;
}

/** Every subject once. */
export function* inventory(results: Iterable<Report['results'][number]>): Generator<object> {
  const seen = new Set<string>();
  for (const { subject, site } of results) {
    const uuid = subjectId(subject);
    if (seen.has(uuid)) continue;
    seen.add(uuid);
    const { kind, stack, address, constructPath } = subject;
    yield {
      uuid,
      description: markup(subjectName(subject)),
      props: [
        property('kind', kind),
        property('site', site),
        ...(stack === null ? [] : [property('stack', stack)]),
        property('address', address),
        ...(constructPath === null ? [] : [property('construct-path', constructPath)]),
      ],
    };
  }
}

/** The tool as the component that assesses. */
export function assets({ tool }: Pick<Report, 'tool'>): object {
  const component = uuidOf('tool', tool.name, tool.version);
  return {
    components: [
      {
        uuid: component,
        type: 'software',
        title: tool.name,
        description: 'Judges synthesised stacks and plans, and needs no access to what they describe.',
        props: [property('version', tool.version)],
        status: { state: 'operational' },
      },
    ],
    'assessment-platforms': [
      {
        uuid: uuidOf('platform', tool.name, tool.version),
        title: `${tool.name} ${tool.version}`,
        'uses-components': [{ 'component-uuid': component }],
      },
    ],
  };
}

/** The id in the catalogue of what is to be true for a control to be satisfied. */
export function objectiveId(control: Pick<ControlStatus, 'id'>): string {
  return `${control.id}_obj`;
}

export function includeControls(controls: readonly Pick<ControlStatus, 'id'>[]): readonly object[] {
  return controls.map(({ id }) => ({ 'control-id': id }));
}

/** Another document, by its identifier: where it was written is for its reader to say. */
export function documentResource(document: Document, identifier: string) {
  const uuid = uuidOf('resource', document);
  return { uuid, title: DOCUMENTS[document], 'document-ids': [{ scheme: 'urn:trefoil:oscal', identifier }] };
}

/** What was judged, and by what, with their digests. */
export function fileResources({ policy, exceptionFiles, inputs }: Report): readonly object[] {
  return [
    resource(uuidOf('resource', 'policy'), `Policy: ${policy.name}`, policy),
    ...exceptionFiles.map((file) => resource(uuidOf('exceptions', file.path), `Exceptions: ${file.path}`, file)),
    ...inputs.map((file) => resource(uuidOf('input', file.path), `Input: ${file.path}`, file)),
  ];
}

/** The policy says what the system is to be: it stands for the security plan of the system. */
export function policyReference(): string {
  return `#${uuidOf('resource', 'policy')}`;
}

function resource(uuid: string, title: string, { path, sha256 }: InputDigest): object {
  const hashes = [{ algorithm: 'SHA-256', value: sha256 }];
  const href = path.length > LONGEST_PATH ? null : relativeUri(path);
  return { uuid, title: markup(title), rlinks: [{ href: href ?? `urn:sha256:${sha256}`, hashes }] };
}
