import type { Backend, LifecycleBlock, NamedValue, Stack } from '../estate.ts';
import type { EvaluationGuard } from '../evaluation-guard.ts';
import { referencesIn } from '../expression/references.ts';
import { locationOf } from '../json/location.ts';
import { type PlannedChange, Resource } from '../resource.ts';
import type { SourceLocation } from '../source.ts';
import { compareText } from '../text-order.ts';
import { type ObjectId, type ReferenceValue, unknown, type Value } from '../value.ts';
import { instanceKeys } from './instance-keys.ts';
import { fieldOf, objectField } from './json-fields.ts';
import { withKey } from './module-address.ts';
import { type Keys, literalValue, type ModulePlace } from './module-scope.ts';
import { notShown, partialPlan } from './partial-plan.ts';
import { PlanBody, type PlanOfBodies } from './plan-body.ts';
import { configuredRoot } from './plan-configuration.ts';
import type { PlanDocument } from './plan-document.ts';
import { lifecycleBlocksOf } from './plan-lifecycle.ts';
import { PlanModules } from './plan-modules.ts';
import { PlanProviders } from './plan-providers.ts';
import type { PlannedObject, PlannedValues } from './planned-object.ts';
import { isSame } from './planned-value.ts';
import { ephemeral, givenVariable, mayBeEphemeral } from './root-variables.ts';
import { secretsOf } from './secrets.ts';
import { NO_LIFECYCLE, NO_SCOPE, symbolicResource } from './symbolic-resource.ts';
import { isMention, type Written } from './written.ts';

export interface PlanSurroundings {
  readonly guard: EvaluationGuard;
  readonly isPlanned: (stack: string) => boolean;
  readonly configured: (reference: ReferenceValue, step: string | number) => Value | null;
  readonly computed: (reference: ReferenceValue, step: string | number) => Value | null;
}

const FORGETS = ['forget'] as const;

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
  readonly #modules: PlanModules;
  readonly #providers: PlanProviders;
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
    const keys = instanceKeys(objects);
    const configured = configuredRoot(plan.configuration);
    const { guard, isPlanned, configured: readConfigured, computed } = around;
    const surroundings = {
      stack: name,
      guard,
      keys: (address: string): Keys => [...(this.#objects.has(address) ? [null] : []), ...(keys.get(address) ?? [])],
      idOf: (address: string, key: string | number | null): ObjectId => this.#idOf(withKey(address, key)),
      isPlanned,
      configured: readConfigured,
      computed,
    };
    const place: ModulePlace = { address: '', configured, variable: (variable) => givenVariable(plan, variable) };
    this.#modules = new PlanModules(place, surroundings);
    const variable = (asked: string): Written | null => {
      const declared = configured.variables.get(asked);
      return mayBeEphemeral(plan, asked, declared) ? ephemeral(asked) : givenVariable(plan, asked);
    };
    // The same modules as providers see them.
    const providerModules = new PlanModules({ ...place, variable }, surroundings);
    this.#providers = new PlanProviders(plan, (module) => providerModules.at(module) ?? NO_SCOPE);
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
    this.#lifecycleBlocks = lifecycleBlocksOf(whole);
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
    const value = this.#modules.root.output(name);
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
    const repeated = symbolic.map((block) => symbolicResource(block, this.#shared, this.#providers));
    return {
      name: this.name,
      path: input.digest.path,
      constructPath: twin?.constructPath ?? null,
      origin: 'plan',
      ...(twin === null ? {} : { synthesised: twin }),
      code: twin?.code ?? [],
      resources: [...resources.filter(({ init }) => init.mode === 'managed'), ...repeated].toSorted((a, b) =>
        compareText(a.address, b.address),
      ),
      dataSources: resources.filter(({ init }) => init.mode === 'data'),
      find: (address) => this.find(address) ?? repeated.find((resource) => resource.address === address) ?? null,
      removed: this.#removed.toSorted((a, b) => compareText(a.address, b.address)),
      providers: this.#providers.all(),
      backend: this.backend,
      modules: [],
      lifecycleBlocks: this.#lifecycleBlocks,
      namedValues: this.#namedValues(),
      emptyBlocks: empty.map(({ address, node }) => ({ address, location: this.#place(node) })),
      requiredProviders: this.#providers.required(),
      overrides: twin?.overrides ?? new Map(),
      location: twin?.location ?? this.#place(input.document.root),
      inputs: [input.digest, ...(twin?.inputs ?? [])],
      secrets: this.#shared.secrets.size === 0 ? (twin?.secrets ?? null) : this.#shared.secrets,
    };
  }

  #namedValues(): readonly NamedValue[] {
    const { outputs, variables } = configuredRoot(this.#plan.configuration);
    const known = this.#twin?.namedValues ?? [];
    const placeOf = (kind: NamedValue['kind'], name: string, node: { readonly offset: number }): SourceLocation =>
      known.find((value) => value.kind === kind && value.name === name)?.location ?? this.#place(node);
    return [
      ...Array.from(outputs, ([name, node]) => ({
        kind: 'output' as const,
        name,
        location: placeOf('output', name, node),
        value: () => this.output(name),
      })),
      ...known.filter(({ kind }) => kind === 'local'),
      ...Array.from(variables).flatMap(([name, node]) => {
        const given = fieldOf(node, 'default');
        if (given === null) return [];
        const location = placeOf('default', name, node);
        return [{ kind: 'default' as const, name, location, value: () => literalValue(given) }];
      }),
    ];
  }

  #add(object: PlannedObject): void {
    const { after, before, deposed, actions, address } = object;
    const isRemoved = after === null && !actions.includes('forget');
    const values = after ?? before;
    if (values === null) return;
    // An object that a replacement left is another object than the one of the address.
    const own = deposed === null ? address : `${address} (deposed object ${deposed})`;
    const resource = this.#resource(object, own, values);
    // What takes the place of an object leaves it where it is, unless it destroys it.
    if (after !== null && before !== null && actions.includes('forget')) {
      const left = `${address} (forgotten object)`;
      this.#objects.set(left, this.#resource(object, left, before, true));
    }
    if (isRemoved || (deposed !== null && !actions.includes('forget'))) this.#removed.push(resource);
    else this.#objects.set(own, resource);
  }

  /** `isLeft`: it is what the object was that another takes the place of. */
  #resource(object: PlannedObject, address: string, values: PlannedValues, isLeft = false): Resource {
    const { mode, type, name, key, moduleAddress, before, providerName, offset } = object;
    const after = isLeft ? null : object.after;
    const actions = isLeft ? FORGETS : object.actions;
    const scope = this.#modules.at(moduleAddress);
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
      provider: this.#providers.of(block, type, providerName),
      providerMajor: this.#providers.majorOf(providerName),
      lifecycle: twin?.init.lifecycle ?? NO_LIFECYCLE,
      body: bodyOf(values, isThere),
      overrides: twin?.init.overrides ?? NOT_RECORDED.overrides,
      provisioner: block?.provisioner ?? null,
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

  #place({ offset }: { readonly offset: number }): SourceLocation {
    return locationOf(this.#plan.input.document, offset);
  }
}
