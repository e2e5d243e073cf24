import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hashRegularFile } from '../../cli/hash-file.ts';
import { sha256 } from '../support/seals.ts';

const work = mkdtempSync(join(tmpdir(), 'hash-'));

afterAll(() => {
  rmSync(work, { recursive: true });
});

function fileOf(name: string, content: Uint8Array | string): string {
  const path = join(work, name);
  writeFileSync(path, content);
  return path;
}

describe('the digest of a file', () => {
  it.each([
    { what: 'nothing', content: Buffer.alloc(0) },
    { what: 'a byte', content: Buffer.from([0]) },
    { what: 'exactly what is read at a time', content: Buffer.alloc(1 << 20, 7) },
    { what: 'more than is read at a time', content: Buffer.alloc((3 << 20) + 5, 9) },
  ])('is that of all its bytes: $what', async ({ what, content }) => {
    const taken: Buffer[] = [];
    const take = async (bytes: Uint8Array): Promise<void> => {
      taken.push(Buffer.from(bytes));
    };
    const path = fileOf(what, content);
    expect(await hashRegularFile({ path, shownPath: what, take })).toBe(sha256(content));
    expect(Buffer.concat(taken).equals(content)).toBe(true);
  });

  it('is that of what a link leads to', async () => {
    fileOf('real', 'content');
    symlinkSync('real', join(work, 'link'));
    expect(await hashRegularFile({ path: join(work, 'link'), shownPath: 'link' })).toBe(sha256('content'));
  });

  it.each([
    { what: 'grows', change: (path: string) => appendFileSync(path, 'x') },
    { what: 'shrinks', change: (path: string) => writeFileSync(path, '') },
    { what: 'changes at the same length and time', change: rewriteAtSameTime },
  ])('is refused when it $what while it is read', async ({ what, change }) => {
    const path = fileOf(`file that ${what}`, Buffer.alloc(2 << 20, 1));
    let isFirst = true;
    const take = async (): Promise<void> => {
      if (isFirst) change(path);
      isFirst = false;
    };
    await expect(hashRegularFile({ path, shownPath: 'plan', take })).rejects.toThrow('IN-CHANGED plan');
  });

  it.runIf(existsSync('/proc/self/status'))('is refused when it holds more than its size says', async () => {
    const path = '/proc/self/status';
    await expect(hashRegularFile({ path, shownPath: 'status' })).rejects.toThrow('IN-CHANGED status');
  });

  it('is refused of a socket, which cannot even be opened', async () => {
    const server = createServer().listen(join(work, 'socket'));
    await once(server, 'listening');
    const refused = hashRegularFile({ path: join(work, 'socket'), shownPath: 'socket' });
    await expect(refused).rejects.toThrow('IN-NOTREGULAR socket it is a socket');
    server.close();
  });

  it('is refused of what is no file', async () => {
    mkdirSync(join(work, 'directory'));
    execFileSync('mkfifo', [join(work, 'pipe')]);
    symlinkSync('loop', join(work, 'loop'));
    const refused = async (name: string) => hashRegularFile({ path: join(work, name), shownPath: name });
    await expect(refused('directory')).rejects.toThrow('IN-NOTREGULAR directory it is a directory');
    await expect(refused('pipe')).rejects.toThrow('IN-NOTREGULAR pipe it is a named pipe');
    await expect(refused('loop')).rejects.toThrow('IN-READ loop');
    await expect(refused('gone')).rejects.toThrow('IN-NOTFOUND gone');
  });
});

function rewriteAtSameTime(path: string): void {
  const day = new Date('2026-01-01T00:00:00Z');
  writeFileSync(path, Buffer.alloc(2 << 20, 2));
  utimesSync(path, day, day);
}
