/**
 * A JSON document with everything that deciding over it needs and `JSON.parse` drops: duplicate keys, key order,
 * the text of numbers, and the place of every value. `offset` counts UTF-16 code units from the start of the text.
 */
export type JsonNode = JsonObject | JsonArray | JsonString | JsonNumber | JsonBoolean | JsonNull;

export interface JsonObject {
  readonly kind: 'object';
  readonly offset: number;
  /** In document order; a key may occur more than once. */
  readonly members: readonly JsonMember[];
}

export interface JsonMember {
  readonly key: string;
  readonly keyOffset: number;
  readonly value: JsonNode;
}

export interface JsonArray {
  readonly kind: 'array';
  readonly offset: number;
  readonly items: readonly JsonNode[];
}

export interface JsonString {
  readonly kind: 'string';
  readonly offset: number;
  readonly value: string;
}

export interface JsonNumber {
  readonly kind: 'number';
  readonly offset: number;
  /** As written; `9007199254740993` and `1e400` lose nothing. */
  readonly text: string;
}

export interface JsonBoolean {
  readonly kind: 'boolean';
  readonly offset: number;
  readonly value: boolean;
}

export interface JsonNull {
  readonly kind: 'null';
  readonly offset: number;
}

/** A document and the text positions in it refer to. */
export interface JsonDocument {
  readonly file: string;
  readonly root: JsonNode;
  /** Line and column, from 1, of an offset. */
  locate(offset: number): { readonly line: number; readonly column: number };
}
