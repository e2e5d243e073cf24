import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { synthesise } from '../support/offline-plan.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

const KOUVOLA = `
  {
    kind: 'region',
    id: 'kouvola',
    name: 'Kouvola',
    country: 'FI',
    region: 'eu-south-2',
    account: '410000000044',
    zoneIds: ['eus2-az1', 'eus2-az2'],
    cidr: '10.12.0.0/16',
    gatewayCidr: '10.13.0.0/20',
    domain: 'kouvola.enclave.example',
    state: {
      bucket: 'trefoil-state-kouvola',
      region: 'eu-south-2',
      keyArn: 'arn:aws:kms:eu-south-2:410000000044:key/0f1e2d3c-4b5a-4697-8877-66554433aa44',
    },
  },
`;

it('builds a fourth site from one more entry in the table', async () => {
  const copy = await mkdtemp(path.join(tmpdir(), 'trefoil-sites-'));
  try {
    await cp(path.join(ROOT, 'stacks'), path.join(copy, 'stacks'), { recursive: true });
    await writeFile(path.join(copy, 'package.json'), '{"type":"module"}');
    await symlink(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
    const table = path.join(copy, 'stacks', 'sites.ts');
    const start = 'export const SITES: readonly Site[] = [';
    await writeFile(table, (await readFile(table, 'utf8')).replace(start, start + KOUVOLA));

    const stacks = await readdir(await synthesise(copy, path.join(copy, 'cdktf.out')));

    expect(stacks.filter((stack) => stack.includes('kouvola') || stack.includes('eu-south-2')).toSorted()).toEqual([
      'kouvola-baseline',
      'kouvola-data',
      'kouvola-gateway',
      'kouvola-keys',
      'kouvola-network',
      'kouvola-workloads',
      'link-kouvola-dublin',
      'link-kouvola-ireland-2',
      'link-kouvola-norway',
      'monitor-eu-south-2',
    ]);
  } finally {
    await rm(copy, { recursive: true });
  }
});
