import type { Cases } from './check-tester.ts';

type Body = { readonly [key: string]: unknown };

const GOOD = 'ELBSecurityPolicy-TLS-1-2-2017-01';
const attributes = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([name, value]) => ({ name, value }));

/** A balancer with one port of TLS, and what gives it a policy. */
const balancer = (more: Body, listener: Body = {}, variable: Body = {}) => ({
  west: {
    ...variable,
    resource: {
      aws_elb: { ledger: { name: 'ledger', listener: { lb_port: 443, lb_protocol: 'https', ...listener } } },
      ...more,
    },
  },
});
const negotiation = (values: Readonly<Record<string, string>>, body: Body = {}) => ({
  aws_lb_ssl_negotiation_policy: {
    ledger: {
      load_balancer: '${aws_elb.ledger.id}',
      lb_port: 443,
      name: 'own',
      attribute: attributes(values),
      ...body,
    },
  },
});
const named = (values: Readonly<Record<string, string>>, policy: Body = {}, given: Body = {}) => ({
  aws_load_balancer_policy: {
    ledger: {
      load_balancer_name: '${aws_elb.ledger.name}',
      policy_name: 'own',
      policy_type_name: 'SSLNegotiationPolicyType',
      policy_attribute: attributes(values),
      ...policy,
    },
  },
  aws_load_balancer_listener_policy: {
    ledger: {
      load_balancer_name: '${aws_elb.ledger.name}',
      load_balancer_port: 443,
      policy_names: ['${aws_load_balancer_policy.ledger.policy_name}'],
      ...given,
    },
  },
});
const REFERENCE = { 'Reference-Security-Policy': GOOD };
const OWN = { 'Protocol-TLSv1.2': 'true', 'Protocol-TLSv1': 'false', 'ECDHE-RSA-AES128-GCM-SHA256': 'true' };
const ACCEPTED = { tls: { securityPolicies: [GOOD, 'own'] } };
const SECRET = { tls: { securityPolicies: [GOOD, 'own'], forwardSecrecy: true } };
const VARIABLE = { variable: { value: { type: 'string' } } };

/** ENC-010 of Classic Load Balancers and the policies of their ports. */
export const CLASSIC_CASES: Cases = {
  pass: [
    { name: 'a policy of AWS by a negotiation', stacks: balancer(negotiation(REFERENCE)), policy: ACCEPTED },
    { name: 'a policy of AWS by its name at the port', stacks: balancer(named(REFERENCE)), policy: ACCEPTED },
    { name: 'versions and ciphers of its own', stacks: balancer(negotiation(OWN)), policy: SECRET },
    { name: 'the same by name', stacks: balancer(named(OWN)), policy: SECRET },
    {
      name: 'another policy at another port',
      stacks: balancer({
        ...negotiation(REFERENCE),
        ...named({ 'Protocol-SSLv3': 'true' }, {}, { load_balancer_port: 8443 }),
      }),
      policy: ACCEPTED,
    },
  ],
  fail: [
    {
      name: 'a policy of AWS that takes TLS 1.0',
      stacks: balancer(negotiation({ 'Reference-Security-Policy': 'ELBSecurityPolicy-2016-08' })),
      fails: { 'aws_elb.ledger': 'weak' },
    },
    {
      name: 'a policy of AWS that is not accepted',
      stacks: balancer(named(REFERENCE)),
      policy: { tls: { securityPolicies: ['own'] } },
      fails: { 'aws_elb.ledger': 'notAccepted' },
    },
    {
      name: 'a policy of AWS without forward secrecy, where it is demanded',
      stacks: balancer(named(REFERENCE)),
      policy: SECRET,
      fails: { 'aws_elb.ledger': 'noSecrecy' },
    },
    ...['Protocol-SSLv2', 'Protocol-SSLv3', 'Protocol-TLSv1', 'Protocol-TLSv1.1'].map((protocol) => ({
      name: `${protocol} beside TLS 1.2`,
      stacks: balancer(named({ ...OWN, [protocol]: 'true' })),
      policy: ACCEPTED,
      fails: { 'aws_elb.ledger': 'weak' },
    })),
    ...['RC4-MD5', 'DES-CBC3-SHA', 'EXP-DES-CBC-SHA', 'ADH-AES128-SHA', 'DHE-RSA-SEED-SHA'].map((cipher) => ({
      name: `the cipher ${cipher}`,
      stacks: balancer(negotiation({ ...OWN, [cipher]: 'true' })),
      policy: ACCEPTED,
      fails: { 'aws_elb.ledger': 'cipher' },
    })),
    {
      name: 'a cipher without forward secrecy, where it is demanded',
      stacks: balancer(negotiation({ ...OWN, 'AES128-GCM-SHA256': 'true' })),
      policy: SECRET,
      fails: { 'aws_elb.ledger': 'noSecrecy' },
    },
    {
      name: 'ciphers of its own that nobody accepted',
      stacks: balancer(negotiation(OWN)),
      policy: { tls: { securityPolicies: [GOOD] } },
      fails: { 'aws_elb.ledger': 'notAccepted' },
    },
    {
      name: 'a port that gets no policy of TLS',
      stacks: balancer(named({}, { policy_type_name: 'AppCookieStickinessPolicyType' })),
      policy: ACCEPTED,
      fails: { 'aws_elb.ledger': 'weak' },
    },
    {
      name: 'a port that gets an empty list',
      stacks: balancer(named(REFERENCE, {}, { policy_names: [] })),
      policy: ACCEPTED,
      fails: { 'aws_elb.ledger': 'weak' },
    },
    {
      name: 'a policy at another port only',
      stacks: balancer(negotiation(REFERENCE, { lb_port: 8443 })),
      policy: ACCEPTED,
      fails: { 'aws_elb.ledger': 'weak' },
    },
  ],
  unproven: [
    {
      name: 'a policy that is in no stack',
      stacks: balancer(named(REFERENCE, {}, { policy_names: ['else'] })),
      policy: ACCEPTED,
      unproven: { 'aws_elb.ledger': 'the policy else, which is not known' },
    },
    {
      name: 'names of the run',
      stacks: balancer(named(REFERENCE, {}, { policy_names: ['${var.value}'] }), {}, VARIABLE),
      policy: ACCEPTED,
      unproven: { 'aws_elb.ledger': 'var.value' },
    },
    {
      name: 'a port of the run',
      stacks: balancer(negotiation(REFERENCE, { lb_port: '${var.value}' }), {}, VARIABLE),
      policy: ACCEPTED,
      unproven: { 'aws_elb.ledger': 'port is not known' },
    },
    {
      name: 'an attribute of the run',
      stacks: balancer(negotiation({ ...OWN, 'Protocol-TLSv1': '${var.value}' }), {}, VARIABLE),
      policy: ACCEPTED,
      unproven: { 'aws_elb.ledger': 'var.value' },
    },
    {
      name: 'no version that is known',
      stacks: balancer(negotiation({ 'ECDHE-RSA-AES128-GCM-SHA256': 'true' })),
      policy: ACCEPTED,
      unproven: { 'aws_elb.ledger': 'no version of TLS' },
    },
  ],
};
