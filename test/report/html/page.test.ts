import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../../checks/report.ts';
import { page } from '../../../report/html/page.ts';
import { appendixOf, hostileAppendix } from '../../support/appendixes.ts';
import { classesOf, parseHtml } from '../../support/html-document.ts';
import { hostileReport } from '../../support/hostile-report.ts';
import { HOSTILE, HOSTILE_MARKUP } from '../../support/hostile-strings.ts';
import {
  BUCKETS_ENCRYPTED,
  comparisonOf,
  controlOf,
  exceptedOf,
  failOf,
  passOf,
  PLACED_IN_SITE,
  reportOf,
  subjectOf,
  TRACE,
  unprovenOf,
  WITNESS,
} from '../../support/reports.ts';

const ONE_OF_EACH = reportOf({ results: [passOf(), failOf(), unprovenOf(PLACED_IN_SITE), exceptedOf(PLACED_IN_SITE)] });

function written(report: Report, appendix: ReturnType<typeof appendixOf> | null = null): string {
  return [...page(report, { appendix })].join('');
}

/** What is read on a page. */
function textOf(output: string): string {
  return output
    .replaceAll(/<(?<raw>style|script)>.*?<\/\k<raw>>|<[^>]*>/gs, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ');
}

describe('the page', () => {
  it('names what was judged, by what, when, by which policy, and concludes', () => {
    const conclusion = parseHtml(written(ONE_OF_EACH)).find((element) => classesOf(element).includes('conclusion'));
    expect(conclusion === undefined ? [] : classesOf(conclusion)).toEqual(['conclusion', 'fail']);
    const text = textOf(written(ONE_OF_EACH));
    expect(text).toContain('fail 1 failure that no exception covers exit 1');
    expect(text).toContain('Judged as of 2026-01-31 , at stage change');
    expect(text).toContain('By trefoil 0.1.0');
    expect(text).toContain(`Policy digest sha256:${'a'.repeat(64)}`);
    expect(text).toContain(`cdktf.out/stacks/dublin-data/cdk.tf.json input ${'b'.repeat(64)}`);
  });

  it('shows of a finding its subject, construct, place, value, remedy, fingerprint and what it rests on', () => {
    const text = textOf(written(reportOf({ results: [failOf(BUCKETS_ENCRYPTED, { fingerprint: 'f1f1' })] })));
    for (const part of [
      'fail aws_s3_bucket.records in dublin-data is encrypted with "AES256", a key of AWS',
      'Site Dublin',
      'Construct dublin-data/records',
      'Place stacks/data.ts:2:18',
      'Input cdktf.out/stacks/dublin-data/cdk.tf.json:131:15',
      'Value seen rule[0].apply_server_side_encryption_by_default.sse_algorithm = "AES256"',
      'Rests on aws_kms_key.records in dublin-data cdktf.out/stacks/dublin-data/cdk.tf.json:210:7',
      "Remedy rule.applyServerSideEncryptionByDefault.sseAlgorithm: 'aws:kms' of S3BucketServerSideEncryptionConfigurationA at stacks/data.ts:12:5",
      'Fingerprint f1f1',
      'Finding ENC-001:dublin-data:aws_s3_bucket.records',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('draws the way of a packet hop by hop, with the line that decides each', () => {
    const text = textOf(
      written(reportOf({ results: [failOf(BUCKETS_ENCRYPTED, { witness: { ...WITNESS, trace: TRACE } })] })),
    );
    expect(text).toContain('The packet tcp 443 from 10.0.1.5 to 203.0.113.9 gets through:');
    expect(text).toContain('aws_subnet.data takes the route to 0.0.0.0/0 (stack dublin-data) stacks/data.ts:9:5');
    expect(text).toContain('Closed by taking away aws_route.leak');
  });

  it('names of the unproven the values that would decide them, and of exceptions who answers until when', () => {
    const text = textOf(written(ONE_OF_EACH));
    expect(text).toContain('Settled by var.region has no value in this run; pass --var-file');
    expect(text).toContain(
      'Reason moves to the new key in June Owner Ada Byron Approver Grace Hopper Ticket RISK-7 From 2026-01-10 Until 2026-06-30 Meanwhile nobody but its owner reads the bucket',
    );
  });

  it('gives every finding an anchor that is its id, and links to it', () => {
    const output = written(
      reportOf({ results: [failOf(BUCKETS_ENCRYPTED, { id: 'ENC-001:a stack:aws_s3_bucket.x["é"]' })] }),
    );
    expect(output).toContain('id="ENC-001:a\\u{20}stack:aws_s3_bucket.x[&quot;é&quot;]"');
    expect(output).toContain('href="#ENC-001:a%5Cu%7B20%7Dstack:aws_s3_bucket.x%5B%22%C3%A9%22%5D"');
  });

  it('says of each control what it asks, why, by which standards, of how many, and what it gave', () => {
    const text = textOf(written(ONE_OF_EACH));
    expect(text).toContain(`ENC-001 ${BUCKETS_ENCRYPTED.title} fail`);
    expect(text).toContain(`Why ${BUCKETS_ENCRYPTED.why}`);
    expect(text).toContain('BSI C5:2020 CRY-03');
    expect(text).toContain('2 subjects: 1 fail, 1 pass');
  });

  it('tells planned, by command, not applicable and not asked for apart, and counts none of them as a pass', () => {
    const controls = [
      BUCKETS_ENCRYPTED,
      controlOf({ id: 'ENC-002', family: 'encryption' }),
      controlOf({ id: 'ENC-003', family: 'encryption', status: 'planned' }),
      controlOf({ id: 'CHG-003', family: 'integrity', status: 'planned' }),
    ];
    const all = textOf(written(reportOf({ controls, results: [passOf()] })));
    expect(all).toMatch(/ENC-002 Data stays in its site high not applicable/);
    expect(all).toMatch(/ENC-003 Data stays in its site high planned/);
    expect(all).toMatch(/CHG-003 Data stays in its site high by command/);
    expect(all).toContain('Controls 2 judged; in no verdict: 1 decided by a command, 1 planned');
    expect(all).toContain('Planned, judged by nothing yet: ENC-003 .');
    expect(all).toMatch(/CHG-003 : No verdict of a run decides this control/);
    const filter = { controls: ['ENC-001'], severities: [], sites: [] };
    const some = textOf(written(reportOf({ controls, results: [passOf()], filter })));
    expect(some).toMatch(/ENC-002 Data stays in its site high not asked for/);
    expect(some).toContain('Only what was asked for control ENC-001');
  });

  it('shows a requirement of a standard as passed only where all of its controls gave a pass', () => {
    const parts = { family: 'encryption' } as const;
    const controls = [BUCKETS_ENCRYPTED, controlOf({ id: 'ENC-003', ...parts, status: 'planned' })];
    const row = (report: Report): string => /CRY-03 ([a-z ]+?) ENC-001/.exec(textOf(written(report)))?.[1] ?? '';
    expect(row(reportOf({ controls, results: [passOf()] }))).toBe('in part');
    expect(row(reportOf({ controls: [BUCKETS_ENCRYPTED], results: [passOf()] }))).toBe('pass');
    expect(row(reportOf({ controls, results: [] }))).toBe('not judged');
    expect(row(reportOf({ controls: [BUCKETS_ENCRYPTED], results: [] }))).toBe('not applicable');
    expect(row(reportOf({ controls, results: [unprovenOf()] }))).toBe('unproven');
  });

  it('reconciles what was counted, and shows a difference as a failure', () => {
    expect(textOf(written(ONE_OF_EACH))).toContain('Resources, by stack 2 2 0');
    const broken = { ...ONE_OF_EACH, summary: { ...ONE_OF_EACH.summary, pass: 2 } };
    expect(textOf(written(broken))).toContain('Verdicts, by the summary 4 5 fail -1');
  });

  it('puts what was not judged before every verdict', () => {
    const incomplete = reportOf({
      results: [passOf()],
      complete: false,
      incompleteBecause: ['the stack norway-data is missing'],
    });
    const text = textOf(written(incomplete));
    expect(text).toContain('incomplete something was not looked at exit 3');
    expect(text.indexOf('the stack norway-data is missing')).toBeLessThan(text.indexOf('Verdicts by site and family'));
    expect(text).toContain('The run is incomplete');
    expect(textOf(written(reportOf()))).toContain('nothing was judged');
  });

  it('says at its end that it is whole', () => {
    const last = parseHtml(written(ONE_OF_EACH)).findLast(({ name }) => name === 'p');
    expect(last?.text).toBe('End of the report on enclave as of 2026-01-31: fail.');
  });

  it('compares with the base where there is one', () => {
    const text = textOf(
      written(reportOf({ results: [failOf(BUCKETS_ENCRYPTED, { change: 'new' })], comparison: comparisonOf() })),
    );
    expect(text).toContain('Only new and worsened findings block.');
    expect(text).toContain('Against the base new');
    expect(text).toContain('the base is incomplete');
    expect(text).toContain(
      'aws_s3_bucket.ledger in dublin-data fail is encrypted with "AES256", a key of AWS passes now',
    );
    expect(textOf(written(ONE_OF_EACH))).not.toContain('Comparison with the base');
  });

  it('shows the sites, the maps and the evidence of an appendix, and links to no map without', () => {
    const output = written(ONE_OF_EACH, appendixOf());
    expect(textOf(output)).toContain('Countries in which data may be');
    expect(textOf(output)).toContain(`Digest of its code sha256:${'e'.repeat(64)}`);
    expect(output.match(/<img\s/g)).toHaveLength(2);
    expect(written(ONE_OF_EACH)).not.toContain('href="#network"');
  });

  it('says why a picture is missing', () => {
    const [whole] = appendixOf().network;
    const absent = { title: 'the network', ways: whole?.ways ?? [], picture: null, reason: 'it is too large to read' };
    expect(textOf(written(ONE_OF_EACH, appendixOf({ network: [absent] })))).toContain(
      'the network: it is too large to read.',
    );
  });

  it('lets only its own style and script apply, by their digests, and asks nobody for anything', () => {
    const output = written(ONE_OF_EACH, appendixOf());
    const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/
      .exec(output)?.[1]
      ?.replaceAll('&#39;', "'");
    const digest = (tag: string): string => {
      const parts = output.split(`<${tag}>`);
      expect(parts).toHaveLength(2);
      const [content = ''] = (parts[1] ?? '').split(`</${tag}>`);
      return createHash('sha256').update(content).digest('base64');
    };
    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${digest('style')}'; script-src 'sha256-${digest('script')}'; ` +
        "img-src data:; base-uri 'none'; form-action 'none'",
    );
    expect(output).not.toMatch(/<(?:link|script|img|iframe|object|embed|source)[^>]*(?:src|href)="(?!data:)/);
    expect(output).not.toMatch(/@import|url\(/);
  });

  it.each([...HOSTILE, ...HOSTILE_MARKUP].map((text) => [text.slice(0, 20), text]))(
    'has no tag and attribute but its own for %j',
    (_, text) => {
      const skeleton = (one: string): readonly string[] =>
        parseHtml(written(hostileReport(one), hostileAppendix(one))).map(
          ({ name, attributes }) => `${name} ${[...attributes.keys()].join(' ')}`,
        );
      expect(skeleton(text)).toEqual(skeleton('plain'));
    },
  );

  it('holds 10,000 subjects in less than a second, and no string of all of it', () => {
    const results = Array.from({ length: 10_000 }, (_, index) => {
      const subject = subjectOf({ address: `aws_s3_bucket.records["${index}"]` });
      return index % 2 === 0 ? passOf(BUCKETS_ENCRYPTED, { subject }) : failOf(BUCKETS_ENCRYPTED, { subject });
    });
    const report = reportOf({ results });
    const start = performance.now();
    let longest = 0;
    let parts = 0;
    for (const part of page(report, {})) {
      longest = Math.max(longest, part.length);
      parts += 1;
    }
    expect(performance.now() - start).toBeLessThan(1_000);
    expect(parts).toBeGreaterThan(10_000);
    expect(longest).toBeLessThan(200_000);
  });
});
