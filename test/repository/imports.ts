/** One place where a file names a module: statically, dynamically, as a type, or by `require`. */
export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** Gone after compilation: `import type`, `export type`. A `typeof import()` counts as loading, to be safe. */
  readonly isType: boolean;
}

/** Stands for a module name that is computed when the program runs, so that nobody can say what it loads. */
export const COMPUTED = '(computed)';

const QUOTED = `(?<quote>['"\`])(?<specifier>[^'"\`]*)\\k<quote>`;

/** The ways to name a module. The clause before `from` holds no quote and no semicolon, so it cannot run on. */
const FORMS: readonly RegExp[] = [
  new RegExp(`^[ \\t]*(?:import|export)\\b[^'"\`;()]*?\\bfrom\\s*${QUOTED}`, 'gm'),
  new RegExp(`^[ \\t]*import\\s*${QUOTED}`, 'gm'),
  new RegExp(`\\b(?:import|require|require\\.resolve|import\\.meta\\.resolve)\\s*\\(\\s*${QUOTED}\\s*[,)]`, 'g'),
  new RegExp(`^///\\s*<reference\\s+(?:types|path)=${QUOTED}`, 'gm'),
];

/** Loading with an argument that is no plain string. Method and property declarations (`import(`) do not occur here. */
const COMPUTED_FORM =
  /\b(?:import|require|require\.resolve|import\.meta\.resolve)\s*\((?!\s*(['"`])[^'"`$]*\1\s*[,)])/g;

/** Every module that a TypeScript or JavaScript source names, in the order of the text. */
export function importsOf(source: string): readonly Import[] {
  const text = withoutComments(source);
  const found: { readonly specifier: string; readonly index: number; readonly isType: boolean }[] = [];
  for (const form of FORMS) {
    for (const match of text.matchAll(form)) {
      const specifier = match.groups?.['specifier'] ?? '';
      const isType = /^\s*(?:import|export)\s+type\b(?!\s*(?:,|from\b))/.test(match[0]);
      if (!specifier.includes('${')) found.push({ specifier, index: match.index, isType });
    }
  }
  for (const match of text.matchAll(COMPUTED_FORM)) {
    found.push({ specifier: COMPUTED, index: match.index, isType: false });
  }
  return found
    .toSorted((a, b) => a.index - b.index)
    .map(({ index, ...rest }) => ({ ...rest, line: text.slice(0, index).split('\n').length }));
}

/**
 * Blanks comments, and keeps every line where it is. Comments that begin after code on the same line are kept unless
 * the line holds no quote before them: `//` inside a string is then never taken for a comment.
 */
function withoutComments(source: string): string {
  return source
    .replaceAll(/^[ \t]*\/\*[\s\S]*?\*\//gm, (comment) => comment.replaceAll(/[^\n]/g, ' '))
    .replaceAll(/^([^'"`\n]*?)(?<!\/)\/\/(?!\/).*$/gm, (_, code: string) => code);
}
