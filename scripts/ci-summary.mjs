// Prints the last line of a CI run, `N passed, N failed`, and exits 1 unless everything passed.
//
//   node scripts/ci-summary.mjs VITEST_JSON FAILED_STEPS
//
// A test file that did not load, a step that failed, a summary that is not there and a run without tests all count as
// failed: a crash is never a pass.
import { readFileSync } from 'node:fs';

const [, , summary = '', failedSteps = ''] = process.argv;

const tests = readSummary(summary);
const steps = /^\d+$/.test(failedSteps) ? Number(failedSteps) : 1;
// The step `tests` fails because of the tests that are counted one by one already.
const failed = Math.max(tests.failed, tests.failed + steps - (tests.failed > 0 ? 1 : 0));
const nothingRan = tests.passed + tests.failed === 0;

if (nothingRan) console.log('no test ran');
if (tests.skipped > 0) console.log(`${tests.skipped} skipped`);
console.log(`${tests.passed} passed, ${nothingRan ? Math.max(failed, 1) : failed} failed`);
process.exitCode = failed > 0 || nothingRan ? 1 : 0;

/** Counts of one `vitest --reporter=json`; all zero when there is none that can be read. */
function readSummary(file) {
  try {
    const { numPassedTests, numPendingTests, numTodoTests, numFailedTests, testResults } = JSON.parse(
      readFileSync(file, 'utf8'),
    );
    const broken = testResults.filter(
      ({ status, assertionResults }) =>
        status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
    );
    return {
      passed: count(numPassedTests),
      failed: count(numFailedTests) + broken.length,
      skipped: count(numPendingTests) + count(numTodoTests),
    };
  } catch (error) {
    console.log(`no summary of the tests: ${error instanceof Error ? error.message : String(error)}`);
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

function count(number) {
  if (!Number.isInteger(number) || number < 0) throw new TypeError(`${number} is no count`);
  return number;
}
