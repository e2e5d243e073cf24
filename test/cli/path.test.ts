import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { exampleNetwork, EXAMPLE_FLOWS } from '../../checks/example-network.ts';
import { EXAMPLE_POLICY, EXAMPLE_STACK_BASE } from '../../checks/example-policy.ts';
import { trefoil } from './recording-io.ts';

const work = mkdtempSync(join(tmpdir(), 'trefoil-path-'));

afterAll(() => {
  rmSync(work, { recursive: true });
});

const GATEWAY = {
  id: 'west-data',
  site: 'west',
  purpose: 'data-transmission',
  kind: 'network-firewall',
  stack: 'west',
  address: 'aws_networkfirewall_firewall.gateway',
};

function project(name: string, stacks: readonly string[] = ['west']): string {
  const cwd = join(work, name);
  mkdirSync(cwd);
  writeFileSync(
    join(cwd, 'enclave.yaml'),
    JSON.stringify({ ...EXAMPLE_POLICY, ...EXAMPLE_FLOWS, gateways: [GATEWAY] }),
  );
  mkdirSync(join(cwd, 'cdktf.out/stacks'), { recursive: true });
  for (const stack of stacks) {
    mkdirSync(join(cwd, 'cdktf.out/stacks', stack));
    const json = { ...EXAMPLE_STACK_BASE['west'], ...exampleNetwork() };
    writeFileSync(join(cwd, 'cdktf.out/stacks', stack, 'cdk.tf.json'), JSON.stringify(json, null, 2));
  }
  return cwd;
}

const cwd = project('whole');

describe('trefoil path', () => {
  it('answers with the way of the request and of the reply, hop by hop, and the gateways', async () => {
    const { exitCode, stdout, stderr } = await trefoil(['path', 'west/data', 'partner'], { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^REACHABLE: from west\/data to partner, .*\(exit 0\)$/ms);
    expect(stdout).toContain('asked  tcp 443, since neither --port nor --proto says otherwise');
    expect(stdout).toContain('passes gateway west-data (approved)');
    expect(stdout).toMatch(/^request: tcp 443 from 10\.0\.1\.\d+ to 198\.51\.100\.\d+$/m);
    expect(stdout).toMatch(/^reply: tcp \d+ from 198\.51\.100\.\d+ to /m);
    expect(stdout).toMatch(/hop +\d+ aws_networkfirewall_firewall\.gateway inspects it/);
    expect(stdout).toMatch(/west:aws_route_table\.data \(cdktf\.out\/stacks\/west\/cdk\.tf\.json:\d+:\d+\)/);
  });

  it('answers with where the packet ends', async () => {
    const { exitCode, stdout } = await trefoil(['path', 'west/data', 'partner', '--without-gateways'], { cwd });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^NOT REACHABLE: /);
    expect(stdout).toContain('but    with every approved gateway taken out of the network');
    expect(stdout).toContain('Where the request ends, the farthest first');
    expect(stdout).toContain('aws_networkfirewall_firewall.gateway: ');
  });

  it('answers as JSON', async () => {
    const { exitCode, stdout } = await trefoil(['path', 'west/data', 'partner', '--port', '8443', '-f', 'json'], {
      cwd,
    });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      answer: 'works',
      question: { service: 'tcp 8443', isDefaultService: false, withoutGateways: false, from: { text: 'west/data' } },
      gateways: [{ id: 'west-data', status: 'approved' }],
      request: { from: 'aws_subnet.data', to: 'the Internet', hops: expect.arrayContaining([]) },
      ends: [],
      incompleteBecause: [],
    });
  });

  it('is certain of nothing when a stack is missing', async () => {
    const partial = project('partial', []);
    mkdirSync(join(partial, 'cdktf.out/stacks/monitor'));
    writeFileSync(
      join(partial, 'cdktf.out/stacks/monitor/cdk.tf.json'),
      JSON.stringify({ ...EXAMPLE_STACK_BASE['west'], ...exampleNetwork() }),
    );
    const { exitCode, stdout } = await trefoil(['path', 'aws_subnet.data', 'internet'], { cwd: partial });
    expect(exitCode).toBe(3);
    expect(stdout).toContain('lacks  the stack west');
  });

  it.each([
    { argv: 'nowhere partner', code: 'CLI-PLACE', says: 'there is no place "nowhere"' },
    { argv: 'west/dta partner', code: 'CLI-PLACE', says: 'Did you mean west/data?' },
    { argv: 'west:aws_subnet.dat partner', code: 'CLI-PLACE', says: 'Did you mean west:aws_subnet.data' },
    { argv: 'subnet.edg partner', code: 'CLI-PLACE', says: 'Did you mean west:aws_subnet.edge' },
    { argv: 'aws_route_table.data partner', code: 'CLI-PLACE', says: 'is no place in the network' },
    { argv: 'north/data partner', code: 'CLI-PLACE', says: 'the tier data of north is no place' },
    { argv: '__proto__ partner', code: 'CLI-PLACE', says: 'there is no place "__proto__"' },
    { argv: 'west/data partner --port 65536', code: 'CLI-VALUE', says: '"65536" is no port' },
    { argv: 'west/data partner --port -1', code: 'CLI-VALUE', says: '"-1" is no port' },
    { argv: 'west/data partner --port 4e2', code: 'CLI-VALUE', says: '"4e2" is no port' },
    { argv: 'west/data partner --proto sctp', code: 'CLI-VALUE', says: 'there is no protocol "sctp"' },
    { argv: 'west/data partner --proto icmp --port 8', code: 'CLI-VALUE', says: 'icmp has no ports' },
    { argv: 'west/data partner --format xml', code: 'CLI-FORMAT', says: 'there is no format "xml"' },
    { argv: 'west/data', code: 'CLI-ARGUMENT', says: "missing required argument 'to'" },
  ])('refuses $argv', async ({ argv, code, says }) => {
    const { exitCode, stdout, stderr } = await trefoil(['path', ...argv.split(' ')], { cwd });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(`error[${code}]`);
    expect(stderr).toContain(says);
  });

  it('shows an end that is no text for a terminal as what it is', async () => {
    const { stderr } = await trefoil(['path', '\u001b[2Jx', 'partner'], { cwd });
    expect(stderr).toContain('there is no place "\\u{1b}[2Jx"');
  });

  it('writes colour and progress to a terminal only', async () => {
    const environment = { TERM: 'xterm' };
    const argv = ['path', 'west/data', 'partner'];
    const toPipe = await trefoil(argv, { cwd, environment });
    expect(toPipe.stdout + toPipe.stderr).not.toContain('\u001B');
    const toTerminal = await trefoil(argv, { cwd, environment, isTerminal: true });
    expect(toTerminal.stdout).toContain('\u001B[');
    expect(toTerminal.stderr).toContain('trefoil: asking');
    const plain = await trefoil([...argv, '--no-color', '--quiet'], { cwd, environment, isTerminal: true });
    expect(plain.stderr).toBe('');
    expect(plain.stdout).toMatch(/^REACHABLE: [^\u001B]*\(exit\s0\)\n$/);
  });
});

describe('trefoil graph', () => {
  it('draws the estate as SVG', async () => {
    const { exitCode, stdout, stderr } = await trefoil(['graph'], { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^<svg /);
    expect(stdout).toContain('>west-data</text>');
    expect(stdout).toContain('>✓ approved gateway</text>');
  });

  it('draws one site as DOT', async () => {
    const { exitCode, stdout } = await trefoil(['graph', '--site', 'west', '--format', 'dot'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^digraph network \{\n {2}graph \[label="ledger enclave: West"/);
  });

  it('draws as JSON, with the flows that work and the boxes that they go through', async () => {
    const { stdout } = await trefoil(['graph', '-f', 'json'], { cwd });
    const picture = JSON.parse(stdout) as { readonly ways: readonly object[] };
    expect(picture).toMatchObject({ schemaVersion: 1, title: 'ledger enclave', missing: [] });
    expect(picture.ways).toEqual([expect.objectContaining({ kind: 'flow', name: 'settlement' })]);
  });

  it('says of what it is a picture when a stack is missing', async () => {
    const partial = project('partial-picture', []);
    const { exitCode, stdout, stderr } = await trefoil(['graph'], { cwd: partial });
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^<svg /);
    expect(stderr).toContain('trefoil: the picture is incomplete: ');
  });

  it.each([
    { argv: '--site wst', code: 'CLI-SITE', says: 'Did you mean west?' },
    { argv: '--format png', code: 'CLI-FORMAT', says: 'there is no format "png"' },
    { argv: '--format svg:', code: 'CLI-VALUE', says: '--format svg: names no file' },
    { argv: '--format toString', code: 'CLI-FORMAT', says: 'there is no format "toString"' },
    { argv: '--site west --site west', code: 'CLI-TWICE', says: '--site is given twice' },
  ])('refuses $argv', async ({ argv, code, says }) => {
    const { exitCode, stdout, stderr } = await trefoil(['graph', ...argv.split(' ')], { cwd });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(`error[${code}]`);
    expect(stderr).toContain(says);
  });

  it('replaces no file that it has read', async () => {
    const { exitCode, stderr } = await trefoil(['graph', '--format', 'svg:enclave.yaml'], { cwd });
    expect(exitCode).toBe(74);
    expect(stderr).toContain('error[OUT-INPUT]');
  });
});
