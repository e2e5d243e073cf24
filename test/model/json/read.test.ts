import { isUtf8 } from 'node:buffer';
import { array, assert, constantFrom, jsonValue, nat, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../model/input-error.ts';
import type { JsonDocument, JsonNode } from '../../../model/json/json.ts';
import type { TakenItem } from '../../../model/json/parse.ts';
import { duplicatesWithin, toPlain } from '../../../model/json/plain.ts';
import { DEFAULT_JSON_LIMITS, readJson, readJsonStream } from '../../../model/json/read.ts';
import { formatLocation } from '../../../model/source.ts';
import { BAD_JSON } from '../../corpus/bad-json.ts';

describe('a document in pieces', () => {
  const cuts = array(nat(700), { maxLength: 40 });

  it('is the document in one piece, whatever the pieces', () => {
    const sample = Buffer.from(sampleOfFourKilobytes().slice(0, 600));
    const mutation = tuple(nat(sample.length - 1), nat(255), nat(3));
    const text = array(mutation, { maxLength: 3 });
    assert(
      property(text, jsonValue(), cuts, (mutations, value, at) => {
        const mutated = Array.from(sample);
        for (const [place, byte, removed] of mutations) mutated.splice(place, removed, byte);
        for (const bytes of [Uint8Array.from(mutated), Buffer.from(JSON.stringify(value, null, 1))]) {
          expect(readingOf([bytes].flatMap((whole) => piecesOf(whole, at)))).toEqual(readingOf([bytes]));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('gives what is taken as it stands, and goes on behind it', () => {
    const text = '{"a":{"list":[{"b":"]}\\""},{"c":[1,{}]} ,{}]},"list":[{"d":1}],"e":[2]}';
    assert(
      property(cuts, (at) => {
        const taken: unknown[] = [];
        const taker = {
          takes: (keys: readonly string[]) => keys.join('.') === 'a.list',
          take: (item: TakenItem): JsonNode | null => {
            taken.push([item.text, item.members, text.indexOf(item.text) === item.offset]);
            return null;
          },
        };
        const { root } = readJsonStream('x.json', piecesOf(Buffer.from(text), at), {
          limits: DEFAULT_JSON_LIMITS,
          taker,
        });
        expect(taken).toEqual([
          ['{"b":"]}\\""}', 1, true],
          ['{"c":[1,{}]}', 1, true],
          ['{}', 0, false],
        ]);
        expect(toPlain(root)).toEqual({ a: { list: [] }, list: [{ d: 1 }], e: [2] });
      }),
    );
  });

  it('is refused where an item that is taken does not end, or nests too deep', () => {
    const taker = { takes: () => true, take: () => null };
    const read = (text: string) => () =>
      readJsonStream('x.json', [Buffer.from(text)], { limits: { maxDepth: 4, maxBytes: 999 }, taker });
    expect(read('[{"a":[[1]]}]')).not.toThrow();
    expect(read('[{"a":[[[1]]]}]')).toThrow('IN-DEPTH x.json:1:9 nesting deeper than 4 levels');
    expect(read('[{"a":1')).toThrow('IN-PARSE x.json:1:8 the end of the input inside an object or array');
    expect(read('[{"a":"1}]')).toThrow('the end of the input inside a string');
    expect(read('[{} {}]')).toThrow('expected "," or "]", found "{"');
    expect(read('[{},]')).toThrow('expected a JSON value');
  });
});

/** Bytes cut at places, of which those beyond the end cut nothing. */
function piecesOf(bytes: Uint8Array, at: readonly number[]): readonly Uint8Array[] {
  const places = [0, ...at.toSorted((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}

function readingOf(chunks: readonly Uint8Array[]): unknown {
  try {
    return readJsonStream('x.json', chunks, { limits: DEFAULT_JSON_LIMITS }).root;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    // Of two faults it is the first in one piece that is told; formats show in the first bytes.
    return isUtf8(Buffer.concat(chunks)) && error.problem.code !== 'IN-UTF16' ? error.problem : 'refused';
  }
}

describe('what is refused', () => {
  it.each(BAD_JSON)('$name: $code', ({ bytes, code, at }) => {
    const { problem } = refusalOf(bytes);
    expect(problem.code).toBe(code);
    expect(problem.path).toBe('cdk.tf.json');
    expect(problem.location === undefined ? null : formatLocation(problem.location)).toBe(
      at === null ? null : `cdk.tf.json:${at}`,
    );
    for (const part of [problem.what, problem.why, problem.fix]) expect(part).toMatch(/^[\x20-\x7e]{10,}$/);
  });

  it('names the character that stands in the way', () => {
    expect(refusalOf('{"a":1,}').message).toBe(
      'IN-PARSE cdk.tf.json:1:8 expected a key in double quotes, found "}"; the file is not one complete JSON ' +
        'document, so Terraform refuses it. Fix: Write the file again with the tool that made it; do not edit it by hand.',
    );
    expect(refusalOf('[\u202e]').problem.what).toBe('expected a JSON value, found U+202E');
    expect(refusalOf('["a').problem.what).toBe('the end of the input inside a string');
  });

  it('keeps the error of the decoder as the cause', () => {
    expect(refusalOf(Buffer.from([0x22, 0xff, 0x22])).cause).toBeInstanceOf(TypeError);
  });

  it('refuses a document that is cut at any byte', () => {
    const bytes = Buffer.from(sampleOfFourKilobytes());
    expect(bytes.length).toBeGreaterThan(4096);
    expect(readJson('cdk.tf.json', bytes).root.kind).toBe('object');
    for (let end = 0; end < bytes.length; end++) refusalOf(bytes.subarray(0, end));
  });

  it('refuses with nothing but an InputError whatever bytes change', () => {
    const sample = Buffer.from(sampleOfFourKilobytes().slice(0, 600));
    const mutation = tuple(nat(sample.length - 1), nat(255), nat(3));
    assert(
      property(array(mutation, { minLength: 1, maxLength: 8 }), (mutations) => {
        const bytes = Array.from(sample);
        for (const [at, byte, removed] of mutations) bytes.splice(at, removed, byte);
        expect(['accepted', 'refused']).toContain(outcomeOf(Uint8Array.from(bytes)));
      }),
      { numRuns: 3000 },
    );
  });

  it('agrees with JSON.parse on what JSON is', () => {
    const fragments = ['{', '}', '[', ']', ',', ':', '"a"', '"\\u00e9"', '1', '-0', '1.5e3', '01', 'true', 'null', ' '];
    assert(
      property(array(constantFrom(...fragments), { minLength: 1, maxLength: 9 }), (parts) => {
        const text = parts.join('');
        expect(accepts(() => readJson('x.json', Buffer.from(text)))).toBe(accepts(() => JSON.parse(text)));
      }),
      { numRuns: 20_000 },
    );
  });
});

describe('limits', () => {
  it('accepts the deepest nesting that the limit allows', () => {
    expect(readJson('x.json', nested(512)).root.kind).toBe('array');
    expect(refusalOf(nested(513)).problem.code).toBe('IN-DEPTH');
    expect(readJson('x.json', nested(100_000), { maxDepth: 100_000, maxBytes: 1e6 }).root.kind).toBe('array');
  });

  it('refuses more bytes than the limit before it looks at them', () => {
    const error = refusalOf(Buffer.from('[1]'), { maxDepth: 512, maxBytes: 2 });
    expect(error.problem).toMatchObject({
      code: 'IN-TOOLARGE',
      what: 'the file has 3 bytes, more than the limit of 2',
    });
    expect(readJson('x.json', Buffer.from('[1]'), { maxDepth: 512, maxBytes: 3 }).root.kind).toBe('array');
  });

  it('refuses one value of more text than a string can hold, whatever the limit', () => {
    const limits = { maxDepth: 512, maxBytes: Number.MAX_SAFE_INTEGER };
    const bytes = new Uint8Array(0x1fffffe9).fill(0x61);
    bytes[0] = 0x22;
    expect(refusalOf(bytes, limits).problem).toMatchObject({
      code: 'IN-PARSE',
      what: 'a value of more than 268435456 characters',
    });
  });

  it('reads a million members and a million items', () => {
    const members = readJson('x.json', Buffer.from(`{${'"a":1,'.repeat(999_999)}"a":1}`)).root;
    expect(members.kind === 'object' && members.members.length).toBe(1_000_000);
    const items = readJson('x.json', Buffer.from(`[${'0,'.repeat(999_999)}0]`)).root;
    expect(items.kind === 'array' && items.items.length).toBe(1_000_000);
  });
});

describe('what is kept', () => {
  it('keeps duplicate keys, their order and their places', () => {
    const root = objectOf(read('{"resource": {"a": 1},\n "\\u0072esource": {"b": 2}}'));
    expect(root.members.map(({ key, keyOffset }) => [key, keyOffset])).toEqual([
      ['resource', 1],
      ['resource', 24],
    ]);
  });

  it('keeps numbers as they are written', () => {
    const root = read('[9007199254740993, 1e400, -0, 1.50, 2E-3]').root;
    expect(root.kind === 'array' && root.items.map((item) => item.kind === 'number' && item.text)).toEqual([
      '9007199254740993',
      '1e400',
      '-0',
      '1.50',
      '2E-3',
    ]);
  });

  it('gives every kind of value its offset', () => {
    expect(read('[ {"k" : []}, "s", 7, true, false, null, {} ]').root).toEqual({
      kind: 'array',
      offset: 0,
      items: [
        {
          kind: 'object',
          offset: 2,
          members: [{ key: 'k', keyOffset: 3, value: { kind: 'array', offset: 9, items: [] } }],
        },
        { kind: 'string', offset: 14, value: 's' },
        { kind: 'number', offset: 19, text: '7' },
        { kind: 'boolean', offset: 22, value: true },
        { kind: 'boolean', offset: 28, value: false },
        { kind: 'null', offset: 35 },
        { kind: 'object', offset: 41, members: [] },
      ],
    });
  });

  it('counts lines from 1 and columns in UTF-16 code units', () => {
    const document = read('{\r\n  "\u{1f512}": 1,\n\n  "b": 2}');
    const [first, second] = objectOf(document).members;
    expect(document.locate(0)).toEqual({ line: 1, column: 1 });
    expect(document.locate(first?.value.offset ?? -1)).toEqual({ line: 2, column: 9 });
    expect(document.locate(second?.keyOffset ?? -1)).toEqual({ line: 4, column: 3 });
  });

  it.each([
    ['"\\ud800"', '\ufffd'],
    ['"\\ud800A"', '\ufffdA'],
    ['"\\udc00\\ud800"', '\ufffd\ufffd'],
    ['"\\ud800\\ud83d\\ude00"', '\ufffd\u{1f600}'],
    ['"\\ud83d\\ude00"', '\u{1f600}'],
    ['"\\u0000\\b\\f\\n\\r\\t\\/\\\\\\""', '\0\b\f\n\r\t/\\"'],
    ['"\u007f\u2028\ufffe"', '\u007f\u2028\ufffe'],
  ])('reads the string %s as Terraform does', (text, value) => {
    expect(read(text).root).toEqual({ kind: 'string', offset: 0, value });
  });

  it('replaces a lone surrogate in a key', () => {
    expect(objectOf(read('{"\\udfff": 1}')).members[0]?.key).toBe('\ufffd');
  });

  it('reads what JSON.parse reads, at any indentation', () => {
    assert(
      property(jsonValue(), nat(3), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const { root } = read(text);
        expect(duplicatesWithin(root)).toEqual([]);
        expect(JSON.stringify(toPlain(root))).toBe(JSON.stringify(JSON.parse(text)));
      }),
      { numRuns: 2000 },
    );
  });

  it('reads any string that can be written', () => {
    assert(
      property(string({ unit: 'binary' }), (value) => {
        expect(read(JSON.stringify(value)).root).toMatchObject({ value });
        const escaped = value.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
        expect(read(`"${escaped}"`).root).toMatchObject({ value });
      }),
      { numRuns: 2000 },
    );
  });
});

function read(text: string): JsonDocument {
  return readJson('cdk.tf.json', Buffer.from(text));
}

function objectOf({ root }: { readonly root: JsonNode }) {
  if (root.kind !== 'object') throw new Error(`expected an object, found ${root.kind}`);
  return root;
}

function refusalOf(input: string | Uint8Array, limits?: Parameters<typeof readJson>[2]): InputError {
  try {
    readJson('cdk.tf.json', typeof input === 'string' ? Buffer.from(input) : input, limits);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('the input was accepted');
}

function outcomeOf(bytes: Uint8Array): unknown {
  try {
    readJson('cdk.tf.json', bytes);
    return 'accepted';
  } catch (error) {
    return error instanceof InputError ? 'refused' : error;
  }
}

function nested(depth: number): Uint8Array {
  return Buffer.from('['.repeat(depth) + ']'.repeat(depth));
}

function accepts(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

function sampleOfFourKilobytes(): string {
  const buckets = Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`ledger_${index}`, bucket(index)]));
  return JSON.stringify({ resource: { aws_s3_bucket: buckets } }, null, 2);
}

function bucket(index: number): unknown {
  return {
    bucket: `ledger-${index}-\u00e5\u{1f512}`,
    versioning: [{ enabled: true, mfa_delete: null }],
    days: 1.5e3,
    policy: JSON.stringify({ Statement: [{ Effect: 'Deny', Principal: '*' }] }),
  };
}
