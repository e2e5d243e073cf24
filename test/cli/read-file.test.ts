import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isWithin, openLargeFile, readError, readRegularFile } from '../../cli/read-file.ts';
import { InputError } from '../../model/input-error.ts';

const directory = mkdtempSync(join(tmpdir(), 'trefoil-file-'));

afterAll(() => {
  rmSync(directory, { recursive: true });
});

describe('a file that changes', () => {
  it.each([
    ['grows', (path: string) => appendFileSync(path, ' ')],
    ['is written over', overwrite],
    ['shrinks', (path: string) => truncateSync(path, 1)],
  ])('is refused when it %s while it is read', async (_, change) => {
    const path = join(directory, 'changing.tf.json');
    writeFileSync(path, Buffer.alloc(64 * 1024 * 1024, ' '));
    const reading = outcomeOf(path);
    const state = { isReading: true };
    void reading.finally(() => {
      state.isReading = false;
    });
    while (state.isReading) {
      change(path);
      await new Promise((resume) => setImmediate(resume));
    }
    expect(await reading).toBe('IN-CHANGED');
  });

  it.runIf(existsSync('/proc/self/status'))('is refused when it holds more than its size says', async () => {
    expect(await outcomeOf('/proc/self/status')).toBe('IN-CHANGED');
  });
});

describe('a file that stays', () => {
  it('is read whole, with its digest', async () => {
    const path = join(directory, 'ledger.tf.json');
    writeFileSync(path, 'abc');
    const file = await readRegularFile({ path, shownPath: 'ledger.tf.json', root: directory, maxBytes: 3 });
    expect(Buffer.from(file.bytes).toString()).toBe('abc');
    expect(file.sha256).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

describe('a large file', () => {
  const open = (name: string, content: string) => {
    const path = join(directory, name);
    writeFileSync(path, content);
    return openLargeFile({ path, shownPath: name, root: directory, maxBytes: 1e7 });
  };

  it('gives its bytes when they are asked for, as often as that is', async () => {
    const text = 'größer '.repeat(500_000);
    const file = await open('large.json', text);
    expect([file.size, file.sha256]).toEqual([
      Buffer.byteLength(text),
      createHash('sha256').update(text).digest('hex'),
    ]);
    for (const chunks of [file.chunks, file.chunks]) {
      const read = [...chunks];
      expect(read.length).toBeGreaterThan(1);
      expect(Buffer.concat(read).toString()).toBe(text);
    }
  });

  it.each<readonly [string, (path: string) => void, string]>([
    ['is written over', overwrite, 'IN-CHANGED'],
    ['grows', (path) => appendFileSync(path, ' '), 'IN-CHANGED'],
    ['shrinks', (path) => truncateSync(path, 1), 'IN-CHANGED'],
    ['goes', (path) => rmSync(path), 'IN-NOTFOUND'],
    ['becomes a link', replaceByLink, 'IN-READ'],
    ['becomes a pipe', replaceByPipe, 'IN-CHANGED'],
  ])('is refused at its end when it %s before it is read', async (_, change, code) => {
    const file = await open('changing.json', '{"a":1}');
    change(join(directory, 'changing.json'));
    expect(codeOf(() => [...file.chunks])).toBe(code);
    rmSync(join(directory, 'changing.json'), { force: true });
  });

  it('is refused at once when it is too large, or no file', async () => {
    await expect(open('larger.json', ' '.repeat(10_000_001))).rejects.toMatchObject({
      problem: { code: 'IN-TOOLARGE' },
    });
    const request = { path: directory, shownPath: '.', root: null, maxBytes: 1 };
    await expect(openLargeFile(request)).rejects.toMatchObject({ problem: { code: 'IN-NOTREGULAR' } });
  });
});

describe('isWithin', () => {
  it.each([
    ['/a/b', '/a/b', true],
    ['/a/b', '/a/b/c', true],
    ['/a/b', '/a/b/..c', true],
    ['/a/b', '/a/bc', false],
    ['/a/b', '/a', false],
    ['/a/b', '/', false],
    ['/', '/a', true],
  ])('%s holds %s: %s', (root, path, expected) => {
    expect(isWithin(root, path)).toBe(expected);
  });
});

describe('readError', () => {
  it('passes on what is no error of the file system', () => {
    const mistake = new TypeError('ours');
    expect(() => readError('cdk.tf.json', mistake)).toThrow(mistake);
  });
});

/** Changes a byte, and sets the modification time back. */
function overwrite(path: string): void {
  const { atime, mtime } = statSync(path);
  const file = openSync(path, 'r+');
  writeSync(file, 'x');
  closeSync(file);
  utimesSync(path, atime, mtime);
}

function replaceByLink(path: string): void {
  rmSync(path);
  symlinkSync(join(directory, 'ledger.tf.json'), path);
}

function replaceByPipe(path: string): void {
  rmSync(path);
  execFileSync('mkfifo', [path]);
}

function codeOf(work: () => unknown): string {
  try {
    work();
    return 'read';
  } catch (error) {
    return error instanceof InputError ? error.problem.code : String(error);
  }
}

async function outcomeOf(path: string): Promise<string> {
  try {
    await readRegularFile({ path, shownPath: 'x.tf.json', root: null, maxBytes: 1e9 });
    return 'read';
  } catch (error) {
    return error instanceof InputError ? error.problem.code : String(error);
  }
}
