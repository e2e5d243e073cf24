#!/usr/bin/env node
import { crashText } from './crash.ts';
import { delayOptimisation } from './engine.ts';
import { EXIT } from './exit-code.ts';
import { main } from './main.ts';
import { processIo } from './process-io.ts';

delayOptimisation();

// Node would exit with 1, which says that the estate fails. A program that stops before it has a verdict has crashed.
process.exitCode = EXIT.crash;
let hasCrashed = false;
process.on('uncaughtException', (error) => {
  hasCrashed = true;
  process.exitCode = EXIT.crash;
  process.stderr.write(crashText(error, process.argv.includes('--debug')));
});

const exitCode = await main(process.argv.slice(2), processIo(import.meta.url));
// Not `process.exit`, which would cut what a pipe has not read yet.
if (!hasCrashed) process.exitCode = exitCode;
