// Takes the pictures of docs/html-report.md: the page of a change to the enclave that fails in several ways, judged on a
// fixed day, in Chromium. Their bytes depend on its version and fonts, so that CI does not compare them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Browser, CHROMIUM } from '../test/support/chromium.ts';
import { inEnclaveCopy } from './enclave-copy.mjs';

const DOCS = fileURLToPath(new URL('../docs/', import.meta.url));
const AS_OF = ['--as-of', '2026-11-22'];

const EDITS = [
  {
    file: 'stacks/gateway/gateway-network.ts',
    from: "edge.routes, '0.0.0.0/0', { vpcEndpointId: endpoint });",
    to: "edge.routes, '0.0.0.0/0', this.site.id === 'ireland-2' ? { gatewayId: internet.id } : { vpcEndpointId: endpoint });",
  },
  {
    file: 'stacks/data/enclave-bucket.ts',
    from: "{ sseAlgorithm: 'aws:kms', kmsMasterKeyId: config.keyArn }",
    to: "{ sseAlgorithm: 'aws:kms', kmsMasterKeyId: config.bucketName === 'trefoil-dublin-restricted' ? undefined : config.keyArn }",
  },
  {
    file: 'stacks/keys-stack.ts',
    from: 'enableKeyRotation: true,',
    to: "enableKeyRotation: site.id !== 'norway' || dataClass === 'operational',",
  },
  {
    file: 'stacks/keys-stack.ts',
    from: 'deletionWindowInDays: 30,',
    to: "deletionWindowInDays: site.id === 'dublin' && dataClass === 'operational' ? new TerraformVariable(this, 'window', { type: 'number' }).numberValue : 30,",
  },
  {
    file: 'stacks/keys-stack.ts',
    from: "import type { Construct } from 'constructs';",
    to: "import { TerraformVariable } from 'cdktf';\nimport type { Construct } from 'constructs';",
  },
];
/** Of the page on paper: the head, the summary, the map of Ireland-2, and its finding. */
const SHEETS = [1, 2, 6, 33];
/** What people write into the draft of an exception. */
const ANSWERS = {
  "reason: ''": "reason: 'rotated by hand until the custodian has moved it to the new vault'",
  "owner: ''": "owner: 'Ada Byron'",
  "approver: ''": "approver: 'Grace Hopper'",
  "ticket: ''": "ticket: 'RISK-7'",
  'compensatingControls: []':
    "compensatingControls: ['The custodian rotates the key each quarter, and the monitor reports it.']",
};

if (CHROMIUM === null) throw new Error('Chromium is not on the path');
const page = inEnclaveCopy((copy) => {
  copy.synthesiseWith(...EDITS);
  copy.write('.github/CODEOWNERS', '/enclave.yaml @example/data-protection\n');
  copy.commit('enclave.yaml', '.github/CODEOWNERS');
  const judged = ['check', ...AS_OF, '--policy-history'];
  const { results } = JSON.parse(copy.trefoil(1, ...judged, '--format', 'json'));
  const failing = results.filter(({ verdict, control }) => verdict === 'fail' && control.startsWith('KEY-'));
  const draft = copy.trefoil(0, 'except', failing.at(-1).id, ...AS_OF);
  copy.write(
    'exceptions.yaml',
    Object.entries(ANSWERS).reduce((text, [blank, answer]) => text.replace(blank, answer), draft),
  );
  copy.trefoil(
    1,
    ...judged,
    '--exceptions',
    'exceptions.yaml',
    '--quiet',
    '--format',
    'text',
    '--format',
    'html:report.html',
  );
  return { html: copy.read('report.html'), results };
});

const work = mkdtempSync(join(tmpdir(), 'trefoil-pictures-'));
const browser = new Browser(CHROMIUM);
try {
  const file = join(work, 'report.html');
  writeFileSync(file, page.html);
  const way = page.results.find(
    ({ control, verdict, subject }) => control === 'GTW-001' && verdict === 'fail' && subject.kind === 'resource',
  );
  await take('summary', { width: 1280, height: 1180 });
  await take('finding', { width: 1280, height: 1200, fragment: `#${way.id}` });
  await take('map', { width: 1280, height: 1030, scheme: 'dark', fragment: '#network' });
  await take('phone', { width: 390, height: 1400 });

  const printed = await browser.open(file);
  writeFileSync(join(work, 'report.pdf'), await printed.pdf());
  await printed.close();
  const sheets = join(work, 'sheets.html');
  const sheet = (number) =>
    `<embed src="report.pdf#toolbar=0&navpanes=0&page=${number}&zoom=84" type="application/pdf">`;
  writeFileSync(
    sheets,
    `<style>body{margin:0;display:flex;gap:4px;background:#777}embed{width:667px;height:944px}</style>${SHEETS.map(sheet).join('')}`,
  );
  // The viewer of a PDF has no event for a sheet that is drawn.
  await take('paper', { width: 2680, height: 944 }, { path: sheets, wait: 5000 });

  async function take(name, setting, { path = file, wait = 500 } = {}) {
    const shown = await browser.open(path, setting);
    await new Promise((resolve) => setTimeout(resolve, wait));
    writeFileSync(join(DOCS, `html-report-${name}.webp`), await shown.screenshot('webp', 80));
    await shown.close();
  }
} finally {
  await browser.close();
  rmSync(work, { recursive: true });
}
