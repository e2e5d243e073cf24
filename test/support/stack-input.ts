import { readJson } from '../../model/json/read.ts';
import type { StackInput } from '../../model/synth/stack-declarations.ts';

/** A synthesised stack of one document. */
export function stackInput(name: string, document: object): StackInput {
  const bytes = new TextEncoder().encode(JSON.stringify(document));
  return {
    name,
    path: name,
    documents: [readJson(`${name}/cdk.tf.json`, bytes)],
    variables: new Map(),
    unreadVariableFiles: [],
    inputs: [],
  };
}
