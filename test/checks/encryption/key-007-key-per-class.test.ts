import check from '../../../checks/encryption/key-007-key-per-class.ts';
import { testCheck } from '../../support/check-tester.ts';

const KEY = 'aws_kms_key.ledger';
const ARN = '${aws_kms_key.ledger.arn}';
const OUTPUT = 'cross-stack-output-aws_kms_keyledgerarn';
const REMOTE = `\${data.terraform_remote_state.cross-stack-reference-input-west.outputs.${OUTPUT}}`;
const STATE = {
  bucket: 'ledger-state',
  key: 'west.tfstate',
  region: 'eu-west-1',
  encrypt: true,
  kms_key_id: 'arn:aws:kms:eu-west-1:111111111111:key/00000000-0000-4000-8000-000000000000',
  use_lockfile: true,
};
const TAG = 'ledger:data-class';
const volume = (dataClass?: string, key = ARN) => ({
  encrypted: true,
  kms_key_id: key,
  ...(dataClass === undefined ? {} : { tags: { [TAG]: dataClass } }),
});
const volumes = (bodies: object, rest: object = {}) => ({
  stacks: {
    west: { variable: { x: {} }, resource: { aws_kms_key: { ledger: {} }, aws_ebs_volume: bodies, ...rest } },
  },
});
const shared = (sharing: readonly object[], dataClass = 'restricted') => ({
  policy: { keys: { sharing } },
  stacks: {
    west: {
      terraform: { backend: { s3: STATE } },
      output: { [OUTPUT]: { value: ARN, sensitive: true } },
      resource: { aws_kms_key: { ledger: {} }, aws_ebs_volume: { a: volume('restricted') } },
    },
    north: {
      data: { terraform_remote_state: { 'cross-stack-reference-input-west': { backend: 's3', config: STATE } } },
      resource: { aws_ebs_volume: { b: volume(dataClass, REMOTE) } },
    },
  },
});
const SHARING = [{ key: `west:${KEY}`, sites: ['west', 'north'], reason: 'Replicas.' }];
const bucket = (dataClass: string) => ({
  aws_s3_bucket: { entries: { bucket: 'entries', tags: { [TAG]: dataClass } } },
  aws_s3_bucket_server_side_encryption_configuration: {
    entries: {
      bucket: '${aws_s3_bucket.entries.id}',
      rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms', kms_master_key_id: ARN } }],
    },
  },
});
const template = (dataClass: string) => ({
  aws_launch_template: {
    host: {
      block_device_mappings: [{ device_name: '/dev/xvda', ebs: { encrypted: true, kms_key_id: ARN } }],
      tag_specifications: [
        { resource_type: 'instance', tags: { [TAG]: 'operational' } },
        { resource_type: 'volume', tags: { [TAG]: dataClass } },
      ],
    },
  },
});
const fails = (messageId: string) => ({ fails: { [KEY]: messageId } });
const open = (text: string) => ({ unproven: { [KEY]: text } });

testCheck(check, {
  pass: [
    { name: 'a key of one store', ...volumes({ a: volume('restricted') }) },
    { name: 'two sites that share the key', ...shared(SHARING) },
    { name: 'a key of one class', ...volumes({ a: volume('restricted'), b: volume('restricted') }) },
    { name: 'a key of one store without a class', ...volumes({ a: volume() }) },
    { name: 'a bucket of the same class', ...volumes({ a: volume('restricted') }, bucket('restricted')) },
    { name: 'volumes of a launch template', ...volumes({ a: volume('restricted') }, template('restricted')) },
    {
      name: 'a default of the account beside one class',
      ...volumes({ a: volume('restricted') }, { aws_ebs_default_kms_key: { d: { key_arn: ARN } } }),
    },
    {
      name: 'a hidden key of the same class',
      ...volumes({ a: volume('restricted'), b: volume('restricted', '${var.x}') }),
    },
  ],
  fail: [
    { name: 'two sites', ...shared([]), ...fails('sites') },
    { name: 'two classes at sites that share the key', ...shared(SHARING, 'operational'), ...fails('classes') },
    { name: 'two classes', ...volumes({ a: volume('restricted'), b: volume('operational') }), ...fails('classes') },
    {
      name: 'a bucket of another class',
      ...volumes({ a: volume('restricted') }, bucket('operational')),
      ...fails('classes'),
    },
    {
      name: 'a launch template of another class',
      ...volumes({ a: volume('restricted') }, template('operational')),
      ...fails('classes'),
    },
    {
      name: 'two classes beside one that is not known',
      ...volumes({ a: volume('restricted'), b: volume('operational'), c: volume('${var.x}') }),
      ...fails('classes'),
    },
  ],
  unproven: [
    { name: 'a class of a variable', ...volumes({ a: volume('restricted'), b: volume('${var.x}') }), ...open('var.x') },
    { name: 'no class', ...volumes({ a: volume('restricted'), b: volume() }), ...open('has no tag ledger:data-class') },
    {
      name: 'a hidden key of another class',
      ...volumes({ a: volume('restricted'), b: volume('operational', '${var.x}') }),
      ...open('var.x'),
    },
    {
      name: 'a bucket outside',
      ...volumes(
        { a: volume('restricted') },
        {
          aws_s3_bucket_server_side_encryption_configuration: {
            entries: {
              bucket: 'elsewhere',
              rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms', kms_master_key_id: ARN } }],
            },
          },
        },
      ),
      ...open('names nothing of the estate'),
    },
  ],
});
