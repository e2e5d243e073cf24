import check from '../../../checks/encryption/key-006-custody.ts';
import { EXAMPLE_POLICY } from '../../../checks/example-policy.ts';
import { testCheck } from '../../support/check-tester.ts';

const REGISTERED = 'arn:aws:kms:eu-west-1:111111111111:key/00000000-0000-4000-8000-000000000009';
const VOLUME = 'aws_ebs_volume.ledger';
const EXTERNAL = {
  custom_key_store_name: 'held',
  custom_key_store_type: 'EXTERNAL_KEY_STORE',
  xks_proxy_connectivity: 'VPC_ENDPOINT_SERVICE',
};

const evidence = (states: string, subject = 'west:aws_kms_custom_key_store.held', expires = '2027-12-31') => [
  ...EXAMPLE_POLICY.evidence,
  {
    id: 'manager-country',
    kind: 'key-custody',
    subject,
    states,
    issuer: 'Watch AS',
    issued: '2026-01-01',
    expires,
    document: 'Inspection of the key manager',
  },
];
const rules = (holders: readonly string[], rest: object = {}) => ({
  keys: {
    custody: [{ site: 'west', dataClasses: ['restricted'], holders, reason: 'To be able to refuse.' }],
    register: [{ arn: REGISTERED, site: 'west', owner: 'Keys', reason: 'Made by hand.' }],
  },
  ...rest,
});
const volume = (key: unknown, resource: object, holders: readonly string[], rest: object = {}, tags: object = {}) => ({
  policy: rules(holders, rest),
  stacks: {
    west: {
      variable: { x: {} },
      resource: {
        ...resource,
        aws_ebs_volume: { ledger: { kms_key_id: key, tags: { 'ledger:data-class': 'restricted', ...tags } } },
      },
    },
  },
});
const stored = (store: object, holders: readonly string[], rest: object = {}) =>
  volume(
    '${aws_kms_key.ledger.arn}',
    {
      aws_kms_custom_key_store: { held: store },
      aws_kms_key: { ledger: { custom_key_store_id: '${aws_kms_custom_key_store.held.id}' } },
    },
    holders,
    rest,
  );
const plain = (body: object, holders: readonly string[] = ['cloudhsm', 'external']) =>
  volume('${aws_kms_key.ledger.arn}', { aws_kms_key: { ledger: body } }, holders);
const fails = (messageId: string) => ({ fails: { [VOLUME]: messageId } });
const open = (text: string) => ({ unproven: { [VOLUME]: text } });

testCheck(check, {
  pass: [
    { name: 'a CloudHSM cluster', ...stored({ custom_key_store_type: 'AWS_CLOUDHSM' }, ['cloudhsm']) },
    { name: 'a store that is a CloudHSM cluster by default', ...stored({}, ['cloudhsm', 'external']) },
    { name: 'a key manager in the jurisdiction', ...stored(EXTERNAL, ['external'], { evidence: evidence('NO') }) },
    {
      name: 'a registered key with proof',
      ...volume(REGISTERED, {}, ['external'], { evidence: evidence('NO', REGISTERED) }),
    },
    {
      name: 'imported material',
      ...volume('${aws_kms_external_key.l.arn}', { aws_kms_external_key: { l: {} } }, ['imported']),
    },
  ],
  fail: [
    { name: 'a key that AWS holds', ...plain({}), ...fails('held') },
    { name: 'an empty store', ...plain({ custom_key_store_id: '' }), ...fails('held') },
    { name: 'a key that AWS manages', ...volume('alias/aws/ebs', {}, ['cloudhsm']), ...fails('held') },
    { name: 'a cluster in place of a key manager', ...stored({}, ['external']), ...fails('held') },
    { name: 'a key manager in place of a cluster', ...stored(EXTERNAL, ['cloudhsm']), ...fails('held') },
    {
      name: 'imported material where AWS may not hold it',
      ...volume('${aws_kms_external_key.l.arn}', { aws_kms_external_key: { l: {} } }, ['external']),
      ...fails('held'),
    },
    {
      name: 'a key manager over the internet',
      ...stored({ ...EXTERNAL, xks_proxy_connectivity: 'PUBLIC_ENDPOINT' }, ['external'], { evidence: evidence('NO') }),
      ...fails('publicProxy'),
    },
    {
      name: 'a key manager outside',
      ...stored(EXTERNAL, ['external'], { evidence: evidence('US') }),
      ...fails('outside'),
    },
  ],
  unproven: [
    {
      name: 'a key manager without proof',
      ...stored(EXTERNAL, ['external']),
      ...open('no evidence of kind key-custody'),
    },
    {
      name: 'a key manager whose proof is over',
      ...stored(EXTERNAL, ['external'], { evidence: evidence('NO', undefined, '2026-02-01') }),
      ...open('expired on 2026-02-01'),
    },
    { name: 'a registered key without proof', ...volume(REGISTERED, {}, ['external']), ...open('no evidence') },
    {
      name: 'a key outside',
      ...volume('arn:aws:kms:eu-west-1:111111111111:key/1', {}, ['external']),
      ...open('neither in the estate nor in the register'),
    },
    { name: 'a key of a variable', ...volume('${var.x}', {}, ['cloudhsm']), ...open('var.x') },
    { name: 'a store of a variable', ...plain({ custom_key_store_id: '${var.x}' }), ...open('var.x') },
    { name: 'a store outside', ...plain({ custom_key_store_id: 'cks-0123' }), ...open('not in the estate') },
    { name: 'a type of a variable', ...stored({ custom_key_store_type: '${var.x}' }, ['cloudhsm']), ...open('var.x') },
    {
      name: 'a type that is new',
      ...stored({ custom_key_store_type: 'MOON' }, ['cloudhsm']),
      ...open('type not known'),
    },
    {
      name: 'a way to the key manager of a variable',
      ...stored({ ...EXTERNAL, xks_proxy_connectivity: '${var.x}' }, ['external']),
      ...open('var.x'),
    },
    {
      name: 'a class of a variable',
      ...volume('alias/aws/ebs', {}, ['cloudhsm'], {}, { 'ledger:data-class': '${var.x}' }),
      ...open('var.x'),
    },
    {
      name: 'no class',
      ...volume('alias/aws/ebs', {}, ['cloudhsm'], {}, { 'ledger:data-class': '' }),
      ...open('has no tag ledger:data-class'),
    },
  ],
});
