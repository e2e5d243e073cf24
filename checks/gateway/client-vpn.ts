import type { Estate } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { asBoolean, asNumber, asString, type Hidden, isHidden } from '../../model/value.ts';

/** A working day; Client VPN offers 8, 10, 12 and 24. */
export const MAX_SESSION_HOURS = 12;

/** What a Client VPN lacks to know who comes in. */
export type VpnFault =
  | { readonly kind: 'certificatesOnly'; readonly types: string }
  | { readonly kind: 'noLog' }
  | { readonly kind: 'longSession'; readonly hours: number }
  | { readonly kind: 'hidden'; readonly because: readonly Hidden[] | string };

/** How people and devices prove who they are, whether that is recorded, and how long it holds. */
export function vpnFaults(endpoint: Resource, estate: Estate): readonly VpnFault[] {
  return [...authenticationFaults(endpoint), ...logFaults(endpoint), ...sessionFaults(endpoint, estate)];
}

/** Every option of several must be met. That the identity provider asks for a second factor it alone knows. */
function authenticationFaults(endpoint: Resource): readonly VpnFault[] {
  const { items, open } = endpoint.blocks('authentication_options');
  const read = items.map((block) => asString(block.attribute('type')));
  const hidden = [...open, ...read.filter(isHidden)];
  const types = read.flatMap((type) => (isHidden(type) || type === null ? [] : [type]));
  if (!types.includes('federated-authentication')) {
    if (hidden.length > 0) return unclear(hidden);
    return types.includes('directory-service-authentication')
      ? unclear('authenticates people by a directory, which alone knows whether it asks for a second factor')
      : [{ kind: 'certificatesOnly', types: types.length === 0 ? 'nothing' : types.join(', ') }];
  }
  const handler = asBoolean(endpoint.attribute('client_connect_options', 'enabled'));
  if (types.includes('certificate-authentication') || handler === true) return [];
  if (hidden.length > 0) return unclear(hidden);
  if (isHidden(handler)) return unclear([handler]);
  return unclear(
    'asks for no certificate of the device and has no connect handler; whether the identity provider checks devices it alone knows',
  );
}

function logFaults(endpoint: Resource): readonly VpnFault[] {
  const isOn = asBoolean(endpoint.attribute('connection_log_options', 'enabled'));
  if (isHidden(isOn)) return unclear([isOn]);
  return isOn === true ? [] : [{ kind: 'noLog' }];
}

function sessionFaults(endpoint: Resource, estate: Estate): readonly VpnFault[] {
  const hours = asNumber(estate.effective(endpoint, 'session_timeout_hours'));
  if (hours === null) return unclear('has no length of sessions that the input shows');
  if (isHidden(hours)) return unclear([hours]);
  return hours <= MAX_SESSION_HOURS ? [] : [{ kind: 'longSession', hours }];
}

function unclear(because: readonly Hidden[] | string): readonly VpnFault[] {
  return [{ kind: 'hidden', because }];
}
