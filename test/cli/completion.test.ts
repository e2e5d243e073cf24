import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { reporters } from '../../report/index.ts';
import { trefoil } from './recording-io.ts';

/** What bash would offer for the words, the last of which is being written. */
async function offered(...words: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await trefoil(['completion', 'bash']);
  const ask = [
    `COMP_WORDS=(trefoil ${words.map((word) => `'${word}'`).join(' ')})`,
    `COMP_CWORD=${words.length}`,
    '_trefoil',
    String.raw`printf '%s\n' "${'${COMPREPLY[@]}'}"`,
  ];
  const result = spawnSync('bash', ['--norc', '-c', `${stdout}\n${ask.join('\n')}`], { encoding: 'utf8' });
  expect(result.stderr).toBe('');
  return result.stdout.split('\n').filter((line) => line !== '');
}

describe('completion for bash offers', () => {
  it('the commands', async () => {
    expect(await offered('')).toEqual(
      expect.arrayContaining(['synth', 'check', 'list', 'explain', 'init', 'completion', 'help']),
    );
    expect(await offered('ch')).toEqual(['check']);
  });

  it('the options of a command', async () => {
    expect(await offered('check', '--st')).toEqual(['--stage']);
    expect(await offered('list', '--st')).toEqual([]);
    expect(await offered('list', '--no')).toEqual(['--no-color']);
  });

  it('the values of an option', async () => {
    expect(await offered('check', '--stage', '')).toEqual(['change', 'apply']);
    expect(await offered('check', '--format', '')).toEqual(Object.keys(reporters));
    expect(await offered('list', '--format', '')).toEqual(['text', 'json', 'oscal']);
    expect(await offered('completion', '')).toEqual(['bash', 'zsh', 'fish']);
  });

  it('files where there is nothing else to say', async () => {
    expect(await offered('check', '--policy', 'package.j')).toEqual(['package.json']);
    expect(await offered('check', 'package.j')).toEqual(['package.json']);
  });
});

describe.each(['zsh', 'fish'])('completion for %s', (shell) => {
  it('names every command and option of the help', async () => {
    const { exitCode, stdout } = await trefoil(['completion', shell]);
    expect(exitCode).toBe(0);
    for (const command of ['synth', 'check', 'list', 'explain', 'init', 'completion']) {
      expect(stdout).toContain(command);
      const { stdout: help } = await trefoil([command, '--help']);
      const options = Array.from(help.matchAll(/^ {2}(?:-\w, )?--([a-z-]+)/gm), ([, option]) => option);
      const missing = options.filter((option) => !new RegExp(`(?:-l |--)${option}\\b`).test(stdout));
      expect(missing.filter((option) => option !== 'help' && option !== 'version')).toEqual([]);
    }
  });

  it.skipIf(spawnSync(shell, ['--version']).error)('is a script that the shell accepts', async () => {
    const { stdout } = await trefoil(['completion', shell]);
    const { status, stderr } = spawnSync(shell, ['--no-execute'], { input: stdout, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
