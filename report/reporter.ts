import type { ChalkInstance } from 'chalk';
import type { Report } from '../checks/report.ts';
import type { Appendix } from './appendix.ts';

export const CHARSETS = ['unicode', 'ascii'] as const;
export type Charset = (typeof CHARSETS)[number];

/** What a format may ask about its reader. Machine formats ignore all of it but the texts. */
export interface ReporterOptions {
  /** Decided by the caller; a chalk of level 0 writes no colour. */
  readonly colour: ChalkInstance;
  /** Columns of the terminal. */
  readonly width: number;
  /** `ascii` draws with `+-|` and escapes every other character. */
  readonly charset: Charset;
  /** Texts of the source files for code frames and fixes, by `SourceLocation.file`; a file that is missing gets none. */
  readonly frames: ReadonlyMap<string, string>;
  /** The summary only. */
  readonly quiet: boolean;
  /** What documents show beside the report; without it they say what they lack. */
  readonly appendix?: Appendix | null;
}

/**
 * Renders a report as the content of an output, part by part, since the whole may be longer than a string can be. It ends
 * with a newline.
 */
export type Reporter = (report: Report, options: ReporterOptions) => Iterable<string>;
