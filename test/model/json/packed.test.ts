import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonMember, JsonNode } from '../../../model/json/json.ts';
import { PackedObject, PackedTexts, withoutHead, withoutNulls, withoutTail } from '../../../model/json/packed.ts';
import { parseText } from '../../../model/json/parse.ts';
import { Recent } from '../../../model/recent.ts';

const text = fc.string({
  unit: fc.constantFrom('a', '"', '\\', ':null,', '"x":null,', '{', '}', '\n', 'é', '😀', '\0'),
});
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    text,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 5 }),
  ),
})).value;
const object = fc.dictionary(text, value, { maxKeys: 6 });

describe('a packed object', () => {
  it('reads as the object that it was, at its place', () => {
    fc.assert(
      fc.property(object, fc.nat(1000), (given, offset) => {
        const written = JSON.stringify(given);
        const texts = new PackedTexts(new Recent(2));
        expect(deep(new PackedObject(texts.pack(written), offset))).toEqual(deep(parsed(written), offset));
      }),
    );
  });

  it('reads without members that are null, and all else at its place', () => {
    fc.assert(
      fc.property(object, fc.nat(1000), (given, offset) => {
        const written = JSON.stringify(given);
        const texts = new PackedTexts(new Recent(2));
        const packed = new PackedObject(texts.pack(withoutNulls(written)), offset);
        expect(presentIn(deep(packed))).toEqual(presentIn(deep(parsed(written), offset)));
      }),
    );
  });

  it('reads without its first members that are strings, and all else at its place', () => {
    fc.assert(
      fc.property(object, fc.boolean(), fc.nat(1000), (given, keepsNulls, offset) => {
        const written = JSON.stringify(given);
        const text = keepsNulls ? written : withoutNulls(written);
        const texts = new PackedTexts(new Recent(2));
        const { members } = new PackedObject(texts.pack(text), offset);
        const rest = new PackedObject(texts.pack(withoutHead(text)), offset).members;
        const head = members.slice(0, members.length - rest.length);
        expect(head.every(({ value: of }) => of.kind === 'string')).toBe(true);
        expect(rest.map(placed)).toEqual(members.slice(head.length).map(placed));
      }),
    );
  });

  it('leaves out its first members that are strings', () => {
    const texts = new PackedTexts(new Recent(2));
    const written = '{"a":"\\"","b":":\\\\","c":{"d":"e"},"f":"g"}';
    const packed = new PackedObject(texts.pack(withoutHead(written)), 0);
    expect(packed.members.map(({ key, keyOffset }) => [key, keyOffset])).toEqual([
      ['c', written.indexOf('"c"')],
      ['f', written.indexOf('"f"')],
    ]);
  });

  it('leaves out the last members of the object that ends it', () => {
    const texts = new PackedTexts(new Recent(2));
    const members = /,"marks":\{\}$/;
    const packed = (written: string) => new PackedObject(texts.pack(withoutTail(written, members)), 0);
    const [first, change] = packed('{"a":1,"change":{"after":{},"marks":{}}}').members;
    expect([first?.key, change?.key]).toEqual(['a', 'change']);
    expect(change?.value.kind === 'object' ? change.value.members.map(({ key }) => key) : []).toEqual(['after']);
    // Neither of an object further in, nor before other members.
    for (const other of ['{"change":{"after":{"b":1,"marks":{}}}}', '{"change":{"b":1,"marks":{},"c":2}}']) {
      expect(withoutTail(other, members)).toBe(other);
    }
  });

  it('leaves out what is null, wherever it stands', () => {
    const texts = new PackedTexts(new Recent(2));
    const written = '{"a":null,"b":{"c":null,"d":1,"e":null},"f":"\\"g\\":null,","h":null}';
    const packed = new PackedObject(texts.pack(withoutNulls(written)), 0);
    expect(packed.members.map(({ key }) => key)).toEqual(['b', 'f']);
    expect(JSON.stringify(packed.members.map(({ value: node }) => deep(node)))).not.toContain('null}');
  });

  it('leaves out nothing that only looks like null', () => {
    const texts = new PackedTexts(new Recent(2));
    for (const written of [
      '{"a,": ":null,","b":1}',
      '{"a": ":null,","b":":null,"}',
      '{"k\\"abc":null,"a":1}',
      '{"a":"{\\"abc\\":null,\\"b\\":null}","c":2}',
      '{"":null,"a b":null,"c":3}',
      '{"a": null ,"b":null ,"c":4}',
    ]) {
      expect(withoutNulls(written)).toBe(written);
      expect(deep(new PackedObject(texts.pack(written), 0))).toEqual(deep(parsed(written)));
    }
  });

  it('is read again after it was forgotten', () => {
    const texts = new PackedTexts(new Recent(1));
    const [first, second] = ['{"a":1}', '{"b":2}'].map((written) => new PackedObject(texts.pack(written), 0));
    const members = first?.members;
    expect(second?.members).toHaveLength(1);
    expect(first?.members).toEqual(members);
    expect(first?.members).not.toBe(members);
  });

  it('leaves out what is null beside the longest of strings', () => {
    const texts = new PackedTexts(new Recent(2));
    for (const blob of ['x'.repeat(3_000_000), 'a\n'.repeat(3_000_000)]) {
      const packed = new PackedObject(texts.pack(withoutNulls(JSON.stringify({ blob, a: null }))), 0);
      expect(packed.members.map(({ key }) => key)).toEqual(['blob']);
    }
  });

  it('holds texts of any length', () => {
    const texts = new PackedTexts(new Recent(8));
    const written = [3, 2_000_000, 5].map((length) => JSON.stringify({ a: 'é'.repeat(length) }));
    const packed = written.map((one) => new PackedObject(texts.pack(one), 0));
    expect(packed.map((one) => deep(one))).toEqual(written.map((one) => deep(parsed(one))));
  });
});

function parsed(written: string): JsonNode {
  const result = parseText(written, 512);
  if (result.kind === 'failure') throw new TypeError(result.what);
  return result.root;
}

function placed({ key, keyOffset, value: of }: JsonMember): unknown {
  return [key, keyOffset, deep(of)];
}

/** The whole of a value, with its places moved. */
function deep(node: JsonNode, by = 0): unknown {
  const offset = node.offset + by;
  switch (node.kind) {
    case 'object':
      return {
        offset,
        members: node.members.map(({ key, keyOffset, value: of }) => [key, keyOffset + by, deep(of, by)]),
      };
    case 'array':
      return { offset, items: node.items.map((item) => deep(item, by)) };
    case 'number':
      return [offset, node.text];
    case 'string':
    case 'boolean':
      return [offset, node.value];
    case 'null':
      return null;
  }
}

function presentIn(given: unknown): unknown {
  return JSON.parse(
    JSON.stringify(given, (name, of: unknown) =>
      name === 'members' && Array.isArray(of) ? of.filter((member: unknown) => !isNullMember(member)) : of,
    ),
  );
}

function isNullMember(member: unknown): boolean {
  return Array.isArray(member) && member[2] === null;
}
