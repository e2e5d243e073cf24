import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../../checks/report.ts';
import type { Appendix } from '../../../report/appendix.ts';
import { page as render } from '../../../report/html/page.ts';
import { appendixOf, hostileAppendix } from '../../support/appendixes.ts';
import { Browser, CHROMIUM, type Page, type PageSetting } from '../../support/chromium.ts';
import { hostileReport } from '../../support/hostile-report.ts';
import { HOSTILE, HOSTILE_MARKUP } from '../../support/hostile-strings.ts';
import {
  BUCKETS_ENCRYPTED,
  comparisonOf,
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

const AXE = fileURLToPath(new URL('../../../node_modules/axe-core/axe.min.js', import.meta.url));
const hasAxe = existsSync(AXE);

if (CHROMIUM === null) process.emitWarning('SKIPPED: no Chromium on this machine, so no page was opened');
else if (!hasAxe)
  process.emitWarning('SKIPPED: axe-core is not installed, so no page was asked whether everybody can read it');

const EACH = reportOf({
  results: [
    passOf(BUCKETS_ENCRYPTED, { subject: subjectOf({ address: 'aws_s3_bucket.fine' }) }),
    failOf(BUCKETS_ENCRYPTED, { change: 'new', witness: { ...WITNESS, trace: TRACE } }),
    unprovenOf(PLACED_IN_SITE, { change: 'existing', site: 'norway' }),
    exceptedOf(PLACED_IN_SITE, {
      change: 'existing',
      subject: subjectOf({ address: 'aws_s3_bucket.late' }),
    }),
    passOf(PLACED_IN_SITE, { subject: subjectOf({ address: 'aws_s3_bucket.fine' }) }),
  ],
  comparison: comparisonOf(),
});

/** Hostile texts on one page. */
const TOGETHER = 12;

const SHOWN = `JSON.stringify([...document.querySelectorAll('article.finding, details.passes tr[data-site]')]
  .filter((element) => element.closest('[hidden]') === null)
  .map((element) => element.querySelector('code').textContent))`;

describe.skipIf(CHROMIUM === null)('in a browser', { timeout: 120_000 }, () => {
  const work = mkdtempSync(join(tmpdir(), 'trefoil-page-'));
  let browser: Browser;

  beforeAll(() => {
    browser = new Browser(CHROMIUM ?? '');
  });

  afterAll(async () => {
    await browser.close();
    rmSync(work, { recursive: true });
  });

  async function open(report: Report, appendix: Appendix | null, setting: PageSetting = {}): Promise<Page> {
    const file = join(work, 'report.html');
    writeFileSync(file, [...render(report, { appendix })].join(''));
    return browser.open(file, setting);
  }

  async function shown(page: Page): Promise<readonly string[]> {
    return JSON.parse(await page.evaluate<string>(SHOWN)) as string[];
  }

  /** Sets a field as a person does, and waits until the page has answered. */
  async function set(page: Page, selector: string, change: string): Promise<readonly string[]> {
    await page.evaluate(`(() => {
      const field = document.querySelector(${JSON.stringify(selector)});
      field.${change};
      field.dispatchEvent(new Event('input', { bubbles: true }));
      return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    })()`);
    return shown(page);
  }

  it.each(['light', 'dark'] as const)(
    'asks for nothing beside itself and has nothing to complain of, %s',
    async (scheme) => {
      const page = await open(EACH, appendixOf(), { scheme });
      expect(page.requests).toEqual([expect.stringMatching(/^file:.*report\.html$/)]);
      expect(page.complaints).toEqual([]);
      const pictures = await page.evaluate(
        `[...document.images].every((image) => image.complete && image.naturalWidth > 0)`,
      );
      expect(pictures).toBe(true);
      await page.close();
    },
  );

  it('takes every hostile text for text', async () => {
    const texts = [...HOSTILE_MARKUP, 'x'.repeat(1_000_000), ...HOSTILE];
    // Several to a page, so that it takes no minute.
    for (let start = 0; start < texts.length; start += TOGETHER) {
      const together = texts.slice(start, start + TOGETHER);
      const [first = ''] = together;
      const report = { ...hostileReport(first), results: together.flatMap((text) => hostileReport(text).results) };
      const page = await open(report, hostileAppendix(together.join(' ').slice(0, 400)));
      const found = await page.evaluate<Readonly<Record<string, number>>>(`(() => {
        const count = (selector) => document.querySelectorAll(selector).length;
        return {
          hit: window.hit === undefined ? 0 : 1,
          scripts: count('script'),
          styles: count('style'),
          frames: count('iframe, object, embed, base, svg'),
          refreshes: count('meta[http-equiv="refresh" i]'),
          foreign: count('[src]:not([src^="data:"])'),
          handlers: [...document.querySelectorAll('*')].filter((element) => element.getAttributeNames().some((name) => name.startsWith('on') || name === 'style')).length,
          findings: count('article.finding'),
        };
      })()`);
      const findings = 3 * together.length;
      expect(found).toEqual({
        hit: 0,
        scripts: 1,
        styles: 1,
        frames: 0,
        refreshes: 0,
        foreign: 0,
        handlers: 0,
        findings,
      });
      expect(page.requests).toHaveLength(1);
      expect(page.complaints).toEqual([]);
      await page.close();
    }
  });

  it('would run no script of a text that got past the escaping', async () => {
    const file = join(work, 'broken.html');
    const broken = [...render(EACH, {})]
      .join('')
      .replace(
        '</main>',
        '<script>window.hit=1</script><img src="https://example.com/x.png"><p style="color:red" onclick="0"></p></main>',
      );
    writeFileSync(file, broken);
    const page = await browser.open(file);
    expect(await page.evaluate('window.hit === undefined')).toBe(true);
    expect(page.complaints.filter((one) => one.includes('Content Security Policy')).length).toBeGreaterThanOrEqual(3);
    await page.close();
  });

  it('searches and filters, and says how much it shows', async () => {
    const page = await open(EACH, null);
    const all = ['aws_s3_bucket.records', 'aws_s3_bucket.late', 'aws_s3_bucket.fine'];
    expect(new Set(await shown(page))).toEqual(new Set(all));
    expect(await set(page, '#search', `value = 'LATE'`)).toEqual(['aws_s3_bucket.late']);
    expect(await page.evaluate(`document.querySelector('#shown').textContent`)).toBe(
      '1 of 3 findings and 0 of 2 passes shown',
    );
    // Paper that was printed so must not pass for the whole.
    expect(await page.evaluate(`document.querySelector('#filtered').textContent`)).toBe(
      'A filter is on: 1 of 3 findings and 0 of 2 passes shown. The others are hidden, on paper too.',
    );
    expect(await set(page, '#search', `value = 'enc-001 bucket'`)).toEqual([
      'aws_s3_bucket.records',
      'aws_s3_bucket.fine',
    ]);
    expect(await set(page, '#search', `value = 'nothing of the kind'`)).toEqual([]);
    await set(page, '#search', `value = ''`);
    expect(await set(page, '#filter-site', `value = 'norway'`)).toEqual(['aws_s3_bucket.records']);
    await set(page, '#filter-site', `value = ''`);
    expect(await set(page, '#filter-change', `value = 'new'`)).toEqual(['aws_s3_bucket.records']);
    await set(page, '#filter-change', `value = ''`);
    expect(await set(page, '#filter-family', `value = 'residency'`)).toHaveLength(3);
    expect(await set(page, 'input[value=pass]', 'checked = false')).toHaveLength(2);
    await page.evaluate(`document.querySelector('button[type=reset]').click()`);
    expect(await shown(page)).toHaveLength(5);
    expect(await page.evaluate(`document.querySelector('#filtered').hidden`)).toBe(true);
    expect(page.complaints).toEqual([]);
    await page.close();
  });

  it('has a target for every link into itself, and no id twice', async () => {
    const page = await open(EACH, appendixOf());
    const lost = `JSON.stringify([...document.querySelectorAll('a[href^="#"]')].map((link) => decodeURIComponent(link.hash.slice(1))).filter((id) => document.getElementById(id) === null))`;
    expect(await page.evaluate(lost)).toBe('[]');
    const twice = `JSON.stringify([...document.querySelectorAll('[id]')].map(({ id }) => id).filter((id, index, all) => all.indexOf(id) !== index))`;
    expect(await page.evaluate(twice)).toBe('[]');
    await page.close();
  });

  it('goes to a finding by its id, and shows it when the filter hides it', async () => {
    const id = 'ENC-001:dublin-data:aws_s3_bucket.records["é ü"]';
    const report = reportOf({
      results: [...EACH.results, failOf(BUCKETS_ENCRYPTED, { id, subject: subjectOf({ address: 'last' }) })],
    });
    const page = await open(report, appendixOf(), { height: 400 });
    await set(page, '#search', `value = 'nothing of the kind'`);
    await page.evaluate(`(() => {
      location.hash = [...document.querySelectorAll('article a')].at(-1).hash;
      const link = [...document.querySelectorAll('article a')].find(({ textContent }) => textContent === 'last');
      location.hash = link.hash;
      return new Promise((resolve) => setTimeout(resolve, 100));
    })()`);
    const seen = await page.evaluate(`(() => {
      const { top, bottom } = document.querySelector(':target').getBoundingClientRect();
      return document.querySelector(':target h4').textContent.includes('last') && top >= 0 && top < 400 && bottom > 0;
    })()`);
    expect(seen).toBe(true);
    await page.close();
  });

  it('shows everything without scripts, and no filter that would do nothing', async () => {
    const page = await open(EACH, appendixOf(), { scripts: false });
    expect(await shown(page)).toHaveLength(5);
    expect(await page.evaluate(`document.querySelector('#filter').hidden`)).toBe(true);
    await page.evaluate(`document.querySelector('details.passes summary').click()`);
    expect(await page.evaluate(`document.querySelector('details.passes').open`)).toBe(true);
    await page.close();
  });

  it.each([320, 390, 768, 1280, 1920])('is no wider than a screen of %d pixels', async (width) => {
    const page = await open(EACH, appendixOf(), { width });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await page.close();
  });

  it('prints on A4, upright and on its side', async () => {
    const page = await open(EACH, appendixOf());
    const text = (await page.pdf()).toString('latin1');
    expect(text.startsWith('%PDF-')).toBe(true);
    const sizes = Array.from(text.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/g), ([, width, height]) => [
      Math.round(Number(width)),
      Math.round(Number(height)),
    ]);
    expect(sizes.length).toBeGreaterThan(3);
    for (const size of sizes)
      expect([
        [595, 842],
        [842, 595],
      ]).toContainEqual(size);
    await page.close();
  });

  it('opens 10,000 findings in seconds, and filters them while somebody types', async () => {
    const results = Array.from({ length: 10_000 }, (_, index) =>
      failOf(BUCKETS_ENCRYPTED, { subject: subjectOf({ address: `aws_s3_bucket.records["${index}"]` }) }),
    );
    const start = performance.now();
    const page = await open(reportOf({ results }), null);
    expect(performance.now() - start).toBeLessThan(20_000);
    expect(await set(page, '#search', `value = '"4321"'`)).toEqual(['aws_s3_bucket.records["4321"]']);
    const again = performance.now();
    expect(await set(page, '#search', `value = '"432'`)).toHaveLength(11);
    expect(performance.now() - again).toBeLessThan(3_000);
    await page.close();
  });

  it.skipIf(!hasAxe).each([
    ['light', 1280],
    ['dark', 390],
  ] as const)('can be read by everybody, as far as axe can tell: %s, %d pixels', async (scheme, width) => {
    const page = await open(EACH, appendixOf(), { scheme, width });
    await page.evaluate(
      `${readFileSync(AXE, 'utf8')};document.querySelectorAll('details').forEach((one) => { one.open = true; })`,
    );
    const found = await page.evaluate<readonly unknown[]>(
      `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]))`,
    );
    expect(found).toEqual([]);
    await page.close();
  });
});
