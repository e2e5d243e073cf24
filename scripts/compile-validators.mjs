#!/usr/bin/env node
/**
 * Compiles the JSON Schemas of the policy and of reports to plain functions: loading ajv and compiling at run time costs 120 ms per
 * run, the compiled functions 6 ms.
 *
 *   node scripts/compile-validators.mjs           after every change of a schema
 *   node scripts/compile-validators.mjs --check   exits 1 when a generated file is out of date
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { transform } from 'esbuild';

const root = new URL('../', import.meta.url);
const VALIDATORS = [
  // People write these, so each error is told, with what the schema says of the place.
  { schema: 'policy/policy.schema.json', output: 'policy/validate-policy.generated.ts', isWritten: true },
  { schema: 'policy/exceptions.schema.json', output: 'policy/validate-exceptions.generated.ts', isWritten: true },
  { schema: 'report/report.schema.json', output: 'report/validate-report.generated.ts', isWritten: false },
];

for (const { schema, output, isWritten } of VALIDATORS) {
  const text = await compileValidator(JSON.parse(readFileSync(new URL(schema, root), 'utf8')), schema, isWritten);
  const file = new URL(output, root);
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) {
    console.error(`${output} is out of date; run node scripts/compile-validators.mjs`);
    process.exitCode = 1;
  }
}

async function compileValidator(schema, path, isWritten) {
  const ajv = new Ajv({
    allErrors: isWritten,
    messages: false,
    inlineRefs: false,
    code: { source: true, lines: true, esm: true },
  });
  // Names the error code of a mismatch; of no meaning for validity.
  ajv.addKeyword('x-code');
  const code = standaloneCode.default(ajv, ajv.compile(schema));
  if (/\brequire\(|^\s*import\b/m.test(code)) throw new Error(`the validator of ${path} needs ajv at run time`);
  const declared = code.replace(/export const validate = (\w+);\s*export default \w+;/, 'const validate = $1;');
  const { code: small } = await transform(`${declared}\nexport { validate };`, { minify: true, target: 'node20' });
  return [
    '// @ts-nocheck',
    '/* oxlint-disable */',
    `// Generated from ${path} by scripts/compile-validators.mjs; do not edit.`,
    small.trimEnd(),
    ...(isWritten ? [`export const schema = ${JSON.stringify(schema)};`] : []),
    '',
  ].join('\n');
}
