import type { JsonNode, JsonObject } from '../json/json.ts';
import { fieldOf, objectField, objectsByKey, objectsIn, textField } from './json-fields.ts';

/** One block of a resource or data source, with its expressions as the plan shows them. */
export interface ConfiguredBlock {
  readonly node: JsonObject;
  readonly expressions: JsonObject;
  readonly count: JsonNode | null;
  readonly forEach: JsonNode | null;
  readonly providerKey: string;
  readonly hasProvisioner: boolean;
}

export interface ConfiguredCall {
  readonly module: ConfiguredModule;
  readonly expressions: JsonObject | null;
  readonly count: JsonNode | null;
  readonly forEach: JsonNode | null;
}

/** A module as it is written, whatever its number of instances. */
export interface ConfiguredModule {
  /** By address without the module: `aws_vpc.main`, `data.aws_region.here`. */
  readonly blocks: ReadonlyMap<string, ConfiguredBlock>;
  readonly calls: ReadonlyMap<string, ConfiguredCall>;
  readonly outputs: ReadonlyMap<string, JsonObject>;
  readonly variables: ReadonlyMap<string, JsonObject>;
}

const NO_MODULE: ConfiguredModule = { blocks: new Map(), calls: new Map(), outputs: new Map(), variables: new Map() };

/** The modules of `configuration`. The JSON reader limits how deep they can nest. */
export function configuredRoot(configuration: JsonObject): ConfiguredModule {
  const root = objectField(configuration, 'root_module');
  return root === null ? NO_MODULE : configuredModule(root);
}

function configuredModule(node: JsonObject): ConfiguredModule {
  const calls = Array.from(objectsByKey(objectField(node, 'module_calls')), ([name, call]) => {
    const module = objectField(call, 'module');
    return [
      name,
      {
        module: module === null ? NO_MODULE : configuredModule(module),
        expressions: objectField(call, 'expressions'),
        count: fieldOf(call, 'count_expression'),
        forEach: fieldOf(call, 'for_each_expression'),
      },
    ] as const;
  });
  const blocks = objectsIn(node, 'resources').map(
    (block) => [textField(block, 'address') ?? '', blockOf(block)] as const,
  );
  return {
    blocks: new Map(blocks),
    calls: new Map(calls),
    outputs: objectsByKey(objectField(node, 'outputs')),
    variables: objectsByKey(objectField(node, 'variables')),
  };
}

function blockOf(node: JsonObject): ConfiguredBlock {
  const provisioners = fieldOf(node, 'provisioners');
  return {
    node,
    // A block without arguments has none to show.
    expressions: objectField(node, 'expressions') ?? { kind: 'object', offset: node.offset, members: [] },
    count: fieldOf(node, 'count_expression'),
    forEach: fieldOf(node, 'for_each_expression'),
    providerKey: textField(node, 'provider_config_key') ?? '',
    hasProvisioner: provisioners?.kind === 'array' && provisioners.items.length > 0,
  };
}
