import { type ChildProcess, spawn } from 'node:child_process';
import { resolve, sep } from 'node:path';
import { systemReason } from './errors.ts';
import type { Io } from './io.ts';
import { terraformEnvironment } from './terraform-environment.ts';

export interface TerraformCall {
  readonly args: readonly string[];
  /** Absolute: where Terraform runs. */
  readonly directory: string;
  /** Where its standard output goes, which may hold secrets; nowhere when left out. */
  readonly stdout?: number;
}

export interface Ended {
  readonly succeeded: boolean;
  /** How it ended, as in "ended with exit 1". */
  readonly how: string;
  /** What it said on standard error, unescaped. */
  readonly said: string;
}

const MOST_SAID = 2 ** 16;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Terraform releases the lock of the state before it ends. */
const GRACE_MILLISECONDS = 20_000;

/** Runs Terraform or OpenTofu, never through a shell, and takes it along when the run is interrupted. */
export class Terraform {
  /** As the caller named it. */
  readonly name: string;
  readonly #program: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #children = new Set<ChildProcess>();
  #isStopped = false;

  constructor(name: string, io: Io) {
    this.name = name;
    // A path is relative to where the caller is, not to where Terraform runs.
    this.#program = name.includes('/') || name.includes(sep) ? resolve(io.cwd, name) : name;
    this.#environment = terraformEnvironment(io);
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  async run({ args, directory, stdout }: TerraformCall): Promise<Ended> {
    if (this.#isStopped) return { succeeded: false, how: 'was not started: the run was interrupted', said: '' };
    const child = spawn(this.#program, args, {
      cwd: directory,
      env: this.#environment,
      stdio: ['ignore', stdout ?? 'ignore', 'pipe'],
      // A group of its own: a terminal interrupts all of ours, and of two interrupts Terraform drops everything.
      detached: true,
    });
    this.#children.add(child);
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      if (said.length < MOST_SAID) said += text;
    });
    try {
      return await new Promise<Ended>((done) => {
        child.on('error', (cause) => {
          done({ succeeded: false, how: `did not start: ${systemReason(cause)}`, said });
        });
        child.on('close', (code, signal) => {
          const how = signal === null ? `ended with exit ${code ?? 'unknown'}` : `was ended by ${signal}`;
          done({ succeeded: code === 0, how, said: said.slice(0, MOST_SAID) });
        });
      });
    } finally {
      this.#children.delete(child);
    }
  }

  /**
   * Works until a signal comes; then interrupts Terraform once, waits for the work to tidy up, and lets the signal end
   * the process. A second signal kills.
   */
  async untilSignal<Result>(work: () => Promise<Result>): Promise<Result> {
    let received: NodeJS.Signals | null = null;
    let deadline: NodeJS.Timeout | undefined;
    const kill = (): void => {
      for (const child of this.#children) endGroup(child);
    };
    const onSignal = (signal: NodeJS.Signals): void => {
      if (received !== null) {
        kill();
        return;
      }
      received = signal;
      this.#isStopped = true;
      for (const child of this.#children) child.kill('SIGINT');
      deadline = setTimeout(kill, GRACE_MILLISECONDS);
    };
    process.on('exit', kill);
    for (const signal of SIGNALS) process.on(signal, onSignal);
    try {
      return await work();
    } finally {
      clearTimeout(deadline);
      process.off('exit', kill);
      for (const signal of SIGNALS) process.off(signal, onSignal);
      if (received !== null) process.kill(process.pid, received);
    }
  }
}

/** Terraform and the providers that it started. */
function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
