import { existsSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { read, ROOT } from './source-files.ts';

const FOLDERS = ['.', 'docs', 'docs/decisions', 'docs/controls'];
const DOCUMENTS = FOLDERS.filter((folder) => existsSync(join(ROOT, folder)))
  .flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => posix.join(folder, name)))
  .filter((file) => file.endsWith('.md'));
const DECISIONS = DOCUMENTS.filter((file) => /^docs\/decisions\/\d/.test(file));

it.each(['CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'docs/architecture.md', 'docs/decisions/README.md'])(
  '%s is there',
  (file) => {
    expect(DOCUMENTS).toContain(file);
  },
);

it.each(DOCUMENTS)('every link of %s leads somewhere', (file) => {
  const broken = linksOf(file)
    .filter(({ path }) => path !== file)
    .filter(({ path }) => !existsSync(join(ROOT, path)));
  expect(broken).toEqual([]);
});

it.each(DOCUMENTS)('every heading that %s links to is there', (file) => {
  const broken = linksOf(file)
    .filter(({ path, anchor }) => anchor !== '' && DOCUMENTS.includes(path))
    .filter(({ path, anchor }) => !anchorsOf(path).has(anchor));
  expect(broken).toEqual([]);
});

it('docs/README.md leads to every page', () => {
  const reached = new Set(['docs/README.md']);
  for (const file of reached) {
    for (const { path } of linksOf(file)) if (DOCUMENTS.includes(path)) reached.add(path);
  }
  const pages = DOCUMENTS.filter((file) => file.startsWith('docs/'));
  expect(pages.filter((file) => !reached.has(file))).toEqual([]);
});

it.each(DOCUMENTS)('%s names no path of one machine', (file) => {
  expect(read(file)).not.toMatch(/(?:^|[\s`"'(])\/(?:home|root|work|Users)\//);
});

describe('decision records', () => {
  it('are numbered, each number once', () => {
    const numbers = DECISIONS.map((file) => posix.basename(file).slice(0, 4));
    expect(numbers).not.toEqual([]);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it.each(DECISIONS)('%s says what was decided, what follows and when to look again', (file) => {
    const text = read(file);
    expect(text).toMatch(new RegExp(`^# ${Number(posix.basename(file).slice(0, 4))}\\. `));
    const headings = Array.from(text.matchAll(/^## (?<heading>.+)$/gm), ({ groups }) => groups?.['heading']);
    expect(headings).toEqual(expect.arrayContaining(['Context', 'Decision', 'Consequences', 'When to revisit']));
  });
});

it('the changelog opens with what is not released yet', () => {
  expect(read('CHANGELOG.md')).toMatch(/^# Changelog\n[^#]*\n## \[Unreleased\]\n/);
});

function withoutCode(markdown: string): string {
  return withoutFences(markdown).replaceAll(/`[^`\n]*`/g, '');
}

function withoutFences(markdown: string): string {
  return markdown.replaceAll(/^```[\s\S]*?^```/gm, '');
}

/** The links of a document to files of the repository, and to headings of itself. */
function linksOf(file: string): readonly { readonly path: string; readonly anchor: string }[] {
  return Array.from(
    withoutCode(read(file)).matchAll(/\]\((?<target>[^)\s]+)\)/g),
    ({ groups }) => groups?.['target'] ?? '',
  )
    .filter((target) => !target.startsWith('https:'))
    .map((target) => {
      const [path = '', anchor = ''] = target.split('#');
      return { path: path === '' ? file : posix.join(posix.dirname(file), path), anchor };
    });
}

/** As GitHub makes them of headings. */
function anchorsOf(file: string): ReadonlySet<string> {
  const headings = withoutFences(read(file)).matchAll(/^#+ (?<heading>.+)$/gm);
  return new Set(
    Array.from(headings, ({ groups }) =>
      (groups?.['heading'] ?? '')
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}
