import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Starting a context for each file costs more than most files take; tests therefore keep no global state.
    pool: 'threads',
    isolate: false,
    // Synthesising the stacks and running the real Terraform take their time on a small machine.
    testTimeout: 180_000,
    hookTimeout: 300_000,
    coverage: {
      provider: 'v8',
      include: ['model/**', 'proofs/**', 'policy/**', 'checks/**', 'report/**', 'cli/**'],
      exclude: ['**/*.generated.ts'],
    },
  },
});
