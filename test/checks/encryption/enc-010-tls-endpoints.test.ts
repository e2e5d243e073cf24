import { expect, it } from 'vitest';
import check from '../../../checks/encryption/enc-010-tls-endpoints.ts';
import { testCheck } from '../../support/check-tester.ts';
import { judge } from '../../../checks/example-estate.ts';
import { isCovered } from '../../support/covered.ts';
import { CLASSIC_CASES } from '../../support/tls-classic-cases.ts';
import { CLIENT_CASES } from '../../support/tls-clients-cases.ts';

type Body = { readonly [key: string]: unknown };

const GOOD = 'ELBSecurityPolicy-TLS13-1-2-2021-06';
const west = (body: Body, more: Body = {}) => ({ west: { ...more, resource: body } });

const BALANCERS = {
  aws_lb: {
    front: {},
    wire: { load_balancer_type: 'network' },
    appliance: { load_balancer_type: 'gateway' },
  },
};
const FORWARD = { type: 'forward', target_group_arn: '${aws_lb_target_group.ledger.arn}' };
const REDIRECT = { type: 'redirect', redirect: { port: '443', protocol: 'HTTPS', status_code: 'HTTP_301' } };

const listener = (body: Body, more: Body = {}) =>
  west({
    ...BALANCERS,
    aws_lb_listener: {
      ledger: { load_balancer_arn: '${aws_lb.front.arn}', port: 443, default_action: [FORWARD], ...body },
    },
    ...more,
  });
const rule = (action: Body, more: Body = {}) => ({
  aws_lb_listener_rule: { ledger: { listener_arn: '${aws_lb_listener.ledger.arn}', action, ...more } },
});
const plain = (action: Body | readonly Body[]) => ({ protocol: 'HTTP', port: 80, default_action: action });

const passThrough = (target: Body) => ({
  ...BALANCERS,
  aws_lb_listener: {
    wire: {
      load_balancer_arn: '${aws_lb.wire.arn}',
      port: 443,
      protocol: 'TCP',
      default_action: { type: 'forward', target_group_arn: '${aws_lb_target_group.balancer.arn}' },
    },
    front: { load_balancer_arn: '${aws_lb.front.arn}', port: 443, default_action: FORWARD, ...target },
  },
  aws_lb_target_group: { balancer: { target_type: 'alb', protocol: 'TCP', port: 443 } },
  aws_lb_target_group_attachment: {
    balancer: { target_group_arn: '${aws_lb_target_group.balancer.arn}', target_id: '${aws_lb.front.arn}' },
  },
});

const domain = (options: Body) => west({ aws_opensearch_domain: { ledger: { domain_endpoint_options: options } } });
const SEARCH_POLICY = 'Policy-Min-TLS-1-2-PFS-2023-10';

const distribution = (body: Body) =>
  west({
    aws_cloudfront_distribution: {
      ledger: {
        default_cache_behavior: { viewer_protocol_policy: 'redirect-to-https' },
        viewer_certificate: { minimum_protocol_version: 'TLSv1.2_2021', acm_certificate_arn: 'x' },
        ...body,
      },
    },
  });

const accepting = (...securityPolicies: readonly string[]) => ({ tls: { securityPolicies } });

testCheck(check, {
  pass: [
    ...CLASSIC_CASES.pass,
    ...CLIENT_CASES.pass,
    { name: 'HTTPS under an accepted policy', stacks: listener({ protocol: 'HTTPS', ssl_policy: GOOD }) },
    {
      name: 'TLS on a network load balancer',
      stacks: listener({ load_balancer_arn: '${aws_lb.wire.arn}', protocol: 'TLS', ssl_policy: GOOD }),
    },
    { name: 'a protocol in small letters', stacks: listener({ protocol: 'https', ssl_policy: GOOD }) },
    { name: 'HTTP that redirects to HTTPS', stacks: listener(plain(REDIRECT), rule(REDIRECT)) },
    {
      name: 'a listener for an appliance, which takes packets, beside another',
      stacks: listener(
        { protocol: 'HTTPS', ssl_policy: GOOD },
        {
          aws_alb_listener: {
            packets: { load_balancer_arn: '${aws_lb.appliance.arn}', default_action: FORWARD },
            ledger: { load_balancer_arn: '${aws_lb.front.arn}', protocol: 'HTTPS', ssl_policy: GOOD },
          },
        },
      ),
    },
    {
      name: 'TCP passed to a listener that ends TLS',
      stacks: west(passThrough({ protocol: 'HTTPS', ssl_policy: GOOD })),
    },
    {
      name: 'a search domain',
      stacks: domain({ enforce_https: 'true', tls_security_policy: SEARCH_POLICY }),
      policy: accepting(SEARCH_POLICY),
    },
    {
      name: 'API domains, one with the default',
      stacks: west({
        aws_api_gateway_domain_name: { ledger: { domain_name: 'a.example' } },
        aws_apigatewayv2_domain_name: { ledger: { domain_name_configuration: [{ security_policy: 'TLS_1_2' }] } },
      }),
    },
    {
      name: 'a transfer server, things and a distribution',
      stacks: {
        west: {
          resource: {
            aws_transfer_server: { ledger: { security_policy_name: 'TransferSecurityPolicy-2024-01' } },
            aws_iot_domain_configuration: {
              ledger: { tls_config: { security_policy: 'IoTSecurityPolicy_TLS13_1_3_2022_10' } },
            },
            ...distribution({ ordered_cache_behavior: [{ viewer_protocol_policy: 'https-only' }] }).west.resource,
          },
        },
      },
      policy: accepting('TransferSecurityPolicy-2024-01', 'IoTSecurityPolicy_TLS13_1_3_2022_10', 'TLSv1.2_2021'),
    },
  ],
  fail: [
    ...CLASSIC_CASES.fail,
    ...CLIENT_CASES.fail,
    {
      name: 'HTTP that forwards',
      stacks: listener(plain(FORWARD)),
      fails: { 'aws_lb_listener.ledger': 'forwards' },
    },
    {
      name: 'HTTP that an application load balancer takes by default',
      stacks: listener({ port: 80 }),
      fails: { 'aws_lb_listener.ledger': 'forwards' },
    },
    {
      name: 'HTTP that redirects to HTTP',
      stacks: listener(plain({ type: 'redirect', redirect: [{ port: '8080', status_code: 'HTTP_301' }] })),
      fails: { 'aws_lb_listener.ledger': 'forwards' },
    },
    {
      name: 'HTTP that answers by itself',
      stacks: listener(plain({ type: 'fixed-response', fixed_response: { content_type: 'text/plain' } })),
      fails: { 'aws_lb_listener.ledger': 'forwards' },
    },
    {
      name: 'a rule that forwards what the default redirects',
      stacks: listener(plain(REDIRECT), rule(FORWARD)),
      fails: { 'aws_lb_listener.ledger': 'forwards' },
    },
    {
      name: 'HTTP in small letters',
      stacks: listener({ ...plain(FORWARD), protocol: 'http' }),
      fails: { 'aws_lb_listener.ledger': 'forwards' },
    },
    {
      name: 'the default policy of HTTPS',
      stacks: listener({ protocol: 'HTTPS' }),
      fails: { 'aws_lb_listener.ledger': 'weak' },
    },
    {
      name: 'TLS 1.0, even if the policy lists it',
      stacks: listener({ protocol: 'HTTPS', ssl_policy: 'ELBSecurityPolicy-2016-08' }),
      policy: accepting('ELBSecurityPolicy-2016-08'),
      fails: { 'aws_lb_listener.ledger': 'weak' },
    },
    {
      name: 'a policy that is not accepted',
      stacks: listener({ protocol: 'HTTPS', ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06' }),
      fails: { 'aws_lb_listener.ledger': 'notAccepted' },
    },
    {
      name: 'Classic Load Balancers',
      stacks: west({
        aws_elb: {
          plain: { listener: [{ lb_port: 80, lb_protocol: 'http', instance_port: 80, instance_protocol: 'http' }] },
          old: { listener: { lb_port: 443, lb_protocol: 'https', instance_port: 80, instance_protocol: 'http' } },
        },
      }),
      fails: { 'aws_elb.plain': 'plaintext', 'aws_elb.old': 'weak' },
    },
    {
      name: 'search domains that do not enforce HTTPS',
      stacks: west({
        aws_opensearch_domain: { ledger: {} },
        aws_elasticsearch_domain: { ledger: { domain_endpoint_options: { enforce_https: 'false' } } },
      }),
      fails: { 'aws_opensearch_domain.ledger': 'plaintext', 'aws_elasticsearch_domain.ledger': 'plaintext' },
    },
    {
      name: 'a search domain that takes TLS 1.0',
      stacks: domain({ enforce_https: true, tls_security_policy: 'Policy-Min-TLS-1-0-2019-07' }),
      fails: { 'aws_opensearch_domain.ledger': 'weak' },
    },
    {
      name: 'an API domain that takes TLS 1.0',
      stacks: west({ aws_api_gateway_domain_name: { ledger: { security_policy: 'TLS_1_0' } } }),
      fails: { 'aws_api_gateway_domain_name.ledger': 'weak' },
    },
    {
      name: 'transfer servers: FTP, and the default policy',
      stacks: west({
        aws_transfer_server: {
          plain: { protocols: ['SFTP', 'FTP'] },
          old: { protocols: ['SFTP'] },
        },
      }),
      fails: { 'aws_transfer_server.plain': 'plaintext', 'aws_transfer_server.old': 'notAccepted' },
    },
    {
      name: 'a distribution that takes HTTP in one behaviour',
      stacks: distribution({
        ordered_cache_behavior: [{ viewer_protocol_policy: 'https-only' }, { viewer_protocol_policy: 'allow-all' }],
      }),
      fails: { 'aws_cloudfront_distribution.ledger': 'plaintext' },
    },
    {
      name: 'a distribution with the default certificate, whatever version it asks for',
      stacks: distribution({
        viewer_certificate: { cloudfront_default_certificate: true, minimum_protocol_version: 'TLSv1.2_2021' },
      }),
      policy: accepting('TLSv1.2_2021'),
      fails: { 'aws_cloudfront_distribution.ledger': 'weak' },
    },
  ],
  unproven: [
    ...CLASSIC_CASES.unproven,
    ...CLIENT_CASES.unproven,
    {
      name: 'a transfer server for AS2',
      stacks: west({
        aws_transfer_server: {
          ledger: { protocols: ['AS2'], security_policy_name: 'TransferSecurityPolicy-2024-01' },
        },
      }),
      policy: accepting('TransferSecurityPolicy-2024-01'),
      unproven: { 'aws_transfer_server.ledger': 'AS2 over plain HTTP' },
    },
    {
      name: 'a policy from a variable',
      stacks: {
        west: {
          variable: { tls: {} },
          ...listener({ protocol: 'HTTPS', ssl_policy: '${var.tls}' }).west,
        },
      },
      unproven: { 'aws_lb_listener.ledger': 'var.tls' },
    },
    {
      name: 'a policy that is accepted and that nobody knows',
      stacks: listener({ protocol: 'HTTPS', ssl_policy: 'ELBSecurityPolicy-TLS13-1-4-2031-01' }),
      policy: accepting('ELBSecurityPolicy-TLS13-1-4-2031-01'),
      unproven: { 'aws_lb_listener.ledger': 'versions of TLS are not known' },
    },
    {
      name: 'a protocol from a variable',
      stacks: { west: { variable: { protocol: {} }, ...listener({ protocol: '${var.protocol}' }).west } },
      unproven: { 'aws_lb_listener.ledger': 'var.protocol' },
    },
    {
      name: 'no protocol on a load balancer outside the estate',
      stacks: listener({ load_balancer_arn: 'arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/x' }),
      unproven: { 'aws_lb_listener.ledger': 'load balancer is not known' },
    },
    {
      name: 'TCP that instances answer',
      stacks: listener({ load_balancer_arn: '${aws_lb.wire.arn}', protocol: 'TCP' }),
      unproven: { 'aws_lb_listener.ledger': 'its targets decide' },
    },
    {
      name: 'TCP passed to a listener that may not exist',
      stacks: west(passThrough({ count: '${var.many}', protocol: 'HTTPS', ssl_policy: GOOD }), {
        variable: { many: {} },
      }),
      unproven: { 'aws_lb_listener.wire': 'its targets decide' },
    },
    {
      name: 'UDP',
      stacks: listener({ load_balancer_arn: '${aws_lb.wire.arn}', protocol: 'UDP' }),
      unproven: { 'aws_lb_listener.ledger': 'passes UDP through' },
    },
    {
      name: 'a rule of a listener that is not known',
      stacks: {
        west: {
          variable: { listener: {} },
          ...listener(plain(REDIRECT), rule(FORWARD, { listener_arn: '${var.listener}' })).west,
        },
      },
      unproven: { 'aws_lb_listener.ledger': 'var.listener' },
    },
    {
      name: 'a rule that may not exist',
      stacks: {
        west: {
          variable: { many: {} },
          ...listener(plain(REDIRECT), rule(FORWARD, { count: '${var.many}' })).west,
        },
      },
      unproven: { 'aws_lb_listener.ledger': 'count or for_each' },
    },
    {
      name: 'a search domain whose policy AWS chooses',
      stacks: domain({ enforce_https: true }),
      unproven: { 'aws_opensearch_domain.ledger': 'AWS chooses' },
    },
  ],
});

it('has an exception for the default certificate not cover plain HTTP', () => {
  const withDefault = { viewer_certificate: { cloudfront_default_certificate: true } };
  const plainHttp = { default_cache_behavior: { viewer_protocol_policy: 'allow-all' } };
  const fingerprints = [withDefault, { ...withDefault, ...plainHttp }].map((body) => {
    const { results } = judge([check], { stacks: distribution(body) });
    return results.map(({ fingerprint }) => fingerprint);
  });
  expect(fingerprints[0]).toHaveLength(1);
  expect(fingerprints[1]).not.toEqual(fingerprints[0]);
});

const behaviour = (body: Body) =>
  distribution({
    ordered_cache_behavior: [{ path_pattern: '/robots.txt', viewer_protocol_policy: 'allow-all', ...body }],
  });
const classic = (body: Body, more: Body = {}) =>
  west({
    aws_elb: { ledger: { listener: { lb_port: 80, instance_port: 80, lb_protocol: 'HTTP', ...body }, ...more } },
  });
const HTTP = plain(FORWARD);
const inside = { aws_lb: { ...BALANCERS.aws_lb, front: { internal: true } } };

it.each([
  ['plain HTTP for more than some paths', behaviour({}), behaviour({ path_pattern: '/*' })],
  ['plain HTTP to another origin', behaviour({ target_origin_id: 'a' }), behaviour({ target_origin_id: 'b' })],
  ['uploads over plain HTTP', behaviour({ allowed_methods: ['GET'] }), behaviour({ allowed_methods: ['GET', 'PUT'] })],
  [
    'FTP and a weak policy',
    west({
      aws_transfer_server: { ledger: { protocols: ['FTP'], security_policy_name: 'TransferSecurityPolicy-2024-01' } },
    }),
    west({
      aws_transfer_server: { ledger: { protocols: ['FTP'], security_policy_name: 'TransferSecurityPolicy-2018-11' } },
    }),
  ],
  [
    'plain HTTP and a weak policy of a search domain',
    domain({ enforce_https: false, tls_security_policy: SEARCH_POLICY }),
    domain({ enforce_https: false, tls_security_policy: 'Policy-Min-TLS-1-0-2019-07' }),
  ],
  [
    'another target group',
    listener(HTTP),
    listener(plain({ ...FORWARD, target_group_arn: '${aws_lb_target_group.vault.arn}' })),
  ],
  [
    'target groups in a block',
    listener(plain({ type: 'forward', forward: { target_group: [{ arn: 'a' }] } })),
    listener(plain({ type: 'forward', forward: { target_group: [{ arn: 'a' }, { arn: 'b' }] } })),
  ],
  [
    'a redirect to another host',
    listener(plain({ type: 'redirect', redirect: { protocol: 'HTTP', host: 'a.example', status_code: 'HTTP_301' } })),
    listener(plain({ type: 'redirect', redirect: { protocol: 'HTTP', host: 'b.example', status_code: 'HTTP_301' } })),
  ],
  [
    'a rule for more paths',
    listener(plain(REDIRECT), rule(FORWARD, { condition: { path_pattern: { values: ['/health'] } } })),
    listener(plain(REDIRECT), rule(FORWARD, { condition: { path_pattern: { values: ['/*'] } } })),
  ],
  [
    'a listener of another load balancer',
    listener(HTTP),
    listener({ ...HTTP, load_balancer_arn: '${aws_lb.wire.arn}' }),
  ],
  ['a load balancer that the Internet reaches', listener(HTTP, inside), listener(HTTP)],
  [
    'a weak policy that the Internet reaches',
    listener({ protocol: 'HTTPS', ssl_policy: 'ELBSecurityPolicy-2016-08' }, inside),
    listener({ protocol: 'HTTPS', ssl_policy: 'ELBSecurityPolicy-2016-08' }),
  ],
  ['another port of the instances', classic({}), classic({ instance_port: 5432 })],
  [
    'a classic load balancer that the Internet reaches',
    classic({}, { internal: true }),
    classic({}, { internal: false }),
  ],
  [
    'weak TLS at another port',
    classic({ lb_protocol: 'HTTPS', lb_port: 443 }),
    classic({ lb_protocol: 'HTTPS', lb_port: 443, instance_port: 8443 }),
  ],
])('has an exception not cover %s', (_, approved, graver) => {
  expect(isCovered(check, { stacks: approved }, { stacks: graver })).toBe(false);
});

it('tells which requests a rule answers, and not what a header must hold', () => {
  const condition = [
    { path_pattern: { values: ['/*'] } },
    { http_header: { http_header_name: 'x-own', values: ['hunter2'] } },
  ];
  const { results } = judge([check], { stacks: listener(plain(REDIRECT), rule(FORWARD, { condition })) });
  const told = results.flatMap(({ witness }) => witness?.extent ?? []).join();
  expect(told).toContain(
    'condition = [{"path_pattern": {"values": ["/*"]}}, {"http_header.http_header_name": "x-own"}]',
  );
  expect(told).not.toContain('hunter2');
});
