import { InputError, type InputProblem } from '../input-error.ts';
import type { JsonDocument, JsonNode } from './json.ts';
import { inputErrorAt } from './location.ts';
import { type ItemTaker, type ParseFailure, parsePieces } from './parse.ts';
import { tooLarge, Utf8Text } from './utf8-text.ts';

export interface JsonLimits {
  /** Levels of objects and arrays. */
  readonly maxDepth: number;
  readonly maxBytes: number;
}

export const DEFAULT_JSON_LIMITS: JsonLimits = { maxDepth: 512, maxBytes: 256 * 1024 * 1024 };

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
  const { maxBytes } = limits;
  if (bytes.length > maxBytes) throw new InputError({ ...tooLarge(bytes.length, maxBytes), path: file });
  return readJsonStream(file, [bytes], { limits });
}

export interface StreamOptions {
  readonly limits: JsonLimits;
  readonly taker?: ItemTaker;
}

/**
 * Reads a document that need not fit in memory: of the bytes nothing is kept but the values, and of those not what is
 * taken.
 *
 * @throws {InputError} as `readJson`.
 */
export function readJsonStream(
  file: string,
  chunks: Iterable<Uint8Array>,
  { limits: { maxBytes, maxDepth }, taker }: StreamOptions,
): JsonDocument {
  const text = new Utf8Text(file, chunks, maxBytes);
  const locate = (offset: number) => text.positions.locate(offset);
  const result = parsePieces(() => text.next(), {
    maxDepth,
    ...(taker === undefined ? {} : { taker, isDetached: true }),
  });
  if (result.kind === 'value' && !isUiLog(result.root)) return { file, root: result.root, locate };
  if (text.start === '') {
    throw new InputError({
      code: 'IN-EMPTY',
      path: file,
      what: text.positions.length === 0 ? 'the file is empty' : 'the file holds only white space',
      why: 'nothing in it can be judged',
      fix: 'Write the file again, and check that the command that writes it succeeded.',
    });
  }
  // A document without content, to say where the text is wrong.
  const place = { file, root: { kind: 'null', offset: 0 }, locate } as const;
  if (result.kind === 'value') throw inputErrorAt(place, 0, UI_LOG);
  throw inputErrorAt(place, result.offset, complaintAbout(result, text.start, maxDepth));
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

function complaintAbout(failure: ParseFailure, start: string, maxDepth: number): Complaint {
  if (start.startsWith(WRAPPER_FIRST_LINE)) return WRAPPER;
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
    if (WRAPPER_LAST_LINE.test(failure.ahead)) return WRAPPER;
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
