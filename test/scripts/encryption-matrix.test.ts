import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encryptionMatrix } from '../../scripts/encryption-matrix.ts';

const PAGE = encryptionMatrix();

const rowsOf = (type: string): readonly string[] =>
  PAGE.split('\n').filter((line) => line.startsWith(`| \`${type}\` |`));

describe('the matrix of encryption at rest', () => {
  it('is what is committed', () => {
    expect(readFileSync('docs/encryption-matrix.md', 'utf8')).toBe(PAGE);
  });

  it('says how a type is encrypted, and the verdict in each situation', () => {
    expect(rowsOf('aws_kinesis_stream')).toEqual([
      '| `aws_kinesis_stream` | `encryption_type` is KMS; `kms_key_id` |  | NONE | pass | fail | fail | unproven | fail | pass, fail | unproven |',
    ]);
  });

  it('tells the majors of the provider apart', () => {
    expect(rowsOf('aws_redshift_cluster')[0]).toContain('| false before provider 6, true from 6 |');
  });

  it('says under which conditions a thing is there', () => {
    expect(rowsOf('aws_lambda_function').join('\n')).toContain('| `package_type` is Zip |');
    expect(rowsOf('aws_ecs_cluster').join('\n')).toContain('`aws_ecs_service.launch_type` is FARGATE or FARGATE_SPOT');
  });

  it('names what no control judges, and why', () => {
    expect(rowsOf('aws_cognito_user')).toEqual(["| `aws_cognito_user` | a person's name, address and password |"]);
    expect(PAGE).toContain('| `aws_dx_connection.encryption_mode` | is about encryption in transit |');
  });

  it('has rows of as many cells as their heads', () => {
    const tables = PAGE.split(/\n(?!\|)/).map((block) => block.split('\n').filter((line) => line.startsWith('|')));
    const ragged = tables.flatMap((rows) =>
      rows.filter((row) => row.split(' | ').length !== rows[0]?.split(' | ').length),
    );
    expect(ragged).toEqual([]);
  });
});
