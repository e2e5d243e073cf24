import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { typesIntroducedAfter5 } from '../../../../model/aws/resource-types.ts';
import {
  findProviderMirror,
  initialise,
  type ProviderSchema,
  providerSchema,
  REQUIREMENTS,
  validateInitialised,
  writeRoot,
} from '../../../support/offline-plan.ts';
import { channelArguments, storeArguments } from '../../../support/table-arguments.ts';
import {
  digestOf,
  encryptedSample,
  recordedSample,
  type RecordedSample,
  recordSample,
  sampleRoot,
  schemaHas,
} from '../../../support/terraform-sample.ts';

const MINUTES = 60_000;
const SAMPLE = encryptedSample();

/** Arguments of types that provider 5.100.0 has, which came later. */
const ONLY_IN_6: readonly string[] = [
  'aws_athena_workgroup configuration.managed_query_results_configuration.enabled',
  'aws_athena_workgroup configuration.managed_query_results_configuration.encryption_configuration.kms_key',
  'aws_backup_logically_air_gapped_vault encryption_key_arn',
  'aws_cloudwatch_event_archive kms_key_identifier',
  'aws_dlm_lifecycle_policy policy_details.schedule.cross_region_copy_rule.target_region',
  'aws_emrserverless_application monitoring_configuration.cloudwatch_logging_configuration',
  'aws_emrserverless_application monitoring_configuration.cloudwatch_logging_configuration.enabled',
  'aws_emrserverless_application monitoring_configuration.cloudwatch_logging_configuration.encryption_key_arn',
  'aws_emrserverless_application monitoring_configuration.managed_persistence_monitoring_configuration.enabled',
  'aws_emrserverless_application monitoring_configuration.managed_persistence_monitoring_configuration.encryption_key_arn',
  'aws_emrserverless_application monitoring_configuration.s3_monitoring_configuration',
  'aws_emrserverless_application monitoring_configuration.s3_monitoring_configuration.encryption_key_arn',
  'aws_emrserverless_application monitoring_configuration.s3_monitoring_configuration.log_uri',
  'aws_lambda_function source_kms_key_arn',
  'aws_ssmincidents_replication_set regions',
  'aws_ssmincidents_replication_set regions.kms_key_arn',
  'aws_ssmincidents_replication_set regions.name',
];

const mirror = await findProviderMirror(
  'THE TABLES OF ENCRYPTION ARE NOT VALIDATED HERE, only compared with what Terraform said when it was recorded',
);

let directory = '';
let schema: ProviderSchema = {};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'trefoil-sample-'));
  if (mirror === null) return;
  await writeRoot(directory, { terraform: REQUIREMENTS });
  await initialise(directory, mirror);
  schema = await providerSchema(directory);
}, 2 * MINUTES);

afterAll(async () => {
  await rm(directory, { recursive: true });
});

describe.skipIf(mirror === null)('the real Terraform', () => {
  it(
    'accepts every thing of the sample, encrypted as the tables say',
    async () => {
      const said = await validated();
      if (process.env['UPDATE_RECORDED'] === '1') recordSample(said);
      expect(said).toEqual({ digest: digestOf(SAMPLE), exitCode: 0, errors: [], unknown: ONLY_IN_6 });
    },
    5 * MINUTES,
  );

  it('knows no argument that no type has', () => {
    expect(schemaHas(schema, 'aws_sqs_queue', 'kms_master_key_id')).toBe(true);
    expect(schemaHas(schema, 'aws_sqs_queue', 'kms_master_key')).toBe(false);
    expect(schemaHas(schema, 'aws_msk_cluster', 'encryption_info.encryption_in_transit.client_broker')).toBe(true);
    expect(schemaHas(schema, 'aws_msk_cluster', 'encryption_info.client_broker')).toBe(false);
  });
});

// After the above, which may record.
describe('what it said of the tables as they are', () => {
  it('is recorded; UPDATE_RECORDED=1 with TREFOIL_TERRAFORM_MIRROR does it in this test', () => {
    expect(recordedSample()).toEqual({ digest: digestOf(SAMPLE), exitCode: 0, errors: [], unknown: ONLY_IN_6 });
  });

  it('is about most types that the tables have', () => {
    const types = new Set([...storeArguments(), ...channelArguments()].map(({ type }) => type));
    const sampled = Object.keys(SAMPLE).filter((type) => types.has(type));
    expect(sampled.length).toBeGreaterThan(200);
  });
});

async function validated(): Promise<RecordedSample> {
  await writeRoot(directory, sampleRoot(SAMPLE, schema));
  const { exitCode, diagnostics } = await validateInitialised(directory);
  const named = [...storeArguments(), ...channelArguments()].filter(({ type }) => !typesIntroducedAfter5.has(type));
  const unknown = named
    .filter(({ type, argument }) => !schemaHas(schema, type, argument))
    .map(({ type, argument }) => `${type} ${argument}`);
  return {
    digest: digestOf(SAMPLE),
    exitCode,
    errors: diagnostics.filter((text) => text.startsWith('error')).toSorted(),
    unknown: [...new Set(unknown)].toSorted(),
  };
}
