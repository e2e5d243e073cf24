import { type BodyShape, BodyValues } from '../body-shape.ts';
import type { EvaluationGuard } from '../evaluation-guard.ts';
import type { Scope } from '../expression/scope.ts';
import type { JsonDocument, JsonNode, JsonObject } from '../json/json.ts';
import { locationOf } from '../json/location.ts';
import type { Body, Path } from '../resource.ts';
import type { SourceLocation } from '../source.ts';
import { isHidden, NULL, unknown, type Value } from '../value.ts';
import { fieldOf } from './json-fields.ts';
import type { PlannedValues } from './planned-object.ts';
import { plannedValue } from './planned-value.ts';
import { asSensitive, type Written, writtenAs } from './written.ts';

/** What the bodies of one plan have in common. */
export interface PlanOfBodies {
  readonly document: JsonDocument;
  readonly guard: EvaluationGuard;
  readonly stack: string;
  /** Texts that are sensitive somewhere in the plan, and so everywhere. */
  readonly secrets: ReadonlySet<string>;
}

export interface PlanBodyContext {
  readonly plan: PlanOfBodies;
  readonly address: string;
  readonly type: string;
  /** Null where the plan shows no configuration, as for what is destroyed. */
  readonly configured: { readonly expressions: JsonObject; readonly writeOnly: readonly string[] } | null;
  readonly scope: Scope;
  readonly isNew: boolean;
  /** The same object as it was synthesised, where that is among the inputs. */
  readonly twin: Body | null;
}

/** Where the text of an object has its values, and what it says of them. */
interface Nodes {
  readonly known: JsonObject;
  readonly hidden: JsonNode | null;
  readonly sensitive: JsonNode | null;
}

function nodesOf({ known, unknown: hidden, sensitive }: PlannedValues): Nodes {
  return { known, hidden, sensitive };
}

/** The values that an object has once its plan is applied, or had before. */
export class PlanBody implements Body {
  readonly #values: PlannedValues;
  // In place of the context, since there are as many as a plan has resources.
  readonly #plan: PlanOfBodies;
  readonly #address: string;
  readonly #type: string;
  readonly #configured: PlanBodyContext['configured'];
  readonly #scope: Scope;
  readonly #isNew: boolean;
  readonly #twin: Body | null;
  #kept: BodyValues | null = null;
  #isReadAhead = false;

  constructor(values: PlannedValues, { plan, address, type, configured, scope, isNew, twin }: PlanBodyContext) {
    this.#values = values;
    this.#plan = plan;
    this.#address = address;
    this.#type = type;
    this.#configured = configured;
    this.#scope = scope;
    this.#isNew = isNew;
    this.#twin = twin;
  }

  get names(): readonly string[] {
    const names = this.#values.shape?.names ?? [];
    const writeOnly = this.#configured?.writeOnly ?? [];
    return writeOnly.length === 0 ? names : [...new Set([...names, ...writeOnly])];
  }

  value(name: string): Value {
    const { guard } = this.#plan;
    const { shape } = this.#values;
    // Everything about the object, or its absence, is known only after apply.
    if (shape === null) return unknown('operation', `${this.#address}.${name}`, 'is known after apply');
    const place = shape.places.get(name);
    if (place === undefined) return this.#writeOnly(name);
    const value = this.#valueAt(shape, name, place, null);
    // The text of an object is read once for all its values: another reading for each would take longer.
    if (guard.isReady && !this.#isReadAhead) {
      this.#isReadAhead = true;
      const nodes = nodesOf(this.#values);
      for (const [other, at] of shape.places) this.#valueAt(shape, other, at, nodes);
    }
    return value;
  }

  locate(path: Path): SourceLocation {
    if (this.#twin !== null) return this.#twin.locate(path);
    let node: JsonNode = this.#values.known;
    let { offset } = node;
    for (const step of path) {
      if (node.kind === 'array' && typeof step === 'string' && node.items.length === 1) node = node.items[0] ?? node;
      const next: JsonNode | null =
        node.kind === 'object'
          ? fieldOf(node, String(step))
          : node.kind === 'array' && typeof step === 'number'
            ? (node.items[step] ?? null)
            : null;
      if (next === null) break;
      node = next;
      offset = next.offset;
    }
    return locationOf(this.#plan.document, offset);
  }

  #valueAt(shape: BodyShape, name: string, place: number, nodes: Nodes | null): Value {
    const kept = (this.#kept ??= new BodyValues(shape));
    const known = kept.at(place);
    // Of millions of readings nearly all end here, without a function made for them.
    return known !== undefined && !this.#plan.guard.isTangled ? known : this.#valueOnce(kept, name, nodes);
  }

  #valueOnce(kept: BodyValues, name: string, nodes: Nodes | null): Value {
    const { guard, stack } = this.#plan;
    return guard.once(
      kept,
      name,
      () => `${this.#address}.${name} of ${stack}`,
      () => this.#evaluate(name, nodes ?? nodesOf(this.#values)),
    );
  }

  #evaluate(name: string, { known, hidden, sensitive }: Nodes): Value {
    const { stack, secrets } = this.#plan;
    const label = `${this.#address}.${name}`;
    const value = plannedValue({
      known: fieldOf(known, name),
      unknown: hidden?.kind === 'object' ? fieldOf(hidden, name) : null,
      sensitive: sensitive?.kind === 'object' ? fieldOf(sensitive, name) : sensitive,
      written: this.#written(name),
      argument: name,
      label,
      type: this.#type,
      path: name,
      stack,
      secrets,
      twins: this.#twin === null ? null : [this.#twin.value(name)],
      isNew: this.#isNew,
      isTop: true,
    });
    return isHidden(value) || value.kind !== 'null' ? value : NULL;
  }

  /** What is written, since the plan has no value of it: known where JSON writes it out, and never told. */
  #writeOnly(name: string): Value {
    if (this.#configured?.writeOnly.includes(name) !== true) return NULL;
    const label = `${this.#address}.${name}`;
    const { guard, stack } = this.#plan;
    const value = guard.evaluate(`${label} of ${stack}`, () => valueOf(this.#written(name), label));
    return value.kind === 'null' ? NULL : asSensitive(value);
  }

  #written(name: string): Written {
    const configured = this.#configured;
    return configured === null ? { kind: 'hidden' } : writtenAs(fieldOf(configured.expressions, name), this.#scope);
  }
}

/** The arguments of a provider, which a plan shows as they are written. */
export class ConfiguredBody implements Body {
  readonly names: readonly string[];
  readonly #expressions: JsonObject;
  readonly #document: JsonDocument;
  readonly #scope: Scope;

  constructor(document: JsonDocument, expressions: JsonObject, scope: Scope) {
    this.#expressions = expressions;
    this.#document = document;
    this.#scope = scope;
    this.names = expressions.members.map(({ key }) => key);
  }

  value(name: string): Value {
    return valueOf(writtenAs(fieldOf(this.#expressions, name), this.#scope), name);
  }

  locate([name]: Path): SourceLocation {
    const member = this.#expressions.members.find(({ key }) => key === String(name));
    return locationOf(this.#document, member?.keyOffset ?? this.#expressions.offset);
  }
}

/** What is written, where the plan has no value besides. Of HCL a lone mention is no more than that. */
export function valueOf(written: Written, label: string): Value {
  switch (written.kind) {
    case 'none':
      return NULL;
    case 'exact':
      return written.value;
    case 'hidden':
      return unknown('operation', label, 'is an expression that plans do not show');
    case 'mentions': {
      const { text, values } = written;
      const references = values.flatMap((value) => (value.kind === 'reference' ? [value] : []));
      return unknown(
        'operation',
        text === '' ? label : text,
        'is mentioned in an expression that plans do not show',
        references,
      );
    }
    case 'block':
      return {
        kind: 'object',
        entries: new Map(
          written.node.members.map(({ key, value }) => [
            key,
            valueOf(writtenAs(value, written.scope), `${label}.${key}`),
          ]),
        ),
      };
    case 'blocks':
      return { kind: 'list', items: written.items.map((item) => valueOf(item, label)) };
  }
}
