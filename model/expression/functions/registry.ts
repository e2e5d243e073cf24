import { COLLECTIONS } from './collections.ts';
import { CONVERSIONS } from './conversions.ts';
import type { FunctionDefinition } from './definition.ts';
import { ENCODINGS } from './encodings.ts';
import { JSON_FUNCTIONS } from './json.ts';
import { LISTED_FORMAT } from './listed-format.ts';
import { NETWORK } from './network.ts';
import { NUMERIC } from './numeric.ts';
import { PATTERNS } from './pattern.ts';
import { SETS } from './sets.ts';
import { TEXTS } from './texts.ts';
import { TIMES } from './times.ts';

/** The functions that are evaluated. All others, pure or not, give an unknown. */
export const FUNCTIONS: ReadonlyMap<string, FunctionDefinition> = new Map(
  [
    COLLECTIONS,
    CONVERSIONS,
    ENCODINGS,
    JSON_FUNCTIONS,
    LISTED_FORMAT,
    NETWORK,
    NUMERIC,
    PATTERNS,
    SETS,
    TEXTS,
    TIMES,
  ].flatMap((table) => Object.entries(table)),
);
