import type { JsonNode, JsonObject } from '../json/json.ts';
import { ConfiguredBlock } from './configured-block.ts';
import { fieldOf, objectField, objectsByKey, objectsIn } from './json-fields.ts';

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
  const blocks = objectsIn(node, 'resources').filter((block) => block instanceof ConfiguredBlock);
  return {
    blocks: new Map(blocks.map((block) => [block.address, block])),
    calls: new Map(calls),
    outputs: objectsByKey(objectField(node, 'outputs')),
    variables: objectsByKey(objectField(node, 'variables')),
  };
}
