import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';

/** The schema of NIST is not ours to ship; a development machine has a copy beside the checkout, or says where. */
const FILE =
  process.env['TREFOIL_OSCAL_SCHEMA'] ??
  fileURLToPath(new URL('../../../shared/schemas/oscal_1.2.1_assessment-results_schema.json', import.meta.url));

export const hasOscalSchema = existsSync(FILE);

/** For the names of tests, so that nobody takes a skipped one for a validation. */
export const OSCAL_SKIPPED = hasOscalSchema
  ? ''
  : `: NOT VALIDATED against the OSCAL schema: none at ${FILE} (set TREFOIL_OSCAL_SCHEMA)`;

/** What a schema finds wrong with a document; null where there is no schema. */
export type OscalValidation = ((document: unknown) => readonly ErrorObject[]) | null;

interface Schema {
  readonly definitions: { readonly [name: string]: unknown };
}

/** Assessment results, by the schema of NIST. */
export function oscalResultsValidation(): OscalValidation {
  return hasOscalSchema ? validationOf(JSON.parse(readFileSync(FILE, 'utf8')) as Schema) : null;
}

const PARTS = '#/definitions/oscal-ar-oscal-';
const part = (name: string): object => ({ $ref: `${PARTS}${name}` });
const some = (name: string): object => ({ type: 'array', minItems: 1, items: part(name) });
const someOf = (items: object): object => ({ type: 'array', minItems: 1, items });
const only = (properties: { readonly [name: string]: object }, ...required: readonly string[]): object => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const datatype = (name: string): object => ({ $ref: `#/definitions/${name}Datatype` });
const WHOLE = {
  uuid: datatype('UUID'),
  metadata: part('metadata:metadata'),
  'back-matter': part('metadata:back-matter'),
};

/**
 * The members of the other documents, as the reference of OSCAL 1.2.1 has them, over the definitions that all documents of
 * assessments share: NIST has a schema of its own for each, and of those there is no copy here.
 */
const CONTROL = only(
  {
    id: datatype('Token'),
    class: datatype('Token'),
    title: datatype('MarkupLine'),
    params: some('control-common:parameter'),
    props: some('metadata:property'),
    links: some('metadata:link'),
    parts: some('control-common:part'),
  },
  'id',
  'title',
);

const DOCUMENTS = {
  catalog: only(
    {
      ...WHOLE,
      groups: someOf(
        only(
          {
            id: datatype('Token'),
            class: datatype('Token'),
            title: datatype('MarkupLine'),
            props: some('metadata:property'),
            links: some('metadata:link'),
            parts: some('control-common:part'),
            controls: someOf(CONTROL),
          },
          'title',
        ),
      ),
    },
    'uuid',
    'metadata',
  ),
  'assessment-plan': only(
    {
      ...WHOLE,
      'import-ssp': part('assessment-common:import-ssp'),
      'local-definitions': only({
        components: some('implementation-common:system-component'),
        'inventory-items': some('implementation-common:inventory-item'),
        users: some('implementation-common:system-user'),
        'objectives-and-methods': some('assessment-common:local-objective'),
        activities: some('assessment-common:activity'),
      }),
      'reviewed-controls': part('assessment-common:reviewed-controls'),
      'assessment-subjects': some('assessment-common:assessment-subject'),
      'assessment-assets': part('assessment-common:assessment-assets'),
      tasks: some('assessment-common:task'),
    },
    'uuid',
    'metadata',
    'import-ssp',
    'reviewed-controls',
  ),
  'plan-of-action-and-milestones': only(
    {
      ...WHOLE,
      'import-ssp': part('assessment-common:import-ssp'),
      'system-id': part('implementation-common:system-id'),
      'local-definitions': only({
        components: some('implementation-common:system-component'),
        'inventory-items': some('implementation-common:inventory-item'),
        'assessment-assets': part('assessment-common:assessment-assets'),
      }),
      observations: some('assessment-common:observation'),
      risks: some('assessment-common:risk'),
      findings: some('assessment-common:finding'),
      'poam-items': someOf(
        only(
          {
            uuid: datatype('UUID'),
            title: datatype('MarkupLine'),
            description: datatype('MarkupMultiline'),
            props: some('metadata:property'),
            links: some('metadata:link'),
            'related-findings': someOf(only({ 'finding-uuid': datatype('UUID') }, 'finding-uuid')),
            'related-observations': some('assessment-common:related-observation'),
            'related-risks': some('assessment-common:associated-risk'),
          },
          'title',
          'description',
        ),
      ),
    },
    'uuid',
    'metadata',
    'poam-items',
  ),
} as const;

/** A document by the shared definitions of NIST's schema, within members that are written here. */
export function oscalPartsValidation(document: keyof typeof DOCUMENTS): OscalValidation {
  if (!hasOscalSchema) return null;
  const { definitions } = JSON.parse(readFileSync(FILE, 'utf8')) as Schema;
  return validationOf({ definitions, ...only({ [document]: DOCUMENTS[document] }, document) });
}

function validationOf(schema: Schema): OscalValidation {
  const ajv = new Ajv({ strict: false, allErrors: false, unicodeRegExp: true });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  return (document) => (validate(document) ? [] : (validate.errors ?? []));
}
