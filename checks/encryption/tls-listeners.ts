import type { Estate } from '../../model/estate.ts';
import type { Block, Resource } from '../../model/resource.ts';
import {
  asNumber,
  asString,
  type Hidden,
  isHidden,
  list,
  NULL,
  object,
  shown,
  unknown,
  type Value,
} from '../../model/value.ts';
import type { At, Outcome } from '../check.ts';
import { judgeClientCertificates } from './tls-clients.ts';
import { judgePolicyArgument, type TlsInspection } from './tls-endpoint.ts';

const RULES: readonly string[] = ['aws_lb_listener_rule', 'aws_alb_listener_rule'];
const BALANCERS: readonly string[] = ['aws_lb', 'aws_alb'];
const ATTACHMENTS: readonly string[] = ['aws_lb_target_group_attachment', 'aws_alb_target_group_attachment'];
const LISTENERS: readonly string[] = ['aws_lb_listener', 'aws_alb_listener'];

function balancerOf(listener: Resource, estate: Estate): Resource | null {
  const target = estate.resolve(listener.attribute('load_balancer_arn'), BALANCERS);
  if (target.kind !== 'resource' || !BALANCERS.includes(target.resource.type)) return null;
  return target.resource.init.mode === 'data' ? null : target.resource;
}

/** Arguments of an action that say where it leads. Those of its other blocks may hold secrets. */
const ANSWERS = ['target_group_arn', 'forward', 'redirect'] as const;

/** Conditions of a rule that hold no secrets. */
const CONDITIONS = [
  'host_header',
  'path_pattern',
  'http_request_method',
  'source_ip',
  'http_header.http_header_name',
] as const;

type Extent = NonNullable<At['extent']>;

/** `application`, `network`, `gateway`; null when the balancer or its type is not known. */
function balancerType(listener: Resource, estate: Estate): string | null {
  const balancer = balancerOf(listener, estate);
  const type = balancer === null ? null : asString(estate.effective(balancer, 'load_balancer_type'));
  return isHidden(type) ? null : type;
}

/** Who may connect to a listener: those whom its load balancer lets in. */
function reachOf(listener: Resource, estate: Estate): Extent {
  const balancer = balancerOf(listener, estate);
  return {
    load_balancer_arn: listener.attribute('load_balancer_arn'),
    internal: balancer === null ? NULL : estate.effective(balancer, 'internal'),
  };
}

/** A listener of a gateway load balancer hands packets to an appliance, and no client connects to it. */
export function isPacketListener(listener: Resource, estate: Estate): boolean {
  return protocolOf(listener) === 'GENEVE' || balancerType(listener, estate) === 'gateway';
}

/** The provider takes it in any case. */
function protocolOf(listener: Resource): string | null | Hidden {
  const text = asString(listener.attribute('protocol'));
  return typeof text === 'string' ? text.toUpperCase() : text;
}

/** A listener of an application or network load balancer. */
export function judgeListener(listener: Resource, inspection: TlsInspection): Outcome {
  const { estate, unproven } = inspection;
  const written = protocolOf(listener);
  if (isHidden(written)) return unproven(written);
  const protocol = written ?? (balancerType(listener, estate) === 'application' ? 'HTTP' : null);
  switch (protocol) {
    case 'HTTPS':
    case 'TLS':
      return inspection.all([
        judgePolicyArgument(listener, ['ssl_policy'], 'elb', inspection, reachOf(listener, estate)),
        judgeClientCertificates(listener, inspection),
      ]);
    case 'HTTP':
      return judgeHttp(listener, inspection);
    case 'TCP':
      return judgePassThrough(listener, inspection);
    case null:
      return unproven('names no protocol, and its load balancer is not known');
    default:
      return unproven(
        `passes ${shown(protocol, listener.attribute('protocol'))} through, so its targets decide whether clients must use TLS`,
      );
  }
}

/** Plain HTTP is for sending clients on to HTTPS, and nothing else. */
function judgeHttp(listener: Resource, inspection: TlsInspection): Outcome {
  const { estate, all, unproven } = inspection;
  const outcomes = judgeActions(listener, listener, 'default_action', inspection);
  for (const type of RULES) {
    const rules = estate.companions(listener, type, 'listener_arn');
    for (const rule of rules.items) {
      const judged = judgeActions(listener, rule, 'action', inspection);
      outcomes.push(
        ...(rule.init.isSymbolic ? judged.map((outcome) => asPossible(outcome, rule, inspection)) : judged),
      );
    }
    outcomes.push(...rules.open.map(({ value }) => unproven(value)));
  }
  return all(outcomes);
}

function judgeActions(listener: Resource, source: Resource, name: string, inspection: TlsInspection): Outcome[] {
  const { estate, fail, unproven } = inspection;
  const { items, open } = source.blocks(name);
  const extent = {
    ...reachOf(listener, estate),
    condition: source === listener ? NULL : conditionsOf(source),
  };
  const outcomes = [
    ...items.map((action) => judgeAction(action, listener, extent, inspection)),
    ...open.map((value) => unproven(value)),
  ];
  const path = ['protocol'];
  const plain = { argument: 'protocol', protocol: 'HTTP' };
  return outcomes.length > 0
    ? outcomes
    : [fail({ path, value: listener.attribute(...path), extent }, 'plaintext', plain)];
}

/** Which requests a rule answers. What a header must hold is often a secret that its sender shares. */
function conditionsOf(rule: Resource): Value {
  const { items, open } = rule.blocks('condition');
  const named = items.map((item) => {
    const values = CONDITIONS.map((name) => [name, item.attribute(...name.split('.'))] as const);
    return object(values.filter(([, { kind }]) => kind !== 'null'));
  });
  return list([...named, ...open]);
}

/** `where` says to whom and to which requests the action answers. */
function judgeAction(action: Block, listener: Resource, where: Extent, inspection: TlsInspection): Outcome {
  const { pass, fail, unproven } = inspection;
  const type = asString(action.attribute('type'));
  if (isHidden(type)) return unproven(type);
  const protocol = asString(action.attribute('redirect', 'protocol'));
  if (isHidden(protocol)) return unproven(protocol);
  if (type === 'redirect' && protocol === 'HTTPS') return pass();
  const answer = Object.fromEntries(ANSWERS.map((argument) => [argument, action.attribute(argument)]));
  const block = action.path.filter((step) => typeof step === 'string');
  const remedy = { of: action.resource, set: [{ path: block, to: REDIRECT }] };
  const found = { value: action.attribute('type'), extent: { ...where, ...answer }, remedy };
  const at =
    action.resource === listener
      ? { ...found, path: action.path }
      : { ...found, related: [action.resource], location: action.locate() };
  const [kind, to] = [action.attribute('type'), action.attribute('redirect', 'protocol')];
  const redirect = `a redirect to ${protocol === null ? 'the same protocol' : shown(protocol, to)}`;
  const rule = action.resource === listener ? 'its default action' : action.resource.address;
  return fail(at, 'forwards', { rule, action: type === 'redirect' ? redirect : shown(type ?? 'an action', kind) });
}

/** The only action on HTTP that takes no data. */
const REDIRECT = "[{ type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' } }]";

function asPossible(outcome: Outcome, rule: Resource, { unproven }: TlsInspection): Outcome {
  if (outcome.verdict === 'pass') return outcome;
  return unproven(unknown('instances', rule.address, 'has a count or for_each that only the plan knows'));
}

/** TCP ends at the targets. Where these are listeners of a load balancer of the estate, they decide. */
function judgePassThrough(listener: Resource, inspection: TlsInspection): Outcome {
  const { estate, all, unproven } = inspection;
  const open = unproven('passes TCP through, so its targets decide whether clients must use TLS');
  const [action, ...more] = listener.blocks('default_action').items;
  if (action === undefined || more.length > 0) return open;
  const group = estate.resolve(action.attribute('target_group_arn'), ['aws_lb_target_group', 'aws_alb_target_group']);
  if (group.kind !== 'resource' || asString(group.resource.attribute('target_type')) !== 'alb') return open;
  const attached = ATTACHMENTS.map((type) => estate.companions(group.resource, type, 'target_group_arn'));
  const items = attached.flatMap((companions) => companions.items);
  if (items.length === 0 || attached.some((companions) => companions.open.length > 0)) return open;
  const outcomes = items.map((attachment) => {
    const balancer = estate.resolve(attachment.attribute('target_id'), BALANCERS);
    const port = asNumber(attachment.attribute('port')) ?? asNumber(group.resource.attribute('port'));
    if (balancer.kind !== 'resource' || typeof port !== 'number') return open;
    const targets = LISTENERS.flatMap((type) => estate.companions(balancer.resource, type, 'load_balancer_arn').items);
    const target = targets.find((candidate) => asNumber(candidate.attribute('port')) === port);
    // Only a listener that ends TLS, and that is there for certain, is an answer.
    if (target === undefined || target.init.isSymbolic || protocolOf(target) !== 'HTTPS') return open;
    const outcome = judgeListener(target, inspection);
    return outcome.verdict === 'fail' ? unproven(`passes TCP to ${target.address}, which fails`) : outcome;
  });
  return all(outcomes);
}
