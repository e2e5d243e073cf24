import { type Scope, untold } from '../expression/scope.ts';
import { list, object, type ObjectId, type ReferenceValue, unknown, type UnknownValue, type Value } from '../value.ts';
import type { EvaluationGuard } from '../evaluation-guard.ts';
import type { StackDeclarations } from './stack-declarations.ts';
import { evaluateNode } from './synth-body.ts';
import { variableValue } from './variable-value.ts';

/** The instances that a resource or data block declares. */
export type Instances =
  | { readonly kind: 'single'; readonly id: ObjectId }
  | { readonly kind: 'count'; readonly ids: readonly ObjectId[] }
  | { readonly kind: 'for-each'; readonly ids: ReadonlyMap<string, { readonly id: ObjectId; readonly value: Value }> }
  | { readonly kind: 'symbolic'; readonly why: UnknownValue };

/** What a stack's scope asks of the stack and the estate around it. */
export interface Surroundings {
  readonly guard: EvaluationGuard;
  /** What a resource or data block of the stack declares; null where there is none. */
  instances(address: string): Instances | null;
  /** The attribute of a resource of any stack, or null where it is not configured. */
  configured(reference: ReferenceValue, step: string | number): Value | null;
  /** A data source attribute that the estate can compute: outputs of another stack, partition, Region. */
  computed(reference: ReferenceValue, step: string | number): Value | null;
}

/** Names as the expressions of one stack see them. */
export class StackScope implements Scope {
  readonly stack: string;
  readonly #declarations: StackDeclarations;
  readonly #surroundings: Surroundings;
  readonly #memo = new Map<string, Value>();

  constructor(declarations: StackDeclarations, surroundings: Surroundings) {
    this.stack = declarations.input.name;
    this.#declarations = declarations;
    this.#surroundings = surroundings;
  }

  root(path: readonly string[]): Value {
    const [first = '', second = '', third = ''] = path;
    switch (first) {
      case 'var':
        return this.#once(`var.${second}`, () => this.#variable(second));
      case 'local':
        return this.#once(`local.${second}`, () => this.#local(second));
      case 'module':
        return unknown('module', `module.${second}`, 'comes from a module, which only the plan resolves');
      case 'data':
        return this.#object(`data.${second}.${third}`);
      default:
        return untold(path) ?? this.#object(`${first}.${second}`);
    }
  }

  attribute(reference: ReferenceValue, step: string | number): Value {
    const configured = this.#surroundings.configured(reference, step);
    const longer: ReferenceValue = { kind: 'reference', target: reference.target, path: reference.path.concat(step) };
    // The first name that a literal went by is the one that links it to its resource.
    if (configured !== null) return { ...configured, origin: configured.origin ?? longer };
    return this.#surroundings.computed(reference, step) ?? longer;
  }

  /** The value of an output of this stack. */
  output(name: string): Value {
    return this.#once(`output.${name}`, () => {
      const value = this.#declarations.outputs.get(name)?.body.members.findLast(({ key }) => key === 'value')?.value;
      if (value === undefined) {
        return unknown('missing-producer', `output.${name} of ${this.stack}`, 'is no output of that stack');
      }
      return evaluateNode(value, this);
    });
  }

  #variable(name: string): Value {
    const declared = this.#declarations.variables.get(name);
    const expression = `var.${name}`;
    if (declared === undefined) return unknown('invalid', expression, 'is not declared');
    const sensitive = declared.body.members.some(
      ({ key, value }) => key === 'sensitive' && (value.kind === 'boolean' ? value.value : value.kind === 'string'),
    );
    const given = this.#declarations.input.variables.get(name);
    const [unread] = this.#declarations.input.unreadVariableFiles;
    const value =
      given !== undefined
        ? variableValue(name, declared.body, given)
        : unknown(
            'variable',
            expression,
            unread === undefined
              ? 'has no value in this run (a default is not a value: Terraform may be given another); pass --var-file'
              : `may be set by ${unread}, which is not read; write it as JSON`,
          );
    return sensitive ? { ...value, sensitive: true } : value;
  }

  #local(name: string): Value {
    const local = this.#declarations.locals.get(name);
    if (local === undefined) return unknown('invalid', `local.${name}`, 'is not declared');
    return evaluateNode(local.member.value, this);
  }

  #object(address: string): Value {
    const instances = this.#surroundings.instances(address);
    if (instances === null) return unknown('missing-object', address, 'is not declared in the stack');
    switch (instances.kind) {
      case 'single':
        return reference(instances.id);
      case 'count':
        return list(instances.ids.map(reference));
      case 'for-each':
        return object(Array.from(instances.ids, ([key, { id }]) => [key, reference(id)]));
      case 'symbolic':
        return instances.why;
    }
  }

  #once(name: string, evaluation: () => Value): Value {
    return this.#surroundings.guard.once(this.#memo, name, () => `${name} of ${this.stack}`, evaluation);
  }
}

function reference(target: ObjectId): ReferenceValue {
  return { kind: 'reference', target, path: [] };
}
