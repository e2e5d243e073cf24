import { relative, sep } from 'node:path';
import { isUserFile, type SourceMaps } from './source-maps.ts';

const MAXIMUM_FRAMES = 4;
/** Constructs nest: between the user's call and ours stand the constructors of a provider's classes. */
const MAXIMUM_DEPTH = 60;

/** Finds the lines of the user's program that led to a call. */
export class SourceFrames {
  readonly #root: string;
  readonly #maps: SourceMaps;

  constructor(root: string, maps: SourceMaps) {
    this.#root = root;
    this.#maps = maps;
  }

  /** `file:line:column` of the calls in the user's files that are on the stack, innermost first. */
  capture(): readonly string[] {
    const frames: string[] = [];
    for (const site of callSites()) {
      const script = site.getScriptNameOrSourceURL();
      if (script === null || script === __filename) continue;
      const { file, line, column } = this.#maps.original(
        script,
        site.getLineNumber() ?? 1,
        site.getColumnNumber() ?? 1,
      );
      if (!isUserFile(file)) {
        // What `app.synth()` adds by itself (outputs, remote states, a backend) no line of the user made.
        if (site.getFunctionName() === 'synth') break;
        continue;
      }
      if (site.isConstructor() && this.#maps.isClass({ file, line, column })) continue;
      frames.push(`${relative(this.#root, file).split(sep).join('/')}:${line}:${column}`);
      if (frames.length === MAXIMUM_FRAMES) break;
    }
    return frames;
  }
}

function callSites(): readonly NodeJS.CallSite[] {
  const own = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  const { stackTraceLimit } = Error;
  let sites: readonly NodeJS.CallSite[] = [];
  Error.stackTraceLimit = MAXIMUM_DEPTH;
  Error.prepareStackTrace = (_error, found) => {
    sites = found;
    return '';
  };
  try {
    // Reading `stack` is what calls `prepareStackTrace`.
    void new Error('where').stack;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    if (own === undefined) Reflect.deleteProperty(Error, 'prepareStackTrace');
    else Object.defineProperty(Error, 'prepareStackTrace', own);
  }
  return sites;
}
