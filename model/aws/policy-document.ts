import { InputError } from '../input-error.ts';
import type { JsonNode } from '../json/json.ts';
import { duplicatesWithin } from '../json/plain.ts';
import { readJson } from '../json/read.ts';
import type { Resource } from '../resource.ts';
import {
  asItems,
  boolean,
  describeHidden,
  display,
  type Hidden,
  isHidden,
  list,
  NULL,
  object,
  type ReferenceValue,
  string,
  type StringValue,
  type TemplateValue,
  unknown,
  type UnknownValue,
  type Value,
} from '../value.ts';
import { PolicyMerge, type PolicyParts } from './policy-merge.ts';
import { sourceDocument } from './policy-source.ts';
import { configuredStatement, hasPolicyVariable } from './policy-statement.ts';

/** Policy documents are small: IAM allows 6,144 characters, the largest resource policies some 20,000. */
const LIMITS = { maxDepth: 64, maxBytes: 1024 * 1024 };

/** Written for a hole while the text is parsed; no JSON text may hold this private-use character itself. */
const HOLE = '\ue000';

/**
 * The document that a data source `aws_iam_policy_document` renders, as the provider does it: defaults, merging by
 * `Sid`, single-element lists as strings, principal `*`. Unknown parts stay where they are; a hidden item of
 * `Statement` stands for any number of statements, also for one that others may replace.
 * `documentOf` gives the document of a source or override value; it must end on cycles and deep chains.
 */
export function renderPolicyDocument(source: Resource, documentOf: (nested: Value) => Value): Value {
  const merge = new PolicyMerge(source.address);
  for (const item of documentsOf(source, 'source_policy_documents', documentOf)) merge.addSource(item);

  const version = source.attribute('version');
  const statements = source.blocks('statement');
  const isOld = version.kind === 'string' && version.value === '2008-10-17';
  if (isOld && statements.items.some(({ value }) => hasPolicyVariable(value))) {
    return unknown('invalid', source.address, 'uses a policy variable, which version 2008-10-17 does not have');
  }
  merge.addOwn({
    version: version.kind === 'null' ? string('2012-10-17') : version,
    id: source.attribute('policy_id'),
    statements: [...statements.items.map(({ value }) => configuredStatement(value)), ...statements.open],
  });

  for (const item of documentsOf(source, 'override_policy_documents', documentOf)) merge.addOverride(item);
  return merge.document();
}

/**
 * The document in a string value. A template whose holes are references inside JSON strings is parsed around them;
 * a hole that is unknown could hold anything, also quotation marks, so then nothing of the document is known.
 */
export function parsePolicyTemplate(value: Value): Value {
  switch (value.kind) {
    case 'string':
      return marked(parsePolicyJson(value.value), value);
    case 'template':
      return marked(parseTemplate(value), value);
    case 'reference':
    case 'unknown':
    case 'null':
    case 'object':
      return value;
    case 'number':
    case 'boolean':
    case 'list':
      return unknown('invalid', display(value), 'is no policy document');
  }
}

/** The document in a JSON text; an `invalid` unknown when it is no JSON object or repeats a key. */
export function parsePolicyJson(text: string): Value {
  const root = readRoot(text);
  return 'reason' in root ? root : toValue(root, string);
}

function documentsOf(
  source: Resource,
  name: string,
  documentOf: (nested: Value) => Value,
): readonly (PolicyParts | Hidden)[] {
  const { items, open } = asItems(source.attribute(name));
  return [...items.filter(({ kind }) => kind !== 'null').map(documentOf), ...open].map(partsOf);
}

function partsOf(document: Value): PolicyParts | Hidden {
  if (isHidden(document)) return document;
  if (document.kind === 'object') return sourceDocument(document);
  return unknown('invalid', display(document), 'is no policy document');
}

function parseTemplate({ parts }: TemplateValue): Value {
  const holes: ReferenceValue[] = [];
  let text = '';
  for (const part of parts) {
    if (typeof part === 'string') {
      if (part.includes(HOLE)) return invalid(parts, 'holds a character that marks holes');
      text += part;
    } else if (part.kind === 'reference') {
      holes.push(part);
      text += HOLE;
    } else {
      return unknown(part.reason, part.expression, part.detail, referencesOf(parts));
    }
  }
  const root = readRoot(text);
  if ('reason' in root) return { ...root, references: holes };
  let next = 0;
  const value = toValue(root, (content) => {
    const pieces = content.split(HOLE);
    const filled: (string | ReferenceValue)[] = [];
    pieces.forEach((piece, index) => {
      const hole = index === 0 ? undefined : holes[next++];
      if (hole !== undefined) filled.push(hole);
      if (piece !== '') filled.push(piece);
    });
    return templateOf(filled);
  });
  return next === holes.length ? value : invalid(parts, 'has a hole in a key');
}

function templateOf(parts: readonly (string | ReferenceValue)[]): Value {
  const [only, ...more] = parts;
  if (only === undefined) return string('');
  if (more.length > 0) return { kind: 'template', parts };
  return typeof only === 'string' ? string(only) : only;
}

function readRoot(text: string): JsonNode | UnknownValue {
  try {
    const { root } = readJson('policy', new TextEncoder().encode(text), LIMITS);
    if (root.kind !== 'object') return unknown('invalid', 'policy document', 'is no JSON object');
    const [twice] = duplicatesWithin(root);
    if (twice === undefined) return root;
    return unknown('invalid', 'policy document', `has the key ${JSON.stringify(twice.again.key)} twice`);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return unknown('invalid', 'policy document', `is no JSON: ${error.problem.what}`);
  }
}

/** Recursive: the reader limits the depth. Strings are converted in document order. */
function toValue(node: JsonNode, convert: (content: string) => Value): Value {
  switch (node.kind) {
    case 'string':
      return convert(node.value);
    case 'number':
      return { kind: 'number', text: node.text };
    case 'boolean':
      return boolean(node.value);
    case 'null':
      return NULL;
    case 'array':
      return list(node.items.map((item) => toValue(item, convert)));
    case 'object':
      return object(node.members.map(({ key, value }) => [key, toValue(value, convert)]));
  }
}

function marked(document: Value, text: StringValue | TemplateValue): Value {
  return {
    ...document,
    ...(text.sensitive === undefined ? {} : { sensitive: text.sensitive }),
    ...(text.origin === undefined ? {} : { origin: text.origin }),
  };
}

function invalid(parts: TemplateValue['parts'], detail: string): UnknownValue {
  return unknown('invalid', describeHidden({ kind: 'template', parts }), detail, referencesOf(parts));
}

function referencesOf(parts: TemplateValue['parts']): readonly ReferenceValue[] {
  return parts.flatMap((part) =>
    typeof part === 'string' ? [] : part.kind === 'reference' ? [part] : part.references,
  );
}
