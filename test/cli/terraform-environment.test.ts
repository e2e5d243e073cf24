import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { terraformEnvironment } from '../../cli/terraform-environment.ts';

const pathWith = (PATH: string) => terraformEnvironment({ environment: { PATH } })['PATH'];

test('drops relative and empty entries of PATH', () => {
  expect(pathWith(':.:/opt/bin:bin::../x:/usr/bin:')).toBe('/opt/bin:/usr/bin');
});

test('never leaves an empty PATH, which means the working directory', () => {
  expect(pathWith('')).toBe('/usr/bin:/bin');
  expect(pathWith('.:bin')).toBe('/usr/bin:/bin');
});

test('drops what replaces providers, changes what is shown or logs', () => {
  const environment = {
    TF_REATTACH_PROVIDERS: '{}',
    TF_CLI_ARGS: '-no-color',
    TF_CLI_ARGS_show: '-no-color',
    TF_CLI_ARGS_init: '-plugin-dir=/mirror',
    TF_LOG_PATH: 'log',
    AWS_REGION: 'eu-central-1',
  };
  expect(terraformEnvironment({ environment })).toEqual({
    TF_CLI_ARGS_init: '-plugin-dir=/mirror',
    AWS_REGION: 'eu-central-1',
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
  });
});

test('finds no program in the directory that it runs in', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'trefoil-path-'));
  try {
    const program = 'terraform-of-the-tree';
    writeFileSync(join(cwd, program), '#!/bin/sh\nexit 0\n');
    chmodSync(join(cwd, program), 0o755);
    const run = (env: NodeJS.ProcessEnv) => spawnSync(program, { cwd, env });
    expect(run({ PATH: '.' }).status).toBe(0);
    expect(run(terraformEnvironment({ environment: { PATH: '.' } })).error).toMatchObject({ code: 'ENOENT' });
  } finally {
    rmSync(cwd, { recursive: true });
  }
});
