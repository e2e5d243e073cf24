import type { InputProblem } from '../input-error.ts';

/** What bytes are instead of UTF-8 text, and where, when that is a place inside a text. */
export interface EncodingProblem extends Pick<InputProblem, 'code' | 'what' | 'why' | 'fix'> {
  /** Of the first byte that is wrong; null when the whole input is of another kind. */
  readonly byteOffset: number | null;
}

const NOT_TEXT_FIX = 'Pass the JSON file itself.';

/** Formats that are recognised by their first bytes. */
const ARCHIVES: readonly { readonly format: string; readonly at: number; readonly magic: readonly number[] }[] = [
  { format: 'gzip', at: 0, magic: [0x1f, 0x8b] },
  { format: 'bzip2', at: 0, magic: [0x42, 0x5a, 0x68] },
  { format: 'xz', at: 0, magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
  { format: 'zstd', at: 0, magic: [0x28, 0xb5, 0x2f, 0xfd] },
  { format: '7z', at: 0, magic: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { format: 'tar', at: 257, magic: [0x75, 0x73, 0x74, 0x61, 0x72] },
];

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const ZIP_NAME_LENGTH_AT = 26;
const ZIP_NAME_AT = 30;
/** First entry of a plan file that Terraform wrote (internal/plans/planfile/writer.go). */
const PLAN_ENTRY = 'tfplan';

/** Finds bytes that are no UTF-8 text without byte order mark. Validity of the whole is for the decoder to say. */
export function findForeignFormat(bytes: Uint8Array): EncodingProblem | null {
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) {
    return {
      code: 'IN-BOM',
      what: 'the file begins with a UTF-8 byte order mark',
      why: 'Terraform refuses such a file',
      fix: 'Save it as UTF-8 without byte order mark.',
      byteOffset: 0,
    };
  }
  const utf16 = utf16Order(bytes);
  if (utf16 !== null) {
    return {
      code: 'IN-UTF16',
      what: `the file is UTF-16 (${utf16}), not UTF-8`,
      why: 'JSON is exchanged as UTF-8; PowerShell writes UTF-16 for ">"',
      fix: 'Convert it: iconv -f UTF-16 -t UTF-8, or in PowerShell: | Out-File -Encoding utf8NoBOM.',
      byteOffset: null,
    };
  }
  if (startsWith(bytes, ZIP)) return zipProblem(bytes);
  const archive = ARCHIVES.find(({ at, magic }) => startsWith(bytes, magic, at));
  return archive === undefined ? null : archiveProblem(archive.format);
}

/** The offset of the first byte that is no part of well-formed UTF-8 (RFC 3629); the length if there is none. */
export function firstInvalidUtf8(bytes: Uint8Array): number {
  let offset = 0;
  while (offset < bytes.length) {
    const lead = bytes[offset] ?? 0;
    const length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (length === 0) return offset;
    for (let index = 1; index < length; index++) {
      const byte = bytes[offset + index] ?? 0;
      // Overlong forms, surrogates and what lies beyond U+10FFFF show in the second byte.
      const low = index > 1 ? 0x80 : lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
      const high = index > 1 ? 0xbf : lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
      if (byte < low || byte > high) return offset;
    }
    offset += length;
  }
  return bytes.length;
}

function utf16Order(bytes: Uint8Array): 'big-endian' | 'little-endian' | null {
  if (startsWith(bytes, [0xfe, 0xff])) return 'big-endian';
  if (startsWith(bytes, [0xff, 0xfe])) return 'little-endian';
  // Without a mark: JSON begins with an ASCII character, so one of the first two bytes is zero.
  const [first, second] = bytes;
  if (first === 0 && second !== undefined && second !== 0) return 'big-endian';
  return first !== 0 && second === 0 ? 'little-endian' : null;
}

function zipProblem(bytes: Uint8Array): EncodingProblem {
  const nameLength = (bytes[ZIP_NAME_LENGTH_AT] ?? 0) + 0x100 * (bytes[ZIP_NAME_LENGTH_AT + 1] ?? 0);
  const nameBytes = bytes.subarray(ZIP_NAME_AT, ZIP_NAME_AT + nameLength);
  const isNamed = nameLength > 0 && nameBytes.length === nameLength && nameBytes.every((byte) => byte >= 0x20);
  if (isNamed && String.fromCharCode(...nameBytes.subarray(0, PLAN_ENTRY.length + 1)) !== PLAN_ENTRY) {
    return archiveProblem('zip');
  }
  return {
    code: 'IN-BINPLAN',
    what: 'the file is a binary Terraform plan',
    why: 'only Terraform can read it',
    fix: 'Convert it: terraform show -json <plan> > plan.json, and pass plan.json.',
    byteOffset: null,
  };
}

function archiveProblem(format: string): EncodingProblem {
  return {
    code: 'IN-ARCHIVE',
    what: `the file is a ${format} archive`,
    why: 'archives are never unpacked',
    fix: `Unpack it in an empty directory. ${NOT_TEXT_FIX}`,
    byteOffset: null,
  };
}

function startsWith(bytes: Uint8Array, magic: readonly number[], at = 0): boolean {
  return magic.every((byte, index) => bytes[at + index] === byte);
}
