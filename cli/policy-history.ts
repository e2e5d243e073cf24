import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { basename, delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import type { InputDigest } from '../model/estate.ts';
import { InputError } from '../model/input-error.ts';
import { ownerLines } from '../policy/code-owners.ts';
import { LARGEST_POLICY } from '../policy/document.ts';
import type { CodeOwners, PolicyHistory } from '../policy/policy-history.ts';
import type { Io } from './io.ts';
import { readRegularFile } from './read-file.ts';

const LONGEST_MILLISECONDS = 10_000;
const LARGEST_OWNERS = 3 * 1024 * 1024;
type Surroundings = Pick<Io, 'cwd' | 'environment'>;

/** Where GitHub and GitLab look, in their order. */
const OWNERS = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];
const LINKS = new Set(['120000', '160000']);

/**
 * Asks git for the commit of the policy and whether these very bytes are in it. Only objects are read: no command that
 * looks at the working tree runs, so nothing of the repository's own configuration does. Never throws: what cannot be
 * known is said to be unknown.
 */
export async function policyHistory(policy: InputDigest, io: Surroundings): Promise<PolicyHistory> {
  try {
    return await asked(policy, io);
  } catch (error) {
    if (error instanceof Unknown) return { kind: 'unknown', because: error.message };
    if (error instanceof InputError) return { kind: 'unknown', because: error.problem.what };
    throw error;
  }
}

class Unknown extends Error {
  override readonly name = 'Unknown';
}

async function asked(policy: InputDigest, io: Surroundings): Promise<PolicyHistory> {
  const path = await realpath(resolve(io.cwd, policy.path)).catch(() => {
    throw new Unknown(CHANGED);
  });
  const { bytes, sha256 } = await readRegularFile({
    path,
    shownPath: policy.path,
    root: null,
    maxBytes: LARGEST_POLICY,
  });
  if (sha256 !== policy.sha256) throw new Unknown(CHANGED);
  const name = basename(path);
  const git = async (...args: readonly string[]): Promise<string> => run(args, dirname(path), io);
  const [where, entry, log] = await Promise.all([
    git('rev-parse', '--is-shallow-repository', '--show-toplevel', '--show-prefix', '--verify', 'HEAD^{commit}'),
    git('ls-tree', '-z', 'HEAD', '--', name),
    git('rev-list', '-1', '--encoding=UTF-8', '--format=%an', 'HEAD', '--', name),
  ]);
  const [isShallow, top = '', prefix = '', commit = ''] = where.split('\n');
  // A hostile core.worktree says that the tree is elsewhere.
  const realTop = await realpath(top).catch(() => null);
  if (realTop === null || join(realTop, prefix, name) !== path) {
    throw new Unknown('the repository says that its files are elsewhere');
  }
  const [mode = '', , object = ''] = entry.split(/[ \t]/);
  const state = entry === '' ? 'untracked' : isSame(object, mode, bytes) ? 'committed' : 'differs';
  const changed = /^commit ([\da-f]+)\n(.*)\n$/.exec(log);
  const [, changedIn = '', author = ''] = changed ?? [];
  return {
    kind: 'known',
    commit,
    state,
    // The oldest commit of a shallow clone looks as if it had written all files.
    lastChange:
      changed === null || state === 'untracked' || isShallow !== 'false' ? null : { commit: changedIn, author },
    owners: await ownersOf(realTop, `${prefix}${name}`),
  };
}

const CHANGED = 'the file has changed since it was read';

/** Compares with the object itself: "git status" would run the filters and the monitor that the repository names. */
function isSame(object: string, mode: string, bytes: Uint8Array): boolean {
  if (LINKS.has(mode)) return false;
  const hash = createHash(object.length === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex') === object;
}

/** The first file that is there, for the others are ignored. */
async function ownersOf(top: string, path: string): Promise<CodeOwners | null> {
  for (const shownPath of OWNERS) {
    const file = join(top, shownPath);
    if ((await realpath(file).catch(() => null)) === null) continue;
    const { bytes, sha256 } = await readRegularFile({ path: file, shownPath, root: top, maxBytes: LARGEST_OWNERS });
    return { path: shownPath, sha256, lines: ownerLines(new TextDecoder().decode(bytes), path) };
  }
  return null;
}

async function run(args: readonly string[], cwd: string, io: Surroundings): Promise<string> {
  const settings = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '--literal-pathspecs'];
  return new Promise((done, refuse) => {
    execFile(
      'git',
      [...settings, ...args],
      { cwd, env: environment(io), timeout: LONGEST_MILLISECONDS, maxBuffer: 2 ** 20, encoding: 'utf8' },
      (error, stdout, stderr) => {
        if (error === null) done(stdout);
        else refuse(new Unknown(reasonOf(error, stderr)));
      },
    );
  });
}

/** Nothing of git's own variables, which name another repository or programs, and nothing that fetches or asks. */
function environment({ environment: given }: Pick<Io, 'environment'>): NodeJS.ProcessEnv {
  const { HOME, XDG_CONFIG_HOME, PATH } = given;
  return {
    ...(HOME === undefined ? {} : { HOME }),
    ...(XDG_CONFIG_HOME === undefined ? {} : { XDG_CONFIG_HOME }),
    // Without what is relative: it would find a program beside the policy.
    PATH: (PATH ?? '').split(delimiter).filter(isAbsolute).join(delimiter) || '/usr/bin:/bin',
    LC_ALL: 'C',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
  };
}

/** What git says differs by version; what it means does not. */
function reasonOf(error: { readonly code?: unknown; readonly killed?: boolean }, stderr: string): string {
  if (error.code === 'ENOENT') return 'there is no git on the PATH';
  if (error.killed === true) return 'git took longer than 10 seconds';
  if (stderr.includes('not a git repository')) return 'the policy lies in no git repository';
  if (stderr.includes('dubious ownership')) return 'git does not trust the repository, which somebody else owns';
  if (/Needed a single revision|Not a valid object name|bad revision|unknown revision/.test(stderr)) {
    return 'the repository has no commit, or not its objects';
  }
  return 'git could not read the repository';
}
