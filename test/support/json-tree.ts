/** JSON as values, and the changes to it that a mutation makes; nothing is changed in place. */
export type Json = string | number | boolean | null | readonly Json[] | JsonRecord;
export interface JsonRecord {
  readonly [key: string]: Json;
}
export type JsonPath = readonly (string | number)[];

/** A deep copy in which every `undefined` and every class is gone. */
export function jsonOf(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

export function isRecord(json: Json | undefined): json is JsonRecord {
  return typeof json === 'object' && json !== null && !isArray(json);
}

export function isArray(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json);
}

/** The record itself, or an empty one where there is none. */
export function recordOf(json: Json | undefined): JsonRecord {
  return isRecord(json) ? json : {};
}

export function valueAt(json: Json, path: JsonPath): Json | undefined {
  let current: Json | undefined = json;
  for (const step of path) {
    if (isArray(current) && typeof step === 'number') current = current[step];
    else if (isRecord(current) && Object.hasOwn(current, step)) current = current[step];
    else return undefined;
  }
  return current;
}

/** With the value at the path replaced; missing objects on the way are made. */
export function withValue(json: Json, path: JsonPath, value: Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (isArray(json)) return json.map((item, index) => (index === step ? withValue(item, rest, value) : item));
  const record = recordOf(json);
  return { ...record, [step]: withValue(record[step] ?? {}, rest, value) };
}

/** Without the member or the item at the path. */
export function withoutValue(json: Json, path: JsonPath): Json {
  const [step, ...rest] = path;
  if (step === undefined) return json;
  const isLast = rest.length === 0;
  if (isArray(json)) {
    return json.flatMap((item, index) => (index !== step ? [item] : isLast ? [] : [withoutValue(item, rest)]));
  }
  if (!isRecord(json)) return json;
  return Object.fromEntries(
    Object.entries(json).flatMap(([key, item]) =>
      key !== String(step) ? [[key, item]] : isLast ? [] : [[key, withoutValue(item, rest)]],
    ),
  );
}

/** With every string changed, those of keys excepted. */
export function mapStrings(json: Json, change: (text: string) => string): Json {
  if (typeof json === 'string') return change(json);
  if (isArray(json)) return json.map((item) => mapStrings(item, change));
  if (!isRecord(json)) return json;
  return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, mapStrings(item, change)]));
}
