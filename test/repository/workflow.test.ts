import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { read, ROOT } from './source-files.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: { readonly [input: string]: unknown };
}

interface Workflow {
  readonly on: { readonly [event: string]: unknown };
  readonly permissions: unknown;
  readonly concurrency?: unknown;
  readonly jobs: {
    readonly [job: string]: {
      readonly permissions?: { readonly [scope: string]: string };
      readonly 'timeout-minutes'?: number;
      readonly steps: readonly Step[];
    };
  };
}

const FOLDER = '.github/workflows';
const FILES = readdirSync(join(ROOT, FOLDER)).map((name) => `${FOLDER}/${name}`);

it('has workflows to judge', () => {
  expect(FILES).toContain(`${FOLDER}/ci.yml`);
});

it('runs in CI what everybody can run', () => {
  expect(read(`${FOLDER}/ci.yml`)).toMatch(/^ +run: \.ci\/run$/m);
  expect(statSync(join(ROOT, '.ci/run')).mode & 0o111).not.toBe(0);
});

describe.each(FILES)('%s', (file) => {
  const text = read(file);
  const workflow = parse(text) as Workflow;
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);

  it('pins every action to a commit and says which version that is', () => {
    const lines = text.split('\n').filter((line) => /\buses:/.test(line));
    expect(lines).toHaveLength(steps.filter(({ uses }) => uses !== undefined).length);
    for (const line of lines) expect(line).toMatch(/uses: [\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('grants nothing at the top and only reading to its jobs', () => {
    expect(workflow.permissions).toEqual({});
    for (const job of jobs) expect(job.permissions).toEqual({ contents: 'read' });
  });

  it('leaves no credentials in the checkout', () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts).not.toEqual([]);
    for (const checkout of checkouts) expect(checkout.with).toMatchObject({ 'persist-credentials': false });
  });

  it('never runs the code of a fork with the rights of the base', () => {
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
    expect(Object.keys(workflow.on)).not.toContain('workflow_run');
  });

  it('pastes no expression into a script', () => {
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
  });

  it('reads no secret', () => {
    expect(text).not.toMatch(/\bsecrets\b|\bgithub\.token\b/);
  });

  it('ends, and never runs twice for one branch', () => {
    expect(workflow.concurrency).toBeDefined();
    for (const job of jobs) expect(job['timeout-minutes']).toBeLessThanOrEqual(30);
  });
});
