import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { transportMatrix } from '../../scripts/transport-matrix.ts';

const PAGE = transportMatrix();

describe('the matrix of encryption in transit', () => {
  it('is what is committed', () => {
    expect(readFileSync('docs/transport-matrix.md', 'utf8')).toBe(PAGE);
  });

  it('says how a type is encrypted, and the verdict in each situation', () => {
    expect(PAGE).toContain('| `aws_db_proxy` | `require_tls` is true |  | pass | fail | fail | unproven |');
    expect(PAGE).toContain('| `aws_sns_topic_subscription` | `protocol` is https |');
  });

  it('says what a family of parameter groups does by itself', () => {
    expect(PAGE).toContain('| `rds.force_ssl` | `1`, `on`, `true` | on from 15 |');
  });

  it('judges every row', () => {
    expect(PAGE).not.toContain('not judged');
  });

  it('has rows of as many cells as their heads', () => {
    const tables = PAGE.split(/\n(?!\|)/).map((block) => block.split('\n').filter((line) => line.startsWith('|')));
    const ragged = tables.flatMap((rows) =>
      rows.filter((row) => row.split(' | ').length !== rows[0]?.split(' | ').length),
    );
    expect(ragged).toEqual([]);
  });
});
