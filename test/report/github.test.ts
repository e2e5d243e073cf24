import { describe, expect, it } from 'vitest';
import { github, MOST_OF_A_KIND } from '../../report/github.ts';
import { rendered } from '../support/rendered.ts';
import {
  BUCKETS_ENCRYPTED,
  comparisonOf,
  controlOf,
  exceptedOf,
  failOf,
  passOf,
  PLAIN,
  reportOf,
  subjectOf,
  unprovenOf,
} from '../support/reports.ts';
import { parseWorkflowCommands } from '../support/workflow-commands.ts';

function linesOf(...parts: Parameters<typeof reportOf>): readonly string[] {
  return rendered(github, reportOf(...parts), PLAIN)
    .trimEnd()
    .split('\n');
}

describe('annotations', () => {
  it('stand at the TypeScript line, with the verdict first', () => {
    expect(linesOf({ controls: [BUCKETS_ENCRYPTED], results: [failOf()] })).toEqual([
      '::error title=trefoil FAIL::FAIL: 1 failure that no exception covers (exit 1). 1 fail, 0 unproven, 0 excepted, 0 pass, 0 not applicable.',
      '::error file=stacks/data.ts,line=2,col=18,title=ENC-001 fail (critical)%3A aws_s3_bucket.records in dublin-data::aws_s3_bucket.records is encrypted with "AES256", a key of AWS. Add an aws_s3_bucket_server_side_encryption_configuration with sse_algorithm = "aws:kms" and a key of the site.',
    ]);
  });

  it.each([
    ['a pass', passOf(), {}, ['notice']],
    ['an unproven finding', unprovenOf(), {}, ['warning', 'warning']],
    ['an unproven finding that blocks', unprovenOf(), { unprovenBlocks: ['critical'] }, ['error', 'error']],
    ['an exception', exceptedOf(), {}, ['notice', 'notice']],
    [
      'a failure of the base where changes block',
      failOf(BUCKETS_ENCRYPTED, { change: 'existing' }),
      { comparison: comparisonOf() },
      ['warning', 'warning'],
    ],
  ] as const)('of %s are of its kind', (_, result, parts, kinds) => {
    const lines = linesOf({ ...parts, results: [result] });
    expect(parseWorkflowCommands(lines.join('\n')).map(({ name }) => name)).toEqual(kinds);
  });

  it('say where something is that no path of the repository leads to', () => {
    const source = { file: '../elsewhere/cdk.tf.json', line: 3, column: 5 };
    const [, line] = linesOf({ results: [failOf(BUCKETS_ENCRYPTED, { subject: subjectOf({ code: null, source }) })] });
    expect(line).toMatch(/^::error title=ENC-001[^:]*::.* \(\.\.\/elsewhere\/cdk\.tf\.json:3:5\)$/);
  });

  it('are as many of a kind as GitHub shows, the gravest first, and the last counts the others', () => {
    const low = controlOf({ id: 'KEY-004', severity: 'low' });
    const results = Array.from({ length: 30 }, (_, index) =>
      failOf(index === 29 ? BUCKETS_ENCRYPTED : low, { subject: subjectOf({ address: `aws_kms_key.k${index}` }) }),
    );
    const commands = parseWorkflowCommands(linesOf({ results }).join('\n'));
    expect(commands).toHaveLength(MOST_OF_A_KIND);
    expect(commands[1]?.properties.get('title')).toContain('ENC-001 fail (critical)');
    expect(commands.at(-1)?.properties.get('title')).toBe('trefoil: 22 more errors');
  });
});
