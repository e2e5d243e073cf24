import { readFileSync } from 'node:fs';
import nodeModule, { SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

interface MappedFile {
  readonly map: SourceMap;
  /** The directory that the map's sources are relative to. */
  readonly directory: string;
}

const URL_COMMENT = /\/\/[#@] sourceMappingURL=(?<url>\S+)\s*$/;

const CLASS = /^(?:export\s+)?(?:default\s+)?(?:abstract\s+)?class\b/;

/** Maps places in compiled code back to what the user wrote. Maps of packages are never read. */
export class SourceMaps {
  readonly #inline = new Map<string, string>();
  readonly #files = new Map<string, MappedFile | null>();

  /**
   * Keeps the inline map of each user module that is compiled in memory (ts-node and its like), which is on no disk.
   * `enableSourceMaps` would keep them too, but reads the maps of all packages and doubles the time of a synth.
   */
  recordInlineMaps(): void {
    const prototype: object = nodeModule.prototype;
    const compile: unknown = Reflect.get(prototype, '_compile');
    const inline = this.#inline;
    if (typeof compile !== 'function') return;
    Reflect.set(prototype, '_compile', function compileAndKeepMap(this: unknown, ...args: unknown[]): unknown {
      const [content, filename] = args;
      if (typeof content === 'string' && typeof filename === 'string' && isUserFile(filename)) {
        const url = URL_COMMENT.exec(content.slice(content.lastIndexOf('\n//')))?.groups?.['url'];
        if (url?.startsWith('data:') === true) inline.set(filename, url);
      }
      const loaded: unknown = Reflect.apply(compile, this, args);
      return loaded;
    });
  }

  original(script: string, line: number, column: number): Position {
    const file = pathOf(script);
    const mapped = this.#mappedFile(script, file);
    const entry = mapped?.map.findEntry(line - 1, column - 1);
    if (mapped === null || entry === undefined || !('originalSource' in entry)) return { file, line, column };
    return {
      file: resolve(mapped.directory, pathOf(entry.originalSource)),
      line: entry.originalLine + 1,
      column: entry.originalColumn + 1,
    };
  }

  /** Whether a class begins there: V8's place of the constructor that a class has when nobody wrote one. */
  isClass({ file, line, column }: Position): boolean {
    const text = textOf(file)?.split('\n', line)[line - 1];
    return text !== undefined && CLASS.test(text.slice(column - 1));
  }

  #mappedFile(script: string, file: string): MappedFile | null {
    const known = this.#files.get(script);
    if (known !== undefined) return known;
    const mapped = isUserFile(file) ? this.#load(script, file) : null;
    this.#files.set(script, mapped);
    return mapped;
  }

  #load(script: string, file: string): MappedFile | null {
    const registered = nodeModule.findSourceMap(script);
    if (registered !== undefined) return { map: registered, directory: dirname(file) };
    const url = this.#inline.get(file) ?? URL_COMMENT.exec(textOf(file) ?? '')?.groups?.['url'];
    if (url === undefined) return null;
    if (url.startsWith('data:')) return { map: parse(decodeDataUrl(url)), directory: dirname(file) };
    const mapFile = resolve(dirname(file), url.startsWith('file:') ? fileURLToPath(url) : decodeURIComponent(url));
    const text = textOf(mapFile);
    return text === null ? null : { map: parse(text), directory: dirname(mapFile) };
  }
}

/** True for the program's own files: neither Node's nor a package's. */
export function isUserFile(file: string): boolean {
  return !file.startsWith('node:') && !/[\\/]node_modules[\\/]/.test(file);
}

/** A path from a path or a `file:` URL, which loaders decorate with a query. */
function pathOf(script: string): string {
  return script.startsWith('file:') ? fileURLToPath(script.replace(/[?#].*$/s, '')) : script;
}

function parse(text: string): SourceMap {
  // The tool that compiled the program wrote it; a map of another shape throws, and the synth goes on without.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Node checks what it uses
  const payload = JSON.parse(text) as SourceMapPayload;
  // Node applies `sourceRoot` only to the maps that it registers itself.
  const root = payload.sourceRoot ?? '';
  const prefix = root === '' || root.endsWith('/') ? root : `${root}/`;
  return new SourceMap({ ...payload, sources: payload.sources.map((source) => `${prefix}${source}`) });
}

function decodeDataUrl(url: string): string {
  const comma = url.indexOf(',');
  const payload = url.slice(comma + 1);
  return url.slice(0, comma).endsWith(';base64')
    ? Buffer.from(payload, 'base64').toString('utf8')
    : decodeURIComponent(payload);
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // No such file: the module came from memory, and the compiled position is the best there is.
    return null;
  }
}
