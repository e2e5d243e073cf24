import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';

const DIRECTORY = new URL('../fixtures/plans/', import.meta.url);

/** Stacks of the reference enclave whose plan is recorded. */
export function recordedStacks(): string[] {
  return readdirSync(DIRECTORY)
    .filter((file) => file.endsWith('.json.gz'))
    .map((file) => file.replace('.json.gz', ''))
    .toSorted();
}

/** Bytes of `terraform show -json` for a stack of the reference enclave, as the real Terraform wrote them. */
export function recordedPlan(stack: string): Buffer {
  return gunzipSync(readFileSync(new URL(`${stack}.json.gz`, DIRECTORY)));
}

/** Keeps a plan, but for the moment at which it was made. */
export function recordPlan(stack: string, plan: object): void {
  const text = JSON.stringify({ ...plan, timestamp: '2026-01-01T00:00:00Z' });
  writeFileSync(new URL(`${stack}.json.gz`, DIRECTORY), gzipSync(text, { level: 9 }));
}
