import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { exampleNetwork, EXAMPLE_FLOWS } from '../../checks/example-network.ts';
import { EXAMPLE_POLICY, EXAMPLE_STACK_BASE } from '../../checks/example-policy.ts';
import { trefoil } from './recording-io.ts';

const cwd = mkdtempSync(join(tmpdir(), 'trefoil-question-'));

afterAll(() => {
  rmSync(cwd, { recursive: true });
});

/** The network of the examples, in which every block of addresses is sensitive, and a copy to a bucket elsewhere. */
function secretive(): string {
  const { resource, ...rest } = exampleNetwork();
  const copies = {
    aws_s3_bucket: { ledger: {} },
    aws_s3_bucket_replication_configuration: {
      ledger: {
        bucket: '${aws_s3_bucket.ledger.id}',
        role: 'arn:aws:iam::111111111111:role/copier',
        rule: [{ status: 'Enabled', destination: { bucket: '${sensitive("arn:aws:s3:::hunter2-copies")}' } }],
      },
    },
  };
  const json = { ...EXAMPLE_STACK_BASE['west'], ...rest, resource: { ...Object(resource), ...copies } };
  return JSON.stringify(json).replaceAll(/"(10\.[\d.]+\/\d+)"/g, (_, block: string) =>
    JSON.stringify(`\${sensitive("${block}")}`),
  );
}

mkdirSync(join(cwd, 'cdktf.out/stacks/west'), { recursive: true });
writeFileSync(join(cwd, 'enclave.yaml'), JSON.stringify({ ...EXAMPLE_POLICY, ...EXAMPLE_FLOWS }));
writeFileSync(join(cwd, 'cdktf.out/stacks/west/cdk.tf.json'), secretive());

it.each([
  ['path', ['path', 'west/data', 'partner'], 'aws_subnet.data'],
  ['path json', ['path', 'west/data', 'partner', '--format', 'json'], 'aws_subnet.data'],
  ['graph dot', ['graph', '--format', 'dot'], 'west-data'],
  ['graph json', ['graph', '--format', 'json'], 'aws_networkfirewall_firewall.gateway'],
  ['graph svg', ['graph', '--format', 'svg'], '<svg'],
  ['flows', ['flows'], 'aws_s3_bucket.ledger'],
  ['flows json', ['flows', '--format', 'json'], 'aws_s3_bucket.ledger'],
])('%s shows no address or name that is sensitive', async (_, args, shown) => {
  const { exitCode, stdout, stderr } = await trefoil(args, { cwd });
  expect(exitCode).toBeLessThan(4);
  expect(stdout).toContain(shown);
  expect(stdout + stderr).not.toMatch(/(?<![\d.])10\.\d+\.\d+\.\d+|hunter2/);
});
