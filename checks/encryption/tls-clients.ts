import type { Resource } from '../../model/resource.ts';
import { asBoolean, asItems, asString, isHidden } from '../../model/value.ts';
import type { ClientCertificateEndpoint } from '../../policy/policy.ts';
import type { Outcome } from '../check.ts';
import { isUnwritten } from './stores/part-arguments.ts';
import type { TlsInspection } from './tls-endpoint.ts';

/** Endpoints that can ask their clients for a certificate, and what the policy calls them. */
const KINDS: ReadonlyMap<string, ClientCertificateEndpoint> = new Map([
  ['aws_lb_listener', 'load-balancers'],
  ['aws_alb_listener', 'load-balancers'],
  ['aws_api_gateway_domain_name', 'apis'],
  ['aws_apigatewayv2_domain_name', 'apis'],
  ['aws_msk_cluster', 'brokers'],
]);

/** Whether an endpoint takes only clients with a certificate, where the policy demands that of its kind. */
export function judgeClientCertificates(endpoint: Resource, inspection: TlsInspection): Outcome {
  const kind = KINDS.get(endpoint.type);
  if (kind === undefined || !inspection.policy.tls.clientCertificates.includes(kind)) return inspection.pass();
  switch (kind) {
    case 'load-balancers':
      return judgeListener(endpoint, inspection);
    case 'apis':
      return judgeTruststore(endpoint, inspection);
    case 'brokers':
      return judgeBroker(endpoint, inspection);
  }
}

function judgeListener(listener: Resource, { pass, fail, unproven }: TlsInspection): Outcome {
  const path = ['mutual_authentication', 'mode'];
  const value = listener.attribute(...path);
  const mode = asString(value);
  if (isHidden(mode)) return unproven(mode);
  if (mode === 'verify') return pass();
  if (mode === 'passthrough') return unproven('hands the certificates of clients on, so its targets decide about them');
  return fail({ path, value }, 'anonymous', { argument: path.join('.') });
}

function judgeTruststore(domain: Resource, { pass, fail, unproven }: TlsInspection): Outcome {
  const path = ['mutual_tls_authentication', 'truststore_uri'];
  const value = domain.attribute(...path);
  if (value.kind === 'unknown') return unproven(value);
  return isUnwritten(value) ? fail({ path, value }, 'anonymous', { argument: path.join('.') }) : pass();
}

/** A cluster takes each kind of client that is switched on. */
function judgeBroker(cluster: Resource, { all, pass, fail, unproven }: TlsInspection): Outcome {
  const others = [
    ['client_authentication', 'unauthenticated'],
    ['client_authentication', 'sasl', 'iam'],
    ['client_authentication', 'sasl', 'scram'],
  ];
  const outcomes = others.map((path) => {
    const value = cluster.attribute(...path);
    const isOn = asBoolean(value);
    if (isHidden(isOn)) return unproven(isOn);
    return isOn === true ? fail({ path, value }, 'anonymous', { argument: path.join('.') }) : pass();
  });
  const path = ['client_authentication', 'tls', 'certificate_authority_arns'];
  const value = cluster.attribute(...path);
  const { items, open } = asItems(value);
  const [unseen] = open;
  if (items.length > 0) return all(outcomes);
  if (unseen !== undefined) return all([...outcomes, unproven(unseen)]);
  return all([...outcomes, fail({ path, value }, 'anonymous', { argument: path.join('.') })]);
}
