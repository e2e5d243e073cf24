import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('lists what a schema has that the tables have not, with the classes its arguments suggest, and what it lacks', () => {
  const directory = mkdtempSync(join(tmpdir(), 'trefoil-new-types-'));
  try {
    const file = join(directory, 'schema.json');
    const block = (name: string) => ({ block: { attributes: { [name]: { optional: true } } } });
    const resources = {
      aws_s3_bucket: block('bucket'),
      aws_quantum_vault: block('kms_key_id'),
      aws_quantum_label: block('name'),
    };
    writeFileSync(
      file,
      JSON.stringify({ provider_schemas: { 'registry.terraform.io/hashicorp/aws': { resource_schemas: resources } } }),
    );
    const printed = execFileSync(process.execPath, ['--import', 'tsx', 'scripts/list-new-types.ts', file], {
      encoding: 'utf8',
    });
    expect(printed.split('\n').slice(0, 6)).toEqual([
      '3 types of hashicorp/aws, 3 in all',
      '2 without a row',
      '  aws_quantum_label: its arguments show nothing',
      '  aws_quantum_vault: stores data, by the argument kms_key_id',
      '1600 that the schema has not',
      '  aws_accessanalyzer_analyzer',
    ]);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
