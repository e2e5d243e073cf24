import type { OwnerLine } from './policy-history.ts';

/**
 * The lines of a CODEOWNERS file whose pattern matches a path, relative to the repository and with forward slashes.
 * Patterns are those that GitHub and GitLab have in common. Which of the lines holds is left to the reader: it depends on
 * sections and on the host, and a wrong guess would name the wrong people.
 */
export function ownerLines(text: string, path: string): readonly OwnerLine[] {
  const segments = path.split('/');
  return text.split('\n').flatMap((raw, index) => {
    const line = raw.trim();
    const pattern = patternOf(line);
    return pattern !== null && matches(pattern, segments) ? [{ line: index + 1, text: line }] : [];
  });
}

/** Null for a line that is empty, a comment or the heading of a section. */
function patternOf(line: string): string | null {
  if (line === '' || line.startsWith('#') || /^\^?\[/.test(line)) return null;
  const [pattern = ''] = /^(?:\\.|[^\s\\])*/.exec(line) ?? [];
  return pattern === '' ? null : pattern.replace(/\\(.)/g, '$1');
}

function matches(pattern: string, segments: readonly string[]): boolean {
  const isDirectory = pattern.endsWith('/');
  const parts = pattern.replace(/^\/|\/$/g, '').split('/');
  const isAnchored = pattern.startsWith('/') || parts.length > 1;
  // "docs/*" is about the files of docs, "docs" and "docs/" about all below as well.
  const isOfFiles = isAnchored && parts.at(-1) === '*';
  const wanted = [
    ...(isAnchored ? [] : [ANY_DIRECTORIES]),
    ...parts,
    ...(isDirectory ? ['*', ANY_DIRECTORIES] : isOfFiles ? [] : [ANY_DIRECTORIES]),
  ];
  return glob(wanted, segments, (part) => part === ANY_DIRECTORIES, matchesName);
}

const ANY_DIRECTORIES = '**';

function matchesName(pattern: string, name: string): boolean {
  const isSame = (one: string, other: string): boolean => one === '?' || one === other;
  return glob(Array.from(pattern), Array.from(name), (character) => character === '*', isSame);
}

/** Whether a pattern with wildcards of any length matches a whole list, in time of the product of their lengths. */
function glob(
  pattern: readonly string[],
  items: readonly string[],
  isWildcard: (part: string) => boolean,
  matchesOne: (part: string, item: string) => boolean,
): boolean {
  let [at, item, afterWildcard, resumeAt] = [0, 0, -1, 0];
  while (item < items.length) {
    const part = pattern[at];
    if (part !== undefined && isWildcard(part)) {
      at += 1;
      [afterWildcard, resumeAt] = [at, item];
    } else if (part !== undefined && matchesOne(part, items[item] ?? '')) {
      at += 1;
      item += 1;
    } else if (afterWildcard >= 0) {
      resumeAt += 1;
      [at, item] = [afterWildcard, resumeAt];
    } else return false;
  }
  return pattern.slice(at).every(isWildcard);
}
