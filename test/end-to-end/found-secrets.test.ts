import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import { checks } from '../../checks/index.ts';
import { coverageOf } from '../../checks/coverage.ts';
import { flowMapOf } from '../../checks/flow-map.ts';
import { enclaveOf } from '../../checks/gateway/enclave.ts';
import { coverageJson } from '../../report/coverage-json.ts';
import { coverageText } from '../../report/coverage-text.ts';
import { flowsJson } from '../../report/flows/json.ts';
import { flowsText } from '../../report/flows/text.ts';
import { drawNetwork } from '../../report/graph/draw.ts';
import { graphJson } from '../../report/graph/json.ts';
import { reporters } from '../../report/index.ts';
import { withheldData } from '../../report/withheld-data.ts';
import { estateOf, judgeEstate, policyOf } from '../../checks/example-estate.ts';
import { rendered } from '../support/rendered.ts';
import { CANARIES } from '../support/secret-canaries.ts';

const OPTIONS = {
  colour: new Chalk({ level: 0 }),
  width: 160,
  charset: 'unicode',
  frames: new Map(),
  quiet: false,
} as const;

/** Where people leave secrets, and where other controls look too: names, tags, rules, policies, hosts. */
const withSecret = (secret: string): object => ({
  aws_db_instance: { ledger: { identifier: 'ledger', password: secret, kms_key_id: secret, tags: { note: secret } } },
  aws_ssm_parameter: { ledger: { name: secret, type: 'String', value: secret } },
  aws_instance: { ledger: { user_data: secret, availability_zone: secret, key_name: secret, tags: { [secret]: 'x' } } },
  aws_lambda_function: { ledger: { environment: { variables: { TOKEN: secret } }, kms_key_arn: secret } },
  aws_s3_bucket: { ledger: { bucket: secret, tags: { data_class: secret } } },
  aws_s3_bucket_policy: { ledger: { bucket: secret, policy: JSON.stringify({ Statement: [{ Principal: secret }] }) } },
  aws_security_group: { ledger: { description: secret, ingress: [{ description: secret, cidr_blocks: [secret] }] } },
  aws_lb_listener: { ledger: { protocol: secret, ssl_policy: secret, load_balancer_arn: secret } },
  aws_kms_key: { ledger: { description: secret, policy: secret } },
  aws_sns_topic_subscription: { ledger: { protocol: 'https', endpoint: secret, topic_arn: secret } },
  aws_route53_record: { ledger: { name: secret, type: 'CNAME', records: [secret], zone_id: secret } },
  aws_vpc_endpoint: { ledger: { vpc_id: secret, service_name: secret } },
});

describe('no output tells a secret that shows itself by its form', () => {
  it.each(CANARIES)('$kind', ({ secret }) => {
    const example = {
      stacks: {
        west: {
          resource: withSecret(secret.replaceAll(/[$%](?=\{)/g, '$&$&')),
          output: { ledger: { value: secret } },
          provider: { aws: { region: 'eu-west-1', access_key: secret, endpoints: [{ s3: secret }] } },
          terraform: { backend: { s3: { bucket: secret, key: secret, region: 'eu-west-1', kms_key_id: secret } } },
        },
      },
    } as const;
    const [estate, policy] = [estateOf(example), policyOf(example)];
    const context = { estate, policy, asOf: '2026-11-01' };
    const report = judgeEstate(checks, estate, policy);
    const withheld = <Data>(data: Data): Data => withheldData(data, (text) => estate.withhold(text));
    const flows = withheld({ ...flowMapOf(context, { site: null, dataClass: null }), incompleteBecause: [] });
    const covered = { ...coverageOf(context, report), incompleteBecause: report.incompleteBecause };
    const outputs: (readonly [string, string])[] = [
      ...Object.entries(reporters).map(([name, one]) => [name, rendered(one, report, OPTIONS)] as const),
      ['coverage', coverageText(covered, 0, OPTIONS)],
      ['coverage json', coverageJson(covered)],
      ['flows', flowsText(flows, 0, OPTIONS)],
      ['flows json', flowsJson(flows)],
      ['graph', graphJson(withheld(drawNetwork(context, enclaveOf(context), { site: null, traces: [] })))],
    ];
    expect(report.results.some(({ control, verdict }) => control === 'KEY-008' && verdict === 'fail')).toBe(true);
    const forms = [secret, JSON.stringify(secret).slice(1, -1), secret.slice(8, 40)].filter((form) => form.length > 8);
    const telling = outputs.filter(([, text]) => forms.some((form) => text.includes(form))).map(([name]) => name);
    expect(telling).toEqual([]);
  });
});
