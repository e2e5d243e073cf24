import type { EvaluationGuard } from '../evaluation-guard.ts';
import { type Scope, untold, withName } from '../expression/scope.ts';
import type { JsonNode, JsonObject } from '../json/json.ts';
import { evaluateNode } from '../synth/synth-body.ts';
import {
  child,
  isHidden,
  list,
  NULL,
  object,
  type ObjectId,
  type ReferenceValue,
  string,
  unknown,
  type Value,
} from '../value.ts';
import { fieldOf } from './json-fields.ts';
import { valueOf } from './plan-body.ts';
import type { ConfiguredModule } from './plan-configuration.ts';
import { isTrue } from './planned-value.ts';
import { asRead } from './value-read.ts';
import { asMention, asSensitive, type Written, writtenAs } from './written.ts';

/** The keys of the instances that a plan has of one block or module call; null for the one without a key. */
export type Keys = readonly (string | number | null)[];

/** What the scope of a module asks of the plan around it. */
export interface ModuleSurroundings {
  readonly stack: string;
  readonly guard: EvaluationGuard;
  /** Instances of a block or call by its address without key; empty where there are none. */
  readonly keys: (address: string) => Keys;
  /** What names an instance: one object for all references to it. */
  readonly idOf: (address: string, key: string | number | null) => ObjectId;
  readonly module: (address: string) => ModuleScope | null;
  /** Whether a stack of the estate is read from a plan. */
  readonly isPlanned: (stack: string) => boolean;
  readonly configured: (reference: ReferenceValue, step: string | number) => Value | null;
  readonly computed: (reference: ReferenceValue, step: string | number) => Value | null;
}

/** One instance of a module: what its names mean. */
export interface ModulePlace {
  /** `module.network["west"]`; empty for the root module. */
  readonly address: string;
  readonly configured: ConfiguredModule;
  /** The value that the caller, or the run, gives to a variable; null where the default is taken. */
  variable(name: string): Written | null;
}

/** Names as the expressions of one module of a plan see them. */
export class ModuleScope implements Scope {
  readonly place: ModulePlace;
  readonly #around: ModuleSurroundings;
  readonly #memo = new Map<string, Value>();
  readonly #paths = new Map<string | number, ReferenceValue['path']>();

  constructor(place: ModulePlace, around: ModuleSurroundings) {
    this.place = place;
    this.#around = around;
  }

  root(path: readonly string[]): Value {
    const [first = '', second = '', third = ''] = path;
    switch (first) {
      case 'var':
        return this.#once(`var.${second}`, () => this.#variable(second));
      case 'local':
        return unknown('operation', `local.${second}`, 'is a local value, which plans do not show');
      case 'module':
        return this.#objects(`module.${second}`, this.place.configured.calls.get(second) ?? null);
      case 'data':
        return this.#block(`data.${second}.${third}`);
      default:
        return untold(path) ?? this.#block(`${first}.${second}`);
    }
  }

  attribute(reference: ReferenceValue, step: string | number): Value {
    const { configured, computed, module } = this.#around;
    const called = reference.path.length === 0 ? module(reference.target.address) : null;
    if (called !== null && reference.target.stack === this.#around.stack) return called.output(String(step));
    const longer: ReferenceValue = { kind: 'reference', target: reference.target, path: this.#path(reference, step) };
    const result = computed(reference, step);
    if (isRemoteState(reference)) {
      // What another stack puts out says more than the value that its state had, unless its plan makes that anew.
      const isStale = result?.kind === 'reference' && this.#around.isPlanned(result.target.stack);
      const value = this.#remoteValue(reference, step, result);
      if (result === null || result.kind === 'unknown' || isStale) return value ?? longer;
      return result.kind === 'reference' && value !== null && value !== result ? asRead(result, value) : result;
    }
    if (result !== null && result.kind !== 'unknown') return result;
    const known = configured(reference, step);
    if (known !== null) return { ...known, origin: known.origin ?? longer };
    return result ?? longer;
  }

  /** One list for all references to an attribute of whatever object. */
  #path({ path }: ReferenceValue, step: string | number): ReferenceValue['path'] {
    if (path.length > 0) return path.concat(step);
    const known = this.#paths.get(step) ?? [step];
    this.#paths.set(step, known);
    return known;
  }

  /** An output that the plan read from a state, for want of the stack that puts it out. */
  #remoteValue(reference: ReferenceValue, step: string | number, unlinked: Value | null): Value | null {
    if (reference.path.length !== 1) return null;
    const outputs = this.#around.configured({ ...reference, path: [] }, 'outputs');
    const value = outputs === null ? NULL : child(outputs, step);
    return value.kind === 'null' ? unlinked : value;
  }

  /** The value of an output of this module. */
  output(name: string): Value {
    return this.#once(`output.${name}`, () => {
      const output = this.place.configured.outputs.get(name);
      if (output === undefined) {
        return unknown('missing-producer', `output.${name} of ${this.#name}`, 'is no output of that stack');
      }
      const value = this.#mentioned(writtenAs(fieldOf(output, 'expression'), this), `output.${name}`);
      return isTrue(fieldOf(output, 'sensitive')) && this.place.address !== '' ? asSensitive(value) : value;
    });
  }

  /** The scope of a module that this one calls. */
  child(place: ModulePlace): ModuleScope {
    return new ModuleScope(place, this.#around);
  }

  /** The scope of one instance of a block: with its key and, where it can be told, its value. */
  instance(key: string | number | null, forEach: JsonNode | null): Scope {
    if (key === null) return this;
    const bound =
      typeof key === 'number'
        ? { name: 'count', entries: [['index', { kind: 'number', text: String(key) }]] as const }
        : {
            name: 'each',
            entries: [
              ['key', string(key)],
              ['value', this.#eachValue(key, forEach)],
            ] as const,
          };
    return withName(this, bound.name, bound.entries);
  }

  #eachValue(key: string, forEach: JsonNode | null): Value {
    const written = forEach === null ? null : writtenAs(forEach, this);
    const value = written?.kind === 'exact' ? written.value : NULL;
    if (value.kind === 'object') return value.entries.get(key) ?? NULL;
    if (value.kind === 'list') return string(key);
    return unknown('instances', 'each.value', 'is not shown by plans');
  }

  #variable(name: string): Value {
    const declared = this.place.configured.variables.get(name);
    const given = this.place.variable(name);
    const fallback = declared === undefined ? null : fieldOf(declared, 'default');
    const value =
      given !== null
        ? this.#mentioned(given, `var.${name}`)
        : fallback === null
          ? unknown('variable', `var.${name}`, 'has no value in the plan')
          : literalValue(fallback);
    const isSensitive = declared !== undefined && isTrue(fieldOf(declared, 'sensitive'));
    return isSensitive ? asSensitive(value) : value;
  }

  /** Of HCL, the one known value that an expression mentions; whoever takes it has to compare. */
  #mentioned(written: Written, label: string): Value {
    const [only, ...more] = written.kind === 'mentions' ? written.values : [];
    const isLink = only !== undefined && !isHidden(only) && only.origin !== undefined;
    return isLink && more.length === 0 ? asMention(only) : valueOf(written, label);
  }

  #block(address: string): Value {
    return this.#objects(address, this.place.configured.blocks.get(address) ?? null);
  }

  #objects(
    local: string,
    declared: { readonly count: JsonNode | null; readonly forEach: JsonNode | null } | null,
  ): Value {
    const { keys, idOf } = this.#around;
    const address = this.place.address === '' ? local : `${this.place.address}.${local}`;
    if (declared === null) return unknown('missing-object', address, 'is not declared in the stack');
    const at = (key: string | number | null): ReferenceValue => ({
      kind: 'reference',
      target: idOf(address, key),
      path: [],
    });
    if (declared.count !== null) return list(keys(address).map(at));
    if (declared.forEach !== null) return object(keys(address).map((key) => [String(key), at(key)]));
    return at(null);
  }

  get #name(): string {
    return this.place.address === '' ? this.#around.stack : `${this.place.address} of ${this.#around.stack}`;
  }

  #once(name: string, evaluation: () => Value): Value {
    return this.#around.guard.once(this.#memo, name, () => `${name} of ${this.#name}`, evaluation);
  }
}

function isRemoteState({ target: { address } }: ReferenceValue): boolean {
  return /(?:^|\.)data\.terraform_remote_state\.[^.]*$/.test(address);
}

/** JSON of a plan is a value, and its strings are no templates. */
export function literalValue(node: JsonNode): Value {
  switch (node.kind) {
    case 'string':
      return string(node.value);
    case 'array':
      return list(node.items.map(literalValue));
    case 'object':
      return objectValue(node);
    case 'number':
    case 'boolean':
    case 'null':
      return evaluateNode(node, NO_NAMES);
  }
}

function objectValue({ members }: JsonObject): Value {
  return object(members.map(({ key, value }) => [key, literalValue(value)]));
}

const NO_NAMES: Scope = { root: () => NULL, attribute: () => NULL };
