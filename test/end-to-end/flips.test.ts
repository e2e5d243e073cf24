import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Edit, EnclaveCopy, type JudgedReport } from './enclave-copy.ts';

interface Flip {
  readonly name: string;
  readonly edits: readonly Edit[];
  readonly control: string;
  /** The construct or the call that was edited: the file, and the text with which its line begins. */
  readonly at: { readonly file: string; readonly text: string };
}

const FLIPS: readonly Flip[] = [
  {
    name: 'a KMS key in us-east-1',
    edits: [
      {
        file: 'stacks/keys-stack.ts',
        from: 'multiRegion: false,',
        to: "multiRegion: false,\n      region: 'us-east-1',",
      },
    ],
    control: 'RES-001',
    at: { file: 'stacks/keys-stack.ts', text: 'new KmsKey(this, dataClass' },
  },
  {
    name: 'a KMS replica key outside',
    edits: [
      {
        file: 'stacks/keys-stack.ts',
        from: "import { KmsKey } from '@cdktf/provider-aws/lib/kms-key/index.js';",
        to: `import { KmsKey } from '@cdktf/provider-aws/lib/kms-key/index.js';
import { KmsReplicaKey } from '@cdktf/provider-aws/lib/kms-replica-key/index.js';`,
      },
      {
        file: 'stacks/keys-stack.ts',
        from: '    new KmsAlias(this, `${dataClass}-alias`',
        to: `    new KmsReplicaKey(this, \`\${dataClass}-replica\`, { primaryKeyArn: key.arn, region: 'us-east-1' });
    new KmsAlias(this, \`\${dataClass}-alias\``,
      },
    ],
    control: 'KEY-002',
    at: { file: 'stacks/keys-stack.ts', text: 'new KmsReplicaKey(' },
  },
  {
    name: 'a bucket without its customer key',
    edits: [
      {
        file: 'stacks/data/enclave-bucket.ts',
        from: "{ sseAlgorithm: 'aws:kms', kmsMasterKeyId: config.keyArn }",
        to: "{ sseAlgorithm: 'aws:kms' }",
      },
    ],
    control: 'ENC-001',
    at: {
      file: 'stacks/data/enclave-bucket.ts',
      text: "new S3BucketServerSideEncryptionConfigurationA(this, 'encryption'",
    },
  },
  {
    name: 'an override of an encryption argument',
    edits: [
      {
        file: 'stacks/data/relational-database.ts',
        from: '    for (const index of subnetIds.keys()) {',
        to: "    cluster.addOverride('storage_encrypted', false);\n    for (const index of subnetIds.keys()) {",
      },
    ],
    control: 'ENC-005',
    at: { file: 'stacks/data/relational-database.ts', text: "cluster.addOverride('storage_encrypted'" },
  },
  {
    name: 'a default security group left open',
    edits: [
      {
        file: 'stacks/network/closed-vpc.ts',
        from: `    new DefaultSecurityGroup(this, 'default-security-group', {
      vpcId: this.vpc.id,
      ingress: [],
      egress: [],
    });
`,
        to: '',
      },
    ],
    control: 'NET-006',
    at: { file: 'stacks/network/closed-vpc.ts', text: "new Vpc(this, 'vpc'" },
  },
  {
    name: 'a route of a workload subnet to an Internet gateway',
    edits: [
      {
        file: 'stacks/network/network-stack.ts',
        from: "import { Route } from '@cdktf/provider-aws/lib/route/index.js';",
        to: `import { Route } from '@cdktf/provider-aws/lib/route/index.js';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway/index.js';`,
      },
      {
        file: 'stacks/network/network-stack.ts',
        from: '        transitGatewayId: gateway.id,\n        dependsOn: [attachment],',
        to: '        gatewayId: new InternetGateway(this, `door-${zoneId}`, { vpcId: vpc.id }).id,',
      },
    ],
    control: 'NET-001',
    at: { file: 'stacks/network/network-stack.ts', text: 'new Route(this, `way-out-${zoneId}`' },
  },
  {
    name: 'a firewall that passes by default',
    edits: [
      {
        file: 'stacks/gateway/firewall.ts',
        from: "statelessDefaultActions: ['aws:forward_to_sfe'],",
        to: "statelessDefaultActions: ['aws:pass'],",
      },
    ],
    control: 'GTW-005',
    at: { file: 'stacks/gateway/firewall.ts', text: 'new NetworkfirewallFirewallPolicy(' },
  },
  {
    name: 'a gateway without logs',
    edits: [
      {
        file: 'stacks/gateway/firewall.ts',
        from: "logDestinationConfig: ['FLOW', 'ALERT', 'TLS'].map(",
        to: "logDestinationConfig: ['TLS'].map(",
      },
    ],
    control: 'GTW-009',
    at: { file: 'stacks/gateway/firewall.ts', text: "new NetworkfirewallLoggingConfiguration(this, 'logging'" },
  },
  {
    name: 'a route past the firewall',
    edits: [
      {
        file: 'stacks/gateway/gateway-network.ts',
        from: "edge.routes, '0.0.0.0/0', { vpcEndpointId: endpoint });",
        to: "edge.routes, '0.0.0.0/0', { gatewayId: internet.id });",
      },
    ],
    control: 'GTW-001',
    at: { file: 'stacks/gateway/gateway-network.ts', text: 'new Route(this, id, {' },
  },
  {
    name: 'a door whose arrivals pass no firewall',
    edits: [
      {
        file: 'stacks/gateway/gateway-network.ts',
        from: 'edge.subnet.cidrBlock, { vpcEndpointId: endpoint });',
        to: "'10.99.0.0/24', { vpcEndpointId: endpoint });",
      },
    ],
    control: 'GTW-002',
    at: { file: 'stacks/gateway/gateway-network.ts', text: 'new Route(this, id, {' },
  },
  {
    name: 'a state bucket in us-east-1',
    edits: [
      {
        file: 'stacks/sites.ts',
        from: "bucket: 'trefoil-state-dublin',\n      region: 'eu-west-1',",
        to: "bucket: 'trefoil-state-dublin',\n      region: 'us-east-1',",
      },
    ],
    control: 'RES-012',
    at: { file: 'stacks/site-stack.ts', text: 'new LockedS3Backend(' },
  },
];

let enclave: EnclaveCopy;

beforeAll(() => {
  enclave = new EnclaveCopy();
});

afterAll(() => {
  enclave.remove();
});

describe('the enclave of this repository', () => {
  it('passes as it is, and is incomplete without the directory of one of its stacks', () => {
    enclave.synth();
    const { status, report } = enclave.check();
    expect(found(report, 'fail')).toEqual([]);
    expect({ status, complete: report.complete }).toEqual({ status: 0, complete: true });
    expect(report.summary.pass).toBeGreaterThan(1000);

    rmSync(join(enclave.directory, 'cdktf.out/stacks/dublin-keys'), { recursive: true });
    const missing = enclave.check();
    expect(found(missing.report, 'fail')).toEqual([]);
    expect({ status: missing.status, complete: missing.report.complete }).toEqual({ status: 3, complete: false });
    expect(JSON.stringify(missing.report.problems) + missing.report.incompleteBecause.join('\n')).toContain(
      'dublin-keys',
    );
  });
});

describe('one change of its program', () => {
  for (const { name, edits, control, at } of FLIPS) {
    it(`fails with the line to change: ${name}`, () => {
      enclave.edited(edits, () => {
        enclave.synth();
        const { status, report } = enclave.check();
        expect(status).toBe(1);
        const lines = found(report, 'fail')
          .filter((result) => result.control === control)
          .map(({ source }) => `${source?.file}:${source?.line}`);
        expect(lines).toContain(`${at.file}:${enclave.lineOf(at.file, at.text)}`);
      });
    });
  }

  it('is incomplete at both stages with a resource type that no table knows', () => {
    const edit = {
      file: 'stacks/keys-stack.ts',
      from: '    this.keys = new Map(',
      to: "    this.addOverride('resource.aws_quantum_ledger.books', { name: 'books' });\n    this.keys = new Map(",
    };
    enclave.edited([edit], () => {
      enclave.synth();
      for (const stage of ['change', 'apply']) {
        const { status, report } = enclave.check('--stage', stage);
        expect({ stage, status, complete: report.complete }).toEqual({ stage, status: 3, complete: false });
        expect(report.incompleteBecause.join('\n')).toContain('aws_quantum_ledger');
      }
    });
  });
});

function found(report: JudgedReport, verdict: string): JudgedReport['results'] {
  return report.results.filter((result) => result.verdict === verdict);
}
