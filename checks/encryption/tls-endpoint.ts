import { isAtLeastTls, tlsPolicy, type TlsService } from '../../model/aws/tls-policies.ts';
import type { Path, Resource } from '../../model/resource.ts';
import { asString, isHidden, shown, type Value } from '../../model/value.ts';
import type { At, Inspection, Outcome } from '../check.ts';

/** What may be wrong with an endpoint; ENC-010 says it of every kind of endpoint in the same words. */
export const TLS_MESSAGES = {
  plaintext: ({ argument, protocol }: { readonly argument: string; readonly protocol: string }) =>
    `takes requests without TLS: ${argument} is ${protocol}`,
  forwards: ({ rule, action }: { readonly rule: string; readonly action: string }) =>
    `takes requests without TLS: ${rule} answers HTTP with ${action} instead of a redirect to HTTPS`,
  weak: ({ policy, version }: { readonly policy: string; readonly version: string }) =>
    `takes ${version === 'SSLv3' ? version : `TLS ${version}`} under the security policy ${policy}`,
  notAccepted: ({ policy }: { readonly policy: string }) =>
    `has the security policy ${policy}, which the policy does not accept`,
  noSecrecy: ({ policy }: { readonly policy: string }) =>
    `offers ciphers without forward secrecy under the security policy ${policy}`,
  cipher: ({ policy, cipher }: { readonly policy: string; readonly cipher: string }) =>
    `offers the broken cipher ${cipher} under the security policy ${policy}`,
  anonymous: ({ argument }: { readonly argument: string }) =>
    `takes clients without a certificate: ${argument} does not ask for one`,
};

export type TlsInspection = Inspection<typeof TLS_MESSAGES>;

/** The oldest version of TLS that may be offered, whatever the policy lists. */
const FLOOR = '1.2';

/** Whether a named security policy is accepted by the policy and, by the service's own guide, new enough. */
export function judgeSecurityPolicy(value: Value, service: TlsService, at: At, inspection: TlsInspection): Outcome {
  const { policy, pass, fail, unproven } = inspection;
  const name = asString(value);
  if (isHidden(name)) return unproven(name);
  if (name === null || name === '') return unproven('names no security policy, and no default is known');
  const known = tlsPolicy(service, name);
  const named = shown(name, value);
  const accepted = policy.tls.securityPolicies.find(
    (one) =>
      isNewEnough(service, one) && (!policy.tls.forwardSecrecy || tlsPolicy(service, one)?.forwardSecrecyOnly === true),
  );
  const remedy = accepted === undefined ? null : { set: [{ path: at.path ?? [], to: `'${accepted}'` }] };
  if (known !== null && !isNewEnough(service, name)) {
    return fail({ ...at, remedy }, 'weak', { policy: named, version: known.minimum });
  }
  if (!policy.tls.securityPolicies.includes(name)) return fail({ ...at, remedy }, 'notAccepted', { policy: named });
  if (known === null) return unproven(`has the security policy ${named}, whose versions of TLS are not known`);
  if (!policy.tls.forwardSecrecy || known.forwardSecrecyOnly === true) return pass();
  if (known.forwardSecrecyOnly === false) return fail({ ...at, remedy }, 'noSecrecy', { policy: named });
  return unproven(`has the security policy ${named}, of which no table knows whether all ciphers have forward secrecy`);
}

function isNewEnough(service: TlsService, name: string): boolean {
  const known = tlsPolicy(service, name);
  return known !== null && isAtLeastTls(known.minimum, FLOOR);
}

/** The security policy in one argument, with what its absence means; `extent` says who may connect. */
export function judgePolicyArgument(
  resource: Resource,
  path: Path,
  service: TlsService,
  inspection: TlsInspection,
  extent?: At['extent'],
): Outcome {
  const value = inspection.estate.effective(resource, ...path);
  return judgeSecurityPolicy(value, service, { path, value, extent }, inspection);
}
