// Writes the samples of docs/reports.md: what the built program prints in each format of a pull request that keeps a copy
// of the profiles of the sites in Ireland in the United States, where an exception covers one of the two sites. The date
// of judgement is fixed, so that the bytes are.
import { fill, inEnclaveCopy } from './enclave-copy.mjs';

const AS_OF = ['--as-of', '2026-11-22'];
const ABROAD = {
  file: 'stacks/data/data-stack.ts',
  from: 'pointInTimeRecovery: { enabled: true },',
  to: "pointInTimeRecovery: { enabled: true }, replica: [{ regionName: 'us-east-1' }],",
};
const EXCEPTED = 'ENC-005:ireland-2-data:aws_dynamodb_table.profiles';
const FAILING = 'ENC-005:dublin-data:aws_dynamodb_table.profiles';
/** What people write into the draft of an exception. */
const ANSWERS = {
  "reason: ''": "reason: 'moves back to Ireland with the next release'",
  "owner: ''": "owner: 'Ada Byron'",
  "approver: ''": "approver: 'Grace Hopper'",
  "ticket: ''": "ticket: 'RISK-7'",
  'compensatingControls: []': "compensatingControls: ['Only the operators of the site can read the copy.']",
};

inEnclaveCopy((copy) => {
  copy.synthesiseWith(ABROAD);
  const draft = copy.trefoil(0, 'except', EXCEPTED, ...AS_OF);
  copy.write(
    'exceptions.yaml',
    Object.entries(ANSWERS).reduce((text, [blank, answer]) => text.replace(blank, answer), draft),
  );
  const judged = ['check', '--control', 'ENC-005', '--exceptions', 'exceptions.yaml', ...AS_OF];
  const of = (format) => copy.trefoil(1, ...judged, '--format', format);

  const json = JSON.parse(of('json'));
  const sarif = JSON.parse(of('sarif')).runs[0];
  const oscal = JSON.parse(of('oscal'))['assessment-results'].results[0];
  const incomplete = copy.trefoil(
    3,
    'check',
    'cdktf.out/stacks/norway-data',
    '--control',
    'ENC-005',
    '--format',
    'github',
    ...AS_OF,
  );
  fill('docs/reports.md', {
    text: of('text'),
    json: pretty({
      ...pick(json, ['schemaVersion', 'asOf', 'complete', 'summary']),
      results: json.results.filter(isFail),
    }),
    sarif: pretty(sarif.results[0]),
    'sarif rule': sarif.tool.driver.rules[sarif.results[0].ruleIndex].relationships
      .map((relationship) => JSON.stringify(relationship))
      .join('\n'),
    junit: of('junit'),
    github: of('github'),
    'github incomplete': incomplete,
    gitlab: of('gitlab'),
    markdown: of('markdown'),
    csv: of('csv').replaceAll('\r\n', '\n'),
    'oscal finding': pretty(oscal.findings[0]),
    'oscal observation': pretty(oscal.observations.find(({ props }) => props.some(({ value }) => value === 'fail'))),
    'oscal item': pretty(
      JSON.parse(of('oscal-poam'))['plan-of-action-and-milestones']['poam-items'].find(
        (item) => item['related-risks'] !== undefined,
      ),
    ),
    'oscal control': pretty(
      JSON.parse(copy.trefoil(0, 'list', '--format', 'oscal'))
        .catalog.groups.flatMap(({ controls }) => controls)
        .find(({ id }) => id === 'ENC-005'),
    ),
    'explain finding': copy.trefoil(0, 'explain', FAILING, ...AS_OF),
    'explain control': copy.trefoil(0, 'explain', 'ENC-001'),
  });
});

function isFail({ verdict }) {
  return verdict === 'fail';
}

function pick(record, keys) {
  return Object.fromEntries(keys.map((key) => [key, record[key]]));
}

function pretty(value) {
  return JSON.stringify(value, null, 2);
}
