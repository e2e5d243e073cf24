/** AWS Organizations id of the enclave: endpoint policies admit nobody and nothing outside it. */
export const ORGANISATION = 'o-4trefoil1e';

/** Covers the networks of every site, present and planned. */
export const ENCLAVE_CIDR = '10.0.0.0/10';

/** Ports of the services inside the enclave. */
export const PORTS = { https: 443, service: 8443, console: 9443, postgres: 5432, nfs: 2049, cache: 11211 } as const;

/** Networks of the operator's own edge, the only ones that may call the sites' front doors. */
export const FRONT_DOOR_CLIENTS: readonly string[] = ['192.0.2.0/24'];

/** The only destinations outside: a network, and the server name that the firewall insists on. */
export const DESTINATIONS: readonly { readonly cidr: string; readonly host: string }[] = [
  { cidr: '198.51.100.0/25', host: 'age-assurance.partner.example' },
  { cidr: '203.0.113.0/26', host: 'safety-reports.partner.example' },
];

/** Directory groups whose members the employee-access gateway lets in. */
export const EMPLOYEE_GROUPS: readonly string[] = ['enclave-operators', 'enclave-responders'];
