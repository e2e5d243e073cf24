import { InputError, type InputProblem } from '../input-error.ts';
import { findForeignFormat, firstInvalidUtf8, type EncodingProblem } from './encoding.ts';
import type { JsonDocument, JsonNode } from './json.ts';
import { inputErrorAt } from './location.ts';
import { parseText, type ParseFailure } from './parse.ts';
import { Positions } from './positions.ts';

export interface JsonLimits {
  /** Levels of objects and arrays. */
  readonly maxDepth: number;
  readonly maxBytes: number;
}

export const DEFAULT_JSON_LIMITS: JsonLimits = { maxDepth: 512, maxBytes: 256 * 1024 * 1024 };

/** The longest string of the JavaScript engine; no limit can be set beyond it. */
const LONGEST_TEXT = 0x1fffffe8;

const WRAPPER_FIRST_LINE = '[command]';
const WRAPPER_LAST_LINE = /^::[a-z-]+/;
const UI_LOG_KEYS = ['@level', '@message', '@module'];

type Complaint = Pick<InputProblem, 'code' | 'what' | 'why' | 'fix'>;

/**
 * Reads a whole JSON document as Terraform would, and refuses what Terraform refuses.
 * Duplicate keys stay: whether they merge or are an error depends on where they are.
 *
 * @throws {InputError} with the place, for everything that is not one complete document within the limits.
 */
export function readJson(file: string, bytes: Uint8Array, limits: JsonLimits = DEFAULT_JSON_LIMITS): JsonDocument {
  const maxBytes = Math.min(limits.maxBytes, LONGEST_TEXT);
  if (bytes.length > maxBytes) throw new InputError({ ...tooLarge(bytes.length, maxBytes), path: file });
  const foreign = findForeignFormat(bytes);
  if (foreign !== null) throw encodingError(file, bytes, foreign);
  const text = decode(file, bytes);
  if (/^[ \t\r\n]*$/.test(text)) {
    throw new InputError({
      code: 'IN-EMPTY',
      path: file,
      what: text === '' ? 'the file is empty' : 'the file holds only white space',
      why: 'nothing in it can be judged',
      fix: 'Write the file again, and check that the command that writes it succeeded.',
    });
  }
  const positions = new Positions(text);
  const locate = (offset: number) => positions.locate(offset);
  const result = parseText(text, limits.maxDepth);
  if (result.kind === 'value' && !isUiLog(result.root)) return { file, root: result.root, locate };

  // A document without content, to say where the text is wrong.
  const place = { file, root: { kind: 'null', offset: 0 }, locate } as const;
  if (result.kind === 'value') throw inputErrorAt(place, 0, UI_LOG);
  throw inputErrorAt(place, result.offset, complaintAbout(result, text, limits.maxDepth));
}

export function tooLarge(size: number, limit: number): Complaint {
  return {
    code: 'IN-TOOLARGE',
    what: `the file has ${size} bytes, more than the limit of ${limit}`,
    why: 'reading it could exhaust memory and end the run without a verdict',
    fix: 'Split the stack, or raise the limit.',
  };
}

function decode(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    const byteOffset = firstInvalidUtf8(bytes);
    const problem: EncodingProblem = {
      code: 'IN-UTF8',
      what: `byte ${byteOffset} (0x${(bytes[byteOffset] ?? 0).toString(16).padStart(2, '0')}) is not valid UTF-8`,
      why: 'readers would see different text in its place',
      fix: 'Write the file as UTF-8.',
      byteOffset,
    };
    throw encodingError(file, bytes, problem, error);
  }
}

function encodingError(file: string, bytes: Uint8Array, problem: EncodingProblem, cause?: unknown): InputError {
  const { byteOffset, ...complaint } = problem;
  if (byteOffset === null) return new InputError({ ...complaint, path: file }, cause);
  const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, byteOffset));
  const location = { file, ...new Positions(before).locate(before.length) };
  return new InputError({ ...complaint, path: file, location }, cause);
}

const UI_LOG: Complaint = {
  code: 'IN-UILOG',
  what: 'the file is the log of terraform plan -json, not a plan',
  why: 'the log does not hold the planned values',
  fix: 'Run terraform plan -out=plan.bin, then terraform show -json plan.bin > plan.json.',
};

const WRAPPER: Complaint = {
  code: 'IN-WRAPPER',
  what: 'the file holds lines that the wrapper of the setup-terraform action added',
  why: 'what stands between them may be cut or changed',
  fix: 'Set terraform_wrapper: false on hashicorp/setup-terraform.',
};

function complaintAbout(failure: ParseFailure, text: string, maxDepth: number): Complaint {
  if (text.trimStart().startsWith(WRAPPER_FIRST_LINE)) return WRAPPER;
  const { reason, what, root } = failure;
  if (reason === 'depth') {
    return {
      code: 'IN-DEPTH',
      what,
      why: 'no real configuration nests so deep, and every later step would have to follow',
      fix: `Flatten the value to at most ${maxDepth} levels.`,
    };
  }
  if (reason === 'trailing' && root !== null) {
    if (isUiLog(root)) return UI_LOG;
    if (WRAPPER_LAST_LINE.test(text.slice(failure.offset, failure.offset + 100))) return WRAPPER;
  }
  return {
    code: 'IN-PARSE',
    what,
    why: 'the file is not one complete JSON document, so Terraform refuses it',
    fix: 'Write the file again with the tool that made it; do not edit it by hand.',
  };
}

function isUiLog(root: JsonNode): boolean {
  return root.kind === 'object' && UI_LOG_KEYS.every((name) => root.members.some(({ key }) => key === name));
}
