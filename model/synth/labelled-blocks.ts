import { InputError } from '../input-error.ts';
import type { JsonDocument, JsonNode, JsonObject } from '../json/json.ts';

/** One block of Terraform's JSON syntax: `resource.aws_s3_bucket.data`, with the place of its last label. */
export interface LabelledBlock {
  readonly labels: readonly string[];
  readonly body: JsonObject;
  readonly document: JsonDocument;
  readonly offset: number;
}

/**
 * The blocks below a top-level key that takes `depth` labels. As HCL's JSON syntax says, each level may be an object
 * or an array of objects, and a key that occurs twice means two blocks.
 * @throws InputError IN-SCHEMA where a level is of another type; Terraform rejects it as well.
 */
export function labelledBlocks(document: JsonDocument, node: JsonNode, depth: number): readonly LabelledBlock[] {
  const found: LabelledBlock[] = [];
  const visit = (level: JsonNode, labels: readonly string[], offset: number): void => {
    for (const object of objectsOf(document, level)) {
      if (labels.length === depth) {
        found.push({ labels, body: object, document, offset });
        continue;
      }
      for (const { key, keyOffset, value } of object.members) {
        if (key !== '//') visit(value, [...labels, key], keyOffset);
      }
    }
  };
  visit(node, [], node.offset);
  return found;
}

/** An object, or an array of objects, as the objects it stands for; `null` stands for none. */
export function objectsOf(document: JsonDocument, node: JsonNode): readonly JsonObject[] {
  switch (node.kind) {
    case 'object':
      return [node];
    case 'null':
      return [];
    case 'array':
      return node.items.flatMap((item) => (item.kind === 'object' ? [item] : refuse(document, item)));
    case 'string':
    case 'number':
    case 'boolean':
      return refuse(document, node);
  }
}

function refuse(document: JsonDocument, node: JsonNode): never {
  throw new InputError({
    code: 'IN-SCHEMA',
    path: document.file,
    location: { file: document.file, ...document.locate(node.offset) },
    what: `a ${node.kind} stands where Terraform expects a block`,
    why: 'Terraform rejects the file, so nothing in it can be judged',
    fix: 'Write an object, or an array of objects.',
  });
}
