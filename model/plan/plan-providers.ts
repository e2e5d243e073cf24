import type { Stack } from '../estate.ts';
import type { Scope } from '../expression/scope.ts';
import { locationOf } from '../json/location.ts';
import type { ProviderConfig } from '../resource.ts';
import { majorVersion } from '../synth/synth-metadata.ts';
import { objectField, objectsByKey, textField } from './json-fields.ts';
import { ConfiguredBody } from './plan-body.ts';
import type { PlanDocument } from './plan-document.ts';

/** The registry is no part of a provider's source: each of the two programs has its own, of the same providers. */
const REGISTRY = /^registry\.(?:terraform\.io|opentofu\.org)\//;

/** The provider configurations of one plan. */
export class PlanProviders {
  readonly #stack: string;
  readonly #configurations: ReadonlyMap<string, ProviderConfig>;
  readonly #majors = new Map<string, number | null>();
  readonly #required: Stack['requiredProviders'];

  /** `scopeOf`: how a module sees the expressions of its providers. */
  constructor(
    { configuration, input }: Pick<PlanDocument, 'configuration' | 'input'>,
    scopeOf: (module: string) => Scope,
  ) {
    this.#stack = input.name;
    const nodes = objectsByKey(objectField(configuration, 'provider_config'));
    const configurations = new Map<string, ProviderConfig>();
    for (const [key, node] of nodes) {
      const source = textField(node, 'full_name') ?? '';
      const major = majorVersion(textField(node, 'version_constraint'));
      this.#majors.set(source, major ?? this.#majors.get(source) ?? null);
      const expressions = objectField(node, 'expressions');
      const scope = scopeOf(textField(node, 'module_address') ?? '');
      configurations.set(key, {
        name: textField(node, 'name') ?? '',
        alias: textField(node, 'alias'),
        stack: input.name,
        body: expressions === null ? null : new ConfiguredBody(input.document, expressions, scope),
        location: locationOf(input.document, node.offset),
        source: withoutRegistry(source),
      });
    }
    this.#configurations = configurations;
    this.#required = new Map(
      Array.from(nodes.values(), (node) => [
        textField(node, 'name') ?? '',
        {
          source: withoutRegistry(textField(node, 'full_name') ?? ''),
          version: textField(node, 'version_constraint'),
        },
      ]),
    );
  }

  all(): readonly ProviderConfig[] {
    return [...this.#configurations.values()];
  }

  required(): Stack['requiredProviders'] {
    return this.#required;
  }

  majorOf(source: string): number | null {
    return this.#majors.get(source) ?? null;
  }

  /**
   * The configuration of a block; where there is none, or one of another provider than the object is made by, what is
   * known of the provider by name. `source` is empty where the plan does not say which it is.
   */
  of(block: { readonly providerKey: string } | null, type: string, source: string): ProviderConfig {
    // What is not configured any more, and has no block, is managed by a provider that the plan does not name.
    const found = block === null ? undefined : this.#configurations.get(block.providerKey);
    const own = withoutRegistry(source);
    if (found !== undefined && (source === '' || found.source === own)) return found;
    const name = source.split('/').at(-1) || (type.split('_', 1)[0] ?? type);
    const unnamed = { name, alias: null, stack: this.#stack, body: null, location: null };
    return source === '' ? unnamed : { ...unnamed, source: own };
  }
}

function withoutRegistry(source: string): string {
  return source.replace(REGISTRY, '');
}
