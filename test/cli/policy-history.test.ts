import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { policyHistory } from '../../cli/policy-history.ts';

const root = mkdtempSync(join(tmpdir(), 'history-'));
let made = 0;

afterAll(() => {
  rmSync(root, { recursive: true });
});

const ENVIRONMENT = {
  PATH: process.env['PATH'],
  HOME: root,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada Guardian',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
  GIT_COMMITTER_NAME: 'Robot',
  GIT_COMMITTER_EMAIL: 'robot@example.org',
  GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
};

function git(directory: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: directory, env: ENVIRONMENT, encoding: 'utf8', stdio: 'pipe' }).trim();
}

function directoryWith(files: Readonly<Record<string, string>>): string {
  const directory = join(root, String((made += 1)));
  mkdirSync(directory);
  write(directory, files);
  return directory;
}

function write(directory: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
}

function repositoryWith(files: Readonly<Record<string, string>>, ...args: readonly string[]): string {
  const directory = directoryWith(files);
  git(directory, 'init', '-q', ...args);
  git(directory, 'add', '.');
  git(directory, 'commit', '-q', '--allow-empty', '-m', 'first');
  return directory;
}

/** Asks as a run in the directory does. */
async function ask(directory: string, path = 'policy/enclave.yaml', environment: NodeJS.ProcessEnv = {}) {
  const { PATH } = process.env;
  const surroundings = { cwd: directory, environment: { PATH, HOME: root, ...environment } };
  return policyHistory({ path, sha256: digestOf(readFileSync(join(directory, path))) }, surroundings);
}

function digestOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

const POLICY = { 'policy/enclave.yaml': 'name: harbour\n' };

describe('policyHistory', () => {
  it.each(['sha1', 'sha256'])('tells the commit of a policy, and who changed it last, with %s', async (format) => {
    const directory = repositoryWith(POLICY, `--object-format=${format}`);
    const first = git(directory, 'rev-parse', 'HEAD');
    write(directory, { other: 'x' });
    git(directory, 'add', '.');
    git(directory, 'commit', '-q', '-m', 'second');
    expect(await ask(directory)).toEqual({
      kind: 'known',
      commit: git(directory, 'rev-parse', 'HEAD'),
      state: 'committed',
      lastChange: { commit: first, author: 'Ada Guardian' },
      owners: null,
    });
  });

  it('tells a policy that was edited, staged or not', async () => {
    const directory = repositoryWith(POLICY);
    write(directory, { 'policy/enclave.yaml': 'name: edited\n' });
    expect(await ask(directory)).toMatchObject({ state: 'differs', lastChange: { author: 'Ada Guardian' } });
    git(directory, 'add', '.');
    expect(await ask(directory)).toMatchObject({ state: 'differs' });
    git(directory, 'update-index', '--assume-unchanged', 'policy/enclave.yaml');
    expect(await ask(directory)).toMatchObject({ state: 'differs' });
  });

  it('tells a policy that nobody has committed', async () => {
    const directory = repositoryWith({ other: 'x' });
    write(directory, POLICY);
    expect(await ask(directory)).toMatchObject({ kind: 'known', state: 'untracked', lastChange: null });
  });

  it('says nothing of the last change where the clone is shallow', async () => {
    const origin = repositoryWith(POLICY);
    write(origin, { other: 'x' });
    git(origin, 'add', '.');
    git(origin, 'commit', '-q', '-m', 'second');
    git(root, 'clone', '-q', '--depth', '1', `file://${origin}`, 'shallow');
    expect(await ask(join(root, 'shallow'))).toMatchObject({ state: 'committed', lastChange: null });
  });

  it('follows a link to the file that was read', async () => {
    const directory = repositoryWith(POLICY);
    symlinkSync('policy/enclave.yaml', join(directory, 'link.yaml'));
    expect(await ask(directory, 'link.yaml')).toMatchObject({ state: 'committed' });
  });

  it('takes the name of the policy as it is, not as a pattern', async () => {
    const directory = repositoryWith({ 'a.yaml': 'x' });
    write(directory, { '*.yaml': 'y', ':(top)a.yaml': 'z' });
    expect(await ask(directory, '*.yaml')).toMatchObject({ state: 'untracked' });
    expect(await ask(directory, ':(top)a.yaml')).toMatchObject({ state: 'untracked' });
  });

  it('has the lines of the first CODEOWNERS that are about the policy', async () => {
    const text = '* @all\n/docs/ @writers\n/policy/ @law\n';
    const files = { ...POLICY, '.github/CODEOWNERS': text, CODEOWNERS: '* @ignored\n' };
    expect(await ask(repositoryWith(files))).toMatchObject({
      owners: {
        path: '.github/CODEOWNERS',
        sha256: digestOf(text),
        lines: [
          { line: 1, text: '* @all' },
          { line: 3, text: '/policy/ @law' },
        ],
      },
    });
  });

  it('does not read a CODEOWNERS that leads out of the repository', async () => {
    const directory = repositoryWith(POLICY);
    writeFileSync(join(root, 'secret'), '* hunter2\n');
    symlinkSync(join(root, 'secret'), join(directory, 'CODEOWNERS'));
    const history = await ask(directory);
    expect(history.kind).toBe('unknown');
    expect(JSON.stringify(history)).not.toContain('hunter2');
  });

  it('says that there is no repository, no commit and no git', async () => {
    const directory = directoryWith(POLICY);
    const unknown = (because: string) => ({ kind: 'unknown', because });
    expect(await ask(directory)).toEqual(unknown('the policy lies in no git repository'));
    expect(await ask(directory, undefined, { PATH: '/nowhere' })).toEqual(unknown('there is no git on the PATH'));
    git(directory, 'init', '-q');
    expect(await ask(directory)).toEqual(unknown('the repository has no commit, or not its objects'));
  });

  it('says that the policy was changed meanwhile', async () => {
    const directory = repositoryWith(POLICY);
    const surroundings = { cwd: directory, environment: { PATH: process.env['PATH'] } };
    const history = await policyHistory({ path: 'policy/enclave.yaml', sha256: digestOf('before') }, surroundings);
    expect(history).toEqual({ kind: 'unknown', because: 'the file has changed since it was read' });
  });

  it('asks the repository of the policy, whatever the environment says', async () => {
    const other = repositoryWith({ 'policy/enclave.yaml': 'other' });
    const directory = repositoryWith(POLICY);
    const environment = { GIT_DIR: join(other, '.git'), GIT_WORK_TREE: other, GIT_INDEX_FILE: join(other, 'index') };
    expect(await ask(directory, undefined, environment)).toMatchObject({
      commit: git(directory, 'rev-parse', 'HEAD'),
      state: 'committed',
    });
  });

  it('runs nothing that the repository names', async () => {
    const directory = repositoryWith({ ...POLICY, '.gitattributes': '* filter=evil diff=evil\n' });
    const marker = join(directory, 'ran');
    const script = join(directory, 'evil.sh');
    writeFileSync(script, `#!/bin/sh\necho "$0 $*" >> ${marker}\ncat\n`);
    chmodSync(script, 0o755);
    mkdirSync(join(directory, 'hooks'));
    for (const hook of ['post-index-change', 'reference-transaction', 'post-checkout', 'fsmonitor-watchman']) {
      symlinkSync(script, join(directory, 'hooks', hook));
    }
    for (const name of [
      'core.fsmonitor',
      'core.pager',
      'pager.rev-list',
      'core.editor',
      'core.askPass',
      'core.sshCommand',
      'core.gitProxy',
      'diff.external',
      'diff.evil.textconv',
      'diff.evil.command',
      'filter.evil.clean',
      'filter.evil.smudge',
      'filter.evil.process',
      'gpg.program',
      'credential.helper',
      'alias.rev-parse',
      'remote.origin.uploadpack',
    ]) {
      git(directory, 'config', name, script);
    }
    git(directory, 'config', 'core.hooksPath', join(directory, 'hooks'));
    git(directory, 'config', 'log.showSignature', 'true');
    write(directory, { 'policy/enclave.yaml': 'name: edited\n' });
    expect(await ask(directory)).toMatchObject({ state: 'differs', lastChange: { author: 'Ada Guardian' } });
    expect(existsSync(marker)).toBe(false);
  });

  it('fetches nothing for a clone that has not all objects', async () => {
    const origin = repositoryWith(POLICY);
    git(origin, 'config', 'uploadpack.allowFilter', 'true');
    git(root, 'clone', '-q', '--no-checkout', '--filter=tree:0', `file://${origin}`, 'partial');
    const partial = join(root, 'partial');
    const marker = join(partial, 'ran');
    writeFileSync(join(partial, 'evil.sh'), `#!/bin/sh\ntouch ${marker}\n`);
    chmodSync(join(partial, 'evil.sh'), 0o755);
    git(partial, 'config', 'remote.origin.uploadpack', join(partial, 'evil.sh'));
    write(partial, POLICY);
    expect(await ask(partial)).toMatchObject({ kind: 'unknown' });
    expect(existsSync(marker)).toBe(false);
  });

  it('does not believe a repository that says its files are elsewhere', async () => {
    const other = directoryWith(POLICY);
    const directory = repositoryWith(POLICY);
    git(directory, 'config', 'core.worktree', other);
    expect((await ask(directory)).kind).toBe('unknown');
  });
});
