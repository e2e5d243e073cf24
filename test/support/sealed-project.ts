import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXAMPLE_POLICY, EXAMPLE_STACK_BASE } from '../../checks/example-policy.ts';
import { SEAL_KEY } from './seals.ts';

/** A value that the plan knows and nothing may print. */
export const CANARY = 'canary-7f3a91c2';

const { monitor: _, ...OTHER_RULES } = EXAMPLE_POLICY;

const KEY = 'arn:aws:kms:eu-west-1:111111111111:key/0a1b2c3d-0000-4000-8000-000000000001';

/** What `terraform_data` alone can comply with: no data centre, and a stack that sets what the account refuses. */
const POLICY = {
  ...OTHER_RULES,
  sites: [{ ...EXAMPLE_POLICY.sites[0], role: 'monitor' }],
  stacks: [
    { name: 'ledger', sites: ['west'] },
    { name: 'receipts', sites: ['west'], optional: true },
    { name: 'perimeter', sites: ['west'] },
  ],
  keys: {
    maximumRotationDays: 365,
    register: [{ arn: KEY, site: 'west', owner: 'Keys', reason: 'Made before the stacks.' }],
  },
  gateways: [],
  evidence: [],
  globalServices: [
    { resourceType: 'terraform_data', reason: 'Is an entry in the state.', metadataExposure: 'nothing' },
  ],
  resourceTypes: [{ type: 'terraform_data', scope: 'global', reason: 'Keeps a value in the state.' }],
};

const PERIMETER = {
  aws_vpc_block_public_access_options: { closed: { internet_gateway_block_mode: 'block-bidirectional' } },
  aws_ebs_encryption_by_default: { on: {} },
  aws_ebs_default_kms_key: { own: { key_arn: KEY } },
  aws_ebs_snapshot_block_public_access: { closed: { state: 'block-all-sharing' } },
  aws_ec2_image_block_public_access: { closed: { state: 'block-new-sharing' } },
};

/**
 * A directory with a policy, keys, synthesised stacks in `synth/` and `more/`, and the root modules `ledger/` and `receipts/`, which
 * need no provider but the built-in one.
 */
export function writeSealedProject(cwd: string): void {
  const entry = (input: unknown) => ({ terraform_data: { entry: { input } } });
  const secret = { type: 'string', sensitive: true, default: CANARY };
  // It is given to nothing: KEY-008 lets no state hold it.
  const ledger = { variable: { secret }, resource: entry('ledger') };
  const files = {
    'enclave.yaml': POLICY,
    'synth/ledger/cdk.tf.json': { ...EXAMPLE_STACK_BASE['west'], ...ledger },
    'synth/perimeter/cdk.tf.json': { ...EXAMPLE_STACK_BASE['west'], resource: PERIMETER },
    'more/receipts/cdk.tf.json': { ...EXAMPLE_STACK_BASE['west'], resource: entry('receipts') },
    'ledger/main.tf.json': ledger,
    'receipts/main.tf.json': { resource: entry('receipts') },
  };
  for (const [name, content] of Object.entries(files)) write(join(cwd, name), JSON.stringify(content));
  write(join(cwd, 'seal.key'), SEAL_KEY.privatePem);
  write(join(cwd, 'seal.pub'), SEAL_KEY.publicPem);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Plans a root module with the real Terraform, into `plan.tfplan`. */
export function planModule(cwd: string, ...args: readonly string[]): void {
  const options = { cwd, env: terraformEnvironment() };
  execFileSync('terraform', ['init', '-input=false'], options);
  execFileSync('terraform', ['plan', '-input=false', '-lock=false', '-out=plan.tfplan', ...args], options);
}

/** Nothing of the machine's own configuration or credentials. */
export function terraformEnvironment(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', TF_CLI_CONFIG_FILE: '/dev/null', CHECKPOINT_DISABLE: '1' };
}
