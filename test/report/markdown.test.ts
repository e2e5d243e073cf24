import { describe, expect, it } from 'vitest';
import { markdown, MOST_BYTES } from '../../report/markdown.ts';
import { code, prose } from '../../report/markdown-text.ts';
import { nodesOf, parseMarkdown } from '../support/markdown-nodes.ts';
import { rendered } from '../support/rendered.ts';
import {
  BUCKETS_ENCRYPTED,
  controlOf,
  exceptedOf,
  failOf,
  passOf,
  PLAIN,
  reportOf,
  subjectOf,
  unprovenOf,
} from '../support/reports.ts';

it('is a comment that tells the verdict, the sites and the findings', () => {
  const results = [passOf(), failOf(), unprovenOf(), exceptedOf()];
  expect(rendered(markdown, reportOf({ controls: [BUCKETS_ENCRYPTED], results }), PLAIN)).toMatchInlineSnapshot(`
    "<!-- trefoil report -->
    ## trefoil: FAIL

    1 failure that no exception covers (exit 1). 1 fail, 1 unproven, 1 excepted, 1 pass, 0 not applicable.

    | Site | encryption |
    | --- | --- |
    | Dublin | **FAIL 1** |
    | \`Ireland-2\` | n/a |
    | Norway | n/a |

    ### Failures: 1

    **\`ENC-001\`** critical: S3 buckets encrypt objects with a customer-managed key of their site

    - \`aws_s3_bucket.records\` in \`dublin-data\` at \`stacks/data.ts:2:18\`: is encrypted with \`"AES256"\`, a key of AWS
      - write \`rule.applyServerSideEncryptionByDefault.sseAlgorithm: 'aws:kms' of S3BucketServerSideEncryptionConfigurationA\`

    Fix: Add an \`aws_s3_bucket_server_side_encryption_configuration\` with \`sse_algorithm = "aws:kms"\` and a key of the site.

    ### Unproven: 1

    **\`ENC-001\`** critical: S3 buckets encrypt objects with a customer-managed key of their site

    - \`aws_s3_bucket.records\` in \`dublin-data\` at \`stacks/data.ts:2:18\`: \`var.region\` has no value in this run; pass \`--var-file\`

    ### Excepted: 1

    **\`ENC-001\`** critical: S3 buckets encrypt objects with a customer-managed key of their site

    - \`aws_s3_bucket.records\` in \`dublin-data\` at \`stacks/data.ts:2:18\`: is encrypted with \`"AES256"\`, a key of AWS
      - under \`EX-7\` until \`2026-06-30\`: moves to the new key in June (owner: Ada Byron; approved by: Grace Hopper; ticket: \`RISK-7)\`

    trefoil \`0.1.0\`, policy \`enclave\` (sha256 \`aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\`), stage change, judged as of \`2026-01-31\`
    "
  `);
});

describe('a long report', () => {
  const controls = Array.from({ length: 900 }, (_, index) => controlOf({ id: `ENC-${index}` }));
  const results = controls.flatMap((control) =>
    Array.from({ length: 3 }, (_, index) =>
      failOf(control, { message: `holds ${'\u{1f512}'.repeat(90)}`, subject: subjectOf({ address: `a.b${index}` }) }),
    ),
  );
  const output = rendered(markdown, reportOf({ controls, results }), PLAIN);

  it('is cut within what a comment holds, and says what it leaves out', async () => {
    expect(new TextEncoder().encode(output).length).toBeLessThanOrEqual(MOST_BYTES);
    expect(new TextEncoder().encode(output).length).toBeGreaterThan(MOST_BYTES - 5000);
    const shown = output.split('\n').filter((line) => line.startsWith('- `a.b')).length;
    expect(output).toContain(`**Not all is shown: ${2700 - shown} of 2700 findings are left out.**`);
    const kinds = [...nodesOf(await parseMarkdown(output))].filter(({ type }) => type === 'html');
    expect(kinds).toHaveLength(1);
  });

  it('ends with what was judged by whom', () => {
    expect(output.trimEnd().split('\n').at(-1)).toMatch(/^trefoil `0\.1\.0`, policy `enclave`/);
  });
});

it('says how many findings of a control it leaves out', () => {
  const results = Array.from({ length: 20 }, (_, index) =>
    failOf(BUCKETS_ENCRYPTED, { subject: subjectOf({ address: `aws_s3_bucket.b${index}` }) }),
  );
  const output = rendered(markdown, reportOf({ results }), PLAIN);
  expect(output).toContain('- 12 more of this control\n');
  expect(output).toContain('**Not all is shown: 12 of 20 findings are left out.**');
});

describe('prose', () => {
  it.each([
    ['is encrypted with a key of AWS', 'is encrypted with a key of AWS'],
    ['is encrypted with "AES256", a key of AWS', 'is encrypted with `"AES256"`, a key of AWS'],
    ['reads var.region and local.zone, which differ', 'reads `var.region` and `local.zone`, which differ'],
    ['@org/team see #12', '`@org/team` see `#12`'],
    ['a commit da39a3ee5e6b4b0d', 'a commit `da39a3ee5e6b4b0d`'],
    ['uses `ticks` here', 'uses `` `ticks` `` here'],
    ['a | b', 'a `\\u{7c}` b'],
    ['two\nlines', '`two\\u{a}lines`'],
    ['', ''],
  ])('of %j is %j', (text, expected) => {
    expect(prose(text, 100)).toBe(expected);
  });

  it('is cut and says so', () => {
    expect(prose(`see ${'x'.repeat(100)}`, 10)).toBe('see `xxxxxx… (+94` characters)');
  });
});

it.each(['`', '``a`', ' a ', 'a`', '|', ''])('code of %j is one span', async (text) => {
  const [, paragraph, span] = [...nodesOf(await parseMarkdown(code(text, 100)))];
  expect([paragraph?.type, span?.type]).toEqual(['paragraph', 'inlineCode']);
});
