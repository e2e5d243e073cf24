import type { StringValue } from '../value.ts';

/** Terraform keeps all strings in Unicode normal form C; below U+0300 that changes nothing. */
export function textValue(text: string): StringValue {
  return { kind: 'string', value: /[\u0300-\uffff]/.test(text) ? text.normalize('NFC') : text };
}

/** Order by code points, as Go compares strings; UTF-16 order differs beyond the basic plane. */
export function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const difference = codeOrder(left.charCodeAt(index)) - codeOrder(right.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Surrogates stand for code points above all others. */
function codeOrder(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
