import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadExceptions, loadPolicy } from '../../policy/load.ts';
import { formatPolicyProblem, POLICY_ERROR_CODES, type PolicyErrorCode } from '../../policy/problem.ts';
import { CONTROL_IDS, LEDGER_OUTPOST, LEDGER_POLICY, LEDGER_SITE, ledgerPolicy } from '../support/policy.ts';

const EXCEPTION = {
  id: 'queue',
  control: 'ENC-007',
  stack: 'west',
  address: 'aws_sqs_queue.legacy',
  fingerprint: 'a'.repeat(24),
  reason: 'The queue is replaced in the next release.',
  owner: 'Ada',
  approver: 'Grace',
  compensatingControls: ['It carries no personal data'],
  ticket: 'RISK-12',
  created: '2026-10-01',
  expires: '2026-11-30',
};
const [, NORTH, WATCH] = LEDGER_POLICY.sites;
const MONITOR = { site: 'watch', firm: 'Watch AS', account: '333333333333', archives: ['archive'] };
/** The policy with a stack that may be excepted as a whole. */
const TRANSITIONAL = {
  sites: [...LEDGER_POLICY.sites, { ...WATCH, id: 'us', country: 'US', region: 'us-east-1', role: 'transitional' }],
  stacks: [...LEDGER_POLICY.stacks, { name: 'interim', sites: ['us'], optional: true }],
};
const GATEWAY = {
  id: 'west-data',
  site: 'west',
  purpose: 'data-transmission',
  kind: 'network-firewall',
  stack: 'west',
  address: 'aws_networkfirewall_firewall.gateway',
};
const EVIDENCE = {
  id: 'rack',
  kind: 'outpost-country',
  subject: LEDGER_OUTPOST,
  states: 'NO',
  issuer: 'Watch AS',
  issued: '2026-01-01',
  expires: '2027-01-01',
  document: 'WA-1',
};

function problemsOf(text: string) {
  const result = loadPolicy({ path: 'enclave.yaml', text, controlIds: CONTROL_IDS });
  return result.kind === 'refused' ? result.problems : [];
}

/** Code and what of each problem of the ledger policy with other keys. */
function problemsWith(changes: { readonly [key: string]: unknown }): readonly string[] {
  const text = JSON.stringify({ ...LEDGER_POLICY, ...changes });
  return problemsOf(text).map(({ code, what }) => `${code} ${what}`);
}

describe('a policy', () => {
  test('loads with defaults for what may be left out', () => {
    const policy = ledgerPolicy();
    expect(policy).toMatchObject({
      partition: 'aws',
      description: '',
      globalServices: [],
      keys: { register: [], maximumRotationDays: 365, minimumDeletionDays: 30, sharing: [], custody: [], uploads: [] },
      network: {
        approvedPeers: [],
        publicAccessExclusions: [],
        publicAddresses: [],
        organisation: null,
        outside: [],
        flows: [],
        links: [],
        principals: [],
        endpointServices: [],
        separatedTiers: [],
        adminPorts: [22, 3389, 5985, 5986],
      },
      state: { backends: ['s3'] },
      tls: { securityPolicies: [], forwardSecrecy: false, clientCertificates: [], authorities: null },
      monitor: null,
      gate: { unprovenBlocksChange: [], maximumExceptionDays: 90, maximumExceptionDaysFor: {}, neverExcepted: [] },
      exceptions: [],
    });
    expect(policy.sites.map(({ id, role, zoneIds, outposts }) => ({ id, role, zoneIds, outposts }))).toEqual([
      { id: 'west', role: 'data-centre', zoneIds: ['euw1-az1'], outposts: [] },
      { id: 'north', role: 'data-centre', zoneIds: [], outposts: [LEDGER_OUTPOST] },
      { id: 'watch', role: 'monitor', zoneIds: [], outposts: [] },
    ]);
    expect(policy.stacks.map(({ name, isOptional }) => [name, isOptional])).toEqual([
      ['west', false],
      ['north', false],
      ['link', false],
      ['watch', true],
    ]);
    expect(policy.jurisdiction.countries.map(({ expires }) => expires)).toEqual([null, '2030-12-31']);
  });

  test('carries every part that is written', () => {
    const policy = ledgerPolicy({
      monitor: MONITOR,
      gateways: [GATEWAY],
      evidence: [EVIDENCE],
      exceptions: [EXCEPTION],
    });
    expect(policy.monitor).toEqual(MONITOR);
    expect(policy.gateways).toEqual([{ ...GATEWAY, image: null, tlsWaiver: null }]);
    expect(policy.evidence).toEqual([EVIDENCE]);
    expect(policy.exceptions).toEqual([{ ...EXCEPTION, location: policy.locate('/exceptions/0') }]);
  });

  test('says what a type does with data, or does not', () => {
    const entry = { type: 'ledger_account', scope: 'regional', reason: 'Watched by its provider.' };
    const policy = ledgerPolicy({
      resourceTypes: [entry, { ...entry, type: 'ledger_book', classes: ['stores', 'log'] }],
    });
    expect(policy.resourceTypes).toEqual([
      { ...entry, classes: [] },
      { ...entry, type: 'ledger_book', classes: ['stores', 'log'] },
    ]);
  });

  test('locates its parts, and what is not written at the nearest part that is', () => {
    const text = `version: 1\nname: ledger\n${JSON.stringify(LEDGER_POLICY).slice(1, -1)}`;
    const yaml = ['version: 1', 'name: ledger'];
    for (const [key, value] of Object.entries(LEDGER_POLICY)) {
      if (key !== 'version' && key !== 'name') yaml.push(`${key}: ${JSON.stringify(value)}`);
    }
    expect(problemsOf(text)).not.toEqual([]);
    const result = loadPolicy({ path: 'policies/enclave.yaml', text: yaml.join('\n'), controlIds: [] });
    if (result.kind !== 'policy') throw new Error(result.problems.map(formatPolicyProblem).join('\n'));
    expect(result.policy.locate('/name')).toEqual({ file: 'policies/enclave.yaml', line: 2, column: 7 });
    expect(result.policy.locate('/jurisdiction/set')).toMatchObject({ line: 3, column: 22 });
    expect(result.policy.locate('/jurisdiction/countries/7/country')).toEqual(
      result.policy.locate('/jurisdiction/countries'),
    );
    expect(result.policy.locate('/monitor')).toMatchObject({ line: 1, column: 1 });
  });

  test('reads NO as Norway, quoted or not', () => {
    const text = JSON.stringify(LEDGER_POLICY).replaceAll('"NO"', ' NO ');
    expect(problemsOf(text)).toEqual([]);
  });

  test('reports all errors at once, in the order of the file, with what, why and fix', () => {
    const text = `version: 1
nme: ledger
jurisdiction: {set: EEA, source: s, countries: [{country: UK, legalBasis: b, decision: d, since: 2026-02-30}]}
sites:
  - {id: a, name: A, country: IE, region: eu-west-1, account: 111111111111, zoneIds: [eun1-az1]}
stacks: [{name: s, sites: [b]}]
dataClasses: [{id: c, description: d, restricted: maybe}]
tags: {dataClass: c, site: s, tier: t}
tiers: [{id: t, exposure: open}]
`;
    expect(problemsOf(text).map(formatPolicyProblem)).toMatchInlineSnapshot(`
      [
        "PO-MISSING enclave.yaml:1:1 the file lacks "name"; its absence has no safe meaning. Fix: Add "name": Name of the enclave, for reports.",
        "PO-UNKNOWNKEY enclave.yaml:2:1 unknown key "nme" in the file; a misspelt key would leave its rule out. Fix: Did you mean name? Otherwise remove it.",
        "PO-COUNTRY enclave.yaml:3:59 there is no country "UK"; only countries of ISO 3166-1 have a jurisdiction to judge by. Fix: The code of the United Kingdom is GB.",
        "PO-DATE enclave.yaml:3:98 there is no day "2026-02-30"; a date that cannot be read never expires. Fix: Correct the date.",
        "PO-ACCOUNT enclave.yaml:5:63 sites[0].account is the number 111111111111, not a string; AWS account ids are 12 digits, and YAML reads an unquoted one as a number. Fix: Quote it. The site's AWS account. 12 digits, in quotes.",
        "PO-ZONE enclave.yaml:5:87 "eun1-az1" is a zone of eu-north-1, not of eu-west-1; a zone of another Region is another place. Fix: Use AZ ids of eu-west-1: euw1-az1 and so on.",
        "PO-REFERENCE enclave.yaml:6:28 there is no site "b"; a rule about something that is not there protects nothing. Fix: Add the site to the policy, or remove the reference.",
        "PO-TYPE enclave.yaml:7:51 dataClasses[0].restricted is "maybe", not a boolean; the value cannot be read as what it should be. Fix: Write true or false. True for data that must never leave its site's country.",
        "PO-VALUE enclave.yaml:9:27 tiers[0].exposure is "open"; the value is outside what is allowed here. Fix: Use one of enclave, gateway.",
      ]
    `);
  });
});

const CASES: readonly (readonly [PolicyErrorCode, string, { readonly [key: string]: unknown }])[] = [
  ['PO-UNKNOWNKEY', 'unknown key "nmae" in the file', { nmae: 1 }],
  [
    'PO-UNKNOWNKEY',
    'unknown key "__proto__" in the file',
    JSON.parse('{"__proto__": {"version": 1}}') as { readonly [key: string]: unknown },
  ],
  ['PO-MISSING', 'the file lacks "tags"', { tags: undefined }],
  ['PO-MISSING', 'sites has too few entries', { sites: [] }],
  ['PO-TYPE', 'sites is a mapping, not a list', { sites: {} }],
  ['PO-TYPE', 'name is empty, not a string', { name: null }],
  ['PO-VALUE', 'version is the number 2', { version: 2 }],
  ['PO-VALUE', 'name is "  "', { name: '  ' }],
  ['PO-VALUE', 'jurisdiction.set is "EAA"', { jurisdiction: { ...LEDGER_POLICY.jurisdiction, set: 'EAA' } }],
  ['PO-VALUE', 'stacks[0].sites holds an entry twice', { stacks: [{ name: 's', sites: ['west', 'west'] }] }],
  ['PO-DUPID', 'the site "west" is there twice', { sites: [...LEDGER_POLICY.sites, { ...WATCH, id: 'west' }] }],
  ['PO-DUPID', 'the stack "west" is there twice', { stacks: [...LEDGER_POLICY.stacks, LEDGER_POLICY.stacks[0]] }],
  ['PO-DUPID', 'the gateway "west-data" is there twice', { gateways: [GATEWAY, GATEWAY] }],
  ['PO-DUPID', 'the exception "queue" is there twice', { exceptions: [EXCEPTION, { ...EXCEPTION, stack: 'north' }] }],
  [
    'PO-DUPID',
    'another exception already covers ENC-007 at this place',
    { exceptions: [EXCEPTION, { ...EXCEPTION, id: 'again' }] },
  ],
  ['PO-REFERENCE', 'there is no site "wset"', { stacks: [...LEDGER_POLICY.stacks, { name: 's', sites: ['wset'] }] }],
  ['PO-REFERENCE', 'there is no site "est"', { gateways: [{ ...GATEWAY, site: 'est' }] }],
  ['PO-REFERENCE', 'there is no stack "est"', { gateways: [{ ...GATEWAY, stack: 'est' }] }],
  ['PO-REFERENCE', 'the stack "north" is not of the site "west"', { gateways: [{ ...GATEWAY, stack: 'north' }] }],
  ['PO-REFERENCE', 'there is no data class "logs"', { dataClasses: [LEDGER_POLICY.dataClasses[0]] }],
  ['PO-REFERENCE', 'there is no site "moon"', { monitor: { ...MONITOR, site: 'moon' } }],
  [
    'PO-REFERENCE',
    'the site "west" of the monitor has not the role "monitor"',
    { monitor: { ...MONITOR, site: 'west' } },
  ],
  [
    'PO-REFERENCE',
    'the account of the monitor is "444444444444", that of its site "333333333333"',
    { monitor: { ...MONITOR, account: '444444444444' } },
  ],
  ['PO-REFERENCE', 'there is no Outpost "rack"', { evidence: [{ ...EVIDENCE, subject: 'rack' }] }],
  ['PO-REFERENCE', 'there is no gateway "rack"', { evidence: [{ ...EVIDENCE, kind: 'appliance', subject: 'rack' }] }],
  ['PO-REFERENCE', 'there is no stack "east"', { exceptions: [{ ...EXCEPTION, stack: 'east' }] }],
  [
    'PO-REFERENCE',
    'there is no stack "est"',
    { network: { publicAddresses: [{ stack: 'est', address: 'aws_eip.a', reason: 'NAT' }] } },
  ],
  [
    'PO-REFERENCE',
    'there is no site "moon"',
    { keys: { sharing: [{ key: 'k', sites: ['west', 'moon'], reason: 'r' }] } },
  ],
  [
    'PO-REFERENCE',
    'there is no data class "secret"',
    { keys: { custody: [{ site: 'west', dataClasses: ['secret'], holders: ['cloudhsm'], reason: 'r' }] } },
  ],
  ['PO-REFERENCE', 'there is no data class "secret"', { keys: { uploads: ['secret'] } }],
  [
    'PO-REFERENCE',
    'there is no site "mars"',
    { keys: { custody: [{ site: 'mars', dataClasses: ['restricted'], holders: ['external'], reason: 'r' }] } },
  ],
  ['PO-CONTROL', 'there is no control "ENC-070"', { exceptions: [{ ...EXCEPTION, control: 'ENC-070' }] }],
  ['PO-COUNTRY', 'there is no country "UK"', { sites: [{ ...LEDGER_SITE, country: 'UK' }, NORTH, WATCH] }],
  ['PO-COUNTRY', 'sites[0].country is "ie"', { sites: [{ ...LEDGER_SITE, country: 'ie' }, NORTH, WATCH] }],
  ['PO-COUNTRY', '"in Norway" is no country code', { evidence: [{ ...EVIDENCE, states: 'in Norway' }] }],
  ['PO-COUNTRY', '"Norway" is no country code', { evidence: [{ ...EVIDENCE, kind: 'key-custody', states: 'Norway' }] }],
  ['PO-COUNTRY', 'there is no country "ZZ"', { evidence: [{ ...EVIDENCE, states: 'ZZ' }] }],
  ['PO-REGION', 'there is no Region "eu-west-9"', { sites: [{ ...LEDGER_SITE, region: 'eu-west-9' }, NORTH, WATCH] }],
  ['PO-REGION', 'sites[0].region is "Dublin"', { sites: [{ ...LEDGER_SITE, region: 'Dublin' }, NORTH, WATCH] }],
  ['PO-PARTITION', 'eu-west-1 is in the partition aws, the policy in aws-eusc', { partition: 'aws-eusc' }],
  [
    'PO-REGIONCOUNTRY',
    'eu-west-1 is in Ireland (IE), not in Norway (NO)',
    { sites: [{ ...LEDGER_SITE, country: 'NO' }, NORTH, WATCH] },
  ],
  [
    'PO-REGIONCOUNTRY',
    'eu-north-1 is in Sweden (SE), not in Norway (NO)',
    { sites: [LEDGER_SITE, { ...NORTH, supportingPlaces: [{ ...NORTH.supportingPlaces[0], country: 'NO' }] }, WATCH] },
  ],
  [
    'PO-REGIONCOUNTRY',
    'eu-isoe-west-1 is in no published country, not in Ireland (IE)',
    { sites: [{ ...LEDGER_SITE, region: 'eu-isoe-west-1', zoneIds: [] }, NORTH, WATCH] },
  ],
  [
    'PO-ZONE',
    '"euc1-az1" is a zone of eu-central-1, not of eu-west-1',
    { sites: [{ ...LEDGER_SITE, zoneIds: ['euc1-az1'] }, NORTH, WATCH] },
  ],
  [
    'PO-ZONE',
    '"euc1-ist1-az1" is in Türkiye (TR), not in Germany (DE)',
    {
      sites: [{ ...LEDGER_SITE, country: 'DE', region: 'eu-central-1', zoneIds: ['euc1-ist1-az1'] }, NORTH, WATCH],
    },
  ],
  [
    'PO-ZONE',
    'sites[0].zoneIds[0] is "eu-west-1a"',
    { sites: [{ ...LEDGER_SITE, zoneIds: ['eu-west-1a'] }, NORTH, WATCH] },
  ],
  ['PO-ACCOUNT', 'sites[0].account is "1234"', { sites: [{ ...LEDGER_SITE, account: '1234' }, NORTH, WATCH] }],
  [
    'PO-ACCOUNT',
    'sites[0].account is the number 111111111111, not a string',
    { sites: [{ ...LEDGER_SITE, account: 111111111111 }, NORTH, WATCH] },
  ],
  ['PO-OUTPOST', 'sites[1].outposts[0] is "op-1"', { sites: [LEDGER_SITE, { ...NORTH, outposts: ['op-1'] }, WATCH] }],
  [
    'PO-OUTPOST',
    `"${LEDGER_OUTPOST.slice(0, 60)}" (the first 60 of 69 characters): its account is 222222222222, that of the site 999999999999`,
    { sites: [LEDGER_SITE, { ...NORTH, account: '999999999999' }, WATCH] },
  ],
  [
    'PO-SHARED',
    '"east" and "west" share account 111111111111 in zone euw1-az1',
    { sites: [...LEDGER_POLICY.sites, { ...LEDGER_SITE, id: 'east' }] },
  ],
  [
    'PO-SHARED',
    `"far" and "north" share the Outpost ${LEDGER_OUTPOST}`,
    { sites: [...LEDGER_POLICY.sites, { ...NORTH, id: 'far' }] },
  ],
  ['PO-PLACE', '"west" names neither AZ ids nor Outposts', { sites: [{ ...LEDGER_SITE, zoneIds: [] }, NORTH, WATCH] }],
  ['PO-DATE', 'there is no day "2027-02-29"', { evidence: [{ ...EVIDENCE, expires: '2027-02-29' }] }],
  ['PO-DATE', 'exceptions[0].expires is "never"', { exceptions: [{ ...EXCEPTION, expires: 'never' }] }],
  ['PO-PERIOD', '"expires" is before "issued"', { evidence: [{ ...EVIDENCE, expires: '2025-12-31' }] }],
  ['PO-PERIOD', '"expires" is before "created"', { exceptions: [{ ...EXCEPTION, expires: '2026-09-30' }] }],
  ['PO-PERIOD', 'it lasts 92 days, longer than 90', { exceptions: [{ ...EXCEPTION, expires: '2026-12-31' }] }],
  ['PO-PERIOD', 'it lasts 61 days, longer than 30', { exceptions: [EXCEPTION], gate: { maximumExceptionDays: 30 } }],
  [
    'PO-APPROVER',
    'owner "Ada" and approver "ada " are the same',
    { exceptions: [{ ...EXCEPTION, owner: 'Ada', approver: 'ada ' }] },
  ],
  [
    'PO-APPROVER',
    String.raw`owner "Ada" and approver "\u0391da" are the same`,
    { exceptions: [{ ...EXCEPTION, owner: 'Ada', approver: 'Αda' }] },
  ],
  ['PO-APPROVER', String.raw`"\u200b" names nobody`, { exceptions: [{ ...EXCEPTION, approver: '\u200b' }] }],
  ['PO-SCOPE', 'neither "address" nor "scope" is given', { exceptions: [{ ...EXCEPTION, address: undefined }] }],
  ['PO-SCOPE', '"address" and "scope" are both given', { exceptions: [{ ...EXCEPTION, scope: 'stack' }] }],
  [
    'PO-SCOPE',
    'the address "aws_sqs_queue.*" is a pattern',
    { exceptions: [{ ...EXCEPTION, address: 'aws_sqs_queue.*' }] },
  ],
  [
    'PO-SCOPE',
    'ENC-007 cannot be excepted for a whole stack',
    { ...TRANSITIONAL, exceptions: [wholeStack('ENC-007')] },
  ],
  [
    'PO-SCOPE',
    'the stack "west" is not one of transitional sites alone, and cannot be excepted as a whole',
    { exceptions: [{ ...wholeStack('RES-001'), stack: 'west' }] },
  ],
  [
    'PO-SCOPE',
    '"fingerprint" and "scope" are both given',
    { ...TRANSITIONAL, exceptions: [{ ...wholeStack('RES-001'), fingerprint: 'a'.repeat(24) }] },
  ],
  ['PO-FINGERPRINT', 'no "fingerprint" is given', { exceptions: [{ ...EXCEPTION, fingerprint: undefined }] }],
  ['PO-VALUE', 'exceptions[0].fingerprint is "*"', { exceptions: [{ ...EXCEPTION, fingerprint: '*' }] }],
  ['PO-VALUE', 'exceptions[0].ticket is " "', { exceptions: [{ ...EXCEPTION, ticket: ' ' }] }],
  ['PO-MISSING', 'exceptions[0] lacks "ticket"', { exceptions: [{ ...EXCEPTION, ticket: undefined }] }],
  [
    'PO-PERIOD',
    'it lasts 61 days, longer than 60',
    { exceptions: [EXCEPTION], gate: { maximumExceptionDaysFor: { high: 60 } } },
  ],
  [
    'PO-PERIOD',
    'it lasts 61 days, longer than 7',
    { ...TRANSITIONAL, exceptions: [wholeStack('RES-001')], gate: { maximumExceptionDaysFor: { stack: 7 } } },
  ],
  [
    'PO-SCOPE',
    'the policy lets nobody except "ENC-007"',
    { exceptions: [EXCEPTION], gate: { neverExcepted: ['ENC-007'] } },
  ],
  ['PO-CONTROL', 'there is no control "ENC-999"', { gate: { neverExcepted: ['ENC-999'] } }],
  ['PO-SCOPE', 'CHG-004 cannot be excepted', { exceptions: [{ ...EXCEPTION, control: 'CHG-004' }] }],
  ['PO-SCOPE', 'CHG-001 cannot be excepted', { exceptions: [{ ...EXCEPTION, control: 'CHG-001' }] }],
  ['PO-VALUE', 'exceptions[0].reason is "not now"', { exceptions: [{ ...EXCEPTION, reason: 'not now' }] }],
  ['PO-VALUE', '"inert" stands beside other classes', { resourceTypes: [classified(['inert', 'log'])] }],
  ['PO-VALUE', 'resourceTypes[0].classes[0] is "harmless"', { resourceTypes: [classified(['harmless'])] }],
  ['PO-MISSING', 'resourceTypes[0].classes has too few entries', { resourceTypes: [classified([])] }],
  [
    'PO-MISSING',
    'exceptions[0].compensatingControls has too few entries',
    { exceptions: [{ ...EXCEPTION, compensatingControls: [] }] },
  ],
];

describe('each error', () => {
  test.each(CASES)('%s: %s', (code, what, changes) => {
    expect(problemsWith(changes)).toContain(`${code} ${what}`);
  });

  test('has a case, here or where it arises', () => {
    const elsewhere = [
      ['document', 'PO-TOOLARGE', 'PO-EMPTY', 'PO-PARSE', 'PO-DEPTH', 'PO-ALIAS', 'PO-TAG', 'PO-KEY', 'PO-DUPKEY'],
      ['exceptions', 'PO-NOTSTARTED', 'PO-EXPIRED', 'PO-UNUSED'],
    ].flat();
    const covered = new Set<string>([...elsewhere, ...CASES.map(([code]) => code)]);
    expect(POLICY_ERROR_CODES.filter((code) => !covered.has(code))).toEqual([]);
  });
});

describe('what is allowed', () => {
  test.each([
    [
      'an exception for a whole stack from a control of residency',
      { ...TRANSITIONAL, exceptions: [wholeStack('RES-001')] },
    ],
    [
      'an exception for as long as the policy lets one of its severity last',
      { exceptions: [EXCEPTION], gate: { maximumExceptionDays: 1, maximumExceptionDaysFor: { high: 61 } } },
    ],
    [
      'an exception for an instance whose key holds an asterisk',
      { exceptions: [{ ...EXCEPTION, address: 'aws_sqs_queue.q["*"]' }] },
    ],
    [
      'two sites in one account with different zones',
      { sites: [...LEDGER_POLICY.sites, { ...LEDGER_SITE, id: 'east', zoneIds: ['euw1-az2'] }] },
    ],
    [
      'two sites in one zone with different accounts',
      { sites: [...LEDGER_POLICY.sites, { ...LEDGER_SITE, id: 'east', account: '555555555555' }] },
    ],
    [
      'a site outside the jurisdiction, which controls judge',
      {
        sites: [
          ...LEDGER_POLICY.sites,
          { ...WATCH, id: 'us', country: 'US', region: 'us-east-1', role: 'transitional' },
        ],
      },
    ],
  ])('%s', (_name, changes) => {
    expect(problemsWith(changes)).toEqual([]);
  });
});

function classified(classes: readonly string[]) {
  return { type: 'ledger_account', scope: 'regional', classes, reason: 'Watched by its provider.' };
}

function wholeStack(control: string) {
  const { address: _address, fingerprint: _fingerprint, ...rest } = EXCEPTION;
  return { ...rest, stack: 'interim', control, scope: 'stack' };
}

describe('a file of exceptions', () => {
  const load = (document: object) =>
    loadExceptions({
      path: 'exceptions.yaml',
      text: JSON.stringify(document),
      controlIds: CONTROL_IDS,
      policy: ledgerPolicy(TRANSITIONAL),
    });

  test('loads, with the whole stack as an asterisk', () => {
    const result = load({ version: 1, exceptions: [EXCEPTION, { ...wholeStack('RES-001'), id: 'moving' }] });
    if (result.kind !== 'exceptions') throw new Error(result.problems.map(formatPolicyProblem).join('\n'));
    expect(result.exceptions.map(({ id, address, location }) => [id, address, location.file])).toEqual([
      ['queue', 'aws_sqs_queue.legacy', 'exceptions.yaml'],
      ['moving', '*', 'exceptions.yaml'],
    ]);
  });

  test.each([
    ['PO-MISSING', { version: 1, exceptions: [] }],
    ['PO-UNKNOWNKEY', { version: 1, exceptions: [{ ...EXCEPTION, starts: '2026-10-01' }] }],
    ['PO-REFERENCE', { version: 1, exceptions: [{ ...EXCEPTION, stack: 'east' }] }],
    ['PO-PERIOD', { version: 1, exceptions: [{ ...EXCEPTION, expires: '2027-09-30' }] }],
    ['PO-MISSING', LEDGER_POLICY],
  ])('%s', (code, document) => {
    const result = load(document);
    expect(result.kind === 'refused' ? result.problems.map((problem) => problem.code) : []).toContain(code);
  });
});

describe('the reference enclave', () => {
  const text = readFileSync('enclave.yaml', 'utf8');
  const result = loadPolicy({ path: 'enclave.yaml', text, controlIds: CONTROL_IDS });

  test('loads, with three data centres in Ireland and Norway', () => {
    if (result.kind !== 'policy') throw new Error(result.problems.map(formatPolicyProblem).join('\n'));
    const sites = result.policy.sites.filter(({ role }) => role === 'data-centre');
    expect(sites.map(({ id, country, region }) => [id, country, region])).toEqual([
      ['dublin', 'IE', 'eu-west-1'],
      ['ireland-2', 'IE', 'eu-west-1'],
      ['norway', 'NO', 'eu-north-1'],
    ]);
  });

  test('gives every data centre a gateway for data and one for people', () => {
    if (result.kind !== 'policy') throw new Error('refused');
    const gateways = result.policy.gateways.map(({ site, purpose }) => `${site} ${purpose}`);
    expect(gateways).toEqual(
      ['dublin', 'ireland-2', 'norway'].flatMap((site) => [`${site} data-transmission`, `${site} employee-access`]),
    );
  });

  test('has an exception for the interim enclave that applies on its days only', () => {
    if (result.kind !== 'policy') throw new Error('refused');
    const exceptions = loadExceptions({
      path: 'exceptions/us-interim.yaml',
      text: readFileSync('exceptions/us-interim.yaml', 'utf8'),
      controlIds: CONTROL_IDS,
      policy: result.policy,
    });
    if (exceptions.kind !== 'exceptions') throw new Error(exceptions.problems.map(formatPolicyProblem).join('\n'));
    expect(new Set(exceptions.exceptions.map(({ stack, expires }) => `${stack} until ${expires}`))).toEqual(
      new Set(['us-interim until 2027-10-31']),
    );
    expect(result.policy.stacks.find(({ name }) => name === 'us-interim')).toEqual({
      name: 'us-interim',
      sites: ['us-interim'],
      isOptional: true,
    });
  });
});
