import type { Block, Resource } from '../../model/resource.ts';
import { asNumber, asString, asStrings, isHidden, shown } from '../../model/value.ts';
import type { At, Outcome } from '../check.ts';
import { judgeSecurityPolicy, type TlsInspection } from './tls-endpoint.ts';

type Extent = NonNullable<At['extent']>;

const NEGOTIATION = 'aws_lb_ssl_negotiation_policy';

/** The policy of ports to which nobody gives one; it takes TLS 1.0. */
const CLASSIC_DEFAULT = { policy: 'ELBSecurityPolicy-2016-08, the default', version: '1.0' };

/** Where a listener of one takes requests and hands them on. */
const PORTS = ['lb_port', 'instance_port', 'instance_protocol'] as const;

/** A Classic Load Balancer, with the policies that other resources give its ports. */
export function judgeClassic(balancer: Resource, inspection: TlsInspection): Outcome {
  const { all, unproven } = inspection;
  const { items, open } = balancer.blocks('listener');
  return all([
    ...items.map((listener) => judgeClassicListener(balancer, listener, inspection)),
    ...open.map((value) => unproven(value)),
  ]);
}

function judgeClassicListener(balancer: Resource, listener: Block, inspection: TlsInspection): Outcome {
  const { estate, fail, unproven } = inspection;
  const value = listener.attribute('lb_protocol');
  const protocol = asString(value);
  if (isHidden(protocol)) return unproven(protocol);
  const path = [...listener.path, 'lb_protocol'];
  const ports = Object.fromEntries(PORTS.map((argument) => [argument, listener.attribute(argument)]));
  const extent = { ...ports, internal: estate.effective(balancer, 'internal') };
  switch (protocol?.toUpperCase()) {
    case 'HTTP':
      return fail({ path, value, extent }, 'plaintext', { argument: 'listener.lb_protocol', protocol: 'HTTP' });
    case 'HTTPS':
    case 'SSL':
      break;
    default:
      return unproven('passes TCP through, so its targets decide whether clients must use TLS');
  }
  return judgePolicies(balancer, listener, extent, inspection);
}

/** The policies of a port, in the two ways in which the provider gives it any. */
function judgePolicies(balancer: Resource, listener: Block, extent: Extent, inspection: TlsInspection): Outcome {
  const { estate, all, fail, unproven } = inspection;
  const port = asNumber(listener.attribute('lb_port'));
  const negotiated = estate.companions(balancer, NEGOTIATION, 'load_balancer');
  const given = estate.companions(balancer, 'aws_load_balancer_listener_policy', 'load_balancer_name');
  const outcomes = [...negotiated.open, ...given.open].map(({ value }) => unproven(value));
  const ofPort = (resource: Resource, argument: string): boolean => {
    const own = asNumber(resource.attribute(argument));
    if (!isHidden(own) && !isHidden(port)) return own === port;
    outcomes.push(unproven(`may have the policy of ${resource.address}, whose port is not known`));
    return false;
  };
  const negotiations = negotiated.items.filter((one) => ofPort(one, 'lb_port'));
  outcomes.push(...negotiations.map((one) => judgeAttributes(one, 'attribute', extent, inspection)));
  for (const one of given.items.filter((policy) => ofPort(policy, 'load_balancer_port'))) {
    outcomes.push(...judgeNamed(balancer, one, extent, inspection));
  }
  if (outcomes.length > 0) return all(outcomes);
  const path = [...listener.path, 'lb_protocol'];
  return fail({ path, value: listener.attribute('lb_protocol'), extent }, 'weak', CLASSIC_DEFAULT);
}

/** Of the policies that a port is given by name, those of TLS; without any, it has the default. */
function judgeNamed(
  balancer: Resource,
  given: Resource,
  extent: Extent,
  inspection: TlsInspection,
): readonly Outcome[] {
  const { estate, fail, unproven } = inspection;
  const { known, hidden } = asStrings(given.attribute('policy_names'));
  const outcomes = hidden.map((value) => unproven(value));
  const policies = estate.companions(balancer, 'aws_load_balancer_policy', 'load_balancer_name').items;
  let isAny = hidden.length > 0;
  for (const name of known) {
    const policy = policies.find((one) => asString(one.attribute('policy_name')) === name);
    const type = policy === undefined ? null : asString(policy.attribute('policy_type_name'));
    if (policy === undefined || type === null || isHidden(type)) {
      outcomes.push(unproven(`has the policy ${shown(name, given.attribute('policy_names'))}, which is not known`));
      isAny = true;
    } else if (type === 'SSLNegotiationPolicyType') {
      outcomes.push(judgeAttributes(policy, 'policy_attribute', extent, inspection));
      isAny = true;
    }
  }
  if (isAny) return outcomes;
  return [
    ...outcomes,
    fail({ related: [given], location: given.locate('policy_names'), extent }, 'weak', CLASSIC_DEFAULT),
  ];
}

/** Ciphers that are broken, or that prove nobody. */
const BROKEN = /RC4|DES|MD5|EXP|NULL|ADH|AECDH|KRB5|IDEA|SEED|RC2/;

const VERSIONS: ReadonlyMap<string, string> = new Map([
  ['Protocol-SSLv2', 'SSLv2'],
  ['Protocol-SSLv3', 'SSLv3'],
  ['Protocol-TLSv1', '1.0'],
  ['Protocol-TLSv1.1', '1.1'],
]);

/** A policy by its attributes: that of AWS which it refers to, or the versions and ciphers that it switches on. */
function judgeAttributes(source: Resource, block: string, extent: Extent, inspection: TlsInspection): Outcome {
  const { policy, all, pass, fail, unproven } = inspection;
  const { items, open } = source.blocks(block);
  const at = { related: [source], location: source.locate(block), extent };
  const outcomes = open.map((value) => unproven(value));
  const on = new Set<string>();
  for (const item of items) {
    const [name, value] = [asString(item.attribute('name')), asString(item.attribute('value'))];
    if (isHidden(name)) outcomes.push(unproven(name));
    else if (name === 'Reference-Security-Policy') {
      return all([...outcomes, judgeSecurityPolicy(item.attribute('value'), 'elb', at, inspection)]);
    } else if (isHidden(value)) outcomes.push(unproven(value));
    else if (name !== null && value === 'true') on.add(name);
  }
  const named = source.address;
  for (const [protocol, version] of VERSIONS) {
    if (on.has(protocol)) outcomes.push(fail(at, 'weak', { policy: named, version }));
  }
  const ciphers = [...on].filter((name) => !/^(?:Protocol-|Server-Defined-)/.test(name));
  const broken = ciphers.find((cipher) => BROKEN.test(cipher));
  if (broken !== undefined) outcomes.push(fail(at, 'cipher', { policy: named, cipher: broken }));
  if (policy.tls.forwardSecrecy && ciphers.some((cipher) => !/^(?:ECDHE|DHE)-/.test(cipher))) {
    outcomes.push(fail(at, 'noSecrecy', { policy: named }));
  }
  const own = asString(source.attribute(source.type === NEGOTIATION ? 'name' : 'policy_name'));
  if (isHidden(own)) outcomes.push(unproven(own));
  else if (own === null || !policy.tls.securityPolicies.includes(own)) {
    outcomes.push(fail(at, 'notAccepted', { policy: named }));
  }
  if (!on.has('Protocol-TLSv1.2')) outcomes.push(unproven(`switches on no version of TLS that is known in ${named}`));
  return outcomes.length === 0 ? pass() : all(outcomes);
}
