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
  const links = Array.from(
    withoutCode(read(file)).matchAll(/\]\((?<target>[^)\s]+)\)/g),
    ({ groups }) => groups?.['target'] ?? '',
  );
  const broken = links
    .filter((target) => !/^(?:https:|#)/.test(target))
    .filter((target) => !existsSync(join(ROOT, posix.dirname(file), target.replace(/#.*/, ''))));
  expect(broken).toEqual([]);
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
  return markdown.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '');
}
