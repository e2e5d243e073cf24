import type { TlsService } from '../../model/aws/tls-policies.ts';
import { nestedArguments } from '../../model/nested-arguments.ts';
import type { Resource } from '../../model/resource.ts';
import { asBoolean, asString, asStrings, isHidden, shown } from '../../model/value.ts';
import { type Context, defineCheck, type Outcome, resourcesOf } from '../check.ts';
import { judgePolicyArgument, TLS_MESSAGES, type TlsInspection } from './tls-endpoint.ts';
import { judgeClassic } from './tls-classic.ts';
import { judgeClientCertificates } from './tls-clients.ts';
import { isPacketListener, judgeListener } from './tls-listeners.ts';

type Judge = (resource: Resource, inspection: TlsInspection) => Outcome;

const JUDGES: ReadonlyMap<string, Judge> = new Map<string, Judge>([
  ['aws_lb_listener', judgeListener],
  ['aws_alb_listener', judgeListener],
  ['aws_elb', judgeClassic],
  ['aws_opensearch_domain', searchDomain('domain_endpoint_options')],
  ['aws_elasticsearch_domain', searchDomain('domain_endpoint_options')],
  ['aws_cloudsearch_domain', searchDomain('endpoint_options')],
  ['aws_api_gateway_domain_name', apiIn('security_policy')],
  ['aws_apigatewayv2_domain_name', apiIn('domain_name_configuration', 'security_policy')],
  ['aws_iot_domain_configuration', policyIn('iot', 'tls_config', 'security_policy')],
  ['aws_transfer_server', judgeTransfer],
  ['aws_cloudfront_distribution', judgeDistribution],
  ['aws_msk_cluster', judgeClientCertificates],
]);

const SUBJECTS: readonly string[] = [...JUDGES.keys()];

export default defineCheck({
  id: 'ENC-010',
  why: 'Without TLS, or with versions of it that are broken, everybody on the way reads and changes what users send.',
  fix: 'Listen with HTTPS or TLS under a security policy that tls.securityPolicies of the policy accepts, with forward secrecy where tls.forwardSecrecy demands it; ask clients for certificates where tls.clientCertificates does; let HTTP do nothing but redirect to HTTPS.',
  references: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html',
    'https://docs.aws.amazon.com/transfer/latest/userguide/security-policies.html',
  ],
  resourceTypes: [
    ...SUBJECTS,
    'aws_lb',
    'aws_alb',
    'aws_lb_listener_rule',
    'aws_alb_listener_rule',
    'aws_lb_ssl_negotiation_policy',
    'aws_load_balancer_listener_policy',
    'aws_load_balancer_policy',
  ],

  messages: TLS_MESSAGES,

  subjects: (context) =>
    resourcesOf(...SUBJECTS)(context).filter(
      ({ resource }) => !isPacketListener(resource, context.estate) && !isFreeBroker(resource, context),
    ),

  inspect({ resource }, inspection) {
    const judge = JUDGES.get(resource.type);
    return judge === undefined ? inspection.unproven('is of a type that is not known') : judge(resource, inspection);
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_lb: { front: {} },
              aws_lb_listener: {
                front: {
                  load_balancer_arn: '${aws_lb.front.arn}',
                  protocol: 'HTTPS',
                  ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
                  default_action: { type: 'fixed-response', fixed_response: { content_type: 'text/plain' } },
                },
              },
            },
          },
        },
      },
    ],
    violating: [
      {
        stacks: {
          west: {
            resource: {
              aws_lb: { front: {} },
              aws_lb_listener: {
                front: {
                  load_balancer_arn: '${aws_lb.front.arn}',
                  protocol: 'HTTP',
                  default_action: {
                    type: 'forward',
                    target_group_arn:
                      'arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/ledger/0123456789abcdef',
                  },
                },
              },
            },
          },
        },
      },
    ],
  },
});

/** Traffic of a broker is judged with that inside the enclave; here only whom it takes, where the policy asks. */
function isFreeBroker({ type }: Resource, { policy }: Context): boolean {
  return type === 'aws_msk_cluster' && !policy.tls.clientCertificates.includes('brokers');
}

function policyIn(service: TlsService, ...path: readonly string[]): Judge {
  return (resource, inspection) => judgePolicyArgument(resource, path, service, inspection);
}

function apiIn(...path: readonly string[]): Judge {
  const judgePolicy = policyIn('api-gateway', ...path);
  return (domain, inspection) =>
    inspection.all([judgePolicy(domain, inspection), judgeClientCertificates(domain, inspection)]);
}

function searchDomain(block: string): Judge {
  return (domain, inspection) => {
    const { estate, all, fail, unproven } = inspection;
    const path = [block, 'enforce_https'];
    const value = estate.effective(domain, ...path);
    const isEnforced = asBoolean(value);
    const policy = judgePolicyArgument(domain, [block, 'tls_security_policy'], 'opensearch', inspection);
    if (isHidden(isEnforced)) return all([unproven(isEnforced), policy]);
    if (isEnforced === true) return policy;
    const remedy = { set: [{ path, to: 'true' }] };
    return all([
      fail({ path, value, remedy }, 'plaintext', { argument: path.join('.'), protocol: 'not true' }),
      policy,
    ]);
  };
}

function judgeTransfer(server: Resource, inspection: TlsInspection): Outcome {
  const { all, pass, fail, unproven } = inspection;
  const path = ['protocols'];
  const value = server.attribute(...path);
  const { known, hidden } = asStrings(value);
  return all([
    known.includes('FTP') ? fail({ path, value }, 'plaintext', { argument: 'protocols', protocol: 'FTP' }) : pass(),
    known.includes('AS2') ? unproven('offers AS2 over plain HTTP, so what stands in front decides about TLS') : pass(),
    judgePolicyArgument(server, ['security_policy_name'], 'transfer', inspection),
    ...hidden.map((one) => unproven(one)),
  ]);
}

/** Arguments of a behaviour that say how much it answers over plain HTTP. */
const BEHAVIOUR = ['path_pattern', 'target_origin_id', 'allowed_methods'] as const;

/** What viewers may speak: the version of the certificate's block, and the protocol of every behaviour. */
function judgeDistribution(distribution: Resource, inspection: TlsInspection): Outcome {
  const { estate, all, fail, unproven } = inspection;
  const outcomes: Outcome[] = [];
  for (const block of ['default_cache_behavior', 'ordered_cache_behavior']) {
    // A distribution without further behaviours has none to judge.
    if (block === 'ordered_cache_behavior' && distribution.attribute(block).kind === 'null') continue;
    const { items, open } = nestedArguments(estate, distribution, [block, 'viewer_protocol_policy']);
    outcomes.push(...open.map((value) => unproven(value)));
    for (const { path, value } of items) {
      const protocol = asString(value);
      if (isHidden(protocol)) outcomes.push(unproven(protocol));
      else if (protocol !== 'https-only' && protocol !== 'redirect-to-https') {
        const data = { argument: `${block}.viewer_protocol_policy`, protocol: shown(protocol ?? 'not set', value) };
        const beside = BEHAVIOUR.map((name) => [name, distribution.attribute(...path.slice(0, -1), name)] as const);
        const remedy = { set: [{ path, to: "'https-only'" }] };
        outcomes.push(fail({ path, value, extent: Object.fromEntries(beside), remedy }, 'plaintext', data));
      }
    }
  }
  const byDefault = ['viewer_certificate', 'cloudfront_default_certificate'];
  const value = distribution.attribute(...byDefault);
  const isDefault = asBoolean(value);
  if (isHidden(isDefault)) outcomes.push(unproven(isDefault));
  // CloudFront ignores the version that is asked for when it serves its own certificate.
  if (isDefault === true) {
    const data = { policy: 'TLSv1, of the default certificate', version: '1.0' };
    return all([...outcomes, fail({ path: byDefault, value }, 'weak', data)]);
  }
  return all([
    ...outcomes,
    judgePolicyArgument(distribution, ['viewer_certificate', 'minimum_protocol_version'], 'cloudfront', inspection),
  ]);
}
