import type { Value } from '../../value.ts';
import type { Conversion } from '../convert.ts';
import { textValue } from '../text.ts';
import { type FunctionTable, TEXT, textAt } from './definition.ts';

export const ENCODINGS: FunctionTable = {
  base64decode: { parameters: [TEXT], apply: decodeBase64 },
  base64encode: { parameters: [TEXT], apply: encodeBase64 },
  urlencode: { parameters: [TEXT], apply: encodeUrl },
};

function encodeBase64(values: readonly Value[]): Conversion {
  const bytes = new TextEncoder().encode(textAt(values, 0));
  return textValue(btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')));
}

function decodeBase64(values: readonly Value[]): Conversion {
  const text = textAt(values, 0);
  if (/[\r\n]/.test(text)) return 'unsure';
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return 'invalid';
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  try {
    return textValue(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    // Terraform strings are UTF-8; other bytes are refused.
    return 'invalid';
  }
}

function encodeUrl(values: readonly Value[]): Conversion {
  const bytes = new TextEncoder().encode(textAt(values, 0));
  const encoded = Array.from(bytes, (byte) => {
    const char = String.fromCharCode(byte);
    if (/[A-Za-z0-9\-_.~]/.test(char)) return char;
    return char === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return textValue(encoded.join(''));
}
