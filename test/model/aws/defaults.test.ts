import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DEFAULT_ROWS } from '../../../model/aws/default-rows.ts';
import { MEASURED } from '../../../model/aws/default-rules.ts';
import { defaultOf, defaultPaths, type Given } from '../../../model/aws/defaults.ts';
import { isKnownType } from '../../../model/aws/resource-types.ts';
import { boolean, list, NULL, object, string, unknown, type Value } from '../../../model/value.ts';
import { argumentExists } from '../../support/provider-arguments.ts';
import minimal from './minimal-resources.json' with { type: 'json' };
import planned from './planned-defaults.json' with { type: 'json' };

const MIRROR = process.env['TREFOIL_TERRAFORM_MIRROR'];
const COMPUTED = '(known after apply)';

function given(values: Readonly<Record<string, Value>> = {}): Given {
  return (path) => values[path] ?? NULL;
}

function valueOf(type: string, path: string, major: number | null, values: Readonly<Record<string, Value>> = {}) {
  const row = defaultOf(type, path, major, given(values));
  return row?.kind === 'value' ? row.value : row?.kind;
}

describe('what an omitted argument means', () => {
  test.each([
    ['aws_redshift_cluster', 'encrypted', 5, false],
    ['aws_redshift_cluster', 'encrypted', 6, true],
    ['aws_redshift_cluster', 'encrypted', null, 'unknown'],
    ['aws_redshift_cluster', 'publicly_accessible', 5, true],
    ['aws_redshift_cluster', 'publicly_accessible', 6, false],
    ['aws_eks_cluster', 'vpc_config.endpoint_public_access', 6, true],
    ['aws_kms_key', 'enable_key_rotation', 6, false],
    ['aws_kms_key', 'multi_region', 6, false],
    ['aws_ebs_volume', 'encrypted', 6, 'unknown'],
    ['aws_lb', 'internal', 6, false],
    ['aws_instance', 'associate_public_ip_address', 6, 'unknown'],
    ['aws_dms_replication_instance', 'publicly_accessible', 6, true],
    ['aws_mq_broker', 'publicly_accessible', 6, false],
    ['aws_sagemaker_notebook_instance', 'direct_internet_access', 6, 'Enabled'],
    ['aws_default_subnet', 'map_public_ip_on_launch', 6, true],
    ['aws_networkfirewall_firewall', 'delete_protection', 6, false],
    ['aws_networkfirewall_firewall_policy', 'firewall_policy.stateful_engine_options.rule_order', 6, 'unknown'],
    ['aws_security_group', 'egress', 6, null],
    ['aws_db_instance', 'storage_encrypted', 6, false],
  ])('%s.%s under major %s: %s', (type, path, major, expected) => {
    expect(valueOf(type, path, major)).toBe(expected);
  });

  test('a database restored from elsewhere keeps its encryption', () => {
    expect(valueOf('aws_db_instance', 'storage_encrypted', 6, { snapshot_identifier: string('ledger') })).toBe(
      'unknown',
    );
    const hidden = unknown('variable', 'var.snapshot', 'has no value');
    expect(valueOf('aws_db_instance', 'storage_encrypted', 6, { snapshot_identifier: hidden })).toBe('unknown');
  });

  test('Valkey is encrypted at rest by default, Redis is not', () => {
    const path = 'at_rest_encryption_enabled';
    const type = 'aws_elasticache_replication_group';
    expect(valueOf(type, path, 6)).toBe(false);
    expect(valueOf(type, path, 6, { engine: string('valkey') })).toBe(true);
    expect(valueOf(type, path, 6, { engine: unknown('variable', 'var.engine', 'has no value') })).toBe('unknown');
    expect(valueOf(type, path, 6, { engine: string('memcached') })).toBe('unknown');
  });

  test('a TLS listener without a policy gets one that allows TLS 1.0', () => {
    expect(valueOf('aws_lb_listener', 'ssl_policy', 6, { protocol: string('HTTPS') })).toBe(
      'ELBSecurityPolicy-2016-08',
    );
    expect(valueOf('aws_lb_listener', 'ssl_policy', 6, { protocol: string('HTTP') })).toBeNull();
    expect(valueOf('aws_lb_listener', 'ssl_policy', 6)).toBe('unknown');
  });

  test('a block without the argument and no block at all may differ', () => {
    const path = 'domain_endpoint_options.enforce_https';
    expect(valueOf('aws_opensearch_domain', path, 6)).toBe(false);
    expect(valueOf('aws_opensearch_domain', path, 6, { domain_endpoint_options: list([]) })).toBe(false);
    expect(
      valueOf('aws_opensearch_domain', path, 6, {
        domain_endpoint_options: object([['custom_endpoint_enabled', boolean(false)]]),
      }),
    ).toBe(true);
  });

  test('nothing is guessed when the other arguments were not looked at', () => {
    expect(defaultOf('aws_db_instance', 'storage_encrypted', 6)?.kind).toBe('unknown');
    expect(defaultOf('aws_opensearch_domain', 'domain_endpoint_options.enforce_https', 6)?.kind).toBe('unknown');
  });

  test.each([
    ['aws_kms_key', 'description'],
    ['aws_quantum_vault', 'encrypted'],
    ['constructor', 'name'],
    ['aws_kms_key', '__proto__'],
    ['aws_kms_key', 'constructor'],
  ])('has no row for %s.%s', (type, path) => {
    expect(defaultOf(type, path, 6)).toBeUndefined();
  });
});

describe('the table', () => {
  test('names only arguments of the provider', () => {
    const wrong = defaultPaths().filter(({ type, path }) => !isKnownType(type) || !argumentExists(type, path));
    expect(wrong.map(({ type, path }) => `${type}.${path}`)).toEqual([]);
    expect(defaultPaths().length).toBeGreaterThan(120);
  });

  test('what is called measured is what provider 5.100.0 planned', () => {
    const recorded = new Map(
      Object.entries(planned).map(([type, paths]) => [type, new Map<string, unknown>(Object.entries(paths))]),
    );
    const wrong: string[] = [];
    let measured = 0;
    for (const [type, rows] of DEFAULT_ROWS) {
      for (const path of rows.keys()) {
        const row = defaultOf(
          type,
          path,
          5,
          given({ domain_endpoint_options: object([]), 'encryption_info.encryption_in_transit': object([]) }),
        );
        if (row?.kind !== 'value' || row.source !== MEASURED) continue;
        measured += 1;
        const plan = recorded.get(type)?.get(path);
        if (plan !== row.value)
          wrong.push(`${type}.${path}: planned ${JSON.stringify(plan)}, table ${String(row.value)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(measured).toBeGreaterThan(60);
  });

  // Run with TREFOIL_TERRAFORM_MIRROR=<plugin directory>.
  test.skipIf(MIRROR === undefined)(
    'the record is what the provider plans for minimal resources',
    { timeout: 300_000 },
    () => {
      expect(planMinimal(MIRROR ?? '')).toEqual(planned);
    },
  );

  test('what the provider fixes is never called unknown', () => {
    const fixed: string[] = [];
    for (const [type, paths] of Object.entries(planned)) {
      for (const [path, value] of Object.entries(paths)) {
        const isFixed = value !== null && value !== COMPUTED;
        if (isFixed && defaultOf(type, path, 5, given())?.kind === 'unknown') fixed.push(`${type}.${path}`);
      }
    }
    // The copy of an encrypted image stays encrypted although the plan says false.
    expect(fixed).toEqual(['aws_ami_copy.encrypted']);
  });
});

interface Change {
  readonly type: string;
  readonly change: { readonly after: unknown; readonly after_unknown: unknown };
}

/** Plans every resource of `minimal-resources.json` and looks the table's paths up. */
function planMinimal(mirror: string): Record<string, Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'trefoil-defaults-'));
  const env = { PATH: process.env['PATH'], TF_CLI_CONFIG_FILE: '/dev/null', CHECKPOINT_DISABLE: '1' };
  const run = (...args: string[]) =>
    execFileSync('terraform', args, { cwd: folder, env, encoding: 'utf8', maxBuffer: 1e9, stdio: 'pipe' });
  try {
    writeFileSync(
      join(folder, 'main.tf.json'),
      JSON.stringify({
        terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: '5.100.0' } } },
        provider: {
          aws: {
            region: 'eu-west-1',
            access_key: 'a',
            secret_key: 'b',
            skip_credentials_validation: true,
            skip_requesting_account_id: true,
            skip_metadata_api_check: 'true',
            skip_region_validation: true,
          },
        },
        resource: Object.fromEntries(Object.entries(minimal).map(([type, config]) => [type, { x: config }])),
      }),
    );
    run('init', `-plugin-dir=${mirror}`);
    run('plan', '-refresh=false', '-out=plan');
    const changes: readonly Change[] = JSON.parse(run('show', '-json', 'plan')).resource_changes;
    const found: Record<string, Record<string, unknown>> = {};
    for (const { type, path } of defaultPaths()) {
      const change = changes.find((item) => item.type === type)?.change;
      const [value] = valuesAt(change?.after, change?.after_unknown, path.split('.'));
      if (value !== undefined) found[type] = { ...found[type], [path]: value };
    }
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function valuesAt(after: unknown, computed: unknown, path: readonly string[]): readonly unknown[] {
  const [step, ...rest] = path;
  if (computed === true) return [COMPUTED];
  if (step === undefined) return [after ?? null];
  if (Array.isArray(after)) {
    return after.flatMap((item, index) => valuesAt(item, Array.isArray(computed) ? computed[index] : undefined, path));
  }
  return typeof after === 'object' && after !== null
    ? valuesAt(memberOf(after, step), memberOf(computed, step), rest)
    : [];
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
