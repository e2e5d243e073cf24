import { sha256 } from '../sha256.ts';
import type { JsonNode } from './json.ts';
import type { PlainJson } from './plain.ts';

/** Digits that tell one content from another in a message, which may show none of it. */
export const DIGEST_DIGITS = 12;

/** The first digits of the SHA-256 of what is written, whatever its place and its layout. */
export function digestOfNodes(nodes: readonly JsonNode[]): string {
  return digestOfPlain(nodes.map(asLists));
}

export function digestOfPlain(content: PlainJson): string {
  return sha256(JSON.stringify(content)).slice(0, DIGEST_DIGITS);
}

/** With every member, for Terraform reads a key that stands twice as two blocks. No deeper than the JSON reader allows. */
function asLists(node: JsonNode): PlainJson {
  switch (node.kind) {
    case 'null':
      return null;
    case 'boolean':
    case 'string':
      return node.value;
    case 'number':
      return { number: node.text };
    case 'array':
      return node.items.map(asLists);
    case 'object':
      return { members: node.members.map(({ key, value }) => [key, asLists(value)]) };
  }
}
