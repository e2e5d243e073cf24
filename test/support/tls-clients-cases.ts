import type { Cases } from './check-tester.ts';

type Body = { readonly [key: string]: unknown };

const GOOD = 'ELBSecurityPolicy-TLS13-1-2-2021-06';
const MIXED = 'ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06';
const UNSEEN = 'ELBSecurityPolicy-TLS13-1-2-PQ-2025-09';
const tls = (more: Body = {}) => ({
  tls: { securityPolicies: [GOOD, MIXED, UNSEEN, 'TLS_1_2'], ...more },
});
const MUTUAL = tls({ clientCertificates: ['load-balancers', 'apis', 'brokers'] });
const SECRECY = tls({ forwardSecrecy: true });
const VARIABLE = { variable: { value: { type: 'string' } } };

const listener = (body: Body, more: Body = {}) => ({
  west: {
    ...more,
    resource: {
      aws_lb: { ledger: {} },
      aws_lb_listener: {
        ledger: { load_balancer_arn: '${aws_lb.ledger.arn}', protocol: 'HTTPS', ssl_policy: GOOD, ...body },
      },
    },
  },
});
const one = (type: string, body: Body, more: Body = {}) => ({
  west: { ...more, resource: { [type]: { ledger: body } } },
});
const broker = (clients: Body, more: Body = {}) => one('aws_msk_cluster', { client_authentication: clients }, more);
const AUTHORITY = { certificate_authority_arns: ['arn:aws:acm-pca:eu-west-1:111111111111:certificate-authority/1'] };
const STORE = { truststore_uri: 's3://ledger/clients.pem' };

/** ENC-010 of endpoints that must ask their clients for a certificate, and of forward secrecy. */
export const CLIENT_CASES: Cases = {
  pass: [
    { name: 'clients without a certificate, where nobody asks for one', stacks: listener({}), policy: tls() },
    {
      name: 'a listener that verifies its clients',
      stacks: listener({ mutual_authentication: { mode: 'verify', trust_store_arn: 'arn' } }),
      policy: MUTUAL,
    },
    {
      name: 'APIs that verify their clients',
      stacks: {
        west: {
          resource: {
            aws_api_gateway_domain_name: { ledger: { security_policy: 'TLS_1_2', mutual_tls_authentication: STORE } },
            aws_apigatewayv2_domain_name: {
              ledger: {
                domain_name_configuration: { security_policy: 'TLS_1_2' },
                mutual_tls_authentication: [STORE],
              },
            },
          },
        },
      },
      policy: MUTUAL,
    },
    { name: 'brokers that verify their clients', stacks: broker({ tls: AUTHORITY }), policy: MUTUAL },
    { name: 'forward secrecy', stacks: listener({}), policy: SECRECY },
  ],
  fail: [
    { name: 'a listener', stacks: listener({}), policy: MUTUAL, fails: { 'aws_lb_listener.ledger': 'anonymous' } },
    {
      name: 'a listener that is told not to ask',
      stacks: listener({ mutual_authentication: { mode: 'off' } }),
      policy: MUTUAL,
      fails: { 'aws_lb_listener.ledger': 'anonymous' },
    },
    {
      name: 'APIs',
      stacks: {
        west: {
          resource: {
            aws_api_gateway_domain_name: { ledger: { security_policy: 'TLS_1_2' } },
            aws_apigatewayv2_domain_name: { ledger: { domain_name_configuration: { security_policy: 'TLS_1_2' } } },
          },
        },
      },
      policy: MUTUAL,
      fails: { 'aws_api_gateway_domain_name.ledger': 'anonymous', 'aws_apigatewayv2_domain_name.ledger': 'anonymous' },
    },
    {
      name: 'brokers',
      stacks: one('aws_msk_cluster', {}),
      policy: MUTUAL,
      fails: { 'aws_msk_cluster.ledger': 'anonymous' },
    },
    ...[{ unauthenticated: true }, { sasl: { iam: true } }, { sasl: { scram: true } }].map((other) => ({
      name: `brokers that take others too: ${Object.keys(Object.values(other)[0] ?? {}).join() || 'everyone'}`,
      stacks: broker({ tls: AUTHORITY, ...other }),
      policy: MUTUAL,
      fails: { 'aws_msk_cluster.ledger': 'anonymous' },
    })),
    {
      name: 'ciphers without forward secrecy',
      stacks: listener({ ssl_policy: MIXED }),
      policy: SECRECY,
      fails: { 'aws_lb_listener.ledger': 'noSecrecy' },
    },
  ],
  unproven: [
    {
      name: 'certificates that are handed on',
      stacks: listener({ mutual_authentication: { mode: 'passthrough' } }),
      policy: MUTUAL,
      unproven: { 'aws_lb_listener.ledger': 'targets decide' },
    },
    {
      name: 'a mode of the run',
      stacks: listener({ mutual_authentication: { mode: '${var.value}' } }, VARIABLE),
      policy: MUTUAL,
      unproven: { 'aws_lb_listener.ledger': 'var.value' },
    },
    {
      name: 'a trust store of the run',
      stacks: one(
        'aws_api_gateway_domain_name',
        { security_policy: 'TLS_1_2', mutual_tls_authentication: { truststore_uri: '${var.value}' } },
        VARIABLE,
      ),
      policy: MUTUAL,
      unproven: { 'aws_api_gateway_domain_name.ledger': 'var.value' },
    },
    {
      name: 'clients of brokers that only the run knows',
      stacks: broker({ tls: AUTHORITY, unauthenticated: '${var.value}' }, VARIABLE),
      policy: MUTUAL,
      unproven: { 'aws_msk_cluster.ledger': 'var.value' },
    },
    {
      name: 'authorities of brokers that only the run knows',
      stacks: broker({ tls: { certificate_authority_arns: '${var.value}' } }, VARIABLE),
      policy: MUTUAL,
      unproven: { 'aws_msk_cluster.ledger': 'var.value' },
    },
    {
      name: 'a policy whose ciphers no table has',
      stacks: listener({ ssl_policy: UNSEEN }),
      policy: SECRECY,
      unproven: { 'aws_lb_listener.ledger': 'no table knows' },
    },
  ],
};
