import type { Backend, LifecycleBlock, Stack } from '../estate.ts';
import type { EvaluationGuard } from '../evaluation-guard.ts';
import { referencesIn } from '../expression/references.ts';
import type { Scope } from '../expression/scope.ts';
import type { JsonObject } from '../json/json.ts';
import { locationOf } from '../json/location.ts';
import { type Lifecycle, type PlannedChange, type ProviderConfig, Resource } from '../resource.ts';
import type { SourceLocation } from '../source.ts';
import { majorVersion } from '../synth/synth-metadata.ts';
import { compareText } from '../text-order.ts';
import { type ObjectId, type ReferenceValue, unknown, type Value } from '../value.ts';
import { fieldOf, objectField, objectsByKey, textField } from './json-fields.ts';
import { literalValue, type ModulePlace, ModuleScope, type ModuleSurroundings } from './module-scope.ts';
import { lastCall, withKey } from './module-address.ts';
import type { ConfiguredBlock } from './configured-block.ts';
import { ConfiguredBody, PlanBody, type PlanOfBodies } from './plan-body.ts';
import { type ConfiguredCall, configuredRoot } from './plan-configuration.ts';
import type { PlanDocument } from './plan-document.ts';
import type { PlannedObject, PlannedValues } from './planned-object.ts';
import { notShown, partialPlan } from './partial-plan.ts';
import { isSame } from './planned-value.ts';
import { secretsOf } from './secrets.ts';
import { ephemeral, givenVariable, mayBeEphemeral } from './root-variables.ts';
import { isMention, type Written, writtenAs } from './written.ts';

export interface PlanSurroundings {
  readonly guard: EvaluationGuard;
  readonly isPlanned: (stack: string) => boolean;
  readonly configured: (reference: ReferenceValue, step: string | number) => Value | null;
  readonly computed: (reference: ReferenceValue, step: string | number) => Value | null;
}

/** The one instance of nearly all blocks. Not added to. */
const WITHOUT_KEY: (string | number | null)[] = [null];

/** Plans do not show `lifecycle` blocks. */
const NOT_SHOWN = unknown('missing-object', 'lifecycle', 'is not shown by plans; name the synthesised stack too');
const NO_LIFECYCLE: Lifecycle = { preventDestroy: NOT_SHOWN, ignoreChanges: [], location: null, hidden: NOT_SHOWN };

/** Nothing recorded which calls made it, nor what they override. */
const NOT_RECORDED = { code: [], overrides: [] };

/** One planned stack while the estate is put together. */
export class PlanStack {
  readonly name: string;
  readonly backend: Backend;
  /** Without its objects, which are let go of when the resources are made of them. */
  readonly #plan: Omit<PlanDocument, 'objects'>;
  /** The same stack as it was synthesised. It places findings and shows what plans leave out; values are the plan's. */
  readonly #twin: Stack | null;
  readonly #twins: ReadonlyMap<string, Resource>;
  readonly #root: ModuleScope;
  readonly #modules = new Map<string, ModuleScope | null>();
  /** The same modules as providers see them. */
  readonly #providerModules = new Map<string, ModuleScope | null>();
  readonly #keys = new Map<string, (string | number | null)[]>();
  readonly #providers: ReadonlyMap<string, ProviderConfig>;
  readonly #majors = new Map<string, number | null>();
  readonly #objects = new Map<string, Resource>();
  readonly #shared: PlanOfBodies;
  readonly #removed: Resource[] = [];
  readonly #notShown: ReturnType<typeof notShown>;
  readonly #lifecycleBlocks: readonly LifecycleBlock[];
  readonly #creations = new Map<PlannedChange['actions'], PlannedChange>();

  /** @throws InputError PLAN-PARTIAL where the configuration has a resource that the plan has not. */
  constructor({ objects, ...plan }: PlanDocument, around: PlanSurroundings, twin: Stack | null) {
    const { name, document } = plan.input;
    this.name = name;
    this.#plan = plan;
    this.#twin = twin;
    const twins = twin === null ? [] : [...twin.resources, ...twin.dataSources];
    this.#twins = new Map(twins.map((resource) => [resource.address, resource]));
    for (const object of objects) this.#addKeys(object);
    const configured = configuredRoot(plan.configuration);
    const place: ModulePlace = { address: '', configured, variable: (variable) => givenVariable(plan, variable) };
    const scopeAround = (modules: Map<string, ModuleScope | null>): ModuleSurroundings => ({
      stack: name,
      guard: around.guard,
      keys: (address) => this.#keys.get(address) ?? [],
      idOf: (address, key) => this.#idOf(withKey(address, key)),
      module: (address) => this.#module(address, modules),
      isPlanned: around.isPlanned,
      configured: around.configured,
      computed: around.computed,
    });
    this.#root = new ModuleScope(place, scopeAround(this.#modules));
    this.#modules.set('', this.#root);
    const variable = (asked: string): Written | null => {
      const declared = configured.variables.get(asked);
      return mayBeEphemeral(plan, asked, declared) ? ephemeral(asked) : givenVariable(plan, asked);
    };
    const providerRoot = new ModuleScope({ ...place, variable }, scopeAround(this.#providerModules));
    this.#providerModules.set('', providerRoot);
    this.#providers = this.#readProviders();
    this.backend = twin?.backend ?? {
      type: 'local',
      isDeclared: false,
      body: null,
      location: locationOf(document, document.root.offset),
      code: [],
    };
    const whole: PlanDocument = { objects, ...plan };
    partialPlan(whole, configured);
    this.#notShown = notShown(whole, configured);
    this.#lifecycleBlocks = this.#readLifecycleBlocks(objects);
    this.#shared = { document, guard: around.guard, stack: name, secrets: secretsOf(whole, configured) };
    for (const object of objects) this.#add(object);
  }

  #idOf(address: string): ObjectId {
    return this.find(address)?.init.id ?? { stack: this.name, address };
  }

  find(address: string): Resource | null {
    return this.#objects.get(address) ?? null;
  }

  output(name: string): Value {
    const value = this.#root.output(name);
    if (!isMention(value)) return value;
    // What HCL makes of what it mentions is known by the value that the output will have.
    const { outputs } = this.#plan;
    const output = outputs === null ? null : objectField(outputs, name);
    const planned = output === null ? null : fieldOf(output, 'value');
    if (planned === null) return unknown('operation', `output.${name}`, 'is known after apply', referencesIn(value));
    const literal = literalValue(planned);
    if (isSame(value, literal)) return value;
    return value.sensitive ? { ...literal, sensitive: true } : literal;
  }

  toStack(): Stack {
    const { input } = this.#plan;
    const twin = this.#twin;
    const resources = [...this.#objects.values()].toSorted((a, b) => compareText(a.address, b.address));
    const { symbolic, empty } = this.#notShown;
    return {
      name: this.name,
      path: input.digest.path,
      constructPath: twin?.constructPath ?? null,
      origin: 'plan',
      ...(twin === null ? {} : { synthesised: twin }),
      code: twin?.code ?? [],
      resources: [
        ...resources.filter(({ init }) => init.mode === 'managed'),
        ...symbolic.map((block) => this.#symbolic(block)),
      ].toSorted((a, b) => compareText(a.address, b.address)),
      dataSources: resources.filter(({ init }) => init.mode === 'data'),
      removed: this.#removed.toSorted((a, b) => compareText(a.address, b.address)),
      providers: [...this.#providers.values()],
      backend: this.backend,
      modules: [],
      lifecycleBlocks: this.#lifecycleBlocks,
      emptyBlocks: empty.map(({ address, node }) => ({ address, location: this.#place(node) })),
      requiredProviders: this.#requiredProviders(),
      overrides: twin?.overrides ?? new Map(),
      location: twin?.location ?? this.#place(input.document.root),
      inputs: [input.digest, ...(twin?.inputs ?? [])],
      secrets: this.#shared.secrets.size === 0 ? (twin?.secrets ?? null) : this.#shared.secrets,
    };
  }

  #addKeys({ address, moduleAddress, mode, type, name, key, hasAfter }: PlannedObject): void {
    const local = `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
    const own = moduleAddress === '' ? local : `${moduleAddress}.${local}`;
    // What is destroyed or forgotten is no instance of the block any more.
    if (hasAfter && address.startsWith(own)) this.#addKey(own, key);
    let module = moduleAddress;
    while (module !== '') {
      const last = lastCall(module);
      if (last === null) return;
      this.#addKey(last.address, last.key);
      module = last.parent;
    }
  }

  #addKey(address: string, key: string | number | null): void {
    const keys = this.#keys.get(address);
    if (keys === undefined) this.#keys.set(address, key === null ? WITHOUT_KEY : [key]);
    else if (keys === WITHOUT_KEY) this.#keys.set(address, key === null ? keys : [null, key]);
    else if (!keys.includes(key)) keys.push(key);
  }

  /** The scope of a module instance, built when first asked for; null where the configuration has no such module. */
  #module(address: string, modules = this.#modules): ModuleScope | null {
    const known = modules.get(address);
    if (known !== undefined) return known;
    const scope = this.#newModule(address, modules);
    modules.set(address, scope);
    return scope;
  }

  #newModule(address: string, modules: Map<string, ModuleScope | null>): ModuleScope | null {
    const last = lastCall(address);
    const parent = last === null ? null : this.#module(last.parent, modules);
    const call: ConfiguredCall | null =
      last === null || parent === null ? null : (parent.place.configured.calls.get(last.name) ?? null);
    if (last === null || parent === null || call === null) return null;
    const scope = parent.instance(last.key, call.forEach);
    return parent.child({
      address,
      configured: call.module,
      variable: (name) => {
        const node = call.expressions === null ? null : fieldOf(call.expressions, name);
        return node === null ? null : writtenAs(node, scope);
      },
    });
  }

  #add(object: PlannedObject): void {
    const { after, before, deposed, actions, address } = object;
    const isRemoved = after === null && !actions.includes('forget');
    const values = after ?? before;
    if (values === null) return;
    // An object that a replacement left is another object than the one of the address.
    const own = deposed === null ? address : `${address} (deposed object ${deposed})`;
    const resource = this.#resource(object, own, values);
    if (isRemoved || (deposed !== null && !actions.includes('forget'))) this.#removed.push(resource);
    else this.#objects.set(own, resource);
  }

  #resource(object: PlannedObject, address: string, values: PlannedValues): Resource {
    const { mode, type, name, key, moduleAddress, before, after, actions, providerName, offset } = object;
    const scope = this.#module(moduleAddress);
    const block = scope?.place.configured.blocks.get(`${mode === 'data' ? 'data.' : ''}${type}.${name}`) ?? null;
    const twin = this.#twins.get(address) ?? null;
    const isThere = after !== null && scope !== null && block !== null;
    const bodyOf = (from: PlannedValues, isWritten: boolean): PlanBody =>
      new PlanBody(from, {
        plan: this.#shared,
        address,
        type,
        configured: isWritten ? block : null,
        scope: isWritten && scope !== null ? scope.instance(key, block?.forEach ?? null) : NO_SCOPE,
        twin: isWritten ? (twin?.init.body ?? null) : null,
        // A data source has what it computes of itself.
        isNew: before === null || mode === 'data' || !isWritten,
      });
    return new Resource({
      id: { stack: this.name, address },
      mode,
      type,
      name,
      key,
      isSymbolic: false,
      constructPath: twin?.init.constructPath ?? null,
      location: twin?.init.location ?? this.#place({ offset }),
      code: twin?.init.code ?? NOT_RECORDED.code,
      provider: this.#providerOf(block, type, providerName),
      providerMajor: this.#majors.get(providerName) ?? null,
      lifecycle: twin?.init.lifecycle ?? NO_LIFECYCLE,
      body: bodyOf(values, isThere),
      overrides: twin?.init.overrides ?? NOT_RECORDED.overrides,
      hasProvisioner: block?.hasProvisioner ?? false,
      change:
        mode === 'data' && actions[0] === 'no-op'
          ? { actions, before: null }
          : before === null
            ? this.#creation(actions)
            : { actions, before: bodyOf(before, false) },
    });
  }

  /** The change of what is not there before: one object for all of the same actions. */
  #creation(actions: PlannedChange['actions']): PlannedChange {
    const known = this.#creations.get(actions) ?? { actions, before: null };
    this.#creations.set(actions, known);
    return known;
  }

  /** A block whose instances, if there are any, the plan does not show. */
  #symbolic({
    address,
    node,
    type,
    name,
  }: {
    address: string;
    node: JsonObject;
    type: string;
    name: string;
  }): Resource {
    const values: PlannedValues = {
      shape: null,
      known: { kind: 'object', offset: node.offset, members: [] },
      unknown: ALL,
      sensitive: null,
    };
    return new Resource({
      id: { stack: this.name, address },
      mode: 'managed',
      type,
      name,
      key: null,
      isSymbolic: true,
      constructPath: null,
      location: this.#place(node),
      code: [],
      provider: this.#providerOf(null, type, ''),
      providerMajor: null,
      lifecycle: NO_LIFECYCLE,
      body: new PlanBody(values, {
        plan: this.#shared,
        address,
        type,
        configured: null,
        scope: NO_SCOPE,
        isNew: true,
        twin: null,
      }),
      overrides: [],
      hasProvisioner: false,
      change: null,
    });
  }

  #readProviders(): ReadonlyMap<string, ProviderConfig> {
    const { configuration, input } = this.#plan;
    const providers = new Map<string, ProviderConfig>();
    for (const [key, node] of objectsByKey(objectField(configuration, 'provider_config'))) {
      const source = textField(node, 'full_name') ?? '';
      const major = majorVersion(textField(node, 'version_constraint'));
      this.#majors.set(source, major ?? this.#majors.get(source) ?? null);
      const expressions = objectField(node, 'expressions');
      const module = this.#module(textField(node, 'module_address') ?? '', this.#providerModules);
      providers.set(key, {
        name: textField(node, 'name') ?? '',
        alias: textField(node, 'alias'),
        stack: this.name,
        body: expressions === null ? null : new ConfiguredBody(input.document, expressions, module ?? NO_SCOPE),
        location: this.#place(node),
      });
    }
    return providers;
  }

  #providerOf(block: ConfiguredBlock | null, type: string, source: string): ProviderConfig {
    const name = type.split('_', 1)[0] ?? type;
    // What is not configured any more, and has no block, is managed by a provider that the plan does not name.
    const found = block === null ? undefined : this.#providers.get(block.providerKey);
    return (
      found ?? { name: source.split('/').at(-1) || name, alias: null, stack: this.name, body: null, location: null }
    );
  }

  #requiredProviders(): Stack['requiredProviders'] {
    const nodes = objectsByKey(objectField(this.#plan.configuration, 'provider_config'));
    return new Map(
      Array.from(nodes.values(), (node) => [
        textField(node, 'name') ?? '',
        {
          // `registry.terraform.io/hashicorp/aws`: the registry is not part of the source.
          source: (textField(node, 'full_name') ?? '').replace(/^registry\.(?:terraform\.io|opentofu\.org)\//, ''),
          version: textField(node, 'version_constraint'),
        },
      ]),
    );
  }

  #readLifecycleBlocks(objects: PlanDocument['objects']): readonly LifecycleBlock[] {
    const blocks = objects.flatMap((object): readonly LifecycleBlock[] => {
      const { address, previousAddress, isImported, actions, offset } = object;
      const at = { location: this.#place({ offset }), destroys: false };
      return [
        ...(previousAddress === null ? [] : [{ ...at, kind: 'moved' as const, target: previousAddress, to: address }]),
        ...(isImported ? [{ ...at, kind: 'import' as const, target: address }] : []),
        ...(actions.includes('forget') ? [{ ...at, kind: 'removed' as const, target: address }] : []),
      ];
    });
    const checks = this.#plan.checks.map(({ target, offset }): LifecycleBlock => ({
      kind: 'check',
      target,
      location: this.#place({ offset }),
      destroys: false,
    }));
    return [...blocks, ...checks];
  }

  #place({ offset }: { readonly offset: number }): SourceLocation {
    return locationOf(this.#plan.input.document, offset);
  }
}

const ALL = { kind: 'boolean', offset: 0, value: true } as const;

const NO_SCOPE: Scope = {
  root: (path) => unknown('missing-object', path.join('.'), 'is not configured any more'),
  attribute: (reference) => reference,
};
