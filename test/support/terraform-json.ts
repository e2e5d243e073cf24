import type { Estate } from '../../model/estate.ts';
import { readJson } from '../../model/json/read.ts';
import type { Resource } from '../../model/resource.ts';
import { parseEstate } from '../../model/synth/estate.ts';

/** An estate of stacks written as JSON values, or as text where duplicate keys matter. */
export function estateFrom(
  stacks: { readonly [name: string]: unknown },
  variables: { readonly [name: string]: unknown } = {},
): Estate {
  return parseEstate({
    stacks: Object.entries(stacks).map(([name, json]) => ({
      name,
      path: name,
      documents: [document(`${name}/cdk.tf.json`, typeof json === 'string' ? json : JSON.stringify(json, null, 2))],
      variables: new Map(
        Object.entries(variables).map(([variable, value]) => [
          variable,
          document('run.tfvars.json', JSON.stringify(value)).root,
        ]),
      ),
      unreadVariableFiles: [],
      inputs: [],
    })),
    problems: [],
    declaredStacks: Object.keys(stacks),
  });
}

/** A resource that the test knows to be there. */
export function resourceIn(estate: Estate, stack: string, address: string): Resource {
  const resource = estate.find({ stack, address });
  if (resource === null) throw new TypeError(`there is no ${address} in ${stack}`);
  return resource;
}

function document(file: string, text: string) {
  return readJson(file, new TextEncoder().encode(text));
}
