import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { appendixOf } from '../report/appendix-of.ts';
import { page } from '../report/html/page.ts';
import { Browser, CHROMIUM } from '../test/support/chromium.ts';
import { inBenchDirectory } from './generated.ts';
import { largeReport, shareOf } from './large-report.ts';

/** Waits for the frame after the next. */
const LAID_OUT = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

/**
 * Prints, as JSON, how many milliseconds a browser takes to open the page of a large report, to search in it for the first
 * time and once more, and to show everything again; each until the page is laid out anew.
 */
const resources = Number(process.argv[2] ?? '1000');
const share = shareOf(process.argv.slice(3));
if (CHROMIUM === null) throw new TypeError('there is no Chromium on this machine');
const browser = new Browser(CHROMIUM);
try {
  await inBenchDirectory(measure);
} finally {
  await browser.close();
}

async function measure(root: string): Promise<void> {
  const { context, report } = await largeReport(root, resources, share);
  const text = [...page(report, { appendix: appendixOf(context, report, null) })].join('');
  const file = join(root, 'report.html');
  writeFileSync(file, text);
  const start = performance.now();
  const opened = await browser.open(file);
  await opened.evaluate(LAID_OUT);
  const open = performance.now() - start;
  const search = async (words: string): Promise<number> => opened.evaluate(searching(words));
  const row = {
    verdicts: report.results.length,
    findings: report.results.filter(({ verdict }) => verdict !== 'pass').length,
    'page MB': Number((text.length / 1e6).toFixed(1)),
    open: Math.round(open),
    'first search': Math.round(await search('aws_ebs_volume')),
    'next search': Math.round(await search('aws_db_instance west-0001')),
    everything: Math.round(await search('')),
  };
  process.stdout.write(`${JSON.stringify(row)}\n`);
}

function searching(words: string): string {
  return `(async () => {
    const search = document.getElementById('search');
    const start = performance.now();
    search.value = ${JSON.stringify(words)};
    search.dispatchEvent(new Event('input', { bubbles: true }));
    document.body.getBoundingClientRect();
    await ${LAID_OUT};
    return performance.now() - start;
  })()`;
}
