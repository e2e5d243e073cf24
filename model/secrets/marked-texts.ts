import type { Stack } from '../estate.ts';
import type { JsonNode } from '../json/json.ts';
import type { Body } from '../resource.ts';
import type { Value } from '../value.ts';

/** What marks a value as sensitive in a configuration: the member of a declaration, or the function. */
const MARK = 'sensitive';

/** Whether anything in a configuration is marked as sensitive. Not recursive, so that no depth is too deep. */
export function marksAnything(roots: readonly JsonNode[]): boolean {
  const open: JsonNode[] = [...roots];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    switch (node.kind) {
      case 'string':
        if (node.value.includes('${') && node.value.includes(MARK)) return true;
        break;
      case 'object':
        for (const { key, value } of node.members) {
          if (key === MARK) return true;
          open.push(value);
        }
        break;
      case 'array':
        for (const item of node.items) open.push(item);
        break;
      case 'number':
      case 'boolean':
      case 'null':
        break;
    }
  }
  return false;
}

/** Adds every text and number of a stack whose value is marked as sensitive. */
export function addMarkedTexts(stack: Stack, texts: Set<string>): void {
  const { resources, dataSources, providers, backend, origin } = stack;
  const bodies: (Body | null)[] = [...providers.map(({ body }) => body), backend.body];
  // A plan says itself what of its objects is sensitive.
  if (origin === 'synth') bodies.push(...[...resources, ...dataSources].map(({ init }) => init.body));
  for (const body of bodies) {
    for (const name of body?.names ?? []) if (body !== null) addTexts(body.value(name), false, texts);
  }
}

/** Recursion is no deeper than the JSON reader allows. */
function addTexts(value: Value, isInside: boolean, texts: Set<string>): void {
  const isMarked = isInside || value.sensitive === true;
  switch (value.kind) {
    case 'string':
      if (isMarked) texts.add(value.value);
      break;
    case 'number':
      if (isMarked) texts.add(value.text);
      break;
    case 'list':
      for (const item of value.items) addTexts(item, isMarked, texts);
      break;
    case 'object':
      for (const item of value.entries.values()) addTexts(item, isMarked, texts);
      break;
    case 'template':
      for (const part of value.parts) if (isMarked && typeof part === 'string') texts.add(part);
      break;
    case 'reference':
    case 'unknown':
    case 'boolean':
    case 'null':
      break;
  }
}
