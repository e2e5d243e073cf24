import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { writeOutputFile } from '../../cli/output-file.ts';

const root = mkdtempSync(join(tmpdir(), 'trefoil-output-'));
let cwd = root;
let count = 0;

beforeEach(() => {
  count += 1;
  cwd = join(root, String(count));
  mkdirSync(cwd);
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

describe('writeOutputFile', () => {
  it('writes a new file', async () => {
    await writeOutputFile({ path: 'report.json', parts: ['größer\n'] }, cwd, []);
    expect(readFileSync(join(cwd, 'report.json'), 'utf8')).toBe('größer\n');
  });

  it('replaces an old one as a whole and leaves nothing beside it', async () => {
    writeFileSync(join(cwd, 'report.json'), 'old and much longer than the new\n');
    await writeOutputFile({ path: 'report.json', parts: ['new\n'] }, cwd, []);
    expect(readFileSync(join(cwd, 'report.json'), 'utf8')).toBe('new\n');
    expect(readdirSync(cwd)).toEqual(['report.json']);
  });

  it('refuses a symbolic link, and leaves what it points to', async () => {
    writeFileSync(join(cwd, 'secret'), 'kept');
    symlinkSync('secret', join(cwd, 'report.json'));
    await expect(writeOutputFile({ path: 'report.json', parts: ['new'] }, cwd, [])).rejects.toMatchObject({
      code: 'OUT-SYMLINK',
      exitCode: 74,
    });
    expect(readFileSync(join(cwd, 'secret'), 'utf8')).toBe('kept');
  });

  it('refuses a symbolic link that leads nowhere', async () => {
    symlinkSync('nowhere', join(cwd, 'report.json'));
    await expect(writeOutputFile({ path: 'report.json', parts: ['new'] }, cwd, [])).rejects.toMatchObject({
      code: 'OUT-SYMLINK',
    });
    expect(existsSync(join(cwd, 'nowhere'))).toBe(false);
  });

  it.each(['enclave.yaml', './stacks/../enclave.yaml', 'other-name.yaml'])(
    'refuses %s, which the run has read',
    async (path) => {
      mkdirSync(join(cwd, 'stacks'));
      writeFileSync(join(cwd, 'enclave.yaml'), 'policy');
      linkSync(join(cwd, 'enclave.yaml'), join(cwd, 'other-name.yaml'));
      await expect(writeOutputFile({ path, parts: ['new'] }, cwd, ['enclave.yaml'])).rejects.toMatchObject({
        code: 'OUT-INPUT',
        exitCode: 74,
      });
      expect(readFileSync(join(cwd, 'enclave.yaml'), 'utf8')).toBe('policy');
    },
  );

  it.each([
    { what: 'a device', path: '/dev/full', code: 'OUT-NOTREGULAR' },
    { what: 'a directory', path: '.', code: 'OUT-NOTREGULAR' },
    { what: 'a missing directory', path: 'missing/report.json', code: 'OUT-WRITE' },
    { what: 'a file as a directory', path: 'file/report.json', code: 'OUT-WRITE' },
    { what: 'a name that is too long', path: 'x'.repeat(300), code: 'OUT-WRITE' },
    { what: 'a file system that takes no files', path: '/proc/report.json', code: 'OUT-WRITE' },
  ])('refuses $what', async ({ path, code }) => {
    writeFileSync(join(cwd, 'file'), '');
    await expect(writeOutputFile({ path, parts: ['new'] }, cwd, [])).rejects.toMatchObject({ code, exitCode: 74 });
    expect(readdirSync(cwd)).toEqual(['file']);
  });

  it('leaves one whole report when several runs write the same file', async () => {
    const texts = Array.from({ length: 8 }, (_, index) => `${index}\n`.repeat(10_000));
    await Promise.all(texts.map((text) => writeOutputFile({ path: 'report.json', parts: [text] }, cwd, [])));
    expect(texts).toContain(readFileSync(join(cwd, 'report.json'), 'utf8'));
    expect(readdirSync(cwd)).toEqual(['report.json']);
  });
});
