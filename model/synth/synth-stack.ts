import { compareText } from '../text-order.ts';
import type { Backend, ModuleCall, NamedValue, Stack } from '../estate.ts';
import { type Scope, withName } from '../expression/scope.ts';
import { objectForm } from '../expression/type.ts';
import { InputError } from '../input-error.ts';
import type { JsonDocument, JsonNode, JsonObject } from '../json/json.ts';
import { digestOfNodes } from '../json/digest.ts';
import { type Body, type Lifecycle, type ProviderConfig, Resource } from '../resource.ts';
import type { SourceLocation } from '../source.ts';
import { asNumber, asStrings, isHidden, NULL, type ObjectId, string, unknown, type Value } from '../value.ts';
import type { EvaluationGuard } from '../evaluation-guard.ts';
import { marksAnything } from '../secrets/marked-texts.ts';
import { BodyShapes } from '../body-shape.ts';
import { type LabelledBlock, objectsOf } from './labelled-blocks.ts';
import { literal, locationOf, type StackDeclarations } from './stack-declarations.ts';
import { type Instances, StackScope, type Surroundings } from './stack-scope.ts';
import { constructMetadata, majorVersion, stackMetadata, type StackMetadata } from './synth-metadata.ts';
import { type BodyContext, evaluateNode, SynthBody } from './synth-body.ts';
import { normalTraversal, quoteKey, traversal } from './traversal.ts';
import { literalValue } from './variable-value.ts';

/** More instances than a stack can hold; a larger `count` is left to the plan. */
const MAXIMUM_INSTANCES = 10_000;

/** Of all blocks of a stack together. */
const MAXIMUM_STACK_INSTANCES = 200_000;

const REPETITIONS = ['count', 'for_each'] as const;

type Repetition = (typeof REPETITIONS)[number];

/** One synthesised stack while the estate is put together: its names, its resources, and what they evaluate to. */
export class SynthStack {
  readonly name: string;
  readonly scope: StackScope;
  readonly backend: Backend;
  readonly #declarations: StackDeclarations;
  readonly #guard: EvaluationGuard;
  /** Of the bodies that are evaluated in the scope of the stack. */
  readonly #context: BodyContext;
  readonly #metadata: StackMetadata;
  readonly #blocks = new Map<string, { readonly mode: 'managed' | 'data'; readonly block: LabelledBlock }>();
  readonly #instances = new Map<string, Instances>();
  /** Major version by local name of the provider. */
  readonly #majors: ReadonlyMap<string, number | null>;
  readonly #built = new Set<string>();
  readonly #resources = new Map<string, Resource>();
  readonly #providers: readonly ProviderConfig[];

  constructor(declarations: StackDeclarations, estate: Omit<Surroundings, 'instances'>) {
    this.name = declarations.input.name;
    this.#declarations = declarations;
    this.#guard = estate.guard;
    this.#metadata = stackMetadata(declarations.comments);
    this.#majors = new Map(
      Array.from(declarations.requiredProviders, ([name, { version }]) => [name, majorVersion(version)]),
    );
    for (const block of declarations.resources) this.#blocks.set(block.labels.join('.'), { mode: 'managed', block });
    for (const block of declarations.dataSources) {
      this.#blocks.set(`data.${block.labels.join('.')}`, { mode: 'data', block });
    }
    this.scope = new StackScope(declarations, {
      guard: estate.guard,
      instances: (address) => this.#instancesOf(address),
      configured: estate.configured,
      computed: estate.computed,
    });
    this.#context = { scope: this.scope, guard: estate.guard, shapes: new BodyShapes() };
    this.#providers = declarations.providers.map((block) => this.#provider(block));
    this.backend = this.#backend();
  }

  /** A resource or data source instance by address; built when first asked for. */
  find(address: string): Resource | null {
    const bracket = address.indexOf('[');
    this.#build(bracket === -1 ? address : address.slice(0, bracket));
    return this.#resources.get(address) ?? null;
  }

  /** The value of an output. */
  output(name: string): Value {
    return this.scope.output(name);
  }

  /** Expands a block into its instances, once. */
  #build(address: string): void {
    const declared = this.#blocks.get(address);
    if (declared === undefined || this.#built.has(address)) return;
    const { mode, block } = declared;
    const instances = this.#instancesOf(address);
    if (instances === null || this.#built.has(address)) return;
    this.#built.add(address);
    try {
      this.#addAll(mode, block, instances);
    } catch (error) {
      // A deep evaluation begins again; what is wrong with the block is found again.
      this.#built.delete(address);
      throw error;
    }
  }

  #addAll(mode: 'managed' | 'data', block: LabelledBlock, instances: Instances): void {
    const address = mode === 'data' ? `data.${block.labels.join('.')}` : block.labels.join('.');
    switch (instances.kind) {
      case 'single':
        this.#add(mode, block, { id: instances.id, key: null, isSymbolic: false, scope: this.scope });
        break;
      case 'symbolic':
        this.#add(mode, block, { id: this.#id(address), key: null, isSymbolic: true, scope: this.scope });
        break;
      case 'count':
        instances.ids.forEach((id, index) => {
          const scope = withName(this.scope, 'count', [['index', { kind: 'number', text: String(index) }]]);
          this.#add(mode, block, { id, key: index, isSymbolic: false, scope });
        });
        break;
      case 'for-each':
        for (const [key, { id, value }] of instances.ids) {
          const scope = withName(this.scope, 'each', [
            ['key', string(key)],
            ['value', value],
          ]);
          this.#add(mode, block, { id, key, isSymbolic: false, scope });
        }
    }
  }

  /** @throws InputError IN-TOOLARGE where the counts of all blocks come to more than can be judged. */
  toStack(): Stack {
    this.#checkSize();
    for (const address of this.#blocks.keys()) this.#build(address);
    const { input, modules, requiredProviders, lifecycleBlocks, location } = this.#declarations;
    const resources = [...this.#resources.values()].toSorted((a, b) => compareText(a.address, b.address));
    return {
      name: this.name,
      path: input.path,
      constructPath: this.#metadata.stackName,
      origin: 'synth',
      code: this.#metadata.stackCode,
      resources: resources.filter(({ init }) => init.mode === 'managed'),
      dataSources: resources.filter(({ init }) => init.mode === 'data'),
      find: (address) => this.#resources.get(address) ?? null,
      removed: [],
      providers: this.#providers,
      backend: this.backend,
      modules: modules.map((block) => this.#module(block)),
      lifecycleBlocks,
      namedValues: this.#namedValues(),
      emptyBlocks: this.#emptyBlocks(),
      requiredProviders,
      overrides: this.#metadata.overrides,
      location,
      inputs: input.inputs,
      secrets: marksAnything(input.documents.map(({ root }) => root)) ? new Set() : null,
    };
  }

  #namedValues(): readonly NamedValue[] {
    const { outputs, locals, variables } = this.#declarations;
    return [
      ...Array.from(outputs, ([name, block]) => ({
        kind: 'output' as const,
        name,
        location: locationOf(block),
        value: () => this.output(name),
      })),
      ...Array.from(
        locals,
        ([
          name,
          {
            document,
            member: { keyOffset },
          },
        ]) => ({
          kind: 'local' as const,
          name,
          location: { file: document.file, ...document.locate(keyOffset) },
          value: () => this.scope.root(['local', name]),
        }),
      ),
      ...Array.from(variables).flatMap(([name, block]) => {
        const given = member(block.body, 'default');
        if (given === undefined) return [];
        return [{ kind: 'default' as const, name, location: locationOf(block), value: () => literalValue(given) }];
      }),
    ];
  }

  #checkSize(): void {
    let instances = 0;
    for (const address of this.#blocks.keys()) instances += sizeOf(this.#instancesOf(address));
    if (instances <= MAXIMUM_STACK_INSTANCES) return;
    throw new InputError({
      code: 'IN-TOOLARGE',
      path: this.#declarations.location.file,
      what: `count and for_each come to ${instances} instances, more than the limit of ${MAXIMUM_STACK_INSTANCES}`,
      why: 'building them could exhaust memory and end the run without a verdict',
      fix: 'Split the stack.',
    });
  }

  #emptyBlocks(): Stack['emptyBlocks'] {
    return Array.from(this.#blocks, ([address, { block }]) => ({ address, block }))
      .filter(({ address }) => {
        const instances = this.#instancesOf(address);
        if (instances === null) return false;
        return (
          (instances.kind === 'count' && instances.ids.length === 0) ||
          (instances.kind === 'for-each' && instances.ids.size === 0)
        );
      })
      .map(({ address, block }) => ({ address, location: locationOf(block) }));
  }

  #id(address: string): ObjectId {
    return { stack: this.name, address };
  }

  #instancesOf(address: string): Instances | null {
    const known = this.#instances.get(address);
    if (known !== undefined) {
      if (this.#guard.isTangled) for (const key of REPETITIONS) this.#guard.recall(this.#repetition(key, address));
      return known;
    }
    const declared = this.#blocks.get(address);
    if (declared === undefined) return null;
    const instances = this.#expand(address, declared.block);
    this.#instances.set(address, instances);
    return instances;
  }

  /** The name of an argument for the guard. */
  #repetition(key: Repetition, address: string): string {
    return `${key} of ${address} of ${this.name}`;
  }

  #expand(address: string, { body }: LabelledBlock): Instances {
    const argument = (key: Repetition): Value => {
      const node = member(body, key);
      if (node === undefined) return NULL;
      return this.#guard.evaluate(this.#repetition(key, address), () => evaluateNode(node, this.scope));
    };
    // Terraform refuses both together.
    if (member(body, 'count') !== undefined && member(body, 'for_each') !== undefined) {
      return this.#symbolic(address, 'count and for_each');
    }
    const count = asNumber(argument('count'));
    if (isHidden(count)) return this.#symbolic(address, 'count');
    if (count !== null) {
      // Terraform refuses a count that is no whole number.
      if (!Number.isInteger(count) || count < 0 || count > MAXIMUM_INSTANCES) return this.#symbolic(address, 'count');
      return { kind: 'count', ids: Array.from({ length: count }, (_, index) => this.#id(`${address}[${index}]`)) };
    }
    const forEach = argument('for_each');
    switch (forEach.kind) {
      case 'null':
        return { kind: 'single', id: this.#id(address) };
      case 'object':
        // A block of a resource that stands without its list is no map to Terraform.
        if (objectForm(forEach) === 'declared') return this.#symbolic(address, 'for_each');
        return { kind: 'for-each', ids: this.#keyed(address, forEach.entries) };
      case 'list': {
        const { known, hidden } = asStrings(forEach);
        if (hidden.length > 0) return this.#symbolic(address, 'for_each');
        return { kind: 'for-each', ids: this.#keyed(address, new Map(known.map((key) => [key, string(key)]))) };
      }
      case 'string':
      case 'number':
      case 'boolean':
      case 'reference':
      case 'template':
      case 'unknown':
        return this.#symbolic(address, 'for_each');
    }
  }

  #keyed(address: string, values: ReadonlyMap<string, Value>): Map<string, { id: ObjectId; value: Value }> {
    return new Map(
      Array.from(values, ([key, value]) => [key, { id: this.#id(`${address}[${quoteKey(key)}]`), value }]),
    );
  }

  #symbolic(address: string, argument: string): Instances {
    const all = { kind: 'reference', target: this.#id(address), path: [] } as const;
    return {
      kind: 'symbolic',
      why: unknown('instances', address, `has a ${argument} that only the plan knows`, [all]),
    };
  }

  #add(
    mode: 'managed' | 'data',
    block: LabelledBlock,
    instance: { id: ObjectId; key: string | number | null; isSymbolic: boolean; scope: Scope },
  ): void {
    const { labels, body, document } = block;
    const [type = '', name = ''] = labels;
    const { constructPath, code, overrides } = constructMetadata(body, labels, this.#metadata);
    const { id, key, isSymbolic, scope } = instance;
    const provider = this.#providerOf(type, body);
    const resource = new Resource({
      id,
      mode,
      type,
      name,
      key,
      isSymbolic,
      constructPath,
      location: locationOf(block),
      code,
      provider,
      providerMajor: this.#majors.get(provider.name) ?? null,
      lifecycle: lifecycleOf(document, body, scope),
      body: this.#body(document, body, scope, id),
      overrides,
      provisioner: provisionerOf(body),
      change: null,
    });
    this.#resources.set(id.address, resource);
  }

  #body(document: JsonDocument, body: JsonObject, scope: Scope, owner: ObjectId | string): Body {
    const context = scope === this.scope ? this.#context : { ...this.#context, scope };
    return new SynthBody(document, body, context, owner);
  }

  #provider(block: LabelledBlock): ProviderConfig {
    const [name = ''] = block.labels;
    const alias = literal(block.body, 'alias');
    const owner = `provider ${name}${alias === null ? '' : `.${alias}`} of ${this.name}`;
    return {
      name,
      alias,
      stack: this.name,
      body: this.#body(block.document, block.body, this.scope, owner),
      location: locationOf(block),
    };
  }

  /** The configuration that a resource names, `aws` or `aws.west`; else the default one of the type's prefix. */
  #providerOf(type: string, body: JsonObject): ProviderConfig {
    const node = member(body, 'provider');
    const [name, alias] = node === undefined ? [providerName(type)] : (traversal(node) ?? []);
    const wanted = { name: String(name ?? ''), alias: alias === undefined ? null : String(alias) };
    const found = this.#providers.find((provider) => provider.name === wanted.name && provider.alias === wanted.alias);
    return found ?? { ...wanted, stack: this.name, body: null, location: null };
  }

  #module(block: LabelledBlock): ModuleCall {
    const source = member(block.body, 'source');
    return {
      name: block.labels[0] ?? '',
      source: source === undefined ? NULL : evaluateNode(source, this.scope),
      digest: digestOfNodes([block.body]),
      location: locationOf(block),
    };
  }

  #backend(): Backend {
    const { backends, location } = this.#declarations;
    const block = backends.at(-1);
    if (block === undefined) {
      return { type: 'local', isDeclared: false, body: null, location, code: this.#metadata.backendCode };
    }
    return {
      type: block.labels[0] ?? '',
      isDeclared: true,
      body: this.#body(block.document, block.body, this.scope, `backend of ${this.name}`),
      location: locationOf(block),
      code: this.#metadata.backendCode,
    };
  }
}

function sizeOf(instances: Instances | null): number {
  return instances?.kind === 'count' ? instances.ids.length : instances?.kind === 'for-each' ? instances.ids.size : 1;
}

/** How a provisioner connects is a part of what it does. */
function provisionerOf({ members }: JsonObject): string | null {
  if (!members.some(({ key }) => key === 'provisioner')) return null;
  return digestOfNodes(
    members.flatMap(({ key, value }) => (key === 'provisioner' || key === 'connection' ? [value] : [])),
  );
}

function member(body: JsonObject, key: string): JsonNode | undefined {
  return body.members.findLast((candidate) => candidate.key === key)?.value;
}

/** The provider that a type belongs to by its prefix, when the resource names none. */
function providerName(type: string): string {
  return type.split('_', 1)[0] ?? type;
}

function lifecycleOf(document: JsonDocument, body: JsonObject, scope: Scope): Lifecycle {
  const node = member(body, 'lifecycle');
  if (node === undefined) return { preventDestroy: NULL, ignoreChanges: [], location: null };
  const [block] = objectsOf(document, node);
  const preventDestroy = block === undefined ? undefined : member(block, 'prevent_destroy');
  return {
    preventDestroy: preventDestroy === undefined ? NULL : evaluateNode(preventDestroy, scope),
    ignoreChanges: block === undefined ? [] : ignoredAttributes(member(block, 'ignore_changes')),
    location: locationOfNode(document, node),
  };
}

/** Attribute names are traversals, not templates: `["tags"]`, or the keyword `all`. What is no traversal stays text. */
function ignoredAttributes(node: JsonNode | undefined): readonly string[] {
  const items = node?.kind === 'array' ? node.items : node === undefined ? [] : [node];
  return items.flatMap((item) => (item.kind === 'string' ? [normalTraversal(item)] : []));
}

function locationOfNode(document: JsonDocument, { offset }: JsonNode): SourceLocation {
  return { file: document.file, ...document.locate(offset) };
}
