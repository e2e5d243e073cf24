import type { InputDigest, LifecycleBlock } from '../estate.ts';
import { InputError, type InputProblem } from '../input-error.ts';
import type { JsonDocument, JsonMember, JsonNode, JsonObject } from '../json/json.ts';
import type { SourceLocation } from '../source.ts';
import { type LabelledBlock, labelledBlocks, objectsOf } from './labelled-blocks.ts';

/** One Terraform root module as the reader hands it over: all the documents that Terraform would load. */
export interface StackInput {
  readonly name: string;
  /** Directory it was read from. */
  readonly path: string;
  readonly documents: readonly JsonDocument[];
  /** Values of variables that Terraform would load by itself or the run gave, the strongest last. */
  readonly variables: ReadonlyMap<string, JsonNode>;
  /** Variable files in a syntax that was not read; they may set any variable. */
  readonly unreadVariableFiles: readonly string[];
  readonly inputs: readonly InputDigest[];
}

/** What the documents of one stack declare, unevaluated. */
export interface StackDeclarations {
  readonly input: StackInput;
  readonly resources: readonly LabelledBlock[];
  readonly dataSources: readonly LabelledBlock[];
  readonly providers: readonly LabelledBlock[];
  readonly modules: readonly LabelledBlock[];
  readonly locals: ReadonlyMap<string, { readonly document: JsonDocument; readonly member: JsonMember }>;
  readonly variables: ReadonlyMap<string, LabelledBlock>;
  readonly outputs: ReadonlyMap<string, LabelledBlock>;
  readonly backends: readonly LabelledBlock[];
  readonly requiredProviders: ReadonlyMap<string, { readonly source: string; readonly version: string | null }>;
  readonly lifecycleBlocks: readonly LifecycleBlock[];
  /** The `//` objects at the top, where CDKTF keeps its metadata. */
  readonly comments: readonly JsonObject[];
  readonly location: SourceLocation;
  /** Where two blocks declare the same thing; Terraform rejects such a stack. */
  readonly problems: readonly InputProblem[];
}

const TOP_LEVEL = new Set([
  '//',
  'terraform',
  'provider',
  'variable',
  'locals',
  'output',
  'resource',
  'data',
  'ephemeral',
  'module',
  'import',
  'moved',
  'removed',
  'check',
]);

/**
 * Collects the declarations of a stack from all its documents.
 * @throws InputError IN-SCHEMA where a document is not Terraform JSON.
 */
export function declarationsOf(input: StackInput): StackDeclarations {
  const members = input.documents.flatMap((document) => topLevel(document));
  const blocks = (key: string, depth: number): LabelledBlock[] =>
    members
      .filter(({ member }) => member.key === key)
      .flatMap(({ document, member }) => labelledBlocks(document, member.value, depth));

  const terraform = blocks('terraform', 0);
  const inTerraform = (key: string, depth: number): LabelledBlock[] =>
    terraform.flatMap(({ document, body }) =>
      body.members
        .filter((member) => member.key === key)
        .flatMap((member) => labelledBlocks(document, member.value, depth)),
    );

  const resources = blocks('resource', 2);
  const dataSources = blocks('data', 2);
  const variables = blocks('variable', 1);
  const outputs = blocks('output', 1);
  const modules = blocks('module', 1);
  const localBlocks = blocks('locals', 0).flatMap(({ document, body }) =>
    body.members.filter(({ key }) => key !== '//').map((member) => ({ document, member })),
  );
  const providers = blocks('provider', 1);
  const backends = [
    ...inTerraform('backend', 1),
    ...inTerraform('cloud', 0).map((block) => ({ ...block, labels: ['cloud'] })),
  ];
  const problems = [
    ...[...resources, ...dataSources, ...variables, ...outputs, ...modules].flatMap(misnamed),
    ...[...resources, ...dataSources].flatMap(({ document, labels, body }) =>
      repeated(
        body.members
          .filter(({ key }) => META_ATTRIBUTES.has(key))
          .map((member) => argumentBlock(document, [...labels, member.key], member)),
      ),
    ),
    ...repeated(providers.map(providerBlock)),
    ...repeated(backends.map((block) => ({ ...block, labels: ['the backend'] }))),
    ...repeated(resources),
    ...repeated(dataSources),
    ...repeated(variables),
    ...repeated(outputs),
    ...repeated(modules),
    ...repeated(localBlocks.map(({ document, member }) => argumentBlock(document, ['local', member.key], member))),
    ...blocks('ephemeral', 2).map(({ document, labels, offset }) => ephemeral(document, labels, offset)),
  ];

  return {
    input,
    resources,
    dataSources,
    providers,
    modules,
    locals: new Map(localBlocks.map((local) => [local.member.key, local])),
    variables: byName(variables),
    outputs: byName(outputs),
    backends,
    requiredProviders: requiredProviders(inTerraform('required_providers', 0)),
    lifecycleBlocks: lifecycleBlocks(blocks),
    comments: members
      .filter(({ member }) => member.key === '//')
      .flatMap(({ member }) => (member.value.kind === 'object' ? [member.value] : [])),
    location: { file: input.documents[0]?.file ?? input.path, line: 1, column: 1 },
    problems,
  };
}

function topLevel(document: JsonDocument): { document: JsonDocument; member: JsonMember }[] {
  return objectsOf(document, document.root).flatMap(({ members }) =>
    members.map((member) => {
      if (!TOP_LEVEL.has(member.key)) throw unknownBlock(document, member);
      return { document, member };
    }),
  );
}

function byName(blocks: readonly LabelledBlock[]): Map<string, LabelledBlock> {
  return new Map(blocks.map((block) => [block.labels[0] ?? '', block]));
}

/** Attributes of Terraform's own, of which a block has one; the last would hide the others. */
const META_ATTRIBUTES = new Set(['count', 'for_each', 'provider', 'depends_on']);

function argumentBlock(
  document: JsonDocument,
  labels: readonly string[],
  { keyOffset: offset }: JsonMember,
): LabelledBlock {
  return { labels, body: { kind: 'object', offset, members: [] }, document, offset };
}

/** A provider has one configuration per alias. */
function providerBlock(block: LabelledBlock): LabelledBlock {
  const alias = literal(block.body, 'alias');
  return { ...block, labels: ['provider', ...block.labels, ...(alias === null ? [] : [alias])] };
}

const IDENTIFIER = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;

/** A name that is no identifier could be taken for the address of something else, such as `queue[0]`. */
function misnamed({ labels, document, offset }: LabelledBlock): InputProblem[] {
  const wrong = labels.find((label) => !IDENTIFIER.test(label));
  if (wrong === undefined) return [];
  return [
    {
      code: 'IN-SCHEMA',
      path: document.file,
      location: { file: document.file, ...document.locate(offset) },
      what: `${JSON.stringify(wrong)} is no name`,
      why: 'Terraform rejects the stack, so nothing in it can be judged',
      fix: 'Start with a letter or underscore and go on with letters, digits, underscores and dashes.',
    },
  ];
}

function repeated(blocks: readonly LabelledBlock[]): InputProblem[] {
  const seen = new Map<string, LabelledBlock>();
  const problems: InputProblem[] = [];
  for (const block of blocks) {
    const name = block.labels.join('.');
    const first = seen.get(name);
    if (first === undefined) seen.set(name, block);
    else {
      const at = locationOf(first);
      problems.push({
        code: 'IN-DUPKEY',
        path: block.document.file,
        location: locationOf(block),
        what: `${name} is declared twice (first at ${at.file}:${at.line}:${at.column})`,
        why: 'Terraform rejects the stack, and a reader that keeps one of the two hides the other',
        fix: 'Remove or rename one of them.',
      });
    }
  }
  return problems;
}

function ephemeral(document: JsonDocument, labels: readonly string[], offset: number): InputProblem {
  return {
    code: 'IN-SCHEMA',
    path: document.file,
    location: { file: document.file, ...document.locate(offset) },
    what: `ephemeral.${labels.join('.')} is an ephemeral resource, which is not read`,
    why: 'what it opens at apply would go unjudged',
    fix: 'Use a data source or a resource.',
  };
}

function unknownBlock(document: JsonDocument, { key, keyOffset }: JsonMember): InputError {
  if (key === 'action') {
    return new InputError({
      code: 'IN-SCHEMA',
      path: document.file,
      location: { file: document.file, ...document.locate(keyOffset) },
      what: 'the file declares actions, which are not read',
      why: 'what they do at apply, such as to call a function, would go unjudged',
      fix: 'Take the actions and their triggers out of the stack.',
    });
  }
  return new InputError({
    code: 'IN-SCHEMA',
    path: document.file,
    location: { file: document.file, ...document.locate(keyOffset) },
    what: `${JSON.stringify(key)} is no block of Terraform's configuration`,
    why: 'Terraform rejects the file, so nothing in it can be judged',
    fix: `Use one of ${[...TOP_LEVEL].join(', ')}.`,
  });
}

function requiredProviders(
  blocks: readonly LabelledBlock[],
): ReadonlyMap<string, { source: string; version: string | null }> {
  const found = new Map<string, { source: string; version: string | null }>();
  for (const { body } of blocks) {
    for (const { key, value } of body.members) {
      if (key === '//') continue;
      const [requirement] = value.kind === 'array' ? value.items : [value];
      if (requirement?.kind === 'string') found.set(key, { source: `hashicorp/${key}`, version: requirement.value });
      else if (requirement?.kind === 'object') {
        found.set(key, {
          source: literal(requirement, 'source') ?? `hashicorp/${key}`,
          version: literal(requirement, 'version'),
        });
      }
    }
  }
  return found;
}

function lifecycleBlocks(blocks: (key: string, depth: number) => readonly LabelledBlock[]): LifecycleBlock[] {
  const plain = (['import', 'moved', 'removed'] as const).flatMap((kind) =>
    blocks(kind, 0).map((block): LifecycleBlock => {
      const from = literal(block.body, 'from');
      const to = literal(block.body, 'to');
      return {
        kind,
        location: locationOf(block),
        target: from ?? to ?? '',
        ...(kind === 'moved' && from !== null && to !== null ? { to } : {}),
        destroys: kind !== 'removed' || !forgets(block),
      };
    }),
  );
  const checks = blocks('check', 1).map((block) => ({
    kind: 'check' as const,
    destroys: true,
    location: locationOf(block),
    target: block.labels[0] ?? '',
  }));
  return [...plain, ...checks];
}

/** `removed { lifecycle { destroy = false } }`; anything but a plain true or false may mean it. */
function forgets({ document, body }: LabelledBlock): boolean {
  const lifecycle = body.members
    .filter(({ key }) => key === 'lifecycle')
    .flatMap(({ value }) => objectsOf(document, value));
  return lifecycle.some(({ members }) =>
    members.some(({ key, value }) => key === 'destroy' && !(value.kind === 'boolean' && value.value)),
  );
}

export function locationOf({ document, offset }: LabelledBlock): SourceLocation {
  return { file: document.file, ...document.locate(offset) };
}

/** A string argument that Terraform does not evaluate as a template. */
export function literal(body: JsonObject, key: string): string | null {
  const value = body.members.findLast((member) => member.key === key)?.value;
  return value?.kind === 'string' ? value.value : null;
}
